from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.sheets import MEMBER_HEAD, SITTING_HEAD, payloads, places, read, write

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[list[Any]]


def test_ten_unreadable_cells_give_ten_problems_with_sheet_row_and_column(tmp_path: Path) -> None:
    path = write(
        tmp_path / "台账.xlsx",
        {
            "党员名册": [
                [*MEMBER_HEAD, "性别", "是否领导干部"],
                ["张三", "12月份", "正式", "男", "是"],
                ["李四", "2001-07-01", "群众", "未知", "也许"],
            ],
            "组织生活": [
                [*SITTING_HEAD, "开始时间", "学时", "所属年度"],
                ["1", "茶话会", "2026-02-30", "三楼", "若干", "12.5", "一早", "半天", "去年"],
                ["2", "党课", "2026-03-05", "三楼", 12, 12, "14:30", 1.5, 2026],
            ],
        },
    )
    batch = read(path)
    assert places(batch) == [
        ("党员名册", 2, "入党时间（B2）"),
        ("党员名册", 3, "党员类别（C3）"),
        ("党员名册", 3, "性别（D3）"),
        ("党员名册", 3, "是否领导干部（E3）"),
        ("组织生活", 2, "类型（B2）"),
        ("组织生活", 2, "日期（C2）"),
        ("组织生活", 2, "应到（E2）"),
        ("组织生活", 2, "实到（F2）"),
        ("组织生活", 2, "开始时间（G2）"),
        ("组织生活", 2, "学时（H2）"),
        ("组织生活", 2, "所属年度（I2）"),
    ]
    assert all(problem.file == "台账.xlsx" for problem in batch.problems)


def test_readable_but_wrong_rows_are_taken_in(tmp_path: Path) -> None:
    rows: Rows = [[*SITTING_HEAD, "主持人"], [1, "党课", "2099-01-01", "三楼", 5, 12, "查无此人"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert batch.problems == ()
    assert payloads(batch) == [
        {
            "kinds": ["lecture"],
            "date": "2099-01-01",
            "place": "三楼",
            "expected": 5,
            "present": 12,
            "chair": "查无此人",
        }
    ]


@pytest.mark.parametrize(
    "cell",
    [
        datetime(2026, 3, 5),
        date(2026, 3, 5),
        "2026年3月5日",
        "２０２６．３．５",
        46086,
        "46086",
        20260305,
        "2026-03-05 00:00:00",
    ],
)
def test_a_day_may_be_a_date_a_serial_number_or_text(tmp_path: Path, cell: Any) -> None:
    # 46086 days after 1899-12-30 is 2026-03-05
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": [MEMBER_HEAD, ["张三", cell, "正式"]]}))
    assert batch.problems == ()
    assert payloads(batch)[0]["joined"] == "2026-03-05"


@pytest.mark.parametrize("cell", [2026, 12.5, True, time(9, 30), "2026"])
def test_a_number_that_is_no_day_is_a_problem(tmp_path: Path, cell: Any) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": [MEMBER_HEAD, ["张三", cell, "正式"]]}))
    assert places(batch) == [("党员名册", 2, "入党时间（B2）")]


@pytest.mark.parametrize("cell", [time(14, 30), "14：30", "下午2点半", 0.6041666666666666])
def test_a_time_of_day_may_be_a_time_a_fraction_or_text(tmp_path: Path, cell: Any) -> None:
    rows: Rows = [["类型", "日期", "开始时间"], ["党课", "2026-03-05", cell]]
    assert payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))[0]["start"] == "14:30"


def test_a_time_beside_the_day_becomes_begin_and_end(tmp_path: Path) -> None:
    rows: Rows = [
        ["类型", "实际会议时间"],
        ["党课", "2026年3月5日 14:30-16:00"],
        ["党课", datetime(2026, 4, 1, 9, 0)],
    ]
    found = payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))
    assert found[0] == {"kinds": ["lecture"], "date": "2026-03-05", "start": "14:30", "end": "16:00"}
    assert found[1] == {"kinds": ["lecture"], "date": "2026-04-01", "start": "09:00"}


