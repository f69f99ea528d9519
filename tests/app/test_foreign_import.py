"""Other people's workbooks into a ledger: once, again, corrected."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.exchange.sheets import write

from zhibu_cli.app.context import Actor
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.listing import history, show
from zhibu_cli.app.recording import amend, record
from zhibu_cli.errors import ImportRefusedError

BOOKS = Path(__file__).parents[1] / "exchange" / "workbooks"
LATER = Actor(who="李四", now=datetime(2026, 4, 1, 9, 30))

WHOLE = [
    # workbook, how many records it gives
    ("appraisal_tally.ods", 2),
    ("kind_in_title.xlsx", 2),
    ("lookalikes.xlsx", 2),
    ("meetings17.xlsx", 3),
    ("minutes_page.xlsx", 1),
    ("talk_pages_stacked.xls", 2),
    ("talks9.ods", 2),
    ("theme_days15.xls", 1),
    ("trailing.xlsx", 2),
    ("two_row_header.xls", 1),
    ("two_row_header.xlsx", 2),
]
HEAD = [
    *("会议类型", "实际会议时间", "会议地点", "主持人姓名"),
    *("应到人数", "实到人数", "请假人数", "计划会议时间", "会议内容"),
]
FIRST = ["支部党员大会", "2026年3月5日 14:30", "三楼", "张三", 4, 3, 1, "2026年3月4日", "学习"]
SECOND = ["支委会", "2026.3.6", "二楼", "王五", 1, 1, 0, "", "研究"]


def counts(path: Path, ledger: Path) -> tuple[int, int, int]:
    plan = preview([path], ledger)
    return len(plan.new), len(plan.amended), len(plan.unchanged)


@pytest.mark.parametrize(("name", "records"), WHOLE)
def test_the_same_foreign_workbook_twice_gives_nothing_new(name: str, records: int, ledger: Path) -> None:
    assert counts(BOOKS / name, ledger) == (records, 0, 0)
    apply_plan(preview([BOOKS / name], ledger), LATER)
    before = ledger.read_bytes()
    assert counts(BOOKS / name, ledger) == (0, 0, records)
    assert apply_plan(preview([BOOKS / name], ledger), LATER).batch == ""
    assert ledger.read_bytes() == before


def test_a_corrected_row_of_a_foreign_workbook_is_an_amended_version(tmp_path: Path, ledger: Path) -> None:
    title = [["组织生活登记表"], HEAD]
    apply_plan(preview([write(tmp_path / "a.xlsx", {"Sheet1": [*title, FIRST, SECOND]})], ledger), LATER)
    corrected = [*FIRST]
    corrected[2], corrected[7] = "四楼", "2026年3月3日"
    again = write(tmp_path / "a.xlsx", {"Sheet1": [*title, corrected, SECOND]})
    plan = preview([again], ledger)
    assert (len(plan.new), len(plan.amended), len(plan.unchanged)) == (0, 1, 1)
    (row,) = plan.amended
    assert (row.id, row.place) == ("S1", "a.xlsx 工作表“Sheet1” 第3行")
    assert [(change.label, change.old, change.new) for change in row.changes] == [
        ("地点", "三楼", "四楼"),
        ("备注", "计划会议时间：2026年3月4日", "计划会议时间：2026年3月3日"),
    ]
    apply_plan(plan, LATER)
    assert [version.payload["place"] for version in history(ledger, "S1")] == ["三楼", "四楼"]
    assert counts(again, ledger) == (0, 0, 2)


def test_empty_columns_that_only_join_the_remarks_clear_none(tmp_path: Path, ledger: Path) -> None:
    apply_plan(preview([write(tmp_path / "a.xlsx", {"组织生活": [HEAD, SECOND]})], ledger), LATER)
    amend(ledger, "S1", {"note": "补了照片"}, "补充", LATER)
    assert counts(tmp_path / "a.xlsx", ledger) == (0, 0, 1)


def test_a_workbook_with_a_problem_changes_nothing(ledger: Path) -> None:
    before = ledger.read_bytes()
    plan = preview([BOOKS / "meetings20.xlsx"], ledger)
    assert len(plan.problems) == 2
    with pytest.raises(ImportRefusedError):
        apply_plan(plan, LATER)
    assert ledger.read_bytes() == before


def test_what_was_understood_is_in_the_plan_though_it_has_problems(ledger: Path) -> None:
    (sheet,) = preview([BOOKS / "meetings10.ods"], ledger).sheets
    assert (sheet.title, sheet.how, sheet.taken) == ("组织生活", "表名", 2)
    assert sheet.said == ("类型都记作“党课”",)
    assert ("F", "实际时间", "日期") in sheet.columns
    assert ("C", "所在党支部编码", "不导入（党组织编码）") in sheet.columns


def test_the_first_new_row_of_each_sheet_is_shown_as_it_will_be_stored(tmp_path: Path, ledger: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"组织生活": [HEAD, FIRST, SECOND]})
    assert preview([path], ledger).samples == (
        (
            "组织生活 S1",
            (
                ("类型", "支部党员大会"),
                ("日期", "2026-03-05"),
                ("开始时间", "14:30"),
                ("地点", "三楼"),
                ("主持人", "张三"),
                ("应到", "4"),
                ("实到", "3"),
                ("内容", "学习"),
                ("备注", "计划会议时间：2026年3月4日"),
            ),
        ),
    )


def test_two_members_of_one_name_are_a_doubt_that_an_answer_settles(tmp_path: Path, ledger: Path) -> None:
    record(ledger, "member", {"name": "张三", "joined": "2020-07-01", "status": "正式"}, LATER)
    path = write(tmp_path / "a.xlsx", {"组织生活": [HEAD, FIRST, SECOND]})
    plan = preview([path], ledger)
    (doubt,) = plan.doubts
    assert (doubt.place, doubt.label, doubt.name) == ("a.xlsx 工作表“组织生活” 第2行", "主持人", "张三")
    assert doubt.members == (("M1", "2010-07-01入党"), ("M5", "2020-07-01入党"))
    assert len(plan.problems) == 1
    settled = preview([path], ledger, answers={doubt.key: "M5"})
    assert (settled.doubts, settled.problems) == ((), ())
    apply_plan(settled, LATER)
    assert show(ledger, "S1").entry.payload["chair"] == "M5"


def test_a_long_import_tells_how_far_it_has_come(tmp_path: Path, ledger: Path) -> None:
    told: list[tuple[str, int]] = []
    months = [f"{year}-{month:02}" for year in range(2010, 2015) for month in range(1, 13)]
    rows = [["党课", f"{month}-{day:02}"] for month in months for day in range(1, 26)]
    path = write(tmp_path / "a.xlsx", {"组织生活": [["类型", "日期"], *rows]})

    def tick(what: str, done: int) -> None:
        told.append((what, done))

    plan = preview([path], ledger, tick=tick)
    apply_plan(plan, LATER, tick=tick)
    assert told == [("读取", 1000), ("读取", 501), ("写入", 1000), ("写入", 500)]


def test_two_of_one_name_are_told_with_the_cell_also_among_the_absent(tmp_path: Path, ledger: Path) -> None:
    record(ledger, "member", {"name": "张三", "joined": "2020-07-01", "status": "正式"}, LATER)
    rows = [["类型", "日期", "缺席人员及原因"], ["党课", "2026-03-05", "张三（病假）"]]
    (problem,) = preview([write(tmp_path / "a.xlsx", {"组织生活": rows})], ledger).problems
    assert problem.where == "a.xlsx 工作表“组织生活” 第2行 “缺席人员及原因（C2）”列"
    page = [
        ["谈心谈话记录表"],
        ["谈话人", "王五"],
        ["谈话对象", "张三"],
        ["谈话时间", "2026-03-05"],
        ["内容", "近况"],
    ]
    (problem,) = preview([write(tmp_path / "b.xlsx", {"张三": page})], ledger).problems
    assert problem.where == "b.xlsx 工作表“张三” 第3行 “谈话对象（B3）”列"


def test_groups_that_only_the_roster_names_are_told_and_used(tmp_path: Path, ledger: Path) -> None:
    people = [
        ["姓名", "入党时间", "党员类别", "党小组"],
        ["钱七", "2001-07-01", "正式党员", "第二党小组"],
        ["孙八", "2001-07-01", "正式党员", "一组"],
    ]
    meetings = [["类型", "日期", "参会人员"], ["二组党小组会", "2026-03-05", "钱七"]]
    plan = preview([write(tmp_path / "a.xlsx", {"党员名册": people, "组织生活": meetings})], ledger)
    (note,) = [note for note in plan.notes if "党小组" in note]
    assert "名册写有党小组“第二党小组”，还没有登记" in note  # 一组 is the one that is listed
    (sitting,) = [row for row in plan.rows if row.register.name == "sitting"]
    assert sitting.payload["group"] == "第二党小组"
