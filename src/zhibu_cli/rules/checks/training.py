"""Hours and courses of training (学时): 培训学时 and the 学时 of the sittings that somebody attended by name.

``training.hours``: so many hours in a year, by person. Parameters:
    who: ``members`` (everybody without a post) or ``officers`` (the committee, or 书记 and 副书记).
    at_least: the hours of a whole year.
    uncounted_forms: values of 形式 that do not count (自学).
    course_form, courses: so many rows of that 形式 beside the hours.
    asks: the words of the text for the message.

``training.yearly``: a course of some kind attended by the holder of a post in every year. Parameters:
    post, purpose, level: 职务, 种类 and 举办级别 as the registers have them.
    at_least, asks.

Who owes hours is read from the roster of the year's last day, or of the as-of day before it. Who came
here or took up the post within the year owes the share of the full months that are left, parts of an
hour dropped (regulations.md §5, a design of ours). Hours are never derived from the length of a sitting,
and a sitting that gives numbers only is nobody's: where its hours would do, the year is unknown.

While 培训学时 has not begun here, what the sittings show may be enough; all else is one ``unknown`` for
the branch, not one for each member.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status, Subject
from zhibu_cli.model.period import Period, Span, Unit, periods_between
from zhibu_cli.rules.case import AT_RISK_DAYS, Case, make, open_or_missed
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import Verdict, asks, founding, here_since, not_kept, still_short
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhibu_cli.model.roster import Member, Roster
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.work import Training

PARAMETERS = {
    "hours": {
        "who": "members|officers",
        "at_least": "number+",
        "uncounted_forms": "texts",
        "course_form": "text?",
        "courses": "number+?",
        "asks": "text",
    },
    "yearly": {"post": "text", "purpose": "text", "level": "text", "at_least": "number+", "asks": "text"},
}
REGISTER = "training"


class _Year(NamedTuple):
    """One year under judgement."""

    rule: Rule
    version: Version
    case: Case
    period: Period

    @property
    def day(self) -> date:
        """The day whose roster says who owes hours."""
        return self.case.deciding_day(self.period.end)

    @property
    def rows(self) -> tuple[Training, ...]:
        """Rows of the register in the year, up to the as-of day."""
        return tuple(row for row in self.case.ledger.trainings if self.period.start <= row.day <= self.day)


class _Hours(NamedTuple):
    """What the ledger knows of one person's year."""

    hours: float
    evidence: list[str]
    courses: int
    formless: list[str]
    """Rows that do not state their 形式."""


class _Unnamed(NamedTuple):
    """Sittings with hours whose people are not known by name."""

    hours: float
    ids: list[str]


