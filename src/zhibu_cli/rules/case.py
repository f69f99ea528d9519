"""What every kind of check works with: the case at hand and the making of findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.period import Span, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.rule import Reading, Rule, Severity, Version
    from zhibu_cli.model.texts import ForeignText

AT_RISK_DAYS = {Unit.MONTH: 7, Unit.QUARTER: 15, Unit.YEAR: 30}
"""The last days of an open period in which it counts as nearly over (design.md)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question put to the rules."""

    ledger: Ledger
    asked: Span
    """The range the answer is wanted for."""
    as_of: date
    """Events after this day are as if they had not happened yet."""
    ahead: date | None = None
    """Duties of periods that begin up to this day are told as well, though it lies after ``as_of``."""
    foreign: tuple[ForeignText, ...] = ()
    """Texts in the ledgers of other branches, to compare with."""
    readings: Mapping[str, Reading] = field(default_factory=dict, compare=False)
    """The readings that the rules share."""
    memo: dict[str, Any] = field(default_factory=dict, compare=False)
    """What one rule has worked out and another of the same question may use."""

    @property
    def horizon(self) -> date:
        """The last day of the asked range that has been reached; no record of a later day counts."""
        return min(self.asked.end, self.as_of)

    @property
    def outlook(self) -> date:
        """The last day of the asked range whose duties are told: reached, or asked for in advance."""
        return min(self.asked.end, max(self.as_of, self.ahead or self.as_of))

    def deciding_day(self, end: date) -> date:
        """The day whose version of a rule decides a period that ends on ``end``."""
        return min(end, self.as_of)

    def branch(self) -> Subject:
        """The branch as a subject."""
        return Subject(kind=SubjectKind.BRANCH, id="branch", name=self.ledger.branch.name)

    def committee(self) -> Subject:
        """The committee as a subject."""
        return Subject(kind=SubjectKind.COMMITTEE, id="committee", name="支部委员会")

    def member(self, ref: str) -> Subject:
        """A member as a subject."""
        return Subject(kind=SubjectKind.MEMBER, id=ref, name=self.ledger.roster.name_of(ref))

    def pair(self, one: str, other: str) -> Subject:
        """Two members as a subject, by number."""
        first, second = sorted((one, other), key=lambda ref: (len(ref), ref))
        name = "、".join(map(self.ledger.roster.name_of, (first, second)))
        return Subject(kind=SubjectKind.PAIR, id=f"{first}+{second}", name=name)

    def group(self, ref: str) -> Subject:
        """A group as a subject."""
        group = self.ledger.roster.groups_by_id[ref]
        return Subject(kind=SubjectKind.GROUP, id=ref, name=group.name)

    def post_title(self, post: str) -> str:
        """What a post is called: 书记 for ``secretary``."""
        return self.ledger.catalogue.register("post").field("post").term(post)

    def record(self, id_: str, name: str) -> Subject:
        """A record as a subject."""
        return Subject(kind=SubjectKind.RECORD, id=id_, name=name)


def open_or_missed(due: date, as_of: date, at_risk_days: int) -> Status:
    """The status of a duty not yet met: pending, at_risk in the last days, missed after ``due``."""
    left = (due - as_of).days
    if left < 0:
        return Status.MISSED
    return Status.AT_RISK if left < at_risk_days else Status.PENDING


def make(
    rule: Rule,
    version: Version,
    *,
    on: date,
    key: str,
    subject: Subject,
    status: Status,
    start: date,
    due: date,
    message: str,
    period: str | None = None,
    required: int | None = None,
    found: int | None = None,
    evidence: Iterable[str] = (),
    severity: Severity | None = None,
    fix: str | None = None,
    about_record: bool = False,
    detail: str = "",
    approval_by: date | None = None,
) -> Finding:
    """A finding of the rule, with the articles in force on the day ``on``.

    ``key`` is what follows the ``@``. The remedy of the rule is given where something is missing
    or at stake, unless ``fix`` says otherwise: while it can still be met, what is to be done in time.
    """
    return Finding(
        key=f"{rule.id}@{key}",
        rule=rule.id,
        title=rule.title,
        status=status,
        severity=severity or version.severity,
        subject=subject,
        period=period,
        start=start,
        due=due,
        required=required,
        found=found,
        message=message,
        fix=fix if fix is not None else _remedy(rule, status),
        grounds=rule.grounds_on(on),
        evidence=tuple(evidence),
        about_record=about_record,
        detail=detail,
        approval_by=approval_by,
    )


def _remedy(rule: Rule, status: Status) -> str:
    """What is to be done: while there is time, or when it is over; empty where nothing is."""
    if status in {Status.PENDING, Status.AT_RISK}:
        return rule.doc.open or rule.doc.fix
    return rule.doc.fix if status in {Status.MISSED, Status.WAIVED} else ""


def record_defect(
    rule: Rule,
    case: Case,
    *,
    id_: str,
    name: str,
    day: date,
    message: str,
    beside: Iterable[str] = (),
    **more: object,
) -> Finding | None:
    """A ``missed`` finding about one record, or None where the rule was not in force that day.

    ``beside``: earlier records on which it rests as well.
    """
    version = rule.version_on(case.deciding_day(day))
    if version is None:
        return None
    return make(
        rule,
        version,
        on=case.deciding_day(day),
        key=id_,
        subject=case.record(id_, name),
        status=Status.MISSED,
        start=day,
        due=day,
        message=message,
        evidence=(*beside, id_),
        about_record=True,
        **more,  # type: ignore[arg-type]
    )
