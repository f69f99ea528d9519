"""How far a long job has come, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Tick = Callable[[str, int], None]
"""What is being done, and how many rows more are done."""

EVERY = 1_000
_Item = TypeVar("_Item")


def silent(_what: str, _rows: int) -> None:
    """Nobody looks."""


def ticked(items: Iterable[_Item], tick: Tick, what: str) -> Iterator[_Item]:
    """The items, with a tick for every thousand of them and for the rest."""
    if tick is silent:
        yield from items
        return
    done = 0
    for item in items:
        yield item
        done += 1
        if done == EVERY:
            tick(what, done)
            done = 0
    tick(what, done)
