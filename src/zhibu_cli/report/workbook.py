"""Papers as .xlsx: a template workbook whose cells name fields of the view.

``{{ branch }}`` in a cell is replaced; a row with ``{{ sittings.day }}`` repeats for every sitting, and
what lies below moves down (see stretch.py). A cell that is one field alone takes the value itself, a real
number or a real date; text is written as text, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.archive import LONGEST_CELL, normalised, typed
from zhibu_cli.errors import PaperError
from zhibu_cli.report import mapping, stretch
from zhibu_cli.report.cached import saved
from zhibu_cli.report.fields import DAMAGES, faulty, fields_of, unknown_field, unreadable
from zhibu_cli.report.stretch import Stretch
from zhibu_cli.report.views import Figure
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from zhibu_cli.report.mapping import Filling, Rows
    from zhibu_cli.report.stretch import Place
    from zhibu_cli.report.views import View

_FIELD = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_STEP = re.compile(r"""\.?(\w+)|\[\s*["']([^"']+)["']\s*\]""")

_CELLS = 200_000
"""Cells of a sheet, the empty ones between used ones included."""

_CUT = "……（一格放不下，全文见台账）"


class _Job(NamedTuple):
    view: View
    template: Path
    fields: Mapping[str, Any]


def render(view: View, template: Path, filling: Filling | None = None) -> bytes:
    """The paper as the bytes of an .xlsx; ``filling``: the fields of a form that names none itself.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    book = _opened(template)
    job = _Job(view, template, fields_of(view))
    if filling is not None:
        mapping.put_into(book, filling)
    stretches = {sheet.title: Stretch(_counts(sheet, job), sheet.max_row) for sheet in book.worksheets}
    if unmovable := stretch.apply(book, stretches):
        raise faulty(template, unmovable)
    for sheet in book.worksheets:
        _fill(sheet, stretches[sheet.title], job)
    for rows in filling.fixed if filling is not None else ():
        _fill_fixed(mapping.sheet_of(book, rows.sheet), rows, stretches, job)
    for sheet in [s for s in book.worksheets if s.title == "数据来源" and not job.fields.get("trace")]:
        if len(book.worksheets) > 1:
            book.remove(sheet)
    return normalised(saved(book))


def patterns(template: Path) -> Iterator[tuple[str, str]]:
    """Every field that the cells of a template name, with its place.

    Raises:
        PaperError: the template cannot be read.
    """
    for sheet in _opened(template).worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                for match in _FIELD.finditer(cell.value if isinstance(cell.value, str) else ""):
                    yield f"工作表“{sheet.title}”{cell.coordinate}", match[1]


def _opened(template: Path) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = load_workbook(template)
        pictured = _pictured(template)
    except (InvalidFileException, *DAMAGES) as error:
        raise unreadable(template, "Excel（.xlsx）") from error
    if pictured:  # openpyxl would drop it without a word
        raise PaperError(
            f"模板“{template.name}”里有图片或文本框，填表时保不住。",
            hint="请删去图片和文本框（图表可以留）；要带图片的，用 Word 模板。",
        )
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > _CELLS:
            raise PaperError(
                f"模板“{template.name}”工作表“{sheet.title}”用到第{sheet.max_row}行第{sheet.max_column}列，太大。",
                hint="请删去远处的单元格和格式。",
            )
    return book


def _pictured(template: Path) -> bool:
    with zipfile.ZipFile(template) as archive:
        names = archive.namelist()
        drawings = (archive.read(name) for name in names if _DRAWING.fullmatch(name))
        shaped = any(mark in drawing for drawing in drawings for mark in (b"<xdr:pic", b"<xdr:sp"))
    return shaped or any(name.startswith("xl/media/") for name in names)


def _counts(sheet: Worksheet, job: _Job) -> dict[int, int]:
    """How often each row with a list stands in the filled sheet."""
    counts = {}
    for cells in sheet.iter_rows():
        if listed := _list_of(cells, job):
            inner = any(f"{listed}." in str(cell.value) for cell in cells)
            # a table without items keeps a row that says so, a list of words needs none
            counts[cells[0].row or 1] = len(job.fields[listed]) or (1 if inner else 0)
    return counts


def _fill(sheet: Worksheet, rows: Stretch, job: _Job) -> None:
    columns, joined = sheet.max_column, _joined(sheet)
    for row, place in rows.places():
        # not sheet[row], which looks at every cell of the sheet for the last column
        cells = next(sheet.iter_rows(min_row=row, max_row=row, max_col=columns))
        listed = _list_of(cells, job)
        if not listed:
            for cell in cells:
                if isinstance(cell.value, str) and _FIELD.search(cell.value):
                    put(cell, _value(cell.value, job.fields, job, cell.coordinate))
            continue
        items = job.fields[listed]
        if items:
            _fill_row(cells, {**job.fields, listed: items[place.copy]}, place, job)
        else:
            joined[row] = _say_empty(sheet, cells, job)
        if sheet.row_dimensions[row].height is None:
            sheet.row_dimensions[row].height = row_height(sheet, row, columns, joined.get(row))


