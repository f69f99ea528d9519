"""No record is at once life of the branch and something that never counts as such.

Without parameters. The kinds that never count (民主生活会, 中心组学习) are declared so in the catalogue;
a record that bears one of them together with another kind, or says it was held in the form of a
meeting of the branch, counts for the former only and is told as a defect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.model.ledger import FORM_KINDS
from zhibu_cli.rules.case import record_defect
from zhibu_cli.rules.checks.common import asked_sittings
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

PARAMETERS: dict[str, dict[str, str]] = {"check": {}}


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Records that combine the two."""
    catalogue = case.ledger.catalogue
    for sitting in asked_sittings(case):
        outside, inside = _kinds(sitting, catalogue)
        if not (outside and inside):
            continue
        message = (
            f"一条记录写有{'、'.join(outside)}和{'、'.join(inside)}，只计{'、'.join(outside)}，请核对类型。"
        )
        finding = record_defect(
            rule,
            case,
            id_=sitting.id,
            name=f"{chinese_date(sitting.day)}{'、'.join((*outside, *inside))}",
            day=sitting.day,
            message=f"{chinese_date(sitting.day)}{message}",
        )
        if finding is not None:
            yield finding


def _kinds(sitting: Sitting, catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """Labels of the kinds that never count as branch life, and of those that do."""
    forms = [FORM_KINDS[form] for form in sitting.forms if form in FORM_KINDS]
    kinds = [catalogue.kind(name) for name in dict.fromkeys((*sitting.kinds, *forms))]
    return (
        [kind.label for kind in kinds if not kind.branch_life],
        [kind.label for kind in kinds if kind.branch_life],
    )
