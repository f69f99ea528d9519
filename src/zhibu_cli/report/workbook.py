"""Papers as .xlsx: a template workbook whose cells name fields of the view.

``{{ branch }}`` in a cell is replaced; a row with ``{{ sittings.day }}`` repeats for every sitting, and
what lies below moves down (see stretch.py). A cell that is one field alone takes the value itself, a real
number or a real date; text is written as text, whatever it begins with.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.archive import normalised
from zhibu_cli.errors import PaperError
from zhibu_cli.report import mapping, stretch
from zhibu_cli.report.cached import saved
from zhibu_cli.report.cells import fitting, in_lines, in_parts, make_room, put, show_whole, width_of, words_of
from zhibu_cli.report.fields import DAMAGES, faulty, fields_of, printable, unknown_field, unreadable
from zhibu_cli.report.paging import gather
from zhibu_cli.report.stretch import Stretch
from zhibu_cli.report.tall import joined_in, spread
from zhibu_cli.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

    from zhibu_cli.report.mapping import Filling, Rows
    from zhibu_cli.report.stretch import Place
    from zhibu_cli.report.views import View

FIELD = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_STEP = re.compile(r"""\.?(\w+)|\[\s*["']([^"']+)["']\s*\]""")
_QUOTES = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")

_CELLS = 200_000
"""Cells of a sheet, the empty ones between used ones included."""

_EDGE = 80
"""Characters of a piece of a page's head; Excel takes 255 for the three, marks of formatting included."""


class _Job(NamedTuple):
    view: View
    template: Path
    fields: Mapping[str, Any]


def render(view: View, template: Path, filling: Filling | None = None) -> bytes:
    """The paper as the bytes of an .xlsx; ``filling``: the fields of a form that names none itself.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    book = opened(template)
    job = _Job(view, template, fields_of(view))
    if filling is not None:
        mapping.put_into(book, filling)
    stretches = {sheet.title: Stretch(_counts(sheet, job), sheet.max_row) for sheet in book.worksheets}
    if unmovable := stretch.apply(book, stretches):
        raise faulty(template, unmovable)
    tall = {}
    for sheet in book.worksheets:
        tall[sheet.title] = _fill(sheet, stretches[sheet.title], job)
        _fill_edges(sheet, job)
    for rows in filling.fixed if filling is not None else ():
        _fill_fixed(mapping.sheet_of(book, rows.sheet), rows, stretches, job)
    for sheet in [s for s in book.worksheets if s.title == "数据来源" and not job.fields.get("trace")]:
        if len(book.worksheets) > 1:
            book.remove(sheet)
    if unmovable := spread(book, tall):
        raise faulty(template, unmovable)
    gather(book.worksheets)
    return normalised(saved(book))


def opened(template: Path) -> Workbook:
    """The template, if everything in it can be kept.

    Raises:
        PaperError: it cannot be read, is too large, or holds what openpyxl would drop without a word.
    """
    from openpyxl.reader.excel import ExcelReader  # noqa: PLC0415 - load_workbook without the parts' names
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        reader = ExcelReader(template, rich_text=True)
        reader.read()
        book: Workbook = reader.wb
        _must_be_of_a_size(book, template)
        _free_heights(book, {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets()}, template)
        lost = _lost(template)
        if all(sheet.sheet_state != "visible" for sheet in book.worksheets):
            raise unreadable(template, "Excel（.xlsx）")
    except (InvalidFileException, *DAMAGES) as error:
        raise unreadable(template, "Excel（.xlsx）") from error
    if lost:
        raise PaperError(
            f"模板“{template.name}”里有{'、'.join(lost)}，填表时保不住。",
            hint="请在模板里删去这些（普通的图表可以留）；要带图片的，用 Word 模板。",
        )
    return book


def _must_be_of_a_size(book: Workbook, template: Path) -> None:
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > _CELLS:
            raise PaperError(
                f"模板“{template.name}”工作表“{sheet.title}”用到第{sheet.max_row}行第{sheet.max_column}列，太大。",
                hint="请删去远处的单元格和格式。",
            )


_LOST: tuple[tuple[str, re.Pattern[str], re.Pattern[bytes] | None], ...] = (
    ("图片或文本框", re.compile(r"xl/drawings/drawing\d+\.xml"), re.compile(rb"<xdr:(?:pic|sp|cxnSp)[ >]")),
    ("图片或文本框", re.compile(r"xl/media/.+"), None),
    ("按钮一类的控件", re.compile(r"xl/(?:ctrlProps|activeX)/.+"), None),
    ("切片器", re.compile(r"xl/slicers/.+"), None),
    ("迷你图", re.compile(r"xl/worksheets/sheet\d+\.xml"), re.compile(rb"<x14:sparklineGroup[ >]")),
    (
        "引用别的工作表的下拉",
        re.compile(r"xl/worksheets/sheet\d+\.xml"),
        re.compile(rb"<x14:dataValidation[ >]"),
    ),
)
"""What openpyxl drops: its name, the parts it stands in, and its mark there."""


_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d+)["']""")
_OWN_HEIGHT = re.compile(rb"""\bcustomHeight=["'](?:1|true)["']""")


