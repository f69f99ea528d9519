"""Output that nobody reads, that cannot be written, or whose encoding knows no Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.process import entry, forked

from zhibu_cli.cli.failing import explain
from zhibu_cli.store.opening import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")


def shell(folder: Path, command: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """A command line in bash, where ``zhibu`` is the program; the code is that of ``zhibu``."""
    script = f'zhibu() {{ "$PYTHON" -c "$ENTRY" "$@"; }}\n{command}\nexit ${{PIPESTATUS[0]}}'
    outside = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}
    outside.pop("ZHIBU_DB", None)
    return subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={
            **outside,
            "PYTHON": sys.executable,
            "ENTRY": entry(),
            "XDG_DATA_HOME": str(folder),
            "PYTHONUTF8": "1",
            **env,
        },
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledger of a branch that has met once, and not enough."""
    folder = tmp_path_factory.mktemp("branch")
    commands = (
        "init --name 示例支部 --founded 2015-06-01 --ledger-from 2025-01-01",
        "member add 张三 --joined 2010-07-01 --status 正式",
        "record meeting --kind 党员大会 --date 2026-03-05 --host 张三",
    )
    assert [made.code for made in forked(folder, [(line, "", "") for line in commands])] == [0, 0, 0]
    return folder


def told(folder: Path, ends: dict[str, tuple[str, str]]) -> dict[str, tuple[int, str]]:
    """Command line -> code and stderr, with these ends of stdout and stderr."""
    done = forked(folder, [(line, *end) for line, end in ends.items()])
    return {line: (run.code, run.err) for line, run in zip(ends, done, strict=True)}


def test_a_reader_that_leaves_early_is_no_error(folder: Path) -> None:
    lines = ("rules coverage", "show S1", "plan 2026", "record meeting --help")
    assert told(folder, dict.fromkeys(lines, ("gone", ""))) == dict.fromkeys(lines, (0, ""))


@pytest.mark.parametrize("reader", ["true", "head -1"])
def test_a_reader_in_a_shell_that_leaves_early_is_no_error(folder: Path, reader: str) -> None:
    done = shell(folder, f"zhibu rules coverage | {reader}")
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_check_keeps_its_own_code_though_nobody_reads_on(folder: Path) -> None:
    check = "check --year 2025 --as-of 2026-04-10 --fail-on"
    ends = dict.fromkeys((f"{check} error", f"{check} never"), ("gone", ""))
    assert told(folder, ends) == {f"{check} error": (1, ""), f"{check} never": (0, "")}


def test_a_command_that_writes_does_so_though_nobody_reads_its_answer(folder: Path) -> None:
    add = ("member add 李四 --joined 2011-07-01 --status 正式", "gone", "")
    added, listed = forked(folder, [add, ("member list", "", "")])
    assert added.code == 0
    assert "李四" in listed.out


needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")


@needs_full
def test_output_onto_a_full_disk_is_code_19_and_one_clear_line(folder: Path) -> None:
    lines = ("list", "show S1", "check --fail-on never")
    done = told(folder, dict.fromkeys(lines, ("/dev/full", "")))
    assert {line: (code, err.splitlines()[0]) for line, (code, err) in done.items()} == dict.fromkeys(
        lines, (19, "错误：读写失败：磁盘空间不足。")
    )
    assert {len(err.splitlines()) for _, err in done.values()} == {2}


CODES = {"export -o 台账.json --yes": 0, "show S99": 14, "chek": 2, "check --format json --rule x": 14}


@needs_full
@pytest.mark.parametrize("end", ["/dev/full", "closed", "gone"])
def test_errors_that_nobody_can_see_change_no_code(folder: Path, end: str) -> None:
    done = told(folder, dict.fromkeys(CODES, ("", end)))
    assert {line: code for line, (code, _) in done.items()} == CODES


@needs_full
@pytest.mark.parametrize("end", ["2>/dev/full", "2>&-", "2> >(true)"])
def test_in_a_shell_it_is_as_in_a_fork(folder: Path, end: str) -> None:
    """Here Python itself opens the streams."""
    assert shell(folder, f"zhibu show S99 {end}").returncode == 14


@needs_full
def test_help_onto_a_full_disk_is_code_19_and_one_clear_line(folder: Path) -> None:
    done = shell(folder, "zhibu --help >/dev/full")
    assert done.returncode == 19
    lines = done.stderr.decode().splitlines()
    assert lines[0] == "错误：读写失败：磁盘空间不足。"
    assert len(lines) == 2


def test_without_any_output_the_code_stays(folder: Path) -> None:
    codes = {"list": 0, "check --fail-on never": 0, "--help": 0}
    done = told(folder, dict.fromkeys(codes, ("closed", "")))
    assert {line: code for line, (code, _) in done.items()} == codes


@pytest.mark.parametrize(("command", "code"), [("list", 0), ("record talk 0<&-", 2)])
def test_without_any_output_of_a_shell_the_code_stays(folder: Path, command: str, code: int) -> None:
    assert shell(folder, f"zhibu {command} >&-").returncode == code


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def test_a_system_without_chinese_file_names_is_told_so(folder: Path) -> None:
    done = shell(folder, "zhibu report --quarter 2025Q4 --as-of 2026-04-10 --format md -o .", **ASCII)
    assert done.returncode == 19
    assert done.stderr.decode().splitlines() == [
        "错误：这台电脑现在的语言设置（ascii）写不出中文文件名。",
        "提示：请先设环境变量 PYTHONUTF8=1，再执行一次。",
    ]
    assert not [path for path in folder.iterdir() if path.suffix == ".md"]


@pytest.mark.parametrize("theme", ["学习", "机密★"])
def test_words_that_the_system_cannot_read_are_not_stored_as_rubbish(folder: Path, theme: str) -> None:
    done = shell(folder, f"zhibu record lecture --date 2026-03-06 --theme {theme}", **ASCII)
    assert done.returncode == 12
    assert done.stderr.decode().startswith(
        "错误：这台电脑现在的语言设置（ascii）读不出命令里的中文。\n提示："
    )
    with open_store(folder / "zhibu.db") as store:
        assert [entry.id for entry in store.of_register("sitting")] == ["S1"]


def test_a_system_without_a_language_setting_shows_chinese_all_the_same(folder: Path) -> None:
    assert "张三" in shell(folder, "zhibu member list", **ASCII).stdout.decode()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(28, "No space left on device"), "读写失败：磁盘空间不足。"),
        (OSError(5, "Input/output error"), "读写失败：设备出错。"),
        (OSError(9999, "whatever"), "读写失败：系统错误 9999。"),
    ],
)
def test_trouble_without_a_file_name_is_told_in_chinese(error: OSError, says: str) -> None:
    told = explain(error)
    assert (told.message, told.code) == (says, 19)
    assert told.hint
