"""组织生活开展情况统计表: meetings of the committee and activities of all members, month by month.

The columns are those of the statistics sheet in use (forms.md §12); a month over without a record is
未见记录, one that the ledger does not reach cannot be judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.attendance import expectation
from zhibu_cli.model.declare import Expects
from zhibu_cli.model.finding import Status
from zhibu_cli.model.people_sheets import BRANCH_TYPES
from zhibu_cli.model.period import Unit, periods_between
from zhibu_cli.report import presences
from zhibu_cli.report.figures import catalogue, changes, count, prove
from zhibu_cli.report.marks import FILLS, SHORT
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import NOT_SEEN, in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhibu_cli.model.period import Period
    from zhibu_cli.model.roster import Group
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_MARKS = (Status.MISSED, Status.PENDING, Status.UNKNOWN, Status.NOT_APPLICABLE)
_LABELS = ("期满未见记录", "未到或未结束", "无法判断", "不适用")
_NOTES = (
    "格内为当月次数；"
    + "，".join(f"{SHORT[mark]}：{label}" for mark, label in zip(_MARKS, _LABELS, strict=True))
    + "。",
    "党员集体活动：全体党员应参加的组织生活（支部党员大会、党课、主题党日、组织生活会、民主评议党员等），一条记录计一次。",
    "按时开展月份数：当月有记录的月份数；完成率＝按时开展月份数÷（按时开展月份数＋期满未见记录的月份数）。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    """One month: how often, or a mark."""

    text: str
    cell: int | str
    shade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsOfYear:
    """Twelve months of one duty."""

    m1: MonthCell
    m2: MonthCell
    m3: MonthCell
    m4: MonthCell
    m5: MonthCell
    m6: MonthCell
    m7: MonthCell
    m8: MonthCell
    m9: MonthCell
    m10: MonthCell
    m11: MonthCell
    m12: MonthCell
    done: int
    """按时开展月份数."""
    rate: str
    rate_cell: float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchRow:
    """The branch."""

    superior: str
    name: str
    type: str
    committee: MonthsOfYear
    activities: MonthsOfYear


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """A group and its meetings."""

    name: str
    meetings: MonthsOfYear


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStatisticsView(SheetPaper):
    """组织生活开展情况统计表."""

    rows: tuple[BranchRow, ...]
    groups: tuple[GroupRow, ...]
    no_groups: str = "未见党小组登记"


class _Line(NamedTuple):
    """What is counted in a row of months."""

    key: str
    label: str
    rule: str
    sittings: tuple[Sitting, ...]
    kind: str
    """The kind whose register start counts; empty: that of all sittings."""
    asked: Callable[[Period], Status | None]
    """The status of a month in which nothing is asked or nothing can be said; None: it is asked."""


def paper(request: Request) -> LifeStatisticsView:
    """The statistics of a year.

    Raises:
        PaperError: the year has not begun.
    """
    scope = scope_of(request)
    committee, activities = _committee(scope), _activities(scope)
    groups = {group: _group(scope, group) for group in _groups(scope)}
    figures = tuple(_figure(line) for line in (committee, activities, *groups.values()))
    prove(figures, ())
    branch = scope.ledger.branch
    row = BranchRow(
        superior=in_line(scope.head["superior"]),
        name=in_line(branch.name),
        type=next((term.label for term in BRANCH_TYPES if term.code == branch.type), branch.type),
        committee=_months(scope, committee),
        activities=_months(scope, activities),
    )
    view = LifeStatisticsView(
        **head(request, scope, "组织生活开展情况统计表"),
        rows=(row,),
        groups=tuple(
            GroupRow(name=in_line(one.name), meetings=_months(scope, line)) for one, line in groups.items()
        ),
        notes=_NOTES,
        figures=catalogue(figures),
        trace=(*figures, *changes(request.own_rules)) if request.trace else (),
    )
    shown: LifeStatisticsView = made_visible(view)
    return shown


def _figure(line: _Line) -> Figure:
    numbers = (sitting.id for sitting in line.sittings)
    return count(line.key, line.label, numbers, line.rule, unit="次", none=NOT_SEEN)


def _of_kind(scope: Scope, kind: str) -> tuple[Sitting, ...]:
    borne = {entry.id for entry in scope.ledger.of_kind(kind)}
    return tuple(s for s in presences.held(scope.ledger, scope.span) if s.id in borne)


def _committee(scope: Scope) -> _Line:
    kind = "committee_meeting"

    def asked(month: Period) -> Status | None:
        days = (month.start, min(month.end, scope.as_of))
        if all(map(scope.roster.committee_on, days)):
            return None
        return Status.NOT_APPLICABLE if all(map(scope.roster.posts_known, days)) else Status.UNKNOWN

    rule = "本期内类型含“支部委员会”或以其形式召开的组织生活记录"
    return _Line("committee", "支委会次数", rule, _of_kind(scope, kind), kind, asked)


def _activities(scope: Scope) -> _Line:
    found = tuple(
        s
        for s in presences.held(scope.ledger, scope.span)
        if expectation(s, scope.ledger.catalogue) is Expects.MEMBERS
    )
    rule = "本期内全体党员应参加的组织生活记录，一条记录计一次"
    return _Line("activities", "党员集体活动次数", rule, found, "", lambda _month: None)


def _groups(scope: Scope) -> Iterator[Group]:
    """The groups that existed on the first or the last day counted."""
    days = (scope.span.start, scope.horizon)
    return (group for group in scope.roster.groups if any(map(group.exists, days)))


def _group(scope: Scope, group: Group) -> _Line:
    kind = "group_meeting"
    held = _of_kind(scope, kind)
    mine = tuple(s for s in held if scope.roster.group_ref(s.group) == group.id)
    name = in_line(group.name)

    def asked(month: Period) -> Status | None:
        days = (month.start, min(month.end, scope.as_of))
        return None if all(map(group.exists, days)) else Status.NOT_APPLICABLE

    rule = f"本期内类型含“党小组会”、写明是{name}的组织生活记录"
    return _Line(group.id, f"{name}党小组会次数", rule, mine, kind, asked)


def _months(scope: Scope, line: _Line) -> MonthsOfYear:
    months = tuple(periods_between(Unit.MONTH, scope.period.span))
    states = [_state(scope, line, month) for month in months]
    done = sum(isinstance(state, int) for state in states)
    over = done + states.count(Status.MISSED)
    cells = {f"m{number}": _cell(state) for number, state in enumerate(states, 1)}
    rate = _rate(done, over)
    return MonthsOfYear(**cells, done=done, rate=rate, rate_cell=done / over if over else rate)


def _state(scope: Scope, line: _Line, month: Period) -> int | Status:
    """How often in the month; else why there is nothing."""
    times = sum(sitting.day in month for sitting in line.sittings)
    if times:
        return times
    begins = scope.ledger.begins("sitting", line.kind)
    if month.start > scope.as_of:
        return Status.PENDING
    if begins is None or begins > month.start:
        return Status.UNKNOWN
    return line.asked(month) or (Status.PENDING if month.end > scope.as_of else Status.MISSED)


def _cell(state: int | Status) -> MonthCell:
    if isinstance(state, Status):
        return MonthCell(text=SHORT[state], cell=SHORT[state], shade=FILLS[state.value])
    return MonthCell(text=str(state), cell=state, shade=FILLS[Status.MET.value])


def _rate(done: int, over: int) -> str:
    if not over:
        return "—"
    tenths = (2000 * done + over) // (2 * over)
    return f"{tenths // 10}.{tenths % 10}%"
