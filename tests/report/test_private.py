"""Numbers of identity cards and telephones: masked in every paper and format, whole in one roster only."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.report.factory import branch, entry, full_ledger, members, posts
from tests.report.test_every_paper import CASES, FREE, Case, requests

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report.private import masked, masking

if TYPE_CHECKING:
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.ledger import Ledger

SECRETS = ("110101199001011234", "13800138000", "88886666", "51010219850515002X", "028-86712345")
TYPED = "证件110101199001011234，手机13800138000，座机88886666，另有51010219850515002X、028-86712345"


def _typed(one: Entry) -> Entry:
    register = CATALOGUE.register(one.register)
    free = {field.name for field in register.fields if field.type in FREE} - {"name"}
    payload = {
        name: ([TYPED] if isinstance(value, list) else TYPED) if name in free else value
        for name, value in one.payload.items()
    }
    return replace(one, payload=payload)


@cache
def ledger() -> Ledger:
    """The full ledger with such numbers in every field that somebody types freely, and in the roster."""
    row = {"name": "赵四", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full", "group": "G1"}
    row |= {"id_number": SECRETS[0], "phone": SECRETS[1], "note": "座机"}
    other = {**row, "id_number": SECRETS[3], "phone": SECRETS[2], "name": "钱五"}
    entries = {one.id: one for one in full_ledger().entries}
    entries |= {"M4": entry("member", 4, row), "M5": entry("member", 5, other)}
    return build_ledger(map(_typed_unless_numbers, entries.values()), CATALOGUE)


def _typed_unless_numbers(one: Entry) -> Entry:
    kept = {name: one.payload[name] for name in ("id_number", "phone") if name in one.payload}
    typed = _typed(one)
    return replace(typed, payload={**typed.payload, **kept})


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_paper_in_no_format_shows_a_number_whole(case: Case) -> None:
    """A format gets nothing but the view, so of Word and Excel one paper with many numbers is printed."""
    asked = requests(case.kind, case.layout, ledger())
    if case.form in {"docx", "xlsx"} and case.kind.name != "roster":
        texts = [str(case.kind.build(one)) for one in asked] if case.form == case.kind.formats[0] else []
    else:
        texts = [case.printed(data) for data in case.of(ledger())]
    assert [secret for text in texts for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_whole_numbers_stand_in_the_roster_that_was_asked_for_and_nowhere_else(case: Case) -> None:
    if case.form not in {"md", "docx"} or (case.form == "docx" and "md" in case.kind.formats):
        return
    asked = [replace(one, full=True) for one in requests(case.kind, case.layout, ledger())]
    shown = any(SECRETS[0] in str(case.kind.build(one)) for one in asked)
    assert shown is (case.kind.name == "roster")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("身份证51010219850515002X。", "身份证510***********002X。"),
        ("身份证５１０１０２１９８５０５１５００２Ｘ。", "身份证５１０***********００２Ｘ。"),
        ("赵四510102850515002", "赵四510********5002"),
        ("510102 19850515 0020", "510*** ******** 0020"),
        ("5101 0219 8505 1500 2X", "510* **** **** **00 2X"),
        ("电话13800138000、010-88886666。", "电话138****8000、010-****6666。"),
        ("手机138-0013-8000或138 0013 8000", "手机138-****-8000或138 **** 8000"),
        ("+86 13800138000", "+86 1******8000"),
        ("（028）86712345", "（028）****2345"),
        ("座机88886666", "座机88****66"),
        ("持护照E12345678出境", "持护照E1*****78出境"),
        ("护照号码：EA1234567，已交回", "护照号码：EA*****67，已交回"),
        ("护照（Ｇ12345678）", "护照（Ｇ1*****78）"),
        ("军官证：军字第2001988号", "军官证：军字第*******号"),
        ("军官证号 南字第02001988号", "军官证号 南字第02****88号"),
        ("往来港澳通行证C12345678", "往来港澳通行证C1*****78"),
        ("护照2026-03-20交回，军官证3件", "护照2026-03-20交回，军官证3件"),
        ("护照X7654321，护照N12345678", "护照X7****21，护照N1*****78"),
        ("京数字第20260012号、设备E12345678", "京数字第20260012号、设备E12345678"),
        ("文号202600112345678901号", "文号202600112345678901号"),
        ("金额13800138000123元", "金额13800138000123元"),
        ("2026年7月20日，学时2.5", "2026年7月20日，学时2.5"),
        ("2026-03-05 2026-03-12 10:30", "2026-03-05 2026-03-12 10:30"),
    ],
)
def test_numbers_are_masked_wherever_they_stand_and_other_numbers_are_not(text: str, told: str) -> None:
    row = {"name": "赵四", "joined": "2010-06-01", "status": "full", "phone": "88886666"}
    row |= {"id_number": "X7654321"}
    known = build_ledger([branch(), *members()[:3], entry("member", 4, row), *posts()], CATALOGUE)
    assert masking(known)(text) == told


def test_a_short_number_is_masked_whole() -> None:
    assert (masked("1234567"), masked(""), masked("123456")) == ("*******", "", "******")


def test_of_a_number_that_is_not_long_more_is_hidden_than_shown() -> None:
    assert [masked(number) for number in ("12345678", "1234567890", "12345678901")] == [
        "12****78",
        "12******90",
        "123****8901",
    ]
