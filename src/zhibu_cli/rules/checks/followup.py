"""After an event, something that must follow within some days: after A, B within N days.

Parameters:
    after: the register whose rows are the events (``member_event``, ``development`` …).
    after_field, after_values: a field of it and the values that make a row an event; left out: every row.
    after_day: the field with the day of the event; default the day of the register.
    after_who: the field that names the person concerned; left out: whoever it is.
    then: the kind that must follow.
    then_who: fields of it that may name the person (``["talkers", "partners"]``); left out: whoever it is.
    one_to_one: only a row counts whose ``then_who`` fields name two people in all (a collective talk
        covers nobody).
    within_days: how many days after the event; the day of the event counts.
    before_days: what was held so many days earlier counts too (default none).
    at_risk_days: the last days in which an open duty is at risk.
    about: what the event is called in messages, what followed is called by its kind.
    asks: the words of the text for the message.
    beyond: those of ``after_values`` of which the text does not speak; beyond_asks: what is said there.

Key ``rule@`` the number of the event's row. Who has left the branch before the last day is not judged.
Where the register of what must follow was not kept yet, nothing can be said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.sitting import read_date, read_ref
from zhibu_cli.rules.case import Case, make, open_or_missed
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import Verdict, asks, not_kept
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Subject
    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "check": {
        "after": "register",
        "after_field": "field:after?",
        "after_values": "texts?",
        "after_day": "field:after?",
        "after_who": "field:after?",
        "then": "kind",
        "then_who": "fields:then?",
        "one_to_one": "flag+?",
        "within_days": "count-",
        "before_days": "count-?",
        "at_risk_days": "count+",
        "about": "text?",
        "asks": "text",
        "beyond": "texts?",
        "beyond_asks": "text?",
    }
}


class _Event(NamedTuple):
    """What something must follow."""

    entry: Entry
    day: date
    due: date
    who: str
    """Number or name of the person concerned; empty: nobody in particular."""


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every event of the rule's register up to the as-of day."""
    for entry in case.ledger.entries:
        event = _event(rule, case, entry)
        if event is None or event.day > case.as_of:
            continue
        version = rule.version_on(case.deciding_day(event.due))
        if version is None:
            continue
        followed = [*_followed(version, case, event)]
        verdict = _verdict(version, case, event, followed)
        yield make(
            rule,
            version,
            on=case.deciding_day(event.due),
            key=entry.id,
            subject=_subject(case, event),
            status=verdict.status,
            start=event.day,
            due=event.due,
            required=1,
            found=len(followed),
            evidence=(entry.id, *(other.id for other in followed)),
            message=verdict.message,
        )


def _event(rule: Rule, case: Case, entry: Entry) -> _Event | None:
    params = rule.versions[-1].params
    if entry.register != params["after"]:
        return None
    field = params.get("after_field")
    if field and entry.payload.get(field) not in params["after_values"]:
        return None
    day = read_date(entry.payload.get(params["after_day"])) if "after_day" in params else entry.day
    if day is None:
        return None
    who = read_ref(entry.payload.get(params["after_who"])) if "after_who" in params else ""
    return _Event(entry, day, day + timedelta(days=params["within_days"]), case.ledger.roster.id_of(who))


def _followed(version: Version, case: Case, event: _Event) -> Iterator[Entry]:
    first = _first(version, event)
    for entry in case.ledger.of_kind(version.params["then"]):
        if entry.day is None or not first <= entry.day <= min(event.due, case.as_of):
            continue
        named = [
            ref for field in version.params.get("then_who", ()) for ref in _refs(entry.payload.get(field))
        ]
        people = {case.ledger.roster.id_of(ref) for ref in named}
        alone = not version.params.get("one_to_one") or len(people) == len(named) == 2
        if alone and (not event.who or "then_who" not in version.params or event.who in people):
            yield entry


def _first(version: Version, event: _Event) -> date:
    return event.day - timedelta(days=version.params.get("before_days", 0))


def _refs(value: Any) -> list[str]:
    """The references in a PERSON or PEOPLE value."""
    if isinstance(value, list | tuple):
        return [read_ref(one) for one in value]
    return [read_ref(value)] if value else []


def _verdict(version: Version, case: Case, event: _Event, followed: list[Entry]) -> Verdict:
    label = case.ledger.catalogue.kind(version.params["then"]).label
    whose = f"与{case.ledger.roster.name_of(event.who)}的" if event.who else ""
    first, due = _first(version, event), chinese_date(event.due)
    when = f"{version.params['within_days']}天内（{due}以前）"
    when = f"{chinese_date(first)}至{due}" if first < event.day else when
    words = f"{_title(version, case, event)}，{when}"
    if followed:
        records = called(case, (other.id for other in followed))
        return Verdict(Status.MET, f"{words}有{whose}{label}记录：{records}。")
    if _gone(case, event):
        return Verdict(Status.NOT_APPLICABLE, f"{words}已不在本支部，不要求。")
    kind = case.ledger.catalogue.kind(version.params["then"])
    verdict = not_kept(case, kind.register, kind.name, first, event.due)
    if verdict is not None:
        return verdict
    status = open_or_missed(event.due, case.as_of, version.params["at_risk_days"])
    return Verdict(status, f"{words}未见{whose}{label}记录。{_asks(version, event)}")


def _asks(version: Version, event: _Event) -> str:
    """The words of the text, or where it does not speak of such an event, that it does not."""
    field, beyond = version.params.get("after_field"), version.params.get("beyond", ())
    if field and event.entry.payload.get(field) in beyond:
        return f"{version.params['beyond_asks']}。"
    return asks(version)


def _title(version: Version, case: Case, event: _Event) -> str:
    """``张三2026年3月5日延长预备期``."""
    who = case.ledger.roster.name_of(event.who) if event.who else ""
    about = version.params.get("about", "")
    field = version.params.get("after_field")
    if not about and field:
        register = case.ledger.catalogue.register(version.params["after"])
        about = register.field(field).term(event.entry.payload[field])
    return f"{who}{chinese_date(event.day)}{about}"


def _gone(case: Case, event: _Event) -> bool:
    """Whether the person left the branch between the event and the last day."""
    member = case.ledger.roster.by_id.get(event.who)
    return member is not None and member.in_branch(event.day) and not member.in_branch(event.due)


def _subject(case: Case, event: _Event) -> Subject:
    if event.who in case.ledger.roster.by_id:
        return case.member(event.who)
    return case.record(event.entry.id, event.who or chinese_date(event.day))
