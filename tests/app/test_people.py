"""Members, groups and posts with their days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app import people
from zhibu_cli.app.listing import history
from zhibu_cli.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


def _inside(ledger: Path, day: date) -> list[str]:
    return [member.name for member in people.load_roster(ledger).members_on(day)]


def test_a_departure_counts_from_its_day_and_keeps_the_old_row(ledger: Path, actor: Actor) -> None:
    people.leave(ledger, "李四", {"left": "2026-03-01", "left_why": "调动"}, actor)
    assert "李四" in _inside(ledger, date(2026, 2, 28))
    assert "李四" not in _inside(ledger, date(2026, 3, 1))
    first, second = history(ledger, "M2")
    assert "left" not in first.payload
    assert second.reason == "转出：调动"


def test_a_return_is_an_event_and_the_days_between_stay_outside(ledger: Path, actor: Actor) -> None:
    people.leave(ledger, "M2", {"left": "2025-06-01"}, actor)
    people.come_back(ledger, "李四", {"date": "2026-02-01", "ground": "介绍信"}, actor)
    assert "李四" in _inside(ledger, date(2025, 5, 31))
    assert "李四" not in _inside(ledger, date(2026, 1, 31))
    assert "李四" in _inside(ledger, date(2026, 2, 1))


def test_nobody_returns_who_has_not_left(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="不需要转回"):
        people.come_back(ledger, "李四", {"date": "2026-02-01"}, actor)


def test_a_departure_needs_its_day(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="转出时间"):
        people.leave(ledger, "李四", {}, actor)


def test_a_member_is_found_by_number_or_by_a_name_that_only_one_bears(ledger: Path, actor: Actor) -> None:
    assert people.number_of(ledger, "member", "M4") == "M4"
    assert people.number_of(ledger, "member", "赵 六") == "M4"
    assert people.number_of(ledger, "group", "第一党小组") == "G1"
    with pytest.raises(NotFoundError, match="钱七"):
        people.number_of(ledger, "member", "钱七")
    people.add_row(ledger, "member", {"name": "赵六", "joined": "2020-01-01", "status": "正式"}, actor)
    with pytest.raises(InputError, match="M4、M5"):
        people.number_of(ledger, "member", "赵六")


def test_a_member_moves_into_a_group_by_its_name(ledger: Path, actor: Actor) -> None:
    change = people.edit_row(ledger, "member", "李四", {"group": "第一党小组"}, actor, reason="分组")
    assert change.new.payload["group"] == "G1"
    assert [(field.old, field.new) for field in change.fields] == [("", "第一党小组")]
    assert [m.name for m in people.load_roster(ledger).group_members_on("G1", date(2026, 3, 1))] == ["李四"]


def test_a_term_ends_on_its_day(ledger: Path, actor: Actor) -> None:
    people.end_post(ledger, "王五", "", {"until": "2026-03-01"}, actor)
    roster = people.load_roster(ledger)
    assert roster.holders("secretary", date(2026, 3, 1)) == ("M3",)
    assert roster.holders("secretary", date(2026, 3, 2)) == ()
    with pytest.raises(NotFoundError):
        people.end_post(ledger, "王五", "书记", {"until": "2026-03-01"}, actor)


def test_of_two_posts_the_one_meant_must_be_named(ledger: Path, actor: Actor) -> None:
    people.add_row(ledger, "post", {"member": "王五", "post": "纪检委员", "since": "2024-01-10"}, actor)
    with pytest.raises(InputError, match="P1、P2"):
        people.end_post(ledger, "王五", "", {"until": "2026-03-01"}, actor)
    change = people.end_post(ledger, "王五", "纪检委员", {"until": "2026-03-01"}, actor)
    assert change.new.id == "P2"


def test_rows_show_names_in_place_of_numbers(ledger: Path) -> None:
    ((entry, cells),) = people.rows(ledger, "post")
    assert entry.id == "P1"
    assert cells == {"姓名": "王五", "职务": "书记", "任职时间": "2024-01-10", "产生方式": "换届选举"}
