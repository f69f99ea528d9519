"""The tables of a layout as an Excel template."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from tools.xlsx_template import print_setup, trace_sheet

from zhibu_cli.archive import normalised
from zhibu_cli.report.marks import FILLS, SHORT

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet
    from tools.layout import Block, Chart, Layout

_THIN = Border(*(Side(style="thin"),) * 4)
_TITLE, _HEAD = Font(name="方正小标宋简体", size=18), Font(name="黑体", size=11)
_BODY = Font(name="仿宋_GB2312", size=11)
_SCALE = 1.15
"""Excel's width of a column for a character of 11 points, against 12 points in Word."""


def workbook(layout: Layout) -> bytes:
    """The template: the tables of each sheet one below the other, then the figures' records."""
    book = Workbook()
    book.remove(book.worksheets[0])
    tables = [block for block in layout.blocks if block.kind == "table"]
    for name, blocks in groupby(tables, key=lambda block: block.sheet):
        sheet = book.create_sheet(name or "表")
        _fill(sheet, layout, list(blocks))
    trace_sheet(book.create_sheet("数据来源"))
    target = io.BytesIO()
    book.save(target)
    return normalised(target.getvalue())


def _fill(sheet: Worksheet, layout: Layout, blocks: list[Block]) -> None:
    width = max(len(block.columns) for block in blocks)
    for number, column in enumerate(max(blocks, key=lambda block: len(block.columns)).columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width * _SCALE + 1
    _line(sheet, 1, width, "{{ title }}", (_TITLE, 44, "center"))
    _line(sheet, 2, width, f"{layout.caption}　　{{{{ circle }}}}", (_BODY, 24, "left"))
    row = _forms(sheet, 3, width, layout) if not blocks[0].sheet else 3
    top = row
    for block in blocks:
        if block.heading:
            _line(sheet, row, width, block.heading, (_HEAD, 24, "left"))
            row += 1
        row = _table(sheet, row, block)
        if block.chart is not None:
            _chart(sheet, row, block, block.chart)
    if len(blocks) == 1:
        heads = row - 1 - (1 if blocks[0].total else 0)
        sheet.freeze_panes = f"A{heads}"
        sheet.print_title_rows = f"{top}:{heads - 1}"
    first = not blocks[0].sheet
    if first and any(block.kind == "notes" for block in layout.blocks):
        _line(sheet, row, width, "{{ notes }}", (_BODY, 30, "left"))
        row += 1
    if first and any(block.kind == "signing" for block in layout.blocks):
        _line(sheet, row, width, "{{ signing }}", (_BODY, 30, "left"))
    charted = any(block.chart is not None for block in blocks)
    landscape = layout.landscape or layout.a3
    print_setup(sheet, landscape=landscape, one_page=charted, a3=layout.a3)


def _forms(sheet: Worksheet, row: int, width: int, layout: Layout) -> int:
    """The filled slots of forms, a line each; gives the row below."""
    for block in layout.blocks:
        for slot in (one for slots in block.rows for one in slots if block.kind == "form" and one.text):
            _line(sheet, row, width, f"{slot.label}：{slot.text}", (_BODY, 24, "left"))
            row += 1
    return row


def _line(sheet: Worksheet, row: int, width: int, text: str, look: tuple[Font, float, str]) -> None:
    """A line over the whole width; ``look``: font, height, alignment."""
    font, height, across = look
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    cell = sheet.cell(row, 1, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = height


def _table(sheet: Worksheet, row: int, block: Block) -> int:
    """Heads, the row that repeats, sums; gives the row below."""
    grouped = any(column.group for column in block.columns)
    last = row + 1 if grouped else row
    for number, column in enumerate(block.columns, 1):
        for place in range(row, last + 1):
            _style(sheet.cell(place, number), _HEAD, "center")
        sheet.cell(row if grouped and not column.group else last, number, column.label)
        if grouped and not column.group:
            sheet.merge_cells(start_row=row, end_row=last, start_column=number, end_column=number)
        _style(sheet.cell(last + 1, number), _BODY, column.align, column.number)
        if column.field:
            sheet.cell(last + 1, number, f"{{{{ {block.list}.{column.cell or column.field} }}}}")
        if column.marks:
            _colours(sheet, f"{get_column_letter(number)}{last + 1}")
    if grouped:
        _groups(sheet, row, block)
    sheet.row_dimensions[row].height = 22  # of two rows of heads the upper one
    sheet.row_dimensions[last].height = 28
    return _totals(sheet, last + 2, block) if block.total else last + 2


def _chart(sheet: Worksheet, row: int, block: Block, chart: Chart) -> None:
    """A column chart two rows below the table, of the row that repeats."""
    body = row - (2 if block.total else 1)
    place = {column.field: number for number, column in enumerate(block.columns, 1)}
    label = {column.field: column.label for column in block.columns}[chart.value]
    drawn = BarChart()
    drawn.title, drawn.style, drawn.legend = chart.title, 10, None
    drawn.height, drawn.width, drawn.gapWidth = 8, 18, 60
    values = Reference(sheet, min_col=place[chart.value], min_row=body)
    series = Series(values, title=label)
    # hatched with an outline: to be told from the paper on a grey print too
    dark, light = (ColorChoice(prstClr=name) for name in ("navy", "white"))
    hatched = PatternFillProperties(prst="ltUpDiag", fgClr=dark, bgClr=light)
    series.graphicalProperties = GraphicalProperties(pattFill=hatched)
    series.graphicalProperties.line.prstDash = "solid"
    series.graphicalProperties.line.solidFill = dark
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    drawn.series.append(series)
    drawn.set_categories(Reference(sheet, min_col=place[chart.category], min_row=body))
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.scaling.min, drawn.y_axis.scaling.max = 0, 1
    drawn.y_axis.number_format = "0%"
    sheet.add_chart(drawn, f"A{row + 1}")


def _colours(sheet: Worksheet, place: str) -> None:
    """The colours of marks and numbers, by what stands in the cell: Excel fills them in."""
    tests = {f'{place}="{mark}"': status.value for status, mark in SHORT.items()}
    for formula, tone in {**tests, f"AND(ISNUMBER({place}),{place}>0)": "met"}.items():
        style = DifferentialStyle(fill=PatternFill(bgColor=FILLS[tone]))
        sheet.conditional_formatting.add(place, Rule(type="expression", dxf=style, formula=[formula]))


def _groups(sheet: Worksheet, row: int, block: Block) -> None:
    start = 1
    for group, found in groupby(block.columns, key=lambda column: column.group):
        size = len(list(found))
        if group:
            sheet.cell(row, start, group)
            sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=start + size - 1)
        start += size


def _totals(sheet: Worksheet, row: int, block: Block) -> int:
    """A row of formulas over the row that repeats; filling stretches them."""
    for number, column in enumerate(block.columns, 1):
        _style(sheet.cell(row, number), _HEAD, "center", column.number if column.total else "@")
        letter = get_column_letter(number)
        if column.total:
            area = f"{letter}{row - 1}:{letter}{row - 1}"
            # what nobody wrote down adds up to nothing, not to 0
            sheet.cell(row, number, f'=IF(COUNT({area})=0,"",{column.total}({area}))')
    sheet.cell(row, 1, "合计")
    sheet.row_dimensions[row].height = 22
    return row + 1


def _style(cell: Cell | MergedCell, font: Font, across: str, number: str = "General") -> None:
    cell.font, cell.border, cell.number_format = font, _THIN, number
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
