"""The standing of single members by the roster: the probation, 停止党籍.

``standing.full_too_early``: turned full, or voted on at a meeting, before the probation (or its extension)
    was over. Parameters: probation_months, asks; not_carried, extension_days as below.

``standing.probation_over``: the probation is over and nothing was decided. Parameters:
    probation_months: its length.
    at_risk_days: days before its end from which it is at risk.
    grace_months: months after its end within which the branch is taken to be 及时.
    longest_months: months after which the message says that the longest practice is exceeded.
    not_carried, extension_days: see rules/checks/conversions.py.
    asks: the words of the text for the message.
    What was decided before the probation was over is unknown: the day is to be checked first.

``standing.extended``: an extension (党员变动 延长预备期): once, and for how long. Parameters:
    probation_months, at_most (times), least_months, least_days, within_months, within_days, asks.
    Days and months as in rules/rows.py.

``standing.suspended``: 停止党籍 and no 恢复党籍 for some time. Parameters: months, at_risk_days, asks.

The probation runs from 入党时间 (the day of the general meeting), an extension moves its end to 截止; one
without 截止 leaves the end unknown. The day of the decision is that of the meeting (转正大会日期 in 发展党员,
or the vote in 组织生活), else that of 转正, 延长预备期 or 取消预备资格 in 党员变动, else 转正时间 of the
roster. Findings about a member bear the key
``rule@due/member`` (period null), those about a row its number. What is missed is told in every later
answer until something is decided or the member has left.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import add_months
from zhibu_cli.rules.case import Case, make, open_or_missed, record_defect
from zhibu_cli.rules.checks.conversions import TURNING, turning_votes
from zhibu_cli.rules.duty import DAY, Verdict, asks
from zhibu_cli.rules.rows import first_day, last_day, reach, time_left
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member, MemberEvent
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.work import Development

PARAMETERS = {
    "full_too_early": {"probation_months": "number", "asks": "text", **TURNING},
    "probation_over": {
        "probation_months": "number",
        "at_risk_days": "count+",
        "grace_months": "count-",
        "longest_months": "number-",
        "asks": "text",
        **TURNING,
    },
    "extended": {
        "probation_months": "number",
        "at_most": "count-",
        "least_months": "number+",
        "least_days": "number+",
        "within_months": "count-",
        "within_days": "count-",
        "asks": "text",
    },
    "suspended": {"months": "number", "at_risk_days": "count+", "asks": "text"},
}
EARLY_TITLE = "预备期一年，期满以前不转正"
"""The rule that tells of a conversion before its time."""
_TURNED, _REVOKED = "转正", "取消预备资格"
_GONE = frozenset({"transferred_out", "died", "revocation", "membership_suspended"})


class _Told(NamedTuple):
    """A day on which somebody was turned full, or voted on, as one record tells it."""

    words: str
    day: date | None
    by: str


class _Stage(NamedTuple):
    """One probation, or its extension."""

    since: date
    ends: date | None
    """None: extended, nobody wrote until when."""
    decided: date | None
    """The day on which it was ended or extended; None: not by the as-of day."""
    how: str
    """转正, 延长预备期, 取消预备资格."""
    by: tuple[str, ...] = ()
    """Numbers of the records that say so, beside the roster."""


def full_too_early(rule: Rule, case: Case) -> Iterator[Finding]:
    """Turned full, or discussed at a meeting, before the probation was over."""
    rows = {row.id: row for row in case.ledger.developments}
    for member in case.ledger.roster.members:
        own = [rows.pop(row.id) for row in _rows_of(case, member)]
        turned = _events(case, member, {"conversion"})
        days = [_Told("转正时间", member.converted, member.id)]
        days += [_Told("“党员变动”登记的转正", event.day, event.id) for event in turned]
        days += [_Told("“发展党员”的转正大会日期", row.conversion_meeting, row.id) for row in own]
        votes = turning_votes(case, member, rule.versions[-1].params)
        days += [_Told("党员大会表决转正的日期", vote.day, vote.sitting) for vote in votes]
        yield from _early_member(rule, case, member, days)
    for row in rows.values():
        if row.meeting is not None:
            yield from _early_row(rule, case, row, row.meeting)


def _early_member(rule: Rule, case: Case, member: Member, days: list[_Told]) -> Iterator[Finding]:
    happened = {told: told.day for told in days if told.day and told.day <= case.as_of}
    day = min(happened.values(), default=None)
    version = rule.version_on(day) if day else None
    if version is None or day is None:
        return
    months = version.params["probation_months"]
    over = {told: _over_on(case, member, day, months) for told, day in happened.items()}
    soon = [told for told, day in happened.items() if day < over[told]]
    if not soon:
        return
    ends = max(over[told] for told in soon)
    early = "、".join(f"{told.words}{chinese_date(happened[told])}" for told in soon)
    longer = "延长" if ends > add_months(member.joined, months) else ""
    span = f"入党时间{chinese_date(member.joined)}，预备期{longer}到{chinese_date(ends)}满"
    yield make(
        rule,
        version,
        on=day,
        key=f"{ends.isoformat()}/{member.id}",
        subject=case.member(member.id),
        status=Status.MISSED,
        start=day,
        due=ends,
        message=f"{member.name}：{span}；{early}在此以前，请核对日期。{asks(version)}",
        evidence=dict.fromkeys((member.id, *(told.by for told in soon))),
    )


def _over_on(case: Case, member: Member, day: date, months: int) -> date:
    """When the probation that ran on the day is over; the day itself where nobody wrote until when."""
    extended = [event for event in _events(case, member, {"extension"}) if event.day < day]
    return (extended[-1].until or day) if extended else add_months(member.joined, months)


def _early_row(rule: Rule, case: Case, row: Development, joined: date) -> Iterator[Finding]:
    day = row.conversion_meeting
    version = rule.version_on(day) if day and day <= case.as_of else None
    if version is None or day is None:
        return
    ends = add_months(joined, version.params["probation_months"])
    if day < ends:
        span = f"接收大会日期{chinese_date(joined)}，预备期到{chinese_date(ends)}满"
        early = f"转正大会日期{chinese_date(day)}在此以前"
        message = f"{row.name}：{span}；{early}，请核对日期。{asks(version)}"
        found = record_defect(rule, case, id_=row.id, name=row.name, day=day, message=message)
        if found is not None:
            yield found


def probation_over(rule: Rule, case: Case) -> Iterator[Finding]:
    """The probation is over and nothing was decided."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    for member in case.ledger.roster.members:
        for stage in _stages(version, case, member):
            yield from _over(rule, case, member, stage)


