"""Rows of a register in which several days follow one another (发展党员): what their checks share.

A day in a row that lies after the as-of day has not happened yet and counts as blank. A text gives a
length of time in months, the catalogue of rules often in days as well; where a rule sets both, the
reading that asks less of people holds (一个月 from 1 March ends on 1 April, from 1 February after thirty
days).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.period import Span, add_months
from zhibu_cli.model.sitting import read_date
from zhibu_cli.rules.case import Case, make, record_defect
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any

    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding, Status
    from zhibu_cli.model.rule import Rule, Severity, Version


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of a register without a day of its own."""

    case: Case
    entry: Entry
    register: Register

    @property
    def name(self) -> str:
        """What a message calls it: the first field of its identity."""
        return str(self.entry.payload[self.register.identity[0]])

    def day(self, field: str) -> date | None:
        """The day in a field; None: blank, or not come yet by the as-of day."""
        self.register.field(field)
        day = read_date(self.entry.payload.get(field))
        return day if day and day <= self.case.as_of else None

    def days(self, field: str) -> tuple[date, ...]:
        """The days in a field of several, in their order, up to the as-of day."""
        self.register.field(field)
        found = (read_date(day) for day in self.entry.payload.get(field, ()))
        return tuple(sorted({day for day in found if day and day <= self.case.as_of}))

    def first_of(self, fields: Iterable[str]) -> date | None:
        """The earliest day in any of the fields."""
        return min(filter(None, map(self.day, fields)), default=None)

    def label(self, field: str) -> str:
        """The header of a field."""
        return self.register.field(field).label

    def kept_on(self, day: date) -> bool:
        """Whether the register was kept here that day, so that a blank says something."""
        begins = self.case.ledger.begins(self.register.name)
        return begins is not None and begins <= day

    @property
    def unkept(self) -> str:
        """What is said of a blank of a day before the register was kept."""
        return f"未填；当时“{self.register.title}”尚未在本台账登记，无法判断。"


def rows(case: Case, kind: str) -> Iterator[Row]:
    """Every row of the kind's register."""
    catalogue = case.ledger.catalogue
    register = catalogue.register(catalogue.kind(kind).register)
    for entry in case.ledger.of_kind(kind):
        yield Row(case, entry, register)


def last_day(day: date, params: Mapping[str, Any], prefix: str = "within") -> date:
    """The last day within ``within_months`` or ``within_days`` of ``day``, the later of the two."""
    return max(_both(day, params, prefix))


def first_day(day: date, params: Mapping[str, Any], prefix: str = "least") -> date:
    """The first day at least ``least_months`` or ``least_days`` after ``day``, the earlier of the two."""
    return min(_both(day, params, prefix))


def _both(day: date, params: Mapping[str, Any], prefix: str) -> list[date]:
    ends = []
    if f"{prefix}_months" in params:
        ends.append(add_months(day, params[f"{prefix}_months"]))
    if f"{prefix}_days" in params:
        ends.append(day + timedelta(days=params[f"{prefix}_days"]))
    return ends


def reach(case: Case, since: date, due: date, last: date) -> date:
    """The start of a finding that is told in every range up to ``last``, though it was due before."""
    return since if Span(since, due).overlaps(case.asked) else max(last, due)


def time_left(due: date, as_of: date) -> str:
    """``2026年4月1日到期，还有3天``; on the last day itself ``（当日）``."""
    left = (due - as_of).days
    return f"{chinese_date(due)}到期" + (f"，还有{left}天" if left else "（当日）")


def blemish(rule: Rule, row: Row, day: date, facts: str) -> Iterator[Finding]:
    """A ``missed`` finding about the row, where there are facts (whole sentences)."""
    if facts:
        message = f"{row.name}：{facts}"
        found = record_defect(rule, row.case, id_=row.entry.id, name=row.name, day=day, message=message)
        if found is not None:
            yield found


def told(
    rule: Rule,
    version: Version,
    row: Row,
    *,
    status: Status,
    start: date,
    due: date,
    facts: str,
    key: str = "",
    found: int | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding about the row; with ``found`` it is a duty of which one record is required."""
    return make(
        rule,
        version,
        on=row.case.deciding_day(due),
        key=key or row.entry.id,
        subject=row.case.record(row.entry.id, row.name),
        status=status,
        start=start,
        due=due,
        message=f"{row.name}：{facts}",
        required=None if found is None else 1,
        found=found,
        evidence=(row.entry.id,),
        severity=severity,
    )
