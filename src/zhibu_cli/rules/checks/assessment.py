"""A record that belongs to a year (所属年度) and may be held until some months into the next.

Parameters:
    kind: the kind that counts: 组织生活会, 民主评议 or 述职评议.
    at_least: the text's own number.
    grace_months: months after the year's end within which the sitting may still be held.
    asks: the words of the text for the message.
    not_in_form: forms (形式) in which the sitting is not the one the text means.

The year is that of 所属年度, whatever the day (regulations.md §10-6); what is held after the grace does
not fill the gap. The version in force on the year's last day, or on the as-of day before it, decides. A
record within the window that states no 所属年度 leaves a year unjudged which would otherwise be missed.
What is met tells in which form a sitting was held and how many members it reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.attendance import expectation
from zhibu_cli.model.declare import Expects
from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Period, Span, Unit, add_months, period_of, periods_between
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import Verdict, asks, founding, not_kept, of_branch, still_short
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

PARAMETERS = {
    "check": {
        "kind": "kind",
        "at_least": "number+",
        "grace_months": "count-",
        "asks": "text",
        "not_in_form": "texts?",
    }
}


class _Record(NamedTuple):
    """What counts of a record: a sitting, or a row of 述职评议."""

    id: str
    day: date
    year: int | None
    sitting: Sitting | None


class _Held(NamedTuple):
    """Records of the kind for one year."""

    counted: list[_Record]
    too_late: list[_Record]
    other_form: list[_Record]
    without_year: list[_Record]


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every year whose window touches the asked range."""
    for period, version, due in assessment_years(rule, case):
        held = _held(version, case, period, due)
        verdict = _verdict(version, case, period, due, held)
        yield of_branch(
            rule,
            version,
            case,
            period,
            verdict,
            due=due,
            required=version.params["at_least"],
            found=len(held.counted),
            evidence=[sitting.id for sitting in held.counted],
        )


def assessment_years(rule: Rule, case: Case) -> Iterator[tuple[Period, Version, date]]:
    """Years whose window, grace included, touches the asked range, up to that of the as-of day.

    Each with the version that decides and the last day of the grace.
    """
    grace = max(version.params["grace_months"] for version in rule.versions)
    first = period_of(Unit.YEAR, add_months(case.asked.start, -grace)).start
    for period in periods_between(Unit.YEAR, Span(first, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is not None:
            yield period, version, add_months(period.end, version.params["grace_months"])


def _held(version: Version, case: Case, period: Period, due: date) -> _Held:
    held = _Held([], [], [], [])
    params = version.params
    for record in _records(case, params["kind"]):
        if record.day > case.as_of or record.day < period.start:
            continue
        if record.year is None:
            if record.day <= due:
                held.without_year.append(record)
        elif record.year == period.start.year:
            if record.day > due:
                held.too_late.append(record)
            elif record.sitting and _form(record.sitting, case) in params.get("not_in_form", ()):
                held.other_form.append(record)
            else:
                held.counted.append(record)
    return held


def _records(case: Case, kind: str) -> Iterator[_Record]:
    register = case.ledger.catalogue.kind(kind).register
    for entry in case.ledger.of_kind(kind):
        sitting = case.ledger.sittings.by_id(entry.id) if register == "sitting" else None
        if entry.day is not None:
            yield _Record(entry.id, entry.day, entry.payload.get("assessment_year"), sitting)


def _form(sitting: Sitting, case: Case) -> str:
    """general, committee or group: the form in which it was held."""
    return _FORMS.get(expectation(sitting, case.ledger.catalogue), "general")


_FORMS = {Expects.MEMBERS: "general", Expects.COMMITTEE: "committee", Expects.GROUP: "group"}


def _verdict(version: Version, case: Case, period: Period, due: date, held: _Held) -> Verdict:
    kind = case.ledger.catalogue.kind(version.params["kind"])
    label, found = kind.label, len(held.counted)
    if found >= version.params["at_least"] and case.ledger.branch.founded <= period.end:
        days = "、".join(chinese_date(record.day) for record in held.counted)
        return Verdict(Status.MET, f"{period.label}度{label}记录{found}次（{days}）。{_reach(case, held)}")
    verdict = founding(case, period) or not_kept(case, kind.register, kind.name, period.start, due)
    if verdict is not None:
        return verdict
    status, message = still_short(case, due, Unit.YEAR, f"{period.label}度{label}记录", found)
    if held.without_year and status is Status.MISSED:
        records = called(case, (record.id for record in held.without_year))
        return Verdict(Status.UNKNOWN, f"{records}未写所属年度，无法判断是否为{period.label}度的。")
    return Verdict(status, f"{message}{asks(version)}{_notes(case, held)}")


def _notes(case: Case, held: _Held) -> str:
    """What lies beside the records that count, where those are too few."""
    rows = (
        (held.too_late, "在期限之后召开，不计入"),
        (held.other_form, "不是以党员大会形式召开，不计入"),
        (held.without_year, "未写所属年度，未计入"),
    )
    return "".join(
        f"{called(case, (record.id for record in records))}{why}。" for records, why in rows if records
    )


def _reach(case: Case, held: _Held) -> str:
    """In which form it was held, and how many of the members it reached."""
    sittings = [record.sitting for record in held.counted if record.sitting]
    forms = {_form(sitting, case) for sitting in sittings}
    if not sittings or "general" in forms:
        return ""
    members = {member.id for member in case.ledger.roster.members_on(sittings[-1].day)}
    words = _HELD_BY["committee" if "committee" in forms else "group"]
    reached: set[str] = set()
    for sitting in sittings:
        present = case.ledger.counted(sitting).present
        if present is None:
            return words
        reached |= members & {*present}
    return f"{words}按出席记录，在册{len(members)}名党员中有{len(reached)}名参加。"


_HELD_BY = {
    "committee": "以支部委员会形式召开，未参加的党员不在其内。",
    "group": "以党小组会形式召开，未开会的党小组不在其内。",
}
