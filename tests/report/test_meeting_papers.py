"""Papers about meetings: minutes, talks, theme days, attendance; counted by hand, compared whole.

The golden forms in golden/ were held against the ledgers of meeting_ledgers.py by hand.
"""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.report import meeting_ledgers
from tests.report.factory import branch, finding, groups, many, meeting, members, period, posts

from zhibu_cli import resources
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import markdown, page, word, workbook
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger

GOLDEN = Path(__file__).parent / "golden"
T = resources.templates_dir()
AS_OF = date(2026, 10, 31)
PLANNED = date(2026, 7, 3)
"""When the plan of the third quarter is handed in."""
LEDGERS = {"full": meeting_ledgers.full(), "sparse": meeting_ledgers.sparse(), "one": meeting_ledgers.one()}
YEARLY = ("attendance", "double-life", "life-statistics")
LATE = (
    finding(
        "record-late-entry",
        Status.MISSED,
        due="2026-09-25",
        key="S8",
        subject=SubjectKind.RECORD,
        evidence=("S8",),
    ),
)


def built(name: str, ledger: Ledger, record: str = "", when: str = "2026", **more: Any) -> Any:
    kind = find_paper(name)
    assert kind is not None
    asked: dict[str, Any] = {"as_of": AS_OF, "findings": LATE, "circle": kind.circle.value} | more
    return kind.build(Request(ledger=ledger, period=period(when), record=record, **asked))


def text(name: str, ledger: Ledger, record: str = "", when: str = "2026", **more: Any) -> str:
    """The Markdown of a paper."""
    view = built(name, ledger, record, when, **more)
    return markdown.render(view, T / f"{name}.md.j2").decode("utf-8")


def rows(view: Any) -> dict[str, str]:
    """Label -> what stands beside it, of a form."""
    found = {row.left: row.left_text for row in view.rows}
    return found | {row.right: row.right_text for row in view.rows if row.right}


def with_meeting(kinds: str, **more: Any) -> Ledger:
    """The branch of factory.py with one sitting in May, before 周九 was admitted."""
    row = meeting(kinds, "2026-05-06", "专题", **more)
    return build_ledger([branch(), *members(), *posts(), *many("sitting", [row])], CATALOGUE)


@pytest.mark.parametrize(
    ("name", "which", "record", "when"),
    [
        ("minutes", "full", "S3", "2026"),
        ("minutes", "sparse", "S1", "2026"),
        ("minutes", "one", "S1", "2026"),
        ("talk-form", "full", "T1", "2026"),
        ("talk-form", "sparse", "T1", "2026"),
        ("theme-plan", "full", "", "2026Q3"),
        ("theme-plan", "sparse", "", "2026Q3"),
        ("theme-plan", "one", "", "2026Q3"),
        ("theme-report", "full", "S7", "2026"),
        ("theme-report", "sparse", "S2", "2026"),
        ("theme-report", "one", "S1", "2026"),
        *((name, which, "", "2026") for name in YEARLY for which in LEDGERS),
    ],
)
def test_the_whole_paper_is_what_was_checked_by_hand(name: str, which: str, record: str, when: str) -> None:
    expected = (GOLDEN / f"{name}-{which}.md").read_text(encoding="utf-8")
    as_of = PLANNED if name == "theme-plan" else AS_OF
    assert text(name, LEDGERS[which], record, when, as_of=as_of) == expected


# Minutes ----------------------------------------------------------------------------------------


def test_attendance_is_told_on_the_ground_on_which_it_rests() -> None:
    full = LEDGERS["full"]
    by_name = rows(built("minutes", full, "S3"))
    assert by_name["出席人员"] == "张一、王二、李三、赵四、陈五、刘六、黄八、吴十"
    complement = rows(built("minutes", full, "S5"))
    names = "张一、王二、李三、赵四、陈五、刘六、周九、吴十"
    assert complement["出席人员"] == f"其余全体（按当日名册：{names}）"
    assert rows(built("minutes", full, "S4"))["出席人员"] == "只写明人数，未写明姓名"


def test_a_blank_reason_is_said_to_be_blank_and_nothing_worse() -> None:
    found = rows(built("minutes", LEDGERS["full"], "S5"))
    assert found["缺席人员及原因"] == "黄八（原因未填）"
    assert found["经支部同意暂不参加人员及原因"] == "杨七（长期病休）"


def test_heads_are_told_apart_into_full_and_probationary_by_the_roster_of_that_day() -> None:
    # on 18 March 吴十 is on probation and 周九 not yet a member; on 17 June both are
    assert rows(built("minutes", LEDGERS["full"], "S3"))["应到"] == "9人（正式8人、预备1人）"
    assert rows(built("minutes", LEDGERS["full"], "S5"))["应到"] == "10人（正式8人、预备2人）"
    assert rows(built("minutes", LEDGERS["full"], "S1"))["应到"] == "3人（正式3人）"


