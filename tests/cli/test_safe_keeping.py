"""``verify``, ``backup``, ``restore``."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import sqlite3
import sys
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.once import once

from zhibu_cli.store.connect import connect_ledger
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Run

LATER = datetime(2026, 3, 10, 9, 0)
ARCHIVE = Path("zhibu-备份-20260309-103000.zip")
ASIDE = "zhibu-恢复前-20260310-090000.db"


@pytest.fixture
@once
def kept(branch: Run) -> Run:
    """The branch with a meeting, its sign-in sheet, a template and rules of its own, and a backup of all."""
    assert branch("record", "meeting", "--kind", "党员大会", "--date", "2026-03-05").code == 0
    Path("签到表.pdf").write_bytes(b"%PDF invented")
    assert branch("attach", "S1", "签到表.pdf").code == 0
    Path("zhibu.db.模板").mkdir()
    Path("zhibu.db.模板/会议记录.md.j2").write_text("自己的模板", encoding="utf-8")
    Path("local.toml").write_text("# 本支部的要求\n", encoding="utf-8")
    assert branch("backup").code == 0
    return branch


def code_in(text: str) -> str:
    return text.partition("校验码：")[2].split(maxsplit=1)[0]


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for opens in (open_store, connect_ledger):
        monkeypatch.setattr(opens, "__kwdefaults__", {**(opens.__kwdefaults__ or {}), "wait": 0.01})


def altered(statement: str, file: str = "zhibu.db") -> None:
    """A change behind the program's back by somebody who leaves no other trace."""
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute(statement)
        for _, sql in guards:
            raw.execute(sql)


def test_a_ledger_as_it_was_written_says_so_with_its_code(kept: Run) -> None:
    answer = kept("verify")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == (
        f"台账：{Path.cwd() / 'zhibu.db'}　共3个版本，最后一次写入在 2026-03-09 10:30，附件1个。"
    )
    assert answer.out.splitlines()[2] == "台账和附件都与写入时一样。"
    assert len(code_in(answer.out)) == len("3f2a-91bc-07de-44c1")


def test_what_was_altered_is_named_with_the_code_of_a_damaged_ledger(kept: Run) -> None:
    altered("UPDATE versions SET payload = replace(payload, '2026-03-05', '2026-03-04') WHERE id = 'S1'")
    Path("zhibu.db.附件/S1-Y1-签到表.pdf").write_bytes(b"%PDF replaced")
    answer = kept("verify")
    assert answer.code == 11
    assert answer.err.splitlines() == [
        "错误：台账核对出2处不符：",
        "S1 的第1版，或者紧挨着它以前写入的 B1 的第1版，与写入时不同。",
        "附件 Y1 签到表.pdf（S1）的内容与附上时不同。",
        "提示：请先把现在的文件另存一份，再与备份、纸质记录核对；可用 zhibu restore 放回备份。",
    ]


@pytest.mark.parametrize("change", ["payload = '{}'", "payload = 'x'", "day = 'x'", "entered_at = 'x'"])
def test_what_was_altered_is_named_where_it_can_no_longer_be_read(kept: Run, change: str) -> None:
    altered(f"UPDATE versions SET {change} WHERE id = 'Y1'")  # noqa: S608
    answer = kept("verify")
    assert answer.code == 11
    assert answer.err.splitlines()[1:3] == [
        "Y1 的第1版，或者紧挨着它以前写入的 S1 的第1版，与写入时不同。",
        "附件的登记读不出来，附件没有核对。",
    ]
    assert kept("backup", now=LATER).code == 0


def test_many_altered_versions_are_counted_and_the_first_twenty_named(kept: Run) -> None:
    for number in range(11):
        kept("record", "meeting", "--kind", "党员大会", "--date", "2026-03-06", "--topic", f"第{number}项")
        kept("record", "meeting", "--kind", "支委会", "--date", "2026-03-07", "--topic", f"第{number}项")
    altered("UPDATE versions SET reason = 'x'")
    lines = kept("verify").err.splitlines()
    versions = int(kept("verify").out.partition("共")[2].partition("个")[0])
    assert lines[0] == f"错误：台账核对出{versions}处不符："
    assert len(lines) == 1 + 20 + 1 + 1
    assert lines[-2] == f"……还有{versions - 20}处。"


def test_a_vanished_attachment_is_named(kept: Run) -> None:
    Path("zhibu.db.附件/S1-Y1-签到表.pdf").unlink()
    assert "附件 Y1 签到表.pdf（S1）不在附件文件夹里。" in kept("verify").err


