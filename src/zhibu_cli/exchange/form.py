"""The blank workbook that people fill in: the layout of ``workbook.py`` with help where it is needed.

Required columns are red, headers bear comments, cells the format of what belongs into them; what is
one of a few words, a member or a group can be chosen. The first row of each sheet is an example that
``import`` leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.exchange.examples import MARK, NOTES, example
from zhibu_cli.exchange.raw import letters
from zhibu_cli.exchange.tables import build_tables
from zhibu_cli.exchange.workbook import (
    DAY,
    MOST_CHOICES,
    Beside,
    Choices,
    SheetWriter,
    book_bytes,
    inline,
    new_book,
    write_beside,
)
from zhibu_cli.model.declare import FieldType, Layout
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell.cell import Cell

    from zhibu_cli.exchange.tables import Table
    from zhibu_cli.model.declare import Catalogue, Field

LISTS = "下拉名单"
_WIDE = 14
"""A sheet of more columns would be too small to read on one page."""
_TEXT = "@"
_FORMATS: Mapping[FieldType, str] = {
    FieldType.DATE: DAY,
    FieldType.TIME: "hh:mm",
    # a month typed into any other cell becomes its first day
    FieldType.DAY_OR_MONTH: _TEXT,
    FieldType.MOMENT: _TEXT,
    FieldType.TEXT: _TEXT,
    FieldType.NAMES: _TEXT,
    FieldType.DATES: _TEXT,
}
_HINTS: Mapping[FieldType, str] = {
    FieldType.DATE: "写作 2026-03-05 或 2026年3月5日。",
    FieldType.TIME: "写作 14:30。",
    FieldType.YEAR: "写四位数的年份。",
    FieldType.CHOICES: "几项用顿号分开。",
    FieldType.PEOPLE: "几个人用顿号分开。",
    FieldType.NAMES: "几个人用顿号分开。",
    FieldType.ABSENCES: "写作 张三（病假；会前请假）、李四（公差）。",
}
_PEOPLE = frozenset({FieldType.PERSON, FieldType.PEOPLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """What a blank workbook offers beyond its layout."""

    people: tuple[str, ...] = ()
    """Names of the members; of two of one name their numbers."""
    groups: tuple[str, ...] = ()
    kind: str = ""
    """The kind that the example of its register shows."""
    notes: tuple[tuple[str, str], ...] = ()
    """Heading and text of the lines of 填写说明."""


def form_bytes(catalogue: Catalogue, blank: Blank) -> bytes:
    """A blank sheet for every register of the catalogue; the same wish gives the same bytes."""
    whole = catalogue
    rows = {one.name: [(MARK, _shown(one.name, whole, blank))] for one in catalogue.registers}
    ledger = {one.name: rows[one.name] for one in catalogue.registers if one.layout is Layout.ROWS}
    book, lists = new_book(), _Lists()
    write_beside(book, Beside(NOTES, [(NOTES, ""), *blank.notes], (18, 100)))
    for table in build_tables(ledger, catalogue, str, full=True):
        FormSheet(book, _marked(table), whole, blank, lists).write()
    lists.write(book)
    return book_bytes(book)


def _shown(name: str, catalogue: Catalogue, blank: Blank) -> Mapping[str, Any]:
    register = catalogue.register(name)
    payload = dict(example(register, catalogue))
    for field in register.fields:
        if is_kinds(field) and blank.kind in {kind.name for kind in catalogue.kinds_of(name)}:
            payload[field.name] = [blank.kind]
    return payload


def _marked(table: Table) -> Table:
    """The example says in its first cell what it is."""
    if table.register.layout is Layout.PAIRS:
        return table
    return replace(table, rows=tuple(((MARK, MARK), *row[1:]) for row in table.rows))


class _List(NamedTuple):
    name: str
    words: Sequence[str]


class _Lists:
    """Names too long for the formula of a drop-down, in a hidden sheet of their own."""

    def __init__(self) -> None:
        self._lists: list[_List] = []

    def formula(self, words: Sequence[str]) -> str:
        """What a drop-down has to hold to offer the words."""
        if len(",".join(words)) <= MOST_CHOICES and not any(set(',"') & set(word) for word in words):
            return inline(words)
        known = next((one for one in self._lists if one.words == words), None)
        if known is None:
            known = _List(f"zhibu_list_{len(self._lists) + 1}", words)
            self._lists.append(known)
        return known.name

    def write(self, book: Any) -> None:
        """The sheet, where anything needs it."""
        if not self._lists:
            return
        from itertools import zip_longest  # noqa: PLC0415

        from openpyxl.workbook.defined_name import DefinedName  # noqa: PLC0415

        sheet = book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for row in zip_longest(*(one.words for one in self._lists)):
            sheet.append(row)
        for index, one in enumerate(self._lists):
            column = letters(index)
            place = f"'{LISTS}'!${column}$1:${column}${len(one.words)}"
            book.defined_names[one.name] = DefinedName(one.name, attr_text=place)


class FormSheet(SheetWriter):
    """One blank sheet while it is written."""

    def __init__(self, book: Any, table: Table, catalogue: Catalogue, blank: Blank, lists: _Lists) -> None:
        """Add the sheet to the book."""
        from openpyxl.styles import Font  # noqa: PLC0415

        super().__init__(book, table, catalogue)
        self.blank = blank
        self.lists = lists
        self.pale = Font(italic=True, color="FF808080")

    def set_up(self) -> None:
        """Printed on landscape A4, the header on every page; a wide sheet goes over several pages."""
        from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

        sheet, wide = self.sheet, len(self.table.columns) > _WIDE
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=not wide)
        sheet.print_title_rows = "1:1"
        if wide:
            sheet.print_title_cols = "A:B"
            sheet.page_setup.pageOrder = "overThenDown"
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"

    def column(self, index: int, field: Field | None) -> None:
        """Cells that nobody has filled in yet know what belongs into them."""
        super().column(index, field)
        dimension = self.sheet.column_dimensions[letters(index)]
        dimension.number_format = _FORMATS.get(field.type, "General") if field else _TEXT

    def header(self, text: str, field: Field | None = None, *, required: bool = False) -> Cell:
        """With a comment: what belongs there, whether it must, in which form."""
        from openpyxl.comments import Comment  # noqa: PLC0415

        cell = super().header(text, field, required=required)
        words = self._comment(field, required=required)
        if words:
            comment = Comment(words, "zhibu")
            comment.width, comment.height = 260, 40 + 20 * (len(words) // 18)
            cell.comment = comment
        return cell

    def _comment(self, field: Field | None, *, required: bool) -> str:
        if field is None:
            link = self.table.register.link
            if link and required:
                return f"必填。属于哪一场会：与它在本文件里的编号相同。第一行的“{MARK}”是例子。"
            return "本文件里用的编号，可以不写；别的表要指到这一行时才需要。" if not required else ""
        parts = ["必填。" if required else "", field.help]
        if field.terms and field.type is not FieldType.CHOICES:
            parts.append(f"可写：{'、'.join(term.label for term in field.terms)}。")
        hint = _HINTS.get(field.type, "")
        return "".join((*parts, "" if hint.endswith("用顿号分开。") and "顿号" in field.help else hint))

    def cell(self, field: Field | None, value: Any, text: str) -> Cell | None:
        """The example stands out as none of the user's own."""
        cell = super().cell(None if text == MARK else field, value, text)
        if cell is None and self.table.register.layout is Layout.PAIRS and field is not None:
            cell = self._new(None)
            cell.number_format = _FORMATS.get(field.type, "General")
            return cell
        if cell is not None and self.table.register.layout is Layout.ROWS:
            cell.font = self.pale
        return cell

    def choices(self, field: Field) -> Choices | None:
        """Members and groups too; others may be typed."""
        names: Sequence[str] = ()
        if field.type in _PEOPLE:
            names = self.blank.people
        elif field.type is FieldType.GROUP:
            names = self.blank.groups
        if names:
            return Choices(self.lists.formula(names), strict=False)
        return super().choices(field)
