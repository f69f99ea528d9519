"""What duties of a period have in common: since when anything can be known, the words of a finding."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Status
from zhibu_cli.model.period import Period, Unit, add_months
from zhibu_cli.rules.case import AT_RISK_DAYS, Case, make, open_or_missed
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Severity, Version

DAY = timedelta(days=1)


class Verdict(NamedTuple):
    """A status and the facts behind it, a Chinese sentence."""

    status: Status
    message: str


def too_new(period: Period, founded: date) -> bool:
    """Whether a branch founded that day does not owe the period's duty (regulations.md §10-3).

    The month of founding, and a quarter or year with less than a month left, do not count.
    """
    if period.unit is Unit.MONTH:
        return founded >= period.start
    return add_months(founded, 1) > period.end + DAY


def founding(case: Case, period: Period) -> Verdict | None:
    """Not applicable, where the branch was founded too late for the period."""
    founded = case.ledger.branch.founded
    if not too_new(period, founded):
        return None
    when = "成立之前" if founded > period.end else "成立当期"
    return Verdict(
        Status.NOT_APPLICABLE, f"支部{chinese_date(founded)}成立，{period.label}为{when}，不要求。"
    )


def not_kept(case: Case, register: str, kind: str, since: date, due: date) -> Verdict | None:
    """Unknown, where the register was not kept from the first day on which something was owed.

    While the period is open and the register is kept, the duty can still be met: it is pending.
    """
    begins = case.ledger.begins(register, kind)
    title = case.ledger.catalogue.register(register).title
    if begins is None:
        return Verdict(Status.UNKNOWN, f"“{title}”尚未开始在本台账登记，无法判断。")
    if begins > max(since, case.ledger.branch.founded) and not begins <= case.as_of <= due:
        return Verdict(Status.UNKNOWN, f"“{title}”自{chinese_date(begins)}起登记，此前情况无法判断。")
    return None


def still_short(case: Case, due: date, unit: Unit, what: str, found: int) -> Verdict:
    """Pending, at risk or missed; ``what`` is what was looked for."""
    status = open_or_missed(due, case.as_of, AT_RISK_DAYS[unit])
    seen = f"见{what}{found}次" if found else f"未见{what}"
    if status is Status.MISSED:
        return Verdict(status, f"截至{chinese_date(due)}{seen}。")
    left = (due - case.as_of).days
    rest = f"，还有{left}天" if left else "（当日）"
    return Verdict(status, f"{'目前' if found else '尚'}{seen}，{chinese_date(due)}到期{rest}。")


def of_branch(
    rule: Rule,
    version: Version,
    case: Case,
    period: Period,
    verdict: Verdict,
    *,
    due: date | None = None,
    required: int | None = None,
    found: int | None = None,
    evidence: Iterable[str] = (),
    severity: Severity | None = None,
    detail: str = "",
) -> Finding:
    """What is said of the branch for a period; ``due``: where that is not the period's last day."""
    return make(
        rule,
        version,
        on=case.deciding_day(period.end),
        key=period.key,
        subject=case.branch(),
        status=verdict.status,
        start=period.start,
        due=due or period.end,
        period=period.key,
        required=required,
        found=found,
        evidence=evidence,
        severity=severity,
        message=verdict.message,
        detail=detail,
    )


def asks(version: Version) -> str:
    """The words of the text, as the rule repeats them; what is no text says so before a colon itself."""
    text = version.params.get("asks", "")
    if not text:
        return ""
    return f"{text}。" if "：" in text else f"条文表述：{text}。"
