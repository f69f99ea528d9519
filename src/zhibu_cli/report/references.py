"""References in formulas follow rows that repeat as a person would write them anew; the rest is told.

Within a row that repeats, a reference to the row itself or to the one above goes with every copy unless
it bears ``$``; from elsewhere a range over the row grows over all its copies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl.formula.tokenizer import Token

    from zhibu_cli.report.stretch import Stretch

_SHEET = r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:$]+)!)?"
_REFERENCE = re.compile(
    rf"{_SHEET}(?P<one>\$?[A-Z]{{1,3}})(?P<top>\$?\d+)(?::(?P<two>\$?[A-Z]{{1,3}})(?P<bottom>\$?\d+))?"
)
_ROWS = re.compile(rf"{_SHEET}(?P<one>)(?P<top>\$?\d+):(?P<two>)(?P<bottom>\$?\d+)")
_SEVERAL_SHEETS = re.compile(r"[^!]*:[^!]*!")

_ALL = frozenset(range(255))
_FIRST_AND_ODD = frozenset({0, *range(1, 255, 2)})
_OVER_MANY: Mapping[str, frozenset[int]] = {
    **dict.fromkeys(
        "SUM SUMSQ COUNT COUNTA COUNTBLANK AVERAGE AVERAGEA MAX MIN MEDIAN PRODUCT SUMPRODUCT "  # noqa: SIM905
        "SUBTOTAL AGGREGATE STDEV STDEVP VAR VARP CONCAT TEXTJOIN".split(),
        _ALL,
    ),
    **dict.fromkeys(("COUNTIF", "ROWS"), frozenset({0})),
    **dict.fromkeys(("SUMIF", "AVERAGEIF"), frozenset({0, 2})),
    **dict.fromkeys(("SUMIFS", "AVERAGEIFS", "MAXIFS", "MINIFS"), _FIRST_AND_ODD),
    "COUNTIFS": frozenset(range(0, 255, 2)),
}
"""Functions over many cells, and which of their arguments these are: one cell that repeats grows there."""
_ADDRESSES = frozenset({"INDIRECT", "OFFSET", "ADDRESS", "CELL"})
"""Functions that count rows or hold an address as text: nothing can follow there."""


class UnmovableError(Exception):
    """A reference of which nobody can tell what it should become; the message says why, in Chinese."""


class Spot(NamedTuple):
    """Where a formula of the template stands."""

    row: int
    """Its row in the template, or the first of an area's."""
    column: str = ""
    copy: int = 0
    """Which copy of the row is filled, from 0."""
    area: bool = False
    """It holds for an area of cells: every one of them reads its references from its own place."""


class _End(NamedTuple):
    """One end of a reference."""

    row: int
    fixed: bool
    """It bears ``$``."""

    @classmethod
    def of(cls, text: str) -> _End:
        return cls(int(text.lstrip("$")), text.startswith("$"))

    def at(self, row: int) -> str:
        return f"{'$' if self.fixed else ''}{row}"


class _Use(NamedTuple):
    """How a formula uses a reference."""

    over_many: bool = False
    counts_rows: bool = False
    """As an argument of ROW or ROWS: the number is meant, not what stands there."""


def formula(text: str, title: str, stretches: Mapping[str, Stretch], spot: Spot | None = None) -> str:
    """A formula of the sheet ``title`` with its references moved.

    Raises:
        UnmovableError: a reference cannot be moved rightly.
    """
    from openpyxl.formula import Tokenizer  # noqa: PLC0415
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415

    if not any(stretch.repeats for stretch in stretches.values()):
        return text
    try:
        tokens = Tokenizer(text).items
    except (TokenizerError, IndexError) as error:
        raise UnmovableError("公式看不懂") from error
    _must_not_count(tokens, stretches.get(title), spot)
    moved = (
        _moved(token.value, title, stretches, spot, use) if token.subtype == token.RANGE else token.value
        for token, use in _used(tokens)
    )
    return "=" + "".join(moved)


