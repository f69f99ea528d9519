"""Rows of 年度计划 as values: their day, the year they are about, whom they name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from zhibu_cli.model.plan import PlanItem, item_of, people
from zhibu_cli.model.roster import Member, Post, Roster


def item(**fields: Any) -> PlanItem:
    return item_of("J1", {"year": 2026, "kind": "org_life_meeting", **fields})


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"day": "2026-06-26"}, date(2026, 6, 26)),
        ({"day": "2026-06-26", "month": 5}, date(2026, 6, 26)),
        ({"month": 2}, date(2026, 2, 28)),
        ({"month": 13}, date(2026, 12, 31)),
        ({}, date(2026, 12, 31)),
    ],
)
def test_a_row_lasts_to_its_day_its_month_or_the_year(fields: dict[str, Any], last: date) -> None:
    assert item(**fields).last_day == last


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ({"theme": "2024年度", "month": 6}, 2024),
        ({"theme": "学习2024年全会精神", "month": 6}, 2026),
        ({"month": 3}, 2025),
        ({"month": 4}, 2026),
        ({"day": "2026-03-31"}, 2025),
        ({"day": "2026-04-01"}, 2026),
        ({}, 2026),
    ],
)
def test_what_is_held_up_to_march_is_about_the_year_before(fields: dict[str, Any], year: int) -> None:
    assert item(**fields).assessed == year


def member(number: int, name: str) -> Member:
    day = date(2010, 7, 1)
    return Member(id=f"M{number}", name=name, joined=day, converted=day, status="full")


ROSTER = Roster(
    members=(member(1, "王芳"), member(2, "吴平")),
    posts=(
        Post(id="P1", member="M1", post="secretary", since=date(2024, 1, 10), until=date(2026, 6, 30)),
        Post(id="P2", member="M2", post="secretary", since=date(2026, 7, 1)),
    ),
)


@pytest.mark.parametrize(
    ("who", "month", "refs"),
    [
        (["王芳"], 6, ("M1",)),
        (["书记王芳"], 6, ("M1",)),
        (["书记"], 6, ("M1",)),
        (["支部书记"], 7, ("M2",)),
        (["书记", "王芳"], 6, ("M1",)),
        (["王芳", "吴平"], 6, ("M1", "M2")),
        (["副书记"], 6, ()),
        (["全体党员"], 6, ()),
        ([], 6, ()),
    ],
)
def test_people_are_found_by_name_and_by_the_post_they_hold_then(
    who: list[str], month: int, refs: tuple[str, ...]
) -> None:
    assert people(ROSTER, item(who=who, month=month)) == refs
