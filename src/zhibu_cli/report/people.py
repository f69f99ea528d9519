"""Figures of the roster: members, groups, committee, and what changed in the period."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.groups import groups_on
from zhibu_cli.model.period import add_months
from zhibu_cli.model.roster import OUT, SECRETARY
from zhibu_cli.report.figures import Balance, absent, count, not_applicable
from zhibu_cli.report.wording import NOT_SEEN, NOT_STATED, missing
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibu_cli.model.period import Span
    from zhibu_cli.model.roster import Member, Roster
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure


NO_ROSTER = "台账尚无党员名册，不能统计"


class People(NamedTuple):
    """Figures of the people of a branch on the last day counted."""

    members: Figure
    full: Figure
    probationary: Figure
    leaders: Figure
    retired: Figure
    floating: Figure
    groups: Figure
    committee: Figure
    admitted: Figure
    converted: Figure
    arrived: Figure
    left: Figure

    @property
    def balances(self) -> tuple[Balance, ...]:
        """What must add up."""
        return (Balance(self.members, (self.full, self.probationary)),)


def people(scope: Scope) -> People:
    """Count the people as the roster stood on the last day counted, and the changes of the period."""
    day, roster = scope.horizon, scope.roster
    on = f"截至{chinese_date(day)}"
    here = roster.members_on(day)
    base = f"{on}在册、组织关系在本支部的党员；据党员名册和党员变动"
    none = f"{on}党员名册中没有在册党员"

    def of(key: str, label: str, found: Iterable[Member], rule: str, reason: str) -> Figure:
        ids = (member.id for member in found)
        return count(key, label, ids, rule, unit="名", reason=reason, none="0" if here else NOT_SEEN)

    rows = (entry for entry in scope.ledger.entries if entry.register == "member")
    stated = {(entry.id, key) for entry in rows for key in entry.payload}

    def marked(key: str, label: str, column: str) -> Figure:
        found = [member for member in here if getattr(member, key)]
        rule = f"在册党员中名册“{column}”栏为“是”的；该栏未填的不计"
        if here and not stated & {(member.id, key) for member in here}:
            return absent(key, label, rule, reason=f"名册“{column}”栏都未填", unit="名", text=NOT_STATED)
        return of(key, label, found, rule, f"名册“{column}”栏没有填“是”的" if here else none)

    full = [member for member in here if member.is_full(day)]
    half = [member for member in here if not member.is_full(day)]
    return People(
        members=count(
            "members",
            "党员总数",
            (m.id for m in here),
            f"{base}，含预备党员",
            unit="名",
            reason=none,
            none=NOT_SEEN,
        ),
        full=of("full", "正式党员", full, f"{base}；其中当日已转正的", none),
        probationary=of(
            "probationary",
            "预备党员",
            half,
            f"{base}；其中当日未转正的",
            "在册党员中没有预备党员" if here else none,
        ),
        leaders=marked("leader", "党员领导干部", "是否领导干部"),
        retired=marked("retired", "离退休党员", "离退休"),
        floating=marked("floating", "流动党员", "流动"),
        groups=_groups(scope, f"{on}已成立未撤销的党小组；据党小组登记"),
        committee=_committee(scope),
        **_changes(roster, scope.span),
    )


def members_told(counted: People) -> str:
    """``10名，其中正式党员8名、预备党员2名``; words where the roster has nobody."""
    if not counted.members.number:
        return "党员名册中未见在册党员"
    return f"{counted.members}名，其中正式党员{counted.full}名、预备党员{counted.probationary}名"


def _committee(scope: Scope) -> Figure:
    day = scope.horizon
    rule = f"截至{chinese_date(day)}任书记、副书记和各委员的人数（一人数职计一人）；据职务任期"
    members = scope.roster.committee_on(day)
    if not members:
        known = scope.roster.posts_known(day)
        reason = "职务任期中只有书记、副书记，未设支部委员会" if known else "职务任期中没有当日在任的职务"
        make = not_applicable if known else absent
        return make("committee", "支部委员会委员", rule, reason=reason)
    return count("committee", "支部委员会委员", members, rule, unit="名")


def _changes(roster: Roster, span: Span) -> dict[str, Figure]:
    def of(key: str, label: str, found: Iterable[str], rule: str) -> Figure:
        if not roster.members:
            return count(key, label, (), rule, unit="名", reason=NO_ROSTER, none=NOT_SEEN)
        return count(key, label, found, rule, unit="名", reason=f"名册中没有本期{label}的记录")

    admitted = (m.id for m in roster.members if m.joined in span and m.in_branch(m.joined))
    return {
        "admitted": of("admitted", "接收预备党员", admitted, "入党时间在本期内且当日在本支部的；据党员名册"),
        "converted": of(
            "converted",
            "预备党员转正",
            (m.id for m in roster.members if _turned_in(m, span)),
            "转正时间（名册或党员变动）在本期内且当日在本支部的；据党员名册和党员变动",
        ),
        "arrived": of(
            "arrived",
            "转入",
            (m.id for m in roster.members if _arrived_in(m, span)),
            "转入时间在本期内的；据党员名册和党员变动",
        ),
        "left": of(
            "left",
            "转出",
            (m.id for m in roster.members if _left_in(m, span)),
            "转出时间在本期内的，当日去世或不再是党员的不计；据党员名册和党员变动",
        ),
    }


def _turned_in(member: Member, span: Span) -> bool:
    days = [event.day for event in member.events if event.matter == "conversion"]
    turned = member.converted or next(iter(days), None)
    return turned is not None and turned in span and member.in_branch(turned)


def _arrived_in(member: Member, span: Span) -> bool:
    if member.home:
        return False
    days = [event.day for event in member.events if event.matter == "transferred_in"]
    return any(day in span for day in (member.arrived, *days))


def _left_in(member: Member, span: Span) -> bool:
    """Whether the member was transferred: who died or lost membership that day was not."""
    if member.home:
        return False
    days = {event.day: event.matter for event in member.events if event.matter in OUT}
    if member.left is not None:
        days.setdefault(member.left, "transferred_out")
    return any(day in span and matter == "transferred_out" for day, matter in days.items())


def probation_ends(scope: Scope, span: Span) -> Figure:
    """Probationary members whose year is over in the span (an extension moves the day)."""
    due = (member.id for member in scope.roster.members_on(scope.horizon) if _ends(member, scope) in span)
    rule = "截至统计日的预备党员中，入党满一年（延长的按截止日）之日在该期内的；据党员名册和党员变动"
    return count(
        "probation_ends", "预备期届满", due, rule, unit="名", reason="在册预备党员中没有预备期在该期届满的"
    )


def _ends(member: Member, scope: Scope) -> object:
    if member.is_full(scope.horizon):
        return None
    extended = [e.until for e in member.events if e.matter == "extension" and e.until is not None]
    return extended[-1] if extended else add_months(member.joined, 12)


def secretary(scope: Scope) -> str:
    """Number or name of the secretary on the last day counted; empty where there is none or two."""
    holders = scope.roster.holders(SECRETARY, scope.horizon)
    return holders[0] if len(holders) == 1 else ""


def secretary_name(scope: Scope) -> str:
    """The secretary's name, or a visible blank."""
    ref = secretary(scope)
    return scope.roster.name_of(ref) if ref else missing("书记姓名")


def _groups(scope: Scope, rule: str) -> Figure:
    roster, day = scope.roster, scope.horizon
    listed = [group.id for group in roster.groups if group.exists(day)]
    if not listed and groups_on(roster, day):
        return absent("groups", "党小组", rule, reason="名册写有党小组，没有党小组登记", unit="个")
    return count(
        "groups",
        "党小组",
        listed,
        rule,
        unit="个",
        reason="台账没有党小组登记，未划分党小组" if roster.members else NO_ROSTER,
        none="0" if roster.members else NOT_SEEN,
    )


def group_names(scope: Scope) -> Iterator[str]:
    """Names of the groups that exist on the last day counted."""
    return (group.name for group in scope.roster.groups if group.exists(scope.horizon))
