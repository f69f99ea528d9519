"""What the rules say to a paper: findings it may tell, and which records it marks as entered late."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.app.checking import answer
from zhibu_cli.app.rulebook import applied
from zhibu_cli.model.period import Span
from zhibu_cli.report.scope import LATE_RULES
from zhibu_cli.rules.engine import evaluate

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.rule import Rule
    from zhibu_cli.report.papers import PaperKind


class Said(NamedTuple):
    """What a paper is told."""

    result: CheckResult
    """The check, by documents that the paper may cite; without findings where it tells none."""
    late: tuple[Finding, ...]
    """By which records are marked 补录.

    That a record was entered late is a fact of it: a branch that no longer wants to be told of it in the
    check (local.toml) still hands in papers that say so, by the shipped days or its own stricter ones.
    """


def said_to(
    kind: PaperKind, ledger: Ledger, period: Period, as_of: date, *, path: Path, material: bool = False
) -> Said:
    """What the rules say of the days that the paper tells of.

    ``material``: 素材清单, which tells findings, goes with it.

    Raises:
        PackError: the branch's own rules cannot be used.
    """
    span = Span(period.start, max(period.end, as_of)) if kind.beyond else period.span
    by = applied(ledger, path, as_of)
    marks = replace(by.whole, rules=tuple(rule for rule in by.whole.rules if rule.id in LATE_RULES))
    by = by._replace(book=by.book.for_papers()) if kind.cites else by
    keep = None if kind.cites or material else _none
    result = answer(by, ledger, span, as_of, keep=keep)
    return Said(result, evaluate(marks, ledger, span, as_of))


def _none(_: Rule) -> bool:
    return False
