"""The whole ledger as one frozen value: what rules judge and papers are made from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from zhibu_cli.model.attachment import read_attachment
from zhibu_cli.model.attendance import Attendance, attendance
from zhibu_cli.model.records import Records, sound
from zhibu_cli.model.roster import (
    Group,
    Member,
    MemberEvent,
    Post,
    Roster,
    SamePerson,
    marked_name,
)
from zhibu_cli.model.sitting import (
    AppraisalRow,
    Rectification,
    Sitting,
    Talk,
    read_appraisal_row,
    read_date,
    read_rectification,
    read_ref,
    read_sitting,
    read_talk,
)
from zhibu_cli.model.work import read_development, read_study_task, read_training
from zhibu_cli.model.workdays import WorkCalendar, read_calendar_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from zhibu_cli.model.attachment import Attachment
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry, ImportBatch
    from zhibu_cli.model.work import Development, StudyTask, Training
    from zhibu_cli.model.workdays import CalendarDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The branch itself (支部信息)."""

    name: str
    founded: date
    superior: str = ""
    type: str = "branch"
    theme_day: str = ""
    packs: tuple[str, ...] = ()
    """Names of the packs chosen; empty: the default ones."""
    ledger_from: date | None = None
    """The start of the ledger as declared (台账起始日); None: see ``Ledger.begins``."""
    starts: tuple[tuple[str, date], ...] = ()
    """Declared starts of single registers or kinds, by English name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A 情况说明 for one finding."""

    id: str
    key: str
    reason: str
    by: str
    on: date
    approval: str = ""
    approved_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One branch's ledger, voided entries left out, every tuple in the order of days."""

    catalogue: Catalogue
    branch: Branch
    roster: Roster
    entries: tuple[Entry, ...]
    sittings: Records[Sitting]
    talks: Records[Talk]
    appraisal_rows: tuple[AppraisalRow, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    imports: tuple[ImportBatch, ...] = ()
    calendar_days: tuple[CalendarDay, ...] = ()
    """放假安排 as declared here."""
    developments: tuple[Development, ...] = ()
    trainings: tuple[Training, ...] = ()
    study_tasks: tuple[StudyTask, ...] = ()
    attachments: Records[Attachment] = field(default_factory=lambda: Records((), read_attachment))
    """Files kept beside the ledger, in the order in which they were attached."""

    @property
    def dated_documents(self) -> tuple[tuple[str, date], ...]:
        """Title and 成文日期 of the documents in 学习任务 of which the day is known."""
        return tuple((task.title, task.issued) for task in self.study_tasks if task.issued)

    @cached_property
    def work_calendar(self) -> WorkCalendar:
        """Which days are worked, as far as declared here or known to the program."""
        return WorkCalendar(self.calendar_days)

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Entry, ...]]:
        kinds: dict[str, list[Entry]] = defaultdict(list)
        never = {kind.name for kind in self.catalogue.kinds if not kind.branch_life}
        for entry in self.entries:
            for kind in counted_kinds(entry, self.catalogue, never):
                kinds[kind].append(entry)
        return {kind: tuple(entries) for kind, entries in kinds.items()}

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Entries that count for the kind, in the order of days: see ``counted_kinds``."""
        return self._by_kind.get(kind, ())

    def begins(self, register: str, kind: str = "") -> date | None:
        """The first day from which the register or kind is kept here; None: not begun.

        Declared for the kind, else for the register, else the start of the ledger. A register
        other than 组织生活 that has neither a declared start nor an entry has not begun. One that
        was taken up later (培训学时, 述职评议) begins on 1 January of its earliest entry's year.
        """
        declared = dict(self.branch.starts)
        for name in (kind, register):
            if name in declared:
                return declared[name]
        if register != "sitting" and not self.has_register(register):
            return None
        first = self._first_days.get(register)
        if self.start is None or first is None or register in _EVIDENCE:
            return self.start
        return max(self.start, date(first.year, 1, 1))

    @cached_property
    def _first_days(self) -> Mapping[str, date]:
        """The earliest day of each register whose entries have one."""
        days: dict[str, date] = {}
        for entry in self.entries:
            if entry.day is not None:
                days.setdefault(entry.register, entry.day)
        return days

    @cached_property
    def start(self) -> date | None:
        """台账起始日: declared, or 1 January of the earliest record's year, or the founding if later."""
        if self.branch.ledger_from is not None:
            return self.branch.ledger_from
        first = self.first_day
        return max(date(first.year, 1, 1), self.branch.founded) if first else None

    @cached_property
    def first_day(self) -> date | None:
        """The day of the earliest sitting or talk; None: there is none."""
        days = (entry.day for entry in self.entries if entry.day and entry.register in _EVIDENCE)
        return next(days, None)

    @cached_property
    def _counted(self) -> dict[str, Attendance]:
        return {}

    def counted(self, sitting: Sitting) -> Attendance:
        """The head counts of a sitting of this ledger; counted once, however many rules ask."""
        found = self._counted.get(sitting.id)
        if found is None:
            found = self._counted[sitting.id] = attendance(sitting, self.roster, self.catalogue)
        return found

    def attached_to(self, id_: str, *kinds: str) -> tuple[Attachment, ...]:
        """The files kept with a record, of these kinds or of all."""
        return tuple(
            one for one in self.attachments if one.record == id_ and (not kinds or one.kind in kinds)
        )

    def has_register(self, register: str) -> bool:
        """Whether the register holds any entry."""
        return register in self._registers

    @cached_property
    def _registers(self) -> frozenset[str]:
        return frozenset(entry.register for entry in self.entries)


