"""Votes on 转正 in general meetings, by the member voted on: the day on which it was discussed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.rules.checks.vote_figures import MEMBERS, body_of, voted_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.rules.case import Case

CONVERSION = "conversion"


class Discussed(NamedTuple):
    """A general meeting that voted on the conversion of somebody."""

    day: date
    sitting: str
    result: str
    """结果, as written."""


def conversion_votes(case: Case, ref: str) -> list[Discussed]:
    """Votes on the member's conversion up to the as-of day, in the order of days."""
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
