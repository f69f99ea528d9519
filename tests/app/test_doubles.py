"""Rows of one identity within the files: one record, two records, or a question; never a silent double."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from zhibu_cli.app.context import Actor
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.listing import show
from zhibu_cli.app.recording import amend, record
from zhibu_cli.errors import ImportRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.plan import ImportPlan

LATER = Actor(who="李四", now=datetime(2026, 4, 1, 9, 30))
HEAD = ("类型", "日期", "开始时间", "主题", "主持人", "实到", "内容")
ONE = ("支部委员会", "2026-03-05", "", "", "张三", 3, "讨论样本事项一")
ROSTER = ("姓名", "性别", "入党时间", "转正时间", "党员类别", "党小组")
WANG = ("王五", "男", "2012-07-01", "2013-07-01", "正式", "")


def _book(folder: Path, name: str = "台账.xlsx", **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([*row])
    book.save(folder / name)
    return folder / name


def _counts(plan: ImportPlan) -> tuple[int, int, int]:
    assert plan.problems == ()
    return len(plan.new), len(plan.amended), len(plan.unchanged)


def _take_in(path: Path, ledger: Path) -> ImportPlan:
    plan = preview([path], ledger)
    apply_plan(plan, LATER)
    return plan


def test_a_row_that_stands_twice_in_a_sheet_is_one_record_and_this_is_said(
    tmp_path: Path, ledger: Path
) -> None:
    plan = preview([_book(tmp_path, 组织生活=[HEAD, ONE, ONE])], ledger)
    assert _counts(plan) == (1, 0, 0)
    assert [note for note in plan.notes if "第3行" in note and "第2行" in note and "只取一条" in note]


def test_the_same_row_under_two_numbers_of_its_own_sheet_is_one_record(tmp_path: Path, ledger: Path) -> None:
    rows = [("编号", *HEAD), ("1", *ONE), ("2", *ONE)]
    assert _counts(preview([_book(tmp_path, 组织生活=rows)], ledger)) == (1, 0, 0)


def test_two_rows_of_one_identity_that_differ_are_asked_about_and_nothing_is_written(
    tmp_path: Path, ledger: Path
) -> None:
    before = ledger.read_bytes()
    other = ("支部委员会", "2026-03-05", "", "", "张三", 2, "讨论样本事项二")
    plan = preview([_book(tmp_path, 组织生活=[HEAD, ONE, other])], ledger)
    (problem,) = plan.problems
    assert problem.row == 3
    assert "第2行" in problem.message
    assert "实到、内容" in problem.message
    assert "开始时间" in problem.message
    with pytest.raises(ImportRefusedError):
        apply_plan(plan, LATER)
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    ("start", "theme"), [("14:30", ""), ("", "换届准备")], ids=["another hour", "another theme"]
)
def test_two_sittings_of_one_kind_and_day_that_their_rows_tell_apart_are_two(
    tmp_path: Path, ledger: Path, start: str, theme: str
) -> None:
    other = ("支部委员会", "2026-03-05", start, theme, "张三", 3, "讨论样本事项一")
    file = _book(tmp_path, 组织生活=[HEAD, ONE, other])
    assert _counts(_take_in(file, ledger)) == (2, 0, 0)
    assert _counts(preview([file], ledger)) == (0, 0, 2)


def test_two_sittings_that_only_their_numbers_tell_apart_are_two(tmp_path: Path, ledger: Path) -> None:
    other = ("支部委员会", "2026-03-05", "", "", "张三", 2, "讨论样本事项二")
    rows = [("编号", *HEAD), ("1", *ONE), ("2", *other)]
    assert _counts(preview([_book(tmp_path, 组织生活=rows)], ledger)) == (2, 0, 0)


def test_a_summary_sheet_that_agrees_with_the_months_adds_no_record(tmp_path: Path, ledger: Path) -> None:
    short = [("类型", "日期", "地点", "内容"), ("支部委员会", "2026-03-05", "二楼会议室", "")]
    plan = preview([_book(tmp_path, 组织生活=[HEAD, ONE], 组织生活记录=short)], ledger)
    assert _counts(plan) == (1, 0, 0)
    assert plan.new[0].payload["place"] == "二楼会议室"
    assert plan.new[0].payload["content"] == "讨论样本事项一"
    assert any("同一事项" in note for note in plan.notes)


def test_an_exported_ledger_comes_back_with_the_double_it_holds(tmp_path: Path, ledger: Path) -> None:
    row = {"类型": "支部委员会", "日期": "2026-03-05", "内容": "讨论样本事项一"}
    data = {"format": "zhibu-ledger", "version": 1, "ledger_id": "another"}
    data |= {"组织生活": [{"编号": "S1", **row}, {"编号": "S2", **row}]}
    (tmp_path / "a.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert _counts(preview([tmp_path / "a.json"], ledger)) == (2, 0, 0)


def test_two_rows_of_one_name_in_a_roster_are_two_people_only_if_something_tells_them_apart(
    tmp_path: Path, ledger: Path
) -> None:
    first = ("钱七", "男", "2012-07-01", "2013-07-01", "正式", "一组")
    moved = ("钱七", "男", "2012-07-01", "2013-07-01", "正式", "二组")
    later = ("钱七", "男", "2019-07-01", "2020-07-01", "正式", "二组")
    (problem,) = preview([_book(tmp_path, 党员名册=[ROSTER, first, moved])], ledger).problems
    assert "第2行" in problem.message
    assert "党小组" in problem.message
    assert _counts(preview([_book(tmp_path, 党员名册=[ROSTER, first, later])], ledger)) == (2, 0, 0)


def _rename(ledger: Path) -> None:
    amend(ledger, "M3", {"name": "王武"}, "原登记有误", LATER)


def test_an_old_roster_knows_a_renamed_member_and_the_name_stays_new(tmp_path: Path, ledger: Path) -> None:
    _rename(ledger)
    rows = [HEAD, ("支部委员会", "2026-03-05", "", "", "王五", 3, "讨论样本事项一")]
    plan = preview([_book(tmp_path, 党员名册=[ROSTER, WANG], 组织生活=rows)], ledger)
    assert [row.register.name for row in plan.new] == ["sitting"]
    assert [(row.id, [change.label for change in row.changes]) for row in plan.amended] == [
        ("M3", ["性别", "转正时间"])
    ]
    assert plan.new[0].payload["chair"] == "M3"
    assert any("“王五（现名王武）”" in note for note in plan.notes)
    assert any("王五（现名王武，1行）" in note for note in plan.notes)
    apply_plan(plan, LATER)
    assert show(ledger, "M3").entry.payload["name"] == "王武"


def test_somebody_else_of_a_former_name_is_asked_about(tmp_path: Path, ledger: Path) -> None:
    """M3 joined on 2012-07-01, the 王五 of the file on 2024-07-01."""
    _rename(ledger)
    young = ("王五", "男", "2024-07-01", "2025-07-01", "正式", "")
    (problem,) = preview([_book(tmp_path, 党员名册=[ROSTER, young])], ledger).problems
    assert "M3 “王五（现名王武）”" in problem.message
    assert "zhibu member add" in problem.message


def test_a_former_name_that_another_member_bears_now_is_asked_about_where_both_were_there(
    tmp_path: Path, ledger: Path
) -> None:
    """M5 王五 has been here since 2024-07-01; on 2023-03-05 there was only M3."""
    _rename(ledger)
    record(ledger, "member", {"name": "王五", "joined": "2024-07-01", "status": "正式"}, LATER)
    sheet = [HEAD, ("支部委员会", "2026-03-05", "", "", "王五", 3, "讨论样本事项一")]
    (problem,) = preview([_book(tmp_path, 组织生活=sheet)], ledger).problems
    assert "M5、M3" in problem.message
    early = [HEAD, ("支部委员会", "2023-03-05", "", "", "王五", 3, "讨论样本事项一")]
    assert preview([_book(tmp_path, 组织生活=early)], ledger).new[0].payload["chair"] == "M3"


def test_a_roster_with_the_old_and_the_new_name_of_one_member_is_asked_about(
    tmp_path: Path, ledger: Path
) -> None:
    _rename(ledger)
    (problem,) = preview([_book(tmp_path, 党员名册=[ROSTER, WANG, ("王武", *WANG[1:])])], ledger).problems
    assert "已有一行" in problem.message


def test_a_roster_of_today_is_not_asked_about_for_a_name_that_was_corrected(
    tmp_path: Path, ledger: Path
) -> None:
    """李四 stood for a while in the row of 王武; the real 李四 (M2) is another person."""
    amend(ledger, "M3", {"name": "李四"}, "写错", LATER)
    amend(ledger, "M3", {"name": "王武"}, "改正", LATER)
    own = ("李四", "", "2011-07-01", "", "正式", "")
    assert _counts(preview([_book(tmp_path, 党员名册=[ROSTER, own])], ledger)) == (0, 0, 1)
