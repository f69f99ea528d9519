"""Papers about meetings: minutes, talks, theme days; counted by hand, compared whole.

The golden forms in golden/ were held against the ledgers of meeting_ledgers.py by hand.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.report import meeting_ledgers
from tests.report.factory import branch, many, members
from tests.report.meeting_papers import AS_OF, LEDGERS, T, built, with_meeting

from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import markdown, page, word, workbook

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger

GOLDEN = Path(__file__).parent / "golden"
PLANNED = date(2026, 7, 3)
"""When the plan of the third quarter is handed in."""
YEARLY = ("attendance", "double-life", "life-statistics")


def text(name: str, ledger: Ledger, record: str = "", when: str = "2026", **more: Any) -> str:
    """The Markdown of a paper."""
    view = built(name, ledger, record, when, **more)
    return markdown.render(view, T / f"{name}.md.j2").decode("utf-8")


def rows(view: Any) -> dict[str, str]:
    """Label -> what stands beside it, of a form."""
    found = {row.left: row.left_text for row in view.rows}
    return found | {row.right: row.right_text for row in view.rows if row.right}


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


def test_everybody_is_named_by_the_roster_only_where_so_many_are_said_to_have_come() -> None:
    # nine are in the branch on 6 May 2026
    said = {"attendees": "全体", "expected": 9, "present": 9}
    names = "张一、王二、李三、赵四、陈五、刘六、杨七、黄八、吴十"
    whole = rows(built("minutes", with_meeting("theme_day", **said), "S1"))
    assert whole["出席人员"] == f"全体（按当日名册：{names}）"
    fewer = rows(built("minutes", with_meeting("theme_day", **{**said, "expected": 8, "present": 8}), "S1"))
    assert fewer["出席人员"] == "全体（写明的实到人数与当日名册不同，未列姓名）"


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
    assert view.notes == ("表决1至3：无记名投票；应选3名；候选人4名。",)


def test_a_combined_sitting_bears_the_fields_of_all_its_kinds_once() -> None:
    view = built("minutes", LEDGERS["full"], "S4")
    labels = [label for row in view.rows for label in (row.left, row.right) if label]
    assert len(labels) == len({*labels})
    assert {"主讲人", "学时", "主持人", "记录人", "主题", "内容"} <= {*labels}
    assert view.signing == ("主讲人（签名）", "主持人（签名）", "记录人（签名）")
    assert "党课、主题党日记录" in view.title


def test_a_lecture_names_title_and_lecturer_and_needs_no_chair() -> None:
    view = built("minutes", with_meeting("lecture", chair=None, recorder=None, lecturer="M1"), "S1")
    found = rows(view)
    assert view.signing == ("主讲人（签名）", "记录人（签名）")
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


def test_of_a_file_kept_is_said_that_it_is_missing_or_no_longer_what_was_stored() -> None:
    def places(**copies: str) -> list[str]:
        return [row.place for row in built("minutes", LEDGERS["full"], "S3", copies=copies).files]

    sheet, photo = "台账附件 Y1（S3-Y1-签到表.pdf）", "台账附件 Y2（S3-Y2-会场.jpg）"
    assert places() == places(Y1="intact", Y2="intact") == [sheet, photo]
    assert places(Y1="gone", Y2="altered") == [
        f"{sheet}〔待补：附件文件夹中未见这个文件〕",
        f"{photo}，现在的文件与存入时不同",
    ]
    assert places(Y1="unreadable")[0] == f"{sheet}，未能打开核对"


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
    assert "纸质记录存放处" not in found
    assert "〔待补" not in str(found)


def test_only_what_a_talk_must_state_is_a_blank() -> None:
    view = built("talk-form", LEDGERS["full"], "T3")
    found = rows(view)
    assert (found["地点"], found["内容要点"]) == ("〔待补：地点〕", "〔待补：内容要点或纸质记录存放处〕")
    assert (found["类别"], found["意见建议"], found["问题"], found["整改措施"]) == ("", "", "", "")
    assert view.notes == ("集体谈话，不计入一对一谈心谈话的覆盖人数。",)
    assert view.circle == "谈心谈话内容，注意保密"


def test_the_paper_of_a_talk_names_the_files_kept_with_it() -> None:
    file = {"kinds": ["attachment"], "record": "T1", "kind": "other", "name": "谈话页扫描.pdf", "size": 9}
    kept = many("attachment", [{**file, "sha256": "0" * 64, "file": "T1-Y1-谈话页扫描.pdf"}])
    ledger = build_ledger([branch(), *members(), *meeting_ledgers.talks(), *kept], CATALOGUE)
    view = built("talk-form", ledger, "T1")
    assert [(row.name, row.place) for row in view.files] == [
        ("谈话页扫描.pdf", "台账附件 Y1（T1-Y1-谈话页扫描.pdf）")
    ]
    assert "谈话页扫描.pdf" in text("talk-form", ledger, "T1")
    assert "谈话页扫描.pdf" not in text("talk-register", ledger)


# Theme days -------------------------------------------------------------------------------------


def test_the_plan_of_a_quarter_can_be_made_before_it_begins() -> None:
    view = built("theme-plan", LEDGERS["full"], when="2027Q1", as_of=date(2026, 12, 28))
    # January 20 is a Wednesday, February 20 a Saturday; nobody has declared the days off of 2027
    assert [row.month for row in view.rows] == ["1月", "2月", "3月"]
    assert view.rows[0].day_text == "2027年1月20日（星期三）"
    assert view.rows[0].remark == "日期按固定日（每月20日），放假安排未登记全，未顺延"
    assert (view.date_text, view.period_label) == ("2026年12月28日", "2027年第一季度")


def test_no_plan_is_made_for_a_quarter_that_is_over_whatever_day_the_facts_end_on() -> None:
    with pytest.raises(PaperError, match="2026年第三季度已经结束，不能再出"):
        built("theme-plan", LEDGERS["full"], when="2026Q3", as_of=PLANNED, printed=date(2026, 10, 1))
    on_the_last_day = built("theme-plan", LEDGERS["full"], when="2026Q3", as_of=date(2026, 9, 30))
    assert on_the_last_day.date_text == "2026年9月30日"


def test_a_fixed_day_off_is_shifted_and_said_so() -> None:
    view = built("theme-plan", LEDGERS["full"], when="2026Q2", as_of=date(2026, 4, 2))
    # 20 June 2026 is a Saturday within the holiday of the dragon boat; the next working day is the 22nd
    assert view.rows[2].day_text == "2026年6月22日（星期一）"
    assert view.rows[2].remark == "日期按固定日（每月20日），由6月20日顺延"
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
