"""Who took part, by name, in the life of the branch; and how many of those due came.

``attendance.leaders``: everybody whom the roster calls 领导干部, at least so many times in each period.
Parameters:
    per: ``month``, ``quarter`` or ``year``.
    at_least: how many times.
    new_months: who has been here for less than so many months at the period's end is told as ``info``.
    asks: the words of the text for the message.

Every sitting that counts as life of the branch counts, in whatever form; one that names nobody proves
nothing, so a period in which such a sitting was open to the person is unknown rather than missed. Leave
is no attendance; where every absence of the period has its reason (病休、外派学习、产假 …) it is told as
``info`` with the reasons. Who did not have to come to any of the period's sittings
(经支部同意暂不参加, 不计入应到会人数) is not judged, nor are people whose 组织关系 is elsewhere. The
roster says who is 领导干部 without a date.

``attendance.rate``: 实到 by 应到 of each sitting. Parameters:
    kinds: of which kinds.
    share: ``[4, 5]``, four fifths at least.
    asks: the words of the text for the message.

Who need not take part for a time with the branch's consent is taken out of this rate, and out of no
quorum (regulations.md §11).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model import presence as model
from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Period, Span, Unit, add_months, periods_between
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.common import asked_sittings, called, record_name
from zhibu_cli.rules.duty import DAY, Verdict, asks, founding, here_since, still_short
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting

PARAMETERS = {
    "leaders": {"per": "unit", "at_least": "number+", "new_months": "count-", "asks": "text"},
    "rate": {"kinds": "texts", "share": "share+", "asks": "text"},
}


class Presence(NamedTuple):
    """Sittings of some days, as one person stands to them."""

    present: list[str]
    """Numbers of those that name the person as present."""
    absent: list[str]
    """Those that name the person as absent, or all who came and not the person, who was due."""
    excused: list[str]
    """Those to which the person did not have to come."""
    unknown: list[str]
    """Those to which the person was due and which name nobody."""


def presence(case: Case, ref: str, sittings: Iterable[Sitting]) -> Presence:
    """How a person stands to these sittings of branch life."""
    found = Presence([], [], [], [])
    for sitting in sittings:
        place = stand(case, ref, sitting)
        if place:
            getattr(found, place).append(sitting.id)
    return found


def is_life(case: Case, sitting: Sitting) -> bool:
    """Whether the sitting counts as life of the branch."""
    return model.is_life(case.ledger, sitting)


def stand(case: Case, ref: str, sitting: Sitting) -> str:
    """present, absent, excused or unknown; empty where the sitting does not concern the person."""
    return model.stand(case.ledger, ref, sitting)


def excuses(case: Case, ref: str, sitting: Sitting) -> tuple[str, ...]:
    """What the record says of why the person did not come, or when it was made up; empty: nothing."""
    said: list[str] = []
    for row in sitting.absentees:
        if case.ledger.roster.id_of(row.ref) == ref:
            said += [row.reason] if row.reason else ["会前请假"] if row.prior_leave else []
            said += [f"补学{chinese_date(row.made_up_on)}"] if row.made_up_on else []
    return tuple(said)


def leaders(rule: Rule, case: Case) -> Iterator[Finding]:
    """Leading cadres as ordinary members in the life of their branch."""
    unit = Unit(rule.versions[-1].params["per"])
    for period in periods_between(unit, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is None:
            continue
        for member in case.ledger.roster.members:
            if member.leader and _was_here(member, period, case):
                yield _leader(rule, version, case, period, member)


def _was_here(member: Member, period: Period, case: Case) -> bool:
    """Whether the person was among the members on the period's first or last day that was reached."""
    return member.in_branch(period.start) or member.in_branch(case.deciding_day(period.end))


def _leader(rule: Rule, version: Version, case: Case, period: Period, member: Member) -> Finding:
    day = case.deciding_day(period.end)
    held = presence(case, member.id, case.ledger.sittings.between(period.start, day))
    new = add_months(here_since(case, member, day), version.params["new_months"]) > period.end + DAY
    verdict = _leader_verdict(version, case, period, member, held)
    short = verdict.status in {Status.MISSED, Status.AT_RISK}
    stated = _stated(case, member, held) if short else ""
    if stated:
        verdict = Verdict(verdict.status, f"{verdict.message}缺席均写明原因：{stated}，请核对是否需要说明。")
    return make(
        rule,
        version,
        on=day,
        key=f"{period.key}/{member.id}",
        subject=case.member(member.id),
        status=verdict.status,
        start=period.start,
        due=period.end,
        period=period.key,
        required=version.params["at_least"],
        found=len(held.present),
        evidence=held.present,
        severity=Severity.INFO if new or stated else None,
        message=verdict.message,
    )


