"""A year's plan: from the rules, as the branch keeps it, what it leaves out, what became of it.

The ledger of conftest.py: 王五 is 书记, elected on 2024-01-10; 张三 leads 第一党小组; no committee, so no
committee meetings. The branch fixes 每月20日. The plans are of 2026, whose days off are published.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from tests.app.plans import BEFORE, numbers, view

from zhibu_cli.app import checking, importing, planning
from zhibu_cli.app.recording import amend, record, void
from zhibu_cli.model.finding import Status
from zhibu_cli.report import page, word

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


def test_every_duty_of_the_year_has_a_row(branch: Path) -> None:
    """12 theme days and group meetings, 4 general meetings, a lecture, two duties of talks, 组织生活会 and
    民主评议 of 2025 by March 2026 and of 2026, the end of 赵六's probation and four reminders."""
    matters: dict[str, int] = {}
    for row in view(branch).rows:
        matters[row.matter.partition("（")[0]] = matters.get(row.matter.partition("（")[0], 0) + 1
    assert matters == {
        "主题党日": 12,
        "党小组会": 12,
        "支部党员大会": 4,
        "党课": 1,
        "谈心谈话": 2,
        "组织生活会": 2,
        "民主评议党员": 2,
        "预备期满及时讨论转正": 1,
        "支部向党员大会述职": 1,
        "经常性开展党风廉政教育": 1,
        "经常性开展警示教育": 1,
        "书记向支委会、党员大会报告工作": 1,
    }


def test_what_a_year_is_only_reminded_of_says_so(branch: Path) -> None:
    """No text gives a number for 警示教育: such a row is a reminder, and 年度计划 has no kind for it."""
    notes = {row.matter: (row.label, row.when, row.note, row.item) for row in view(branch).rows}
    reminder = ("全年", "本年内", "提醒", None)
    assert notes["经常性开展警示教育"] == notes["支部向党员大会述职"] == reminder
    assert notes["预备期满及时讨论转正"] == ("11月", "2026年11月20日期满，其后及时办理", "", None)


def test_what_belongs_to_a_single_meeting_is_no_row(branch: Path, actor: Actor) -> None:
    """Until 30 days after a 组织生活会 its 整改 may be registered: owed, but no meeting to plan."""
    record(branch, "rectification", {"source": "检查", "problem": "示例问题"}, actor)
    fields = {"date": "2026-03-05", "theme": "2025年度", "assessment_year": "2025", "forms": "党员大会"}
    record(branch, ["org_life_meeting"], fields, actor)
    answer = checking.check(branch, None, date(2026, 3, 9))
    assert next(one.status for one in answer.findings if one.rule == "org-life-steps") is Status.PENDING
    found = view(branch, as_of=date(2026, 3, 9))
    assert not any(row.key.startswith("org-life-steps") for row in found.rows)


def test_only_the_fixed_day_gives_a_day(branch: Path) -> None:
    rows = {(row.label, row.matter): row for row in view(branch).rows}
    assert rows["2月", "主题党日"].when == "2026年2月24日（星期二，由2月20日顺延）"
    assert rows["2月", "党小组会（第一党小组）"].when == "本月内"
    assert rows["第一季度", "支部党员大会"].when == "本季度内"
    assert rows["全年", "党课"].when == "本年内"
    assert rows["3月", "组织生活会"].when == "最迟2026年3月31日"
    assert rows["全年", "组织生活会"].when == "本年内，最迟2027年3月31日"


def test_who_is_the_post_and_its_holder_of_that_day(branch: Path, actor: Actor) -> None:
    amend(branch, "P1", {"until": "2026-06-30"}, "离任", actor)
    rows = {(row.label, row.matter): row.who for row in view(branch).rows}
    assert rows["第一季度", "支部党员大会"] == "书记王五"
    assert rows["第四季度", "支部党员大会"] == "书记"
    assert rows["2月", "党小组会（第一党小组）"] == "第一党小组组长张三"
    assert rows["全年", "谈心谈话（3人）"] == "3名党员"


