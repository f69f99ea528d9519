"""Entries become values only when somebody looks at them."""

from __future__ import annotations

from datetime import date, datetime

from zhibu_cli.model.entry import Entry
from zhibu_cli.model.records import Records


def _sitting(day: date, **payload: object) -> Entry:
    at = datetime(2026, 1, 5, 9)
    return Entry(
        id=f"S{day:%m%d}",
        register="sitting",
        kinds=(),
        day=day,
        payload=payload,
        entered_at=at,
        entered_by="样本",
    )


def test_only_those_with_something_in_the_field_are_read() -> None:
    entries = [
        _sitting(date(2025, 3, 1), votes=[{"subject": "甲"}]),
        _sitting(date(2025, 3, 2)),
        _sitting(date(2025, 3, 3), votes=[]),
        _sitting(date(2025, 3, 31), votes=[{"subject": "乙"}]),
        _sitting(date(2025, 4, 1), votes=[{"subject": "丙"}]),
    ]
    looked_at: list[str] = []

    def read(entry: Entry) -> str:
        looked_at.append(entry.id)
        return entry.id

    found = list(Records(entries, read).holding("votes", date(2025, 3, 1), date(2025, 3, 31)))
    assert found == looked_at == ["S0301", "S0331"]
