"""Sheets that are forms: a label, and its value right of it or below; one page for each talk or meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.exchange.colnames import header_key
from zhibu_cli.exchange.context import read_context, titles
from zhibu_cli.exchange.headers import Columns
from zhibu_cli.exchange.leaving import filled, unfilled
from zhibu_cli.exchange.rows import ReadSheet, RowReader
from zhibu_cli.exchange.understanding import by_name
from zhibu_cli.model.declare import FieldType, Layout
from zhibu_cli.model.sheet_report import SheetReport
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhibu_cli.exchange.colnames import ColumnNames, Names
    from zhibu_cli.exchange.context import Context
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.exchange.understanding import Understood
    from zhibu_cli.model.declare import Catalogue, Field, Register

_WITHIN = 400
"""So many rows of a sheet are looked through for forms."""
_FEWEST = 4
"""A form has at least so many known labels, on at least three rows."""
_CROWDED = 3
"""A row with more labels than these is the header of a table."""
_INLINE = re.compile(r"([^:：]{1,16})[:：]\s*(\S.*)", re.DOTALL)


class Label(NamedTuple):
    """A known label in a form, and its value."""

    row: int
    """Index of its row."""
    place: int
    """Column index of the value."""
    field: Field
    joined: bool
    """The label is no name of the field: its text goes in behind the label."""
    header: str
    value: Any


@dataclass(slots=True, kw_only=True)
class ReadForm:
    """All pages of a sheet."""

    register: Register
    report: SheetReport
    pages: list[tuple[ReadSheet, frozenset[str]]] = field(default_factory=list)


def read_forms(
    sheet: RawSheet, found: Understood | None, catalogue: Catalogue, names: ColumnNames
) -> ReadForm | None:
    """The pages of a sheet that is no table; None where it is one."""
    if not sheet.lettered or (found is not None and found.columns is None and _pairs(found)):
        return None
    table = found.columns.known if found is not None and found.columns else 0
    if table > _CROWDED:
        return None
    rows = sheet.head(_WITHIN + 1)
    if len(rows) > _WITHIN:
        return None
    for register in _candidates(found, catalogue):
        labels = list(_labels(rows, names.of(register)))
        if _is_form(labels, register, table):
            return _read(sheet, rows, register, labels, catalogue)
    return None


def _pairs(found: Understood) -> bool:
    return found.register.layout is Layout.PAIRS


def _candidates(found: Understood | None, catalogue: Catalogue) -> Iterator[Register]:
    """Registers of which a page may be a record: those that have a day."""
    if found is not None and found.register.date_field:
        yield found.register
    for register in catalogue.registers:
        if register.name in {"sitting", "talk"} and (found is None or register is not found.register):
            yield register


def _is_form(labels: Sequence[Label], register: Register, table: int) -> bool:
    fields = {one.field.name for one in labels}
    lines = [one.row for one in labels]
    needed = {one.name for one in register.fields if one.required and not is_kinds(one)}
    crowded = max(map(lines.count, lines), default=0)
    return (
        len(fields) >= max(_FEWEST, table + 1)
        and len({*lines}) >= 3
        and needed <= fields
        and crowded <= _CROWDED
    )


def _labels(rows: Sequence[Sequence[Any]], names: Names) -> Iterator[Label]:
    """Every known label with the cell that holds its value."""
    for index, row in enumerate(rows):
        for place, cell in enumerate(row):
            if not (isinstance(cell, str) and filled(cell)):
                continue
            if field := _field(header_key(cell), names):
                at, value = _value(rows, index, place, names)
                header = " ".join(cell.split()).rstrip(":：").strip()
                yield Label(index, at, *field, header, value)
            elif (match := _INLINE.fullmatch(cell.strip())) and (
                field := _field(header_key(match[1]), names)
            ):
                yield Label(index, place, *field, match[1].strip(), match[2].strip())


def _field(word: str, names: Names) -> tuple[Field, bool] | None:
    if word in names.fields:
        return names.fields[word], False
    return (names.joined[word], True) if word in names.joined else None


def _label(cell: Any, names: Names) -> bool:
    word = header_key(cell)
    return bool(word) and names.knows(word)


def _value(rows: Sequence[Sequence[Any]], index: int, place: int, names: Names) -> tuple[int, Any]:
    """Column and content of the value: the next filled cell on the right before another label, or below."""
    row = rows[index]
    for at in range(place + 1, len(row)):
        if filled(row[at]):
            if not _label(row[at], names):
                return at, row[at]
            break
    else:
        below = rows[index + 1] if index + 1 < len(rows) else ()
        if place < len(below) and filled(below[place]) and _lone(below, place, names):
            return place, below[place]
    return place + 1, ""


def _lone(row: Sequence[Any], place: int, names: Names) -> bool:
    """Whether a row below a label holds its value and nothing else."""
    others = [cell for at, cell in enumerate(row) if at != place and filled(cell)]
    return not others and not _label(row[place], names) and not _INLINE.fullmatch(str(row[place]).strip())


def _read(
    sheet: RawSheet,
    rows: Sequence[Sequence[Any]],
    register: Register,
    labels: Sequence[Label],
    catalogue: Catalogue,
) -> ReadForm:
    for _row in sheet.checked():
        pass  # a classification mark anywhere refuses the file
    context = read_context(sheet.name, titles(rows), "", catalogue)
    pages = [_page(sheet, register, page, context, catalogue) for page in _split(labels)]
    columns = {one.header: f"并入“{one.field.label}”" if one.joined else one.field.label for one in labels}
    named = any(one is register for one, _parent in by_name(sheet.name, catalogue))
    report = SheetReport(
        file=sheet.file,
        sheet=sheet.name,
        title=register.title,
        how="表名" if named else "栏目",
        said=("一页一条的表样",),
        columns=tuple(("", label, use) for label, use in columns.items()),
        taken=sum(len(read.rows) for read, _fields in pages),
        blank=sum(not read.rows and not read.problems for read, _fields in pages),
    )
    return ReadForm(register=register, report=report, pages=pages)


def _split(labels: Sequence[Label]) -> Iterator[list[Label]]:
    """Pages one below the other: where the first label comes again, the next one begins."""
    page: list[Label] = []
    for one in labels:
        if page and one.header == page[0].header and one.row != page[0].row:
            yield page
            page = []
        page.append(one)
    if page:
        yield page


def _page(
    sheet: RawSheet, register: Register, labels: Sequence[Label], context: Context, catalogue: Catalogue
) -> tuple[ReadSheet, frozenset[str]]:
    """One page, read as a table of one row whose cells lie where the values do."""
    fields: dict[int, Field] = {}
    joined: dict[int, Field] = {}
    for index, one in enumerate(labels):
        again = one.joined or one.field in fields.values()
        if not again:
            fields[index] = one.field
        elif one.field.type is FieldType.NOTE:
            joined[index] = one.field
    headers = {index: one.header for index, one in enumerate(labels)}
    columns = Columns(row=0, fields=fields, headers=headers, joined=joined)
    if all(not filled(one.value) or unfilled(str(one.value)) for one in labels):
        return ReadSheet(), columns.written  # a blank form
    places = {index: (one.row + sheet.first_row, one.place) for index, one in enumerate(labels)}
    moved = replace(sheet, rows=(), broken={}, places=places)
    reader = RowReader(moved, register, columns, context, catalogue)
    read = reader.read_one(labels[0].row + sheet.first_row, [one.value for one in labels])
    _require(read, register, sheet)
    return read, columns.written | reader.defaults.keys()


def _require(read: ReadSheet, register: Register, sheet: RawSheet) -> None:
    """A form that does not say what it is a record of, in a label or its title, is a problem."""
    for row in read.rows:
        for one in register.fields:
            if one.required and one.name not in row.payload:
                why = f"这一页看不出“{one.label}”；请在标题或表名中写明。"
                read.problems.append(sheet.problem(why, row=row.row, column=one.label))
    if read.problems:
        read.rows.clear()
