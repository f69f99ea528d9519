"""Workbooks as other people's programs save them: fonts within a cell, heights, heads of pages, numbers."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles.colors import Color
from openpyxl.worksheet.datavalidation import DataValidation
from openxml_audit import OpenXmlValidator, ValidationSeverity

from zhibu_cli.errors import PaperError
from zhibu_cli.report import workbook
from zhibu_cli.report.views import View

if TYPE_CHECKING:
    from pathlib import Path

RED = InlineFont(b=True, color=Color("FFFF0000"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sitting with what it is called and how many came."""

    id: str
    day: date
    theme: str
    present: str
    present_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(View):
    """A paper of a list."""

    title: str
    rows: tuple[Line, ...]
    empty: str = "未见记录"


def listed(theme: str = "重温誓词", title: str = "表 & 名") -> Listed:
    first = Line(id="S1", day=date(2026, 7, 1), theme=theme, present="9", present_number=9)
    second = Line(id="S2", day=date(2026, 8, 3), theme="讨论", present="〔待补：实到〕", present_number=None)
    return Listed(title=title, rows=(first, second))


def filled(book: openpyxl.Workbook, folder: Path, view: Listed) -> openpyxl.Workbook:
    book.save(folder / "own.xlsx")
    return openpyxl.load_workbook(io.BytesIO(workbook.render(view, folder / "own.xlsx")), rich_text=True)


