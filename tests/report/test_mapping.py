"""A superior's own form, filled through a file that says what goes where."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.report.factory import findings, full_ledger, period

from zhibu_cli.errors import PaperError
from zhibu_cli.report import workbook
from zhibu_cli.report.mapping import read_filling
from zhibu_cli.report.quarter import build_quarter

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import QuarterView

AS_OF_FORM = """
[[cell]]
sheet = "统计"
at = "C5"
value = "{{ figures.members }}"

[[cell]]
sheet = "统计"
at = "A1"
value = "{{ branch }}"

[[rows]]
sheet = "明细"
from = 3
list = "sittings"
columns = { A = "day", C = "kinds" }
"""


@pytest.fixture(scope="module")
def view() -> QuarterView:
    ledger, day = full_ledger(), period().end
    return build_quarter(ledger, findings(), period(), day)


def form(folder: Path) -> Path:
    """统计: a head joined over A1:D2; 明细: heads in row 2, an empty row, 填表人 below."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "统计"
    first.merge_cells("A1:D2")
    first["B5"], first["C5"] = "党员总数", None
    listed = book.create_sheet("明细")
    for column, head in zip("ABC", ("日期", "备注", "类型"), strict=True):
        listed[f"{column}2"] = head
    listed["A4"] = "填表人："
    book.save(folder / "上级表.xlsx")
    return folder / "上级表.xlsx"


def filled(folder: Path, view: QuarterView, words: str) -> openpyxl.Workbook:
    (folder / "对照.toml").write_text(words, encoding="utf-8")
    data = workbook.render(view, form(folder), read_filling(folder / "对照.toml"))
    return openpyxl.load_workbook(io.BytesIO(data))


def column(sheet: Any, letter: str) -> list[Any]:
    return [sheet[f"{letter}{row}"].value for row in range(1, sheet.max_row + 1)]


def test_cells_and_rows_are_filled_and_what_stood_below_stays_below(
    tmp_path: Path, view: QuarterView
) -> None:
    book = filled(tmp_path, view, AS_OF_FORM)
    assert book["统计"]["A1"].value == "市数据局机关第一党支部"
    assert book["统计"]["C5"].value == 10
    assert [kinds for kinds in column(book["明细"], "C") if kinds] == [
        "类型",
        *(s.kinds for s in view.sittings),
    ]
    assert column(book["明细"], "A")[-1] == "填表人："
    assert book["明细"].max_row == 3 + len(view.sittings)


def test_rows_that_the_form_has_are_used_without_moving_anything(tmp_path: Path, view: QuarterView) -> None:
    words = AS_OF_FORM.replace("from = 3\n", "from = 6\nto = 60\n")
    sheet = filled(tmp_path, view, words)["明细"]
    assert sheet["A4"].value == "填表人："
    assert [sheet[f"C{row}"].value for row in range(6, 6 + len(view.sittings))] == [
        s.kinds for s in view.sittings
    ]


def test_more_items_than_rows_are_told(tmp_path: Path, view: QuarterView) -> None:
    words = AS_OF_FORM.replace("from = 3\n", "from = 6\nto = 6\n")
    with pytest.raises(PaperError, match=rf"第6到6行放不下{len(view.sittings)}项"):
        filled(tmp_path, view, words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("cell = 3", r"\[\[cell\]\]"),
        ("[[cell]]\nat = 'C'\nvalue = 'x'", "at 写成 C5"),
        ("[[cell]]\nat = 'C5'", "没有写 value"),
        ("[[cell]]\nat = 5\nvalue = 'x'", "“at”写的不是文字"),
        ("[[cell]]\nat = 'C5'\nvalue = 'x'\ncolour = '红'", "不认识“colour”"),
        ("[[rows]]\nfrom = 0\nlist = 'sittings'\ncolumns = { A = 'day' }", "第几行"),
        ("[[rows]]\nfrom = 5\nto = 4\nlist = 'sittings'\ncolumns = { A = 'day' }", "不小于"),
        ("[[rows]]\nfrom = 5\nlist = 'sittings'\ncolumns = {}", "columns 写成"),
        ("[[table]]\nfrom = 5", "不认识“table”"),
        ("", "一格也没有写"),
        ("= 5", "读不出来"),
    ],
)
def test_a_wrong_file_is_told_in_words(tmp_path: Path, words: str, told: str) -> None:
    path = tmp_path / "对照.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(PaperError, match=told):
        read_filling(path)


def test_every_cell_that_does_not_fit_the_form_is_named_at_once(tmp_path: Path, view: QuarterView) -> None:
    words = AS_OF_FORM.replace('"C5"', '"B2"').replace('sheet = "明细"', 'sheet = "名单"')
    with pytest.raises(PaperError) as caught:
        filled(tmp_path, view, words)
    assert "B2 在合并单元格里，请写左上角的 A1" in caught.value.message
    assert "没有工作表“名单”，有：统计、明细" in caught.value.message


def test_a_cell_is_written_once_else_one_of_two_figures_would_be_lost(
    tmp_path: Path, view: QuarterView
) -> None:
    again = '\n[[cell]]\nsheet = "统计"\nat = "$c$5"\nvalue = "{{ figures.full }}"\n'
    mapped = tmp_path / "填表对照.toml"
    mapped.write_text(AS_OF_FORM + again, encoding="utf-8")
    with pytest.raises(PaperError) as refused:
        workbook.render(view, form(tmp_path), read_filling(mapped))
    assert "第3个[[cell]]：工作表“统计”C5 在第1个[[cell]]里写过了，一格只写一次" in str(refused.value)
