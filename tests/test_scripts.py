"""The scripts with which people who know no terminal start the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"


def test_the_batch_file_has_the_line_ends_that_windows_needs_and_sets_the_code_page_first() -> None:
    data = (SCRIPTS / "zhibu.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 0
    before, _, _ = data.partition(b"chcp 65001")
    assert before.isascii()
    text = data.decode("utf-8")
    assert "%ZHIBU% %*" in text
    assert text.rstrip().splitlines()[-2:] == ["pause", "exit /b %CODE%"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_the_shell_script_hands_on_files_and_code_and_works_in_its_own_folder(tmp_path: Path) -> None:
    """A stand-in for zhibu tells where it runs and what it was given."""
    program = tmp_path / "bin" / "zhibu"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\npwd\nprintf "%s|" "$@"\nexit 3\n', encoding="utf-8")
    program.chmod(0o755)
    env = {"PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    run = subprocess.run(
        ["sh", str(SCRIPTS / "zhibu.sh"), "/a/台账 2025.xlsx", "乙.csv"],
        env=env,
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=30,
    )
    assert run.returncode == 3
    assert run.stdout.decode() == f"{tmp_path}/党支部台账\n/a/台账 2025.xlsx|乙.csv|"


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="needs desktop-file-utils")
def test_the_desktop_entry_is_valid() -> None:
    run = subprocess.run(
        ["desktop-file-validate", str(SCRIPTS / "zhibu.desktop")],
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert (run.returncode, run.stdout) == (0, b"")