def _must_not_count(tokens: Sequence[Token], stretch: Stretch | None, spot: Spot | None) -> None:
    for number, token in enumerate(tokens):
        if token.type != token.FUNC or token.subtype != token.OPEN:
            continue
        name = token.value[:-1].upper()
        if name in _ADDRESSES or ":" in name:
            raise UnmovableError(f"函数 {name} 里的位置不会跟着移动")
        own = name == "ROW" and tokens[number + 1].subtype == token.CLOSE
        if own and stretch and spot and any(row < spot.row for row in stretch.repeats):
            raise UnmovableError("上面有重复的行，ROW() 得出的行号会变")


def _used(tokens: Sequence[Token]) -> Iterator[tuple[Token, _Use]]:
    """Every token with the way in which the function around it takes it."""
    around: list[list[object]] = []
    solid = [token for token in tokens if token.type != token.WSPACE]
    places = {id(token): number for number, token in enumerate(solid)}
    for token in tokens:
        if token.subtype == token.OPEN:
            around.append([token.value[:-1].upper().removeprefix("_XLFN."), 0])
        elif token.subtype == token.CLOSE and around:
            around.pop()
        elif token.type == token.SEP and token.subtype == token.ARG and around:
            around[-1][1] = int(str(around[-1][1])) + 1
        yield token, _use_of(token, solid, places.get(id(token), 0), around)


def _use_of(token: Token, solid: Sequence[Token], place: int, around: Sequence[Sequence[object]]) -> _Use:
    if token.subtype != token.RANGE or not around or not 0 < place < len(solid) - 1:
        return _Use()
    before, after = solid[place - 1], solid[place + 1]
    whole = before.subtype in {token.OPEN, token.ARG} and after.subtype in {token.CLOSE, token.ARG}
    name, argument = around[-1]
    return _Use(
        over_many=whole and argument in _OVER_MANY.get(str(name), ()),
        counts_rows=name in {"ROW", "ROWS"},
    )


def reference(text: str, title: str, stretches: Mapping[str, Stretch], spot: Spot | None = None) -> str:
    """A reference to a cell, a range of cells or of rows, moved; anything else as it is.

    Raises:
        UnmovableError: it cannot be moved rightly.
    """
    return _moved(text, title, stretches, spot, _Use())


def area(text: str, title: str, stretches: Mapping[str, Stretch]) -> str:
    """A reference to an area, moved: one cell in a row that repeats becomes a column of cells."""
    match = _matched(text)
    if match is None or match["bottom"]:
        return reference(text, title, stretches)
    moved = reference(f"{text}:{match['one']}{match['top']}", title, stretches)
    whole = _matched(moved)
    return moved.partition(":")[0] if whole and whole["top"] == whole["bottom"] else moved


def named_area(text: str, stretches: Mapping[str, Stretch]) -> str:
    """What a name of the workbook stands for, moved.

    Raises:
        UnmovableError: it cannot be moved rightly.
    """
    match = _matched(text)
    if match is None:
        return formula(f"={text}", "", stretches)[1:]
    stretch = stretches.get(_sheet_of(match, ""))
    if stretch and stretch.repeats and not (match["top"].startswith("$")):
        raise UnmovableError("名称的引用请写成 $C$4 这样带 $ 的")
    return area(text, "", stretches)


def _matched(text: str) -> re.Match[str] | None:
    return _REFERENCE.fullmatch(text) or _ROWS.fullmatch(text)


def _sheet_of(match: re.Match[str], title: str) -> str:
    sheet = match["sheet"] or ""
    return sheet[:-1].strip("'").replace("''", "'") or title


class _Case(NamedTuple):
    """One reference on the sheet whose rows ``rows`` are."""

    text: str
    spot: Spot | None
    """Of its formula, if that stands on the same sheet."""
    rows: Stretch
    use: _Use

    @property
    def goes_along(self) -> bool:
        """Whether the formula is written again for every copy, or read again from every place."""
        return self.spot is not None and (self.spot.area or self.spot.row in self.rows.repeats)


