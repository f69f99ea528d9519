"""Days and times cut short: without a year, with a dot, counted from 1904, begin and end in one cell."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from tests.exchange.habits import HEAD, of, told
from tests.exchange.sheets import payloads, read

from zhibu_cli.text import parse_clocks, parse_moment

if TYPE_CHECKING:
    from pathlib import Path


# Serial numbers of a book that counts from 1904: 2025-03-05 is 44,259 days after 1904-01-01.


def test_a_serial_number_of_a_book_that_counts_from_1904_is_read_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path), {"date_1904": True})
    sheet = book.add_worksheet("组织生活")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ["党课", 44259, "常规格式"])
    sheet.write_row(2, 0, ["党课", 20250306, "连写"])
    sheet.write(3, 0, "党课")
    sheet.write_datetime(3, 1, datetime(2025, 3, 7), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    assert [row["date"] for row in payloads(read(path))] == ["2025-03-05", "2025-03-06", "2025-03-07"]


# Dates without a year


def test_a_year_taken_from_a_name_is_told_as_an_assumption(tmp_path: Path) -> None:
    batch = of(tmp_path, [HEAD, ["党课", "3月5日", "a"], ["党课", "2025-04-09", "b"]], file="2025年台账.xlsx")
    assert [row["date"] for row in payloads(batch)] == ["2025-03-05", "2025-04-09"]
    (note,) = told(batch, "没有写全")
    assert "有1处日期没有写全，按文件名“2025年台账”补上：第2行“3月5日”读作2025-03-05" in note


@pytest.mark.parametrize(
    ("sheet", "title", "file", "said"),
    [
        ("2025年组织生活", "2024年组织生活", "a.xlsx", "标题“2024年组织生活”写的是2024年"),
        ("2025年组织生活", "", "2024年台账.xlsx", "文件名“2024年台账”写的是2024年"),
    ],
)
def test_names_that_disagree_about_the_year_complete_no_date(
    tmp_path: Path, sheet: str, title: str, file: str, said: str
) -> None:
    rows = [[title]] * bool(title) + [HEAD, ["党课", "3月5日", "a"], ["党课", "2025-04-09", "b"]]
    batch = of(tmp_path, rows, sheet, file)
    (problem,) = batch.problems
    assert problem.column == f"日期（B{2 + bool(title)}）"
    assert "“3月5日”没有写全" in problem.message
    assert "表名“2025年组织生活”写的是2025年" in problem.message
    assert said in problem.message


def test_a_weekday_that_contradicts_the_completed_date_is_a_problem(tmp_path: Path) -> None:
    batch = of(
        tmp_path, [HEAD, ["党课", "3月5日（周三）", "a"], ["党课", "3月6日（周一）", "b"]], "2025年组织生活"
    )
    assert [row["date"] for row in payloads(batch)] == ["2025-03-05"]
    (problem,) = batch.problems
    assert "写的是星期一，那天却是星期四" in problem.message
    assert "年份取自表名“2025年组织生活”" in problem.message


# Times from and to


@pytest.mark.parametrize(
    ("cell", "begin", "end"),
    [
        ("15:00-16:30", "15:00", "16:30"),
        ("15：00—16：30", "15:00", "16:30"),
        ("15:00～16:30", "15:00", "16:30"),
        ("下午3点至4点半", "15:00", "16:30"),
        ("上午9点到11点", "09:00", "11:00"),
        ("上午11点至下午2点", "11:00", "14:00"),
    ],
)
def test_one_cell_may_say_when_a_meeting_began_and_ended(
    tmp_path: Path, cell: str, begin: str, end: str
) -> None:
    rows = [["类型", "会议日期", "会议时间"], ["党课", "2025-03-05", cell]]
    (payload,) = payloads(of(tmp_path, rows))
    assert (payload["start"], payload["end"]) == (begin, end)


def test_a_meeting_does_not_end_before_it_began() -> None:
    assert parse_clocks("16:30-15:00") is None
    assert parse_clocks("上午11:00-1:00") is None
    assert parse_moment("2025年3月5日 16:30-15:00") is None


def test_what_is_said_of_the_begin_holds_for_the_end_beside_a_date_too() -> None:
    found = parse_moment("2025年3月5日 下午3点至4点半")
    assert found is not None
    assert [str(at) for at in found] == ["2025-03-05", "15:00:00", "16:30:00"]


# Dates with a dot


@pytest.mark.parametrize(
    ("cell", "day"), [("3.6", "2025-03-06"), ("3.10", "2025-03-10"), (3.6, "2025-03-06")]
)
def test_a_day_with_a_dot_is_completed_where_no_zero_can_be_lost(
    tmp_path: Path, cell: str | float, day: str
) -> None:
    batch = of(tmp_path, [HEAD, ["党课", cell, "a"]], "2025年组织生活")
    assert [row["date"] for row in payloads(batch)] == [day]
    assert told(batch, f"第2行“{cell}”读作{day}")


@pytest.mark.parametrize("cell", ["3.1", 3.1, "3.3", "13.6", "3.40"])
def test_a_dot_behind_which_a_zero_may_be_lost_is_a_problem(tmp_path: Path, cell: str | float) -> None:
    (problem,) = of(tmp_path, [HEAD, ["党课", cell, "a"]], "2025年组织生活").problems
    assert problem.column == "日期（B2）"
    assert f"“{cell}”" in problem.message


# The year of an appraisal is not the year in which it was held


def test_the_year_of_an_appraisal_completes_no_day(tmp_path: Path) -> None:
    head = ["姓名", "评定等次", "反馈日期"]
    rows = [["2024年度民主评议党员结果"], head, ["张三", "合格", "2月20日"]]
    (problem,) = of(tmp_path, rows, "民主评议").problems
    assert problem.column == "反馈日期（C3）"
    assert "缺少年份" in problem.message


def test_the_year_of_a_life_meeting_completes_no_day(tmp_path: Path) -> None:
    rows = [["2024年度组织生活会记录"], ["日期", "内容"], ["2月20日", "查摆问题"]]
    (problem,) = of(tmp_path, rows, "Sheet1").problems
    assert "“2月20日”缺少年份" in problem.message
