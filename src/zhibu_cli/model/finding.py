"""What a check says: status, subject, figures, grounds, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zhibu_cli.model.period import Span

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.ledger import Waiver
    from zhibu_cli.model.rule import Ground, Severity


class Status(StrEnum):
    """The seven states of a finding, in the order of the summary (design.md «What check says»)."""

    MET = "met"
    PENDING = "pending"
    AT_RISK = "at_risk"
    MISSED = "missed"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """As shown to people; of a finding see ``Finding.label``."""
        return _LABELS[self]


class SubjectKind(StrEnum):
    """Whom or what a finding is about."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    GROUP = "group"
    MEMBER = "member"
    PAIR = "pair"
    RECORD = "record"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom or what a finding is about: ``branch``, ``committee``, ``G1``, ``M3``, ``M3+M7``, ``S12``."""

    kind: SubjectKind
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One answer of one rule."""

    key: str
    """``rule@period``, ``rule@period/subject``, ``rule@record`` or ``rule@due``; stable."""
    rule: str
    title: str
    status: Status
    severity: Severity
    subject: Subject
    period: str | None
    start: date
    """First day it is about; with ``due`` it decides to which asked range it belongs."""
    due: date
    required: int | None
    found: int | None
    message: str
    """The facts in one or two Chinese sentences, never stronger than the text."""
    fix: str
    """What to do; empty where nothing is to be done."""
    grounds: tuple[Ground, ...]
    evidence: tuple[str, ...]
    """Numbers of the records it rests on, sorted by day."""
    waiver: Waiver | None = None
    about_record: bool = False
    """A defect of a record rather than a duty."""
    detail: str = ""
    """What is told only to those who ask for more (``--verbose``): how much two texts share, say."""
    approval_by: date | None = None
    """The last day on which the superior's approval settles it; None: whenever it was given."""

    @property
    def span(self) -> Span:
        """The days it is about."""
        return Span(min(self.start, self.due), max(self.start, self.due))

    @property
    def owes_record(self) -> bool:
        """Whether it is about a duty of which records are counted, and some may be missing (未见记录).

        A record that contradicts itself, a state that must not last and a share that was exceeded are
        none: there something is recorded, and it is not as it should be (问题).
        """
        return self.required is not None and not self.about_record

    @property
    def plannable(self) -> bool:
        """Whether a record yet to come answers it, so that a plan can provide for it.

        What belongs to a single record, such as the talks before a meeting, is no duty to plan.
        """
        return self.owes_record and self.subject.kind is not SubjectKind.RECORD

    @property
    def label(self) -> str:
        """The status as shown to people."""
        if self.status is Status.MISSED and not self.owes_record:
            return "问题"
        return self.status.label


_LABELS = {
    Status.MET: "已落实",
    Status.PENDING: "本期未结束",
    Status.AT_RISK: "临近到期",
    Status.MISSED: "未见记录",
    Status.WAIVED: "有情况说明",
    Status.NOT_APPLICABLE: "不适用",
    Status.UNKNOWN: "无法判断",
}
