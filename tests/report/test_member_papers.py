"""Papers about members: what the records say of them stands there, and nothing that was not known yet."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.report.factory import branch, groups, many, members, period, posts
from tests.report.test_table_papers import LEDGERS, T, built, text

from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import page, word
from zhibu_cli.report.blank_papers import build_appraisal_ballot, build_sign_in

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def changing(*events: dict[str, Any], **more: Any) -> Ledger:
    """周九, a probationary member since March 2025, and what became of it."""
    row = {"name": "周九", "joined": "2025-03-01", "status": "probationary", **more}
    told = many("member_event", [{"member": "M1", **event} for event in events])
    return build_ledger([branch(), *many("member", [row]), *told], CATALOGUE)


@pytest.mark.parametrize(
    ("event", "after"),
    [
        ({"matter": "extension", "until": "2026-09-01"}, "至2026-09-01"),
        ({"matter": "extension", "until": "2026-09-01", "new": "延长半年"}, "延长半年（至2026-09-01）"),
        ({"matter": "extension"}, ""),
        ({"matter": "group_changed", "new": "第一党小组"}, "第一党小组"),
    ],
)
def test_a_change_for_a_time_says_until_when(event: dict[str, Any], after: str) -> None:
    ledger = changing({"date": "2026-03-01", **event})
    assert [change.new for change in built("member-changes", ledger).rows] == [after]


def test_a_reason_that_is_the_matter_itself_is_not_told_a_second_time() -> None:
    died = {"matter": "died", "date": "2026-08-03"}
    ledger = changing(died, left="2026-08-03", left_why="去世")
    assert [(one.matter, one.ground) for one in built("member-changes", ledger).rows] == [("去世", "")]


def test_changes_of_one_day_stand_in_the_order_of_the_roster() -> None:
    rows = [{"name": f"党员{n}", "joined": "2026-05-10", "status": "probationary"} for n in range(1, 11)]
    ledger = build_ledger([branch(), *many("member", rows)], CATALOGUE)
    assert [one.id for one in built("member-changes", ledger).rows] == [f"M{n}" for n in range(1, 11)]


def appraised() -> Ledger:
    """张一 fed back on 25 January 2027; 王二 not listed, and why."""
    rows: list[dict[str, Any]] = [
        {"member": "M1", "grade": "qualified", "fed_back": "2027-01-25"},
        {"member": "M2", "grade": "not_listed", "note": "长期卧床，经机关党委同意"},
    ]
    graded = many("appraisal_row", [{"assessment_year": 2026, **row} for row in rows])
    return build_ledger([branch(), *members(), *graded], CATALOGUE)


def test_the_reason_for_which_somebody_is_not_listed_stands_in_summary_and_card() -> None:
    assert "| 不列入 |  |  | 长期卧床，经机关党委同意 |\n" in text("appraisal-summary", appraised())
    lines = text("appraisal-cards", appraised(), member="M2").split("\n")
    assert lines[lines.index("备注") + 1] == "长期卧床，经机关党委同意"


@pytest.mark.parametrize(
    ("as_of", "summary", "card"),
    [
        (date(2027, 1, 24), ("", None), ""),
        (date(2027, 1, 25), ("2027-01-25", date(2027, 1, 25)), "2027年1月25日"),
    ],
)
def test_what_was_fed_back_after_the_day_of_the_paper_is_not_in_it(
    as_of: date, summary: tuple[str, date | None], card: str
) -> None:
    row = built("appraisal-summary", appraised(), as_of=as_of).rows[0]
    assert (row.fed_back_text, row.fed_back) == summary
    assert built("appraisal-cards", appraised(), as_of=as_of, member="M1").cards[0].fed_back == card


def test_the_list_of_posts_speaks_of_a_committee_only_where_there_is_one() -> None:
    """支部工作条例: a branch with 书记 and 副书记 alone has none."""
    held = [
        {"member": m, "post": p, "since": "2024-03-01"} for m, p in (("M1", "secretary"), ("M2", "deputy"))
    ]
    two = build_ledger([branch(), *members(), *many("post", held)], CATALOGUE)
    three = build_ledger([branch(), *members(), *posts()], CATALOGUE)
    assert "## 党支部书记、副书记\n" in text("officers", two)
    assert "## 支部委员会\n" in text("officers", three)
    assert "## 支部委员会\n" in text("officers", LEDGERS["one"])  # nothing is known of any post


@pytest.mark.parametrize(
    ("name", "office", "height"),
    [
        ("甲支部", "科长", 3600),
        ("十一个字的名称的党支部", "科长", 3600),  # 11 of 12 points fill the place
        ("十二个字的名称这个党支部", "科长", 3200),
        ("甲支部", "分管执法和机关党建工作的副支队长", 3200),
        ("甲" * 33 + "支部", "分管执法和机关党建工作的副支队长", 3600 - 400 * (3 + 1)),
        ("甲" * 200, "科长", 1200),
    ],
)
def test_what_a_long_name_takes_of_a_card_the_place_for_the_summary_gives(
    name: str, office: str, height: int
) -> None:
    """One page each: 备注 stood alone on a second one."""
    row = {"name": "张一", "joined": "2010-06-01", "status": "full", "office": office}
    view = built("appraisal-cards", build_ledger([branch(name=name), *many("member", [row])], CATALOGUE))
    document = part(word.render(view, T / "appraisal-cards.docx"), "word/document.xml")
    assert [int(one) for one in re.findall(r'trHeight w:val="(\d+)"', document)] == [
        *(560,) * 6,
        height,
        *(1300,) * 4,
        560,
    ]


def test_no_page_has_sums_or_signatures_alone() -> None:
    row = {"assessment_year": 2026, "member": "M1", "grade": "qualified", "votes_qualified": 9}
    graded = many("appraisal_row", [row])
    view = built("appraisal-summary", build_ledger([branch(), *members(), *graded], CATALOGUE))
    document = part(word.render(view, T / "appraisal-summary.docx"), "word/document.xml")
    sums = next(row for row in re.findall(r"<w:tr>.*?</w:tr>", document) if "合计" in row)
    assert {*re.findall(r'pStyle w:val="(\w+)"', sums)} == {"ZbSmallCentreKept"}


@pytest.mark.parametrize("name", ["roster-8", "officers", "member-changes"])
def test_there_is_no_paper_of_a_day_before_the_branch_was_founded(name: str) -> None:
    """Founded on 20 May 2020: its members of the day before were members elsewhere."""
    ledger = build_ledger([branch(), *members(), *posts()], CATALOGUE)
    year = period("2020")
    with pytest.raises(PaperError, match=r"2020年5月19日在支部成立（2020年5月20日）之前"):
        built(name, ledger, as_of=date(2020, 5, 19), period=year)
    assert built(name, ledger, as_of=date(2020, 5, 20), period=year).horizon == date(2020, 5, 20)


def test_measures_stand_line_by_line_as_they_were_written() -> None:
    row = {
        "source": "inspection",
        "assessment_year": 2026,
        "problem": "甲",
        "measures": "1.乙\r\n\n  2.丙\t丁\n",
    }
    ledger = build_ledger([branch(), *many("rectification", [row])], CATALOGUE)
    assert [line.measures for line in built("problems", ledger).rows] == ["1.乙\n2.丙 丁"]
    assert "| 1.乙<br>2.丙 丁 |" in text("problems", ledger)
    html = page.render(built("problems", ledger), T / "problems.html.j2").decode("utf-8")
    assert "1.乙\n2.丙 丁</td>" in html
    assert "td { white-space: pre-line; }" in html


def twins() -> Ledger:
    """Two 张三 in two groups, and 李四; 王五 and 王五, of whom nothing tells one from the other."""
    usual = {"joined": "2010-06-01", "converted": "2011-06-01", "status": "full", "leader": True}
    rows = [{**usual, "name": name} for name in ("张三", "张三", "李四", "王五", "王五")]
    rows[0]["group"], rows[1]["group"] = "G1", "G2"
    graded = [
        {"assessment_year": 2026, "member": f"M{n}", "grade": "qualified"} for n in range(1, len(rows) + 1)
    ]
    left = {"member": "M2", "matter": "transferred_out", "date": "2026-08-03"}
    task = {"source": "inspection", "assessment_year": 2026, "problem": "甲", "responsible": ["M1", "M3"]}
    return build_ledger(
        [
            *(branch(), *many("member", rows), *groups()),
            *(*many("appraisal_row", graded), *many("member_event", [left]), *many("rectification", [task])),
        ],
        CATALOGUE,
    )


TWINS = ["张三（第一党小组）", "张三（第二党小组）", "李四", "王五（M4）", "王五（M5）"]


def test_namesakes_are_told_apart_wherever_their_names_stand_alone() -> None:
    assert [row.name for row in built("appraisal-summary", twins()).rows] == TWINS
    assert [row.name for row in built("double-life", twins()).rows] == TWINS
    assert [row.name for row in built("member-changes", twins()).rows] == ["张三（第二党小组）"]
    (task,) = built("problems", twins(), as_of=date(2026, 6, 1)).rows
    assert task.responsible == "张三（第一党小组）、李四"


def test_namesakes_are_told_apart_among_posts_and_groups() -> None:
    """张三 of the second group leads it, 王五 (M4) the first; 王五 (M5) is 书记, 张三 (M2) 组织委员."""
    held = [("M2", "organisation"), ("M5", "secretary")]
    terms = [{"member": m, "post": p, "since": "2024-03-01", "origin": "election"} for m, p in held]
    led = [{"name": "第一党小组", "leader": "M4"}, {"name": "第二党小组", "leader": "M2"}]
    others = [one for one in twins().entries if one.register != "group"]
    ledger = build_ledger([*others, *many("post", terms), *many("group", led)], CATALOGUE)
    view = built("officers", ledger, as_of=date(2026, 6, 1))
    assert [row.name for row in view.rows] == ["王五（M5）", "张三（第二党小组）"]
    assert [(row.leader, row.members) for row in view.groups] == [
        ("王五（M4）", "张三（第一党小组）"),
        ("张三（第二党小组）", "张三（第二党小组）"),
    ]
    handed = built("handover", ledger, as_of=date(2026, 6, 1))
    assert [row.name for row in handed.officers] == ["王五（M5）", "张三（第二党小组）"]


def test_namesakes_are_told_apart_on_a_sign_in_sheet_also_from_those_who_are_not_due() -> None:
    meeting, day = CATALOGUE.kind("general_meeting"), date(2026, 6, 1)
    sheet = build_sign_in(twins(), meeting, "", day, printed=day)
    assert [row.name for row in sheet.rows if row.name] == TWINS
    of_group = build_sign_in(twins(), CATALOGUE.kind("group_meeting"), "G1", day, printed=day)
    assert [row.name for row in of_group.rows if row.name] == ["张三（第一党小组）"]


def test_namesakes_are_told_apart_in_the_attendance_of_a_year() -> None:
    view = built("attendance", twins(), as_of=date(2026, 6, 1))
    assert [row.name for row in view.rows] == [row.name for row in view.by_kind] == TWINS


def test_namesakes_on_a_ballot_are_told_apart_from_those_who_are_there() -> None:
    """张三 of the second group left in August: nobody takes the other one for him in December."""
    before = build_appraisal_ballot(twins(), ("优秀",), date(2026, 6, 1))
    assert [row.name for row in before.rows] == TWINS
    after = build_appraisal_ballot(twins(), ("优秀",), date(2026, 12, 1))
    assert [row.name for row in after.rows] == ["张三", "李四", "王五（M4）", "王五（M5）"]
