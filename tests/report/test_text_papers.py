"""年度工作总结, 述职发言稿, 组织生活会和民主评议党员情况报告: counted by hand, compared whole.

The golden forms in golden/ were held against the ledgers of year_ledgers.py by hand, figure by figure.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.report import year_ledgers
from tests.report.factory import (
    NAMES,
    asked,
    branch,
    entry,
    finding,
    findings,
    groups,
    many,
    meeting,
    members,
    posts,
)

from zhibu_cli import resources
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import debrief, debrief_speech, life_report, markdown, summary
from zhibu_cli.report.wording import blanks

if TYPE_CHECKING:
    from zhibu_cli.report.views import Paper

GOLDEN = Path(__file__).parent / "golden"
AFTER = date(2027, 3, 1)
MAKERS: dict[str, Any] = {"summary": summary, "debrief-speech": debrief_speech, "life-report": life_report}
LEDGERS = {
    "full": (year_ledgers.full(), tuple(f for f in findings() if f.status is not Status.PENDING), AFTER),
    "sparse": (year_ledgers.sparse(), findings()[2:3], date(2026, 11, 25)),
    "one": (year_ledgers.one(), (), AFTER),
}


def made(name: str, which: str = "full", **more: Any) -> Paper:
    ledger, found, as_of = LEDGERS[which]
    view: Paper = MAKERS[name].paper(asked(ledger, found, "2026", as_of, **more))
    return view


def words(view: Paper) -> str:
    return "\n".join(part.text for section in view.sections for part in section.parts)


@pytest.mark.parametrize("which", LEDGERS)
@pytest.mark.parametrize("name", MAKERS)
def test_the_whole_paper_is_what_was_checked_by_hand(name: str, which: str) -> None:
    template = resources.templates_dir() / f"{name}.md.j2"
    printed = markdown.render(made(name, which), template).decode()
    assert printed == (GOLDEN / f"{name}-{which}.md").read_text(encoding="utf-8")


def own_words(view: Paper) -> dict[str, str]:
    """A text for every blank of the paper that a person fills, by its name."""
    return {blank[5:-1]: f"自写{n}。" for n, blank in enumerate(blanks(words(view))) if "请补充" in blank}


@pytest.mark.parametrize("which", LEDGERS)
def test_one_file_of_own_words_fills_the_written_account_and_the_speech(which: str) -> None:
    ledger, found, as_of = LEDGERS[which]
    written = debrief.paper(asked(ledger, found, "2026", as_of))
    texts = own_words(written)
    assert len(texts) in {14, 15}  # without a debriefing of last year its outcome is asked for, too
    for maker in (debrief, debrief_speech):
        filled = maker.paper(asked(ledger, found, "2026", as_of, texts=texts))
        assert "〔请补充" not in words(filled)
        assert all(own in words(filled) for own in texts.values())


def test_a_full_speech_takes_eight_minutes_and_traces_the_figures_it_tells() -> None:
    """1,200 characters where every blank is filled as long as it asks for: 150 are spoken in a minute."""
    asking = words(made("debrief-speech"))
    assert asking.count("，约60字〕") == 5
    texts = dict.fromkeys(own_words(made("debrief-speech")), "甲" * 59 + "。")
    assert 1100 <= len(words(made("debrief-speech", texts=texts))) <= 1300
    assert [(figure.key, figure.text) for figure in made("debrief-speech", trace=True).trace] == [
        *(("carried", "2"), ("corrected", "1"), ("remaining", "1"), ("overdue", "1")),
        *(("listed", "6"), ("listed_done", "3"), ("own_lectures", "1"), ("sittings", "9")),
        *(("general_meeting", "2"), ("committee_meeting", "4"), ("group_meeting", "1"), ("lecture", "1")),
        *(("theme_day", "2"), ("members", "10"), ("full", "8"), ("probationary", "2"), ("committee", "3")),
        *(("admitted", "1"), ("converted", "0"), ("arrived", "0"), ("left", "0")),
        *(("talks", "2"), ("talks_covered", "3"), ("talks_collective", "1"), ("own_talks", "2")),
        *(("conduct", "1"), ("service", "1")),
    ]


def test_an_account_filled_as_its_blanks_ask_is_as_long_as_one_that_is_handed_in() -> None:
    ledger, found, as_of = LEDGERS["full"]
    bare = debrief.paper(asked(ledger, found, "2026", as_of))
    texts = dict.fromkeys(own_words(bare), "甲" * 59 + "。")
    assert 1500 <= len(words(debrief.paper(asked(ledger, found, "2026", as_of, texts=texts)))) <= 2500


def test_the_speech_asks_for_as_many_problems_as_the_account() -> None:
    assert words(made("debrief-speech", slots=5)).count("〔请补充：针对问题") == 5
    with pytest.raises(PaperError, match="3至5个"):
        made("debrief-speech", slots=6)


def test_a_full_summary_has_a_length_that_can_be_handed_in() -> None:
    view = made("summary", texts=dict.fromkeys(own_words(made("summary")), "甲" * 100 + "。"))
    whole = words(view) + "".join(section.heading for section in view.sections)
    assert 1500 <= len(whole) <= 2500


def test_the_year_of_a_problem_decides_where_no_meeting_is_recorded() -> None:
    view = made("summary", trace=True)
    assert view.figures["carried"].sources == "R5 R6"  # for 2025
    assert view.figures["added"].sources == "R1 R2 R3 R4"  # for 2026, from inspections
    assert "查不到的按所属年度" in view.figures["carried"].rule


def test_more_lectures_than_a_sentence_can_hold_are_counted_only() -> None:
    days = [f"2026-{month:02}-05" for month in range(1, 13)]
    held = [meeting("lecture", day, f"第{n}课", lecturer="M1") for n, day in enumerate(days, 1)]
    twelve = build_ledger([branch(), *many("sitting", held)], CATALOGUE)
    told = words(summary.paper(asked(twelve, (), "2026", AFTER)))
    assert "党课12次：1月5日《第1课》" in told
    thirteen = build_ledger(
        [branch(), *many("sitting", [*held, meeting("lecture", "2026-12-20", "第13课")])], CATALOGUE
    )
    told = words(summary.paper(asked(thirteen, (), "2026", AFTER)))
    assert "党课13次。" in told
    assert "《第1课》" not in told
    assert "第三部分的表" not in told  # there is none in the text of a year


def test_a_meeting_of_the_next_year_is_told_and_marked_where_it_was_entered_late() -> None:
    ledger, _, as_of = LEDGERS["full"]
    late = finding(
        "record-late-entry", Status.MISSED, due="2027-01-20", key="S10",
        subject=SubjectKind.RECORD, evidence=("S10",),
    )  # fmt: skip
    told = words(life_report.paper(asked(ledger, (late,), "2026", as_of)))
    assert "2027年1月20日，在三楼会议室以党员大会形式召开2026年度组织生活会" in told
    assert "主持（补录：2027年1月20日）。" in told


def test_before_the_meeting_of_the_next_year_it_is_not_yet_seen() -> None:
    ledger, _, _ = LEDGERS["full"]
    view = life_report.paper(asked(ledger, (), "2026", date(2027, 1, 19)))
    assert "截至2027年1月19日，2026年度组织生活会：未见记录。" in words(view)
    assert view.figures["org_life_meeting"].text == "未见记录"
    assert view.figures["carried"].number == 0  # its problems are not raised yet
    assert "未召开" not in words(view)


def test_the_report_names_no_member_but_the_chair_and_nobody_responsible() -> None:
    printed = words(made("life-report"))
    assert [name for name in NAMES if name in printed] == ["张一"]
    assert "另有1项写到具体党员，这里只计数" in printed


def test_what_was_done_before_counts_from_the_last_meeting_on() -> None:
    held = [
        {**meeting("org_life_meeting", "2026-01-30", "2025年度"), "assessment_year": 2025},
        {**meeting("org_life_meeting", "2027-01-20", "2026年度"), "assessment_year": 2026},
    ]
    talked = [
        {"date": day, "talkers": ["M1"], "partners": ["M2"], "content": "谈工作"}
        for day in ("2026-01-30", "2026-01-31", "2027-01-20", "2027-01-21")
    ]
    ledger = build_ledger([branch(), *members(), *many("sitting", held), *many("talk", talked)], CATALOGUE)
    view = life_report.paper(asked(ledger, (), "2026", AFTER))
    assert view.figures["talks"].sources == "T2 T3"
    assert "2026年1月31日至2027年1月20日" in words(view)


def test_meetings_held_by_group_are_told_one_by_one_and_added_up() -> None:
    held = [
        {**meeting("org_life_meeting", f"2026-12-{day}", "组织生活会", expected=due, present=came),
         "assessment_year": 2026, "group": group, "forms": ["group"]}
        for day, due, came, group in (("10", 8, 8, "G1"), ("11", 2, 1, "G2"))
    ]  # fmt: skip
    ledger = build_ledger([branch(), *members(), *groups(), *many("sitting", held)], CATALOGUE)
    first, second, whole, *_ = (
        p.text for p in life_report.paper(asked(ledger, (), "2026", AFTER)).sections[1].parts
    )
    assert first.startswith("2026年12月10日，第一党小组在三楼会议室以党小组会形式召开2026年度组织生活会")
    assert "应到2人、实到1人、未到会1人，记录未写明姓名和原因。" in second
    assert whole == "合计2场，应到10人次、实到9人次，到会率90.0%。"


def test_heads_of_the_meeting_are_counted_by_the_rule_of_every_other_paper() -> None:
    rules = {figure.key: figure.rule for figure in made("life-report", trace=True).trace}
    counted = "所属年度为2026年的组织生活会记录中应到、实到均有数的记录的"
    assert rules["org_life_meeting_expected"] == f"{counted}应到人数相加；记录未写应到的按当日名册"
    assert rules["org_life_meeting_present"] == f"{counted}实到人数相加"


def test_all_or_none_corrected_is_said_in_words() -> None:
    source = {"source": "appraisal", "assessment_year": 2026, "problem": "学得不深", "measures": "补学"}
    some = {"done_on": "2027-02-01"}
    for done, outcomes in ((some, ("已完成整改", "均已完成整改")), ({}, ("尚未完成", "均未完成"))):
        for number, outcome in enumerate(outcomes, 1):
            ledger = build_ledger(
                [branch(), *many("rectification", [{**source, **done}] * number)], CATALOGUE
            )
            assert f"问题{number}项，截至2027年3月1日{outcome}。" in words(
                life_report.paper(asked(ledger, (), "2026", AFTER))
            )


def test_a_rate_that_leaves_out_who_was_excused_says_so() -> None:
    """10 due, 8 came, 1 on leave, 1 经支部同意暂不参加: 8 of 9 are 88.9%."""
    more = {"absentees": [{"who": "M7", "reason": "病假"}], "excused": [{"who": "M8", "reason": "年老体弱"}]}
    held = meeting("org_life_meeting", "2027-01-20", "2026年度", present=8, assessment_year=2026, **more)
    day = meeting("theme_day", "2026-07-20", "植树", present=8, **more)
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", [held, day])], CATALOGUE)
    told = words(life_report.paper(asked(ledger, (), "2026", AFTER)))
    assert "应到10人、实到8人、请假1人、暂不参加1人，到会率88.9%（暂不参加的不计）。" in told
    told = words(summary.paper(asked(ledger, (), "2026", AFTER)))
    assert "主题党日应到10人次、实到8人次，到会率88.9%（不计经支部同意暂不参加的1人次）。" in told


def test_whoever_became_secretary_later_was_not_the_one_spoken_to_last_year() -> None:
    """王二 took over in September 2026: the problems named for 2025 are not 点评我的."""
    held = many(
        "post",
        [
            {"member": "M1", "post": "secretary", "since": "2024-03-01", "until": "2026-08-31"},
            {"member": "M2", "post": "secretary", "since": "2026-09-01"},
        ],
    )
    source = {"source": "debriefing", "assessment_year": 2025, "problem": "形式单一"}
    ledger = build_ledger([branch(), *members(), *held, *many("rectification", [source])], CATALOGUE)
    told = words(debrief.paper(asked(ledger, (), "2026", AFTER)))
    assert "2025年度述职评议点评的问题1项，截至2026年12月31日尚未完成。" in told
    assert "整改清单登记的各方面问题共1项，截至2026年12月31日尚未完成。" in told


def test_an_appraisal_that_is_a_meeting_of_its_own_is_called_one() -> None:
    held = meeting("appraisal", "2027-01-20", "民主评议", assessment_year=2026)
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", [held])], CATALOGUE)
    told = words(life_report.paper(asked(ledger, (), "2026", AFTER)))
    assert "2027年1月20日，在三楼会议室召开2026年度民主评议党员会议，张一（书记）主持。" in told


def test_a_theme_with_quotation_marks_stands_in_single_ones() -> None:
    day = meeting("theme_day", "2026-07-20", "学习“多规合一”文件")
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", [day])], CATALOGUE)
    told = words(summary.paper(asked(ledger, (), "2026", AFTER)))
    assert "7月20日“学习\u2018多规合一\u2019文件”" in told


def test_who_was_talked_with_and_has_left_is_named_apart_by_number() -> None:
    gone = {**members()[9].payload, "left": "2026-10-01", "leave_reason": "调离"}
    people = [*members()[:9], entry("member", 10, gone)]
    talks = [{"date": "2026-07-08", "talkers": ["M1"], "partners": [who]} for who in ("M2", "M10")]
    ledger = build_ledger([branch(), *people, *posts(), *many("talk", talks)], CATALOGUE)
    assert "记录谈心谈话2次，覆盖党员3名（含已不在册的1名）。" in words(
        summary.paper(asked(ledger, (), "2026", AFTER))
    )
    # who came from another unit, and is known here, is no member that a talk covers
    guest = entry("member", 10, {**members()[9].payload, "home": "省委某部"})
    ledger = build_ledger([branch(), *members()[:9], guest, *posts(), *many("talk", talks)], CATALOGUE)
    assert "记录谈心谈话2次，覆盖党员2名。" in words(summary.paper(asked(ledger, (), "2026", AFTER)))
    strange = [{"date": "2026-07-08", "talkers": ["外单位甲"], "partners": ["外单位乙"]}]
    ledger = build_ledger([branch(), *members(), *posts(), *many("talk", strange)], CATALOGUE)
    assert "记录谈心谈话1次，谈话双方当日都不是本支部在册党员。" in words(
        summary.paper(asked(ledger, (), "2026", AFTER))
    )


def test_a_ledger_that_begins_within_the_year_says_so_in_every_text() -> None:
    day = meeting("theme_day", "2026-07-20", "学习党章")
    talk = {"date": "2026-08-01", "talkers": ["M1"], "partners": ["M2"]}
    begun = [branch(ledger_from="2026-07-01"), *members(), *posts()]
    ledger = build_ledger([*begun, *many("sitting", [day]), *many("talk", [talk])], CATALOGUE)
    since = "台账自2026年7月1日起登记，此前情况不能判断。"
    for maker in (summary, debrief, debrief_speech):
        assert since in words(maker.paper(asked(ledger, (), "2026", AFTER)))
    told = words(life_report.paper(asked(ledger, (), "2026", AFTER)))
    assert told.startswith("2026年7月1日（台账起始日）至2027年3月1日，主题或议题写明学习")


def test_a_branch_of_which_nothing_is_kept_yet_is_told_from_the_day_it_was_founded() -> None:
    ledger, day = build_ledger([branch(founded="2026-03-01")], CATALOGUE), date(2026, 11, 25)
    told = words(summary.paper(asked(ledger, (), "2026", day)))
    assert told.startswith("本年度尚未结束，数据截至2026年11月25日。台账党员名册中未见在册党员")
    told = words(life_report.paper(asked(ledger, (), "2026", day)))
    assert told.startswith("2026年3月1日至2026年11月25日，支部谈心谈话：未见记录")


def test_records_of_which_nobody_knows_when_they_were_entered_are_told_beside_the_late_ones() -> None:
    """S1 is late; S2 and S3 were imported without 原台账登记时间."""
    held = [meeting("theme_day", f"2026-0{month}-20", "植树") for month in (3, 4, 5)]
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", held)], CATALOGUE)
    found = (
        finding("record-late-entry", Status.MISSED, due="2026-03-20", key="S1", evidence=("S1",)),
        finding("record-late-entry", Status.UNKNOWN, due="2026-05-20", key="I1", evidence=("S2", "S3")),
    )
    told = words(summary.paper(asked(ledger, found, "2026", AFTER)))
    assert (
        "有1条记录为补录：3月20日主题党日（补录：2026年7月1日）。另有2条导入的记录未写明原台账登记时间"
        in told
    )


def test_in_an_open_year_what_is_not_seen_is_not_seen_up_to_the_day() -> None:
    told = words(made("summary", "sparse"))
    assert "民主评议党员：截至2026年11月25日未见记录。" in told


@pytest.mark.parametrize("name", MAKERS)
def test_a_year_that_has_not_begun_gives_no_paper(name: str) -> None:
    ledger, found, _ = LEDGERS["full"]
    with pytest.raises(PaperError, match="尚未开始"):
        MAKERS[name].paper(asked(ledger, found, "2026", date(2025, 12, 31)))


@pytest.mark.parametrize(
    ("own", "told"), [(2, "均由书记本人主讲。"), (1, "其中书记本人主讲1次。"), (0, "主讲人李三。")]
)
def test_how_many_lectures_the_secretary_held_is_said_in_words_where_it_is_all(own: int, told: str) -> None:
    lecturers = ["M1"] * own + ["M3"] * (2 - own)
    held = [meeting("lecture", f"2026-0{n}-05", "守底线", lecturer=who) for n, who in enumerate(lecturers, 4)]
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", held)], CATALOGUE)
    study = summary.paper(asked(ledger, (), "2026", AFTER)).sections[1].parts[0].text
    assert told in study
    assert ("书记本人" in study) == bool(own)


def test_a_branch_without_committee_and_one_whose_posts_are_unknown_are_told_apart() -> None:
    """One with a secretary only has none; of one without any post it cannot be said."""
    for held, told in (
        (posts()[:1], "未设支部委员会；"),
        ([], "支部委员会：未见记录（职务任期中没有当日在任的职务）；"),
    ):
        ledger = build_ledger([branch(), *members(), *held], CATALOGUE)
        assert told in words(summary.paper(asked(ledger, (), "2026", AFTER)))


def test_a_problem_that_names_somebody_is_counted_in_every_text() -> None:
    source = {"source": "inspection", "assessment_year": 2026, "measures": "谈话提醒"}
    rows = [{**source, "problem": "杨七多次迟到"}, {**source, "problem": "记录不全"}]
    ledger = build_ledger([branch(), *members(), *many("rectification", rows)], CATALOGUE)
    for maker in (summary, debrief):
        told = words(maker.paper(asked(ledger, (), "2026", AFTER)))
        assert "杨七" not in told
        assert "1.问题：记录不全。" in told
        assert "另有1项写到具体党员，这里只计数，见整改清单。" in told


def test_an_account_of_a_year_that_is_not_over_says_so() -> None:
    ledger, found, _ = LEDGERS["full"]
    for maker in (debrief, debrief_speech, summary):
        told = words(maker.paper(asked(ledger, found, "2026", date(2026, 11, 25))))
        assert told.count("本年度尚未结束，数据截至2026年11月25日。") == 1
