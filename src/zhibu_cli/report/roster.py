"""党员名册 as it stands on a day, in the usual layouts (forms.md §10): 8, 18 and 24 columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.people import people
from zhibu_cli.report.private import masked
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, posts_named
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.roster import Member
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_MONTH = len("2010-06")
_WITH_NUMBERS = frozenset({"18", "24"})
"""Layouts that have a column for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One member; what the roster does not have is empty."""

    number: int
    id: str
    name: str
    sex: str
    born: str
    """``1985-05-12`` or ``1985-05``."""
    born_month: str
    ethnicity: str
    education: str
    id_number: str
    """Masked unless asked for whole."""
    phone: str
    joined: date
    joined_text: str
    joined_month: str
    """``2010-06``."""
    converted: date | None
    converted_text: str
    standing: str
    """正式党员 or 预备党员, on the day of the paper."""
    outlook: str
    """政治面貌: 中共党员 or 中共预备党员."""
    group: str
    posts: str
    """Posts in the branch on that day."""
    years: int | None
    """党龄: whole years since 转正; None before it, and where that day is not known."""
    years_text: str
    arrived: date | None
    arrived_text: str
    office: str
    rank: str
    leader: str
    retired: str
    floating: str
    applied: str
    """申请、确定积极分子、确定发展对象: days of 发展党员, where that register has the person."""
    activist: str
    candidate: str
    sponsors: str
    branch: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView(SheetPaper):
    """党员名册."""

    rows: tuple[RosterLine, ...]


def paper(request: Request) -> RosterView:
    """The roster of the as-of day.

    Raises:
        PaperError: the branch was not founded yet.
    """
    scope = scope_of(request)
    counted = people(scope)
    prove(counted, counted.balances)
    here = enumerate(scope.roster.members_on(scope.horizon), 1)
    rows = tuple(roster_line(scope, number, one, full=request.full) for number, one in here)
    view = RosterView(
        **head(request, scope, "党员名册", dated=False),
        rows=rows,
        empty="党员名册中没有在册党员",
        notes=_notes(rows, request),
        figures=catalogue(counted),
        trace=(*counted, *changes(request.own_rules)) if request.trace else (),
    )
    shown: RosterView = made_visible(view)
    return shown


def roster_line(scope: Scope, number: int, one: Member, *, full: bool = False) -> RosterLine:
    """All that the ledger has of one member, as of the last day counted."""
    data = _payload(scope, one)
    day, roster = scope.horizon, scope.roster
    turned = one.converted or next((e.day for e in one.events if e.matter == "conversion"), None)
    turned = turned if turned and turned <= day else None
    full_member, years = one.is_full(day), _years(turned, day) if turned else None
    return RosterLine(
        number=number,
        id=one.id,
        name=one.name,
        sex={"male": "男", "female": "女"}.get(one.sex, ""),
        born=data.get("born", ""),
        born_month=data.get("born", "")[:_MONTH],
        ethnicity=data.get("ethnicity", ""),
        education=data.get("education", ""),
        id_number=data.get("id_number", "") if full else masked(data.get("id_number", "")),
        phone=data.get("phone", "") if full else masked(data.get("phone", "")),
        joined=one.joined,
        joined_text=one.joined.isoformat(),
        joined_month=f"{one.joined:%Y-%m}",
        converted=turned,
        converted_text=turned.isoformat() if turned else "",
        standing="正式党员" if full_member else "预备党员",
        outlook="中共党员" if full_member else "中共预备党员",
        group=roster.group_name(one.group_on(day)),
        posts=posts_named(roster, one.id, day),
        years=years,
        years_text="" if years is None else str(years),
        arrived=one.arrived,
        arrived_text=one.arrived.isoformat() if one.arrived else "",
        office=data.get("office", ""),
        rank=data.get("rank", ""),
        leader=_yes(data, "leader"),
        retired=_yes(data, "retired"),
        floating=_yes(data, "floating"),
        applied=data.get("applied", ""),
        activist=data.get("activist", ""),
        candidate=data.get("candidate", ""),
        sponsors="、".join(map(roster.name_of, data.get("sponsors", ()))),
        branch=scope.ledger.branch.name,
        note=data.get("note", ""),
    )


def _payload(scope: Scope, one: Member) -> Mapping[str, Any]:
    """The row of the roster, with the days of 发展党员 where that register has a person of the name.

    Of two members of one name neither gets them: the register does not say which of the two is meant.
    """
    found: dict[str, Any] = {}
    alone = len(scope.roster.named(one.plain_name)) == 1
    steps = [step for step in scope.ledger.developments if step.name == one.plain_name]
    if alone and len(steps) == 1:
        found |= steps[0].entry.payload
    found |= next((dict(entry.payload) for entry in scope.ledger.entries if entry.id == one.id), {})
    return found


def _years(since: date, day: date) -> int:
    return max(0, day.year - since.year - ((day.month, day.day) < (since.month, since.day)))


def _yes(data: Mapping[str, Any], name: str) -> str:
    return "" if name not in data else "是" if data[name] else "否"


def _notes(rows: Sequence[RosterLine], request: Request) -> tuple[str, ...]:
    notes = ["空白的栏为名册未填。"]
    wide = request.layout in _WITH_NUMBERS
    if wide and not request.full and any(line.id_number for line in rows):
        notes.append("身份证号已遮去中间部分。")
    if request.layout == "18" and any(line.standing == "正式党员" and line.years is None for line in rows):
        notes.append("党龄自转正之日算起，未填转正时间的空着。")
    return tuple(notes)
