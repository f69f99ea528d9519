"""Look into a workbook's zip before a reader does.

The fast reader allocates the whole rectangle up to the farthest cell: five kilobytes with a value in
the last cell of a sheet end the process without an exception. So sizes, DOCTYPEs and the farthest cell
are looked at first. On the way is noted what the reader does not tell: cells that hold an error or a
formula without a result (it gives them as empty), hidden rows, and in an .ods the merged cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree as ET

from zhibu_cli.exchange.raw import ERROR_VALUE, UnreadableError, column_index

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 400 * 2**20
MAX_RATIO = 200
SMALL = 20 * 2**20
"""Below this size a part may be packed as tightly as it likes."""
MAX_ROWS = 300_000
MAX_COLUMNS = 1_000
MAX_CELLS = 8_000_000

_CHUNK = 2**20
_LONGEST_ROW = 64 * 2**20
_MAYBE_FAR = re.compile(rb'="(?:[A-Z]{2,}\d|[A-Z]\d{6})')
"""A quick look, for cells written as every spreadsheet program does; only then the thorough ones."""
_ODD_CELL = re.compile(rb'<(?:\w+:)?c(?=[\s/>])(?!\sr="[A-Z]+\d+")')
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]*)(\d*)""")
_ROOT = re.compile(rb"<[A-Za-z_]")
_FAR_ROW = re.compile(rb"""\br\s*=\s*["']([A-Z]+)(\d{6,})["'][^>]*(?<!/)>""")
_WIDE = re.compile(rb"""\br\s*=\s*["']([A-Z]{2,})(\d+)["'][^>]*(?<!/)>""")
_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]+)(\d+)["'][^>]*(?<!/)>(.*?)</(?:\w+:)?c>""", re.DOTALL
)
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_RESULT = re.compile(rb"<(?:\w+:)?v>[^<]")
_REPEAT = re.compile(
    rb"""<(?:\w+:)?table-cell\b[^>]*number-columns-repeated\s*=\s*["'](\d+)["'][^>]*(?<!/)>"""
)
_ROW_REPEAT = re.compile(
    rb"""<(?:\w+:)?table-row\b[^>]*number-rows-repeated\s*=\s*["'](\d+)["'][^>]*(?<!/)>(.*?)</(?:\w+:)?table-row>""",
    re.DOTALL,
)