def test_a_code_noted_at_the_handover_is_found_again_later(kept: Run) -> None:
    noted = code_in(kept("verify").out)
    assert f"记下校验码 {noted} 时的内容原样都在，以后没有再写入。" in kept("verify", "--expect", noted).out
    kept("void", "S1", "--reason", "重复", now=LATER)
    for typed in (noted, noted.replace("-", ""), noted.upper(), noted.replace("-", "　")):
        answer = kept("verify", "--expect", typed)
        assert answer.code == 0
        assert "时的内容原样都在，以后又写入1个版本。" in answer.out


def test_the_list_of_a_handover_bears_the_code_of_its_moment(kept: Run) -> None:
    assert kept("report", "移交清单", "--format", "md", "-o", "移交.md").code == 0
    words = Path("移交.md").read_text(encoding="utf-8")
    assert f"校验码{code_in(kept('verify').out)}" in words


def test_a_code_of_another_state_is_a_problem(kept: Run) -> None:
    answer = kept("verify", "--expect", "0000-0000-0000-0000")
    assert answer.code == 11
    assert "所写的校验码不是这个台账任何时候的校验码" in answer.err


@pytest.mark.parametrize("text", ["3f2a", "3f2a-91bc-07de-44cx", "", "校验码"])
def test_what_is_no_code_is_refused(kept: Run, text: str) -> None:
    answer = kept("verify", "--expect", text)  # an empty one too: it was asked about, and must not pass
    assert answer.code == 12
    assert f"“{text}”不是校验码。" in answer.err


def test_a_backup_holds_the_ledger_and_all_that_belongs_to_it(kept: Run) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        about = json.loads(archive.read("备份说明.json"))
        assert archive.read("台账.db.附件/S1-Y1-签到表.pdf") == b"%PDF invented"
    assert (about["format"], about["version"], about["made_by"]) == ("zhibu-backup", 1, "王芳")
    assert about["made_at"] == "2026-03-09T10:30:00"
    assert list(about["files"]) == [
        "台账.db",
        "台账.db.附件/S1-Y1-签到表.pdf",
        "台账.db.模板/会议记录.md.j2",
        "local.toml",
    ]
    assert about["files"]["台账.db.附件/S1-Y1-签到表.pdf"]["size"] == 13
    assert kept("log").out == f"2026-03-09 10:30　王芳　备份　{ARCHIVE.name}\n"


def test_an_archive_unpacked_by_hand_is_a_ledger_with_its_attachments(kept: Run) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        archive.extractall("旧")
    answer = kept("verify", "--db", "旧/台账.db")
    assert (answer.code, code_in(answer.out)) == (0, code_in(kept("verify").out))


def test_a_backup_tells_its_size_its_code_and_that_it_is_confidential(kept: Run) -> None:
    answer = kept("backup", "-o", ".", now=LATER)
    assert answer.code == 0
    first, second = answer.out.splitlines()
    assert first.startswith("已备份到 zhibu-备份-20260310-090000.zip（")
    assert first.endswith("）：台账3个版本，附件等3个文件。")
    assert second == f"校验码：{code_in(kept('verify').out)}"
    assert "谈话内容和证件号" in answer.err


