"""Values in the cells of a workbook: text stays text and fits, numbers and days are real ones."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.archive import LONGEST_CELL, typed
from zhibu_cli.report.views import Figure
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet


def words_of(cell: Cell | MergedCell) -> str:
    """The text of a cell; one in several fonts, which openpyxl gives as a list, put together."""
    value = getattr(cell, "value", None)
    return str(value) if isinstance(value, (str, list)) else ""


def put(cell: Cell | MergedCell, value: Any, record: str = "") -> None:
    """Write a value; a string never becomes a formula or an error value.

    ``record``: the number under which the whole of a text stands that no cell can hold.
    """
    if isinstance(value, Figure):
        if value.unit == "%" and value.number is not None:
            cell.number_format = "0.0%"
        value = value.text if value.number is None or not value.text[:1].isdecimal() else value.number
    if isinstance(value, tuple):
        value = "、".join(map(str, value))
    if isinstance(value, str):
        cell.value = fitting(value, record)
        cell.data_type = "s"
    elif isinstance(value, list) and _units(str(value)) > LONGEST_CELL:  # in several fonts
        put(cell, str(value), record)
    else:
        cell.value = value


def fitting(text: str, record: str = "") -> str:
    """The text as it is stored, visibly cut where it is longer than a cell may be."""
    text = typed(text)
    if _units(text) <= LONGEST_CELL:
        return text
    rest = f"……（一格放不下，全文见{record or '台账'}）"
    room = LONGEST_CELL - len(rest)
    return text.encode("utf-16-le", "surrogatepass")[: 2 * room].decode("utf-16-le", "ignore") + rest


def _units(text: str) -> int:
    """Excel counts a character of four bytes twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


_USUAL_WIDTH = 8.43
_DAY_WIDTH = 11.0
"""Of 2026-10-08 with its margins; in less Excel shows ####."""


def show_whole(cell: Cell | MergedCell) -> None:
    """In a narrow column of somebody's form a day is set smaller, a text in several lines."""
    from copy import copy  # noqa: PLC0415

    if cell.alignment.shrink_to_fit or cell.alignment.wrap_text:
        return
    sheet: Any = cell.parent
    wide = sum(widths_of(sheet, _last_column(cell))[(cell.column or 1) - 1 :])
    day = isinstance(cell.value, date)
    if (day and wide < _DAY_WIDTH) or (isinstance(cell.value, str) and display_width(cell.value) > wide - 1):
        looks: Any = copy(cell.alignment)
        looks.shrink_to_fit, looks.wrap_text = day, not day
        cell.alignment = looks


def _last_column(cell: Cell | MergedCell) -> int:
    """The last column of the merged cells that begin here; the cell's own where it is not merged."""
    sheet: Any = cell.parent
    column = cell.column or 1
    if type(sheet.cell(cell.row, column + 1)).__name__ != "MergedCell":
        return column
    areas = (one for one in sheet.merged_cells.ranges if (one.min_row, one.min_col) == (cell.row, column))
    return max((int(one.max_col) for one in areas), default=column)


def widths_of(sheet: Worksheet, columns: int) -> list[float]:
    """The widths of the first columns in characters; asking openpyxl for one that is not set would set it."""
    usual = sheet.sheet_format.defaultColWidth or _USUAL_WIDTH
    widths = [float(usual)] * columns
    for one in sheet.column_dimensions.values():
        one.reindex()
        for column in range(one.min or 1, min(one.max or 0, columns) + 1):
            widths[column - 1] = float(one.width)
    return widths


_USUAL_SIZE, _LEADING = 11.0, 1.35
"""Points of the type by which widths are told; what a line takes of its type."""


def in_lines(cell: Cell | MergedCell, lines: Sequence[str], wide: float) -> None:
    """Break a title that its cell has no line for where its sense breaks; its row grows with it."""
    across = _across(cell, wide)
    if len(lines) < 2 or not cell.alignment.wrap_text or display_width("".join(lines)) <= across:
        return
    _put_lines(cell, lines, across)


def in_parts(cell: Cell | MergedCell, wide: float) -> None:
    """Break a line of several parts, as 单位 and 统计期, between them where it is too long; its row grows."""
    across, parts = _across(cell, wide), _BETWEEN.split(words_of(cell).rstrip("\u3000"))
    if len(parts) < 2 or not cell.alignment.wrap_text or display_width("\u3000\u3000".join(parts)) <= across:
        return
    lines = parts[:1]
    for part in parts[1:]:
        longer = f"{lines[-1]}\u3000\u3000{part}"
        lines[-1:] = [longer] if display_width(longer) <= across else [lines[-1], part]
    _put_lines(cell, lines, across)


