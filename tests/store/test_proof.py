"""What the chain of hashes shows, and what it cannot show alone."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.store.opening import create, open_store
from zhibu_cli.store.proof import Changed, Place, prove

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 3, 9, 16, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Four versions: the branch, 张三, 李四, 张三 again."""
    path = tmp_path / "zhibu.db"
    with create(path, now=NOW, who="王") as store:
        member = CATALOGUE.register("member")
        store.add(
            CATALOGUE.register("branch"), {"name": "甲支部", "founded": "2019-05-01"}, now=NOW, who="王"
        )
        store.add(member, {"name": "张三", "joined": "2010-07-01", "status": "full"}, now=NOW, who="王")
        store.add(member, {"name": "李四", "joined": "2011-07-01", "status": "full"}, now=NOW, who="王")
        later = {"name": "张三", "joined": "2010-07-02", "status": "full"}
        store.amend("M1", later, now=NOW, who="王", reason="抄错")
    return path


def behind(path: Path, *statements: str, keep_guard: bool = True) -> None:
    """Write into the file as somebody would who knows SQLite; the guards are put back afterwards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        guards = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'versions'"
        ).fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for _, sql in guards if keep_guard else ():
            raw.execute(sql)


def test_an_untouched_ledger_is_as_it_was_written(ledger: Path) -> None:
    proof = prove(ledger)
    assert (proof.versions, proof.changed, proof.lost, proof.index) == (4, (), 0, ())
    assert proof.structure
    assert proof.sound
    assert proof.last_at == "2026-03-09T16:20:00"


def test_the_last_hash_is_sha256_over_the_hash_before_and_the_version(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as raw:
        third = raw.execute("SELECT chain FROM versions WHERE seq = 3").fetchone()[0]
    payload = '{"joined":"2010-07-02","name":"张三","status":"full"}'
    row = ["M1", "member", "member", 2, None, "2026-03-09T16:20:00", "王", "抄错", 0, None, payload]
    text = third + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    assert prove(ledger).last_hash == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, '李四', '李五')",
        "entered_at = '2026-03-01T16:20:00'",
        "entered_by = '别人'",
        "voided = 1",
        "id = 'M7'",
    ],
)
def test_an_altered_version_is_named(ledger: Path, change: str) -> None:
    behind(ledger, "PRAGMA foreign_keys = OFF", f"UPDATE versions SET {change} WHERE seq = 3")  # noqa: S608
    (changed,) = prove(ledger).changed
    assert changed.before == Place("M1", 1)
    assert changed.place.version == 1


def test_two_altered_versions_are_two_places(ledger: Path) -> None:
    behind(ledger, "UPDATE versions SET reason = 'x' WHERE seq IN (1, 4)")
    assert prove(ledger).changed == (Changed(None, Place("B1", 1)), Changed(Place("M2", 1), Place("M1", 2)))


def test_a_version_with_its_hash_made_anew_no_longer_fits_the_next_one(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as raw:
        second = raw.execute("SELECT chain FROM versions WHERE seq = 2").fetchone()[0]
    payload = '{"joined":"2011-07-01","name":"李五","status":"full"}'
    row = ["M2", "member", "member", 1, None, "2026-03-09T16:20:00", "王", "", 0, None, payload]
    text = second + json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    chain = hashlib.sha256(text.encode()).hexdigest()
    behind(ledger, f"UPDATE versions SET payload = '{payload}', chain = '{chain}' WHERE seq = 3")  # noqa: S608
    assert prove(ledger).changed == (Changed(Place("M2", 1), Place("M1", 2)),)


def test_a_version_taken_out_leaves_a_gap(ledger: Path) -> None:
    behind(ledger, "DELETE FROM current WHERE id = 'M2'", "DELETE FROM versions WHERE seq = 3")
    proof = prove(ledger)
    assert (proof.lost, proof.changed, proof.versions) == (1, (), 3)


def test_a_gap_closed_by_renumbering_no_longer_fits(ledger: Path) -> None:
    behind(
        ledger,
        "DELETE FROM current WHERE id = 'M2'",
        "DELETE FROM versions WHERE seq = 3",
        "UPDATE versions SET seq = 3 WHERE seq = 4",
        "UPDATE current SET seq = 3 WHERE id = 'M1'",
    )
    assert prove(ledger).changed == (Changed(Place("M1", 1), Place("M1", 2)),)


PUT_BEFORE = """
INSERT INTO versions (seq, id, register, kind, version, day, entered_at, entered_by, reason, voided, payload,
  chain)
