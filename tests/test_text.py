from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu_cli import text

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "width"), [("abc", 3), ("党课", 4), ("（3人）", 7), ("e\u0301", 1), ("", 0)]
)
def test_a_han_character_takes_two_columns(written: str, width: int) -> None:
    assert text.display_width(written) == width


def test_padding_counts_columns_and_never_cuts() -> None:
    assert text.pad("党课", 6) == "党课  "
    assert text.pad("支部党员大会", 6) == "支部党员大会"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("１２：３０", "12:30"),
        ("⼤会", "大会"),
        ("⻢某", "马某"),
        ("\u200b党课\ufeff ", "党课"),
        (" a ", "a"),
    ],
)
def test_cleaning_turns_look_alikes_into_the_usual_characters(written: str, cleaned: str) -> None:
    assert text.clean(written) == cleaned


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 ・ 买买提", "阿卜杜拉·买买提"),
        ("第一党小组(机关)", "第一党小组（机关）"),
        ("John Smith", "John Smith"),
    ],
)
def test_a_name_has_one_form(written: str, name: str) -> None:
    assert text.clean_name(written) == name


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-05",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "2026.3.5",
        "2026/03/05",
        "２０２６年３月５日",
        "二〇二六年三月五日",
        "二零二六年三月五日",
        "20260305",
        "26年3月5日",
        "2026年3月5日（星期四）",
        "2026年3月5号",
    ],
)
def test_one_day_may_be_written_in_many_ways(written: str) -> None:
    assert text.parse_day(written) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2026年3月",
        "2023年12月份",
        "12月份",
        "2026-02-29",
        "2026年13月1日",
        "26/12/5",
        "5/3/2026",
        "2026年3月5日（星期五）",
        "3月5日",
        "昨天",
        "2026年3月5日至6日",
    ],
)
def test_what_is_no_complete_day_is_not_guessed(written: str) -> None:
    assert text.parse_day(written) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("今天", date(2026, 11, 23)),
        ("昨天", date(2026, 11, 22)),
        ("前天", date(2026, 11, 21)),
        ("上周五", date(2026, 11, 20)),
        ("本周一", date(2026, 11, 23)),
        ("上星期日", date(2026, 11, 22)),
        ("11月23日", date(2026, 11, 23)),
        ("11月24日", date(2025, 11, 24)),
        ("2月29日", date(2024, 2, 29)),
        ("二月二十九日", date(2024, 2, 29)),
    ],
)
def test_a_short_day_is_the_latest_one_not_in_the_future(written: str, day: date) -> None:
    assert text.parse_day(written, MONDAY) == day


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_a_printed_date_reads_back(day: date) -> None:
    assert text.parse_day(text.chinese_date(day)) == day
    assert text.parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "written", ["9999-12-31", "9999年12月31日", "2200-01-01", "1799-12-31", "0001-01-01"]
)
def test_a_day_of_another_age_is_not_read(written: str) -> None:
    assert text.parse_day(written) is None
    assert text.parse_day(written, MONDAY) is None


@pytest.mark.parametrize(
    ("written", "clock"),
    [
        ("14:30", time(14, 30)),
        ("14：30", time(14, 30)),
        ("14:30:00", time(14, 30)),
        ("下午3:00", time(15)),
        ("下午3点半", time(15, 30)),
        ("下午三点半", time(15, 30)),
        ("9时30分", time(9, 30)),
        ("上午9时", time(9)),
        ("九点一刻", time(9, 15)),
        ("中午12点", time(12)),
        ("下午14:30", time(14, 30)),
    ],
)
def test_a_time_of_day_may_be_written_in_many_ways(written: str, clock: time) -> None:
    assert text.parse_clock(written) == clock


@pytest.mark.parametrize("written", ["", "24:00", "12:60", "晚上12点", "上午14点", "下午", "9"])
def test_what_is_no_time_of_day_is_not_guessed(written: str) -> None:
    assert text.parse_clock(written) is None


def test_a_moment_may_carry_begin_and_end() -> None:
    day = date(2026, 3, 5)
    assert text.parse_moment("2026年3月5日") == (day, None, None)
    assert text.parse_moment("2026年3月5日 下午3点") == (day, time(15), None)
    assert text.parse_moment("2026-03-05 14:30-16:00") == (day, time(14, 30), time(16))
    assert text.parse_moment("2026-03-05 下班后") is None


@pytest.mark.parametrize(
    ("number", "word"),
    [(0, "零"), (7, "七"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1010, "一千零一十")],
)
def test_numbers_are_written_in_chinese(number: int, word: str) -> None:
    assert text.chinese_number(number) == word


@given(st.integers(0, 9999))
def test_a_chinese_number_reads_back(number: int) -> None:
    assert text.read_chinese_number(text.chinese_number(number)) == number


def test_the_day_of_the_week_is_named() -> None:
    assert text.weekday(date(2026, 3, 5)) == "星期四"
    assert text.weekday(date(2026, 11, 22)) == "星期日"


def test_characters_a_paper_cannot_carry_become_marks() -> None:
    assert text.visible("a\x07b\x0cc\ud800d\ufffe") == "a〔U+0007〕b〔U+000C〕c〔U+D800〕d〔U+FFFE〕"
    assert text.visible("一\r\n二\t三\r四") == "一\n二\t三\n四"


def test_one_line_keeps_the_words() -> None:
    assert text.one_line(" 学习\n  文件　精神 ") == "学习 文件 精神"


@given(st.text(alphabet=st.sampled_from("张三 ·•.（）()Ⅻe\u0302\u200b\u202e⺠㈱\u3000\u2029")))
def test_a_tidied_name_stays_as_it_is(written: str) -> None:
    assert text.clean_name(text.clean_name(written)) == text.clean_name(written)


def test_one_line_joins_blanks_and_keeps_control_characters_to_be_shown() -> None:
    assert text.one_line(" 甲\u3000 乙\r\n丙\t丁 ") == "甲 乙 丙 丁"
    assert text.one_line("甲\x0b乙\x1f丙\x85丁\u2028戊") == "甲\x0b乙\x1f丙\x85丁\u2028戊"
