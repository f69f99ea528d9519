"""Titles of several lines, as 公文 set them: broken between words, the lines a trapezium or a diamond.

Without a dictionary the ends of words are those that names of bodies and papers have: after 省, 市, 局,
委员会, 年度, before 关于 and 和. A name in which there is none is left to the program that sets it.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ENDS = re.compile(
    r"自治[州区县]|[省州厅、]|市(?![场政民容直级委属])|县(?![级委])|(?<!自治)区(?![域块委直])|局(?![部面势]|机关(?:委员会|党委))"
    r"|处(?![理置级分])|科(?![技学研长员])|院(?![长校])|委员会|办公室|中心|公司|集团|机关(?!委员会|党委|工委)|大学|学校|街道|社区"
    r"|党委|总支|支部(?!委员会|大会|书记)|[党工]小组(?!会)|年度|(?<=\d)年(?!度)|季度|半年|干部|参加"
)
_BEFORE = re.compile(r"(?=关于|情况报告)")
_WORSE = re.compile(r"(?=[和及暨与])")
_LONGEST, _MOST_LINES, _MOST_CUTS = 120, 5, 20
_WAIST, _JOINED = 150.0, 100.0
"""How much worse is a line shorter than both its neighbours (公文 want no such shape), and one that begins
with a word that joins."""


def broken(parts: Sequence[str], most: int) -> tuple[str, ...]:
    """The parts of a title, each a line or several of at most so many columns.

    A part that has no fitting end of a word stays whole.
    """
    lines: tuple[str, ...] = ()
    for number, part in enumerate(parts):
        lines += _lines(part, most, (lines, tuple(parts[number + 1 :])))
    return lines


def pieces(line: str) -> tuple[str, ...]:
    """A line in pieces that end where a word does: what a narrow window may break it between."""
    return tuple(line[start:end] for start, end in pairwise((0, *_cuts(line), len(line))))


def _lines(words: str, most: int, around: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    wide = display_width(words)
    if wide <= most or len(words) > _LONGEST:
        return (words,)
    cuts = _cuts(words)
    least = -(-wide // most)
    for count in range(least, _MOST_LINES + 1):
        ways = [way for way in _ways(words, cuts, count) if max(map(display_width, way)) <= most]
        if ways:
            return min(ways, key=lambda way: _badness(way, around))
    return (words,)


def _cuts(words: str) -> list[int]:
    found = {match.end() for pattern in (_ENDS, _BEFORE, _WORSE) for match in pattern.finditer(words)}
    return sorted(found - {0, len(words)})[:_MOST_CUTS]


def _ways(words: str, cuts: Sequence[int], count: int) -> Iterator[tuple[str, ...]]:
    for chosen in combinations(cuts, count - 1):
        yield tuple(words[start:end] for start, end in pairwise((0, *chosen, len(words))))


def _badness(way: tuple[str, ...], around: tuple[tuple[str, ...], tuple[str, ...]]) -> float:
    """The sum of squares of what the lines are off their mean, and for what else is worse."""
    before, behind = around
    own = [display_width(line) for line in way]
    mean = sum(own) / len(own)
    whole = [display_width(line) for line in (*before, *way, *behind)]
    waists = sum(
        left > middle < right for (left, middle), right in zip(pairwise(whole), whole[2:], strict=False)
    )
    joined = sum(_WORSE.match(line) is not None for line in way[1:])
    return sum((one - mean) ** 2 for one in own) + _WAIST * waists + _JOINED * joined
