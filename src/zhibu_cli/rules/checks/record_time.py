"""The days of a record: in the future, on a day off, entered late, in a burst, changed afterwards.

When a record was entered is judged by 原台账登记时间 where the old ledger claims one, else by
zhibu's own time; a row that came by an import without a claim is never judged by the latter.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.records import held_between
from zhibu_cli.model.rule import Severity
from zhibu_cli.model.sitting import read_moment
from zhibu_cli.model.texts import current_sketch
from zhibu_cli.rules.case import make, record_defect
from zhibu_cli.rules.checks.common import asked_records, asked_sittings, defects, natural, record_name
from zhibu_cli.rules.copies import matches, near
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Talk
    from zhibu_cli.model.workdays import WorkCalendar
    from zhibu_cli.rules.case import Case


PARAMETERS: dict[str, dict[str, str]] = {
    "future_date": {},
    "non_workday": {},
    "late_entry": {"days": "count-"},
    "backfill_burst": {
        "at_least": "number-",
        "hours": "number+",
        "days": "count-",
        "share": "share!",
        "spread": "share!",
        "scattered": "share!",
        "wholly": "share!",
        "min_chars": "count-",
        "alike": "share!",
        "alike_severity": "error|warn|info|remind",
    },
}

_BARE_DAY = len("2026-03-09")
_BURSTS = "bursts"
"""Of the case's memo: the numbers of all records in a burst."""


def future_date(rule: Rule, case: Case) -> Iterator[Finding]:
    """A record of a day after the one on which zhibu took it in; the as-of day hides none."""
    for entry in (*case.ledger.sittings.entries, *case.ledger.talks.entries):
        entered = entry.entered_at.date()
        if entry.day is None or entry.day <= entered:
            continue
        name = record_name(case, entry)
        text = f"{name}：记录的日期在录入之日（{chinese_date(entered)}）以后，请核对日期。"
        finding = record_defect(rule, case, id_=entry.id, name=name, day=entry.day, message=text)
        if finding:
            yield replace(finding, start=entered)


def non_workday(rule: Rule, case: Case) -> Iterator[Finding]:
    """Sittings on public holidays and weekends that are not make-up workdays."""
    calendar = case.ledger.work_calendar
    beyond: dict[int, list[Sitting]] = defaultdict(list)
    off: list[Sitting] = []
    for sitting in asked_sittings(case):
        worked = calendar.is_workday(sitting.day)
        if worked is None:
            beyond[sitting.day.year].append(sitting)
        elif not worked:
            off.append(sitting)
    yield from defects(rule, case, off, lambda sitting, _version: _day_off(sitting.day, calendar))
    for year, unjudged in beyond.items():
        yield from _without_calendar(rule, case, year, unjudged)


def _day_off(day: date, calendar: WorkCalendar) -> str:
    holiday = calendar.name(day)
    plain = "不是调休上班日" if day.weekday() >= 5 else "放假"
    return f"当日为{weekday(day)}，" + (f"{holiday}假期" if holiday else plain)


def _without_calendar(rule: Rule, case: Case, year: int, sittings: Sequence[Sitting]) -> Iterator[Finding]:
    version = rule.version_on(sittings[0].day)
    if version is None:
        return
    declared = case.ledger.work_calendar.declared_off(year)
    why = f"“放假安排”只登记了{declared}天，" if declared else ""
    what = "全年的" if declared else ""
    text = (
        f"{year}年的放假和调休安排不在本机日历之内，{why}{len(sittings)}条记录的日期是否工作日无法判断；"
        f"可在“放假安排”表中登记{what}放假和调休。"
    )
    yield make(
        rule,
        version,
        on=sittings[0].day,
        key=str(year),
        subject=case.branch(),
        status=Status.UNKNOWN,
        start=sittings[0].day,
        due=sittings[-1].day,
        period=str(year),
        message=text,
        evidence=(sitting.id for sitting in sittings),
    )


class _Entered(NamedTuple):
    """A record and when it was entered."""

    entry: Entry
    day: date
    at: datetime
    claimed: str | None
    """The claim of the old ledger, if there is one."""

    @property
    def days_late(self) -> int:
        return (self.at.date() - self.day).days

    @property
    def hour_known(self) -> bool:
        return self.claimed is None or len(self.claimed) > _BARE_DAY

    def together(self, later: _Entered, within: timedelta) -> bool:
        """Whether the two were entered in one go; of a bare day that is all that can be said."""
        if self.hour_known and later.hour_known:
            return later.at - self.at <= within
        return later.at.date() == self.at.date()


def _entered(case: Case, entries: Iterable[Entry]) -> tuple[list[_Entered], dict[str, list[_Entered]]]:
    """Records with their times of entry, and those of each import for which there is none."""
    batches = {batch.at: batch.id for batch in case.ledger.imports}
    known: list[_Entered] = []
    unknown: dict[str, list[_Entered]] = defaultdict(list)
    for entry in entries:
        if entry.day is None:
            continue
        # An amended row keeps only its newest origin; its first version is told by the import's time.
        origin = batches.get(entry.first_entered_at, "") if entry.earlier else entry.origin
        claimed = entry.payload.get("claimed_at")
        found = _Entered(entry, entry.day, read_moment(claimed) or entry.first_entered_at, claimed)
        if origin and not claimed:
            unknown[origin].append(found)
        else:
            known.append(found)
    return known, unknown


