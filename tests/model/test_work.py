"""学习任务, 培训学时 and 发展党员 as values, and since when such a register speaks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.work import bare_title
from zhibu_cli.rules.examples import example_ledger

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger


def ledger(*records: dict[str, Any], **more: Any) -> Ledger:
    return example_ledger({"as_of": "2026-12-31", "members": ["甲"], "records": records, **more}, CATALOGUE)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("《关于开展示例学习的通知》", "关于开展示例学习的通知"),
        (" 关于开展示例学习的通知 ", "关于开展示例学习的通知"),
        ("关于印发《示例办法》的通知", "关于印发《示例办法》的通知"),
        ("《示例办法》《示例细则》", "《示例办法》《示例细则》"),
    ],
)
def test_only_marks_around_the_whole_title_are_taken_off(written: str, title: str) -> None:
    assert bare_title(written) == title


def test_documents_whose_day_is_known_are_told_with_it() -> None:
    found = ledger(
        {"kind": "study_task", "title": "《甲办法》", "issued": "2026-03-05"},
        {"kind": "study_task", "title": "乙通知"},
    )
    assert found.dated_documents == (("甲办法", date(2026, 3, 5)),)


def test_a_row_that_says_no_form_says_none() -> None:
    row = ledger({"kind": "training", "member": "甲", "on": "2026-03-05", "hours": 2}).trainings[0]
    assert (row.member, row.hours, row.form, row.purpose, row.level) == ("M1", 2, "", "", "")


def test_a_register_taken_up_later_says_nothing_of_the_years_before() -> None:
    rows = ({"kind": "training", "member": "甲", "on": "2026-03-05", "hours": 2},)
    assert ledger(*rows, ledger_from="2024-01-01").begins("training") == date(2026, 1, 1)
    assert ledger(*rows, ledger_from="2026-02-01").begins("training") == date(2026, 2, 1)
    assert ledger(*rows, starts={"training": "2025-01-01"}).begins("training") == date(2025, 1, 1)
    assert ledger(ledger_from="2024-01-01").begins("training") is None
