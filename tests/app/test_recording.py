"""What ``record``, ``amend`` and ``void`` store, answer and refuse."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.context import Actor
from zhibu_cli.app.listing import history
from zhibu_cli.app.recording import amend, prepare, record, void
from zhibu_cli.errors import ClassifiedError, InputError, NotFoundError
from zhibu_cli.model.finding import Status
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.taking import Given

MEETING: dict[str, Given] = {
    "date": "3月5日",
    "place": "三楼会议室",
    "chair": "书记 王五",
    "recorder": "张三",
    "theme": "学习全国两会精神",
    "content": "学习政府工作报告，讨论一季度工作安排。",
    "attendees": "其余全体",
    "absentees": ["李四=病假"],
}


def test_the_answer_has_number_full_date_counts_and_duties(ledger: Path, actor: Actor) -> None:
    receipt = record(ledger, ["党员大会"], MEETING, actor)
    assert receipt.entry.id == "S1"
    assert receipt.kinds == "支部党员大会"
    assert receipt.day == "2026年3月5日（星期四）"
    assert receipt.counts == "应到4 实到3 缺席1"
    assert receipt.due_names == ("张三", "李四", "王五", "赵六")
    assert "general-meeting-quarterly@2026-Q1" in [finding.key for finding in receipt.duties]
    assert all(finding.status is Status.MET for finding in receipt.duties)


def test_known_names_become_numbers_and_the_claimed_post_stays(ledger: Path, actor: Actor) -> None:
    payload = record(ledger, "general_meeting", MEETING, actor).entry.payload
    assert payload["chair"] == {"who": "M3", "as": "书记"}
    assert payload["recorder"] == "M1"
    assert payload["absentees"] == [{"who": "M2", "reason": "病假"}]
    assert payload["attendees"] == "其余全体"
    assert payload["date"] == "2026-03-05"


def test_the_time_of_entry_is_zhibus_own(ledger: Path, actor: Actor) -> None:
    entry = record(ledger, "general_meeting", {**MEETING, "claimed_at": "2026-03-05 17:00"}, actor).entry
    assert entry.entered_at == datetime(2026, 3, 9, 10, 0)
    assert entry.payload["claimed_at"] == "2026-03-05T17:00"


def test_unknown_names_are_taken_as_claimed_and_named(ledger: Path, actor: Actor) -> None:
    receipt = record(ledger, "general_meeting", {**MEETING, "recorder": "钱七"}, actor)
    assert receipt.unknown == ("钱七",)
    assert receipt.entry.payload["recorder"] == "钱七"


def test_several_kinds_in_one_record_and_two_that_exclude_each_other(ledger: Path, actor: Actor) -> None:
    both = record(ledger, ["支部党员大会", "党日"], MEETING, actor)
    assert both.entry.kinds == ("general_meeting", "theme_day")
    assert both.kinds == "支部党员大会、主题党日"
    with pytest.raises(InputError, match="不能记在同一条"):
        record(ledger, ["支委会", "党员大会"], MEETING, actor)


def test_every_problem_is_told_at_once_and_nothing_is_written(ledger: Path, actor: Actor) -> None:
    before = ledger.read_bytes()
    wrong = {"date": "2月30日", "start": "25点", "present": "许多", "hours": "半天", "quorum": "1"}
    with pytest.raises(InputError) as told:
        record(ledger, "lecture", wrong, actor)
    for word in ("有5处", "2月30日", "25点", "许多", "半天", "quorum"):
        assert word in told.value.message
    assert ledger.read_bytes() == before


def test_a_missing_required_value_is_told_with_its_option(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="缺少“日期”（--date）"):
        record(ledger, "lecture", {"theme": "x"}, actor)


def test_a_name_that_two_members_bear_is_refused_and_the_number_taken(ledger: Path, actor: Actor) -> None:
    record(ledger, "member", {"name": "张三", "joined": "2020-07-01", "status": "正式"}, actor)
    with pytest.raises(InputError, match="M1、M5"):
        record(ledger, "general_meeting", MEETING, actor)
    assert (
        record(ledger, "general_meeting", {**MEETING, "recorder": "M5"}, actor).entry.payload["recorder"]
        == "M5"
    )


def test_a_classification_mark_is_refused_unsaved_and_secrecy_education_is_not(
    ledger: Path, actor: Actor
) -> None:
    before = ledger.read_bytes()
    with pytest.raises(ClassifiedError, match="没有保存"):
        record(ledger, "general_meeting", {**MEETING, "content": "传达《某文件》（机密★）"}, actor)
    with pytest.raises(ClassifiedError):
        record(
            ledger, "general_meeting", {**MEETING, "votes": ["事项类别=一般议题 事项=绝密 ★1年 文件"]}, actor
        )
    assert ledger.read_bytes() == before
    receipt = record(ledger, "general_meeting", {**MEETING, "content": "开展保密教育，秘密投票。"}, actor)
    assert receipt.asked_about == ()
    asked = prepare(ledger, "general_meeting", {**MEETING, "content": "这是机密。"}, actor).asked_about
    assert asked == ("这是机密。",)


def test_a_vote_is_written_by_the_columns_of_its_sheet(ledger: Path, actor: Actor) -> None:
    vote = "事项类别=选举 对象=张三 应到=20 实到=16 同意=11 事项=选举 支部书记"
    entry = record(
        ledger, "general_meeting", {**MEETING, "votes": [vote, "类别=一般；事项=讨论计划"]}, actor
    ).entry
    assert entry.payload["votes"] == [
        {
            "matter": "election",
            "object": ["张三"],
            "expected": 20,
            "present": 16,
            "in_favour": 11,
            "subject": "选举 支部书记",
        },
        {"matter": "general", "subject": "讨论计划"},
    ]


def test_a_vote_that_cannot_be_read_is_told(ledger: Path, actor: Actor) -> None:
    votes = ["对象=张三", "事项类别=选举 票数=3", "赞成11票"]
    with pytest.raises(InputError) as told:
        record(ledger, "general_meeting", {**MEETING, "votes": votes}, actor)
    for word in ("缺少“事项类别”", "“票数”", "赞成11票"):
        assert word in told.value.message


def test_what_the_rules_say_of_the_votes_stands_in_the_answer(ledger: Path, actor: Actor) -> None:
    # 3 full members; at least half of them must be there: 2 of 3 is enough, 1 of 3 is not.
    vote = "事项类别=一般议题 事项=年度计划 应到=3 实到={} 赞成={}"
    enough = record(ledger, "general_meeting", {**MEETING, "votes": [vote.format(2, 2)]}, actor)
    short = record(ledger, "general_meeting", {**MEETING, "votes": [vote.format(1, 1)]}, actor)
    states = [
        {finding.rule: finding.status for finding in receipt.findings}["vote-general-quorum"]
        for receipt in (enough, short)
    ]
    assert states == [Status.MET, Status.MISSED]


def test_a_second_record_of_the_same_identity_is_noted(ledger: Path, actor: Actor) -> None:
    record(ledger, "general_meeting", MEETING, actor)
    assert "S1" in record(ledger, "general_meeting", MEETING, actor).notes[0]


def test_prepare_writes_nothing(ledger: Path, actor: Actor) -> None:
    before = ledger.read_bytes()
    receipt = prepare(ledger, "general_meeting", MEETING, actor)
    assert (receipt.entry.id, receipt.counts) == ("S1", "应到4 实到3 缺席1")
    assert ledger.read_bytes() == before


def test_a_talk_needs_no_kind(ledger: Path, actor: Actor) -> None:
    values = {"date": "2026-03-06", "talkers": "王五", "partners": "张三", "content": "了解思想状况"}
    entry = record(ledger, "谈心谈话", values, actor).entry
    assert (entry.id, entry.kinds, entry.payload["talkers"]) == ("T1", ("talk",), ["M3"])


def test_an_unknown_kind_is_told(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="舞会"):
        record(ledger, "舞会", MEETING, actor)


def test_a_correction_keeps_the_old_values_with_who_when_and_why(ledger: Path, actor: Actor) -> None:
    record(ledger, "general_meeting", MEETING, actor)
    later = Actor(who="张三", now=datetime(2026, 3, 12, 9, 0))
    change = amend(ledger, "S1", {"theme": "学习两会精神", "recorder": ""}, "主题写错", later)
    assert [(field.label, field.old, field.new) for field in change.fields] == [
        ("主题", "学习全国两会精神", "学习两会精神"),
        ("记录人", "张三", ""),
    ]
    first, second = history(ledger, "S1")
    assert (first.payload["theme"], first.by) == ("学习全国两会精神", "王五")
    assert (second.by, second.at, second.reason) == ("张三", later.now, "主题写错")
    assert [field.label for field in second.changes] == ["主题", "记录人"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"theme": "学习全国两会精神"}, "无变化"),
        ({"theme": "改"}, "  "),
        ({"date": ""}, "清空必填项"),
        ({"date": "2月30日"}, "读不出"),
    ],
)
def test_a_correction_that_cannot_be_taken_leaves_the_file(
    ledger: Path, actor: Actor, values: dict[str, str], reason: str
) -> None:
    record(ledger, "general_meeting", MEETING, actor)
    before = ledger.read_bytes()
    with pytest.raises(InputError):
        amend(ledger, "S1", values, reason, actor)
    assert ledger.read_bytes() == before


def test_a_withdrawn_record_keeps_its_reason_and_cannot_be_changed(ledger: Path, actor: Actor) -> None:
    record(ledger, "general_meeting", MEETING, actor)
    entry = void(ledger, "S1", "重复录入", actor)
    assert (entry.voided, entry.reason, entry.payload["theme"]) == (True, "重复录入", "学习全国两会精神")
    with pytest.raises(InputError, match="已作废"):
        amend(ledger, "S1", {"theme": "改"}, "再改", actor)
    with open_store(ledger) as store:
        assert [entry.id for entry in store.of_register("sitting")] == []


def test_who_or_what_others_rest_on_cannot_be_withdrawn(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="P1"):
        void(ledger, "M3", "录错", actor)
    with pytest.raises(InputError, match="支部信息"):
        void(ledger, "B1", "录错", actor)
    assert void(ledger, "M4", "录错", actor).voided


def test_an_unknown_number_is_told(ledger: Path, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        amend(ledger, "S9", {"theme": "x"}, "y", actor)
    with pytest.raises(NotFoundError):
        void(ledger, "S9", "y", actor)


def test_a_member_named_inside_the_reason_of_another_is_not_taken_for_present(
    ledger: Path, actor: Actor
) -> None:
    """张三（病假、李四）: read as a reason, 李四 would silently count among those who came."""
    values: dict[str, Given] = {**MEETING, "attendees": "其余全体"}
    for written, why in (
        ("张三（病假、李四）", "写在前一个人的原因里"),
        ("张三=病假、李四", "分开写 张三=病假"),
    ):
        with pytest.raises(InputError, match=why):
            record(ledger, "general_meeting", {**values, "absentees": [written]}, actor)
    with open_store(ledger) as store:
        assert not store.of_register("sitting")
    values["absentees"] = ["张三=陪同李四看病、发烧"]
    assert record(ledger, "general_meeting", values, actor).counts == "应到4 实到3 缺席1"


def test_what_nobody_counted_is_not_shown_as_none(ledger: Path, actor: Actor) -> None:
    plain: dict[str, Given] = {"date": "2026-03-05"}
    strange: dict[str, Given] = {**plain, "group": "第九小组", "attendees": "全体"}
    receipt = record(ledger, "group_meeting", strange, actor)
    assert receipt.counts == "应到未填 实到未填 缺席未填"
    assert "台账里没有党小组“第九小组”" in receipt.notes[0]
    assert record(ledger, "general_meeting", plain, actor).counts == "应到4 实到未填 缺席未填"
    numbers: dict[str, Given] = {**plain, "expected": "4", "present": "3"}
    assert record(ledger, "committee_meeting", numbers, actor).counts == "应到4 实到3 缺席1"


def test_a_column_of_a_vote_is_complained_about_once_and_by_its_own_name(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError) as caught:
        record(ledger, "general_meeting", {**MEETING, "votes": ["事项类别=乱 对象=张三"]}, actor)
    assert caught.value.message.startswith("“事项类别”不认识“乱”")
    with pytest.raises(InputError) as caught:
        record(ledger, "general_meeting", {**MEETING, "votes": ["对象=张三 赞成=3"]}, actor)
    assert caught.value.message == "表决：缺少“事项类别”。"


def test_topics_given_one_by_one_are_numbered_as_those_of_one_cell(ledger: Path, actor: Actor) -> None:
    given = ["1.学习", "2.讨论", "三、四季度工作"]
    kept = record(ledger, "党员大会", {"date": "2026-03-05", "topics": given}, actor)
    assert kept.entry.payload["topics"] == ["学习", "讨论", "三、四季度工作"]
