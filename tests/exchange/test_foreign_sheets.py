"""What a sheet is taken for, what its name and title say, and what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.sheets import payloads, places, read, write

from zhibu_cli.exchange.context import kind_named, read_context
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[list[Any]]
GOOD = [["类型", "日期"], ["党课", "2026-03-05"]]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("通讯录", [["姓名", "性别", "联系电话", "备注"], ["张三", "男", "123", "科长"]]),
        ("值班表", [["日期", "姓名", "地点"], ["2026-03-05", "张三", "大厅"]]),
        ("组织生活开展情况统计表", [["党支部名称", "支委会次数", "完成率"], ["甲支部", 12, "100%"]]),
        ("党员名单说明", [["姓名", "备注"], ["张三", "新来"]]),
        ("党费", [["姓名", "一月", "二月", "小计"], ["张三", 10, 10, 20]]),
    ],
)
def test_a_sheet_of_something_else_is_named_and_left_alone(tmp_path: Path, name: str, rows: Rows) -> None:
    batch = read(write(tmp_path / "a.xlsx", {name: rows, "组织生活": GOOD}))
    assert batch.problems == ()
    assert [draft.sheet for draft in batch.drafts] == ["组织生活"]
    assert [(one.sheet, one.title) for one in batch.sheets if not one.title] == [(name, "")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("党小组会会议记录台账", "group_meeting"),
        ("2025年支部委员会会议记录", "committee_meeting"),
        ("主题党日活动情况汇总表", "theme_day"),
        ("支部党员大会、支委会记录", None),
        ("组织生活会暨民主评议党员会议", None),
        ("三会一课记录", None),
    ],
)
def test_a_title_names_a_kind_only_if_it_names_one(text: str, kind: str | None) -> None:
    found = kind_named(text, CATALOGUE)
    assert (found.name if found else None) == kind


@pytest.mark.parametrize(
    ("name", "lines", "file", "said"),
    [
        ("3月", ["2025年度台账"], "", (2025, 3, "")),
        ("2025年3月", [], "2024年台账", (2025, 3, "")),
        ("三月份", [], "二〇二五年三会一课", (2025, 3, "")),
        ("十二月", [], "", (None, 12, "")),
        ("1-12月", ["2024年、2025年"], "", (None, None, "")),
        ("2025年3月5日", [], "", (2025, None, "")),
        ("第一党小组", ["2025年"], "", (2025, None, "第一党小组")),
        ("Sheet1", ["第2党小组会议记录"], "", (None, None, "第2党小组")),
        ("各党小组", [], "", (None, None, "")),
    ],
)
def test_year_month_and_group_come_from_the_name_the_title_or_the_file(
    name: str, lines: list[str], file: str, said: tuple[int | None, int | None, str]
) -> None:
    found = read_context(name, lines, file, CATALOGUE)
    assert (found.year, found.month, found.group) == said


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("5日", "2025-03-05"),
        ("五日", "2025-03-05"),
        ("5日 14:30", "2025-03-05"),
        ("3月5日", "2025-03-05"),
        ("4月1日", "2025-04-01"),
        ("25/3/5", "2025-03-05"),
        ("3/5", "2025-03-05"),
    ],
)
def test_the_sheet_completes_a_date_that_names_a_day(tmp_path: Path, cell: str, day: str) -> None:
    batch = read(write(tmp_path / "2025年.xlsx", {"3月": [["类型", "日期", "地点"], ["党课", cell, "三楼"]]}))
    assert batch.problems == ()
    assert payloads(batch)[0]["date"] == day


@pytest.mark.parametrize("cell", ["3月", "3月份", "本月", "上旬", "24/3/5", "31日"])
def test_a_month_never_becomes_a_day(tmp_path: Path, cell: str) -> None:
    rows = [["类型", "日期", "地点"], ["党课", cell, "三楼"]]
    batch = read(write(tmp_path / "2025年.xlsx", {"2月": rows}))
    assert batch.drafts == ()
    assert places(batch) == [("2月", 2, "日期（B2）")]


def test_without_a_year_anywhere_a_day_of_a_month_stays_a_problem(tmp_path: Path) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"3月": [["类型", "日期", "地点"], ["党课", "5日", "三楼"]]}))
    assert "缺少年和月" in batch.problems[0].message


def test_only_its_own_meetings_belong_to_the_group_after_which_a_sheet_is_named(tmp_path: Path) -> None:
    rows = [["类型", "日期", "地点"], ["党小组会", "2026-03-05", "二楼"], ["党课", "2026-03-06", "三楼"]]
    found = payloads(read(write(tmp_path / "a.xlsx", {"第一党小组": rows})))
    assert [row.get("group") for row in found] == ["第一党小组", None]


def test_the_roster_of_a_group_gives_its_members_the_group(tmp_path: Path) -> None:
    rows = [["姓名", "入党时间", "党员类别"], ["张三", "2001-07-01", "正式"]]
    assert payloads(read(write(tmp_path / "a.xlsx", {"第二党小组": rows})))[0]["group"] == "第二党小组"


@pytest.mark.parametrize("title", ["中共党员花名册", "党员名册", "正式党员、预备党员名册"])
def test_a_title_that_does_not_say_so_makes_nobody_a_full_member(tmp_path: Path, title: str) -> None:
    rows = [[title], ["姓名", "入党时间", "性别"], ["张三", "2001-07-01", "男"]]
    batch = read(write(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert [problem.column for problem in batch.problems] in (["党员类别"], [""])
    assert all("status" not in payload for payload in payloads(batch))


def test_a_second_column_for_a_text_is_kept_in_the_remarks(tmp_path: Path) -> None:
    rows = [
        ["类型", "日期", "活动名称", "活动主题", "备注"],
        ["主题党日", "2026-03-05", "三月党日", "清洁", "有照片"],
    ]
    assert payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))[0] == {
        "kinds": ["theme_day"],
        "date": "2026-03-05",
        "theme": "清洁",
        "note": "有照片\n活动名称：三月党日",
    }


@pytest.mark.parametrize(
    ("duration", "end"),
    [("90", "16:00"), (90, "16:00"), ("90分钟", "16:00"), ("1小时30分钟", "16:00"), ("1.5小时", "16:00")],
)
def test_a_duration_ends_what_has_a_beginning(tmp_path: Path, duration: Any, end: str) -> None:
    rows = [["类型", "日期", "时长（分钟）"], ["党课", "2026-03-05 14:30", duration]]
    assert payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))[0]["end"] == "16:00"


@pytest.mark.parametrize("duration", ["一上午", "600"])
def test_a_duration_that_gives_no_end_stays_in_words(tmp_path: Path, duration: str) -> None:
    rows = [["类型", "日期", "时长（分钟）"], ["党课", "2026-03-05 14:30", duration]]
    payload = payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))[0]
    assert "end" not in payload
    assert payload["note"] == f"时长（分钟）：{duration}"


@pytest.mark.parametrize(
    ("cells", "note", "absent"),
    [
        ((12, 10, 2), None, None),
        ((12, 12, 0), None, None),
        ((12, 10, 3), "请假：3", None),
        ((12, "", 2), "请假：2", None),
        ((12, 11, "张三"), None, [{"who": "张三", "reason": "请假"}]),
        ((12, 11, "张三（病假）"), None, [{"who": "张三", "reason": "病假"}]),
        ((12, 12, "无"), None, None),
    ],
)
def test_a_column_of_those_on_leave_may_hold_a_number_or_names(
    tmp_path: Path, cells: tuple[Any, ...], note: str | None, absent: Any
) -> None:
    rows = [["类型", "日期", "应到", "实到", "请假"], ["党课", "2026-03-05", *cells]]
    payload = payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))[0]
    assert payload.get("note") == note
    assert payload.get("absentees") == absent


def test_times_beside_the_day_do_not_overrule_columns_of_their_own(tmp_path: Path) -> None:
    rows = [
        ["类型", "日期", "开始时间"],
        ["党课", "2026-03-05 14:30", "15:00"],
        ["党课", "2026-03-06 09:00", ""],
    ]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert [payload["start"] for payload in payloads(batch)] == ["15:00", "09:00"]
    assert all("end" not in payload for payload in payloads(batch))
    assert any("钟点" in note for note in batch.notes)


@pytest.mark.parametrize("word", ["示例", "例：", "样例", "填写示例", "范例"])
def test_a_sample_row_is_no_record_however_whole_it_is(tmp_path: Path, word: str) -> None:
    rows: Rows = [["序号", "类型", "日期"], [word, "党课", "2026-01-01"], [1, "党课", "2026-03-05"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert [payload["date"] for payload in payloads(batch)] == ["2026-03-05"]
    assert any("第2行是示例" in note for note in batch.notes)


def test_a_form_that_does_not_say_what_it_is_a_record_of_is_a_problem(tmp_path: Path) -> None:
    rows: Rows = [
        ["会议记录"], ["时间", "2026-03-05", "地点", "三楼"], ["主持人", "张三", "记录人", "李四"],
        ["应到人数", 12, "实到人数", 12], ["会议内容", "学习"],
    ]  # fmt: skip
    batch = read(write(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert batch.drafts == ()
    assert any("类型" in problem.message for problem in batch.problems)


def test_values_of_a_form_may_stand_below_their_labels_or_behind_a_colon(tmp_path: Path) -> None:
    below: Rows = [
        ["支部委员会会议记录"], ["时间", "地点", "主持人"], ["2025年3月5日", "二楼", "甲一"],
        ["出席人员", "", "记录人"], ["甲一、乙二", "", "乙二"], ["会议内容"], ["研究了安排。"], ["（散会）"],
    ]  # fmt: skip
    behind: Rows = [
        ["第一党小组会议记录"], ["时间：2025年3月5日14:30", "地点：二楼"], ["主持人：甲一", "记录人：乙二"],
        ["应到：6人", "实到：5人"], ["缺席人员：丙三（病假）"], ["会议内容：学习了文件。"],
    ]  # fmt: skip
    batch = read(write(tmp_path / "a.xlsx", {"支委会": below, "党小组会": behind}))
    assert batch.problems == ()
    first, second = payloads(batch)
    assert first == {
        "kinds": ["committee_meeting"], "date": "2025-03-05", "place": "二楼", "chair": "甲一",
        "recorder": "乙二", "attendees": ["甲一", "乙二"], "content": "研究了安排。\n（散会）",
    }  # fmt: skip
    assert second == {
        "kinds": ["group_meeting"], "date": "2025-03-05", "start": "14:30", "place": "二楼", "chair": "甲一",
        "recorder": "乙二", "expected": 6, "present": 5, "absentees": [{"who": "丙三", "reason": "病假"}],
        "content": "学习了文件。", "group": "第一党小组",
    }  # fmt: skip


def test_what_a_form_holds_beside_its_known_labels_is_named(tmp_path: Path) -> None:
    rows: Rows = [
        ["党课记录"], ["时间", "2025-03-05", "地点", "三楼"], ["主讲人", "甲一", "天气", "晴"],
        ["应到", 12, "实到", 12], ["内容", "讲了纪律。"],
    ]  # fmt: skip
    batch = read(write(tmp_path / "a.xlsx", {"Sheet1": rows}))
    assert len(batch.drafts) == 1
    assert [note.rpartition("：")[2] for note in batch.notes] == ["“天气 晴”"]


def talk_page(partner: str, when: str, said: str, talker: str = "张三") -> list[list[Any]]:
    return [
        ["谈心谈话记录表"],
        ["谈话人", talker, "职务", ""],
        ["谈话对象", partner, "职务", ""],
        ["谈话时间", when, "谈话地点", ""],
        ["谈话主要内容", said, "", ""],
    ]


@pytest.mark.parametrize("when", ["谈话时间：2025年4月7日", "时间：2025年4月7日", "2025年4月7日"])
def test_the_label_may_stand_once_more_in_the_cell_of_the_value(tmp_path: Path, when: str) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"李四": talk_page("李四", when, "近况")}))
    assert batch.problems == ()
    assert payloads(batch)[0]["date"] == "2025-04-07"


def test_two_different_values_for_one_label_of_a_page_are_a_problem_at_the_second(tmp_path: Path) -> None:
    rows = [*talk_page("李四", "2025年4月7日", "近况"), ["谈话时间", "2025年4月8日"]]
    (problem,) = read(write(tmp_path / "a.xlsx", {"李四": rows})).problems
    assert problem.column == "谈话时间（B6）"
    assert "写了两处" in problem.message


def test_a_blank_page_is_named_and_no_problem(tmp_path: Path) -> None:
    blank = talk_page("", "    年  月  日", "（在此填写）", talker="")
    batch = read(
        write(tmp_path / "a.xlsx", {"谈话": blank, "李四": talk_page("李四", "2025年4月7日", "近况")})
    )
    assert batch.problems == ()
    assert len(batch.drafts) == 1
    assert [note for note in batch.notes if "工作表“谈话”第2行起的一页是空白的表样" in note]


def test_what_is_given_on_a_page_called_a_template_is_told(tmp_path: Path) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"模板": talk_page("", "____年__月__日", "", talker="张三")}))
    assert (batch.problems, batch.drafts) == ((), ())
    assert [note for note in batch.notes if "没有填日期，看作空白的表样，未导入：“张三”" in note]


SIGNED = ["谈话人签字：          谈话对象签字：", "谈话人（签字）： ____   年 月 日", "注：本表由谈话人保存"]


@pytest.mark.parametrize("below", [*SIGNED, "谈心谈话记录表"])
def test_what_stands_below_an_empty_cell_of_a_page_is_not_its_value(tmp_path: Path, below: str) -> None:
    first = [*talk_page("李四", "2025年4月7日", "近况"), ["意见建议", "", "", ""], [below]]
    second = talk_page("王五", "2025年4月8日", "家事")
    rows = first + (second[1:] if below == "谈心谈话记录表" else second)
    batch = read(write(tmp_path / "a.xlsx", {"谈话": rows}))
    assert batch.problems == ()
    assert [row["partners"] for row in payloads(batch)] == [["李四"], ["王五"]]
    assert [row.get("opinions") for row in payloads(batch)] == [None, None]


@pytest.mark.parametrize("below", SIGNED)
def test_room_for_signatures_is_nothing_given_on_a_blank_page(tmp_path: Path, below: str) -> None:
    blank = [*talk_page("", "   年  月  日", "", talker=""), ["意见建议", "", "", ""], [below]]
    (note,) = [one for one in read(write(tmp_path / "a.xlsx", {"空白": blank})).notes if "一页" in one]
    assert note.endswith("是空白的表样，没有填写，未导入。")


def test_a_name_behind_a_signature_label_is_told(tmp_path: Path) -> None:
    rows = [*talk_page("李四", "2025年4月7日", "近况"), ["谈话人签字：张三   谈话对象签字："]]
    batch = read(write(tmp_path / "a.xlsx", {"谈话": rows}))
    assert [note for note in batch.notes if "第6行不知属于哪一栏，未导入" in note]


def test_a_day_on_a_page_is_completed_by_the_name_of_the_file_and_told(tmp_path: Path) -> None:
    page = talk_page("李四", "谈话时间：4月10日", "近况")
    batch = read(write(tmp_path / "2025年谈心谈话.xlsx", {"李四": page}))
    assert batch.problems == ()
    assert payloads(batch)[0]["date"] == "2025-04-10"
    (note,) = batch.notes
    assert "按文件名“2025年谈心谈话”补上：第4行“4月10日”读作2025-04-10" in note


def test_a_sheet_with_one_meeting_in_each_column_is_a_problem(tmp_path: Path) -> None:
    rows = [
        ["会议时间", "2025-01-08", "2025-02-08"],
        ["会议地点", "301", "302"],
        ["主持人", "张三", "张三"],
        ["参会人员", "张三、李四", "张三、李四"],
        ["会议内容", "甲", "乙"],
    ]
    batch = read(write(tmp_path / "a.xlsx", {"支委会": rows}))
    assert batch.drafts == ()
    (problem,) = batch.problems
    assert "像是一列写一次会议" in problem.message
    assert "转置" in problem.message
