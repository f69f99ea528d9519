"""Talks as recorded: a talk of more than two people covers nobody (design.md «What check says»)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.model.sitting import EVERYBODY
from zhibu_cli.rules.checks.common import asked_talks, defects, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Talk
    from zhibu_cli.rules.case import Case


PARAMETERS: dict[str, dict[str, str]] = {"one_to_one": {}}


def one_to_one(rule: Rule, case: Case) -> Iterator[Finding]:
    """Talks that are not between two different persons."""

    def judge(talk: Talk, _version: Version) -> str:
        sides = (*talk.talkers, *talk.partners)
        everybody = [word for word in EVERYBODY if word in sides]
        if talk.one_to_one and not everybody:
            return ""
        if everybody:
            return f"谈话双方之一写作“{everybody[0]}”，集体谈话不计入任何人"
        together = dict.fromkeys(sides)
        if len(together) < 2:
            return f"谈话人与谈话对象同为{people(case, together)}，请核对"
        if len(together) == 2:
            return f"{people(case, together)}两人重复列在谈话人与谈话对象中，请核对"
        return f"谈话双方共{len(together)}人，集体谈话不计入任何人"

    yield from defects(rule, case, asked_talks(case), judge)
