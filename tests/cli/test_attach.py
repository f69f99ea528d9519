"""``zhibu attach`` and what ``show`` says of the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.once import once
from tests.pictures import photo

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
@once
def meeting(branch: Run) -> Run:
    """The branch with the meeting S1 and a file of each sort in the folder."""
    made = branch("record", "meeting", "--kind", "党员大会", "--date", "2026-03-05", "--start", "14:30")
    assert made.code == 0, made.err
    Path("签到表.pdf").write_bytes(b"%PDF invented")
    Path("现场.jpg").write_bytes(photo())
    Path("机密文件管理.pdf").write_bytes(b"%PDF other")
    return branch


def test_files_are_attached_told_and_shown(meeting: Run) -> None:
    answer = meeting("attach", "s1", "签到表.pdf", '"现场.jpg"')
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "已附上 Y1　签到表　签到表.pdf → S1",
        "已附上 Y2　照片　现场.jpg → S1　拍摄时间 2026年3月5日 14:41",
    ]
    shown = meeting("show", "S1").out.splitlines()
    start = shown.index("附件（在“zhibu.db.附件”文件夹）：")
    assert shown[start + 1] == "  Y1　签到表　签到表.pdf（13 B）"
    assert shown[start + 2].startswith(
        "  Y2　照片　现场.jpg（110 B）　拍摄时间 2026年3月5日 14:41；记录的时间"
    )


def test_a_file_that_is_not_what_its_name_says_is_kept_with_a_notice(meeting: Run) -> None:
    Path("假.jpg").write_bytes(b"just words")
    answer = meeting("attach", "S1", "假.jpg", "签到表.pdf")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "已附上 Y1　照片　假.jpg → S1",
        "注意：假.jpg 看起来不是图片，请打开看看是否附错。",
        "已附上 Y2　签到表　签到表.pdf → S1",
    ]


def test_the_same_file_again_is_said_to_be_there(meeting: Run) -> None:
    meeting("attach", "S1", "签到表.pdf")
    Path("另存.pdf").write_bytes(b"%PDF invented")
    answer = meeting("attach", "S1", "签到表.pdf", "另存.pdf")
    assert answer.out.splitlines() == [
        "签到表.pdf 已在 S1 的附件中（Y1），没有重复存放。",
        "另存.pdf 已在 S1 的附件中（Y1 签到表.pdf），没有重复存放。",
    ]


def test_a_copy_that_was_altered_is_told_and_left_as_it_is(meeting: Run) -> None:
    meeting("attach", "S1", "签到表.pdf")
    copy = Path("zhibu.db.附件/S1-Y1-签到表.pdf")
    copy.write_bytes(b"%PDF altered")
    answer = meeting("attach", "S1", "签到表.pdf")
    assert "S1-Y1-签到表.pdf 已与附上时不同，没有覆盖；请把它移出附件文件夹，再附一次。" in answer.out
    assert copy.read_bytes() == b"%PDF altered"
    copy.unlink()
    assert "原来的副本不见了，已补存" in meeting("attach", "S1", "签到表.pdf").out
    assert copy.read_bytes() == b"%PDF invented"


def test_bare_words_in_a_name_are_asked_about_at_a_terminal_before_anything_is_stored(meeting: Run) -> None:
    refused = meeting("attach", "S1", "机密文件管理.pdf", typed=["n"])
    assert refused.code == 130
    assert not Path("zhibu.db.附件").exists()
    assert meeting("attach", "S1", "机密文件管理.pdf", typed=["y"]).code == 0


def test_bare_words_in_a_script_are_a_warning(meeting: Run) -> None:
    answer = meeting("attach", "S1", "机密文件管理.pdf")
    assert answer.code == 0
    assert "注意：文字里有“机密文件管理.p”。不得录入国家秘密、工作秘密。" in answer.err


def test_a_marked_name_has_its_own_code_and_leaves_nothing(meeting: Run) -> None:
    Path("秘密★.pdf").write_bytes(b"%PDF")
    answer = meeting("attach", "S1", "签到表.pdf", "秘密★.pdf")
    assert answer.code == 16
    assert not Path("zhibu.db.附件").exists()


def test_an_error_is_told_in_chinese_with_what_to_do(meeting: Run) -> None:
    answer = meeting("attach", "S1", "没有.pdf")
    assert answer.code == 12
    assert answer.err.splitlines() == [
        "错误：附件没有存，问题如下：",
        "找不到“没有.pdf”。",
        "提示：请改正后再附；台账没有改动。",
    ]


def test_an_attachment_s_kind_is_amended_like_any_other_field(meeting: Run) -> None:
    meeting("attach", "S1", "现场.jpg")
    answer = meeting("amend", "Y1", "--kind", "签到表", "--reason", "是签到表的照片")
    assert answer.code == 0, answer.err
    assert "  类别：照片 → 签到表" in answer.out
    assert "Y1　签到表　现场.jpg" in meeting("show", "S1").out


def test_a_folder_that_takes_no_folder_is_told_in_two_lines(meeting: Run) -> None:
    Path("zhibu.db.附件").write_bytes(b"a file where the folder should be")
    answer = meeting("attach", "S1", "签到表.pdf")
    assert answer.code == 19
    error, hint = answer.err.splitlines()
    assert error.startswith("错误：附件没有存上：")
    assert hint == "提示：请检查磁盘空间和文件夹权限后再试；台账没有改动。"
    assert "附件" not in meeting("show", "S1").out
