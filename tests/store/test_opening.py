"""What is no ledger, newer, older, busy or damaged; and what opening costs."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlite_utils import Database

from zhibu_cli.errors import ExistsError, LedgerBusyError, LedgerFormatError, LedgerNotFoundError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.store.connect import APPLICATION_ID, SCHEMA_VERSION
from zhibu_cli.store.opening import create, open_store, open_unchanged
from zhibu_cli.store.schema import MIGRATIONS

NOW = datetime(2026, 3, 9, 16, 20)
GOLDEN = Path(__file__).with_name("schema.sql")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "zhibu.db"
    with create(path, now=NOW, who="王书记") as store:
        store.add(
            CATALOGUE.register("branch"), {"name": "甲支部", "founded": "2019-05-01"}, now=NOW, who="王"
        )
    return path


def _schema(path: Path) -> str:
    with closing(sqlite3.connect(path)) as raw:
        rows = raw.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT LIKE '%migrations' "
            "ORDER BY type DESC, name"
        ).fetchall()
    return "".join(f"{sql};\n" for (sql,) in rows)


def test_a_new_ledger_has_the_schema_that_is_written_down(ledger: Path) -> None:
    assert _schema(ledger) == GOLDEN.read_text(encoding="utf-8")


def test_every_table_is_strict(ledger: Path) -> None:
    tables = re.findall(r"CREATE TABLE .*?;", _schema(ledger), re.DOTALL)
    assert len(tables) == 6
    assert all(table.endswith("STRICT;") for table in tables)


def test_the_schema_number_is_the_number_of_migrations() -> None:
    assert len(MIGRATIONS.pending(Database(memory=True))) == SCHEMA_VERSION


def test_a_file_that_is_there_is_not_overwritten(ledger: Path) -> None:
    before = ledger.read_bytes()
    with pytest.raises(ExistsError), create(ledger, now=NOW, who="a"):
        pass
    assert ledger.read_bytes() == before


def test_a_creation_that_fails_halfway_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), create(tmp_path / "new.db", now=NOW, who="a"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerBusyError, match="不存在"), create(tmp_path / "no" / "a.db", now=NOW, who="a"):
        pass


def test_a_missing_file_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFoundError) as told:
        open_store(tmp_path / "zhibu.db")
    assert "zhibu init" in told.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\x00" + b"\x07" * 200],
    ids=["empty", "something else", "garbage after the header"],
)
def test_what_is_no_ledger_is_refused_unchanged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(LedgerFormatError):
        open_store(path, write=True)
    assert path.read_bytes() == content


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerFormatError, match="文件夹"):
        open_store(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE t (x)")
    with pytest.raises(LedgerFormatError, match="不是 zhibu 的台账"):
        open_store(path)


def test_a_damaged_ledger_is_told(ledger: Path) -> None:
    content = ledger.read_bytes()
    ledger.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(LedgerFormatError), open_store(ledger) as store:
        store.entries()


def test_a_payload_that_is_no_json_is_told(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as raw:
        raw.execute("DROP TRIGGER versions_no_update")
        raw.execute("UPDATE versions SET payload = '{'")
        raw.commit()
    with pytest.raises(LedgerFormatError, match="损坏"), open_store(ledger) as store:
        dict(store.entries()[0].payload)


def test_a_damage_that_cannot_even_be_quoted_is_told_to_who_writes(ledger: Path) -> None:
    """SQLite quotes the byte that it stumbles over; as text it cannot be read.

    In a process of its own: the connections of tests look at the file as soon as they are made.
    """
    data = ledger.read_bytes()
    assert b"CREATE TABLE versions" in data
    ledger.write_bytes(data.replace(b"CREATE TABLE versions", b"CREATE TABL\xdf versions"))
    write = (
        "import pathlib, sys; from zhibu_cli.store.opening import open_store\n"
        "with open_store(pathlib.Path(sys.argv[1]), write=True) as store, store.transaction(): store.size()"
    )
    run = subprocess.run(
        [sys.executable, "-c", write, str(ledger)], capture_output=True, encoding="utf-8", check=False
    )
    assert "LedgerFormatError" in run.stderr.splitlines()[-1]


def test_a_byte_lost_in_the_middle_is_told_wherever_it_falls(ledger: Path) -> None:
    content = ledger.read_bytes()
    for at in range(40, len(content), 97):
        ledger.write_bytes(content[:at] + bytes([content[at] ^ 0xA5]) + content[at + 1 :])
        try:
            with open_store(ledger) as store:
                store.entries()
                store.imports()
                store.log()
        except (LedgerFormatError, LedgerBusyError):
            pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_no_ledger_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "zhibu.db")
    with pytest.raises(LedgerFormatError, match="不是普通文件"):
        open_store(tmp_path / "zhibu.db")


def test_a_newer_file_is_refused_and_left_as_it_is(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = ledger.read_bytes()
    with pytest.raises(LedgerFormatError, match="更新版本") as told:
        open_store(ledger, write=True)
    assert "升级" in told.value.hint
    assert ledger.read_bytes() == before
    assert [path.name for path in ledger.parent.iterdir()] == ["zhibu.db"]


def _version_one(path: Path) -> None:
    """A ledger of schema 1 with S1 in two versions."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        MIGRATIONS.apply(Database(raw), stop_before="m0002_current_and_log")
        raw.execute("INSERT INTO ledger VALUES ('ledger_id', 'abc')")
        row = "'2026-03-09T16:20:05', 'a', '', 0, NULL"
        for number, theme in ((1, "旧"), (2, "新")):
            raw.execute(
                "INSERT INTO versions VALUES "  # noqa: S608
                f"({number}, 'S1', 'sitting', 'lecture', {number}, '2026-03-05', {row}, "
                f"""'{{"theme":"{theme}"}}', 'x')"""
            )


