"""Who was due at a sitting and who came, by the roster of that day.

Sources: regulations.md §1 (three headcounts), §10-7 (the roster as it stood that day), §11 (who is
on leave stays among those due; 经支部同意暂不参加 likewise; only 不计入应到会人数 takes out).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.declare import Expects
from zhibu_cli.model.voted import known_to, voted_on

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from zhibu_cli.model.declare import Catalogue, Kind
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.sitting import Sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Head counts of one sitting. People are numbers of the roster, or names it does not know.

    ``present`` is None where the record gives no names and does not say 全体.
    """

    due: tuple[str, ...]
    """Expected people by the roster, 不计入应到会人数 taken out."""
    present: tuple[str, ...] | None
    expected_count: int | None
    """应到: as the record states it, else by the roster; None where neither knows."""
    present_count: int | None
    """实到: as the record states it, else counted by name."""
    absent_count: int
    """Named as absent."""
    excused_count: int
    """Named as 经支部同意暂不参加."""
    basis: str
    """names, complement, numbers or none."""


def expectation(sitting: Sitting, catalogue: Catalogue) -> Expects:
    """Who is expected at a sitting, see ``expected_at``."""
    return expected_at(map(catalogue.kind, sitting.kinds), sitting.forms)


def expected_at(kinds: Iterable[Kind], forms: Collection[str] = ()) -> Expects:
    """Who is expected: by the first kind that says so; 形式 decides for 组织生活会 and 民主评议."""
    declared = [kind.expects for kind in kinds]
    for wanted in (Expects.MEMBERS, Expects.COMMITTEE, Expects.GROUP):
        if wanted in declared:
            return wanted
    if Expects.BY_FORM not in declared:
        return Expects.NOBODY
    if "general" in forms or not {"committee", "group"} & {*forms}:
        return Expects.MEMBERS
    return Expects.COMMITTEE if "committee" in forms else Expects.GROUP


def sure_expectation(sitting: Sitting, catalogue: Catalogue) -> Expects | None:
    """Who is expected, where that is beyond doubt: the kinds agree, and 形式 is stated if needed."""
    wanted = {catalogue.kind(kind).expects for kind in sitting.kinds}
    if Expects.BY_FORM in wanted and sitting.forms:
        wanted.discard(Expects.BY_FORM)
        wanted.add(expectation(sitting, catalogue))
    return wanted.pop() if len(wanted) == 1 and Expects.BY_FORM not in wanted else None


def listed(sitting: Sitting, counted: Attendance, catalogue: Catalogue) -> tuple[int, int]:
    """How many of those listed as present count as 实到: at least those who were due, at most all."""
    names = {*(counted.present or ())}
    due = counted.due if sure_expectation(sitting, catalogue) else ()
    return len(names.intersection(due)), len(names)


def people_due(sitting: Sitting, roster: Roster, catalogue: Catalogue) -> tuple[str, ...]:
    """Numbers of everybody expected at the sitting by the roster of that day.

    Not whom it admits: a member from that day on, and none yet when the meeting was called.
    """
    due = due_on(expectation(sitting, catalogue), sitting.group, sitting.day, roster)
    out = {roster.id_of(absence.ref) for absence in sitting.uncounted} | _admitted(sitting, roster)
    return tuple(ref for ref in due if ref not in out)


def _admitted(sitting: Sitting, roster: Roster) -> frozenset[str]:
    votes = (vote for vote in sitting.votes if vote.matter == _ADMISSION)
    found = (roster.find(name) for vote in votes for name in vote.object)
    return frozenset(one.id for one in found if one is not None and one.joined == sitting.day)


def due_on(wanted: Expects, group: str, day: date, roster: Roster) -> tuple[str, ...]:
    """Numbers of those whom the roster of a day expects; ``group`` is a number or a name."""
    if wanted is Expects.NOBODY:
        return ()
    if wanted is Expects.COMMITTEE:
        return roster.officers_on(day)
    if wanted is Expects.GROUP:
        return tuple(member.id for member in roster.group_members_on(group, day))
    return tuple(member.id for member in roster.members_on(day))


def attendance(sitting: Sitting, roster: Roster, catalogue: Catalogue) -> Attendance:
    """Count a sitting; claims of the record come before what the roster would say."""
    due = people_due(sitting, roster, catalogue)
    away = {roster.id_of(absence.ref) for absence in (*sitting.absentees, *sitting.excused)}
    present: tuple[str, ...] | None = None
    if sitting.attendees is not None:
        present = tuple(map(roster.id_of, sitting.attendees))
    elif sitting.everybody:
        present = tuple(ref for ref in due if ref not in away)
    by_name = len(present) if present is not None else None
    return Attendance(
        due=due,
        present=present,
        expected_count=sitting.expected if isinstance(sitting.expected, int) else (len(due) or None),
        present_count=sitting.present if isinstance(sitting.present, int) else by_name,
        absent_count=len(sitting.absentees),
        excused_count=len(sitting.excused),
        basis=sitting.basis,
    )


def voters_due(sitting: Sitting, roster: Roster) -> tuple[str, ...]:
    """Numbers of those with a vote that day (应到有表决权), 不计入应到会人数 taken out."""
    out = {roster.id_of(absence.ref) for absence in sitting.uncounted} | under_vote(sitting, roster)
    return tuple(member.id for member in roster.voters_on(sitting.day) if member.id not in out)


def under_vote(sitting: Sitting, roster: Roster) -> frozenset[str]:
    """Those on whose admission or conversion the sitting votes: probationary until it has voted.

    The 转正时间 is the day on which probation ended, as a rule before the meeting, so that the roster
    alone would give them a vote on themselves.
    """
    known = known_to(roster)
    votes = (vote for vote in sitting.votes if vote.matter in _BECOMES_MEMBER)
    return frozenset(roster.id_of(name) for vote in votes for name in voted_on(vote.object, known).names)


_ADMISSION = "admission"
_BECOMES_MEMBER = frozenset({_ADMISSION, "conversion"})
