"""The demonstration writes everything it promises, and nothing over what is there."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.context import Actor
from zhibu_cli.app.demo import Demo, run_demo
from zhibu_cli.errors import ExistsError

if TYPE_CHECKING:
    from pathlib import Path

ACTOR = Actor(who="演示", now=datetime(2026, 11, 23, 9, 0))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return run_demo(tmp_path_factory.mktemp("demo") / "新文件夹" / "演示", ACTOR)


def test_the_folder_holds_the_ledger_workbooks_check_and_papers(demo: Demo) -> None:
    names = {path.name for path in demo.folder.iterdir()}
    assert names == {path.name for path in demo.files}
    assert {
        "说明.txt",
        "zhibu.db",
        "2024.xlsx",
        "2025.xlsx",
        "2026.xlsx",
        "核对结果.md",
        "核对结果.json",
    } <= names
    for suffix in ("docx", "xlsx", "md"):
        assert f"2025年第四季度党建工作报告.{suffix}" in names
    for suffix in ("docx", "md"):
        assert f"2025年度述职报告.{suffix}" in names
    assert any("素材清单" in name for name in names)


def test_the_guide_says_that_all_is_invented_and_names_every_file_and_fault(demo: Demo) -> None:
    text = (demo.folder / "说明.txt").read_text(encoding="utf-8-sig")
    assert "虚构" in text
    assert all(path.name in text for path in demo.files if path.name != "说明.txt")
    assert len(demo.faults) == 9
    assert all(finding.key in text for finding in demo.faults)
    text.encode("gbk")


def test_the_check_is_as_of_the_fixed_day_whatever_the_clock_says(demo: Demo) -> None:
    answer = json.loads((demo.folder / "核对结果.json").read_text(encoding="utf-8"))
    assert answer["as_of"] == "2026-04-10"
    assert answer["period"] == {"from": "2024-01-01", "to": "2026-04-10"}


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "我的文件.txt").write_text("留着", encoding="utf-8")
    with pytest.raises(ExistsError):
        run_demo(tmp_path, ACTOR)
    assert [path.name for path in tmp_path.iterdir()] == ["我的文件.txt"]


def test_a_file_in_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "演示"
    path.write_text("留着", encoding="utf-8")
    with pytest.raises(ExistsError):
        run_demo(path, ACTOR)
    assert path.read_text(encoding="utf-8") == "留着"


def test_a_failure_leaves_an_empty_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise OSError("磁盘已满")

    monkeypatch.setattr("zhibu_cli.app.reporting.quarter_report", broken)
    with pytest.raises(OSError, match="磁盘已满"):
        run_demo(tmp_path / "演示", ACTOR)
    assert list((tmp_path / "演示").iterdir()) == []