def test_a_time_that_has_no_place_is_told(tmp_path: Path) -> None:
    rows: Rows = [["日期", "谈话人", "谈话对象"], ["2026年3月5日 14:30", "张三", "李四"]]
    batch = read(write(tmp_path / "a.xlsx", {"谈心谈话": rows}))
    assert payloads(batch) == [{"date": "2026-03-05", "talkers": ["张三"], "partners": ["李四"]}]
    assert any("钟点" in note for note in batch.notes)


def test_numbers_of_a_spreadsheet_become_counts_and_texts(tmp_path: Path) -> None:
    rows: Rows = [[*MEMBER_HEAD, "手机号", "党小组"], ["张 三", "2001-07-01", "正式", 13800000000.0, 1.0]]
    found = payloads(read(write(tmp_path / "a.xlsx", {"党员名册": rows})))[0]
    assert found["name"] == "张三"
    assert found["phone"] == "13800000000"
    assert found["group"] == "1"


def test_an_id_number_kept_as_a_number_has_lost_digits_and_is_refused(tmp_path: Path) -> None:
    rows: Rows = [
        [*MEMBER_HEAD, "身份证号"],
        ["张三", "2001-07-01", "正式", 110101199001011237],
        ["李四", "2001-07-01", "正式", "110101199001011237"],
    ]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert places(batch) == [("党员名册", 2, "身份证号（D2）")]
    assert "文本" in batch.problems[0].message
    assert payloads(batch)[0]["id_number"] == "110101199001011237"