_BETWEEN = re.compile("(?<!\u3000)\u3000\u3000(?!\u3000)")
"""Two blanks of full width; more of them are room for writing."""


def _across(cell: Cell | MergedCell, wide: float) -> int:
    return in_a_line(wide * _USUAL_SIZE / float(cell.font.sz or _USUAL_SIZE))


def _put_lines(cell: Cell | MergedCell, lines: Sequence[str], across: int) -> None:
    put(cell, "\n".join(lines))
    sheet: Any = cell.parent
    look = sheet.row_dimensions[cell.row or 1]
    if look.height is not None:
        size = float(cell.font.sz or _USUAL_SIZE)
        look.height = max(look.height, 8 + _LEADING * size * lines_of(str(cell.value), across))


TALLEST = 409.0
"""Points of the tallest row there may be."""


def width_of(cell: Cell | MergedCell, joined: Mapping[int, int] | None = None) -> float:
    """The width of a cell in characters; ``joined``: the first and the last column of merged cells."""
    sheet: Any = cell.parent
    first = cell.column or 1
    last = (joined or {}).get(first, first)
    return sum(widths_of(sheet, last)[first - 1 :])


def row_height(sheet: Worksheet, row: int, columns: int, joined: Mapping[int, int] | None = None) -> float:
    """Room for the longest of the first so many cells of a row.

    ``joined``: the first and the last column of merged cells.
    """
    return height_for((cell.value, wide) for cell, wide in measured(sheet, row, columns, joined))


def measured(
    sheet: Worksheet, row: int, columns: int, joined: Mapping[int, int] | None = None
) -> Iterator[tuple[Cell | MergedCell, float]]:
    """The cells of a row that hold no formula, each with its width in characters."""
    widths = widths_of(sheet, columns)
    # not sheet[row], which looks at every cell of the sheet for the last column
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        if cell.data_type != "f":
            yield cell, sum(widths[column - 1 : (joined or {}).get(column, column)])


_MARGIN, _LINE = 6.0, 16.0
"""Points of a row: above and below its text together, and of a line of it."""
_LEAST_LINE = 13.0
"""Points of a line in the smallest letters that forms are set in."""


def make_room(sheet: Worksheet, row: int, columns: int, joined: Mapping[int, int] | None = None) -> bool:
    """Give a row the height of its text; one that somebody set stays, unless it would cut the text.

    Gives whether the text needs more than the tallest row.
    """
    own = sheet.row_dimensions[row].height
    needed = room_for((cell.value, wide) for cell, wide in measured(sheet, row, columns, joined))
    lines = round((needed - _MARGIN) / _LINE)
    if own is not None and (lines == 1 or own >= _LEAST_LINE * lines):
        return False
    sheet.row_dimensions[row].height = min(TALLEST, needed)
    return needed > TALLEST


def height_for(cells: Iterable[tuple[Any, float]]) -> float:
    """Room for texts in cells of that width: not every program finds the height of wrapped text by itself."""
    return min(TALLEST, room_for(cells))


def room_for(cells: Iterable[tuple[Any, float]]) -> float:
    """The same, however tall."""
    lines = 1
    for text, wide in cells:
        if isinstance(text, str):
            lines = max(lines, lines_of(text, in_a_line(wide)))
    return _MARGIN + _LINE * lines


_FIGURE = 0.95
"""Of half a Han, what a width is told in: 7 pixels of 7.33."""


def in_a_line(wide: float) -> int:
    """Columns of text in a cell of a width: half a Han of 11 points is a little wider than a figure."""
    return max(1, int(wide * _FIGURE))


def lines_of(text: str, width: int) -> int:
    """Lines that a text takes at so many columns a line."""
    return sum(_broken(line, width) for line in text.split("\n"))


_NEVER_FIRST = frozenset("，。；：、！？）”》〉」』】〕…—·%")
"""Signs that stand at no line's beginning: they take the character before them along."""


def _broken(line: str, width: int) -> int:
    """The same of one without a break: no half of a character fills what is left of a line."""
    if line.isascii():
        return max(1, -(-len(line) // width))
    lines, used, last = 1, 0, 0
    for char in line:
        wide = display_width(char)
        if used and used + wide > width:
            lines, used = lines + 1, last if char in _NEVER_FIRST else 0
        used, last = used + wide, wide
    return lines
