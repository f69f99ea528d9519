"""``restore``: what is put back, what is kept, and which archives are refused."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.keeping import ARCHIVE, ASIDE, LATER, altered, code_in, impatient

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run


def test_a_restored_ledger_is_the_one_of_the_backup_and_the_present_one_is_kept(kept: Run) -> None:
    noted = code_in(kept("verify").out)
    kept("void", "S1", "--reason", "误作废", now=LATER)
    Path("zhibu.db.附件/S1-Y1-签到表.pdf").unlink()
    Path("local.toml").write_text("# 后来改过\n", encoding="utf-8")
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    since = "备份以后又写入1个版本，恢复后的台账里没有这些"
    assert answer.out.splitlines() == [
        "备份：示例局机关第一党支部，2026-03-09 10:30 由王芳备份",
        f"  台账3个版本，附件等3个文件；校验码 {noted}",
        f"现有：{Path.cwd() / 'zhibu.db'}，示例局机关第一党支部；{since}。会改名留下。",
        f"已恢复到 {Path.cwd() / 'zhibu.db'}。",
        f"原来的改名为：{ASIDE}、{ASIDE}.附件、{ASIDE}.模板、local-恢复前-20260310-090000.toml",
    ]
    assert code_in(kept("verify").out) == noted
    assert Path("zhibu.db.附件/S1-Y1-签到表.pdf").read_bytes() == b"%PDF invented"
    assert Path("local.toml").read_text(encoding="utf-8") == "# 本支部的要求\n"
    assert "〔已作废，第2版〕" in kept("list", "--all", "--db", ASIDE).out
    assert kept("log").out.splitlines()[0] == f"2026-03-10 09:00　王芳　恢复　{ARCHIVE.name}"
    assert not [path for path in Path().iterdir() if path.name.startswith(".")]


def test_a_backup_whose_last_hash_was_altered_can_be_put_back_over_a_ledger(kept: Run) -> None:
    altered("UPDATE versions SET chain = 'x' WHERE id = 'Y1'")
    assert kept("backup", "-o", "改过.zip", now=LATER).code == 0
    answer = kept("restore", "改过.zip", "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert "注意：Y1 的第1版" in answer.err
    assert "看不出是不是这份备份之后的同一个台账。会改名留下。" in answer.out


def test_a_restore_goes_where_nothing_stands_yet(kept: Run) -> None:
    Path("新电脑").mkdir()
    answer = kept("restore", str(ARCHIVE), "--yes", "--db", "新电脑/zhibu.db", now=LATER)
    assert answer.code == 0, answer.err
    assert "现有" not in answer.out
    assert "原来的" not in answer.out
    assert sorted(path.name for path in Path("新电脑").iterdir()) == [
        "local.toml",
        "zhibu.db",
        "zhibu.db.模板",
        "zhibu.db.附件",
    ]
    assert kept("verify", "--db", "新电脑/zhibu.db").code == 0


def test_a_restore_asks_and_a_no_leaves_everything(kept: Run) -> None:
    files = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    answer = kept("restore", str(ARCHIVE), typed=["n"])
    assert answer.code == 130
    assert "恢复到" in answer.out
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == files
    assert kept("restore", str(ARCHIVE)).code == 2
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == files


def test_a_damaged_ledger_is_replaced_and_kept(kept: Run) -> None:
    Path("zhibu.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert "读不出来，会改名留下。" in answer.out
    assert Path(ASIDE).read_bytes().endswith(b"\xff" * 4096)
    assert kept("verify").code == 0


@pytest.mark.parametrize("there", ["damaged", "gone"])
def test_what_a_crash_left_beside_the_old_ledger_does_not_get_into_the_restored_one(
    kept: Run, there: str
) -> None:
    noted = code_in(kept("verify").out)
    shutil.copy("zhibu.db", "crashing.db")
    with closing(sqlite3.connect("crashing.db", isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")  # so that pages are written out before the end
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            "INSERT INTO log SELECT i + 100, '2026-03-09T10:30:00', 'x', 'export', hex(zeroblob(100)) FROM n"
        )
        shutil.copy("crashing.db-journal", "zhibu.db-journal")
        journal = Path("zhibu.db-journal").read_bytes()
    Path("zhibu.db").write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    if there == "gone":
        Path("zhibu.db").unlink()
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert not Path("zhibu.db-journal").exists()
    if there == "gone":
        assert Path(f"{ASIDE}-journal").read_bytes() == journal
    assert code_in(kept("verify").out) == noted
    assert kept("log").out.splitlines()[0].endswith(f"恢复　{ARCHIVE.name}")


def test_a_restore_that_is_broken_off_leaves_everything_as_it_was(
    kept: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    rename, left = Path.rename, iter([True] * 3)

    def broken_off(path: Path, target: Path) -> Path:
        if next(left, False) or "恢复前" in str(path):
            return rename(path, target)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", broken_off)
        assert kept("restore", str(ARCHIVE), "--yes", now=LATER).code == 130
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == files


def test_an_older_ledger_in_its_place_is_left_as_it_is_after_a_no(kept: Run) -> None:
    with closing(sqlite3.connect("zhibu.db", isolation_level=None)) as raw:
        raw.execute("DROP TABLE sketches")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0003_sketches'")
        raw.execute("PRAGMA user_version = 2")
    files = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    answer = kept("restore", str(ARCHIVE), typed=["n"])
    assert answer.code == 130
    assert "备份以后没有再写入" in answer.out
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == files


def test_a_ledger_under_its_other_name_and_what_was_unpacked_are_told_after_a_crash(kept: Run) -> None:
    Path("zhibu.db").rename(ASIDE)  # as far as a restore had come
    Path(".zhibu-restore-left").mkdir()
    Path(".zhibu-备份-20260310-090000.zip.7.tmp").touch()  # a backup that is being written
    answer = kept("list")
    assert answer.code == 10
    assert f"旁边有 {ASIDE}：上次恢复没有做完的，请再执行一次 zhibu restore，或者把它改回原名。" in answer.err
    assert f"旁边有 {ASIDE}" in kept("list", "--db", "zhibu.db").err
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert "上次恢复中断留下的" in answer.err
    assert ".zhibu-restore-left" in answer.err
    assert ".tmp" not in answer.err
    assert Path(".zhibu-restore-left").exists()


def test_two_restores_in_one_second_keep_both_earlier_ledgers(kept: Run) -> None:
    assert kept("restore", str(ARCHIVE), "--yes", now=LATER).code == 0
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert kept("verify", "--db", ASIDE).code == 0
    assert kept("verify", "--db", "zhibu-恢复前-20260310-090000-2.db").code == 0


def test_another_ledger_in_its_place_is_said_to_be_another(kept: Run) -> None:
    kept("init", "--name", "乙支部", "--founded", "2019-05-01", "--db", "乙.db")
    answer = kept("restore", str(ARCHIVE), "--yes", "--db", "乙.db", now=LATER)
    assert "现有：乙.db，乙支部；看不出是不是这份备份之后的同一个台账。会改名留下。" in answer.out
    assert kept("verify", "--db", "乙-恢复前-20260310-090000.db").code == 0


def test_a_plain_copy_of_the_file_is_put_back_beside_the_attachments_that_are_there(kept: Run) -> None:
    Path("副本.db").write_bytes(Path("zhibu.db").read_bytes())
    kept("void", "S1", "--reason", "误作废", now=LATER)
    answer = kept("restore", "副本.db", "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert answer.out.startswith("备份：示例局机关第一党支部，台账文件的副本\n")
    assert kept("verify").code == 0
    assert Path("zhibu.db.附件/S1-Y1-签到表.pdf").exists()


def test_a_ledger_in_use_is_not_replaced(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    impatient(monkeypatch)
    before = sorted(path.name for path in Path().iterdir())
    with closing(sqlite3.connect("zhibu.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 19
    assert "正被另一个程序使用" in answer.err
    assert sorted(path.name for path in Path().iterdir()) == before


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    def spoil(files: dict[str, bytes]) -> None:
        del files[name]

    return spoil


def _other(name: str, data: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: data})


def _listed(change: Callable[[dict[str, dict[str, object]]], object]) -> Callable[[dict[str, bytes]], None]:
    def spoil(files: dict[str, bytes]) -> None:
        about = json.loads(files["备份说明.json"])
        change(about["files"])
        files["备份说明.json"] = json.dumps(about).encode()

    return spoil


ZIPPED = {
    "a file is missing": (_without("local.toml"), "里面没有“local.toml”"),
    "a file was altered": (_other("local.toml", b"# x"), "“local.toml”与备份时不同"),
    "a file grew": (_other("台账.db.附件/S1-Y1-签到表.pdf", b"%PDF invented and more"), "与备份时不同"),
    "no table of contents": (_without("备份说明.json"), "不是 zhibu 的备份"),
    "a table of contents of something else": (
        _other("备份说明.json", b'{"format": "x"}'),
        "不是 zhibu 的备份",
    ),
    "a table of contents that is no object": (_other("备份说明.json", b"[1]"), "不是 zhibu 的备份"),
    "no ledger": (_listed(lambda files: files.pop("台账.db")), "目录里缺台账"),
    "the ledger is none": (_other("台账.db", b"no"), "“台账.db”与备份时不同"),
}


@pytest.mark.parametrize("spoil", ZIPPED.values(), ids=ZIPPED)
def test_a_spoilt_archive_is_refused_and_nothing_is_changed(
    kept: Run, spoil: tuple[Callable[[dict[str, bytes]], None], str]
) -> None:
    change, words = spoil
    with zipfile.ZipFile(ARCHIVE) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile("坏.zip", "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    before = sorted(Path().rglob("*"))
    answer = kept("restore", "坏.zip", "--yes")
    assert answer.code == 11
    assert words in answer.err
    assert len(answer.err.splitlines()) == 2
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/x",
        "C:/x",
        "a\\..\\x",
        "a//x",
        "a/./x",
        " /x",
        "x\x00",
        "x\n",
        "x.",
        "nul",
        "a/COM1.txt",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(kept: Run, name: str) -> None:
    entry = {"size": 0, "sha256": ""}
    with zipfile.ZipFile("坏.zip", "w") as archive:
        about = {"format": "zhibu-backup", "version": 1, "made_at": "", "made_by": ""}
        about["files"] = {"台账.db": entry, name: entry}
        archive.writestr("备份说明.json", json.dumps(about))
    answer = kept("restore", "坏.zip", "--yes")
    assert answer.code == 11
    assert "有不该有的文件名" in answer.err


def test_a_size_that_no_file_has_is_refused(kept: Run) -> None:
    with zipfile.ZipFile("坏.zip", "w") as archive:
        files = '{"台账.db": {"size": 1e999, "sha256": ""}}'
        about = (
            '{"format": "zhibu-backup", "version": 1, "made_at": "", "made_by": "", "files": ' + files + "}"
        )
        archive.writestr("备份说明.json", about)
    assert kept("restore", "坏.zip", "--yes").code == 11


def test_a_packing_that_no_backup_of_ours_has_and_that_is_broken_is_refused(kept: Run) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile("坏.zip", "w", zipfile.ZIP_LZMA) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    data = Path("坏.zip").read_bytes()
    Path("坏.zip").write_bytes(data[:60] + b"\xff" * 30 + data[90:])
    answer = kept("restore", "坏.zip", "--yes")
    assert (answer.code, len(answer.err.splitlines())) == (11, 2)


def test_two_names_that_are_one_file_are_refused(kept: Run) -> None:
    entry = {"size": 0, "sha256": hashlib.sha256(b"").hexdigest()}
    with zipfile.ZipFile("坏.zip", "w") as archive:
        about = {"format": "zhibu-backup", "version": 1, "made_at": "", "made_by": ""}
        about["files"] = {"台账.db": entry, "台账.db/x": entry}
        archive.writestr("台账.db", b"")
        archive.writestr("台账.db/x", b"")
        archive.writestr("备份说明.json", json.dumps(about))
    answer = kept("restore", "坏.zip", "--yes")
    assert answer.code == 11
    assert "“台账.db/x”与另一个文件重名" in answer.err


def test_an_archive_of_a_newer_program_says_so(kept: Run) -> None:
    with zipfile.ZipFile("新.zip", "w") as archive:
        about = {"format": "zhibu-backup", "version": 2, "made_at": "", "made_by": "", "files": {}}
        archive.writestr("备份说明.json", json.dumps(about))
    answer = kept("restore", "新.zip", "--yes")
    assert answer.code == 11
    assert "更新版本" in answer.err


@pytest.mark.parametrize(
    ("file", "code", "words"),
    [
        ("没有.zip", 10, "没有找到备份文件"),
        ("签到表.pdf", 11, "不是台账文件"),
        ("机密★.zip", 16, "密级标志"),
        ("zhibu.db", 12, "就是台账本身"),
    ],
)
def test_what_is_no_backup_is_told(kept: Run, file: str, code: int, words: str) -> None:
    answer = kept("restore", file, "--yes")
    assert answer.code == code
    assert words in answer.err


def test_a_cut_archive_is_told(kept: Run) -> None:
    data = ARCHIVE.read_bytes()
    Path("半.zip").write_bytes(data[: len(data) // 2])
    answer = kept("restore", "半.zip", "--yes")
    assert answer.code == 11
    assert "压缩包读不出来" in answer.err
