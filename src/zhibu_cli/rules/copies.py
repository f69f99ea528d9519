"""The search for texts that are alike: linear in their number, however often one was copied.

A text is compared with those that share some of its smallest features. Copies share most of them,
honest minutes hardly any; a phrase that everybody uses is a feature of many texts, so for each feature
only the latest few are looked at. What was copied again and again is found in its latest copies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.sketch import Likeness, Sketch, least, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhibu_cli.model.rule import Version

LEAST = 24
"""Features by which texts are looked up."""
FEW = 8
"""Texts that share less than one in so many of them are not compared. Of texts with a third of all features
in common, one pair in 10,000 shares so few; honest minutes hardly ever share more."""
RECENT = 8
"""Texts looked at for each of these features, the latest ones."""
COMPARED = 8
"""Texts compared in full, those that share most of these features; of equals the latest."""


class Match(NamedTuple):
    """Two texts that have something in common."""

    place: int
    """Where the other one stands among the texts."""
    likeness: Likeness
    size: int
    """Characters there are to compare in the shorter one."""
    identical: bool
    """Whether nothing but the order of sentences and what is masked differs."""


def matches(sketches: Sequence[bytes], first: int = 0) -> Iterator[tuple[int, tuple[Match, ...]]]:
    """For each text from the place ``first`` on: the earlier ones with which it has something in common."""
    lookups = [least(sketch, LEAST) for sketch in sketches]
    wanted = frozenset(feature for lookup in lookups[first:] for feature in lookup)
    holders: dict[int, list[int]] = defaultdict(list)
    opened = cache(lambda place: read(sketches[place]))
    for place, lookup in enumerate(lookups):
        if place >= first:
            compared = (_match(opened(place), opened(other), other) for other in _nearest(lookup, holders))
            found = tuple(match for match in compared if match.likeness.spread)
            if found:
                yield place, found
        for feature in wanted.intersection(lookup):
            holders[feature].append(place)


def near(likeness: Likeness, version: Version) -> bool:
    """Whether one text is the other in other words: enough is said in both, and what differs is scattered.

    ``share`` of all that is said is in both, ``spread`` of the texts stands in clauses that the other one has
    in part, and ``scattered`` of them is changed within such clauses; or ``wholly`` of them stands in such
    clauses, whatever is changed. Minutes of one agenda share whole clauses and differ in whole clauses.
    """
    enough = {name: part_of(version, name) for name in ("share", "spread", "scattered", "wholly")}
    if likeness.share < enough["share"] or likeness.spread < enough["spread"]:
        return False
    return likeness.scattered >= enough["scattered"] or likeness.spread >= enough["wholly"]


def part_of(version: Version, name: str) -> float:
    """A parameter that is written as two numbers, a part and a whole."""
    part, whole = version.params[name]
    return float(part / whole)


def _nearest(lookup: Sequence[int], holders: Mapping[int, Sequence[int]]) -> list[int]:
    shared = Counter(place for feature in lookup for place in holders.get(feature, ())[-RECENT:])
    near = [place for place, count in shared.items() if count * FEW >= len(lookup)]
    return sorted(near, key=lambda place: (shared[place], place), reverse=True)[:COMPARED]


def _match(one: Sketch, other: Sketch, place: int) -> Match:
    return Match(place, one.alike(other), min(one.size, other.size), identical=one.whole == other.whole)
