"""Sketches of texts: how alike two minutes are, told from a kilobyte or two each.

The algorithm (``VERSION`` 3):

1. The text is brought to one form: what nobody sees (blanks, zero-width marks, accents, stray line
   ends) goes, look-alike characters become the usual ones (NFKC, radicals). Whatever differs between
   copies, or is the same in honest minutes, becomes a gap: titles 《…》, quoted passages “…”, numerals
   with what they count (dates, ordinals, hours, heads), the names given, a name in front of 同志 or of a
   verb of speaking, and the set phrases of the trade (``model/masks.py``). The *size* is what is left,
   without clauses that only name an item of the agenda (传达学习…精神, 研究…方案): a text of nothing else
   is no ground to tell two sittings apart.
2. Signs of punctuation part a text into *clauses*, gaps part these into *pieces*; a piece's ``GRAM``
   characters long windows (a shorter piece as a whole) are the *features*. None reaches over a gap or the
   end of a sentence, so that the order of sentences does not matter.
3. Each feature becomes 32 bits (CRC-32, mixed by an odd factor; never ``hash()``, which differs from
   process to process). The ``KEEP`` smallest of them are kept (a bottom-k sketch), each with the number
   of its clause, clauses numbered in the order of their sentences' masked text.
4. Two sketches are compared by the features that both could have kept. *share*: how many of them both
   hold, of all there are (Jaccard), exact for texts of up to ``KEEP`` features, else within 3 percent or
   so. *spread*: how much of either text stands in clauses of which at least ``COVERED`` is in the
   other, the mean of both. Honest minutes of one procedure have whole clauses in common and the rest
   not at all: hardly more is spread than shared. A copy with words replaced has a small share and nearly
   the whole spread: its changes are *scattered* over clauses that are otherwise the same.
5. Beside this stands a hash of the masked sentences, sorted: equal, where nothing but their order and
   what is masked differs.

The bytes are opaque to everybody else. They begin with a stamp of the algorithm and of the list of set
phrases; a sketch with another stamp is out of date and is made anew from the text.
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from zhibu_cli.model.masks import CLAUSE, GAP, masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION = 3
GRAM = 3
KEEP = 512
COVERED = 0.15
SHORTEST = 20
"""A text with fewer characters, or fewer after masking, says too little: its sketch is the stamp alone."""
_WIDTH = 2 * GRAM
_MIX = 0x9E3779B1
"""2**32 over the golden ratio, odd: CRC-32 alone keeps like features close together."""
_STAMP, _WHOLE, _SIZE, _EACH = 5, 8, 4, 5
_HEAD = _STAMP + _WHOLE + _SIZE


class Likeness(NamedTuple):
    """How alike two texts are, both from 0 to 1; see the module's docstring."""

    share: float
    spread: float

    @property
    def scattered(self) -> float:
        """How much of the texts is changed within clauses that are otherwise alike."""
        return self.spread - 2 * self.share / (1 + self.share)


