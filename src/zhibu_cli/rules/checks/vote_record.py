"""Votes as recorded: do the figures add up, is the base right, one person to one vote.

Which figures cannot be true, see rules/checks/vote_figures.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.model.voted import is_name, known_to, voted_on
from zhibu_cli.rules.checks.common import asked_sittings, defects, says
from zhibu_cli.rules.checks.joint import together
from zhibu_cli.rules.checks.vote_figures import (
    developing,
    impossible,
    members_with_vote,
    over_base,
    vote_title,
    voted_in,
)
from zhibu_cli.text import read_chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Vote
    from zhibu_cli.rules.case import Case


PARAMETERS: dict[str, dict[str, str]] = {
    "sums": {},
    "base": {"not_about": "texts?", "joint": "texts"},
    "one_by_one": {
        "matters": "texts",
        "named": "patterns",
        "counted": "patterns",
        "turned_within_days": "count",
    },
}


def sums(rule: Rule, case: Case) -> Iterator[Finding]:
    """Figures of a vote that cannot all be true."""

    def judge(sitting: Sitting, _version: Version) -> str:
        faults = [
            f"“{vote_title(case, vote)}”{'，'.join(found)}"
            for vote in sitting.votes
            if (found := [*impossible(case, sitting, vote)])
        ]
        return "；".join([*faults, "请核对"]) if faults else ""

    yield from defects(rule, case, _with_votes(case), judge)


def base(rule: Rule, case: Case) -> Iterator[Finding]:
    """More voters stated than the roster has, where it also has members without a vote.

    ``not_about``: words in 事项 of what is no vote in this sense; ``joint``: words by which several branches
    met, of whose vote ``vote_form.joint`` tells.
    """
    roster = case.ledger.roster

    def judge(sitting: Sitting, version: Version) -> str:
        if together(sitting, version.params["joint"]):
            return ""
        not_about = version.params.get("not_about", ())
        votes = [vote for vote in sitting.votes if not says(vote.subject, not_about)]
        over = [(vote, words) for vote in votes if (words := over_base(case, sitting, vote))]
        if not over:
            return ""
        voters = members_with_vote(case, sitting)
        others = [member for member in roster.members_on(sitting.day) if member.id not in voters]
        rest = f"当日名册上有表决权的党员{len(voters)}人，另有无表决权的{_without_vote(others, sitting.day)}"
        faults = (f"“{vote_title(case, vote)}”{words}" for vote, words in over)
        return "；".join((*faults, rest, "请核对表决基数"))

    yield from defects(rule, case, _with_votes(case), judge)


def _without_vote(members: Iterable[Member], day: date) -> str:
    """How many, and how many of them are probationary; whose rights are restricted is not told by name."""
    full = [member.is_full(day) for member in members]
    probationary = full.count(False)
    if probationary == len(full):
        return f"预备党员{probationary}人"
    return f"党员{len(full)}人" + (f"（其中预备党员{probationary}人）" if probationary else "")


def one_by_one(rule: Rule, case: Case) -> Iterator[Finding]:
    """One vote for several persons, in matters where each is to be voted on by himself.

    The persons are those of 对象; where that is blank and a vote was counted, those of 事项: people on the
    way in by the roster (``turned_within_days``) or 发展党员, names between the words of ``named``, or a
    number of them (``counted``).
    """

    def judge(sitting: Sitting, version: Version) -> str:
        faults = [
            f"“{vote_title(case, vote)}”一行表决列有{number}人"
            for vote in sitting.votes
            if vote.matter in version.params["matters"]
            and (number := _persons(case, sitting, vote, version.params)) > 1
        ]
        return "；".join([*faults, "请核对是否逐个表决"]) if faults else ""

    yield from defects(rule, case, _with_votes(case), judge)


def _persons(case: Case, sitting: Sitting, vote: Vote, params: Mapping[str, Any]) -> int:
    """How many persons one row votes on, at least."""
    if vote.object:
        return voted_in(case, vote).number
    return _in_subject(case, sitting, vote, params) if vote.in_favour is not None else 0


def _in_subject(case: Case, sitting: Sitting, vote: Vote, params: Mapping[str, Any]) -> int:
    """How many persons 事项 says are voted on."""
    known = known_to(case.ledger.roster, developing(case))
    coming = sorted(_coming(case, sitting, params["turned_within_days"]), key=len, reverse=True)
    left, found = vote.subject, 0
    for name in coming:
        found += name in left
        left = left.replace(name, "、")
    between = (match[1] for pattern in params["named"] if (match := re.search(pattern, vote.subject)))
    lists = [voted_on([text], known) for text in between]
    listed = [one.number for one in lists if all(is_name(name, known) for name in one.names)]
    said = (match for pattern in params["counted"] for match in re.finditer(pattern, vote.subject))
    counted = [_number(match[1]) for match in said]
    return max([found, *listed, *counted])


def _coming(case: Case, sitting: Sitting, within: int) -> set[str]:
    """Names of those who may have been voted on that day: not full yet, or full since not long ago."""

    def open_(member: Member) -> bool:
        turned = member.converted
        return not member.is_full(sitting.day) or (
            turned is not None and abs((sitting.day - turned).days) <= within
        )

    return {member.plain_name for member in case.ledger.roster.members if open_(member)} | developing(case)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else read_chinese_number(text) or 0


def _with_votes(case: Case) -> list[Sitting]:
    return [sitting for sitting in asked_sittings(case) if sitting.votes]
