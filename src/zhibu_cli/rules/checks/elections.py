"""Whether an election of which the posts tell stands in the records as well.

Parameters:
    matters: 事项类别 of the votes that are looked for.
    within_days: days before and after the day on which the posts were taken up.
    one_election_days: posts taken up within so many days belong to one election.
    words: words by which a record without votes is known to speak of it; the message names it.
    asks: the words of the text for the message.

One finding for each day of election (产生方式 换届选举), key ``rule@`` that day. What lies before the ledger
began is unknown.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.checks.mentioned import texts_of
from zhibu_cli.rules.duty import Verdict, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting

PARAMETERS = {
    "check": {
        "matters": "texts",
        "within_days": "count-",
        "one_election_days": "count",
        "words": "texts",
        "asks": "text",
    }
}


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every election of the asked range."""
    gap = rule.versions[-1].params["one_election_days"]
    for posts in case.ledger.roster.elections(gap):
        day = posts[0].since
        version = rule.version_on(day)
        if version is not None and day <= case.as_of:
            yield _finding(rule, version, case, day)


def _finding(rule: Rule, version: Version, case: Case, day: date) -> Finding:
    within = timedelta(days=version.params["within_days"])
    near = case.ledger.sittings.between(day - within, min(day + within, case.as_of))
    votes = [s.id for s in near if any(vote.matter in version.params["matters"] for vote in s.votes)]
    verdict = _verdict(version, case, day, near, votes)
    return make(
        rule,
        version,
        on=day,
        key=day.isoformat(),
        subject=case.branch(),
        status=verdict.status,
        start=day,
        due=day + within,
        required=1,
        found=len(votes),
        evidence=votes,
        message=verdict.message,
    )


def _verdict(
    version: Version, case: Case, day: date, near: Sequence[Sitting], votes: Sequence[str]
) -> Verdict:
    when = f"“职务任期”中{chinese_date(day)}换届选举"
    if votes:
        return Verdict(Status.MET, f"{when}，有选举的表决记录：{called(case, votes)}。")
    days = version.params["within_days"]
    if case.as_of <= day + timedelta(days=days):
        return Verdict(Status.PENDING, f"{when}，选举的表决还没有登记。")
    spoken = [s.id for s in near if any(word in texts_of(s, "all") for word in version.params["words"])]
    note = f"{called(case, spoken)}写到选举，没有“表决”行。" if spoken else ""
    begins = case.ledger.begins("sitting")
    # before its founding the branch had no sittings that could be missing here
    first = max(day - timedelta(days=days), case.ledger.branch.founded)
    if begins is None or begins > first:
        return _unknown(begins, day + timedelta(days=days), when, note)
    return Verdict(Status.MISSED, f"{when}，前后{days}天内未见选举的表决记录。{note}{asks(version)}")


def _unknown(begins: date | None, last: date, when: str, note: str) -> Verdict:
    if begins is None:
        return Verdict(Status.UNKNOWN, f"{when}，“组织生活”尚未开始在本台账登记，无法判断。")
    later = "，其后未见选举的表决记录" if begins <= last else ""
    kept = f"“组织生活”自{chinese_date(begins)}起登记，此前的不在本台账{later}"
    return Verdict(Status.UNKNOWN, f"{when}；{kept}，无法判断。{note}")
