"""The quarterly report, counted by hand from the ledger in factory.py."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from tests.report.factory import (
    asked,
    branch,
    findings,
    full_ledger,
    many,
    meeting,
    members,
    period,
)

from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import Expects, Kind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.quarter import build_quarter
from zhibu_cli.report.views import PartKind, QuarterView
from zhibu_cli.report.wording import blanks

AS_OF = date(2026, 10, 8)


def report(**more: object) -> QuarterView:
    return build_quarter(full_ledger(), findings(), period(), AS_OF, **more)


def words(view: QuarterView) -> str:
    return "\n".join(part.text for section in view.sections for part in section.parts)


@pytest.mark.parametrize(
    ("key", "text", "records"),
    [
        ("members", "10", "M1 M2 M3 M4 M5 M6 M7 M8 M9 M10"),
        ("full", "8", "M1 M2 M3 M4 M5 M6 M7 M8"),
        ("probationary", "2", "M9 M10"),
        ("leader", "1", "M1"),
        ("groups", "2", "G1 G2"),
        ("committee", "3", "M1 M2 M3"),
        ("sittings", "7", "S1 S2 S3 S4 S5 S6 S7"),
        ("combined", "1", "S2"),
        ("uncounted", "1", "S6"),
        ("late", "1", "S7"),
        ("general_meeting", "1", "S2"),
        ("committee_meeting", "3", "S1 S4 S7"),
        ("committee_meeting_expected", "9", "S1 S4 S7"),
        ("committee_meeting_present", "8", "S1 S4 S7"),
        ("committee_meeting_rate", "88.9%", "S1 S4 S7"),
        ("theme_day", "2", "S2 S5"),
        ("theme_day_rate", "85.0%", "S2 S5"),
        ("lecture_rate", "100.0%", "S3"),
        ("own_lectures", "1", "S3"),
        ("hours", "2", "S3"),
        ("talks", "2", "T1 T2"),
        ("talks_covered", "3", "M1 M2 M9"),
        ("talks_collective", "1", "T3"),
        ("study", "2", "S2 S6"),
        ("conduct", "1", "S3"),
        ("service", "1", "S5"),
        ("carried", "4", "R1 R2 R3 R6"),
        ("corrected", "1", "R1"),
        ("remaining", "3", "R2 R3 R6"),
        ("overdue", "1", "R2"),
        ("due_next", "2", "R3 R6"),
        ("probation_ends", "1", "M10"),
        ("added", "0", "无记录：整改清单中没有本季度提出的问题"),
        ("onward", "3", "R2 R3 R6"),
    ],
)
def test_every_figure_is_what_a_hand_counts_and_names_its_records(key: str, text: str, records: str) -> None:
    figure = report().figures[key]
    assert (figure.text, figure.sources) == (text, records)


def test_the_eight_sections_stand_in_their_order() -> None:
    assert [section.heading for section in report().sections] == [
        "一、基本情况",
        "二、政治理论学习",
        "三、组织生活开展情况",
        "四、党员教育管理和发展",
        "五、党风廉政与意识形态",
        "六、党建业务融合与服务群众",
        "七、存在问题及整改",
        "八、下季度重点",
    ]


def test_the_table_of_sittings_shows_late_entry_leave_and_what_is_unknown() -> None:
    rows = {row.id: row for row in report().sittings}
    assert list(rows) == ["S1", "S2", "S3", "S4", "S5", "S6", "S7"]
    assert (rows["S2"].kinds, rows["S2"].expected, rows["S2"].present, rows["S2"].away) == (
        "支部党员大会、主题党日",
        "10",
        "9",
        "1",
    )
    assert rows["S3"].leader == "张一"
    assert rows["S7"].late == "补录：2026年9月28日"
    assert rows["S6"].leader == "〔待补：主持人〕"
    assert (rows["S6"].expected, rows["S6"].present) == (
        "8",
        "〔待补：实到〕",
    )  # eight in the group by the roster


def test_the_notes_say_where_the_number_expected_is_that_of_the_roster_as_the_minutes_do() -> None:
    assert "记录未写明应到人数的，应到按当日名册：9月2日第一党小组会。" in report().notes
    kind = find_paper("minutes")
    assert kind is not None
    minutes = kind.build(asked(full_ledger(), findings(), "2026", AS_OF, record="S6"))
    assert "8人（正式8人；按当日名册）" in str(minutes)


@pytest.mark.parametrize("more", [{}, {"present": None, "attendees": ["张一", "王二"]}])
def test_whom_nobody_knows_to_be_due_is_unknown_in_the_table_and_in_the_minutes(
    more: dict[str, object],
) -> None:
    """No roster, and a record without 应到, by number or by name: no guess in either."""
    rows = [meeting("theme_day", "2026-07-20", "家访", **{"expected": None, **more})]
    ledger = build_ledger([branch(), *many("sitting", rows)], CATALOGUE)
    assert build_quarter(ledger, (), period(), AS_OF).sittings[0].expected == "〔待补：应到〕"
    kind = find_paper("minutes")
    assert kind is not None
    lines = kind.build(asked(ledger, (), "2026", AS_OF, record="S1")).rows  # type: ignore[attr-defined]
    cells = {line.left: line.left_text for line in lines} | {line.right: line.right_text for line in lines}
    assert cells["应到"] == "〔待补：应到〕"


def test_no_finding_about_a_named_member_and_not_the_paper_of_2016_stands_in_it() -> None:
    printed = words(report())
    assert "杨七" not in printed
    assert "连续六个月" not in printed
    assert "意见》" not in printed


def test_what_the_check_says_stands_in_no_text_and_in_no_figure() -> None:
    """Findings belong in 素材清单 only: nothing but the day of late entry, a fact, is taken from them."""
    told, bare = report(trace=True), build_quarter(full_ledger(), (), period(), AS_OF, trace=True)
    assert words(told).replace("有1条记录为补录，补录日期已在表中注明。", "") == words(bare)
    assert [f for f in told.trace if f.key != "late"] == [f for f in bare.trace if f.key != "late"]


def test_problems_are_told_as_x_of_x() -> None:
    assert report().sections[6].parts[0].text == (
        "上季度结转问题4项，本季度完成整改1项，尚未完成3项。结转下季度3项，其中超过时限1项。"
    )


def test_what_only_a_person_can_write_is_a_visible_blank_in_six_sections() -> None:
    asked = [
        section.key for section in report().sections if any("〔请补充：" in p.text for p in section.parts)
    ]
    assert asked == ["study", "members", "conduct", "service", "problems", "next"]


def test_own_words_take_the_place_of_their_blank_and_a_wrong_name_is_told() -> None:
    name = "党风廉政建设、意识形态工作责任制落实情况，只写实有的"
    view = report(texts={name: "支部签订责任书10份。"})
    assert "支部签订责任书10份。" in words(view)
    assert f"〔请补充：{name}〕" not in words(view)
    with pytest.raises(PaperError, match="天气"):
        report(texts={"天气": "晴"})


def test_the_brackets_of_a_document_number_are_no_blank() -> None:
    assert blanks("依据川委办〔2026〕5号，主持人〔待补：主持人〕，〔请补充：甲〕〔请补充：甲〕") == (
        "〔待补：主持人〕",
        "〔请补充：甲〕",
        "〔请补充：甲〕",
    )


def test_every_number_in_the_trace_has_records_and_every_nought_a_reason() -> None:
    for figure in report(trace=True).trace:
        assert bool(figure.records) == bool(figure.number), figure.label
        assert bool(figure.reason) == (not figure.number), figure.label
        assert figure.rule


def test_without_being_asked_for_the_trace_is_empty() -> None:
    assert report().trace == ()


def test_a_quarter_that_is_not_over_counts_up_to_the_day_and_says_so() -> None:
    view = build_quarter(full_ledger(), (), period(), date(2026, 8, 5))
    assert [row.id for row in view.sittings] == ["S1", "S2", "S3"]
    assert view.horizon_text == "2026年8月5日"
    assert view.period_label == "2026年第三季度（截至2026年8月5日）"
    assert view.notes[0] == "本季度尚未结束，数据截至2026年8月5日。"
    assert view.sections[0].parts[0].text.startswith("本季度尚未结束，数据截至2026年8月5日。支部共有党员10名")


def test_a_quarter_that_has_not_begun_or_lies_before_the_founding_gives_no_paper() -> None:
    with pytest.raises(PaperError, match="尚未开始"):
        build_quarter(full_ledger(), (), period(), date(2026, 6, 30))
    with pytest.raises(PaperError, match="成立"):
        build_quarter(full_ledger(founded="2026-10-01"), (), period(), AS_OF)


def test_a_record_with_more_present_than_expected_stops_the_report_with_both_figures() -> None:
    rows = [
        meeting("general_meeting", "2026-07-20", "甲", expected=10, present=11),
        meeting("general_meeting", "2026-08-20", "乙", expected=10, present=10),
    ]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    with pytest.raises(PaperError) as refused:
        build_quarter(ledger, (), period(), AS_OF)
    assert str(refused.value) == (
        "记录中的人数互相矛盾，材料未写出：S1（2026年7月20日支部党员大会）“应到”10人，“实到”11人。"
    )


def test_words_that_were_looked_for_and_not_found_are_told_neither_as_unseen_nor_as_nothing() -> None:
    """家访 helps people and has none of the words: that no theme has one says nothing of what was done."""
    rows = [meeting("theme_day", "2026-07-20", "家访")]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    view = build_quarter(ledger, (), period(), AS_OF)
    assert [part.text for part in view.sections[5].parts] == [
        "〔请补充：围绕中心工作、服务群众的具体做法、参加人数和办成的实事〕"
    ]
    figure = view.figures["service"]
    assert (figure.text, figure.reason) == (
        "0",
        "本期记录的主题和议题中没有这些字样，不等于没有这方面的内容",
    )


def test_a_kind_that_nobody_knew_is_counted_like_any_other() -> None:
    vigil = Kind(name="vigil", label="红色观影", register="sitting", expects=Expects.MEMBERS)
    wider = replace(CATALOGUE, kinds=(*CATALOGUE.kinds, vigil))
    rows = [meeting("vigil", "2026-07-20", "看电影")]
    view = build_quarter(
        build_ledger([branch(), *members(), *many("sitting", rows)], wider), (), period(), AS_OF
    )
    assert view.figures["红色观影"].sources == "S1"
    assert [row.label for row in view.kinds][-1] == "红色观影"
    assert view.sittings[0].kinds == "红色观影"


def test_the_place_of_the_table_stands_in_the_third_section_only() -> None:
    places = [s.key for s in report().sections for p in s.parts if p.kind is PartKind.SITTINGS]
    assert places == ["life"]


def test_sittings_stand_in_the_order_of_days() -> None:
    days = [row.day for row in report().sittings]
    assert all(one <= other for one, other in pairwise(days))


def test_a_full_report_has_a_length_that_can_be_handed_in() -> None:
    view = report()
    table = "".join(
        f"{r.day_text}{r.kinds}{r.theme}{r.expected}{r.present}{r.away}{r.leader}" for r in view.sittings
    )
    headings = "".join(section.heading for section in view.sections)
    assert 1200 <= len(words(view) + headings + table) <= 2000


def test_a_meeting_in_whose_form_the_appraisal_was_held_is_counted_for_both() -> None:
    rows = [{**meeting("appraisal", "2026-07-20", "民主评议"), "forms": ["general"], "assessment_year": 2025}]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    figures = build_quarter(ledger, (), period(), AS_OF).figures
    assert (figures["general_meeting"].sources, figures["appraisal"].sources) == ("S1", "S1")
    assert (figures["sittings"].text, figures["combined"].text) == ("1", "1")


def test_the_line_that_names_the_subject_is_the_one_that_is_quoted() -> None:
    rows = [{**meeting("general_meeting", "2026-07-20", "七月大会"), "topics": ["通报情况", "开展警示教育"]}]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    view = build_quarter(ledger, (), period(), AS_OF)
    assert "1场：7月20日“开展警示教育”。" in view.sections[4].parts[0].text


def test_agendas_of_meetings_and_committee_stand_in_the_third_section() -> None:
    rows = [
        {**meeting("committee_meeting", "2026-07-03", ""), "topics": ["研究学习计划", "研究党课"]},
        {**meeting("general_meeting", "2026-09-20", ""), "topics": ["审议半年总结"]},
    ]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    told = words(build_quarter(ledger, (), period(), AS_OF))
    assert "支部党员大会议题：9月20日，审议半年总结。支部委员会议题：7月3日，研究学习计划、研究党课。" in told
