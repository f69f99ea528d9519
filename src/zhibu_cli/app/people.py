"""Members, groups and posts: the same records as all others, with a few conveniences.

A departure is written into the member's row (转出时间, 转出原因). A return is an event of its own
(党员变动, 转入): the departure stays on record, and headcounts of the days between stay right.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from zhibu_cli.app.people_on_file import find_row, names_of, roster_of
from zhibu_cli.app.recording import amend, record
from zhibu_cli.app.wording import cells
from zhibu_cli.errors import InputError, NotFoundError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.sitting import read_ref
from zhibu_cli.model.values import parse_field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.recording import Change, Receipt
    from zhibu_cli.app.taking import Given
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.roster import Roster

TITLES = {"member": "党员", "group": "党小组"}


def load_roster(path: Path, *, catalogue: Catalogue = CATALOGUE) -> Roster:
    """Members, groups and posts with their days."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return roster_of(store)


def voided_members(path: Path, *, catalogue: Catalogue = CATALOGUE) -> tuple[Entry, ...]:
    """Rows of the roster that were withdrawn."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return tuple(row for row in store.of_register("member", include_voided=True) if row.voided)


def add_row(
    path: Path, register: str, values: Mapping[str, Given], actor: Actor, *, catalogue: Catalogue = CATALOGUE
) -> Receipt:
    """A new member, group, post or change of standing (``member_event``)."""
    return record(path, register, values, actor, catalogue=catalogue)


def edit_row(
    path: Path,
    register: str,
    ref: str,
    values: Mapping[str, Given],
    actor: Actor,
    *,
    reason: str,
    catalogue: Catalogue = CATALOGUE,
) -> Change:
    """Correct the row of a member or group named by number or name."""
    return amend(
        path, number_of(path, register, ref, catalogue=catalogue), values, reason, actor, catalogue=catalogue
    )


def number_of(path: Path, register: str, ref: str, *, catalogue: Catalogue = CATALOGUE) -> str:
    """The number of a member or group.

    Raises:
        NotFoundError: nobody is meant.
        InputError: several bear the name.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return find_row(store, register, TITLES[register], ref).id


def leave(
    path: Path,
    ref: str,
    values: Mapping[str, Given],
    actor: Actor,
    *,
    reason: str = "",
    catalogue: Catalogue = CATALOGUE,
) -> Change:
    """A member's departure: ``values`` hold ``left`` (the day) and ``left_why``.

    Raises:
        NotFoundError: nobody is meant.
        InputError: no day, or what ``amend`` refuses.
    """
    id_ = number_of(path, "member", ref, catalogue=catalogue)
    if not values.get("left"):
        raise InputError("缺少转出时间。", hint="请用 --date 写明对方接收之日。")
    why = reason or f"转出：{values.get('left_why') or '未写明原因'}"
    return amend(path, id_, values, why, actor, catalogue=catalogue)


def come_back(
    path: Path, ref: str, values: Mapping[str, Given], actor: Actor, *, catalogue: Catalogue = CATALOGUE
) -> Receipt:
    """A member's return, as an event 转入: ``values`` hold ``date`` and perhaps ``ground``.

    Raises:
        InputError: the member has not left before that day.
    """
    id_ = number_of(path, "member", ref, catalogue=catalogue)
    text = values.get("date", "")
    register = catalogue.register("member_event")
    # what is wrong with the day is told by ``record``, with all the rest
    day, _problem = parse_field(catalogue, register, register.field("date"), str(text), actor.today)
    member = load_roster(path, catalogue=catalogue).by_id[id_]
    if day and member.in_branch(date.fromisoformat(day)):
        raise InputError(
            f"{member.name}（{id_}）那一天已在本支部名册内，不需要转回。",
            hint="要更正转出时间请用 zhibu member edit。",
        )
    return record(
        path, "member_event", {"member": id_, "matter": "转入", **values}, actor, catalogue=catalogue
    )


def end_post(
    path: Path,
    ref: str,
    post: str,
    values: Mapping[str, Given],
    actor: Actor,
    *,
    reason: str = "",
    catalogue: Catalogue = CATALOGUE,
) -> Change:
    """The end of a term: ``values`` hold ``until``; ``ref`` is the member (or the row's number P1)."""
    id_ = post_row(path, ref, post, catalogue=catalogue).id
    if not values.get("until"):
        raise InputError("缺少离任时间。", hint="请用 --date 写明离任之日。")
    return amend(path, id_, values, reason or "离任", actor, catalogue=catalogue)


def post_row(path: Path, ref: str, post: str = "", *, catalogue: Catalogue = CATALOGUE) -> Entry:
    """The row of 职务任期 meant by its number, or by the holder and the post still held.

    Raises:
        NotFoundError: there is no such row.
        InputError: the member holds several posts and none was named.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        rows = store.of_register("post")
        mine = [row for row in rows if row.id == ref]
        if not mine:
            member = find_row(store, "member", "党员", ref)
            mine = [
                row
                for row in rows
                if read_ref(row.payload["member"]) == member.id and "until" not in row.payload
            ]
        if post:
            register = catalogue.register("post")
            code, problem = parse_field(catalogue, register, register.field("post"), post)
            if problem:
                raise InputError(problem)
            mine = [row for row in mine if row.payload["post"] == code]
    if not mine:
        raise NotFoundError(
            f"没有找到“{ref}”在任的{post or '职务'}。", hint="用 zhibu post list 查看任职情况。"
        )
    if len(mine) > 1:
        listed = "、".join(row.id for row in mine)
        raise InputError(f"“{ref}”有几项在任职务（{listed}）。", hint="请写明职务，或写任职的编号。")
    return mine[0]


def rows(
    path: Path, register: str, *, include_voided: bool = False, catalogue: Catalogue = CATALOGUE
) -> tuple[tuple[Entry, dict[str, str]], ...]:
    """Every row of a register with its cells by label, in the order of numbers."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        name_of = names_of(store)
        declared = catalogue.register(register)
        return tuple(
            (
                entry,
                {label: text for _name, label, text in cells(entry.payload, declared, catalogue, name_of)},
            )
            for entry in store.of_register(register, include_voided=include_voided)
        )
