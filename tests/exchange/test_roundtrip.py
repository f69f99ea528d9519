from __future__ import annotations

import json
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.exchange.sheets import payloads, read

from zhibu_cli.errors import InputError
from zhibu_cli.exchange.jsonfile import write_json
from zhibu_cli.exchange.workbook import write_workbook
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import Catalogue, Field, FieldType, Kind, Register, Term

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BRANCH = {
    "name": "某局机关第一党支部（示例）",
    "founded": "2015-06-01",
    "type": "branch",
    "starts": {"talk": "2026-01-01", "lecture": "2026-02-01"},
}
MEMBER = {
    "name": "阿依古丽·买买提",
    "born": "1899-12-31",
    "id_number": "110101199001011237",
    "phone": "013800000000",
    "joined": "2001-07-01",
    "status": "full",
    "group": "第一党小组",
    "leader": False,
    "note": "第一行\n第二行",
}
SITTING = {
    "kinds": ["general_meeting", "theme_day"],
    "date": "2026-03-05",
    "start": "14:30",
    "place": "=1+1",
    "theme": "#N/A",
    "chair": {"who": "张三", "as": "书记"},
    "recorder": "李四",
    "expected": 12,
    "present": "全体出席",
    "attendees": "其余全体",
    "absentees": [
        {"who": "王五", "reason": "病假，住院", "leave": True, "made_up_on": "2026-03-12"},
        {"who": "赵六"},
    ],
    "observers": ["县纪委 王五", "孙七（挂职）"],
    "topics": ["学习文件", "讨论计划"],
    "content": "<b>&amp;\"'{{ x }}\n_x0041_ 响铃\x07完",
    "hours": 1.5,
    "assessment_year": 2025,
    "forms": ["on_site", "general"],
    "noticed": "2026-03-01",
    "claimed_at": "2026-03-06T09:00",
    "votes": [
        {"matter": "election", "object": ["张三"], "expected": 20, "in_favour": 11, "result": "当选"},
        {"matter": "general", "subject": "通过计划", "in_favour": 0},
    ],
}
TALK = {
    "date": "2026-03-05",
    "talkers": ["张三"],
    "partners": ["李四", "王五"],
    "content": "谈心",
    "place": "三楼",
}
LEDGER: dict[str, list[tuple[str, Mapping[str, Any]]]] = {
    "branch": [("B1", BRANCH)],
    "member": [
        ("M1", MEMBER),
        ("M2", {"name": "李四", "born": "1985-05", "joined": "2005-06-01", "status": "full"}),
        ("M3", {"name": "王五", "born": "1985-05-12", "joined": "2005-06-01", "status": "full"}),
    ],
    "sitting": [("S3", SITTING), ("S4", {"kinds": ["lecture"], "date": "2026-04-01"})],
    "talk": [("T1", TALK)],
    "study_task": [
        (
            "K1",
            {
                "title": "《关于开展示例学习的通知》",
                "number": "示例〔2026〕1号",
                "issued": "2026-03-01",
                "received": "2026-03-02",
                "deadline": "2026-03-20",
                "records": ["S3", "S4"],
                "note": "备注",
            },
        )
    ],
    "development": [
        (
            "F1",
            {
                "name": "申请甲",
                "applied": "2022-04-03",
                "talked": "2022-04-20",
                "activist": "2023-03-10",
                "mentors": ["张三", "李四"],
                "reviews": ["2023-09-08", "2024-03-08"],
                "candidate": "2024-03-11",
                "sponsors": ["李四", "王五"],
                "training_days": 3,
                "training_hours": 24.5,
                "committee_review": "2024-08-05",
                "pre_review": "2024-09-02",
                "publicity_from": "2024-09-03",
                "publicity_to": "2024-09-09",
                "meeting": "2024-09-20",
                "approved": "2024-12-02",
            },
        ),
        ("F2", {"name": "申请乙", "applied": "2026-03-03"}),
    ],
    "training": [
        (
            "X1",
            {
                "member": "李四",
                "date": "2026-03-06",
                "hours": 7.5,
                "title": "培训班",
                "form": "centralized",
                "purpose": "rotation",
                "level": "county_up",
            },
        ),
        ("X2", {"member": "王五", "date": "2026-03-07", "hours": 2}),
    ],
    "debriefing": [
        (
            "D1",
            {
                "assessment_year": 2025,
                "date": "2026-01-15",
                "member": "张三",
                "held_by": "示例局机关党委",
                "result": "good",
            },
        )
    ],
}


