"""A row that resembles an entry of the ledger and is another one by its hour or theme: told, not refused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from zhibu_cli.app.context import Actor
from zhibu_cli.app.importing import apply_plan, preview

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.plan import ImportPlan

LATER = Actor(who="李四", now=datetime(2026, 4, 1, 9, 30))
HEAD = ["类型", "日期", "开始时间", "地点", "主题", "党小组"]
THERE = ["支部委员会", "2026-03-05", "09:00", "三楼", "讨论样本事项", ""]


def _plan(folder: Path, ledger: Path, *rows: list[Any]) -> ImportPlan:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "组织生活"
    for row in (HEAD, *rows):
        sheet.append(row)
    book.save(folder / "台账.xlsx")
    plan = preview([folder / "台账.xlsx"], ledger)
    assert plan.problems == ()
    return plan


@pytest.fixture
def number(tmp_path: Path, ledger: Path) -> str:
    plan = _plan(tmp_path, ledger, THERE)
    apply_plan(plan, LATER)
    return plan.new[0].id


def _told(plan: ImportPlan) -> list[str]:
    return [note for note in plan.notes if "台账同一天已有" in note]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("14:00", "三楼", "讨论样本事项"), "类型、地点、主题相同，开始时间不同"),
        (("", "三楼", "讨论样本事项"), "类型、地点、主题相同，开始时间不同"),
        (("09:00", "三楼", "讨论另一事项"), "类型、地点相同，主题不同"),
        (("14:00", "五楼", "讨论样本事项"), "类型、主题相同，开始时间不同"),
    ],
)
def test_a_row_that_may_be_there_already_comes_in_and_is_told_with_the_number(
    tmp_path: Path, ledger: Path, number: str, said: tuple[str, str, str], words: str
) -> None:
    plan = _plan(tmp_path, ledger, ["支部委员会", "2026-03-05", *said, ""])
    assert len(plan.new) == 1
    (note,) = _told(plan)
    assert f"台账同一天已有 {number}，{words}" in note
    assert "第2行" in note


@pytest.mark.parametrize(
    "row",
    [
        THERE,
        ["支部委员会", "2026-03-06", "09:30", "三楼", "讨论样本事项", ""],
        ["党课", "2026-03-05", "09:30", "三楼", "讨论样本事项", ""],
        ["支部委员会", "2026-03-05", "14:00", "五楼", "讨论另一事项", ""],
        ["支部委员会", "2026-03-05", "14:00", "", "", ""],
    ],
)
@pytest.mark.usefixtures("number")
def test_a_row_that_repeats_it_or_is_plainly_another_is_not_told(
    tmp_path: Path, ledger: Path, row: list[Any]
) -> None:
    assert _told(_plan(tmp_path, ledger, row)) == []


@pytest.mark.usefixtures("number")
def test_a_second_meeting_beside_the_one_that_the_file_repeats_is_not_told(
    tmp_path: Path, ledger: Path
) -> None:
    other = ["支部委员会", "2026-03-05", "14:00", "三楼", "讨论另一事项", ""]
    assert _told(_plan(tmp_path, ledger, THERE, other)) == []


def test_meetings_of_two_groups_in_one_place_are_two(tmp_path: Path, ledger: Path) -> None:
    one = ["党小组会", "2026-03-05", "09:00", "三楼", "学习文件", "第一党小组"]
    apply_plan(_plan(tmp_path, ledger, one), LATER)
    assert _told(_plan(tmp_path, ledger, [*one[:5], "第二党小组"])) == []


@pytest.mark.usefixtures("number")
def test_a_second_meeting_beside_the_one_that_the_file_corrects_is_not_told(
    tmp_path: Path, ledger: Path
) -> None:
    corrected = ["支部委员会", "2026-03-05", "09:00", "五楼", "讨论样本事项", ""]
    other = ["支部委员会", "2026-03-05", "14:00", "五楼", "讨论样本事项", ""]
    plan = _plan(tmp_path, ledger, corrected, other)
    assert (len(plan.amended), len(plan.new)) == (1, 1)
    assert _told(plan) == []


def test_of_two_entries_that_a_row_resembles_the_first_is_named(
    tmp_path: Path, ledger: Path, number: str
) -> None:
    apply_plan(_plan(tmp_path, ledger, [*THERE[:2], "10:00", *THERE[3:]]), LATER)
    (note,) = _told(_plan(tmp_path, ledger, [*THERE[:2], "14:00", *THERE[3:]]))
    assert f"已有 {number}，" in note