def test_a_field_in_a_text_of_several_fonts_is_filled_and_the_fonts_stay(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = CellRichText("名称：", TextBlock(RED, "{{ title }}"), "（盖章）")
    sheet["A2"] = CellRichText("共", TextBlock(RED, "{{ rows."), "theme }}")
    made = filled(book, tmp_path, listed()).worksheets[0]
    first = made["A1"].value
    assert [str(part) for part in first] == ["名称：", "表 & 名", "（盖章）"]
    assert (first[1].font.b, first[1].font.color.rgb) == (True, "FFFF0000")
    assert [made["A2"].value, made["A3"].value] == ["共重温誓词", "共讨论"]  # a field in two fonts: one font


def test_a_text_of_several_fonts_is_what_the_schemas_say(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    mixed = InlineFont(rFont="仿宋", charset=134, b=True, sz=11, color=Color("FFFF0000"), u="single")
    book.worksheets[0]["A1"] = CellRichText("名称：", TextBlock(mixed, "{{ title }}"))
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "made.xlsx").write_bytes(workbook.render(listed(), tmp_path / "own.xlsx"))
    errors = OpenXmlValidator().validate(tmp_path / "made.xlsx").errors
    assert [str(error) for error in errors if error.severity is ValidationSeverity.ERROR] == []


def test_hostile_text_in_a_text_of_several_fonts_stays_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = CellRichText(TextBlock(RED, "{{ title }}"))
    hostile = '=HYPERLINK("http://x")<script>{{ 7*7 }}'
    cell = filled(book, tmp_path, listed(title=hostile)).worksheets[0]["A1"]
    assert (str(cell.value), cell.data_type) == (hostile, "s")


def test_a_count_beside_its_text_adds_up(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["{{ rows.present }}", "{{ rows.present }}人"])
    made = filled(book, tmp_path, listed()).worksheets[0]
    assert [made["A1"].value, made["B1"].value, made["A2"].value] == [9, "9人", "〔待补：实到〕"]


def test_heads_and_feet_of_pages_are_filled_with_text_as_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "x"
    assert sheet.oddHeader is not None and sheet.oddFooter is not None  # noqa: PT018
    sheet.oddHeader.left.text = "{{ title }}"
    sheet.oddFooter.center.text = "第&P页"
    filled(book, tmp_path, listed())
    data = workbook.render(listed(), tmp_path / "own.xlsx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        whole = unescape(archive.read("xl/worksheets/sheet1.xml").decode())
    assert "<oddHeader>&L表 && 名</oddHeader>" in whole  # one & begins an order to Excel
    assert "<oddFooter>&C第&P页</oddFooter>" in whole


def test_a_height_that_the_program_found_itself_does_not_cut_what_is_filled_in(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (1, 2, 3):
        sheet.cell(row, 1, ["题", "{{ rows.theme }}", "尾"][row - 1])
        sheet.row_dimensions[row].height = 15
    sheet["B2"] = "{{ rows.present }}"
    book.save(tmp_path / "old.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "old.xlsx") as old,
        zipfile.ZipFile(tmp_path / "own.xlsx", "w") as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):  # as LibreOffice and WPS write it
                data = re.sub(rb'(<row r="2"[^>]*) customHeight="1"', rb'\1 customHeight="false"', data)
                assert b'customHeight="false"' in data
            new.writestr(name, data)
    view = listed(theme="长" * 40)
    made = openpyxl.load_workbook(io.BytesIO(workbook.render(view, tmp_path / "own.xlsx"))).worksheets[0]
    assert made.row_dimensions[1].height == 15
    assert made.row_dimensions[2].height == 6 + 16 * 10  # 40 Han, four in a width of 8.43
    assert made["A2"].alignment.wrap_text
    assert made.row_dimensions[4].height == 15


@pytest.mark.parametrize(
    ("own", "theme", "height"), [(18, "短", 18), (30, "长" * 40, 166), (170, "长" * 40, 170)]
)
def test_a_height_that_somebody_set_stays_unless_it_would_cut_the_text(
    tmp_path: Path, own: int, theme: str, height: int
) -> None:
    book = openpyxl.Workbook()  # 40 Han, four a line: 10 lines, 130 points of the smallest letters
    book.worksheets[0]["A1"] = "{{ rows.theme }}"
    book.worksheets[0].row_dimensions[1].height = own
    made = filled(book, tmp_path, listed(theme=theme)).worksheets[0]
    assert made.row_dimensions[1].height == height


def test_a_text_in_merged_cells_of_a_list_takes_as_many_lines_as_their_width_asks(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["C1"] = "{{ rows.theme }}", "{{ rows.present }}"
    sheet.merge_cells("A1:B1")
    for letter in "AB":
        sheet.column_dimensions[letter].width = 10.5
    made = filled(book, tmp_path, listed(theme="长" * 38)).worksheets[0]
    assert made["A1"].alignment.wrap_text
    assert made.row_dimensions[1].height == 6 + 16 * 5  # 38 Han, nine in 95% of 21 columns


def test_a_day_in_a_narrow_column_is_set_smaller_and_no_column_gets_wider(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{ rows.day }}"
    made = filled(book, tmp_path, listed()).worksheets[0]
    assert made["A1"].alignment.shrink_to_fit
    assert not made.column_dimensions


def test_a_text_that_no_cell_holds_says_under_which_number_the_whole_stands(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{ rows.theme }}"
    made = filled(book, tmp_path, listed(theme="𠮷" * 20_000)).worksheets[0]  # each counts twice in Excel
    *pieces, second = (cell.value for cell in made["A"])
    text = "".join(pieces)
    assert text.endswith("𠮷……（一格放不下，全文见S1）")
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert second == "讨论"


def test_what_stands_on_a_chart_sheet_of_its_own_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["{{ rows.theme }}", "{{ rows.present }}"])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=1))
    book.create_chartsheet("图").add_chart(chart)
    with pytest.raises(PaperError, match="图表工作表“图”：里面的图不会跟着移动"):
        filled(book, tmp_path, listed())


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("xl/ctrlProps/ctrlProp1.xml", b"<x/>", "按钮一类的控件"),
        ("xl/slicers/slicer1.xml", b"<x/>", "切片器"),
        ("xl/worksheets/sheet9.xml", b"<x14:sparklineGroup >", "迷你图"),
        ("xl/worksheets/sheet9.xml", b"<x14:dataValidation >", "引用别的工作表的下拉"),
    ],
)
def test_what_would_be_lost_is_told(tmp_path: Path, part: str, content: bytes, told: str) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{ title }}"
    book.save(tmp_path / "own.xlsx")
    with zipfile.ZipFile(tmp_path / "own.xlsx", "a") as archive:
        archive.writestr(part, content)
    with pytest.raises(PaperError, match=f"里有{told}，填表时保不住"):
        workbook.render(listed(), tmp_path / "own.xlsx")


def test_areas_down_to_the_last_row_of_excel_stay_where_they_end(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "{{ rows.theme }}"
    choice = DataValidation(type="list", formula1='"甲,乙"')
    choice.add("B1:B1048576")
    sheet.add_data_validation(choice)
    sheet.conditional_formatting.add("A1:XFD1048576", CellIsRule(operator="equal", formula=["1"]))  # type: ignore[no-untyped-call]
    made = filled(book, tmp_path, listed()).worksheets[0]
    assert [str(one.sqref) for one in made.data_validations.dataValidation] == ["B1:B1048576"]
    assert [str(one.sqref) for one in made.conditional_formatting] == ["A1:XFD1048576"]


def test_a_book_without_a_sheet_to_be_seen_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as old,
        zipfile.ZipFile(tmp_path / "own.xlsx", "w") as new,
    ):
        for name in old.namelist():
            if "sheet1" not in name:
                new.writestr(name, old.read(name))
    with pytest.raises(PaperError, match="打不开"):
        workbook.render(listed(), tmp_path / "own.xlsx")
