"""Which of many titles stand in a text, at a cost that goes by the text and not by their number."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEW = 32
"""So many titles are looked for one by one: the machine does that faster than any index."""
_WIDEST = 5
"""Characters of a title by which it is looked up; more would not set titles of one form (关于开展…) apart."""


class Titles:
    """Titles to look for; made once for many texts."""

    def __init__(self, titles: Iterable[str]) -> None:
        """Take the titles, none of them empty."""
        self._titles = frozenset(titles)
        self._width = min((_WIDEST, *map(len, self._titles)))
        lengths: dict[str, set[int]] = defaultdict(set)
        for title in self._titles:
            lengths[title[: self._width]].add(len(title))
        self._lengths = lengths

    def within(self, text: str) -> set[str]:
        """The titles that stand in the text, those inside others as well."""
        if len(self._titles) <= FEW:
            return {title for title in self._titles if title in text}
        width = self._width
        begun = {text[at : at + width] for at in range(len(text) - width + 1)}
        starts = begun & self._lengths.keys()
        return {title for start in starts for title in self._from(start, text)} & self._titles

    def _from(self, start: str, text: str) -> Iterator[str]:
        at = text.find(start)
        while at >= 0:
            yield from (text[at : at + length] for length in self._lengths[start])
            at = text.find(start, at + 1)