def _years(rule: Rule, case: Case) -> Iterator[_Year]:
    for period in periods_between(Unit.YEAR, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is not None:
            yield _Year(rule, version, case, period)


def hours(rule: Rule, case: Case) -> Iterator[Finding]:
    """So many hours in a year, by person."""
    for year in _years(rule, case):
        verdict = _nobody(year)
        if verdict is not None:
            yield _make(year, case.branch(), "", verdict)
            continue
        found, unnamed = _count(year)
        judged = [
            _person(year, member, found[member.id], unnamed)
            for member in _owing(case.ledger.roster, year.version.params["who"], year.day)
        ]
        yield from _answer(year, judged, begun=case.ledger.begins(REGISTER) is not None)


def _nobody(year: _Year) -> Verdict | None:
    """What is said of the branch, where nothing can be said of its people."""
    case = year.case
    if year.day < case.ledger.branch.founded:
        return founding(case, year.period)
    if year.version.params["who"] == "officers" and not case.ledger.roster.posts_known(year.day):
        message = f"“职务任期”中没有登记{year.period.label}在任的人员，无法判断。"
        return Verdict(Status.UNKNOWN, message)
    return None


def _owing(roster: Roster, who: str, day: date) -> list[Member]:
    officers = roster.officers_on(day)
    return [member for member in roster.members_on(day) if (member.id in officers) == (who == "officers")]


def _count(year: _Year) -> tuple[dict[str, _Hours], _Unnamed]:
    """Hours by number of the member, and those of sittings that give numbers only."""
    ledger, params = year.case.ledger, year.version.params
    found: dict[str, _Hours] = defaultdict(lambda: _Hours(0, [], 0, []))
    unnamed = _Unnamed(0, [])
    for sitting in ledger.sittings.between(year.period.start, year.day):
        if not sitting.hours:
            continue
        present = ledger.counted(sitting).present
        if present is None:
            unnamed = _Unnamed(unnamed.hours + sitting.hours, [*unnamed.ids, sitting.id])
        for ref in present or ():
            found[ref] = _more(found[ref], sitting.hours, sitting.id)
    for row in year.rows:
        if row.form not in params["uncounted_forms"]:
            ref = ledger.roster.id_of(row.member)
            course = bool(row.form) and row.form == params.get("course_form")
            found[ref] = _more(found[ref], row.hours, row.id, course=course, formless=not row.form)
    return found, unnamed


def _more(held: _Hours, hours: float, id_: str, *, course: bool = False, formless: bool = False) -> _Hours:
    return _Hours(
        held.hours + hours,
        [*held.evidence, id_],
        held.courses + course,
        [*held.formless, *([id_] if formless else [])],
    )


class _Judged(NamedTuple):
    """What is said of one person."""

    member: Member
    required: int
    found: _Hours
    verdict: Verdict


def _person(year: _Year, member: Member, found: _Hours, unnamed: _Unnamed) -> _Judged:
    since = _owing_since(year, member)
    months = _months(year.period, since)
    required = year.version.params["at_least"] * months // 12
    if not required:
        verdict = Verdict(Status.NOT_APPLICABLE, "到年末不足一个月，当年不要求。")
        return _Judged(member, required, found, verdict)
    verdict = _verdict(year, found, unnamed, required)
    share = "" if months == 12 else f"（按{months}个月折算）"
    message = f"登记学时{found.hours:g}，要求{required}{share}{verdict.message}"
    return _Judged(member, required, found, Verdict(verdict.status, message))


def _owing_since(year: _Year, member: Member) -> date:
    since = here_since(year.case, member, year.day)
    if year.version.params["who"] != "officers":
        return since
    return max(since, year.case.ledger.roster.serving_since(member.id, year.day))


def _months(period: Period, since: date) -> int:
    """Full months of the year from that day on."""
    if since <= period.start:
        return 12
    return 12 - since.month + (since.day == 1)


def _verdict(year: _Year, found: _Hours, unnamed: _Unnamed, required: int) -> Verdict:
    """The status, and what follows the figures in the message."""
    case, due = year.case, year.period.end
    courses = year.version.params.get("courses", 0)
    seen = f"；集中培训{found.courses}次，要求{courses}次" if courses else ""
    if found.hours >= required and found.courses >= courses:
        return Verdict(Status.MET, f"{seen}。")
    status = open_or_missed(due, case.as_of, AT_RISK_DAYS[Unit.YEAR])
    if status is not Status.MISSED:
        left = f"{chinese_date(due)}到期，还有{(due - case.as_of).days}天"
        return Verdict(status, f"{seen}；{left}。{asks(year.version)}")
    begins = case.ledger.begins(REGISTER)
    if begins is not None and begins > max(year.period.start, case.ledger.branch.founded):
        return Verdict(
            Status.UNKNOWN, f"{seen}；“培训学时”自{chinese_date(begins)}起登记，此前情况无法判断。"
        )
    if found.hours < required <= found.hours + unnamed.hours:
        records = called(case, unnamed.ids)
        return Verdict(Status.UNKNOWN, f"{seen}；{records}的学时没有出席人员姓名，未计入，无法判断。")
    if found.hours >= required and found.formless:
        records = called(case, found.formless)
        return Verdict(Status.UNKNOWN, f"{seen}；{records}没有写形式，是否集中培训无法判断。")
    return Verdict(status, f"{seen}。{asks(year.version)}请核实学时有没有登记全。")


def _answer(year: _Year, judged: Sequence[_Judged], *, begun: bool) -> Iterator[Finding]:
    """A finding for each person; before the register has begun, one for all who are short."""
    settled = {Status.MET, Status.NOT_APPLICABLE}
    short = [one for one in judged if one.verdict.status not in settled]
    for one in judged:
        if begun or one not in short:
            yield _make(
                year,
                year.case.member(one.member.id),
                f"/{one.member.id}",
                one.verdict,
                required=one.required,
                found=one.found,
            )
    if short and not begun:
        yield _make(year, year.case.branch(), "", Verdict(Status.UNKNOWN, _unbegun(year, judged)))


def _unbegun(year: _Year, judged: Sequence[_Judged]) -> str:
    words = "“培训学时”尚未开始在本台账登记"
    if not any(one.found.hours for one in judged):
        return f"{words}，{year.period.label}的组织生活记录也没有写学时，无法判断。"
    met = sum(one.verdict.status is Status.MET for one in judged)
    return f"{words}，按组织生活记录的学时{len(judged)}人中有{met}人达到要求，其余的无法判断。"


def _make(
    year: _Year,
    subject: Subject,
    suffix: str,
    verdict: Verdict,
    *,
    required: int | None = None,
    found: _Hours | None = None,
) -> Finding:
    return make(
        year.rule,
        year.version,
        on=year.day,
        key=year.period.key + suffix,
        subject=subject,
        status=verdict.status,
        start=year.period.start,
        due=year.period.end,
        period=year.period.key,
        required=year.version.params["at_least"] if required is None else required,
        found=int(found.hours) if found else None,
        evidence=found.evidence if found else (),
        message=verdict.message,
    )


def yearly(rule: Rule, case: Case) -> Iterator[Finding]:
    """A course of some kind attended by the holder of a post in every year."""
    for year in _years(rule, case):
        params = year.version.params
        held = [
            row
            for row in year.rows
            if row.purpose == params["purpose"]
            and params["post"] in case.ledger.roster.posts_of(row.member, row.day)
        ]
        counted = [row for row in held if row.level == params["level"]]
        unsure = [row.id for row in held if not row.level]
        verdict = _yearly(year, len(counted), unsure)
        yield make(
            rule,
            year.version,
            on=year.day,
            key=year.period.key,
            subject=case.branch(),
            status=verdict.status,
            start=year.period.start,
            due=year.period.end,
            period=year.period.key,
            required=params["at_least"],
            found=len(counted),
            evidence=[row.id for row in counted],
            message=verdict.message,
        )


def _yearly(year: _Year, found: int, unsure: list[str]) -> Verdict:
    case, period, params = year.case, year.period, year.version.params
    columns = case.ledger.catalogue.register(REGISTER)
    course = columns.field("level").term(params["level"]) + columns.field("purpose").term(params["purpose"])
    what = f"{case.post_title(params['post'])}参加{course}的记录"
    if found >= params["at_least"]:
        return Verdict(Status.MET, f"{period.label}有{what}{found}次。")
    none = (
        founding(case, period)
        or _no_holder(year)
        or not_kept(case, REGISTER, REGISTER, period.start, period.end)
    )
    if none is not None:
        return none
    status, message = still_short(case, period.end, Unit.YEAR, what, found)
    if status is Status.MISSED and unsure:
        return Verdict(Status.UNKNOWN, f"{called(case, unsure)}没有写举办级别，无法判断是否{course}。")
    return Verdict(status, f"{message}{asks(year.version)}")


def _no_holder(year: _Year) -> Verdict | None:
    post = year.version.params["post"]
    for held in year.case.ledger.roster.posts:
        begun = held.post == post and held.since <= year.day
        if begun and (held.until is None or held.until >= year.period.start):
            return None
    title = year.case.post_title(post)
    return Verdict(Status.UNKNOWN, f"“职务任期”中没有{year.period.label}在任的{title}，无法判断。")