def export(path: Path, ledger: Mapping[str, Any], catalogue: Catalogue = CATALOGUE, *, full: bool) -> Path:
    if path.suffix == ".json":
        write_json(path, ledger, catalogue, ledger_id="L-1", name_of=str, full=full)
    else:
        write_workbook(path, ledger, catalogue, ledger_id="L-1", name_of=str, full=full)
    return path


@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_a_full_export_reads_back_as_the_same_payloads(tmp_path: Path, name: str) -> None:
    batch = read(export(tmp_path / name, LEDGER, full=True))
    assert batch.problems == ()
    assert batch.notes == ()
    assert batch.ledger_id == "L-1"
    assert {draft.ledger_id for draft in batch.drafts} == {"L-1"}
    for register, rows in LEDGER.items():
        assert payloads(batch, register) == [dict(payload) for _, payload in rows]
    assert [draft.number for draft in batch.drafts] == ["", "", "", "", "S3", "S4", "T1", *[""] * 6]


@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_without_full_the_confidential_columns_are_left_out(tmp_path: Path, name: str) -> None:
    path = export(tmp_path / name, LEDGER, full=False)
    batch = read(path)
    assert {"id_number", "phone"}.isdisjoint(payloads(batch, "member")[0])
    assert "content" not in payloads(batch, "talk")[0]
    if path.suffix == ".xlsx":
        heads = [cell.value for cell in openpyxl.load_workbook(path)["党员名册"][1]]
        assert "身份证号" not in heads
        assert "姓名" in heads


@pytest.mark.parametrize("name", ["xlsx", "json"])
def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    one = export(tmp_path / f"a.{name}", LEDGER, full=True).read_bytes()
    assert export(tmp_path / f"b.{name}", LEDGER, full=True).read_bytes() == one
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a.{name}", f"b.{name}"]


