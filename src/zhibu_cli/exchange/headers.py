"""Find out which register a sheet is, where its header stands, and which column is which field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.colnames import header_key, key
from zhibu_cli.model.declare import FieldType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhibu_cli.exchange.colnames import Names
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Field, Register

NUMBER = "编号"
_WITHOUT_MEANING = frozenset({"序号", "序", "行号", "no", "no."})
_HEADER_WITHIN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The header of a sheet, understood."""

    row: int
    """Index of the header, of two rows the lower one, in the sheet's rows."""
    fields: Mapping[int, Field]
    """Column index -> field."""
    headers: Mapping[int, str]
    """Column index -> header as written, for every column that has one."""
    number: int = -1
    """Index of the column 编号 (in a child: the column that names the parent's), -1: none."""
    unknown: tuple[str, ...] = ()
    """Headers nobody knows, and second columns for a field that has one already."""
    joined: Mapping[int, Field] = field(default_factory=dict)
    """Columns whose text goes into a field behind its own header."""
    again: Mapping[int, str] = field(default_factory=dict)
    """Of these, second columns for a field that has one, and the field's name."""
    left_out: Mapping[int, str] = field(default_factory=dict)
    """Columns that are known and not taken, and why."""
    absent: tuple[int, ...] = ()
    """Columns that hold how many, or who, were absent."""
    minutes: int = -1
    reason: int = -1
    branch: int = -1
    counts: int = -1
    by_heading: str = ""
    """The required field that headings between the rows tell, since no column does: the kinds, 党员类别."""

    @property
    def known(self) -> int:
        """How many columns are taken."""
        single = (self.number, self.minutes, self.counts)
        return len(self.fields) + len(self.joined) + len(self.absent) + sum(place >= 0 for place in single)

    @property
    def understood(self) -> int:
        """How many columns are known, taken or not."""
        return self.known + len(self.left_out)

    @property
    def written(self) -> frozenset[str]:
        """Names of the fields about which the sheet says something, if only by an empty cell.

        An empty column that is only joined to 备注 says nothing about what else stands there.
        """
        return frozenset(one.name for one in self.fields.values())


def missing(register: Register, parent: Register | None, columns: Columns) -> list[str]:
    """Labels of required columns that the sheet lacks."""
    there = {one.name for one in columns.fields.values()}
    labels = [one.label for one in register.fields if one.required and one.name not in there]
    if parent is not None and register.link and columns.number < 0:
        labels.insert(0, register.link)
    return labels


def find_columns(sheet: RawSheet, register: Register, names: Names, *, named: bool = False) -> Columns | None:
    """The header: of the first rows the one with most known columns; None if none has two.

    One column does where the sheet is ``named`` as the register and no more is required (党小组).

    Of two rows with merged cells (参会情况 above 应到, 实到) the two together, where that knows more.
    """
    numbers = _number_words(register)
    best: tuple[int, Sequence[Any]] | None = None
    alone = named and sum(one.required for one in register.fields) == 1
    most = 0 if alone else min(1, len(register.fields) - 1)
    head = sheet.head(_HEADER_WITHIN + 1)
    for index, row in enumerate(head[:_HEADER_WITHIN]):
        known = _known(row, names, numbers)
        if known > most:
            best, most = (index, row), known
        if index + 1 < len(head) and (double := _double(sheet, index, row, head[index + 1], names)):
            known = _known(double, names, numbers)
            if known > most:
                best, most = (index + 1, double), known
    return _columns(best[1], best[0], register, names) if best else None


def _known(row: Sequence[Any], names: Names, numbers: tuple[str, ...]) -> int:
    """How many columns of the row are known; one field counts once."""
    words = [header_key(cell) for cell in row]
    fields = {names.fields[word].name for word in words if word in names.fields}
    others = {word for word in words if word not in names.fields and names.knows(word)}
    return len(fields) + len(others) + any(word in numbers for word in words)


def _double(
    sheet: RawSheet, index: int, upper: Sequence[Any], lower: Sequence[Any], names: Names
) -> list[Any] | None:
    """The header that two rows make together; None where the upper one spans no columns."""
    spans = [(a, b) for row, a, b in sheet.spans if row == index + sheet.first_row and b > a]
    if not spans or sum(cell not in ("", None) for cell in upper) < 2:  # a title alone is no header
        return None
    over = {place: upper[a] for a, b in spans for place in range(a, b + 1) if a < len(upper)}
    width = max(len(upper), len(lower))
    cells: list[Any] = []
    for place in range(width):
        top = upper[place] if place < len(upper) else ""
        top = over.get(place, top)
        below = lower[place] if place < len(lower) else ""
        cells.append(_both(top, below, names) if below not in ("", None) else top)
    return cells


