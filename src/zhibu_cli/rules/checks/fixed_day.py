"""A theme day near the day that the branch has fixed for it (主题党日固定日).

Parameters:
    kind: the kind that counts.
    within_days: how far from the fixed day, shifted over days off, one of the month's may lie.
    asks: the words of the text for the message.

Only months with a record of the kind are judged: whether one is owed at all is another rule's business.
A month is met where one record lies near enough, and a defect (``missed``) where all lie further off and
none can be nearer any more. An open month is pending as long as its fixed day is to come, which is then
its due day; so are months told in advance. What 支部信息 says today is taken for every month (see
model/fixed_day.py for how it is read); a record near a day that it said in an earlier version counts too,
since nobody writes down from when a new fixed day is meant. Where the days off of the year are not known,
a record near the day as it was fixed counts and any other leaves the month unknown. A text that cannot be
read is one unknown finding with the last day asked about as its due day; nothing fixed is no finding.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.fixed_day import parse_fixed_day
from zhibu_cli.model.period import Span, Unit, periods_between
from zhibu_cli.model.records import held_between
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.duty import Verdict, asks, of_branch
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhibu_cli.model.fixed_day import DayInMonth, FixedDay
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {"check": {"kind": "kind", "within_days": "count-", "asks": "text"}}


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every month of the asked range that holds such a record or is not over."""
    text = case.ledger.branch.theme_day.strip()
    fixed = parse_fixed_day(text)
    if not text:
        return
    if fixed is None:
        yield from _unreadable(rule, case, text)
        return
    for period in periods_between(Unit.MONTH, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is not None and period.end >= case.ledger.branch.founded:
            days = [
                one.day_in(period.start.year, period.start.month, case.ledger.work_calendar)
                for one in (fixed, *_earlier(case))
            ]
            yield from _judge(rule, version, case, period, days)


def _earlier(case: Case) -> Iterator[FixedDay]:
    """Fixed days that 支部信息 said in earlier versions, as far as they can be read."""
    for entry in case.ledger.entries:
        for old in entry.earlier if entry.register == "branch" else ():
            fixed = parse_fixed_day(old.payload.get("theme_day", ""))
            if fixed is not None:
                yield fixed


def _unreadable(rule: Rule, case: Case, text: str) -> Iterator[Finding]:
    day = case.horizon
    version = rule.version_on(day)
    if version is None:
        return
    how = "可写成每月20日、每月第一个星期五、每月最后一个工作日这样的形式"
    message = f"支部信息中的主题党日固定日“{text}”读不出是哪一天，无法核对；{how}。"
    yield make(
        rule,
        version,
        on=day,
        key=day.isoformat(),
        subject=case.branch(),
        status=Status.UNKNOWN,
        start=day,
        due=day,
        message=message,
    )


def _judge(
    rule: Rule, version: Version, case: Case, period: Period, days: Sequence[DayInMonth]
) -> Iterator[Finding]:
    """``days``: the fixed day in the month, then those of earlier versions."""
    entries = case.ledger.of_kind(version.params["kind"])
    held = entries[held_between(entries, period.start, case.deciding_day(period.end))]
    verdict = _verdict(version, case, period, days, [entry.day for entry in held if entry.day])
    if verdict is None:
        return
    fixed = days[0].day
    ahead = verdict.status is Status.PENDING and fixed is not None and fixed >= case.as_of
    due = fixed if ahead else None
    yield of_branch(rule, version, case, period, verdict, due=due, evidence=[entry.id for entry in held])


def _verdict(
    version: Version, case: Case, period: Period, days: Sequence[DayInMonth], held: Sequence[date]
) -> Verdict | None:
    today, fixed = days[0], days[0].day
    label = case.ledger.catalogue.kind(version.params["kind"]).label
    reach = timedelta(days=version.params["within_days"])
    near = next((day for day in days if any(day.day and abs(one - day.day) <= reach for one in held)), None)
    if near is not None:
        words = "" if near.shifted else f"{period.start.year}年的放假安排未登记全。"
        facts = f"{period.label}的{label}记录在固定日{near.told}前后{reach.days}天以内。"
        return Verdict(Status.MET, facts + words)
    if fixed is not None and case.as_of <= (fixed + reach if held else fixed):
        return Verdict(Status.PENDING, f"{period.label}{label}的固定日为{today.told}。")
    if not held:
        return None
    if today.shifted is None:
        unknown = f"{period.start.year}年的放假安排未登记全"
        return Verdict(Status.UNKNOWN, f"{unknown}，{period.label}的固定日顺延到哪一天不能确定，无法判断。")
    dates, all_ = "、".join(map(chinese_date, held)), "都" if len(held) > 1 else ""
    facts = f"{period.label}的{label}记录在{dates}，离固定日{today.told}{all_}超过{reach.days}天。"
    return Verdict(Status.MISSED, facts + asks(version))
