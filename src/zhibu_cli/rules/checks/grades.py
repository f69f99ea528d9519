"""Grades given in the yearly appraisal (民主评议): how many, for whom, told to whom.

``grades.share``: how many members at most are 优秀, by two bases. Parameters:
    grade: the grade that is counted.
    share: ``[1, 3]``, one third.
    full_members_severity: where the share is exceeded for the full members only, not for all.
    grace_months: months after the year's end until which grades may still come.
    asks: the words of the text for the message.

Both bases are read from the roster of the day of the appraisal sitting, or of the year's last day
where there is none. Whole numbers: ``n * 3 <= base``. While there are no grades the year is pending,
after the grace unknown. Sittings and grades of a later day than the as-of day have not happened yet.

``grades.coverage``: a row for every member who was due. Parameters:
    new_months: who had been here for less than so many months by then need have none (regulations.md §10-8).
    grace_months, asks: as above.

Any row will do, 不定等次 and 不列入 too. Without any row the year is pending, after the grace unknown.

``grades.fed_back``: a 反馈日期 in every row with a grade. Parameters:
    grades: values of 评定等次 of which the member is told.
    grace_months: months after the year's end; the text has no deadline.
    asks: as above.
    A year in which no row has one is unknown: the column is not kept here.

``grades.answered``: something in 教育帮助或处置措施 of every row with one of the grades. Parameters:
    grades: values of 评定等次 that call for it.
    nothing: what is written there where there is none (无).
    grace_months, asks: as above.
    A year without such a grade has no finding; the names stand in the detail only.

``grades.without_grade``: members whose row should bear no grade (预备党员). Parameters:
    allowed: values of 评定等次 that are no grade.
    asks: the words of the text for the message.

``grades.explained``: full members whose row says that they were left out, and not by whose approval (备注).
    grades: values of 评定等次 that say so.
    asks: as above.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Period, Unit, add_months, period_of
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import AT_RISK_DAYS, Case, open_or_missed, record_defect
from zhibu_cli.rules.checks.assessment import assessment_years
from zhibu_cli.rules.duty import Verdict, asks, founding, here_since, not_kept, of_branch
from zhibu_cli.text import chinese_date, chinese_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import AppraisalRow

PARAMETERS = {
    "share": {
        "grade": "text",
        "share": "share-",
        "full_members_severity": "error|warn|info|remind",
        "grace_months": "count-",
        "asks": "text",
    },
    "coverage": {"new_months": "count-", "grace_months": "count-", "asks": "text"},
    "fed_back": {"grades": "texts", "grace_months": "count-", "asks": "text"},
    "answered": {"grades": "texts", "nothing": "texts", "grace_months": "count-", "asks": "text"},
    "without_grade": {"allowed": "texts", "asks": "text"},
    "explained": {"grades": "texts", "asks": "text"},
}
SITTING, ROWS = "appraisal", "appraisal_row"


def share(rule: Rule, case: Case) -> Iterator[Finding]:
    """At most a share of the members bears the grade."""
    for period, version, due in assessment_years(rule, case):
        rows = _rows(case, period.start.year)
        top = [row for row in rows if row.grade == version.params["grade"]]
        verdict, severity = _judge(version, case, period, rows, top)
        yield of_branch(
            rule,
            version,
            case,
            period,
            verdict,
            due=due,
            found=len(top) if rows else None,
            evidence=[row.id for row in top],
            severity=severity,
        )


def coverage(rule: Rule, case: Case) -> Iterator[Finding]:
    """A row for every member who was due."""
    roster = case.ledger.roster

    def judge(version: Version, period: Period, rows: list[AppraisalRow], due: date) -> _Count:
        day = min(appraised_on(case, period.start.year), case.as_of)
        months = version.params["new_months"]
        owed = [m for m in roster.members_on(day) if add_months(here_since(case, m, day), months) <= day]
        graded = {roster.id_of(row.member): row.id for row in rows}
        left = [member for member in owed if member.id not in graded]
        counted = [graded[member.id] for member in owed if member.id in graded]
        facts = f"评议：{chinese_date(day)}应评{len(owed)}人，已登记等次或说明{len(counted)}人"
        facts += f"，{len(left)}人未见登记（核对期限{chinese_date(due)}）" if left else ""
        names = "、".join(member.name for member in left)
        return _Count(len(owed), counted, facts, f"未见登记的：{names}。" if left else "")

    yield from _counted(rule, case, judge)


def fed_back(rule: Rule, case: Case) -> Iterator[Finding]:
    """A day of feedback in every row with a grade."""

    def judge(version: Version, _period: Period, rows: list[AppraisalRow], due: date) -> _Count:
        graded = [row for row in rows if row.grade in version.params["grades"]]
        told = [row for row in graded if row.fed_back and row.fed_back <= case.as_of]
        left = [row for row in graded if row not in told]
        facts = f"评定等次{len(graded)}人，写明反馈日期{len(told)}人"
        facts += f"，{len(left)}人未见反馈日期（核对期限{chinese_date(due)}）" if left else ""
        names = "、".join(case.ledger.roster.name_of(row.member) for row in left)
        detail = f"未见反馈日期的：{names}。" if left else ""
        return _Count(len(graded), [row.id for row in told], facts, detail, not_kept=not told)

    yield from _counted(rule, case, judge)


class _Count(NamedTuple):
    """How many rows there should be, and are."""

    owed: int
    found: Sequence[str]
    """The rows that count, by number; they are the evidence."""
    facts: str
    detail: str
    not_kept: bool = False
    """Whether a blank says nothing, since nothing of the kind is written down that year."""


def _counted(
    rule: Rule,
    case: Case,
    judge: Callable[[Version, Period, list[AppraisalRow], date], _Count],
) -> Iterator[Finding]:
    """A finding for each year; pending up to the end of the grace where something is left."""
    for period, version, due in assessment_years(rule, case):
        rows = _rows(case, period.start.year)
        if rows:
            count = judge(version, period, rows, due)
            judged = _count_verdict(version, case, period, count, due)
            if judged.status is not Status.MET and (young := founding(case, period)):
                judged = young
        else:
            count, judged = _Count(0, (), "", ""), _no_grades(version, case, period)
        yield of_branch(
            rule,
            version,
            case,
            period,
            judged,
            due=due,
            required=count.owed if rows else None,
            found=len(count.found) if rows else None,
            evidence=count.found,
            detail=count.detail,
        )


def _count_verdict(version: Version, case: Case, period: Period, count: _Count, due: date) -> Verdict:
    facts = f"{period.label}度{count.facts}。"
    if len(count.found) >= count.owed:
        return Verdict(Status.MET, facts)
    status = open_or_missed(due, case.as_of, AT_RISK_DAYS[Unit.YEAR])
    if status is Status.MISSED and count.not_kept:
        return Verdict(Status.UNKNOWN, f"{facts}这一年度一个日期都没有填，无法判断。")
    return Verdict(status, f"{facts}{asks(version)}")


def answered(rule: Rule, case: Case) -> Iterator[Finding]:
    """Measures in every row with a grade that calls for them."""
    for period, version, due in assessment_years(rule, case):
        params = version.params
        rows = [row for row in _rows(case, period.start.year) if row.grade in params["grades"]]
        if not rows:
            continue
        done = [row.id for row in rows if row.follow_up.strip() not in {"", *params["nothing"]}]
        left = [case.ledger.roster.name_of(row.member) for row in rows if row.id not in done]
        names = "、".join(
            case.ledger.catalogue.register(ROWS).field("grade").term(g) for g in params["grades"]
        )
        facts = f"评定为{names}的{len(rows)}人，写明教育帮助或处置措施{len(done)}人"
        facts += f"，{len(left)}人未见（核对期限{chinese_date(due)}）" if left else ""
        count = _Count(len(rows), done, facts, f"未见措施的：{'、'.join(left)}。" if left else "")
        yield of_branch(
            rule,
            version,
            case,
            period,
            _count_verdict(version, case, period, count, due),
            due=due,
            required=count.owed,
            found=len(done),
            evidence=done,
            detail=count.detail,
        )


def without_grade(rule: Rule, case: Case) -> Iterator[Finding]:
    """Probationary members take part and bear no grade."""

    def judge(row: AppraisalRow, member: Member, version: Version, day: date) -> str:
        if row.grade in version.params["allowed"] or member.is_full(day):
            return ""
        who = f"按名册，{member.name}{chinese_date(day)}为预备党员"
        return f"{who}，{row.assessment_year}年度写了评定等次，请核对。"

    yield from _rows_told(rule, case, judge)


def explained(rule: Rule, case: Case) -> Iterator[Finding]:
    """Whoever was left out by approval has it in 备注; a probationary member needs none."""

    def judge(row: AppraisalRow, member: Member, version: Version, day: date) -> str:
        if (
            row.grade not in version.params["grades"]
            or row.entry.payload.get("note")
            or not member.is_full(day)
        ):
            return ""
        grade = case.ledger.catalogue.register(ROWS).field("grade").term(row.grade)
        return f"{member.name}{row.assessment_year}年度登记为“{grade}”，备注没有写批准依据，请核对。"

    yield from _rows_told(rule, case, judge)


def _rows_told(
    rule: Rule, case: Case, judge: Callable[[AppraisalRow, Member, Version, date], str]
) -> Iterator[Finding]:
    """What is said of single rows of members who were here on the day of the appraisal."""
    for row in case.ledger.appraisal_rows:
        day = appraised_on(case, row.assessment_year)
        member = case.ledger.roster.find(row.member)
        version = rule.version_on(case.deciding_day(day))
        if version is None or member is None or day > case.as_of or not member.in_branch(day):
            continue
        facts = judge(row, member, version, day)
        name = f"{row.assessment_year}年度评议"
        message = f"{facts}{asks(version)}"
        finding = (
            record_defect(rule, case, id_=row.id, name=name, day=day, message=message) if facts else None
        )
        if finding is not None:
            yield finding


def appraised_on(case: Case, year: int) -> date:
    """The day of the year's last appraisal sitting; without one see ``_without_sitting``."""
    days = [
        entry.day
        for entry in case.ledger.sittings.entries
        if entry.day and SITTING in entry.kinds and entry.payload.get("assessment_year") == year
    ]
    if not days:
        return _without_sitting(case, year)
    return max((day for day in days if day <= case.as_of), default=min(days))


