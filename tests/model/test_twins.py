"""Two members of one name: told apart by what is written, asked about, never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.groups import find_group
from zhibu_cli.model.people import resolve
from zhibu_cli.model.roster import Group, Member, Roster

if TYPE_CHECKING:
    from collections.abc import Sequence

SITTING = CATALOGUE.register("sitting")
TALK = CATALOGUE.register("talk")


def member(number: str, name: str, group: str, sex: str) -> Member:
    return Member(
        id=number, name=name, joined=date(2010, 7, 1), converted=None, status="full", group=group, sex=sex
    )


ROSTER = Roster(
    members=(
        member("M1", "张三", "G1", "male"),
        member("M2", "张三", "G2", "female"),
        member("M3", "李四", "G1", "male"),
    ),
    groups=(Group(id="G1", name="第一党小组"), Group(id="G2", name="第二党小组")),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("张三（一组）", "M1"),
        ("张三（第二党小组）", "M2"),
        ("张三（2组）", "M2"),
        ("张三（女）", "M2"),
        ("张三（M1）", "M1"),
        ("李四（一组）", "M3"),
    ],
)
def test_a_bracket_tells_which_of_two_is_meant(written: str, meant: str) -> None:
    assert resolve({"attendees": [written]}, SITTING, ROSTER) == ({"attendees": [meant]}, [])


@pytest.mark.parametrize("written", ["张三", "张三（三组）", "张三2", "张三（大）", "张三（B）"])
def test_what_fits_two_or_nobody_for_certain_is_a_problem(written: str) -> None:
    joined, wrong = resolve({"attendees": [written]}, SITTING, ROSTER)
    assert joined == {"attendees": [written]}
    assert len(wrong) == 1
    assert "M1、M2" in wrong[0][1]


def test_a_bracket_that_contradicts_the_roster_joins_nobody() -> None:
    assert resolve({"attendees": ["李四（二组）"]}, SITTING, ROSTER)[0] == {"attendees": ["李四（二组）"]}


def test_at_a_meeting_of_one_group_its_own_member_is_meant() -> None:
    payload = {"date": "2026-03-05", "group": "二组", "chair": "张三", "attendees": ["张三"]}
    joined, wrong = resolve(payload, SITTING, ROSTER)
    assert wrong == []
    assert (joined["group"], joined["chair"], joined["attendees"]) == ("G2", "M2", ["M2"])


def test_whoever_is_asked_decides_and_hears_where_and_between_whom() -> None:
    asked: list[tuple[str, str, list[str]]] = []

    def choose(field: str, name: str, same: Sequence[Member]) -> str:
        asked.append((field, name, [one.id for one in same]))
        return "M2"

    assert resolve({"chair": "张三"}, SITTING, ROSTER, choose) == ({"chair": "M2"}, [])
    assert asked == [("chair", "张三", ["M1", "M2"])]


@pytest.mark.parametrize("written", ["第一党小组", "第1党小组", "一组", "1组", "第一小组", "第１小组"])
def test_a_group_is_known_by_its_number_however_it_is_written(written: str) -> None:
    assert find_group(written, ROSTER) == "G1"


@pytest.mark.parametrize("written", ["第三党小组", "机关党小组"])
def test_a_group_nobody_knows_stays_as_written(written: str) -> None:
    assert find_group(written, ROSTER) == written


def test_titles_before_a_known_name_are_left_out_in_a_list() -> None:
    assert resolve({"talkers": ["党组书记 局长 李四"]}, TALK, ROSTER)[0] == {"talkers": ["M3"]}
    assert resolve({"talkers": ["王五 李四"]}, TALK, ROSTER)[0] == {"talkers": ["王五 李四"]}


# absences: (who, reason as it stands in the bracket) -> (who is meant, what is left as the reason)
AWAY = [
    ("张三", "一组", "M1", None),
    ("张三", "第二党小组", "M2", None),
    ("张三", "女；病假", "M2", "病假"),
    ("张三", "病假、女", "M2", "病假"),
    ("张三", "M2；公差", "M2", "公差"),
    ("李四", "一组；公差", "M3", "公差"),
    ("李四", "二组", "M3", "二组"),  # it contradicts the roster and stays in words
    ("李四", "病假", "M3", "病假"),
]


@pytest.mark.parametrize(("who", "said", "meant", "reason"), AWAY)
def test_among_the_absent_too_a_bracket_tells_which_of_two_is_meant(
    who: str, said: str, meant: str, reason: str | None
) -> None:
    joined, wrong = resolve({"absentees": [{"who": who, "reason": said}]}, SITTING, ROSTER)
    assert wrong == []
    assert joined["absentees"] == [{"who": meant} | ({"reason": reason} if reason else {})]


def test_of_the_absent_nobody_is_guessed() -> None:
    joined, wrong = resolve({"absentees": [{"who": "张三", "reason": "病假"}]}, SITTING, ROSTER)
    assert joined == {"absentees": [{"who": "张三", "reason": "病假"}]}
    assert [name for name, _why in wrong] == ["absentees"]
    assert "请写编号，如 M1，或写成 张三（第一党小组）" in wrong[0][1]


def test_a_letter_that_is_somebodys_mark_tells_who_is_meant() -> None:
    first, second = (
        replace(one, mark=mark, group="") for one, mark in zip(ROSTER.members, "AB", strict=False)
    )
    roster = Roster(members=(first, second))
    assert resolve({"attendees": ["张三B"]}, SITTING, roster)[0] == {"attendees": ["M2"]}
    assert resolve({"absentees": [{"who": "张三A"}]}, SITTING, roster)[0] == {"absentees": [{"who": "M1"}]}


def test_a_word_that_is_no_group_tells_nobody_apart() -> None:
    assert len(resolve({"attendees": ["张三（二）"]}, SITTING, ROSTER)[1]) == 1


def test_a_group_that_only_the_roster_names_is_found_under_its_name_there() -> None:
    roster = Roster(
        members=(member("M1", "张三", "第一党小组", "male"), member("M2", "张三", "第二党小组", "male"))
    )
    assert roster.unlisted_groups == ("第一党小组", "第二党小组")
    assert find_group("一组", roster) == "第一党小组"
    assert find_group("三组", roster) == "三组"
    assert resolve({"attendees": ["张三（二组）"]}, SITTING, roster)[0] == {"attendees": ["M2"]}
    own = {"date": "2026-03-05", "group": "二组", "attendees": ["张三"]}
    assert resolve(own, SITTING, roster) == (own | {"group": "第二党小组", "attendees": ["M2"]}, [])
