"""Paper for the hand as LibreOffice sets it: one page where one is enough, names as they are written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.report.factory import branch, groups, many, members, posts
from tests.report.test_duty_pages import words
from tests.report.test_layout import T, needs_office

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import word
from zhibu_cli.report.blank_papers import (
    build_appraisal_ballot,
    build_election_ballot,
    build_minutes,
    build_sign_in,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.views import View

DAY, TODAY = date(2026, 12, 4), date(2026, 11, 25)
MINUTES = [kind.name for kind in CATALOGUE.kinds if kind.register in {"sitting", "talk"}]
HOSTILE = "王{{ 7*7 }}<b>&_{x"


def ten() -> Ledger:
    """Ten members, two of them on probation, a committee of three, two groups: see the factory."""
    return build_ledger([branch(), *members(), *posts(), *groups()], CATALOGUE, ())


def crowd(count: int) -> Ledger:
    """So many full members, the first with a name that looks like a template."""
    names = [HOSTILE, *(f"王{number:02}" for number in range(2, count + 1))]
    rows = [{"name": name, "joined": "2010-06-01", "status": "full"} for name in names]
    return build_ledger([branch(), *many("member", rows)], CATALOGUE, ())


def test_the_committee_is_expected_at_its_meeting_and_everybody_at_the_others() -> None:
    committee = build_sign_in(ten(), CATALOGUE.kind("committee_meeting"), "", DAY, TODAY)
    assert [row.name for row in committee.rows if row.name] == ["张一", "王二", "李三"]
    life = build_sign_in(ten(), CATALOGUE.kind("org_life_meeting"), "", DAY, TODAY)
    assert len([row for row in life.rows if row.name]) == 10
    assert "应到10人（正式8人、预备2人）" in life.caption


def test_at_several_at_once_those_of_the_widest_are_expected_and_every_field_has_its_place() -> None:
    group, lecture = map(CATALOGUE.kind, ("group_meeting", "lecture"))
    sheet = build_sign_in(ten(), group, "", DAY, TODAY, also=[lecture])
    assert len([row for row in sheet.rows if row.name]) == 10
    assert "".join(sheet.title_lines).endswith("党小组会、党课签到表")
    form = build_minutes(ten(), group, "", DAY, TODAY, also=[lecture])
    labels = [label for row in form.rows for label in (row.left, row.right) if label]
    assert len(labels) == len({*labels})
    assert {"党小组", "主讲人", "主持人", "学时", "议题", "内容", "决议"} <= {*labels}
    voted = build_minutes(ten(), lecture, "", DAY, TODAY, also=[CATALOGUE.kind("general_meeting")])
    assert [row.left for row in voted.rows][-3:] == ["内容", "决议", "表决结果"]
    assert form.signing == ("主持人（签名）", "主讲人（签名）", "记录人（签名）")


def long_named() -> Ledger:
    """A branch whose name makes a title of three lines."""
    name = "中共示例省样本市数据资源和政务服务管理局机关第三党支部委员会办公室联合支部"
    return build_ledger([branch(name=name), *members(), *posts(), *groups()], CATALOGUE, ())


@pytest.mark.parametrize("kind", [one for one in MINUTES if one != "talk"])
def test_a_form_for_the_minutes_of_any_sitting_asks_who_came_and_who_did_not(kind: str) -> None:
    """forms.md §0 to §4: 参会人员姓名 or 出席（names）, then 缺席（names and reasons）."""
    form = build_minutes(ten(), CATALOGUE.kind(kind), "", DAY, TODAY)
    labels = [row.left for row in form.rows]
    came = labels.index("出席人员")
    assert labels[came + 1] == "缺席人员及原因"


def test_where_nobody_is_known_to_be_expected_there_are_lines_for_the_hand() -> None:
    view = build_sign_in(ten(), CATALOGUE.kind("democratic_life_meeting"), "", DAY, TODAY)
    assert "应到" not in view.caption
    assert {row.name for row in view.rows} == {""}
    assert len(view.rows) == 12


def test_a_ballot_for_a_roster_without_full_members_has_lines_for_the_hand() -> None:
    """A table of heads alone could not be filled in."""
    empty = build_ledger([branch()], CATALOGUE, ())
    view = build_appraisal_ballot(empty, ("优秀", "合格", "基本合格", "不合格"), DAY)
    assert [row.name for row in view.rows] == [""] * 12
    assert view.notes[-1] == "3．名册中没有当日在册的正式党员，姓名填好后再复印。"


def test_without_a_number_of_seats_three_lines_are_left_and_the_number_is_for_the_hand() -> None:
    view = build_election_ballot(ten(), (), None, DAY)
    assert [row.name for row in view.rows] == ["", "", ""]
    assert view.notes[0].startswith("1．应选　　　名。")


def papers_to_set() -> dict[str, bytes]:
    views: dict[str, tuple[View, str]] = {
        kind: (build_minutes(ten(), CATALOGUE.kind(kind), "", DAY, TODAY), "minutes-blank")
        for kind in MINUTES
    }
    life, appraisal, talk = map(CATALOGUE.kind, ("org_life_meeting", "appraisal", "talk"))
    views["several"] = (build_minutes(long_named(), life, "", DAY, TODAY, also=[appraisal]), "minutes-blank")
    views["long"] = (build_minutes(long_named(), talk, "", DAY, TODAY), "minutes-blank")
    everybody = CATALOGUE.kind("general_meeting")
    views["sign-in"] = (build_sign_in(crowd(50), everybody, "", DAY, TODAY), "signin")
    grades = ("优秀", "合格", "基本合格", "不合格")
    views["ballot"] = (build_appraisal_ballot(crowd(30), grades, DAY), "ballot")
    return {name: word.render(view, T / f"{layout}.docx") for name, (view, layout) in views.items()}


@pytest.fixture
def set_papers(set_by_office: Mapping[str, dict[str, list[list[str]]]]) -> dict[str, list[str]]:
    """Name of a paper -> the text of each page, as LibreOffice sets it."""
    pages_of = set_by_office["blank"]
    return {name: ["".join(page) for page in pages if page] for name, pages in pages_of.items()}


@needs_office
@pytest.mark.parametrize("kind", [*MINUTES, "several", "long"])
def test_a_form_for_minutes_is_one_page_and_fills_it(kind: str, set_papers: dict[str, list[str]]) -> None:
    (page,) = set_papers[kind]
    assert "（签名）" in page


@needs_office
def test_the_head_of_a_long_sign_in_sheet_stands_on_every_page(set_papers: dict[str, list[str]]) -> None:
    assert len(set_papers["sign-in"]) == 3
    assert all("序号" in page and "签名" in page for page in set_papers["sign-in"])


@needs_office
def test_a_ballot_for_thirty_is_two_pages(set_papers: dict[str, list[str]]) -> None:
    assert len(set_papers["ballot"]) == 2
    assert all("基本合格" in page for page in set_papers["ballot"])


def test_a_name_that_looks_like_a_template_is_printed_as_it_is() -> None:
    view = build_sign_in(crowd(2), CATALOGUE.kind("general_meeting"), "", DAY, TODAY)
    assert HOSTILE in words(word.render(view, T / "signin.docx"))
    ballot = build_election_ballot(ten(), (HOSTILE,), 1, DAY)
    assert HOSTILE in words(word.render(ballot, T / "ballot.docx"))


def test_the_same_wish_gives_the_same_bytes() -> None:
    view = build_minutes(ten(), CATALOGUE.kind("lecture"), "", DAY, TODAY)
    assert word.render(view, T / "minutes-blank.docx") == word.render(view, T / "minutes-blank.docx")
