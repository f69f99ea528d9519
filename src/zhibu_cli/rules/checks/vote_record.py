"""Votes as recorded: do the figures add up, is the base right, one person to one vote.

Which figures cannot be true, see rules/checks/vote_figures.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.model.attendance import under_vote
from zhibu_cli.rules.checks.common import asked_sittings, defects, says
from zhibu_cli.rules.checks.vote_figures import MEMBERS, body_of, impossible, vote_title

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
            if (found := [*impossible(case, sitting, vote)])
        ]
        return "；".join([*faults, "请核对"]) if faults else ""

    yield from defects(rule, case, _with_votes(case), judge)


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
