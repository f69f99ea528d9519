"""谈心谈话覆盖情况表: who talked with whom in a year; on which days, never what about.

Who owes a talk to whom, and whether it is there, comes from the findings; the ledger only gives people
and days. Only talks between two people are shown, as only they count.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import Unit, parse_period
from zhibu_cli.report.marks import Mark, legend, mark_of, worst
from zhibu_cli.report.told import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.sitting import Talk

_TALK_RULES = "talk-"
"""Begin of the slugs of all rules about talks (regulations.md)."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NEUTRAL = "held"
"""Tone of a talk that nobody owed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPerson:
    """Somebody in the table."""

    id: str
    name: str
    posts: str
    """书记、组织委员; empty for everybody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDuty:
    """A talk that every member owes to some of the others: a column of its own."""

    letter: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkCell:
    """Days of the talks between two people, or the status of a duty; both may be empty."""

    tone: str = ""
    text: str = ""
    """``3.13``, ``2次``, ``未``."""
    told: str = ""
    """In full words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRow:
    """One person with everybody."""

    person: TalkPerson
    duties: tuple[TalkCell, ...]
    cells: tuple[TalkCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkGrid:
    """The table of one year."""

    title: str
    duties: tuple[TalkDuty, ...]
    people: tuple[TalkPerson, ...]
    """The columns: those who hold a post first; none where there would be too many to read."""
    rows: tuple[TalkRow, ...]
    marks: tuple[Mark, ...]
    """The legend."""
    notes: tuple[str, ...]

    def cut(self, size: int) -> tuple[TalkGrid, ...]:
        """The table in parts of at most so many people across, none much narrower than another.

        The duties stand in the first part.
        """
        parts = max(1, -(-len(self.people) // size))
        even = max(1, -(-len(self.people) // parts))
        return tuple(self._part(start, start + even) for start in range(0, parts * even, even))

    def _part(self, start: int, stop: int) -> TalkGrid:
        rows = tuple(
            TalkRow(person=r.person, duties=r.duties if start == 0 else (), cells=r.cells[start:stop])
            for r in self.rows
        )
        return TalkGrid(
            title=self.title,
            duties=self.duties if start == 0 else (),
            people=self.people[start:stop],
            rows=rows,
            marks=self.marks,
            notes=self.notes,
        )


class _Year(NamedTuple):
    """What is known about the talks of a year."""

    ledger: Ledger
    period: Period
    until: date
    findings: tuple[Finding, ...]
    held: Mapping[frozenset[str], list[Talk]]
    collective: int

    @property
    def owed(self) -> Mapping[frozenset[str], list[Finding]]:
        """Findings about members and pairs, by the people they name."""
        found: dict[frozenset[str], list[Finding]] = {}
        for finding in self.findings:
            if finding.subject.kind in NAMED:
                found.setdefault(frozenset(finding.subject.id.split("+")), []).append(finding)
        return found


def talk_grids(findings: Iterable[Finding], ledger: Ledger, as_of: date) -> tuple[TalkGrid, ...]:
    """A table for every year for which the answer says something about talks."""
    years: dict[Period, list[Finding]] = {}
    for finding in findings:
        period = parse_period(finding.period or "")
        if period and period.unit is Unit.YEAR and finding.rule.startswith(_TALK_RULES):
            years.setdefault(period, []).append(finding)
    return tuple(_grid(_year(ledger, period, as_of, years[period])) for period in sorted(years))


def days_grid(ledger: Ledger, period: Period, as_of: date) -> TalkGrid:
    """The table of a year with the days alone: nobody's duties, nothing that is open between two people."""
    return _grid(_year(ledger, period, as_of, ()))


def _year(ledger: Ledger, period: Period, as_of: date, findings: Iterable[Finding]) -> _Year:
    until = min(period.end, as_of)
    held: dict[frozenset[str], list[Talk]] = {}
    collective = 0
    for talk in ledger.talks.between(period.start, until):
        people = frozenset(map(ledger.roster.id_of, (*talk.talkers, *talk.partners)))
        if talk.one_to_one and len(people) > 1:
            held.setdefault(people, []).append(talk)
        else:
            collective += 1
    return _Year(ledger, period, until, tuple(findings), held, collective)


