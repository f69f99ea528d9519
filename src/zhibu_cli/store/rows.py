"""An entry as a row of the table of versions, and back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.errors import InputError
from zhibu_cli.model.entry import Entry, Revision
from zhibu_cli.store import canonical
from zhibu_cli.store.payload import Payload
from zhibu_cli.text import encodable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from zhibu_cli.model.declare import Register
    from zhibu_cli.store.reading import Reading

    _Earlier = dict[str, tuple[Revision, ...]]

COLUMNS = "id, register, kind, version, day, entered_at, entered_by, reason, voided, origin, payload"
_SKETCH = 11
INSERT = f"INSERT INTO versions ({COLUMNS}, chain) VALUES ({', '.join('?' * 12)})"  # noqa: S608
INSERT_AT = f"INSERT INTO versions ({COLUMNS}, chain, seq) VALUES ({', '.join('?' * 13)})"  # noqa: S608
INSERT_CURRENT = "INSERT INTO current (id, seq, register, number, version, voided) VALUES (?, ?, ?, ?, 1, 0)"

_MOST = 10**18
"""Below this a count fits the column of the table; the next number has to fit as well."""


class LogLine(NamedTuple):
    """Something done that is no version of an entry: an export, a backup."""

    at: datetime
    by: str
    action: str
    detail: str


def to_row(entry: Entry) -> tuple[Any, ...]:
    """The columns of a version, the hash left out."""
    return (
        entry.id,
        entry.register,
        ",".join(entry.kinds),
        entry.version,
        entry.day.isoformat() if entry.day else None,
        stamp(entry.entered_at),
        encodable(entry.entered_by),
        encodable(entry.reason),
        int(entry.voided),
        entry.origin or None,
        canonical.dump(entry.payload),
    )


def to_entry(
    row: Sequence[Any],
    earlier: tuple[Revision, ...],
    path: Path,
    read_as: Reading,
) -> Entry:
    """The newest version of an entry; its sketch may stand behind the columns."""
    return Entry(
        id=row[0],
        register=row[1],
        kinds=tuple(row[2].split(",")) if row[2] else (),
        version=row[3],
        day=date.fromisoformat(row[4]) if row[4] else None,
        entered_at=datetime.fromisoformat(row[5]),
        entered_by=row[6],
        reason=row[7],
        voided=bool(row[8]),
        origin=row[9] or "",
        payload=Payload(row[10], path, read_as(row[1], row[10])),
        earlier=earlier,
        sketch=(row[_SKETCH] or b"") if len(row) > _SKETCH else b"",
    )


def revisions(ask: Callable[[str, Sequence[Any]], list[Any]], ids: Iterable[str]) -> _Earlier:
    """The earlier versions of each entry, oldest first; ``ask`` answers a query."""
    query = (
        "SELECT version, entered_at, entered_by, reason, voided, payload FROM versions "
        "WHERE id = ? ORDER BY version"
    )
    return {id_: tuple(map(_revision, ask(query, (id_,))[:-1])) for id_ in ids}


def _revision(row: Sequence[Any]) -> Revision:
    return Revision(
        version=row[0],
        entered_at=datetime.fromisoformat(row[1]),
        entered_by=row[2],
        reason=row[3],
        voided=bool(row[4]),
        payload=canonical.load(row[5]),
    )


def stamp(moment: datetime) -> str:
    """A moment as it is kept: local time, to the second."""
    return moment.isoformat(timespec="seconds")


def count_of(number: str, register: Register) -> int:
    """What follows the prefix of a number.

    Raises:
        InputError: it is no number of that register.
    """
    digits = number.removeprefix(register.prefix)
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(_MOST)) - 1:
        raise InputError(f"编号 {number[:40]} 不合写法。", hint=f"编号应是 {register.prefix} 加数字。")
    return int(digits)
