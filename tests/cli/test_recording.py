"""Recording from options and at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
@once
def staffed(branch: Run) -> Run:
    """The branch with four members: 张三 (secretary), 李四 (probationary), 王五, 赵六."""
    for argv in (
        ("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式"),
        ("member", "add", "李四", "--joined", "2025-07-01", "--status", "预备"),
        ("member", "add", "王五", "--joined", "2001-07-01", "--status", "正式"),
        ("member", "add", "赵六", "--joined", "2002-07-01", "--status", "正式"),
        ("post", "add", "张三", "--post", "书记", "--since", "2024-05-10", "--origin", "换届选举"),
    ):
        made = branch(*argv)
        assert made.code == 0, made.err
    return branch


MEETING = (
    "record", "meeting", "--kind", "党员大会", "--date", "3月5日", "--place", "二楼会议室",
    "--host", "张三", "--recorder", "王五", "--topic", "学习", "--content", "学习有关文件并讨论",
    "--present-names", "其余全体", "--absent", "赵六=病假",
)  # fmt: skip


def test_the_answer_gives_number_full_date_head_counts_and_the_duty_met(staffed: Run) -> None:
    answer = staffed(*MEETING)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "已记录 S1　支部党员大会　2026年3月5日（星期四）"
    assert lines[1] == "  应到4 实到3 缺席1"
    assert "  已落实：支部党员大会每季度至少一次　2026年第一季度" in lines


def test_a_vote_is_answered_with_its_quorum(staffed: Run) -> None:
    vote = "事项类别=一般议题 事项=工作计划 应到=3 实到=2 赞成=2"
    answer = staffed(*MEETING, "--vote", vote)
    assert answer.code == 0
    assert "半数以上" in answer.out
    assert "事项类别=一般议题 事项=工作计划 应到=3 实到=2 赞成=2" in staffed("show", "S1").out


def test_in_a_script_every_missing_option_is_named_at_once_and_nothing_is_written(staffed: Run) -> None:
    answer = staffed("record", "talk", "--date", "3月5日")
    assert answer.code == 2
    assert "缺少选项：--talker（谈话人）、--partner（谈话对象）。" in answer.err
    assert "没有符合的记录" in staffed("list").out


def test_a_command_for_one_kind_implies_it_and_may_add_another(staffed: Run) -> None:
    staffed("record", "theme-day", "--date", "3月5日", "--theme", "植树", "--kind", "支部党员大会")
    assert "主题党日、支部党员大会" in staffed("list").out


def test_meeting_kinds_that_exclude_each_other_are_refused(staffed: Run) -> None:
    answer = staffed("record", "meeting", "--kind", "党员大会、支委会", "--date", "3月5日")
    assert answer.code == 12
    assert "没有符合的记录" in staffed("list").out


def test_content_is_read_from_a_file_in_either_encoding(staffed: Run) -> None:
    from pathlib import Path

    Path("内容.txt").write_bytes("学习党章".encode("gbk"))
    staffed("record", "lecture", "--date", "3月5日", "--lecturer", "张三", "--content-file", "内容.txt")
    assert "学习党章" in staffed("show", "S1").out


def test_at_a_terminal_what_is_missing_is_asked_shown_and_confirmed(staffed: Run) -> None:
    typed = [
        "1",  # 支部党员大会
        "昨天天",  # unreadable: asked again
        "3月5日",
        "二楼会议室",
        "张三",
        "王五",
        "-赵六=病假",  # everybody else came
        "学习",
        "学习有关文件",
        "赞成二票",  # unreadable: asked again
        "事项类别=一般议题 事项=工作计划 应到=3 实到=2 赞成=2", "",
        "",  # 这样记下吗
    ]  # fmt: skip
    answer = staffed("record", "meeting", typed=typed)
    assert answer.code == 0, answer.out + answer.err
    assert "按当天名册应到 4 人：1 张三　2 李四　3 王五　4 赵六" in answer.out
    assert "2 日期            2026年3月5日（星期四）" in answer.out
    assert "已记录 S1　支部党员大会　2026年3月5日（星期四）" in answer.out
    assert "应到4 实到3 缺席1" in answer.out
    assert "“赞成二票”读不出" in answer.out
    assert "表决              事项类别=一般议题 事项=工作计划" in answer.out
    assert "应到有表决权3人、赞成2票" in answer.out.replace("\n    ", "")


@pytest.mark.parametrize("stop", [0, 1, 3, 6])
def test_leaving_in_the_middle_writes_nothing_and_returns_130(staffed: Run, stop: int) -> None:
    typed = ["1", "3月5日", "二楼会议室", "张三", "王五", "-赵六=病假"][:stop]
    answer = staffed("record", "meeting", typed=typed)
    assert answer.code == 130
    assert "已取消，没有写入。" in answer.err
    assert "没有符合的记录" in staffed("list").out


def test_breaking_off_after_it_was_written_is_not_told_as_nothing_written(
    staffed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("zhibu_cli.app.recording._judged", broken_off)
    answer = staffed("record", "theme-day", "--date", "3月5日", "--theme", "植树")
    assert answer.code == 130
    assert "已中断；这之前的已经写入，可用 zhibu list 查看。" in answer.err
    assert "没有写入" not in answer.err
    assert "植树" in staffed("list").out


def test_saying_no_to_the_summary_writes_nothing(staffed: Run) -> None:
    typed = ["王五", "办公室", "谈心", "n"]
    answer = staffed("record", "talk", "--date", "3月5日", "--talker", "张三", typed=typed)
    assert answer.code == 130
    assert "没有符合的记录" in staffed("list").out


def test_nothing_is_asked_at_a_terminal_where_everything_is_given(staffed: Run) -> None:
    answer = staffed(
        "record", "talk", "--date", "3月5日", "--talker", "张三", "--partner", "王五",
        "--place", "办公室", "--content", "谈心", "--paper-at", "档案柜", typed=[],
    )  # fmt: skip
    assert answer.code == 0, answer.out + answer.err


def test_a_classification_mark_is_refused_unsaved(staffed: Run) -> None:
    answer = staffed("record", "lecture", "--date", "3月5日", "--content", "机密★1年")
    assert answer.code == 16
    assert "没有符合的记录" in staffed("list").out


def test_secrecy_education_is_no_secret(staffed: Run) -> None:
    answer = staffed("record", "lecture", "--date", "3月5日", "--content", "开展保密教育")
    assert answer.code == 0
    assert "不得录入" not in answer.err


def test_the_bare_words_are_only_warned_about_in_a_script(staffed: Run) -> None:
    answer = staffed("record", "lecture", "--date", "3月5日", "--content", "传达机密文件")
    assert answer.code == 0
    assert "注意：文字里有“传达机密文件”。不得录入国家秘密、工作秘密。" in answer.err


def test_the_bare_words_are_asked_about_at_a_terminal(staffed: Run) -> None:
    given = [
        "record", "talk", "--date", "3月5日", "--talker", "张三", "--partner", "王五",
        "--place", "办公室", "--content", "机密文件", "--paper-at", "柜",
    ]  # fmt: skip
    assert staffed(*given, typed=["n"]).code == 130
    assert "没有符合的记录" in staffed("list").out
    assert staffed(*given, typed=["y"]).code == 0


def test_an_amendment_keeps_the_old_value_with_its_reason(staffed: Run) -> None:
    staffed(*MEETING)
    answer = staffed("amend", "S1", "--set", "地点=三楼", "--reason", "登记有误")
    assert "地点：二楼会议室 → 三楼" in answer.out
    history = staffed("history", "S1").out
    assert "第 1 版　2026-03-09 10:30　王芳" in history
    assert "原因：登记有误" in history
    assert "地点：二楼会议室 → 三楼" in history


def test_an_amendment_without_reason_is_refused_in_a_script_and_asked_at_a_terminal(staffed: Run) -> None:
    staffed(*MEETING)
    assert staffed("amend", "S1", "--set", "地点=三楼").code == 2
    assert staffed("amend", "S1", "--set", "地点=三楼", typed=["登记有误", ""]).code == 0


def test_an_unknown_field_is_answered_with_the_fields_there_are(staffed: Run) -> None:
    staffed(*MEETING)
    answer = staffed("amend", "S1", "--set", "地址=三楼", "--reason", "x")
    assert answer.code == 2
    assert "“组织生活”的字段有：类型、日期、开始时间" in answer.err


def test_a_voided_record_leaves_the_list_but_not_the_history(staffed: Run) -> None:
    staffed(*MEETING)
    assert staffed("void", "S1", "--reason", "重复").code == 0
    assert "没有符合的记录" in staffed("list").out
    assert "〔已作废，第2版〕" in staffed("list", "--all").out
    assert "【作废】" in staffed("history", "S1").out


def test_who_acts_is_the_option_before_the_variable(staffed: Run) -> None:
    staffed(*MEETING, "--by", "刘洋")
    assert "由 刘洋 录入" in staffed("show", "S1").out


def test_a_name_the_roster_lacks_is_told_before_the_question(staffed: Run) -> None:
    typed = ["钱七", "办公室", "谈心", "n"]
    answer = staffed("record", "talk", "--date", "3月5日", "--talker", "张三", typed=typed)
    assert answer.code == 130
    assert "名册里没有 钱七，照原样记" in answer.out


def test_an_amendment_takes_the_options_of_recording_too(staffed: Run) -> None:
    staffed(*MEETING)
    answer = staffed("amend", "S1", "--place", "三楼", "--note", "补记", "--reason", "登记有误")
    assert answer.code == 0, answer.err
    assert "地点：二楼会议室 → 三楼" in answer.out
    assert "备注：（空） → 补记" in answer.out
    assert "--place 内容" in staffed("amend", "S1", "--help").out
    assert "--place 内容" not in staffed("amend", "M1", "--help").out


def test_an_empty_text_clears_a_field(staffed: Run) -> None:
    staffed(*MEETING)
    assert "地点：二楼会议室 → （空）" in staffed("amend", "S1", "--place", "", "--reason", "不详").out


def test_a_number_is_read_in_any_width_and_case(staffed: Run) -> None:
    staffed(*MEETING)
    assert staffed("show", "ｓ１").code == 0
    assert staffed("amend", "s1", "--place", "三楼", "--reason", "x").code == 0


def test_characters_that_steer_a_terminal_are_shown_as_marks(staffed: Run) -> None:
    staffed("record", "lecture", "--date", "3月5日", "--theme", "甲\x1b[31m乙\udcff")
    shown = staffed("show", "S1").out
    assert "\x1b" not in shown
    assert "甲〔U+001B〕[31m乙" in shown


def test_the_absent_are_not_taken_for_those_who_came(staffed: Run) -> None:
    given = ("--date", "3月5日", "--theme", "植树", "--place", "公园", "--host", "张三", "--recorder", "王五")
    typed = ["李四=公差、赵六", "-李四=公差、赵六", "", "植树。", "", ""]
    answer = staffed("record", "theme-day", *given, typed=typed)
    assert answer.code == 0, answer.out + answer.err
    assert "这里写到会的人，不带原因；除了谁都到了请以 - 开头，如 -张三 病假。" in answer.out
    assert "赵六 没有写原因；不知道就直接回车。" in answer.out
    assert "  应到4 实到2 缺席2" in answer.out.splitlines()


def test_in_the_answer_what_is_wrong_stands_above_what_is_in_order(staffed: Run) -> None:
    vote = "事项类别=一般议题 事项=工作计划 应到=4 实到=2 赞成=2"
    lines = staffed(*MEETING, "--vote", vote).out.splitlines()
    marks = [line.split("：")[0].strip() for line in lines[2:] if line.startswith("  ") and line[2] != " "]
    assert marks[0] == "问题"
    assert marks == sorted(marks, key=["问题", "需说明", "提示", "无法判断", "已落实"].index)


def test_no_line_of_the_answer_is_wider_than_the_terminal(
    staffed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    vote = "事项类别=一般议题 事项=工作计划 应到=3 实到=2 赞成=2"
    assert max(map(display_width, staffed(*MEETING, "--vote", vote).out.splitlines())) <= 80


def test_votes_before_and_after_a_correction_stand_under_each_other(staffed: Run) -> None:
    one, two = (
        "事项类别=一般议题 事项=预算 应到=3 实到=2 赞成=2",
        "事项类别=一般议题 事项=决算 应到=3 实到=2 赞成=2",
    )
    staffed(*MEETING, "--vote", one, "--vote", two)
    lines = staffed("amend", "S1", "--vote", two, "--reason", "误记").out.splitlines()
    assert lines[1:] == ["  表决：", f"    原    {one}", f"          {two}", f"    改为  {two}"]


def test_a_record_without_theme_and_topics_says_so_in_the_list(staffed: Run) -> None:
    staffed("record", "meeting", "--kind", "支委会", "--date", "3月5日", "--place", "二楼", "--host", "张三")
    assert "（未写主题、议题）" in staffed("list").out


def test_a_name_in_place_of_a_number_is_told_whatever_follows(staffed: Run) -> None:
    answer = staffed("amend", "张三", "--place", "三楼", "--reason", "x")
    assert answer.code == 2
    assert "“张三”不是记录编号" in answer.err


def test_nothing_is_required_in_a_correction(staffed: Run) -> None:
    assert "必填" in staffed("record", "meeting", "--help").out
    assert "必填" not in staffed("amend", "S1", "--help").out
    assert "必填" not in staffed("member", "edit", "--help").out


def test_bare_words_that_a_correction_brings_in_are_pointed_out_once(staffed: Run) -> None:
    staffed(*MEETING)
    first = staffed("amend", "S1", "--set", "备注=讨论了机密文件的保管", "--reason", "补充")
    assert first.code == 0
    assert "注意：文字里有“" in first.err
    assert "机密文件" in first.err
    assert "注意" not in staffed("amend", "S1", "--set", "地点=三楼", "--reason", "登记有误").err


def test_bare_words_in_a_row_of_the_roster_are_pointed_out(staffed: Run) -> None:
    row = ("member", "add", "赵新", "--joined", "2010-07-01", "--status", "正式", "--note", "管机密文件")
    assert "注意：文字里有“" in staffed(*row).err


def test_the_kind_is_not_required_where_the_command_itself_says_it(zhibu: Run) -> None:
    for command, needed in (("theme-day", False), ("meeting", True)):
        out = "".join(zhibu("record", command, "--help").out.split())
        kind = out.partition("--kind内容")[2].partition("--date日期")[0]
        assert ("（必填）" in kind) is needed
        assert ("例：zhiburecord" + command + "--kind…" in out) is needed