def _over(rule: Rule, case: Case, member: Member, stage: _Stage) -> Iterator[Finding]:
    due = stage.ends or case.horizon
    version = rule.version_on(case.deciding_day(due))
    if version is None or not _owed_here(version, case, member, stage):
        return
    verdict = _probation(version, case, stage)
    last = stage.decided or _left_on(case, member) or case.as_of
    over = verdict.status is Status.MISSED or (verdict.status is Status.AT_RISK and due < case.as_of)
    yield make(
        rule,
        version,
        on=case.deciding_day(due),
        key=f"{(stage.ends or stage.since).isoformat()}/{member.id}",
        subject=case.member(member.id),
        status=verdict.status,
        start=reach(case, stage.since, due, last) if over else stage.since,
        due=due,
        message=f"{member.name}：{verdict.message}",
        evidence=(member.id, *stage.by),
    )


def _owed_here(version: Version, case: Case, member: Member, stage: _Stage) -> bool:
    """Whether it was for this branch to decide: the member was here then, or stayed beyond the grace."""
    if stage.decided is not None:
        # 取消预备资格 takes the member out on its very day
        return member.in_branch(stage.decided) or member.in_branch(stage.decided - DAY)
    left = _left_on(case, member)
    if left is None:
        return True
    return stage.ends is not None and left > add_months(stage.ends, version.params["grace_months"])


def _left_on(case: Case, member: Member) -> date | None:
    """The day on which the member left for good by the as-of day; None: still here."""
    if member.in_branch(case.as_of):
        return None
    gone = [event.day for event in _events(case, member, _GONE)]
    return max([*gone, *([member.left] if member.left and member.left <= case.as_of else [])], default=None)


