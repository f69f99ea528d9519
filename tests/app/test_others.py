"""Checking against the ledgers of other branches: what is told of them and what is refused."""

from __future__ import annotations

import json
import shutil
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.app.checking import check, to_json
from zhibu_cli.app.recording import record
from zhibu_cli.app.setup import init_ledger
from zhibu_cli.errors import InputError, LedgerNotFoundError

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor

TEXT = (
    "综合窗口平均等候四十一分钟，老人等得最久，原因是复印机坏了没有人报修，要有人盯着。"
    "张三提出午间值班由一人增加到两人，党员先排班；材料清单重新写过，叫号按事项分开。"
)
RULES = ("record-duplicate-text", "record-near-duplicate-text")
AS_OF = date(2026, 3, 9)


@pytest.fixture
@once
def other(tmp_path: Path, actor: Actor) -> Path:
    path = tmp_path / "other.db"
    init_ledger(path, {"name": "乙支部", "founded": "2019-05-01", "ledger_from": "2025-01-01"}, actor)
    record(path, "member", {"name": "燕归来", "joined": "2010-07-01", "status": "正式"}, actor)
    text = TEXT.replace("张三", "燕归来")
    record(path, "lecture", {"date": "2026-02-05", "content": text, "place": "四楼"}, actor)
    record(
        path,
        "talk",
        {"date": "2026-02-06", "talkers": "燕归来", "partners": "外人甲", "content": text},
        actor,
    )
    return path


def _own(ledger: Path, actor: Actor) -> None:
    record(ledger, "theme_day", {"date": "2026-03-05", "content": TEXT, "chair": "王五"}, actor)


def test_a_text_of_another_branch_is_found_with_branch_number_date_and_kind(
    ledger: Path, other: Path, actor: Actor
) -> None:
    _own(ledger, actor)
    assert check(ledger, None, AS_OF, rules=RULES).findings == ()
    (finding,) = check(ledger, None, AS_OF, rules=RULES, others=[other]).findings
    assert (finding.rule, finding.evidence) == ("record-duplicate-text", ("S1",))
    assert "“乙支部”台账中2026年2月5日的党课（S1）" in finding.message


def test_nobody_and_nothing_else_of_the_other_ledger_is_told(ledger: Path, other: Path, actor: Actor) -> None:
    _own(ledger, actor)
    told = json.dumps(to_json(check(ledger, None, AS_OF, rules=RULES, others=[other])), ensure_ascii=False)
    assert not any(word in told for word in ("燕归来", "外人甲", "四楼", "复印机", "%"))


def test_what_happened_elsewhere_after_the_day_is_not_there_yet(
    ledger: Path, other: Path, actor: Actor
) -> None:
    record(ledger, "theme_day", {"date": "2026-02-03", "content": TEXT}, actor)
    assert check(ledger, None, date(2026, 2, 4), rules=RULES, others=[other]).findings == ()
    assert len(check(ledger, None, AS_OF, rules=RULES, others=[other]).findings) == 1


def test_the_own_ledger_under_another_name_is_refused(ledger: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(ledger, copy)
    with pytest.raises(InputError, match="同一个台账"):
        check(ledger, None, AS_OF, others=[copy])


def test_one_ledger_given_twice_is_refused(ledger: Path, other: Path) -> None:
    with pytest.raises(InputError, match="同一个台账"):
        check(ledger, None, AS_OF, others=[other, other])


def test_a_ledger_that_is_not_there_is_told(ledger: Path, tmp_path: Path) -> None:
    with pytest.raises(LedgerNotFoundError):
        check(ledger, None, AS_OF, others=[tmp_path / "no.db"])


def test_the_other_ledger_stays_what_it_was(ledger: Path, other: Path, actor: Actor) -> None:
    _own(ledger, actor)
    before = sha256(other.read_bytes()).hexdigest()
    check(ledger, None, AS_OF, rules=RULES, others=[other])
    assert sha256(other.read_bytes()).hexdigest() == before
    assert {file.name for file in other.parent.glob("other*")} == {"other.db"}
