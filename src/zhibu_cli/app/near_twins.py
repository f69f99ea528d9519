"""New rows that may be what the ledger has already, told a little differently: another hour, another theme.

They come in as records of their own, since two meetings of one kind on one day are nothing unusual; but
whoever imports is told, because only they know.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.import_rows import identity_of, where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhibu_cli.app.import_rows import Old, Row
    from zhibu_cli.model.declare import Register

_SAME = ("place", "theme")
"""One of these must be the same, besides the day and the kind."""
_APART = "group"
"""Meetings of two groups are two."""


class NearTwins:
    """The entries of one register that have the day and kinds of a row, collected in passing."""

    def __init__(self, register: Register, rows: Sequence[Row]) -> None:
        """``rows`` without number of this ledger; nothing is collected where the register has no kinds."""
        self.register = register
        looked_for = "kinds" in register.identity
        self.rows = [row for row in rows if looked_for and not row.draft.ledger_id]
        self.found: dict[Any, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)

    def see(self, old: Old) -> None:
        """Keep what an entry says of which no row speaks, if a row has its day and kinds."""
        key = self._key(old.payload) if self.rows and not old.voided else None
        if key in self._keys:
            names = {*self.register.identity, *_SAME}
            self.found[key].append((old.id, {name: old.payload.get(name) for name in names}))

    def told(self) -> Iterator[str]:
        """A sentence for each new row that resembles such an entry, with the first of them."""
        for row in self.rows if self.found else ():
            if row.new and not row.dropped:
                there = self.found.get(self._key(row.payload), ())
                near = (one for one in there if _alike(row.payload, one[1]))
                if found := min(near, key=_number, default=None):
                    yield self._sentence(row, *found)

    @cached_property
    def _keys(self) -> frozenset[Any]:
        """Made when the first entry comes: most imports meet none that no row repeats."""
        return frozenset(self._key(row.payload) for row in self.rows)

    def _key(self, payload: Mapping[str, Any]) -> tuple[Any, ...]:
        day_and_kinds = {name: payload.get(name) for name in ("date", "kinds")}
        return identity_of(self.register, day_and_kinds)

    def _sentence(self, row: Row, number: str, old: Mapping[str, Any]) -> str:
        differing = "、".join(
            self.register.field(name).label
            for name in self.register.identity
            if row.payload.get(name) != old.get(name)
        )
        same = "、".join(self.register.field(name).label for name in _SAME if _equal(name, row.payload, old))
        return (
            f"{where(row)}：台账同一天已有 {number}，类型、{same}相同，{differing}不同，将另录一条；"
            f"是同一件事，请改成与 {number} 一致再导入，确是两件的不用改。"
        )


def _number(one: tuple[str, Mapping[str, Any]]) -> tuple[int, str]:
    return len(one[0]), one[0]


def _equal(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one.get(name)) and one.get(name) == other.get(name)


def _alike(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    groups = {new.get(_APART), old.get(_APART)} - {None}
    return len(groups) < 2 and any(_equal(name, new, old) for name in _SAME)
