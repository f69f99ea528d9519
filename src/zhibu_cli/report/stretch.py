"""Rows of a template workbook that repeat: what lies below moves down, and what refers to them follows.

openpyxl moves cells alone; merged cells, heights, formulas, charts and the rest are moved here.
"""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_REFERENCE = re.compile(
    r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!:$]+)!)?"
    r"(?P<one>\$?[A-Z]{1,3}\$?)(?P<first>\d+)(?::(?P<two>\$?[A-Z]{1,3}\$?)(?P<last>\d+))?"
)
_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")


class Place(NamedTuple):
    """A row of the filled sheet: the row of the template it comes from, and which copy of it, from 0."""

    row: int
    copy: int


class Stretch:
    """Where every row of a template goes."""

    def __init__(self, counts: Mapping[int, int], last: int) -> None:
        """``counts``: how often each row stands in the filled sheet; one that is not named once."""
        self._counts = counts
        self._first: dict[int, int] = {}
        row = 1
        for number in range(1, last + 1):
            self._first[number] = row
            row += counts.get(number, 1)
        self._shift = row - last - 1

    @property
    def changes(self) -> bool:
        """Whether anything moves."""
        return any(count != 1 for count in self._counts.values())

    def first(self, row: int) -> int:
        """The first row that a row of the template becomes."""
        return self._first.get(row, row + self._shift)

    def last(self, row: int) -> int:
        """The last of them; of a row that falls away the one above."""
        return self.first(row) + self._counts.get(row, 1) - 1

    def places(self) -> Iterator[tuple[int, Place]]:
        """Every row of the filled sheet with its origin, from the top."""
        for row, first in self._first.items():
            for number in range(self._counts.get(row, 1)):
                yield first + number, Place(row, number)


def formula(text: str, title: str, stretches: Mapping[str, Stretch], place: Place | None = None) -> str:
    """A formula of the sheet ``title`` with its references moved; within a repeated row to its own copy."""
    from openpyxl.formula import Tokenizer  # noqa: PLC0415

    tokens = Tokenizer(text).items
    moved = (
        reference(token.value, title, stretches, place) if token.subtype == token.RANGE else token.value
        for token in tokens
    )
    return "=" + "".join(moved)


def reference(text: str, title: str, stretches: Mapping[str, Stretch], place: Place | None = None) -> str:
    """A reference to a cell or a range of cells, moved; anything else as it is."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return text
    sheet = match["sheet"] or ""
    named = sheet[:-1].strip("'").replace("''", "'") or title
    stretch = stretches.get(named)
    if stretch is None:
        return text
    own = place if named == title else None

    def move(row: int, *, end: bool) -> int:
        if own is not None and row == own.row:
            return stretch.first(row) + own.copy
        return stretch.last(row) if end else stretch.first(row)

    moved = f"{sheet}{match['one']}{move(int(match['first']), end=False)}"
    if match["two"]:
        moved += f":{match['two']}{move(int(match['last']), end=True)}"
    return moved


def area(text: str, title: str, stretches: Mapping[str, Stretch]) -> str:
    """A reference to an area, moved: one cell in a row that repeats becomes a column of cells."""
    match = _REFERENCE.fullmatch(text)
    if match is None or match["two"]:
        return reference(text, title, stretches)
    moved = reference(f"{text}:{match['one']}{match['first']}", title, stretches)
    whole = _REFERENCE.fullmatch(moved)
    return moved.partition(":")[0] if whole and whole["first"] == whole["last"] else moved


def apply(sheet: Worksheet, stretches: Mapping[str, Stretch]) -> None:
    """Move everything on the sheet; repeated rows hold the template's own cells again and again."""
    stretch = stretches[sheet.title]
    _move_charts(sheet, stretches)
    if not stretch.changes:
        _move_formulas(sheet, stretches)
        return
    kept = _kept(sheet)
    merged = [str(joined) for joined in sheet.merged_cells.ranges]
    looks = {row: (one.height, one.hidden) for row, one in sheet.row_dimensions.items()}
    for joined in merged:
        sheet.unmerge_cells(joined)
    sheet.delete_rows(1, sheet.max_row)
    sheet.row_dimensions.clear()
    for row, place in stretch.places():
        for column, cell in kept.get(place.row, {}).items():
            _put_back(sheet.cell(row, column), cell)
        height, hidden = looks.get(place.row, (None, False))
        if height is not None:
            sheet.row_dimensions[row].height = height
        if hidden:
            sheet.row_dimensions[row].hidden = True
    _move_formulas(sheet, stretches)
    for joined in merged:
        _merge(sheet, joined, stretch)
    _move_ranges(sheet, stretches)