def _probation(version: Version, case: Case, stage: _Stage) -> Verdict:
    if stage.ends is None:
        return Verdict(Status.UNKNOWN, "延长预备期没有写截止日期，何时期满无法判断。")
    if stage.decided is not None:
        return _decided(version, stage, stage.ends, stage.decided)
    if case.as_of <= stage.ends:
        status = open_or_missed(stage.ends, case.as_of, version.params["at_risk_days"] + 1)
        return Verdict(status, f"预备期{time_left(stage.ends, case.as_of)}；期满之日起讨论转正，不提前。")
    words = f"预备期已于{chinese_date(stage.ends)}满，尚未登记转正、延长或取消预备资格"
    if case.as_of <= add_months(stage.ends, version.params["grace_months"]):
        return Verdict(Status.AT_RISK, f"{words}，请及时召开党员大会讨论。")
    longest = version.params["longest_months"]
    over = f"，已超过{longest}个月" if case.as_of > add_months(stage.ends, longest) else ""
    return Verdict(Status.MISSED, f"{words}{over}，请核实。{asks(version)}")


def _decided(version: Version, stage: _Stage, ends: date, decided: date) -> Verdict:
    words = f"预备期{chinese_date(ends)}满，{chinese_date(decided)}{stage.how}"
    if decided < ends and stage.how != _REVOKED:
        see = f"（见“{EARLY_TITLE}”）" if stage.how.endswith(_TURNED) else ""
        return Verdict(Status.UNKNOWN, f"{words}，早于期满日{see}，核对日期以前无法判断是否及时。")
    if decided <= add_months(ends, version.params["grace_months"]):
        return Verdict(Status.MET, f"{words}。")
    return Verdict(Status.MISSED, f"{words}，在期满{(decided - ends).days}天之后，请核实。{asks(version)}")


def _stages(version: Version, case: Case, member: Member) -> Iterator[_Stage]:
    """The probation and its extensions, as far as the as-of day knows them."""
    since: date = member.joined
    ends: date | None = add_months(since, version.params["probation_months"])
    if since > case.as_of or member.home or _full_since_unknown(member):
        return
    for event in _events(case, member, {"extension"}):
        yield _Stage(since, ends, event.day, "延长预备期", (event.id,))
        since, ends = event.day, event.until
    yield _Stage(since, ends, *_decision(version, case, member, since))


def _full_since_unknown(member: Member) -> bool:
    """Full, and nobody wrote since when: nothing can be said of such a probation."""
    turned = any(event.matter == "conversion" for event in member.events)
    return member.status == "full" and member.converted is None and not turned


def _decision(
    version: Version, case: Case, member: Member, since: date
) -> tuple[date | None, str, tuple[str, ...]]:
    """When it was decided, what, and the records that say so; ``since``: when this stage began.

    The day of the meeting tells most: the other two may be the day on which the probation was over.
    """
    for event in _events(case, member, {"revocation"}):
        return event.day, _REVOKED, (event.id,)
    votes = turning_votes(case, member, version.params)
    meetings = [(row.conversion_meeting, (row.id,)) for row in _rows_of(case, member)]
    meetings += [(vote.day, (vote.sitting,)) for vote in votes]
    events = [(event.day, (event.id,)) for event in _events(case, member, {"conversion"})]
    turned = (("大会讨论转正", meetings), (_TURNED, events), (_TURNED, [(member.converted, ())]))
    for how, known in turned:
        days = [day for day, _ in known if day and since < day <= case.as_of]
        if days:
            day = min(days)
            said = (by for on, by in (*meetings, *events) if on == day)
            return day, how, tuple(dict.fromkeys(chain.from_iterable(said)))
    return None, "", ()


def _events(case: Case, member: Member, matters: frozenset[str] | set[str]) -> list[MemberEvent]:
    """The member's events of these matters up to the as-of day, in the order of days."""
    held = [event for event in member.events if event.matter in matters and event.day <= case.as_of]
    return sorted(held, key=lambda event: event.day)


