"""The blank workbook: what import makes of it untouched and filled in, and what it offers."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.exchange.batch import read_batch
from zhibu_cli.exchange.form import Blank, form_bytes
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

MANY = tuple(f"欧阳示{number:02}" for number in range(1, 61))
"""60 names of five characters with commas between them are longer than 255."""


def book(blank: Blank | None = None) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(form_bytes(CATALOGUE, blank or Blank())))


@cache
def usual() -> Any:
    """The workbook without any wish, to look at only."""
    return book()


def choices(sheet: Any, header: str) -> list[tuple[str, bool]]:
    column = next(cell.column_letter for cell in sheet[1] if cell.value == header)
    return [
        (rule.formula1, rule.showErrorMessage)
        for rule in sheet.data_validations.dataValidation
        if str(rule.sqref) == f"{column}2:{column}5000"
    ]


def test_every_register_has_a_sheet_with_its_canonical_headers() -> None:
    made = usual()
    for register in CATALOGUE.registers:
        sheet = made[register.title]
        if register.name != "branch":
            headers = [cell.value for cell in sheet[1]]
            assert [one for one in headers if one != "编号"] == [field.label for field in register.fields]


def test_the_untouched_form_gives_no_row_and_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    path.write_bytes(form_bytes(CATALOGUE, Blank(people=MANY)))
    batch = read_batch([path], CATALOGUE)
    assert batch.drafts == ()
    assert batch.problems == ()
    told = "\n".join(batch.notes)
    assert "工作表“填写说明”供查看，不导入" in told
    assert "工作表“组织生活”第2行是示例，未导入" in told


def test_every_example_would_be_read_if_it_were_no_example(tmp_path: Path) -> None:
    """With something of the user's own in the first cell each example is one row without a problem."""
    own = {
        "民主评议": 2025,
        "述职评议": 2025,
        "整改清单": "检查",
        "年度计划": 2026,
        "放假安排": "2026-10-01",
        "情况说明": "甲",
    }
    made = book()
    for sheet in made.worksheets[2:]:  # 填写说明 and 支部信息 have no example
        if sheet.title == "下拉名单":
            continue
        first = sheet["A1"].value
        same = {"编号": "甲1", "组织生活编号": "甲1"}.get(first, "张三")
        sheet["A2"] = own.get(sheet.title, same)
    path = tmp_path / "例.xlsx"
    made.save(path)
    batch = read_batch([path], CATALOGUE)
    assert batch.problems == ()
    assert len(batch.drafts) == len(CATALOGUE.registers) - 1
    sitting = next(draft for draft in batch.drafts if draft.register.name == "sitting")
    assert sitting.payload["votes"][0]["in_favour"] == 11


def test_a_filled_form_comes_back_as_the_records_that_were_written(tmp_path: Path) -> None:
    made = book()
    sheet = made["组织生活"]
    headers = [cell.value for cell in sheet[1]]
    typed = {
        "类型": "党课",
        "日期": date(2026, 11, 20),
        "主讲人": "李四",
        "应到": 3,
        "出席人员": "张三、李四",
        "缺席人员及原因": "王五（病假；会前请假）",
    }
    for label, value in typed.items():
        sheet.cell(row=3, column=headers.index(label) + 1).value = value
    path = tmp_path / "填好.xlsx"
    made.save(path)
    batch = read_batch([path], CATALOGUE)
    assert batch.problems == ()
    assert [dict(draft.payload) for draft in batch.drafts] == [
        {
            "kinds": ["lecture"],
            "date": "2026-11-20",
            "lecturer": "李四",
            "expected": 3,
            "attendees": ["张三", "李四"],
            "absentees": [{"who": "王五", "reason": "病假", "leave": True}],
        }
    ]


@pytest.mark.parametrize(
    ("sheet", "header", "red"),
    [("党员名册", "姓名", True), ("党员名册", "性别", False), ("表决", "组织生活编号", True)],
)
def test_what_has_to_be_filled_in_is_red(sheet: str, header: str, red: bool) -> None:
    cell = next(cell for cell in usual()[sheet][1] if cell.value == header)
    assert (cell.font.color is not None and cell.font.color.rgb == "FFC00000") is red


def test_a_header_says_what_belongs_below_it() -> None:
    head = {cell.value: cell for cell in usual()["组织生活"][1]}
    assert head["日期"].comment.text == "必填。召开的日期。写作 2026-03-05 或 2026年3月5日。"
    assert "张三（病假；会前请假）" in head["缺席人员及原因"].comment.text


def test_cells_are_of_the_form_that_belongs_into_them() -> None:
    """A month typed into a cell for days would become the first of the month: that cell takes text."""
    sheet = usual()["党员名册"]
    columns = {cell.value: cell.column_letter for cell in sheet[1]}
    form = {label: sheet.column_dimensions[name].number_format for label, name in columns.items()}
    assert form["入党时间"] == "yyyy-mm-dd"
    assert form["出生日期"] == "@"
    assert form["身份证号"] == "@"


def test_few_names_stand_in_the_drop_down_itself_and_others_may_be_typed() -> None:
    made = book(Blank(people=("张三", "李四"), groups=("第一党小组",)))
    assert choices(made["组织生活"], "主持人") == [('"张三,李四"', False)]
    assert choices(made["组织生活"], "党小组") == [('"第一党小组"', False)]
    assert choices(made["党员名册"], "党员类别") == [('"正式,预备"', True)]
    assert "下拉名单" not in made.sheetnames


def test_many_names_stand_in_a_hidden_sheet_under_a_name() -> None:
    made = book(Blank(people=MANY))
    assert choices(made["组织生活"], "主持人") == [("zhibu_list_1", False)]
    assert made.defined_names["zhibu_list_1"].attr_text == "'下拉名单'!$A$1:$A$60"
    hidden = made["下拉名单"]
    assert hidden.sheet_state == "hidden"
    assert [hidden["A1"].value, hidden["A60"].value] == ["欧阳示01", "欧阳示60"]


def test_without_members_there_is_no_drop_down_of_names() -> None:
    assert choices(usual()["组织生活"], "主持人") == []


def test_the_example_shows_the_kind_that_was_asked_for() -> None:
    sheet = book(Blank(kind="lecture"))["组织生活"]
    assert [sheet["A2"].value, sheet["B2"].value] == ["示例", "党课"]


def test_the_same_wish_gives_the_same_bytes() -> None:
    assert form_bytes(CATALOGUE, Blank(people=MANY)) == form_bytes(CATALOGUE, Blank(people=MANY))
