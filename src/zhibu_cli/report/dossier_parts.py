"""The parts of 迎检资料 beside its figures: findings without names, talks, 整改清单, the records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.model.values import format_field
from zhibu_cli.report import talk_register, told
from zhibu_cli.report.check_paper import COLUMNS, tone_of
from zhibu_cli.report.rectify import known
from zhibu_cli.report.talk_grid import TalkGrid, days_grid
from zhibu_cli.report.unnamed import open_records, unnamed
from zhibu_cli.report.whole_record import WholeRecord, naming, whole_record
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.sitting import Rectification
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.talk_register import TalkLine


_MOST = 100
"""People of a table of who talked with whom: a hundred make ten thousand cells, and some thirty pages."""
_NOBODY = "党员名册中没有在册党员，不能列表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFact:
    """One finding under its duty."""

    text: str
    records: tuple[str, ...]
    """Numbers of the records it rests on."""
    tail: str
    """What follows the ``@`` of the key."""
    explained: str
    """The 情况说明 that stands with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGroup:
    """A duty with the findings that share a status, articles and a remedy."""

    mark: str
    tone: str
    title: str
    rule: str
    facts: tuple[OpenFact, ...]
    grounds: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSection:
    """What has one status."""

    title: str
    groups: tuple[OpenGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the check says of the year, as far as it names nobody."""

    left_out: int
    """Findings that name somebody and are not shown."""
    verdict: tuple[str, ...]
    notice: str
    sections: tuple[OpenSection, ...]
    met: tuple[OpenGroup, ...]
    """What is met, by duty, each with its records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPart:
    """Who talked with whom."""

    grids: tuple[TalkGrid, ...]
    """Days only, cut to the width of an upright sheet."""
    empty: str
    """What stands in their place where there is none."""
    notes: tuple[str, ...]
    lines: tuple[TalkLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """A row of 整改清单 as text, in the order of the heads."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPart:
    """整改清单."""

    heads: tuple[str, ...]
    rows: tuple[ListedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMonth:
    """The sittings of a month, whole."""

    label: str
    key: str
    """``2026-03``, the name of its place in the page."""
    records: tuple[WholeRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindIndex:
    """Where the sittings of a kind stand."""

    label: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPart:
    """Every sitting of the year."""

    kinds: tuple[KindIndex, ...]
    months: tuple[RecordMonth, ...]


def answer_part(request: Request) -> Answer:
    """The findings that name no member, told as everywhere."""
    listed, left_out = unnamed(request.findings, request.ledger)
    met = [finding for finding in listed if finding.status is Status.MET]
    return Answer(
        left_out=left_out,
        verdict=told.verdict_told(listed),
        notice=told.NOTICE,
        sections=tuple(_section(request.ledger, section) for section in told.sections(listed)),
        met=tuple(_group(request.ledger, group) for group in told.grouped(met, (Status.MET,))),
    )


def _section(ledger: Ledger, section: told.Section) -> OpenSection:
    return OpenSection(
        title=f"{section.title}（{section.size} 项）",
        groups=tuple(_group(ledger, group) for group in section.groups),
    )


def _group(ledger: Ledger, group: told.Group) -> OpenGroup:
    return OpenGroup(
        mark=group.mark,
        tone=tone_of(group.facts[0].finding),
        title=group.title,
        rule=group.rule,
        facts=tuple(_fact(ledger, fact) for fact in group.facts),
        grounds=group.grounds,
        fix=group.remedy,
    )


def _fact(ledger: Ledger, fact: told.Fact) -> OpenFact:
    return OpenFact(
        text=fact.told(fact.message),
        records=open_records(fact.finding, ledger),
        tail=fact.tail,
        explained=told.explained(fact.finding),
    )


def talk_part(request: Request) -> TalkPart:
    """Days and people; the lines are those of 谈心谈话登记表."""
    grid = days_grid(request.ledger, request.period, request.as_of)
    return TalkPart(
        grids=grid.cut(COLUMNS) if 0 < len(grid.rows) <= _MOST else (),
        empty=f"名单上有{len(grid.rows)}人，表太大，不列；见下面的清单。" if grid.rows else _NOBODY,
        notes=grid.notes,
        # the kind stays inside: who was admonished is nobody else's business, whatever the template prints
        lines=tuple(replace(line, category="") for line in talk_register.paper(request).rows),
    )


def listed_part(scope: Scope) -> ListedPart:
    """Every problem that had been raised by the last day counted."""
    fields = scope.ledger.catalogue.register("rectification").fields
    return ListedPart(
        heads=tuple(field.label for field in fields),
        rows=tuple(_listed(scope, row) for row in known(scope)),
    )


def _listed(scope: Scope, row: Rectification) -> ListedRow:
    """The row as it stood: what became of a problem later was not known yet."""
    catalogue, payload = scope.ledger.catalogue, dict(row.entry.payload)
    if row.done_on is not None and row.done_on > scope.horizon:
        payload.pop("done_on", None)
        payload.pop("progress", None)
    name_of = naming(scope.roster)
    fields = catalogue.register("rectification").fields
    days = {"deadline": row.deadline, "done_on": row.done_on if "done_on" in payload else None}
    cells = (
        chinese_date(day)
        if (day := days.get(field.name))
        else format_field(catalogue, field, payload.get(field.name), name_of)
        for field in fields
    )
    return ListedRow(id=row.id, cells=tuple(cells))


def record_part(scope: Scope, copies: Mapping[str, str]) -> RecordPart:
    """Every sitting up to the last day counted, those that do not count as branch life too.

    ``copies``: see ``Request``.
    """
    late = scope.late_records()
    held = [sitting for sitting in scope.ledger.sittings if sitting.day in scope.span]
    months = tuple(
        RecordMonth(
            label=f"{month}月",
            key=f"{scope.period.start.year}-{month:02d}",
            records=tuple(whole_record(scope, sitting, copies, late=sitting.id in late) for sitting in found),
        )
        for month, found in groupby(held, key=lambda sitting: sitting.day.month)
    )
    return RecordPart(kinds=tuple(_by_kind(scope)), months=months)


def _by_kind(scope: Scope) -> Iterator[KindIndex]:
    for kind in scope.ledger.catalogue.kinds_of("sitting"):
        held = (s.id for s in scope.ledger.sittings if s.day in scope.span and kind.name in s.kinds)
        if numbers := tuple(held):
            yield KindIndex(label=kind.label, records=numbers)


def places(talk: TalkPart, listed: ListedPart, records: RecordPart) -> Iterable[tuple[str, str]]:
    """Number of whatever has a place in the page, and what it is called where it is referred to."""
    yield from ((line.id, f"{line.day.month}月{line.day.day}日谈心谈话") for line in talk.lines)
    yield from ((row.id, "整改事项") for row in listed.rows)
    for month in records.months:
        yield from ((one.id, f"{one.day_text.partition('（')[0]}{one.kinds}") for one in month.records)
