"""What formulas come to, and that the file says so to viewers that do not reckon."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference, Series

from zhibu_cli.report.cached import saved
from zhibu_cli.report.formulas import results


def sheet_with(formula: str) -> Workbook:
    """A1:A4 = 3, 5, 未, empty; B1:B4 = 4, 0, 0.5, a day; C1 = the formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表"
    given: dict[str, Any] = {"A1": 3, "A2": 5, "A3": "未", "B1": 4, "B2": 0, "B3": 0.5, "C1": formula}
    for place, value in {**given, "B4": date(2026, 3, 5)}.items():
        sheet[place] = value
    return book


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("=SUM(A1:A4)", 8),
        ("=COUNT(A1:A4)", 2),
        ("=COUNTA(A1:A4)", 3),
        ('=COUNTIF(A1:A4,"未")', 1),
        ('=COUNTIF(A1:A4,">0")', 2),
        ('=COUNTIF(A1:A4,">3")', 1),
        ('=SUMIFS(A1:A3,B1:B3,">=0")', 8),
        ('=SUMIFS(B1:B3,A1:A3,">=0")', 4),  # not the row with a text
        ('=SUMIFS(B1:B3,A1:A3,">=0",B1:B3,">0")', 4),
        ('=SUMIFS(B1:B3,A1:A3,"未")', 0.5),
        ("=AVERAGE(A1:A2)", 4),
        ("=A1+A2*2", 13),
        ("=(A1+A2)*2", 16),
        ("=-A1+10", 7),
        ("=A1/B1", 0.75),
        ('=IF(B2=0,"",A1/B2)', ""),
        ('=IF(COUNT(A1:A4)=0,"",SUM(A1:A4))', 8),
        ('=IFERROR(A1/B2,"—")', "—"),
        ('=A1&"次"', "3次"),
        ("=SUM($A$1:$A$2)", 8),
        ("=SUM('表'!A1:A2)", 8),
        ("=50%*A1", 1.5),
        ("=IF(A3>1000,1,2)", 1),  # a text is more than any number
        ("=B4", 46086),  # 5 March 2026, as a serial number
    ],
)
def test_a_formula_comes_to_what_excel_makes_of_it(formula: str, result: Any) -> None:
    assert results(sheet_with(formula))["表", "C1"] == result


@pytest.mark.parametrize(
    "formula",
    [
        "=A1/B2",
        "=A3+1",
        "=VLOOKUP(A1,A1:B4,2)",
        "=SUM(没有!A1:A2)",
        "=C1+1",
        "=A1+",
        "=SUM(A1",
        "={1}",
        "=A1:A2",
    ],
)
def test_what_cannot_be_worked_out_is_left_to_excel(formula: str) -> None:
    book = sheet_with(formula)
    assert ("表", "C1") not in results(book)
    read = openpyxl.load_workbook(io.BytesIO(saved(book)), data_only=True)
    assert read["表"]["C1"].value is None


def test_a_formula_may_ask_another_one() -> None:
    book = sheet_with("=D1*2")
    book["表"]["D1"] = "=SUM(A1:A2)"
    assert results(book) == {("表", "C1"): 16, ("表", "D1"): 8}


def test_the_file_holds_formula_and_result() -> None:
    data = saved(sheet_with('=IF(A1>A2,"多","少 & 等")'))
    assert openpyxl.load_workbook(io.BytesIO(data))["表"]["C1"].value == '=IF(A1>A2,"多","少 & 等")'
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]["C1"].value == "少 & 等"


def test_excel_is_asked_to_reckon_again() -> None:
    read = openpyxl.load_workbook(io.BytesIO(saved(sheet_with("=SUM(A1:A4)"))))
    assert read.calculation.fullCalcOnLoad


def test_a_chart_carries_the_points_it_shows() -> None:
    book = sheet_with("=A1*2")
    sheet = book["表"]
    sheet["C2"] = "=A2*2"
    chart = BarChart()
    chart.append(Series(Reference(sheet, min_col=3, min_row=1, max_row=2), title="次数"))
    chart.set_categories(Reference(sheet, min_col=1, min_row=1, max_row=2))
    sheet.add_chart(chart)
    read = openpyxl.load_workbook(io.BytesIO(saved(book)))
    drawn: Any = read["表"]
    (series,) = drawn._charts[0].ser
    assert [point.v for point in series.val.numRef.numCache.pt] == [6, 10]


def test_a_workbook_with_no_end_of_cells_costs_no_end_of_time() -> None:
    book = sheet_with("=SUM(A1:ZZ1000000)")
    assert ("表", "C1") not in results(book)
