"""Sittings, votes, talks and appraisal rows as typed values, read from the payload of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.entry import Entry

EVERYBODY = ("全体", "其余全体")
"""What stands in place of a list of names when a sheet says so; a basis "by complement"."""


class Person(NamedTuple):
    """A person as a record names them."""

    ref: str
    claimed_post: str = ""
    """The post written beside the name, as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """One who did not take part, and why."""

    ref: str
    reason: str = ""
    prior_leave: bool = False
    made_up_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One matter or candidate put to the vote (表决). Numbers not stated are None."""

    matter: str
    subject: str = ""
    object: tuple[str, ...] = ()
    expected: int | None = None
    present: int | None = None
    method: str = ""
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    others: int | None = None
    written: int | None = None
    seats: int | None = None
    candidates: int | None = None
    scrutineer: tuple[str, ...] = ()
    teller: tuple[str, ...] = ()
    result: str = ""

    @property
    def title(self) -> str:
        """What was voted on, for a message."""
        return "、".join(filter(None, (self.subject, "、".join(self.object)))) or "未写明事项"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One meeting or activity (组织生活); one record, whatever number of kinds it bears."""

    entry: Entry
    id: str
    kinds: tuple[str, ...]
    day: date
    start: time | None = None
    end: time | None = None
    place: str = ""
    group: str = ""
    theme: str = ""
    chair: Person | None = None
    recorder: Person | None = None
    lecturer: Person | None = None
    expected: int | str | None = None
    present: int | str | None = None
    attendees: tuple[str, ...] | None = None
    """References by name; None: nobody named."""
    everybody: str = ""
    """全体 or 其余全体 where the record says so in place of names."""
    absentees: tuple[Absence, ...] = ()
    excused: tuple[Absence, ...] = ()
    uncounted: tuple[Absence, ...] = ()
    observers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    content: str = ""
    resolution: str = ""
    hours: float | None = None
    assessment_year: int | None = None
    forms: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    votes: tuple[Vote, ...] = ()

    @property
    def basis(self) -> str:
        """What attendance rests on: names, complement, numbers or none (design.md)."""
        if self.attendees is not None:
            return "names"
        if self.everybody:
            return "complement"
        return "numbers" if isinstance(self.present, int) else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One talk (谈心谈话); more than one person on a side makes it a collective one."""

    entry: Entry
    id: str
    day: date
    talkers: tuple[str, ...]
    partners: tuple[str, ...]
    category: str = ""
    place: str = ""
    content: str = ""
    paper_at: str = ""
    claimed_at: datetime | None = None

    @property
    def one_to_one(self) -> bool:
        """Whether exactly two different people talked."""
        return len({*self.talkers, *self.partners}) == len(self.talkers) + len(self.partners) == 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalRow:
    """One member's result in the appraisal of a year (民主评议)."""

    entry: Entry
    id: str
    assessment_year: int
    member: str
    grade: str
    votes: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    """Ballots for 优秀, 合格, 基本合格, 不合格."""
    fed_back: date | None = None
    follow_up: str = ""
    """教育帮助或处置措施."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """One problem and what became of it (整改清单)."""

    entry: Entry
    id: str
    source: str
    assessment_year: int | None
    problem: str
    measures: str = ""
    responsible: tuple[str, ...] = ()
    deadline: date | None = None
    progress: str = ""
    done_on: date | None = None


def read_sitting(entry: Entry) -> Sitting:
    """The typed view of an entry of the register 组织生活."""
    data = entry.payload
    people = data.get("attendees")
    return Sitting(
        entry=entry,
        id=entry.id,
        kinds=entry.kinds,
        day=date.fromisoformat(data["date"]),
        start=_time(data.get("start")),
        end=_time(data.get("end")),
        place=data.get("place", ""),
        group=data.get("group", ""),
        theme=data.get("theme", ""),
        chair=read_person(data.get("chair")),
        recorder=read_person(data.get("recorder")),
        lecturer=read_person(data.get("lecturer")),
        expected=data.get("expected"),
        present=data.get("present"),
        attendees=tuple(people) if isinstance(people, list) else None,
        everybody=people if isinstance(people, str) else "",
        absentees=_absences(data.get("absentees")),
        excused=_absences(data.get("excused")),
        uncounted=_absences(data.get("uncounted")),
        observers=tuple(data.get("observers", ())),
        topics=tuple(data.get("topics", ())),
        content=data.get("content", ""),
        resolution=data.get("resolution", ""),
        hours=data.get("hours"),
        assessment_year=data.get("assessment_year"),
        forms=tuple(data.get("forms", ())),
        claimed_at=read_moment(data.get("claimed_at")),
        votes=tuple(_vote(row) for row in data.get("votes", ())),
    )


def read_talk(entry: Entry) -> Talk:
    """The typed view of an entry of the register 谈心谈话."""
    data = entry.payload
    return Talk(
        entry=entry,
        id=entry.id,
        day=date.fromisoformat(data["date"]),
        talkers=_refs(data["talkers"]),
        partners=_refs(data["partners"]),
        category=data.get("category", ""),
        place=data.get("place", ""),
        content=data.get("content", ""),
        paper_at=data.get("paper_at", ""),
        claimed_at=read_moment(data.get("claimed_at")),
    )


def read_appraisal_row(entry: Entry) -> AppraisalRow:
    """The typed view of an entry of the register 民主评议."""
    data = entry.payload
    return AppraisalRow(
        entry=entry,
        id=entry.id,
        assessment_year=data["assessment_year"],
        member=read_ref(data["member"]),
        grade=data["grade"],
        votes=(
            data.get("votes_excellent"),
            data.get("votes_qualified"),
            data.get("votes_basic"),
            data.get("votes_unqualified"),
        ),
        fed_back=read_date(data.get("fed_back")),
        follow_up=data.get("follow_up", ""),
    )


def read_rectification(entry: Entry) -> Rectification:
    """The typed view of an entry of the register 整改清单."""
    data = entry.payload
    return Rectification(
        entry=entry,
        id=entry.id,
        source=data["source"],
        assessment_year=data.get("assessment_year"),
        problem=data["problem"],
        measures=data.get("measures", ""),
        responsible=tuple(data.get("responsible", ())),
        deadline=read_date(data.get("deadline")),
        progress=data.get("progress", ""),
        done_on=read_date(data.get("done_on")),
    )


def read_person(value: Any) -> Person | None:
    """A PERSON value of a payload."""
    if value is None:
        return None
    if isinstance(value, str):
        return Person(value)
    return Person(value["who"], value.get("as", ""))


def read_date(value: str | None) -> date | None:
    """A DATE value of a payload."""
    return date.fromisoformat(value) if value else None


def read_ref(value: Any) -> str:
    """The reference in a PERSON value of a payload; empty where nobody is named."""
    person = read_person(value)
    return person.ref if person else ""


def _refs(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _absences(rows: list[Mapping[str, Any]] | None) -> tuple[Absence, ...]:
    return tuple(
        Absence(
            ref=row["who"],
            reason=row.get("reason", ""),
            prior_leave=bool(row.get("leave")),
            made_up_on=read_date(row.get("made_up_on")),
        )
        for row in rows or ()
    )


def _vote(row: Mapping[str, Any]) -> Vote:
    known = {name: row[name] for name in _VOTE_FIELDS if name in row}
    return Vote(**{**known, **{name: tuple(row.get(name, ())) for name in _VOTE_PEOPLE}})


_VOTE_PEOPLE = frozenset({"object", "scrutineer", "teller"})
_VOTE_FIELDS = frozenset(Vote.__slots__) - _VOTE_PEOPLE


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def read_moment(value: str | None) -> datetime | None:
    """A MOMENT value of a payload."""
    return datetime.fromisoformat(value) if value else None
