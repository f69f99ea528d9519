"""Votes as recorded: do the figures add up, is the base right, one person to one vote.

The figures of a row balance when 赞成 + 反对 + 弃权 = 到会有表决权 (+ 书面意见), regulations.md §10-15.
A blank is unknown, never zero: a row is at fault only if its stated figures cannot all be true.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.model.attendance import under_vote
from zhibu_cli.rules.checks.common import asked_sittings, defects, says
from zhibu_cli.rules.checks.votes import MEMBERS, body_of, present_voters, vote_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Vote
    from zhibu_cli.rules.case import Case


PARAMETERS: dict[str, dict[str, str]] = {
    "sums": {},
    "base": {"not_about": "texts?"},
    "one_by_one": {"matters": "texts"},
}


def sums(rule: Rule, case: Case) -> Iterator[Finding]:
    """Figures of a vote that cannot all be true."""

    def judge(sitting: Sitting, _version: Version) -> str:
        faults = [
            f"“{vote_title(case, vote)}”{'，'.join(found)}"
            for vote in sitting.votes
            if (found := [*_ballot_faults(vote), *_sum_faults(case, sitting, vote)])
        ]
        return "；".join([*faults, "请核对"]) if faults else ""

    yield from defects(rule, case, _with_votes(case), judge)


def _ballot_faults(vote: Vote) -> Iterator[str]:
    if _more(vote.present, vote.expected):
        yield f"实到{vote.present}人多于应到{vote.expected}人"
    if vote.present is not None and _more(vote.issued, vote.present + (vote.written or 0)):
        yield f"发出票{vote.issued}张多于实到{vote.present}人"
    if vote.matter != "election" and _more(vote.returned, vote.issued):
        yield f"收回票{vote.returned}张多于发出票{vote.issued}张"
    if vote.returned is None:
        return
    if vote.valid is not None and vote.invalid is not None and vote.valid + vote.invalid != vote.returned:
        yield f"有效票{vote.valid}张与无效票{vote.invalid}张之和不等于收回票{vote.returned}张"
    elif _more(vote.valid, vote.returned):
        yield f"有效票{vote.valid}张多于收回票{vote.returned}张"


def _more(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _sum_faults(case: Case, sitting: Sitting, vote: Vote) -> Iterator[str]:
    parts = (("赞成", vote.in_favour), ("反对", vote.against), ("弃权", vote.abstained))
    stated = [(name, number) for name, number in parts if number is not None]
    target = _target(case, sitting, vote)
    if not stated or target is None:
        return
    low, high, name = target
    total = sum(number for _, number in stated)
    words = "＋".join(f"{name}{number}" for name, number in stated)
    words = f"{words}＝{total}" if len(stated) > 1 else f"{words}票"
    if total > high:
        yield f"{words}，多于{name}"
    elif len(stated) == len(parts) and total < low - _elsewhere(vote, low):
        yield f"{words}，少于{name}"


def _elsewhere(vote: Vote, most: int) -> int:
    """Votes that may stand outside 赞成, 反对 and 弃权: 另选他人, and in an election not stated, any."""
    return most if vote.matter == "election" and vote.others is None else vote.others or 0


def _target(case: Case, sitting: Sitting, vote: Vote) -> tuple[int, int, str] | None:
    """What the parts have to come to, at least and at most, and how it is called."""
    invalid, written = vote.invalid or 0, vote.written or 0
    beside = (f"（另有书面意见{written}份）" if written else "") + (f"减无效票{invalid}张" if invalid else "")
    if vote.valid is not None:
        return vote.valid, vote.valid + written, f"有效票{vote.valid}张"
    if vote.returned is not None:
        least = vote.returned - invalid if vote.invalid is not None else 0
        return least, vote.returned + written - invalid, f"收回票{vote.returned}张{beside}"
    if vote.issued is not None:
        return 0, vote.issued + written - invalid, f"发出票{vote.issued}张{beside}"
    present = present_voters(case, sitting, vote)
    if present is None:
        return None
    return present.low - invalid, present.high + written - invalid, f"实到{present}人{beside}"


def base(rule: Rule, case: Case) -> Iterator[Finding]:
    """More voters stated than the roster has, where it also has members without a vote.

    ``not_about``: words in 事项 of what is no vote in this sense.
    """
    roster = case.ledger.roster

    def judge(sitting: Sitting, version: Version) -> str:
        if body_of(sitting, case) != MEMBERS:
            return ""
        voters = {member.id for member in roster.voters_on(sitting.day)} - under_vote(sitting, roster)
        others = [member for member in roster.members_on(sitting.day) if member.id not in voters]
        if not others or not voters:
            return ""
        faults = list(_over(case, sitting, len(voters), version.params.get("not_about", ())))
        if not faults:
            return ""
        rest = f"当日名册上有表决权的党员{len(voters)}人，另有无表决权的{_without_vote(others, sitting.day)}"
        return "；".join((*faults, rest, "请核对表决基数"))

    yield from defects(rule, case, _with_votes(case), judge)


def _without_vote(members: Iterable[Member], day: date) -> str:
    """How many, and how many of them are probationary; whose rights are restricted is not told by name."""
    full = [member.is_full(day) for member in members]
    probationary = full.count(False)
    return f"{len(full)}人" + (f"（其中预备党员{probationary}人）" if probationary else "")


def _over(case: Case, sitting: Sitting, voters: int, not_about: Iterable[str]) -> Iterator[str]:
    for vote in sitting.votes:
        if says(vote.subject, not_about):
            continue
        for name, number in (("应到", vote.expected), ("实到", vote.present)):
            if number is not None and number > voters:
                yield f"“{vote_title(case, vote)}”{name}{number}人"
                break


def one_by_one(rule: Rule, case: Case) -> Iterator[Finding]:
    """One vote for several persons, in matters where each is to be voted on by himself."""

    def judge(sitting: Sitting, version: Version) -> str:
        faults = [
            f"“{vote_title(case, vote)}”一行表决列有{len(names)}人"
            for vote in sitting.votes
            if vote.matter in version.params["matters"] and len(names := names_of(vote)) > 1
        ]
        return "；".join([*faults, "请核对是否逐个表决"]) if faults else ""

    yield from defects(rule, case, _with_votes(case), judge)


def names_of(vote: Vote) -> list[str]:
    """Names of the persons voted on; 等…人 stands for more."""
    text = "、".join(vote.object)
    more = [match[0] for match in re.finditer("等.{0,3}人", text)]
    return [name for name in re.split("[、，,；;]+", text) if name] + more


def _with_votes(case: Case) -> list[Sitting]:
    return [sitting for sitting in asked_sittings(case) if sitting.votes]
