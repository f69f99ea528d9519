"""Evaluation: rules and a ledger in, findings out. One pure function, used wherever a rule counts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from zhibu_cli.model.ledger import Ledger, Waiver
    from zhibu_cli.model.period import Span
    from zhibu_cli.model.rule import Rule, RuleBook
    from zhibu_cli.model.texts import ForeignText
    from zhibu_cli.rules.forms import Form


class Check(Protocol):
    """A kind of check; yields every finding of the rule that may belong to the asked range."""

    def __call__(self, rule: Rule, case: Case) -> Iterator[Finding]:
        """Judge the case by the rule."""
        ...


@cache
def find_check(name: str) -> Check:
    """The evaluator behind ``check = "NAME"`` of a rule.

    ``cadence`` is the function ``check`` of the module ``rules.checks.cadence``;
    ``record.headcount`` the function ``headcount`` of ``rules.checks.record``.

    Raises:
        LookupError: there is none of that name.
    """
    module_name, _, function = name.partition(".")
    try:
        module = import_module(f"zhibu_cli.rules.checks.{module_name}")
        declared = module.PARAMETERS
    except (ImportError, AttributeError) as error:
        raise LookupError(name) from error
    if (function or "check") not in declared:  # anything else in the module is none of the packs' business
        raise LookupError(name)
    return cast("Check", getattr(module, function or "check"))


def parameters(name: str) -> Mapping[str, Form] | None:
    """What the versions of a rule may set for this kind of check; None: the check does not say.

    A module of rules/checks/ declares it, see rules/forms.py.
    """
    from zhibu_cli.rules.forms import read_forms  # noqa: PLC0415 - a check by sound packs needs none of it

    module_name, _, function = name.partition(".")
    module = import_module(f"zhibu_cli.rules.checks.{module_name}")
    declared: Mapping[str, Mapping[str, str]] = getattr(module, "PARAMETERS", {})
    forms = declared.get(function or "check")
    return None if forms is None else read_forms(forms)


def never_missed(name: str) -> bool:
    """Whether this kind of check only reminds, so that no example can show something missed."""
    module_name, _, function = name.partition(".")
    module = import_module(f"zhibu_cli.rules.checks.{module_name}")
    return (function or "check") in getattr(module, "NEVER_MISSED", ())


def evaluate(
    book: RuleBook,
    ledger: Ledger,
    asked: Span,
    as_of: date,
    *,
    ahead: date | None = None,
    foreign: Iterable[ForeignText] = (),
) -> tuple[Finding, ...]:
    """Every finding of the book's rules that belongs to the asked range, in the book's order.

    A finding belongs to it when the days from its period's start to its due day share a day with
    the range (design.md «What check says»). A 情况说明 is attached to the finding it names. ``ahead``:
    duties of periods that have not begun are told up to that day, as pending. ``foreign``: texts of
    other branches, to compare with those of this one.
    """
    case = Case(ledger=ledger, asked=asked, as_of=as_of, ahead=ahead, foreign=tuple(foreign))
    waivers = {waiver.key: waiver for waiver in ledger.waivers}
    return tuple(
        with_waiver(finding, waivers.get(finding.key), as_of)
        for rule in book.rules
        for finding in _in_order(find_check(rule.check)(rule, replace(case, readings=rule.readings)))
        if finding.span.overlaps(asked)
    )


def owes(rule: Rule) -> bool:
    """Whether the rule may tell of something that is still owed.

    The checks of the records themselves (rules/checks/record*.py) report defects only (design.md).
    """
    return not rule.check.startswith("record")


def counted_kind(rule: Rule, day: date) -> str:
    """The kind of record that the rule looks for that day; empty: none.

    It stands in the rule's parameter ``kind``, or as ``KIND`` in the module of the kind of check.
    """
    version = rule.version_on(day)
    if version is None:
        return ""
    module = import_module(f"zhibu_cli.rules.checks.{rule.check.partition('.')[0]}")
    return str(version.params.get("kind") or getattr(module, "KIND", ""))


def with_waiver(finding: Finding, waiver: Waiver | None, as_of: date) -> Finding:
    """The finding with its 情况说明, which is always told with it.

    Only a missed warn or info that the superior approved by the as-of day, and by the day that the text
    asks for where it asks for one, turns into ``waived``, and nothing is left to be done; anywhere else the
    explanation stands beside the status. When it was written down does not matter: ``--as-of`` cuts by what
    happened, not by when it was entered.
    """
    if waiver is None:
        return finding
    soft = finding.severity in {Severity.WARN, Severity.INFO}
    last = min(as_of, finding.approval_by or as_of)
    approved = waiver.approval and waiver.approved_on and waiver.approved_on <= last
    if finding.status is Status.MISSED and soft and approved:
        return replace(finding, status=Status.WAIVED, fix="", waiver=waiver)
    return replace(finding, waiver=waiver)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (finding.start, finding.due, natural(finding.key)))


def natural(key: str) -> list[str | int]:
    """A sort key under which S9 comes before S10: text and numbers take turns."""
    parts: list[str | int] = [*_DIGITS.split(key)]
    parts[1::2] = map(int, parts[1::2])
    return parts


_DIGITS = re.compile("([0-9]+)")
