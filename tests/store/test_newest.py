"""Going through a register entry by entry, and its numbers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from zhibu_cli.app.context import Actor
from zhibu_cli.app.recording import amend, record, void
from zhibu_cli.app.setup import init_ledger
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

ACTOR = Actor(who="王五", now=datetime(2026, 3, 9, 10, 0))


def test_each_entry_comes_once_with_its_newest_payload_and_whether_it_was_withdrawn(tmp_path: Path) -> None:
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01", "ledger_from": "2025-01-01"}, ACTOR)
    for day in ("2026-01-05", "2026-02-05"):
        record(path, "general_meeting", {"date": day, "theme": "旧"}, ACTOR)
    amend(path, "S1", {"theme": "新"}, "写错", ACTOR)
    void(path, "S2", "重复", ACTOR)
    with open_store(path) as store:
        assert [(id_, voided, payload["theme"]) for id_, voided, payload in store.each("sitting")] == [
            ("S1", False, "新"),
            ("S2", True, "旧"),
        ]
        assert store.numbers("sitting") == {"S1"}
        assert store.numbers("sitting", include_voided=True) == {"S1", "S2"}
