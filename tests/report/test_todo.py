"""What is left to a person in a text paper, and where it stands."""

from __future__ import annotations

from datetime import date

from tests.report import year_ledgers
from tests.report.factory import asked, full_ledger

from zhibu_cli.report import debrief, life_report, quarter, talk_register
from zhibu_cli.report.todo import left_in

AS_OF = date(2027, 3, 1)


def test_every_blank_stands_under_its_section_as_often_as_in_the_paper() -> None:
    left = left_in(quarter.paper(asked(full_ledger(), (), "2026Q3", AS_OF)))
    assert left is not None
    assert [one.place for one in left if one.blank == "〔待补：措施〕"] == [
        "七、存在问题及整改"
    ] * 3  # R2 R3 R6
    # S6 is told in the table of sittings: chair, who came and who was on leave
    assert [one.blank for one in left if one.place == "三、组织生活开展情况"] == [
        "〔待补：实到〕",
        "〔待补：请假〕",
        "〔待补：主持人〕",
    ]


def test_what_is_unknown_above_the_first_section_has_a_place_too() -> None:
    left = left_in(life_report.paper(asked(year_ledgers.sparse(), (), "2026", AS_OF)))
    assert left is not None
    assert left[0] == ("标题和抬头", "〔待补：上级党组织〕")
    left = left_in(debrief.paper(asked(year_ledgers.one(), (), "2026", AS_OF)))
    assert left is not None
    assert left[0] == ("标题和抬头", "〔待补：书记姓名〕")


def test_a_table_has_nothing_to_write() -> None:
    assert left_in(talk_register.paper(asked(full_ledger(), (), "2026", AS_OF))) is None
