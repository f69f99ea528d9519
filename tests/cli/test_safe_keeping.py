"""``verify`` and ``backup``."""

from __future__ import annotations

import errno
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.keeping import ARCHIVE, LATER, altered, code_in, impatient

if TYPE_CHECKING:
    from tests.cli.conftest import Run


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
