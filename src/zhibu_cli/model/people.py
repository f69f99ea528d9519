"""Join the names of a payload to the roster: 张三 becomes M3, 第一党小组 becomes G1.

A name nobody bears stays as it was written: it is a claim, and a check speaks of it. A name that two
members bear cannot be attached to either and is a problem. A member entered twice is read under
the one number that stays (``redirect``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.names import POST_TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Field, Register
    from zhibu_cli.model.roster import Roster

Wrong = list[tuple[str, str]]
"""Name of a field and what is wrong with its value."""


def resolve(payload: Mapping[str, Any], register: Register, roster: Roster) -> tuple[dict[str, Any], Wrong]:
    """The payload with numbers in place of known names, children included, and all problems."""
    wrong: Wrong = []
    joined = dict(payload)
    for field in register.fields:
        if field.type in _JOINED and field.name in payload:
            joined[field.name] = _join(field, payload[field.name], roster, wrong)
    for child in register.children:
        rows = payload.get(child.name)
        if rows:
            joined[child.name] = [_child(row, child, roster, wrong) for row in rows]
    return joined, wrong


_JOINED = frozenset({FieldType.PERSON, FieldType.PEOPLE, FieldType.ABSENCES, FieldType.GROUP})


def _child(row: Mapping[str, Any], register: Register, roster: Roster, wrong: Wrong) -> dict[str, Any]:
    joined, found = resolve(row, register, roster)
    wrong += found
    return joined


def _join(field: Field, value: Any, roster: Roster, wrong: Wrong) -> Any:
    if field.type is FieldType.GROUP:
        return roster.group_ref(value)
    if field.type is FieldType.PERSON:
        return _person(field, value, roster, wrong)
    if field.type is FieldType.PEOPLE:
        return value if isinstance(value, str) else [_of_several(field, n, roster, wrong) for n in value]
    return [{**row, "who": _of_several(field, row["who"], roster, wrong)} for row in value]


def _person(field: Field, value: Any, roster: Roster, wrong: Wrong) -> Any:
    if not isinstance(value, str):
        return {**value, "who": _ref(field, value["who"], roster, wrong)}
    ref = _ref(field, value, roster, wrong)
    if ref != value or roster.named(value) or value in roster.by_id:
        return ref
    post, name = _titled(value, roster)
    return {"who": _ref(field, name, roster, wrong), "as": post} if name else value


def _of_several(field: Field, name: str, roster: Roster, wrong: Wrong) -> str:
    """A reference in a list, which has no room for a post; a post of the branch may be left out there."""
    ref = _ref(field, name, roster, wrong)
    if ref != name or roster.named(name):
        return ref
    post, bare = _titled(name, roster)
    return _ref(field, bare, roster, wrong) if bare and post in POST_TITLES else ref


def _ref(field: Field, name: str, roster: Roster, wrong: Wrong) -> str:
    if name in roster.by_id:
        return roster.by_id[name].id
    same = roster.named(name) or roster.named(name.replace(" ", ""))
    if len(same) > 1:
        numbers = "、".join(member.id for member in same)
        message = f"“{name}”有{len(same)}人同名（{numbers}），不能确定是谁；请写编号，如 {same[0].id}。"
        wrong.append((field.name, message))
        return name
    return same[0].id if same else name


def redirect(payload: Mapping[str, Any], register: Register, same: Mapping[str, str]) -> dict[str, Any]:
    """The payload with the numbers of members replaced as ``same`` says, nobody twice in one list."""
    changed = dict(payload)
    for field in register.fields:
        if field.type in _JOINED and field.name in payload:
            changed[field.name] = _replaced(payload[field.name], same)
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
