"""Rows of a filled workbook with more text than Excel shows in one row: the rest stands in rows below.

A row is 409 points tall at most, and what goes beyond is cut on paper without a word. Such a row becomes
several with no line between them; all of the text stands there once, in its order.
"""

from __future__ import annotations

from copy import copy
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from zhibu_cli.report.cells import in_a_line, measured, put, room_for
from zhibu_cli.report.stretch import Stretch, apply
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_LINES = 12
"""Of one of the rows: few enough that no page stays half empty because the next one does not fit."""
_STOPS = "。；！？\n"

_Pieces = dict[int, tuple[str, ...]]
"""The texts of the rows that one becomes, by column; of a cell whose text stays whole none."""


def spread(book: Workbook, tall: Mapping[str, Sequence[int]]) -> list[str]:
    """Give the rest of what stands in too tall rows rows of its own; ``tall``: those rows by sheet.

    The answer: what cannot be moved rightly, as ``stretch.apply`` tells it.
    """
    if not any(tall.values()):
        return []
    sheets = {sheet.title: sheet for sheet in book.worksheets if tall.get(sheet.title)}
    pieces = {title: {row: _pieces(sheet, row) for row in tall[title]} for title, sheet in sheets.items()}
    stretches = {
        sheet.title: Stretch(
            {row: max(map(len, cut.values()), default=1) for row, cut in pieces.get(sheet.title, {}).items()},
            sheet.max_row,
        )
        for sheet in book.worksheets
    }
    unmovable = apply(book, stretches)
    for title, sheet in sheets.items():
        rows = stretches[title]
        for row, cut in pieces[title].items():
            _write(sheet, range(rows.first(row), rows.last(row) + 1), cut)
    return unmovable


def _pieces(sheet: Worksheet, row: int) -> _Pieces:
    cells = measured(sheet, row, sheet.max_column, joined_in(sheet).get(row))
    texts = ((cell, wide) for cell, wide in cells if isinstance(cell.value, str))
    return {cell.column or 1: tuple(_cut(str(cell.value), in_a_line(wide))) for cell, wide in texts}


def _cut(text: str, width: int) -> Iterator[str]:
    """A text in pieces of so many lines, cut behind a sentence if one ends in their second half."""
    while (most := _fitting(text, width)) < len(text):
        stop = max(text.rfind(mark, most // 2, most) for mark in _STOPS) + 1
        end = stop or most
        yield text[:end].removesuffix("\n")
        text = text[end:]
    yield text


def _fitting(text: str, width: int) -> int:
    """How many characters fill the lines of a piece."""
    lines, across = 1, 0
    for at, char in enumerate(text):
        wide = display_width(char)
        if char == "\n" or across + wide > width:
            lines, across = lines + 1, 0
        if lines > _LINES:
            return at + (char == "\n")
        across += wide if char != "\n" else 0
    return len(text)


def _write(sheet: Worksheet, rows: range, pieces: _Pieces) -> None:
    columns = sheet.max_column
    for row in rows:
        cells = next(sheet.iter_rows(min_row=row, max_row=row, max_col=columns))
        for cell in cells:
            if row != rows.start and cell.value is not None:
                cell.value = None
            _as_one(cell, top=row != rows.start, bottom=row != rows[-1])
    for column, texts in pieces.items():
        for row, text in zip_longest(rows, texts):
            put(sheet.cell(row, column), text or None)
    joined = joined_in(sheet)
    for row in rows:
        cells_wide = measured(sheet, row, columns, joined.get(row))
        sheet.row_dimensions[row].height = room_for((cell.value, wide) for cell, wide in cells_wide)


def _as_one(cell: Cell | MergedCell, *, top: bool, bottom: bool) -> None:
    """Text at the top, and no line above or below: the rows look like one."""
    look: Any = copy(cell.alignment)
    look.vertical = "top"
    cell.alignment = look
    line: Any = copy(cell.border)
    line.top, line.bottom = None if top else line.top, None if bottom else line.bottom
    cell.border = line


def joined_in(sheet: Worksheet) -> dict[int, dict[int, int]]:
    """The merged cells within a row: row -> first column -> last column."""
    joined: dict[int, dict[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_row == area.max_row:
            joined.setdefault(area.min_row, {})[area.min_col] = area.max_col
    return joined
