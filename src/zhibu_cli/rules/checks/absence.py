"""Long or frequent absence of a member: a reminder to verify, never a verdict.

``absence.long``: so many months in a row without any recorded attendance. Parameters:
    months: the text's own number.
    at_risk_months: from so many full months on the person is told of while the rest is open.
    asks: the words of the text for the message.
    hints: tables ``{ flag, text }``: what the message adds about people of whom the roster says so
        (``retired``, ``floating``).

Whole natural months are counted in which sittings of branch life that give names expected the person and
none names him as present. A month is broken off by one attendance, by an absence of which a reason, prior
leave or made-up study is recorded, by 经支部同意暂不参加 or 不计入应到会人数, and by a sitting that
expected him and names nobody: he may have come. A month without any sitting that expected him is not
counted and breaks nothing off. The first month counted is the first whole one in the branch. Persons
whose 组织关系 is elsewhere are not judged.

Key ``rule@due/member``, ``due`` being the last day of the month that fills the number. From then on it is
told in every later answer until the months are broken off, and afterwards as met in the answers that touch
them. Where nobody is to be told of, one finding says so: met, or unknown where the last months hold no
sitting with names.

``absence.unexplained``: absences for which the record gives neither a reason nor leave nor made-up study.
Parameters:
    at_least: from how many in a year on; asks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Period, Span, Unit, add_months, period_of, periods_between
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.attendance import excuses, is_life, stand
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import DAY, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting

PARAMETERS = {
    "long": {"months": "number", "at_risk_months": "number-", "hints": "hints?", "asks": "text"},
    "unexplained": {"at_least": "number-", "asks": "text"},
}


class _Chain(NamedTuple):
    """Months in a row without recorded attendance."""

    months: list[Period]
    """Those that count, whole ones first; the last may still be open."""
    evidence: list[str]
    broken: Period | None
    """The month that breaks it off; None: none by the as-of day."""


def long(rule: Rule, case: Case) -> Iterator[Finding]:
    """Months in a row without any recorded attendance."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    months = _Months(case)
    told = False
    for member in case.ledger.roster.members:
        for chain in months.chains(member, version.params["at_risk_months"]):
            finding = _long(rule, version, case, member, chain)
            if finding is not None:
                told = told or finding.status is not Status.MET
                yield finding
    if not told and rule.version_on(case.horizon):
        yield _nobody(rule, version, case, months)


