"""Write the canonical workbook: what ``read_batch`` reads back without loss."""

from __future__ import annotations

import io
import os
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.archive import LONGEST_CELL, normalised, typed
from zhibu_cli.errors import InputError
from zhibu_cli.exchange.prescan import LEDGER_PROPERTY
from zhibu_cli.exchange.raw import letters
from zhibu_cli.exchange.tables import build_tables
from zhibu_cli.model.declare import FieldType, Layout
from zhibu_cli.model.values import is_kinds
from zhibu_cli.text import display_width, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from openpyxl.cell.cell import Cell

    from zhibu_cli.exchange.tables import Rows, Table
    from zhibu_cli.model.declare import Catalogue, Field, Register

_FIRST_DAY = date(1900, 3, 1)
"""Before it spreadsheets count days wrongly; such days are written as text."""
_FIXED = datetime(2000, 1, 1)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_WIDTHS = {
    FieldType.NOTE: 48,
    FieldType.TOPICS: 36,
    FieldType.PEOPLE: 36,
    FieldType.ABSENCES: 30,
    FieldType.NAMES: 20,
    FieldType.DATE: 12,
    FieldType.DATES: 24,
    FieldType.DAY_OR_MONTH: 12,
    FieldType.MOMENT: 17,
}
_CLOSED = frozenset({FieldType.CHOICE, FieldType.CHOICES})
_WIDEST = 40
_LAST_CHOICE = 5_000
"""Last row that has a drop-down."""
MOST_CHOICES = 255
"""So many characters a formula may hold in words; Excel takes no longer one."""
DAY = "yyyy-mm-dd"


class Beside(NamedTuple):
    """A sheet for people, of plain texts, that import does not read."""

    title: str
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


def write_workbook(
    path: Path,
    ledger: Mapping[str, Rows],
    catalogue: Catalogue,
    *,
    ledger_id: str = "",
    name_of: Callable[[str], str] = str,
    full: bool = False,
) -> None:
    """Write all registers into a file, see ``workbook_bytes``."""
    data = workbook_bytes(ledger, catalogue, ledger_id=ledger_id, name_of=name_of, full=full)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 - Path.replace is the same call
    finally:
        part.unlink(missing_ok=True)


def workbook_bytes(
    ledger: Mapping[str, Rows],
    catalogue: Catalogue,
    *,
    ledger_id: str = "",
    name_of: Callable[[str], str] = str,
    full: bool = False,
    beside: Beside | None = None,
    heading: str = "",
) -> bytes:
    """All registers as a workbook; the same ledger gives the same bytes.

    ``ledger`` holds register name -> (number, payload) of each entry. Without ``full`` the columns of
    confidential fields are left out. ``heading`` stands over every page in print; without it the name of
    the sheet.
    """
    tables = build_tables(ledger, catalogue, name_of, full=full)
    for table in tables:
        _refuse_long(table)
    book = new_book(ledger_id)
    for table in tables:
        writer = SheetWriter(book, table, catalogue)
        _set_up_print(writer.sheet, heading or table.register.title)
        writer.write()
    if beside is not None:
        write_beside(book, beside, heading)
    return book_bytes(book)


def new_book(ledger_id: str = "") -> Any:
    """An empty book that is written row by row; the stubs lack much of it."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only needed here
    from openpyxl.packaging.custom import StringProperty  # noqa: PLC0415

    book: Any = Workbook(write_only=True)
    book.properties.creator = "zhibu"
    book.properties.created = _FIXED
    if ledger_id:
        book.custom_doc_props.append(StringProperty(name=LEDGER_PROPERTY, value=ledger_id))
    return book


def book_bytes(book: Any) -> bytes:
    """The finished book; the same contents give the same bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    return normalised(buffer.getvalue(), _FIXED)


def _set_up_print(sheet: Any, heading: str) -> None:
    """A4 across, all columns on one sheet, title and column headings on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet.page_setup.paperSize = "9"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.9, 0.7
    sheet.print_title_rows = "1:1"
    sheet.print_options.gridLines = True
    # & begins a code in a header; at most 255 characters fit
    sheet.oddHeader.center.text = heading[:100].replace("&", "&&")
    sheet.oddHeader.center.size = 14
    sheet.oddFooter.center.text = "— &P —"


def write_beside(book: Any, beside: Beside, heading: str = "") -> None:
    """A sheet of plain texts, to be read and printed by people."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet = book.create_sheet(beside.title)
    sheet.freeze_panes = "A2"
    _set_up_print(sheet, heading or beside.title)
    for index, width in enumerate(beside.widths):
        sheet.column_dimensions[letters(index)].width = width
    for number, row in enumerate(beside.rows):
        cells = [WriteOnlyCell(sheet, escape(text)) for text in row]
        for cell in cells:
            cell.data_type = "s"
            cell.font = Font(bold=number == 0)
            cell.alignment = Alignment(wrap_text=len(row) > 1, vertical="top", horizontal="left")
        sheet.append(cells)


