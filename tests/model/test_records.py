"""Entries are read only when somebody looks at them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from zhibu_cli.model.entry import Entry
from zhibu_cli.model.records import Records


def held(id_: str, day: date, **payload: Any) -> Entry:
    return Entry(
        id=id_,
        register="sitting",
        kinds=("general_meeting",),
        day=day,
        payload=payload,
        entered_at=datetime(2024, 12, 31, 9),
        entered_by="样本",
    )


def test_of_ten_meetings_only_those_with_something_in_the_field_are_read() -> None:
    quiet = [held(f"S{number}", date(2024, number, 8), votes=[]) for number in range(1, 9)]
    voted = [held("S9", date(2024, 9, 8), votes=[{"matter": "general"}])]
    later = [held("S10", date(2024, 10, 8), votes=[{"matter": "general"}])]
    read: list[str] = []

    def reader(entry: Entry) -> str:
        read.append(entry.id)
        return entry.id

    records = Records([*quiet, *voted, *later], reader)
    assert [*records.with_any(("votes", "excused"), date.min, date(2024, 9, 30))] == ["S9"]
    assert read == ["S9"]


def test_one_of_several_fields_is_enough() -> None:
    rows = [held("S1", date(2024, 1, 8), excused=["M1"]), held("S2", date(2024, 2, 8), uncounted=["M2"])]
    records = Records(rows, lambda entry: entry.id)
    assert [*records.with_any(("uncounted", "excused"), date.min, date.max)] == ["S1", "S2"]