def _move_formulas(sheet: Worksheet, stretches: Mapping[str, Stretch]) -> None:
    origins = dict(stretches[sheet.title].places())
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.data_type == "f" and isinstance(cell.value, str):
                cell.value = formula(cell.value, sheet.title, stretches, origins.get(cell.row or 1))


class _Kept(NamedTuple):
    value: Any
    style: Any
    comment: Any
    link: Any


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
            row, column = cell.row or 1, cell.column or 1
            kept.setdefault(row, {})[column] = _Kept(value, style, comment, getattr(cell, "hyperlink", None))
    return kept


def _put_back(cell: Cell | MergedCell, kept: _Kept) -> None:
    cell.value = kept.value
    cell._style = copy(kept.style)  # type: ignore[union-attr]  # noqa: SLF001
    if kept.comment is not None:
        cell.comment = copy(kept.comment)
    if kept.link is not None and kept.link.target:
        cell.hyperlink = kept.link.target


def _merge(sheet: Worksheet, joined: str, stretch: Stretch) -> None:
    """One area again; one within a repeated row for every copy of it."""
    match = _REFERENCE.fullmatch(joined)
    if match is None or not match["two"]:
        return
    top, bottom = int(match["first"]), int(match["last"])
    if top != bottom:
        sheet.merge_cells(f"{match['one']}{stretch.first(top)}:{match['two']}{stretch.last(bottom)}")
        return
    for row in range(stretch.first(top), stretch.last(top) + 1):
        sheet.merge_cells(f"{match['one']}{row}:{match['two']}{row}")


def _move_ranges(sheet: Worksheet, stretches: Mapping[str, Stretch]) -> None:
    """Filter, print area and title rows, drop-downs, conditional formats."""

    def moved(areas: object) -> str:
        return " ".join(area(part, sheet.title, stretches) for part in str(areas).split())

    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = moved(sheet.auto_filter.ref)
    if sheet.print_area:
        sheet.print_area = [area(part.rpartition("!")[2], sheet.title, stretches) for part in _areas(sheet)]
    if sheet.print_title_rows and (rows := _ROWS.fullmatch(sheet.print_title_rows)):
        stretch = stretches[sheet.title]
        sheet.print_title_rows = f"{stretch.first(int(rows[1]))}:{stretch.last(int(rows[2]))}"
    for listed in sheet.data_validations.dataValidation:
        listed.sqref = type(listed.sqref)(moved(listed.sqref))
        listed.formula1 = _inner(listed.formula1, sheet.title, stretches)
        listed.formula2 = _inner(listed.formula2, sheet.title, stretches)
    _move_formats(sheet, stretches, moved)


def _move_formats(sheet: Worksheet, stretches: Mapping[str, Stretch], moved: Callable[[object], str]) -> None:
    """Conditional formats, with what their conditions refer to."""
    from openpyxl.formatting.formatting import ConditionalFormattingList  # noqa: PLC0415

    old, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for entry in old:
        for rule in entry.rules:
            rule.formula = [_inner(text, sheet.title, stretches) or "" for text in rule.formula]
            sheet.conditional_formatting.add(moved(entry.sqref), rule)


def _areas(sheet: Worksheet) -> list[str]:
    found = sheet.print_area
    return found.split(",") if isinstance(found, str) else list(found)


def _inner(text: str | None, title: str, stretches: Mapping[str, Stretch]) -> str | None:
    """A formula as it stands in a rule or a list of choices: without its sign."""
    return formula(f"={text}", title, stretches)[1:] if text else text


def move_names(book: Workbook, stretches: Mapping[str, Stretch]) -> None:
    """Names that the workbook gives to areas."""
    for name in book.defined_names.values():
        parts = str(name.attr_text or "").split(",")
        name.attr_text = ",".join(area(part, "", stretches) for part in parts)


def _move_charts(sheet: Worksheet, stretches: Mapping[str, Stretch]) -> None:
    """Charts stay below what they stood below, and show every copy of the rows they showed."""
    stretch = stretches[sheet.title]
    for chart in sheet._charts:  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl has no public list of them
        for mark in (getattr(chart.anchor, "_from", None), getattr(chart.anchor, "to", None)):
            if mark is not None:
                mark.row = stretch.first(mark.row + 1) - 1
        for series in chart.ser:
            for source in (series.val, series.cat, series.tx):
                _move_source(source, sheet.title, stretches)


def _move_source(source: Any, title: str, stretches: Mapping[str, Stretch]) -> None:
    for name in ("numRef", "strRef"):
        found = getattr(source, name, None)
        if found is not None:
            found.f = area(found.f, title, stretches)
            cache = "numCache" if name == "numRef" else "strCache"
            setattr(found, cache, None)  # what it held were the template's own cells
