"""A column of a sheet, with a quick way to the value of its plain cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.leaving import template_word
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import note_text
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.model.declare import Field

_LINES = 1_000
"""Lines of one column that are kept."""
_NOT_CACHED = frozenset({FieldType.NOTE, FieldType.TOPICS})


def _note_at_once(raw: Any) -> str | None:
    return note_text(raw) or None if type(raw) is str and not template_word(raw) else None


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
            self.quick = self._line_at_once
        self.keep = field.type not in _NOT_CACHED

    def _line_at_once(self, raw: Any) -> Any:
        """A line of text. The first ones are kept: of 100,000 rows most have one of a few places."""
        value = self.cache.get(raw)
        if value is None and type(raw) is str and raw.isprintable() and not template_word(raw):
            value = one_line(raw) or None
            if value and len(self.cache) < _LINES:
                self.cache[raw] = value
        return value
