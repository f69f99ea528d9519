"""党员参加组织生活考勤表: who was due how often in a year and came how often; as a whole, by kind, by month.

It rests on names: a sitting that names nobody proves nothing for anybody and is told apart (未载明).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.model.leave import LEAVE, NOT_LEAVE, RULE
from zhibu_cli.model.period import Unit, periods_between
from zhibu_cli.report import presences
from zhibu_cli.report.drawing import Bar, columns
from zhibu_cli.report.figures import Balance, catalogue, changes, prove, total
from zhibu_cli.report.presences import tally
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, names_apart
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import NOT_SEEN, UNKNOWN, in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from zhibu_cli.model.period import Period
    from zhibu_cli.model.roster import Member
    from zhibu_cli.report.presences import Case, Tally
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_UNSTATED = "未载明"
_WAYS = {
    "due": "应参加",
    presences.PRESENT: "实际参加",
    presences.LEAVE: LEAVE,
    presences.ABSENT: NOT_LEAVE,
    presences.EXCUSED: "经支部同意暂不参加",
    presences.UNSTATED: _UNSTATED,
}
_KINDS = (
    "general_meeting",
    "committee_meeting",
    "group_meeting",
    "lecture",
    "theme_day",
    "org_life_meeting",
    "appraisal",
)
_SHADES = ("F7FAFD", "EAF2FA", "DEEAF6", "CFE1F2", "BDD7EE")
"""Fifths of presence, light enough for black words; they stand for no requirement."""
_NOTES = (
    "应参加的人按开展当日名册；应参加＝实际参加＋请假＋缺席＋暂不参加＋未载明。",
    (
        "出勤率＝实际参加÷计出勤率的次数，即写明出席人员的记录中应参加而不是暂不参加的次数；"
        "未载明：记录没有写明出席人员，不能判断本人是否参加。"
        "只写明缺席人员的记录，请假、缺席计在本人名下，不计出勤率，分类和逐月也不计；逐月的场次计全部记录。"
    ),
    f"{RULE}；暂不参加须经支部同意。",
    "出勤率按名册逐人统计；工作报告和统计表的到会率按各场记录的应到、实到统计，记录没有写明姓名的也计入。",
    "一场含几种类型的，分类中每种各计一次；民主生活会、中心组学习不计。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One member."""

    number: int
    name: str
    group: str
    due: int
    present: int
    leave: int
    absent: int
    excused: int
    unstated: int
    base: int
    """How often the member was due by records that name who came, and not excused: the rate rests on it."""
    rate: str
    rate_cell: float | str
    shade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """How often somebody was due, by records that name who came, and came; empty where never due."""

    due: int | str
    present: int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsRow:
    """One member by the kinds."""

    number: int
    name: str
    general_meeting: Pair
    committee_meeting: Pair
    group_meeting: Pair
    lecture: Pair
    theme_day: Pair
    org_life_meeting: Pair
    appraisal: Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """All members in one month, by records that name who came."""

    label: str
    times: int | str
    due: int | str
    """未载明 where none of the month's records names who came."""
    present: int | str
    rate: str
    rate_cell: float | None
    bar: str
    """The rate as ten squares."""
    shade: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceView(SheetPaper):
    """党员参加组织生活考勤表."""

    rows: tuple[PersonRow, ...]
    by_kind: tuple[KindsRow, ...]
    months: tuple[MonthRow, ...]
    drawing: str
    """The rates by month as SVG; empty where there is none."""


def paper(request: Request) -> AttendanceView:
    """The attendance of a year.

    Raises:
        PaperError: the year has not begun.
    """
    scope = scope_of(request)
    found = presences.cases(scope.ledger, scope.span)
    figures = tuple(_figures(found))
    prove(figures, (Balance(figures[0], figures[1:]),))
    people, named = _people(scope, found), presences.naming_who_came(found)
    months = tuple(_months(scope, found, named))
    view = AttendanceView(
        **head(request, scope, "党员参加组织生活考勤表"),
        rows=tuple(_person(scope, one, found, named) for one in people),
        by_kind=tuple(_kinds(scope, one, named) for one in people),
        months=months,
        drawing="",
        empty="台账尚无党员名册和组织生活记录",
        notes=_NOTES,
        figures=catalogue(figures),
        trace=(*figures, *changes(request.own_rules)) if request.trace else (),
    )
    shown: AttendanceView = made_visible(view)
    return replace(shown, drawing=_drawing(months))


