"""A cell with several topics, taken apart: by line, by ； and where numbers go on (1.甲 2.乙).

A number is taken off only where it is surely one: it goes on from the one before, or begins. 三、四季度工作
and 一、二季度工作 are words of a topic. What is read is read the same once written, a topic to a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.numbering import number_of
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = re.compile(
    r"(?:[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|\d{1,2}(?:[、．)）]|\.(?!\d))|[一二三四五六七八九十]{1,3}、"
    r"|[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳])[ \t　]*"
)
_ANOTHER = re.compile(r"\d{1,2}(?!\d)|[一二三四五六七八九十]")
_BEFORE = " \t　。"
"""What stands before a number inside a line."""
_OPEN, _SHUT = "（(《“「【[", "）)》”」】]"


class _Mark(NamedTuple):
    """A number as it may stand before a topic."""

    start: int
    end: int
    style: str
    number: int
    doubtful: bool
    """Another number follows the 、 at once: 一、二季度."""


def topics_in(text: str) -> list[str]:
    """The topics, without their numbers; none for blanks."""
    topics = [line for line in map(one_line, _LINE_END.split(text)) if line]
    while (cut := _cut_once(topics)) != topics:
        topics = cut
    return topics


def _cut_once(lines: Sequence[str]) -> list[str]:
    pieces = [one_line(piece) for line in lines for piece in _several(line)]
    marked = [tuple(_marks(piece)) for piece in pieces]
    if not any(marked):
        return pieces
    series = {mark.style for marks in marked for mark in marks if mark.number == 2}
    last: dict[str, int] = {}
    cut = (
        part for piece, marks in zip(pieces, marked, strict=True) for part in _cut(piece, marks, series, last)
    )
    return [topic for topic in map(one_line, cut) if topic]


def _several(line: str) -> list[str]:
    """The parts between ；; one inside brackets or quotes belongs to what stands there."""
    if "；" not in line and ";" not in line:
        return [line]
    parts, depth = [""], 0
    for char in line:
        depth += (char in _OPEN) - (char in _SHUT)
        if char in "；;" and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part.strip()]


def _marks(piece: str) -> Iterator[_Mark]:
    """The number a piece begins with, and behind it those outside of brackets; none without the first."""
    first = _MARK.match(piece)
    if first is None:
        return
    for found in _MARK.finditer(piece):
        before = piece[: found.start()]
        if not before or (before[-1] in _BEFORE and _outside(before)):
            word = found[0].strip()
            doubtful = found[0].endswith("、") and _ANOTHER.match(piece, found.end()) is not None
            yield _Mark(found.start(), found.end(), _style(word), number_of(word) or 0, doubtful)


def _outside(text: str) -> bool:
    return sum(map(text.count, _OPEN)) <= sum(map(text.count, _SHUT))


def _style(mark: str) -> str:
    kind = "1" if mark.strip("（()）、．.").isdecimal() else "一"
    return f"（{kind}）" if mark[0] in "（(" else "①" if mark.isnumeric() and len(mark) == 1 else kind


def _cut(piece: str, marks: Sequence[_Mark], series: Collection[str], last: dict[str, int]) -> Iterator[str]:
    """The topics of a piece; ``last``: how far the numbers of each style have come, which goes on."""
    begin = 0
    for mark in marks:
        if not _goes_on(mark, series, last):
            if mark.start == 0:
                break
            continue
        last[mark.style] = mark.number
        yield piece[begin : mark.start]
        begin = mark.end
    yield piece[begin:]


def _goes_on(mark: _Mark, series: Collection[str], last: dict[str, int]) -> bool:
    if mark.number == 1:
        return not mark.doubtful or (mark.style in series and mark.style not in last)
    return mark.number == last.get(mark.style, 0) + 1