def _both(top: Any, below: Any, names: Names) -> Any:
    """主持人 above 姓名 is 主持人姓名, where that is a name; 参会情况 above 应到 is 应到."""
    if isinstance(top, str) and isinstance(below, str):
        whole = f"{top}{below}"
        if names.knows(header_key(whole)) or not names.knows(header_key(below)):
            return whole
    return below


def _columns(row: Sequence[Any], index: int, register: Register, names: Names) -> Columns:
    sorter = _Sorter(register, names)
    for place, cell in _by_rank(row, names):
        sorter.put(place, header_key(cell), " ".join(str(cell).split()))
    return sorter.columns(index)


class _Sorter:
    """Puts the columns of one header where they belong."""

    def __init__(self, register: Register, names: Names) -> None:
        self.register = register
        self.names = names
        self.fields: dict[int, Field] = {}
        self.headers: dict[int, str] = {}
        self.left: dict[int, str] = {}
        self.joined: dict[int, Field] = {}
        self.left_out: dict[int, str] = {}
        self.again: dict[int, str] = {}
        self.absent: list[int] = []
        self.single = dict.fromkeys(("minutes", "reason", "branch", "counts", "number"), -1)

    def put(self, place: int, word: str, header: str) -> None:
        """Find the use of one column."""
        if word in _WITHOUT_MEANING:
            return
        self.headers[place] = header
        one = self.names.fields.get(word)
        if one is not None and one in self.fields.values():
            one = _second(word, self.register, self.fields)
        if one is not None:
            self.fields[place] = one
        elif word in self.names.absent:
            self.absent.append(place)
        elif word in self.names.joined:
            self.joined[place] = self.names.joined[word]
        elif word in self.names.left_out:
            self.left_out[place] = self.names.left_out[word]
        elif not self._alone(place, word):
            self._leave(place, word, header)

    def _alone(self, place: int, word: str) -> bool:
        """Whether the column is one of those of which a sheet has one."""
        uses = {
            "minutes": word in self.names.minutes,
            "reason": word in self.names.reason,
            "branch": word in self.names.branch,
            "counts": word in self.names.counts,
            "number": word in _number_words(self.register),
        }
        use = next((use for use, is_it in uses.items() if is_it and self.single[use] < 0), "")
        if use:
            self.single[use] = place
        return bool(use)

    def _leave(self, place: int, word: str, header: str) -> None:
        """A second column for a field is kept in 备注 if it says something else; an unknown one is named."""
        again = self.names.fields.get(word)
        note = next((one for one in self.register.fields if one.name == "note"), None)
        if again is not None and note is not None:
            self.joined[place] = note
            self.again[place] = again.name
        else:
            self.left[place] = header

    def columns(self, index: int) -> Columns:
        """All of it."""
        return Columns(
            row=index,
            fields=dict(sorted(self.fields.items())),
            headers=dict(sorted(self.headers.items())),
            number=self.single["number"],
            unknown=tuple(self.left[place] for place in sorted(self.left)),
            joined=dict(sorted(self.joined.items())),
            left_out=dict(sorted(self.left_out.items())),
            again=self.again,
            absent=tuple(sorted(self.absent)),
            minutes=self.single["minutes"],
            reason=self.single["reason"],
            branch=self.single["branch"],
            counts=self.single["counts"],
        )


def _by_rank(row: Sequence[Any], names: Names) -> list[tuple[int, Any]]:
    """Cells of the header: those with a canonical name first, then what a field is called elsewhere.

    Among these 活动名称 comes after 活动主题: what is called a theme is one, a name may be.
    """
    cells = [(place, cell) for place, cell in enumerate(row) if header_key(cell)]
    return sorted(cells, key=lambda found: _rank(header_key(found[1]), names))


def _rank(word: str, names: Names) -> int:
    return 0 if word in names.first else 2 if word.endswith("名称") else 1


def _second(word: str, register: Register, fields: Mapping[int, Field]) -> Field | None:
    """A second column for the day is the time of day where it is called 时间: 会议日期, 会议时间."""
    if "时间" not in word:
        return None
    taken = {one.name for one in fields.values()}
    clocks = [one for one in register.fields if one.type is FieldType.TIME and one.name not in taken]
    return clocks[0] if clocks else None


def _number_words(register: Register) -> tuple[str, ...]:
    return (key(register.link), NUMBER) if register.link else (NUMBER,)
