"""Who talked with whom: what is owed comes from the findings, the days from the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.report.factory import branch, empty_ledger, finding, many, members, posts

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.report.talk_grid import talk_grids

if TYPE_CHECKING:
    from zhibu_cli.report.talk_grid import TalkGrid

AS_OF = date(2027, 1, 15)


def ledger() -> Ledger:
    """张一, 王二, 李三 are the committee (M1 to M3).

    T1 张一–王二 8 July · T2 and T3 张一–周九 · T4 王二 with two others · T5 张一 with somebody from
    outside · T6 in another year.
    """
    rows = [
        {"date": "2026-07-08", "talkers": ["M1"], "partners": ["M2"], "content": "谈工作"},
        {"date": "2026-07-09", "talkers": ["M1"], "partners": ["M9"], "content": "谈思想"},
        {"date": "2026-08-11", "talkers": ["M9"], "partners": ["M1"]},
        {"date": "2026-08-12", "talkers": ["M2"], "partners": ["M4", "M5"]},
        {"date": "2026-09-01", "talkers": ["M1"], "partners": ["外单位某人"]},
        {"date": "2025-03-01", "talkers": ["M2"], "partners": ["M3"]},
    ]
    return build_ledger([branch(), *members(), *posts(), *many("talk", rows)], CATALOGUE)


def owed(rule: str, status: Status, who: str, kind: SubjectKind) -> Finding:
    base = finding(rule, status, start="2026-01-01", due="2026-12-31", key="2026", title=f"{rule}的标题")
    return replace(base, subject=Subject(kind=kind, id=who, name=who))


FINDINGS = (
    owed("talk-committee-pairs", Status.MET, "M1+M2", SubjectKind.PAIR),
    owed("talk-committee-pairs", Status.MISSED, "M1+M3", SubjectKind.PAIR),
    owed("talk-committee-pairs", Status.MISSED, "M2+M3", SubjectKind.PAIR),
    owed("talk-committee-member", Status.MET, "M9", SubjectKind.MEMBER),
    owed("talk-committee-member", Status.MISSED, "M4", SubjectKind.MEMBER),
)


def grid(found: tuple[Finding, ...] = FINDINGS) -> TalkGrid:
    (made,) = talk_grids(found, ledger(), AS_OF)
    return made


def cell(made: TalkGrid, one: str, other: str) -> str:
    place = [person.id for person in made.people].index(other)
    return next(row for row in made.rows if row.person.id == one).cells[place].text


def test_those_who_hold_a_post_come_first_with_their_post() -> None:
    people = grid().people
    assert [person.id for person in people[:4]] == ["M1", "M2", "M3", "M4"]
    assert [person.posts for person in people[:4]] == ["书记", "组织委员", "纪检委员", ""]
    assert len(people) == 10


def test_exactly_the_pairs_that_the_findings_miss_are_marked() -> None:
    made = grid()
    missing = {
        frozenset({row.person.id, person.id})
        for row in made.rows
        for person, found in zip(made.people, row.cells, strict=True)
        if found.text.startswith("未")
    }
    assert missing == {frozenset({"M1", "M3"}), frozenset({"M2", "M3"})}


def test_a_talk_shows_its_day_and_several_their_number_in_both_directions() -> None:
    made = grid()
    assert cell(made, "M1", "M2") == cell(made, "M2", "M1") == "7.8"
    assert cell(made, "M1", "M9") == cell(made, "M9", "M1") == "2次"
    assert cell(made, "M1", "M1") == "－"


def test_what_every_member_owes_is_a_column_of_its_own() -> None:
    made = grid()
    assert [(duty.letter, duty.title) for duty in made.duties] == [("A", "talk-committee-member的标题")]
    told = {row.person.id: row.duties[0].text for row in made.rows}
    assert (told["M9"], told["M4"], told["M1"]) == ("已", "未", "")


def test_a_collective_talk_covers_nobody_and_is_counted_below() -> None:
    made = grid()
    assert cell(made, "M2", "M4") == ""
    assert "另有集体谈话等1次，不计入，表中不列。" in made.notes


def test_a_talk_with_somebody_from_outside_is_counted_below() -> None:
    assert "另有与名册以外人员的谈话1次，表中不列。" in grid().notes


def test_a_talk_that_does_not_count_stands_behind_the_mark() -> None:
    """A talk held before somebody joined the committee: the finding misses it, the day is shown."""
    missed = owed("talk-committee-pairs", Status.MISSED, "M1+M2", SubjectKind.PAIR)
    assert cell(grid((missed,)), "M1", "M2") == "未7.8"


def test_not_a_word_of_what_was_said_is_in_it() -> None:
    assert "谈思想" not in repr(grid())
    assert "谈工作" not in repr(grid())


def test_talks_after_the_judged_day_are_not_shown() -> None:
    (made,) = talk_grids(FINDINGS, ledger(), date(2026, 7, 8))
    assert (cell(made, "M1", "M2"), cell(made, "M1", "M9")) == ("7.8", "")


def test_parts_are_of_like_width_and_lose_nobody() -> None:
    parts = grid().cut(8)
    assert [len(part.people) for part in parts] == [5, 5]
    assert [person for part in parts for person in part.people] == list(grid().people)
    assert [len(part.duties) for part in parts] == [1, 0]
    assert all(len(row.cells) == 5 for part in parts for row in part.rows)


def test_without_a_roster_the_reason_is_told() -> None:
    unknown = owed("talk-committee-pairs", Status.UNKNOWN, "committee", SubjectKind.COMMITTEE)
    (made,) = talk_grids((replace(unknown, message="没有登记在任的人员。"),), empty_ledger(), AS_OF)
    assert made.rows == ()
    assert made.notes == ("talk-committee-pairs的标题：没有登记在任的人员。", "名册中没有在册党员。")


def test_a_check_that_says_nothing_of_talks_gives_no_table() -> None:
    other = owed("dues-monthly", Status.MISSED, "M4", SubjectKind.MEMBER)
    assert talk_grids((other,), ledger(), AS_OF) == ()


def test_too_many_people_to_read_stand_in_rows_only_and_it_is_said() -> None:
    names = [{"name": f"示例{number}", "joined": "2001-07-01", "status": "full"} for number in range(1, 152)]
    crowd = build_ledger([branch(), *many("member", names)], CATALOGUE)
    found = (owed("talk-committee-member", Status.MISSED, "M4", SubjectKind.MEMBER),)
    (made,) = talk_grids(found, crowd, AS_OF)
    assert (len(made.rows), made.people, {row.cells for row in made.rows}) == (151, (), {()})
    assert made.rows[3].duties[0].text == "未"
    assert any("共151人" in note for note in made.notes)


def test_a_hundred_and_fifty_people_still_stand_across() -> None:
    names = [{"name": f"示例{number}", "joined": "2001-07-01", "status": "full"} for number in range(1, 151)]
    crowd = build_ledger([branch(), *many("member", names)], CATALOGUE)
    found = (owed("talk-committee-member", Status.MISSED, "M4", SubjectKind.MEMBER),)
    (made,) = talk_grids(found, crowd, AS_OF)
    assert len(made.people) == 150
