"""A kind that nobody wrote code for: declared in a register of its own, it has its command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import Catalogue, Field, FieldType, Kind, Register, Term

if TYPE_CHECKING:
    from tests.cli.conftest import Run

FORMS = (Term(code="home", label="上门"),)
VISIT = Register(
    name="visit",
    title="走访慰问",
    prefix="X",
    identity=("date", "visited"),
    date_field="date",
    fields=(
        Field(name="date", label="日期", type=FieldType.DATE, required=True, help="走访日期。"),
        Field(name="visited", label="走访对象", type=FieldType.PEOPLE, required=True, help="走访了谁。"),
        Field(name="form", label="方式", type=FieldType.CHOICE, terms=FORMS, help="方式。"),
        Field(name="gifts", label="慰问品", type=FieldType.NAMES, option="--gift", repeat=True),
    ),
)  # fmt: skip
VISITS = replace(
    CATALOGUE,
    registers=(*CATALOGUE.registers, VISIT),
    kinds=(*CATALOGUE.kinds, Kind(name="visit", label="走访慰问", register="visit", command="visit")),
)


@pytest.fixture
def visits() -> Catalogue:
    return VISITS


def test_its_command_is_listed_and_explains_its_options(zhibu: Run, visits: Catalogue) -> None:
    assert "  visit          走访慰问" in zhibu("record", "--help", catalogue=visits).out
    page = zhibu("record", "visit", "--help", catalogue=visits).out
    assert "--visited 姓名、姓名  走访了谁。（必填）" in page
    assert "--form 词             方式。可写：上门。" in page
    assert "慰问品。〔可写多次〕" in page


def test_it_is_recorded_listed_and_shown(branch: Run, visits: Catalogue) -> None:
    branch("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式")
    answer = branch(
        "record", "visit", "--date", "3月5日", "--visited", "张三", "--form", "上门", "--gift", "米",
        "--gift", "油", catalogue=visits,
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.out.startswith("已记录 X1　走访慰问　2026年3月5日（星期四）")
    assert "X1    2026-03-05  走访慰问" in branch("list", "走访慰问", catalogue=visits).out
    shown = branch("show", "X1", catalogue=visits).out
    assert "慰问品    米、油" in shown
    assert "走访对象  张三" in shown


def test_at_a_terminal_all_its_fields_are_asked_for(branch: Run, visits: Catalogue) -> None:
    typed = ["3月5日", "张三", "上门", "", ""]
    answer = branch("record", "visit", typed=typed, catalogue=visits)
    assert answer.code == 0, answer.out + answer.err
    assert "方式      上门" in branch("show", "X1", catalogue=visits).out


def test_the_program_itself_does_not_know_it(zhibu: Run) -> None:
    assert zhibu("record", "visit").code == 2
