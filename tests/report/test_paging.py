"""The last page of a printed sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.properties import PageSetupProperties

from zhibu_cli.report.cells import lines_of
from zhibu_cli.report.paging import gather

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def sheet_of(rows: int, *, height: float = 20.0, fit: int = 0, titles: str = "") -> Worksheet:
    """A4 upright, margins of an inch, a column as wide as the paper: 696 points high.

    Widths and heights stay below the paper's 451 points of width, so that nothing is printed smaller.
    """
    sheet = openpyxl.Workbook().worksheets[0]
    sheet.column_dimensions["A"].width = 80
    for row in range(1, rows + 1):
        sheet.cell(row, 1, "文字")
        sheet.row_dimensions[row].height = height
    setup, edges = sheet.page_setup, sheet.page_margins
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = "9", "portrait", 1, fit
    edges.left = edges.right = edges.top = edges.bottom = 1.0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if titles:
        sheet.print_title_rows = titles
    return sheet


@pytest.mark.parametrize(
    ("rows", "pages"),
    [
        (34, 0),  # 680 points: one page as it is
        (36, 1),  # 720: two rows would stand alone
        (45, 0),  # 900: eleven rows fill a third of the second page
        (70, 2),  # 1400 on 34 rows a page: two rows would stand alone on a third
    ],
)
def test_rows_that_would_stand_alone_on_a_last_page_go_to_the_one_before(rows: int, pages: int) -> None:
    sheet = sheet_of(rows)
    gather([sheet])
    assert sheet.page_setup.fitToHeight == pages


def test_rows_that_every_page_repeats_count_on_each_page_but_the_first() -> None:
    """34 rows a page; with two repeated ones 32 on the second, and the 67th and 68th alone on a third."""
    for titles, pages in (("", 0), ("1:2", 2)):
        sheet = sheet_of(68, titles=titles)
        gather([sheet])
        assert sheet.page_setup.fitToHeight == pages


def test_nothing_is_set_smaller_than_eight_points_for_it() -> None:
    """Rows of 150 points: four a page, the fifth takes more than a fifth of the second."""
    sheet = sheet_of(5, height=150)
    gather([sheet])
    assert sheet.page_setup.fitToHeight == 1
    wide = sheet_of(36)
    wide.column_dimensions["A"].width = 116  # printed at 74% already
    gather([wide])
    assert wide.page_setup.fitToHeight == 0


def test_what_somebody_set_in_another_way_stays() -> None:
    free = sheet_of(36)
    free.sheet_properties.pageSetUpPr = None
    for sheet, pages in ((free, 0), (sheet_of(36, fit=3), 3)):
        gather([sheet])
        assert sheet.page_setup.fitToHeight == pages


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("党委委员和数据治理与共享交换处兼政务公开办公室处长", 11, 5),  # 25 Han, five a line: no half one
        ("党委委员和数据治理与共享交换处兼政务公开办公室处长一", 11, 6),
        ("一二三四五，", 10, 2),  # the comma begins no line, 五 goes with it
        ("一二三四五，六七八九", 10, 3),
        ("2026-10-08", 10, 1),
        ("一\n二", 10, 2),
        ("", 10, 1),
    ],
)
def test_a_row_has_room_for_the_lines_that_its_text_takes(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines
