"""The sample's files: made by the tool as they stand, plainly invented, no two minutes alike."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
BOOKS = sorted((ROOT / "sample_data").glob("*.xlsx"))
README = (ROOT / "sample_data" / "README.md").read_text(encoding="utf-8")


def minutes() -> list[tuple[str, str]]:
    """Number and text of every sitting."""
    texts = []
    for path in BOOKS:
        head, *rows = load_workbook(path)["组织生活"].iter_rows(values_only=True)
        number, content, resolution = (head.index(name) for name in ("编号", "内容", "决议"))
        texts += [(str(row[number]), f"{row[content]}{row[resolution]}") for row in rows]
    return texts


@pytest.mark.skipif(not (ROOT / "tools" / "build_sample.py").is_file(), reason="no tools in this tree")
def test_the_workbooks_are_what_the_tool_makes() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tools.build_sample", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_two_minutes_share_more_than_a_fifth_of_their_three_character_runs() -> None:
    runs = {number: {text[place : place + 3] for place in range(len(text) - 2)} for number, text in minutes()}
    alike = [
        (one, other)
        for one, other in combinations(runs, 2)
        if len(runs[one] & runs[other]) > 0.2 * min(len(runs[one]), len(runs[other]))
    ]
    assert not alike


def test_the_texts_can_be_shown_on_any_console_in_china() -> None:
    for _, text in minutes():
        assert text.encode("gbk").decode("gbk") == text


def test_the_readme_names_each_planted_fault_once_and_says_that_all_is_invented() -> None:
    rows = [line for line in README.splitlines() if re.match(r"\| \d", line)]
    keys = [re.findall(r"`([a-z-]+@[^`]+)`", row) for row in rows]
    assert [len(found) for found in keys] == [1] * 9
    assert len({found[0] for found in keys}) == 9
    assert "虚构" in README
