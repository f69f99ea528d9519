"""What people write around the name of somebody on a list: 张三同志, 李四（记录）, 王五（线上）, 赵六书记.

Only words of this list are taken off, and only where a person of the roster is left; who is not on
the roster stays as written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.names import POST_TITLES

if TYPE_CHECKING:
    from collections.abc import Callable

_HONOUR = re.compile(r"(.+?)\s*(?:同志|老师|先生|女士)")
_BRACKET = re.compile(r"(.+?)\s*（([^（）]+)）")
_WORDS = re.compile(r"[、，,；;/\s]+")
_PLAIN = frozenset({"同志", "党员", "正式党员", "预备党员", "正式", "预备", "本人"})
"""Words that say nothing the roster does not say."""
_NUM = "第?[0-9一二三四五六七八九十]{1,3}"
_LEADS = re.compile(rf"(?:{_NUM}(?:党?小)?组|党小组|小组)?副?组长|(?:{_NUM})?党?小组长")
"""组长, 第一党小组组长: said of a chair as a post is."""
ROLES = {
    **dict.fromkeys(("主持", "主持人", "会议主持", "会议主持人", "召集人"), "chair"),
    **dict.fromkeys(("记录", "记录人", "记录员", "会议记录", "会议记录人"), "recorder"),
    **dict.fromkeys(("主讲", "主讲人", "授课", "授课人", "讲课", "讲课人"), "lecturer"),
}
"""What is said of somebody -> the field that has a column of its own for it."""
_HOW = re.compile(
    "(?:线上|视频|网络|远程|在线|电话|腾讯会议|钉钉|手机)(?:方式)?(?:会议)?(?:参会|参加|出席|到会|接入|收看)?"
    "|现场(?:参会|参加|出席)?|迟到.{0,8}|早退.{0,8}|提前(?:离会|离开|退席).{0,6}|中途.{0,8}"
    "|领学|领学人|发言|汇报|宣读|监票|计票|监票人|计票人|唱票|唱票人|执笔|代记录"
)
"""What is said of how somebody took part; kept in words."""


_NUMBER = re.compile(r"[（(]?\d{1,3}\s*[.．、)）]?\s*(?=[\u3400-\u9fff])")
_TELLS = re.compile(r"[男女]|第?\S{1,3}(?:党?小)?组")
"""What tells somebody from another of the name."""
_OF_MEMBER = re.compile("[\u3400-\u9fff]{1,4}族|离?退休|离休|流动(?:党员)?|挂职|借调|驻村|新转入")


class BareMember(NamedTuple):
    """A name of the roster without what is written around it."""

    name: str
    mark: str = ""
    """What tells the member from another of the name: 女."""
    said: bool = False
    """Whether something else stood beside the name."""


def bare_member(text: str) -> BareMember:
    """The name in the column 姓名 of a roster: 3.张三, 张三同志, 张三（女）, not 张三（二）."""
    plain = _NUMBER.sub("", text, count=1) if _NUMBER.match(text) else text
    match = _BRACKET.fullmatch(plain)
    name, words = (match[1], [one for one in _WORDS.split(match[2]) if one]) if match else (plain, [])
    marks = [word for word in words if _TELLS.fullmatch(word)]
    others = [word for word in words if word not in marks]
    if not all(word in _PLAIN or _is_post(word) or _OF_MEMBER.fullmatch(word) for word in others):
        name, marks, others = plain, [], []
    bare = name.removesuffix("同志")
    return BareMember(bare if len(bare) > 1 else name, "".join(marks), bool(others))


class Bare(NamedTuple):
    """A name without the words around it."""

    name: str
    roles: tuple[str, ...] = ()
    """Fields that the words name: chair, recorder, lecturer."""
    said: tuple[str, ...] = ()
    """Words about how the person took part."""
    post: str = ""


def bare_name(text: str, known: Callable[[str], bool]) -> Bare | None:
    """The known name in the text, and what is said about it; None where nothing is left that is known."""
    found = Bare(text)
    while not known(found.name):
        shorter = _one_off(found)
        if shorter is None:
            return None
        found = shorter
    return found if found.name != text else None


def _one_off(found: Bare) -> Bare | None:
    """The same with one honorific, bracket or post taken off."""
    if match := _HONOUR.fullmatch(found.name):
        return found._replace(name=match[1])
    if match := _BRACKET.fullmatch(found.name):
        words = [word for word in _WORDS.split(match[2]) if word]
        if not all(
            word in _PLAIN or word in ROLES or _is_post(word) or _HOW.fullmatch(word) for word in words
        ):
            return None
        roles = tuple(ROLES[word] for word in words if word in ROLES)
        said = tuple(word for word in words if word not in ROLES and _HOW.fullmatch(word))
        posts = [word for word in words if _is_post(word)]
        return Bare(match[1], (*roles, *found.roles), (*said, *found.said), posts[0] if posts else found.post)
    post = next((title for title in POST_TITLES if found.name.endswith(title)), "")
    rest = found.name.removesuffix(post).rstrip()
    return found._replace(name=rest, post=post) if post and rest else None


def _is_post(word: str) -> bool:
    return word in POST_TITLES or _LEADS.fullmatch(word) is not None
