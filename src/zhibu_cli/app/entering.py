"""What entry at a terminal needs to know: who may be meant, and what the last record proposes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.people_on_file import roster_of
from zhibu_cli.app.taking import take
from zhibu_cli.app.wording import full_day
from zhibu_cli.errors import ClassifiedError, InputError, LedgerBusyError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.choosing import People, Person
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.groups import groups_on
from zhibu_cli.model.sitting import read_ref
from zhibu_cli.model.values import format_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.taking import Given
    from zhibu_cli.model.declare import Catalogue, Field, Register
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.roster import Member, Roster
    from zhibu_cli.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The branch as it stood on the day of a record that is being entered."""

    people: People
    """Members of that day, and known people who take part without their 组织关系 here."""
    group: str
    """Name of the group whose sitting it is; empty where it is the whole branch's."""
    groups: tuple[str, ...]
    usual: Mapping[str, str]
    """Field name -> what the last record of the kind says there."""
    last: str
    """That record, ``S12　2026年2月5日（星期四）``; empty where there is none."""


def setting(
    path: Path,
    register: Register,
    kinds: Sequence[str],
    day: date,
    *,
    group: str = "",
    catalogue: Catalogue = CATALOGUE,
) -> Setting:
    """The setting for a record of these kinds; of a group's meeting the same group's last one counts."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        roster = roster_of(store)
        wanted = roster.group_ref(group)
        last = _last(store, register, kinds, day, lambda entry: not group or _group(entry, roster) == wanted)
    people = _people(roster, day, group)
    usual = _usual(last, register, people) if last else {}
    return Setting(
        people=people,
        group=roster.group_name(group),
        groups=groups_on(roster, day),
        usual=usual,
        last=f"{last.id}　{full_day(last.day)}" if last and last.day and usual else "",
    )


def people_of(path: Path, id_: str, today: date, *, catalogue: Catalogue = CATALOGUE) -> People:
    """Who may be meant in a correction of an entry: the people of its day, of today where it has none.

    Raises:
        NotFoundError: there is no such entry.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        entry, roster = store.entry(id_), roster_of(store)
    return _people(roster, entry.day or today, entry.payload.get("group", ""))


def must_be_writable(path: Path) -> None:
    """Refuse before the first question what could not be written after the last.

    Raises:
        LedgerBusyError: the ledger is read-only, or its folder, where SQLite keeps its journal.
    """
    for place in (path, path.absolute().parent):
        if place.exists() and not os.access(place, os.W_OK):
            raise LedgerBusyError(
                f"{place} 是只读的，记了也写不进去。", hint="请先改好权限，或把台账移到能写入的文件夹。"
            )


def _people(roster: Roster, day: date, group: str) -> People:
    there = [member for member in roster.members if _takes_part(member, day)]
    near = roster.group_members_on(group, day) if group else ()
    return People(
        listed=tuple(Person(member.id, member.name) for member in there),
        near=tuple(member.id for member in near),
    )


def _takes_part(member: Member, day: date) -> bool:
    gone = member.left is not None and day >= member.left
    return member.in_branch(day) or (bool(member.home) and not gone)


def _last(
    store: Store, register: Register, kinds: Sequence[str], day: date, own: Callable[[Entry], bool]
) -> Entry | None:
    same = [
        entry
        for entry in store.of_register(register.name)
        if entry.day and entry.day <= day and {*kinds} & {*entry.kinds} and own(entry)
    ]
    return max(same, key=lambda entry: (entry.day, entry.entered_at), default=None)


def _group(entry: Entry, roster: Roster) -> str:
    """The group of a sitting; named before it had a row of its own, it is the same group."""
    return roster.group_ref(entry.payload.get("group", ""))


def _usual(last: Entry, register: Register, people: People) -> dict[str, str]:
    texts = {field.name: _proposed(field, last.payload.get(field.name), people) for field in register.fields}
    return {name: text for name, text in texts.items() if text}


def _proposed(field: Field, value: Any, people: People) -> str:
    """The value as it would be typed; somebody who is no longer there is not proposed."""
    if not field.usual or value is None:
        return ""
    if field.type is FieldType.PERSON:
        return next(iter(people.texts_of([read_ref(value)])), "")
    return format_value(field, value)


def complaint(
    path: Path,
    register: Register,
    values: Mapping[str, Given],
    actor: Actor,
    *,
    catalogue: Catalogue = CATALOGUE,
) -> str:
    """Why the values given so far cannot be recorded, one sentence; empty where they can."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        roster: Roster = roster_of(store)
    try:
        take(values, register, catalogue=catalogue, roster=roster, today=actor.today, partial=True)
    except (InputError, ClassifiedError) as error:
        return error.message
    return ""
