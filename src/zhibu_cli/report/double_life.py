"""党员领导干部参加双重组织生活情况表: every leading cadre of the branch, both halves of a year.

Read as the rule ``dual-organizational-life`` reads it: any sitting that counts as life of the branch, by
names; 民主生活会 and 中心组学习 do not count, leave is no attendance. The roster says who is a leading
cadre without a date.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from zhibu_cli.model.leave import LEAVE, NOT_LEAVE
from zhibu_cli.model.period import Span, add_months
from zhibu_cli.model.presence import stand
from zhibu_cli.report import presences
from zhibu_cli.report.figures import catalogue, changes, count, prove
from zhibu_cli.report.presences import tally
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, names_apart
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import NOT_SEEN, UNKNOWN, in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member
    from zhibu_cli.report.presences import Case
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_NAMES = ("上半年", "下半年")
_NOTES = (
    "应参加：开展当日名册上应到的支部、党小组组织生活；民主生活会、中心组学习不计。",
    "实际参加只计记录写明本人出席的；只写人数的列为未载明，不能判断。",
    "领导干部按名册“是否领导干部”栏，该栏只有现状、没有起止日期。",
)
_REMARKS = {
    presences.LEAVE: LEAVE,
    presences.ABSENT: NOT_LEAVE,
    presences.EXCUSED: "经支部同意暂不参加",
    presences.UNSTATED: "未载明",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """One person in one half of the year."""

    due: int | str
    present: int | str
    days: str
    """``1月8日、20日``, a month to a line; or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRow:
    """One leading cadre."""

    number: int
    name: str
    office: str
    """行政职务 as the roster has it now."""
    first: HalfYear
    second: HalfYear
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleLifeView(SheetPaper):
    """党员领导干部参加双重组织生活情况表."""

    rows: tuple[LeaderRow, ...]


def paper(request: Request) -> DoubleLifeView:
    """The two halves of a year.

    Raises:
        PaperError: the year has not begun.
    """
    scope = scope_of(request)
    people = tuple(_leaders(scope))
    names = names_apart(scope, (one.id for one in people))
    found = tuple(
        case for case in presences.cases(scope.ledger, scope.span) if case.ref in {p.id for p in people}
    )
    figures = tuple(_figures(scope, people, found))
    prove(figures, ())
    view = DoubleLifeView(
        **head(request, scope, "党员领导干部参加双重组织生活情况表"),
        rows=tuple(_row(scope, (number, names[one.id]), one, found) for number, one in enumerate(people, 1)),
        empty=_empty(scope),
        notes=_NOTES,
        signing=("党支部书记（签名）", "填报人（签名）"),
        figures=catalogue(figures),
        trace=(*figures, *changes(request.own_rules)) if request.trace else (),
    )
    shown: DoubleLifeView = made_visible(view)
    return shown


def _leaders(scope: Scope) -> Iterator[Member]:
    """Leading cadres who were members on the first or the last day counted, or were due in between."""
    due = {case.ref for case in presences.cases(scope.ledger, scope.span)}
    ends = (scope.span.start, scope.horizon)
    for one in scope.roster.members:
        if one.leader and (one.id in due or any(map(one.in_branch, ends))):
            yield one


def _empty(scope: Scope) -> str:
    rows = (entry for entry in scope.ledger.entries if entry.register == "member")
    if any("leader" in entry.payload for entry in rows):
        return "名册中没有“是否领导干部”填“是”的党员"
    return "名册“是否领导干部”栏都未填，不能列出"


def _halves(scope: Scope) -> tuple[Span, Span]:
    first = scope.period.start
    middle = add_months(first, 6)
    return Span(first, _before(middle)), Span(middle, scope.period.end)


def _before(day: date) -> date:
    return day.fromordinal(day.toordinal() - 1)


def _figures(scope: Scope, people: Iterable[Member], found: Iterable[Case]) -> Iterator[Figure]:
    label = "党员领导干部"
    rule = "名册“是否领导干部”为“是”、本期内在本支部的党员；该栏只有现状"
    yield count("leaders", label, (one.id for one in people), rule, unit="名", reason=_empty(scope))
    came = [case for case in found if case.how == presences.PRESENT]
    for name, half in zip(_NAMES, _halves(scope), strict=True):
        held = (case.sitting.id for case in came if case.sitting.day in half)
        words = f"{name}有党员领导干部参加的组织生活"
        rule = f"{name}写明有党员领导干部本人出席的组织生活记录，一条记录计一场"
        key = "first_half" if name == _NAMES[0] else "second_half"
        yield count(key, words, held, rule, unit="场", none=NOT_SEEN)


def _row(scope: Scope, listed: tuple[int, str], one: Member, found: Iterable[Case]) -> LeaderRow:
    """``listed``: the number in the list, and the name there."""
    number, name = listed
    mine = [case for case in found if case.ref == one.id]
    first, second = _halves(scope)
    office = next(
        (entry.payload.get("office", "") for entry in scope.ledger.entries if entry.id == one.id), ""
    )
    told = (_remark(label, mine, half) for label, half in zip(_NAMES, (first, second), strict=True))
    return LeaderRow(
        number=number,
        name=in_line(name),
        office=in_line(office),
        first=_half(scope, first, mine),
        second=_half(scope, second, mine),
        remark="；".join(filter(None, (*told, _besides(scope, one)))),
    )


def _half(scope: Scope, half: Span, mine: Iterable[Case]) -> HalfYear:
    if half.start > scope.horizon:
        return HalfYear(due="", present="", days="未到")
    cases = [case for case in mine if case.sitting.day in half]
    counted = tally(cases)
    if not cases:
        return HalfYear(due="", present="", days=_none(scope, half))
    came = [case.sitting.day for case in cases if case.how == presences.PRESENT]
    none = UNKNOWN if counted.unstated else NOT_SEEN
    # 0 of 20 would say that the person stayed away, where the records do not name who came
    present = counted.present or ("—" if counted.unstated else 0)
    return HalfYear(due=counted.due, present=present, days=_days_told(came, "\n") or none)


def _none(scope: Scope, half: Span) -> str:
    begins = scope.ledger.begins("sitting")
    return UNKNOWN if begins is None or begins > half.start else NOT_SEEN


def _remark(name: str, mine: Iterable[Case], half: Span) -> str:
    counted = tally(mine, lambda case: case.sitting.day in half)._asdict()
    told = [f"{label}{counted[how]}次" for how, label in _REMARKS.items() if counted[how]]
    return f"{name}{'、'.join(told)}" if told else ""


def _besides(scope: Scope, one: Member) -> str:
    """Sittings to which the person came without being due: they are told, not counted."""
    held = presences.held(scope.ledger, scope.span)
    came = (s for s in held if stand(scope.ledger, one.id, s) == presences.PRESENT)
    days = [s.day for s in came if one.id not in scope.ledger.counted(s).due]
    return f"另参加不属本人应到的{len(days)}次（{_days_told(days)}）" if days else ""


def _days_told(days: Iterable[date], between: str = "，") -> str:
    """``1月8日、20日，3月18日``; ``between`` the months."""
    months = groupby(days, key=lambda day: day.month)
    return between.join(f"{month}月{'、'.join(f'{day.day}日' for day in found)}" for month, found in months)
