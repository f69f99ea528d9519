"""到会情况: how each kind and each month was attended, as figures and as the length of a bar.

Only sittings whose head counts can be used are added up (``Heads.known``); the others are a figure of
their own (``uncounted``), so that no rate hides them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.period import Unit, periods_between
from zhibu_cli.report.figures import Balance, absent, count
from zhibu_cli.report.life import head_counts
from zhibu_cli.report.wording import NOT_SEEN, UNKNOWN
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.period import Period
    from zhibu_cli.report.heads import Heads
    from zhibu_cli.report.life import Life
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure, KindRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BarRow:
    """A kind or a month with its attendance."""

    label: str
    times: Figure
    expected: Figure
    present: Figure
    rate: Figure

    @property
    def length(self) -> float:
        """The bar, 0 to 100 with one decimal; 0 where there is no rate."""
        return round(100 * (self.rate.number or 0), 1)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All four."""
        return (self.times, self.expected, self.present, self.rate)


def kind_bars(kinds: Sequence[KindRow]) -> tuple[BarRow, ...]:
    """One bar for each kind."""
    return tuple(
        BarRow(label=k.label, times=k.times, expected=k.expected, present=k.present, rate=k.rate)
        for k in kinds
    )


def month_bars(scope: Scope, life: Life) -> tuple[BarRow, ...]:
    """One bar for each month up to the last day counted; every sitting once, whatever kinds it bears."""
    days = {sitting.id: sitting.day for sitting in life.sittings}
    return tuple(_bar(scope, month, life.heads, days) for month in periods_between(Unit.MONTH, scope.span))


def month_balance(life: Life, bars: Sequence[BarRow]) -> Balance:
    """The months together are the sittings."""
    return Balance(life.times, tuple(bar.times for bar in bars))


def _bar(scope: Scope, month: Period, heads: Mapping[str, Heads], days: Mapping[str, date]) -> BarRow:
    number = month.start.month
    mine = tuple(id_ for id_, day in days.items() if day in month)
    good = {id_: heads[id_] for id_ in mine if heads[id_].known}
    key, label = f"month_{number}", f"{number}月"
    expected, present, rate = head_counts(
        key,
        label,
        good,
        among=label,
        reason="本月没有应到、实到均载明的记录",
        none="未载明" if mine else "—",
    )
    return BarRow(
        label=label if month.end <= scope.horizon else f"{label}（截至{scope.horizon.day}日）",
        times=_times(scope, month, mine),
        expected=expected,
        present=present,
        rate=rate,
    )


def _times(scope: Scope, month: Period, mine: tuple[str, ...]) -> Figure:
    key, label = f"month_{month.start.month}", f"{month.start.month}月组织生活场次"
    rule = "当月的组织生活记录，一条记录计一场；民主生活会、中心组学习不计"
    begins = scope.ledger.start
    if not mine and (begins is None or month.end < begins):
        since = f"台账自{chinese_date(begins)}起登记" if begins else "台账尚无组织生活记录"
        return absent(key, label, rule, reason=f"{since}，当月情况不能判断", unit="场", text=UNKNOWN)
    if not mine and month.end > scope.as_of:
        return absent(key, label, rule, reason="本月未结束，尚无记录", unit="场", text="本月未结束")
    return count(key, label, mine, rule, unit="场", reason="当月台账内未见记录", none=NOT_SEEN)
