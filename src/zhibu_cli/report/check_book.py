"""The answer of a check as .xlsx: verdict, every finding, the two grids; made without a template.

How many columns the grids have and which of their cells are joined is known only from the answer, and
that is more than cells of a template that name fields can say.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.archive import normalised
from zhibu_cli.report.cells import height_for, put, row_height
from zhibu_cli.report.marks import FILLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

    from zhibu_cli.report.check_paper import CheckPaper, FindingRow
    from zhibu_cli.report.month_grid import GridCell, MonthGrid
    from zhibu_cli.report.talk_grid import TalkCell, TalkGrid

FINDINGS = (
    ("状态", 10),
    ("级别", 8),
    ("事项", 18),
    ("对象", 14),
    ("期间", 10),
    ("事实", 38),
    ("依据", 38),
    ("处理", 24),
    ("记录", 10),
    ("期限", 12),
    ("编号", 16),
)
_SETTLED = "已落实和不适用"
SETTLED = (
    ("状态", 10),
    ("事项", 44),
    ("对象", 14),
    ("期间", 16),
    ("事实", 90),
    ("记录", 16),
    ("期限", 12),
    ("编号", 34),
)
"""Where nothing is to be done the fact and its records are enough: wide columns, a line for each."""
_LABEL, _MONTH, _PERSON = 42, 9, 7.5
_PEOPLE_A_PAGE = 20
_LEFT = frozenset({"事项", "事实", "依据", "处理"})


class _Style(NamedTuple):
    """How a cell looks."""

    font: str = "body"
    centre: bool = True
    border: bool = True
    fill: str = ""
    wrap: bool = True
    day: bool = False

    @property
    def name(self) -> str:
        """As people see it among the styles of the book."""
        words = {"title": "标题", "head": "表头", "body": "正文"}[self.font]
        marks = (("居中", self.centre), ("加框", self.border), ("不换行", not self.wrap), ("日期", self.day))
        return f"核对{words}{''.join(word for word, on in marks if on)}{self.fill}"


def render(paper: CheckPaper) -> bytes:
    """The answer as the bytes of an .xlsx; the same answer gives the same bytes."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.worksheets[0])
    _summary(book.create_sheet("结论"), paper)
    _findings(book.create_sheet("核对结果"), paper, "核对结果", paper.open_rows, FINDINGS)
    _calendars(book.create_sheet("全年组织生活一览表"), paper)
    _talks(book.create_sheet("谈心谈话覆盖情况表"), paper)
    if paper.settled_rows:
        _findings(book.create_sheet(_SETTLED), paper, _SETTLED, paper.settled_rows, SETTLED)
    target = io.BytesIO()
    _close(book, target)
    return normalised(target.getvalue())


def _close(book: Workbook, target: io.BytesIO) -> None:
    book.properties.creator = "zhibu"
    book.save(target)


def _summary(sheet: Worksheet, paper: CheckPaper) -> None:
    lines = [_scope(paper), *(f"注意：{remark}" for remark in paper.remarks), *paper.verdict, paper.notice]
    lines += [paper.advice] if paper.advice else []
    lines += ["适用规则：" + "；".join(paper.packs)]
    sheet.column_dimensions["A"].width = 110
    _write(sheet, 1, 1, paper.title, _Style("title", border=False))
    sheet.row_dimensions[1].height = 40
    for number, line in enumerate(lines, 2):
        _write(sheet, number, 1, line, _Style(centre=False, border=2 + len(paper.remarks) < number))
        sheet.row_dimensions[number].height = row_height(sheet, number, 1)
    _print(sheet, paper, landscape=True)


def _scope(paper: CheckPaper) -> str:
    marked = f"　　{paper.internal}" if paper.internal else ""
    return f"核对范围：{paper.asked_text}；按{paper.as_of_text}的情况判断{marked}"


