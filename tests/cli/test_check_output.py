"""What a check shows: a verdict first, then facts with their articles."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from tests.cli.conftest import Run

RULE = ("--rule", "general-meeting-quarterly")


def test_the_verdict_stands_above_everything_else(branch: Run) -> None:
    """As of 2026-04-01: Q1 over without a record, Q2 to Q4 not begun or open."""
    answer = branch("check", *RULE, "--as-of", "2026-04-01")
    lines = answer.out.splitlines()
    assert lines[0] == "示例局机关第一党支部　台账核对"
    assert lines[1] == "核对范围：2026年1月1日至2026年12月31日；按2026年4月1日（星期三）的情况判断"
    assert lines[3] == "结论"
    assert lines[4] == "  未见记录 1 项：支部党员大会每季度至少一次"
    assert answer.code == 1


def test_a_finding_has_facts_grounds_and_remedy(branch: Run) -> None:
    out = branch("check", *RULE, "--as-of", "2026-04-01").out
    assert "  【未见记录】支部党员大会每季度至少一次　general-meeting-quarterly" in out
    assert "    事实：2026年第一季度：" in out
    assert "    依据：《中国共产党支部工作条例（试行）》第十一条（一般）" in out
    assert "    处理：" in out
    assert "不得补造记录" in out
    assert "general-meeting-quarterly@2026-Q1" in out


def test_what_is_met_is_only_counted(branch: Run) -> None:
    branch("record", "meeting", "--kind", "党员大会", "--date", "3月5日")
    out = branch("check", *RULE).out
    assert "已落实\n  1 项  支部党员大会每季度至少一次\n" in out
    assert "未见记录 1 项" not in out


@pytest.mark.parametrize(
    ("as_of", "level", "code"),
    [
        ("2026-03-31", "error", 0),  # the quarter's last day: still open
        ("2026-04-01", "error", 1),
        ("2026-04-01", "warn", 1),
        ("2026-04-01", "never", 0),
    ],
)
def test_the_code_tells_whether_something_is_missing(branch: Run, as_of: str, level: str, code: int) -> None:
    assert branch("check", *RULE, "--as-of", as_of, "--fail-on", level).code == code


def test_a_duty_that_is_only_usual_fails_on_warn_alone(branch: Run) -> None:
    """支委会 一般每月一次 is warn: a committee of three, and no meeting in January 2026."""
    for name, post in (("张三", "书记"), ("李四", "组织委员"), ("王五", "宣传委员")):
        branch("member", "add", name, "--joined", "2001-07-01", "--status", "正式")
        branch("post", "add", name, "--post", post, "--since", "2024-05-10", "--origin", "换届选举")
    asked = ("check", "--rule", "committee-meeting-monthly", "--from", "2026-01-01", "--to", "2026-01-31")
    assert branch(*asked).code == 0
    assert branch(*asked, "--fail-on", "warn").code == 1
    assert "【未见记录·需说明】支部委员会一般每月一次" in branch(*asked).out


def test_json_has_the_fixed_form(branch: Run) -> None:
    answer = branch("check", *RULE, "--as-of", "2026-04-01", "--quarter", "2026Q1", "--format", "json")
    found = json.loads(answer.out)
    assert found["schema_version"] == 1
    assert found["as_of"] == "2026-04-01"
    assert found["period"] == {"from": "2026-01-01", "to": "2026-03-31"}
    assert found["summary"]["missed"] == 1
    assert [finding["key"] for finding in found["findings"]] == ["general-meeting-quarterly@2026-Q1"]


def test_a_file_is_not_overwritten_unasked(branch: Run) -> None:
    asked = ("check", *RULE, "--as-of", "2026-03-09", "--format", "md", "-o", "核对.md")
    assert branch(*asked).code == 0
    assert branch(*asked).code == 15
    assert branch(*asked, "--yes").code == 0
    assert Path("核对.md").read_text(encoding="utf-8").startswith("# 示例局机关第一党支部　台账核对\n")


def test_the_paper_says_the_same_in_markdown(branch: Run) -> None:
    paper = branch("check", *RULE, "--as-of", "2026-04-01", "--format", "md").out
    assert "- 未见记录 1 项：支部党员大会每季度至少一次" in paper
    assert "### 【未见记录】支部党员大会每季度至少一次　general-meeting-quarterly" in paper
    assert "- 依据：《中国共产党支部工作条例（试行）》第十一条（一般）" in paper


def test_a_telephone_in_an_explanation_is_masked_in_markdown(branch: Run) -> None:
    branch("waive", "general-meeting-quarterly@2026-Q1", "--reason", "场地维修，联系13900000001")
    paper = branch("check", *RULE, "--as-of", "2026-04-01", "--format", "md").out
    assert r"联系139\*\*\*\*0001" in paper


def test_markdown_in_a_name_is_shown_as_written(zhibu: Run) -> None:
    zhibu("init", "--name", "甲", "--founded", "2015-06-01", "--ledger-from", "2026-01-01")
    zhibu("group", "add", "<一>|*组*", "--founded", "2020-01-01")
    paper = zhibu("check", "--rule", "group-meeting-monthly", "--as-of", "2026-02-01", "--format", "md").out
    assert r"\<一\>\|\*组\*" in paper


def test_an_explanation_is_printed_with_its_finding(branch: Run) -> None:
    key = "general-meeting-quarterly@2026-Q1"
    answer = branch("waive", key, "--reason", "防汛值守", "--by", "张三", env={})
    assert answer.code == 0, answer.err
    out = branch("check", *RULE, "--as-of", "2026-04-01").out
    assert "情况说明：防汛值守（张三，2026年3月9日）" in out
    assert "未见记录 1 项" in out


def test_a_rule_that_is_none_is_answered_with_near_names(branch: Run) -> None:
    answer = branch("check", "--rule", "general-meeting")
    assert answer.code == 14
    assert "general-meeting-quarterly" in answer.err


def test_rules_are_listed_explained_linted_and_covered(zhibu: Run) -> None:
    assert "general-meeting-quarterly" in zhibu("rules", "list").out
    assert "《中国共产党支部工作条例（试行）》第十一条" in zhibu("explain", "general-meeting-quarterly").out
    assert zhibu("rules", "lint").out == "规则文件没有问题。\n"
    assert "由规则核对" in zhibu("rules", "coverage").out


def test_a_rule_is_explained_without_marks_and_its_parameters_in_words(zhibu: Run) -> None:
    lines = zhibu("explain", "主题党日每月一次").out.splitlines()
    assert lines[0] == "主题党日每月一次"
    assert "【依据】" in lines
    text = "\n".join(lines)
    assert "`" not in text
    assert "参数：计数的记录种类 主题党日；周期 每月；至少数量 1" in text
    assert "- at_least（至少数量），现为 1，只能调高" in text
    assert not [line for line in lines if line.startswith("#")]


def test_no_line_of_rules_or_explanations_is_wider_than_the_terminal(
    zhibu: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for argv in (("rules", "list"), ("rules", "coverage"), ("explain", "vote-admit-pass")):
        assert max(map(display_width, zhibu(*argv).out.splitlines())) <= 80, argv


def test_a_folder_without_rules_is_told_in_chinese(zhibu: Run) -> None:
    answer = zhibu("rules", "lint", "没有")
    assert answer.code == 17
    assert "错误：没有 里没有 packs.toml，也没有 local.toml" in answer.err


def test_an_explanation_without_approval_says_that_the_duty_stays_open(branch: Run) -> None:
    key = "general-meeting-quarterly@2026-Q1"
    late = datetime(2026, 4, 8, 9, 0)
    answer = branch("waive", key, "--reason", "防汛", now=late)
    assert "核对时仍列为“未见记录”" in answer.out
    approved = ("--approval", "机党〔2026〕3号", "--approved-on", "2026-04-01")
    told = branch("waive", key, "--reason", "防汛", *approved, now=late).out.replace("\n", "")
    assert "核对时仍列为“未见记录”，说明和批准文号附在旁边：“问题”一级的，不改列" in told


MINUTES = (
    "综合窗口平均等候四十一分钟，老人等得最久，原因是复印机坏了没有人报修，要有人盯着。"
    "午间值班由一人增加到两人，党员先排班；材料清单重新写过，叫号按事项分开，下月起办。"
)


def test_how_much_two_texts_share_is_told_only_with_verbose(zhibu: Run) -> None:
    assert zhibu("init", "--name", "示例支部", "--founded", "2015-06-01").code == 0
    for day in ("2026-02-05", "2026-03-05"):
        assert zhibu("record", "theme-day", "--date", day, "--content", MINUTES, "--yes").code == 0
    asked = ("check", "--rule", "record-duplicate-text")
    plain, more = zhibu(*asked).out, zhibu(*asked, "--verbose").out
    assert "S1、S2" in plain
    assert "100%" not in plain
    assert "100%" in more
    assert "100%" not in zhibu(*asked, "--verbose", "--format", "json").out


def test_another_ledger_is_compared_with(zhibu: Run) -> None:
    for name, file in (("示例支部", "a.db"), ("邻近支部", "b.db")):
        assert zhibu("init", "--name", name, "--founded", "2015-06-01", "--db", file).code == 0
        done = zhibu(
            "record", "theme-day", "--date", "2026-03-05", "--content", MINUTES, "--yes", "--db", file
        )
        assert done.code == 0
    asked = ("check", "--db", "a.db", "--rule", "record-duplicate-text")
    assert zhibu(*asked).code == 0
    answer = zhibu(*asked, "--with", "b.db")
    assert answer.code == 1
    assert "邻近支部" in answer.out
