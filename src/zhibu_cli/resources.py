"""Files shipped with the program: templates, the sample branch, rule packs.

In a wheel they lie inside the package; in a checkout ``templates/`` and ``sample_data/`` lie at its top
and the packs are the TOML files themselves. A wheel holds one compiled ``packs.json`` beside them, because
reading many TOML files costs more than a whole check. Examples are not compiled: they are half of all
text, and only who shows or tries a rule wants them.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_COMPILED = "packs.json"

RULES, SOURCES = "rules", "sources"
"""The keys under which the tables of rules and documents stand, each as (file name, table)."""


def templates_dir() -> Path:
    """The folder of the built-in templates."""
    return _shipped("templates")


def sample_dir() -> Path:
    """The folder of the invented sample branch."""
    return _shipped("sample_data")


def packs_dir() -> Path:
    """The folder of the packs as TOML, and of what else the regulations bring with them."""
    return _PACKAGE / "packs"


def pack_tables() -> dict[str, Any]:
    """The raw tables of the shipped packs: compiled and without examples in a wheel, else from TOML."""
    tables: dict[str, Any] = json.loads(_tables(_PACKAGE / _COMPILED))
    return tables


@cache
def _tables(compiled: Path) -> str:
    """JSON, which everybody reads into tables of their own."""
    return compiled.read_text(encoding="utf-8") if compiled.is_file() else json.dumps(read_packs(packs_dir()))


def examples(rule: str) -> tuple[dict[str, Any], ...]:
    """The examples of a shipped rule, from its TOML; empty where none is shipped under that id."""
    return tuple(read_table(packs_dir() / RULES / f"{rule}.toml")[0].get("example", ()))


@cache
def set_phrases() -> tuple[str, ...]:
    """The set phrases of the trade, which make no two texts alike."""
    lines = (packs_dir() / "phrases.txt").read_text(encoding="utf-8-sig").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def read_packs(folder: Path) -> dict[str, Any]:
    """The tables of a folder of packs in the form in which they are compiled.

    ``{"packs": {…packs.toml…}, "documents": {…documents.toml, where there is one…}, "sources":
    [["sources/NAME.toml", {…}], …], "rules": [["NAME.toml", {…}], …], "unreadable": [[file name,
    message], …]}``, every date as its ISO text. A file that is no TOML is named under ``unreadable`` and
    does not stop the others.
    """
    tables: dict[str, Any] = {"packs": {}, "documents": {}, SOURCES: [], RULES: [], "unreadable": []}
    for name in ("packs", "documents"):
        file = folder / f"{name}.toml"
        if name == "documents" and not file.exists():
            continue
        tables[name], trouble = read_table(file)
        tables["unreadable"] += [[file.name, trouble]] if trouble else []
    for kind, before in ((SOURCES, f"{SOURCES}/"), (RULES, "")):
        for path in sorted((folder / kind).glob("*.toml")):
            table, trouble = read_table(path)
            rows, row = (tables["unreadable"], trouble) if trouble else (tables[kind], table)
            rows.append([before + path.name, row])
    return tables


def compile_packs(folder: Path) -> str:
    """The text of ``packs.json``."""
    tables = read_packs(folder)
    for _file, table in tables[RULES]:
        table.pop("example", None)
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"))


def read_table(path: Path) -> tuple[dict[str, Any], str]:
    """The table of a TOML file, days as ISO text, and in Chinese why it cannot be read, if it cannot."""
    try:
        # editors on Windows put a byte order mark in front, which TOML does not know
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, "没有这个文件"
    except OSError as error:
        return {}, f"打不开（系统错误 {error.errno}）"
    except UnicodeDecodeError:
        return {}, "不是 UTF-8 文字，请用“另存为”选 UTF-8 编码"
    return _parsed(text)


def _parsed(text: str) -> tuple[dict[str, Any], str]:
    # tomllib costs a program that reads packs.json nothing this way
    import tomllib  # noqa: PLC0415

    try:
        plain: dict[str, Any] = _plain(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        return {}, _toml_trouble(str(error))
    except RecursionError:
        return {}, "表或者方括号一层套一层，太深了，请对照例子改写"
    except _TooLargeError as error:
        return {}, f"{error}：整数太大，请改为不大于 9999 的数"
    except ValueError:  # Python itself refuses to read a number of thousands of digits
        return {}, f"{_long_number(text)}整数太大，请改为不大于 9999 的数"
    return plain, ""


class _TooLargeError(Exception):
    """An integer that TOML does not have; its place is the message."""


def _long_number(text: str) -> str:
    lines = enumerate(text.split("\n"), start=1)
    return next((f"第{number}行的" for number, line in lines if re.search(r"[\d_]{1000}", line)), "有一个")


def _toml_trouble(message: str) -> str:
    """Where a file is no TOML; what is wrong there the library says in English, in a few words."""
    place = re.search(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    if place is None:
        return f"写法不对（{message}）"
    where = f"第{place[2]}行第{place[3]}个字附近" if place[2] else "文件末尾"
    words = (words for head, words in _TOML_WORDS.items() if place[1].startswith(head))
    return f"{where}写法不对：{next(words, '请对照例子检查等号、引号、方括号和日期')}"


_TOML_WORDS = {
    "Cannot overwrite a value": "同一个键写了两次",
    "Cannot declare": "同一张表写了两次",
    "Invalid value": "等号后面的值不对或没有写完，文字要用英文引号括起来",
    "Invalid date or datetime": "没有这一天",
    "Expected '=' after a key": "键的后面缺英文等号",
    "Illegal character": "文字没有收尾的英文引号，或夹有看不见的字符",
    "Unterminated string": "文字没有收尾的英文引号",
    "Unclosed": "缺收尾的方括号或花括号",
    "Expected newline or end of document": "一行只写一项，日期写作 2018-10-28，文字要用英文引号括起来",
    "Expected ']": "缺收尾的方括号",
    "Invalid statement": "这一行不是“键 = 值”，也不是 [[表名]]",
}


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def _plain(value: Any, where: str = "") -> Any:
    """The value as JSON holds it: days and times as ISO text, times without idle seconds."""
    if isinstance(value, dict):
        return {key: _plain(item, f"{where} 的 {key}" if where else key) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, f"{where} 第{number}个") for number, item in enumerate(value, start=1)]
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        raise _TooLargeError(where)
    if hasattr(value, "isoformat"):
        text: str = value.isoformat()
        return text.removesuffix(":00") if text.count(":") == 2 else text
    return value


_INT64 = 2**63
