"""The tables of a ledger, step by step; steps are only ever added, and an old one is never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Executes(Protocol):
    """A connection, or what ``sqlite_utils`` puts around one."""

    def execute(self, sql: str, /) -> Any:
        """Carry out one statement."""


_APPEND_ONLY = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


def m0001_versions(db: Executes) -> None:
    """Who we are, what was imported when, and every version of every entry."""
    _run(
        db,
        """
CREATE TABLE ledger (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE imports (
  number INTEGER PRIMARY KEY NOT NULL,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  files TEXT NOT NULL
) STRICT;
CREATE TABLE versions (
  seq INTEGER PRIMARY KEY NOT NULL,
  id TEXT NOT NULL,
  register TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  day TEXT,
  entered_at TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  voided INTEGER NOT NULL CHECK (voided IN (0, 1)),
  origin TEXT REFERENCES imports (id) ON DELETE RESTRICT,
  payload TEXT NOT NULL,
  chain TEXT NOT NULL,
  UNIQUE (id, version)
) STRICT;
""",
        append_only=("ledger", "imports", "versions"),
    )
    db.execute("PRAGMA user_version = 1")


def m0002_current_and_log(db: Executes) -> None:
    """An index of the newest versions, made from them, and the log of what else was done."""
    _run(
        db,
        """
CREATE TABLE current (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL UNIQUE REFERENCES versions (seq) ON DELETE RESTRICT,
  register TEXT NOT NULL,
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  voided INTEGER NOT NULL
) STRICT;
CREATE INDEX current_number ON current (register, number);
CREATE TABLE log (
  seq INTEGER PRIMARY KEY NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
INSERT INTO current
  SELECT id, seq, register, CAST(ltrim(id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') AS INTEGER), version, voided
  FROM versions AS newest
  WHERE version = (SELECT max(version) FROM versions WHERE versions.id = newest.id);
""",
        append_only=("log",),
    )
    db.execute("PRAGMA user_version = 2")


def m0003_sketches(db: Executes) -> None:
    """An index of sketches of the newest texts, made from them; filled by ``Store.fill_sketches``."""
    _run(
        db,
        """
CREATE TABLE sketches (
  id TEXT PRIMARY KEY NOT NULL,
  seq INTEGER NOT NULL REFERENCES versions (seq) ON DELETE RESTRICT,
  sketch BLOB NOT NULL
) STRICT;
""",
        append_only=(),
    )
    db.execute("PRAGMA user_version = 3")


def _run(db: Executes, script: str, *, append_only: tuple[str, ...]) -> None:
    """Statement by statement: ``executescript`` would commit the transaction we are in."""
    for statement in filter(str.strip, script.split(";\n")):
        db.execute(statement)
    for table in append_only:
        for statement in filter(str.strip, _APPEND_ONLY.format(table=table).split("END;\n")):
            db.execute(statement + "END")


STEPS: tuple[Callable[[Executes], None], ...] = (m0001_versions, m0002_current_and_log, m0003_sketches)
"""Oldest first; a file keeps the names of those it has been through."""
