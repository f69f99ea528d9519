"""Creating a ledger, and which file is meant."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.checking import load
from zhibu_cli.app.files import find_ledger, ledger_to_fill, new_ledger_path
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.setup import init_ledger
from zhibu_cli.errors import ClassifiedError, ExistsError, InputError, LedgerNotFoundError

if TYPE_CHECKING:
    from zhibu_cli.app.context import Actor

BRANCH = {"name": "甲支部", "founded": "2019年5月1日"}


def test_the_branch_is_kept_as_it_was_given(tmp_path: Path, actor: Actor) -> None:
    values = BRANCH | {"superior": "某局机关党委", "type": "党支部", "theme_day": "每月20日"}
    init_ledger(tmp_path / "a.db", values, actor)
    branch = load(tmp_path / "a.db").branch
    assert (branch.name, branch.founded, branch.superior) == ("甲支部", date(2019, 5, 1), "某局机关党委")
    assert (branch.type, branch.theme_day) == ("branch", "每月20日")


def test_a_single_register_may_begin_on_a_day_of_its_own(tmp_path: Path, actor: Actor) -> None:
    starts = ["2025-01-01", "谈心谈话=2026-01-01", "党课=2025年6月1日"]
    init_ledger(
        tmp_path / "a.db", {**BRANCH, "ledger_from": starts, "packs": ["sichuan-2016", "默认"]}, actor
    )
    branch = load(tmp_path / "a.db").branch
    assert branch.ledger_from == date(2025, 1, 1)
    assert dict(branch.starts) == {"talk": date(2026, 1, 1), "lecture": date(2025, 6, 1)}
    assert branch.packs == ("sichuan-2016", "默认")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("民主评议", "appraisal_row"),
        ("民主评议党员", "appraisal"),
        ("支委会", "committee_meeting"),
        ("三会一课", "sitting"),
    ],
)
def test_a_start_means_the_same_in_the_command_and_in_the_sheet(
    tmp_path: Path, actor: Actor, title: str, name: str
) -> None:
    init_ledger(tmp_path / "a.db", {**BRANCH, "ledger_from": [f"{title}=2026-01-01"]}, actor)
    sheet = {"支部名称": "甲支部", "成立时间": "2015-06-01", f"台账起始日·{title}": "2026-01-01"}
    book = tmp_path / "b.json"
    book.write_text(
        json.dumps({"format": "zhibu-ledger", "version": 1, "支部信息": sheet}, ensure_ascii=False),
        encoding="utf-8",
    )
    apply_plan(preview([book], tmp_path / "b.db"), actor)
    for path in (tmp_path / "a.db", tmp_path / "b.db"):
        assert dict(load(path).branch.starts) == {name: date(2026, 1, 1)}


def test_all_that_is_wrong_is_told_at_once_and_no_file_is_made(tmp_path: Path, actor: Actor) -> None:
    with pytest.raises(InputError) as told:
        init_ledger(tmp_path / "a.db", {"founded": "某年某月", "type": "大支部"}, actor)
    for word in ("支部名称", "某年某月", "大支部"):
        assert word in told.value.message
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_start_is_told(tmp_path: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="打麻将"):
        init_ledger(tmp_path / "a.db", {**BRANCH, "ledger_from": ["打麻将=2026-01-01"]}, actor)


def test_a_marked_text_is_refused_and_no_file_is_made(tmp_path: Path, actor: Actor) -> None:
    with pytest.raises(ClassifiedError):
        init_ledger(tmp_path / "a.db", {**BRANCH, "superior": "机密★某局"}, actor)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_that_is_there_is_not_overwritten(ledger: Path, actor: Actor) -> None:
    before = ledger.read_bytes()
    with pytest.raises(ExistsError):
        init_ledger(ledger, BRANCH, actor)
    assert ledger.read_bytes() == before


def test_the_named_ledger_comes_first_then_here_then_the_users_folder(tmp_path: Path) -> None:
    here, home = tmp_path / "here", tmp_path / "home"
    here.mkdir()
    home.mkdir()
    with pytest.raises(LedgerNotFoundError) as told:
        find_ledger(None, {}, here, home)
    assert "zhibu init" in told.value.hint
    assert ledger_to_fill(None, {}, here, home) == here / "zhibu.db"
    (home / "zhibu.db").touch()
    assert find_ledger(None, {}, here, home) == home / "zhibu.db"
    assert ledger_to_fill(None, {}, here, home) == home / "zhibu.db"
    assert new_ledger_path(None, {}, here) == here / "zhibu.db"
    (here / "zhibu.db").touch()
    assert find_ledger(None, {}, here, home) == here / "zhibu.db"
    (here / "other.db").touch()
    assert find_ledger(None, {"ZHIBU_DB": "other.db"}, here, home) == here / "other.db"
    assert find_ledger(home / "zhibu.db", {"ZHIBU_DB": "other.db"}, here, home) == home / "zhibu.db"


def test_a_named_ledger_that_is_missing_is_not_replaced_by_another(tmp_path: Path) -> None:
    (tmp_path / "zhibu.db").touch()
    with pytest.raises(LedgerNotFoundError, match=r"no\.db"):
        find_ledger(Path("no.db"), {}, tmp_path, tmp_path)
    with pytest.raises(LedgerNotFoundError, match=r"no\.db"):
        find_ledger(None, {"ZHIBU_DB": "no.db"}, tmp_path, tmp_path)


def test_a_pack_that_is_none_is_refused_with_everything_else(tmp_path: Path, actor: Actor) -> None:
    values: dict[str, str | list[str]] = {
        "name": "甲支部",
        "founded": "2019年13月1日",
        "ledger_from": ["谈心=2026-01-01", "不存在=2026-01-01"],
        "packs": ["sichuan-2016", "川意见"],
    }
    with pytest.raises(InputError) as caught:
        init_ledger(tmp_path / "zhibu.db", values, actor)
    assert "“成立时间”" in caught.value.message
    assert "台账起始日“不存在=2026-01-01”" in caught.value.message
    assert "“适用规定”不认识“川意见”；可写：默认、党章、" in caught.value.message
    assert not (tmp_path / "zhibu.db").exists()


def test_packs_are_named_by_title_or_id(tmp_path: Path, actor: Actor) -> None:
    values = {"name": "甲支部", "founded": "2019-05-01", "packs": "sichuan-2016、支部工作条例"}
    made = init_ledger(tmp_path / "zhibu.db", values, actor)
    assert made.entry.payload["packs"] == "sichuan-2016、支部工作条例"
