"""Proof that the versions in a ledger file are those that were written, in the order of writing.

Every version bears a hash over itself and the hash before it (``canonical.link``), so a version that was
altered, taken out or put in behind the program's back no longer fits its neighbour. What the chain alone
cannot show is that its end was cut off or that all of it was written anew: for that the last hash has to
be kept elsewhere, and given as ``expected``.

The log and the list of imports stand outside the chain; only that they may not be altered is looked at.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.store import canonical
from zhibu_cli.store.connect import told
from zhibu_cli.store.opening import connect_unchanged
from zhibu_cli.store.rows import COLUMNS
from zhibu_cli.store.tables import STEPS

if TYPE_CHECKING:
    from pathlib import Path

_INDEX = """
SELECT current.id FROM current LEFT JOIN versions USING (seq)
WHERE versions.id IS NOT current.id OR versions.version IS NOT current.version
  OR versions.register IS NOT current.register OR versions.voided IS NOT current.voided
  OR current.number IS NOT CAST(ltrim(current.id, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') AS INTEGER)
  OR EXISTS (SELECT 1 FROM versions AS later WHERE later.id = current.id AND later.version > current.version)
UNION SELECT id FROM versions WHERE id NOT IN (SELECT id FROM current)
ORDER BY 1
"""
"""Entries that are shown as something else than their newest version, or not at all."""


class Place(NamedTuple):
    """A version of an entry."""

    id: str
    version: int


class Changed(NamedTuple):
    """Two versions written one after the other that do not fit: one of them is not as it was written."""

    before: Place | None
    """None: the version is the first one of the ledger."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a ledger file shows of itself."""

    versions: int
    last_hash: str
    """64 hexadecimal digits."""
    last_at: str
    """When the last version was written, ``2026-03-09T10:30:00``; empty where there is none."""
    changed: tuple[Changed, ...]
    lost: int
    """Versions of which only the gap in the running numbers is left."""
    expected_at: int | None
    """How many versions there were when ``expected`` was the last hash; None: it never was."""
    index: tuple[str, ...] = ()
    """Entries whose newest version is not the one that is shown."""
    structure: bool = True
    """The tables, and what keeps them from being altered, are as the program makes them."""
    sound: bool = True
    """The database file itself is whole."""


def prove(path: Path, *, expected: str = "") -> Proof:
    """Recompute the chain of hashes of a ledger and compare the index with it; nothing is written.

    ``expected`` is the beginning of an earlier last hash. An older ledger is brought up to date in memory.

    Raises:
        LedgerNotFoundError, LedgerBusyError: see ``open_store``.
        LedgerFormatError: it is no ledger, or too damaged to be read.
    """
    with closing(connect_unchanged(path, restore=True)) as connection, told(path):
        walk = _walked(connection, expected)
        return replace(
            walk,
            index=tuple(id_ for (id_,) in connection.execute(_INDEX)),
            structure=_tables(connection) == _tables_as_made(),
            sound=connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok",
        )


def _walked(connection: sqlite3.Connection, expected: str) -> Proof:
    """The part of the proof that the chain gives, version by version."""
    changed: list[Changed] = []
    count = seq = lost = 0
    expected_at: int | None = None
    before, last = canonical.CHAIN_START, None
    rows = connection.execute(f"SELECT seq, chain, {COLUMNS} FROM versions ORDER BY seq")  # noqa: S608
    for number, chain, *row in rows:
        count += 1
        if number < 1:  # we count from 1: put before the first one, it is no part of the chain
            changed.append(Changed(None, _place(row)))
            continue
        # Behind a gap there is nothing to compare with: the version itself may be as it was written.
        if number == seq + 1 and canonical.link(before, row) != chain:
            changed.append(Changed(last and _place(last), _place(row)))
        lost += number - seq - 1
        before, last, seq = chain, row, number
        if expected and chain.startswith(expected):
            expected_at = count
    return Proof(
        versions=count,
        last_hash=before,
        last_at=last[5] if last else "",
        changed=tuple(changed),
        lost=lost,
        expected_at=expected_at,
    )


def _place(row: list[Any]) -> Place:
    return Place(row[0], row[3])


def _tables(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%migrations'"
    )
    return set(rows.fetchall())


def _tables_as_made() -> set[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for step in STEPS:  # as a migration makes them, without the library that counts migrations
            step(fresh)
        return _tables(fresh)
