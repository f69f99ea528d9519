"""What a blank workbook offers of the ledger."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import openpyxl

from zhibu_cli.app.forms import workbook
from zhibu_cli.app.recording import record

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


def test_groups_that_only_the_roster_names_are_offered_too(ledger: Path, actor: Actor) -> None:
    for name, group in (("钱七", "一组"), ("孙八", "第二党小组"), ("周九", "第二党小组")):
        told = {"name": name, "joined": "2015-07-01", "status": "正式", "group": group}
        record(ledger, "member", told, actor)
    book = openpyxl.load_workbook(io.BytesIO(workbook([], ledger, date(2026, 3, 9))))
    rules = book["组织生活"].data_validations.dataValidation
    assert '"第一党小组,第二党小组"' in [rule.formula1 for rule in rules]
