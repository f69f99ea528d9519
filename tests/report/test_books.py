"""Table papers in Excel: formulas that say what the other formats say, sheets that fill their paper."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.report.factory import branch
from tests.report.test_every_paper import requests
from tests.report.test_table_papers import LEDGERS
from tools.layout import layouts

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import workbook
from zhibu_cli.report.papers import find_paper

if TYPE_CHECKING:
    from zhibu_cli.report.views import View

T = resources.templates_dir()
TEMPLATES = sorted(path.name for path in T.glob("*.xlsx"))
FULL_SIZE = {"8": {"portrait": 143.0, "landscape": 210.0}, "9": {"portrait": 96.0, "landscape": 143.0}}
"""Widths of columns in Excel's unit that fill A3 (8) and A4 (9) between margins of 15 mm."""


@cache
def filled(slug: str, which: str) -> tuple[View, Any, Any]:
    """The view, the workbook with its formulas and with their results."""
    kind = find_paper(slug)
    assert kind is not None
    (request,) = requests(kind, "", LEDGERS[which])
    view = kind.build(request)
    data = workbook.render(view, T / f"{slug}.xlsx")
    formulas, reckoned = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    return view, formulas, reckoned


def column(sheet: Any, head: str, rows: int) -> list[Any]:
    """The cells below a head, so many rows."""
    (cell,) = [c for row in sheet.iter_rows(max_row=8) for c in row if c.value == head]
    return [sheet.cell(cell.row + at, cell.column).value for at in range(1, rows + 1)]


@pytest.mark.parametrize("which", LEDGERS)
def test_rates_of_attendance_are_formulas_that_come_to_what_the_paper_says(which: str) -> None:
    view, formulas, results = filled("attendance", which)
    people: Any = view
    whole = column(results["表"], "出勤率", len(people.rows))
    assert whole == [approx(row.rate_cell) for row in people.rows]
    assert all(str(one).startswith("=IF(") for one in column(formulas["表"], "出勤率", len(people.rows)))
    months = column(results["逐月到会"], "出勤率", len(people.months))
    assert months == [row.rate if row.rate_cell is None else approx(row.rate_cell) for row in people.months]


def approx(value: Any) -> Any:
    """A share as it comes out of a formula; a word as it is."""
    return pytest.approx(value) if isinstance(value, float) else value


@pytest.mark.parametrize("which", LEDGERS)
def test_months_held_and_rates_are_formulas_over_the_months(which: str) -> None:
    view, formulas, results = filled("life-statistics", which)
    (row,) = view.rows  # type: ignore[attr-defined]
    sheet = results["表"]
    body = next(sheet.iter_rows(min_row=5, max_row=5, values_only=True))
    assert [*body[15:17]] == [row.committee.done, approx(row.committee.rate_cell)]
    assert [*body[29:31]] == [row.activities.done, approx(row.activities.rate_cell)]
    assert formulas["表"]["P5"].value == '=COUNTIF(D5:O5,">0")'
    assert formulas["表"]["AD5"].value == '=COUNTIF(R5:AC5,">0")'


