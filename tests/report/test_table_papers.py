"""Papers that are tables of people, problems and records: counted by hand, compared whole.

The golden forms in golden/ were read against the ledgers of year_ledgers.py line by line; papers that
are made for Word only are compared by their text.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.report import year_ledgers
from tests.report.factory import branch, findings, many, meeting, members, period, posts

from zhibu_cli import resources
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import markdown, word, workbook
from zhibu_cli.report.due import DuePart, DueRow
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.request import Request
from zhibu_cli.report.told import remedy
from zhibu_cli.rules.pack import read_book

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger

GOLDEN = Path(__file__).parent / "golden"
T = resources.templates_dir()
AS_OF = date(2027, 1, 31)
LEDGERS = {"full": year_ledgers.full(), "sparse": year_ledgers.sparse(), "one": year_ledgers.one()}
NAMES = (
    *("roster-8", "roster-18", "roster-24", "officers", "member-changes", "talk-register"),
    *("appraisal-summary", "appraisal-cards", "self-check", "originals", "problems", "handover", "handbook"),
)


def built(name: str, ledger: Ledger, **more: Any) -> Any:
    plain, _, layout = name.partition("-") if name.startswith("roster") else (name, "", "")
    kind = find_paper(plain)
    assert kind is not None
    usual: dict[str, Any] = {"as_of": AS_OF, "findings": findings(), "period": period("2026")}
    return kind.build(Request(ledger=ledger, layout=layout, **{"circle": kind.circle.value, **usual, **more}))


def text(name: str, ledger: Ledger, **more: Any) -> str:
    view = built(name, ledger, **more)
    if (T / f"{name}.md.j2").exists():
        return markdown.render(view, T / f"{name}.md.j2").decode("utf-8")
    return word.printed(word.render(view, T / f"{name}.docx"))


@pytest.mark.parametrize("which", LEDGERS)
@pytest.mark.parametrize("name", NAMES)
def test_the_whole_paper_is_what_was_checked_by_hand(name: str, which: str) -> None:
    assert text(name, LEDGERS[which]) == (GOLDEN / f"{name}-{which}.md").read_text(encoding="utf-8")


def person(**more: Any) -> Ledger:
    row = {"name": "张一", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full"}
    return build_ledger([branch(), *many("member", [{**row, **more}])], CATALOGUE)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010119850512123X", "110***********123X"),  # 18 characters: 3 shown, 11 hidden, 4 shown
        ("110101850512123", "110********2123"),  # the old kind of 15
        ("1234567", "*******"),  # 3 and 4 would be all of it
        ("", ""),
    ],
)
def test_an_id_number_is_masked_unless_asked_for_whole(number: str, masked: str) -> None:
    ledger = person(id_number=number)
    assert built("roster-18", ledger).rows[0].id_number == masked
    assert built("roster-18", ledger, full=True).rows[0].id_number == number


def test_a_phone_number_keeps_three_and_four_digits() -> None:
    assert built("roster-18", person(phone="13800005678")).rows[0].phone == "138****5678"


@pytest.mark.parametrize(
    ("as_of", "years"),
    [(date(2026, 5, 31), 14), (date(2026, 6, 1), 15), (date(2011, 6, 1), 0), (date(2011, 5, 31), None)],
)
def test_years_in_the_party_are_whole_ones_since_becoming_a_full_member(
    as_of: date, years: int | None
) -> None:
    day = replace_founded(person())
    kind = find_paper("roster")
    assert kind is not None
    year = period(str(as_of.year))
    view: Any = kind.build(Request(ledger=day, findings=(), as_of=as_of, period=year, layout="18"))
    assert view.rows[0].years == years


def test_nobody_is_given_years_in_the_party_from_a_day_that_is_not_known() -> None:
    ledger = build_ledger(
        [branch(), *many("member", [{"name": "张一", "joined": "2010-06-01", "status": "full"}])], CATALOGUE
    )
    view = built("roster-18", ledger)
    assert (view.rows[0].years, view.rows[0].years_text) == (None, "")
    assert "党龄自转正之日算起，未填转正时间的空着。" in view.notes


def test_of_two_members_of_one_name_neither_gets_the_days_of_the_one_who_was_developed() -> None:
    row = {"name": "张一", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full"}
    steps = many("development", [{"name": "张一", "applied": "2008-05-04"}])
    alone = build_ledger([branch(), *many("member", [row]), *steps], CATALOGUE)
    two = build_ledger([branch(), *many("member", [row, {**row, "mark": "女"}]), *steps], CATALOGUE)
    assert [line.applied for line in built("roster-24", alone).rows] == ["2008-05-04"]
    assert [line.applied for line in built("roster-24", two).rows] == ["", ""]


def replace_founded(ledger: Ledger) -> Ledger:
    """The same branch, there since 2005."""
    return build_ledger([branch(founded="2005-01-01"), *ledger.entries[1:]], CATALOGUE)


def test_a_change_written_in_both_registers_is_told_once() -> None:
    rows = [{"name": "周九", "joined": "2025-03-01", "converted": "2026-03-01", "status": "full"}]
    event = {"member": "M1", "matter": "conversion", "date": "2026-03-01", "ground": "2026年3月支部大会决议"}
    ledger = build_ledger([branch(), *many("member", rows), *many("member_event", [event])], CATALOGUE)
    (change,) = built("member-changes", ledger).rows
    assert (change.matter, change.day, change.ground, change.id) == (
        "转正",
        date(2026, 3, 1),
        "2026年3月支部大会决议",
        "E1",
    )


def leaving(*events: dict[str, Any], why: str) -> Ledger:
    """杨七 left on 3 August 2026, as the roster says."""
    row = {"name": "杨七", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full"}
    left = {**row, "left": "2026-08-03", "left_why": why}
    return build_ledger([branch(), *many("member", [left]), *many("member_event", [*events])], CATALOGUE)


DIED = {"member": "M1", "matter": "died", "date": "2026-08-03"}
MOVED = {"member": "M1", "matter": "transferred_out", "date": "2026-08-03", "ground": "转接回执"}


@pytest.mark.parametrize(
    ("ledger", "told", "transferred"),
    [
        (leaving(why="调往外省"), ("转出", "调往外省", "M1"), 1),
        (leaving(MOVED, why="调往外省"), ("转出", "转接回执", "E1"), 1),
        (leaving(DIED, why="病故"), ("去世", "病故", "E1"), 0),
    ],
)
def test_who_left_the_roster_is_told_once_and_the_dead_are_not_transferred(
    ledger: Ledger, told: tuple[str, str, str], transferred: int
) -> None:
    view = built("member-changes", ledger)
    assert [(change.matter, change.ground, change.id) for change in view.rows] == [told]
    assert view.figures["left"].number == transferred


def test_a_finding_that_names_somebody_stands_in_no_paper_that_leaves_the_branch() -> None:
    one = replace(
        findings()[0],
        status=Status.MISSED,
        subject=replace(findings()[0].subject, kind=SubjectKind.MEMBER, name="张一"),
        message="张一连续三次未参加。",
    )
    for name in ("self-check", "handover"):
        assert "张一连续三次" not in text(name, LEDGERS["full"], findings=(one,))


def test_grades_and_ballots_add_up_in_the_summary() -> None:
    view = built("appraisal-summary", LEDGERS["full"])
    assert [row.grade for row in view.rows].count("优秀") == 3
    assert view.notes == (
        (
            "截至2026年12月31日，在册党员10名，其中正式党员8名、预备党员2名；"
            "登记评议结果9名，其中优秀3名、合格5名、不定等次1名。"
        ),
        "2027年1月20日召开民主评议会议，应到10名，参评9名（S10）。",
    )
    assert view.sums is None  # nobody wrote the ballots down


def voted() -> Ledger:
    """Two members with ballots, 不合格 left out in both; one without any."""
    rows: list[dict[str, Any]] = [
        {"member": "M1", "grade": "excellent", "votes_excellent": 5, "votes_qualified": 3, "votes_basic": 0},
        {"member": "M2", "grade": "qualified", "votes_excellent": 2, "votes_qualified": 6, "votes_basic": 0},
        {"member": "M10", "grade": "ungraded"},
    ]
    graded = many("appraisal_row", [{"assessment_year": 2026, **row} for row in rows])
    return build_ledger([branch(), *members(), *graded], CATALOGUE)


def test_ballots_are_added_where_they_were_written_down_and_by_excel_itself() -> None:
    assert "| 合计 |  |  |  | 7 | 9 | 0 |  |  |  |  |  |\n" in text("appraisal-summary", voted())
    filled = workbook.render(built("appraisal-summary", voted()), T / "appraisal-summary.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0]
    last = next(row for row in sheet.iter_rows() if row[0].value == "合计")
    assert last[4].value == '=IF(COUNT(E5:E7)=0,"",SUM(E5:E7))'
    assert [sheet.cell(row, 5).value for row in (5, 6, 7)] == [5, 2, None]


def test_the_book_lists_every_record_once_with_a_mark_of_its_own() -> None:
    view = built("handbook", LEDGERS["full"])
    bound = [record.minutes.record for book in view.books for record in book.records]
    in_year = [s.id for s in LEDGERS["full"].sittings if s.day.year == 2026]
    assert sorted(bound) == sorted(in_year)
    marks = [entry.mark for entry in view.contents]
    numbers = [entry.number for entry in view.contents]
    assert len({*marks}) == len(marks) == len({*numbers})


def test_posts_stand_in_the_order_of_rank() -> None:
    ledger = build_ledger([branch(), *members(), *reversed(posts())], CATALOGUE)
    assert [row.post for row in built("officers", ledger).rows] == ["书记", "组织委员", "纪检委员"]


def test_a_card_may_be_made_for_one_member_and_for_nobody_who_was_not_there() -> None:
    view = built("appraisal-cards", LEDGERS["full"], member="M4")
    assert [(card.who.name, card.grade, card.fed_back) for card in view.cards] == [
        ("赵四", "合格", "2027年1月25日")
    ]
    rows = [{"name": "甲", "joined": "2027-02-01", "status": "probationary"}]
    later = build_ledger([branch(), *many("member", rows)], CATALOGUE)
    with pytest.raises(PaperError, match=r"2026年12月31日甲不在本支部"):
        built("appraisal-cards", later, member="M1")


def test_the_book_of_a_year_traces_the_figures_of_every_paper_bound_in_it() -> None:
    traced = {
        (one.key, one.text, one.records) for one in built("handbook", LEDGERS["full"], trace=True).trace
    }
    for name in ("roster-8", "officers", "member-changes", "talk-register", "appraisal-summary", "problems"):
        own = {(one.key, one.text, one.records) for one in built(name, LEDGERS["full"], trace=True).trace}
        assert own <= traced


def test_the_opinion_of_the_branch_is_left_to_those_who_sign_it() -> None:
    """The grade stands where the appraisal is told, as it was registered, and nowhere else on the page."""
    lines = text("appraisal-cards", LEDGERS["full"], member="M4").split("\n")
    told, opinion = lines[lines.index("民主评议情况") + 1], lines[lines.index("支部意见") + 1]
    assert told.startswith("登记的评定等次：合格")
    assert opinion.startswith("书记（签名）：")
    assert "\n".join(lines).count("合格") == 1


def test_who_was_appraised_has_a_card_though_no_member_on_the_last_day_of_the_year() -> None:
    row = {"name": "甲", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full"}
    people = many("member", [{**row, "left": "2026-12-30"}, {**row, "name": "乙", "left": "2026-12-30"}])
    graded = many("appraisal_row", [{"assessment_year": 2026, "member": "M1", "grade": "qualified"}])
    ledger = build_ledger([branch(), *people, *graded], CATALOGUE)
    assert [card.who.name for card in built("appraisal-cards", ledger).cards] == ["甲"]


def test_a_card_says_nothing_in_the_place_of_the_one_who_has_to_say_it() -> None:
    lines = text("appraisal-cards", LEDGERS["full"], member="M10").split("\n")
    assert lines[lines.index("个人小结") + 1] == ""
    assert lines[lines.index("本人意见") + 1].startswith("本人（签名）：")
    assert lines[lines.index("支部意见") + 1].startswith("书记（签名）：")


def coming(*rows: tuple[str, str, bool]) -> tuple[DuePart, ...]:
    """将要到期: rule, day and whether somebody is named."""
    blank: dict[str, Any] = dict.fromkeys(
        ("when", "who", "names", "fact", "grounds", "refs", "fix", "remedy", "last", "explained"), ""
    )
    listed = tuple(
        DueRow(
            key=f"{rule}@{day}",
            rule=rule,
            title=f"{rule}的事项",
            status=Status.PENDING,
            day=date.fromisoformat(day),
            due=date.fromisoformat(day),
            post="书记",
            remind_days=3,
            keys=(),
            internal=internal,
            **blank,
        )
        for rule, day, internal in rows
    )
    return (DuePart(title=f"将要到期（{len(listed)} 项）", rows=listed),)


def test_what_falls_due_is_counted_by_rule_and_names_nobody() -> None:
    parts = coming(
        ("甲", "2027-02-20", False), ("乙", "2027-03-31", False), ("甲", "2027-03-20", False),
        ("丙", "2027-02-01", True),
    )  # fmt: skip
    view = built("handover", LEDGERS["full"], coming=parts, versions=60, code="3635-ba27-13b1-6675")
    assert [(line.what, line.state, line.times, line.first_text, line.post) for line in view.duties] == [
        ("甲的事项", "将要到期", 2, "2027-02-20", "书记"),
        ("乙的事项", "将要到期", 1, "2027-03-31", "书记"),
    ]
    assert view.notes[-1] == "另有写到具体人的待办1项，见内部核对结果。"
    assert view.ledger == "现有48条，连同更正、作废共登记60次，附件0个文件，校验码3635-ba27-13b1-6675"
    assert view.notes[1] == "以后用校验码核对，可知移交时的台账内容是否原样都在。"
    assert view.last == "2027年1月20日"


def test_the_list_of_originals_tells_files_by_kind_and_ballots_by_matter() -> None:
    ballot = {"method": "无记名投票", "issued": 9, "returned": 8}
    votes = [
        {"matter": "election", "object": ["赵四"], **ballot},
        {"matter": "election", "object": ["陈五"], **ballot},
        {"matter": "admission", "object": ["周九"], "method": "无记名投票"},
        {"matter": "general", "subject": "年度计划", "method": "举手"},
    ]
    held = many(
        "sitting",
        [
            meeting("general_meeting", "2026-05-10", "选举", votes=votes),
            meeting("appraisal", "2026-02-03", "民主评议", assessment_year=2025),
        ],
    )
    files = [("S1", "签到.pdf", "sign_in"), ("S1", "会场.jpg", "photo"), ("S1", "讲稿.docx", "courseware")]
    kept: dict[str, Any] = {"kinds": ["attachment"], "size": 9, "sha256": "0", "file": "x"}
    beside = many(
        "attachment",
        [
            *({"record": record, "name": name, "kind": kind, **kept} for record, name, kind in files),
            {"record": "S1", "name": "批复.pdf", "kind": "other", **kept},
            {"record": "T1", "name": "与周九谈话.pdf", "kind": "other", **kept},
        ],
    )
    talk = [{"date": "2026-03-02", "talkers": ["M1"], "partners": ["M9"], "paper_at": "三号柜"}]
    ledger = build_ledger([branch(), *members(), *held, *many("talk", talk), *beside], CATALOGUE)
    view = built("originals", ledger)
    assert [(row.sign_in, row.slides, row.photos, row.others) for row in view.rows if row.id == "S1"] == [
        ("签到.pdf", "讲稿.docx", "会场.jpg", "批复.pdf")
    ]
    assert [(line.id, line.what, line.issued, line.returned) for line in view.ballots] == [
        ("S2", "民主测评票", "", ""),
        ("S1", "选举票", "9", "8"),
        ("S1", "接收预备党员票", "", ""),
    ]
    assert [(talk.place, talk.files) for talk in view.talks] == [("三号柜", 1)]
    printed = text("originals", ledger)
    assert not [name for name in ("赵四", "陈五", "周九", "张一") if name in printed]
    assert len(view.notes) == 1
    copies = {"Y1": "gone", "Y2": "altered", "Y3": "intact", "Y4": "unreadable", "Y5": "gone"}
    view = built("originals", ledger, copies=copies)
    assert [(row.sign_in, row.slides, row.photos, row.others) for row in view.rows if row.id == "S1"] == [
        (
            "签到.pdf〔待补：附件文件夹中未见这个文件〕",
            "讲稿.docx",
            "会场.jpg（现在的文件与存入时不同）",
            "批复.pdf（未能打开核对）",
        )
    ]
    assert view.notes[1:] == ("谈心谈话记录T1的附件：附件文件夹中未见1个。",)


def test_what_is_handed_over_says_which_files_are_no_longer_there_or_have_changed() -> None:
    kept: dict[str, Any] = {"kinds": ["attachment"], "size": 9, "sha256": "0", "file": "x", "kind": "other"}
    files = many("attachment", [{"record": "S1", "name": f"{n}.pdf", **kept} for n in range(4)])
    ledger = build_ledger([branch(), *members(), *files], CATALOGUE)
    assert built("handover", ledger, copies=dict.fromkeys(("Y1", "Y2"), "intact")).ledger.endswith(
        "附件4个文件"
    )
    copies = {"Y1": "gone", "Y2": "intact", "Y3": "altered", "Y4": "gone"}
    told = built("handover", ledger, copies=copies).ledger
    assert told.endswith("附件4个文件（附件文件夹中未见2个，现在与存入时不同1个）")


def test_what_names_somebody_is_counted_whether_open_or_not_to_be_judged() -> None:
    one = replace(
        findings()[0],
        subject=replace(findings()[0].subject, kind=SubjectKind.MEMBER, name="张一"),
        status=Status.MISSED,
    )
    view = built("self-check", LEDGERS["full"], findings=(one, replace(one, status=Status.UNKNOWN)))
    assert (view.rows, view.unjudged) == ((), ())
    assert view.notes[-1] == "另有写到具体人的2项，见内部核对结果。"


def test_a_remedy_for_an_inspector_speaks_of_no_command() -> None:
    told = remedy(
        "填错的用 `zhibu member edit` 或者 `zhibu amend` 更正；有特殊情况的用 `zhibu waive` 写情况说明。"
    )
    assert told == "填错的更正；有特殊情况的写情况说明。"
    book, _ = read_book(resources.pack_tables())
    assert not [rule.id for rule in book.rules if "zhibu" in remedy(rule.doc.fix + rule.doc.open)]
