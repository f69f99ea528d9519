"""主题党日计划报备表: the theme days of a quarter as planned, handed in before they are held.

The day is the planned one, else the fixed day of the branch; what nobody has planned is a visible blank.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhibu_cli.errors import PaperError
from zhibu_cli.model.fixed_day import parse_fixed_day
from zhibu_cli.model.period import Unit, periods_between
from zhibu_cli.model.plan import plan_items
from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import and_then, in_line, made_visible, missing
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.plan import PlanItem
    from zhibu_cli.report.request import Request

_KIND = "theme_day"
_SIGNING = ("党支部书记（签名）", "填报人（签名）")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """One theme day to be held."""

    month: str
    day_text: str
    day_cell: date | str
    """The same as a real day, where there is one."""
    theme: str
    who: str
    remark: str
    """What the day rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemePlanView(SheetPaper):
    """主题党日计划报备表."""

    rows: tuple[PlannedDay, ...]


def paper(request: Request) -> ThemePlanView:
    """The plan of a quarter, which may be still to come.

    Raises:
        PaperError: the quarter is over on the day of printing, or ended before the branch was founded.
    """
    period, known = request.period, max(request.as_of, request.period.start)
    printed = request.printed or request.as_of
    _refuse_past(period, printed)
    scope = replace(scope_of(replace(request, as_of=known, printed=printed)), as_of=request.as_of)
    ledger = request.ledger
    items = [item for item in plan_items(ledger, period.start.year) if item.kind == _KIND]
    top = head(request, scope, "主题党日计划报备表")
    top["period_label"] = period.label  # planned as a whole, however much of it is over
    view = ThemePlanView(
        **top,
        rows=tuple(
            row for month in periods_between(Unit.MONTH, period.span) for row in _month(ledger, month, items)
        ),
        signing=_SIGNING,
        figures=catalogue(()),
    )
    shown: ThemePlanView = made_visible(view)
    return shown


def _refuse_past(period: Period, today: date) -> None:
    # a plan that is handed in before its days; made afterwards it would only look as if it had been
    if period.end < today:
        raise PaperError(
            f"{period.label}已经结束，不能再出这个季度的主题党日计划报备表。",
            hint="只为本季度或以后的季度出；已经开展的主题党日用“主题党日活动纪实报告表”。",
        )


def _month(ledger: Ledger, month: Period, items: Sequence[PlanItem]) -> Iterator[PlannedDay]:
    planned = [item for item in items if item.month and item.last_day in month]
    yield from (_row(ledger, month, item) for item in planned or (None,))


def _row(ledger: Ledger, month: Period, item: PlanItem | None) -> PlannedDay:
    day, told, source = _day(ledger, month, item)
    return PlannedDay(
        month=f"{month.start.month}月",
        day_text=told,
        day_cell=day or told,
        theme=in_line(item.theme) if item and item.theme else missing("主题"),
        who="、".join(map(in_line, item.who)) if item and item.who else missing("责任人"),
        remark="；".join(filter(None, (source, in_line(item.note) if item else ""))),
    )


def _day(ledger: Ledger, month: Period, item: PlanItem | None) -> tuple[date | None, str, str]:
    """The day, how it is told, and what it rests on."""
    if item is not None and item.day is not None:
        return item.day, _told(item.day), "据年度计划"
    fixed = parse_fixed_day(ledger.branch.theme_day)
    if fixed is None:
        return None, missing("日期"), ""
    found = fixed.day_in(month.start.year, month.start.month, ledger.work_calendar)
    source = f"日期按固定日（{in_line(ledger.branch.theme_day)}）"
    if found.day is None:
        return None, found.told, source
    why = "放假安排未登记全" if found.shifted is None else ""
    return found.day, _told(found.day), and_then((source, why, found.note), "，")


def _told(day: date) -> str:
    return f"{chinese_date(day)}（{weekday(day)}）"