def test_a_backup_is_made_while_somebody_is_about_to_write(
    kept: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    impatient(monkeypatch)
    with closing(sqlite3.connect("zhibu.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = kept("backup", now=LATER)
    assert answer.code == 0
    assert "这次备份没有记入台账日志" in answer.err
    Path("新").mkdir()
    assert kept("restore", "zhibu-备份-20260310-090000.zip", "--yes", "--db", "新/a.db").code == 0


@pytest.mark.parametrize(
    ("out", "code", "words"),
    [
        (ARCHIVE.name, 15, "备份不覆盖已有的文件；请换一个文件名。"),
        ("没有的文件夹", 12, "没有文件夹“没有的文件夹”，也不是 .zip 文件名。"),
        ("备份.db", 12, "也不是 .zip 文件名。"),
        ("机密★.zip", 16, "密级标志"),
        ("zhibu.db.附件/备份.zip", 12, "存附件的文件夹"),
    ],
)
def test_a_backup_that_cannot_be_written_changes_nothing(kept: Run, out: str, code: int, words: str) -> None:
    before = Path("zhibu.db").read_bytes()
    files = sorted(Path().rglob("*"))
    answer = kept("backup", "-o", out)
    assert answer.code == code
    assert words in answer.err
    assert Path("zhibu.db").read_bytes() == before
    assert sorted(Path().rglob("*")) == files


def test_what_a_name_may_hold_comes_back_from_a_backup(kept: Run) -> None:
    name = "签到　表\u200b（第 1 次）。.pdf"  # a full-width blank and one without width, as chats send them
    Path(name).write_bytes(b"%PDF as sent")
    assert kept("attach", "S1", name).code == 0
    assert kept("backup", now=LATER).code == 0
    Path("新").mkdir()
    answer = kept("restore", "zhibu-备份-20260310-090000.zip", "--yes", "--db", "新/a.db")
    assert answer.code == 0, answer.err
    assert Path(f"新/a.db.附件/S1-Y2-{name}").read_bytes() == b"%PDF as sent"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no such names")
@pytest.mark.parametrize("name", ["会议:记录.md.j2", "说明?.txt", "稿.", " 稿", "NUL.txt", "a\\b"])
def test_a_name_that_could_not_be_put_back_is_told_before_the_backup(kept: Run, name: str) -> None:
    Path("zhibu.db.模板", name).write_text("x", encoding="utf-8")
    before = Path("zhibu.db").read_bytes()
    answer = kept("backup", now=LATER)
    assert answer.code == 12
    assert f"“{name}”" in answer.err
    assert len(answer.err.splitlines()) == 2
    assert Path("zhibu.db").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="links take a right of their own there")
def test_what_is_no_file_is_told_to_be_left_out(kept: Run) -> None:
    Path("zhibu.db.附件/子夹").mkdir()
    Path("zhibu.db.附件/子夹/讲稿.txt").write_text("x", encoding="utf-8")
    Path("别处").mkdir()
    Path("zhibu.db.附件/链").symlink_to(Path("别处").absolute())
    Path("zhibu.db.附件/断链.pdf").symlink_to("没有.pdf")
    answer = kept("backup", now=LATER)
    assert answer.code == 0
    assert "附件等4个文件" in answer.out
    assert "注意：没有备份 断链.pdf、链：不是普通文件（链接等），请另行保存。" in answer.err


def test_a_backup_that_was_not_made_is_not_in_the_log(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("zhibu_cli.store.bundle.write", full)
    before = Path("zhibu.db").read_bytes()
    answer = kept("backup", now=LATER)
    assert answer.code == 19
    assert "备份没有写成：磁盘空间不足。" in answer.err
    assert Path("zhibu.db").read_bytes() == before


def test_a_file_that_cannot_be_read_is_named(kept: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Path.cwd() / "zhibu.db.附件/S1-Y1-签到表.pdf"
    opens = Path.open

    def locked(path: Path, *args: Any, **more: Any) -> Any:
        if path == sheet:
            raise PermissionError(errno.EACCES, "Permission denied", str(sheet))
        return opens(path, *args, **more)

    monkeypatch.setattr(Path, "open", locked)
    answer = kept("backup", now=LATER)
    assert answer.code == 19
    assert f"备份没有写成：没有权限（{sheet}）。" in answer.err


def test_a_ledger_with_problems_is_backed_up_and_the_problems_told(kept: Run) -> None:
    altered("UPDATE versions SET reason = 'x' WHERE id = 'S1'")
    answer = kept("backup", now=LATER)
    assert answer.code == 0
    assert "注意：S1 的第1版" in answer.err
    assert "备份照原样存了" in answer.err


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
    Path(".zhibu-left").mkdir()
    answer = kept("list")
    assert answer.code == 10
    assert f"旁边有 {ASIDE}：上次恢复没有做完的，请再执行一次 zhibu restore，或者把它改回原名。" in answer.err
    assert f"旁边有 {ASIDE}" in kept("list", "--db", "zhibu.db").err
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert "上次恢复中断留下的" in answer.err
    assert ".zhibu-left" in answer.err
    assert Path(".zhibu-left").exists()


def test_two_restores_in_one_second_keep_both_earlier_ledgers(kept: Run) -> None:
    assert kept("restore", str(ARCHIVE), "--yes", now=LATER).code == 0
    answer = kept("restore", str(ARCHIVE), "--yes", now=LATER)
    assert answer.code == 0, answer.err
    assert kept("verify", "--db", ASIDE).code == 0
    assert kept("verify", "--db", "zhibu-恢复前-20260310-090000-2.db").code == 0


def test_another_ledger_in_its_place_is_said_to_be_another(kept: Run) -> None:
    kept("init", "--name", "乙支部", "--founded", "2019-05-01", "--db", "乙.db")
    answer = kept("restore", str(ARCHIVE), "--yes", "--db", "乙.db", now=LATER)
    assert "现有：乙.db，乙支部；不是这份备份之后的同一个台账。会改名留下。" in answer.out
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
