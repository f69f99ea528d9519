"""What is wrong with a template workbook: unknown fields, tags that are none, fields where none is filled."""

from __future__ import annotations

import re
import zipfile
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.report import mapping
from zhibu_cli.report.cells import words_of
from zhibu_cli.report.fields import fields_of, printable
from zhibu_cli.report.template_check import UNKNOWN, Walk
from zhibu_cli.report.workbook import FIELD, edges, opened, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from zhibu_cli.report.mapping import Filling, Rows
    from zhibu_cli.report.views import View

_PATH = re.compile(r"""\w+(?:\.\w+|\[\s*(?:"[^"]+"|'[^']+')\s*\])*""")
_TAG = re.compile(r"[{\uff5b]\s*[{\uff5b%]|[}\uff5d%]\s*[}\uff5d]")
_HOW = "Excel 模板只认 {{ 字段 }}，花括号用半角，前后成对，中间不空格，不能写循环和判断"


class _Text(NamedTuple):
    """A text of the workbook in which a field may stand."""

    place: str
    words: str
    never: str = ""
    """Why no field can stand there; empty: one may."""


def faults(view: View, template: Path, filling: Filling | None) -> Iterator[str]:
    """Everything that is wrong, a line each, with sheet and cell.

    Raises:
        PaperError: the template cannot be read, or ``filling`` names cells that it does not have.
    """
    book = opened(template)
    written = mapping.put_into(book, filling) if filling is not None else {}
    scope = fields_of(view)
    for sheet in book.worksheets:
        for text in _texts(sheet, written):
            yield from (f"{text.place}：{told}" for told in _in_text(text, scope))
    for rows in filling.fixed if filling is not None else ():
        yield from _in_fixed(rows, scope)
    yield from _never_filled(template)


_NEVER = (
    ("图表", re.compile(r"xl/charts/.+"), re.compile(r">([^<]*)<")),
    ("下拉和数据有效性", re.compile(r"xl/worksheets/.+"), re.compile(r"<formula[12]>([^<]*)<")),
    ("条件格式", re.compile(r"xl/worksheets/.+"), re.compile(r"<formula>([^<]*)<")),
    ("名称", re.compile(r"xl/workbook\.xml"), re.compile(r"<definedName [^>]*>([^<]*)<")),
)
"""What is not filled beside the cells: the parts it stands in, and its texts there."""


def _never_filled(template: Path) -> Iterator[str]:
    with zipfile.ZipFile(template) as archive:
        for what, part, text in _NEVER:
            names = filter(part.fullmatch, archive.namelist())
            whole = b"\n".join(map(archive.read, names)).decode("utf-8", "replace")
            if any("{{" in words or "{%" in words for words in text.findall(whole)):
                yield f"{what}里不能写字段；请把字段写进一格，再引用那一格"


def _texts(sheet: Worksheet, written: Mapping[tuple[str, str], str]) -> Iterator[_Text]:
    title = f"工作表“{sheet.title}”"
    yield _Text(title, sheet.title, "工作表的名称里不能写字段")
    for name, item in edges(sheet):
        yield _Text(f"{title}{name}", item.text or "")
    for cells in sheet.iter_rows():
        for cell in cells:
            place = f"{title}{cell.coordinate}"
            if own := written.get((sheet.title, cell.coordinate)):
                place = f"{own}（{place}）"
            formula = "公式里不能写字段；请把字段写进另一格，公式引用那一格" if cell.data_type == "f" else ""
            yield _Text(place, getattr(cell.value, "text", None) or words_of(cell), formula)
            comment, link = getattr(cell, "comment", None), getattr(cell, "hyperlink", None)
            if comment is not None:
                yield _Text(f"{place}的批注", str(comment.text), "批注里不能写字段")
            if link is not None:
                yield _Text(f"{place}的链接", f"{link.target or ''}{link.location or ''}", "链接里不能写字段")


def _in_text(text: _Text, scope: Mapping[str, Any]) -> Iterator[str]:
    if not _TAG.search(text.words):
        return
    if text.never:
        yield text.never
        return
    for match in FIELD.finditer(text.words):
        yield from _in_path(plain(match[1]), scope)
    if stray := _TAG.search(FIELD.sub("", text.words)):
        yield f"有“{stray[0]}”，不是完整的标记；{_HOW}"


def _in_path(path: str, scope: Mapping[str, Any]) -> Iterator[str]:
    if not _PATH.fullmatch(path):
        yield f"“{path}”不是字段的名称；{_HOW}"
        return
    walk = Walk(scope)
    value = walk.path(path)
    yield from (told for _, told in walk.found)
    if value is not UNKNOWN and not printable(value):
        yield f"“{path}”不是一项内容，请写到具体的一项，如 figures.members、sittings.theme"


def _in_fixed(rows: Rows, scope: Mapping[str, Any]) -> Iterator[str]:
    """The fields of a list that goes into rows which the form has already."""
    if rows.list in scope and not isinstance(scope[rows.list], tuple):
        yield f"{rows.place}：“{rows.list}”不是列表"
        return
    for name, path in product([rows.list], rows.columns.values()):
        yield from (f"{rows.place}：{told}" for told in _in_path(f"{name}.{path}", scope))
