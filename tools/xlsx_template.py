"""The workbook template of the quarterly report, made from code."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.chart import Reference, Series
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from tools.book_charts import chart_of, drawn_as

from zhibu_cli.archive import normalised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_THIN = Border(*(Side(style="thin"),) * 4)
_TITLE = Font(name="方正小标宋简体", size=18)
_HEAD = Font(name="黑体", size=11)
_BODY = Font(name="仿宋_GB2312", size=11)

Column = tuple[str, str, float, str, str]
"""Heading, field or formula, width, alignment, number format."""

STATS: tuple[Column, ...] = (
    ("类别", "{{ stats.group }}", 16, "center", "@"),
    ("项目", "{{ stats.figure.label }}", 18, "left", "@"),
    ("数", "{{ stats.figure }}", 10, "center", "General"),
    ("单位", "{{ stats.figure.unit }}", 7, "center", "@"),
    ("统计口径", "{{ stats.figure.rule }}", 48, "left", "@"),
    ("说明", "{{ stats.figure.reason }}", 22, "left", "@"),
)
SITTINGS: tuple[Column, ...] = (
    ("编号", "{{ sittings.id }}", 8, "center", "@"),
    ("日期", "{{ sittings.day }}", 13, "center", "yyyy-mm-dd"),
    ("类型", "{{ sittings.kinds }}", 24, "left", "@"),
    ("主题", "{{ sittings.theme }}", 48, "left", "@"),
    ("应到", "{{ sittings.expected_number }}", 8, "center", "0"),
    ("实到", "{{ sittings.present_number }}", 8, "center", "0"),
    ("请假", "{{ sittings.away_number }}", 8, "center", "0"),
    ("主持人（主讲人）", "{{ sittings.leader }}", 18, "center", "@"),
    ("补录", "{{ sittings.late }}", 20, "center", "@"),
)
KINDS: tuple[Column, ...] = (
    ("组织生活类型", "{{ kinds.label }}", 24, "left", "@"),
    ("次数", "{{ kinds.times }}", 12, "center", "0"),
    ("应到人次", "{{ kinds.expected }}", 12, "center", "0"),
    ("实到人次", "{{ kinds.present }}", 12, "center", "0"),
    # a kind without numbers has words in their place
    ("暂不参加", "{{ kinds.excused }}", 12, "center", "0"),
    ("到会率", '=IF(COUNT(C4:E4)<3,"—",IF(C4-E4=0,"—",D4/(C4-E4)))', 12, "center", "0.0%"),
    ("说明", "{{ kinds.times.reason }}", 40, "left", "@"),
)
TRACE: tuple[Column, ...] = (
    ("数据", "{{ trace.label }}", 30, "left", "@"),
    ("数", "{{ trace }}", 12, "center", "General"),
    ("统计口径", "{{ trace.rule }}", 60, "left", "@"),
    ("记录编号", "{{ trace.sources }}", 60, "left", "@"),
)


def _sheet(sheet: Worksheet, title: str, columns: Sequence[Column], *, one_page: bool) -> None:
    last = get_column_letter(len(columns))
    sheet.merge_cells(f"A1:{last}1")
    sheet["A1"] = title
    sheet["A1"].font = _TITLE
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 48
    sheet.merge_cells(f"A2:{last}2")
    sheet["A2"] = "填报单位：{{ branch }}　　统计期：{{ period_label }}　　数据截至：{{ horizon_text }}"
    sheet["A2"].font = _BODY
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[2].height = 32
    sheet.row_dimensions[3].height = 24
    for number, (heading, field, width, horizontal, form) in enumerate(columns, 1):
        head = sheet.cell(3, number, heading)
        head.font, head.border = _HEAD, _THIN
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        body = sheet.cell(4, number, field)
        body.font, body.border, body.number_format = _BODY, _THIN, form
        body.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A4"
    sheet.print_title_rows = "3:3"
    print_setup(sheet, landscape=not one_page, one_page=one_page)


def _sums(sheet: Worksheet, columns: Sequence[Column]) -> None:
    """A row of sums below the row that repeats, of the columns with whole numbers.

    As the text adds up: only the sittings of which both 应到 and 实到 are known.
    """
    letters = {heading: get_column_letter(number) for number, (heading, *_) in enumerate(columns, 1)}
    known = "".join(f',{letter}4:{letter}4,">=0"' for letter in (letters["应到"], letters["实到"]))
    told = {letters["编号"]: "合计", letters["主题"]: "（应到、实到均有数的记录）"}
    for number, (*_, form) in enumerate(columns, 1):
        letter = get_column_letter(number)
        cell = sheet.cell(5, number, told.get(letter))
        cell.font, cell.border = _HEAD, _THIN
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if form == "0":
            area, came = f"{letter}4:{letter}4", f"{letters['实到']}4:{letters['实到']}4"
            # what nobody wrote down adds up to nothing, not to 0
            cell.value, cell.number_format = f'=IF(COUNT({came})=0,"",SUMIFS({area}{known}))', form
    sheet.row_dimensions[5].height = 22


def _rates(sheet: Worksheet) -> None:
    """A chart of the attendance of each kind."""
    chart = chart_of("各类组织生活到会率", share=True)
    chart.legend = None
    chart.series.append(drawn_as(Series(Reference(sheet, min_col=6, min_row=4), title="到会率")))
    chart.set_categories(Reference(sheet, min_col=1, min_row=4))
    sheet.add_chart(chart, "A6")


def trace_sheet(sheet: Worksheet) -> None:
    """数据来源: the sheet of every figure's records."""
    _sheet(sheet, "数据来源表", TRACE, one_page=False)


def print_setup(sheet: Worksheet, *, landscape: bool, one_page: bool = False, a3: bool = False) -> None:
    """A4 or A3, as wide as the sheet, numbered."""
    sheet.page_setup.paperSize = "8" if a3 else "9"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P —"


def quarter_workbook() -> bytes:
    """The template: four sheets, each with one row that repeats."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book.create_sheet("统计表"), "{{ table_title }}", STATS, one_page=True)
    listed = book.create_sheet("组织生活清单")
    _sheet(listed, "{{ period_label }}组织生活清单", SITTINGS, one_page=False)
    _sums(listed, SITTINGS)
    attended = book.create_sheet("到会情况")
    _sheet(attended, "{{ period_label }}到会情况", KINDS, one_page=False)
    _rates(attended)
    trace_sheet(book.create_sheet("数据来源"))
    target = io.BytesIO()
    book.save(target)
    return normalised(target.getvalue())
