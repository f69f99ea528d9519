"""All or nothing, no doubles, changes shown before they are written."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from zhibu_cli.app.checking import load
from zhibu_cli.app.context import Actor
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.listing import history, show
from zhibu_cli.app.recording import amend, record, void
from zhibu_cli.errors import ClassifiedError, ImportRefusedError, LedgerBusyError, LedgerFormatError
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.plan import ImportPlan

LATER = Actor(who="李四", now=datetime(2026, 4, 1, 9, 30))
BRANCH = {"支部名称": "甲支部", "成立时间": "2019-05-01"}
ROSTER = [
    {
        "姓名": "张三",
        "入党时间": "2010-07-01",
        "转正时间": "2011-07-01",
        "党员类别": "正式",
        "党小组": "一组",
    },
    {"姓名": "李四", "入党时间": "2012-07-01", "转正时间": "2013-07-01", "党员类别": "正式"},
]
MEETING = {
    "编号": "1",
    "类型": "党员大会",
    "日期": "2026-03-05",
    "主题": "学习",
    "主持人": "张三",
    "缺席人员": "李四（病假）",
}


def _file(folder: Path, name: str = "去年.json", **tables: Any) -> Path:
    path = folder / name
    data = {"format": "zhibu-ledger", "version": 1, **tables}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def _whole(folder: Path, **more: Any) -> Path:
    """A branch, two members, a group led by 张三, a post, a meeting."""
    tables: dict[str, Any] = {
        "支部信息": BRANCH,
        "组织生活": [MEETING],
        "职务任期": [{"姓名": "张三", "职务": "书记", "任职时间": "2024-01-10", "产生方式": "换届选举"}],
        "党小组": [{"党小组": "一组", "组长": "张三", "成立时间": "2020-01-01"}],
        "党员名册": ROSTER,
    }
    return _file(folder, **(tables | more))


def _take_in(path: Path, ledger: Path) -> ImportPlan:
    plan = preview([path], ledger)
    apply_plan(plan, LATER)
    return plan


def _counts(plan: ImportPlan) -> tuple[int, int, int]:
    return len(plan.new), len(plan.amended), len(plan.unchanged)


def test_an_import_creates_the_ledger_and_joins_names_to_the_roster_of_the_same_file(tmp_path: Path) -> None:
    plan = _take_in(_whole(tmp_path), tmp_path / "new.db")
    assert plan.creates
    assert _counts(plan) == (6, 0, 0)
    ledger = load(tmp_path / "new.db")
    assert [(m.id, m.name, m.group) for m in ledger.roster.members] == [
        ("M1", "张三", "G1"),
        ("M2", "李四", ""),
    ]
    assert ledger.roster.groups[0].leader == "M1"
    assert ledger.roster.posts[0].member == "M1"
    (sitting,) = ledger.sittings
    assert sitting.chair is not None
    assert (sitting.chair.ref, sitting.absentees[0].ref) == ("M1", "M2")
    assert sitting.entry.origin == "I1"
    assert [(run.id, run.by, run.files) for run in ledger.imports] == [("I1", "李四", ("去年.json",))]


def test_the_old_ledgers_claim_stands_apart_from_the_time_of_entry(tmp_path: Path) -> None:
    rows = [{**MEETING, "原台账登记时间": "2026-03-06 09:00"}]
    _take_in(_whole(tmp_path, 组织生活=rows), tmp_path / "new.db")
    entry = load(tmp_path / "new.db").sittings[0].entry
    assert entry.payload["claimed_at"] == "2026-03-06T09:00"
    assert entry.entered_at == LATER.now


def test_a_dry_run_writes_nothing(tmp_path: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    file = _file(tmp_path, 组织生活=[MEETING])
    assert _counts(preview([file], ledger)) == (1, 0, 0)
    assert _counts(preview([_whole(tmp_path)], tmp_path / "other.db")) == (6, 0, 0)
    assert ledger.read_bytes() == before
    assert not (tmp_path / "other.db").exists()


def test_a_second_run_changes_nothing_and_leaves_every_byte(tmp_path: Path) -> None:
    ledger = tmp_path / "new.db"
    file = _whole(tmp_path)
    _take_in(file, ledger)
    before = ledger.read_bytes()
    plan = preview([file], ledger)
    assert _counts(plan) == (0, 0, 6)
    assert apply_plan(plan, LATER).batch == ""
    assert ledger.read_bytes() == before


def test_the_same_identity_with_other_content_is_an_amended_version_shown_before(tmp_path: Path) -> None:
    ledger = tmp_path / "new.db"
    _take_in(_whole(tmp_path), ledger)
    plan = preview([_whole(tmp_path, 组织生活=[{**MEETING, "地点": "二楼", "缺席人员": "无"}])], ledger)
    assert _counts(plan) == (0, 1, 5)
    assert [(c.label, c.old, c.new) for c in plan.amended[0].changes] == [
        ("地点", "", "二楼"),
        ("缺席人员及原因", "李四（病假）", ""),
    ]
    apply_plan(plan, LATER)
    first, second = history(ledger, "S1")
    assert first.payload["absentees"] == [{"who": "M2", "reason": "病假"}]
    assert "absentees" not in second.payload
    assert second.reason == "导入 去年.json"


def test_a_column_the_file_lacks_clears_nothing(tmp_path: Path) -> None:
    ledger = tmp_path / "new.db"
    _take_in(_whole(tmp_path), ledger)
    record(
        ledger,
        "talk",
        {"date": "2026-02-01", "talkers": "张三", "partners": "李四", "content": "要点"},
        LATER,
    )
    rows = [{"日期": "2026-02-01", "谈话人": "张三", "谈话对象": "李四", "地点": "办公室"}]
    plan = _take_in(_file(tmp_path, 谈心谈话=rows), ledger)
    assert _counts(plan) == (0, 1, 0)
    assert show(ledger, "T1").entry.payload["content"] == "要点"


def test_votes_recorded_here_are_not_erased_by_a_file_without_them(tmp_path: Path, ledger: Path) -> None:
    _take_in(_file(tmp_path, 组织生活=[MEETING]), ledger)
    amend(ledger, "S1", {"votes": ["事项类别=一般议题 事项=计划 赞成=3"]}, "补记", LATER)
    assert _counts(_take_in(_file(tmp_path, 组织生活=[MEETING]), ledger)) == (0, 0, 1)
    assert "votes" in show(ledger, "S1").entry.payload


def test_an_earlier_claim_of_a_name_is_known_again_when_the_roster_comes_later(
    tmp_path: Path, ledger: Path
) -> None:
    rows = [{"日期": "2026-02-01", "谈话人": "张三", "谈话对象": "钱七"}]
    plan = _take_in(_file(tmp_path, 谈心谈话=rows), ledger)
    assert any("钱七" in note for note in plan.notes)
    _take_in(
        _file(tmp_path, "b.json", 党员名册=[{"姓名": "钱七", "入党时间": "2001-07-01", "党员类别": "正式"}]),
        ledger,
    )
    assert _counts(preview([_file(tmp_path, 谈心谈话=rows)], ledger)) == (0, 0, 1)


def test_the_same_row_twice_in_the_files_is_one_row(tmp_path: Path, ledger: Path) -> None:
    first = _file(tmp_path, "a.json", 组织生活=[MEETING])
    second = _file(tmp_path, "b.json", 组织生活=[MEETING])
    plan = preview([first, second], ledger)
    assert _counts(plan) == (1, 0, 0)
    assert any("只取一条" in note for note in plan.notes)


def test_of_two_files_on_one_matter_the_later_one_completes_the_earlier(tmp_path: Path, ledger: Path) -> None:
    first = _file(tmp_path, "a.json", 组织生活=[{**MEETING, "内容": "旧"}])
    second = _file(
        tmp_path,
        "b.json",
        组织生活=[{"类型": "党员大会", "日期": "2026-03-05", "主题": "学习", "内容": "新"}],
    )
    plan = preview([first, second], ledger)
    assert [(row.payload["content"], row.payload["chair"]) for row in plan.new] == [("新", "M1")]


def test_two_different_meetings_of_one_day_in_one_file_are_two(tmp_path: Path, ledger: Path) -> None:
    rows = [
        {"编号": "1", "类型": "支委会", "日期": "2026-03-05", "内容": "甲"},
        {"编号": "2", "类型": "支委会", "日期": "2026-03-05", "内容": "乙"},
    ]
    file = _file(tmp_path, 组织生活=rows)
    assert _counts(_take_in(file, ledger)) == (2, 0, 0)
    assert _counts(preview([file], ledger)) == (0, 0, 2)


def test_kinds_in_another_order_are_the_same_meeting(tmp_path: Path, ledger: Path) -> None:
    row = {"类型": "党课、主题党日", "日期": "2026-03-05"}
    _take_in(_file(tmp_path, 组织生活=[row]), ledger)
    plan = preview([_file(tmp_path, 组织生活=[{**row, "类型": "主题党日、党课", "地点": "二楼"}])], ledger)
    assert len(plan.new) == 0


def test_a_withdrawn_row_does_not_come_back_by_itself_but_a_corrected_one_does(
    tmp_path: Path, ledger: Path
) -> None:
    file = _file(tmp_path, 组织生活=[MEETING])
    _take_in(file, ledger)
    void(ledger, "S1", "写错", LATER)
    plan = preview([file], ledger)
    assert _counts(plan) == (0, 0, 0)
    assert any("S1" in note for note in plan.notes)
    assert [
        row.id for row in preview([_file(tmp_path, 组织生活=[{**MEETING, "地点": "二楼"}])], ledger).new
    ] == ["S2"]


def test_numbers_of_ours_in_a_strange_file_are_kept_where_free(tmp_path: Path, ledger: Path) -> None:
    record(ledger, "general_meeting", {"date": "2026-01-05"}, LATER)
    rows = [
        {"编号": number, "类型": "党课", "日期": f"2026-02-0{day}"}
        for day, number in enumerate(("S1", "S7", "2026-3", "S007"), 1)
    ]
    assert [row.id for row in preview([_file(tmp_path, 组织生活=rows)], ledger).new] == [
        "S8",
        "S7",
        "S9",
        "S10",
    ]


def test_a_number_of_this_ledgers_own_export_decides_over_changed_fields(
    tmp_path: Path, ledger: Path
) -> None:
    record(ledger, "general_meeting", {"date": "2026-01-05", "theme": "旧"}, LATER)
    with open_store(ledger) as store:
        own = store.ledger_id
    row = {"编号": "S1", "类型": "党员大会", "日期": "2026-01-06", "主题": "新"}
    plan = preview([_file(tmp_path, ledger_id=own, 组织生活=[row])], ledger)
    assert [(found.id, len(found.changes)) for found in plan.amended] == [("S1", 2)]
    assert _counts(preview([_file(tmp_path, ledger_id="another", 组织生活=[row])], ledger)) == (1, 0, 0)


def test_without_ledger_and_without_branch_the_import_is_refused_and_nothing_made(tmp_path: Path) -> None:
    plan = preview([_file(tmp_path, 组织生活=[MEETING])], tmp_path / "new.db")
    with pytest.raises(ImportRefusedError, match="支部信息"):
        apply_plan(plan, LATER)
    assert not (tmp_path / "new.db").exists()


def test_the_workbook_of_another_branch_is_refused(tmp_path: Path, ledger: Path) -> None:
    plan = preview([_file(tmp_path, 支部信息={**BRANCH, "支部名称": "乙支部"})], ledger)
    with pytest.raises(ImportRefusedError, match="乙支部"):
        apply_plan(plan, LATER)


def test_a_name_that_fits_two_members_is_refused_with_its_place(tmp_path: Path, ledger: Path) -> None:
    record(ledger, "member", {"name": "张三", "joined": "2020-07-01", "status": "正式"}, LATER)
    before = ledger.read_bytes()
    plan = preview([_file(tmp_path, 组织生活=[MEETING])], ledger)
    (problem,) = plan.problems
    assert (problem.sheet, problem.column) == ("组织生活", "主持人")
    assert "M1、M5" in problem.message
    with pytest.raises(ImportRefusedError):
        apply_plan(plan, LATER)
    assert ledger.read_bytes() == before


def test_of_two_members_of_one_name_each_row_finds_its_own(tmp_path: Path) -> None:
    twins = [
        {"姓名": "张三", "入党时间": "2010-07-01", "党员类别": "正式", "学历": "大学"},
        {"姓名": "张三", "入党时间": "2020-07-01", "党员类别": "正式", "学历": "研究生"},
    ]
    ledger = tmp_path / "new.db"
    _take_in(_file(tmp_path, 支部信息=BRANCH, 党员名册=twins), ledger)
    changed = [{**twins[1], "学历": "博士"}]
    plan = preview([_file(tmp_path, 党员名册=changed)], ledger)
    assert [(row.id, row.changes[0].new) for row in plan.amended] == [("M2", "博士")]
    neither = [{"姓名": "张三", "入党时间": "2015-07-01", "党员类别": "正式"}]
    assert "同名" in preview([_file(tmp_path, 党员名册=neither)], ledger).problems[0].message


def test_what_is_readable_but_wrong_is_taken_as_claimed(tmp_path: Path, ledger: Path) -> None:
    row = {**MEETING, "日期": "2027-01-01", "应到": "4", "实到": "9", "主持人": "钱七"}
    _take_in(_file(tmp_path, 组织生活=[row]), ledger)
    payload = show(ledger, "S1").entry.payload
    assert (payload["date"], payload["expected"], payload["present"], payload["chair"]) == (
        "2027-01-01",
        4,
        9,
        "钱七",
    )


def test_a_classification_mark_refuses_the_whole_import(tmp_path: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    with pytest.raises(ClassifiedError):
        preview([_file(tmp_path, 组织生活=[{**MEETING, "内容": "机密★"}])], ledger)
    with pytest.raises(ClassifiedError):
        preview([_file(tmp_path, "绝密★一年.json", 组织生活=[MEETING])], ledger)
    assert ledger.read_bytes() == before
    plan = preview([_file(tmp_path, 组织生活=[{**MEETING, "内容": "保密教育；这是机密"}])], ledger)
    assert len(plan.asked_about) == 1


def test_ten_unreadable_cells_give_ten_problems_and_an_unchanged_ledger(tmp_path: Path, ledger: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "组织生活"
    sheet.append(["编号", "类型", "日期", "开始时间", "应到", "学时", "所属年度", "形式"])
    good = {"A": "", "B": "党课", "C": "2026-03-05"}
    bad = [
        ("B", "舞会"), ("C", "2026-02-30"), ("C", "三月"), ("D", "25:00"), ("E", "若干"),
        ("F", "半天"), ("G", "去年"), ("H", "空中"), ("B", ""), ("C", ""),
    ]  # fmt: skip
    for number, (column, text) in enumerate(bad, 2):
        for letter, content in (good | {column: text}).items():
            sheet[f"{letter}{number}"] = content
    book.save(tmp_path / "坏.xlsx")
    before = ledger.read_bytes()
    plan = preview([tmp_path / "坏.xlsx"], ledger)
    assert [problem.row for problem in plan.problems] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert all(
        f"（{column}{n}）" in p.column
        for p, n, (column, _) in zip(plan.problems, range(2, 12), bad, strict=True)
    )
    with pytest.raises(ImportRefusedError) as told:
        apply_plan(plan, LATER)
    assert "有10处问题" in told.value.message
    assert all(f"第{number}行" in told.value.message for number in range(2, 12))
    assert ledger.read_bytes() == before


def test_problems_of_several_files_are_told_together_and_a_good_file_is_not_taken(
    tmp_path: Path, ledger: Path
) -> None:
    before = ledger.read_bytes()
    files = [
        _file(tmp_path, "a.json", 组织生活=[MEETING]),
        _file(tmp_path, "b.json", 组织生活=[{**MEETING, "日期": "某日"}]),
        _file(tmp_path, "c.json", 谈心谈话=[{"日期": "2026-01-01", "谈话人": "张三"}]),
    ]
    plan = preview(files, ledger)
    assert {problem.file for problem in plan.problems} == {"b.json", "c.json"}
    with pytest.raises(ImportRefusedError):
        apply_plan(plan, LATER)
    assert ledger.read_bytes() == before


def test_a_ledger_changed_since_the_preview_is_not_written(tmp_path: Path, ledger: Path) -> None:
    plan = preview([_file(tmp_path, 组织生活=[MEETING])], ledger)
    record(ledger, "general_meeting", {"date": "2026-01-05"}, LATER)
    with pytest.raises(LedgerBusyError, match="预览之后"):
        apply_plan(plan, LATER)


def test_a_file_that_is_no_ledger_is_not_imported_into(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"something else")
    with pytest.raises(LedgerFormatError):
        preview([_whole(tmp_path)], tmp_path / "x.db")


def test_full_members_of_unknown_standing_are_named(tmp_path: Path) -> None:
    rows = [{"姓名": "张三", "入党时间": "2010-07-01", "党员类别": "正式"}]
    plan = preview([_whole(tmp_path, 党员名册=rows)], tmp_path / "new.db")
    assert any("转正" in note and "张三" in note for note in plan.notes)


def test_two_files_of_this_ledger_with_one_record_do_not_double_it(tmp_path: Path) -> None:
    ledger = tmp_path / "zhibu.db"
    _take_in(_whole(tmp_path), ledger)
    with open_store(ledger) as store:
        own = store.ledger_id
    row = {**MEETING, "编号": "S1"}
    one = _file(tmp_path, "一.json", ledger_id=own, 组织生活=[row])
    other = _file(tmp_path, "二.json", ledger_id=own, 组织生活=[{**row, "地点": "二楼"}])
    plan = preview([one, other], ledger)
    assert _counts(plan) == (0, 1, 0)
    assert [change.new for change in plan.amended[0].changes] == ["二楼"]
    twice = preview([one, _file(tmp_path, "四.json", ledger_id=own, 组织生活=[row])], ledger)
    assert _counts(twice) == (0, 0, 1)


def test_a_row_taken_once_of_two_files_is_spoken_of_once(tmp_path: Path) -> None:
    again = _file(tmp_path, "再.json", 党员名册=ROSTER, 党小组=[{"党小组": "一组", "组长": "张三"}])
    plan = preview([_whole(tmp_path), again], tmp_path / "zhibu.db")
    assert not [note for note in plan.notes if "名册中没有" in note]


def test_a_member_named_inside_the_reason_of_another_refuses_the_row(tmp_path: Path, ledger: Path) -> None:
    row = {**MEETING, "缺席人员": "张三（病假，李四）", "出席人员": "其余全体"}
    plan = preview([_file(tmp_path, 组织生活=[row])], ledger)
    assert ["“李四”写在前一个人的原因里" in problem.message for problem in plan.problems] == [True]