def test_every_row_names_its_articles(branch: Path) -> None:
    found = view(branch)
    general = next(row for row in found.rows if row.matter == "支部党员大会")
    texts = [found.grounds[int(number) - 1] for number in general.refs.split("、")]
    assert any("《中国共产党支部工作条例（试行）》第十一条" in text for text in texts)
    assert all(row.refs for row in found.rows)


def test_a_term_that_ends_in_the_year_is_in_its_plan(branch: Path) -> None:
    row = next(row for row in view(branch, 2027).rows if row.matter.startswith("支部委员会任期"))
    assert (row.label, row.when, row.item) == ("1月", "最迟2027年1月10日", None)


def test_a_year_whose_days_off_are_not_known_is_named_and_nothing_shifted(branch: Path) -> None:
    found = view(branch, 2099)
    assert found.notes[-1].startswith("2099年的放假安排未登记全，主题党日固定日没有顺延")
    theme = [row.when for row in found.rows if row.matter == "主题党日"]
    assert theme[0] == "2099年1月20日（星期二，未顺延）"


def test_without_a_fixed_day_theme_days_have_no_day(ledger: Path) -> None:
    found = view(ledger)
    assert {row.when for row in found.rows if row.matter == "主题党日"} == {"本月内"}
    assert found.notes[-1] == "支部信息没有写主题党日固定日，主题党日只列到月份。"


def test_duties_whose_register_has_not_begun_are_named(branch: Path, actor: Actor) -> None:
    """Neither hours of training nor 述职评议 are kept here; the duties stand all the same."""
    debriefing, training = view(branch).notes
    lead = "没有排进计划，请另行安排"
    assert debriefing == f"{lead}（“述职评议”尚未开始在本台账登记）：书记抓党建每年述职评议。"
    assert training.startswith(f"{lead}（“培训学时”尚未开始在本台账登记）：")
    assert "；党员每年集中培训和集体学习一般不少于三十二学时" in training
    record(branch, ["debriefing"], {"assessment_year": "2025", "date": "2025-11-28", "member": "王五"}, actor)
    assert view(branch).notes == (training,)


def test_what_is_over_needs_no_planning_any_more(branch: Path) -> None:
    """The hours of 2026 are over by January; 述职评议 for 2026 may still be held until March."""
    (left,) = view(branch, as_of=date(2027, 1, 5)).notes
    assert "述职评议" in left
    assert view(branch, as_of=date(2027, 4, 5)).notes == ()


def test_a_plan_in_the_ledger_names_them_too(planned: Path) -> None:
    assert "（“述职评议”尚未开始在本台账登记）：书记抓党建每年述职评议。" in view(planned).notes[0]


def test_the_workbook_comes_back_whole_and_covers_every_duty(planned: Path, branch: Path) -> None:
    found = view(planned)
    assert found.own
    assert len(found.rows) == 40
    assert found.uncovered == ()
    theme = next(row for row in found.rows if row.matter == "主题党日" and row.label == "2月")
    assert theme.when == "2026年2月24日（星期二）"
    lecture = next(row for row in found.rows if row.matter == "党课")
    assert (lecture.who, lecture.when) == ("王五", "本年内")
    general = next(row for row in found.rows if row.matter == "支部党员大会")
    assert (general.when, general.note) == ("本季度内", "")
    planned_for = {row.planned for row in planning.against(planned, 2026, BEFORE).rows}
    assert "本季度内" in planned_for
    assert "" not in planned_for


def test_what_the_secretary_fills_in_is_kept(branch: Path, tmp_path: Path, actor: Actor) -> None:
    book = load_workbook(io.BytesIO(planning.paper(planning.plan(branch, 2026, BEFORE), "xlsx")))
    sheet = book["年度计划"]
    column = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    line = next(number for number, row in enumerate(sheet.iter_rows(), 1) if row[1].value == "党课")
    for label, value in (("月份", 6), ("计划日期", date(2026, 6, 26)), ("主题", "七一专题党课")):
        sheet.cell(line, column[label], value)
    path = tmp_path / "改.xlsx"
    book.save(path)
    importing.apply_plan(importing.preview([path], branch), actor)
    row = next(row for row in view(branch).rows if row.matter == "党课")
    assert (row.label, row.theme, row.when) == ("6月", "七一专题党课", "2026年6月26日（星期五）")
    assert view(branch).uncovered == ()


