"""What may stand at the cursor: numbers of records, names of members and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.store import glance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SOURCES = ("numbers", "members", "groups")
_REGISTERS = {"members": "member", "groups": "group"}
_LONGEST = 24


def candidates(path: Path, source: str, typed: str) -> Iterator[tuple[str, str]]:
    """Words that begin with what is typed, and a few words about each.

    Of several members of one name their numbers stand in its place.

    Raises:
        LedgerFormatError, LedgerBusyError: the file cannot be read.
    """
    if source == "numbers":
        yield from _numbers(path, typed.upper())
        return
    rows = glance.names(path, _REGISTERS[source])
    all_names = [name for name, *_rest in rows]
    for name, number, *_rest in rows:
        word, about = (number, name) if all_names.count(name) > 1 else (name, number)
        if typed in (word[: len(typed)], name[: len(typed)]):
            yield word, about


def _numbers(path: Path, typed: str) -> Iterator[tuple[str, str]]:
    found = [row for row in glance.numbers(path) if row[0].startswith(typed)]
    if not found:
        return
    from zhibu_cli.model.catalogue import CATALOGUE

    labels = {kind.name: kind.label for kind in CATALOGUE.kinds}
    for number, day, kinds, about in found:
        kind = "、".join(labels.get(name, name) for name in kinds.split(","))
        yield number, " ".join(filter(None, (day, kind, " ".join(about.split())[:_LONGEST])))
