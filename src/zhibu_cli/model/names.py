"""Names of people as a cell holds them: one, several, 全体, with a post beside the name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.no_names import miscounted, no_person, without_count
from zhibu_cli.model.numbering import without_numbers
from zhibu_cli.model.people_sheets import POSTS
from zhibu_cli.model.pieces import NOTHING, pieces
from zhibu_cli.text import brief, clean, clean_name, drop_invisible, is_han, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Parsed = tuple[Any, str]
"""A value and an empty string, or None and what is wrong; both empty for an empty cell."""

POST_TITLES = frozenset(title for post in POSTS for title in (post.label, *post.aliases))

_EVERYBODY = re.compile(
    r"(?:全体|全部|全员)(?:支部|本支部|小组)?(?:党员|委员|支委|成员|人员|同志|党员同志)?"
    r"(?:均|都|全部)?(?:已)?(?:出席|到会|参加|参会|到齐)?"
)
_THE_REST = re.compile(
    r"(?:其余|其他|其它)(?:的)?(?:全体|全部|全员|人员|党员|委员|同志|均|都)(?:党员|委员|人员|同志)?"
    r"(?:均|都)?(?:出席|到会|参加|参会|到齐)?"
)
_NUMBER = re.compile(r"(?:共|计|约)?\d+(?:\.\d+)?\s*(?:人|名|位)?")
_BRACKETED = re.compile(r"([^（）]+)（([^（）]+)）")
_TITLED = re.compile(r"(.+?)\s*[:\s]\s*(\S+)")


def unreadable_name(name: str) -> bool:
    """Whether a supposed name is empty or holds signs that only stand between or around names."""
    return (
        not name
        or name in NOTHING
        or not _SIGNS.isdisjoint(name)
        or not balanced(name)
        or _NUMBER.fullmatch(name) is not None
    )


_SIGNS = frozenset("、，,；;:=|\\\n")


def balanced(text: str) -> bool:
    """Whether every bracket that opens closes again, and in order."""
    depth = 0
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if depth < 0:
            return False
    return depth == 0


def everybody(text: str) -> str:
    """全体 or 其余全体 where the text says so in any of the usual ways, else an empty string."""
    plain = clean_name(text)
    if _EVERYBODY.fullmatch(plain):
        return "全体"
    return "其余全体" if _THE_REST.fullmatch(plain) else ""


def person_name(text: str) -> str:
    """One person's name; several words (职务 姓名) stay apart by one blank, 张 三 becomes 张三."""
    words = clean(text).split()
    if len(words) > 1 and all(len(word) > 1 for word in words):
        return " ".join(map(clean_name, words))
    return clean_name(text)


def parse_person(text: str) -> Parsed:
    """A person: 张三, or with a post of the branch as 书记 张三 or 张三（书记）."""
    plain = clean(without_numbers(text)).lstrip("、")
    if clean_name(plain) in NOTHING:
        return None, ""
    if _NUMBER.fullmatch(plain):
        return None, f"“{brief(text)}”不是姓名；请填写姓名。"
    match = _BRACKETED.fullmatch(clean_name(plain))
    if match and match[2] in POST_TITLES:
        return _checked(text, {"who": match[1].strip(), "as": match[2]}, [match[1].strip()])
    match = _TITLED.fullmatch(plain)
    if match and clean_name(match[1]) in POST_TITLES and looks_like_name(match[2]):
        name = clean_name(match[2])
        return _checked(text, {"who": name, "as": clean_name(match[1])}, [name])
    return _checked(text, person_name(plain), [person_name(plain)])


def _checked(text: str, value: Any, names: list[str]) -> Parsed:
    if any(map(unreadable_name, names)):
        return None, f"“{brief(text)}”读不出姓名；姓名之间请用顿号分开，括号要成对。"
    return value, ""


def looks_like_name(text: str) -> bool:
    """Whether the text has the shape of a name: two to four Han characters, or parts with a dot between."""
    name = clean_name(text)
    return "·" in name or (is_han(name) and 2 <= len(name) <= 4)


def format_person(value: Any, name_of: Callable[[str], str]) -> str:
    """The text of a PERSON value."""
    if isinstance(value, str):
        return name_of(value)
    name = name_of(value["who"])
    if value["as"] in POST_TITLES:
        return f"{name}（{value['as']}）"
    return f"{value['as']} {name}"


