"""Columns by display width: a Han character takes two."""

from __future__ import annotations

from zhibu_cli.cli.layout import cut, pairs, table, wrap
from zhibu_cli.text import display_width


def test_chinese_breaks_anywhere_but_before_closing_punctuation() -> None:
    assert wrap("党员大会，支委会", 8) == ["党员大", "会，支委", "会"]


def test_latin_words_are_kept_whole() -> None:
    assert wrap("用 zhibu check 核对", 12) == ["用 zhibu", "check 核对"]


def test_an_opening_bracket_stays_with_what_it_opens() -> None:
    assert wrap("依据《条例》", 6) == ["依据", "《条", "例》"]


def test_line_breaks_in_the_text_are_kept() -> None:
    assert wrap("甲\n乙", 20) == ["甲", "乙"]


def test_columns_of_a_table_start_at_the_same_place() -> None:
    assert table(("编号", "内容"), [("S1", "党员大会"), ("S10", "课")]).splitlines() == [
        "编号  内容",
        "----  --------",
        "S1    党员大会",
        "S10   课",
    ]


def test_only_the_last_column_is_cut_at_the_width() -> None:
    lines = table(("编号", "内容"), [("S1", "一二三四五六七八九十")], 20).splitlines()
    assert max(map(display_width, lines)) <= 20
    assert lines[2].endswith("…")


def test_a_cell_of_several_lines_stays_in_its_row() -> None:
    assert table(("甲", "乙"), [("1", "上\n下")]).splitlines()[2] == "1   上 下"


def test_a_short_text_is_not_cut() -> None:
    assert cut("党课", 4) == "党课"


def test_a_long_term_stands_above_its_meaning() -> None:
    assert pairs([("一二三四五", "甲"), ("六", "乙")], 40, most=4) == [
        "  一二三四五",
        "        甲",
        "  六    乙",
    ]
