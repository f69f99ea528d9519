"""Sketches: what does not count, what does, and laws that hold for any text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu_cli.model.sketch import (
    KEEP,
    SHORTEST,
    Likeness,
    alike,
    is_current,
    least,
    read,
    sketch,
    stamp,
)
from zhibu_cli.resources import set_phrases

MINUTES = (
    "3月上旬综合窗口平均等候41分钟，原因是复印机坏了没有人报修。"
    "张三建议午间值班由一人增加到两人，党员先排班。"
    "李四不同意单纯加人，认为预约叫号应当按事项分开。"
    "材料清单由王五负责，4月18日前完成。"
)
OTHER = (
    "走访了三户退休职工，两户反映上楼吃力，一户想学用手机挂号。"
    "有人愿意每周六上门教一次，有人去问社区能不能装扶手。"
    "费用从活动经费里出，不另外摊派，下次会上报结果。"
)
NAMES = ("张三", "李四", "王五", "赵六", "钱七", "孙八")


def likeness(one: str, other: str, phrases: tuple[str, ...] = ()) -> Likeness:
    return alike(sketch(one, names=NAMES, phrases=phrases), sketch(other, names=NAMES, phrases=phrases))


@pytest.mark.parametrize(
    "copy",
    [
        MINUTES.replace("3月上旬", "11月上旬").replace("4月18日", "12月2日").replace("41", "38"),
        MINUTES.replace("张三", "赵六").replace("李四", "钱七").replace("王五", "孙八"),
        "\n".join(reversed(MINUTES.split("。"))),
        MINUTES.replace("，", ", ").replace("4", "４"),
    ],
    ids=["dates and numbers", "names", "order", "signs and width"],
)
def test_what_does_not_count_makes_no_difference(copy: str) -> None:
    assert likeness(MINUTES, copy) == (1.0, 1.0)


def test_other_words_on_other_matters_have_nothing_in_common() -> None:
    assert likeness(MINUTES, OTHER) == (0.0, 0.0)


def test_one_passage_in_common_is_a_small_spread() -> None:
    first = MINUTES.split("。", maxsplit=1)[0] + "。"
    found = likeness(MINUTES, first + OTHER)
    assert 0.1 < found.share < 0.4
    assert found.spread < 0.5


def test_words_replaced_in_every_sentence_leave_nearly_the_whole_spread() -> None:
    copy = (
        "3月上旬综合窗口平均等待41分钟，原因是复印机故障没有人报修。"
        "张三提议午间值班由一人增加到两人，党员率先排班。"
        "李四不赞成只是加人，认为预约叫号应该按事项分开。"
        "材料清单由王五牵头，4月18日前改好。"
    )
    found = likeness(MINUTES, copy)
    assert found.spread > 0.8
    assert found.share < 0.6
    assert found.scattered > 0.2


def test_items_of_one_agenda_that_differ_as_a_whole_are_not_scattered() -> None:
    first, _, rest = MINUTES.partition("。")
    found = likeness(MINUTES, f"窗口的灯管换了新的，叫号的声音也调低了。{rest}")
    assert first not in rest
    assert found.spread > 0.6
    assert found.scattered < 0.1


def test_set_phrases_alone_leave_little_to_compare() -> None:
    text = "会议传达学习了重要讲话精神。会议要求，全体党员提高政治站位，结合岗位实际，充分发挥先锋模范作用。"
    assert sketch(text, phrases=set_phrases()) == stamp(set_phrases())
    assert read(sketch(text)).size >= SHORTEST


def test_a_text_too_short_to_compare_is_the_stamp_alone() -> None:
    short = "学习党章第一章。" * 2
    assert len(short) < SHORTEST
    assert sketch(short) == stamp(())
    assert alike(sketch(short), sketch(short)) == (0.0, 0.0)
    assert least(sketch(short), 24) == ()


def test_a_sketch_of_other_phrases_or_of_half_its_bytes_is_out_of_date() -> None:
    made = sketch(MINUTES, phrases=("甲",))
    assert is_current(made, stamp(("甲",)))
    assert not is_current(made, stamp(("甲", "乙")))
    assert not is_current(made[:-1], stamp(("甲",)))
    assert not is_current(b"", stamp(("甲",)))
    assert is_current(stamp(("甲",)), stamp(("甲",)))


def test_the_bytes_are_the_same_on_every_machine_and_in_every_process() -> None:
    assert sketch(MINUTES, names=NAMES)[:21].hex() == ("0300000000a08ee0be851916ca4500000016fd5e02")


def test_a_long_text_is_kept_to_its_smallest_features() -> None:
    chance = random.Random(7)  # noqa: S311 - invented text
    text = "。".join("".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(30)) for _ in range(100))
    made = sketch(text)
    assert len(read(made).clause_of) == KEEP
    found = alike(made, sketch(text[: len(text) // 2]))
    assert found.share == pytest.approx(0.5, abs=0.1)


SENTENCES = st.lists(
    st.text(st.sampled_from("窗口排队复印机值班清单叫号走访职工扶手经费三月日、，"), min_size=1, max_size=30),
    min_size=1,
    max_size=20,
)


@given(SENTENCES, st.randoms())
def test_the_order_of_sentences_does_not_matter(sentences: list[str], chance: object) -> None:
    shuffled = sorted(sentences, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert sketch("。".join(sentences)) == sketch("。".join(shuffled))


@given(SENTENCES, SENTENCES)
def test_likeness_is_mutual_and_between_nothing_and_everything(one: list[str], other: list[str]) -> None:
    first, second = sketch("。".join(one)), sketch("。".join(other))
    found = alike(first, second)
    assert found == alike(second, first)
    assert 0.0 <= found.share <= 1.0
    assert 0.0 <= found.spread <= 1.0


@given(st.text())
def test_any_text_has_a_sketch_that_is_like_itself(text: str) -> None:
    made = sketch(text)
    assert is_current(made, stamp(()))
    assert alike(made, made) in {(0.0, 0.0), (1.0, 1.0)}
