"""A quick look into a ledger for the completion of words, without reading entries into values."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from zhibu_cli.store.connect import checked_version, connect, told

if TYPE_CHECKING:
    from pathlib import Path

_WAIT = 0.2
"""Seconds; somebody waits for the answer with a finger on the key."""
_NEWEST = "FROM versions JOIN current USING (seq) WHERE current.voided = 0"


def numbers(path: Path) -> list[tuple[str, str, str, str]]:
    """Number, day, kinds (by comma) and theme or name of everything, the latest first.

    Raises:
        LedgerFormatError, LedgerBusyError: the file cannot be read.
    """
    about = "coalesce(json_extract(payload, '$.theme'), json_extract(payload, '$.name'), '')"
    return _rows(
        path,
        f"SELECT versions.id, coalesce(day, ''), kind, {about} {_NEWEST} "
        "ORDER BY coalesce(day, '') DESC, number DESC",
    )


def names(path: Path, register: str) -> list[tuple[str, str, str, str]]:
    """Name, number and twice nothing of everybody in a register, by number.

    Raises:
        LedgerFormatError, LedgerBusyError: the file cannot be read.
    """
    return _rows(
        path,
        f"SELECT json_extract(payload, '$.name'), versions.id, '', '' {_NEWEST} "
        "AND versions.register = ? ORDER BY number",
        register,
    )


def texts(path: Path) -> list[tuple[str, str, str, str, str]]:
    """Number, register, kinds, day and text of the payload of every living entry, as stored.

    Raises:
        LedgerFormatError, LedgerBusyError: the file cannot be read.
    """
    return _rows(
        path,
        f"SELECT versions.id, versions.register, kind, coalesce(day, ''), payload {_NEWEST} "
        "ORDER BY versions.register, number",
    )


def _rows(path: Path, sql: str, *values: str) -> list[Any]:
    with closing(connect(path, write=False, wait=_WAIT)) as connection, told(path):
        checked_version(connection, path)
        return connection.execute(sql, values).fetchall()
