"""The index of sketches: brought up to date with the newest versions, many texts at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.texts import sketch_stamp, sketcher
from zhibu_cli.store import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from zhibu_cli.model.declare import Catalogue

_AT_ONCE = 500
"""Payloads held in memory at the same time."""
_MOST_NAMES = 2000
"""A branch has some fifty members; more names than this would make every text slow."""


def fill(connection: sqlite3.Connection, catalogue: Catalogue) -> None:
    """Make every sketch that is missing or was made by another algorithm or list of phrases."""
    registers = {register.name: register for register in catalogue.registers if register.texts}
    wanted = list(_without(connection, list(registers)))
    names = _names(connection) if wanted else ()
    makers = {name: sketcher(register, names) for name, register in registers.items()}
    for start in range(0, len(wanted), _AT_ONCE):
        chunk = wanted[start : start + _AT_ONCE]
        rows = connection.execute(
            "SELECT id, seq, register, payload FROM versions "  # noqa: S608 - question marks only
            f"WHERE seq IN ({', '.join('?' * len(chunk))})",
            chunk,
        ).fetchall()
        connection.executemany(
            "INSERT OR REPLACE INTO sketches (id, seq, sketch) VALUES (?, ?, ?)",
            [(id_, seq, _sketch(payload, makers[register])) for id_, seq, register, payload in rows],
        )


def _sketch(payload: str, sketched: Callable[[dict[str, Any]], bytes]) -> bytes:
    """The sketch; of a damaged payload, which is told to whoever reads it, the sketch of nothing."""
    try:
        return sketched(canonical.load(payload))
    except (ValueError, TypeError, AttributeError, KeyError):
        return sketch_stamp()


def _without(connection: sqlite3.Connection, registers: list[str]) -> Iterator[int]:
    stamp = sketch_stamp()
    rows = connection.execute(
        "SELECT current.seq FROM current LEFT JOIN sketches USING (id, seq) "  # noqa: S608
        f"WHERE current.register IN ({', '.join('?' * len(registers))}) AND current.voided = 0 "
        "AND (sketch IS NULL OR substr(sketch, 1, ?) <> ?)",
        (*registers, len(stamp), stamp),
    )
    return (seq for (seq,) in rows)


def _names(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT payload FROM current JOIN versions USING (seq) WHERE current.register = 'member' "
        "ORDER BY number LIMIT ?",
        (_MOST_NAMES,),
    )
    return tuple(canonical.load(payload).get("name", "") for (payload,) in rows.fetchall())
