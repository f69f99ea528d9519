"""Ballots of the yearly appraisal as recorded: not more than people present at it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from zhibu_cli.model.attendance import expectation
from zhibu_cli.model.declare import Expects
from zhibu_cli.rules.case import record_defect
from zhibu_cli.rules.checks.common import asked_sittings, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule
    from zhibu_cli.model.sitting import AppraisalRow, Sitting
    from zhibu_cli.rules.case import Case


PARAMETERS: dict[str, dict[str, str]] = {"sums": {}}
_SEVERAL = ("等", "人", "位", "全体")
"""In the name of a guest: more than one person may be meant."""


def sums(rule: Rule, case: Case) -> Iterator[Finding]:
    """Rows whose ballots together are more than the heads at the sittings of that year.

    A blank is unknown and adds nothing. Sittings of all members count; only where there is none,
    those of groups and committee together. A sitting whose 实到 is not known leaves it open. Guests may
    have marked a ballot as well: those named are added, a number of people (等5人) leaves it open.
    """
    held: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in asked_sittings(case):
        if "appraisal" in sitting.kinds and sitting.assessment_year:
            held[sitting.assessment_year].append(sitting)
    for row in case.ledger.appraisal_rows if held else ():
        sittings = _deciding(case, held.get(row.assessment_year, ()))
        finding = _judge(rule, case, row, sittings) if sittings else None
        if finding:
            yield finding


def _deciding(case: Case, sittings: Sequence[Sitting]) -> Sequence[Sitting]:
    catalogue = case.ledger.catalogue
    general = [one for one in sittings if expectation(one, catalogue) is Expects.MEMBERS]
    return general or sittings


def _most(case: Case, sitting: Sitting) -> int | None:
    """How many may have marked a ballot: 实到 or, where it is longer, the list of names, and the guests."""
    count = case.ledger.counted(sitting)
    if count.present_count is None or any(says(guest, _SEVERAL) for guest in sitting.observers):
        return None
    return max(count.present_count, len({*(count.present or ())})) + len(sitting.observers)


def _judge(rule: Rule, case: Case, row: AppraisalRow, sittings: Sequence[Sitting]) -> Finding | None:
    heads = [_most(case, sitting) for sitting in sittings]
    cast = sum(votes or 0 for votes in row.votes)
    most = sum(head or 0 for head in heads)
    if None in heads or cast <= most:
        return None
    guests = sum(len(sitting.observers) for sitting in sittings)
    name = f"{row.assessment_year}年度民主评议（{case.ledger.roster.name_of(row.member)}）"
    text = f"{name}：测评票数合计{cast}张，多于评议会实到{most - guests}人"
    text += f"和列席{guests}人之和，请核对。" if guests else "，请核对。"
    finding = record_defect(
        rule,
        case,
        id_=row.id,
        name=name,
        day=sittings[-1].day,
        message=text,
    )
    return finding and replace(finding, evidence=(*(sitting.id for sitting in sittings), row.id))
