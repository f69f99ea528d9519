"""Rows of a template workbook that repeat: what lies below moves down, and what refers to them follows.

openpyxl moves cells alone; merged cells, looks of rows, formulas, charts and the rest are moved here.
What cannot be moved rightly is given back as a problem, so that no figure is wrong in silence.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.report.references import Spot, UnmovableError, area, formula, named_area, reference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.cell_range import CellRange
    from openpyxl.worksheet.formula import ArrayFormula
    from openpyxl.worksheet.worksheet import Worksheet


_LAST_ROW = 1_048_576
"""Of a sheet; an area down to it, as for whole columns, cannot grow."""


class Place(NamedTuple):
    """A row of the filled sheet: the row of the template it comes from, and which copy of it, from 0."""

    row: int
    copy: int


class Stretch:
    """Where every row of a template goes."""

    def __init__(self, counts: Mapping[int, int], last: int) -> None:
        """``counts``: how often each row stands in the filled sheet; one that is not named once."""
        self._counts = counts
        self.repeats = frozenset(counts)
        """The rows of the template that stand for a list, however long it is."""
        self._first: dict[int, int] = {}
        row = 1
        for number in range(1, last + 1):
            self._first[number] = row
            row += counts.get(number, 1)
        self._shift = row - last - 1

    def first(self, row: int) -> int:
        """The first row that a row of the template becomes."""
        return min(self._first.get(row, row + self._shift), _LAST_ROW)

    def last(self, row: int) -> int:
        """The last of them; of a row that falls away the one above."""
        return min(self.first(row) + self._counts.get(row, 1) - 1, _LAST_ROW)

    def places(self) -> Iterator[tuple[int, Place]]:
        """Every row of the filled sheet with its origin, from the top."""
        for row, first in self._first.items():
            for number in range(self._counts.get(row, 1)):
                yield first + number, Place(row, number)


def apply(book: Workbook, stretches: Mapping[str, Stretch]) -> list[str]:
    """Move everything in the book; repeated rows hold the template's own cells again and again.

    The answer: what cannot be moved rightly, with its place, a line each.
    """
    if not any(stretch.repeats for stretch in stretches.values()):
        return []
    found = _names(book, stretches) + [
        f"图表工作表“{sheet.title}”：里面的图不会跟着移动，请把图放进普通的工作表"
        for sheet in book.chartsheets
    ]
    for sheet in book.worksheets:
        move = _Move(sheet, stretches)
        move.all()
        found += move.problems
    return found


def _names(book: Workbook, stretches: Mapping[str, Stretch]) -> list[str]:
    """Names that the workbook, or a sheet of it, gives to areas."""
    problems = []
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in names.values():
            try:
                parts = str(name.attr_text or "").split(",")
                name.attr_text = ",".join(named_area(part, stretches) for part in parts)
            except UnmovableError as error:
                problems.append(f"名称“{name.name}”：{error}")
    return problems


class _Kept(NamedTuple):
    value: Any
    style: Any
    comment: Any
    link: Any


class _Move:
    """One sheet on its way."""

    def __init__(self, sheet: Worksheet, stretches: Mapping[str, Stretch]) -> None:
        self.sheet = sheet
        self.stretches = stretches
        self.rows = stretches[sheet.title]
        self.problems: list[str] = []

    def all(self) -> None:
        """Cells first, then what refers to them."""
        origins = dict(self.rows.places())
        if self.rows.repeats:
            self._spread()
        self._formulas(origins)
        self._links()
        self._ranges()
        self._formats()
        self._charts()
        self._tables()
        if self.sheet._pivots:  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public list
            self._trouble("", UnmovableError("数据透视表不会跟着移动"))

    def _trouble(self, place: str, error: UnmovableError) -> None:
        told = f"工作表“{self.sheet.title}”{place}：{error}"
        if told not in self.problems:
            self.problems.append(told)

    def _spread(self) -> None:
        """Every cell of the template once or as often as its row repeats, with the looks of the rows."""
        sheet = self.sheet
        kept = _kept(sheet)
        merged = [joined.coord for joined in sheet.merged_cells.ranges]
        looks = {row: copy(one) for row, one in sheet.row_dimensions.items()}
        for joined in merged:
            sheet.unmerge_cells(joined)
        sheet.delete_rows(1, sheet.max_row)
        sheet.row_dimensions.clear()
        for row, place in self.rows.places():
            for column, cell in kept.get(place.row, {}).items():
                _put_back(sheet.cell(row, column), cell)
            if place.row in looks:
                look = copy(looks[place.row])
                look.index = row
                sheet.row_dimensions[row] = look
        for joined in merged:
            self._merge(joined)

    def _merge(self, joined: str) -> None:
        """One area again; one within a repeated row for every copy of it."""
        from openpyxl.worksheet.cell_range import CellRange  # noqa: PLC0415

        old, rows = CellRange(joined), self.rows
        top, bottom = old.min_row, old.max_row
        if top == bottom:
            for row in range(rows.first(top), rows.last(top) + 1):
                self._join(old, row, row)
        elif top in rows.repeats:
            why = UnmovableError("合并单元格从要重复的行起跨了几行，各条会盖在一起；请只在一行里合并")
            self._trouble(joined, why)
        elif rows.last(bottom) > rows.first(top) or old.size["columns"] > 1:
            self._join(old, rows.first(top), rows.last(bottom))

    def _join(self, old: CellRange, top: int, bottom: int) -> None:
        self.sheet.merge_cells(
            start_row=top, end_row=bottom, start_column=old.min_col, end_column=old.max_col
        )

    def _formulas(self, origins: Mapping[int, Place]) -> None:
        for cells in self.sheet.iter_rows():
            for cell in cells:
                place = origins.get(cell.row or 1, Place(cell.row or 1, 0))
                spot = Spot(place.row, getattr(cell, "column_letter", ""), place.copy)
                try:
                    if cell.data_type == "f":
                        cell.value = self._formula(cell.value, spot)
                except UnmovableError as error:
                    self._trouble(f"{spot.column}{spot.row}", error)

    def _formula(self, value: Any, spot: Spot) -> Any:
        from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula  # noqa: PLC0415

        if isinstance(value, ArrayFormula):
            return self._array(value, spot)
        if isinstance(value, DataTableFormula):
            raise UnmovableError("模拟运算表不会跟着移动")
        return formula(value, self.sheet.title, self.stretches, spot) if isinstance(value, str) else value

    def _array(self, old: ArrayFormula, spot: Spot) -> ArrayFormula:
        from openpyxl.worksheet.formula import ArrayFormula  # noqa: PLC0415

        title, stretches = self.sheet.title, self.stretches
        ref = reference(old.ref, title, stretches, spot)
        if ref.count(":") and _height(ref) != _height(old.ref):
            raise UnmovableError(f"数组公式占的 {old.ref} 里有要重复的行")
        return ArrayFormula(ref, formula(old.text or "", title, stretches, spot))

    def _links(self) -> None:
        """The places within the book to which cells lead."""
        for cells in self.sheet.iter_rows():
            for cell in cells:
                link = getattr(cell, "hyperlink", None)
                if link is None or not link.location:
                    continue
                try:
                    link.location = area(link.location, self.sheet.title, self.stretches)
                except UnmovableError as error:
                    self._trouble(f"{cell.coordinate}的链接", error)

    def _moved(self, areas: object) -> str:
        parts = str(areas).replace(",", " ").split()
        return " ".join(area(part.rpartition("!")[2], self.sheet.title, self.stretches) for part in parts)

    def _ranges(self) -> None:
        """Filter, print area, title rows, page breaks and what stays in sight."""
        sheet, rows = self.sheet, self.rows
        if sheet.auto_filter.ref:
            sheet.auto_filter.ref = self._moved(sheet.auto_filter.ref)
        if sheet.print_area:
            sheet.print_area = self._moved(sheet.print_area).split()
        if sheet.print_title_rows:
            titles = reference(sheet.print_title_rows.replace("$", ""), sheet.title, self.stretches)
            sheet.print_title_rows = titles
        for mark in sheet.row_breaks.brk:
            mark.id = rows.last(mark.id)
        pane = sheet.sheet_view.pane
        if pane is not None and pane.ySplit and pane.state == "frozen":
            corner = pane.topLeftCell or f"A{int(pane.ySplit) + 1}"
            pane.ySplit = rows.first(int(pane.ySplit) + 1) - 1
            letters = corner.rstrip("0123456789")
            pane.topLeftCell = f"{letters}{rows.first(int(corner[len(letters) :]))}"

    def _formats(self) -> None:
        """Drop-downs and conditional formats, with what their conditions refer to."""
        from openpyxl.formatting.formatting import ConditionalFormattingList  # noqa: PLC0415

        for listed in self.sheet.data_validations.dataValidation:
            areas = str(listed.sqref)
            listed.formula1 = self._inner(listed.formula1, areas, "下拉或有效性")
            listed.formula2 = self._inner(listed.formula2, areas, "下拉或有效性")
            listed.sqref = type(listed.sqref)(self._moved(areas))
        old, self.sheet.conditional_formatting = (
            self.sheet.conditional_formatting,
            ConditionalFormattingList(),
        )
        for entry in old:
            areas = str(entry.sqref)
            for rule in entry.rules:
                rule.formula = [self._inner(text, areas, "条件格式") or "" for text in rule.formula]
                self.sheet.conditional_formatting.add(self._moved(areas), rule)

    def _inner(self, text: str | None, areas: str, what: str) -> str | None:
        """A formula as it stands in a rule or a list of choices: without its sign."""
        from openpyxl.worksheet.cell_range import MultiCellRange  # noqa: PLC0415

        if not text:
            return text
        ranges = MultiCellRange(areas).ranges
        top, bottom = min(one.min_row for one in ranges), max(one.max_row for one in ranges)
        wide = top != bottom or any(row in self.rows.repeats for row in range(top, bottom + 1))
        try:
            return formula(f"={text}", self.sheet.title, self.stretches, Spot(top, area=wide))[1:]
        except UnmovableError as error:
            self._trouble(f"{areas} 的{what}", error)
            return text

    def _charts(self) -> None:
        """Charts stay below what they stood below, and show every copy of the rows they showed."""
        for chart in self.sheet._charts:  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public list
            for mark in (getattr(chart.anchor, "_from", None), getattr(chart.anchor, "to", None)):
                if mark is not None:
                    mark.row = self.rows.first(mark.row + 1) - 1
            for part in chart._charts:  # noqa: SLF001 - several in one frame
                for series in part.ser:
                    for name in ("val", "cat", "tx", "xVal", "yVal", "bubbleSize"):
                        self._source(getattr(series, name, None))

    def _source(self, source: Any) -> None:
        for name in ("numRef", "strRef"):
            found = getattr(source, name, None)
            if found is not None:
                try:
                    found.f = area(found.f, self.sheet.title, self.stretches)
                except UnmovableError as error:
                    self._trouble("的图表", error)
                cache = "numCache" if name == "numRef" else "strCache"
                setattr(found, cache, None)  # what it held were the template's own cells

    def _tables(self) -> None:
        """Tables of Excel's own grow with the rows in them."""
        for table in self.sheet.tables.values():
            if int(table.ref.partition(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) in self.rows.repeats:
                self._trouble(f"表格“{table.displayName}”", UnmovableError("标题行不能重复"))
                continue
            table.ref = area(table.ref, self.sheet.title, self.stretches)
            if table.autoFilter is not None:
                table.autoFilter.ref = area(table.autoFilter.ref, self.sheet.title, self.stretches)


def _height(ref: str) -> int:
    from openpyxl.worksheet.cell_range import CellRange  # noqa: PLC0415

    return int(CellRange(ref).size["rows"])


def _kept(sheet: Worksheet) -> dict[int, dict[int, _Kept]]:
    """Every cell of the template by row and column."""
    kept: dict[int, dict[int, _Kept]] = {}
    for cells in sheet.iter_rows():
        for cell in cells:
            value, comment = getattr(cell, "value", None), getattr(cell, "comment", None)
            if value is None and not cell.has_style and comment is None:
                continue
            # openpyxl has no public way to copy a whole style at once
            style = copy(cell._style)  # type: ignore[union-attr]  # noqa: SLF001
            link = getattr(cell, "hyperlink", None)
            kept.setdefault(cell.row or 1, {})[cell.column or 1] = _Kept(value, style, comment, link)
    return kept


def _put_back(cell: Cell | MergedCell, kept: _Kept) -> None:
    if kept.link is not None:
        cell.hyperlink = copy(kept.link)  # writes its address into an empty cell
    cell.value = kept.value
    cell._style = copy(kept.style)  # type: ignore[union-attr]  # noqa: SLF001
    if kept.comment is not None:
        cell.comment = copy(kept.comment)