def test_months_and_duties_are_a_chart_of_two_series_that_differ_without_colour() -> None:
    _, formulas, _ = filled("life-statistics", "full")
    (chart,) = formulas["表"]._charts
    committee, activities = chart.ser
    assert committee.val.numRef.f == "'表'!$D$5:$O$5"
    assert activities.val.numRef.f == "'表'!$R$5:$AC$5"
    patterns = {one.graphicalProperties.pattFill.prst for one in (committee, activities)}
    assert patterns == {"ltUpDiag", "pct75"}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_sheet_fills_its_paper_and_is_printed_in_eight_points_or_more(name: str) -> None:
    book = openpyxl.load_workbook(T / name)
    for sheet in (one for one in book.worksheets if one.title != "数据来源" and name != "quarter.xlsx"):
        size = FULL_SIZE[str(sheet.page_setup.paperSize)][str(sheet.page_setup.orientation)]
        wide = sum(one.width for one in sheet.column_dimensions.values())
        assert size * 0.98 <= wide <= size / 0.73, sheet.title  # 11 points x 0.73 = 8


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_head_of_a_column_is_cut_off(name: str) -> None:
    """A line of 11 points takes 16 points of height; a Han 14.67 pixels, of which a width has seven."""
    book: Any = openpyxl.load_workbook(T / name)
    for sheet in book.worksheets:
        spans = {(one.min_row, one.min_col): one for one in sheet.merged_cells.ranges}
        for row in sheet.iter_rows(min_row=3, max_row=6):
            for cell in row:
                text = cell.value
                if not isinstance(text, str) or "{{" in text or cell.font.name != "黑体" or text[:1] == "=":
                    continue
                area = spans.get((cell.row, cell.column))
                last = area.max_row if area else cell.row
                right = area.max_col if area else cell.column
                wide = sum(
                    sheet.column_dimensions[openpyxl.utils.get_column_letter(one)].width
                    for one in range(cell.column, right + 1)
                )
                tall = sum(sheet.row_dimensions[one].height for one in range(cell.row, last + 1))
                columns = len(text.encode("gbk"))
                han = int(wide * 7 / 14.67)
                assert -(-columns // (2 * han)) * 16 <= tall + 2, f"{sheet.title} {text}"


@pytest.mark.parametrize("slug", ["talk-register", "problems", "member-changes"])
def test_a_table_without_rows_says_so_in_one_line_over_its_whole_width(slug: str) -> None:
    view, book, _ = filled(slug, "one")
    sheet = book["表"]
    (said,) = [c for row in sheet.iter_rows() for c in row if c.value == view.empty]  # type: ignore[attr-defined]
    assert any(one.min_row == said.row and one.min_col == 1 for one in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[said.row].height <= 22


FIRST, SECOND = "中共示例自治州生态环境保护综合行政执法支队机关", "离退休人员和流动党员联合党支部"


@pytest.mark.parametrize(
    ("slug", "layout", "lines"),
    [
        ("officers", "", [FIRST, SECOND, "支部委员会和党小组名单"]),
        ("roster", "24", [f"{FIRST}{SECOND}党员名册"]),
    ],
)
def test_a_title_too_long_for_a_line_is_broken_between_words_and_has_room(
    slug: str, layout: str, lines: list[str]
) -> None:
    """A4 upright is too narrow for it, A3 is not."""
    kind = find_paper(slug)
    assert kind is not None
    (request,) = requests(kind, layout, build_ledger([branch(name=FIRST + SECOND)], CATALOGUE))
    name = f"{slug}-{layout}" if layout else slug
    data = workbook.render(kind.build(request), T / f"{name}.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["A1"].value.split("\n") == lines
    assert sheet.row_dimensions[1].height >= 18 * 1.3 * len(lines)


def test_a_line_below_a_title_is_broken_between_its_parts_and_never_in_a_day() -> None:
    kind = find_paper("attendance")
    assert kind is not None
    (request,) = requests(kind, "", build_ledger([branch(name=FIRST + SECOND)], CATALOGUE))
    data = workbook.render(kind.build(request), T / "attendance.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    unit, rest = sheet["A2"].value.split("\n")
    assert unit == f"单位：{FIRST}{SECOND}"
    assert rest == "统计期：2026年（截至2026年9月30日）　　内部资料，不对外报送"
    assert sheet.row_dimensions[2].height >= 30
    short = filled("attendance", "full")[1]["表"]["A2"].value
    assert (
        short == "单位：市数据局机关第一党支部　　统计期：2026年（截至2026年9月30日）　　内部资料，不对外报送"
    )


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("officers", ["职务任期中没有当日在任的职务", "未见党小组登记"]),
        ("life-statistics", ["未见党小组登记"]),
        ("originals", ["本期记录中未见投票", "本期谈心谈话登记中未见记录"]),
    ],
)
def test_every_empty_table_of_a_workbook_says_what_is_not_there(slug: str, told: list[str]) -> None:
    """The branch with nothing but one theme day."""
    _view, formulas, _results = filled(slug, "one")
    words = [cell.value for sheet in formulas.worksheets for row in sheet.iter_rows() for cell in row]
    assert [one for one in words if one in told] == told


def test_what_a_layout_says_of_an_empty_list_is_found_by_the_name_of_the_list() -> None:
    for block in (block for layout in layouts() for block in layout.blocks if block.kind == "table"):
        assert block.empty in {"empty", f"no_{block.list}"}


def test_each_table_without_rows_says_what_is_not_there() -> None:
    _view, book, _ = filled("handover", "one")
    told = {sheet.title: {c.value for row in sheet.iter_rows() for c in row} for sheet in book.worksheets}
    assert "职务任期中没有当日在任的职务" in told["表"]
    assert "整改清单中没有未完成的问题" in told["未完成的整改"]
    assert "今后九十天内没有到期的事项" in told["到期事项"]
    assert "未见记录" not in told["未完成的整改"] | told["到期事项"]


@pytest.mark.parametrize("which", LEDGERS)
def test_the_sheet_that_is_signed_names_the_sheets_that_belong_to_it(which: str) -> None:
    """Excel prints the sheet that is shown alone."""
    _view, book, _ = filled("handover", which)
    words = [cell.value for row in book["表"].iter_rows() for cell in row if cell.value]
    told, signed = words.index("另见工作表“未完成的整改”“到期事项”。"), words.index("移交人（签名）：")
    assert told < signed
    assert book.sheetnames[:3] == ["表", "未完成的整改", "到期事项"]


def test_a_paper_of_one_sheet_names_no_other_sheet() -> None:
    _view, book, _ = filled("problems", "full")
    assert not [c for row in book["表"].iter_rows() for c in row if "另见工作表" in str(c.value)]


def test_a_workbook_names_this_program_and_not_a_library_as_its_author() -> None:
    _view, book, _ = filled("problems", "full")
    assert book.properties.creator == "zhibu"
