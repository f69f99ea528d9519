"""``zhibu due`` and ``zhibu plan`` as they are typed: what is shown, written, refused."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar
from tests.once import once

from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Run

NOVEMBER = datetime(2026, 11, 25, 9, 0)


@pytest.fixture
@once
def staffed(zhibu: Run) -> Run:
    """书记 王芳 with two members in a group; the theme day is fixed on the 20th."""
    for argv in (
        ("init", "--name", "示例局机关第一党支部", "--founded", "2015-06-01", "--theme-day", "每月20日"),
        ("member", "add", "王芳", "--joined", "2010-07-01", "--status", "正式"),
        ("member", "add", "吴平", "--joined", "2010-07-01", "--status", "正式"),
        ("group", "add", "第一党小组", "--leader", "吴平"),
        ("post", "add", "王芳", "--post", "书记", "--since", "2024-01-10", "--origin", "换届选举"),
    ):
        made = zhibu(*argv)
        assert made.code == 0, made.err
    return zhibu


def fits(answer: Answer, width: int) -> bool:
    return max(display_width(line) for line in answer.out.splitlines()) <= width


def test_each_monday_a_page_of_what_is_owed(staffed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = staffed("due", now=NOVEMBER)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[0] == "示例局机关第一党支部　近期要做的事"
    assert "固定日2026年12月21日（星期一，由12月20日顺延），还有26天；最迟2026年12月31日" in answer.out
    assert "    支部委员会任期一般三年，届满换届　term-3-years" in answer.out
    assert "谁：第一党小组组长吴平" in answer.out
    assert "依据：《中国共产党支部工作条例（试行）》第十三条（一般）" in answer.out
    assert fits(answer, 80)


def test_another_day_and_range(staffed: Run) -> None:
    answer = staffed("due", "--as-of", "2026-02-09", "--within", "3周")
    assert "固定日2026年2月24日（星期二，由2月20日顺延）" in answer.out
    assert "主题党日每月一次" not in staffed("due", "--as-of", "2026-02-09", "--within", "7d").out


def test_names_behind_a_number_are_shown_on_request(staffed: Run) -> None:
    argv = ("due", "--as-of", "2026-12-05", "--within", "30d")
    staffed("member", "add", "周全", "--joined", "2010-07-01", "--status", "正式")
    assert "吴平、周全" not in staffed(*argv).out
    assert "谁：2名党员：吴平、周全" in staffed(*argv, "--verbose").out


def test_due_as_data(staffed: Run) -> None:
    answer = staffed("due", "--format", "json", now=NOVEMBER)
    data = json.loads(answer.out)
    assert (data["schema_version"], data["as_of"], data["until"]) == (1, "2026-11-25", "2026-12-25")
    assert {"key", "rule", "title", "status", "day", "due", "who", "fix", "citations", "findings"} == set(
        data["due"][0]
    )


def test_a_calendar_file_is_written_beside_the_answer(staffed: Run) -> None:
    answer = staffed("due", "--ics", "支部.ics", now=NOVEMBER)
    assert "近期要做的事" in answer.out
    assert "日历已写到 支部.ics" in answer.err
    first = Path("支部.ics").read_bytes()
    assert len(Calendar.from_ical(first).walk("VEVENT")) == len(
        json.loads(staffed("due", "--format", "json", now=NOVEMBER).out)["due"]
    )
    assert staffed("due", "--ics", "支部.ics", now=NOVEMBER).code == 15
    assert staffed("due", "--ics", "支部.ics", "--yes", now=NOVEMBER).code == 0
    assert Path("支部.ics").read_bytes() == first


def test_page_and_calendar_are_two_files_and_both_or_none_are_written(staffed: Run) -> None:
    same = staffed("due", "-o", "一.ics", "--ics", "一.ics", now=NOVEMBER)
    assert same.code == 2
    assert "两个文件不能是同一个" in same.err
    word = staffed("due", "-o", "一.docx", "--ics", "二.docx", now=NOVEMBER)
    assert word.code == 2
    assert ".ics" in word.err
    Path("文件").write_text("", encoding="utf-8")
    assert staffed("due", "-o", "一.docx", "--ics", "文件/二.ics", now=NOVEMBER).code == 12
    assert not Path("一.docx").exists()


@pytest.mark.parametrize(
    ("argv", "file"),
    [
        (("due", "--format", "docx"), "近期要做的事.docx"),
        (("due", "-o", "本周.docx"), "本周.docx"),
        (("due", "-o", "本周.md"), "本周.md"),
        (("due", "-o", "本周.json"), "本周.json"),
        (("due", "-o", "本周.txt"), "本周.txt"),
        (("due", "-o", "本周.ics"), "本周.ics"),
        (("plan", "2027", "--format", "docx"), "2027年度计划.docx"),
        (("plan", "2027", "--format", "ics"), "2027年度计划.ics"),
        (("plan", "2027", "-o", "计划.ics"), "计划.ics"),
        (("plan", "2027", "-o", "计划.xlsx"), "计划.xlsx"),
        (("plan", "2026", "--against", "-o", "对照.docx"), "对照.docx"),
    ],
)
def test_papers_go_where_they_are_sent_and_never_over_a_file(
    staffed: Run, argv: tuple[str, ...], file: str
) -> None:
    answer = staffed(*argv, now=NOVEMBER)
    assert answer.code == 0, answer.err
    assert f"已写到 {file}" in answer.err.replace(str(Path.cwd()) + "/", "")
    assert Path(file).stat().st_size > 100
    assert staffed(*argv, now=NOVEMBER).code == 15


def test_markdown_goes_to_the_terminal(staffed: Run) -> None:
    assert staffed("due", "--format", "md", now=NOVEMBER).out.startswith("# 近期要做的事")
    assert staffed("plan", "2027", "--format", "md", now=NOVEMBER).out.startswith("# 2027年度工作计划")


def test_a_plan_of_next_year_says_that_its_days_off_are_not_known(
    staffed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    answer = staffed("plan", "2099", now=NOVEMBER)
    assert "注意：2099年的放假安排未登记全，主题党日固定日没有顺延" in answer.out
    assert "主题党日　2099年2月20日（星期五，未顺延）　书记王芳" in answer.out
    assert fits(answer, 80)


def test_the_plan_is_written_filled_in_and_brought_back(staffed: Run) -> None:
    staffed("plan", "2026", "-o", "计划.xlsx", now=datetime(2025, 12, 1))
    answer = staffed("import", "计划.xlsx", "--yes")
    assert answer.code == 0, answer.err
    told = staffed("plan", "2026")
    assert "台账“年度计划”中登记的" in told.out
    assert "年度计划能安排的事项，都有安排。" in told.out
    row = next(line for line in staffed("list", "--kind", "年度计划").out.splitlines() if "党课" in line)
    staffed("void", row.split()[0], "--reason", "不安排")
    told = staffed("plan", "2026")
    assert "计划没有安排到的（1 项）" in told.out
    assert "2026年　书记每年讲党课不少于一次（secretary-lecture-yearly）" in told.out


def test_what_the_workbook_has_no_rows_for_is_told_beside_it(staffed: Run) -> None:
    """The term of 2024-01-10 ends on 2027-01-10; 年度计划 knows no 换届."""
    answer = staffed("plan", "2027", "-o", "计划.xlsx", now=NOVEMBER)
    assert "“年度计划”表中没有这些类型，列在另一张表“依据（不导入）”" in answer.out.replace("\n", "")
    assert "1月　支部委员会任期一般三年，届满换届　最迟2027年1月10日" in answer.out


def test_how_to_enter_days_off_is_told_on_the_screen_and_not_in_the_file(staffed: Run) -> None:
    done = staffed("plan", "2099", "-o", "计划.md", "--as-of", "2026-11-02")
    assert "zhibu record calendar-day" in (done.out + done.err).replace("\n", "")


def test_the_help_says_which_formats_go_with_against(staffed: Run) -> None:
    assert "只有table、docx、md、html" in "".join(staffed("plan", "--help").out.split())


def test_plan_against_records(staffed: Run) -> None:
    staffed("record", "theme-day", "--date", "2026-01-20", "--theme", "学习")
    answer = staffed("plan", "2026", "--against")
    assert "【已见记录】主题党日　计划2026年1月20日（星期二）　2026年1月20日（S1）" in answer.out
    assert "【未见记录】主题党日　计划2026年2月24日（星期二，由2月20日顺延）" in answer.out
    assert "【未到】主题党日　计划2026年3月20日（星期五）" in answer.out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("due", "--within", "很久"), "“很久”不是时间长短；请写成 30d、30天、2周、3个月或1年。"),
        (("due", "--within", "100年"), "“100年”太长，最多看今后5年；请写成 30天、3个月、1年或5年。"),
        (("due", "--within", "61个月"), "“61个月”太长，最多看今后5年；请写成 30天、3个月、1年或5年。"),
        (("plan",), "缺少参数 年份"),
        (("plan", "明年"), "“明年”不是年份"),
        (
            ("plan", "2026", "--against", "--format", "xlsx"),
            "这里没有 xlsx 格式；可写：table、docx、md、html。",
        ),
        (("plan", "2026", "-o", "计划.json"), "这里没有 json 格式"),
        (("due", "-o", "本周.xlsx"), "这里没有 xlsx 格式；可写：table、json、md、docx、ics。"),
    ],
)
def test_wrong_usage_is_told_in_chinese(staffed: Run, argv: tuple[str, ...], words: str) -> None:
    answer = staffed(*argv)
    assert answer.code == 2
    assert words in answer.err


def test_five_years_ahead_may_still_be_asked_for(staffed: Run) -> None:
    answer = staffed("due", "--as-of", "2026-02-09", "--within", "60个月", "--format", "json")
    assert (answer.code, json.loads(answer.out)["until"]) == (0, "2031-02-09")


def test_the_menu_leads_to_both(staffed: Run) -> None:
    answer = staffed(typed=["2", "", "6", "2027", "", "0"], now=NOVEMBER)
    assert "> zhibu due" in answer.out
    assert "> zhibu plan 2027" in answer.out
    assert "2027年度工作计划" in answer.out
