"""Who took what out of the ledger when."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


def begun(zhibu: Run) -> Run:
    zhibu("init", "--name", "甲支部", "--founded", "2019-05-01", "--by", "王五")
    zhibu("member", "add", "--name", "张三", "--joined", "2010-07-01", "--status", "正式", "--by", "王五")
    return zhibu


def test_a_paper_and_an_export_leave_a_line_each_the_latest_first(zhibu: Run) -> None:
    run = begun(zhibu)
    assert run("log").out == "日志里还没有记录。\n"
    assert run("report", "党员名册", "--format", "md", "-o", "名册.md", "--by", "李四").code == 0
    assert run("export", "-o", "台账.xlsx", "--by", "王五").code == 0
    assert run("export", "-o", "全.json", "--full", "--by", "王五").code == 0
    assert run("log").out.splitlines() == [
        "2026-03-09 10:30　王五　全部导出　全.json",
        "2026-03-09 10:30　王五　导出　台账.xlsx",
        "2026-03-09 10:30　李四　出材料　党员名册：名册.md",
    ]


def test_the_line_cannot_be_taken_out_behind_the_program(zhibu: Run, tmp_path: Path) -> None:
    run = begun(zhibu)
    run("report", "党员名册", "--format", "md")
    with sqlite3.connect(tmp_path / "zhibu.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM log")


def test_a_busy_ledger_still_gives_its_paper_and_says_so(
    zhibu: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(zhibu)
    monkeypatch.setattr(open_store, "__kwdefaults__", {**(open_store.__kwdefaults__ or {}), "wait": 0.01})
    holder = sqlite3.connect(tmp_path / "zhibu.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        answer = run("report", "党员名册", "--format", "md", "-o", "名册.md")
    finally:
        holder.rollback()
        holder.close()
    assert answer.code == 0
    assert (tmp_path / "名册.md").exists()
    assert "这次出材料没有记入台账日志" in answer.err


def test_the_line_says_which_paper_of_whom_and_whether_it_shows_numbers_whole(zhibu: Run) -> None:
    run = begun(zhibu)
    run("report", "--roster", "--layout", "18", "--full", "--format", "md", "-o", "a.md", "--by", "李四")
    run("report", "民主评议登记表", "--year", "2025", "--member", "张三", "-o", "b.docx", "--by", "李四")
    assert run("log").out.splitlines() == [
        "2026-03-09 10:30　李四　出材料　2025年民主评议党员登记表（张三）：b.docx",
        "2026-03-09 10:30　李四　出材料　党员名册（--full）：a.md",
    ]


def test_what_is_written_to_a_file_by_other_commands_leaves_its_line_too(zhibu: Run) -> None:
    run = begun(zhibu)
    env = {"ZHIBU_USER": "王五"}
    run("check", "-o", "核对.md", env=env)
    run("due", "--format", "docx", "-o", "待办.docx", "--ics", "待办.ics", env=env)
    run("plan", "2026", "-o", "计划.docx", env=env)
    run("form", "签到表", "--date", "2026-03-10", "-o", "签到.docx", env=env)
    run("check", env=env)  # shown, not written
    assert [line.partition("　出材料　")[2] for line in run("log").out.splitlines()] == [
        "签到表2026-03-10：签到.docx",
        "2026年度计划：计划.docx",
        "近期要做的事：待办.docx、待办.ics",
        "核对结果：核对.md",
    ]


def test_the_line_changes_nothing_of_what_is_written(zhibu: Run, tmp_path: Path) -> None:
    run = begun(zhibu)
    for name in ("a.docx", "b.docx"):
        run("report", "移交清单", "-o", name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
