"""What a paper is about: the ledger, the days counted, the findings it may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from zhibu_cli.errors import PaperError
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import Span
from zhibu_cli.report.wording import missing
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.report.request import Request

_COMMON = frozenset({SubjectKind.BRANCH, SubjectKind.COMMITTEE, SubjectKind.GROUP})
_GRAVE = frozenset({"error", "warn"})


class Head(TypedDict):
    """The fields of a view that say whose paper it is and up to which day; see ``views.Paper``."""

    branch: str
    superior: str
    period_label: str
    as_of: date
    as_of_text: str
    horizon: date
    horizon_text: str
    date_text: str
    counted_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One paper's question: which ledger, which period, known up to which day."""

    ledger: Ledger
    findings: tuple[Finding, ...]
    period: Period
    as_of: date
    printed: date
    """The day on which the paper is made: what is signed bears it, whatever day the facts end on."""
    beyond: bool = False
    """The paper tells also what happened after the period, up to the as-of day."""
    late: tuple[Finding, ...]
    """By which records are marked 补录, see ``Request``."""

    @property
    def roster(self) -> Roster:
        """The people of the ledger."""
        return self.ledger.roster

    @property
    def horizon(self) -> date:
        """The last day counted."""
        return self.as_of if self.beyond else min(self.period.end, self.as_of)

    @property
    def span(self) -> Span:
        """The days counted."""
        return Span(self.period.start, self.horizon)

    @property
    def complete(self) -> bool:
        """Whether the period is over."""
        return self.as_of >= self.period.end

    @property
    def label(self) -> str:
        """The period as printed, an open one with the day up to which it is counted."""
        if self.complete:
            return self.period.label
        return f"{self.period.label}（截至{chinese_date(self.horizon)}）"

    @property
    def head(self) -> Head:
        """What every paper says of itself."""
        return Head(
            branch=self.ledger.branch.name,
            superior=self.ledger.branch.superior or missing("上级党组织"),
            period_label=self.label,
            as_of=self.as_of,
            as_of_text=chinese_date(self.as_of),
            horizon=self.horizon,
            horizon_text=chinese_date(self.horizon),
            date_text=chinese_date(self.printed),
            counted_text=self.counted,
        )

    @property
    def counted(self) -> str:
        """``数据截至2026年8月15日`` where the facts end on another day than that of printing; else empty."""
        return "" if self.as_of == self.printed else f"数据截至{chinese_date(self.horizon)}"

    @property
    def word(self) -> str:
        """本季度 or 本年度."""
        return {"quarter": "本季度", "year": "本年度", "month": "本月"}[self.period.unit.value]

    @property
    def before(self) -> str:
        """上季度 or 上年度."""
        return self.word.replace("本", "上")

    @property
    def after(self) -> str:
        """下季度 or 下一年度."""
        return self.word.replace("本年", "下一年").replace("本", "下")

    @property
    def so_far(self) -> str:
        """In an open period: that it is open, and up to which day the figures go; else empty."""
        if self.complete:
            return ""
        until = f"数据截至{chinese_date(self.horizon)}。"
        # a day in the past may be asked for when the period has long been over
        return f"{self.word}尚未结束，{until}" if self.printed <= self.period.end else until

    def duties(self, *statuses: Status) -> tuple[Finding, ...]:
        """Findings that something was to be done so many times, with one of the statuses.

        Those of the branch, its committee and groups: findings about a named person or a single
        record are never among them, nor is local practice (info) or a mere reminder.
        """
        return tuple(
            finding
            for finding in self.findings
            if finding.status in statuses
            and finding.owes_record
            and finding.subject.kind in _COMMON
            and finding.severity.value in _GRAVE
        )

    def late_records(self) -> frozenset[str]:
        """Numbers of the records that were entered late."""
        return self._of_late_rule(unknown=False)

    def late_unknown(self) -> frozenset[str]:
        """Numbers of the records of which nobody can tell whether they were."""
        return self._of_late_rule(unknown=True)

    def _of_late_rule(self, *, unknown: bool) -> frozenset[str]:
        found = (f for f in self.late if f.rule in LATE_RULES)
        asked = (f for f in found if (f.status is Status.UNKNOWN) is unknown)
        return frozenset(number for finding in asked for number in finding.evidence)


LATE_RULES = ("record-late-entry", "record-backfill-burst")
"""The rules (slugs of design.md) that decide which minutes are marked 补录; their days are in the pack.

What the second tells as one lot was entered late all the same, and the first does not tell it again.
"""


def scope_of(request: Request, *, beyond: bool = False) -> Scope:
    """The question that a paper was asked, see ``scope``."""
    r = request
    return scope(r.ledger, r.findings, r.period, r.as_of, printed=r.printed, beyond=beyond, late=r.late)


def scope(
    ledger: Ledger,
    findings: Iterable[Finding],
    period: Period,
    as_of: date,
    *,
    printed: date | None = None,
    beyond: bool = False,
    late: tuple[Finding, ...] | None = None,
) -> Scope:
    """Put the question.

    ``printed``: the day on which the paper is made, None for the as-of day; ``beyond``: also about what
    happened after the period, up to the as-of day; ``late``: see ``Request``.

    Raises:
        PaperError: the period has not begun, or what is told of it ends before the branch was founded.
    """
    founded = ledger.branch.founded
    if as_of < period.start:
        raise PaperError(
            f"{period.label}尚未开始（截至{chinese_date(as_of)}），不能出材料。",
            hint="请换一个已经开始的时期。",
        )
    if min(period.end, as_of) < founded:
        when = period.label if period.end < founded else chinese_date(as_of)
        raise PaperError(
            f"{when}在支部成立（{chinese_date(founded)}）之前，不能出材料。",
            hint="请核对时期和支部信息中的成立时间。",
        )
    found = tuple(findings)
    return Scope(
        ledger=ledger,
        findings=found,
        late=found if late is None else late,
        period=period,
        as_of=as_of,
        printed=printed or as_of,
        beyond=beyond,
    )
