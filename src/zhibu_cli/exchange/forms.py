"""Sheets that are forms: a label, and its value right of it or below; one page for each talk or meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.exchange.colnames import header_key
from zhibu_cli.exchange.context import read_context, titles
from zhibu_cli.exchange.headers import Columns
from zhibu_cli.exchange.leaving import filled, is_template_name, lone_note, quoted, room_to_sign, unfilled
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
    at: tuple[int, int]
    """Row and column index of its value."""
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
        scan = _Scan(rows, names.of(register))
        if _is_form(scan.labels, register, table):
            return _read(sheet, scan, register, catalogue)
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


class _Scan:
    """Finds the labels of a sheet with their values, and remembers which cells it understood."""

    def __init__(self, rows: Sequence[Sequence[Any]], names: Names) -> None:
        self.rows = rows
        self.names = names
        self.used: set[tuple[int, int]] = set()
        self.titles = titles(rows)
        self.labels = list(self._labels())

    def _labels(self) -> Iterator[Label]:
        for index, row in enumerate(self.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str) and filled(cell) and (found := self._label(index, place, cell)):
                    yield found

    def _label(self, index: int, place: int, cell: str) -> Label | None:
        word = header_key(cell)
        inline = _inline(cell, self.names)
        if self.names.knows(word) or inline or room_to_sign(cell):
            self.used.add((index, place))
        if field := _field(word, self.names):
            at, value = self._value(index, place, long=field[0].type is FieldType.NOTE)
            return Label(index, at, *field, " ".join(cell.split()).rstrip(":：").strip(), value)
        if word in self.names.left_out:
            self._value(index, place, long=False)
            return None
        return Label(index, (index, place), *inline) if inline else None

    def _value(self, index: int, place: int, *, long: bool) -> tuple[tuple[int, int], Any]:
        """The next filled cell on the right before another label, else the one below; where, and what."""
        row = self.rows[index]
        right = next((at for at in range(place + 1, len(row)) if filled(row[at])), -1)
        if right >= 0 and not self._known(row[right]):
            return self._take(index, right, long=long)
        below = self.rows[index + 1] if self._bare(index + 1) else ()
        if place < len(below) and filled(below[place]) and not self._aside(below[place]):
            return self._take(index + 1, place, long=long)
        return (index, place + 1), ""

    def _take(self, index: int, place: int, *, long: bool) -> tuple[tuple[int, int], Any]:
        """A value; a long text goes on in the rows below that hold nothing else."""
        self.used.add((index, place))
        value = self.rows[index][place]
        below = index + 1
        while long and isinstance(value, str) and self._goes_on(below, place):
            value = f"{value}\n{self.rows[below][place]}"
            self.used.add((below, place))
            below += 1
        return (index, place), value

    def _goes_on(self, index: int, place: int) -> bool:
        if not self._bare(index):
            return False
        cells = [at for at, cell in enumerate(self.rows[index]) if filled(cell)]
        return cells == [place] and not self._aside(self.rows[index][place])

    def _aside(self, cell: Any) -> bool:
        """Whether a cell is no value of the one above: a note, room for signatures, the next page's title."""
        text = isinstance(cell, str)
        return text and (room_to_sign(cell) or bool(lone_note([cell])) or cell in self.titles)

    def _bare(self, index: int) -> bool:
        """Whether there is a row, and no label in it."""
        row = self.rows[index] if index < len(self.rows) else ()
        return any(map(filled, row)) and not any(map(self._known, row))

    def _known(self, cell: Any) -> bool:
        word = header_key(cell)
        return bool(word) and (self.names.knows(word) or _inline(cell, self.names) is not None)

    def left(self) -> Iterator[tuple[int, list[Any]]]:
        """Rows below the first label with cells that nobody understood; the title of a next page is none."""
        first = self.labels[0].row if self.labels else 0
        heads = [[line] for line in self.titles]
        for index, row in enumerate(self.rows):
            cells = [cell for at, cell in enumerate(row) if filled(cell) and (index, at) not in self.used]
            if index >= first and cells and cells not in heads:
                yield index, cells


def _field(word: str, names: Names) -> tuple[Field, bool] | None:
    if word in names.fields:
        return names.fields[word], False
    return (names.joined[word], True) if word in names.joined else None


def _inline(cell: Any, names: Names) -> tuple[Field, bool, str, str] | None:
    """Field, whether it is only joined, label and value of 谈话时间：2025年5月6日."""
    match = _INLINE.fullmatch(cell.strip()) if isinstance(cell, str) else None
    field = _field(header_key(match[1]), names) if match else None
    return (*field, match[1].strip(), match[2].strip()) if match and field else None


