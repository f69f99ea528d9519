"""People chosen at a terminal: 1 张三  2 李四  3 王五  4 赵六  5 曾七  6 张山; due are 1 to 4."""

from __future__ import annotations

import pytest

from zhibu_cli.model.choosing import (
    Missing,
    People,
    Person,
    choose_attendance,
    choose_people,
    choose_person,
    choose_reasons,
)

NAMES = ("张三", "李四", "王五", "赵六", "曾七", "张山")
PEOPLE = People(listed=tuple(Person(f"M{number}", name) for number, name in enumerate(NAMES, 1)))
DUE = ("M1", "M2", "M3", "M4")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("张三", "张三"),
        ("张 三", "张 三"),
        ("2", "李四"),
        ("２", "李四"),
        ("w", "王五"),
        ("l", "李四"),
        ("zq", "曾七"),
        ("cq", "曾七"),
        ("m3", "M3"),
        ("孙八", "孙八"),
        ("书记 张三", "书记 张三"),
        ("书记 2", "书记 李四"),
    ],
)  # fmt: skip
def test_one_person_is_meant_by_name_place_letters_or_number(typed: str, text: str) -> None:
    assert choose_person(typed, PEOPLE) == (text, "")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("zs", "zs 有2人：1 张三　6 张山；请写序号。"),
        ("q", "名册里没有人的拼音首字母是 q；请写姓名或序号。"),
        ("7", "名册里没有 7 号；序号到 6 为止，也可以写姓名。"),
        ("1 2", "这里只写一个人。"),
    ],
)
def test_nobody_is_guessed(typed: str, why: str) -> None:
    assert choose_person(typed, PEOPLE) == ("", why)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1 2", "张三、李四"),
        ("1、ls，王五；4", "张三、李四、王五、赵六"),
        ("张 三、李 四 5", "张三、李四、曾七"),
        ("1 1", "张三"),
        ("全体", "全体"),
        ("-zl 张山、5", "张三、李四、王五"),
        ("全体除 4 5 6", "张三、李四、王五"),
        ("书记 张三、李四", "书记 张三、李四"),
    ],
)
def test_several_people_at_once_and_all_but_some(typed: str, text: str) -> None:
    assert choose_people(typed, PEOPLE) == (text, "")


def test_all_but_nobody_and_all_but_a_stranger_are_asked_again() -> None:
    assert choose_people("-", PEOPLE) == ("", "“-”后面请写除了谁。")
    assert choose_people("-孙八", PEOPLE) == ("", "名册里没有“孙八”。")


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("全", {"attendees": "全体"}),
        ("都到了", {"attendees": "全体"}),
        ("13人", {"present": "13"}),
        ("-4", {"attendees": "其余全体", "absentees": "赵六"}),
        ("-4 病假", {"attendees": "其余全体", "absentees": "赵六（病假）"}),
        ("-4 病假 2 公差", {"attendees": "其余全体", "absentees": "赵六（病假）、李四（公差）"}),
        ("-4 -2", {"attendees": "其余全体", "absentees": "赵六、李四"}),
        ("-zl=病假、ls（公差）", {"attendees": "其余全体", "absentees": "赵六（病假）、李四（公差）"}),
        ("除赵六 会前请假 病假", {"attendees": "其余全体", "absentees": "赵六（会前请假；病假）"}),
        ("-4 暂不参加 3 公差", {"attendees": "其余全体", "absentees": "王五（公差）", "excused": "赵六"}),
        ("-4=经支部同意暂不参加，长期病假", {"attendees": "其余全体", "excused": "赵六（长期病假）"}),
        ("1 2 3", {"attendees": "张三、李四、王五", "absentees": "赵六"}),
        ("1 2 3 4", {"attendees": "张三、李四、王五、赵六"}),
    ],
)
def test_who_came_is_one_answer(typed: str, values: dict[str, str]) -> None:
    assert choose_attendance(typed, PEOPLE, DUE) == (values, "")


def test_a_name_among_the_reasons_is_another_person_not_a_reason() -> None:
    values, _ = choose_attendance("-4 病假 孙八", PEOPLE, DUE)
    assert values["absentees"] == "赵六（病假）、孙八"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("4 病假 2 公差", [("李四", "公差"), ("赵六", "病假")]),
        ("zl 病假", [("李四", ""), ("赵六", "病假")]),
    ],
)
def test_reasons_of_several_name_the_people(typed: str, told: list[tuple[str, str]]) -> None:
    away = [Missing("李四"), Missing("赵六")]
    assert choose_reasons(typed, away, PEOPLE) == ([Missing(*one) for one in told], "")


def test_a_bare_reason_is_that_of_the_only_one_missing() -> None:
    assert choose_reasons("回老家探亲", [Missing("赵六")], PEOPLE) == ([Missing("赵六", "回老家探亲")], "")
    assert choose_reasons("4=病假", [Missing("赵六")], PEOPLE) == ([Missing("赵六", "病假")], "")


def test_a_reason_of_somebody_who_came_is_asked_again() -> None:
    away = [Missing("赵六"), Missing("李四")]
    assert choose_reasons("1 病假", away, PEOPLE) == ([], "“张三”不在没有到的人里；请写成 赵六 病假。")


def test_of_two_people_of_one_name_the_number_stands_in_the_field() -> None:
    twins = People(listed=(Person("M1", "张三"), Person("M2", "张三")))
    assert choose_person("2", twins) == ("M2", "")
    assert twins.lines() == "1 张三 M1　2 张三 M2"
    marked = People(listed=(Person("M1", "张三（女）"), Person("M2", "张三")))
    assert choose_attendance("-1 病假", marked, ("M1", "M2"))[0]["absentees"] == "M1（病假）"
    assert marked.lines() == "1 张三（女）　2 张三"
    assert marked.name_of("M1") == "张三（女）"


@pytest.mark.parametrize("typed", ["4=病假", "4 病假", "李四（公差）、赵六", "无"])
def test_the_absent_among_those_who_came_are_asked_again(typed: str) -> None:
    values, why = choose_attendance(typed, PEOPLE, DUE)
    assert values == {}
    assert why.startswith("这里写到会的人，不带原因")


def test_in_a_groups_sitting_letters_mean_its_own_people_first() -> None:
    """zs fits 张三 and 张山; of the group are 李四 and 张山. Two of the group are still a question."""
    group = People(listed=PEOPLE.listed, near=("M2", "M6"))
    assert choose_person("zs", PEOPLE)[1] == "zs 有2人：1 张三　6 张山；请写序号。"
    assert choose_person("zs", group) == ("张山", "")
    assert choose_person("zl", group) == ("赵六", "")
    both = People(listed=PEOPLE.listed, near=("M1", "M6"))
    assert choose_person("zs", both)[1] == "zs 有2人：1 张三　6 张山；请写序号。"


def test_letters_with_a_figure_among_them_are_asked_again() -> None:
    assert choose_person("zs1", PEOPLE)[1] == "没有看懂“zs1”；请写姓名、拼音首字母或序号。"


def test_a_name_with_a_blank_inside_is_no_stranger() -> None:
    assert PEOPLE.strangers("张 三、书记 李四、王五（会前请假）、全体") == []
    assert PEOPLE.strangers("张 四、书记 孙八") == ["张四", "孙八"]
