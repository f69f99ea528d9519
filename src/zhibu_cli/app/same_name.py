"""Two of one name told apart, and one who was entered twice.

Neither guesses: records stay attached to the number they were attached to, and are listed, so that
whoever knows better amends them one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.app.people_on_file import find_row, names_of, roster_of
from zhibu_cli.app.recording import entries_naming, must_say_why
from zhibu_cli.app.wording import FieldChange, changes
from zhibu_cli.errors import InputError, NotFoundError
from zhibu_cli.model.beside_sheets import SAME_PERSON
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.roster import marked_name
from zhibu_cli.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.store.store import Store

_BETWEEN = frozenset("（）()、，,；;：:=＝/ \n")
"""Signs that stand around or between names and so cannot be part of one."""
SPLIT_REASON = "与同名党员区分"


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """One of several members of one name."""

    id: str
    name: str
    mark: str
    """What tells this one from the others; empty: nothing yet."""
    named_in: tuple[str, ...]
    """Numbers of the records that name this one."""

    @property
    def shown(self) -> str:
        """``张三（女）``."""
        return marked_name(self.name, self.mark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Members of one name, and the records that give the name without saying who."""

    twins: tuple[Twin, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A member entered twice."""

    kept: Entry
    dropped: Entry
    named_in: tuple[str, ...]
    """Numbers of the records that name the row that is withdrawn."""
    both: tuple[str, ...]
    """Those among them that name the other as well: two in them become one."""
    fields: tuple[FieldChange, ...]
    """Where the rows differ: ``old`` is what the row that stays says, ``new`` what the other says."""


def twins(path: Path, ref: str, *, catalogue: Catalogue = CATALOGUE) -> Split:
    """Everybody of the name meant by a name or number; told apart by their groups where these differ.

    Raises:
        NotFoundError: nobody is called so.
        InputError: only one is.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return _twins(store, ref, catalogue)


def split(
    path: Path,
    ref: str,
    marks: Mapping[str, str],
    actor: Actor,
    *,
    reason: str = SPLIT_REASON,
    catalogue: Catalogue = CATALOGUE,
) -> Split:
    """Write what tells members of one name apart: ``marks`` by number; who is left out keeps the own.

    Raises:
        NotFoundError, InputError: as ``twins``; a number is none of theirs, two would look alike.
        ClassifiedError: a text bears a classification mark.
    """
    from zhibu_cli.store.opening import open_store

    refuse_classified(dict(marks))
    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        found = _twins(store, ref, catalogue)
        told = {twin.id: twin.mark for twin in found.twins} | {
            number: clean_name(mark) for number, mark in marks.items()
        }
        _refuse_alike(told, found)
        for twin in found.twins:
            payload = {**store.entry(twin.id).payload, "mark": told[twin.id]}
            if payload != store.entry(twin.id).payload:
                store.amend(twin.id, payload, now=actor.now, who=actor.who, reason=reason)
        return _twins(store, ref, catalogue)


def _twins(store: Store, ref: str, catalogue: Catalogue) -> Split:
    rows = store.of_register("member")
    wanted = clean_name(ref)
    name = next((row.payload["name"] for row in rows if row.id == wanted), wanted)
    same = [row for row in rows if row.payload["name"] == name]
    if not same:
        raise NotFoundError(f"没有找到党员“{ref}”。", hint="用 zhibu member list 查看已有的党员。")
    if len(same) == 1:
        raise InputError(
            f"名册里只有一人叫“{name}”（{same[0].id}），不需要区分。",
            hint=f"要登记另一个同名的人，先用 zhibu member add {name}，再用 zhibu member split {name}。",
        )
    groups = _groups(same, store)
    return Split(
        twins=tuple(
            Twin(
                id=row.id,
                name=name,
                mark=row.payload.get("mark") or groups.get(row.id, ""),
                named_in=tuple(entries_naming(store, row.id, catalogue)),
            )
            for row in same
        ),
        open=tuple(entries_naming(store, name, catalogue)),
    )


def _groups(same: list[Entry], store: Store) -> dict[str, str]:
    """Their groups by number, where each is in another one."""
    roster = roster_of(store)
    groups = {row.id: roster.group_name(row.payload.get("group", "")) for row in same}
    return groups if all(groups.values()) and len({*groups.values()}) == len(groups) else {}


def _refuse_alike(told: Mapping[str, str], found: Split) -> None:
    known = {twin.id for twin in found.twins}
    form = " ".join(f"--as {twin.id}=…" for twin in found.twins)
    if strange := "、".join(number for number in told if number not in known):
        raise InputError(f"{strange} 不叫“{found.twins[0].name}”。", hint=f"请写 {form}。")
    if bad := next((mark for mark in told.values() if not _BETWEEN.isdisjoint(mark)), ""):
        raise InputError(f"“{bad}”里不能有括号、顿号等符号。", hint="请写一个短词，如 女、二组。")
    if not all(told.values()) or len({*told.values()}) < len(told):
        raise InputError("这样还分不清几个人。", hint=f"请给每个人写一个不同的词：{form}，如 女、二组。")


def plan_merge(path: Path, kept: str, dropped: str, *, catalogue: Catalogue = CATALOGUE) -> Merge:
    """What ``merge`` would do, to be shown before it does; nothing is written.

    Raises:
        NotFoundError: one of the two is not on the roster.
        InputError: several bear a name, or the two are one row.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return _merge(store, kept, dropped, catalogue)


def merge(  # noqa: PLR0917 - the two in the order in which they are typed
    path: Path, kept: str, dropped: str, reason: str, actor: Actor, catalogue: Catalogue = CATALOGUE
) -> Merge:
    """Read every reference to the second row as one to the first; the second is withdrawn.

    What the records say stays stored as it was; only the reading changes (``store/reading.py``).

    Raises:
        NotFoundError, InputError: as ``plan_merge``; no reason.
        ClassifiedError: the reason bears a classification mark.
    """
    from zhibu_cli.store.opening import open_store

    must_say_why(reason)
    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        found = _merge(store, kept, dropped, catalogue)
        store.add(
            SAME_PERSON,
            {"member": found.kept.id, "old": found.dropped.id, "name": found.dropped.payload["name"]},
            now=actor.now,
            who=actor.who,
            reason=reason.strip(),
        )
        why = f"与 {found.kept.id} 是同一人：{reason.strip()}"
        store.void(found.dropped.id, now=actor.now, who=actor.who, reason=why)
    return found


def _merge(store: Store, kept: str, dropped: str, catalogue: Catalogue) -> Merge:
    one, other = (find_row(store, "member", "党员", ref) for ref in (kept, dropped))
    if one.id == other.id:
        raise InputError(f"“{kept}”和“{dropped}”是同一行（{one.id}）。", hint="请写两个编号，如 M3 M7。")
    named = entries_naming(store, other.id, catalogue)
    both = {*entries_naming(store, one.id, catalogue)}
    register = catalogue.register("member")
    return Merge(
        kept=one,
        dropped=other,
        named_in=tuple(named),
        both=tuple(number for number in named if number in both),
        fields=changes(one.payload, other.payload, register, catalogue, names_of(store)),
    )