def _read(sheet: RawSheet, scan: _Scan, register: Register, catalogue: Catalogue) -> ReadForm:
    for _row in sheet.checked():
        pass  # a classification mark anywhere refuses the file
    labels = scan.labels
    context = read_context(sheet.name, scan.titles, PurePath(sheet.file).stem, catalogue)
    pages = [_page(sheet, register, page, context, catalogue) for page in _split(labels)]
    left = [(row + sheet.first_row, cells) for row, cells in scan.left()]
    where = f"文件“{sheet.file}”工作表“{sheet.name}”"
    pages[0][0].notes += [f"{where}第{row}行不知属于哪一栏，未导入：{quoted(cells)}" for row, cells in left]
    if _sideways([row - sheet.first_row for row, _cells in left], labels):
        why = "像是一列写一次会议或谈话（横排），不能导入；请把表转置成一行一次，表头在第一行。"
        pages = [(ReadSheet(problems=[sheet.problem(why)]), frozenset())]
        left = []
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
        left=(("不知属于哪一栏", len(left)),) if left else (),
        blank=sum(read.blank for read, _fields in pages),
    )
    return ReadForm(register=register, report=report, pages=pages)


def _sideways(left: Sequence[int], labels: Sequence[Label]) -> bool:
    """Whether most lines with a label hold more than its value: what stands there are other records."""
    lines = {one.row for one in labels}
    more = lines.intersection(left)
    return len(more) >= 3 and len(more) * 3 >= len(lines) * 2


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
    fields, joined, twice = _places(labels)
    headers = {index: one.header for index, one in enumerate(labels)}
    columns = Columns(row=0, fields=fields, headers=headers, joined=joined)
    if _is_blank(sheet, register, [labels[index] for index in fields]):
        return _blank(sheet, labels), columns.written
    places = {index: (one.at[0] + sheet.first_row, one.at[1]) for index, one in enumerate(labels)}
    moved = replace(sheet, rows=(), broken={}, places=places)
    reader = RowReader(moved, register, columns, context, catalogue)
    read = reader.read_one(labels[0].row + sheet.first_row, [one.value for one in labels])
    for index in twice:
        why = f"“{labels[index].header}”在这一页写了两处，内容不同；请只留一处。"
        read.problems.append(moved.problem(why, row=1, column=labels[index].header, index=index))
    _require(read, register, sheet)
    return read, columns.written | reader.defaults.keys()


def _places(labels: Sequence[Label]) -> tuple[dict[int, Field], dict[int, Field], list[int]]:
    """Which label gives a field its value, which are joined to one, and which contradict an earlier one.

    A label that is written once more in the cell beside it (谈话时间 | 谈话时间：2025年4月7日) is one.
    """
    fields: dict[int, Field] = {}
    joined: dict[int, Field] = {}
    twice: list[int] = []
    for index, one in enumerate(labels):
        first = next((at for at, field in fields.items() if field is one.field), -1)
        if one.field.type is FieldType.NOTE and (one.joined or (first >= 0 and filled(labels[first].value))):
            joined[index] = one.field
        elif first < 0 and not one.joined:
            fields[index] = one.field
        elif first >= 0 and _empty(labels[first].value) and not _empty(one.value):
            del fields[first]
            fields[index] = one.field
        elif first >= 0 and not _empty(one.value) and one.value != labels[first].value:
            twice.append(index)
    return fields, joined, twice


def _empty(value: Any) -> bool:
    return not filled(value) or unfilled(str(value))


def _is_blank(sheet: RawSheet, register: Register, labels: Sequence[Label]) -> bool:
    """Whether nobody filled the page in; on one that is called a template some of it may be given."""
    values = {one.field.name: one.value for one in labels}
    if all(map(_empty, values.values())):
        return True
    day = values.get(register.date_field or "", "")
    return is_template_name(sheet.name) and _empty(day)


def _blank(sheet: RawSheet, labels: Sequence[Label]) -> ReadSheet:
    """A page that nobody filled in, named; and what stood on it all the same."""
    where = f"文件“{sheet.file}”工作表“{sheet.name}”第{labels[0].row + sheet.first_row}行起的一页"
    given = [one.value for one in labels if not _empty(one.value)]
    note = f"{where}是空白的表样，没有填写，未导入。"
    if given:
        note = f"{where}没有填日期，看作空白的表样，未导入：{quoted(given)}；是真的记录，请填上日期再导入。"
    return ReadSheet(blank=1, notes=[note])


def _require(read: ReadSheet, register: Register, sheet: RawSheet) -> None:
    """A form that does not say what it is a record of, in a label or its title, is a problem."""
    for row in read.rows:
        for one in register.fields:
            if one.required and one.name not in row.payload:
                why = f"这一页看不出“{one.label}”；请在标题或表名中写明。"
                read.problems.append(sheet.problem(why, row=row.row, column=one.label))
    if read.problems:
        read.rows.clear()