def _stated(case: Case, member: Member, held: Presence) -> str:
    """The reasons of all absences, each once; empty where one of them has none."""
    sittings = (case.ledger.sittings.by_id(id_) for id_ in held.absent)
    reasons = [excuses(case, member.id, sitting) for sitting in sittings]
    return "、".join(dict.fromkeys(chain.from_iterable(reasons))) if all(reasons) else ""


def _leader_verdict(version: Version, case: Case, period: Period, member: Member, held: Presence) -> Verdict:
    who, when = member.name, period.label
    if len(held.present) >= version.params["at_least"]:
        return Verdict(Status.MET, f"{when}有{who}参加支部组织生活的记录{len(held.present)}次。")
    if not member.in_branch(case.deciding_day(period.end)):
        return Verdict(Status.NOT_APPLICABLE, f"{who}在{when}中离开本支部，不要求。")
    verdict = founding(case, period)
    if verdict is not None:
        return verdict
    if held.excused and not held.absent and not held.unknown:
        words = "经支部同意暂不参加或不计入应到会人数"
        return Verdict(Status.NOT_APPLICABLE, f"{when}的记录写明{who}{words}，不要求。")
    named = f"（写明缺席{len(held.absent)}次）" if held.absent else ""
    what = f"{who}{when}参加支部组织生活的记录{named}"
    status, message = still_short(case, period.end, period.unit, what, len(held.present))
    if status is Status.MISSED and (unsure := _unsure(case, period, who, held)):
        return Verdict(Status.UNKNOWN, unsure)
    return Verdict(status, f"{message}{asks(version)}")


def _unsure(case: Case, period: Period, who: str, held: Presence) -> str:
    """Why nothing can be said of a period that is over."""
    begins = case.ledger.begins("sitting")
    if begins is None or begins > max(period.start, case.ledger.branch.founded):
        since = f"自{chinese_date(begins)}起" if begins else "尚未开始"
        return f"“组织生活”{since}登记，{who}{period.label}的情况无法判断。"
    if held.unknown:
        seen = f"写明出席人员的{len(held.absent)}次中未见本人，" if held.absent else ""
        return f"{seen}{called(case, held.unknown)}没有写明出席人员，{who}是否参加无法判断。"
    if not held.absent:
        return f"{period.label}没有写明出席人员、应有{who}的组织生活记录，无法判断。"
    return ""


def rate(rule: Rule, case: Case) -> Iterator[Finding]:
    """How many of those due came to a sitting."""
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day)
        if version is None or not {*version.params["kinds"]} & {*sitting.kinds}:
            continue
        yield _rate(rule, version, case, sitting)


def _rate(rule: Rule, version: Version, case: Case, sitting: Sitting) -> Finding:
    count = case.ledger.counted(sitting)
    part, whole = version.params["share"]
    base = None if count.expected_count is None else count.expected_count - count.excused_count
    name = record_name(case, sitting)
    need, status = None, Status.UNKNOWN
    words = "应到或实到人数未写明，无法判断"
    if base and count.present_count is not None:
        need = -(-base * part // whole)
        status = Status.MET if count.present_count >= need else Status.MISSED
        out = f"（已减去经支部同意暂不参加的{count.excused_count}人）" if count.excused_count else ""
        reached = "已达到" if status is Status.MET else "未达到"
        words = f"应到{base}人{out}、实到{count.present_count}人，须{need}人，{reached}。{asks(version)}"
    return make(
        rule,
        version,
        on=sitting.day,
        key=sitting.id,
        subject=case.record(sitting.id, name),
        status=status,
        start=sitting.day,
        due=sitting.day,
        required=need,
        found=count.present_count,
        evidence=(sitting.id,),
        message=f"{name}：{words.removesuffix('。')}。",
        about_record=True,
    )
