"""A kind that the program has never heard of needs its declaration, nothing else.

Declared here: 志愿服务 (a register and kind of its own) and 现场观摩 (a kind in the register 组织生活).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.app.checking import load
from zhibu_cli.app.exporting import export
from zhibu_cli.app.importing import apply_plan, preview
from zhibu_cli.app.listing import history, list_entries, show
from zhibu_cli.app.recording import amend, record
from zhibu_cli.app.setup import init_ledger
from zhibu_cli.errors import InputError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import Expects, Field, FieldType, Kind, Need, Register, Term
from zhibu_cli.model.period import Span
from zhibu_cli.resources import read_packs
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.pack import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor

RULES = """
id = "{kind}-monthly"
title = "{kind}"
check = "cadence"
[[ground]]
source = "own"
article = "第一条"
from = 2020-01-01
wording = "一般"
verified = true
[[version]]
from = 2020-01-01
severity = "warn"
reading = "按自然月计。"
kind = "{kind}"
per = "month"
at_least = 1
asks = "一般每月一次"
[doc]
what = "核对次数。"
why = "本支部自己的约定。"
fix = "以后按期开展。"
"""
OWN = """
{head}
id = "own"
title = "本支部约定"
{more}
"""
SERVICE = Register(
    name="service",
    title="志愿服务",
    prefix="Z",
    numbered=True,
    identity=("date", "member"),
    date_field="date",
    fields=(
        Field(name="date", label="日期", type=FieldType.DATE, required=True),
        Field(name="member", label="姓名", type=FieldType.PERSON, required=True),
        Field(name="hours", label="时长", type=FieldType.HOURS),
        Field(name="form", label="方式", type=FieldType.CHOICE, terms=(Term(code="street", label="街道"),)),
        Field(name="remarks", label="感言", type=FieldType.NOTE, confidential=True),
    ),
)
NEW = replace(
    CATALOGUE,
    registers=(*CATALOGUE.registers, SERVICE),
    kinds=(
        *CATALOGUE.kinds,
        Kind(name="volunteering", label="志愿服务", register="service", command="service"),
        Kind(
            name="field_visit",
            label="现场观摩",
            aliases=("观摩",),
            register="sitting",
            command="visit",
            expects=Expects.MEMBERS,
            needs=(Need(fields=("place",), label="地点"),),
            excludes=("lecture",),
        ),
    ),
)


@pytest.fixture
@once
def ledger(tmp_path: Path, actor: Actor) -> Path:
    """A branch with 张三 (M1), Z1 of 03-08, S1 现场观摩、主题党日 of 03-05."""
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01"}, actor, catalogue=NEW)
    record(path, "member", {"name": "张三", "joined": "2010-07-01", "status": "正式"}, actor, catalogue=NEW)
    values = {"date": "昨天", "member": "张三", "hours": "2.5", "form": "街道", "remarks": "感言"}
    assert record(path, "志愿服务", values, actor, catalogue=NEW).entry.kinds == ("volunteering",)
    values = {"date": "3月5日", "place": "展览馆", "attendees": "全体"}
    receipt = record(path, ["观摩", "党日"], values, actor, catalogue=NEW)
    assert receipt.counts == "应到1 实到1 缺席0"
    return path


def test_it_is_recorded_listed_shown_and_corrected(ledger: Path, actor: Actor) -> None:
    assert [(line.id, line.kinds) for line in list_entries(ledger, catalogue=NEW)] == [
        ("S1", "现场观摩、主题党日"),
        ("Z1", "志愿服务"),
    ]
    assert [line.id for line in list_entries(ledger, "现场观摩", catalogue=NEW)] == ["S1"]
    assert [line.id for line in list_entries(ledger, "志愿服务", catalogue=NEW)] == ["Z1"]
    amend(ledger, "Z1", {"hours": "3"}, "写错", actor, catalogue=NEW)
    assert show(ledger, "Z1", catalogue=NEW).rows == (
        ("日期", "2026-03-08"),
        ("姓名", "张三"),
        ("时长", "3"),
        ("方式", "街道"),
        ("感言", "感言"),
    )
    assert [past.payload["hours"] for past in history(ledger, "Z1", catalogue=NEW)] == [2.5, 3]


READINGS = """
[[reading]]
id = "founded-quarter-months"
value = 1
verified = false
text = "示例读法。"

[[reading]]
id = "founded-year-months"
value = 3
verified = false
text = "示例读法。"
"""
"""What every book must say of a branch founded within a period."""


@pytest.mark.parametrize(("kind", "number"), [("volunteering", "Z1"), ("field_visit", "S1")])
def test_a_rule_written_in_toml_counts_it(ledger: Path, tmp_path: Path, kind: str, number: str) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / f"{kind}-monthly.toml").write_text(RULES.format(kind=kind), encoding="utf-8")
    (tmp_path / "sources").mkdir()
    packs = OWN.format(head="[[pack]]", more='version = "1"\ndefault = true\nsources = ["own"]')
    packs += READINGS
    source = OWN.format(head="", more="order = 1") + (
        '[[article]]\nnumber = "第一条"\ngist = "约定"\nverified = true\n'
    )
    (tmp_path / "packs.toml").write_text(packs, encoding="utf-8")
    (tmp_path / "sources" / "own.toml").write_text(source, encoding="utf-8")
    book, problems = read_book(read_packs(tmp_path))
    assert problems == ()
    asked = Span(date(2026, 1, 1), date(2026, 12, 31))
    findings = evaluate(book, load(ledger, catalogue=NEW), asked, date(2026, 4, 1))
    assert [(found.key, found.status.value, found.evidence) for found in findings] == [
        (f"{kind}-monthly@2026-01", "missed", ()),
        (f"{kind}-monthly@2026-02", "missed", ()),
        (f"{kind}-monthly@2026-03", "met", (number,)),
        (f"{kind}-monthly@2026-04", "pending", ()),
    ]


def test_its_own_conditions_hold(ledger: Path, actor: Actor) -> None:
    with pytest.raises(InputError, match="缺少“姓名”"):
        record(ledger, "service", {"date": "昨天"}, actor, catalogue=NEW)
    with pytest.raises(InputError, match="不能记在同一条"):
        record(ledger, ["观摩", "党课"], {"date": "昨天"}, actor, catalogue=NEW)


@pytest.mark.parametrize("suffix", [".xlsx", ".json"])
def test_it_is_exported_and_imported(ledger: Path, tmp_path: Path, actor: Actor, suffix: str) -> None:
    first, second, copy = (tmp_path / name for name in (f"a{suffix}", f"b{suffix}", "copy.db"))
    export(ledger, first, actor, catalogue=NEW)
    plan = preview([first], copy, catalogue=NEW)
    assert ("志愿服务", 1, 0, 0) in plan.counts
    apply_plan(plan, actor)
    assert [line.kinds for line in list_entries(copy, catalogue=NEW)] == ["现场观摩、主题党日", "志愿服务"]
    assert "remarks" not in show(copy, "Z1", catalogue=NEW).entry.payload
    export(copy, second, actor, catalogue=NEW)
    assert first.read_bytes() == second.read_bytes()
    assert not preview([first], ledger, catalogue=NEW).changes_anything


def test_a_program_that_does_not_know_it_still_reads_the_rest(ledger: Path) -> None:
    assert [line.id for line in list_entries(ledger)] == ["S1", "Z1"]
    with pytest.raises(InputError, match="不认识的表"):
        show(ledger, "Z1")
