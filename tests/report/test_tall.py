"""Rows with more text than Excel shows in one: the rest stands below, all of it and once."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
import pytest
from tests.report.factory import branch, many, members
from tests.report.test_table_papers import T, built

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import workbook
from zhibu_cli.report.tall import spread

SENTENCE = "每月末集中学习半天，由委员轮流领学。"
LONG = SENTENCE * 60
"""1,080 characters: some ninety lines of the column 措施, of which Excel shows two dozen."""


@cache
def listed() -> Any:
    """R1 has long measures, R2 short ones; their rows of the paper in Excel."""
    rows: list[dict[str, Any]] = [
        {"problem": "学习不够系统", "measures": LONG, "deadline": "2026-06-30"},
        {"problem": "谈话没有谈全", "measures": "逐月安排", "deadline": "2026-12-31"},
    ]
    told = [{"source": "inspection", "assessment_year": 2026, **row} for row in rows]
    ledger = build_ledger([branch(), *members(), *many("rectification", told)], CATALOGUE)
    filled = workbook.render(built("problems", ledger), T / "problems.xlsx")
    return openpyxl.load_workbook(io.BytesIO(filled)).worksheets[0]


def rows_of(sheet: Any, number: int) -> list[int]:
    """The rows from that of a number to the one above the next."""
    starts = [cell.row for cell in sheet["A"] if isinstance(cell.value, int)] + [sheet.max_row + 1]
    return list(range(starts[number - 1], starts[number]))


def test_all_of_a_long_text_stands_in_rows_that_excel_can_show() -> None:
    sheet = listed()
    rows = rows_of(sheet, 1)
    pieces = [sheet.cell(row, 5).value for row in rows]
    assert "".join(pieces) == LONG
    assert all(piece.endswith("。") for piece in pieces)
    assert all(sheet.row_dimensions[row].height < 409 for row in rows)


def test_what_is_short_stands_once_and_the_rows_look_like_one() -> None:
    sheet = listed()
    first, *below = rows_of(sheet, 1)
    assert [sheet.cell(first, column).value for column in (1, 4, 10)] == [1, "学习不够系统", "R1"]
    beside = (1, 2, 3, 4, 6, 7, 8, 9, 10)
    assert {sheet.cell(row, column).value for row in below for column in beside} == {None}
    assert sheet.cell(first, 1).border.top.style == "thin"
    assert not sheet.cell(first, 1).border.bottom
    assert not sheet.cell(below[-1], 1).border.top
    assert sheet.cell(below[-1], 1).border.bottom.style == "thin"


def test_what_stands_below_a_long_text_has_moved_down_whole() -> None:
    sheet = listed()
    (row,) = rows_of(sheet, 2)
    assert [sheet.cell(row, column).value for column in (1, 4, 5, 10)] == [
        2,
        "谈话没有谈全",
        "逐月安排",
        "R2",
    ]


def test_sums_below_reach_over_the_rows_that_were_added() -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.append([1, LONG, "=A1*2"])
    sheet.append([2, "短", "=A2*2"])
    sheet.append(["=SUM(A1:A2)", "", ""])
    assert spread(book, {sheet.title: [1]}) == []
    added = sheet.max_row - 3
    assert added > 3
    assert sheet.cell(3 + added, 1).value == f"=SUM(A1:A{2 + added})"
    assert [sheet.cell(row, 3).value for row in (1, 2, 2 + added)] == ["=A1*2", None, f"=A{2 + added}*2"]


@pytest.mark.parametrize("text", ["甲\n" * 40, "长" * 700, "甲乙。\n丙丁\n\n" * 30, "a" * 3000])
def test_only_the_breaks_at_which_a_text_is_cut_are_no_longer_in_it(text: str) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.append([text])
    sheet.column_dimensions["A"].width = 20
    spread(book, {sheet.title: [1]})
    pieces = [sheet.cell(row, 1).value or "" for row in range(1, sheet.max_row + 1)]
    assert len(pieces) > 1
    rest = text
    for piece in pieces:
        assert rest.startswith(piece)
        rest = rest.removeprefix(piece).removeprefix("\n") if "\n" in text else rest.removeprefix(piece)
    assert rest == ""
