from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.exchange.sheets import MEMBER_HEAD, payloads, places, read, write

from zhibu_cli.errors import ClassifiedError

if TYPE_CHECKING:
    from pathlib import Path


def test_titles_blank_rows_other_names_and_notes_around_the_table_are_coped_with(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "2025年三会一课台账"
    sheet["B2"] = "某支部（示例）三会一课登记表"
    sheet.merge_cells("B2:F2")
    for column, label in zip(
        "BCDEF", ("序号", "会议类型*", "会 议 时 间", "参会⼈员", "应到（人）"), strict=True
    ):
        sheet[f"{column}4"] = label
    for column, value in zip("BCDEF", ("1", "党员大会", "2025.3.5", "张三、李 四", "１２"), strict=True):
        sheet[f"{column}6"] = value
    sheet["B8"] = "注：本表由组织委员填写"
    sheet["B9"] = "填表人：张三"
    sheet["E9"] = "审核：李四"
    book.save(path)
    batch = read(path)
    assert batch.problems == ()
    assert payloads(batch) == [
        {
            "kinds": ["general_meeting"],
            "date": "2025-03-05",
            "attendees": ["张三", "李四"],
            "expected": 12,
        }
    ]
    assert batch.drafts[0].row == 6
    assert sum("说明" in note for note in batch.notes) == 2


def test_unknown_columns_and_sheets_are_named(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {
            "党员名册": [[*MEMBER_HEAD, "血型"], ["张三", "2001-07-01", "正式", "A"]],
            "食堂菜单": [["周一", "周二"]],
        },
    )
    batch = read(path)
    assert batch.problems == ()
    assert any("血型" in note for note in batch.notes)
    assert any("食堂菜单" in note for note in batch.notes)


def test_a_missing_required_column_is_one_problem_not_one_for_each_row(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", {"党员名册": [["姓名", "党员类别"], ["张三", "正式"], ["李四", "正式"]]}
    )
    assert places(read(path)) == [("党员名册", 1, "入党时间")]


def test_a_sheet_without_a_telling_name_is_known_by_its_columns(tmp_path: Path) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"Sheet1": [MEMBER_HEAD, ["张三", "2001-07-01", "正式"]]}))
    assert [draft.register.name for draft in batch.drafts] == ["member"]
    assert [(sheet.title, sheet.how) for sheet in batch.sheets] == [("党员名册", "表头")]


def test_a_sheet_named_after_a_kind_needs_no_column_for_it(tmp_path: Path) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"支部委员会": [["日期", "地点"], ["2026-03-05", "三楼"]]}))
    assert payloads(batch) == [{"kinds": ["committee_meeting"], "date": "2026-03-05", "place": "三楼"}]
    assert batch.sheets[0].said == ("类型都记作“支部委员会”",)


def test_day_and_time_may_stand_in_two_columns_that_are_both_called_time(tmp_path: Path) -> None:
    rows = [["会议类型", "会议日期", "会议时间"], ["党课", "2026-03-05", "14:30"]]
    found = payloads(read(write(tmp_path / "a.xlsx", {"会议记录": rows})))
    assert found == [{"kinds": ["lecture"], "date": "2026-03-05", "start": "14:30"}]


def test_a_header_repeated_on_each_page_is_left_out_and_told(tmp_path: Path) -> None:
    rows = [MEMBER_HEAD, ["张三", "2001-07-01", "正式"], MEMBER_HEAD, ["李四", "2001-07-01", "正式"]]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert [row["name"] for row in payloads(batch)] == ["张三", "李四"]
    assert batch.problems == ()
    assert any("第3行" in note for note in batch.notes)


def test_the_branch_stands_in_two_columns(tmp_path: Path) -> None:
    rows = [
        ["项目", "内容"],
        ["支部名称", "某局机关第一党支部（示例）"],
        ["成立日期", "2015年6月1日"],
        ["类型", "联合党支部"],
        ["主题党日固定日", "每月20日"],
        ["台账起始日", "2025-01-01"],
        ["台账起始日·谈心谈话", "2026-01-01"],
        ["台账起始日·党课", "2026年2月1日"],
        ["吉祥物", "熊猫"],
    ]
    batch = read(write(tmp_path / "a.xlsx", {"支部信息": rows}))
    assert batch.problems == ()
    assert payloads(batch) == [
        {
            "name": "某局机关第一党支部（示例）",
            "founded": "2015-06-01",
            "type": "joint",
            "theme_day": "每月20日",
            "ledger_from": "2025-01-01",
            "starts": {"talk": "2026-01-01", "lecture": "2026-02-01"},
        }
    ]
    assert any("吉祥物" in note for note in batch.notes)


