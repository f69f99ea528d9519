"""Completion at TAB: the scripts in the shells themselves, and the quick answers behind them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.once import once

if TYPE_CHECKING:
    from tests.cli.conftest import Run

BIN = Path(sys.executable).parent


@pytest.fixture
@once
def filled(branch: Run) -> Run:
    """张三 and two called 李四, one group, a meeting of 5 March and a theme day of 6 March 2026.

    Beside the ledger lie the scripts of the shells.
    """
    branch("group", "add", "第一党小组", "--founded", "2020-01-01")
    for name in ("张三", "李四", "李四"):
        branch("member", "add", name, "--joined", "2010-07-01", "--status", "正式")
    branch("record", "meeting", "--kind", "党员大会", "--date", "2026-03-05", "--theme", "学习计划")
    branch("record", "theme-day", "--date", "2026-03-06", "--theme", "植树")
    for name in ("bash", "zsh", "fish"):
        Path(f"zhibu.{name}").write_text(branch("completion", name).out, encoding="utf-8")
    return branch


def shell(*command: str) -> str:
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    env |= {"ZHIBU_DB": str(Path.cwd() / "zhibu.db"), "TERM": "dumb"}
    run = subprocess.run(command, env=env, capture_output=True, check=False, timeout=60)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode()


def bash(words: list[str], *, listing: bool = False) -> list[str]:
    """What bash would offer for the last of the words."""
    script = """
    source zhibu.bash
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=$TYPE
    _zhibu
    printf '%s\\n' "${COMPREPLY[@]}"
    """
    kind = "63" if listing else "9"
    return shell("env", f"TYPE={kind}", "bash", "-c", script, "bash", "zhibu", *words).split("\n")[:-1]


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


OFFERED = {
    "rep": ["report"],
    "record theme": ["theme-day"],
    "check --year 2026 --q": ["--quarter"],
    "show S": ["S2", "S1"],
    "record meeting --host 张": ["张三"],
    "record meeting --present-names 王五、张": ["王五、张三"],
    "record meeting --host 李": ["M2", "M3"],
    "record meeting --group ": ["第一党小组"],
    "check --fail-on w": ["warn"],
    "form 主题": ["主题党日"],
    "member show 张": ["张三"],
    "member add --status ": ["正式", "预备"],
    "record meeting --form 线": ["线上"],
    "record meeting --absent 张": ["张三"],
    "attach S1 --kind 签": ["签到表"],
    "check --view 谈": ["谈话"],
    "group edit 第": ["第一党小组"],
    "waive committee-meeting-m": ["committee-meeting-monthly"],
    "report --format x": ["xlsx"],
    "record meeting --theme ": [],
}


@needs_bash
def test_bash_offers_what_may_stand_there(filled: Run) -> None:
    offered = {line: [one for one in bash(line.split(" ")) if one] for line in OFFERED}
    assert offered == OFFERED


@needs_bash
def test_bash_lists_with_a_word_about_each_and_inserts_without(filled: Run) -> None:
    assert bash(["show", "S"], listing=True) == [
        "S2  2026-03-06 主题党日 植树",
        "S1  2026-03-05 支部党员大会 学习计划",
    ]
    assert bash(["re"], listing=True)[1] == "report  出材料：季度报告、述职报告和各种表"


NAMES = {"戊`touch pwn`": "戊\\`touch\\ pwn\\`", '辰"巳': '辰\\"巳', "玛丽·亚": "玛丽·亚"}
"""What somebody's roster may hold, and how bash has to be told it."""


@needs_bash
def test_bash_is_given_a_name_as_a_word_and_never_as_a_command(branch: Run) -> None:
    for name in NAMES:
        branch("member", "add", name, "--joined", "2010-07-01", "--status", "正式")
    Path("zhibu.bash").write_text(branch("completion", "bash").out, encoding="utf-8")
    assert [bash(["member", "show", name[0]]) for name in NAMES] == [[word] for word in NAMES.values()]
    typed = shell("bash", "-c", f"printf %s {NAMES['戊`touch pwn`']}")
    assert typed == "戊`touch pwn`"
    assert not Path("pwn").exists()