_EVIDENCE = frozenset({"sitting", "talk"})

FORM_KINDS = {"general": "general_meeting", "committee": "committee_meeting", "group": "group_meeting"}
"""形式 of a sitting -> the kind of meeting in whose form it was held."""


def counted_kinds(entry: Entry, catalogue: Catalogue, never: Collection[str]) -> tuple[str, ...]:
    """The kinds for which a record counts, each once.

    A record that bears 民主生活会 or 中心组学习 (``never``) counts for nothing else (川意见 (六)).
    A 组织生活会 or 民主评议 also counts as the meeting in whose form it was held (支部工作条例
    第十七条), but one record is never two meetings that exclude each other.
    """
    outside = tuple(kind for kind in entry.kinds if kind in never)
    forms = entry.payload.get("forms", ()) if entry.register == "sitting" else ()
    if outside or not forms:
        return outside or entry.kinds
    held = [FORM_KINDS[form] for form in forms if form in FORM_KINDS]
    added = [
        kind
        for kind in held
        if kind not in entry.kinds and {*entry.kinds, *held}.isdisjoint(catalogue.kind(kind).excludes)
    ]
    return (*entry.kinds, *added)


def build_ledger(
    entries: Iterable[Entry], catalogue: Catalogue, imports: Iterable[ImportBatch] = ()
) -> Ledger:
    """Put current entries together; entries of unknown registers stay in ``entries`` only.

    Raises:
        LookupError: there is no entry of the register 支部信息.
    """
    live = sorted(
        (entry for entry in entries if not entry.voided),
        key=lambda entry: (entry.day or date.min, _number(entry.id)),
    )
    by_register: dict[str, list[Entry]] = defaultdict(list)
    for entry in live:
        by_register[entry.register].append(entry)
    if not by_register["branch"]:
        raise LookupError("branch")
    return Ledger(
        catalogue=catalogue,
        branch=sound(by_register["branch"][0], _branch),
        roster=build_roster(by_register),
        entries=tuple(live),
        sittings=Records(by_register["sitting"], read_sitting),
        talks=Records(by_register["talk"], read_talk),
        appraisal_rows=tuple(sound(row, read_appraisal_row) for row in by_register["appraisal_row"]),
        rectifications=tuple(sound(row, read_rectification) for row in by_register["rectification"]),
        waivers=tuple(sound(entry, _waiver) for entry in by_register["waiver"]),
        imports=tuple(imports),
        calendar_days=tuple(sound(entry, read_calendar_day) for entry in by_register["calendar_day"]),
        developments=tuple(sound(entry, read_development) for entry in by_register["development"]),
        trainings=tuple(sound(entry, read_training) for entry in by_register["training"]),
        study_tasks=tuple(sound(entry, read_study_task) for entry in by_register["study_task"]),
        attachments=Records(by_register["attachment"], read_attachment),
    )


