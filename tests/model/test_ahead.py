"""How far ahead somebody wants to look."""

from __future__ import annotations

from datetime import date

import pytest

from zhibu_cli.model.period import day_ahead, parse_ahead


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30d", date(2026, 12, 25)),
        ("30天", date(2026, 12, 25)),
        ("30", date(2026, 12, 25)),
        ("３０日", date(2026, 12, 25)),
        ("2w", date(2026, 12, 9)),
        ("2周", date(2026, 12, 9)),
        ("2个星期", date(2026, 12, 9)),
        ("3个月", date(2027, 2, 25)),
        ("3月", date(2027, 2, 25)),
        ("3m", date(2027, 2, 25)),
        ("1年", date(2027, 11, 25)),
        ("0d", date(2026, 11, 25)),
        ("-3d", None),
        ("很久", None),
        ("", None),
    ],
)
def test_lengths_of_time_are_read_as_people_write_them(text: str, expected: date | None) -> None:
    ahead = parse_ahead(text)
    assert (day_ahead(date(2026, 11, 25), ahead) if ahead else None) == expected
