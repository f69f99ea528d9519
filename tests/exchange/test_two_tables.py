"""Two tables below each other in one sheet, and headings that say another kind than the title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.sheets import payloads, read, write

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.exchange.draft import Batch

HEAD = ["日期", "地点", "主题", "主持人", "记录人", "内容", "应到", "实到"]
WIDER = ["日期", "地点", "主题", "主讲人", "记录人", "内容", "应到", "实到", "学时", "备注"]
TALKS = ["日期", "谈话人", "谈话对象", "谈话类型", "谈话内容"]


def meeting(day: str, theme: str = "学习文件") -> list[Any]:
    return [day, "三楼", theme, "张三", "李四", "读了文件。", 8, 8]


def of(folder: Path, rows: list[list[Any]], name: str = "台账") -> Batch:
    return read(write(folder / "a.xlsx", {name: rows}))


MEETINGS = [meeting(f"2024-03-{day:02}") for day in range(1, 11)]
LECTURE = ["2024-03-29", "三楼", "党史", "王五", "赵六", "听了课。", 8, 8, 2, ""]


@pytest.mark.parametrize("count", [2, 10, 30])
@pytest.mark.parametrize("second", [WIDER, TALKS, [*HEAD[:3], "主讲人", *HEAD[4:]], HEAD[1::-1] + HEAD[2:]])
@pytest.mark.parametrize("sheet", ["台账", "党员大会", "2024年"])
def test_a_second_table_with_other_columns_is_a_problem_that_names_both_headers(
    tmp_path: Path, count: int, second: list[Any], sheet: str
) -> None:
    rows = (MEETINGS * 3)[:count]
    batch = of(tmp_path, [["党员大会"], HEAD, *rows, [], ["党课"], second, LECTURE], sheet)
    assert batch.drafts == ()
    (problem,) = batch.problems
    assert problem.sheet == sheet
    assert problem.row == count + 5
    assert f"第2行是一行表头，第{count + 5}行又是一行表头" in problem.message
    assert "请把两张表分到两个工作表" in problem.message


def test_the_same_header_once_more_is_skipped(tmp_path: Path) -> None:
    batch = of(
        tmp_path, [["党员大会"], HEAD, *MEETINGS[:2], ["党员大会（续）"], HEAD, MEETINGS[2]], "党员大会"
    )
    assert batch.problems == ()
    assert [one["date"] for one in payloads(batch)] == ["2024-03-01", "2024-03-02", "2024-03-03"]


def test_a_heading_says_the_kind_rather_than_the_title(tmp_path: Path) -> None:
    rows = [["支部党员大会记录"], HEAD, *MEETINGS[:2], [], ["党小组会记录"], HEAD, MEETINGS[2]]
    batch = of(tmp_path, rows, "2024年")
    assert batch.problems == ()
    assert [one["kinds"] for one in payloads(batch)] == [["general_meeting"]] * 2 + [["group_meeting"]]


def test_a_heading_says_the_standing_rather_than_the_sheet(tmp_path: Path) -> None:
    head = ["姓名", "入党时间"]
    rows = [head, ["张三", "2001-07-01"], ["预备党员"], ["李四", "2024-07-01"]]
    batch = of(tmp_path, rows, "正式党员名册")
    assert [one["status"] for one in payloads(batch)] == ["full", "probationary"]
