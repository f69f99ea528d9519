"""A check as a workbook: what stands on which sheet, joined cells, styles, print set-up."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime

import openpyxl
from tests.report.factory import branch, many, posts
from tests.report.test_check_paper import AS_OF, PACKS, YEAR, check_findings, paper, usual_xlsx, xlsx

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import check_book
from zhibu_cli.report.check_paper import build_check


def test_the_workbook_has_one_row_for_every_finding() -> None:
    """What is met or does not apply stands on a sheet of its own, without articles and remedies."""
    book = usual_xlsx()
    settled = list(book["已落实和不适用"].iter_rows(min_row=3, values_only=True))
    assert settled[0] == ("状态", "事项", "对象", "期间", "事实", "记录", "期限", "编号")
    assert {row[0] for row in settled[1:]} <= {"已落实", "不适用"}
    sheet = book["核对结果"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0] == (
        *("状态", "级别", "事项", "对象", "期间", "事实", "依据", "处理", "记录", "期限", "编号"),
    )
    assert len(rows) - 1 + len(settled) - 1 == len(check_findings())
    assert not {row[0] for row in rows} & {"已落实", "不适用"}
    row = next(row for row in rows if row[10] == "general-meeting-quarterly@2026-Q1")
    assert row[:5] == ("未见记录", "问题", "general-meeting-quarterly", "支部", "2026年第一季度")
    pending = next(row for row in rows if row[10] == "org-life-meeting-yearly@2026")
    assert pending[:2] == ("本期未结束", None)
    assert row[5] == "截至2026年3月31日未见记录。\n情况说明：防汛值守（张一，2026年4月8日）"
    assert row[9] == datetime(2026, 3, 31)
    assert sheet.auto_filter.ref == f"A3:K{len(rows) + 2}"


def test_a_workbook_of_many_findings_holds_no_more_styles_than_one_of_few() -> None:
    few, many_rows = (
        openpyxl.load_workbook(io.BytesIO(check_book.render(replace(paper(), open_rows=rows))))
        for rows in (paper().open_rows, paper().open_rows * 50)
    )
    assert many_rows["核对结果"].max_row > 50
    assert many_rows.named_styles == few.named_styles
    assert len(few.named_styles) < 30


def test_the_calendar_of_the_workbook_joins_quarters_and_years() -> None:
    sheet = usual_xlsx()["全年组织生活一览表"]
    heads = [cell.value for cell in sheet[4]]
    assert heads == ["事项", *(f"{n}月" for n in range(1, 13))]
    labels = {sheet.cell(row, 1).value: row for row in range(5, sheet.max_row + 1)}
    merged = {str(one) for one in sheet.merged_cells.ranges}
    quarter, year = labels["general-meeting-quarterly"], labels["组织生活会每年至少一次"]
    assert {f"B{quarter}:D{quarter}", f"B{year}:M{year}"} <= merged
    assert sheet.cell(quarter, 2).value == "未"
    assert sheet.cell(quarter, 2).fill.fgColor.rgb == "00F8CBAD"
    assert sheet.cell(year, 2).value == "待"
    assert {"未：未见记录", "待：本期未结束"} <= {*labels}  # the legend says in words what the colours are


def test_the_talks_of_the_workbook_show_day_and_gap() -> None:
    sheet = usual_xlsx()["谈心谈话覆盖情况表"]
    heads = [cell.value for cell in sheet[4]]
    assert heads[:4] == ["姓名", "张一\nM1", "王二\nM2", "李三\nM3"]
    assert [cell.value for cell in sheet[5]][:4] == ["M1 张一 书记", "－", "7.8", "未"]


def test_the_workbook_is_ready_for_the_printer() -> None:
    for sheet in usual_xlsx().worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    book = usual_xlsx()
    assert book["核对结果"].freeze_panes == "D4"
    assert book["核对结果"].print_title_rows == "$3:$3"
    assert book["全年组织生活一览表"].freeze_panes == "B5"
    assert book["谈心谈话覆盖情况表"].print_title_cols == "$A:$A"


def test_the_title_over_the_talks_of_many_ends_on_the_first_of_two_pages() -> None:
    """Thirty people are two pages across, some fifteen columns each: a title over twenty would be cut."""
    row = {"joined": "2010-06-01", "converted": "2011-06-01", "status": "full"}
    many_members = many("member", [{"name": f"党员{number:02}", **row} for number in range(1, 31)])
    pair = check_findings()[1]
    ledger = build_ledger([branch(), *many_members, *posts()], CATALOGUE)
    sheet = xlsx(build_check(ledger, (pair,), YEAR, AS_OF, packs=PACKS))["谈心谈话覆盖情况表"]
    assert sheet.page_setup.fitToWidth == 2
    assert "A1:O1" in {str(one) for one in sheet.merged_cells.ranges}
