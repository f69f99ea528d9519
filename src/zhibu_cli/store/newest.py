"""The newest versions of entries: as whole entries, or one after the other for who goes through many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.store.connect import told
from zhibu_cli.store.payload import Payload
from zhibu_cli.store.reading import SAME_PERSONS, reading
from zhibu_cli.store.rows import COLUMNS, revisions, to_entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry

    _Ask = Callable[[str, Sequence[Any]], list[Any]]
    """Answers a query with all its rows."""


def whole(
    ask: _Ask, path: Path, catalogue: Catalogue, where: str, values: Sequence[Any], *, sketches: bool = False
) -> list[Entry]:
    """Entries by register and number, each with its earlier versions."""
    columns = ", ".join(f"versions.{name}" for name in COLUMNS.split(", "))
    tables = "current JOIN versions USING (seq)"
    if sketches:
        columns += ", sketches.sketch"
        tables += " LEFT JOIN sketches ON sketches.id = current.id AND sketches.seq = current.seq"
    rows = ask(
        f"SELECT {columns} FROM {tables} {where} "  # noqa: S608 - fixed texts
        "ORDER BY current.register, current.number",
        values,
    )
    with told(path):
        earlier = revisions(ask, [row[0] for row in rows if row[3] > 1])
        how = reading(ask(SAME_PERSONS, ()), catalogue)
        return [to_entry(row, earlier.get(row[0], ()), path, how) for row in rows]


def each(
    connection: sqlite3.Connection, path: Path, catalogue: Catalogue, register: str
) -> Iterator[tuple[str, bool, Payload]]:
    """Number, whether withdrawn, and payload of a register's entries, by number; none is held."""
    with told(path):
        how = reading(connection.execute(SAME_PERSONS), catalogue)
        rows = connection.execute(
            "SELECT versions.id, versions.voided, payload FROM current JOIN versions USING (seq) "
            "WHERE current.register = ? ORDER BY current.number",
            (register,),
        )
        for id_, voided, text in rows:
            yield id_, bool(voided), Payload(text, path, how(register, text))