def test_the_workbook_of_a_plan_in_the_ledger_amends_its_rows(planned: Path, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(planning.paper(planning.plan(planned, 2026, BEFORE), "xlsx")))
    sheet = book["年度计划"]
    column = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    assert "编号" in column
    sheet.cell(2, column["主题"], "学习党章")
    path = tmp_path / "再改.xlsx"
    book.save(path)
    preview = importing.preview([path], planned)
    assert (len(preview.new), len(preview.amended), len(preview.unchanged)) == (0, 1, 34)


def test_what_a_plan_has_no_rows_for_stands_beside_it(branch: Path, tmp_path: Path, actor: Actor) -> None:
    """The term ends on 2027-01-10; 年度计划 knows no 换届."""
    book = tmp_path / "2027.xlsx"
    book.write_bytes(planning.paper(planning.plan(branch, 2027, BEFORE), "xlsx"))
    importing.apply_plan(importing.preview([book], branch), actor)
    found = view(branch, 2027)
    assert found.own
    row = next(row for row in found.rows if row.item is None)
    assert (row.matter, row.when) == ("支部委员会任期一般三年，届满换届", "最迟2027年1月10日")


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ({"kind": "theme_day", "month": 3}, ("2026年3月　主题党日每月一次（theme-day-monthly）",)),
        (
            {"kind": "group_meeting", "month": 5},
            ("2026年5月　党小组会一般每月一次（group-meeting-monthly）：第一党小组",),
        ),
        (
            {"kind": "general_meeting", "month": 9},
            ("2026年第三季度　支部党员大会每季度至少一次（general-meeting-quarterly）",),
        ),
        ({"kind": "lecture"}, ("2026年　书记每年讲党课不少于一次（secretary-lecture-yearly）",)),
        (
            {"kind": "org_life_meeting", "month": 3},
            ("2025年（最迟2026年3月31日）　组织生活会每年至少一次（org-life-meeting-yearly）",),
        ),
    ],
)
def test_a_duty_left_out_is_named(
    planned: Path, actor: Actor, gone: dict[str, Any], left: tuple[str, ...]
) -> None:
    for number in numbers(planned, **gone):
        void(planned, number, "不安排", actor)
    assert view(planned).uncovered == left


def test_a_lecture_by_somebody_else_is_not_the_secretarys(planned: Path, actor: Actor) -> None:
    (lecture,) = numbers(planned, kind="lecture")
    amend(planned, lecture, {"who": "张三"}, "改由张三讲", actor)
    assert [text.rpartition("（")[2] for text in view(planned).uncovered] == ["secretary-lecture-yearly）"]
    amend(planned, lecture, {"who": "书记"}, "改回书记讲", actor)
    assert view(planned).uncovered == ()


def test_talks_between_two_named_people_cover_these_two_only(planned: Path, actor: Actor) -> None:
    """书记 with 张三 is planned; with 李四 and 赵六 not. 党员之间 is planned as a whole."""
    number = numbers(planned, theme="支委与党员谈心谈话一般每年一次")[0]
    amend(planned, number, {"who": "王五、张三", "theme": ""}, "写明两人", actor)
    assert view(planned).uncovered == (
        "2026年　支委与党员谈心谈话一般每年一次（2人）（talk-committee-member）：李四、赵六",
    )


def test_what_is_recorded_needs_no_plan(planned: Path, actor: Actor) -> None:
    for number in numbers(planned, kind="theme_day", month=3):
        void(planned, number, "不安排", actor)
    record(planned, ["theme_day"], {"date": "2026-03-06", "theme": "植树"}, actor)
    assert view(planned, as_of=date(2026, 3, 9)).uncovered == ()


def test_the_workbook_prints_across_with_its_title_and_headings_on_every_page(branch: Path) -> None:
    book = load_workbook(io.BytesIO(planning.paper(planning.plan(branch, 2026, BEFORE), "xlsx")))
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$1:$1"
        head = sheet.oddHeader
        assert head is not None
        assert head.center.text == "甲支部　2026年度工作计划"
    plan = book["年度计划"]
    theme = next(cell.column_letter for cell in plan[1] if cell.value == "主题")
    assert plan.column_dimensions[theme].width >= 30


