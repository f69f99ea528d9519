"""Look into a workbook's zip before a reader does.

The fast reader allocates the whole rectangle up to the farthest cell: five kilobytes with a value in
the last cell of a sheet end the process without an exception. So sizes, DOCTYPEs and the farthest cell
are looked at first. On the way the cells that hold an error or a formula without a result are noted,
because the reader gives them as empty.
"""

from __future__ import annotations

import re
import zipfile
import zlib
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

BAD_ZIP = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(SyntaxError, ValueError, KeyError, NotImplementedError, RuntimeError),
)
"""What reading a damaged zip or the XML in it may raise."""

Broken = dict[tuple[int, int], str]


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


def scan_sheet(archive: zipfile.ZipFile, part: str) -> Broken:
    """Refuse a sheet whose farthest cell is absurdly far; give the cells without a readable value."""
    broken: Broken = {}
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
            _collect_broken(chunk, broken)
    return broken


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


def scan_ods(archive: zipfile.ZipFile) -> dict[str, Broken]:
    """Refuse an .ods in which a filled cell or row is repeated absurdly often; give its error cells."""
    errors = False
    for chunk in _chunks(archive, "content.xml", b"<table:table-row"):
        if any(int(count) > MAX_COLUMNS for count in _REPEAT.findall(chunk)):
            raise UnreadableError("有内容的单元格重复次数异常，不予读取。")
        for count, inside in _ROW_REPEAT.findall(chunk):
            if int(count) > MAX_ROWS and b"<text:p" in inside:
                raise UnreadableError("有内容的行重复次数异常，不予读取。")
        errors = errors or b'calcext:value-type="error"' in chunk
    return _ods_errors(archive) if errors else {}


def _ods_errors(archive: zipfile.ZipFile) -> dict[str, Broken]:
    found: dict[str, Broken] = {}
    name, row, column = "", 0, 0
    with archive.open("content.xml") as stream:
        for event, element in ET.iterparse(stream, ("start", "end")):  # noqa: S314 - no DOCTYPE gets here
            tag = element.tag.rpartition("}")[2]
            if tag == "table" and event == "start":
                name, row = element.get(f"{_TABLE}name", ""), 0
            elif tag == "table-row" and event == "start":
                row, column = row + 1, 0
            elif tag == "table-row":
                row += int(element.get(f"{_TABLE}number-rows-repeated", "1")) - 1
                element.clear()
            elif tag in _ODS_CELLS and event == "end":
                if "error" in (value for key, value in element.items() if key.endswith("}value-type")):
                    found.setdefault(name, {})[row, column] = ERROR_VALUE
                column += int(element.get(f"{_TABLE}number-columns-repeated", "1"))
    return found


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
