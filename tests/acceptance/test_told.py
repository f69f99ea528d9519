"""What stands beside the findings of an answer: remarks on the answer itself, explanations given in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def ledger(zhibu: Callable[..., Any], tmp_path: Path, new_branch: Any) -> Path:
    """A branch that has chosen a pack there is and one there is not."""
    branch, db = new_branch(), tmp_path / "测试.db"
    branch.committee(*branch.full[:3])
    zhibu("import", branch.write(tmp_path / "测试.json"), "--yes", "--db", db)
    zhibu("amend", "B1", "--set", "适用规定=川意见、支部工作条例", "--reason", "补填", "--db", db)
    return db


@pytest.mark.parametrize("format_", ["table", "md"])
def test_a_pack_that_is_none_is_told_in_the_answer_itself(
    zhibu: Callable[..., Any], ledger: Path, format_: str
) -> None:
    answer = zhibu("check", "--format", format_, "--as-of", "2018-03-01", "--db", ledger, code=None)
    assert "川意见" in answer.out
    assert "川意见" not in answer.err


def test_the_answer_for_programs_stays_json_and_the_remark_goes_beside_it(
    zhibu: Callable[..., Any], ledger: Path
) -> None:
    answer = zhibu("check", "--format", "json", "--as-of", "2018-03-01", "--db", ledger, code=None)
    assert [pack["id"] for pack in answer.json["packs"]] == ["branch-regulation-2018", "records"]
    assert "川意见" in answer.err


@pytest.mark.parametrize("format_", ["table", "md"])
def test_an_explanation_given_in_time_stands_beside_the_open_duty(
    zhibu: Callable[..., Any], ledger: Path, format_: str
) -> None:
    key = f"secretary-lecture-yearly@{date.today().year}"
    zhibu("waive", key, "--reason", "书记在外学习", "--by", "张三", "--db", ledger)
    answer = zhibu("check", "--rule", "secretary-lecture-yearly", "--format", format_, "--db", ledger)
    assert "尚未到期" in answer.out
    assert "书记在外学习" in answer.out
