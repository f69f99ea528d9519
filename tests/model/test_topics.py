"""A cell with several topics, taken apart: a number goes only where it goes on from the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu_cli.model.topics import topics_in


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("1.学习文件\n2.讨论计划", ["学习文件", "讨论计划"]),
        ("1、学习文件；2、讨论计划；3、其他", ["学习文件", "讨论计划", "其他"]),
        ("一、学习文件 二、讨论计划", ["学习文件", "讨论计划"]),
        ("1.学习文件。2.讨论计划", ["学习文件。", "讨论计划"]),
        ("①学习②讨论", ["学习②讨论"]),
        ("①学习 ②讨论", ["学习", "讨论"]),
        ("（一）学习\n（二）讨论", ["学习", "讨论"]),
        ("(1)学习；(2)讨论", ["学习", "讨论"]),
        ("1.学习；研究", ["学习", "研究"]),
        ("一、学习 1.党章 2.条例 二、讨论 1.计划 2.预算", ["学习", "党章", "条例", "讨论", "计划", "预算"]),
        ("1.学习文件", ["学习文件"]),
        ("一、学习文件", ["学习文件"]),
        ("学习；讨论", ["学习", "讨论"]),
        ("讨论（甲；乙）", ["讨论（甲；乙）"]),
        ("1.讨论（甲 2.乙）", ["讨论（甲 2.乙）"]),
    ],
)
def test_numbers_that_go_on_are_taken_off(written: str, topics: list[str]) -> None:
    assert topics_in(written) == topics


@pytest.mark.parametrize(
    ("written", "topics"),
    [
        ("学习；三、四季度工作", ["学习", "三、四季度工作"]),
        ("三、四季度工作", ["三、四季度工作"]),
        ("一、二季度工作", ["一、二季度工作"]),
        ("一、三季度工作；预算", ["一、三季度工作", "预算"]),
        ("1、2月工作", ["1、2月工作"]),
        ("1.学习\n2.讨论\n4.其他", ["学习", "讨论", "4.其他"]),
        ("2.讨论", ["2.讨论"]),
        ("1.学习 3.其他", ["学习 3.其他"]),
        ("学习 2.讨论", ["学习 2.讨论"]),
        ("1.学习；三、四季度工作；2.讨论", ["学习", "三、四季度工作", "讨论"]),
        ("3.5专项清理", ["3.5专项清理"]),
        ("2026年工作计划", ["2026年工作计划"]),
    ],
)
def test_what_may_be_words_of_a_topic_stays(written: str, topics: list[str]) -> None:
    assert topics_in(written) == topics


def test_a_series_whose_items_begin_with_a_number_is_still_a_series() -> None:
    assert topics_in("一、二季度工作总结；二、三季度计划") == ["二季度工作总结", "三季度计划"]


_SIGNS = [*"一二三四12345、.；; \n（）()。①②学讨", "1.", "2.", "一、", "二、", "三、四", "（一）", "（二）"]


@given(st.lists(st.sampled_from(_SIGNS), max_size=14).map("".join))
def test_topics_read_the_same_once_written_and_no_word_is_lost(written: str) -> None:
    topics = topics_in(written)
    assert topics_in("\n".join(topics)) == topics
    assert "".join(topics).count("学") == written.count("学")