def _refuse_long(table: Table) -> None:
    """Spreadsheets cut a longer text in silence; nothing may be lost."""
    for row in table.rows:
        if any(len(text) > LONGEST_CELL // 8 and len(escape(text)) > LONGEST_CELL for _value, text in row):
            raise InputError(
                f"“{table.register.title}”中有一格文字超过{LONGEST_CELL}字，工作簿放不下。",
                hint="请导出为 .json：zhibu export -o 文件名.json。",
            )


class Choices(NamedTuple):
    """What a drop-down offers."""

    formula: str
    strict: bool = True
    """Whether the cell takes nothing else."""


class SheetWriter:
    """One sheet while it is written; a blank form (``form.py``) says more in some places."""

    def __init__(self, book: Any, table: Table, catalogue: Catalogue) -> None:
        """Add the sheet to the book."""
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        self.table = table
        self.catalogue = catalogue
        self.sheet = book.create_sheet(table.register.title)
        self.head = Font(bold=True)
        self.required = Font(bold=True, color="FFC00000")
        self.fill = PatternFill("solid", fgColor="FFF2F2F2")
        self.wrap = Alignment(wrap_text=True, vertical="top")

    def write(self) -> None:
        """Header, drop-downs, rows."""
        self.set_up()
        if self.table.register.layout is Layout.PAIRS:
            self._pairs()
            return
        self.sheet.freeze_panes = "A2"
        for index, field in enumerate(self.table.columns):
            self.column(index, field)
        needed = [field.required if field else bool(self.table.register.link) for field in self.table.columns]
        triples = zip(self.table.headers, needed, self.table.columns, strict=True)
        self.sheet.append([self.header(label, field, required=must) for label, must, field in triples])
        for row in self.table.rows:
            cells = zip(self.table.columns, row, strict=True)
            self.sheet.append([self.cell(field, value, text) for field, (value, text) in cells])

    def set_up(self) -> None:
        """What concerns the whole sheet."""

    def column(self, index: int, field: Field | None) -> None:
        """Width and drop-down of a column."""
        name = letters(index)
        self.sheet.column_dimensions[name].width = _width(field, self.table, index) if field else 12
        if field:
            self.drop_down(f"{name}2:{name}{_LAST_CHOICE}", field)

    def _pairs(self) -> None:
        self.sheet.column_dimensions["A"].width = 22
        self.sheet.column_dimensions["B"].width = 60
        self.sheet.append([self.header("项目"), self.header("内容")])
        columns = {field.label: field for field in self.table.columns if field}
        for number, ((label, _), (value, text)) in enumerate(self.table.rows, 2):
            field = columns.get(label)
            must = field is not None and field.required
            self.sheet.append([self.header(label, field, required=must), self.cell(field, value, text)])
            if field:
                self.drop_down(f"B{number}", field)

    def header(self, text: str, field: Field | None = None, *, required: bool = False) -> Cell:
        """A cell of the header; ``field`` is None for 编号 and the like."""
        del field  # for forms
        cell = self.text(text)
        cell.font = self.required if required else self.head
        cell.fill = self.fill
        return cell

    def cell(self, field: Field | None, value: Any, text: str) -> Cell | None:
        """A cell of a row: a number or day of the spreadsheet where the field is one, else text."""
        if not text:
            return None
        native = _native(field.type, value) if field else None
        if native is None:
            cell = self.text(text)
        else:
            cell = self._new(native)
            if isinstance(native, date):
                cell.number_format = DAY
        if "\n" in text or (field and field.type is FieldType.NOTE):
            cell.alignment = self.wrap
        return cell

    def text(self, text: str) -> Cell:
        """A cell that is text whatever it begins with: =, #N/A, digits."""
        cell = self._new(escape(text))
        cell.data_type = "s"
        return cell

    def _new(self, value: Any) -> Cell:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

        return WriteOnlyCell(self.sheet, value)

    def drop_down(self, cells: str, field: Field) -> None:
        """Put the field's choices, if it has any, into the cells."""
        from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

        choices = self.choices(field)
        if choices is None:
            return
        rule = DataValidation(type="list", formula1=choices.formula, allow_blank=True)
        rule.showErrorMessage = choices.strict
        rule.error = f"请从下拉列表中选择“{field.label}”。"
        rule.add(cells)
        self.sheet.data_validations.append(rule)

    def choices(self, field: Field) -> Choices | None:
        """The closed vocabulary of a field; several terms in one cell are typed by hand."""
        words = _words(field, self.table.register, self.catalogue)
        if not words or len(",".join(words)) > MOST_CHOICES:
            return None
        return Choices(inline(words), strict=field.type is not FieldType.CHOICES)


def inline(words: Sequence[str]) -> str:
    """The formula of a drop-down that holds its words itself."""
    return f'"{",".join(words)}"'


def _width(field: Field, table: Table, index: int) -> float:
    """Of a column of its kind, or wider for what stands in it, within reason."""
    least = _WIDTHS.get(field.type, 14)
    longest = max(
        (display_width(row[index][1]) for row in table.rows if "\n" not in row[index][1]), default=0
    )
    return float(max(least, min(longest + 2, _WIDEST)))


def _words(field: Field, register: Register, catalogue: Catalogue) -> list[str]:
    if is_kinds(field):
        return [kind.label for kind in catalogue.kinds_of(register.name)]
    if field.type is FieldType.YESNO:
        return ["是", "否"]
    return [term.label for term in field.terms] if field.type in _CLOSED else []


def _native(kind: FieldType, value: Any) -> Any:
    """The value as a number or day of the spreadsheet; None: write it as text."""
    if kind is FieldType.DATE or (kind is FieldType.DAY_OR_MONTH and len(value) > len("1985-05")):
        day = date.fromisoformat(value)
        return day if day >= _FIRST_DAY else None
    number = kind in {FieldType.YEAR, FieldType.COUNT, FieldType.HEADCOUNT, FieldType.HOURS}
    return value if number and isinstance(value, int | float) else None


def escape(text: str) -> str:
    """The text as OOXML wants it: control characters as ``_x0007_``, and what looks so escaped itself."""
    plain = _CONTROL.sub(_code, typed(text))
    return visible_surrogates(plain)


def _code(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def visible_surrogates(text: str) -> str:
    """What no XML can carry at all, as visible marks."""
    return visible(text) if re.search("[\ud800-\udfff\ufffe\uffff]", text) else text
