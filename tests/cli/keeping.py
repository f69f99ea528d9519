"""What the tests of ``verify``, ``backup`` and ``restore`` share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from zhibu_cli.store.connect import connect_ledger
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    import pytest

LATER = datetime(2026, 3, 10, 9, 0)
ARCHIVE = Path("zhibu-备份-20260309-103000.zip")
ASIDE = "zhibu-恢复前-20260310-090000.db"


def code_in(text: str) -> str:
    return text.partition("校验码：")[2].split(maxsplit=1)[0]


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for opens in (open_store, connect_ledger):
        monkeypatch.setattr(opens, "__kwdefaults__", {**(opens.__kwdefaults__ or {}), "wait": 0.01})


def altered(statement: str, file: str = "zhibu.db") -> None:
    """A change behind the program's back by somebody who leaves no other trace."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        for _, sql in guards:
            raw.execute(sql)