def _free_heights(book: Workbook, parts: Mapping[str, str], template: Path) -> None:
    """Forget the heights that the program found for the fields of a row that fits its text.

    openpyxl takes every height for one that a person set, and the text of the records would be cut.
    """
    with zipfile.ZipFile(template) as archive:
        for sheet in book.worksheets:
            used = ((cells[0].row, cells) for cells in sheet.iter_rows())
            fields = {row for row, cells in used if any(FIELD.search(words_of(cell)) for cell in cells)}
            for match in _ROW.finditer(archive.read(parts[sheet.title])):
                number = _NUMBER.search(match[1])
                if number and int(number[1]) in fields and not _OWN_HEIGHT.search(match[1]):
                    sheet.row_dimensions[int(number[1])].height = None


def _lost(template: Path) -> list[str]:
    with zipfile.ZipFile(template) as archive:
        names = archive.namelist()
        found = (
            what
            for what, part, mark in _LOST
            if any(
                part.fullmatch(name) and (mark is None or mark.search(archive.read(name))) for name in names
            )
        )
        return list(dict.fromkeys(found))


def edges(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    """The pieces of heads and feet of pages, with their name; ``text`` of each may be changed."""
    for name in ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter"):
        whole = getattr(sheet, name)
        for piece in ("left", "center", "right") if whole is not None else ():
            yield ("的页眉" if name.endswith("Header") else "的页脚"), getattr(whole, piece)


def _counts(sheet: Worksheet, job: _Job) -> dict[int, int]:
    """How often each row with a list stands in the filled sheet."""
    counts = {}
    for cells in sheet.iter_rows():
        if listed := _list_of(cells, job):
            inner = any(f"{listed}." in words_of(cell) for cell in cells)
            # a table without items keeps a row that says so, a list of words needs none
            counts[cells[0].row or 1] = len(job.fields[listed]) or (1 if inner else 0)
    return counts


def _fill(sheet: Worksheet, rows: Stretch, job: _Job) -> list[int]:
    """Fill every field of a sheet; gives the rows of lists that are taller than a row may be."""
    columns, joined, tall = sheet.max_column, joined_in(sheet), []
    for row, place in rows.places():
        # not sheet[row], which looks at every cell of the sheet for the last column
        cells = next(sheet.iter_rows(min_row=row, max_row=row, max_col=columns))
        listed = _list_of(cells, job)
        if not listed:
            for cell in cells:
                if FIELD.search(words_of(cell)):
                    _fill_one(cell, joined.get(row), job)
            continue
        items = job.fields[listed]
        if items:
            _fill_row(
                cells, {**job.fields, listed: items[place.copy]}, place, job, _number_of(items[place.copy])
            )
        else:
            joined[row] = _say_empty(sheet, cells, job.fields.get(f"no_{listed}", job.fields.get("empty")))
        if make_room(sheet, row, columns, joined.get(row)):
            tall.append(row)
    return tall


def _fill_one(cell: Cell | MergedCell, joined: Mapping[int, int] | None, job: _Job) -> None:
    """A cell that stands once; ``joined``: the merged cells of its row."""
    alone = FIELD.fullmatch(words_of(cell).strip())
    put(cell, _value(cell.value, job.fields, job, cell.coordinate))
    in_parts(cell, width_of(cell, joined))
    if lines := alone and job.fields.get(f"{alone[1]}_lines"):
        in_lines(cell, lines, width_of(cell, joined))


def _fill_edges(sheet: Worksheet, job: _Job) -> None:
    for name, item in edges(sheet):

        def filled(match: re.Match[str], where: str = name) -> str:
            words = " ".join(str(_look_up(match[1], job.fields, job, where)).split())
            return shortened(words, _EDGE).replace("&", "&&")  # one alone begins an order to Excel

        if item.text:
            item.text = FIELD.sub(filled, item.text)


def _fill_row(
    cells: tuple[Cell | MergedCell, ...], scope: Mapping[str, Any], place: Place, job: _Job, record: str
) -> None:
    for cell in cells:
        if FIELD.search(words_of(cell)):
            where = f"{cell.column_letter}{place.row}" if hasattr(cell, "column_letter") else ""
            put(cell, _value(cell.value, scope, job, where), record)
            show_whole(cell)


def plain(path: str) -> str:
    """A path with the quotation marks of programs in place of those that an editor makes of them."""
    return path.translate(_QUOTES)


def _number_of(item: Any) -> str:
    """The number of the record that an item stands for, if it is one."""
    number = getattr(item, "id", "")
    return number if isinstance(number, str) else ""


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
    first, joined = stretches[sheet.title].first(rows.row), joined_in(sheet)
    for row, item in enumerate(items, first):
        for column, name in rows.columns.items():
            pattern = f"{{{{ {rows.list}.{name} }}}}"
            cell = sheet[f"{column}{row}"]
            put(cell, _value(pattern, {rows.list: item}, job, cell.coordinate), _number_of(item))
            show_whole(cell)
        make_room(sheet, row, sheet.max_column, joined.get(row))


def _say_empty(sheet: Worksheet, cells: tuple[Cell | MergedCell, ...], words: str | None) -> dict[int, int]:
    """One line says that there is nothing, where the view has words for it; gives the columns it takes.

    The words of ``groups`` are the field ``no_groups``; of a list without such a field ``empty``.
    """
    row = cells[0].row or 1
    for area in [one for one in sheet.merged_cells.ranges if one.min_row == one.max_row == row]:
        sheet.unmerge_cells(str(area))
    first = next(at for at, cell in enumerate(cells, 1) if FIELD.search(words_of(cell)))
    last = max(at for at, cell in enumerate(cells, 1) if cell.has_style or cell.value is not None)
    for column in range(first, last + 1):
        put(sheet.cell(row, column), words if column == first else None)
    if last > first:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    return {first: last}


def _list_of(cells: tuple[Cell | MergedCell, ...], job: _Job) -> str:
    """The list whose items the row repeats; empty for a plain row."""
    fields = (match[1] for cell in cells for match in FIELD.finditer(words_of(cell)))
    heads = {field.split(".")[0].split("[")[0] for field in fields}
    lists = sorted(head for head in heads if isinstance(job.fields.get(head), tuple))
    if len(lists) > 1:
        place = f"工作表“{cells[0].parent.title}”第{cells[0].row}行"
        told = f"{place}：用了两个列表（{'、'.join(lists)}），一行只能重复一个列表"
        raise faulty(job.template, [told])
    return lists[0] if lists else ""


def _value(pattern: Any, scope: Mapping[str, Any], job: _Job, where: str) -> Any:
    def filled(text: str) -> str:
        return FIELD.sub(lambda match: str(_look_up(match[1], scope, job, where)), text)

    if isinstance(pattern, list):
        return _in_fonts(pattern, filled)
    alone = FIELD.fullmatch(pattern.strip())
    return _look_up(alone[1], scope, job, where, alone=True) if alone else filled(pattern)


def _in_fonts(pattern: Any, filled: Callable[[str], str]) -> Any:
    """A text in several fonts; one font for all where a field itself is in several."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: PLC0415

    if len(FIELD.findall(str(pattern))) > sum(len(FIELD.findall(str(part))) for part in pattern):
        return filled(str(pattern))
    texts = [(part, fitting(filled(str(part)))) for part in pattern]
    return CellRichText(
        [TextBlock(part.font, text) if isinstance(part, TextBlock) else text for part, text in texts if text]
    )


def _look_up(path: str, scope: Mapping[str, Any], job: _Job, where: str, *, alone: bool = False) -> Any:
    """The value of a field; ``alone``: a number, if the view has one beside the text, so that it adds up."""
    path = plain(path)
    value: Any = scope
    position = 0
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None:
            raise unknown_field(path, job.template, job.view, where)
        name = step[1] or step[2]
        owner = value
        try:
            value = _step(owner, name)
        except (KeyError, AttributeError):
            raise unknown_field(path, job.template, job.view, where) from None
        number = getattr(owner, f"{name}_number", None)
        if alone and isinstance(value, str) and number is not None and str(number) == value:
            value = number
        position = step.end()
    if not printable(value):
        raise PaperError(
            f"模板“{job.template.name}”（{where}）的 {path} 不是一项内容，不能写进单元格。",
            hint="请写到具体的一项，例如 figures.members、sittings.theme。",
        )
    return value


def _step(value: Any, name: str) -> Any:
    if name.startswith("_"):
        raise KeyError(name)
    return value[name] if hasattr(value, "keys") else getattr(value, name)


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