def _without_sitting(case: Case, year: int) -> date:
    """The last 反馈日期 reached, else the year's last day or the as-of day in it.

    Grades that are registered are there, though nobody recorded the sitting.
    """
    last = period_of(Unit.YEAR, date(year, 1, 1)).end
    rows = [row for row in case.ledger.appraisal_rows if row.assessment_year == year]
    told = [row.fed_back for row in rows if row.fed_back]
    if told:
        return max((day for day in told if day <= case.as_of), default=min(told))
    return min(last, case.as_of) if rows and case.as_of.year == year else last


def _rows(case: Case, year: int) -> list[AppraisalRow]:
    """The year's rows, unless its appraisal lies after the as-of day."""
    if appraised_on(case, year) > case.as_of:
        return []
    return [row for row in case.ledger.appraisal_rows if row.assessment_year == year]


def _judge(
    version: Version, case: Case, period: Period, rows: list[AppraisalRow], top: list[AppraisalRow]
) -> tuple[Verdict, Severity | None]:
    """What is said of the year, and its severity where that is not the version's."""
    if not rows:
        return _no_grades(version, case, period), None
    day = min(appraised_on(case, period.start.year), case.as_of)
    everybody, full = len(case.ledger.roster.members_on(day)), len(case.ledger.roster.full_on(day))
    part, whole = version.params["share"]
    over_all, over_full = (len(top) * whole > base * part for base in (everybody, full))
    figures = f"评为{_grade(version, case)}{len(top)}人；"
    figures += f"{chinese_date(day)}党员总数{everybody}人，其中正式党员{full}人。"
    if not everybody:
        return Verdict(Status.UNKNOWN, f"{figures}名册中没有当日在册的党员，无法判断。"), None
    if over_all:
        return Verdict(Status.MISSED, f"{figures}超过党员总数的{_words(part, whole)}。{asks(version)}"), None
    if over_full:
        words = f"未超过党员总数的{_words(part, whole)}，超过正式党员的{_words(part, whole)}"
        severity = Severity(version.params["full_members_severity"])
        return Verdict(Status.MISSED, f"{figures}{words}。{asks(version)}"), severity
    return Verdict(Status.MET, f"{figures}未超过{_words(part, whole)}。"), None


def _no_grades(version: Version, case: Case, period: Period) -> Verdict:
    due = add_months(period.end, version.params["grace_months"])
    verdict = founding(case, period) or not_kept(case, ROWS, ROWS, period.start, due)
    if verdict is not None:
        return verdict
    if case.as_of <= due:
        return Verdict(Status.PENDING, f"{period.label}度还没有登记评定等次。")
    return Verdict(Status.UNKNOWN, f"截至{chinese_date(due)}没有登记{period.label}度的评定等次，无法判断。")


def _words(part: int, whole: int) -> str:
    return f"{chinese_number(whole)}分之{chinese_number(part)}"


def _grade(version: Version, case: Case) -> str:
    return case.ledger.catalogue.register(ROWS).field("grade").term(version.params["grade"])
