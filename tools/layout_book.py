"""The tables of a layout as an Excel template."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from tools.book_charts import column_chart
from tools.layout import DAYS
from tools.xlsx_template import print_setup, trace_sheet

from zhibu_cli.archive import normalised
from zhibu_cli.report.cells import height_for
from zhibu_cli.report.marks import FILLS, SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet
    from tools.layout import Block, Column, Layout

_THIN = Border(*(Side(style="thin"),) * 4)
_TITLE, _HEAD = Font(name="方正小标宋简体", size=18), Font(name="黑体", size=11)
_BODY = Font(name="仿宋_GB2312", size=11)
_PAPER = {"upright": 96.0, "landscape": 143.0, "a3": 210.0}
"""Excel's widths of columns that fill a sheet of paper at full size."""
_SCALE, _SMALL, _DENSE = 0.95, 0.82, 0.74
"""At which a sheet may be printed to fit: 11 points become 10.5, 9 and 8."""
_DAY, _LEAST = 12.5, 5.5
"""Widths that a day and a head of two characters need at 11 points."""


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
    paper = _paper(layout, blocks)
    widest = max(blocks, key=lambda block: len(block.columns))
    width = len(widest.columns)
    for number, wide in enumerate(widths(widest, _PAPER[paper]), 1):
        sheet.column_dimensions[get_column_letter(number)].width = wide
    _line(sheet, 1, width, "{{ title }}", (_TITLE, 52, "center"))
    _line(sheet, 2, width, f"{layout.caption}　　{{{{ circle }}}}", (_BODY, 30, "left"))
    row = _forms(sheet, 3, width, layout) if not blocks[0].sheet else 3
    top, body = row, {}
    for block in blocks:
        if block.heading:
            _line(sheet, row, width, block.heading, (_HEAD, 24, "left"))
            row += 1
        row = _table(sheet, row, block, width)
        body[block] = row - (2 if block.total else 1)
    if len(blocks) == 1:
        heads = row - 1 - (1 if blocks[0].total else 0)
        sheet.freeze_panes = f"A{heads}"
        sheet.print_title_rows = f"{top}:{heads - 1}"
    row = row if blocks[0].sheet else _below(sheet, row, width, layout)
    charted = any(block.chart is not None for block in blocks)
    for block, place in body.items():
        column_chart(sheet, row, place, block)
    print_setup(sheet, landscape=paper != "upright", one_page=charted, a3=paper == "a3")


def _paper(layout: Layout, blocks: Sequence[Block]) -> str:
    if layout.a3:
        return "a3"
    return "landscape" if layout.landscape and not any(block.upright for block in blocks) else "upright"


def widths(block: Block, paper: float) -> tuple[float, ...]:
    """Widths that fill the paper at the smallest scale that is still well read, or at full size if less do.

    In proportion, but no day, no head of two characters and nothing held is broken.
    """
    natural = sum(column.width for column in block.columns) * 1.15
    scale = _DENSE if block.dense else _SMALL if block.small else _SCALE
    whole = min(max(natural, paper), paper / scale)
    least = [2 * one.hold + 0.5 if block.dense else _least(one) for one in block.columns]
    made = [column.width for column in block.columns]
    bound: set[int] = set()
    while True:
        free = [number for number in range(len(made)) if number not in bound]
        left = whole - sum(least[number] for number in bound)
        share = left / sum(block.columns[number].width for number in free) if free else 0
        short = {number for number in free if block.columns[number].width * share < least[number]}
        if not short:
            break
        bound |= short
    for number, column in enumerate(block.columns):
        made[number] = least[number] if number in bound else column.width * share
    return tuple(round(one, 1) for one in made)


def _least(column: Column) -> float:
    return max(_DAY if _is_day(column) else _LEAST, 2 * column.hold + 1.5 if column.hold else 0)


def _is_day(column: Column) -> bool:
    return bool(column.field) and any(word in column.label for word in DAYS)


def _below(sheet: Worksheet, row: int, width: int, layout: Layout) -> int:
    """Notes and signatures below the tables of the first sheet; gives the row below.

    Excel prints the sheet that is shown: whoever signs it is told which ones belong to it.
    """
    others = dict.fromkeys(block.sheet for block in layout.blocks if block.sheet)
    if others:
        _line(
            sheet, row, width, f"另见工作表{''.join(f'“{name}”' for name in others)}。", (_BODY, 24, "left")
        )
        row += 1
    for kind, words in (("notes", "{{ notes }}"), ("signing", "{{ signing }}：")):
        if any(block.kind == kind for block in layout.blocks):
            _line(sheet, row, width, words, (_BODY, 30 if kind == "signing" else 0, "left"))
            row += 1
    return row


