"""How many should have come and how many came, in one cell: 7/6, 应到7人，实到6人."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhibu_cli.text import clean

_PAIR = re.compile(r"(\d{1,4})[人名]?[/、,，:：-](\d{1,4})[人名]?")
_NAMED = r"{}(?:会)?(?:党员)?(?:人数)?[:：]?(?:共)?(\d{{1,4}})(?:人|名)?"
_EXPECTED, _PRESENT = (re.compile(_NAMED.format(word)) for word in ("应到", "实到"))
_BETWEEN = re.compile(r"[、，,。；;：:（）()/]")


class Counts(NamedTuple):
    """What such a cell says."""

    expected: int
    present: int
    more: bool
    """Whether it says something else, too."""


def read_counts(header: str, text: str) -> Counts | None:
    """The two numbers; which of a plain 7/6 is which stands in the header. None: they are not there."""
    plain = "".join(clean(text).split())
    expected, present = _EXPECTED.search(plain), _PRESENT.search(plain)
    if expected and present:
        rest = _BETWEEN.sub("", plain.replace(expected[0], "").replace(present[0], ""))
        return Counts(int(expected[1]), int(present[1]), bool(rest))
    match = _PAIR.fullmatch(plain)
    if match is None or not says_both(header):
        return None
    first, second = int(match[1]), int(match[2])
    turned = header.index("实到") < header.index("应到")
    return Counts(second, first, False) if turned else Counts(first, second, False)


def says_both(header: str) -> bool:
    """Whether the header asks for the two numbers, and not for words: 应到/实到, not 到会情况."""
    return "应到" in header and "实到" in header
