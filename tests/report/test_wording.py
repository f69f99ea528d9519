"""Words on their way into a paper."""

from __future__ import annotations

import pytest

from zhibu_cli.report.wording import behind, quoted, shortened, signed


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ("一二三四五", "一二三四五"),
        ("一二三四五六", "一二三四五……（全文见S1）"),
        ("一二〔U+0007〕", "一二……（全文见S1）"),  # half a mark would be no mark
        ("〔甲〕二三四五", "〔甲〕二三……（全文见S1）"),
    ],
)
def test_a_long_text_is_cut_visibly_and_never_inside_a_mark(words: str, cut: str) -> None:
    assert shortened(words, 5, "（全文见S1）") == cut


@pytest.mark.parametrize(
    ("name", "tail", "called"),
    [
        ("市数据局第一党支部", "支部委员会记录", "委员会记录"),
        ("市数据局第一党支部", "支部党员大会记录", "党员大会记录"),
        ("中共市数据局机关支部委员会", "支部委员会记录", "会议记录"),
        ("中共市数据局机关支部委员会", "支部委员会签到表", "会议签到表"),
        ("中共市数据局机关支部委员会", "支部党员大会记录", "支部党员大会记录"),
        ("市数据局第一党支部第一党小组", "党小组会签到表", "会签到表"),
    ],
)
def test_what_the_name_says_already_is_not_said_twice(name: str, tail: str, called: str) -> None:
    assert behind(name, tail) == called


def test_a_signature_too_long_for_a_line_is_broken_between_words() -> None:
    """24 Han fill the line; of the long name the second line begins before 与."""
    assert signed("中共云岭市档案局信息科支部委员会") == "中共云岭市档案局信息科支部委员会"
    long = "中共云岭市自然资源和规划局国土空间规划与测绘地理信息管理科联合支部委员会"
    assert signed(long).split("\n") == [
        "中共云岭市自然资源和规划局国土空间规划",
        "与测绘地理信息管理科联合支部委员会",
    ]


def test_book_marks_inside_a_title_become_the_single_ones() -> None:
    """GB/T 15834: outside double, inside single; a title that has its own marks stays as it is written."""
    assert quoted("学习《支部工作条例》第三章") == "《学习〈支部工作条例〉第三章》"
    assert quoted("守住纪律底线") == "《守住纪律底线》"
    assert quoted("《支部工作条例》导读") == "《支部工作条例》导读"
