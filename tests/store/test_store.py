"""Versions are never changed, every change keeps the old value, all or nothing."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.errors import ClassifiedError, ExistsError, InputError, NotFoundError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.store.opening import create, open_store

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 9, 16, 20, 5)
LATER = datetime(2026, 3, 10, 8, 0, 0)
SITTING = CATALOGUE.register("sitting")
MEMBER = CATALOGUE.register("member")
MEETING = {"kinds": ["general_meeting", "theme_day"], "date": "2026-03-05", "theme": "学习“两会”精神 <&>"}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账 一.db"
    with create(path, now=NOW, who="王书记") as store:
        store.add(
            CATALOGUE.register("branch"), {"name": "甲支部", "founded": "2019-05-01"}, now=NOW, who="王书记"
        )
    return path


def test_an_added_entry_comes_back_as_it_was_with_the_time_zhibu_took_it_in(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, MEETING, now=NOW, who="李委员")
    with open_store(ledger) as store:
        entry = store.entry("S1")
    assert entry.payload == MEETING
    assert entry.kinds == ("general_meeting", "theme_day")
    assert entry.day == date(2026, 3, 5)
    assert (entry.entered_at, entry.entered_by, entry.version) == (NOW, "李委员", 1)
    assert entry.earlier == ()


def test_numbers_count_on_in_each_register_and_are_never_given_again(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, MEETING, now=NOW, who="a")
        store.add(SITTING, MEETING, now=NOW, who="a")
        store.void("S2", now=LATER, who="a", reason="重复")
        assert store.add(SITTING, MEETING, now=LATER, who="a").id == "S3"
        assert store.add(MEMBER, {"name": "张三"}, now=LATER, who="a").id == "M1"


def test_a_number_brought_along_is_kept_and_the_next_one_follows_the_highest(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, MEETING, now=NOW, who="a", id="S12")
        assert store.next_id(SITTING) == "S13"
        store.add(SITTING, MEETING, now=NOW, who="a", id="S4")
        assert store.next_id(SITTING) == "S13"
        with pytest.raises(ExistsError):
            store.add(SITTING, MEETING, now=NOW, who="a", id="S12")


def test_an_amendment_keeps_the_whole_old_payload(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, MEETING, now=NOW, who="a")
        store.amend("S1", {**MEETING, "theme": "改"}, now=LATER, who="b", reason="主题写错")
        entry = store.entry("S1")
    assert (entry.version, entry.reason, entry.entered_by, entry.payload["theme"]) == (
        2,
        "主题写错",
        "b",
        "改",
    )
    assert [old.payload for old in entry.earlier] == [MEETING]
    assert entry.first_entered_at == NOW


def test_a_voided_entry_is_left_out_but_can_still_be_read(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, MEETING, now=NOW, who="a")
        store.void("S1", now=LATER, who="b", reason="录入错误")
        assert [entry.id for entry in store.entries()] == ["B1"]
        assert [entry.id for entry in store.entries(include_voided=True)] == ["B1", "S1"]
        assert store.entry("S1").voided
        with pytest.raises(InputError, match="已作废"):
            store.amend("S1", MEETING, now=LATER, who="b", reason="再改")
        with pytest.raises(InputError, match="已作废"):
            store.void("S1", now=LATER, who="b", reason="再次")


@pytest.mark.parametrize("number", ["S99", "", "\udcff", "S1\x00"])
def test_an_unknown_number_is_told(ledger: Path, number: str) -> None:
    with open_store(ledger) as store, pytest.raises(NotFoundError, match="没有编号为"):
        store.entry(number)


@pytest.mark.parametrize("table", ["versions", "imports", "log", "ledger"])
def test_rows_of_the_append_only_tables_cannot_be_changed_or_deleted(ledger: Path, table: str) -> None:
    with open_store(ledger, write=True) as store:
        store.add_import(["a.xlsx"], now=NOW, who="a")
        store.note("export", "a.xlsx", now=NOW, who="a")
    with sqlite3.connect(ledger) as raw:
        column = raw.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(f"UPDATE {table} SET {column} = {column}")  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(f"DELETE FROM {table}")  # noqa: S608
    raw.close()


def test_foreign_keys_are_on_an_origin_must_be_an_import(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        with pytest.raises(sqlite3.IntegrityError):
            store.add(SITTING, MEETING, now=NOW, who="a", origin="I1")
        batch = store.add_import(["去年.xlsx"], now=NOW, who="a")
        assert store.add(SITTING, MEETING, now=NOW, who="a", origin=batch).origin == "I1"
        assert [(run.id, run.by, run.files, run.at) for run in store.imports()] == [
            ("I1", "a", ("去年.xlsx",), NOW)
        ]


def test_every_version_is_chained_to_the_one_before_it(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, {"date": "2026-03-05", "kinds": ["lecture"]}, now=NOW, who="a")
        first, second = store.versions()
    row = ["S1", "sitting", "lecture", 1, "2026-03-05", "2026-03-09T16:20:05", "a", "", 0, None]
    row.append('{"date":"2026-03-05","kinds":["lecture"]}')
    text = first["chain"] + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    assert second["chain"] == hashlib.sha256(text.encode("utf-8")).hexdigest()


def test_a_transaction_that_fails_leaves_every_byte_of_the_file(ledger: Path) -> None:
    before = ledger.read_bytes()

    def half_done() -> None:
        with open_store(ledger, write=True) as store, store.transaction():
            store.add(SITTING, MEETING, now=NOW, who="a")
            store.amend("B1", {"name": "乙", "founded": "2019-05-01"}, now=NOW, who="a", reason="x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert ledger.read_bytes() == before
    assert [path.name for path in ledger.parent.iterdir()] == [ledger.name]


def test_text_that_utf8_cannot_hold_comes_back_as_it_was(ledger: Path) -> None:
    odd = "断\ud83d字 \x07 \x00 \U0001f600"
    with open_store(ledger, write=True) as store:
        store.add(SITTING, {**MEETING, "content": odd}, now=NOW, who="a\ud800")
    with open_store(ledger) as store:
        assert store.entry("S1").payload["content"] == odd


def test_two_ledgers_have_different_numbers_and_a_number_can_be_adopted(tmp_path: Path) -> None:
    ids = set()
    for name, given in (("a.db", ""), ("b.db", ""), ("c.db", "abc123")):
        with create(tmp_path / name, now=NOW, who="a", ledger_id=given):
            pass
        with open_store(tmp_path / name) as store:
            ids.add(store.ledger_id)
    assert len(ids) == 3
    assert "abc123" in ids


@pytest.mark.parametrize("number", ["S" + "9" * 19, "S²", "S", "X1", "S-1"])
def test_a_number_that_cannot_be_counted_is_refused(ledger: Path, number: str) -> None:
    with open_store(ledger, write=True) as store, pytest.raises(InputError):
        store.add(SITTING, MEETING, now=NOW, who="a", id=number)


def test_a_mark_in_what_is_said_about_a_change_is_refused_unsaved(ledger: Path) -> None:
    before = ledger.read_bytes()
    with open_store(ledger, write=True) as store:
        for reason, who in (("机密★", "a"), ("改", "绝密★")):
            with pytest.raises(ClassifiedError):
                store.void("B1", now=LATER, who=who, reason=reason)
        with pytest.raises(ClassifiedError):
            store.note("export", "秘密★5年.xlsx", now=LATER, who="a")
        with pytest.raises(ClassifiedError):
            store.add_import(["机密★.xlsx"], now=LATER, who="a")
    assert ledger.read_bytes() == before


def test_the_rows_of_an_import_are_written_as_if_one_by_one(ledger: Path, tmp_path: Path) -> None:
    rows = [(SITTING, f"S{number}", {**MEETING, "theme": f"第{number}次"}) for number in (1, 2, 5)]
    other = tmp_path / "另.db"
    other.write_bytes(ledger.read_bytes())
    with open_store(ledger, write=True) as store, store.transaction():
        batch = store.add_import(["a.xlsx"], now=NOW, who="李委员")
        store.add_all(rows, now=NOW, who="李委员", origin=batch)
        assert store.next_id(SITTING) == "S6"
    with open_store(other, write=True) as store, store.transaction():
        batch = store.add_import(["a.xlsx"], now=NOW, who="李委员")
        for register, number, payload in rows:
            store.add(register, payload, now=NOW, who="李委员", origin=batch, id=number)
    with open_store(ledger) as one, open_store(other) as two:
        assert list(one.versions()) == list(two.versions())
        assert one.entries() == two.entries()


def test_of_an_import_with_a_number_that_is_taken_nothing_is_written(ledger: Path) -> None:
    with open_store(ledger, write=True) as store:
        store.add(SITTING, MEETING, now=NOW, who="李委员")
        before = store.size()
        rows = [(SITTING, "S2", MEETING), (SITTING, "S1", MEETING)]
        with pytest.raises(ExistsError, match="S1"):
            store.add_all(rows, now=NOW, who="李委员", origin="")
        assert store.size() == before
