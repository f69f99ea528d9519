"""The texts of entries that are compared with each other, and their sketches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from zhibu_cli import resources
from zhibu_cli.model import sketch
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.masks import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignText:
    """A text in the ledger of another branch: where it stands, never what it says or who is in it."""

    branch: str
    id: str
    day: date
    kinds: str
    """What kind of record it is, in Chinese."""
    register: str
    sketch: bytes


def text_of(payload: Mapping[str, Any], register: Register) -> str:
    """What was said and decided, one field below the other; empty where nothing was written."""
    return "\n".join(text for name in register.texts if (text := payload.get(name)))


def sketcher(register: Register, names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], bytes]:
    """What makes the sketches of a register's entries; ``names``: everybody on the roster.

    People of the record who are on no roster are masked as well.
    """
    people = tuple(field.name for field in register.fields if field.type in _PEOPLE)
    phrases = resources.set_phrases()

    def sketched(payload: Mapping[str, Any]) -> bytes:
        text = text_of(payload, register)
        if strangers := [*_strangers(payload, people)]:
            text = plain(text)
        for name in strangers:
            text = text.replace(plain(name), "、")
        return sketch.sketch(text, names=names, phrases=phrases)

    return sketched


def current_sketch(entry: Entry, register: Register, names: tuple[str, ...]) -> bytes:
    """The stored sketch, or one made now where none is stored or the stored one is out of date."""
    if sketch.is_current(entry.sketch, sketch_stamp()):
        return entry.sketch
    return sketcher(register, names)(entry.payload)


@cache
def sketch_stamp() -> bytes:
    """The first bytes of every sketch that is not out of date."""
    return sketch.stamp(resources.set_phrases())


_SHORTEST = 2
"""A single character is a surname or a mark at most."""


def _strangers(payload: Mapping[str, Any], people: tuple[str, ...]) -> Iterator[str]:
    """Names in the fields for people that are not numbers of the roster."""
    for field in people:
        value = payload.get(field)
        for one in (value,) if isinstance(value, str | dict) else value or ():
            name = one["who"] if isinstance(one, dict) else one
            if len(name) >= _SHORTEST and not name.isascii():
                yield name


_PEOPLE = frozenset({FieldType.PERSON, FieldType.PEOPLE, FieldType.NAMES, FieldType.ABSENCES})
