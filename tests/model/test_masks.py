"""What does not count when texts are compared: the form of a text, and what it names."""

from __future__ import annotations

import pytest

from zhibu_cli.model.masks import CLAUSE, GAP, masked, plain

TEXT = "午间值班由一人增加到两人，党员先排班。"
UNSEEN = {
    "a blank": " ",
    "an ideographic blank": "\u3000",
    "a narrow blank": "\u202f",
    "a tab": "\t",
    "a line end": "\n",
    "a line end of Windows": "\r\n",
    "a line separator": "\u2028",
    "zero width": "\u200b",
    "a joiner": "\u200d",
    "a word joiner": "\u2060",
    "a byte order mark": "\ufeff",
    "a soft hyphen": "\u00ad",
    "a variation selector": "\ufe0f",
    "a mark of direction": "\u061c",
    "a grapheme joiner": "\u034f",
    "an accent": "\u0301",
    "a Hangul filler": "\u3164",
    "a private character": "\ue000",
}


@pytest.mark.parametrize("mark", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_between_the_characters_goes(mark: str) -> None:
    assert plain(mark.join(TEXT)) == plain(TEXT)


def test_look_alike_characters_become_the_usual_ones() -> None:
    assert plain("⼈⺠４３") == "人民43"


def test_the_end_of_a_line_of_six_characters_stays_and_that_of_five_goes() -> None:
    assert plain("一二三四五六\n七八九") == "一二三四五六\n七八九"
    assert plain("一二三四五\n六七八九") == "一二三四五六七八九"


def test_titles_quotations_names_numerals_and_set_phrases_are_gaps() -> None:
    text = "会议指出，学习《甲条例》，读了“乙丙丁”一段，2025年3月5日第三次会上张三同志发言。"
    found = masked(text, names=("张三",), phrases=("会议指出",))
    assert found.sentences == [f"学习{CLAUSE}读了{GAP}段{CLAUSE}会上{GAP}同志发言"]


def test_a_name_that_nobody_told_is_masked_before_a_verb_of_speaking() -> None:
    assert masked("散会前陈望指出窗口排队久。") == masked("散会前吴青山指出窗口排队久。")


@pytest.mark.parametrize(
    "item",
    [
        "传达学习市委全会精神",
        "听取各支委工作汇报",
        "研究部署下月重点工作",
        "会议研究了本月主题党日方案",
        "通报党费收缴情况",
        "学习《样例条例》",
        "观看警示教育片",
    ],
)
def test_an_item_of_the_agenda_is_kept_but_does_not_count_to_the_size(item: str) -> None:
    assert masked(f"一、{item}。").size == 0
    assert masked(f"一、{item}。").sentences != []
    assert masked(f"{item}；扶手松了，周三修。").size == len("扶手松了周修")


@pytest.mark.parametrize("said", ["学习时复印机坏了", "由办公室通报家属", "研究了半天没有定下来"])
def test_what_was_said_or_decided_counts(said: str) -> None:
    assert masked(f"{said}。").size == len(said)
