"""A branch's own rules at the command line: told with the answer, refused as a whole, looked at by lint."""

from __future__ import annotations

import html
import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from tests.cli.conftest import Run

RULE = ("--rule", "general-meeting-quarterly", "--as-of", "2026-04-01")
HEAD = 'reason = "机关党委要求"\nby = "张三"\ndate = 2026-01-05\n'
OFF = f'[[off]]\nrule = "general-meeting-quarterly"\n{HEAD}'
LOOSER = f'[[set]]\nrule = "general-meeting-quarterly"\nat_least = 0\n{HEAD}'
TOLD = "停用“支部党员大会每季度至少一次”"


def write(text: str, folder: str = ".") -> None:
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "local.toml").write_text(text, encoding="utf-8")


def joined(text: str) -> str:
    """The text without the breaks of a terminal."""
    return "".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize("format_", ["table", "md"])
def test_the_answer_itself_tells_what_is_switched_off(branch: Run, format_: str) -> None:
    write(OFF)
    answer = branch("check", "--as-of", "2026-04-01", "--format", format_)
    assert TOLD in joined(answer.out)
    assert "机关党委要求（张三，2026年1月5日）" in joined(answer.out)
    assert "general-meeting-quarterly@" not in answer.out


def test_the_answer_for_programs_names_the_file_and_the_remark_stands_beside_it(branch: Run) -> None:
    write(OFF)
    answer = branch("check", "--as-of", "2026-04-01", "--format", "json")
    assert json.loads(answer.out)["packs"][-1]["id"] == "local"
    assert TOLD in answer.err


def test_a_file_beside_another_ledger_does_not_count_here(branch: Run, tmp_path: Path) -> None:
    write(OFF, "别处")
    assert branch("check", *RULE).code == 1
    elsewhere = tmp_path / "别处" / "台账.db"
    elsewhere.write_bytes(Path("zhibu.db").read_bytes())
    for argv, env in ((("--db", str(elsewhere)), {}), ((), {"ZHIBU_DB": str(elsewhere)})):
        answer = branch("check", "--as-of", "2026-04-01", *argv, env=env)
        assert TOLD in joined(answer.out)


@pytest.mark.parametrize("command", [("check",), ("explain", "theme-day-monthly"), ("rules", "list")])
def test_a_broken_file_stops_with_its_code_and_tells_file_and_key(
    branch: Run, command: tuple[str, ...]
) -> None:
    write(LOOSER)
    answer = branch(*command)
    assert answer.code == 17
    assert answer.out == ""
    assert "第1个 set 的 at_least：只能收紧，放宽请停用并写明理由" in joined(answer.err)
    assert "提示：" in answer.err


def test_lint_finds_it_here_and_by_path(branch: Run) -> None:
    write(LOOSER)
    for argv in ((), ("local.toml",), (".",)):
        answer = branch("rules", "lint", *argv)
        assert answer.code == 17
        assert "local.toml：第1个 set 的 at_least：只能收紧" in answer.out
    write(OFF)
    assert branch("rules", "lint", ".").out == "规则文件没有问题。\n"


def test_list_and_explain_mark_what_was_changed(branch: Run) -> None:
    write(OFF)
    assert "〔本支部停用〕支部党员大会每季度至少一次" in joined(branch("rules", "list").out)
    out = branch("explain", "general-meeting-quarterly").out
    assert "【本支部的改动】" in out
    assert TOLD in joined(out)


def test_rules_are_explained_without_any_ledger(zhibu: Run) -> None:
    assert zhibu("explain", "theme-day-monthly").code == 0
    assert zhibu("rules", "list").code == 0
    assert zhibu("explain", "theme-day-monthly", "--db", "没有.db").code == 10


def test_a_duty_that_is_not_checked_is_explained_by_its_reason(zhibu: Run) -> None:
    answer = zhibu("explain", "fixed-venue")
    assert answer.code == 0
    assert "没有规则核对" in answer.out
    assert "由人判断：有没有固定场所由人判断" in joined(answer.out)


def test_coverage_ends_with_its_totals_and_is_written_in_three_forms(
    zhibu: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    table = zhibu("rules", "coverage").out
    assert "由规则核对" in table.splitlines()[-1] + table.splitlines()[-2]
    assert max(map(display_width, table.splitlines())) <= 80
    assert zhibu("rules", "coverage", "--format", "md").out.startswith("# 条文与规则\n")
    rows = json.loads(zhibu("rules", "coverage", "--format", "json").out)["rows"]
    clauses = {row["article"] for row in rows if "2016年11月18日" in row["source"]}
    assert len(clauses) == 23
    zhibu("rules", "coverage", "--format", "md", "-o", "条文.md")
    assert zhibu("rules", "coverage", "--format", "md", "-o", "条文.md").code == 15


def test_the_title_of_a_rule_stands_with_its_explanation_in_the_list(branch: Run) -> None:
    branch("waive", "theme-day-monthly@2026-02", "--reason", "防汛值守", "--by", "张三")
    assert "主题党日每月一次 theme-day-monthly@2026-02" in branch("list").out


@pytest.mark.parametrize("format_", ["html", "docx", "xlsx"])
def test_a_paper_of_the_check_tells_it_too(branch: Run, format_: str) -> None:
    write(OFF)
    assert branch("check", "--as-of", "2026-04-01", "-o", f"核对.{format_}").code in {0, 1}
    assert TOLD in printed(Path(f"核对.{format_}"))


def printed(path: Path) -> str:
    """The text of a page, or of all parts of an Office file."""
    if path.suffix == ".html":
        return path.read_text(encoding="utf-8")
    with zipfile.ZipFile(path) as archive:
        parts = (archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
        return html.unescape(re.sub("<[^>]*>", "", "".join(parts)))
