"""A course within a time after something happened to a person (培训学时).

``course.new_in_post``: after taking up a post. Parameters:
    post, purpose: 职务 and 种类 as the registers have them.
    within_months, within_days: how long; with both, the later day counts.
    at_risk_days: the last days in which an open duty is at risk.
    asks: the words of the text for the message.

``course.new_member``: once in the probation and once after it. Parameters:
    purpose, at_risk_days, asks: as above.
    probation_months: the length of the probation, where no 转正时间 is known.
    after_months: how long after turning full.

Each is a finding of its own, ``rule@due/member`` (period null). Who has left the post or the branch by
the due day owes nothing. A time that began before 培训学时 was kept here is unknown where there is no
course in it; while the register has not begun, one ``unknown`` for the branch says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Span, add_months
from zhibu_cli.rules.case import Case, make, open_or_missed
from zhibu_cli.rules.duty import DAY, Verdict, asks
from zhibu_cli.rules.rows import last_day, time_left
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member, Post
    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "new_in_post": {
        "post": "text",
        "purpose": "text",
        "within_months": "count-?",
        "within_days": "count-?",
        "at_risk_days": "count+",
        "asks": "text",
    },
    "new_member": {
        "purpose": "text",
        "probation_months": "number",
        "after_months": "count-",
        "at_risk_days": "count+",
        "asks": "text",
    },
}
REGISTER = "training"


class _Owed(NamedTuple):
    """A course that somebody owes."""

    member: str
    since: date
    due: date
    why: str
    """2024年3月1日任书记, 预备期内."""


def new_in_post(rule: Rule, case: Case) -> Iterator[Finding]:
    """After taking up a post."""
    newest = rule.versions[-1]
    post = newest.params["post"]
    held = [one for one in case.ledger.roster.posts if one.post == post and one.since <= case.as_of]
    owed = []
    for one in held:
        due = last_day(one.since, newest.params)
        day = min(due, case.as_of)
        if not _again(one, held) and one.held_on(day) and _here(case, one.member, day):
            why = f"{chinese_date(one.since)}任{case.post_title(post)}"
            owed.append(_Owed(case.ledger.roster.id_of(one.member), one.since, due, why))
    yield from _answer(rule, case, owed)


def _again(one: Post, held: Iterable[Post]) -> bool:
    """Whether the same person held the post up to that very day."""
    return any(
        other is not one
        and other.member == one.member
        and other.since < one.since
        and other.held_on(one.since - DAY)
        for other in held
    )


def _here(case: Case, ref: str, day: date) -> bool:
    member = case.ledger.roster.find(ref)
    return member is not None and (bool(member.home) or member.in_branch(day))


def new_member(rule: Rule, case: Case) -> Iterator[Finding]:
    """Once in the probation and once after it."""
    params = rule.versions[-1].params
    owed = [
        stage
        for member in case.ledger.roster.members
        for stage in _stages(case, member, params["probation_months"], params["after_months"])
        if stage.since <= case.as_of and member.in_branch(min(stage.due, case.as_of))
    ]
    yield from _answer(rule, case, owed)


def _stages(case: Case, member: Member, probation: int, after: int) -> Iterator[_Owed]:
    turned = member.converted or next(
        (event.day for event in member.events if event.matter == "conversion"), None
    )
    if turned is not None and turned <= case.as_of:
        yield _Owed(member.id, member.joined, turned, "预备期内")
        yield _Owed(member.id, turned, add_months(turned, after), "转正后")
    elif member.status == "probationary" or turned is not None:
        yield _Owed(member.id, member.joined, add_months(member.joined, probation), "预备期内")


def _answer(rule: Rule, case: Case, owed: Iterable[_Owed]) -> Iterator[Finding]:
    judged = []
    for one in owed:
        version = rule.version_on(case.deciding_day(one.due))
        if version is not None and Span(one.since, one.due).overlaps(case.asked):
            judged.append((one, version))
    if judged and case.ledger.begins(REGISTER) is None:
        yield _unbegun(rule, case, judged[-1][1])
        return
    for one, version in judged:
        yield _finding(rule, version, case, one)


def _unbegun(rule: Rule, case: Case, version: Version) -> Finding:
    title = case.ledger.catalogue.register(REGISTER).title
    return make(
        rule,
        version,
        on=case.horizon,
        key=case.horizon.isoformat(),
        subject=case.branch(),
        status=Status.UNKNOWN,
        start=case.horizon,
        due=case.horizon,
        message=f"“{title}”尚未开始在本台账登记，无法判断。",
    )


def _finding(rule: Rule, version: Version, case: Case, one: _Owed) -> Finding:
    days = [
        (row.day, row.id)
        for row in case.ledger.trainings
        if row.purpose == version.params["purpose"]
        and case.ledger.roster.id_of(row.member) == one.member
        and one.since <= row.day <= case.as_of
    ]
    first = min(days, default=None)
    verdict = _verdict(version, case, one, first[0] if first else None)
    late = first is not None and first[0] > one.due
    return make(
        rule,
        version,
        on=case.deciding_day(one.due),
        key=f"{one.due.isoformat()}/{one.member}",
        subject=case.member(one.member),
        status=verdict.status,
        start=one.since,
        due=one.due,
        required=None if late else 1,
        found=None if late else int(first is not None),
        evidence=[first[1]] if first else (),
        message=f"{case.ledger.roster.name_of(one.member)}：{one.why}，{verdict.message}",
    )


def _verdict(version: Version, case: Case, one: _Owed, first: date | None) -> Verdict:
    fields = case.ledger.catalogue.register(REGISTER)
    what = fields.field("purpose").term(version.params["purpose"])
    due = chinese_date(one.due)
    if first is not None and first <= one.due:
        return Verdict(Status.MET, f"{chinese_date(first)}参加{what}。")
    if first is not None:
        return Verdict(Status.MISSED, f"{chinese_date(first)}参加{what}，晚于{due}。{asks(version)}")
    status = open_or_missed(one.due, case.as_of, version.params["at_risk_days"])
    if status is not Status.MISSED:
        return Verdict(status, f"{what}尚未登记，{time_left(one.due, case.as_of)}。")
    begins = case.ledger.begins(REGISTER)
    if begins is None or begins > one.since:
        return Verdict(Status.UNKNOWN, f"当时“{fields.title}”尚未在本台账登记，无法判断。")
    return Verdict(status, f"至{due}未见{what}的登记，请核实。{asks(version)}")
