"""At a real terminal: questions, and the keys that leave them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pexpect needs a pseudo-terminal")


@pytest.mark.parametrize("key", ["c", "d"])
def test_ctrl_c_and_ctrl_d_leave_without_a_trace(tmp_path: Path, key: str) -> None:
    import pexpect

    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "XDG_DATA_HOME": str(tmp_path)}
    env.pop("ZHIBU_DB", None)
    child = pexpect.spawn(
        sys.executable, ["-m", "zhibu_cli", "init"], cwd=str(tmp_path), env=env, encoding="utf-8", timeout=20
    )
    child.expect_exact("支部名称*：")
    child.sendline("示例支部")
    child.expect_exact("上级党组织：")
    child.sendcontrol(key)
    child.expect_exact("已取消，没有写入。")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert list(tmp_path.iterdir()) == []


def _long_import(tmp_path: Path) -> tuple[list[str], dict[str, str]]:
    """More than a megabyte of rows, and the command that takes them in."""
    days = (f"{2000 + n // 300}-{n // 25 % 12 + 1:02}-{n % 25 + 1:02}" for n in range(1200))
    lines = ["类型,日期,内容", *(f"党课,{day},{'学' * 400}" for day in days)]
    (tmp_path / "组织生活.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "支部信息.csv").write_text("支部名称,示例支部\n成立时间,1999-01-01\n", encoding="utf-8")
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8", "TERM": "xterm", "COLUMNS": "100"}
    env |= {"ZHIBU_DB": str(tmp_path / "a.db"), "ZHIBU_USER": "李四"}
    command = ["-m", "zhibu_cli", "import", "支部信息.csv", "组织生活.csv", "--yes"]
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
    child.expect_exact("已导入（I1）：新增 1201 条")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_in_a_pipe_it_is_silent(tmp_path: Path, term: str) -> None:
    import subprocess

    command, env = _long_import(tmp_path)
    run = subprocess.run(
        [sys.executable, *command], cwd=tmp_path, env=env | {"TERM": term}, capture_output=True, check=True
    )
    assert run.stderr.decode() == "不得录入国家秘密、工作秘密。\n"
    assert "读取" not in run.stdout.decode()
    assert "\x1b" not in run.stdout.decode()
