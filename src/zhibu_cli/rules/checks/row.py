"""What a row of a register has to hold once a step is taken (发展党员).

``row.people``: a number of full members named in a field. Parameters:
    kind: the kind of row; all names of fields are columns of its register.
    field: the field that names them.
    at_least, at_most: how many.
    since: fields; the first of them, in this order, that holds a day is the day by whose roster the
        people are judged.
    needed_with: those of them with which a blank is a defect.
    asks: the words of the text for the message.

``row.amount``: at least one number reached. Parameters: kind, since (as above; a blank counts), asks,
    any_of: ``[{ field = "training_days", at_least = 3 }, …]``.

Only defects are told. People of whom the roster knows nothing are counted and not judged. A blank of a
day before the register was kept here is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.duty import asks
from zhibu_cli.rules.rows import Row, blemish, rows, told
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.rules.case import Case

PARAMETERS = {
    "people": {
        "kind": "kind",
        "field": "field:kind",
        "at_least": "number+",
        "at_most": "number-",
        "since": "fields:kind",
        "needed_with": "fields:kind",
        "asks": "text",
    },
    "amount": {"kind": "kind", "since": "fields:kind", "any_of": "amounts:kind", "asks": "text"},
}


def people(rule: Rule, case: Case) -> Iterator[Finding]:
    """A number of full members named in a field."""
    for row, version, day in _reached(rule, case):
        params = version.params
        named = row.entry.payload.get(params["field"], ())
        label = row.label(params["field"])
        if not isinstance(named, str) and named:
            facts = "，".join(_wrong_people(version, case, tuple(named), day))
            yield from _told(rule, version, row, day, f"{label}{facts}" if facts else "")
        elif not named and row.first_of(params["needed_with"]) is not None:
            yield from _blank(rule, version, row, day, label)


def _reached(rule: Rule, case: Case) -> Iterator[tuple[Row, Version, date]]:
    """Rows that have got to the step, the version of that day, and the day."""
    newest = rule.versions[-1]
    for row in rows(case, newest.params["kind"]):
        day = next(filter(None, map(row.day, newest.params["since"])), None)
        version = rule.version_on(day) if day else None
        if version is not None and day is not None:
            yield row, version, day


def _wrong_people(version: Version, case: Case, named: tuple[str, ...], day: date) -> Iterator[str]:
    low, high = version.params["at_least"], version.params["at_most"]
    roster = case.ledger.roster
    number = len({*map(roster.id_of, named)})
    if not low <= number <= high:
        yield f"为{number}人，应为{low}人" if low == high else f"为{number}人，应为{low}至{high}人"
    young = [roster.name_of(ref) for ref in named if not _maybe_full(roster, ref, day)]
    if young:
        yield f"中{'、'.join(young)}按名册{chinese_date(day)}还不是正式党员"


def _maybe_full(roster: Roster, ref: str, day: date) -> bool:
    member = roster.find(ref)
    return member is None or (member.joined <= day and member.is_full(day))


def _told(rule: Rule, version: Version, row: Row, day: date, facts: str) -> Iterator[Finding]:
    if facts:
        yield from blemish(rule, row, day, f"{facts}，请核对。{asks(version)}")


def _blank(rule: Rule, version: Version, row: Row, day: date, what: str) -> Iterator[Finding]:
    if row.kept_on(day):
        yield from blemish(rule, row, day, f"{what}未填。{asks(version)}")
        return
    facts = f"{what}{row.unkept}"
    yield told(rule, version, row, status=Status.UNKNOWN, start=day, due=day, facts=facts)


def amount(rule: Rule, case: Case) -> Iterator[Finding]:
    """At least one number reached."""
    for row, version, day in _reached(rule, case):
        wanted = version.params["any_of"]
        written = {one["field"]: row.entry.payload.get(one["field"]) for one in wanted}
        if any(_enough(written[one["field"]], one["at_least"]) for one in wanted):
            continue
        if not any(value is not None for value in written.values()):
            yield from _blank(rule, version, row, day, "、".join(map(row.label, written)))
            continue
        facts = "、".join(
            f"{row.label(field)}{value:g}" for field, value in written.items() if value is not None
        )
        yield from _told(rule, version, row, day, facts)


def _enough(value: Any, at_least: int) -> bool:
    return value is not None and value >= at_least
