"""The registers of the branch's other work from the command line: recorded, shown, judged, corrected.

The branch of conftest on Monday 9 March 2026, with 张三 (书记) and 李四.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.once import once

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
@once
def staffed(branch: Run) -> Run:
    for name in ("张三", "李四"):
        added = ("member", "add", name, "--joined", "2010-07-01", "--converted", "2011-07-01")
        assert branch(*added, "--status", "正式").code == 0
    assert branch("post", "add", "张三", "--post", "书记", "--since", "2024-05-10").code == 0
    return branch


def test_an_applicant_is_followed_from_the_record_to_the_check(staffed: Run) -> None:
    answer = staffed("record", "development", "--name", "申请甲", "--applied", "2026-02-01")
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[0] == "已记录 F1　发展党员"
    assert "申请日期2026年2月1日" in staffed("check", "--rule", "apply-talk-1m").out
    assert staffed("amend", "F1", "--set", "谈话日期=2026-03-02", "--reason", "已谈话").code == 0
    done = staffed("check", "--rule", "apply-talk-1m", "--format", "md").out
    assert "收到入党申请书后一个月内派人谈话 | 1" in done


def test_several_days_are_given_in_one_option(staffed: Run) -> None:
    days = ("--activist", "2025-08-01", "--mentors", "张三、李四", "--reviews", "2026-01-30、2026-03-02")
    assert staffed("record", "development", "--name", "申请甲", *days).code == 0
    shown = staffed("show", "F1").out
    assert "2026-01-30、2026-03-02" in shown
    assert "张三、李四" in shown


def test_hours_are_recorded_for_a_member_and_a_blank_is_not_guessed(staffed: Run) -> None:
    answer = staffed("record", "training", "--member", "李四", "--date", "3月5日", "--hours", "7.5")
    assert answer.out.splitlines()[0] == "已记录 X1　培训学时　2026年3月5日（星期四）"
    shown = staffed("show", "X1").out
    assert "7.5" in shown
    assert "形式" not in shown
    assert "举办级别" not in shown


def test_a_document_to_be_studied_is_open_until_a_record_names_it(staffed: Run) -> None:
    task = ("--title", "《关于开展示例学习的通知》", "--received", "2026-03-02", "--deadline", "2026-03-20")
    assert staffed("record", "study-task", *task).code == 0
    meeting = ("--kind", "支部党员大会", "--date", "3月6日", "--content", "传达学习关于开展示例学习的通知")
    answer = staffed("record", "meeting", *meeting)
    assert answer.code == 0, answer.err
    assert "上级布置学习的文件按时限学习" in answer.out
    found = staffed("check", "--rule", "study-task-done", "--format", "json").out
    assert '"status": "met"' in found


def test_a_debriefing_answers_for_its_year(staffed: Run) -> None:
    row = ("--assessment-year", "2025", "--date", "2026-01-15", "--member", "张三", "--result", "较好")
    answer = staffed("record", "debriefing", *row)
    assert "已落实：书记抓党建每年述职评议　2025年" in answer.out
    assert "述职评议" in staffed("list").out
