"""Corrections as they are typed: old → new, why, yes; members renamed, told apart, merged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.once import once

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
@once
def staffed(branch: Run) -> Run:
    """张三 (M1), 李四 (M2), another 张三 (M3); the theme day S1 with 张三 M1 and 李四."""
    for name, joined in (("张三", "2010-07-01"), ("李四", "2011-07-01"), ("张三", "2012-07-01")):
        assert branch("member", "add", name, "--joined", joined, "--status", "正式").code == 0
    made = branch(
        "record", "theme-day", "--date", "2026-03-05", "--theme", "植树", "--place", "二楼",
        "--present-names", "M1、李四",
    )  # fmt: skip
    assert made.code == 0, made.err
    return branch


def test_at_a_terminal_a_correction_is_shown_explained_and_confirmed(staffed: Run) -> None:
    answer = staffed("amend", "S1", "--place", "三楼", typed=["登记有误", ""])
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert lines[:2] == ["将更正 S1：", "  地点：二楼 → 三楼"]
    assert lines[-1].startswith("已更正 S1，现为第 2 版")
    assert lines.count("  地点：二楼 → 三楼") == 1
    assert "原因：登记有误" in staffed("history", "S1").out


def test_whoever_says_no_or_leaves_changes_nothing(staffed: Run) -> None:
    for typed in (["登记有误", "n"], ["登记有误"], []):
        assert staffed("amend", "S1", "--place", "三楼", typed=typed).code != 0
    assert "二楼" in staffed("show", "S1").out
    assert "第 1 版" in staffed("show", "S1").out


def test_yes_asks_nothing_but_still_wants_a_reason(staffed: Run) -> None:
    answer = staffed("amend", "S1", "--place", "三楼", "--reason", "登记有误", "--yes", typed=[])
    assert answer.code == 0
    assert "  地点：二楼 → 三楼" in answer.out
    refused = staffed("amend", "S1", "--place", "四楼")
    assert (refused.code, "缺少选项：--reason（原因）" in refused.err) == (2, True)


def test_a_number_alone_asks_field_by_field(staffed: Run) -> None:
    answer = staffed("amend", "S1", typed=["地点", "三楼", "主题", "护林", "", "登记有误", ""])
    assert answer.code == 0, answer.err
    assert "  主题：植树 → 护林" in answer.out
    assert "  地点：二楼 → 三楼" in answer.out
    assert re.search(r"^  5 地点 +二楼$", answer.out, re.MULTILINE)  # listed to choose from


def test_a_field_that_is_none_is_asked_again_and_nothing_chosen_changes_nothing(staffed: Run) -> None:
    answer = staffed("amend", "S1", typed=["地址", "99", ""])
    assert answer.out.count("或表头的名字") == 2
    assert (answer.code, "没有变化" in answer.err) == (12, True)


def test_people_are_chosen_in_a_correction_as_in_a_record(staffed: Run) -> None:
    """The day S1 has 1 张三 M1, 2 李四, 3 张三 M3."""
    typed = ["主持人", "zs", "3", "出席人员", "-1", "记录人", "ls", "", "登记有误", ""]
    answer = staffed("amend", "S1", typed=typed)
    assert answer.code == 0, answer.out + answer.err
    assert "zs 有2人：1 张三 M1　3 张三 M3；请写序号。" in answer.out
    assert "  主持人：（空） → 张三 M3\n" in answer.out
    assert "  记录人：（空） → 李四\n" in answer.out
    assert "  出席人员：张三 M1、李四 → 李四、张三 M3\n" in answer.out


def test_a_number_alone_in_a_script_is_refused(staffed: Run) -> None:
    assert staffed("amend", "S1", "--reason", "x").code == 2


def test_a_member_is_renamed_and_the_records_follow(staffed: Run) -> None:
    answer = staffed("member", "edit", "李四", "--name", "李思", "--reason", "原登记有误")
    assert answer.code == 0, answer.err
    assert "  姓名：李四 → 李思" in answer.out
    assert "注意：按编号登记的记录随之显示为“李思”；正文和附件里写的“李四”不改。" in answer.err
    assert "李思" in staffed("show", "S1").out
    assert "姓名：李四 → 李思" in staffed("history", "M2").out


def test_namesakes_are_told_apart_and_their_records_listed(staffed: Run) -> None:
    answer = staffed("member", "split", "张三", "--as", "M1=女", "--as", "m3=男")
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "今后这样显示：",
        "  M1 张三（女）：S1（1条）",
        "  M3 张三（男）：没有",
        "已区分2人，没有移动记录：原来对应谁就还对应谁；用 zhibu history 看历次版本。",
        "下一步：看上面的记录有没有对错人；错的用 zhibu amend 更正，姓名处写编号（如 M3）。",
    ]
    assert "张三（女）、李四" in staffed("show", "S1").out
    assert "张三（男）" in staffed("member", "list").out


def test_at_a_terminal_the_word_for_each_is_asked(staffed: Run) -> None:
    answer = staffed("member", "split", "张三", typed=["女", "男", ""])
    assert answer.code == 0, answer.err
    assert "分别显示为 M1 张三（女）、M3 张三（男），这样区分吗？" in answer.out
    assert staffed("member", "split", "张三", typed=["n"]).code == 130


def test_a_word_without_a_number_is_refused(staffed: Run) -> None:
    answer = staffed("member", "split", "张三", "--as", "女")
    assert (answer.code, "应写成 编号=词" in answer.err) == (2, True)


def test_a_member_entered_twice_becomes_one(staffed: Run) -> None:
    answer = staffed("member", "merge", "M3", "M1", "--reason", "同一人")
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "M1 张三 今后读作 M3 张三，M1 作废。",
        "  写着 M1 的记录：S1（1条）",
        "  两行不同的项（以 M3 为准，要改请用 zhibu member edit M3）：",
        "  项目      M3          M1",
        "  --------  ----------  ----------",
        "  入党时间  2012-07-01  2010-07-01",
        "已并为一人：1条记录随之改读，原文不改；历次版本都留着，可用 zhibu history M1 查看。",
        "下一步：两行不同的项现以 M3 为准，不对的用 zhibu member edit M3 更正。",
    ]
    assert "在册 2 人" in staffed("member", "list").out
    assert staffed("member", "merge", "M3", "M2").code == 2


def test_a_merge_without_records_moves_nothing_and_one_in_a_record_of_both_asks_for_a_count(
    staffed: Run,
) -> None:
    """S1 names M1 and 李四 (M2); nobody names M3, who was entered on another day."""
    answer = staffed("member", "merge", "M1", "M3", "--reason", "同一人")
    assert "已并为一人：没有记录写着 M3；" in answer.out
    answer = staffed("member", "merge", "M1", "M2", "--reason", "同一人")
    assert "已并为一人：1条记录随之改读，原文不改；" in answer.out
    assert "下一步：用 zhibu show 核对 S1（1条）的人数" in answer.out


def test_at_a_terminal_a_merge_is_shown_before_it_is_made(staffed: Run) -> None:
    refused = staffed("member", "merge", "M1", "M3", typed=["同一人", "n"])
    assert refused.code == 130
    assert "M3 张三 今后读作 M1 张三" in refused.out
    assert "在册 3 人" in staffed("member", "list").out
    done = staffed("member", "merge", "M1", "M3", typed=["同一人", ""])
    assert done.out.count("今后读作") == 1
    assert "在册 2 人" in staffed("member", "list").out
