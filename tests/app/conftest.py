"""A small ledger.

张三 (M1), 李四 (M2), 王五 (M3, 书记 since 2024-01-10), 赵六 (M4, probationary), 第一党小组 (G1).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.app.plans import BEFORE
from tests.once import once

from zhibu_cli.app import importing, planning
from zhibu_cli.app.context import Actor
from zhibu_cli.app.recording import amend, record
from zhibu_cli.app.setup import init_ledger

if TYPE_CHECKING:
    from pathlib import Path

ACTOR = Actor(who="王五", now=datetime(2026, 3, 9, 10, 0))


@pytest.fixture
def actor() -> Actor:
    return ACTOR


@pytest.fixture
@once
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01", "ledger_from": "2025-01-01"}, ACTOR)
    for name, joined, status in (
        ("张三", "2010-07-01", "正式"),
        ("李四", "2011-07-01", "正式"),
        ("王五", "2012-07-01", "正式"),
        ("赵六", "2025-11-20", "预备"),
    ):
        record(path, "member", {"name": name, "joined": joined, "status": status}, ACTOR)
    record(path, "group", {"name": "第一党小组", "leader": "张三", "founded": "2020-01-01"}, ACTOR)
    record(
        path, "post", {"member": "王五", "post": "书记", "since": "2024-01-10", "origin": "换届选举"}, ACTOR
    )
    return path


@pytest.fixture
@once
def branch(ledger: Path, actor: Actor) -> Path:
    """The ledger with a fixed theme day, 每月20日, and everybody in 第一党小组."""
    amend(ledger, "B1", {"theme_day": "每月20日"}, "写明固定日", actor)
    for number in ("M1", "M2", "M3", "M4"):
        amend(ledger, number, {"group": "第一党小组"}, "编入党小组", actor)
    return ledger


@pytest.fixture
@once
def planned(branch: Path, tmp_path: Path, actor: Actor) -> Path:
    """The same branch with the plan of 2026 brought in as it was written out."""
    book = tmp_path / "计划.xlsx"
    book.write_bytes(planning.paper(planning.plan(branch, 2026, BEFORE), "xlsx"))
    importing.apply_plan(importing.preview([book], branch), actor)
    return branch
