"""Votes on 转正 in general meetings, by the member voted on: the day on which it was discussed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.rules.checks.common import says
from zhibu_cli.rules.checks.vote_figures import MEMBERS, body_of, voted_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from zhibu_cli.model.roster import Member
    from zhibu_cli.rules.case import Case

CONVERSION = "conversion"
TURNING = {"not_carried": "texts", "extension_days": "count"}
"""Parameters of ``turning_votes``."""


class Discussed(NamedTuple):
    """A general meeting that voted on the conversion of somebody."""

    day: date
    sitting: str
    result: str
    """结果, as written."""


def turning_votes(case: Case, member: Member, params: Mapping[str, Any]) -> list[Discussed]:
    """Votes by which the member may have been turned full, in the order of days.

    Parameters: ``not_carried``, words in 结果 of a vote that turned nobody full; ``extension_days``, days
    before and after 延长预备期 in which a vote is taken to be the one that extended the probation (a row
    of 表决 knows no other class for it, and the day of the extension may be that on which it began).
    """
    near = timedelta(days=params["extension_days"])
    extended = [event.day for event in member.events if event.matter == "extension"]
    return [
        vote
        for vote in _votes_on(case, member.id)
        if not says(vote.result, params["not_carried"])
        and not any(day - near <= vote.day <= day + near for day in extended)
    ]


def _votes_on(case: Case, ref: str) -> list[Discussed]:
    if "conversions" not in case.memo:
        case.memo["conversions"] = _all(case)
    held: Mapping[str, list[Discussed]] = case.memo["conversions"]
    return held.get(ref, [])


def _all(case: Case) -> Mapping[str, list[Discussed]]:
    found: dict[str, list[Discussed]] = defaultdict(list)
    for sitting in case.ledger.sittings.with_any(("votes",), date.min, case.as_of):
        for vote in sitting.votes:
            if vote.matter == CONVERSION and body_of(sitting, case) == MEMBERS:
                for name in voted_in(case, vote).names:
                    row = Discussed(sitting.day, sitting.id, vote.result)
                    found[case.ledger.roster.id_of(name)].append(row)
    return found
