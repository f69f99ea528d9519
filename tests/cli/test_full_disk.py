"""A disk that takes no more: one clear error of its own class, nothing half written, the ledger as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from tests.process import entry

from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")


def _limited(folder: Path, kilobytes: int, *argv: str) -> tuple[int, str]:
    """Code and stderr of a run that may write no file of more than so many KiB."""
    env = {**os.environ, "PYTHONIOENCODING": "utf-8", "ZHIBU_USER": "王芳"}
    env["ZHIBU_DB"] = str(folder / "zhibu.db")
    env.pop("PYTHONWARNDEFAULTENCODING", None)  # openpyxl would be told of
    env["PYTHONDONTWRITEBYTECODE"] = "1"  # it would be cut as well, and be there for the next test
    shell = ["bash", "-c", f'ulimit -f {kilobytes}; exec "$0" "$@"', sys.executable, "-c", entry()]
    done = subprocess.run(
        [*shell, *argv],
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


def _rows(folder: Path, count: int) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "组织生活"
    sheet.append(("类型", "日期", "主题", "内容"))
    for number in range(count):
        sheet.append(
            ("党课", f"2026-03-{number % 28 + 1:02}", f"样本题目{number}", "样本材料" * 40 + str(number))
        )
    book.save(folder / "多.xlsx")


def test_an_import_that_the_disk_cuts_leaves_every_byte_as_it_was(branch: Run, tmp_path: Path) -> None:
    del branch
    ledger = tmp_path / "zhibu.db"
    _rows(tmp_path, 1500)
    before, room = ledger.read_bytes(), ledger.stat().st_size // 1024 + 200
    code, error = _limited(tmp_path, room, "import", "多.xlsx", "--yes")
    assert code == 19
    assert "没有写成：磁盘空间不足" in error
    assert ledger.read_bytes() == before
    assert not (tmp_path / "zhibu.db-journal").exists()
    with open_store(ledger) as store:
        assert store.of_register("sitting") == []


def test_a_ledger_that_the_disk_cuts_at_birth_is_not_born(tmp_path: Path) -> None:
    code, error = _limited(tmp_path, 20, "init", "--name", "甲支部", "--founded", "2019-05-01")
    assert code == 19
    assert f"{tmp_path / 'zhibu.db'} 没有写成" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "argv",
    [
        ("form", "党课", "-o", "表.xlsx"),
        ("export", "-o", "表.xlsx"),
        ("report", "--quarter", "2026Q1", "-o", "表.docx"),
    ],
    ids=["form", "export as a workbook", "report"],
)
def test_a_table_that_the_disk_cuts_is_one_error_and_no_file(
    branch: Run, tmp_path: Path, argv: tuple[str, ...]
) -> None:
    """One KiB is too little for a sheet, a workbook and a report."""
    del branch
    code, error = _limited(tmp_path, 1, *argv)
    assert code == 19
    told = [line for line in error.splitlines() if not line.startswith("不得录入")]
    assert [line[:3] for line in told] == ["错误：", "提示："]
    assert not list(tmp_path.glob("*表*"))
