"""``zhibu find`` as it is typed and read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.once import once

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.fixture
@once
def life(branch: Run) -> Run:
    """S1 and S2, theme days on 3 February and 4 March 2026."""
    for day, theme in (("2026-02-03", "参观档案馆"), ("2026-03-04", "义务植树")):
        made = branch("record", "theme-day", "--date", day, "--theme", theme)
        assert made.code == 0, made.err
    return branch


def test_hits_are_told_with_number_day_kind_and_place(life: Run) -> None:
    answer = life("find", "档案")
    assert answer.code == 0
    assert answer.out.splitlines() == ["S1　2026-02-03　主题党日", "  主题：参观【档案】馆", "共 1 条"]


def test_the_newest_comes_first_within_the_days_asked_for(life: Run) -> None:
    assert [line[:2] for line in life("find", "主题党日").out.splitlines() if line[0] == "S"] == ["S2", "S1"]
    assert "S1" not in life("find", "主题党日", "--from", "2026-03-01").out
    assert "S2" not in life("find", "主题党日", "--to", "2月28日").out
    assert life("find", "主题党日", "--year", "2025").out == "没有找到。\n"


def test_characters_that_only_look_alike_are_found_both_ways(life: Run) -> None:
    made = life("record", "theme-day", "--date", "2026-03-06", "--theme", "\u2f29组学\u2f42件A")
    assert made.code == 0, made.err
    for word in ("小组学文件", "\u2f29组学", "文件a"):
        assert life("find", word).out.splitlines()[-1] == "共 1 条", word
    life("record", "theme-day", "--date", "2026-03-07", "--theme", "见面座谈")
    assert life("find", "\u2ec5\u2faf座谈").out.splitlines()[1] == "  主题：【见面座谈】"


def test_nothing_found_is_no_error(life: Run) -> None:
    answer = life("find", "游泳")
    assert (answer.code, answer.out) == (0, "没有找到。\n")


def test_more_than_fifty_are_counted_and_listed_on_demand(life: Run, tmp_path: Path) -> None:
    rows = [f"主题党日,2026-01-05,读书会之{number}" for number in range(51)]
    (tmp_path / "组织生活.csv").write_text("\n".join(["类型,日期,主题", *rows]), encoding="utf-8")
    assert life("import", "组织生活.csv", "--yes").code == 0
    lines = life("find", "读书会").out.splitlines()
    assert len(lines) == 101
    assert lines[-1] == "共 51 条，只列最近的 50 条；加 --all 全部列出"
    assert life("find", "读书会", "--all").out.splitlines()[-1] == "共 51 条"


def test_a_word_is_needed(life: Run) -> None:
    answer = life("find")
    assert answer.code == 2
    assert "缺少参数 文字" in answer.err