def _fill_row(
    cells: tuple[Cell | MergedCell, ...], scope: Mapping[str, Any], place: Place, job: _Job
) -> None:
    for cell in cells:
        if isinstance(cell.value, str) and _FIELD.search(cell.value):
            where = f"{cell.column_letter}{place.row}" if hasattr(cell, "column_letter") else ""
            put(cell, _value(cell.value, scope, job, where))


def _fill_fixed(sheet: Worksheet | None, rows: Rows, stretches: Mapping[str, Stretch], job: _Job) -> None:
    """A list in rows that the form has already."""
    items = job.fields.get(rows.list)
    if sheet is None or not isinstance(items, tuple):
        raise unknown_field(rows.list, job.template, job.view, f"第{rows.row}行")
    if len(items) > rows.last - rows.row + 1:
        raise PaperError(
            f"“{job.template.name}”工作表“{sheet.title}”第{rows.row}到{rows.last}行放不下{len(items)}项。",
            hint="在填表对照里去掉 to，由程序插行；或在表格里先加行。",
        )
    first = stretches[sheet.title].first(rows.row)
    for row, item in enumerate(items, first):
        for column, name in rows.columns.items():
            pattern = f"{{{{ {rows.list}.{name} }}}}"
            put(sheet[f"{column}{row}"], _value(pattern, {rows.list: item}, job, f"{column}{row}"))


def _joined(sheet: Worksheet) -> dict[int, dict[int, int]]:
    """The merged cells within a row: row -> first column -> last column."""
    joined: dict[int, dict[int, int]] = {}
    for area in sheet.merged_cells.ranges:
        if area.min_row == area.max_row:
            joined.setdefault(area.min_row, {})[area.min_col] = area.max_col
    return joined


def _say_empty(sheet: Worksheet, cells: tuple[Cell | MergedCell, ...], job: _Job) -> dict[int, int]:
    """One line says that there is nothing, where the view has words for it; gives the columns it takes."""
    row = cells[0].row or 1
    for area in [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == row]:
        sheet.unmerge_cells(str(area))
    first = next(at for at, cell in enumerate(cells, 1) if _FIELD.search(str(cell.value)))
    last = max(at for at, cell in enumerate(cells, 1) if cell.has_style or cell.value is not None)
    for column in range(first, last + 1):
        put(sheet.cell(row, column), job.fields.get("empty") if column == first else None)
    if last > first:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    return {first: last}


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


def row_height(sheet: Worksheet, row: int, columns: int, joined: Mapping[int, int] | None = None) -> float:
    """Room for the longest of the first so many cells of a row.

    ``joined``: the first and the last column of merged cells.
    """
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    def wide(column: int) -> float:
        last = (joined or {}).get(column, column)
        return sum(
            sheet.column_dimensions[get_column_letter(one)].width or 9 for one in range(column, last + 1)
        )

    # not sheet[row], which looks at every cell of the sheet for the last column
    cells = (sheet.cell(row, column) for column in range(1, columns + 1))
    return height_for((cell.value, wide(cell.column or 1)) for cell in cells if cell.data_type != "f")


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
        value = typed(value)
        if len(value) > LONGEST_CELL:  # openpyxl would cut it without a word
            value = value[: LONGEST_CELL - len(_CUT)] + _CUT
        cell.value = value
        cell.data_type = "s"
    else:
        cell.value = value


def printed(data: bytes) -> str:
    """All text of an .xlsx, for the search for blanks that are left.

    Texts stand in the cells or, in other versions of openpyxl, in a table of shared strings; those of an
    own template also in the head and foot of a page, in comments and in the titles of charts.
    """
    from html import unescape  # noqa: PLC0415
    from zipfile import ZipFile  # noqa: PLC0415

    with ZipFile(io.BytesIO(data)) as archive:
        whole = "".join(archive.read(n).decode("utf-8") for n in archive.namelist() if _PRINTED.match(n))
    return "\n".join(unescape(words) for words in _TEXT.findall(whole))


_PRINTED = re.compile(r"xl/(worksheets/sheet|sharedStrings|comments|charts/chart).*\.xml$")
_TEXT = re.compile(r"<(?:t|a:t|oddHeader|oddFooter|evenHeader|evenFooter)(?: [^>]*)?>([^<]*)<")
