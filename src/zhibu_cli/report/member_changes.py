"""党员变动情况表: who joined, was admitted to full membership, came, left and the rest, in a year by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.people_sheets import MEMBER_EVENTS
from zhibu_cli.model.roster import OUT
from zhibu_cli.report.figures import catalogue, prove
from zhibu_cli.report.people import people
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, names_apart
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member, MemberEvent
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_LABELS = {term.code: term.label for term in MEMBER_EVENTS}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One change."""

    number: int
    day: date
    day_text: str
    name: str
    matter: str
    old: str
    new: str
    """What it is afterwards, and the day to which it lasts where one is written: ``至2026-09-01``."""
    ground: str
    """依据; of a departure without one 转出原因."""
    id: str
    """Where it is written: the row of 党员变动, else of 党员名册."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView(SheetPaper):
    """党员变动情况表."""

    rows: tuple[ChangeLine, ...]


def paper(request: Request) -> ChangesView:
    """The changes of a year."""
    scope = scope_of(request)
    counted = people(scope)
    prove(counted, counted.balances)
    moved = (counted.admitted, counted.converted, counted.arrived, counted.left)
    found = sorted(_changes(scope), key=lambda change: change[0])  # of one day in the order of the roster
    names = names_apart(scope, (member.id for _day, member, _told in found))
    view = ChangesView(
        **head(request, scope, "党员变动情况表"),
        rows=tuple(
            ChangeLine(
                number=number,
                day=day,
                day_text=day.isoformat(),
                name=names[member.id],
                matter=told[0],
                old=told[1],
                new=told[2],
                ground=told[3],
                id=told[4],
            )
            for number, (day, member, told) in enumerate(found, 1)
        ),
        empty="本年度台账中未见党员变动登记",
        figures=catalogue(moved),
        trace=moved if request.trace else (),
    )
    shown: ChangesView = made_visible(view)
    return shown


_Told = tuple[str, str, str, str, str]


def _changes(scope: Scope) -> Iterator[tuple[date, Member, _Told]]:
    """What the roster's own days say, and the rows of 党员变动; nothing told twice."""
    grounds = {
        e.id: e.payload.get("ground", "") for e in scope.ledger.entries if e.register == "member_event"
    }
    for member in scope.roster.members:
        if member.home:
            continue
        told = {(_told_as(event.matter), event.day) for event in member.events}
        for day, matter, label, old, new, why in _of_roster(member):
            if day in scope.span and (matter, day) not in told:
                yield day, member, (label, old, new, why, member.id)
        for event in member.events:
            if event.day in scope.span:
                why = grounds.get(event.id, "") or _why_left(member, event)
                yield event.day, member, (_LABELS[event.matter], event.old, _after(event), why, event.id)


def _told_as(matter: str) -> str:
    """A member who died has left the roster, and was not transferred."""
    return "transferred_out" if matter in OUT else matter


def _after(event: MemberEvent) -> str:
    until = f"至{event.until.isoformat()}" if event.until else ""
    return f"{event.new}（{until}）" if event.new and until else event.new or until


def _why_left(member: Member, event: MemberEvent) -> str:
    """The reason in the roster, unless it is the matter itself once more."""
    told = event.matter in OUT and event.day == member.left and member.left_why != _LABELS[event.matter]
    return member.left_why if told else ""


def _of_roster(member: Member) -> Iterator[tuple[date, str, str, str, str, str]]:
    if member.in_branch(member.joined):
        yield member.joined, "joined", "接收为预备党员", "", "", ""
    if member.converted is not None and member.in_branch(member.converted):
        yield member.converted, "conversion", "转正", "预备", "正式", ""
    if member.arrived is not None:
        yield member.arrived, "transferred_in", "转入", "", "", ""
    if member.left is not None:
        yield member.left, "transferred_out", "转出", "", "", member.left_why
