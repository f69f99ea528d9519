"""Help pages and usage errors are Chinese, whatever is mistyped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.cli.root import COMMANDS

if TYPE_CHECKING:
    from tests.cli.conftest import Run

ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Arguments|Show|message|required|default|Error|Try|TEXT|PATH)\b"
)


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_explains_itself_in_chinese(zhibu: Run, name: str) -> None:
    page = zhibu(name, "--help")
    assert page.code == 0
    assert page.out.startswith(f"用法：zhibu {name}")
    assert "显示本帮助。" in page.out
    assert not ENGLISH.search(page.out)


@pytest.mark.parametrize(
    "words",
    [
        ("record", "meeting"),
        ("record", "talk"),
        ("record", "grade"),
        ("member", "add"),
        ("member", "leave"),
        ("group", "edit"),
        ("post", "end"),
        ("rules", "coverage"),
    ],
)
def test_commands_within_groups_explain_themselves_in_chinese(zhibu: Run, words: tuple[str, ...]) -> None:
    page = zhibu(*words, "-h")
    assert page.code == 0
    assert page.out.startswith(f"用法：zhibu {' '.join(words)}")
    assert not ENGLISH.search(page.out)


def test_the_program_without_a_command_lists_its_commands_outside_a_terminal(zhibu: Run) -> None:
    page = zhibu()
    assert page.code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command.name} +{re.escape(command.short)}$", page.out, re.MULTILINE)


def test_no_help_line_is_wider_than_the_terminal(zhibu: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhibu_cli.text import display_width

    monkeypatch.setenv("COLUMNS", "60")
    page = zhibu("record", "meeting", "--help")
    assert max(map(display_width, page.out.splitlines())) <= 60


def test_init_help_says_that_no_secrets_may_be_kept(zhibu: Run) -> None:
    assert "不得录入国家秘密、工作秘密" in zhibu("init", "--help").out
    assert "不得录入国家秘密、工作秘密" in zhibu("import", "--help").out


def test_the_version_is_told(zhibu: Run) -> None:
    assert zhibu("--version").out == "zhibu 0.1.0\n"


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["chek"], "错误：没有“chek”这个命令。是不是 check？"),
        (["zzz"], "错误：没有“zzz”这个命令。"),
        (["--foo"], "错误：没有“--foo”这个选项。"),
        (["check", "--yaer", "2026"], "错误：没有“--yaer”这个选项。是不是 --year"),
        (["check", "-z"], "错误：没有“-z”这个选项。"),
        (["check", "2026"], "错误：多出了不认识的内容：2026"),
        (["check", "--year"], "错误：选项 --year 后面要写内容。"),
        (["check", "--yes=1"], "错误：选项 --yes 后面不写内容。"),
        (["check", "--year", "二六"], "错误：选项 --year：“二六”不是年份；请写成 2026。"),
        (
            ["check", "--quarter", "2026"],
            "错误：选项 --quarter：“2026”不是季度；请写成 2026Q3 或 2026年第三季度。",
        ),
        (
            ["check", "--format", "pdf"],
            "错误：选项 --format：“pdf”不在可选之列；可写：table、json、md、html、xlsx、docx。",
        ),
        (["show"], "错误：缺少参数 编号。"),
        (["member"], "错误：没有写明要做什么；可写：add、list、show、"),
        (["record", "metting"], "错误：没有“metting”这个命令。是不是 meeting？"),
    ],
)
def test_a_mistyped_command_is_answered_in_chinese_with_code_2(
    zhibu: Run, argv: list[str], says: str
) -> None:
    answer = zhibu(*argv)
    assert answer.code == 2
    assert answer.out == ""
    first, second = answer.err.splitlines()
    assert first.startswith(says)
    assert second.startswith("提示：用 zhibu")


def test_a_day_that_does_not_exist_is_refused_with_the_right_form(zhibu: Run) -> None:
    answer = zhibu("check", "--as-of", "2026-02-30")
    assert answer.code == 2
    assert "“2026-02-30”不是日期或没有这一天；请写成 2026-03-05、2026年3月5日" in answer.err


def test_two_ranges_at_once_are_refused(branch: Run) -> None:
    answer = branch("check", "--year", "2026", "--quarter", "2026Q1")
    assert answer.code == 2
    assert "只能用一种" in answer.err


def test_a_range_that_ends_before_it_begins_is_refused(branch: Run) -> None:
    answer = branch("check", "--from", "2026-03-02", "--to", "2026-03-01")
    assert answer.code == 2
    assert "晚于" in answer.err