@pytest.mark.parametrize("write", [False, True])
def test_an_older_ledger_is_backed_up_and_brought_up_to_date(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "old.db"
    _version_one(path)
    with open_store(path, write=write) as store:
        entry = store.entry("S1")
    assert (entry.version, entry.payload["theme"]) == (2, "新")
    assert [old.payload["theme"] for old in entry.earlier] == ["旧"]
    assert _schema(path) == GOLDEN.read_text(encoding="utf-8")
    backup = tmp_path / "old.db.bak-v1"
    with closing(sqlite3.connect(backup)) as raw:
        assert raw.execute("PRAGMA user_version").fetchone() == (1,)
        assert raw.execute("SELECT count(*) FROM versions").fetchone() == (2,)


def test_an_older_ledger_of_somebody_else_is_read_and_stays_byte_for_byte_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    _version_one(path)
    before = sha256(path.read_bytes()).hexdigest()
    with open_unchanged(path) as store:
        entry = store.entry("S1")
    assert (entry.version, entry.payload["theme"]) == (2, "新")
    assert sha256(path.read_bytes()).hexdigest() == before
    assert [file.name for file in tmp_path.iterdir()] == ["old.db"]


def test_a_ledger_of_somebody_else_cannot_be_written(ledger: Path) -> None:
    with open_unchanged(ledger) as store, pytest.raises(LedgerBusyError), store.transaction():
        store.add(CATALOGUE.register("member"), {"name": "甲"}, now=NOW, who="王")


def _leave_half_written(ledger: Path) -> None:
    """As a crash in the midst of a transaction leaves it, with a journal to be rolled back."""
    script = (
        "import sqlite3, os, sys\n"
        "raw = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "raw.execute('PRAGMA cache_size = 1')\n"
        "raw.execute('BEGIN IMMEDIATE')\n"
        "raw.executemany('INSERT INTO log VALUES (?, ?, ?, ?, ?)',"
        " [(n, 'x' * 500, 'y', 'z', 'w') for n in range(1, 400)])\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(ledger)], check=True)


def test_a_half_written_ledger_of_somebody_else_is_not_restored_behind_their_back(ledger: Path) -> None:
    journal = ledger.with_name(f"{ledger.name}-journal")
    _leave_half_written(ledger)
    before = [sha256(file.read_bytes()).hexdigest() for file in (ledger, journal)]
    with pytest.raises(LedgerBusyError, match="还没有恢复"):
        open_unchanged(ledger)
    assert [sha256(file.read_bytes()).hexdigest() for file in (ledger, journal)] == before


def test_what_a_crash_left_beside_a_ledger_that_is_gone_does_not_get_into_a_new_one(ledger: Path) -> None:
    _leave_half_written(ledger)
    ledger.unlink()
    with pytest.raises(ExistsError, match=r"zhibu\.db-journal"), create(ledger, now=NOW, who="a"):
        pass
    assert not ledger.exists()


def test_an_earlier_backup_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    _version_one(path)
    (tmp_path / "old.db.bak-v1").write_bytes(b"mine")
    open_store(path).close()
    assert (tmp_path / "old.db.bak-v1").read_bytes() == b"mine"
    assert (tmp_path / "old.db.bak-v1.2").exists()


def test_a_ledger_in_use_by_another_writer_is_told(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LedgerBusyError, match="另一个程序"):
            open_store(ledger, wait=0)
        other.execute("ROLLBACK")
        other.execute("BEGIN IMMEDIATE")
        with (
            open_store(ledger, write=True, wait=0) as store,
            pytest.raises(LedgerBusyError),
            store.transaction(),
        ):
            pass


def test_the_file_is_let_go_even_after_an_error(ledger: Path) -> None:
    def fail() -> None:
        with open_store(ledger, write=True):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    ledger.rename(ledger.with_name("moved.db"))


def test_a_journal_left_by_a_crash_is_rolled_back_when_reading(ledger: Path) -> None:
    _leave_half_written(ledger)
    assert Path(f"{ledger}-journal").exists()
    with open_store(ledger) as store:
        assert store.log() == []
        assert store.entry("B1").payload["name"] == "甲支部"


def test_reading_does_not_load_sqlite_utils(ledger: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from zhibu_cli.store.opening import open_store\n"
        "with open_store(Path(sys.argv[1])) as store: store.entries()\n"
        "assert 'sqlite_utils' not in sys.modules\n"
    )
    run = subprocess.run([sys.executable, "-c", script, str(ledger)], check=False)
    assert run.returncode == 0


@pytest.mark.parametrize("name", ["百分%20号.db", "a?b#c.db", "a b.db"])
def test_odd_file_names_are_no_trouble(tmp_path: Path, name: str) -> None:
    with create(tmp_path / name, now=NOW, who="a"):
        pass
    with open_store(tmp_path / name) as store:
        assert store.entries() == []
    assert [path.name for path in tmp_path.iterdir()] == [name]
