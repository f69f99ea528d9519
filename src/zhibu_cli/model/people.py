"""Join the names of a payload to the roster: 张三 becomes M3, 第一党小组 becomes G1.

A name nobody bears stays as it was written: it is a claim, and a check speaks of it. A name that two
members bear cannot be attached to either and is a problem. A member entered twice is read under
the one number that stays (``redirect``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.beside_name import bare_name
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.groups import find_group, group_key
from zhibu_cli.model.names import POST_TITLES, has_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.beside_name import Bare
    from zhibu_cli.model.declare import Field, Register
    from zhibu_cli.model.roster import Member, Roster

Wrong = list[tuple[str, str]]
"""Name of a field and what is wrong with its value."""

Choose = Callable[[str, str, "Sequence[Member]"], str]
"""Of several members of one name, the number of the one who is meant in a field, or an empty string."""


def joined_fields(register: Register) -> tuple[Field, ...]:
    """The fields of a register whose values name people or groups."""
    return tuple(one for one in register.fields if one.type in _JOINED)


def resolve(
    payload: Mapping[str, Any],
    register: Register,
    roster: Roster,
    choose: Choose | None = None,
    fields: Sequence[Field] | None = None,
) -> tuple[dict[str, Any], Wrong]:
    """The payload with numbers in place of known names, children included, and all problems.

    Of two members of one name the one in the record's own group is meant, else the one whom a bracket
    tells apart (张三（一组）, 张三（女）), else the one whom ``choose`` names; nobody is guessed.
    ``fields`` are the register's ``joined_fields``, for who has many rows of it.
    """
    joiner = _Joiner(roster=roster, payload=payload, choose=choose, register=register)
    joined = dict(payload)
    for one in joined_fields(register) if fields is None else fields:
        if one.name in payload:
            joined[one.name] = joiner.join(one, payload[one.name])
    joiner.keep_what_was_said(joined)
    for child in register.children:
        rows = payload.get(child.name)
        if rows:
            found = [resolve(row, child, roster, choose) for row in rows]
            joined[child.name] = [row for row, _wrong in found]
            joiner.wrong += [trouble for _row, wrong in found for trouble in wrong]
    return joined, joiner.wrong


_JOINED = frozenset({FieldType.PERSON, FieldType.PEOPLE, FieldType.ABSENCES, FieldType.GROUP})
_BRACKETED = re.compile(r"([^（）]+)（([^（）]+)）")
_NUMBERED = re.compile(r"(.+?)([0-9A-Za-z])")
_REASONS = re.compile(r"[；;，,、\s]+")
_SEXES = {"男": "male", "女": "female"}
_SEX_WORDS = {code: word for word, code in _SEXES.items()}


def _group_of(payload: Mapping[str, Any], roster: Roster) -> frozenset[str]:
    """Numbers of the members of the group whose meeting the record is."""
    group, day = payload.get("group"), payload.get("date")
    if not (isinstance(group, str) and isinstance(day, str)):
        return frozenset()
    wanted, on = find_group(group, roster), date.fromisoformat(day)
    members = ((member.id, member.group_on(on)) for member in roster.members_on(on))
    return frozenset(number for number, own in members if own and find_group(own, roster) == wanted)


@dataclass(slots=True, kw_only=True)
class _Joiner:
    """Joins the names of one payload."""

    roster: Roster
    payload: Mapping[str, Any]
    choose: Choose | None
    register: Register
    wrong: Wrong = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    """chair, recorder, lecturer -> who is said to be it beside a name on a list."""
    said: list[str] = field(default_factory=list)
    """What else is said beside names, in words: 出席人员：李四（线上）."""

    def _has(self, name: str) -> bool:
        """Whether the payload's register has a field of that name."""
        return any(one.name == name for one in self.register.fields)

    def join(self, one: Field, value: Any) -> Any:
        """The value of a field with numbers in place of names."""
        if one.type is FieldType.GROUP:
            return find_group(value, self.roster)
        if one.type is FieldType.PERSON:
            return self._person(one, value)
        if one.type is FieldType.PEOPLE:
            return value if isinstance(value, str) else [self._of_several(one, name) for name in value]
        return [self._absence(one, row) for row in value]

    def keep_what_was_said(self, joined: dict[str, Any]) -> None:
        """Who is called 主持 on a list is the chair where no other is named; the rest goes into 备注."""
        for name, ref in self.roles.items():
            joined.setdefault(name, ref)
        if self.said:
            joined["note"] = "\n".join(filter(None, [joined.get("note", ""), *self.said]))

    def _absence(self, one: Field, row: Mapping[str, Any]) -> dict[str, Any]:
        """With a number for the name; of 张三（二组；病假） only 病假 is a reason."""
        who, words = row["who"], _REASONS.split(row.get("reason", ""))
        for word in words:
            told = [member for member in self.roster.named(who) if word and self._fits(member, word)]
            if len(told) == 1:
                rest = re.sub(
                    rf"(?:^|[；;，,、\s]+){re.escape(word)}(?=$|[；;，,、\s])", "", row["reason"], count=1
                )
                reason = rest.strip("；;，,、 ")
                kept = {name: value for name, value in row.items() if name != "reason"}
                return {**kept, "who": told[0].id} | ({"reason": reason} if reason else {})
        ref = self._of_several(one, who)
        longer = next((who + sign for sign in "均都皆" if self.roster.named(who + sign)), "")
        if ref == who and not self.roster.named(who) and longer:
            message = f"看不出是“{who}”还是“{longer}”；请逐一写成“张三（病假）、李四（公差）”。"
            self.wrong.append((one.name, message))
        return {**row, "who": ref}

    def _person(self, one: Field, value: Any) -> Any:
        if not isinstance(value, str):
            return {**value, "who": self._ref(one, value["who"])}
        ref = self._ref(one, value)
        if ref != value or self.roster.named(value) or value in self.roster.by_id:
            return ref
        post, name = _titled(value, self.roster)
        if name:
            return {"who": self._ref(one, name), "as": post}
        found = bare_name(value, self._known)
        if found is None or not self._keepable(found.said):
            return value
        ref = self._keep(one, value, found)
        return {"who": ref, "as": found.post} if found.post else ref

    def _known(self, name: str) -> bool:
        return bool(self._named(name)) or name in self.roster.by_id

    def _keepable(self, said: Sequence[str]) -> bool:
        return not said or self._has("note")

    def _keep(self, one: Field, written: str, found: Bare) -> str:
        """The reference of a bare name, what was said beside it noted down."""
        ref = self._ref(one, found.name)
        said = list(found.said)
        for role in found.roles:
            if role == one.name:
                continue
            there = self.payload.get(role, self.roles.get(role))
            if self._has(role) and there is None:
                self.roles[role] = ref
            elif there is None or ref not in (self._plain_ref(there), there):
                said.append(role)
        if said and self._has("note"):
            self.said.append(f"{one.label}：{written}")
        return ref

    def _plain_ref(self, value: Any) -> str:
        """The number of a person who is named in another field."""
        name = value if isinstance(value, str) else value["who"]
        found = bare_name(name, self._known)
        same = self._named(_titled(name, self.roster)[1] or (found.name if found else name))
        return same[0].id if len(same) == 1 else name

    def _of_several(self, one: Field, name: str) -> str:
        """A reference in a list, which has no room for a post: a title before a known name is left out."""
        ref = self._ref(one, name)
        if ref != name or self.roster.named(name):
            return ref
        post, bare = _titled(name, self.roster)
        if bare and (post in POST_TITLES or has_title([*post.split(), bare])):
            return self._ref(one, bare)
        several = re.split("[·/／]", name)
        if len(several) > 1 and all(map(self.roster.named, several)):
            why = f"“{name}”看来是{len(several)}个人（{'、'.join(several)}）；是的请用顿号分开。"
            self.wrong.append((one.name, why))
        found = bare_name(name, self._known)
        return self._keep(one, name, found) if found and self._keepable(found.said) else ref

    def _ref(self, one: Field, name: str) -> str:
        if name in self.roster.by_id:
            return self.roster.by_id[name].id
        same = self._named(name)
        if len(same) == 1:
            return same[0].id
        group = _group_of(self.payload, self.roster) if same else frozenset()
        own = [member for member in same if member.id in group]
        if len(own) == 1:
            return own[0].id
        chosen = self.choose(one.name, name, same) if same and self.choose else ""
        if same and not chosen:
            numbers = "、".join(member.id for member in same)
            how = f"请写编号，如 {same[0].id}{_told_apart(same, self.roster)}"
            self.wrong.append((one.name, f"“{name}”有{len(same)}人同名（{numbers}），不能确定是谁；{how}。"))
        return chosen or name

    def _named(self, name: str) -> Sequence[Member]:
        """Everybody who may be meant by the name."""
        same = self.roster.named(name) or self.roster.named(name.replace(" ", ""))
        if renamed := self.roster.formerly(name):
            return self._there((*same, *renamed)) or (*same, *renamed)
        if same:
            return same
        if match := _BRACKETED.fullmatch(name):
            twins = self.roster.named(match[1])
            fitting = [member for member in twins if self._fits(member, match[2])]
            return fitting or (twins if len(twins) > 1 else ())
        match = _NUMBERED.fullmatch(name)
        twins = self.roster.named(match[1]) if match else ()
        marked = [member for member in twins if match and member.mark == match[2]]
        return marked or (twins if len(twins) > 1 else ())

    def _there(self, members: Sequence[Member]) -> Sequence[Member]:
        """Those who were in the branch on the day of the record; everybody where it has none."""
        day = self.payload.get("date")
        if not isinstance(day, str):
            return members
        return [member for member in members if member.in_branch(date.fromisoformat(day))]

    def _fits(self, member: Member, word: str) -> bool:
        """Whether the word in brackets tells the member from others of the name: group, sex, mark, number."""
        if word in (member.id, *_SEXES):
            return word == member.id or member.sex == _SEXES.get(word)
        if not member.group or word == member.mark:
            return bool(member.mark) and word == member.mark
        name = self.roster.group_name(find_group(member.group, self.roster))
        return word == name or ("组" in word and group_key(word) == group_key(name))