def test_an_error_value_or_a_formula_without_result_is_a_problem_not_an_empty_cell(tmp_path: Path) -> None:
    rows: Rows = [["类型", "日期", "地点", "实到"], ["党课", "2026-03-05", "#N/A", "=1+1"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert places(batch) == [("组织生活", 2, "地点（C2）"), ("组织生活", 2, "实到（D2）")]


def test_a_row_of_which_only_a_broken_cell_is_left_is_not_skipped(tmp_path: Path) -> None:
    rows: Rows = [["类型", "日期"], [None, "#DIV/0!"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert places(batch) == [("组织生活", 2, "日期（B2）"), ("组织生活", 2, "类型（A2）")]


def test_the_last_row_may_hold_nothing_but_formulas_without_result(tmp_path: Path) -> None:
    rows: Rows = [["类型", "日期"], ["党课", "2026-03-05"], ["=A2", "=B2"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert places(batch) == [("组织生活", 3, "类型（A3）"), ("组织生活", 3, "日期（B3）")]


def test_empty_required_cells_are_problems(tmp_path: Path) -> None:
    rows: Rows = [list(MEMBER_HEAD), ["张三", None, "正式"], [None, "2001-07-01", " "]]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert places(batch) == [
        ("党员名册", 2, "入党时间（B2）"),
        ("党员名册", 3, "姓名（A3）"),
        ("党员名册", 3, "党员类别（C3）"),
    ]


def test_a_committee_and_a_general_meeting_cannot_share_a_row(tmp_path: Path) -> None:
    rows: Rows = [["类型", "日期"], ["支委会、党员大会", "2026-03-05"], ["党员大会、主题党日", "2026-03-05"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert places(batch) == [("组织生活", 2, "类型（A2）")]
    assert payloads(batch)[0]["kinds"] == ["general_meeting", "theme_day"]


def test_the_forms_of_a_meeting_are_read(tmp_path: Path) -> None:
    rows: Rows = [
        ["类型", "日期", "形式"],
        ["组织生活会", "2026-03-05", "现场、党员大会"],
        ["组织生活会", "2026-03-06", "茶座"],
    ]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert payloads(batch)[0]["forms"] == ["on_site", "general"]
    assert places(batch) == [("组织生活", 3, "形式（C3）")]


def test_nobody_absent_is_an_empty_cell(tmp_path: Path) -> None:
    rows: Rows = [["类型", "日期", "缺席人员及原因", "列席"], ["党课", "2026-03-05", "无", "／"]]
    assert payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows}))) == [
        {"kinds": ["lecture"], "date": "2026-03-05"}
    ]


def test_a_row_that_is_set_aside_is_quoted_as_the_sheet_shows_it(tmp_path: Path) -> None:
    rows: Rows = [[*SITTING_HEAD], ["合计", "", "", "", 8.0, ""], ["小计", "", date(2026, 3, 5), "", "", ""]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert batch.problems == ()
    assert [note.rpartition("：")[2] for note in batch.notes] == ["“合计 8”", "“小计 2026-03-05”"]


@pytest.mark.parametrize("cell", [True, False, 0.5, 12, "0.5", "12"])
def test_a_truth_value_or_a_number_is_nobodys_name(tmp_path: Path, cell: Any) -> None:
    sheets: dict[str, Rows] = {
        "党员名册": [[*MEMBER_HEAD], [cell, "2001-07-01", "正式"]],
        "组织生活": [
            ["类型", "日期", "主持人", "出席人员", "缺席人员"],
            ["党课", "2026-03-05", cell, cell, cell],
        ],
        "职务任期": [["姓名", "职务", "任职时间"], [cell, "书记", "2024-01-10"]],
    }
    batch = read(write(tmp_path / "a.xlsx", sheets))
    assert payloads(batch) == []
    assert places(batch) == [
        ("党员名册", 2, "姓名（A2）"),
        ("组织生活", 2, "主持人（C2）"),
        ("组织生活", 2, "出席人员（D2）"),
        ("组织生活", 2, "缺席人员（E2）"),
        ("职务任期", 2, "姓名（A2）"),
    ]


def test_a_truth_value_is_no_observers_name_either(tmp_path: Path) -> None:
    rows: Rows = [["类型", "日期", "列席人员"], ["党课", "2026-03-05", True]]
    assert places(read(write(tmp_path / "a.xlsx", {"组织生活": rows}))) == [("组织生活", 2, "列席人员（C2）")]


def test_a_group_may_be_called_by_a_number_but_not_by_a_truth_value(tmp_path: Path) -> None:
    rows: Rows = [["党小组", "成立时间"], [1, "2020-01-01"], [True, "2020-01-01"]]
    batch = read(write(tmp_path / "a.xlsx", {"党小组": rows}))
    assert [payload["name"] for payload in payloads(batch)] == ["1"]
    assert places(batch) == [("党小组", 3, "党小组（A3）")]


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        (1980.5, "1980-05"),
        (1980.12, "1980-12"),
        (198505, "1985-05"),
        ("1985-05", "1985-05"),
        ("1990年3月", "1990-03"),
        (date(1985, 5, 12), "1985-05-12"),
        (31179, "1985-05-12"),
        ("1985.5.12", "1985-05-12"),
    ],
)
def test_a_roster_may_know_only_the_month_of_birth(tmp_path: Path, cell: Any, born: str) -> None:
    # 31179 days after 1899-12-30 is 1985-05-12
    rows: Rows = [[*MEMBER_HEAD, "出生年月"], ["张三", "2001-07-01", "正式", cell]]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert batch.problems == ()
    assert payloads(batch)[0]["born"] == born


@pytest.mark.parametrize("cell", [1980, 1980.1, "1980", "1980年", 1980.13, 12.5])
def test_less_than_a_month_of_birth_is_a_problem(tmp_path: Path, cell: Any) -> None:
    rows: Rows = [[*MEMBER_HEAD, "出生年月"], ["张三", "2001-07-01", "正式", cell]]
    assert places(read(write(tmp_path / "a.xlsx", {"党员名册": rows}))) == [("党员名册", 2, "出生年月（D2）")]


def test_the_month_of_joining_alone_is_a_problem_that_says_what_is_missing(tmp_path: Path) -> None:
    rows: Rows = [["姓名", "入党年月", "党员类别"], ["张三", "2005年6月", "正式"]]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert places(batch) == [("党员名册", 2, "入党年月（B2）")]
    assert "缺少日" in batch.problems[0].message
