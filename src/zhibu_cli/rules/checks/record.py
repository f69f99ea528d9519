"""Sittings as recorded: what is missing, heads that do not balance, absences without a reason.

Only what a record states can contradict itself. What it leaves out is a missing field, and a list
that was not written is not a list of nobody (regulations.md §13.2, design.md «Kinds of record»).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.attendance import listed
from zhibu_cli.model.declare import Expects, When
from zhibu_cli.model.ledger import counted_kinds
from zhibu_cli.model.sitting import EVERYBODY, Sitting
from zhibu_cli.rules.checks.common import (
    asked_records,
    asked_sittings,
    defects,
    one_expectation,
    people,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.declare import Need
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Talk
    from zhibu_cli.rules.case import Case


PARAMETERS: dict[str, dict[str, str]] = {
    "missing_field": {},
    "headcount": {},
    "absence_reason": {},
    "attendance_not_numeric": {},
    "combined_sitting": {},
}


def missing_field(rule: Rule, case: Case) -> Iterator[Finding]:
    """What the kinds of the record need and the record does not state; one finding names all."""
    needs = {kind.name: kind.needs for kind in case.ledger.catalogue.kinds}

    def judge(record: Sitting | Talk, _version: Version) -> str:
        missing = dict.fromkeys(
            need.label
            for kind in record.entry.kinds
            for need in needs[kind]
            if record.entry.payload.keys().isdisjoint(need.fields) and _holds(case, record, need)
        )
        return f"记录中未见{'、'.join(missing)}" if missing else ""

    yield from defects(rule, case, asked_records(case), judge)


def _holds(case: Case, record: Sitting | Talk, need: Need) -> bool:
    if need.when is When.ALWAYS or not isinstance(record, Sitting):
        return True
    expected, present = record.expected, record.present
    if not isinstance(present, int):
        present = len({*record.attendees}) if record.attendees is not None else None
    if not isinstance(expected, int):
        clear = one_expectation(case, record) is not None
        expected = case.ledger.counted(record).expected_count if clear else None
    return expected is not None and present is not None and present < expected


class _Heads(NamedTuple):
    """The heads of a sitting that are stated."""

    expected: int | None
    low: int | None
    """Least number present."""
    high: int | None
    away: int


def headcount(rule: Rule, case: Case) -> Iterator[Finding]:
    """More present than expected, a broken balance, or a person both present and absent."""

    def judge(sitting: Sitting, _version: Version) -> str:
        faults = [*_name_faults(case, sitting), *_balance_faults(_heads(case, sitting))]
        return "；".join([*faults, "请核对"]) if faults else ""

    yield from defects(rule, case, asked_sittings(case), judge)


def _heads(case: Case, sitting: Sitting) -> _Heads:
    expected = sitting.expected if isinstance(sitting.expected, int) else None
    away = len({absence.ref for absence in (*sitting.absentees, *sitting.excused)})
    if isinstance(sitting.present, int):
        return _Heads(expected, sitting.present, sitting.present, away)
    if sitting.attendees is None or expected is None:
        return _Heads(expected, None, None, away)
    low, high = listed(sitting, case.ledger.counted(sitting), case.ledger.catalogue)
    return _Heads(expected, low, high, away)


def _balance_faults(heads: _Heads) -> Iterator[str]:
    expected, low, high, away = heads
    if expected is None or low is None or high is None:
        return
    present = f"{high}" if low == high else f"{low}至{high}"
    if low > expected:
        yield f"实到{present}人多于应到{expected}人"
    elif away and not low + away <= expected <= high + away:
        yield f"实到{present}人与缺席、暂不参加的{away}人之和不等于应到{expected}人"


def _name_faults(case: Case, sitting: Sitting) -> Iterator[str]:
    if sitting.attendees is None:
        return
    away = {absence.ref for absence in (*sitting.absentees, *sitting.excused)}
    both = [ref for ref in sitting.attendees if ref in away] if away else []
    if both:
        yield f"{people(case, dict.fromkeys(both))}既列为出席又列为缺席或暂不参加"
    if isinstance(sitting.present, int) and sitting.present != len(sitting.attendees):
        low, high = listed(sitting, case.ledger.counted(sitting), case.ledger.catalogue)
        if not low <= sitting.present <= high:
            yield f"实到写作{sitting.present}人，出席名单列有{high}人"


def absence_reason(rule: Rule, case: Case) -> Iterator[Finding]:
    """Absentees without a reason: 原因未填, which says nothing about the person."""

    def judge(sitting: Sitting, _version: Version) -> str:
        faults = [
            f"{title}中{people(case, blank)}{what}"
            for title, absences, what in (
                ("缺席人员", sitting.absentees, "原因未填"),
                ("经支部同意暂不参加人员", sitting.excused, "原因未填"),
                ("不计入应到会人数人员", sitting.uncounted, "批准依据未填"),
            )
            if (blank := [absence.ref for absence in absences if not absence.reason])
        ]
        return "；".join(faults)

    yield from defects(rule, case, asked_sittings(case), judge)


def attendance_not_numeric(rule: Rule, case: Case) -> Iterator[Finding]:
    """全体出席 and the like in place of names or numbers.

    全体 in the list of names stands for the roster of that day less those away; it is at fault only
    where no number is stated and the roster knows nobody to put in its place.
    """

    def judge(sitting: Sitting, _version: Version) -> str:
        if sitting.attendees is not None:
            return ""
        words = [
            f"{title}写作“{value}”"
            for title, value in (("应到", sitting.expected), ("实到", sitting.present))
            if isinstance(value, str)
        ]
        if sitting.everybody in EVERYBODY and not isinstance(sitting.present, int):
            clear = one_expectation(case, sitting) is not Expects.NOBODY
            if not (clear and case.ledger.counted(sitting).due):
                words.append(f"出席人员写作“{sitting.everybody}”")
        return "、".join(words) + "，未写明人数或姓名" if words else ""

    yield from defects(rule, case, asked_sittings(case), judge)


def combined_sitting(rule: Rule, case: Case) -> Iterator[Finding]:
    """One record that counts for several kinds, by its 类型 or by the 形式 it was held in."""
    catalogue = case.ledger.catalogue
    never = {kind.name for kind in catalogue.kinds if not kind.branch_life}

    def judge(sitting: Sitting, _version: Version) -> str:
        kinds = counted_kinds(sitting.entry, catalogue, never)
        names = [catalogue.kind(kind).label for kind in kinds]
        if len(names) < 2:
            return ""
        return f"一场活动记为{'、'.join(names)}，共{len(names)}项，各计一次"

    yield from defects(rule, case, asked_sittings(case), judge)
