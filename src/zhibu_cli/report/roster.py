"""党员名册 as it stands on a day, in the usual layouts (forms.md §10): 8, 18 and 24 columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.people import people
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.sheet import head, posts_named
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhibu_cli.model.roster import Member
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_SHOWN, _PHONE_SHOWN = 4, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """One member; what the roster does not have is empty."""

    number: int
    id: str
    name: str
    sex: str
    born: str
    """``1985-05-12`` or ``1985-05``."""
    ethnicity: str
    education: str
    id_number: str
    """Masked unless asked for whole."""
    phone: str
    joined: date
    joined_text: str
    converted: date | None
    converted_text: str
    standing: str
    """正式 or 预备, on the day of the paper."""
    group: str
    posts: str
    """Posts in the branch on that day."""
    years: int
    """党龄: whole years since 转正; where that day is not known since 入党."""
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
    scope = put(request.ledger, request.findings, request.period, request.as_of)
    counted = people(scope)
    prove(counted, counted.balances)
    here = scope.roster.members_on(scope.horizon)
    view = RosterView(
        **head(request, scope, "党员名册", dated=False),
        rows=tuple(roster_line(scope, number, one, full=request.full) for number, one in enumerate(here, 1)),
        empty="党员名册中没有在册党员",
        notes=_notes(here, full=request.full),
        figures=catalogue(counted),
        trace=(*counted, *changes(request.own_rules)) if request.trace else (),
    )
    shown: RosterView = made_visible(view)
    return shown


def roster_line(scope: Scope, number: int, one: Member, *, full: bool) -> RosterLine:
    """All that the ledger has of one member, as of the last day counted."""
    data = _payload(scope, one)
    day, roster = scope.horizon, scope.roster
    turned = one.converted or next((e.day for e in one.events if e.matter == "conversion"), None)
    turned = turned if turned and turned <= day else None
    return RosterLine(
        number=number,
        id=one.id,
        name=one.name,
        sex={"male": "男", "female": "女"}.get(one.sex, ""),
        born=data.get("born", ""),
        ethnicity=data.get("ethnicity", ""),
        education=data.get("education", ""),
        id_number=_masked(data.get("id_number", ""), _SHOWN - 1, full=full),
        phone=_masked(data.get("phone", ""), _PHONE_SHOWN, full=full),
        joined=one.joined,
        joined_text=one.joined.isoformat(),
        converted=turned,
        converted_text=turned.isoformat() if turned else "",
        standing="正式" if one.is_full(day) else "预备",
        group=roster.group_name(one.group_on(day)),
        posts=posts_named(roster, one.id, day),
        years=_years(turned or one.joined, day) if one.is_full(day) else 0,
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
    """The row of the roster, with the days of 发展党员 where that register has a person of the name."""
    found: dict[str, Any] = {}
    for step in scope.ledger.developments:
        if step.name == one.plain_name:
            found |= step.entry.payload
    found |= next((dict(entry.payload) for entry in scope.ledger.entries if entry.id == one.id), {})
    return found


def _masked(text: str, shown: int, *, full: bool) -> str:
    """The first few and the last four characters; a short text is hidden whole."""
    if full or not text:
        return text
    hidden = len(text) - shown - _SHOWN
    return text[:shown] + "*" * hidden + text[-_SHOWN:] if hidden > 0 else "*" * len(text)


def _years(since: date, day: date) -> int:
    return max(0, day.year - since.year - ((day.month, day.day) < (since.month, since.day)))


def _yes(data: Mapping[str, Any], name: str) -> str:
    return "" if name not in data else "是" if data[name] else "否"


def _notes(here: Iterable[Member], *, full: bool) -> tuple[str, ...]:
    notes = ["空白的栏为名册未填。"]
    if not full:
        notes.append("身份证号、手机号已遮去中间部分，需要时加 --full。")
    if any(one.converted is None and one.status == "full" and not one.events for one in here):
        notes.append("正式党员未填转正时间的，党龄自入党时间算起。")
    return tuple(notes)