_OTHER_CODE = re.compile(rb"""<\?xml[^>]*\bencoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE)

_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'][^>]*)>")
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
BAD_ZIP = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(SyntaxError, ValueError, KeyError, NotImplementedError, RuntimeError),
)
"""What reading a damaged zip or the XML in it may raise."""

Broken = dict[tuple[int, int], str]
Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of merged cells, row and column from 0."""


@dataclass(slots=True)
class Seen:
    """What was seen of one sheet on the way."""

    broken: Broken = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    """Numbers of hidden rows."""
    merged: list[Range] = field(default_factory=list)
    """Of an .ods only; of the others the reader tells."""


def check_parts(archive: zipfile.ZipFile) -> None:
    """Refuse what would unpack to an absurd size or carries a DOCTYPE."""
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MAX_BYTES:
        raise UnreadableError(f"展开后超过 {MAX_BYTES // 2**20} MB，不予读取；请拆成几个文件。")
    for part in parts:
        if part.flag_bits & 0x1:
            raise UnreadableError("文件加了密码；请在 Excel 或 WPS 中取消密码后再导入。")
        if part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise UnreadableError("压缩比异常，可能是有意构造的文件，不予读取。")
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                _check_prolog(stream)


def _check_prolog(stream: IO[bytes]) -> None:
    """Refuse a DOCTYPE before the root element, and an encoding in which nothing else would be seen."""
    seen = b""
    while piece := stream.read(4096):
        seen = seen[-16:] + piece
        root = _ROOT.search(seen)
        prolog = seen[: root.start()] if root else seen
        if b"<!DOCTYPE" in prolog:
            raise UnreadableError("含有 DOCTYPE 声明，可能是有意构造的文件，不予读取。")
        if b"\0" in prolog or _OTHER_CODE.search(prolog):
            raise UnreadableError("表内文字不是 UTF-8 编码；请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。")
        if root:
            return


def scan_sheet(archive: zipfile.ZipFile, part: str) -> Seen:
    """Refuse a sheet whose farthest cell is absurdly far; give what else was seen."""
    seen = Seen()
    rows, columns = 1, 26
    row = 0
    for chunk in _chunks(archive, part, b"<row"):
        if _ODD_CELL.search(chunk):
            row, far, wide = _walk(chunk, row)
            rows, columns = max(rows, far), max(columns, wide)
        else:
            row = _last_row(chunk, row)
        if _MAYBE_FAR.search(chunk):
            rows = max([rows, *(int(row) for _name, row in _FAR_ROW.findall(chunk))])
            names = {name for name, _row in _WIDE.findall(chunk)}
            columns = max([columns, *(column_index(name[:6].decode()) + 1 for name in names)])
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            raise UnreadableError(
                f"工作表过大（有内容的单元格远到第{rows}行、第{columns}列），请删去多余的行列。"
            )
        if b"<f" in chunk or b't="e"' in chunk or b"t='e'" in chunk:
            _collect_broken(chunk, seen.broken)
        if b"hidden=" in chunk:
            places = (_ROW_NUMBER.search(inside) for inside in _HIDDEN_ROW.findall(chunk))
            seen.hidden += [int(place[1]) for place in places if place]
    return seen


def _walk(chunk: bytes, row: int) -> tuple[int, int, int]:
    """Cell by cell, as the reader counts: the last row, the farthest filled row and column.

    For sheets whose cells do not say in the usual way where they stand, or not at all.
    """
    far = wide = column = 0
    for kind, inside in _ROW_OR_CELL.findall(chunk):
        place = _PLACE.search(inside)
        digits = place[2][:9] if place else b""
        if kind == b"row":
            row, column = (int(digits) if digits else row + 1), 0
            continue
        column = column_index(place[1][:6].decode().upper()) + 1 if place and place[1] else column + 1
        if not inside.endswith(b"/"):
            far, wide = max(far, int(digits or row)), max(wide, column)
    return row, far, wide


def _last_row(chunk: bytes, row: int) -> int:
    count = chunk.count(b"<row")
    place = _PLACE.search(chunk, chunk.rfind(b"<row")) if count else None
    return int(place[2][:9]) if place and place[2] and not place[1] else row + count


def _collect_broken(chunk: bytes, broken: Broken) -> None:
    for match in _CELL.finditer(chunk):
        name, row, inside = match.groups()
        head = match[0][: match.start(3) - match.start()]
        place = (int(row), column_index(name.decode()))
        if _ERROR.search(head):
            broken[place] = ERROR_VALUE
        elif b"<f" in inside and not _RESULT.search(inside) and b't="str"' not in head:
            broken[place] = "公式没有计算结果；请在 Excel 或 WPS 中打开并保存，或改填数值。"


def scan_ods(archive: zipfile.ZipFile) -> dict[str, Seen]:
    """Refuse an .ods in which a filled cell or row is repeated absurdly often; what was seen, by sheet."""
    more = False
    for chunk in _chunks(archive, "content.xml", b"<table:table-row"):
        if any(int(count) > MAX_COLUMNS for count in _REPEAT.findall(chunk)):
            raise UnreadableError("有内容的单元格重复次数异常，不予读取。")
        for count, inside in _ROW_REPEAT.findall(chunk):
            if int(count) > MAX_ROWS and b"<text:p" in inside:
                raise UnreadableError("有内容的行重复次数异常，不予读取。")
        more = more or any(mark in chunk for mark in _ODS_MARKS)
    return _walk_ods(archive) if more else {}


_ODS_MARKS = (b'calcext:value-type="error"', b"-spanned=", b'table:visibility="')


def _walk_ods(archive: zipfile.ZipFile) -> dict[str, Seen]:
    found: dict[str, Seen] = {}
    sheet, row, column = Seen(), 0, 0
    with archive.open("content.xml") as stream:
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - no DOCTYPE gets here
            tag = element.tag.rpartition("}")[2]
            if tag == "table" and event == "start":
                sheet, row = found.setdefault(element.get(f"{_TABLE}name", ""), Seen()), 0
            elif tag == "table-row" and event == "start":
                row, column = row + 1, 0
                hidden = element.get(f"{_TABLE}visibility") in _ODS_HIDDEN
                sheet.hidden += [row] if hidden else []
            elif tag == "table-row":
                row += int(element.get(f"{_TABLE}number-rows-repeated", "1")) - 1
                element.clear()
            elif tag in _ODS_CELLS and event == "end":
                _ods_cell(element, row, column, sheet)
                column += int(element.get(f"{_TABLE}number-columns-repeated", "1"))
    return found


def _ods_cell(element: ET.Element, row: int, column: int, sheet: Seen) -> None:
    if "error" in (value for key, value in element.items() if key.endswith("}value-type")):
        sheet.broken[row, column] = ERROR_VALUE
    down = int(element.get(f"{_TABLE}number-rows-spanned", "1"))
    across = int(element.get(f"{_TABLE}number-columns-spanned", "1"))
    if down > 1 or across > 1:
        sheet.merged.append(((row - 1, column), (row + down - 2, column + across - 1)))


_ODS_HIDDEN = frozenset({"collapse", "filter"})
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ODS_CELLS = frozenset({"table-cell", "covered-table-cell"})


def _chunks(archive: zipfile.ZipFile, part: str, border: bytes) -> Iterator[bytes]:
    """The part in pieces of about a megabyte, cut before an element named by ``border``."""
    with archive.open(part) as stream:
        rest = b""
        while piece := stream.read(_CHUNK):
            rest += piece
            cut = rest.rfind(border)
            if cut < 0:  # <x:row
                cut = rest.rfind(b"<", 0, max(rest.rfind(b":" + border[1:]), 0))
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > _LONGEST_ROW:
                raise UnreadableError("工作表中有一行大得异常，不予读取。")
        yield rest


_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part in the zip."""
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - no DOCTYPE gets here
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found: dict[str, str] = {}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(sheet.get(_REL), "")
            found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def counts_from_1904(archive: zipfile.ZipFile) -> bool:
    """Whether serial numbers of days begin on 1 January 1904, as workbooks of old Macintoshes have it."""
    if "content.xml" in archive.namelist():
        head = archive.open("content.xml").read(_CHUNK)
        settings = re.search(
            rb"<table:calculation-settings\b.*?<table:null-date\b[^>]*1904-01-01", head, re.DOTALL
        )
        return settings is not None
    book = archive.read("xl/workbook.xml")
    return re.search(rb"""\bdate1904\s*=\s*["'](?:1|true|on)["']""", book) is not None


def ledger_id(archive: zipfile.ZipFile) -> str:
    """The number of the ledger that wrote the workbook, empty if zhibu did not."""
    if "docProps/custom.xml" not in archive.namelist():
        return ""
    for part in ET.fromstring(archive.read("docProps/custom.xml")):  # noqa: S314
        if part.get("name") == LEDGER_PROPERTY:
            text = "".join(part.itertext()).strip()
            return text if re.fullmatch(r"[0-9A-Za-z-]{1,64}", text) else ""
    return ""


LEDGER_PROPERTY = "zhibu-ledger-id"