NOTHING = Likeness(0.0, 0.0)
EVERYTHING = Likeness(1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What the bytes of a sketch say."""

    whole: bytes
    """The hash of the masked sentences, whatever their order."""
    size: int
    """Characters left after masking, items of the agenda left out: how much there is to compare."""
    clause_of: Mapping[int, int]
    """Feature -> number of its clause; the smallest features, ascending."""
    limit: int
    """Features up to this number are all there; larger ones were not kept."""

    def alike(self, other: Sketch) -> Likeness:
        """How alike the two texts are; a spread is worked out only where a tenth is in common."""
        if not self.clause_of or not other.clause_of:
            return NOTHING
        if self.whole == other.whole:
            return EVERYTHING
        limit = min(self.limit, other.limit)
        mine, theirs = self._up_to(limit), other._up_to(limit)
        both = mine.keys() & theirs.keys()
        share = len(both) / (len(mine) + len(theirs) - len(both))
        if len(both) * 10 < min(len(mine), len(theirs)):
            return Likeness(share, 0.0)
        return Likeness(share, (_spread(mine, both) + _spread(theirs, both)) / 2)

    def _up_to(self, limit: int) -> Mapping[int, int]:
        if limit >= self.limit:
            return self.clause_of
        return {feature: number for feature, number in self.clause_of.items() if feature <= limit}


def _spread(clause_of: Mapping[int, int], both: Iterable[int]) -> float:
    """How much of a text stands in clauses that are in the other one to ``COVERED`` at least."""
    sizes = Counter(clause_of.values())
    common = Counter(clause_of[feature] for feature in both)
    held = sum(sizes[number] for number, count in common.items() if count >= COVERED * sizes[number])
    return held / len(clause_of)


@lru_cache(maxsize=16)
def stamp(phrases: tuple[str, ...]) -> bytes:
    """The first bytes of a sketch that was made by this algorithm with these set phrases."""
    return bytes([VERSION]) + crc32("\n".join(phrases).encode()).to_bytes(4, "little")


def is_current(sketch: bytes, stamp: bytes) -> bool:
    """Whether the bytes are a sketch that can be compared with those of this stamp."""
    rest = len(sketch) - _HEAD
    whole = rest == _STAMP - _HEAD or (rest >= 0 and rest % _EACH == 0)
    return whole and sketch.startswith(stamp)


def sketch(text: str, *, names: tuple[str, ...] = (), phrases: tuple[str, ...] = ()) -> bytes:
    """The sketch of a text, opaque bytes of up to 2.6 kilobytes.

    ``names``: people whose names do not count. ``phrases``: set phrases that do not count, the same
    for all sketches that are to be compared.
    """
    from hashlib import blake2b  # noqa: PLC0415 - it loads OpenSSL, and who only compares needs none of it

    if len(text) < SHORTEST:
        return stamp(phrases)
    sentences, size = masked(text, names=names, phrases=phrases)
    if size < SHORTEST:
        return stamp(phrases)
    sentences.sort()
    clauses = [clause for sentence in sentences for clause in sentence.split(CLAUSE)]
    clause_of: dict[int, int] = {}
    for number in range(len(clauses) - 1, -1, -1):  # of equal features the first clause's stays
        for piece in clauses[number].split(GAP):
            clause_of.update(dict.fromkeys(_features(piece), number % 256))
    kept = sorted(clause_of)[:KEEP]
    whole = blake2b("\0".join(sentences).encode("utf-8", "surrogatepass"), digest_size=_WHOLE)
    return b"".join(
        (
            stamp(phrases),
            whole.digest(),
            struct.pack("<I", size),
            struct.pack(f"<{len(kept)}I", *kept),
            bytes(clause_of[feature] for feature in kept),
        )
    )


def _features(piece: str) -> list[int]:
    raw = piece.encode("utf-16-le", "surrogatepass")
    if len(raw) <= 2:
        return []
    last, width = max(len(raw) - _WIDTH, 0), _WIDTH
    return [crc32(raw[at : at + width]) * _MIX & 0xFFFFFFFF for at in range(0, last + 1, 2)]


def read(sketch: bytes) -> Sketch:
    """The sketch behind bytes that ``is_current`` holds for."""
    if len(sketch) < _HEAD:
        return Sketch(whole=b"", size=0, clause_of={}, limit=0)
    count = (len(sketch) - _HEAD) // _EACH
    features = struct.unpack_from(f"<{count}I", sketch, _HEAD)
    return Sketch(
        whole=sketch[_STAMP : _STAMP + _WHOLE],
        size=int.from_bytes(sketch[_STAMP + _WHOLE : _HEAD], "little"),
        clause_of=dict(zip(features, sketch[_HEAD + 4 * count :], strict=True)),
        limit=features[-1] if count == KEEP else 0xFFFFFFFF,
    )


def least(sketch: bytes, count: int) -> tuple[int, ...]:
    """The smallest ``count`` features: texts that share none of them are hardly alike."""
    held = max(len(sketch) - _HEAD, 0) // _EACH
    return struct.unpack_from(f"<{min(count, held)}I", sketch, min(_HEAD, len(sketch)))


def alike(one: bytes, other: bytes) -> Likeness:
    """How alike two texts are, told from their sketches."""
    return read(one).alike(read(other))
