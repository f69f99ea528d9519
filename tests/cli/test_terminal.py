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
