"""应到 as a record states it beside the roster of that day: a question, never an error.

A sitting is compared with all members, a vote with those who have one (regulations.md §1). Accepted are
the roster of that day and of the day before, for whom the sitting itself admits or converts; 不计入应到
会人数 and 经支部同意暂不参加 may or may not be taken out (of a sitting also those whom an earlier record
names so), and guests counted in. More voters than the roster
has, where it has members without a vote, are told by ``vote_record.base``.

``record_base.roster``: 应到 that the roster cannot explain. Parameters:
    not_about: words in 事项 of what is no vote in this sense.
    joint: words in theme, note and first sentence by which several branches met: more than the roster
        has is then as it should be.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.attendance import under_vote
from zhibu_cli.model.declare import Expects
from zhibu_cli.rules.checks.common import asked_sittings, defects, one_expectation, says
from zhibu_cli.rules.checks.joint import together
from zhibu_cli.rules.checks.vote_figures import MEMBERS, body_of, vote_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

PARAMETERS = {"roster": {"not_about": "texts", "joint": "texts"}}
_FEWER = "有人转出、停止党籍、权利中止而未登记，或者经批准不计入应到而未写明的，请登记清楚"
_MORE = "名册缺人，或者与别的支部合开的，请登记或写明"


class _Stated(NamedTuple):
    """应到 as stated, and the least and most that the roster explains."""

    words: str
    number: int
    least: int
    most: int
    of: str


def roster(rule: Rule, case: Case) -> Iterator[Finding]:
    """应到 of a sitting of all members, and of its votes, that the roster of that day cannot explain."""

    def judge(sitting: Sitting, version: Version) -> str:
        params = version.params
        stated = [*_heads(case, sitting), *_votes(case, sitting, params["not_about"])]
        fewer = [one for one in stated if one.number < one.least]
        more = [one for one in stated if one.number > one.most]
        more = [] if together(sitting, params["joint"]) else more
        parts = [_told(rows, why) for rows, why in ((fewer, _FEWER), (more, _MORE)) if rows]
        return "；".join(parts)

    yield from defects(rule, case, asked_sittings(case), judge)


def more_than_the_roster(case: Case, sitting: Sitting) -> bool:
    """Whether 应到 of the sitting or of a vote is more than the roster of that day can explain."""
    heads = any(row.number > row.most for row in _heads(case, sitting))
    most = _voters(case, sitting)[1] if body_of(sitting, case) == MEMBERS else 0
    return heads or bool(most and any((vote.expected or 0) > most for vote in sitting.votes))


def _told(rows: Iterable[_Stated], why: str) -> str:
    facts = dict.fromkeys(f"{row.words}{row.number}人，当日名册上{row.of}{_span(row)}人" for row in rows)
    return f"{'；'.join(facts)}，与当日名册不符；{why}"


def _span(row: _Stated) -> str:
    return f"{row.least}" if row.least == row.most else f"{row.least}至{row.most}"


def _heads(case: Case, sitting: Sitting) -> Iterator[_Stated]:
    if not isinstance(sitting.expected, int) or one_expectation(case, sitting) is not Expects.MEMBERS:
        return
    days = _days(sitting)
    here = [case.ledger.roster.members_on(day) for day in days]
    if not all(here):
        return
    voters = _voters(case, sitting)[0] if sitting.votes else len(here[-1])  # 应到 may be that of the votes
    least = min(*map(len, here), voters)
    if sitting.expected < least:  # who agreed earlier is looked up in all sittings, so only where it matters
        least = min(*(len(day) - len(_agreed(case, sitting)) for day in here), voters)
    most = max(map(len, here)) + len(sitting.observers)
    yield _Stated("应到写作", sitting.expected, least, most, "党员")


def _agreed(case: Case, sitting: Sitting) -> set[str]:
    """Who up to that day is named as not counted among those due, or as agreed not to take part."""
    if "agreed" not in case.memo:
        first: dict[str, date] = {}
        for held in case.ledger.sittings.with_any(("uncounted", "excused"), date.min, case.horizon):
            for absence in (*held.uncounted, *held.excused):
                first.setdefault(case.ledger.roster.id_of(absence.ref), held.day)
        case.memo["agreed"] = first
    return {ref for ref, day in case.memo["agreed"].items() if day <= sitting.day}


def _votes(case: Case, sitting: Sitting, not_about: Iterable[str]) -> Iterator[_Stated]:
    if body_of(sitting, case) != MEMBERS:
        return
    least, most, others = _voters(case, sitting) if sitting.votes else (0, 0, False)
    for vote in sitting.votes:
        if vote.expected is None or not most or says(vote.subject, not_about):
            continue
        if vote.expected <= most or not others:
            words = f"“{vote_title(case, vote)}”应到写作"
            yield _Stated(words, vote.expected, least, most, "有表决权的党员")


def _voters(case: Case, sitting: Sitting) -> tuple[int, int, bool]:
    """The least and most with a vote, and whether the roster has members without one."""
    held = case.ledger.roster
    voting = [held.voters_on(day) for day in _days(sitting)]
    out = {held.id_of(absence.ref) for absence in sitting.uncounted} | under_vote(sitting, held)
    members: tuple[Member, ...] = held.members_on(sitting.day)
    voters = {member.id for member in voting[-1]} - under_vote(sitting, held)
    least = min(sum(member.id not in out for member in row) for row in voting)
    return least, max(map(len, voting)), len(voters) < len(members)


def _days(sitting: Sitting) -> tuple[Any, ...]:
    return sitting.day - timedelta(days=1), sitting.day
