"""Papers as .xlsx: a template workbook whose cells name fields of the view.

``{{ branch }}`` in a cell is replaced; a row with ``{{ sittings.day }}`` repeats for every sitting and
has to be the last row of its sheet. A cell that is one field alone takes the value itself, a real
number or a real date; text is written as text, whatever it begins with.
"""

from __future__ import annotations

import io
import re
from copy import copy
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.archive import normalised, typed
from zhibu_cli.errors import PaperError
from zhibu_cli.report.fields import DAMAGES, fields_of, unknown_field, unreadable
from zhibu_cli.report.views import Figure
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from zhibu_cli.report.views import Paper

_FIELD = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_STEP = re.compile(r"""\.?(\w+)|\[\s*["']([^"']+)["']\s*\]""")

_CELLS = 200_000
"""Cells of a sheet, the empty ones between used ones included."""
_STYLE = "_style"


class _Job(NamedTuple):
    view: Paper
    template: Path
    fields: Mapping[str, Any]


def render(view: Paper, template: Path) -> bytes:
    """The paper as the bytes of an .xlsx.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(template)
    except (InvalidFileException, *DAMAGES) as error:
        raise unreadable(template, "Excel（.xlsx）") from error
    job = _Job(view, template, fields_of(view))
    for sheet in book.worksheets:
        _fill(sheet, job)
    for sheet in [s for s in book.worksheets if s.title == "数据来源" and not view.trace]:
        if len(book.worksheets) > 1:
            book.remove(sheet)
    target = io.BytesIO()
    book.save(target)
    return normalised(target.getvalue())


def _fill(sheet: Worksheet, job: _Job) -> None:
    if sheet.max_row * sheet.max_column > _CELLS:
        raise PaperError(
            f"模板“{job.template.name}”工作表“{sheet.title}”用到第{sheet.max_row}行第{sheet.max_column}列，太大。",
            hint="请删去远处的单元格和格式。",
        )
    for cells in list(sheet.iter_rows()):
        listed = _list_of(cells, job)
        if listed:
            _repeat(sheet, cells, listed, job)
            continue
        for cell in cells:
            if isinstance(cell.value, str) and _FIELD.search(cell.value):
                put(cell, _value(cell.value, job.fields, job, cell.coordinate))


def _list_of(cells: tuple[Cell | MergedCell, ...], job: _Job) -> str:
    """The list whose items the row repeats; empty for a plain row."""
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    heads = {match[1].split(".")[0].split("[")[0] for text in texts for match in _FIELD.finditer(text)}
    lists = sorted(head for head in heads if isinstance(job.fields.get(head), tuple))
    if len(lists) > 1:
        raise PaperError(
            f"模板“{job.template.name}”（{cells[0].coordinate}）同一行用了两个列表：{'、'.join(lists)}。",
            hint="一行只能重复一个列表。",
        )
    return lists[0] if lists else ""


def _repeat(sheet: Worksheet, cells: tuple[Cell | MergedCell, ...], name: str, job: _Job) -> None:
    first = cells[0].row
    if first != sheet.max_row:
        raise PaperError(
            f"模板“{job.template.name}”工作表“{sheet.title}”第{first}行是重复行，下面不能再有内容。",
            hint="请把重复行放在工作表的最后一行。",
        )
    patterns = [cell.value for cell in cells]
    # openpyxl has no public way to copy a whole style at once
    styles: list[Any] = [copy(getattr(cell, _STYLE)) for cell in cells]
    height = sheet.row_dimensions[first].height
    for cell in cells:
        cell.value = None
    for offset, item in enumerate(job.fields[name]):
        scope = {**job.fields, name: item}
        for old, pattern, style in zip(cells, patterns, styles, strict=True):
            cell = sheet.cell(first + offset, old.column or 1)
            setattr(cell, _STYLE, copy(style))
            put(cell, _value(pattern, scope, job, old.coordinate))
        sheet.row_dimensions[first + offset].height = height or row_height(sheet, first + offset, len(cells))


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


def _value(pattern: Any, scope: Mapping[str, Any], job: _Job, where: str) -> Any:
    if not isinstance(pattern, str):
        return pattern
    alone = _FIELD.fullmatch(pattern.strip())
    if alone:
        return _look_up(alone[1], scope, job, where)
    return _FIELD.sub(lambda match: str(_look_up(match[1], scope, job, where)), pattern)


def _look_up(path: str, scope: Mapping[str, Any], job: _Job, where: str) -> Any:
    value: Any = scope
    position = 0
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            raise unknown_field(path, job.template, job.view, where)
        name = step[1] or step[2]
        try:
            value = _step(value, name)
        except (KeyError, AttributeError):
            raise unknown_field(path, job.template, job.view, where) from None
        position = step.end()
    if not _printable(value):
        raise PaperError(
            f"模板“{job.template.name}”（{where}）的 {path} 不是一项内容，不能写进单元格。",
            hint="请写到具体的一项，例如 figures.members、sittings.theme。",
        )
    return value


def _printable(value: Any) -> bool:
    if isinstance(value, tuple):
        return all(map(_printable, value))
    return value is None or isinstance(value, (str, int, float, date, Figure))


def _step(value: Any, name: str) -> Any:
    if name.startswith("_"):
        raise KeyError(name)
    return value[name] if hasattr(value, "keys") else getattr(value, name)


def put(cell: Cell | MergedCell, value: Any) -> None:
    """Write a value; a string never becomes a formula or an error value."""
    if isinstance(value, Figure):
        if value.unit == "%" and value.number is not None:
            cell.number_format = "0.0%"
        value = value.text if value.number is None or not value.text[:1].isdecimal() else value.number
    if isinstance(value, tuple):
        value = "、".join(map(str, value))
    if isinstance(value, str):
        cell.value = typed(value)
        cell.data_type = "s"
    else:
        cell.value = value


def printed(data: bytes) -> str:
    """All text of an .xlsx, for the search for blanks that are left."""
    from html import unescape  # noqa: PLC0415
    from zipfile import ZipFile  # noqa: PLC0415

    with ZipFile(io.BytesIO(data)) as archive:
        # texts stand in the cells or, in other versions of openpyxl, in a table of shared strings
        names = [n for n in archive.namelist() if n.startswith(("xl/worksheets/sheet", "xl/sharedStrings"))]
        whole = "".join(archive.read(name).decode("utf-8") for name in names)
    return "\n".join(map(unescape, re.findall(r"<t(?: [^>]*)?>([^<]*)</t>", whole)))
