"""What is taken in, what is refused, and what a refusal leaves untouched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
CLEAN = HERE.parents[1] / "sample_data" / "2024.xlsx"
MESSY = HERE / "messy" / "2024年台账.xlsx"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def exported(zhibu: Callable[..., Any], db: Path, to: Path) -> Any:
    zhibu("export", "-o", to, "--full", "--db", db)
    tables = json.loads(to.read_text(encoding="utf-8"))
    return {name: table for name, table in tables.items() if name not in {"ledger_id", "附加"}}


def test_the_workbook_nobody_prepared_gives_the_same_facts_as_the_clean_one(
    zhibu: Callable[..., Any], tmp_path: Path
) -> None:
    clean, messy = tmp_path / "整齐.db", tmp_path / "凌乱.db"
    zhibu("import", CLEAN, "--yes", "--db", clean)
    zhibu("import", MESSY, "--yes", "--db", messy)
    assert exported(zhibu, messy, tmp_path / "凌乱.json") == exported(zhibu, clean, tmp_path / "整齐.json")


def test_the_messy_workbook_changes_nothing_in_a_ledger_that_has_the_clean_one(
    zhibu: Callable[..., Any], tmp_path: Path
) -> None:
    db = tmp_path / "台账.db"
    zhibu("import", CLEAN, "--yes", "--db", db)
    before = digest(db)
    zhibu("import", MESSY, "--yes", "--db", db)
    assert digest(db) == before


def test_the_messy_workbook_is_messy() -> None:
    """Guards the test above: titles, blank rows, notes, other headers, text dates, odd digits and letters."""
    page = load_workbook(MESSY)["组织生活"]
    rows = list(page.iter_rows(values_only=True))
    cells = [cell for row in rows for cell in row if cell is not None]
    assert page.merged_cells.ranges
    assert "会议类型" in rows[2]
    assert "类型" not in rows[2]
    assert str(rows[-1][0]).startswith("注：")
    assert any(not any(row) for row in rows)
    assert any(isinstance(cell, str) and "年" in cell and cell.endswith("日") for cell in cells)
    assert "１３" in cells
    talks = load_workbook(MESSY)["谈心谈话"]
    assert any(
        str(cell).startswith("\u2f00") or " " in str(cell)
        for cell in (talks.cell(r, 4).value for r in range(4, 20))
    )


TEN = (
    # sheet, row, header, what stands there
    ("党员名册", 2, "入党时间", "去年夏天"),
    ("党员名册", 3, "党员类别", "群众"),
    ("党员名册", 4, "性别", "不详"),
    ("党员名册", 5, "姓名", None),
    ("组织生活", 2, "日期", "2024年2月30日"),
    ("组织生活", 3, "开始时间", "二十五点"),
    ("组织生活", 4, "应到", "十几个"),
    ("组织生活", 5, "类型", "茶话会"),
    ("表决", 2, "赞成", "大多数"),
    ("整改清单", 2, "来源", "听说"),
)


@pytest.fixture
def ten_faults(tmp_path: Path) -> Path:
    """The clean workbook with ten unreadable cells."""
    book = load_workbook(CLEAN)
    for sheet, row, header, value in TEN:
        page = book[sheet]
        headers = [cell.value for cell in page[1]]
        page.cell(row, headers.index(header) + 1).value = value
    path = tmp_path / "十处.xlsx"
    book.save(path)
    return path


def test_ten_unreadable_cells_are_ten_problems_with_their_places_and_nothing_is_written(
    zhibu: Callable[..., Any], own_ledger: Path, ten_faults: Path
) -> None:
    before = digest(own_ledger)
    run = zhibu("import", ten_faults, "--yes", "--db", own_ledger, code=13)
    told = run.out + run.err
    lines = [line for line in told.splitlines() if "十处.xlsx" in line and "第" in line]
    for sheet, row, header, _ in TEN:
        here = [line for line in lines if f"“{sheet}”" in line and f"第{row}行" in line and header in line]
        assert len(here) == 1, f"{sheet} {row} {header}: {here}\n{told}"
    assert len(lines) == len(TEN), told
    assert digest(own_ledger) == before


def test_without_a_ledger_a_refused_workbook_creates_none(
    zhibu: Callable[..., Any], ten_faults: Path, tmp_path: Path
) -> None:
    zhibu("import", ten_faults, "--yes", "--db", tmp_path / "新.db", code=13)
    assert not (tmp_path / "新.db").exists()


def test_what_is_readable_but_wrong_is_taken_in_and_becomes_findings(
    asked: Callable[..., dict[str, Any]], new_branch: Callable[..., Any]
) -> None:
    branch = new_branch(full=5)
    branch.sitting(
        "党员大会", "2024-03-12", "S1", 应到=5, 实到=5, 出席人员="、".join([*branch.full[:4], "无此人"])
    )
    branch.sitting("党员大会", "2024-05-14", "S2", 应到=5, 实到=7)
    branch.sitting("党员大会", "2090-05-12", "S3", 应到=5, 实到=5)
    span = ("--from", "2024-01-01", "--to", "2090-12-31", "--as-of", "2024-06-30")
    assert asked(branch, "record-unknown-person", *span).keys() == {"S1"}
    assert asked(branch, "record-headcount", *span).keys() == {"S2"}
    assert asked(branch, "record-future-date", *span).keys() == {"S3"}


@pytest.mark.parametrize("mark", ["机密★", "机密 ★ 1年", "绝密★", "秘密★"])
def test_a_workbook_with_a_classification_mark_is_refused_unsaved(
    mark: str, zhibu: Callable[..., Any], own_ledger: Path, tmp_path: Path
) -> None:
    book = load_workbook(CLEAN)
    page = book["组织生活"]
    page.cell(3, [cell.value for cell in page[1]].index("内容") + 1).value = f"{mark} 某通知"
    path = tmp_path / "甲.xlsx"
    book.save(path)
    before = digest(own_ledger)
    zhibu("import", path, "--yes", "--db", own_ledger, code=16)
    assert digest(own_ledger) == before


def test_a_record_typed_in_with_a_classification_mark_is_refused_unsaved(
    zhibu: Callable[..., Any], own_ledger: Path
) -> None:
    before = digest(own_ledger)
    zhibu(
        "record",
        "theme-day",
        "--date",
        "2026-04-09",
        "--content",
        "传达机密★文件",
        "--db",
        own_ledger,
        code=16,
    )
    assert digest(own_ledger) == before


def test_education_in_secrecy_is_welcome(zhibu: Callable[..., Any], own_ledger: Path) -> None:
    zhibu(
        "record", "theme-day", "--date", "2026-04-09", "--theme", "保密教育：无记名投票也要保护秘密",
        "--place", "会议室", "--host", "甲一峰", "--recorder", "丙三川", "--expected", "15",
        "--present", "15",
        "--content", "学习保守国家秘密的要求，观看警示教育片。", "--yes", "--db", own_ledger,
    )  # fmt: skip
    assert "保密教育" in zhibu("list", "--db", own_ledger).out


def test_a_sheet_of_the_sample_is_the_layout_of_design(tmp_path: Path) -> None:
    """The workbooks are in the canonical layout: header in the first row, no titles."""
    for path in sorted(CLEAN.parent.glob("*.xlsx")):
        book = load_workbook(path)
        assert isinstance(book, Workbook)
        assert not any(page.merged_cells.ranges for page in book.worksheets)
        assert book["组织生活"]["B1"].value == "类型"