def _forms(sheet: Worksheet, row: int, width: int, layout: Layout) -> int:
    """The filled slots of forms, a line each; gives the row below."""
    for block in layout.blocks:
        for slot in (one for slots in block.rows for one in slots if block.kind == "form" and one.text):
            _line(sheet, row, width, f"{slot.label}：{slot.text}", (_BODY, 24, "left"))
            row += 1
    return row


def _line(sheet: Worksheet, row: int, width: int, text: str, look: tuple[Font, float, str]) -> None:
    """A line over the whole width; ``look``: font, height (0: that of its text), alignment."""
    font, height, across = look
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    cell = sheet.cell(row, 1, text)
    cell.font = font
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    if height:
        sheet.row_dimensions[row].height = height


def _table(sheet: Worksheet, row: int, block: Block, width: int) -> int:
    """Heads, the row that repeats, sums; gives the row below. The last column reaches to ``width``."""
    grouped = any(column.group for column in block.columns)
    last = row + 1 if grouped else row
    for number, column in enumerate(block.columns, 1):
        for place in range(row, last + 1):
            _style(sheet.cell(place, number), _HEAD, "center")
        sheet.cell(row if grouped and not column.group else last, number, column.label)
        if grouped and not column.group:
            sheet.merge_cells(start_row=row, end_row=last, start_column=number, end_column=number)
        _body(sheet, last + 1, number, block)
    if grouped:
        _groups(sheet, row, block)
    _reach(sheet, (last, last + 1), len(block.columns), width)
    sheet.row_dimensions[row].height = 22  # of two rows of heads the upper one
    sheet.row_dimensions[last].height = _head_height(sheet, block, grouped=grouped)
    return _totals(sheet, last + 2, block) if block.total else last + 2


def _body(sheet: Worksheet, row: int, number: int, block: Block) -> None:
    column = block.columns[number - 1]
    _style(sheet.cell(row, number), _BODY, column.align, column.number)
    if column.formula:
        sheet.cell(row, number, f"={_placed(column.formula, row, block)}")
    elif column.field:
        sheet.cell(row, number, f"{{{{ {block.list}.{column.cell or column.field} }}}}")
    if column.marks:
        _colours(sheet, f"{get_column_letter(number)}{row}")


def _placed(formula: str, row: int, block: Block) -> str:
    """A formula with the cells of a row in place of the names of fields."""
    for at, column in enumerate(block.columns, 1):
        formula = formula.replace(f"{{{column.field}}}", f"{get_column_letter(at)}{row}")
    return formula


def _reach(sheet: Worksheet, rows: Sequence[int], last: int, width: int) -> None:
    """The last column of a table with fewer columns than its sheet takes what is left."""
    if last == width:
        return
    for row in rows:
        for number in range(last + 1, width + 1):
            _style(sheet.cell(row, number), _BODY, "left")
        sheet.merge_cells(start_row=row, end_row=row, start_column=last, end_column=width)


def _head_height(sheet: Worksheet, block: Block, *, grouped: bool) -> float:
    wide = (sheet.column_dimensions[get_column_letter(at)].width for at in range(1, len(block.columns) + 1))
    heads = [(column.label, one) for column, one in zip(block.columns, wide, strict=True)]
    both = [pair for pair, column in zip(heads, block.columns, strict=True) if not grouped or column.group]
    # a head over two rows has the upper one too
    tall = max([height_for([pair]) - 22 for pair in heads if pair not in both], default=0.0)
    return max(28.0, height_for(both), tall)


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
        if column.total.startswith("="):
            sheet.cell(row, number, _placed(column.total, row, block))
        elif column.total:
            area = f"{letter}{row - 1}:{letter}{row - 1}"
            # what nobody wrote down adds up to nothing, not to 0
            sheet.cell(row, number, f'=IF(COUNT({area})=0,"",{column.total}({area}))')
    sheet.cell(row, 1, "合计")
    sheet.row_dimensions[row].height = 22
    return row + 1


def _style(cell: Cell | MergedCell, font: Font, across: str, number: str = "General") -> None:
    cell.font, cell.border, cell.number_format = font, _THIN, number
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
