"""Planned and done: each row of a plan with the record that answers it, and records nobody planned.

Which record may answer which row is told by the rules: the row, taken as a record, counts for the same
duty and period as the record does. Rows that serve no duty are matched with a record of their kind, group
and month. A record answers one row of a kind, the one that it fits best.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.plan import EVIDENCE, people
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import in_line, made_visible
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.plan import PlanItem
    from zhibu_cli.report.plan import Frame, PlanRow, PlanView

TALK = "talk"
_WHOLE_YEAR = timedelta(days=366)
SEEN, NOT_SEEN, TO_COME = "已见记录", "未见记录", "未到"


class _Fit(NamedTuple):
    """How a record answers a row of a plan; the smaller the better."""

    other_day: bool
    also_counts: bool
    """It is of another kind, and counts for the duty all the same."""
    period: timedelta
    apart: timedelta
    """Between the day of the record and the last day planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstRow:
    """A row of the plan and what became of it."""

    label: str
    matter: str
    theme: str
    planned: str
    state: str
    done: str
    """Day and number of the record, or how many talks are recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraRow:
    """A record that nobody planned."""

    id: str
    day: str
    matter: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainstView(View):
    """What ``zhibu plan YEAR --against`` says."""

    title: str
    branch: str
    scope: str
    summary: str
    notes: tuple[str, ...]
    rows: tuple[AgainstRow, ...]
    extra: tuple[ExtraRow, ...]


def build_against(
    frame: Frame, plan: PlanView, planned: Sequence[Finding], real: Sequence[Finding]
) -> AgainstView:
    """The view.

    Args:
        frame: ledger, kinds, year and day.
        plan: the plan.
        planned: what the rules say of the plan alone, every row taken as held.
        real: what they say of the records.
    """
    items = [row.item for row in plan.rows if row.item is not None]
    same_duty = _same_duty(planned, real)
    records = _records(frame, {id_ for _, id_ in same_duty})
    found = _matched(frame, items, records, same_duty)
    talks = _talks(records.values(), real)
    rows = [
        _row(frame, row, own, records.get(found.get(own.id, "")), talks)
        for row in plan.rows
        if (own := row.item)
    ]
    states = [row.state for row in rows]
    used = {*found.values()}
    all_talks = any(_any_talk(frame, item) for item in items)
    extra = [
        entry
        for entry in records.values()
        if entry.id not in used and _of_year(frame, entry) and not (all_talks and entry.register == TALK)
    ]
    counts = "，".join(f"{state}{states.count(state)}项" for state in (SEEN, NOT_SEEN, TO_COME))
    view: AgainstView = made_visible(
        AgainstView(
            title=f"{frame.year}年度计划完成情况",
            branch=frame.ledger.branch.name,
            scope=f"{plan.scope}；记录看到{chinese_date(frame.as_of)}",
            summary=f"计划{len(rows)}项：{counts}；计划以外的记录{len(extra)}条",
            notes=plan.notes,
            rows=tuple(rows),
            extra=tuple(_extra(frame, entry) for entry in extra),
        )
    )
    return view


def _records(frame: Frame, serving: Collection[str]) -> dict[str, Entry]:
    """Sittings and talks of the year up to the day, by number, in the order of days.

    Of later ones those that serve a duty of the year, as a 组织生活会 held in the first months of the next.
    """
    return {
        entry.id: entry
        for entry in frame.ledger.entries
        if entry.register in EVIDENCE
        and entry.day
        and entry.day <= frame.as_of
        and (_of_year(frame, entry) or (entry.day > frame.last and entry.id in serving))
    }


def _of_year(frame: Frame, entry: Entry) -> bool:
    return entry.day is not None and entry.day.year == frame.year


def _talks(records: Iterable[Entry], real: Iterable[Finding]) -> dict[str, int]:
    """How many talks of the year count for each duty, by its title; by an empty one: how many there are."""
    ids = {record.id for record in records if record.register == TALK}
    found: dict[str, set[str]] = defaultdict(set)
    for finding in real:
        found[finding.title] |= ids & {*finding.evidence}
    return {"": len(ids), **{title: len(some) for title, some in found.items()}}


def _same_duty(planned: Sequence[Finding], real: Sequence[Finding]) -> dict[tuple[str, str], timedelta]:
    """Row and record that count for the same duty and period -> the length of the shortest such period."""
    evidence = {finding.key: finding.evidence for finding in real}
    found: dict[tuple[str, str], timedelta] = {}
    for finding in sorted(planned, key=lambda one: one.due - one.start):
        if finding.plannable:
            for pair in product(finding.evidence, evidence.get(finding.key, ())):
                found.setdefault(pair, finding.due - finding.start)
    return found


def _matched(
    frame: Frame,
    items: Sequence[PlanItem],
    records: Mapping[str, Entry],
    same_duty: Mapping[tuple[str, str], timedelta],
) -> dict[str, str]:
    """Row -> record.

    What was held on the very day goes first, then what is of the row's own kind before what also counts
    for its duty, then the shorter period, then the nearer day.
    """
    fits: list[tuple[_Fit, PlanItem, str]] = []
    for item, entry in _pairs(frame, items, records, same_duty):
        fit = _fit(frame, item, entry, same_duty.get((item.id, entry.id)))
        if fit is not None:
            fits.append((fit, item, entry.id))
    found: dict[str, str] = {}
    taken: set[tuple[str, str]] = set()
    for _, item, id_ in sorted(fits, key=lambda one: one[0]):
        if item.id not in found and (id_, item.kind) not in taken:
            found[item.id] = id_
            taken.add((id_, item.kind))
    return found


def _pairs(
    frame: Frame,
    items: Sequence[PlanItem],
    records: Mapping[str, Entry],
    same_duty: Iterable[tuple[str, str]],
) -> Iterator[tuple[PlanItem, Entry]]:
    """Rows and the records that may answer them: of the same duty, or of the row's kind, group and month."""
    order = {id_: place for place, id_ in enumerate(records)}
    group = frame.ledger.roster.group_ref
    alike: dict[tuple[str, str, int | None], set[str]] = defaultdict(set)
    for id_, entry in records.items():
        months = (None, entry.day.month) if entry.day and _of_year(frame, entry) else ()
        for kind, month in product(entry.kinds, months):
            alike[kind, group(entry.payload.get("group", "")), month].add(id_)
    duty: dict[str, set[str]] = defaultdict(set)
    for row, id_ in same_duty:
        duty[row].add(id_)
    for item in items:
        mine = alike.get((item.kind, group(item.group), item.month), set()) | duty.get(item.id, set())
        yield from ((item, records[id_]) for id_ in sorted(mine & order.keys(), key=order.__getitem__))


