"""``zhibu report --minutes``: the record as it is tells which paper it is.

The branch of conftest on Monday 9 March 2026.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

MEETING = ("--kind", "支部党员大会", "--date", "3月6日", "--content", "讨论年度安排。")
TALK = ("--date", "3月5日", "--talker", "张三", "--partner", "李四", "--paper-at", "文件柜")


def test_a_sitting_gets_minutes_and_a_talk_its_own_form(branch: Run, tmp_path: Path) -> None:
    assert branch("record", "meeting", *MEETING).code == 0
    assert branch("record", "talk", *TALK).code == 0
    minutes = branch("report", "--minutes", "S1", "-o", str(tmp_path / "a.md"))
    assert "〔待补：主持人〕" in minutes.out
    assert "支部党员大会记录" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert branch("report", "--record", "T1", "-o", str(tmp_path / "b.md")).code == 0
    assert "内容只留纸质记录，存放于文件柜" in (tmp_path / "b.md").read_text(encoding="utf-8")


def test_a_number_that_no_record_bears_is_named(branch: Run, tmp_path: Path) -> None:
    answer = branch("report", "--minutes", "S99", "-o", str(tmp_path / "a.md"))
    assert answer.code == 14
    assert "没有编号为“S99”的记录" in answer.err