def _told_apart(same: Sequence[Member], roster: Roster) -> str:
    """How else to write the first of several, where their groups or sexes differ."""
    written = _written_apart(same[0], same, roster)
    return f"，或写成 {written}" if written else ""


def written(member: Member, roster: Roster) -> str:
    """The member as a record may name him: by name, 王伟（第一党小组）, else by number."""
    same = roster.named(member.name)
    return member.name if len(same) == 1 else _written_apart(member, same, roster) or member.id


def apart(members: Iterable[Member], roster: Roster) -> dict[str, str]:
    """The names of people who stand in one list, by number: namesakes with group or sex, else number."""
    there = {member.id: member for member in members}
    shown = {}
    for member in there.values():
        same = [one for one in there.values() if one.name == member.name]
        told = _written_apart(member, same, roster) if len(same) > 1 else member.name
        shown[member.id] = told or f"{member.name}（{member.id}）"
    return shown


def _written_apart(member: Member, same: Sequence[Member], roster: Roster) -> str:
    groups = [roster.group_name(member.group) for member in same]
    for words in (groups, [_SEX_WORDS.get(member.sex, "") for member in same]):
        if all(words) and len({*words}) == len(words):
            return f"{member.plain_name}（{words[same.index(member)]}）"
    return ""


def redirect(payload: Mapping[str, Any], register: Register, same: Mapping[str, str]) -> dict[str, Any]:
    """The payload with the numbers of members replaced as ``same`` says, nobody twice in one list."""
    changed = dict(payload)
    for one in joined_fields(register):
        if one.name in payload:
            changed[one.name] = _replaced(payload[one.name], same)
    for child in register.children:
        if rows := payload.get(child.name):
            changed[child.name] = [redirect(row, child, same) for row in rows]
    return changed


def _replaced(value: Any, same: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return same.get(value, value)
    if isinstance(value, dict):
        return {**value, "who": same.get(value["who"], value["who"])}
    once: dict[str, Any] = {}
    for one in value:
        new = _replaced(one, same)
        once.setdefault(new if isinstance(new, str) else new["who"], new)
    return [*once.values()]


def _titled(text: str, roster: Roster) -> tuple[str, str]:
    """The post and the known member in 党组书记 张三, 书记张三 or 张三（书记）; empty where it is no such."""
    post, blank, name = text.rpartition(" ")
    if blank and roster.named(name):
        return post, name
    for title in POST_TITLES:
        if text.startswith(title) and roster.named(text.removeprefix(title)):
            return title, text.removeprefix(title)
        if text.endswith(f"（{title}）") and roster.named(text.removesuffix(f"（{title}）")):
            return title, text.removesuffix(f"（{title}）")
    return "", ""
