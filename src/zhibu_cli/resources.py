"""Files shipped with the program: templates, the sample branch, rule packs.

In a wheel they lie inside the package; in a checkout ``templates/`` and ``sample_data/`` lie at its top
and the packs are the TOML files themselves. A wheel holds one compiled ``packs.json`` instead, because
reading many TOML files costs more than a whole check.
"""

from __future__ import annotations

import json
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
    """The raw tables of the shipped packs: compiled in a wheel, from TOML in a checkout."""
    compiled = _PACKAGE / _COMPILED
    if compiled.is_file():
        tables: dict[str, Any] = json.loads(compiled.read_text(encoding="utf-8"))
        return tables
    return read_packs(packs_dir())


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
    tables["packs"] = _read(tables, folder / "packs.toml", "packs.toml") or {}
    if (folder / "documents.toml").exists():
        tables["documents"] = _read(tables, folder / "documents.toml", "documents.toml") or {}
    for kind, before in ((SOURCES, f"{SOURCES}/"), (RULES, "")):
        for path in sorted((folder / kind).glob("*.toml")):
            table = _read(tables, path, before + path.name)
            tables[kind] += [] if table is None else [[before + path.name, table]]
    return tables


def compile_packs(folder: Path) -> str:
    """The text of ``packs.json``."""
    return json.dumps(read_packs(folder), ensure_ascii=False, separators=(",", ":"))


def _shipped(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent.parent / name


def _read(tables: dict[str, Any], path: Path, name: str) -> dict[str, Any] | None:
    """The table of one file; None, and a line under ``unreadable``, where it is none."""
    # tomllib costs a program that reads packs.json nothing this way
    import tomllib  # noqa: PLC0415

    try:
        # editors on Windows put a byte order mark in front, which TOML does not know
        plain: dict[str, Any] = _plain(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        tables["unreadable"].append([name, "没有这个文件"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        tables["unreadable"].append([name, str(error)])
    else:
        return plain
    return None


def _plain(value: Any) -> Any:
    """The value as JSON holds it: days and times as ISO text, times without idle seconds."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if hasattr(value, "isoformat"):
        text: str = value.isoformat()
        return text.removesuffix(":00") if text.count(":") == 2 else text
    return value