def _without_claim(rule: Rule, case: Case, unknown: dict[str, list[_Entered]]) -> Iterator[Finding]:
    """One finding for each import whose rows bear no claimed time of entry, for bursts as well."""
    files = {batch.id: "、".join(batch.files) for batch in case.ledger.imports}
    for origin, records in unknown.items():
        records.sort(key=attrgetter("day"))
        version = rule.version_on(records[0].day)
        if version is None:
            continue
        name = f"导入{origin}" + (f"（{files[origin]}）" if files.get(origin) else "")
        yield make(
            rule,
            version,
            on=records[0].day,
            key=origin,
            subject=Subject(kind=SubjectKind.IMPORT, id=origin, name=name),
            status=Status.UNKNOWN,
            start=records[0].day,
            due=records[-1].day,
            message=f"{name}有{len(records)}条记录未写明原台账登记时间，登记是否及时、是否集中无法判断。",
            evidence=(record.entry.id for record in records),
        )


def late_entry(rule: Rule, case: Case) -> Iterator[Finding]:
    """Records entered more than ``days`` after the event, but for those that a burst names already."""
    told = case.memo.get(_BURSTS, frozenset())
    records = [record for record in asked_records(case) if record.id not in told]
    known, unknown = _entered(case, [record.entry for record in records])
    at = {entered.entry.id: entered for entered in known}

    def judge(record: Sitting | Talk, version: Version) -> str:
        entered = at[record.id]
        if entered.days_late <= version.params["days"]:
            return ""
        source = "原台账登记时间" if entered.claimed else "录入时间"
        return f"{source}为{chinese_date(entered.at.date())}，在活动之后{entered.days_late}天，属补录"

    yield from defects(rule, case, (record for record in records if record.id in at), judge)
    yield from _without_claim(rule, case, unknown)


def backfill_burst(rule: Rule, case: Case) -> Iterator[Finding]:
    """``at_least`` sittings, each ``days`` or more past, entered within ``hours``, and those that went on.

    All records up to the as-of day are looked at, since a burst may reach over periods. Of a claim
    that is a day without an hour nothing but the day is compared. Imported rows without a claim are
    told by ``late_entry``, once for both. Where at least ``alike`` of its records have a text that is like
    another one of the burst (``share`` to ``min_chars`` as in ``record_copy``), its severity is
    ``alike_severity``. The key is the number of the record entered first, which no later entry changes.
    The records named here are left out by ``late_entry``, which comes later in the book.
    """
    version = rule.version_on(case.as_of)
    if version is None:
        return
    entries = case.ledger.sittings.entries
    seen = entries[held_between(entries, date.min, case.as_of)]
    past = [one for one in _entered(case, seen)[0] if one.days_late >= version.params["days"]]
    bursts = list(_bursts(sorted(past, key=attrgetter("at")), version))
    case.memo[_BURSTS] = frozenset(one.entry.id for burst in bursts for one in burst)
    for burst in bursts:
        yield _burst(rule, version, case, burst)


def _bursts(entered: Sequence[_Entered], version: Version) -> Iterator[Sequence[_Entered]]:
    """Runs in which each record is one of ``at_least`` that were entered together."""
    within, more = timedelta(hours=version.params["hours"]), version.params["at_least"] - 1
    pairs = zip(entered, entered[more:], strict=False)
    starts = [place for place, (one, later) in enumerate(pairs) if one.together(later, within)]
    for place, start in enumerate(starts):
        if place == 0 or start > starts[place - 1] + more:
            first = start
        if place + 1 == len(starts) or starts[place + 1] > start + more:
            yield entered[first : start + more + 1]


def _burst(rule: Rule, version: Version, case: Case, burst: Sequence[_Entered]) -> Finding:
    records = sorted(burst, key=attrgetter("day"))
    # the record entered first: later entries do not change it, nor the explanation that names it
    named = min(burst, key=lambda one: (one.at, natural(one.entry.id))).entry
    first, last = chinese_date(records[0].day), chinese_date(records[-1].day)
    past = f"各在活动之后{version.params['days']}天以上（{first}至{last}）"
    text = f"{_when(burst)}登记了{len(records)}次活动，{past}"
    alike = _alike(case, records, version)
    part, whole = version.params["alike"]
    if grave := alike * whole >= len(records) * part:
        text += f"，其中{alike}条的文字相同或者多数语句相近，请对照原始记录核对"
    return make(
        rule,
        version,
        on=case.as_of,
        key=named.id,
        subject=case.record(named.id, record_name(case, named)),
        status=Status.MISSED,
        start=records[0].day,
        due=records[-1].day,
        message=f"{text}。",
        evidence=(record.entry.id for record in records),
        severity=Severity(version.params["alike_severity"]) if grave else None,
        about_record=True,
    )


def _when(burst: Sequence[_Entered]) -> str:
    begin, end = burst[0].at, burst[-1].at
    day = chinese_date(begin.date())
    if not all(one.hour_known for one in burst):
        return f"{day}同一天" if begin.date() == end.date() else f"{day}至{chinese_date(end.date())}"
    if begin == end:
        return f"{day}{begin:%H:%M}"
    return f"{day}{begin:%H:%M}至{'' if begin.date() == end.date() else chinese_date(end.date())}{end:%H:%M}"


def _alike(case: Case, records: Sequence[_Entered], version: Version) -> int:
    """How many of the records have a text that is like that of another one."""
    register = case.ledger.catalogue.register(records[0].entry.register)
    names = tuple(member.name for member in case.ledger.roster.members)
    sketches = [current_sketch(record.entry, register, names) for record in records]
    found: set[int] = set()
    for place, compared in matches(sketches):
        enough = (match for match in compared if match.size >= version.params["min_chars"])
        others = [match.place for match in enough if near(match.likeness, version)]
        found.update((place, *others) if others else ())
    return len(found)
