"""The roster on a day, one member, one group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.app import people
from zhibu_cli.app.wording import full_day
from zhibu_cli.cli.asking import say
from zhibu_cli.cli.entry_view import show_one
from zhibu_cli.cli.layout import table, terminal_width
from zhibu_cli.model.sitting import read_ref

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.roster import Member, Roster


def show_roster(session: Session, path: Path, day: date, *, everybody: bool) -> None:
    """Who was a member on the day, or everybody the ledger knows."""
    roster = people.load_roster(path, catalogue=session.catalogue)
    members = roster.members if everybody else roster.members_on(day)
    if not members and not (everybody and _voided(session, path)):
        say("名册里还没有人；用 zhibu member add 增加，或用 zhibu import 导入。")
        return
    rows = [*_rows(roster, members, day, session.catalogue), *(_voided(session, path) if everybody else ())]
    say(table(_HEAD, rows, terminal_width()))
    inside = roster.members_on(day)
    full = len(roster.full_on(day))
    say(
        f"{full_day(day)}在册 {len(inside)} 人：正式 {full} 人、预备 {len(inside) - full} 人；"
        f"有表决权 {len(roster.voters_on(day))} 人。"
    )


_HEAD = ("编号", "姓名", "类别", "党小组", "入党时间", "职务", "说明")


def _voided(session: Session, path: Path) -> list[tuple[str, ...]]:
    """Rows that were withdrawn: number and name only, nothing in them counts."""
    rows = people.voided_members(path, catalogue=session.catalogue)
    return [(row.id, row.payload["name"], "", "", "", "", "已作废，不计入") for row in rows]


def _rows(
    roster: Roster, members: Iterable[Member], day: date, catalogue: Catalogue
) -> list[tuple[str, ...]]:
    titles = {term.code: term.label for term in catalogue.register("post").field("post").terms}
    return [
        (
            member.id,
            member.name,
            "正式" if member.is_full(day) else "预备",
            roster.group_name(member.group_on(day)),
            member.joined.isoformat(),
            "、".join(title for code, title in titles.items() if code in roster.posts_of(member.id, day)),
            _remark(member, day),
        )
        for member in members
    ]


def _remark(member: Member, day: date) -> str:
    if member.home:
        return f"组织关系在{member.home}，不计入"
    if member.in_branch(day):
        return ""
    if day < member.since:
        return "那天尚未转入"
    return f"已转出（{member.left.isoformat()}）" if member.left else "不在册"


def show_member(session: Session, path: Path, ref: str) -> None:
    """A member's row, then every change and post."""
    number = people.number_of(path, "member", ref, catalogue=session.catalogue)
    show_one(session, path, number)
    for register, title in (("member_event", "变动"), ("post", "职务")):
        rows = [
            "　".join(text for label, text in cells.items() if label != "姓名")
            for entry, cells in people.rows(path, register, catalogue=session.catalogue)
            if number == read_ref(entry.payload.get("member"))
        ]
        if rows:
            say(f"{title}：")
            say("\n".join(f"  {row}" for row in rows))


def show_group(session: Session, path: Path, ref: str) -> None:
    """A group's row and its members today."""
    number = people.number_of(path, "group", ref, catalogue=session.catalogue)
    show_one(session, path, number)
    roster = people.load_roster(path, catalogue=session.catalogue)
    members = roster.group_members_on(number, session.today)
    say(f"{full_day(session.today)}组员 {len(members)} 人：{'、'.join(member.name for member in members)}")
