"""Papers that count who came and how often: attendance, leading cadres, statistics; counted by hand."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
from tests.report.factory import branch, groups, many, meeting, members, posts
from tests.report.meeting_papers import LEDGERS, T, built, with_meeting

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import page, workbook

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger


# Attendance -------------------------------------------------------------------------------------


def test_every_way_of_being_due_adds_up_and_the_rate_rests_on_what_is_stated() -> None:
    view = built("attendance", LEDGERS["full"])
    ill = next(row for row in view.rows if row.name == "杨七")
    # S2 there; S3, S6 ill; S5 excused; S7 not among the names; S4 names nobody
    assert (ill.due, ill.present, ill.leave, ill.absent, ill.excused, ill.unstated) == (6, 1, 2, 1, 1, 1)
    assert ill.rate == "25.0%"  # 1 of 4
    assert view.figures["应参加人次"].number == 61  # 3+9+9+9+10+8+10+3
    assert view.figures["实际参加人次"].number == 46  # 3+9+8+0+8+7+9+2


def test_a_record_that_names_only_the_absent_gives_no_rate_of_its_month_or_kind() -> None:
    """Ten due, eight came, nobody knows who: 杨七 and 黄八 were away, and 0 of 2 would be no rate."""
    away = [{"who": "M7", "reason": "病假"}, {"who": "M8", "reason": "出差"}]
    view = built("attendance", with_meeting("theme_day", date="2026-07-20", present=8, absentees=away))
    july = next(row for row in view.months if row.label == "7月")
    assert (july.times, july.due, july.present, july.rate, july.bar) == (1, "未载明", "未载明", "—", "")
    found = {row.name: (row.due, row.leave, row.unstated, row.base, row.rate) for row in view.rows}
    assert (found["杨七"], found["赵四"]) == ((1, 1, 0, 0, "—"), (1, 0, 1, 0, "—"))
    assert all(row.theme_day.due == "" for row in view.by_kind)


def test_absences_in_records_that_name_only_the_absent_are_told_and_pull_no_rate_down() -> None:
    """杨七 came where it is told who came; of two other meetings is only known that he was ill once."""
    names = [f"M{n}" for n in range(1, 11)]
    ill = [{"who": "M7", "reason": "病假"}]
    held = [
        meeting("theme_day", "2026-05-20", "一", attendees=names),
        meeting("theme_day", "2026-06-20", "二", present=9, absentees=ill),
        meeting("theme_day", "2026-06-25", "三", present=10),
    ]
    ledger = build_ledger([branch(), *members(), *many("sitting", held)], CATALOGUE)
    view = built("attendance", ledger)
    found = {row.name: (row.due, row.present, row.leave, row.unstated, row.base) for row in view.rows}
    assert (found["杨七"], found["赵四"]) == ((3, 1, 1, 1, 1), (3, 1, 0, 2, 1))
    assert {row.rate for row in view.rows} == {"100.0%"}
    data = workbook.render(view, T / "attendance.xlsx")
    sheets = [openpyxl.load_workbook(io.BytesIO(data), data_only=shown) for shown in (False, True)]
    assert sheets[0]["表"]["K11"].value == '=IF(J11=0,"—",E11/J11)'
    assert [sheets[1]["表"][f"{column}11"].value for column in "BDEFHIJK"] == ["杨七", 3, 1, 1, 0, 1, 1, 1]


def test_a_month_in_which_everybody_due_was_excused_had_nobody_to_come() -> None:
    """One sitting of the committee, all three with leave of the branch to stay away."""
    away = [{"who": f"M{n}", "reason": "驻村"} for n in (1, 2, 3)]
    row = meeting("committee_meeting", "2026-05-06", "一", expected=3, present=0, excused=away)
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", [row])], CATALOGUE)
    may = next(row for row in built("attendance", ledger).months if row.label == "5月")
    assert (may.times, may.due, may.present) == (1, 0, 0)


def test_who_came_without_being_due_is_no_figure() -> None:
    ledger = with_meeting("committee_meeting", present=3, attendees=["M1", "M2", "M4"])
    found = {row.name: (row.due, row.present) for row in built("attendance", ledger).rows}
    assert (found["张一"], found["李三"], found["赵四"]) == ((1, 1), (1, 0), (0, 0))


def test_a_month_with_a_record_that_concerns_nobody_known_is_not_without_record() -> None:
    months = {row.label: row.times for row in built("attendance", LEDGERS["sparse"]).months}
    assert (months["2月"], months["3月"], months["8月"]) == (1, "未见记录", 1)


def test_months_before_the_ledger_begins_or_still_open_are_not_called_without_record() -> None:
    row = meeting("theme_day", "2026-05-06", "专题")
    late = build_ledger([branch(ledger_from="2026-05-01"), *members(), *many("sitting", [row])], CATALOGUE)
    months = {r.label: r.times for r in built("attendance", late, as_of=date(2026, 7, 15)).months}
    assert list(months.values()) == ["无法判断"] * 4 + [1, "未见记录", "未结束"]


def test_the_workbook_has_a_chart_of_the_months_and_sums_that_follow_the_rows() -> None:
    data = workbook.render(built("attendance", LEDGERS["full"]), T / "attendance.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["表", "分类到会", "逐月到会"]
    (chart,) = book["逐月到会"]._charts  # type: ignore[attr-defined]
    (series,) = chart.ser
    assert series.val.numRef.f == "'逐月到会'!$E$5:$E$14"
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["逐月到会"]["E5"].value == 1.0
    shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["逐月到会"]
    assert (shown["A6"].value, shown["E6"].value) == ("2月", "—")  # nothing to divide by: as on paper
    assert book["表"]["D15"].value == '=IF(COUNT(D5:D14)=0,"",SUM(D5:D14))'


def test_the_picture_says_in_words_what_it_shows() -> None:
    html = page.render(built("attendance", LEDGERS["full"]), T / "attendance.html.j2").decode("utf-8")
    assert 'aria-label="各月出勤率：1月100.0%；2月—；3月88.9%' in html
    assert ">84.6%</text>" in html
    # 84.6% of 150 pixels
    assert 'height="127" fill="url(#hatch)"' in html
    assert (
        "<svg" not in page.render(built("attendance", LEDGERS["sparse"]), T / "attendance.html.j2").decode()
    )


# Leading cadres ---------------------------------------------------------------------------------


def leaders(ledger: Ledger, **more: Any) -> dict[str, Any]:
    return {row.name: row for row in built("double-life", ledger, **more).rows}


def test_leave_and_what_is_not_stated_stand_beside_the_figures_and_are_no_attendance() -> None:
    rows_ = [
        meeting(
            "theme_day",
            "2026-02-20",
            "一",
            present=1,
            attendees=["M2"],
            absentees=[{"who": "M1", "reason": "公差"}],
        ),
        meeting("theme_day", "2026-03-20", "二", present=2, attendees=["M1", "M2"]),
        meeting("core_group_study", "2026-04-01", "三", attendees=["M1"]),
        meeting("theme_day", "2026-05-20", "四"),
    ]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows_)], CATALOGUE)
    row = leaders(ledger)["张一"]
    assert (row.first.due, row.first.present, row.first.days) == (3, 1, "3月20日")
    assert row.remark == "上半年请假1次、未载明1次"


def test_where_no_record_names_who_came_there_is_no_nought_that_would_accuse() -> None:
    numbers = many(
        "sitting", [meeting("theme_day", "2026-02-20", "一"), meeting("lecture", "2026-03-20", "二")]
    )
    silent = leaders(build_ledger([branch(), *members(), *numbers], CATALOGUE))["张一"]
    assert (silent.first.due, silent.first.present, silent.first.days) == (2, "—", "无法判断")
    away = meeting(
        "theme_day",
        "2026-02-20",
        "一",
        present=1,
        attendees=["M2"],
        absentees=[{"who": "M1", "reason": "公差"}],
    )
    absent = leaders(build_ledger([branch(), *members(), *many("sitting", [away])], CATALOGUE))["张一"]
    assert (absent.first.due, absent.first.present, absent.first.days) == (1, 0, "未见记录")


def test_a_half_still_to_come_is_said_to_be_so() -> None:
    row = leaders(LEDGERS["full"], as_of=date(2026, 6, 30))["张一"]
    assert (row.first.due, row.first.present) == (5, 4)
    assert (row.second.due, row.second.days) == ("", "未到")


def test_a_sitting_to_which_a_leader_was_not_due_is_told_and_not_counted() -> None:
    people = [replace(one, payload={**one.payload, "group": "G2"}) for one in members()[:1]] + members()[1:]
    row = meeting("group_meeting", "2026-02-05", "一", group="G1", present=2, attendees=["M1", "M2"])
    ledger = build_ledger([branch(), *people, *groups(), *many("sitting", [row])], CATALOGUE)
    found = leaders(ledger)["张一"]
    assert (found.first.due, found.first.days) == ("", "未见记录")
    assert found.remark == "另参加不属本人应到的1次（2月5日）"


def test_a_leader_whose_membership_is_elsewhere_is_not_listed_and_no_leader_is_said() -> None:
    (first, *_rest) = members()
    guest = replace(first, payload={**first.payload, "home": "示例乡党委"})
    view = built("double-life", build_ledger([branch(), guest], CATALOGUE))
    assert view.rows == ()
    assert view.empty == "名册中没有“是否领导干部”填“是”的党员"
    unmarked = built("double-life", build_ledger([branch(), *members()[1:]], CATALOGUE))
    assert unmarked.empty == "名册“是否领导干部”栏都未填，不能列出"


# Statistics -------------------------------------------------------------------------------------


def statistics(ledger: Ledger, which: str, **more: Any) -> tuple[str, str]:
    """The twelve months in one line, and the rate."""
    months = getattr(built("life-statistics", ledger, **more).rows[0], which)
    return " ".join(getattr(months, f"m{n}").text for n in range(1, 13)), months.rate


def test_months_with_records_are_counted_over_the_months_that_are_over() -> None:
    # committee on 8 January and 25 September; October is the tenth month over
    assert statistics(LEDGERS["full"], "committee") == ("1 未 未 未 未 未 未 未 1 未 待 待", "20.0%")
    # in October nothing is missing while the month is open
    open_month = statistics(LEDGERS["full"], "committee", as_of=date(2026, 10, 30))
    assert open_month == ("1 未 未 未 未 未 未 未 1 待 待 待", "22.2%")


def test_a_combined_sitting_is_one_activity() -> None:
    assert statistics(LEDGERS["full"], "activities")[0].split()[3] == "1"  # lecture and theme day in April


def test_without_a_committee_nothing_is_asked_and_without_posts_nothing_is_known() -> None:
    head = posts()[:1]  # a secretary alone
    alone = build_ledger([branch(), *members(), *head], CATALOGUE)
    assert statistics(alone, "committee") == (" ".join(["不"] * 10 + ["待", "待"]), "—")
    assert statistics(LEDGERS["sparse"], "committee")[0].split()[:2] == ["？", "？"]


def test_months_before_the_ledger_begins_count_for_nothing() -> None:
    row = meeting("theme_day", "2026-09-20", "一")
    late = build_ledger([branch(ledger_from="2026-09-01"), *members(), *many("sitting", [row])], CATALOGUE)
    assert statistics(late, "activities") == (" ".join(["？"] * 8 + ["1", "未", "待", "待"]), "50.0%")


def test_the_sheet_has_31_columns_under_two_rows_of_heads_and_real_numbers() -> None:
    data = workbook.render(built("life-statistics", LEDGERS["full"]), T / "life-statistics.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet.max_column == 31
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:AE1", "A3:A4", "C3:C4", "D3:Q3", "R3:AE3"} <= merged
    assert [sheet["D3"].value, sheet["R3"].value, sheet["P4"].value] == [
        "支委会次数",
        "党员集体活动",
        "按时开展月份数",
    ]
    reckoned = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    assert [reckoned["D5"].value, reckoned["E5"].value, reckoned["Q5"].value] == [1, "未", 0.2]
    assert sheet["Q5"].number_format == "0.0%"
