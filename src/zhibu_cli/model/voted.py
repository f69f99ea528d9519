"""Who stands in 对象 of one row of 表决, where several names were written without 、 between them.

``张三和李四``, ``张三/李四``, ``张三 李四`` and ``张三等2名同志`` are several people; 程与之, 欧阳修与 and
阿依古丽·买买提 are one. A text is taken apart only where every part is a name the ledger knows, or
looks like one (a usual family name and one or two characters more); what the ledger knows as a whole
stays whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.pieces import pieces
from zhibu_cli.model.surnames import COMPOUND, SURNAMES
from zhibu_cli.text import is_han, read_chinese_number

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from zhibu_cli.model.roster import Roster

    Known = Callable[[str], bool]
    """Whether the ledger knows somebody of that name or number."""

_NO_NAME = tuple("局科处室部办股组院所区县市镇乡村校会党")
"""The last character of a unit, which may begin like a family name (高新区, 林业局)."""


def known_to(roster: Roster, others: Collection[str] = ()) -> Known:
    """Whether somebody of that name or number is on the roster, or among others known by name."""
    return lambda ref: ref in roster.by_id or bool(roster.named(ref)) or ref in others


class Voted(NamedTuple):
    """The people behind a text."""

    names: tuple[str, ...]
    number: int
    """How many they are at least: 张三等2名同志 are two."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words for more people than are named; what stands between names; what stands behind one."""
    number = "([0-9０-９〇零一二两三四五六七八九十百]+)"
    return (
        re.compile(rf"[（(]?(?:等|共|计)+\s*{number}\s*(?:人|名|位).*|等(?:人|同志|党员).*"),
        re.compile(r"\s*(?:[/／\\&+＋|｜\s]|以及|和|及|与|跟|同)\s*"),
        re.compile(r"(?:（[^（）]*）|同志)+$"),
    )


def voted_on(parts: Iterable[str], known: Known) -> Voted:
    """The people named in the parts of a cell, in their order."""
    more, _, _ = _patterns()
    names: list[str] = []
    stated = 0
    for part in (piece for text in parts for piece in pieces(text)):
        match = None if known(part) else more.search(part)
        if match is not None and match.start() > 0:
            stated += _stated(match[1], len(names))
            part = part[: match.start()]  # noqa: PLW2901 -- what is left of it
        names += _apart(part, known)
    return Voted(tuple(names), max(len(names), stated))


def _stated(number: str | None, before: int) -> int:
    """How many 等2人 says there are; 等人 says one more than are named."""
    if number is None:
        return before + 2
    return int(number) if number.isdecimal() else read_chinese_number(number) or 0


def _apart(text: str, known: Known) -> list[str]:
    """The names in a text that reads as nothing but names; else the text as it is."""
    if known(text):
        return [text]
    if known(plain_name(text)):
        return [plain_name(text)]
    _, between, _ = _patterns()
    for match in between.finditer(text):
        first, rest = text[: match.start()], text[match.end() :]
        if is_name(first, known) and (others := _names(rest, known)):
            return [plain_name(first), *others]
    return _run_together(text, known) or [text]


def _names(text: str, known: Known) -> list[str]:
    """The names in a text; nothing where a part of it is no name."""
    names = _apart(text, known)
    return [plain_name(name) for name in names] if all(is_name(name, known) for name in names) else []


def _run_together(text: str, known: Known) -> list[str]:
    """Two names without anything between them: only where the ledger knows both."""
    cuts = ((text[:at], text[at:]) for at in range(2, len(text) - 1))
    return next(([one, other] for one, other in cuts if known(one) and known(other)), [])


def plain_name(text: str) -> str:
    """A name without 同志 and what stands in brackets behind it."""
    _, _, behind = _patterns()
    return behind.sub("", text.strip())


def is_name(text: str, known: Known) -> bool:
    """Whether a text is a name: the ledger knows it, or it looks like one."""
    name = plain_name(text)
    if known(text) or known(name):
        return True
    if "·" in name:
        return all(len(half) > 1 and is_han(half) for half in name.split("·"))
    family = 2 if name[:2] in COMPOUND else 1
    if not is_han(name) or name.endswith(_NO_NAME) or (family == 1 and name[:1] not in SURNAMES):
        return False
    return 1 <= len(name) - family <= 2
