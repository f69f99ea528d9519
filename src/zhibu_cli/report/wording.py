"""Words that every paper shares: what is unknown, what only a person can write, how parts are joined."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from operator import is_
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhibu_cli import text
from zhibu_cli.errors import PaperError
from zhibu_cli.report.titles import broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from zhibu_cli.report.views import Part, Section

NOT_SEEN = "未见记录"
NOT_APPLICABLE = "不适用"
NOT_STATED = "未填"
UNKNOWN = "无法判断"

_BLANK = re.compile(r"〔(?:请补充|待补)[^〔〕]*〕")
"""What a person fills in; the brackets of a document number (〔2026〕) are none of it."""
_MARK = re.compile(r"〔U\+[0-9A-F]{4,6}〕")
"""What ``text.visible`` makes of a character that cannot be seen."""


def missing(what: str) -> str:
    """``〔待补：主持人〕``: the records should say it and do not."""
    return f"〔待补：{what}〕"


def in_line(words: str) -> str:
    """Words for a sentence: breaks become blanks, and no control character vanishes with them."""
    return text.one_line(text.visible(words))


def shortened(words: str, limit: int, rest: str = "") -> str:
    """Words that would burst a line or a cell, visibly cut; ``rest`` says where the whole stands."""
    if len(words) <= limit:
        return words
    head = words[:limit]
    opened = head.rfind("〔")  # a mark or a blank is shown whole or not at all
    return f"{head[:opened] if opened > head.rfind('〕') else head}……{rest}"


def ask(what: str) -> str:
    """``〔请补充：…〕``: only a person can write it."""
    return f"〔请补充：{what}〕"


def blanks(printed: str) -> tuple[str, ...]:
    """Every blank left in a printed text, as often as it stands there, in that order."""
    return tuple(_BLANK.findall(printed))


def is_asked(blank: str) -> bool:
    """Whether a person has to write it; the other blanks are for what the records do not say."""
    return blank.startswith("〔请补充")


def marks(printed: str) -> tuple[str, ...]:
    """The mark of every invisible character in a printed text, in the order in which they stand."""
    return tuple(_MARK.findall(printed))


def and_then(parts: Iterable[str], separator: str = "、") -> str:
    """The parts that are not empty, joined."""
    return separator.join(part for part in parts if part)


def quoted(title: str) -> str:
    """A theme or title in book marks, as papers name lectures; marked ones and blanks stay as they are.

    Book marks inside become the single ones, as GB/T 15834 has it.
    """
    return title if title.startswith(("《", "〔待补")) else f"《{title.translate(_INNER)}》"


_INNER = str.maketrans("《》", "〈〉")
_SINGLE = str.maketrans("“”", "\u2018\u2019")


def said(words: str) -> str:
    """Words in quotation marks; those within them become single ones."""
    return f"“{words.translate(_SINGLE)}”"


_TITLE_WIDTH, _SHEET_WIDTH = 38, 46
"""Columns of a title in one line: 20 Han of 22 points fill 156 mm, of the 18 points over a table 24."""


_COMMITTEE = "支部委员会"
_SIGNED_WIDTH = 48
"""Columns of a signature in one line: 28 Han without the four that stay free on its right."""


def signed(name: str) -> str:
    """A name below a text; one too long for a line is broken between words."""
    return name if text.display_width(name) <= _SIGNED_WIDTH else "\n".join(broken((name,), _SIGNED_WIDTH))


def behind(name: str, tail: str) -> str:
    """What a paper is called behind a name: 第一党支部 and 支部党员大会记录 have one 支部 between them.

    Where the name is that of a committee, its meeting is 会议 (…支部委员会会议记录), its list stays one
    (…支部委员会和党小组名单).
    """
    if name.endswith(_COMMITTEE) and tail.startswith(_COMMITTEE):
        rest = tail.removeprefix(_COMMITTEE)
        return rest if rest.startswith("和") else f"会议{rest}"
    shared = next((w for w in ("支部", "党小组") if name.endswith(w) and tail.startswith(w)), "")
    return tail.removeprefix(shared)


def title_lines(head: str, tail: str, *, sheet: bool = False) -> tuple[str, ...]:
    """A title in one line, or broken between its two parts and, where a part is too long, between words.

    ``sheet``: it stands over a table, in smaller type.
    """
    most, whole = _SHEET_WIDTH if sheet else _TITLE_WIDTH, head + behind(head, tail)
    return (whole,) if text.display_width(whole) <= most else broken((head, tail), most)


def answered(sections: tuple[Section, ...], texts: Mapping[str, str]) -> tuple[Section, ...]:
    """The sections with the user's own texts in place of the blanks of that name.

    Raises:
        PaperError: a text for a blank that the paper does not have.
    """
    if not texts:
        return sections
    whole = "\n".join(part.text for section in sections for part in section.parts)
    strange = [name for name in texts if ask(name) not in whole]
    if strange:
        asked = "；".join(dict.fromkeys(blank[5:-1] for blank in blanks(whole) if is_asked(blank)))
        raise PaperError(f"材料里没有这样的空白：{'；'.join(strange)}。", hint=f"可以补写的有：{asked}。")

    def fill(part: Part) -> Part:
        words = part.text
        for name, own in texts.items():
            words = words.replace(ask(name), own)
        return replace(part, text=words)

    return tuple(replace(section, parts=tuple(map(fill, section.parts))) for section in sections)


def made_visible(value: Any) -> Any:
    """A view with every text in a form that papers can carry (see ``text.visible``)."""
    return changed(value, text.visible)


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """A view with every text in it put through ``change``."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else change(value)
    if isinstance(value, tuple):
        items = tuple([changed(item, change) for item in value])
        return value if all(map(is_, items, value)) else items
    if isinstance(value, MappingProxyType):
        return MappingProxyType({key: changed(item, change) for key, item in value.items()})
    names = _names(type(value))  # type: ignore[arg-type]  # every type can be hashed
    return _with_changed(value, change, names)


def _with_changed(value: Any, change: Callable[[str], str], names: Iterable[str]) -> Any:
    """Most parts of a view have nothing to change: they stay what they are."""
    own = {}
    for name in names:
        before = getattr(value, name)
        if (after := changed(before, change)) is not before:
            own[name] = after
    return replace(value, **own) if own else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a part of a view; none where the value is no such part."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
