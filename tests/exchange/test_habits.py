"""What secretaries do to their sheets: headings between rows, merged cells, hidden parts, template rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.exchange.habits import HEAD, of, told
from tests.exchange.sheets import payloads, places, read, write

from zhibu_cli.exchange.leaving import template_word

if TYPE_CHECKING:
    from pathlib import Path


# Headings


def test_a_heading_says_what_the_rows_below_it_are(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["序号", "日期", "议题"],
        ["第一季度"],
        ["一、支部党员大会"],
        [1, "2025-03-05", "学习"],
        ["二、支委会"],
        [1, "2025-03-06", "研究"],
    ]
    batch = of(tmp_path, rows, "三会一课台账")
    assert batch.problems == ()
    assert [row["kinds"] for row in payloads(batch)] == [["general_meeting"], ["committee_meeting"]]
    assert [sheet.left for sheet in batch.sheets] == [(("是分段的标题", 3),)]
    assert told(batch, "第5行是分段的标题（以下各行没有写类型的，记作“支部委员会”）")


def test_a_heading_without_a_kind_ends_what_the_one_before_said(tmp_path: Path) -> None:
    rows = [["日期", "议题"], ["一、党课"], ["2025-03-05", "讲课"], ["二、其他活动"], ["2025-03-06", "座谈"]]
    batch = of(tmp_path, rows, "三会一课台账")
    assert [(problem.row, problem.column) for problem in batch.problems] == [(5, "类型")]
    assert "看不出类型" in batch.problems[0].message


def test_what_a_row_says_itself_comes_before_its_heading(tmp_path: Path) -> None:
    rows = [HEAD, ["一、支部党员大会"], ["党课", "2025-03-05", "a"], ["", "2025-03-06", "b"]]
    kinds = [row["kinds"] for row in payloads(of(tmp_path, rows))]
    assert kinds == [["lecture"], ["general_meeting"]]


def test_a_heading_that_names_a_group_holds_for_group_meetings(tmp_path: Path) -> None:
    rows = [HEAD, ["", "第一党小组"], ["党小组会", "2025-03-05", "a"], ["党课", "2025-03-06", "b"]]
    first, second = payloads(of(tmp_path, rows))
    assert first["group"] == "第一党小组"
    assert "group" not in second


def test_a_lone_kind_in_its_own_column_is_a_record_that_lacks_the_rest(tmp_path: Path) -> None:
    assert places(of(tmp_path, [HEAD, ["党课"]])) == [("组织生活", 2, "日期（B2）")]


# Merged cells, hidden parts


def merged_and_hidden(path: Path) -> Path:
    rows = [["日期", "类型", "内容"], ["2025-03-05", "党课", "a"], ["", "主题党日", "b"], ["", "", ""]]
    write(
        path,
        {"组织生活": [*rows, ["2025-03-06", "党课", "c"]], "旧台账": [HEAD, ["党课", "2025-05-05", "d"]]},
    )
    book = openpyxl.load_workbook(path)
    book["组织生活"].merge_cells("A2:A4")
    book["组织生活"].row_dimensions[5].hidden = True
    book["旧台账"].sheet_state = "hidden"
    book.save(path)
    return path


def test_a_date_merged_over_several_rows_is_that_of_each_row_with_content(tmp_path: Path) -> None:
    batch = read(merged_and_hidden(tmp_path / "a.xlsx"))
    assert batch.problems == ()
    days = [(draft.row, draft.payload["date"]) for draft in batch.drafts]
    assert days == [(2, "2025-03-05"), (3, "2025-03-05"), (5, "2025-03-06"), (2, "2025-05-05")]
    assert told(batch, "第3行有单元格与上面的行合并")


def test_hidden_sheets_and_rows_are_read_and_named(tmp_path: Path) -> None:
    batch = read(merged_and_hidden(tmp_path / "a.xlsx"))
    assert told(batch, "工作表“组织生活”第5行是隐藏的（或被筛选掉了），照样读取")
    assert told(batch, "工作表“旧台账”是隐藏的，照样读取")


# Words of a template, samples, torn quotes, topics


def test_a_template_word_in_a_row_that_is_taken_is_named_with_its_cell(tmp_path: Path) -> None:
    head = ["类型", "日期", "地点", "主持人", "内容"]
    rows = [
        head,
        ["党课", "2025-03-05", "XX", "张XX", "请填写"],
        ["党课", "2025-03-06", "三楼", "张三", "通报了XX同志的事"],
    ]
    (note,) = told(of(tmp_path, rows), "模板")
    assert "有3处" in note
    assert "地点（C2）“XX”、主持人（D2）“XX”、内容（E2）“请填写”" in note


@pytest.mark.parametrize(
    "text", ["____", "（样例）", "待填", "×××", "会议于____开始，由书记主持，共十二名党员参加学习"]
)
def test_what_is_left_of_a_template_is_found(text: str) -> None:
    assert template_word(text)


@pytest.mark.parametrize(
    "text", ["学习……", "某XX公司", "https://a.cn/XX", "学习样例村经验", "请填写人签字后交回支部存档备查", ""]
)
def test_ordinary_words_are_none_of_a_template(text: str) -> None:
    assert not template_word(text)


@pytest.mark.parametrize("first", ["示例：张三", "例：张三", "（样例）：张三", "样例1: 张三"])
def test_a_sample_with_its_mark_in_the_cell_of_a_name_is_left_and_counted(tmp_path: Path, first: str) -> None:
    head = ["日期", "谈话人", "谈话对象", "内容要点"]
    rows = [head, ["2025-03-05", first, "李四", "近况"], ["2025-03-06", "张三", "李四", "近况"], ["合计"]]
    batch = of(tmp_path, rows, "谈心谈话")
    assert batch.problems == ()
    assert len(batch.drafts) == 1
    assert batch.sheets[0].left == (("是示例", 1), ("是合计", 1))


@pytest.mark.parametrize("cell", ["“党课”", '"党课', "党课”", "「党课」", "‘党课’"])
def test_quotes_around_a_kind_say_nothing_even_if_torn(tmp_path: Path, cell: str) -> None:
    (payload,) = payloads(of(tmp_path, [HEAD, [cell, "2025-03-05", "a"]]))
    assert payload["kinds"] == ["lecture"]


def test_topics_are_split_at_semicolons_outside_brackets(tmp_path: Path) -> None:
    rows = [["类型", "日期", "议题"], ["支委会", "2025-03-05", "学习文件；讨论（甲；乙）；研究《a；b》；"]]
    (payload,) = payloads(of(tmp_path, rows))
    assert payload["topics"] == ["学习文件", "讨论（甲；乙）", "研究《a；b》"]


@pytest.mark.parametrize(
    ("name", "sign"), [("组织生活.tsv", "\t"), ("组织生活.txt", "\t"), ("组织生活.txt", ",")]
)
def test_a_text_file_with_columns_is_a_table_too(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / name
    path.write_bytes("\r\n".join(map(sign.join, [HEAD, ["党课", "2025-03-05", "a"]])).encode("gb18030"))
    assert payloads(read(path)) == [
        {"kinds": ["lecture"], "date": date(2025, 3, 5).isoformat(), "content": "a"}
    ]


# A sheet called 模板


@pytest.mark.parametrize("day", ["×月×日", "2025年  月  日", "____年__月__日", "XX月XX日", ""])
def test_rows_without_a_day_on_a_sheet_called_a_template_are_left_and_named(tmp_path: Path, day: str) -> None:
    sheets = {"模板": [HEAD, ["党课", day, ""]], "党课": [HEAD, ["党课", "2025-03-05", "a"]]}
    batch = read(write(tmp_path / "a.xlsx", sheets))
    assert batch.problems == ()
    assert len(batch.drafts) == 1
    (note,) = told(batch, "工作表“模板”第2行")
    assert "没有填日期，看作空白的表样" in note


def test_on_a_sheet_with_another_name_a_row_without_a_day_is_a_problem(tmp_path: Path) -> None:
    (problem,) = of(tmp_path, [HEAD, ["党课", "×月×日", "讲课"]], "党课").problems
    assert problem.column == "日期（B2）"


def test_rows_taken_from_a_sheet_called_a_template_are_told(tmp_path: Path) -> None:
    batch = of(tmp_path, [HEAD, ["党课", "2025-03-05", "a"], ["党课", "2025-03-06", "b"]], "模板")
    assert (batch.problems, len(batch.drafts)) == ((), 2)
    assert told(batch, "工作表“模板”的表名像是表样，仍有2行照录；不是真的记录的，请删去再导入")


# Summaries, two counts in one cell


@pytest.mark.parametrize(
    "text", ["本季度共召开2次", "以上共计12次", "合计：3次", "全年共召开支委会12次、党员大会4次", "共5次"]
)
def test_a_line_that_counts_the_meetings_is_none(tmp_path: Path, text: str) -> None:
    batch = of(tmp_path, [HEAD, ["党课", "2025-03-05", "a"], [text]])
    assert (batch.problems, len(batch.drafts)) == ((), 1)
    assert told(batch, "第3行是合计，未导入")


COUNTED = [
    ("应到/实到", "7/6", 7, 6),
    ("应到/实到人数", "应到7人，实到6人", 7, 6),
    ("实到/应到", "6/7", 7, 6),
    ("应到、实到人数", "7人、6人", 7, 6),
    ("参会情况", "应到会7人，实到6人", 7, 6),
]


@pytest.mark.parametrize(("header", "cell", "expected", "present"), COUNTED)
def test_one_column_may_say_how_many_should_have_come_and_came(
    tmp_path: Path, header: str, cell: str, expected: int, present: int
) -> None:
    batch = of(tmp_path, [["类型", "日期", header], ["党课", "2025-03-05", cell]])
    (payload,) = payloads(batch)
    assert (payload["expected"], payload["present"], payload.get("note")) == (expected, present, None)


def test_what_else_such_a_column_says_is_kept_in_words(tmp_path: Path) -> None:
    rows = [
        ["类型", "日期", "到会情况"],
        ["党课", "2025-03-05", "应到7人，实到6人，王五请假"],
        ["党课", "2025-03-06", "全体到会"],
    ]
    first, second = payloads(of(tmp_path, rows))
    assert (first["expected"], first["present"]) == (7, 6)
    assert first["note"] == "到会情况：应到7人，实到6人，王五请假"
    assert second["note"] == "到会情况：全体到会"
    assert "expected" not in second


def test_two_counts_in_one_cell_that_contradict_their_own_columns_are_a_problem(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["类型", "日期", "实到", "应到/实到"], ["党课", "2025-03-05", 5, "7/6"]]
    (problem,) = of(tmp_path, rows).problems
    assert problem.column == "应到/实到（D2）"
    assert "实到6人" in problem.message
    assert "5人" in problem.message


@pytest.mark.parametrize("cell", ["7", "7/6/1", datetime(2025, 7, 6)])
def test_two_counts_that_cannot_be_read_are_a_problem(tmp_path: Path, cell: Any) -> None:
    (problem,) = of(tmp_path, [["类型", "日期", "应到/实到"], ["党课", "2025-03-05", cell]]).problems
    assert problem.column == "应到/实到（C2）"
    assert "应到7人，实到6人" in problem.message  # how to write it


# A roster in parts, without a column for the standing


PARTS: list[list[Any]] = [
    ["编号", "姓名", "性别", "入党日期", "转正日期", "单位及职务", "备注"],
    ["一、正式党员（2人）"],
    [1, "张三", "男", "2001-07-01", "2002-07-01", "科长", ""],
    [2, "李四", "女", "2003-07-01", "2004-07-01", "", ""],
    ["二、预备党员（1人）"],
    [1, "王五", "男", "2025-07-01", "", "", ""],
]


def test_the_standing_may_stand_in_headings_between_the_rows(tmp_path: Path) -> None:
    batch = of(tmp_path, [*PARTS, ["三、入党积极分子"], [1, "赵六", "男", "", "", "", ""]], "Sheet1")
    assert batch.problems == ()
    assert [(row["name"], row["status"]) for row in payloads(batch)] == [
        ("张三", "full"),
        ("李四", "full"),
        ("王五", "probationary"),
    ]
    assert told(batch, "第2行是分段的标题（以下各行没有写党员类别的，记作“正式”）")
    assert told(batch, "第8行不是党员（在“三、入党积极分子”之下），未导入")


def test_a_row_above_the_first_heading_has_no_standing(tmp_path: Path) -> None:
    rows = [PARTS[0], [1, "赵六", "男", "2001-07-01", "", "", ""], *PARTS[1:]]
    (problem,) = of(tmp_path, rows, "Sheet1").problems
    assert problem.row == 2
    assert "看不出党员类别" in problem.message


def test_a_roster_that_lacks_a_column_is_no_list_of_applicants(tmp_path: Path) -> None:
    rows = [row for row in PARTS if len(row) > 1]
    batch = of(tmp_path, rows, "Sheet1")
    assert [sheet.title for sheet in batch.sheets] == ["党员名册"]
    assert "缺少必填的列“党员类别”" in batch.problems[0].message


@pytest.mark.parametrize(
    "head",
    [
        [["月份", "支委会", "", "党课", ""], ["", "时间", "议题", "时间", "题目"]],
        [["月份", "支委会时间", "支委会议题", "党课时间", "党课题目"]],
    ],
)
def test_a_sheet_with_several_kinds_side_by_side_is_a_problem(tmp_path: Path, head: list[list[Any]]) -> None:
    path = write(
        tmp_path / "a.xlsx", {"组织生活": [*head, ["1月", "2025-01-08", "计划", "2025-01-09", "党史"]]}
    )
    if len(head) == 2:
        book = openpyxl.load_workbook(path)
        for cells in ("B1:C1", "D1:E1"):
            book["组织生活"].merge_cells(cells)
        book.save(path)
    batch = read(path)
    assert batch.drafts == ()
    (problem,) = batch.problems
    assert problem.row == 1
    assert "一行里并列写了几种会议（支部委员会、党课）" in problem.message
    assert "改成一行写一次会议" in problem.message


def test_the_label_may_stand_once_more_in_a_cell_of_any_column(tmp_path: Path) -> None:
    head = ["类型", "日期", "主持", "记录人", "应到", "请假人员"]
    row = [
        "类型：党课",
        "时间：2025年3月5日",
        "主持：张三",
        "记录人:李四",
        "应到：7人",
        "请假人员：王五",
    ]
    (payload,) = payloads(of(tmp_path, [head, row]))
    assert payload == {
        "kinds": ["lecture"],
        "date": "2025-03-05",
        "chair": "张三",
        "recorder": "李四",
        "expected": 7,
        "absentees": [{"who": "王五"}],
    }
