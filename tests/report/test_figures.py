"""Figures carry their records; what contradicts itself is not printed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.errors import PaperError
from zhibu_cli.report.figures import Balance, catalogue, count, prove, share, total

if TYPE_CHECKING:
    from zhibu_cli.report.views import Figure


def test_a_record_is_counted_once_however_often_it_is_named() -> None:
    figure = count("x", "会议", ["S1", "S2", "S1"], "规则")
    assert (figure.number, figure.text, figure.records) == (2, "2", ("S1", "S2"))
    assert figure.sources == "S1 S2"


def test_nothing_counted_prints_nought_or_not_seen_and_says_why() -> None:
    plain = count("x", "转入", [], "规则", reason="没有转入")
    assert (plain.number, plain.text, plain.sources) == (0, "0", "无记录：没有转入")
    assert count("x", "会议", [], "规则", none="未见记录").text == "未见记录"


def test_a_sum_without_amounts_is_no_nought() -> None:
    figure = total("x", "应到", {}, "规则", reason="没有载明")
    assert (figure.number, figure.text, figure.reason) == (None, "未见记录", "没有载明")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (9, 10, "90.0%"),
        (2, 3, "66.7%"),
        (1, 3, "33.3%"),
        (10, 10, "100.0%"),
        (1, 2000, "0.1%"),  # 0.05 % is rounded half up
        (1999, 2000, "100.0%"),  # 99.95 % likewise
        (1998, 2000, "99.9%"),
    ],
)
def test_a_rate_has_one_decimal_rounded_half_up(part: int, whole: int, text: str) -> None:
    here = total("p", "实到", {"S1": part}, "规则", reason="")
    due = total("w", "应到", {"S1": whole}, "规则", reason="")
    assert share("r", "到会率", here, due, "规则").text == text


def test_a_rate_of_nothing_is_not_nought_per_cent() -> None:
    due = total("w", "应到", {}, "规则", reason="没有载明")
    assert share("r", "到会率", due, due, "规则").number is None


def _numbered(label: str, number: int) -> Figure:
    return count(label, label, [f"M{n}" for n in range(number)], "规则")


def test_members_that_are_not_full_plus_probationary_stop_the_paper_with_all_names() -> None:
    whole, parts = _numbered("党员总数", 10), (_numbered("正式党员", 8), _numbered("预备党员", 1))
    with pytest.raises(PaperError) as caught:
        prove((whole, *parts), [Balance(whole, parts)])
    for word in ("“党员总数”10", "“正式党员”8", "“预备党员”1", "合计9"):
        assert word in caught.value.message


def test_a_balance_that_holds_says_nothing() -> None:
    whole, parts = _numbered("党员总数", 10), (_numbered("正式党员", 8), _numbered("预备党员", 2))
    prove((whole, *parts), [Balance(whole, parts)])


def test_a_number_without_records_stops_the_paper() -> None:
    with pytest.raises(PaperError, match="谈心谈话"):
        prove([replace(_numbered("谈心谈话", 3), records=())], [])


def test_a_figure_is_found_by_key_and_by_label() -> None:
    figures = catalogue([count("members", "党员总数", ["M1"], "规则")])
    assert figures["members"] is figures["党员总数"]
