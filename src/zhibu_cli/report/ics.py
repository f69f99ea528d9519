"""Days as a calendar file (RFC 5545) that Thunderbird and Outlook read: all-day events with a reminder.

No names of members and no facts stand in it, because calendars are synchronised over networks. The same
duties give the same bytes: the stamp is the as-of day and an event's number follows from the ledger's
number and the key of its duty, so that a later file replaces the events of an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_PRODUCT = "-//zhibu//zhibu//ZH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One day of the calendar."""

    key: str
    """The key of the duty; unique among the events of a file."""
    day: date
    summary: str
    description: str
    remind_days: int
    """So many days before it the reminder rings."""


def render(events: Sequence[Event], *, ledger_id: str, name: str, as_of: date) -> bytes:
    """The calendar of the branch as bytes."""
    from icalendar import Alarm, Calendar  # noqa: PLC0415
    from icalendar import Event as Entry  # noqa: PLC0415

    stamp = datetime.combine(as_of, time(), tzinfo=UTC)
    calendar = Calendar()
    for field, value in (("prodid", _PRODUCT), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(field, value)
    calendar.add("x-wr-calname", name)
    for event in events:
        entry, alarm = Entry(), Alarm()
        entry.add("uid", number(ledger_id, event.key))
        entry.add("dtstamp", stamp)
        entry.add("dtstart", event.day)
        entry.add("dtend", event.day + timedelta(days=1))
        entry.add("summary", event.summary)
        entry.add("description", event.description)
        entry.add("transp", "TRANSPARENT")
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.summary)
        alarm.add("trigger", timedelta(days=-event.remind_days))
        entry.add_component(alarm)
        calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data


def number(ledger_id: str, key: str) -> str:
    """The number of an event: of this duty in this ledger, in every file that tells it."""
    return f"{uuid5(NAMESPACE_URL, f'zhibu:{ledger_id}:{key}')}@zhibu"
