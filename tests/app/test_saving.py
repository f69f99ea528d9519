"""Where files may be written, and that of several none is written where one cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.saving import must_be_writable, save
from zhibu_cli.errors import ExistsError, InputError, LedgerBusyError

if TYPE_CHECKING:
    from pathlib import Path


def refused(target: Path, *, own_template: bool = False) -> str:
    with pytest.raises(InputError) as caught:
        must_be_writable([target], [], overwrite=True, own_template=own_template)
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a:b.docx", "“a:b.docx”不能作文件名：文件名里不能有"),
        ("a?.docx", "不能有"),
        ("a|b.docx", "不能有"),
        ("a\x07b.docx", "“a〔控制字符〕b.docx”不能作文件名"),
        ("CON.docx", "留给设备"),
        ("nul", "留给设备"),
        ("com1.报告.docx", "留给设备"),
        ("尾点.", "不能以句点或空格结尾"),
        ("夹子 /报告.docx", "不能以句点或空格结尾"),
        ("aux/报告.docx", "留给设备"),
        (" .docx", "没有名字"),
    ],
)
def test_a_name_that_windows_does_not_take_is_refused_everywhere(
    tmp_path: Path, name: str, told: str
) -> None:
    assert told in refused(tmp_path / name)


@pytest.mark.parametrize("name", ["报告.docx", "console.docx", "2025年 第四季度.md", "a.b.docx", "新夹/报告"])
def test_other_names_are_taken(tmp_path: Path, name: str) -> None:
    must_be_writable([tmp_path / name], [], overwrite=False)


def test_what_the_ledger_keeps_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "zhibu.db").write_bytes(b"SQLite format 3\0...")
    (tmp_path / "zhibu.db.附件" / "2026").mkdir(parents=True)
    (tmp_path / "zhibu.db.模板").mkdir()
    assert "存附件的文件夹" in refused(tmp_path / "zhibu.db.附件" / "2026" / "签到.docx")
    assert "存附件的文件夹" in refused(tmp_path / "zhibu.db.附件" / "签到.docx", own_template=True)
    assert "存模板的文件夹" in refused(tmp_path / "zhibu.db.模板" / "季报.docx")
    must_be_writable([tmp_path / "zhibu.db.模板" / "季报.docx"], [], overwrite=True, own_template=True)
    must_be_writable([tmp_path / "别的.模板" / "季报.docx"], [], overwrite=True)


def test_no_ledger_is_written_over_whatever_its_name(tmp_path: Path) -> None:
    (tmp_path / "去年.docx").write_bytes(b"SQLite format 3\0...")
    assert "数据库文件" in refused(tmp_path / "去年.docx")


def test_a_file_that_is_there_needs_a_word(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("旧", encoding="utf-8")
    with pytest.raises(ExistsError, match=r"a\.md"):
        must_be_writable([tmp_path / "a.md"], [], overwrite=False)


def test_where_the_second_file_cannot_be_written_the_first_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("旧", encoding="utf-8")
    (tmp_path / "b.docx").mkdir()
    with pytest.raises(LedgerBusyError, match=r"b\.docx"):
        save({tmp_path / "a.md": b"new", tmp_path / "c.md": b"new", tmp_path / "b.docx": b"new"})
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "旧"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.docx"]


def test_files_are_replaced_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("旧", encoding="utf-8")
    save({tmp_path / "a.md": b"1", tmp_path / "b.md": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.md": b"1", "b.md": b"2"}
