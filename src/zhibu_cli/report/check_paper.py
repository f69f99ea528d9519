"""The answer of a check as one view, the same for a page, a workbook and a Word file."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.rule import Severity
from zhibu_cli.report import told
from zhibu_cli.report.marks import FILLS, mark_of
from zhibu_cli.report.month_grid import MonthGrid, month_grids
from zhibu_cli.report.private import masking
from zhibu_cli.report.talk_grid import TalkGrid, talk_grids
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import changed, made_visible, title_lines
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Span
    from zhibu_cli.model.rule import Pack

_TITLE = "台账核对结果"
COLUMNS = 10
"""People across a table of talks on an upright sheet of A4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFact:
    """One finding under its duty."""

    text: str
    """Period or subject, and the facts."""
    records: str
    """Numbers of the records it rests on, apart from the one it is about: ``S3、S9``."""
    tail: str
    """What follows the ``@`` of the key."""
    explained: str
    """The 情况说明 that stands with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckGroup:
    """A duty with the findings that share a status, articles and a remedy."""

    mark: str
    tone: str
    title: str
    heading: str
    rule: str
    facts: tuple[CheckFact, ...]
    grounds: str
    fix: str
    internal: str
    """内部核对清单，勿外传 where members are named, else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSection:
    """One part of the answer."""

    title: str
    """``一、未见记录和问题（7 项）``."""
    groups: tuple[CheckGroup, ...]
    internal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many findings of each duty have a status."""

    title: str
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding as a row of a sheet."""

    status: str
    tone: str
    severity: str
    title: str
    subject: str
    period: str
    fact: str
    grounds: str
    fix: str
    records: str
    due: date
    key: str
    explained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPaper(View):
    """The whole answer."""

    title: str
    title_lines: tuple[str, ...]
    branch: str
    asked_text: str
    as_of_text: str
    remarks: tuple[str, ...]
    verdict: tuple[str, ...]
    calendars: tuple[MonthGrid, ...]
    talks: tuple[TalkGrid, ...]
    talk_parts: tuple[TalkGrid, ...]
    """The same tables cut to the width of an upright sheet."""
    sections: tuple[CheckSection, ...]
    tallies: tuple[Tally, ...]
    rows: tuple[FindingRow, ...]
    """Every finding, in the order of the sections."""
    open_rows: tuple[FindingRow, ...]
    """Those that are told one by one: missed, open, not to be judged, explained."""
    settled_rows: tuple[FindingRow, ...]
    """The rest of them: met, or not applicable."""
    notice: str
    advice: str
    internal: str
    """内部核对清单，勿外传 where a member is named anywhere, else empty."""
    fills: Mapping[str, str]
    """Colour behind a status by its tone, for formats that have no style sheet."""
    packs: tuple[str, ...]
    """The rules that were applied, with their versions."""


def build_check(
    ledger: Ledger,
    findings: Sequence[Finding],
    asked: Span,
    as_of: date,
    *,
    packs: Iterable[Pack],
    notes: Iterable[str] = (),
) -> CheckPaper:
    """Put the view together; every text in it can be printed, numbers of people are masked as in papers.

    Args:
        ledger: for people and days.
        findings: the answer.
        asked: the range it was asked for.
        as_of: the day it is judged by.
        packs: the rules that were applied.
        notes: what the reader should know about the answer itself.
    """
    days = {entry.id: entry.day for entry in ledger.entries}
    talks = talk_grids(findings, ledger, as_of)
    sections = told.sections(findings)
    rows = tuple(_rows(findings, sections))
    told_singly = sum(section.size for section in sections)
    named = any(grid.rows for grid in talks) or any(map(told.may_name, findings))
    paper = CheckPaper(
        title=f"{ledger.branch.name}{_TITLE}",
        title_lines=title_lines(ledger.branch.name, _TITLE),
        branch=ledger.branch.name,
        asked_text=f"{chinese_date(asked.start)}至{chinese_date(asked.end)}",
        as_of_text=f"{chinese_date(as_of)}（{weekday(as_of)}）",
        remarks=tuple(notes),
        verdict=told.verdict_told(findings),
        calendars=month_grids(findings, asked, days),
        talks=talks,
        talk_parts=tuple(part for grid in talks for part in grid.cut(COLUMNS)),
        sections=tuple(_section(section, number) for number, section in enumerate(sections)),
        tallies=tuple(_tallies(findings)),
        rows=rows,
        open_rows=rows[:told_singly],
        settled_rows=rows[told_singly:],
        notice=told.NOTICE,
        advice=told.advice(findings),
        internal=told.INTERNAL if named else "",
        fills=MappingProxyType({"": "auto", "held": "auto", **FILLS}),
        packs=tuple(f"{pack.title}（{pack.id}，版本 {pack.version}）" for pack in packs),
    )
    visible: CheckPaper = changed(made_visible(paper), masking(ledger))
    return visible


def _section(section: told.Section, number: int) -> CheckSection:
    return CheckSection(
        title=f"{'一二三四'[number]}、{section.title}（{section.size} 项）",
        groups=tuple(map(_group, section.groups)),
        internal=told.INTERNAL if section.names_members else "",
    )


def _group(group: told.Group) -> CheckGroup:
    return CheckGroup(
        mark=group.mark,
        tone=tone_of(group.facts[0].finding),
        title=group.title,
        heading=group.heading,
        rule=group.rule,
        facts=tuple(map(_fact, group.facts)),
        grounds=group.grounds,
        fix=group.fix,
        internal=told.INTERNAL if group.names_members else "",
    )


def _fact(fact: told.Fact) -> CheckFact:
    return CheckFact(
        text=fact.told(fact.message),
        records="、".join(fact.records),
        tail=fact.tail,
        explained=told.explained(fact.finding),
    )


def _tallies(findings: Sequence[Finding]) -> Iterable[Tally]:
    for title, status in told.COUNTED:
        rows = told.counted(findings, status)
        if rows:
            yield Tally(title=f"{title}（{sum(number for _, number in rows)} 项）", rows=rows)


def _rows(findings: Sequence[Finding], sections: Sequence[told.Section]) -> Iterable[FindingRow]:
    for section in sections:
        for group in section.groups:
            yield from (_row(fact.finding) for fact in group.facts)
    for _, status in told.COUNTED:
        yield from (_row(finding) for finding in findings if finding.status is status)


def _row(finding: Finding) -> FindingRow:
    return FindingRow(
        status=finding.label,
        tone=tone_of(finding),
        severity=_severity(finding),
        title=finding.title,
        subject=finding.subject.name if finding.subject.kind is not SubjectKind.BRANCH else "支部",
        period=told.period_label(finding.period) if finding.period else "",
        fact=finding.message,
        grounds=told.cited(finding.grounds),
        fix=told.plain(finding.fix),
        records="、".join(finding.evidence),
        due=finding.due,
        key=finding.key,
        explained=told.explained(finding),
    )


def _severity(finding: Finding) -> str:
    """How grave it is; nothing where nothing was missed: an open duty is no 问题."""
    return finding.severity.label if finding.status in {Status.MISSED, Status.WAIVED} else ""


def tone_of(finding: Finding) -> str:
    """Its colour; what is only to be known stands lighter than what is to be explained."""
    minor = finding.severity in {Severity.INFO, Severity.REMIND}
    return "minor" if finding.status is Status.MISSED and minor else mark_of(finding).tone
