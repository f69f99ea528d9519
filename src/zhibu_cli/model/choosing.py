"""People as they are chosen at a terminal: by name, first letters (zs), place in the list; ``-`` all but.

The functions give the text that the field would hold, or a sentence that says what is wrong. Nobody is
guessed: letters that fit two people are a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.absences import may_be_a_person
from zhibu_cli.model.names import POST_TITLES, everybody, has_title
from zhibu_cli.model.pieces import SEPARATORS, pieces
from zhibu_cli.pinyin import starts_with
from zhibu_cli.text import brief, clean, clean_name, is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MINUS = re.compile(r"(?:全体)?\s*(?:[-－—–]|除了?)\s*")  # noqa: RUF001 - the dashes people type
_ALL = frozenset({"全", "全到", "全到了", "都到", "都到了"})
_HEADS = re.compile(r"(\d{1,5})\s*[人名位]")
_NUMBER = re.compile(r"[Mm]\d+")
_TOKEN = re.compile(
    rf"([^\s{SEPARATORS}（）()=＝:：]+)"
    rf"(?:\s*[（(]([^（）()]*)[）)]|\s*[=＝:：]\s*([^\s{SEPARATORS}]+))?"
)
_EXCUSED = re.compile(r"(?:经支部同意)?暂不参加[；;，,、：:]*")
_MOST = 8
"""So many names stand in a complaint."""


class Person(NamedTuple):
    """Somebody of the list."""

    number: str
    """Number of the roster, ``M3``."""
    name: str
    """As shown; of two people of one name with what tells them apart, where that is known."""


class Missing(NamedTuple):
    """Somebody who was not there."""

    who: str
    reason: str = ""


Chosen = tuple[str, str]
"""The text for the field and an empty string, or an empty text and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The list shown to the user; places are counted from 1."""

    listed: tuple[Person, ...] = ()
    near: tuple[str, ...] = ()
    """Numbers of the group whose sitting it is: letters mean somebody of it before anybody else."""

    def text_of(self, person: Person) -> str:
        """What stands for the person in a field: the name, or the number where the name alone will not do."""
        return person.name if self._plain(person) else person.number

    def shown(self, person: Person) -> str:
        """How the person is called in a list: with the number where another bears the name."""
        twin = not self._plain(person) and "（" not in person.name
        return f"{person.name} {person.number}" if twin else person.name

    def _plain(self, person: Person) -> bool:
        """Whether nobody else bears the name, and nothing in brackets tells it from another's."""
        return "（" not in person.name and [one.name for one in self.listed].count(person.name) == 1

    def name_of(self, ref: str) -> str:
        """The name behind what stands in a field."""
        return next((self.shown(person) for person in self.listed if person.number == ref), ref)

    def texts_of(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """The same for several, by their numbers, in the order of the list."""
        wanted = {*numbers}
        return tuple(self.text_of(person) for person in self.listed if person.number in wanted)

    def lines(self, numbers: Iterable[str] | None = None) -> str:
        """``1 张三　2 李四``: all of them, or those of these numbers, by their places."""
        wanted = None if numbers is None else {*numbers}
        shown = (
            f"{place} {self.shown(person)}"
            for place, person in enumerate(self.listed, 1)
            if wanted is None or person.number in wanted
        )
        return "　".join(shown)

    def knows(self, word: str) -> bool:
        """Whether a word can only mean somebody of the list: a place, a number, letters, a name."""
        plain = clean(word).lstrip("-")
        return plain.isdecimal() or _in_letters(plain) or any(plain == one.name for one in self.listed)

    def strangers(self, text: str) -> list[str]:
        """Names in the text of a field that nobody of the list bears, where there is a list."""
        known = {word for person in self.listed for word in person}
        words = [_bare_name(piece.partition("（")[0]) for piece in pieces(text)]
        return [word for word in words if known and word not in known and not everybody(word)]

    def one(self, word: str) -> Chosen:
        """The person a word means; a name that is not in the list stays as it was typed."""
        plain = clean(word).lstrip("-")
        named = [person for person in self.listed if clean_name(plain) == person.name]
        if len(named) == 1 or _NUMBER.fullmatch(plain):
            return (self.text_of(named[0]) if named else plain.upper()), ""
        if plain.isdecimal():
            return self._at(int(plain))
        if plain.isascii() and plain.isalnum() and not plain.isalpha():
            return "", f"没有看懂“{brief(plain)}”；请写姓名、拼音首字母或序号。"
        if not _in_letters(plain):
            return word.strip(), ""
        fitting = [person for person in self.listed if starts_with(person.name, plain)]
        whole = [person for person in fitting if len(_letters_of(person.name)) == len(plain)]
        fitting = whole or fitting
        near = [person for person in fitting if person.number in self.near]
        return self._only(plain, near or fitting)

    def _at(self, place: int) -> Chosen:
        if 1 <= place <= len(self.listed):
            return self.text_of(self.listed[place - 1]), ""
        return "", f"名册里没有 {place} 号；序号到 {len(self.listed)} 为止，也可以写姓名。"

    def _only(self, letters: str, fitting: Sequence[Person]) -> Chosen:
        if len(fitting) == 1:
            return self.text_of(fitting[0]), ""
        if not fitting:
            return "", f"名册里没有人的拼音首字母是 {letters}；请写姓名或序号。"
        shown = self.lines(person.number for person in fitting[:_MOST])
        return "", f"{letters} 有{len(fitting)}人：{shown}；请写序号。"


def _bare_name(text: str) -> str:
    """The name without the post before it: 书记 张三, 张 三."""
    parts = text.split()
    return "".join(parts) if all(len(part) == 1 for part in parts) else parts[-1]


def _letters_of(name: str) -> str:
    return "".join(filter(str.isalnum, name.partition("（")[0]))


def _in_letters(word: str) -> bool:
    return word.isascii() and word.lstrip("-").isalpha()


def choose_person(text: str, people: People) -> Chosen:
    """One person, perhaps with a post: 书记 张三."""
    words = text.split()
    if len(words) > 1 and not any(map(people.knows, words)):
        return text, ""
    if len(words) > 1 and not has_title(words):
        return "", "这里只写一个人。"
    chosen, problem = people.one(words[-1] if words else "")
    return " ".join([*words[:-1], chosen]) if chosen else "", problem


def choose_people(text: str, people: People) -> Chosen:
    """Several people, 全体, or everybody of the list but some."""
    if word := _everybody(text):
        return word, ""
    but = _MINUS.match(clean(text))
    chosen: list[str] = []
    for word in _words(clean(text)[but.end() :] if but else text):
        one, problem = people.one(word)
        if problem:
            return "", problem
        chosen.append(one)
    if not but:
        return "、".join(dict.fromkeys(chosen)), ""
    every = [people.text_of(person) for person in people.listed]
    strange = [one for one in chosen if one not in every]
    if strange or not chosen:
        return "", f"名册里没有“{brief(strange[0])}”。" if strange else "“-”后面请写除了谁。"
    return "、".join(one for one in every if one not in chosen), ""


def _everybody(text: str) -> str:
    return "全体" if clean_name(text) in _ALL else everybody(text)


def _words(text: str) -> Iterator[str]:
    """One word for each person; 张 三 is one, 书记 张三 too."""
    for piece in pieces(text):
        words = piece.split()
        if has_title(words):
            yield piece
            continue
        apart = ""
        for word in words:
            if len(word) == 1 and is_han(word):
                apart += word
                continue
            # 丙 三川: one character alone is no name, but the surname of what follows
            yield from [apart] if len(apart) > 1 else []
            yield (apart if len(apart) == 1 else "") + word
            apart = ""
        yield from [apart] if apart else []


def choose_attendance(text: str, people: People, due: Sequence[str]) -> tuple[dict[str, str], str]:
    """Who came, as values of the fields, or what is wrong.

    全 · everybody but (``-4 病假 2=公差``) · names · a mere number (13人). ``due`` are the numbers of
    those expected: who is expected and not among the names was missing.
    """
    if _everybody(text):
        return {"attendees": "全体"}, ""
    if heads := _HEADS.fullmatch(clean(text)):
        return {"present": heads[1]}, ""
    if but := _MINUS.match(clean(text)):
        away, problem = choose_missing(clean(text)[but.end() :], people)
        if problem or not away:
            return {}, problem or "“-”后面请写谁没有到。"
        return {"attendees": "其余全体", **absent_values(away)}, ""
    came, problem = choose_people(text, people)
    if any(_says_why(match, people) for match in _TOKEN.finditer(text)) or not (came or problem):
        problem = "这里写到会的人，不带原因；除了谁都到了请以 - 开头，如 -张三 病假。"
    if problem:
        return {}, problem
    there = came.split("、")
    away = [Missing(one) for one in people.texts_of(due) if one not in there]
    return {"attendees": came, **absent_values(away)}, ""


def choose_missing(text: str, people: People) -> tuple[list[Missing], str]:
    """People and why they were not there: ``zs 病假、4=公差、李四（会前请假；病假）``."""
    found: list[Missing] = []
    for match in _TOKEN.finditer(text):
        word, reason = match[1], (match[2] or match[3] or "").strip()
        if found and not reason and not people.knows(word) and _is_reason(word):
            last = found.pop()
            found.append(Missing(last.who, "；".join(filter(None, (last.reason, word)))))
            continue
        who, problem = people.one(word)
        if problem:
            return [], problem
        found.append(Missing(who, reason))
    return found, ""


def _says_why(match: re.Match[str], people: People) -> bool:
    """Whether a word of a list of names carries a reason, or is one."""
    if match[3] or (match[2] and match[2] not in POST_TITLES):
        return True
    titled = match[1] in POST_TITLES or has_title([match[1], ""])
    return not (people.knows(match[1]) or titled) and _is_reason(match[1])


def _is_reason(word: str) -> bool:
    return bool(_EXCUSED.fullmatch(word)) or not may_be_a_person(clean_name(word))


def choose_reasons(text: str, away: Sequence[Missing], people: People) -> tuple[list[Missing], str]:
    """The same people with the reasons that were told; a bare reason is that of the only one."""
    words = text.split()
    if len(away) == 1 and words and not people.knows(_TOKEN.sub(r"\1", words[0])):
        return [Missing(away[0].who, text.strip())], ""
    told, problem = choose_missing(text, people)
    if problem:
        return [], problem
    names = {one.who for one in away}
    if strange := next((one.who for one in told if one.who not in names), ""):
        return [], f"“{brief(strange)}”不在没有到的人里；请写成 {away[0].who} 病假。"
    reasons = {one.who: one.reason for one in told}
    return [Missing(one.who, reasons.get(one.who) or one.reason) for one in away], ""


def absent_values(away: Sequence[Missing]) -> dict[str, str]:
    """The fields 缺席 and 经支部同意暂不参加 for these people; a field without anybody is left out."""
    excused = [one for one in away if _EXCUSED.match(one.reason)]
    rest = [Missing(one.who, _EXCUSED.sub("", one.reason, count=1)) for one in excused]
    values = {
        "absentees": written(one for one in away if one not in excused),
        "excused": written(rest),
    }
    return {name: text for name, text in values.items() if text}


def written(away: Iterable[Missing]) -> str:
    """张三（病假）、李四."""
    return "、".join(f"{one.who}（{one.reason}）" if one.reason else one.who for one in away)
