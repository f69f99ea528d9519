"""Which number a new row gets, and what is told where a file cannot be read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.import_rows import Row
from zhibu_cli.app.importing import preview
from zhibu_cli.app.matching import give_numbers
from zhibu_cli.exchange.draft import Draft
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

SITTING = CATALOGUE.register("sitting")


def row(number: str) -> Row:
    return Row(draft=Draft(register=SITTING, payload={}, number=number, file="甲.xlsx"), payload={})


@pytest.mark.parametrize(
    ("number", "given"),
    [
        ("S7", "S7"),
        ("S999999999", "S999999999"),
        ("S1000000000", "S3"),
        ("S" + "9" * 5000, "S3"),
        ("S07", "S3"),
        ("S0", "S3"),
        ("S２", "S3"),
        ("T7", "S3"),
        ("7", "S3"),
        ("S", "S3"),
        ("S2", "S3"),
    ],
)
def test_a_number_is_kept_only_if_it_could_be_one_of_ours(number: str, given: str) -> None:
    """S2 is taken, so that the next number is S3."""
    new = row(number)
    give_numbers(SITTING, [new], {"S2"})
    assert new.id == given


def test_an_unreadable_file_without_a_ledger_is_one_problem(tmp_path: Path) -> None:
    broken = tmp_path / "名册.xlsx"
    broken.write_bytes(b"no workbook")
    plan = preview([broken], tmp_path / "zhibu.db")
    assert len(plan.problems) == 1
    assert "支部信息" not in plan.problems[0].message
