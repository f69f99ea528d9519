"""全年组织生活一览表: every duty that is owed by the month, quarter or year, on the months of a calendar.

Made from findings alone, so that it never says another thing than they do; the ledger only gives the
days of the records they rest on. What is owed by members or pairs stands as one row of counts, without
names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import Period, Span, Unit, parse_period, periods_between
from zhibu_cli.report.marks import Mark, legend, mark_of, tallied, worst
from zhibu_cli.report.told import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.finding import Finding

_COMMON = frozenset({SubjectKind.BRANCH, SubjectKind.COMMITTEE, SubjectKind.GROUP})
_MONTHS = 12
_UNITS = tuple(Unit)
_DAYS_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A status over one month or several; without a mark nothing is owed there."""

    span: int
    """Number of months it covers."""
    tone: str = ""
    short: str = ""
    """已, 未 …; empty: no finding."""
    brief: str = ""
    """With a number where there is room for one digit or two: ``已1``."""
    more: str = ""
    """Days of the records, or for members the numbers: ``13日``, ``1 已9``."""
    told: str = ""
    """In full words: ``已落实（13日）``."""

    @property
    def text(self) -> str:
        """All of it in one line: ``已13日``, ``已 3月5日、6月8日``, ``未1 已9``."""
        gap = " " if "月" in self.more else ""
        return f"{self.short}{gap}{self.more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A duty of somebody."""

    title: str
    who: str
    """Name of a group, ``按人计`` where members are counted, ``2024年度`` for another year; else empty."""
    cells: tuple[GridCell, ...]
    """They cover every month of the table once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGrid:
    """A table of at most twelve months."""

    title: str
    months: tuple[str, ...]
    """``1月`` …; with the year where the table touches two."""
    rows: tuple[GridRow, ...]
    marks: tuple[Mark, ...]
    """The legend."""


class _Place(NamedTuple):
    """Findings for one cell, and the months it covers: indices, both included."""

    first: int
    last: int
    findings: list[Finding]


class _Owed(NamedTuple):
    """A finding about a period, with months as numbers: see ``_index``."""

    finding: Finding
    period: Period
    own: tuple[int, int]
    """First and last month of the period."""
    window: tuple[int, int]
    """Those up to the due day. Where the period itself lies outside a table — the 组织生活会 of last
    year, which may be held until March — the finding stands there."""


_Key = tuple[str, str, str, str]
"""Rule, subject, what to call it, another year if it is one."""


def month_grids(
    findings: Sequence[Finding], asked: Span, days: Mapping[str, date | None]
) -> tuple[MonthGrid, ...]:
    """The tables of the asked range: one for up to twelve months, else one for every year.

    Args:
        findings: the answer; those without a period and those about records are passed over.
        asked: the range.
        days: day of every record by its number.
    """
    owed = list(_owed(findings))
    grids = (_grid(owed, months, days) for months in _tables(asked))
    return tuple(grid for grid in grids if grid.rows)


def _owed(findings: Iterable[Finding]) -> Iterable[_Owed]:
    for finding in findings:
        period = parse_period(finding.period or "")
        if period is not None and finding.subject.kind in _COMMON | NAMED:
            own, window = (_index(period.start), _index(period.end)), finding.span
            yield _Owed(finding, period, own, (_index(window.start), _index(window.end)))


def _index(day: date) -> int:
    """A month as a number, so that months can be compared."""
    return day.year * 12 + day.month


def _tables(asked: Span) -> list[tuple[Period, ...]]:
    months = tuple(periods_between(Unit.MONTH, asked))
    if len(months) <= _MONTHS:
        return [months]
    years = sorted({month.start.year for month in months})
    return [tuple(month for month in months if month.start.year == year) for year in years]


def _grid(owed: Iterable[_Owed], months: tuple[Period, ...], days: Mapping[str, date | None]) -> MonthGrid:
    rows: dict[_Key, dict[tuple[int, int], _Place]] = {}
    units: dict[_Key, int] = {}
    first, last = _index(months[0].start), _index(months[-1].start)
    for one in owed:
        own = one.own[0] <= last and first <= one.own[1]
        begin, end = one.own if own else one.window
        if begin > last or end < first:
            continue
        key = _key(one.finding, "" if own else one.period.label.replace("年", "年度"))
        where = max(begin, first) - first, min(end, last) - first
        rows.setdefault(key, {}).setdefault(where, _Place(*where, [])).findings.append(one.finding)
        units[key] = _UNITS.index(one.period.unit)
    order = sorted(rows, key=units.__getitem__)
    made = tuple(row for key in order for row in _rows(key, rows[key].values(), len(months), days))
    marks = legend(mark_of(f) for places in rows.values() for p in places.values() for f in p.findings)
    return MonthGrid(title=_title(months), months=_heads(months), rows=made, marks=marks)


def _key(finding: Finding, other: str) -> _Key:
    kind = finding.subject.kind
    if kind in NAMED:
        counted = "按对计" if kind is SubjectKind.PAIR else "按人计"
        return finding.rule, kind.value, finding.title, " ".join(filter(None, (counted, other)))
    name = finding.subject.name if kind is SubjectKind.GROUP else ""
    return finding.rule, finding.subject.id, finding.title, " ".join(filter(None, (name, other)))


def _rows(
    key: _Key, places: Iterable[_Place], size: int, days: Mapping[str, date | None]
) -> Iterable[GridRow]:
    """The row of a duty; more than one where its periods overlap."""
    lanes: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: (place.first, place.last)):
        lane = next((lane for lane in lanes if lane[-1].last < place.first), None)
        if lane is None:
            lanes.append([place])
        else:
            lane.append(place)
    for lane in lanes:
        yield GridRow(title=key[2], who=key[3], cells=tuple(_cells(lane, size, days)))


def _cells(lane: Sequence[_Place], size: int, days: Mapping[str, date | None]) -> Iterable[GridCell]:
    free = 0
    for place in lane:
        if place.first > free:
            yield GridCell(span=place.first - free)
        yield _cell(place, days)
        free = place.last + 1
    if free < size:
        yield GridCell(span=size - free)


def _cell(place: _Place, days: Mapping[str, date | None]) -> GridCell:
    head = worst(place.findings)
    shown = mark_of(head)
    if len(place.findings) > 1 or head.subject.kind in NAMED:
        more, brief, told = _counted(place.findings)
    else:
        more, brief, told = _single(head, shown, days)
    return GridCell(
        span=place.last - place.first + 1,
        tone=shown.tone,
        short=shown.short,
        brief=brief,
        more=more,
        told=told,
    )


def _counted(findings: Sequence[Finding]) -> tuple[str, str, str]:
    numbers = tallied(findings)
    first, number = numbers[0]
    more = " ".join([str(number), *(f"{mark.short}{count}" for mark, count in numbers[1:])])
    told = "、".join(f"{mark.label}{count}项" for mark, count in numbers)
    return more, f"{first.short}{number}", told


def _single(finding: Finding, mark: Mark, days: Mapping[str, date | None]) -> tuple[str, str, str]:
    held = _held(finding, days) if finding.status is Status.MET else ""
    number = len(finding.evidence) if finding.status is Status.MET and finding.evidence else ""
    told = mark.label + (f"（{held}）" if held else "")
    return held, f"{mark.short}{number}", told


def _held(finding: Finding, days: Mapping[str, date | None]) -> str:
    """The days of the records, as short as the period allows: ``13日``, ``3月5日``, ``2026年1月8日``."""
    period = parse_period(finding.period or "")
    found = sorted({day for number in finding.evidence if (day := days.get(number))})
    if period is None or len(found) > _DAYS_SHOWN:
        return f"{len(found)}次" if found else ""
    return "、".join(_day(day, period) for day in found)


def _day(day: date, period: Period) -> str:
    if period.unit is Unit.MONTH and day in period:
        return f"{day.day}日"
    year = "" if day.year == period.start.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _title(months: Sequence[Period]) -> str:
    first, last = months[0], months[-1]
    whole = Span(date(first.start.year, 1, 1), date(first.start.year, 12, 31))
    if (first.start, last.end) == whole:
        return f"{first.start.year}年全年组织生活一览表"
    until = "" if first == last else f"至{last.label}"
    return f"{first.label}{until}组织生活一览表"


def _heads(months: Sequence[Period]) -> tuple[str, ...]:
    one = months[0].start.year == (months[-1].end - timedelta(days=1)).year
    return tuple(f"{month.start.month}月" if one else month.label for month in months)
