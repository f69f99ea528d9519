"""One run of each way to put something out, on a console that knows GBK only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.console import on_console

SAMPLE = sorted((Path(__file__).resolve().parents[2] / "sample_data").glob("*.xlsx"))

RUNS = (
    ("check", "--as-of", "2026-04-10", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--view", "一览", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--view", "谈话", "--verbose", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--format", "json", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--format", "html", "-o", "核对.html", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--format", "xlsx", "-o", "核对.xlsx", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--format", "docx", "-o", "核对.docx", "--fail-on", "never"),
    ("check", "--as-of", "2026-04-10", "--format", "md", "--fail-on", "never"),
    ("list",),
    ("show", "S109"),
    ("history", "S109"),
    ("member", "list"),
    ("explain", "vote-admit-quorum"),
    ("rules", "list"),
    ("rules", "coverage"),
    ("report", "--quarter", "2025Q4", "--as-of", "2026-04-10", "--format", "docx,xlsx,md", "-o", "季报"),
    ("report", "--debrief", "2025", "--as-of", "2026-04-10", "--format", "docx,md", "-o", "述职"),
    ("export", "-o", "导出.xlsx"),
    ("import", *map(str, SAMPLE), "--dry-run"),
    ("show", "S99999"),
    ("demo", "演示"),
)
REFUSED: dict[tuple[str, ...], int] = {("show", "S99999"): 14}


@pytest.mark.parametrize("argv", RUNS, ids=lambda argv: " ".join(argv[:3])[:40])
def test_a_gbk_console_gets_its_answer_without_a_traceback(
    argv: tuple[str, ...], own_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIBU_DB", str(own_ledger))
    shown = on_console("gbk", *argv)
    assert shown.code == REFUSED.get(argv, 0), shown.err
    assert "Traceback" not in shown.err
    assert shown.out.strip() or shown.err.strip()


def test_a_name_that_gbk_does_not_know_is_no_crash(own_ledger: Path, tmp_path: Path) -> None:
    """In processes of their own, with the streams that Python itself opens."""
    env = {**os.environ, "PYTHONIOENCODING": "gbk", "ZHIBU_DB": str(own_ledger), "ZHIBU_USER": "测试"}
    argv = [
        "member",
        "add",
        "--name",
        "王\U00020b9f明",
        "--joined",
        "2010-01-01",
        "--status",
        "正式",
        "--converted",
        "2011-01-01",
    ]
    for command in (argv, ["member", "list"], ["check", "--as-of", "2026-04-10", "--fail-on", "never"]):
        run = subprocess.run(
            [sys.executable, "-m", "zhibu_cli", *command],
            cwd=tmp_path, env=env, capture_output=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert b"Traceback" not in run.stderr
        assert run.returncode == 0, run.stderr.decode("gbk")