class _Months:
    """How members stand to the sittings of a month, looked up once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._sittings: dict[date, tuple[Sitting, ...]] = {}
        self._came: dict[date, set[str]] = {}

    def sittings(self, month: Period) -> tuple[Sitting, ...]:
        """The sittings of the month up to the as-of day."""
        if month.start not in self._sittings:
            last = min(month.end, self.case.as_of)
            self._sittings[month.start] = self.case.ledger.sittings.between(month.start, last)
        return self._sittings[month.start]

    def came(self, month: Period) -> set[str]:
        """Everybody named as present at a sitting of branch life in the month."""
        if month.start not in self._came:
            life = [sitting for sitting in self.sittings(month) if is_life(self.case, sitting)]
            self._came[month.start] = {
                ref for sitting in life for ref in self.case.ledger.counted(sitting).present or ()
            }
        return self._came[month.start]

    def absent(self, member: Member, month: Period) -> list[str] | None:
        """Sittings without the person; an empty list: the month does not count; None: broken off."""
        if not member.in_branch(min(month.end, self.case.as_of)):
            return None
        if not member.in_branch(month.start):
            return []
        if member.id in self.came(month):
            return None
        found: list[str] = []
        for sitting in self.sittings(month):
            place = stand(self.case, member.id, sitting)
            if place in {"excused", "unknown"} or excuses(self.case, member.id, sitting):
                return None
            if place == "absent":
                found.append(sitting.id)
        return found

    def chains(self, member: Member, least: int) -> Iterator[_Chain]:
        """Chains of at least so many whole months that touch the asked range or last into it."""
        month = self._first(member)
        months: list[Period] = []
        evidence: list[str] = []
        while month.start <= self.case.as_of and (months or month.start <= self.case.asked.end):
            absent = self.absent(member, month)
            if absent:
                months.append(month)
                evidence += absent
            elif absent is None:
                if _whole(months, self.case.as_of) >= least:
                    yield _Chain(months, evidence, month)
                months, evidence = [], []
            month = month.next()
        if _whole(months, self.case.as_of) >= least:
            yield _Chain(months, evidence, None)

    def _first(self, member: Member) -> Period:
        """The month in which a chain that reaches the asked range may begin."""
        start = self.case.ledger.start or self.case.asked.start
        month = period_of(Unit.MONTH, max(self.case.asked.start, start))
        while month.start > start and self.absent(member, month) is not None:
            month = period_of(Unit.MONTH, month.start - DAY)
        return month


def _whole(months: list[Period], as_of: date) -> int:
    """How many of the months are over."""
    return sum(month.end < as_of for month in months)


def _long(rule: Rule, version: Version, case: Case, member: Member, chain: _Chain) -> Finding | None:
    need = version.params["months"]
    full = _whole(chain.months, case.as_of)
    if full < need and chain.broken is not None:
        return None
    due = chain.months[need - 1].end if len(chain.months) >= need else _next_end(chain, need, case.as_of)
    status = Status.AT_RISK
    if full >= need:
        status = Status.MISSED if chain.broken is None else Status.MET
    last = case.as_of if chain.broken is None else chain.broken.start - DAY
    begin = chain.months[0].start
    start = begin if Span(begin, due).overlaps(case.asked) else max(last, due)
    on = case.deciding_day(due)
    return make(
        rule,
        version,
        on=on,
        key=f"{due.isoformat()}/{member.id}",
        subject=case.member(member.id),
        status=status,
        start=start,
        due=due,
        required=1,
        found=0,
        message=_words(version, member, chain, full),
        evidence=chain.evidence,
    )


def _next_end(chain: _Chain, need: int, as_of: date) -> date:
    """The last day of the month that would fill the number, each month from this one on counting."""
    this = period_of(Unit.MONTH, as_of)
    missing = need - len(chain.months) - (chain.months[-1] != this)
    return period_of(Unit.MONTH, add_months(this.start, missing)).end


def _words(version: Version, member: Member, chain: _Chain, full: int) -> str:
    first, last = chain.months[0], chain.months[full - 1]
    since = f"{member.name}自{first.label}至{last.label}"
    if chain.broken is not None:
        return f"{since}连续{full}个月无参加记录，{chain.broken.label}起不再连续。"
    hints = "".join(
        row["text"] for row in version.params.get("hints", ()) if getattr(member, row["flag"], False)
    )
    skipped = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month + 1 - full
    counted = f"连续{full}个月无参加记录" + ("（没有应到活动的月份不计）" if skipped else "")
    if full < version.params["months"]:
        return f"{since}{counted}，请及早联系本人了解情况。{hints}"
    return f"{since}{counted}，请核实，不作结论。{hints}{asks(version)}"


def _nobody(rule: Rule, version: Version, case: Case, months: _Months) -> Finding:
    day = case.horizon
    need = version.params["months"]
    first = period_of(Unit.MONTH, add_months(day, 1 - need))
    span = periods_between(Unit.MONTH, Span(first.start, day))
    named = any(
        case.ledger.counted(sitting).present is not None
        for month in span
        for sitting in months.sittings(month)
    )
    message = f"截至{chinese_date(day)}，按写明出席人员的记录，没有连续{need}个月无参加记录的党员。"
    if not named:
        message = f"{chinese_date(day)}以前{need}个月没有写明出席人员的组织生活记录，无法判断。"
    return make(
        rule,
        version,
        on=day,
        key=day.isoformat(),
        subject=case.branch(),
        status=Status.MET if named else Status.UNKNOWN,
        start=day,
        due=day,
        message=message,
    )


def unexplained(rule: Rule, case: Case) -> Iterator[Finding]:
    """Absences for which nothing is recorded, so many in a year."""
    for period in periods_between(Unit.YEAR, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is None:
            continue
        for ref, ids in _unexplained(case, period).items():
            if len(ids) >= version.params["at_least"]:
                yield _blank(rule, version, case, period, ref=ref, ids=ids)


def _unexplained(case: Case, period: Period) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = defaultdict(list)
    roster = case.ledger.roster
    for sitting in case.ledger.sittings.between(period.start, case.deciding_day(period.end)):
        for row in sitting.absentees:
            member = roster.find(row.ref)
            if member and member.in_branch(sitting.day) and not excuses(case, member.id, sitting):
                rows[member.id].append(sitting.id)
    return rows


def _blank(rule: Rule, version: Version, case: Case, period: Period, *, ref: str, ids: list[str]) -> Finding:
    name = case.ledger.roster.name_of(ref)
    words = f"{period.label}{name}缺席而原因未填的记录{len(ids)}次：{called(case, ids)}，请核实原因。"
    return make(
        rule,
        version,
        on=case.deciding_day(period.end),
        key=f"{period.key}/{ref}",
        subject=case.member(ref),
        status=Status.MISSED,
        start=period.start,
        due=period.end,
        period=period.key,
        found=len(ids),
        evidence=ids,
        message=words + asks(version),
    )