def _rows_of(case: Case, member: Member) -> list[Development]:
    """Rows of 发展党员 about the member: his name, and no other day of admission."""
    same = [row for row in case.ledger.developments if row.name in {member.name, member.id}]
    alone = len(case.ledger.roster.named(member.name)) == 1
    return [row for row in same if row.meeting == member.joined or (row.meeting is None and alone)]


def extended(rule: Rule, case: Case) -> Iterator[Finding]:
    """An extension: once, and for how long."""
    for member in case.ledger.roster.members:
        for event in _events(case, member, {"extension"}):
            yield from _extension(rule, case, member, event)


def _extension(rule: Rule, case: Case, member: Member, event: MemberEvent) -> Iterator[Finding]:
    version = rule.version_on(event.day)
    if version is None:
        return
    number = _events(case, member, {"extension"}).index(event) + 1
    name = f"{member.name}{chinese_date(event.day)}延长预备期"
    ends = add_months(member.joined, version.params["probation_months"])
    if number > version.params["at_most"]:
        facts = f"是第{number}次延长"
    elif event.until is not None:
        facts = _length(version, event.day, event.until, ends)
    else:
        yield make(
            rule,
            version,
            on=event.day,
            key=event.id,
            subject=case.record(event.id, name),
            status=Status.UNKNOWN,
            start=event.day,
            due=event.day,
            message=f"{name}：没有写截止日期，延长多久无法判断。",
            evidence=(event.id,),
        )
        return
    if facts:
        message = f"{name}：{facts}，请核对。{asks(version)}"
        found = record_defect(rule, case, id_=event.id, name=name, day=event.day, message=message)
        if found is not None:
            yield found


def _length(version: Version, day: date, until: date, ends: date) -> str:
    """Too short or too long; a meeting held some days after the end may count from its own day."""
    words = f"预备期{chinese_date(ends)}满，延长至{chinese_date(until)}"
    if until < first_day(ends, version.params):
        return f"{words}，不足半年"
    return f"{words}，超过一年" if until > last_day(max(ends, day), version.params) else ""


def suspended(rule: Rule, case: Case) -> Iterator[Finding]:
    """停止党籍 and no 恢复党籍 for some time."""
    for member in case.ledger.roster.members:
        for event in _events(case, member, {"membership_suspended"}):
            yield from _suspension(rule, case, member, event)


def _suspension(rule: Rule, case: Case, member: Member, event: MemberEvent) -> Iterator[Finding]:
    newest = rule.versions[-1]
    due = add_months(event.day, newest.params["months"])
    version = rule.version_on(case.deciding_day(due))
    after = [
        later
        for later in _events(case, member, {"membership_restored", *_GONE})
        if later.day >= event.day and later is not event
    ]
    if version is None:
        return
    verdict = _suspended(version, case, event, due, after)
    last = after[0].day if after else case.as_of
    missed = verdict.status is Status.MISSED
    yield make(
        rule,
        version,
        on=case.deciding_day(due),
        key=f"{due.isoformat()}/{member.id}",
        subject=case.member(member.id),
        status=verdict.status,
        start=reach(case, event.day, due, last) if missed else event.day,
        due=due,
        message=f"{member.name}：{verdict.message}",
        evidence=(event.id,),
    )


def _suspended(
    version: Version, case: Case, event: MemberEvent, due: date, after: list[MemberEvent]
) -> Verdict:
    words = f"{chinese_date(event.day)}停止党籍"
    if after and after[0].day <= due:
        term = case.ledger.catalogue.register("member_event").field("matter").term(after[0].matter)
        return Verdict(Status.MET, f"{words}，{chinese_date(after[0].day)}登记{term}。")
    status = open_or_missed(due, case.as_of, version.params["at_risk_days"])
    if status is not Status.MISSED:
        return Verdict(status, f"{words}，两年期限{time_left(due, case.as_of)}。")
    return Verdict(
        status,
        f"{words}，到{chinese_date(due)}满两年，未登记恢复党籍，请核实是否取得联系，不作结论。{asks(version)}",
    )