def _fit(frame: Frame, item: PlanItem, entry: Entry, period: timedelta | None) -> _Fit | None:
    """How well a record answers a row; None: not at all. Of talks the rules alone tell."""
    day, group = entry.day, frame.ledger.roster.group_ref
    if day is None:
        return None
    proper = entry.register != TALK and item.kind in entry.kinds
    same_group = group(entry.payload.get("group", "")) == group(item.group)
    same_time = item.month in {None, day.month}
    if period is None and not (proper and same_group and same_time):
        return None
    return _Fit(
        other_day=not (proper and same_group and day == item.day),
        also_counts=not (proper or entry.register == TALK),
        period=_WHOLE_YEAR if period is None else period,
        apart=abs(day - item.last_day),
    )


def _row(
    frame: Frame, row: PlanRow, item: PlanItem, record: Entry | None, talks: Mapping[str, int]
) -> AgainstRow:
    state, done = _done(record) or _talked(frame, item, talks) or (_open(frame, row), "")
    return AgainstRow(
        label=row.label, matter=row.matter, theme=row.theme, planned=row.when, state=state, done=done
    )


def _done(record: Entry | None) -> tuple[str, str] | None:
    if record is None:
        return None
    return SEEN, f"{chinese_date(record.day)}（{record.id}）" if record.day else record.id


def _talked(frame: Frame, item: PlanItem, talks: Mapping[str, int]) -> tuple[str, str] | None:
    """For a row of talks that names no two people: how many are recorded for its duty, else of any kind."""
    number = talks.get(item.theme, talks[""]) if _any_talk(frame, item) else 0
    return (SEEN, f"已登记{number}次，是否谈到每个人见核对结果") if number else None


def _open(frame: Frame, row: PlanRow) -> str:
    return NOT_SEEN if row.until < frame.as_of else TO_COME


def _any_talk(frame: Frame, item: PlanItem) -> bool:
    """Whether the row plans talks without saying between which two people."""
    return item.kind == TALK and len(people(frame.ledger.roster, item)) != 2


def _extra(frame: Frame, entry: Entry) -> ExtraRow:
    known = {kind.name: kind.label for kind in frame.ledger.catalogue.kinds}
    return ExtraRow(
        id=entry.id,
        day=chinese_date(entry.day) if entry.day else "",
        matter="、".join(known.get(kind, kind) for kind in entry.kinds),
        theme=in_line(entry.payload.get("theme", "")),
    )
