"""What stands in each place of the form of a sitting: every field of the record as words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.attendance import voters_due
from zhibu_cli.model.declare import FieldType, When
from zhibu_cli.model.sitting import read_person
from zhibu_cli.report.heads import heads_of
from zhibu_cli.report.minutes_forms import DATE, VOTERS
from zhibu_cli.report.sheet import posts_told
from zhibu_cli.report.wording import in_line, missing
from zhibu_cli.text import chinese_date, clock_text, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.attendance import Attendance
    from zhibu_cli.model.declare import Field, Kind, Register
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.sitting import Absence, Sitting

BY_ROSTER = "按当日名册"
NO_REASON = "原因未填"


@dataclass(frozen=True, kw_only=True)
class Cells:
    """One sitting as the words of a form."""

    ledger: Ledger
    sitting: Sitting

    @property
    def _roster(self) -> Roster:
        return self.ledger.roster

    @property
    def _count(self) -> Attendance:
        return self.ledger.counted(self.sitting)

    @property
    def register(self) -> Register:
        """The register of sittings."""
        return self.ledger.catalogue.register(self.sitting.entry.register)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that the sitting bears."""
        return tuple(map(self.ledger.catalogue.kind, self.sitting.kinds))

    @cached_property
    def words(self) -> Mapping[str, str]:
        """Field, or label of what no field holds -> what is printed; empty: nothing to print."""
        data = self.sitting.entry.payload
        told = {one.name: self._told(one, data.get(one.name)) for one in self.register.fields}
        expected, present = self._voters()
        told |= {
            DATE: self._when(),
            "expected": self._expected(),
            "present": self._present(),
            "attendees": self._attendees(),
            "absentees": self._absentees(),
            VOTERS[0]: expected,
            VOTERS[1]: present,
        }
        return told

    def unstated(self, placed: Iterable[str]) -> dict[str, str]:
        """Blanks for what the kinds ask for and the record does not state, by field.

        Where any of several fields would do, the blank stands in the first that the form has.
        """
        known, found = {*placed}, {}
        for need in (need for kind in self.kinds for need in kind.needs):
            if need.when is When.SOMEONE_ABSENT and not self._someone_away:
                continue
            if not any(self.sitting.entry.payload.get(name) for name in need.fields):
                name = next((name for name in need.fields if name in known), need.fields[0])
                if not self.words[name]:  # 应到 by the roster is told as such, here as in every table
                    found[name] = missing(need.label)
        return found

    @property
    def _someone_away(self) -> bool:
        due, came = self._count.expected_count, self._count.present_count
        return due is not None and came is not None and came < due

    def _when(self) -> str:
        sitting = self.sitting
        clock = "至".join(clock_text(at) for at in (sitting.start, sitting.end) if at)
        return f"{chinese_date(sitting.day)}（{weekday(sitting.day)}）{clock}"

    def _told(self, one: Field, value: Any) -> str:
        if value is None or value in ("", [], ()):
            return ""
        if one.type is FieldType.ABSENCES:
            return self._away(getattr(self.sitting, one.name))
        if one.type is FieldType.PERSON:
            return self._person(value)
        if one.type is FieldType.GROUP:
            return in_line(self._roster.group_name(value))
        return plain(one, value)

    def _person(self, value: Any) -> str:
        person = read_person(value)
        if person is None:
            return ""
        claimed = f"（{in_line(person.claimed_post)}）" if person.claimed_post else ""
        post = claimed or posts_told(self._roster, person.ref, self.sitting.day)
        return in_line(self._roster.name_of(person.ref)) + post

    def _names(self, refs: Sequence[str]) -> str:
        return "、".join(in_line(self._roster.name_of(ref)) for ref in refs)

    def _expected(self) -> str:
        if isinstance(self.sitting.expected, str):
            return in_line(self.sitting.expected)
        number, due = self._count.expected_count, self._count.due
        if number is None:  # unknown here as in every table, also where those present are named
            return missing("应到")
        source = "" if self.sitting.expected is not None else BY_ROSTER
        return self._heads(number, due, source)

    def _present(self) -> str:
        if isinstance(self.sitting.present, str):
            return in_line(self.sitting.present)
        number, listed = heads_of(self.ledger, self.sitting).came, self._count.present or ()
        if number is None:
            return ""
        if len(listed) > number and not isinstance(self.sitting.present, int):
            listed = tuple(ref for ref in listed if ref in self._count.due)
            return self._heads(number, listed, "出席人员中另有不在应到之列的")
        return self._heads(number, listed, "")

    def _heads(self, number: int, refs: Sequence[str], source: str) -> str:
        """``10人（正式8人、预备2人）``, apart only where the roster knows so many people."""
        day = self.sitting.day
        known = [member for ref in refs if (member := self._roster.find(ref)) and member.in_branch(day)]
        full = sum(member.is_full(day) for member in known)
        half = f"、预备{number - full}人" if number > full else ""
        split = f"正式{full}人{half}" if len(known) == number else ""
        inside = "；".join(filter(None, (split, source)))
        return f"{number}人（{inside}）" if inside else f"{number}人"

    def _attendees(self) -> str:
        """By name; 其余全体 with the names that the roster gives; or that there are numbers only."""
        sitting = self.sitting
        if sitting.attendees is not None:
            return self._names(sitting.attendees)
        if sitting.everybody:
            listed = self._count.present or ()
            if listed and isinstance(sitting.present, int) and len(listed) != sitting.present:
                return f"{sitting.everybody}（写明的实到人数与当日名册不同，未列姓名）"
            names = self._names(listed)
            return f"{sitting.everybody}（{BY_ROSTER}：{names}）" if names else sitting.everybody
        return "只写明人数，未写明姓名" if sitting.basis == "numbers" else ""

    def _absentees(self) -> str:
        if self.sitting.absentees:
            return self._away(self.sitting.absentees)
        due, came = self._count.expected_count, self._count.present_count
        return "无" if due is not None and due == came else ""

    def _away(self, rows: Iterable[Absence]) -> str:
        return "、".join(self._one_away(row) for row in rows)

    def _one_away(self, row: Absence) -> str:
        said = [in_line(row.reason) or NO_REASON]
        said += ["会前请假"] if row.prior_leave else []
        said += [f"补学{chinese_date(row.made_up_on)}"] if row.made_up_on else []
        return f"{in_line(self._roster.name_of(row.ref))}（{'；'.join(said)}）"

    def _voters(self) -> tuple[str, str]:
        """Those with a vote: as the votes state them if they agree, else by the roster and by name."""
        votes = [vote for vote in self.sitting.votes if vote.matter != "election"]
        due = {vote.expected for vote in votes if vote.expected is not None}
        came = {vote.present for vote in votes if vote.present is not None}
        refs = voters_due(self.sitting, self._roster)
        present = self._count.present
        by_name = len({*refs} & {*present}) if present is not None else 0
        return _stated(due, len(refs)), _stated(came, by_name)


def _stated(claims: set[int], by_roster: int) -> str:
    if len(claims) == 1:
        return f"{claims.pop()}人"
    if claims:
        return "各项不同，见表决情况"
    return f"{by_roster}人（{BY_ROSTER}）" if by_roster else ""


def plain(one: Field, value: Any) -> str:
    """A value in which nobody of the roster is named."""
    if one.type is FieldType.TOPICS:
        return _numbered(value)
    if one.type is FieldType.CHOICES:
        return "、".join(map(one.term, value))
    if one.type is FieldType.MOMENT:
        return _moment(value)
    if one.type is FieldType.YEAR:
        return f"{value}年度"
    if one.type is FieldType.HOURS:
        return f"{value:g}"
    if one.type is FieldType.NOTE:
        return str(value).strip("\n")
    return "、".join(map(in_line, value)) if isinstance(value, list) else in_line(str(value))


def _numbered(topics: Sequence[str]) -> str:
    if len(topics) == 1:
        return in_line(topics[0])
    return "\n".join(f"{number}．{in_line(topic)}" for number, topic in enumerate(topics, 1))


def _moment(value: str) -> str:
    day, _t, clock = value.partition("T")
    return chinese_date(date.fromisoformat(day)) + clock