def test_those_with_a_vote_are_as_the_votes_say_or_by_the_roster_and_said_so() -> None:
    found = rows(built("minutes", LEDGERS["full"], "S3"))
    assert (found["应到有表决权"], found["实到有表决权"]) == ("8人", "7人")
    other = rows(built("minutes", with_meeting("general_meeting", attendees=["M1", "M2", "M10"]), "S1"))
    assert (other["应到有表决权"], other["实到有表决权"]) == ("8人（按当日名册）", "2人（按当日名册）")


def test_votes_of_a_different_number_of_voters_are_not_added_up() -> None:
    votes = [{"matter": "general", "subject": "一", "expected": 8}, {"matter": "general", "expected": 7}]
    assert rows(built("minutes", with_meeting("general_meeting", votes=votes), "S1"))["应到有表决权"] == (
        "各项不同，见表决情况"
    )


def test_what_is_the_same_in_several_votes_is_told_once() -> None:
    votes = [
        {"matter": "election", "object": [name], "method": "无记名投票", "seats": 3, "candidates": 4}
        for name in ("张一", "王二", "李三")
    ]
    view = built("minutes", with_meeting("general_meeting", votes=votes), "S1")
    assert view.notes == ("表决1、2、3：无记名投票；应选3名；候选人4名。",)


def test_a_combined_sitting_bears_the_fields_of_all_its_kinds_once() -> None:
    view = built("minutes", LEDGERS["full"], "S4")
    labels = [label for row in view.rows for label in (row.left, row.right) if label]
    assert len(labels) == len({*labels})
    assert {"主讲人", "学时", "主持人", "记录人", "主题", "内容"} <= {*labels}
    assert view.signing == ("主讲人（签名）", "主持人（签名）", "记录人（签名）")
    assert "党课、主题党日记录" in view.title


def test_a_lecture_names_title_and_lecturer_and_needs_no_chair() -> None:
    found = rows(built("minutes", with_meeting("lecture", chair=None, recorder=None, lecturer="M1"), "S1"))
    assert (found["课题"], found["主讲人"]) == ("专题", "张一（书记）")
    assert "〔待补" not in str(found)


def test_life_meeting_and_appraisal_name_their_year_and_form() -> None:
    more = {"assessment_year": 2025, "forms": ["on_site", "general"]}
    found = rows(built("minutes", with_meeting("org_life_meeting+appraisal", **more), "S1"))
    assert (found["所属年度"], found["形式"]) == ("2025年度", "现场、党员大会")


def test_everything_that_the_record_states_is_in_the_paper() -> None:
    found = rows(built("minutes", LEDGERS["full"], "S3"))
    assert found["通知时间"] == "2026年3月16日08:30"
    assert found["备注"] == "会前收到书面意见一份"


def test_minutes_entered_late_bear_the_day_and_what_the_old_ledger_claims() -> None:
    view = built("minutes", LEDGERS["full"], "S8")
    assert view.late == "补录：2026年10月20日"
    assert rows(view)["原台账登记时间"] == "2026年10月20日"
    assert "补录：2026年10月20日" in word.printed(word.render(view, T / "minutes.docx"))
    assert built("minutes", LEDGERS["full"], "S3").late == ""


def test_a_sitting_of_a_day_to_come_has_no_minutes() -> None:
    with pytest.raises(PaperError, match="还不能出记录"):
        built("minutes", LEDGERS["full"], "S7", as_of=date(2026, 9, 15))


def test_paragraphs_stay_paragraphs_and_a_long_text_may_run_over_pages() -> None:
    view = built("minutes", LEDGERS["full"], "S3")
    data = word.render(view, T / "minutes.docx")
    assert "\n赵四介绍郑十一的情况。\n到会党员逐人发表意见。\n李三建议" in word.printed(data)
    assert b"<p>\xe5\x88\xb0\xe4\xbc\x9a\xe5\x85\x9a\xe5\x91\x98" in page.render(view, T / "minutes.html.j2")


# Talks ------------------------------------------------------------------------------------------


def test_the_paper_of_a_talk_says_where_its_content_lies_where_it_was_not_typed() -> None:
    found = rows(built("talk-form", LEDGERS["full"], "T2"))
    assert found["内容要点"] == "内容只留纸质记录，存放于支部文件柜二层"
    assert "〔待补" not in str(found)


def test_only_what_a_talk_must_state_is_a_blank() -> None:
    view = built("talk-form", LEDGERS["full"], "T3")
    found = rows(view)
    assert (found["地点"], found["内容要点"]) == ("〔待补：地点〕", "〔待补：内容要点或纸质记录存放处〕")
    assert (found["类别"], found["意见建议"], found["问题"], found["整改措施"]) == ("", "", "", "")
    assert view.notes == ("集体谈话，不计入一对一谈心谈话的覆盖人数。",)
    assert view.circle == "谈心谈话内容，注意保密"


