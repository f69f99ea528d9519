"""Sketches are made when a text is stored, kept beside its newest version, and made anew when old."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.sketch import alike, read
from zhibu_cli.model.texts import sketch_stamp
from zhibu_cli.store.connect import APPLICATION_ID
from zhibu_cli.store.opening import create, open_store
from zhibu_cli.store.schema import MIGRATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.model.entry import Entry

NOW = datetime(2026, 3, 9, 16, 20)
TEXT = (
    "郁青禾说综合窗口平均等候四十一分钟，原因是复印机坏了没有人报修，要有人盯着。"
    "午间值班由一人增加到两人，党员先排班，材料清单重新写过，叫号按事项分开。"
)


def sitting(content: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"kinds": ["theme_day"], "date": "2026-03-05", "content": content, **more}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "zhibu.db"
    with create(path, now=NOW, who="王") as store:
        store.add(
            CATALOGUE.register("branch"), {"name": "甲支部", "founded": "2019-05-01"}, now=NOW, who="王"
        )
        store.add(CATALOGUE.register("sitting"), sitting(), now=NOW, who="王")
        # the roster may be written after the sittings
        store.add(CATALOGUE.register("member"), {"name": "郁青禾", "joined": "2010-07-01"}, now=NOW, who="王")
    return path


def entries(path: Path) -> dict[str, Entry]:
    with open_store(path) as store:
        return {entry.id: entry for entry in store.entries(sketches=True)}


def test_a_text_has_a_sketch_and_other_registers_have_none(ledger: Path) -> None:
    held = entries(ledger)
    assert read(held["S1"].sketch).size > 40
    assert held["B1"].sketch == held["M1"].sketch == b""


def test_sketches_come_only_when_asked_for(ledger: Path) -> None:
    with open_store(ledger) as store:
        assert {entry.sketch for entry in store.entries()} == {b""}


def test_everybody_on_the_roster_is_masked_even_who_came_later_in_the_same_transaction(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(CATALOGUE.register("sitting"), sitting(TEXT.replace("郁青禾", "他")), now=NOW, who="王")
    held = entries(ledger)
    assert alike(held["S1"].sketch, held["S2"].sketch).spread == 1.0
    assert read(held["S1"].sketch).size == read(held["S2"].sketch).size - 1


def test_a_stranger_in_the_record_is_masked_too(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        other = sitting(TEXT.replace("郁青禾", "燕归来"), observers=["燕归来"])
        store.add(CATALOGUE.register("sitting"), other, now=NOW, who="王")
    held = entries(ledger)
    assert alike(held["S1"].sketch, held["S2"].sketch) == (1.0, 1.0)


def test_an_amended_text_has_the_sketch_of_its_newest_version(ledger: Path) -> None:
    before = entries(ledger)["S1"].sketch
    new = sitting("走访三户退休职工，两户上楼吃力，商定请社区装扶手，费用从活动经费里出，下次会上报结果。")
    with open_store(ledger, write=True) as store:
        store.amend("S1", new, now=NOW, who="王", reason="贴错")
    after = entries(ledger)["S1"].sketch
    assert alike(before, after) == (0.0, 0.0)


def test_a_voided_record_is_no_trouble(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.void("S1", now=NOW, who="王", reason="重复")
    assert "S1" not in entries(ledger)


def test_a_transaction_that_fails_leaves_no_sketch(ledger: Path) -> None:
    def fail() -> None:
        with open_store(ledger, write=True) as store, store.transaction():
            store.add(CATALOGUE.register("sitting"), sitting(), now=NOW, who="王")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(entries(ledger)) == ["B1", "M1", "S1"]


def test_sketches_of_another_stamp_are_made_anew_by_the_next_who_writes_a_text(ledger: Path) -> None:
    made = entries(ledger)["S1"].sketch
    with closing(sqlite3.connect(ledger)) as raw:
        raw.execute("UPDATE sketches SET sketch = ?", (b"\x00" + made[1:],))
        raw.commit()
    assert entries(ledger)["S1"].sketch[:1] == b"\x00"
    with open_store(ledger, write=True) as store:
        store.add(CATALOGUE.register("sitting"), sitting(date="2026-03-06"), now=NOW, who="王")
    assert entries(ledger)["S1"].sketch == made


@pytest.mark.parametrize("write", [False, True])
def test_a_ledger_of_the_schema_before_gets_its_sketches_when_opened(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(Database(raw), stop_before="m0003_sketches")
        raw.execute("INSERT INTO ledger VALUES ('ledger_id', 'abc')")
        envelope = "1, '2026-03-05', '2026-03-09T16:20:05', 'a', '', 0, NULL"
        for seq, (id_, register, payload) in enumerate(
            (
                ("S1", "sitting", f'{{"content":"{TEXT}","date":"2026-03-05"}}'),
                ("S2", "sitting", '{"content":7}'),  # nothing that the program writes
                ("M1", "member", '{"name":"郁青禾"}'),
            ),
            start=1,
        ):
            raw.execute(
                f"INSERT INTO versions VALUES ({seq}, ?, ?, ?, {envelope}, ?, 'x')",  # noqa: S608
                (id_, register, "", payload),
            )
            raw.execute("INSERT INTO current VALUES (?, ?, ?, ?, 1, 0)", (id_, seq, register, int(id_[1:])))
    with open_store(path, write=write) as store:
        held = {entry.id: entry.sketch for entry in store.entries(sketches=True)}
    assert read(held["S1"]).size > 40
    assert held["S2"] == sketch_stamp()
    assert held["M1"] == b""
    assert (tmp_path / "old.db.bak-v2").exists()
