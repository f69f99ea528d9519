"""Find out which register a sheet is, where its header stands, and which column is which field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.declare import FieldType, Layout
from zhibu_cli.model.values import is_kinds
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Field, Kind, Register

NUMBER = "编号"
_WITHOUT_MEANING = frozenset({"序号", "序"})
_HEADER_WITHIN = 20
_PAIRS_WITHIN = 60
_REMARK = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The header of a sheet, understood."""

    row: int
    """Index of the header in the sheet's rows."""
    fields: Mapping[int, Field]
    """Column index -> field."""
    headers: Mapping[int, str]
    """Column index -> header as written."""
    number: int = -1
    """Index of the column 编号 (in a child: the column that names the parent's), -1: none."""
    unknown: tuple[str, ...] = ()
    """Headers nobody knows, and second columns for a field that has one already."""

    @property
    def known(self) -> int:
        """How many columns are known."""
        return len(self.fields) + (self.number >= 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a sheet is."""

    register: Register
    parent: Register | None = None
    kind: Kind | None = None
    """The kind that the sheet's name says its rows are."""
    columns: Columns | None = None
    """None: a sheet of pairs, or no header was found."""
    by_header: bool = False
    """Recognised by its columns, not by its name."""


def key(text: str) -> str:
    """A header, term or sheet name in the form in which it is compared."""
    return re.sub(r"[\s*:#★]", "", clean(text)).casefold()


def header_key(cell: Any) -> str:
    """The same for a cell of the header row; remarks in brackets go: 应到（人）, 日期（必填）."""
    return _REMARK.sub("", key(cell)) if isinstance(cell, str) else ""


@lru_cache(maxsize=128)
def field_table(register: Register) -> Mapping[str, Field]:
    """Header -> field; canonical names win over other names."""
    table: dict[str, Field] = {}
    for one in register.fields:
        table.setdefault(header_key(one.label), one)
    for one in register.fields:
        for alias in one.aliases:
            table.setdefault(header_key(alias), one)
    return table


def understand(sheet: RawSheet, catalogue: Catalogue) -> Understood | None:
    """Which register the sheet is, by its name, else by its columns; None if it is none."""
    named = _by_name(sheet.name, catalogue)
    if named is not None:
        register, parent, kind = named
        if register.layout is Layout.PAIRS:
            return Understood(register=register)
        columns = find_columns(sheet, register)
        return Understood(register=register, parent=parent, kind=kind, columns=columns)
    return _by_columns(sheet, catalogue)


def _tables(catalogue: Catalogue) -> list[tuple[Register, Register | None]]:
    found: list[tuple[Register, Register | None]] = []
    for register in catalogue.registers:
        found.append((register, None))
        found += [(child, register) for child in register.children]
    return found


Named = tuple["Register", "Register | None", "Kind | None"]


def _by_name(name: str, catalogue: Catalogue) -> Named | None:
    """By the whole name or one of its other names, by the term of a kind, or by a title inside it."""
    wanted = key(name)
    for titles in (lambda one: (one.title,), lambda one: one.aliases):
        for register, parent in _tables(catalogue):
            if any(key(title) == wanted for title in titles(register)):
                return register, parent, None
    if kind := _kind_named(wanted, catalogue):
        return kind
    inside = [
        (len(key(title)), register, parent)
        for register, parent in _tables(catalogue)
        for title in (register.title, *register.aliases)
        if key(title) in wanted
    ]
    if not inside:
        return None
    _length, register, parent = max(inside, key=lambda found: found[0])
    return register, parent, None


def _kind_named(wanted: str, catalogue: Catalogue) -> Named | None:
    """Many keep one sheet for each kind: 支部党员大会, 2025年党课."""
    best: Kind | None = None
    longest = 0
    for kind in catalogue.kinds:
        if not any(is_kinds(one) for one in catalogue.register(kind.register).fields):
            continue
        for word in map(key, (kind.label, *kind.aliases)):
            if word in wanted and len(word) > longest:
                best, longest = kind, len(word)
    titles = [len(key(one.title)) for one, _parent in _tables(catalogue) if key(one.title) in wanted]
    if best is None or max(titles, default=0) >= longest:
        return None
    return catalogue.register(best.register), None, best


def _by_columns(sheet: RawSheet, catalogue: Catalogue) -> Understood | None:
    best: Understood | None = None
    most = 2
    for register, parent in _tables(catalogue):
        if register.layout is Layout.PAIRS:
            if _looks_like_pairs(sheet, register):
                return Understood(register=register, by_header=True)
            continue
        columns = find_columns(sheet, register)
        if columns is None or columns.known <= most or missing(register, parent, columns):
            continue
        best = Understood(register=register, parent=parent, columns=columns, by_header=True)
        most = columns.known
    return best


def _looks_like_pairs(sheet: RawSheet, register: Register) -> bool:
    table = field_table(register)
    seen = {
        table[word].name
        for row in sheet.head(_PAIRS_WITHIN)
        for word in map(header_key, row[:2])
        if word in table
    }
    return all(one.name in seen for one in register.fields if one.required)


def missing(register: Register, parent: Register | None, columns: Columns) -> list[str]:
    """Labels of required columns that the sheet lacks."""
    there = {one.name for one in columns.fields.values()}
    labels = [one.label for one in register.fields if one.required and one.name not in there]
    if parent is not None and register.link and columns.number < 0:
        labels.insert(0, register.link)
    return labels


def find_columns(sheet: RawSheet, register: Register) -> Columns | None:
    """The header: of the first rows the one with most known columns; None if none has two."""
    table = field_table(register)
    numbers = _number_words(register)
    best, most = -1, min(1, len(register.fields) - 1)
    head = sheet.head(_HEADER_WITHIN)
    for index, row in enumerate(head):
        words = [header_key(cell) for cell in row]
        known = len({table[word].name for word in words if word in table}) + any(w in numbers for w in words)
        if known > most:
            best, most = index, known
    return _columns(head[best], best, register) if best >= 0 else None


def _columns(row: Sequence[Any], index: int, register: Register) -> Columns:
    table = field_table(register)
    fields: dict[int, Field] = {}
    headers: dict[int, str] = {}
    left: dict[int, str] = {}
    number = -1
    for place, cell in _by_rank(row, register):
        word = header_key(cell)
        one = table.get(word)
        if one is not None and one in fields.values():
            one = _second(word, register, fields)
        if one is not None:
            fields[place] = one
        elif number < 0 and word in _number_words(register):
            number = place
        elif word not in _WITHOUT_MEANING:
            left[place] = " ".join(str(cell).split())
            continue
        headers[place] = " ".join(str(cell).split())
    unknown = tuple(left[place] for place in sorted(left))
    ordered = dict(sorted(fields.items()))
    return Columns(row=index, fields=ordered, headers=headers, number=number, unknown=unknown)


def _by_rank(row: Sequence[Any], register: Register) -> list[tuple[int, Any]]:
    """Cells of the header: those with a canonical name first, the others in their order."""
    labels = {header_key(one.label) for one in register.fields}
    cells = [(place, cell) for place, cell in enumerate(row) if header_key(cell)]
    return sorted(cells, key=lambda found: header_key(found[1]) not in labels)


def _second(word: str, register: Register, fields: Mapping[int, Field]) -> Field | None:
    """A second column for the day is the time of day where it is called 时间: 会议日期, 会议时间."""
    if "时间" not in word:
        return None
    taken = {one.name for one in fields.values()}
    clocks = [one for one in register.fields if one.type is FieldType.TIME and one.name not in taken]
    return clocks[0] if clocks else None


def _number_words(register: Register) -> tuple[str, ...]:
    return (key(register.link), NUMBER) if register.link else (NUMBER,)
