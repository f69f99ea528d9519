from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.people import resolve
from zhibu_cli.model.roster import Group, Member, Roster

SITTING = CATALOGUE.register("sitting")
TALK = CATALOGUE.register("talk")


def member(number: str, name: str) -> Member:
    return Member(id=number, name=name, joined=date(2010, 7, 1), converted=date(2011, 7, 1), status="full")


ROSTER = Roster(
    members=(
        member("M1", "张三"),
        member("M2", "李四"),
        member("M3", "王五"),
        member("M4", "王五"),
        member("M5", "阿依古丽"),
    ),
    groups=(Group(id="G1", name="第一党小组"),),
)


def test_known_names_become_numbers_everywhere() -> None:
    payload = {
        "chair": {"who": "张三", "as": "书记"},
        "recorder": "李四",
        "attendees": ["张三", "M2"],
        "absentees": [{"who": "李四", "reason": "病假"}],
        "group": "第一党小组",
        "place": "张三",
    }
    joined, wrong = resolve(payload, SITTING, ROSTER)
    assert wrong == []
    assert joined == {
        "chair": {"who": "M1", "as": "书记"},
        "recorder": "M2",
        "attendees": ["M1", "M2"],
        "absentees": [{"who": "M2", "reason": "病假"}],
        "group": "G1",
        "place": "张三",
    }


def test_unknown_names_and_everybody_stay_as_written() -> None:
    payload = {"chair": "赵六", "attendees": "全体", "group": "第九党小组", "recorder": "M99"}
    assert resolve(payload, SITTING, ROSTER) == (payload, [])


def test_a_name_two_members_bear_is_a_problem_that_says_which_numbers_to_write() -> None:
    joined, wrong = resolve({"chair": "王五"}, SITTING, ROSTER)
    assert joined == {"chair": "王五"}
    assert [name for name, _ in wrong] == ["chair"]
    assert "M3" in wrong[0][1]
    assert "M4" in wrong[0][1]


def test_the_number_settles_which_of_two_is_meant() -> None:
    assert resolve({"attendees": ["M3", "M4"]}, SITTING, ROSTER) == ({"attendees": ["M3", "M4"]}, [])


@pytest.mark.parametrize(
    ("written", "post"),
    [("党支部书记张三", "党支部书记"), ("党组书记 局长 张三", "党组书记 局长")],
)
def test_a_post_before_a_known_name_is_kept_as_a_claim(written: str, post: str) -> None:
    assert resolve({"chair": written}, SITTING, ROSTER)[0] == {"chair": {"who": "M1", "as": post}}


def test_a_post_before_an_unknown_name_is_left_alone() -> None:
    assert resolve({"chair": "书记赵六"}, SITTING, ROSTER)[0] == {"chair": "书记赵六"}


def test_a_name_with_a_blank_in_the_middle_is_found() -> None:
    assert resolve({"talkers": ["阿依 古丽"]}, TALK, ROSTER)[0] == {"talkers": ["M5"]}


def test_the_payload_given_is_not_changed() -> None:
    payload = {"attendees": ["张三"]}
    resolve(payload, SITTING, ROSTER)
    assert payload == {"attendees": ["张三"]}


# what stands in 出席人员 -> the number that is meant
AROUND = ["张三同志", "张三（正式党员）", "张三同志（预备党员）", "张三书记", "张三（党员）"]


@pytest.mark.parametrize("written", AROUND)
def test_words_around_a_known_name_that_say_nothing_are_left_out(written: str) -> None:
    assert resolve({"attendees": [written]}, SITTING, ROSTER) == ({"attendees": ["M1"]}, [])


@pytest.mark.parametrize("written", ["赵六同志", "赵六（记录）", "张三（驻村）", "张三丰（主持）"])
def test_who_is_not_on_the_roster_and_words_nobody_knows_stay_as_written(written: str) -> None:
    assert resolve({"attendees": [written]}, SITTING, ROSTER) == ({"attendees": [written]}, [])


def test_the_chair_and_the_recorder_marked_on_a_list_fill_columns_that_are_empty() -> None:
    payload = {"attendees": ["张三（主持）", "李四同志（记录）"]}
    filled = {"attendees": ["M1", "M2"], "chair": "M1", "recorder": "M2"}
    assert resolve(payload, SITTING, ROSTER) == (filled, [])


def test_a_mark_on_a_list_that_says_the_same_as_the_column_adds_nothing() -> None:
    payload = {"attendees": ["张三（主持）"], "chair": "书记张三"}
    assert resolve(payload, SITTING, ROSTER)[0] == {"attendees": ["M1"], "chair": {"who": "M1", "as": "书记"}}


def test_a_mark_on_a_list_that_contradicts_the_column_is_kept_in_words() -> None:
    joined = resolve({"attendees": ["张三（主持）"], "chair": "李四"}, SITTING, ROSTER)[0]
    assert joined == {"attendees": ["M1"], "chair": "M2", "note": "出席人员：张三（主持）"}


def test_how_somebody_took_part_is_kept_in_words() -> None:
    joined = resolve({"attendees": ["张三（线上）", "李四（迟到）"], "note": "照片另存"}, SITTING, ROSTER)[0]
    assert joined["attendees"] == ["M1", "M2"]
    assert joined["note"] == "照片另存\n出席人员：张三（线上）\n出席人员：李四（迟到）"


def test_what_would_be_lost_for_want_of_remarks_stays_with_the_name() -> None:
    assert "note" not in {one.name for one in TALK.fields}
    assert resolve({"talkers": ["张三（线上）"]}, TALK, ROSTER)[0] == {"talkers": ["张三（线上）"]}


def test_a_reason_for_all_whose_last_name_may_be_longer_is_a_problem() -> None:
    longer = replace(ROSTER.members[0], id="M9", name="李小均")
    roster = replace(ROSTER, members=(*ROSTER.members, longer))
    absent = [{"who": "张三", "reason": "病假"}, {"who": "李小", "reason": "病假"}]
    _joined, wrong = resolve({"absentees": absent}, SITTING, roster)
    assert wrong == [("absentees", "看不出是“李小”还是“李小均”；请逐一写成“张三（病假）、李四（公差）”。")]


@pytest.mark.parametrize("written", ["张三·李四", "张三/李四", "张三／李四"])
def test_two_of_the_roster_with_a_dot_or_stroke_between_them_are_a_problem(written: str) -> None:
    wrong = resolve({"attendees": [written]}, SITTING, ROSTER)[1]
    assert wrong == [("attendees", f"“{written}”看来是2个人（张三、李四）；是的请用顿号分开。")]


def test_a_middle_dot_inside_a_name_is_no_sign_of_two() -> None:
    assert resolve({"attendees": ["张三·样本"]}, SITTING, ROSTER) == ({"attendees": ["张三·样本"]}, [])