def _figures(found: Sequence[Case]) -> Iterator[Figure]:
    """Person-times of each way, by sitting; the first is the whole."""
    rule = "本期组织生活记录中{}的人次，按开展当日名册逐人计；一场计一次"
    for how, label in _WAYS.items():
        numbers = Counter(case.sitting.id for case in found if how in ("due", case.how))
        yield total(
            f"attendance_{how}",
            f"{label}人次",
            numbers,
            rule.format(label),
            reason=f"没有{label}的",
            none="0",
        )


class _Listed(NamedTuple):
    """A member as listed in every table."""

    number: int
    name: str
    member: Member


def _people(scope: Scope, found: Iterable[Case]) -> tuple[_Listed, ...]:
    """Everybody who was due at all, or is a member on the last day counted."""
    wanted = {case.ref for case in found} | {one.id for one in scope.roster.members_on(scope.horizon)}
    people = [one for one in scope.roster.members if one.id in wanted]
    names = names_apart(scope, (one.id for one in people))
    return tuple(_Listed(number, in_line(names[one.id]), one) for number, one in enumerate(people, 1))


def _person(scope: Scope, one: _Listed, found: Sequence[Case], named: Sequence[Case]) -> PersonRow:
    """``named``: the cases of sittings that name who came."""
    mine, counted = (tally(cases, lambda case: case.ref == one.member.id) for cases in (found, named))
    return PersonRow(
        number=one.number,
        name=one.name,
        group=in_line(scope.roster.group_name(one.member.group_on(scope.horizon))),
        base=counted.base,
        rate=counted.rate,
        rate_cell=counted.rate if counted.share is None else counted.share,
        shade=_shade(counted),
        **mine._asdict(),
    )


def _kinds(scope: Scope, one: _Listed, found: Sequence[Case]) -> KindsRow:
    mine = [case for case in found if case.ref == one.member.id]
    borne = {kind: {entry.id for entry in scope.ledger.of_kind(kind)} for kind in _KINDS}
    pairs: dict[str, Any] = {kind: _pair([c for c in mine if c.sitting.id in borne[kind]]) for kind in _KINDS}
    return KindsRow(number=one.number, name=one.name, **pairs)


def _pair(mine: Sequence[Case]) -> Pair:
    counted = tally(mine)
    return Pair(due=counted.base or "", present=counted.present if counted.base else "")


def _months(scope: Scope, found: Sequence[Case], named: Sequence[Case]) -> Iterator[MonthRow]:
    for month in periods_between(Unit.MONTH, scope.span):
        every, counted = (
            tally(cases, lambda case, month=month: case.sitting.day in month)  # type: ignore[misc]
            for cases in (found, named)
        )
        times, all_excused = len(presences.held(scope.ledger, month.span)), 0 < every.due == every.excused
        unstated = times and not counted.base and not all_excused
        yield MonthRow(
            label=f"{month.start.month}月",
            times=times or _none(scope, month),
            due=_UNSTATED if unstated else counted.base,
            present=_UNSTATED if unstated else counted.present,
            rate=counted.rate,
            rate_cell=counted.share,
            bar=_squares(counted),
            shade=_shade(counted),
        )


def _none(scope: Scope, month: Period) -> str:
    """What is said of a month without a record."""
    begins = scope.ledger.begins("sitting")
    if begins is None or begins > month.start:
        return UNKNOWN
    return NOT_SEEN if month.end <= scope.as_of else "未结束"


def _squares(counted: Tally) -> str:
    if counted.share is None:
        return ""
    full = (20 * counted.present + counted.base) // (2 * counted.base)
    return "■" * full + "□" * (10 - full)


def _shade(counted: Tally) -> str:
    return "FFFFFF" if counted.share is None else _SHADES[min(4, 5 * counted.present // counted.base)]


def _drawing(months: Sequence[MonthRow]) -> str:
    if all(month.rate_cell is None for month in months):
        return ""
    return columns("各月出勤率", [Bar(month.label, month.rate_cell, month.rate) for month in months])
