"""Values in the cells of a workbook: text stays text and fits, numbers and days are real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.archive import LONGEST_CELL, typed
from zhibu_cli.report.views import Figure
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def row_height(sheet: Worksheet, row: int, columns: int) -> float:
    """Room for the longest of the first so many cells of a row."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    # not sheet[row], which looks at every cell of the sheet for the last column
    return height_for(
        (sheet.cell(row, column).value, sheet.column_dimensions[get_column_letter(column)].width or 9)
        for column in range(1, columns + 1)
    )


def height_for(cells: Iterable[tuple[Any, float]]) -> float:
    """Room for texts in cells of that width: not every program finds the height of wrapped text by itself."""
    lines = 1
    for text, wide in cells:
        width = max(1, int(wide) - 1)
        if isinstance(text, str):
            rows = (max(1, -(-display_width(line) // width)) for line in text.split("\n"))
            lines = max(lines, sum(rows))
    return min(409.0, 6 + 16.0 * lines)
