"""Invented workbooks in the layouts that branches have: what each must give, and must not.

``workbooks/NAME.toml`` says it: every record with all its fields, every problem with its cell, every
row that is left aside and why, read line by line against the rows in ``tools/build_workbooks.py``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.exchange.batch import read_batch
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.values import format_field

if TYPE_CHECKING:
    from zhibu_cli.exchange.draft import Batch, Draft
    from zhibu_cli.model.problem import Problem

FOLDER = Path(__file__).parent / "workbooks"
TOLD = sorted(FOLDER.glob("*.toml"))


def said(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def batch_of(told: Path) -> Batch:
    return read_batch([told.with_suffix("")], CATALOGUE)


def as_told(draft: Draft) -> dict[str, Any]:
    fields = {
        field.label: format_field(CATALOGUE, field, draft.payload[field.name])
        for field in draft.register.fields
        if field.name in draft.payload
    }
    return {"sheet": draft.sheet, "row": draft.row, "register": draft.register.title, "fields": fields}


def cell_of(problem: Problem) -> str:
    match = re.search("（([A-Z]+[0-9]+)）$", problem.column)
    return f"{problem.sheet}!{match[1] if match else problem.row}"


def test_there_are_enough_workbooks_of_several_makers() -> None:
    names = [path.with_suffix("").name for path in TOLD]
    assert len(names) >= 25
    assert {Path(name).suffix for name in names} == {".xlsx", ".xls", ".ods", ".csv"}
    assert sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".toml") == sorted(names)


@pytest.mark.parametrize("told", TOLD, ids=lambda path: path.stem)
def test_a_workbook_gives_its_facts_and_nothing_else(told: Path) -> None:
    assert [as_told(draft) for draft in batch_of(told).drafts] == said(told).get("record", [])


@pytest.mark.parametrize("told", TOLD, ids=lambda path: path.stem)
def test_a_workbook_names_its_problems_with_their_cells(told: Path) -> None:
    wanted = said(told).get("problem", [])
    problems = batch_of(told).problems
    assert [cell_of(problem) for problem in problems] == [one["at"] for one in wanted]
    for problem, one in zip(problems, wanted, strict=True):
        assert one["says"] in problem.message


@pytest.mark.parametrize("told", TOLD, ids=lambda path: path.stem)
def test_a_workbook_names_the_rows_that_are_left_aside_and_why(told: Path) -> None:
    notes = batch_of(told).notes
    found = [re.search("工作表“(.*?)”第([0-9]+)行(.*?)，未导入", note) for note in notes]
    left = [[match[1], int(match[2]), match[3]] for match in found if match]
    assert left == said(told).get("left", [])


@pytest.mark.parametrize("told", TOLD, ids=lambda path: path.stem)
def test_every_column_of_a_workbook_is_told(told: Path) -> None:
    """No column is dropped in silence: each is a field, joined to one, or named as not taken."""
    for sheet in batch_of(told).sheets:
        assert all(use for _at, _header, use in sheet.columns)
        assert not [header for _at, header, use in sheet.columns if "不认识" in use]