def test_the_sheet_beside_a_plan_is_passed_over_by_its_name(branch: Path, tmp_path: Path) -> None:
    book = tmp_path / "计划.xlsx"
    book.write_bytes(planning.paper(planning.plan(branch, 2026, BEFORE), "xlsx"))
    notes = importing.preview([book], branch).notes
    assert [note for note in notes if "依据" in note] == [
        "文件“计划.xlsx”工作表“依据（不导入）”供查看，不导入。"
    ]
    assert not any("不认识" in note for note in notes)


def test_the_plan_as_a_calendar_shares_its_numbers_with_due(branch: Path) -> None:
    from zhibu_cli.app import due

    def uids(data: bytes) -> set[str]:
        return {str(one["UID"]) for one in Calendar.from_ical(data).walk("VEVENT")}

    year = planning.paper(planning.plan(branch, 2026, BEFORE), "ics")
    day = due.calendar_file(due.due(branch, date(2026, 2, 9), "20d"))
    assert len(uids(year)) == 40
    quarter = due.calendar_file(due.due(branch, date(2026, 3, 25), "7d"))
    # of February the theme day; of the end of March that, the general meeting and the two of 2025
    assert (len(uids(day) & uids(year)), len(uids(quarter) & uids(year))) == (1, 4)
    assert "王五" not in year.replace(b"\r\n ", b"").decode()


def printed(path: Path, format_: str, year: int = 2026) -> str:
    """All text of the plan as a file."""
    data = planning.paper(planning.plan(path, year, BEFORE), format_)
    if format_ == "md":
        return data.decode()
    if format_ == "html":
        return page.printed(data)
    if format_ == "docx":
        return word.printed(data)
    cells = (cell for sheet in load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row)
    return "\n".join(str(cell.value) for cell in cells if cell.value)


@pytest.mark.parametrize("format_", ["xlsx", "docx", "md", "html"])
def test_a_plan_that_is_handed_in_neither_cites_what_may_not_be_in_force_nor_names_commands(
    branch: Path, format_: str
) -> None:
    """支部党员大会 rests on 支部工作条例 too, 党课 on the 意见 of 2016 alone; 2099 has no days off yet."""
    shown, whole = view(branch, 2099), printed(branch, format_, 2099)
    assert any("2016年11月18日" in text for text in shown.grounds)
    assert "zhibu record calendar-day" in shown.notes[-1]
    assert "2016年11月18日" not in whole
    assert "zhibu" not in whole
    assert "2099年的放假安排未登记全，主题党日固定日没有顺延。" in whole
    assert "《中国共产党支部工作条例（试行）》第十一条" in whole
    assert "待核：所据文件现行效力待核，材料中不引用。" in whole


def test_the_sheet_beside_the_plan_tells_the_years_of_what_is_assessed(branch: Path) -> None:
    assert "组织生活会：2025年度" in printed(branch, "xlsx").splitlines()


def test_in_a_paper_a_row_without_a_ground_that_may_be_cited_says_so(branch: Path) -> None:
    rows = {row.matter: row for row in planning.plan(branch, 2026, BEFORE).paper.rows}
    assert rows["党课"].refs == "待核"
    assert rows["支部党员大会"].refs.isdecimal()


def test_a_paper_names_what_is_left_out_by_its_title_alone(planned: Path, actor: Actor) -> None:
    for number in numbers(planned, kind="lecture"):
        void(planned, number, "不安排", actor)
    assert planning.plan(planned, 2026, BEFORE).paper.uncovered == ("2026年　书记每年讲党课不少于一次",)


@pytest.mark.parametrize("format_", ["xlsx", "docx", "md", "html", "ics"])
def test_the_same_plan_gives_the_same_bytes(branch: Path, format_: str) -> None:
    first, second = (planning.paper(planning.plan(branch, 2026, BEFORE), format_) for _ in range(2))
    assert first == second