def _findings(
    sheet: Worksheet,
    paper: CheckPaper,
    title: str,
    rows: Sequence[FindingRow],
    columns: Sequence[tuple[str, float]],
) -> None:
    top = _head(sheet, paper, title, len(columns))
    for column, (name, width) in enumerate(columns, 1):
        _write(sheet, top, column, name, _Style("head"))
        _width(sheet, column, width)
    for number, row in enumerate(rows, top + 1):
        values = dict(zip((name for name, _ in FINDINGS), _values(row), strict=True))
        for column, (name, _) in enumerate(columns, 1):
            tone = row.tone if column == 1 else ""
            style = _Style(centre=name not in _LEFT, fill=tone, day=name == "期限")
            _write(sheet, number, column, values[name], style)
        sheet.row_dimensions[number].height = row_height(sheet, number, len(columns))
    sheet.freeze_panes = f"D{top + 1}"
    last = sheet.cell(top + len(rows), len(columns)).coordinate
    sheet.auto_filter.ref = f"A{top}:{last}"
    sheet.print_title_rows = f"{top}:{top}"
    _print(sheet, paper, landscape=True)


def _values(row: FindingRow) -> tuple[Any, ...]:
    fact = row.fact + (f"\n情况说明：{row.explained}" if row.explained else "")
    return (
        *(row.status, row.severity, row.title, row.subject, row.period, fact),
        # with blanks: a line ends between two numbers, never within one
        *(row.grounds, row.fix, row.records.replace("、", "、 "), row.due, row.key),
    )


def _calendars(sheet: Worksheet, paper: CheckPaper) -> None:
    most = max((len(grid.months) for grid in paper.calendars), default=0)
    top = _head(sheet, paper, "全年组织生活一览表", most + 1, internal=False)
    _width(sheet, 1, _LABEL)
    for column in range(2, most + 2):
        _width(sheet, column, _MONTH)
    for grid in paper.calendars:
        top = _calendar(sheet, grid, top) + 2
    if not paper.calendars:
        _write(sheet, top, 1, "所选范围内没有按月、季、年核对的事项。", _Style(centre=False))
    elif len(paper.calendars) == 1:
        sheet.freeze_panes = "B5"
        sheet.print_title_rows = "4:4"
    _print(sheet, paper, landscape=True, internal=False)


def _calendar(sheet: Worksheet, grid: MonthGrid, top: int) -> int:
    """Title, months, one row for every duty, the legend; gives the last row."""
    _write(sheet, top, 1, grid.title, _Style("head", centre=False, border=False))
    for column, text in enumerate(("事项", *grid.months), 1):
        _write(sheet, top + 1, column, text, _Style("head"))
    row = top + 1
    for duty in grid.rows:
        row += 1
        _write(sheet, row, 1, f"{duty.title}{f'（{duty.who}）' if duty.who else ''}", _Style(centre=False))
        column = 2
        for cell in duty.cells:
            _spread(sheet, row, column, cell)
            column += cell.span
        texts = [(cell.text, cell.span * _MONTH) for cell in duty.cells]
        sheet.row_dimensions[row].height = height_for([(duty.title + duty.who, _LABEL), *texts])
    words = [(mark.tone, f"{mark.short}：{mark.label}") for mark in grid.marks]
    return _legend(sheet, row + 1, words, "格内是记录的日子；按人、按对计的，数字是项数。")


def _spread(sheet: Worksheet, row: int, column: int, cell: GridCell) -> None:
    last = column + cell.span - 1
    for place in range(column, last + 1):
        _write(sheet, row, place, None, _Style(fill=cell.tone))
    put(sheet.cell(row, column), cell.text or None)
    if cell.span > 1:
        sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=last)


def _legend(sheet: Worksheet, row: int, words: Sequence[tuple[str, str]], rest: str) -> int:
    """One line a mark, in its colour; gives the last row."""
    _write(sheet, row, 1, "图例　" + rest, _Style(centre=False, border=False, wrap=False))
    for tone, word in words:
        row += 1
        _write(sheet, row, 1, word, _Style(centre=False, fill=tone))
    return row


