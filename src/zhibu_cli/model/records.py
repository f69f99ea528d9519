"""Entries as typed values, made only when somebody looks at them.

A check of one year looks at a tenth of the sittings of ten years; the rest stay as they are stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from zhibu_cli.errors import LedgerFormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.entry import Entry

T = TypeVar("T")


class Records(Sequence[T], Generic[T]):
    """The entries of one register in the order of days, each read once, when first asked for."""

    def __init__(self, entries: Sequence[Entry], read: Callable[[Entry], T]) -> None:
        """Take the entries, sorted by day, and the function that reads one."""
        self.entries = entries
        self._read = read
        self._found: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple([self[place] for place in range(*index.indices(len(self.entries)))])
        place = range(len(self.entries))[index]
        if place not in self._found:
            self._found[place] = sound(self.entries[place], self._read)
        return self._found[place]

    def __iter__(self) -> Iterator[T]:
        return (self[place] for place in range(len(self.entries)))

    def between(self, first: date, last: date) -> tuple[T, ...]:
        """Those of the days from ``first`` to ``last``, both included."""
        return self[held_between(self.entries, first, last)]

    def with_any(self, fields: Collection[str], first: date, last: date) -> Iterator[T]:
        """Those of the days whose entry holds anything in one of the fields; no other is read."""
        for place in range(*held_between(self.entries, first, last).indices(len(self.entries))):
            if any(map(self.entries[place].payload.get, fields)):
                yield self[place]

    def by_id(self, id_: str) -> T:
        """The one of that number; KeyError if there is none."""
        return self[self._places[id_]]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {entry.id: place for place, entry in enumerate(self.entries)}


def sound(entry: Entry, read: Callable[[Entry], T]) -> T:
    """What ``read`` makes of the entry.

    Raises:
        LedgerFormatError: the payload is not what the program writes; the file was altered.
    """
    try:
        return read(entry)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise LedgerFormatError(
            f"台账中 {entry.id} 的内容已损坏，读不出来。",
            hint="请换用备份的台账文件；原文件请先另存，不要删除。",
        ) from error


def held_between(entries: Sequence[Entry], first: date, last: date) -> slice:
    """Where the entries of these days stand, both included, among entries in the order of days."""
    return slice(bisect_left(entries, first, key=_day), bisect_right(entries, last, key=_day))


def _day(entry: Entry) -> date:
    return entry.day or date.min