def test_unreadable_and_missing_items_of_the_branch_are_problems(tmp_path: Path) -> None:
    rows = [["项目", "内容"], ["成立时间", "前年"], ["支部类型", "俱乐部"]]
    batch = read(write(tmp_path / "a.xlsx", {"支部信息": rows}))
    assert places(batch) == [
        ("支部信息", 2, "成立时间（B2）"),
        ("支部信息", 3, "支部类型（B3）"),
        ("支部信息", 2, "支部名称"),
    ]
    assert batch.drafts == ()


def test_votes_go_to_the_sitting_whose_number_they_name(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {
            "表决": [
                ["组织生活编号", "事项类别", "对象", "赞成"],
                [1.0, "选举", "张三", 11],
                ["1", "选举", "李四", 9],
            ],
            "组织生活": [["编号", "类型", "日期"], ["1", "党员大会", "2026-03-05"]],
        },
    )
    batch = read(path)
    assert batch.problems == ()
    assert payloads(batch) == [
        {
            "kinds": ["general_meeting"],
            "date": "2026-03-05",
            "votes": [
                {"matter": "election", "object": ["张三"], "in_favour": 11},
                {"matter": "election", "object": ["李四"], "in_favour": 9},
            ],
        }
    ]


def test_a_vote_without_its_sitting_is_a_problem(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {
            "组织生活": [["编号", "类型", "日期"], ["1", "党员大会", "2026-03-05"], ["2", "党课", "某日"]],
            "表决": [["组织生活编号", "事项类别"], ["7", "选举"], [None, "选举"], ["2", "选举"]],
        },
    )
    assert places(read(path)) == [
        ("组织生活", 3, "日期（C3）"),
        ("表决", 2, "组织生活编号（A2）"),
        ("表决", 3, "组织生活编号（A3）"),
    ]


def test_a_number_used_twice_is_a_problem(tmp_path: Path) -> None:
    rows = [["编号", "类型", "日期"], ["1", "党课", "2026-03-05"], ["1", "党课", "2026-03-06"]]
    assert places(read(write(tmp_path / "a.xlsx", {"组织生活": rows}))) == [("组织生活", 3, "编号（A3）")]


def test_several_files_make_one_batch_with_all_their_problems(tmp_path: Path) -> None:
    first = write(tmp_path / "一.xlsx", {"党员名册": [MEMBER_HEAD, ["张三", "某日", "正式"]]})
    second = write(tmp_path / "二.xlsx", {"党员名册": [MEMBER_HEAD, ["李四", "2001-07-01", "正式"]]})
    batch = read(first, second, tmp_path / "三.xlsx")
    assert [problem.file for problem in batch.problems] == ["一.xlsx", "三.xlsx"]
    assert [draft.file for draft in batch.drafts] == ["二.xlsx"]
    assert batch.files == ("一.xlsx", "二.xlsx", "三.xlsx")


@pytest.mark.parametrize("where", ["cell", "title", "sheet", "file"])
def test_a_classification_mark_anywhere_refuses_the_whole_file(tmp_path: Path, where: str) -> None:
    title = [["机密★"]] if where == "title" else []
    place = "关于秘密 ★ 文件" if where == "cell" else "三楼"
    rows = [*title, ["类型", "日期", "地点"], ["党课", "2026-03-05", place]]
    name = "绝密★台账.xlsx" if where == "file" else "台账.xlsx"
    sheets = {"组织生活": rows, "机密★" if where == "sheet" else "其他": [["甲", "乙"]]}
    with pytest.raises(ClassifiedError, match=r"密 ?★"):
        read(write(tmp_path / name, sheets))


def test_education_in_secrecy_is_not_refused(tmp_path: Path) -> None:
    rows = [["类型", "日期", "主题"], ["党课", "2026-03-05", "保密教育"]]
    assert payloads(read(write(tmp_path / "保密教育.xlsx", {"组织生活": rows})))[0]["theme"] == "保密教育"


def test_each_row_knows_for_which_fields_the_sheet_has_a_column(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx",
        {
            "支部信息": [["支部名称", "某支部"], ["成立时间", "2015-06-01"], ["支部类型", None]],
            "党员名册": [[*MEMBER_HEAD, "民族"], ["张三", "2001-07-01", "正式", None]],
        },
    )
    found = {draft.register.name: draft.columns for draft in read(path).drafts}
    assert found == {
        "branch": None,
        "member": {"name", "joined", "status", "ethnicity"},
    }


def test_lines_numbered_in_advance_are_no_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [["序号", *MEMBER_HEAD], [1, "张三", "2001-07-01", "正式"], [2], [3.0], ["4"]]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert len(batch.drafts) == 1
    assert (batch.problems, batch.notes) == ((), ())


def test_a_sheet_named_as_a_register_may_have_its_one_required_column_only(tmp_path: Path) -> None:
    batch = read(write(tmp_path / "a.xlsx", {"党小组": [["党小组"], ["第一党小组"], ["第二党小组"]]}))
    assert (batch.problems, [row["name"] for row in payloads(batch)]) == ((), ["第一党小组", "第二党小组"])