def parse_people(text: str) -> Parsed:
    """Several persons, or 全体, or 其余全体."""
    plain, count = without_count(round_brackets(clean(without_numbers(text))))
    if clean_name(plain) in NOTHING:
        return None, ""
    if word := everybody(plain):
        return word, ""
    if _NUMBER.fullmatch(plain):
        return None, f"“{brief(text)}”不是姓名；请填写姓名并用顿号分开，人数填在人数栏。"
    found = [name for piece in pieces(plain) for name in _people_in(piece)]
    wrong = next((f"“{brief(name)}”{why}" for name in found if (why := _no_attendee(name))), "")
    if not wrong and (why := miscounted(count, len(found))):
        wrong = f"“{brief(text)}”{why}"
    return (None, wrong) if wrong else _checked(text, found or None, found)


def _no_attendee(name: str) -> str:
    """Why something that stands among names speaks of nobody, or not of one person who was there."""
    if "全体" in name or everybody(name):
        return "既有姓名又有“全体”；请逐一写姓名，或只写“全体”“其余全体”。"
    if ET_AL.fullmatch(name):
        return "没有写全；请逐一写姓名，或只在人数栏写人数。"
    if _AWAY.search(name):
        return "看不出是到会还是缺席；缺席的请写在“缺席人员及原因”。"
    if _OBSERVER.search(name):
        return "是列席的；列席的请写在“列席人员”。"
    return no_person(name)


ET_AL = re.compile(
    r"(?P<names>.*?)等(?:共|计)?(?:(?P<count>\d{1,4})\s*[人名位]?(?:党员|同志)?|人|人员|同志|党员)?",
    re.DOTALL,
)
"""王五等12人: not all are named."""
_AWAY = re.compile("（[^（）]*(?:假|缺席|未到|未参加|公差|出差|补学|补课)[^（）]*）")
_OBSERVER = re.compile("（列席）")


def round_brackets(text: str) -> str:
    """The text with square and other brackets as round ones: 张三[公差] is 张三(公差).

    Those around the year of a document's number (〔2026〕5号) say nothing of a person and stay.
    """
    if not _ODD_BRACKET.search(text):
        return text
    parts = _YEAR_BRACKET.split(text)
    return "".join(part if n % 2 else part.translate(_OTHER_BRACKETS) for n, part in enumerate(parts))


_YEAR_BRACKET = re.compile(r"([\[【〔{](?:19|20)[0-9]{2}[\]】〕}])")
_ODD_BRACKET = re.compile(r"[\[【〔{]")
_OTHER_BRACKETS = str.maketrans("[【〔{]】〕}", "(((())))")


def _people_in(piece: str) -> Iterator[str]:
    """The names in a piece without separators, where blanks may stand between or inside names."""
    words = piece.split()
    if len(words) == 1 or has_title(words):
        yield person_name(piece)
        return
    single: list[str] = []
    for word in words:
        if len(word) == 1:
            single.append(word)
            continue
        if len(single) > 1:
            yield "".join(single)
            single = []
        # 丙 三川: one character alone is no name, but the surname of what follows
        yield "".join(single) + clean_name(word)
        single = []
    if single:
        yield "".join(single)


_TITLE_END = re.compile(r".*(?:书记|委员|主任|主席|局长|处长|科长|部长|组长|院长|校长|所长|厅长|干部|专员)")


def has_title(words: list[str]) -> bool:
    """Whether the words before the last are posts, so that all of them speak of one person."""
    return all(_TITLE_END.fullmatch(word) for word in words[:-1])


def format_people(value: Any, name_of: Callable[[str], str]) -> str:
    """The text of a PEOPLE value."""
    return value if isinstance(value, str) else "、".join(map(name_of, value))


def parse_names(text: str) -> Parsed:
    """Names of anybody (observers, tellers): split, tidied, otherwise as written."""
    plain = drop_invisible(text)
    if clean_name(plain) in NOTHING:
        return None, ""
    if not balanced(plain):
        return None, f"“{brief(text)}”括号不成对；姓名之间请用顿号分开。"
    return [_free_name(piece) for piece in pieces(plain)] or None, ""


def _free_name(piece: str) -> str:
    words = piece.split()
    return one_line(piece) if any(len(word) > 1 for word in words) else clean_name(piece)
