"""At a real terminal: questions, and the keys that leave them."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.once import once
from tests.process import again, entry

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a pseudo-terminal")


def test_ctrl_c_and_ctrl_d_leave_without_a_trace(tmp_path: Path) -> None:
    import pexpect

    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "XDG_DATA_HOME": str(tmp_path)}
    env.pop("ZHIBU_DB", None)
    child = pexpect.spawn(
        sys.executable, ["-c", again(2), "init"], cwd=str(tmp_path), env=env, encoding="utf-8", timeout=20
    )
    for key in "cd":
        child.expect_exact("支部名称*：")
        child.sendline("示例支部")
        child.expect_exact("上级党组织：")
        child.sendcontrol(key)
        child.expect_exact("已取消，没有写入。")
        child.expect_exact("CODE 130")
    child.expect(pexpect.EOF)
    child.close()
    assert list(tmp_path.iterdir()) == []


def _long_import(tmp_path: Path) -> tuple[list[str], dict[str, str]]:
    """More than a megabyte of rows, and the command that takes them in."""
    days = (f"{2000 + n // 300}-{n // 25 % 12 + 1:02}-{n % 25 + 1:02}" for n in range(300))
    lines = ["类型,日期,内容", *(f"党课,{day},{'学' * 1200}" for day in days)]
    (tmp_path / "组织生活.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "支部信息.csv").write_text("支部名称,示例支部\n成立时间,1999-01-01\n", encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"}
    env |= {"ZHIBU_DB": str(tmp_path / "a.db"), "ZHIBU_USER": "李四"}
    command = ["-c", entry(), "import", "支部信息.csv", "组织生活.csv", "--yes"]
    return command, env


def test_a_long_import_shows_how_far_it_has_come_and_wipes_it_away(tmp_path: Path) -> None:
    import pexpect

    command, env = _long_import(tmp_path)
    child = pexpect.spawn(
        sys.executable,
        command,
        cwd=str(tmp_path),
        env=env,
        encoding="utf-8",
        timeout=30,
        dimensions=(30, 100),
    )
    child.expect("读取 [0-9,]+ 行")
    child.expect("写入 [0-9,]+ 行")
    child.expect_exact("已导入（I1）：新增 301 条")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_in_a_pipe_it_is_silent(tmp_path: Path) -> None:
    import subprocess

    command, env = _long_import(tmp_path)
    run = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, env=env | {"TERM": "xterm"}, capture_output=True, check=True
    )
    assert run.stderr.decode() == "不得录入国家秘密、工作秘密。\n"
    assert "读取" not in run.stdout.decode()
    assert "\x1b" not in run.stdout.decode()


@pytest.fixture
@once
def folder(branch: Run, tmp_path: Path) -> Path:
    """A ledger with 张三 and 李四, and a general meeting in 二楼会议室."""
    for name in ("张三", "李四"):
        branch("member", "add", name, "--joined", "2010-07-01", "--status", "正式")
    meeting = ("--kind", "党员大会", "--date", "2026-02-05", "--place", "二楼会议室", "--host", "张三")
    branch("record", "meeting", *meeting)
    return tmp_path


def _spawn(folder: Path, term: str, call: str = "") -> Any:
    import pexpect

    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "TERM": term, "ZHIBU_USER": "王芳"}
    child = pexpect.spawn(
        sys.executable,
        ["-c", call or entry(), "record"],
        cwd=str(folder),
        env=env | {"ZHIBU_DB": str(folder / "zhibu.db")},
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 100),
    )
    child.delaybeforesend = None  # every question is waited for
    return child


def _answer(child: Any, *pairs: tuple[str, str]) -> None:
    for question, line in pairs:
        child.expect_exact(question)
        child.send(line + "\r")


def _content(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


ENTRY = (
    ("写 1、5）：", "1"),
    ("日期*〔", "2026-03-05"),
    ("地点〔二楼会议室〕：", ""),
    ("主持人〔张三〕：", "ls"),
    ("记录人：", "1"),
    ("谁到会了：", "-zs"),
    ("为什么没有到：", "公差"),
    ("议题：", "学习"),
    ("内容：", "学习有关文件"),
    ("表决（没有就回车）：", ""),
)


@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_a_meeting_is_entered_at_any_terminal(folder: Path, term: str) -> None:
    import pexpect

    child = _spawn(folder, term)
    _answer(child, *ENTRY)
    child.expect_exact("  应到2 实到1 缺席1")
    _answer(child, ("这样记下吗？", ""))
    child.expect_exact("已记录 S2　支部党员大会　2026年3月5日（星期四）")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "\x1b" not in child.before


def test_ctrl_c_in_the_middle_of_an_entry_leaves_no_trace(folder: Path) -> None:
    import pexpect

    before = _content(folder)
    child = _spawn(folder, "xterm-256color")
    _answer(child, *ENTRY[:5])
    child.expect_exact("谁到会了：")
    child.send("-张三")
    child.expect_exact("-张三")
    child.send("\x1b[D")
    child.expect_exact("\x1b[2D")  # the cursor goes back over a Han character by two columns
    child.sendcontrol("c")
    child.expect_exact("已取消，没有写入。")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert _content(folder) == before


def test_at_each_question_of_a_terminal_both_keys_leave_the_ledger_as_it_was(folder: Path) -> None:
    """In turn, all in one process; tests/cli/test_wizard.py leaves at each in every way."""
    import pexpect

    before = _content(folder)
    entry = (*ENTRY, ("这样记下吗？", ""))
    child = _spawn(folder, "xterm-256color", again(len(entry)))
    for stop in range(len(entry)):
        _answer(child, *entry[:stop])
        child.expect_exact(entry[stop][0])
        child.sendcontrol("cd"[stop % 2])
        child.expect_exact("已取消，没有写入。")
        child.expect_exact("CODE 130")
        assert _content(folder) == before
    child.expect(pexpect.EOF)
    child.close()


def test_a_window_that_is_closed_before_the_first_answer_leaves_no_draft(folder: Path) -> None:
    before = _content(folder)
    child = _spawn(folder, "xterm-256color")
    _answer(child, *ENTRY[:1])
    child.expect_exact(ENTRY[1][0])
    child.close(force=False)  # hangs up
    child.wait()
    assert _content(folder) == before


def test_a_window_that_is_closed_leaves_a_draft(folder: Path) -> None:
    ledger = _content(folder)["zhibu.db"]
    child = _spawn(folder, "xterm-256color")
    _answer(child, *ENTRY[:5])
    child.expect_exact("谁到会了：")
    child.close(force=False)  # hangs up
    child.wait()
    draft = (folder / "zhibu.db.draft").read_text(encoding="utf-8")
    assert '"recorder": "张三"' in draft
    assert _content(folder)["zhibu.db"] == ledger


def test_a_window_that_hangs_up_twice_leaves_one_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal's program and the system may both send the signal, the second while the draft is written."""
    from types import SimpleNamespace

    from zhibu_cli.cli import setting_aside

    kept: list[object] = []

    def keep(talk: object, _draft: object) -> None:
        kept.append(talk)
        if len(kept) == 1:
            os.kill(os.getpid(), signal.SIGHUP)

    def leave(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(setting_aside, "keep", keep)
    monkeypatch.setattr(os, "_exit", leave)
    talk: Any = SimpleNamespace(values={}, asked=True)

    def hang_up() -> None:
        with setting_aside.kept_on_trouble(talk, None):
            talk.values = {"place": "二楼"}
            os.kill(os.getpid(), signal.SIGHUP)

    with pytest.raises(SystemExit):
        hang_up()
    assert len(kept) == 1
