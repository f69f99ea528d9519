"""Read .xlsx, .xls, .ods and .csv into sheets of cells, or say in Chinese why not."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import disk_trouble
from zhibu_cli.exchange import prescan
from zhibu_cli.exchange.biff import absurd, look_through
from zhibu_cli.exchange.raw import RawFile, RawSheet, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

_FROM_1904 = 1462
"""Days between the two beginnings from which spreadsheets count."""
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_TOP = 30
"""Among so many rows a header is looked for."""
MAX_CSV = 100 * 2**20
MAX_OLD = 100 * 2**20
_DAMAGED = "文件已损坏，读不出；请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。"
_KNOWN = ".xlsx .xls .ods .csv .tsv .txt .json"
_TEXTS = frozenset({".csv", ".tsv", ".txt"})


def read_file(path: Path) -> RawFile:
    """All sheets of a workbook or .csv; UnreadableError says what is the matter.

    The contents decide, not the name: WPS and mail programs rename freely.
    """
    head = _head(path)
    suffix = path.suffix.lower()
    if head.startswith(_ZIP):
        return _read_zip(path)
    if head.startswith(_OLE):
        return _read_old(path)
    if suffix in _TEXTS:
        return _read_csv(path)
    if suffix in {".xlsx", ".xls", ".ods", ".xlsm", ".et"}:
        raise UnreadableError(
            "内容不是电子表格（可能损坏，或只是改了扩展名）；请在 Excel 或 WPS 中另存为 .xlsx。"
        )
    raise UnreadableError(f"不支持这种文件；可导入的有 {_KNOWN}。")


def _head(path: Path) -> bytes:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise UnreadableError("这不是普通文件。")  # a pipe would be waited for, for ever
        with path.open("rb") as stream:
            return stream.read(8)
    except FileNotFoundError:
        raise UnreadableError("找不到这个文件。") from None
    except IsADirectoryError:
        raise UnreadableError("这是文件夹，不是文件。") from None
    except OSError as error:
        raise UnreadableError(
            f"打不开（{disk_trouble(error)}）；请检查权限，或关闭正在使用它的程序。"
        ) from None


def _read_zip(path: Path) -> RawFile:
    seen: dict[str, prescan.Seen] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            prescan.check_parts(archive)
            names = set(archive.namelist())
            if "content.xml" in names:
                seen = prescan.scan_ods(archive)
            elif "xl/workbook.xml" in names:
                parts = prescan.sheet_parts(archive)
                seen = {
                    name: prescan.scan_sheet(archive, part) for name, part in parts.items() if part in names
                }
            else:
                raise UnreadableError(f"不是电子表格；可导入的有 {_KNOWN}。")
            ledger_id = prescan.ledger_id(archive)
            shift = _FROM_1904 if prescan.counts_from_1904(archive) else 0
    except prescan.BAD_ZIP:
        raise UnreadableError(_DAMAGED) from None
    return _read_calamine(path, seen, ledger_id, shift)


def _read_old(path: Path) -> RawFile:
    if path.stat().st_size > MAX_OLD:
        raise UnreadableError(f"超过 {MAX_OLD // 2**20} MB，不予读取；请拆成几个文件。")
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError("文件加了密码；请在 Excel 或 WPS 中取消密码后再导入。")
    if "WordDocument".encode("utf-16-le") in data:
        raise UnreadableError("这是 Word 文档，不是电子表格；请把表格复制到 .xlsx 中。")
    if absurd(data):
        raise UnreadableError(_DAMAGED)
    seen, from_1904 = look_through(data)
    return _read_calamine(path, seen, "", _FROM_1904 if from_1904 else 0)


def _read_calamine(
    path: Path, seen: Mapping[str, prescan.Seen] | Sequence[prescan.Seen], ledger_id: str, shift: int
) -> RawFile:
    """The sheets, with what was seen of them before: by the sheet's name, or in the sheets' order."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415

    try:
        # from a stream, because from a path it would believe the file's extension
        with _silent(), path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            names = _sheet_names(book)
            known = seen if isinstance(seen, Mapping) else dict(zip(names, seen, strict=False))
            nothing = prescan.Seen()
            sheets = tuple(
                replace(_sheet(path.name, book, name, known.get(name, nothing)), shift=shift, hidden=hidden)
                for name, hidden in names.items()
            )
    except PasswordError:
        raise UnreadableError("文件加了密码；请在 Excel 或 WPS 中取消密码后再导入。") from None
    except (CalamineError, OSError, ValueError):
        raise UnreadableError(_DAMAGED) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader stumbled over damaged bytes
            raise UnreadableError(_DAMAGED) from None
        raise
    return RawFile(sheets=sheets, ledger_id=ledger_id)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what the reader's panics write past Python off the user's screen."""
    try:
        kept = os.dup(2)
    except OSError:  # no such stream, as in a program without a console
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - not a path of ours
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _sheet_names(book: CalamineWorkbook) -> dict[str, bool]:
    """The worksheets, and whether each is hidden."""
    sheets = (meta for meta in book.sheets_metadata if "WorkSheet" in str(meta.typ))
    return {meta.name: "Hidden" in str(meta.visible) for meta in sheets}


def _sheet(file: str, book: CalamineWorkbook, name: str, seen: prescan.Seen) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    ranges = sheet.merged_cell_ranges or seen.merged
    rows = _Rows(sheet)
    return RawSheet(
        file=file,
        name=name,
        rows=rows,
        let_go=rows.let_go,
        broken=seen.broken,
        merged=frozenset(start[0] + 1 for start, end in ranges if end[1] - start[1] >= 2),
        spans=tuple((start[0] + 1, start[1], end[1]) for start, end in ranges if start[0] < _TOP),
        down=_merged_down(ranges),
        hidden_rows=tuple(seen.hidden),
    )


def _merged_down(ranges: Sequence[prescan.Range]) -> dict[int, tuple[int, ...]]:
    """For each row the columns whose cell belongs to one of the same column that begins above."""
    found: dict[int, tuple[int, ...]] = {}
    for (first, column), (last, right) in ranges:
        for row in range(first + 1, last + 1) if column == right else ():
            found[row + 1] = (*found.get(row + 1, ()), column)
    return found


class _Rows:
    """The rows of a sheet, turned into Python values as they are asked for."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self._sheet: CalamineSheet | None = sheet

    def __iter__(self) -> Iterator[list[Any]]:
        return iter(self._sheet.iter_rows()) if self._sheet else iter(())

    def let_go(self) -> None:
        """Free the cells; there are no rows from now on."""
        self._sheet = None


def _read_csv(path: Path) -> RawFile:
    if path.stat().st_size > MAX_CSV:
        raise UnreadableError(f"超过 {MAX_CSV // 2**20} MB，不予读取；请拆成几个文件。")
    text = _decode(path.read_bytes())
    if "\x00" in text:
        raise UnreadableError("内容不是文本；请在 Excel 或 WPS 中另存为 CSV（UTF-8）。")
    first = "\n".join(text.split("\n", _TOP)[:_TOP])  # a title above the header has no separator
    delimiter = max("\t,;", key=lambda sign: (first.count(sign), sign == ","))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        why = "一格文字过长" if "limit" in str(error) else "引号不成对"
        raise UnreadableError(f"CSV 格式有误（{why}）；请在 Excel 或 WPS 中另存为 .xlsx 再导入。") from None
    return RawFile(sheets=(RawSheet(file=path.name, name=path.stem, rows=rows, let_go=rows.clear),))


def _decode(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if marked else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableError("文字编码读不出；请另存为 CSV（UTF-8）或 .xlsx。")
