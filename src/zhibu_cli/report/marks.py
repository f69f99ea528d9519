"""Statuses in one character, for grids: every one is in GBK and takes two columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhibu_cli.model.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A status as a grid shows it."""

    tone: str
    """Name of its colour: that of the status, ``issue`` for a 问题, ``minor`` for a 提示."""
    short: str
    label: str


SHORT = {
    Status.MISSED: "未",
    Status.AT_RISK: "近",
    Status.PENDING: "待",
    Status.UNKNOWN: "？",
    Status.WAIVED: "说",
    Status.MET: "已",
    Status.NOT_APPLICABLE: "不",
}
_ISSUE = "问"
_HINT = "提"
_HINTS = frozenset({Severity.INFO, Severity.REMIND})
_RANK = tuple(SHORT)
"""What a cell that stands for several findings shows: the first of these that occurs."""

FILLS = {
    "met": "E2F0D9",
    "missed": "F8CBAD",
    "issue": "F8CBAD",
    "minor": "FCE4D6",
    "at_risk": "FFE699",
    "pending": "FFF2CC",
    "unknown": "E7E6E6",
    "waived": "DDEBF7",
    "not_applicable": "FFFFFF",
}
"""Light enough for black words, also where a printer knows grey only."""


def mark_of(finding: Finding) -> Mark:
    """The status of a finding."""
    if finding.status is Status.MISSED and not finding.owes_record:
        if finding.severity in _HINTS:
            return Mark(tone="minor", short=_HINT, label=finding.severity.label)
        return Mark(tone="issue", short=_ISSUE, label=finding.label)
    return Mark(tone=finding.status.value, short=SHORT[finding.status], label=finding.label)


def worst(findings: Iterable[Finding]) -> Finding:
    """The one that a single cell should show."""
    return min(findings, key=lambda finding: (_RANK.index(finding.status), finding.severity.rank))


def tallied(findings: Iterable[Finding]) -> tuple[tuple[Mark, int], ...]:
    """How many findings have which status, the worst first."""
    numbers: dict[Mark, int] = {}
    for finding in sorted(findings, key=lambda finding: _RANK.index(finding.status)):
        found = mark_of(finding)
        numbers[found] = numbers.get(found, 0) + 1
    return tuple(numbers.items())


def legend(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks that are used, each once, in a fixed order."""
    order = [*SHORT.values()]
    order[1:1] = [_ISSUE, _HINT]
    return tuple(sorted(set(marks), key=lambda mark: (order.index(mark.short), mark.label)))
