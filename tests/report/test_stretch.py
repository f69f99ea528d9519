"""Rows that repeat: three sittings in a template of one row, and what refers to them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from zhibu_cli.errors import PaperError
from zhibu_cli.report import workbook
from zhibu_cli.report.references import reference
from zhibu_cli.report.stretch import Stretch
from zhibu_cli.report.views import View

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Somebody with a number."""

    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(View):
    """A paper of a list and notes."""

    title: str
    rows: tuple[Line, ...]
    notes: tuple[str, ...]
    empty: str = "未见记录"


THREE = Listed(
    title="表",
    rows=(Line(name="张一", number=4), Line(name="王二", number=5), Line(name="李三", number=6)),
    notes=(),
)


def template(folder: Path) -> openpyxl.Workbook:
    """Row 1 title over A:C, 2 heads, 3 repeats, 4 sums, 5 notes over A:C, 6 below all."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    for row in (
        ["{{ title }}"],
        ["姓名", "数", "两倍"],
        ["{{ rows.name }}", "{{ rows.number }}", "=B3*2"],
        ["合计", "=SUM(B3:B3)", "=SUM(C3:C3)/B4"],
        ["{{ notes }}"],
        ["末行", "=B4"],
    ):
        sheet.append(row)
    for number in (1, 5):
        sheet.merge_cells(f"A{number}:C{number}")
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.row_dimensions[6].height = 33
    sheet.auto_filter.ref = "A2:C3"
    choice = DataValidation(type="list", formula1='"1,2"', sqref="B3")
    sheet.add_data_validation(choice)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=3), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=3, max_row=3))
    sheet.add_chart(chart, "A8")
    other = book.create_sheet("汇总")
    other["A1"] = "=SUM(表!B3:B3)"
    other["A2"] = "=表!B6"
    book.save(folder / "own.xlsx")
    return book


def filled(folder: Path, view: Listed) -> openpyxl.Workbook:
    template(folder)
    return openpyxl.load_workbook(io.BytesIO(workbook.render(view, folder / "own.xlsx")))


def cells(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_row_stands_once_for_every_item_and_formulas_follow(tmp_path: Path) -> None:
    book = filled(tmp_path, THREE)
    assert cells(book["表"]) == [
        ["表", None, None],
        ["姓名", "数", "两倍"],
        ["张一", 4, "=B3*2"],
        ["王二", 5, "=B4*2"],
        ["李三", 6, "=B5*2"],
        ["合计", "=SUM(B3:B5)", "=SUM(C3:C5)/B6"],
        ["末行", "=B6", None],
    ]
    assert cells(book["汇总"]) == [["=SUM(表!B3:B5)"], ["=表!B7"]]


def test_looks_heights_filters_and_choices_follow(tmp_path: Path) -> None:
    sheet = filled(tmp_path, THREE)["表"]
    assert [sheet[f"B{row}"].fill.fgColor.rgb for row in (3, 4, 5)] == ["00FFFF00"] * 3
    assert sheet.row_dimensions[7].height == 33
    assert sheet.auto_filter.ref == "A2:C5"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["B3:B5"]


def test_a_chart_shows_every_copy_and_stays_below(tmp_path: Path) -> None:
    (chart,) = filled(tmp_path, THREE)["表"]._charts  # type: ignore[attr-defined]
    (series,) = chart.ser
    assert series.val.numRef.f == "'表'!$B$3:$B$5"
    assert series.cat.numRef.f == "'表'!$A$3:$A$5"
    assert chart.anchor._from.row == 8  # A8 counted from nought is 7; two rows came, the notes went


def test_words_in_a_list_take_a_line_each_merged_as_the_one_was(tmp_path: Path) -> None:
    view = Listed(title="表", rows=THREE.rows[:1], notes=("甲", "乙"))
    sheet = filled(tmp_path, view)["表"]
    assert [row[0] for row in cells(sheet)][3:] == ["合计", "甲", "乙", "末行"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:C1", "A5:C5", "A6:C6"]


def test_a_list_without_items_keeps_one_row_that_says_so(tmp_path: Path) -> None:
    sheet = filled(tmp_path, Listed(title="表", rows=(), notes=()))["表"]
    assert [cell.value for cell in sheet[3]] == ["未见记录", None, None]  # nothing to reckon with
    assert "A3:C3" in map(str, sheet.merged_cells.ranges)
    assert sheet["B4"].value == "=SUM(B3:B3)"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("B2", "B2"),
        ("$B$3:$B$3", "$B$3:$B$6"),
        ("B1:B9", "B1:B12"),
        ("B4", "B7"),
        ("表!B4", "表!B7"),
        ("'别的 表'!B4", "'别的 表'!B4"),
        ("B:B", "B:B"),
        ("SUM", "SUM"),
        ("4:9", "7:12"),
        ("$3:$3", "$3:$6"),
    ],
)
def test_references_move_by_the_copies_above_them(old: str, new: str) -> None:
    # row 3 stands four times: row 4 becomes row 7, row 9 becomes row 12
    assert reference(old, "表", {"表": Stretch({3: 4}, 9)}) == new


def test_names_print_area_choices_conditions_and_hidden_rows_follow(tmp_path: Path) -> None:
    book = template(tmp_path)
    sheet = book["表"]
    sheet["F4"], sheet["F5"] = "是", "否"
    sheet["A5"] = None  # the notes: rows below move by two
    sheet.add_data_validation(DataValidation(type="list", formula1="$F$4:$F$5", sqref="C4"))
    sheet.conditional_formatting.add("A4:C4", FormulaRule(formula=["$B$4>10"]))  # type: ignore[no-untyped-call]
    sheet.print_area = "A1:C6"
    sheet.row_dimensions[6].hidden = True
    book.defined_names["合计"] = DefinedName("合计", attr_text="表!$B$4")
    book.save(tmp_path / "own.xlsx")
    filled_book = openpyxl.load_workbook(io.BytesIO(workbook.render(THREE, tmp_path / "own.xlsx")))
    done = filled_book["表"]
    assert [one.formula1 for one in done.data_validations.dataValidation] == ['"1,2"', "$F$6:$F$7"]
    assert [(str(e.sqref), e.rules[0].formula) for e in done.conditional_formatting] == [
        ("A6:C6", ["$B$6>10"])
    ]
    assert done.print_area == "'表'!$A$1:$C$8"
    assert done.row_dimensions[8].hidden
    assert filled_book.defined_names["合计"].attr_text == "表!$B$6"


def test_a_picture_is_told_and_not_dropped(tmp_path: Path) -> None:
    template(tmp_path)
    pictured = tmp_path / "pictured.xlsx"
    with zipfile.ZipFile(tmp_path / "own.xlsx") as old, zipfile.ZipFile(pictured, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/media/image1.png", b"\x89PNG")
    with pytest.raises(PaperError, match="里有图片或文本框，填表时保不住"):
        workbook.render(THREE, pictured)


def test_a_cell_far_away_is_told_before_anything_is_walked_through(tmp_path: Path) -> None:
    book = template(tmp_path)
    book["表"]["XFD1048576"] = "x"
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(PaperError, match="第1048576行第16384列，太大"):
        workbook.opened(tmp_path / "own.xlsx")


def test_what_rows_hold_beside_their_cells_goes_with_them(tmp_path: Path) -> None:
    book = template(tmp_path)
    sheet = book["表"]
    sheet["A5"] = None  # the notes: rows below move by two
    sheet.row_dimensions[4].outlineLevel = 1
    sheet.row_breaks.append(Break(id=4))
    sheet.freeze_panes = "A3"
    sheet["A6"].hyperlink = Hyperlink(ref="A6", location="汇总!A1", display="去汇总")
    other = book["汇总"]
    other["B1"], other["B1"].hyperlink = "去合计", Hyperlink(ref="B1", location="'表'!A4")
    other["C1"] = "是"
    other.add_data_validation(DataValidation(type="list", formula1="表!$A$4:$A$6", sqref="C1"))
    other.conditional_formatting.add("C1", FormulaRule(formula=["表!$B$4>10"]))  # type: ignore[no-untyped-call]
    other["D1"] = ArrayFormula("D1:D1", "=SUM(表!B3:B3*表!C3:C3)")
    book.save(tmp_path / "own.xlsx")
    filled_book = openpyxl.load_workbook(io.BytesIO(workbook.render(THREE, tmp_path / "own.xlsx")))
    done, other = filled_book["表"], filled_book["汇总"]
    assert [row for row, one in done.row_dimensions.items() if one.outlineLevel] == [6]
    assert [one.id for one in done.row_breaks.brk] == [6]
    assert done.freeze_panes == "A3"
    assert done["A8"].hyperlink.location == "汇总!A1"
    assert other["B1"].hyperlink.location == "'表'!A6"
    assert other.data_validations.dataValidation[0].formula1 == "表!$A$6:$A$8"
    assert [e.rules[0].formula for e in other.conditional_formatting] == [["表!$B$6>10"]]
    assert (other["D1"].value.ref, other["D1"].value.text) == ("D1:D1", "=SUM(表!B3:B5*表!C3:C5)")


def test_a_table_object_grows_with_its_rows(tmp_path: Path) -> None:
    book = template(tmp_path)
    book["表"].auto_filter.ref = None
    book["表"].add_table(Table(displayName="名单", ref="A2:C3"))
    book.save(tmp_path / "own.xlsx")
    done = openpyxl.load_workbook(io.BytesIO(workbook.render(THREE, tmp_path / "own.xlsx")))["表"]
    assert [table.ref for table in done.tables.values()] == ["A2:C5"]


def test_all_that_cannot_be_moved_is_told_at_once(tmp_path: Path) -> None:
    book = template(tmp_path)
    book["表"]["C6"], book["汇总"]["A2"] = "=B3*2", '=INDIRECT("B4")'
    book["表"].merge_cells("D3:D4")
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(PaperError) as caught:
        workbook.render(THREE, tmp_path / "own.xlsx")
    assert caught.value.message.splitlines() == [
        "模板“own.xlsx”有3处问题：",
        "  1. 工作表“表”D3:D4：合并单元格从要重复的行起跨了几行，各条会盖在一起；请只在一行里合并",
        "  2. 工作表“表”C6：B3 在要重复的行里，不知道要的是哪一条；要合计请写 SUM(B3:B3)",
        "  3. 工作表“汇总”A2：函数 INDIRECT 里的位置不会跟着移动",
    ]
