"""The JSON ledger: the same tables under the same names, each row column -> text of the cell."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import disk_trouble
from zhibu_cli.exchange.raw import RawFile, RawSheet, UnreadableError, refuse_marks
from zhibu_cli.exchange.tables import build_tables
from zhibu_cli.model.declare import Layout
from zhibu_cli.text import brief, encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from zhibu_cli.exchange.tables import Rows, Table
    from zhibu_cli.model.declare import Catalogue

FORMAT = "zhibu-ledger"
VERSION = 1
_MOST_DIGITS = 400
_OWN = frozenset({"format", "version", "ledger_id", "full"})
BEYOND = "附加"
"""Key under which a full export carries what no table holds (versions, log, hashes of attachments)."""


def read_json(path: Path, catalogue: Catalogue) -> RawFile:
    """The tables of a JSON ledger as sheets; UnreadableError says what is the matter."""
    data = _load(path)
    refuse_marks(_unread(data), f"文件“{path.name}”")
    titles = {one.title for register in catalogue.registers for one in (register, *register.children)}
    sheets: list[RawSheet] = []
    notes: list[str] = []
    for name, table in data.items():
        if name in _OWN or name == BEYOND:
            continue
        if name not in titles and not isinstance(table, list | dict):
            notes.append(f"文件“{path.name}”中的“{name}”不认识，没有导入。")
            continue
        sheets.append(_sheet(path.name, name, table))
    return RawFile(sheets=tuple(sheets), ledger_id=data.get("ledger_id") or "", notes=tuple(notes))


def _load(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"打不开（{disk_trouble(error)}）。") from None
    except UnicodeDecodeError:
        raise UnreadableError("不是 UTF-8 编码的 JSON。") from None
    data = _parse(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise UnreadableError(f'不是 zhibu 的台账 JSON（应有 "format": "{FORMAT}"）。')
    version = data.get("version")
    if version != VERSION or isinstance(version, bool):
        raise UnreadableError(
            f"台账 JSON 的版本不是 {VERSION}，本程序不认识；如是新版本写成的，请升级 zhibu。"
        )
    if not re.fullmatch(r"[0-9A-Za-z-]{0,64}", str(data.get("ledger_id") or "")):
        raise UnreadableError("ledger_id 应是 zhibu 导出时写的台账编号；不知道就删去这一项。")
    return data


def _parse(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant, parse_int=_int, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"不是有效的 JSON（第{error.lineno}行第{error.colno}列）。") from None
    except RecursionError:
        raise UnreadableError("不是有效的 JSON（括号层数过多）。") from None


def _no_constant(name: str) -> Any:
    raise UnreadableError(f"不是有效的 JSON（{name} 不是数）。")


def _int(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise UnreadableError(f"不是有效的 JSON（有超过{_MOST_DIGITS}位的数）。")
    return int(digits)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two members of one name a reader would drop one in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise UnreadableError(f"同一对象中有两个“{brief(twice)}”，不知以哪个为准。")
    return found


def _unread(data: Mapping[str, Any]) -> Iterator[str]:
    """All texts that do not become cells of a sheet."""
    for name, value in data.items():
        yield name
        if name in _OWN or name == BEYOND or not isinstance(value, list | dict):
            yield from _texts(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _sheet(file: str, name: str, table: Any) -> RawSheet:
    if isinstance(table, dict):
        pairs = [[label, _cell(content)] for label, content in table.items()]
        return RawSheet(file=file, name=name, rows=pairs, lettered=False)
    if not isinstance(table, list) or not all(isinstance(row, dict) for row in table):
        raise UnreadableError(f"“{name}”应是由对象组成的列表。")
    headers = list(dict.fromkeys(label for row in table for label in row))
    rows = [headers, *([_cell(row.get(label)) for label in headers] for row in table)]
    return RawSheet(file=file, name=name, rows=rows, first_row=0, lettered=False)


def _cell(content: Any) -> Any:
    if content is None:
        return ""
    if isinstance(content, str | bool):
        return content
    if isinstance(content, int | float):
        return str(content)
    return json.dumps(content, ensure_ascii=False)


def write_json(
    path: Path,
    ledger: Mapping[str, Rows],
    catalogue: Catalogue,
    *,
    ledger_id: str,
    name_of: Callable[[str], str],
    full: bool = False,
    beyond: Mapping[str, Any] | None = None,
) -> None:
    """Write the ledger as JSON; the same ledger gives the same bytes."""
    data: dict[str, Any] = {"format": FORMAT, "version": VERSION, "ledger_id": ledger_id}
    for table in build_tables(ledger, catalogue, name_of, full=full):
        data[table.register.title] = _content(table)
    if beyond:
        data[BEYOND] = dict(beyond)
    text = encodable(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="\n")
        os.replace(part, path)  # noqa: PTH105 - Path.replace is the same call
    finally:
        part.unlink(missing_ok=True)


def _content(table: Table) -> Any:
    if table.register.layout is Layout.PAIRS:
        return {label[1]: cell[1] for label, cell in table.rows if cell[1]}
    headers = table.headers
    return [{h: cell[1] for h, cell in zip(headers, row, strict=True) if cell[1]} for row in table.rows]
