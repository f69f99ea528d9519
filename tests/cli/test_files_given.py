"""Files named on the command line: what is read must be a text, what is written an ordinary file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.textfile import MOST_BYTES, read_text
from zhibu_cli.errors import InputError

if TYPE_CHECKING:
    from tests.cli.conftest import Run

LECTURE = ("record", "lecture", "--date", "3月5日", "--content-file")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("学习文件".encode(), "学习文件"),
        ("学习文件".encode("utf-8-sig"), "学习文件"),
        ("学习文件".encode("gbk"), "学习文件"),
        ("一\r\n二\t三\f".encode(), "一\r\n二\t三\f"),
        (b"", ""),
    ],
)
def test_a_text_is_read_in_the_encodings_of_usual_editors(tmp_path: Path, data: bytes, text: str) -> None:
    path = tmp_path / "内容.txt"
    path.write_bytes(data)
    assert read_text(path) == text


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00word/document.xml",
        "学习".encode("utf-16"),
        b"\xff\xfe\xfd\xfc\xfb\xfa",
        b"\x01\x02\x03\x04\x05\x06\x07\x08abc",
    ],
)
def test_what_is_no_text_is_refused_and_nothing_is_recorded(branch: Run, data: bytes) -> None:
    Path("内容.txt").write_bytes(data)
    answer = branch(*LECTURE, "内容.txt")
    assert answer.code == 12
    assert "不是文本文件" in answer.err
    assert "没有符合的记录" in branch("list").out


def test_a_text_up_to_the_limit_is_read_and_a_longer_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "内容.txt"
    path.write_bytes(b"a" * MOST_BYTES)
    assert len(read_text(path)) == MOST_BYTES
    path.write_bytes(b"a" * (MOST_BYTES + 1))
    with pytest.raises(InputError, match="超过1MB"):
        read_text(path)


@pytest.mark.skipif(sys.platform == "win32", reason="no such files")
def test_a_device_or_pipe_is_refused_unread(branch: Run) -> None:
    os.mkfifo("管道")
    for name in ("/dev/zero", "管道", "."):
        answer = branch(*LECTURE, name)
        assert answer.code == 12, name
        assert "不是普通文件" in answer.err


@pytest.mark.parametrize(
    "argv",
    [
        (*LECTURE, "机密★.txt"),
        ("check", "-o", "机密★.md"),
        ("check", "-o", "机密 ★1年/核对.md"),
        ("export", "-o", "机密★.xlsx"),
        ("init", "--name", "乙", "--founded", "2015-06-01", "--db", "机密★.db"),
        ("import", "名册.xlsx", "--db", "机密★.db"),
        ("report", "--quarter", "2025Q4", "-o", "机密★"),
        ("demo", "机密★"),
    ],
)
def test_a_name_with_a_classification_mark_is_refused(branch: Run, argv: tuple[str, ...]) -> None:
    Path("机密★.txt").write_text("学习", encoding="utf-8")
    before = sorted(Path().iterdir())
    answer = branch(*argv)
    assert answer.code == 16
    assert "密级标志“机密" in answer.err
    assert sorted(Path().iterdir()) == before


def test_a_name_with_the_bare_word_is_an_ordinary_name(branch: Run) -> None:
    assert branch("check", "-o", "保密教育.md", "--fail-on", "never").code == 0
    assert Path("保密教育.md").exists()


def test_names_are_taken_with_the_quotes_they_were_pasted_with(branch: Run) -> None:
    Path("我的 记录.txt").write_text("学习党章", encoding="utf-8")
    assert branch(*LECTURE, '"我的 记录.txt"').code == 0
    assert branch("export", "-o", "“台账 1.json”").code == 0
    assert branch("import", "'台账 1.json'", "--db", '"zhibu.db"', "--dry-run").code == 0
    assert Path("台账 1.json").exists()
