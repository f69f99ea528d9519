"""File names as people bring them: dropped on a window, copied with quotes, as an address."""

from __future__ import annotations

import re
import sys
from pathlib import Path

_QUOTES = ('""', "''", "“”", "\u2018\u2019", "「」")
"""Pairs in which a name may stand."""
TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".json"})
"""Endings of the files that ``import`` takes."""


def pasted_path(text: str) -> Path:
    r"""The file meant by ``"C:\表 1.xlsx"``, ``'…'``, ``“…”``, ``file:///…`` or a plain name."""
    plain = text.strip()
    plain = plain.removeprefix("& ").strip()  # so PowerShell writes what is dropped on it
    if len(plain) > 2 and plain[0] + plain[-1] in _QUOTES:
        plain = plain[1:-1]
    if plain.startswith("file://"):
        return _from_address(plain)
    return Path(plain)


def _from_address(text: str) -> Path:
    from urllib.parse import unquote

    path = unquote(text.removeprefix("file://"))
    drive = re.match(r"/[A-Za-z]:", path)
    return Path(path[1:] if drive and sys.platform == "win32" else path)


def names_table(word: str) -> bool:
    """Whether a word is no command but a file to be imported."""
    return pasted_path(word).suffix.lower() in TABLES