def build_roster(by_register: Mapping[str, Sequence[Entry]]) -> Roster:
    """Members with their events, groups and posts, each in the order of their numbers."""
    events: dict[str, list[MemberEvent]] = defaultdict(list)
    for entry in by_register.get("member_event", ()):
        event = sound(entry, _event)
        events[event.member].append(event)
    members = [sound(entry, partial(_member, events=events)) for entry in by_register.get("member", ())]
    groups = [sound(entry, _group) for entry in by_register.get("group", ())]
    return Roster(
        members=tuple(sorted(members, key=lambda member: _number(member.id))),
        groups=tuple(sorted(groups, key=lambda group: _number(group.id))),
        posts=tuple(sound(entry, _post) for entry in by_register.get("post", ())),
        same=tuple(sound(entry, _same_person) for entry in by_register.get("same_person", ())),
    )


def _number(id_: str) -> int:
    digits = id_.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() else 0


def _branch(entry: Entry) -> Branch:
    data = entry.payload
    return Branch(
        name=data["name"],
        founded=date.fromisoformat(data["founded"]),
        superior=data.get("superior", ""),
        type=data.get("type", "branch"),
        theme_day=data.get("theme_day", ""),
        packs=tuple(filter(None, data.get("packs", "").split("、"))),
        ledger_from=read_date(data.get("ledger_from")),
        starts=tuple((name, date.fromisoformat(day)) for name, day in data.get("starts", {}).items()),
    )


def _member(entry: Entry, events: Mapping[str, Sequence[MemberEvent]]) -> Member:
    data = entry.payload
    return Member(
        id=entry.id,
        name=marked_name(data["name"], data.get("mark", "")),
        joined=date.fromisoformat(data["joined"]),
        converted=read_date(data.get("converted")),
        status=data["status"],
        group=data.get("group", ""),
        home=data.get("home", ""),
        arrived=read_date(data.get("arrived")),
        left=read_date(data.get("left")),
        left_why=data.get("left_why", ""),
        leader=data.get("leader", False),
        retired=data.get("retired", False),
        floating=data.get("floating", False),
        sex=data.get("sex", ""),
        mark=data.get("mark", ""),
        events=(*events.get(entry.id, ()), *events.get(data["name"], ())),
    )


def _same_person(entry: Entry) -> SamePerson:
    data = entry.payload
    return SamePerson(old=data["old"], name=data["name"], number=read_ref(data["member"]))


def _event(entry: Entry) -> MemberEvent:
    data = entry.payload
    return MemberEvent(
        id=entry.id,
        member=read_ref(data["member"]),
        matter=data["matter"],
        day=date.fromisoformat(data["date"]),
        until=read_date(data.get("until")),
        old=data.get("old", ""),
        new=data.get("new", ""),
    )


def _group(entry: Entry) -> Group:
    data = entry.payload
    return Group(
        id=entry.id,
        name=data["name"],
        leader=read_ref(data.get("leader")),
        founded=read_date(data.get("founded")),
        dissolved=read_date(data.get("dissolved")),
    )


def _post(entry: Entry) -> Post:
    data = entry.payload
    return Post(
        id=entry.id,
        member=read_ref(data["member"]),
        post=data["post"],
        since=date.fromisoformat(data["since"]),
        until=read_date(data.get("until")),
        origin=data.get("origin", ""),
    )


def _waiver(entry: Entry) -> Waiver:
    data = entry.payload
    return Waiver(
        id=entry.id,
        key=data["key"],
        reason=data["reason"],
        by=data["by"],
        on=date.fromisoformat(data["date"]),
        approval=data.get("approval", ""),
        approved_on=read_date(data.get("approved_on")),
    )
