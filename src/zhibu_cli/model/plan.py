"""What a branch has planned for a year (年度计划), and its ledger as if that had been held.

A plan is judged by the very rules that judge records: every item becomes a record of its kind on its day,
and the ledger made of them is put to the rules. Such a ledger is never stored or shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.entry import Entry
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.people_sheets import POSTS
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.model.records import sound
from zhibu_cli.model.sitting import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.roster import Roster

REGISTER = "plan_item"
EVIDENCE = ("sitting", "talk")
"""Registers whose records a plan stands for."""
_ASSESSED = re.compile(r"(20\d\d)\s*年度")
_FIRST_QUARTER = 3
_POSTS = {title: post.code for post in POSTS for title in (post.label, *post.aliases)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One row of 年度计划."""

    id: str
    year: int
    kind: str
    month: int | None = None
    day: date | None = None
    group: str = ""
    theme: str = ""
    who: tuple[str, ...] = ()
    note: str = ""

    @property
    def last_day(self) -> date:
        """The day planned; else the last day of the month or year."""
        if self.day is not None:
            return self.day
        unit = Unit.MONTH if self.month else Unit.YEAR
        return period_of(unit, date(self.year, self.month or 1, 1)).end

    @property
    def assessed(self) -> int:
        """The year that a 组织生活会 or 民主评议 is about: as its theme says (2026年度), else by the month.

        What is planned for January to March is about the year before (regulations.md §10-6).
        """
        named = _ASSESSED.search(self.theme)
        if named:
            return int(named[1])
        return self.last_day.year - (self.last_day.month <= _FIRST_QUARTER)


def plan_items(ledger: Ledger, year: int) -> tuple[PlanItem, ...]:
    """The plan of the year as the ledger holds it, in the order of days."""
    entries = (entry for entry in ledger.entries if entry.register == REGISTER)
    items = (item for item in (sound(entry, _read) for entry in entries) if item.year == year)
    return tuple(sorted(items, key=lambda item: item.last_day))


def _read(entry: Entry) -> PlanItem:
    return item_of(entry.id, entry.payload)


def item_of(id_: str, data: Mapping[str, Any]) -> PlanItem:
    """The typed view of a row; a month that cannot be one counts as none."""
    day = read_date(data.get("day"))
    month = day.month if day else data.get("month")
    return PlanItem(
        id=id_,
        year=data["year"],
        kind=data["kind"],
        month=month if month and 1 <= month <= 12 else None,
        day=day,
        group=data.get("group", ""),
        theme=data.get("theme", ""),
        who=tuple(data.get("who", ())),
        note=data.get("note", ""),
    )


def kept_from(ledger: Ledger, year: int) -> Ledger:
    """The same ledger, with the registers of records begun by the year at the latest if they are not.

    A duty that is to be planned is owed whether or not the branch has begun to keep records here.
    """
    starts = dict(ledger.branch.starts)
    first = max(date(year, 1, 1), ledger.branch.founded)
    for register in EVIDENCE:
        starts.setdefault(register, ledger.begins(register) or first)
    return replace(ledger, branch=replace(ledger.branch, starts=tuple(starts.items())))


def as_if_held(
    ledger: Ledger, items: Iterable[PlanItem], year: int, *, seen_until: date | None = None
) -> Ledger:
    """The ledger with every item as a record, and of its records those up to the day; None: without them."""
    kept = [entry for entry in ledger.entries if entry.register not in EVIDENCE or _seen(entry, seen_until)]
    planned = [record for item in items if (record := _record(ledger, item))]
    made = build_ledger([*kept, *planned], ledger.catalogue, ledger.imports)
    starts = kept_from(ledger, year).branch.starts
    return replace(made, branch=replace(made.branch, starts=starts))


def _seen(entry: Entry, until: date | None) -> bool:
    return until is not None and entry.day is not None and entry.day <= until


def people(roster: Roster, item: PlanItem) -> tuple[str, ...]:
    """Numbers of those whom the row names, by name or by the post they hold that day."""
    found: dict[str, None] = {}
    for word in item.who:
        title = next((title for title in _POSTS if word.startswith(title)), "")
        member = roster.find(word) or roster.find(word.removeprefix(title))
        post = _POSTS.get(word)
        refs = (member.id,) if member else roster.holders(post, item.last_day) if post else ()
        found |= dict.fromkeys(refs)
    return tuple(found)


def _record(ledger: Ledger, item: PlanItem) -> Entry | None:
    """The row as a record; None for talks that do not say who talks with whom, and for unknown kinds."""
    refs, day = people(ledger.roster, item), item.last_day.isoformat()
    register = next((kind.register for kind in ledger.catalogue.kinds if kind.name == item.kind), "")
    payload: dict[str, Any] = {"date": day, "kinds": [item.kind], "assessment_year": item.assessed}
    payload |= {"group": item.group} if item.group else {}
    payload |= {"lecturer": refs[0]} if refs else {}
    if not register or (register == "talk" and len(refs) != 2):
        return None
    if register == "talk":
        payload = {"date": day, "talkers": [refs[0]], "partners": [refs[1]]}
    return Entry(
        id=item.id,
        register=register,
        kinds=(item.kind,),
        day=item.last_day,
        payload=payload,
        entered_at=datetime.combine(item.last_day, time(18)),
        entered_by="",
    )