def _talks(sheet: Worksheet, paper: CheckPaper) -> None:
    most = max((len(grid.duties) + len(grid.people) for grid in paper.talks), default=0)
    pages = max(1, -(-most // _PEOPLE_A_PAGE))
    across = most // pages + (pages == 1)  # of the first page: a title that crosses its edge is cut in two
    top = _head(sheet, paper, "谈心谈话覆盖情况表", max(1, across))
    _width(sheet, 1, 22)
    for column in range(2, most + 2):
        _width(sheet, column, _PERSON)
    for grid in paper.talks:
        top = _talk(sheet, grid, top) + 2
    if not paper.talks:
        _write(sheet, top, 1, "所选范围内没有谈心谈话的核对项。", _Style(centre=False))
    elif len(paper.talks) == 1:
        sheet.freeze_panes = "B5"
        sheet.print_title_rows, sheet.print_title_cols = "4:4", "A:A"
    _print(sheet, paper, landscape=True, pages=pages)


def _talk(sheet: Worksheet, grid: TalkGrid, top: int) -> int:
    _write(sheet, top, 1, grid.title, _Style("head", centre=False, border=False))
    names = [f"{person.name}\n{person.id}" for person in grid.people]
    columns = 1 + len(grid.duties) + len(names)
    for column, text in enumerate(("姓名", *(duty.letter for duty in grid.duties), *names), 1):
        _write(sheet, top + 1, column, text, _Style("head"))
    sheet.row_dimensions[top + 1].height = row_height(sheet, top + 1, columns)
    row = top + 1
    for line in grid.rows:
        row += 1
        person = line.person
        _write(
            sheet,
            row,
            1,
            " ".join(filter(None, (person.id, person.name, person.posts))),
            _Style(centre=False),
        )
        _cells(sheet, row, (*line.duties, *line.cells))
        sheet.row_dimensions[row].height = row_height(sheet, row, columns)
    words = [(mark.tone, f"{mark.short}：{mark.label}") for mark in grid.marks]
    row = _legend(sheet, row + 1, words, "3.13：3月13日一对一谈过；2次：谈过两次。")
    for text in (*(f"{duty.letter}：{duty.title}" for duty in grid.duties), *grid.notes):
        row += 1
        _write(sheet, row, 1, text, _Style(centre=False, border=False, wrap=False))
    return row


def _cells(sheet: Worksheet, row: int, cells: Iterable[TalkCell]) -> None:
    for column, cell in enumerate(cells, 2):
        _write(sheet, row, column, cell.text, _Style(fill=cell.tone))


def _head(sheet: Worksheet, paper: CheckPaper, title: str, columns: int, *, internal: bool = True) -> int:
    """Title and scope over the whole width; gives the row of the headings."""
    for row, text, font in ((1, f"{paper.branch}{title}", "title"), (2, _scope(paper), "body")):
        words = text if internal else text.replace(paper.internal or "\0", "").rstrip("　")
        _write(sheet, row, 1, words, _Style(font, centre=row == 1, border=False))
        if columns > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 36, 24
    return 3


def _width(sheet: Worksheet, column: int, width: float) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.column_dimensions[get_column_letter(column)].width = width


def _write(sheet: Worksheet, row: int, column: int, value: Any, style: _Style) -> None:
    """A value with its looks; a text stays a text, whatever it begins with."""
    cell = sheet.cell(row, column)
    put(cell, None if value == "" else value)
    name = style.name
    try:
        cell.style = name
    except ValueError:  # the book has not met it yet
        cell.style = _named(name, style)


def _named(name: str, style: _Style) -> NamedStyle:
    """The looks under a name: a book of thousands of cells holds them once."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side  # noqa: PLC0415

    fonts = {"title": ("方正小标宋简体", 18), "head": ("黑体", 11), "body": ("仿宋_GB2312", 11)}
    font, size = fonts[style.font]
    fill = PatternFill("solid", fgColor=FILLS[style.fill]) if style.fill in FILLS else PatternFill()
    return NamedStyle(
        name,
        font=Font(name=font, size=size),
        alignment=Alignment(
            horizontal="center" if style.centre else "left", vertical="center", wrap_text=style.wrap
        ),
        border=Border(*(Side(style="thin"),) * 4) if style.border else Border(),
        fill=fill,
        number_format="yyyy-mm-dd" if style.day else "General",
    )


def _print(
    sheet: Worksheet, paper: CheckPaper, *, landscape: bool, internal: bool = True, pages: int = 1
) -> None:
    """A4, as wide as the sheet, numbered; what names members says so on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    sheet.page_setup.paperSize = "9"
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "— &P —"
    if sheet.oddHeader is not None and internal and paper.internal:
        sheet.oddHeader.right.text = paper.internal