def _grid(year: _Year) -> TalkGrid:
    people = _people(year)
    across = people if len(people) <= _MOST_ACROSS else ()
    duties = _duties(year.findings)
    owed = year.owed
    cells = {
        pair: _pair_cell(year.held.get(pair, ()), owed.get(pair, ()))
        for pair in map(frozenset, combinations([person.id for person in across], 2))
    }
    rows = tuple(
        TalkRow(
            person=person,
            duties=tuple(_duty_cell(owed.get(frozenset({person.id}), ()), duty) for duty in duties),
            cells=tuple(
                TalkCell(text="－", told="本人")
                if person is other
                else cells[frozenset({person.id, other.id})]
                for other in across
            ),
        )
        for person in people
    )
    used = legend(mark_of(finding) for finding in year.findings if finding.subject.kind in NAMED)
    return TalkGrid(
        title=f"{year.period.label}谈心谈话覆盖情况表",
        duties=duties,
        people=across,
        rows=rows,
        marks=used,
        notes=tuple(_notes(year, people)),
    )


def _people(year: _Year) -> tuple[TalkPerson, ...]:
    """Officers, the other members of that day, then others named by a finding or in a talk with them."""
    roster, day = year.ledger.roster, year.until
    first = [*roster.officers_on(day), *(member.id for member in roster.members_on(day))]
    more = sorted({ref for pair in (*year.owed, *year.held) for ref in pair}, key=_number)
    ids = dict.fromkeys([*first, *(ref for ref in more if ref in roster.by_id)])
    term = year.ledger.catalogue.register("post").field("post").term
    return tuple(
        TalkPerson(
            id=ref,
            name=roster.name_of(ref),
            posts="、".join(sorted(map(term, roster.posts_of(ref, day)))),
        )
        for ref in ids
    )


def _number(ref: str) -> tuple[int, str]:
    return len(ref), ref


_MOST_ACROSS = 150
"""People across; a branch has fifty at most, and a thousand would make a million cells."""


def _duties(findings: Iterable[Finding]) -> tuple[TalkDuty, ...]:
    titles = dict.fromkeys(f.title for f in findings if f.subject.kind is SubjectKind.MEMBER)
    return tuple(
        TalkDuty(letter=letter, title=title) for letter, title in zip(_LETTERS, titles, strict=False)
    )


def _duty_cell(findings: Iterable[Finding], duty: TalkDuty) -> TalkCell:
    found = [finding for finding in findings if finding.title == duty.title]
    if not found:
        return TalkCell()
    shown = mark_of(worst(found))
    return TalkCell(tone=shown.tone, text=shown.short, told=shown.label)


def _pair_cell(talks: Sequence[Talk], findings: Sequence[Finding]) -> TalkCell:
    """The days, behind a mark where the talk is owed and not met."""
    text = f"{len(talks)}次" if len(talks) > 1 else "".join(f"{t.day.month}.{t.day.day}" for t in talks)
    days = "、".join(f"{talk.day.month}月{talk.day.day}日" for talk in talks)
    if not findings:
        return TalkCell(tone=_NEUTRAL if talks else "", text=text, told=days)
    shown = mark_of(worst(findings))
    met = worst(findings).status is Status.MET
    told = "，".join(filter(None, (shown.label, days)))
    return TalkCell(tone=shown.tone, text=text if met and text else f"{shown.short}{text}", told=told)


def _notes(year: _Year, people: Sequence[TalkPerson]) -> Iterable[str]:
    """What the table itself cannot show."""
    plain = [finding for finding in year.findings if finding.subject.kind not in NAMED]
    yield from dict.fromkeys(f"{finding.title}：{finding.message}" for finding in plain if finding.period)
    if not people:
        yield "名册中没有在册党员。"
    if len(people) > _MOST_ACROSS:
        yield f"共{len(people)}人，两人之间的格子不再逐个列出，只列每个人的结果；每次谈话见台账。"
    if year.collective:
        yield f"另有集体谈话等{year.collective}次，不计入，表中不列。"
    known = {person.id for person in people}
    outside = sum(len(talks) for pair, talks in year.held.items() if not pair <= known)
    if outside:
        yield f"另有与名册以外人员的谈话{outside}次，表中不列。"
    gone = [p.name for p in people if not _here(year, p.id)]
    if gone:
        yield f"{'、'.join(gone)}到{year.until.month}月{year.until.day}日已不在本支部或组织关系不在本支部。"


def _here(year: _Year, ref: str) -> bool:
    member = year.ledger.roster.by_id.get(ref)
    return member is not None and member.in_branch(year.until)