def test_the_workbook_has_every_sheet_red_headers_drop_downs_and_real_dates(tmp_path: Path) -> None:
    path = export(tmp_path / "a.xlsx", LEDGER, full=True)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "支部信息", "党员名册", "党员变动", "职务任期", "党小组",
        "组织生活", "表决", "谈心谈话", "民主评议", "整改清单", "情况说明",
        "学习任务", "年度计划", "发展党员", "培训学时", "述职评议", "放假安排",
    ]  # fmt: skip
    sheet = book["组织生活"]
    head = {cell.value: cell for cell in sheet[1]}
    assert head["类型"].font.color.rgb == "FFC00000"
    assert head["地点"].font.color is None or head["地点"].font.color.rgb != "FFC00000"
    first = dict(zip(head, sheet[2], strict=True))
    assert isinstance(first["日期"].value, datetime)
    place = first["地点"]
    assert (place.value, place.data_type) == ("=1+1", "s")
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in book["党员名册"].data_validations.dataValidation
    }
    assert '"男,女"' in rules.values()
    with zipfile.ZipFile(path) as archive:
        assert {item.date_time for item in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_the_json_ledger_has_the_form_of_the_design(tmp_path: Path) -> None:
    data = json.loads(export(tmp_path / "a.json", LEDGER, full=True).read_text(encoding="utf-8"))
    assert (data["format"], data["version"], data["ledger_id"]) == ("zhibu-ledger", 1, "L-1")
    assert data["支部信息"]["台账起始日·谈心谈话"] == "2026-01-01"
    assert data["组织生活"][0]["缺席人员及原因"] == "王五（病假，住院；会前请假；补学2026-03-12）、赵六"
    assert data["组织生活"][0]["应到"] == "12"
    assert data["表决"][0] == {
        "组织生活编号": "S3",
        "事项类别": "选举",
        "对象": "张三",
        "应到": "20",
        "赞成": "11",
        "结果": "当选",
    }


def test_problems_in_json_name_the_table_the_row_and_the_column(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    rows = [
        {"姓名": "张三", "入党时间": "2001-07-01", "党员类别": "正式"},
        {"姓名": "李四", "入党时间": "某日", "党员类别": "正式", "血型": "A"},
    ]
    path.write_text(json.dumps({"format": "zhibu-ledger", "version": 1, "党员名册": rows}), encoding="utf-8")
    batch = read(path)
    assert [(p.sheet, p.row, p.column) for p in batch.problems] == [("党员名册", 2, "入党时间")]
    assert any("血型" in note for note in batch.notes)


def test_two_members_of_one_name_keep_their_numbers(tmp_path: Path) -> None:
    person = {"name": "张三", "joined": "2001-07-01", "status": "full"}
    rows = [("M1", person), ("M4", {**person, "joined": "2002-07-01"})]
    batch = read(export(tmp_path / "a.xlsx", {"member": rows}, full=True))
    assert [draft.number for draft in batch.drafts if draft.register.name == "member"] == ["M1", "M4"]


def test_names_are_written_in_place_of_numbers(tmp_path: Path) -> None:
    names = {"M1": "张三", "G1": "第一党小组"}
    rows = [("S1", {"kinds": ["lecture"], "date": "2026-03-05", "attendees": ["M1", "路人"], "group": "G1"})]
    path = tmp_path / "a.xlsx"
    write_workbook(path, {"sitting": rows}, CATALOGUE, name_of=lambda ref: names.get(ref, ref))
    found = payloads(read(path), "sitting")[0]
    assert (found["attendees"], found["group"]) == (["张三", "路人"], "第一党小组")


def test_a_text_too_long_for_a_cell_is_refused_not_cut(tmp_path: Path) -> None:
    rows = [("S1", {"kinds": ["lecture"], "date": "2026-03-05", "content": "字" * 32_768})]
    with pytest.raises(InputError, match="32767"):
        export(tmp_path / "a.xlsx", {"sitting": rows}, full=True)
    assert list(tmp_path.iterdir()) == []
    assert payloads(read(export(tmp_path / "a.json", {"sitting": rows}, full=True)))[0]["content"]


VISIT = Register(
    name="visit",
    title="走访慰问",
    prefix="Z",
    numbered=True,
    identity=("date", "who"),
    date_field="date",
    fields=(
        Field(name="date", label="走访日期", type=FieldType.DATE, required=True),
        Field(name="who", label="走访对象", type=FieldType.NAMES, required=True),
        Field(name="way", label="方式", type=FieldType.CHOICE, terms=(Term(code="home", label="入户"),)),
        Field(name="gifts", label="慰问品件数", type=FieldType.COUNT),
    ),
)
INVENTED = Catalogue(
    registers=(*CATALOGUE.registers, VISIT),
    kinds=(
        *CATALOGUE.kinds,
        Kind(name="visit", label="走访", register="visit"),
        Kind(name="reading", label="读书会", register="sitting"),
    ),
)


@pytest.mark.parametrize("name", ["a.xlsx", "a.json"])
def test_an_invented_register_and_kind_go_out_and_in_without_further_change(
    tmp_path: Path, name: str
) -> None:
    ledger: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "sitting": [("S1", {"kinds": ["reading", "lecture"], "date": "2026-03-05"})],
        "visit": [("Z1", {"date": "2026-03-06", "who": ["王五"], "way": "home", "gifts": 2})],
    }
    batch = read(export(tmp_path / name, ledger, INVENTED, full=True), catalogue=INVENTED)
    assert batch.problems == ()
    assert payloads(batch, "sitting") == [ledger["sitting"][0][1]]
    assert payloads(batch, "visit") == [ledger["visit"][0][1]]
