"""Fresh interpreters: what is loaded, and output in an encoding that lacks characters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.console import on_console
from tests.process import entry

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "rich",
    "openpyxl",
    "jinja2",
    "sqlite_utils",
    "docxtpl",
    "docx",
    "python_calamine",
    "numpy",
    "click",
    "icalendar",
    "exifread",
    "prompt_toolkit",
)
APART = f"""
import json, os
for argv in json.loads(sys.argv[1]):
    if not (run := os.fork()):
        told = [main(argv), [name for name in {HEAVY!r} if name in sys.modules]]
        print(json.dumps(told), file=sys.stderr, flush=True)
        os._exit(0)
    os.waitpid(run, 0)
"""
EACH = (
    f"told = [(main(argv), [name for name in {HEAVY!r} if name in sys.modules])"
    " for argv in __import__('json').loads(sys.argv[1])];"
    "print(__import__('json').dumps(told), file=sys.stderr)"
)


def fresh(
    folder: Path, *argv: str, encoding: str = "utf-8", call: str = "sys.exit(main())"
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "ZHIBU_USER": "王芳", "XDG_DATA_HOME": str(folder)}
    env.pop("ZHIBU_DB", None)
    command = [sys.executable, "-c", entry(call), *argv]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False, timeout=60)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger that holds one member and one meeting; 𠮷 is in no GBK."""
    folder = tmp_path_factory.mktemp("ledger")
    commands = (
        "init --name 示例支部 --founded 2015-06-01",
        "member add 吴𠮷 --joined 2010-07-01 --status 正式",
        "record meeting --kind 党员大会 --date 2026-03-05 --host 吴𠮷",
    )
    made = fresh(folder, json.dumps([command.split() for command in commands]), call=EACH)
    assert [code for code, _ in json.loads(made.stderr.decode().splitlines()[-1])] == [0, 0, 0]
    return folder


def test_everyday_commands_load_no_heavy_library(ledger: Path) -> None:
    """One after the other in one process: what the first of them loads stays for the others."""
    commands = [
        ["--version"],
        ["--help"],
        ["list"],
        ["show", "S1"],
        ["check"],
        ["check", "--view", "一览"],
        ["check", "--view", "谈话"],
        ["check", "--verbose", "--format", "md"],
        ["check", "--format", "json"],
        ["due"],
        ["plan", "2027"],
    ]
    run = fresh(ledger, json.dumps(commands), call=EACH)
    told = json.loads(run.stderr.decode().splitlines()[-1])
    assert [(argv, heavy) for argv, (_, heavy) in zip(commands, told, strict=True) if heavy] == []
    assert {code for code, _ in told} <= {0, 1}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing to fork with")
def test_a_paper_loads_the_library_of_its_own_format_only(ledger: Path) -> None:
    """Each in a fork of one process, which itself has loaded none of them."""
    commands = [["check", "--format", form, "-o", f"核对.{form}"] for form in ("html", "xlsx", "docx")]
    run = fresh(ledger, json.dumps(commands), call=f"exec({APART!r})")
    told = [json.loads(line) for line in run.stderr.decode().splitlines() if line.startswith("[")]
    assert [heavy for _, heavy in told] == [["jinja2"], ["openpyxl"], ["jinja2", "docxtpl", "docx"]]
    assert {code for code, _ in told} <= {0, 1}


@pytest.mark.parametrize(
    "argv",
    [
        ("--help",),
        ("record", "meeting", "--help"),
        ("list",),
        ("show", "S1"),
        ("member", "list"),
        ("check", "--format", "md"),
        ("due", "--within", "60d"),
        ("plan", "2027"),
        ("plan", "2026", "--against"),
        ("check", "--view", "谈话"),
        ("chek",),
    ],
)
def test_a_console_in_gbk_gets_readable_output(
    ledger: Path, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ledger)
    monkeypatch.delenv("ZHIBU_DB", raising=False)
    shown = on_console("gbk", *argv)
    text = shown.out + shown.err
    assert shown.code in {0, 1, 2}, text
    assert "Traceback" not in text
    assert "没有料到" not in text
    assert any("\u4e00" <= char <= "\u9fff" for char in text)


def test_json_on_a_gbk_console_loses_no_character(ledger: Path) -> None:
    import json

    run = fresh(ledger, "check", "--rule", "record-missing-field", "--format", "json", encoding="gbk")
    assert json.loads(run.stdout.decode("gbk"))["branch"]["name"] == "示例支部"


def test_fixed_text_of_the_command_line_is_all_in_gbk() -> None:
    from pathlib import Path as Folder

    import zhibu_cli.cli

    for path in Folder(zhibu_cli.cli.__file__).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert text.encode("gbk").decode("gbk") == text