SELECT 0, 'M9', register, kind, 1, day, entered_at, entered_by, reason, voided, payload,
  '0000000000000000000000000000000000000000000000000000000000000000' FROM versions WHERE seq = 3
"""


def test_a_version_put_before_the_first_one_does_not_make_up_for_one_that_was_taken_out(ledger: Path) -> None:
    behind(
        ledger,
        PUT_BEFORE,
        "DELETE FROM current WHERE id = 'M2'",
        "DELETE FROM versions WHERE seq = 3",
        "INSERT INTO current VALUES ('M9', 0, 'member', 9, 1, 0)",
    )
    proof = prove(ledger)
    assert (proof.lost, proof.changed, proof.index) == (1, (Changed(None, Place("M9", 1)),), ())


def test_an_end_cut_off_is_seen_by_the_hash_that_was_noted_only(ledger: Path) -> None:
    noted = prove(ledger).last_hash
    behind(
        ledger,
        "UPDATE current SET seq = 2, version = 1 WHERE id = 'M1'",
        "DELETE FROM versions WHERE seq = 4",
    )
    proof = prove(ledger, expected=noted)
    assert (proof.lost, proof.changed, proof.index) == (0, (), ())
    assert proof.expected_at is None


def test_a_noted_hash_is_found_again_after_more_was_written(ledger: Path) -> None:
    noted = prove(ledger).last_hash[:16]
    with open_store(ledger, write=True) as store:
        store.void("M2", now=NOW, who="王", reason="重复")
    proof = prove(ledger, expected=noted)
    assert (proof.versions, proof.expected_at) == (5, 4)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE current SET seq = 2, version = 1 WHERE id = 'M1'",
        "UPDATE current SET voided = 1 WHERE id = 'M1'",
        "UPDATE current SET register = 'group' WHERE id = 'M1'",
        "DELETE FROM current WHERE id = 'M1'",
        "UPDATE current SET number = 7 WHERE id = 'M1'",
    ],
)
def test_an_index_that_shows_something_else_is_named(ledger: Path, statement: str) -> None:
    behind(ledger, statement)
    proof = prove(ledger)
    assert (proof.index, proof.changed) == (("M1",), ())


def test_an_entry_that_is_shown_without_a_version_of_its_own_is_named(ledger: Path) -> None:
    """The ledger has four versions."""
    behind(ledger, "INSERT INTO current VALUES ('M9', 5, 'member', 9, 1, 0)")
    assert prove(ledger).index == ("M9",)


def test_a_guard_that_was_taken_away_is_seen(ledger: Path) -> None:
    behind(ledger, keep_guard=False)
    assert not prove(ledger).structure


def test_proving_changes_nothing(ledger: Path) -> None:
    before = ledger.read_bytes()
    prove(ledger)
    assert ledger.read_bytes() == before


def test_an_older_ledger_is_proved_and_stays_as_it_is(ledger: Path) -> None:
    noted = prove(ledger).last_hash
    with closing(sqlite3.connect(ledger, isolation_level=None)) as raw:
        raw.execute("DROP TABLE sketches")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0003_sketches'")
        raw.execute("PRAGMA user_version = 2")
    before = ledger.read_bytes()
    proof = prove(ledger)
    assert (proof.versions, proof.last_hash, proof.structure, proof.changed) == (4, noted, True, ())
    assert ledger.read_bytes() == before
    assert [path.name for path in ledger.parent.iterdir()] == ["zhibu.db"]
