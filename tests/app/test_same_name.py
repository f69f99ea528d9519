"""Renaming, telling two of one name apart, merging one who was entered twice.

张三 (M1), 李四 (M2), 王五 (M3, 书记), 赵六 (M4) and, entered a second time, 赵陆 (M5). S1 of 5 March 2026:
chair 赵陆, present 张三, 李四, 赵六, 赵陆, absent 王五. T1: 王五 with 赵陆. E1: 赵陆 turned a full member.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.app import people, same_name
from zhibu_cli.app.checking import check
from zhibu_cli.app.exporting import export
from zhibu_cli.app.finding import find
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.listing import history, show
from zhibu_cli.app.recording import amend, propose, record, void
from zhibu_cli.errors import ClassifiedError, InputError, NotFoundError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.model.period import Span
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


@pytest.fixture
@once
def twice(ledger: Path, actor: Actor) -> Path:
    record(ledger, "member", {"name": "赵陆", "joined": "2025-11-21", "status": "预备"}, actor)
    record(
        ledger,
        "党员大会",
        {
            "date": "2026-03-05",
            "chair": "赵陆",
            "attendees": "张三、李四、赵六、赵陆",
            "absentees": "王五=公差",
        },
        actor,
    )
    record(ledger, "谈心谈话", {"date": "2026-03-06", "talkers": "王五", "partners": "赵陆"}, actor)
    event = {"member": "赵陆", "matter": "转正", "date": "2026-03-01"}
    record(ledger, "member_event", event, actor)
    return ledger


def _read(path: Path) -> Ledger:
    with open_store(path) as store:
        return build_ledger(store.entries(), CATALOGUE)


def _merge(path: Path, actor: Actor) -> same_name.Merge:
    return same_name.merge(path, "M4", "赵陆", "登记了两次", actor)


def test_a_member_entered_twice_counts_once(twice: Path, actor: Actor) -> None:
    before, day = _read(twice), date(2026, 3, 5)
    assert len(before.roster.members_on(day)) == 5
    assert before.counted(before.sittings[0]).present_count == 4
    _merge(twice, actor)
    after = _read(twice)
    assert [member.id for member in after.roster.members_on(day)] == ["M1", "M2", "M3", "M4"]
    counted = after.counted(after.sittings[0])
    assert (counted.present, counted.present_count) == (("M1", "M2", "M4"), 3)
    assert counted.expected_count == 4


def test_all_that_names_the_one_is_read_as_the_other(twice: Path, actor: Actor) -> None:
    _merge(twice, actor)
    after = _read(twice)
    chair = after.sittings[0].chair
    assert chair is not None
    assert chair.ref == "M4"
    assert after.talks[0].partners == ("M4",)
    assert after.roster.by_id["M4"].is_full(date(2026, 3, 1))  # by the change noted for 赵陆
    rows = dict(show(twice, "S1").rows)
    assert rows["主持人"] == "赵六"
    assert rows["出席人员"] == "张三、李四、赵六"


def test_what_was_written_stays_in_history(twice: Path, actor: Actor) -> None:
    _merge(twice, actor)
    (first,) = history(twice, "S1")
    assert first.payload["attendees"] == ["M1", "M2", "M4", "M5"]
    *_, last = history(twice, "M5")
    assert (last.voided, last.reason) == (True, "与 M4 是同一人：登记了两次")
    amend(twice, "S1", {"place": "二楼"}, "补地点", actor)
    _first, second = history(twice, "S1")
    assert second.payload["attendees"] == ["M1", "M2", "M4"]


def test_the_number_and_the_name_that_went_are_still_understood(twice: Path, actor: Actor) -> None:
    _merge(twice, actor)
    values = {"date": "2026-03-07", "talkers": "王五", "partners": "赵陆"}
    for said in ("赵陆", "M5"):
        assert record(twice, "谈心谈话", {**values, "partners": said}, actor).entry.payload["partners"] == [
            "M4"
        ]
    assert record(twice, "谈心谈话", {**values, "partners": "赵陆"}, actor).unknown == ()


def test_a_merge_tells_whom_it_touches_and_where_the_rows_differ(twice: Path, actor: Actor) -> None:
    found = same_name.plan_merge(twice, "M4", "M5")
    assert [*found.named_in] == ["E1", "S1", "T1"]
    assert found.both == ("S1",)
    assert [(field.label, field.old, field.new) for field in found.fields] == [
        ("姓名", "赵六", "赵陆"),
        ("入党时间", "2025-11-20", "2025-11-21"),
    ]
    assert len(_read(twice).roster.members) == 5  # nothing was written
    assert _merge(twice, actor) == found
    assert dict(show(twice, "M4").rows)["入党时间"] == "2025-11-20"


def test_a_member_that_stayed_may_be_merged_itself(twice: Path, actor: Actor) -> None:
    _merge(twice, actor)
    same_name.merge(twice, "M1", "M4", "也是同一人", actor)
    after = _read(twice)
    assert after.talks[0].partners == ("M1",)
    assert after.roster.by_id["M5"].id == "M1"
    assert after.roster.id_of("赵陆") == "M1"


def test_a_search_follows_the_merge(twice: Path, actor: Actor) -> None:
    assert [hit.id for hit in find(twice, ["赵六"]).hits] == ["S1", "M4"]
    _merge(twice, actor)
    assert [hit.id for hit in find(twice, ["赵六"]).hits] == ["T1", "S1", "E1", "M4"]
    assert find(twice, ["赵陆"]).count == 0


def test_a_check_after_the_merge_knows_one_person(twice: Path, actor: Actor) -> None:
    def overlap() -> list[str]:
        year = Span(date(2026, 1, 1), date(2026, 12, 31))
        findings = check(twice, year, actor.today).findings
        return [one.subject.name for one in findings if one.subject.id in {"M4", "M5"}]

    assert "赵陆" in overlap()
    _merge(twice, actor)
    assert {*overlap()} == {"赵六"}


def test_an_export_after_the_merge_reads_back_as_nothing_new(
    twice: Path, tmp_path: Path, actor: Actor
) -> None:
    _merge(twice, actor)
    export(twice, tmp_path / "a.json", actor)
    assert {row.action.value for row in preview([tmp_path / "a.json"], twice).rows} == {"unchanged"}
    data = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert data["谈心谈话"][0]["谈话对象"] == "赵六"
    assert "赵陆" not in (tmp_path / "a.json").read_text("utf-8")


def test_a_merge_cannot_be_withdrawn_nor_amended_and_needs_two_and_a_reason(
    twice: Path, actor: Actor
) -> None:
    with pytest.raises(InputError, match="没有写明原因"):
        same_name.merge(twice, "M4", "M5", " ", actor)
    with pytest.raises(InputError, match="是同一行"):
        same_name.merge(twice, "M4", "赵六", "x", actor)
    with pytest.raises(NotFoundError):
        same_name.merge(twice, "M4", "M9", "x", actor)
    _merge(twice, actor)
    with pytest.raises(NotFoundError):
        _merge(twice, actor)
    with pytest.raises(InputError, match="不能作废"):
        void(twice, "Z1", "并错了", actor)
    with pytest.raises(InputError, match="由程序登记，不能改"):
        amend(twice, "Z1", {"old": "M2"}, "试", actor)


def test_nothing_is_read_otherwise_where_nobody_was_merged(twice: Path) -> None:
    with open_store(twice) as store:
        assert store.entry("S1").payload["attendees"] == ["M1", "M2", "M4", "M5"]


@pytest.fixture
@once
def namesakes(ledger: Path, actor: Actor) -> Path:
    """Two of the name 张三, M1 and M5; T1 names M1, T2 has the name as text from before M1 was known."""
    record(ledger, "谈心谈话", {"date": "2026-03-06", "talkers": "王五", "partners": "张三"}, actor)
    record(ledger, "member", {"name": "张三", "joined": "2019-07-01", "status": "正式"}, actor)
    return ledger


def test_two_of_one_name_are_shown_and_read_with_what_tells_them_apart(namesakes: Path, actor: Actor) -> None:
    done = same_name.split(namesakes, "张三", {"M1": "女", "M5": "男"}, actor)
    assert [(twin.id, twin.shown, twin.named_in) for twin in done.twins] == [
        ("M1", "张三（女）", ("G1", "T1")),
        ("M5", "张三（男）", ()),
    ]
    assert dict(show(namesakes, "T1").rows)["谈话对象"] == "张三（女）"
    values = {"date": "2026-03-07", "talkers": "张三（男）", "partners": "张三（女）"}
    receipt = record(namesakes, "谈心谈话", values, actor)
    assert (receipt.entry.payload["talkers"], receipt.entry.payload["partners"]) == (["M5"], ["M1"])
    with pytest.raises(InputError, match="2人同名（M1、M5）"):
        record(namesakes, "谈心谈话", {**values, "talkers": "张三"}, actor)


def test_records_stay_with_whom_they_were_and_one_is_moved_by_amending_it(
    namesakes: Path, actor: Actor
) -> None:
    same_name.split(namesakes, "M5", {"M1": "女", "M5": "男"}, actor)
    assert _read(namesakes).talks[0].partners == ("M1",)
    amend(namesakes, "T1", {"partners": "张三（男）"}, "谈的是另一个张三", actor)
    assert _read(namesakes).talks[0].partners == ("M5",)


def test_different_groups_tell_apart_without_a_word(namesakes: Path, actor: Actor) -> None:
    record(namesakes, "group", {"name": "第二党小组"}, actor)
    people.edit_row(namesakes, "member", "M1", {"group": "第一党小组"}, actor, reason="分组")
    people.edit_row(namesakes, "member", "M5", {"group": "第二党小组"}, actor, reason="分组")
    done = same_name.split(namesakes, "张三", {}, actor)
    assert [twin.shown for twin in done.twins] == ["张三（第一党小组）", "张三（第二党小组）"]


@pytest.mark.parametrize(
    ("marks", "complaint"),
    [
        ({}, "还分不清"),
        ({"M1": "女"}, "还分不清"),
        ({"M1": "女", "M5": "女"}, "还分不清"),
        ({"M1": "女", "M2": "男"}, "M2 不叫“张三”"),
        ({"M1": "女、大", "M5": "男"}, "不能有括号、顿号"),
    ],
)
def test_what_does_not_tell_them_apart_is_refused(
    namesakes: Path, actor: Actor, marks: dict[str, str], complaint: str
) -> None:
    with pytest.raises(InputError, match=complaint):
        same_name.split(namesakes, "张三", marks, actor)
    assert {member.name for member in _read(namesakes).roster.named("张三")} == {"张三"}


def test_one_alone_needs_no_word_and_a_mark_of_secrecy_is_none(namesakes: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="只有一人叫“李四”"):
        same_name.split(namesakes, "李四", {"M2": "大"}, actor)
    with pytest.raises(NotFoundError):
        same_name.twins(namesakes, "钱七")
    with pytest.raises(ClassifiedError):
        same_name.split(namesakes, "张三", {"M1": "机密★", "M5": "男"}, actor)


def test_namesakes_survive_an_export_into_a_new_ledger(namesakes: Path, tmp_path: Path, actor: Actor) -> None:
    same_name.split(namesakes, "张三", {"M1": "女", "M5": "男"}, actor)
    amend(namesakes, "T1", {"partners": "M5"}, "另一个", actor)
    export(namesakes, tmp_path / "a.xlsx", actor, full=True)
    apply_plan(preview([tmp_path / "a.xlsx"], tmp_path / "new.db"), actor)
    copy = _read(tmp_path / "new.db")
    assert [member.name for member in copy.roster.named("张三")] == ["张三（女）", "张三（男）"]
    assert copy.roster.name_of(copy.talks[0].partners[0]) == "张三（男）"


def test_a_renamed_member_is_shown_by_the_new_name_everywhere(twice: Path, actor: Actor) -> None:
    change = people.edit_row(twice, "member", "李四", {"name": "李思"}, actor, reason="原登记有误")
    assert [(field.old, field.new) for field in change.fields] == [("李四", "李思")]
    assert change.notes == ("按编号登记的记录随之显示为“李思”；正文和附件里写的“李四”不改。",)
    assert dict(show(twice, "S1").rows)["出席人员"] == "张三、李思、赵六、赵陆"
    assert history(twice, "M2")[0].payload["name"] == "李四"
    assert [hit.id for hit in find(twice, ["李思"]).hits] == ["S1", "M2"]


def test_a_rename_onto_another_s_name_is_told(twice: Path, actor: Actor) -> None:
    notes = people.edit_row(twice, "member", "M5", {"name": "赵六"}, actor, reason="x").notes
    assert notes[1].startswith("名册里已有“赵六”（M4）：是同一人请用 zhibu member merge 并为一人")


def test_a_proposal_writes_nothing(twice: Path, actor: Actor) -> None:
    before = twice.read_bytes()
    change = propose(twice, "S1", {"place": "二楼"}, actor)
    assert [(field.label, field.old, field.new) for field in change.fields] == [("地点", "", "二楼")]
    assert change.new.version == 2
    assert twice.read_bytes() == before
    with pytest.raises(InputError, match="没有变化"):
        propose(twice, "S1", {"date": "2026-03-05"}, actor)
