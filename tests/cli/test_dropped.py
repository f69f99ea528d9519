"""A workbook in place of a command: previewed, imported, checked, the check written beside the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from zhibu_cli.cli.pasted import names_table, pasted_path

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
def workbook(branch: Run) -> Path:
    """One lecture of 20 November 2025, in a file with a blank in its name."""
    path = Path("2025 年.xlsx")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "组织生活"
    sheet.append(["类型", "日期", "主讲人"])
    sheet.append(["党课", "2025-11-20", "李四"])
    book.save(path)
    return path


def test_it_is_asked_first_and_the_year_of_the_records_is_checked(branch: Run, workbook: Path) -> None:
    answer = branch(str(workbook), typed=["y"])
    assert answer.code == 0, answer.err
    assert "写入台账" in answer.out
    assert "已导入（I1）：新增 1 条" in answer.out
    assert "2025年的核对结果已写到" in answer.out
    page = Path("核对结果2026-03-09.html").read_text(encoding="utf-8")
    assert "示例局机关第一党支部" in page
    assert "请自己打开上面的文件" in answer.err  # there is no screen in a test


def test_a_no_leaves_the_ledger_and_the_folder_as_they_were(branch: Run, workbook: Path) -> None:
    before = Path("zhibu.db").read_bytes()
    assert branch(str(workbook), typed=["n"]).code == 130
    assert Path("zhibu.db").read_bytes() == before
    assert not list(Path().glob("*.html"))


def test_a_script_has_to_say_yes(branch: Run, workbook: Path) -> None:
    assert branch(str(workbook)).code == 2
    assert branch(str(workbook), "--yes").code == 0


def test_a_second_time_nothing_is_new_and_no_page_is_overwritten(branch: Run, workbook: Path) -> None:
    branch(str(workbook), "--yes")
    first = Path("核对结果2026-03-09.html").read_bytes()
    answer = branch(str(workbook), "--yes")
    assert "台账里都已经有了，没有写入" in answer.out
    assert Path("核对结果2026-03-09.html").read_bytes() == first
    assert Path("核对结果2026-03-09-2.html").exists()


def test_the_page_lies_beside_the_ledger(branch: Run, workbook: Path) -> None:
    Path("台账").mkdir()
    Path("zhibu.db").rename("台账/甲.db")
    assert branch(str(workbook), "--yes", "--db", "台账/甲.db").code == 0
    assert Path("台账/核对结果2026-03-09.html").exists()


@pytest.mark.parametrize(("more", "opened"), [((), 1), (("--no-open",), 0)])
def test_at_a_terminal_with_a_screen_the_page_is_opened(
    branch: Run, workbook: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], opened: int
) -> None:
    seen: list[str] = []

    def show(address: str) -> bool:
        seen.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", show)
    answer = branch(str(workbook), *more, typed=["y"], env={"DISPLAY": ":0"})
    assert answer.code == 0, answer.err
    assert len(seen) == opened
    assert all(address.startswith("file://") for address in seen)


def test_a_file_with_problems_is_neither_imported_nor_checked(branch: Run) -> None:
    Path("坏.xlsx").write_text("不是表格", encoding="utf-8")
    assert branch("坏.xlsx", "--yes").code == 13
    assert branch("没有.csv", "--yes").code == 13
    assert not list(Path().glob("*.html"))


def test_what_is_no_table_is_still_an_unknown_command(branch: Run) -> None:
    answer = branch("照片.jpg")
    assert answer.code == 2
    assert "没有“照片.jpg”这个命令" in answer.err


def test_without_a_record_up_to_today_this_year_is_checked(branch: Run, workbook: Path) -> None:
    answer = branch(str(workbook), "--yes", now=datetime(2024, 6, 1, 9, 0))
    assert "2024年的核对结果" in answer.out


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("台账.xlsx", "台账.xlsx"),
        ('"台账 2025.xlsx"', "台账 2025.xlsx"),
        ("'台账 2025.xlsx' ", "台账 2025.xlsx"),
        ("“台账.xlsx”", "台账.xlsx"),
        ("& '台账.xlsx'", "台账.xlsx"),
        ("file:///home/a/%E5%8F%B0%E8%B4%A6%202025.xlsx", "/home/a/台账 2025.xlsx"),
        ('"', '"'),
    ],
)
def test_a_name_is_taken_with_the_quotes_it_was_pasted_with(text: str, path: str) -> None:
    assert pasted_path(text) == Path(path)


@pytest.mark.parametrize(
    ("word", "is_table"),
    [("表.XLSX", True), ('"表.et"', True), ("check", False), ("--help", False), ("表.docx", False)],
)
def test_only_the_endings_of_tables_stand_in_place_of_a_command(word: str, is_table: bool) -> None:
    assert names_table(word) is is_table
