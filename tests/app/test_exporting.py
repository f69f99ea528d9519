"""What is written out comes back as it was."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from tests.once import once

from zhibu_cli.app.context import Actor
from zhibu_cli.app.exporting import export
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.people import leave
from zhibu_cli.app.recording import amend, record, void
from zhibu_cli.errors import ExistsError, InputError, LedgerBusyError
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.taking import Given

LATER = Actor(who="李四", now=datetime(2026, 4, 1, 9, 30))
ODD = 'a <b> & "c" {{ d }} {_{ e }_} =1+1 \x07 第二行\n第三行'


@pytest.fixture
@once
def filled(ledger: Path, actor: Actor) -> Path:
    """Every register, a voided and an amended record, two members of one name, odd characters."""
    record(
        ledger, "member", {"name": "张三", "joined": "2020-07-01", "status": "正式", "phone": "028-1"}, actor
    )
    meeting: dict[str, Given] = {
        "date": "2026-03-05",
        "start": "14:30",
        "chair": "书记 王五",
        "recorder": "M1",
        "attendees": "M1、王五、来宾",
        "absentees": ["李四=病假", "赵六（公差；会前请假；补学2026-03-12）"],
        "uncounted": "M5=出国",
        "observers": "局长 周九",
        "topics": ["议题一", "议题二"],
        "content": ODD,
        "hours": "1.5",
        "forms": "现场",
        "claimed_at": "2026-03-05 17:00",
        "votes": ["事项类别=选举 对象=张三 应到=4 实到=3 赞成=3 结果=当选", "事项类别=一般议题 事项=计划"],
    }
    for values in (
        meeting,
        {"date": "2026-01-05", "theme": "作废"},
        {"date": "2026-02-05", "theme": "第三条"},
    ):
        record(ledger, ["党员大会", "党日"], values, actor)
    void(ledger, "S2", "重复", actor)
    amend(ledger, "S3", {"theme": "改过", "place": "二楼"}, "写错", LATER)
    leave(ledger, "李四", {"left": "2026-03-20", "left_why": "调动"}, actor)
    record(
        ledger,
        "member_event",
        {"member": "赵六", "matter": "调整党小组", "date": "2026-02-01", "new": "第一党小组"},
        actor,
    )
    record(
        ledger, "talk", {"date": "2026-02-01", "talkers": "王五", "partners": "M5", "content": "要点"}, actor
    )
    record(
        ledger,
        "appraisal_row",
        {"assessment_year": "2025", "member": "王五", "grade": "优秀", "votes_excellent": "3"},
        actor,
    )
    record(ledger, "rectification", {"source": "检查", "problem": "记录不全", "responsible": "王五"}, actor)
    values = {"key": "x@2026-02", "reason": "特殊情况", "by": "王五", "date": "2026-03-01"}
    record(ledger, "waiver", values, actor)
    return ledger


def _live(path: Path) -> dict[str, Any]:
    with open_store(path) as store:
        return {entry.id: dict(entry.payload) for entry in store.entries()}


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
@pytest.mark.parametrize("full", [False, True])
def test_export_import_export_gives_the_same_content(
    filled: Path, tmp_path: Path, suffix: str, full: bool
) -> None:
    first, second, copy = (tmp_path / name for name in (f"a{suffix}", f"b{suffix}", "copy.db"))
    export(filled, first, LATER, full=full)
    apply_plan(preview([first], copy), LATER)
    export(copy, second, LATER, full=full)
    if suffix == ".json":
        contents = [json.loads(path.read_text(encoding="utf-8")) for path in (first, second)]
        for content in contents:
            content.pop("附加", None)
        assert contents[0] == contents[1]
    else:
        assert first.read_bytes() == second.read_bytes()
    if full:
        assert _live(copy) == _live(filled)
    with open_store(filled) as one, open_store(copy) as other:
        assert one.ledger_id == other.ledger_id


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
@pytest.mark.parametrize("full", [False, True])
def test_an_export_read_into_its_own_ledger_changes_nothing(
    filled: Path, tmp_path: Path, suffix: str, full: bool
) -> None:
    export(filled, tmp_path / f"a{suffix}", LATER, full=full)
    plan = preview([tmp_path / f"a{suffix}"], filled)
    assert (len(plan.new), len(plan.amended), plan.problems) == (0, 0, ())
    assert len(plan.unchanged) == len(_live(filled))


def test_confidential_columns_are_written_with_full_only(filled: Path, tmp_path: Path) -> None:
    told = export(filled, tmp_path / "a.json", LATER)
    assert told.left_out == ("党员名册·手机号", "谈心谈话·内容要点", "民主评议·测评优秀票数")
    plain = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "要点" not in plain.replace("内容要点", "")
    assert "028-1" not in plain
    assert export(filled, tmp_path / "b.json", LATER, full=True).left_out == ()
    full = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert full["谈心谈话"][0]["内容要点"] == "要点"


def test_a_full_json_carries_every_version_and_the_log(filled: Path, tmp_path: Path) -> None:
    export(filled, tmp_path / "a.json", LATER, full=True)
    beyond = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["附加"]
    third = [version for version in beyond["versions"] if version["id"] == "S3"]
    assert [json.loads(version["payload"])["theme"] for version in third] == ["第三条", "改过"]
    assert [version["reason"] for version in beyond["versions"] if version["voided"]] == ["重复"]
    assert beyond["log"][0]["action"] == "export-full"


def test_voided_records_are_not_in_the_tables(filled: Path, tmp_path: Path) -> None:
    export(filled, tmp_path / "a.xlsx", LATER)
    sheet = load_workbook(tmp_path / "a.xlsx")["组织生活"]
    numbers = [cell.value for cell in sheet["A"]]
    assert "S1" in numbers
    assert "S2" not in numbers


def test_what_is_there_is_not_overwritten_unasked(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(ExistsError):
        export(filled, out, LATER)
    assert out.read_text(encoding="utf-8") == "mine"
    export(filled, out, LATER, overwrite=True)
    assert "甲支部" in out.read_text(encoding="utf-8")


def test_an_unknown_format_and_the_ledger_itself_are_refused(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a\.doc"):
        export(filled, tmp_path / "a.doc", LATER)
    ledger = tmp_path / "ledger.json"
    filled.rename(ledger)
    before = ledger.read_bytes()
    with pytest.raises(InputError, match="不能写到它上面"):
        export(ledger, ledger, LATER, overwrite=True)
    assert ledger.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told_and_nothing_logged(filled: Path, tmp_path: Path) -> None:
    for full in (False, True):
        with pytest.raises(LedgerBusyError, match="无法写入"):
            export(filled, tmp_path / "no" / "a.json", LATER, full=full)
    with open_store(filled) as store:
        assert store.log() == []


def test_a_plain_export_leaves_every_byte_of_the_ledger(filled: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    export(filled, tmp_path / "a.xlsx", LATER)
    assert filled.read_bytes() == before


@pytest.mark.parametrize("name", ["台账.json", "台账.xlsx"])
def test_only_an_ordinary_file_is_written_even_where_overwriting_was_agreed_to(
    ledger: Path, actor: Actor, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(InputError, match="不是普通文件"):
        export(ledger, tmp_path / name, actor, overwrite=True)
    with pytest.raises(InputError, match="不能写成"):
        export(ledger, tmp_path / "台账.csv", actor)
