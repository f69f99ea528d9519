"""A column of a sheet, with a quick way to the value of its plain cells."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.leaving import SUSPECT, WHOLE_CELL, template_word
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import note_text
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.model.declare import Field

_NOT_CACHED = frozenset({FieldType.NOTE, FieldType.TOPICS})


def _note_at_once(raw: Any) -> str | None:
    return note_text(raw) or None if type(raw) is str and _without_template(raw) else None


def _line_at_once(raw: Any) -> str | None:
    quick = type(raw) is str and raw.isprintable() and _without_template(raw)
    return one_line(raw) or None if quick else None


def _without_template(text: str) -> bool:
    """Whether a quick look finds nothing that might be left of a template."""
    return not SUSPECT.search(text) and (len(text) > WHOLE_CELL or not _short_template(text))


_short_template = lru_cache(maxsize=4096)(template_word)


class Column:
    """A column of a known field, with what its cells were found to mean so far."""

    __slots__ = ("cache", "field", "header", "index", "keep", "quick")

    def __init__(self, index: int, field: Field, header: str) -> None:
        self.index = index
        self.field = field
        self.header = header
        self.cache: dict[Any, Any] = {}
        self.quick: Callable[[Any], Any] = self.cache.get
        """The value of a cell where that is plain to see, else None."""
        if field.type is FieldType.NOTE:
            self.quick = _note_at_once
        elif field.type is FieldType.TEXT and field.name != "name":
            self.quick = _line_at_once
        self.keep = field.type not in _NOT_CACHED
