"""Lists, one entry whole, its versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.app.listing import history, list_entries, show
from zhibu_cli.app.recording import amend, record, void
from zhibu_cli.errors import InputError, NotFoundError
from zhibu_cli.model.period import Span

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


@pytest.fixture
@once
def filled(ledger: Path, actor: Actor) -> Path:
    """S1 大会 03-05 (amended), S2 党课+党日 02-10, S3 大会 01-08 (voided), T1 谈话 02-01."""
    record(ledger, "general_meeting", {"date": "2026-03-05", "theme": "甲"}, actor)
    record(ledger, ["党课", "主题党日"], {"date": "2026-02-10", "theme": "乙"}, actor)
    record(ledger, "general_meeting", {"date": "2026-01-08", "theme": "丙"}, actor)
    record(ledger, "talk", {"date": "2026-02-01", "talkers": "王五", "partners": "张三"}, actor)
    amend(ledger, "S1", {"votes": ["事项类别=一般议题 事项=计划 赞成=3"]}, "补记表决", actor)
    void(ledger, "S3", "重复", actor)
    return ledger


def test_entries_come_in_the_order_of_days_without_people_and_voided_ones(filled: Path) -> None:
    lines = list_entries(filled)
    assert [(line.id, line.kinds, line.summary) for line in lines] == [
        ("T1", "谈心谈话", "王五 张三"),
        ("S2", "党课、主题党日", "乙"),
        ("S1", "支部党员大会", "甲"),
    ]
    assert [line.id for line in list_entries(filled, include_voided=True)] == ["S3", "T1", "S2", "S1"]


@pytest.mark.parametrize(
    ("what", "ids"),
    [
        ("主题党日", ["S2"]),
        ("党课", ["S2"]),
        ("talk", ["T1"]),
        ("组织生活", ["S2", "S1"]),
        ("党员名册", ["M1", "M2", "M3", "M4"]),
    ],
)
def test_a_list_is_cut_to_a_kind_or_a_register(filled: Path, what: str, ids: list[str]) -> None:
    assert [line.id for line in list_entries(filled, what)] == ids


def test_a_list_is_cut_to_days_both_ends_included(filled: Path) -> None:
    span = Span(date(2026, 2, 1), date(2026, 2, 10))
    assert [line.id for line in list_entries(filled, span=span)] == ["T1", "S2"]


def test_an_unknown_kind_is_told(filled: Path) -> None:
    with pytest.raises(InputError, match="舞会"):
        list_entries(filled, "舞会")


def test_one_entry_is_shown_with_its_votes(filled: Path) -> None:
    shown = show(filled, "S1")
    assert shown.title == "组织生活"
    assert shown.day == "2026年3月5日（星期四）"
    assert shown.rows == (("类型", "支部党员大会"), ("日期", "2026-03-05"), ("主题", "甲"))
    assert shown.tables == (("表决", ("事项类别=一般议题 事项=计划 赞成=3",)),)
    assert shown.entry.version == 2
    assert show(filled, "S3").entry.voided


def test_history_tells_what_each_version_changed(filled: Path) -> None:
    first, second = history(filled, "S1")
    assert [field.label for field in first.changes] == ["类型", "日期", "主题"]
    assert [(field.label, field.old) for field in second.changes] == [("表决", "")]
    assert [past.voided for past in history(filled, "S3")] == [False, True]


def test_an_unknown_number_is_told(filled: Path) -> None:
    for ask in (show, history):
        with pytest.raises(NotFoundError, match="X1"):
            ask(filled, "X1")
