"""学习任务, 发展党员, 培训学时 and 述职评议 from the record to the workbook and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.app.checking import check, load
from zhibu_cli.app.exporting import export
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.listing import list_entries, show
from zhibu_cli.app.recording import amend, record
from zhibu_cli.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.taking import Given

ROWS: dict[str, Mapping[str, Given]] = {
    "development": {
        "name": "申请甲",
        "applied": "2025-03-01",
        "activist": "2025-12-01",
        "mentors": "张三、李四",
        "reviews": "2026-02-02、2026-03-02",
    },
    "training": {
        "member": "张三",
        "date": "2026-03-06",
        "hours": "7.5",
        "title": "示例班",
        "form": "集中培训",
        "purpose": "轮训",
        "level": "市级",
    },
    "study_task": {"title": "《示例办法》", "deadline": "2026-03-20", "records": "S1"},
    "debriefing": {"assessment_year": "2025", "date": "2026-01-15", "member": "王五", "result": "较好"},
}


@pytest.fixture
@once
def filled(ledger: Path, actor: Actor) -> Path:
    for kind, values in ROWS.items():
        record(ledger, kind, values, actor)
    return ledger


def test_rows_are_listed_by_what_they_are_about(filled: Path) -> None:
    lines = {line.id: line.summary for line in list_entries(filled)}
    assert lines == {"F1": "申请甲", "X1": "张三 示例班", "K1": "《示例办法》", "D1": "王五"}


def test_a_row_is_shown_and_corrected_in_the_words_of_its_sheet(filled: Path, actor: Actor) -> None:
    amend(filled, "F1", {"reviews": "2026-02-02"}, "写错", actor)
    assert show(filled, "F1").rows == (
        ("姓名", "申请甲"),
        ("申请日期", "2025-03-01"),
        ("确定积极分子日期", "2025-12-01"),
        ("培养联系人", "张三、李四"),
        ("考察日期", "2026-02-02"),
    )
    assert ("举办级别", "县级以上") in show(filled, "X1").rows


@pytest.mark.parametrize("suffix", ["xlsx", "json"])
def test_an_export_taken_into_a_new_ledger_says_the_same(
    filled: Path, tmp_path: Path, actor: Actor, suffix: str
) -> None:
    file, other = tmp_path / f"台账.{suffix}", tmp_path / "other.db"
    export(filled, file, actor, full=True)
    apply_plan(preview([file], other), actor)
    for number in ("F1", "X1", "K1", "D1"):
        assert show(other, number).rows == show(filled, number).rows
    assert not preview([file], other).new


def test_what_was_left_blank_stays_blank(ledger: Path, actor: Actor) -> None:
    record(ledger, "training", {"member": "张三", "date": "2026-03-06", "hours": "2"}, actor)
    (entry,) = load(ledger).of_kind("training")
    assert entry.payload == {"member": "M1", "date": "2026-03-06", "hours": 2}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("training", {"member": "张三", "date": "2026-03-06"}),
        ("training", {"member": "张三", "date": "2026-03-06", "hours": "2", "level": "某级"}),
        ("development", {"name": "申请甲", "reviews": "2026-02-02、某日"}),
        ("debriefing", {"date": "2026-01-15", "member": "王五"}),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_kept(
    ledger: Path, actor: Actor, kind: str, values: Mapping[str, Given]
) -> None:
    with pytest.raises(InputError):
        record(ledger, kind, values, actor)
    assert load(ledger).of_kind(kind) == ()


@pytest.mark.parametrize(("earlier", "number"), [([], "S1"), (["2026-03-01"], "S2")])
def test_a_record_that_a_task_names_goes_by_the_number_it_gets_here(
    tmp_path: Path, actor: Actor, earlier: list[str], number: str
) -> None:
    sittings = [{"编号": "", "类型": "主题党日", "日期": day} for day in earlier]
    sittings.append({"编号": "甲-3", "类型": "主题党日", "日期": "2026-03-05"})
    tables = {
        "支部信息": {"支部名称": "甲支部", "成立时间": "2019-05-01"},
        "组织生活": sittings,
        "学习任务": [{"文件名称": "示例办法", "学习时限": "2026-03-20", "学习记录编号": "甲-3、会外"}],
    }
    file, path = tmp_path / "去年.json", tmp_path / "other.db"
    head = {"format": "zhibu-ledger", "version": 1}
    file.write_text(json.dumps({**head, **tables}, ensure_ascii=False), encoding="utf-8")
    apply_plan(preview([file], path), actor)
    assert dict(show(path, "K1").rows)["学习记录编号"] == f"{number}、会外"
    found = check(path, None, actor.now.date(), rules=["study-task-done"]).findings
    assert [(one.status.value, one.evidence) for one in found] == [("met", (number,))]
