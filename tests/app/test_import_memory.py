"""What an import holds in memory, told by the row: no ledger is to be held whole beside its file."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.import_rows import Old, Row
from zhibu_cli.app.matching import match
from zhibu_cli.exchange.draft import Draft
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

SITTING = CATALOGUE.register("sitting")
COUNT = 1000


def _payload(number: int) -> dict[str, Any]:
    """Made anew each time, as from a file."""
    return {
        "kinds": ["party_day"],
        "date": "2026-03-05",
        "start": "09:00",
        "place": "三楼",
        "theme": f"样本专题之{number}",
        "content": f"逐段学习了样本材料第{number}号，三人作了发言。" * 10,
    }


def _olds() -> Iterator[Old]:
    for number in range(COUNT):
        yield Old(id=f"S{number + 1}", voided=False, payload=_payload(number))


def test_of_entries_that_rows_repeat_nothing_is_held_though_all_are_of_one_day_and_place() -> None:
    rows = [
        Row(draft=Draft(register=SITTING, payload=payload), payload=payload)
        for payload in map(_payload, range(COUNT))
    ]
    match(SITTING, rows[:1], iter(()), (), "")
    tracemalloc.start()
    try:
        match(SITTING, rows, _olds(), (), "")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [row.id for row in rows] == [f"S{number + 1}" for number in range(COUNT)]
    assert all(row.same for row in rows)
    # a key and a number for each row; an entry that was held would take 500 bytes more
    assert peak / COUNT < 500