@needs_bash
def test_bash_offers_files_where_a_file_is_meant(filled: Run) -> None:
    Path("台账 2025.xlsx").touch()
    assert bash(["import", "台"]) == ["台账 2025.xlsx"]


@needs_bash
def test_a_ledger_named_before_is_the_one_that_is_looked_into(filled: Run) -> None:
    filled("init", "--name", "另一支部", "--founded", "2015-06-01", "--db", "另.db")
    filled("member", "add", "赵六", "--joined", "2010-07-01", "--status", "正式", "--db", "另.db")
    assert bash(["member", "show", "--db", "另.db", ""]) == ["赵六"]


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("zhibu rep", "report\t出材料：季度报告、述职报告和各种表"),
        ("zhibu show S1", "S1\t2026-03-05 支部党员大会 学习计划"),
        ("zhibu record meeting --host 张", "张三\tM1"),
        ("zhibu record meeting --present-names 王五、张", "王五、张三\tM1"),
        ("zhibu check --fail-on w", "warn"),
    ],
)
def test_fish_offers_the_same(filled: Run, line: str, offered: str) -> None:
    assert shell("fish", "-c", f"source zhibu.fish; complete -C '{line}'").strip() == offered


@pytest.mark.skipif(shutil.which("zsh") is None or sys.platform == "win32", reason="needs zsh")
def test_zsh_completes_at_a_terminal(filled: Run) -> None:
    import pexpect

    env = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    env |= {"ZHIBU_DB": str(Path.cwd() / "zhibu.db")}
    terminal = pexpect.spawn("zsh", ["-f"], encoding="utf-8", env=env, dimensions=(24, 200), timeout=20)
    terminal.sendline("PS1='> '; autoload -Uz compinit; compinit -u -D; source zhibu.zsh; echo REA''DY")
    terminal.expect("READY")
    for line, completed in (
        ("zhibu rep", "zhibu report"),
        ("zhibu record meeting --host 张", "--host 张三"),
        ("zhibu check --fail-on w", "--fail-on warn"),
    ):
        terminal.send(line + "\t")
        terminal.expect_exact(completed)
        terminal.sendcontrol("u")  # the line is not run
    terminal.close(force=True)


def test_powershell_has_the_same_table_and_asks_the_same_question(filled: Run) -> None:
    """There is no PowerShell here to run it in: the script is looked at only."""
    script = filled("completion", "powershell").out
    table = script.partition("@'\n")[2].partition("\n'@")[0]
    assert "zhibu\tcommand\treport\t出材料：季度报告、述职报告和各种表\t-" in table.split("\n")
    assert table in filled("completion", "bash").out
    assert "Register-ArgumentCompleter -Native -CommandName zhibu" in script
    assert "zhibu _complete $source" in script
    assert script.count("{") == script.count("}")
    assert script.count("(") == script.count(")")


def test_an_unknown_shell_is_refused(zhibu: Run) -> None:
    answer = zhibu("completion", "tcsh")
    assert answer.code == 2
    assert "bash、zsh、fish、powershell" in answer.err


def test_voided_entries_are_not_offered(filled: Run) -> None:
    filled("void", "S1", "--reason", "重复")
    assert filled("_complete", "numbers", "S").out == "S2\t2026-03-06 主题党日 植树\n"


@pytest.mark.parametrize("argv", [("numbers", "S", "无.db"), ("numbers",), ("secrets", ""), ()])
def test_where_nothing_can_be_said_nothing_is_said(zhibu: Run, argv: tuple[str, ...]) -> None:
    answer = zhibu("_complete", *argv)
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_a_file_that_is_no_ledger_disturbs_nobody(zhibu: Run) -> None:
    Path("zhibu.db").write_text("文字", encoding="utf-8")
    answer = zhibu("_complete", "members", "")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_the_answer_comes_without_the_rest_of_the_program(filled: Run) -> None:
    probe = (
        "import sys; from zhibu_cli.cli.run import main; main(['_complete', 'members', '']);"
        "print(*[name for name in ('typer', 'zhibu_cli.model.catalogue', 'zhibu_cli.store.store')"
        " if name in sys.modules])"
    )
    assert shell(sys.executable, "-c", probe) == "张三\tM1\nM2\t李四\nM3\t李四\n\n"