def _moved(text: str, title: str, stretches: Mapping[str, Stretch], spot: Spot | None, use: _Use) -> str:
    match = _matched(text)
    named = _sheet_of(match, title) if match else ""
    if ":" in named or (match is None and _SEVERAL_SHEETS.match(text)):
        raise UnmovableError(f"{text} 跨了几张工作表")
    rows = stretches.get(named)
    if match is None or rows is None or not rows.repeats:
        return text
    case = _Case(text, spot if named == title else None, rows, use)
    start, end = _End.of(match["top"]), _End.of(match["bottom"] or match["top"])
    if match["bottom"] is None:
        top, bottom = _one(case, start, match["one"].lstrip("$"))
    else:
        top, bottom = _range(case, (start, end))
    if bottom < top:
        raise UnmovableError(f"{text} 所在的行可能一行也没有")
    moved = f"{match['sheet'] or ''}{match['one']}{start.at(top)}"
    if match["bottom"] is None and top == bottom:
        return moved
    return f"{moved}:{match['two'] or match['one']}{end.at(bottom)}"


def _one(case: _Case, end: _End, column: str) -> tuple[int, int]:
    """The first and the last row that one cell becomes."""
    rows = case.rows
    along = _with_copy(case, end, column) if case.goes_along else None
    if along is not None:
        return along, along
    if end.row not in rows.repeats:
        return rows.first(end.row), rows.first(end.row)
    if case.use.over_many:
        return rows.first(end.row), rows.last(end.row)
    text = case.text
    raise UnmovableError(f"{text} 在要重复的行里，不知道要的是哪一条；要合计请写 SUM({text}:{text})")


def _with_copy(case: _Case, end: _End, column: str = "") -> int | None:
    """The row of a cell that goes with every copy; None: it stays where it is."""
    spot, rows = case.spot or Spot(end.row), case.rows
    here = rows.first(spot.row) + spot.copy
    if end.row == spot.row:
        return rows.first(end.row) if end.fixed else here
    if end.fixed:
        return None
    if case.use.counts_rows:
        return _counted(case, end, spot)
    if end.row != spot.row - 1:
        if spot.area:
            raise UnmovableError(f"{case.text} {_UNEVEN}")
        return None
    if column not in {"", spot.column} and not spot.area:
        raise UnmovableError(f"{case.text} 是上一行的另一列，不知道跟不跟着走；固定不动的请在行号前加 $")
    return here - 1


_UNEVEN = "对每一行都不同，行重复以后对不上；固定不动的请在行号前加 $"


def _counted(case: _Case, end: _End, spot: Spot) -> int:
    """ROW(A1) in the first row, ROW(A2) in the next: how rows are numbered by hand."""
    if case.rows.first(end.row) != end.row:
        raise UnmovableError(f"ROW({case.text}) 得出的行号会变")
    return end.row + spot.copy


def _range(case: _Case, ends: tuple[_End, _End]) -> tuple[int, int]:
    """The first and the last row of a range."""
    top, bottom = case.rows.first(ends[0].row), case.rows.last(ends[1].row)
    moving = {one.row for one in ends if not one.fixed}
    if case.spot is None or not case.goes_along or not moving:
        return top, bottom
    own = case.spot.row
    if case.spot.area and moving != {own}:
        raise UnmovableError(f"{case.text} {_UNEVEN}")
    if not (moving & {own, own - 1} or case.use.counts_rows):
        return top, bottom
    if not any(one.fixed for one in ends) and moving != {own}:
        raise UnmovableError(f"{case.text} 不知道两头跟不跟着走；固定不动的一头请在行号前加 $")
    found = [None if one.fixed else _with_copy(case, one) for one in ends]
    return (top if found[0] is None else found[0]), (bottom if found[1] is None else found[1])
