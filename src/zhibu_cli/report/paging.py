"""Sheets on paper: what would stand nearly alone on a last page goes to the one before, a little smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.cells import widths_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_PAPERS = {"8": (841.9, 1190.6), "9": (595.3, 841.9)}
"""A3 and A4 in points, upright, by Excel's number."""
_INCH = 72.0
_ROW = 15.0
"""Points of a row whose height is not set."""
_CHARACTER, _SIDES = 5.25, 3.75
"""Points of a character of a column's width, and of what is beside them."""
_ALONE = 0.25
"""Share of a page: what takes less is not worth a page of its own."""
_LEAST = 8 / 11
"""The smallest scale: 11 points become 8."""
_STEP = 0.02


def gather(sheets: Iterable[Worksheet]) -> None:
    """Fit sheets to one page less where notes, signatures or a few rows alone would need the last one.

    Only for a sheet that is printed as wide as the paper and as long as it comes: what somebody set in
    another way stays.
    """
    for sheet in sheets:
        _gather(sheet)


def _gather(sheet: Worksheet) -> None:
    setup, fits = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    # openpyxl reads a missing fitToHeight as None, which Excel takes for one page
    if not (fits and fits.fitToPage and setup.fitToWidth in {1, None} and setup.fitToHeight == 0):
        return
    if str(setup.paperSize) not in _PAPERS:
        return
    wide, tall = _room(sheet)
    heights = [sheet.row_dimensions[row].height or _ROW for row in range(1, sheet.max_row + 1)]
    heads, scale = _heads(sheet), min(1.0, wide / _width(sheet))
    pages, rest = _pages(heights, heads, tall / scale)
    if pages == 1 or rest > _ALONE:
        return
    smaller = scale - _STEP
    while smaller >= _LEAST:
        if _pages(heights, heads, tall / smaller)[0] < pages:
            setup.fitToHeight = pages - 1
            return
        smaller -= _STEP


def _room(sheet: Worksheet) -> tuple[float, float]:
    """Width and height between the margins, in points."""
    paper, edges = _PAPERS[str(sheet.page_setup.paperSize)], sheet.page_margins
    wide, tall = reversed(paper) if sheet.page_setup.orientation == "landscape" else paper
    return wide - (edges.left + edges.right) * _INCH, tall - (edges.top + edges.bottom) * _INCH


def _width(sheet: Worksheet) -> float:
    return sum(wide * _CHARACTER + _SIDES for wide in widths_of(sheet, sheet.max_column))


def _heads(sheet: Worksheet) -> range:
    """The rows that every page repeats, counted from 0."""
    rows = (sheet.print_title_rows or "").replace("$", "").split(":")
    return range(int(rows[0]) - 1, int(rows[-1])) if rows[0] else range(0)


def _pages(heights: Sequence[float], heads: range, room: float) -> tuple[int, float]:
    """How many pages the rows take, and which share of the last one."""
    repeated = sum(heights[row] for row in heads)
    pages, used = 1, 0.0
    for row, height in enumerate(heights):
        if used and used + height > room:
            pages, used = pages + 1, repeated if row >= heads.stop else 0.0
        used += height
    return pages, (used - (repeated if pages > 1 else 0.0)) / room