# Theme days -------------------------------------------------------------------------------------


def test_the_plan_of_a_quarter_can_be_made_before_it_begins() -> None:
    view = built("theme-plan", LEDGERS["full"], when="2027Q1", as_of=date(2026, 12, 28))
    # January 20 is a Wednesday, February 20 a Saturday; nobody has declared the days off of 2027
    assert [row.month for row in view.rows] == ["1月", "2月", "3月"]
    assert view.rows[0].day_text.startswith("2027年1月20日（星期三")
    assert (view.date_text, view.period_label) == ("2026年12月28日", "2027年第一季度")


def test_no_plan_is_made_for_a_quarter_that_is_over_whatever_day_the_facts_end_on() -> None:
    with pytest.raises(PaperError, match="2026年第三季度已经结束，不能再出"):
        built("theme-plan", LEDGERS["full"], when="2026Q3", as_of=PLANNED, printed=date(2026, 10, 1))
    on_the_last_day = built("theme-plan", LEDGERS["full"], when="2026Q3", as_of=date(2026, 9, 30))
    assert on_the_last_day.date_text == "2026年9月30日"


def test_a_fixed_day_off_is_shifted_and_said_so() -> None:
    view = built("theme-plan", LEDGERS["full"], when="2026Q2", as_of=date(2026, 4, 2))
    # 20 June 2026 is a Saturday within the holiday of the dragon boat; the next working day is the 22nd
    assert view.rows[2].day_text == "2026年6月22日（星期一，由6月20日顺延）"
    assert (view.rows[2].theme, view.rows[2].who) == ("〔待补：主题〕", "〔待补：责任人〕")


def test_a_theme_planned_for_the_month_alone_stands_on_the_fixed_day() -> None:
    july = built("theme-plan", LEDGERS["full"], when="2026Q3", as_of=PLANNED).rows[0]
    assert (july.day_text, july.theme, july.who) == ("2026年7月20日（星期一）", "联学共建", "王二、赵四")
    assert july.remark == "日期按固定日（每月20日）"


def test_a_day_that_nobody_planned_or_fixed_is_a_blank_in_every_format() -> None:
    view = built("theme-plan", LEDGERS["sparse"], when="2026Q3", as_of=PLANNED)
    data = workbook.render(view, T / "theme-plan.xlsx")
    assert workbook.printed(data).count("〔待补：日期〕") == 3


def test_the_report_of_a_theme_day_names_its_photos_and_no_other_files() -> None:
    view = built("theme-report", LEDGERS["full"], "S7")
    assert [row.name for row in view.files] == ["展厅.jpg"]
    assert built("theme-report", LEDGERS["one"], "S1").empty == "台账中没有附这次活动的照片"


# Attendance -------------------------------------------------------------------------------------


def test_every_way_of_being_due_adds_up_and_the_rate_rests_on_what_is_stated() -> None:
    view = built("attendance", LEDGERS["full"])
    ill = next(row for row in view.rows if row.name == "杨七")
    # S2 there; S3, S6 ill; S5 excused; S7 not among the names; S4 names nobody
    assert (ill.due, ill.present, ill.leave, ill.absent, ill.excused, ill.unstated) == (6, 1, 2, 1, 1, 1)
    assert ill.rate == "25.0%"  # 1 of 4
    assert view.figures["应参加人次"].number == 61  # 3+9+9+9+10+8+10+3
    assert view.figures["实际参加人次"].number == 46  # 3+9+8+0+8+7+9+2


def test_who_came_without_being_due_is_no_figure() -> None:
    ledger = with_meeting("committee_meeting", attendees=["M1", "M2", "M4"])
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
            "theme_day", "2026-02-20", "一", attendees=["M2"], absentees=[{"who": "M1", "reason": "公差"}]
        ),
        meeting("theme_day", "2026-03-20", "二", attendees=["M1", "M2"]),
        meeting("core_group_study", "2026-04-01", "三", attendees=["M1"]),
        meeting("theme_day", "2026-05-20", "四"),
    ]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows_)], CATALOGUE)
    row = leaders(ledger)["张一"]
    assert (row.first.due, row.first.present, row.first.days) == (3, 1, "3月20日")
    assert row.remark == "上半年请假1次、未载明1次"


def test_a_half_still_to_come_is_said_to_be_so() -> None:
    row = leaders(LEDGERS["full"], as_of=date(2026, 6, 30))["张一"]
    assert (row.first.due, row.first.present) == (5, 4)
    assert (row.second.due, row.second.days) == ("", "未到")


def test_a_sitting_to_which_a_leader_was_not_due_is_told_and_not_counted() -> None:
    people = [replace(one, payload={**one.payload, "group": "G2"}) for one in members()[:1]] + members()[1:]
    row = meeting("group_meeting", "2026-02-05", "一", group="G1", attendees=["M1", "M2"])
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
