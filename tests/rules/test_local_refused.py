"""What is not taken from a branch's own file: what is looser, out of range, unreadable; all told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.local_file import GENERAL, HEAD, outcome, wrong

from zhibu_cli.resources import read_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("rule", "key", "value", "current", "may"),
    [
        (GENERAL, "at_least", 0, "1", "；可写 1 至 366"),
        (GENERAL, "severity", "warn", "error", ""),
        ("record-late-entry", "days", 4, "3", "；可写 1 至 3"),
        ("org-life-meeting-yearly", "grace_months", 4, "3", "；可写 0 至 3"),
        ("committee-required", "grace_days", 91, "90", "；可写 0 至 90"),
        ("committee-required", "full_members", 8, "7", "；可写 1 至 7"),
        ("term-3-years", "years", 4, "3", "；可写 1 至 3"),
        ("appraisal-excellent-third", "share", [1, 2], "[1, 3]", "；可写不大于 [1, 3] 的比例"),
        ("record-content-too-short", "min_chars", 29, "30", "；可写 30 至 9999"),
    ],
)
def test_what_is_looser_is_refused(rule: str, key: str, value: Any, current: str, may: str) -> None:
    (problem,) = wrong({"set": [{**HEAD, "rule": rule, key: value}]})
    told = f"只能收紧，放宽请停用并写明理由（现行为 {current}，所写为 {value}）{may}"
    assert problem == f"local.toml：第1个 set 的 {key}：{told}"


@pytest.mark.parametrize(
    ("rule", "key", "value"),
    [
        ("record-late-entry", "days", 2),
        ("org-life-meeting-yearly", "grace_months", 2),
        ("committee-required", "full_members", 6),
        ("appraisal-excellent-third", "share", [3, 10]),
        ("record-content-too-short", "min_chars", 31),
    ],
)
def test_what_is_stricter_is_taken(rule: str, key: str, value: Any) -> None:
    assert wrong({"set": [{**HEAD, "rule": rule, key: value}]}) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"kind": "lecture"}, "kind：这个参数没有宽严之分"),
        ({"at_most": 2}, "at_most：不认识的键，也不是这条规则的参数"),
        ({"at_least": "两次"}, "at_least：应为非负整数，不大于 9999，现为 '两次'"),
        ({"at_least": True}, "at_least：应为非负整数"),
        ({"new_after_months": 2}, "new_after_months：这条规则没有用到这个参数"),
        ({"severity": "fatal"}, "severity：应为 error、warn、info、remind 之一"),
        ({}, "没有写要收紧什么"),
        ({"at_least": 2, "from": "2026年1月"}, "from：应为日期，写作 2018-10-28"),
    ],
)
def test_what_cannot_be_set_is_told_with_its_key(row: dict[str, Any], words: str) -> None:
    problems = wrong({"set": [{**HEAD, "rule": GENERAL, **row}]})
    assert len(problems) == 1
    assert words in problems[0]


def test_a_statutory_quorum_is_not_the_branchs_to_change() -> None:
    (problem,) = wrong({"set": [{**HEAD, "rule": "vote-elect-quorum", "share": [9, 10]}]})
    assert "share：这个参数没有宽严之分，不能在这里改" in problem


def test_every_problem_is_told_at_once_and_nothing_is_changed() -> None:
    table = {
        "set": [{"rule": GENERAL, "at_least": 0}],
        "off": [{**HEAD, "rule": "theme-day-montly"}, {**HEAD, "rule": GENERAL, "why": "x"}],
        "packs": {"on": ["川意见"], "off": ["records"]},
        "rules": [],
    }
    said = "\n".join(wrong(table))
    for words in (
        "local.toml：rules：不认识的键",
        "packs.on：没有“川意见”这个规则包；可写：党章、",
        "packs.off：“记录核对”总是启用",
        "第1个 set 的 reason：缺少，应为文字",
        "第1个 set 的 by：缺少，应为文字",
        "第1个 set 的 date：缺少，应为日期",
        "第1个 off 的 rule：没有“theme-day-montly”这条规则，是不是 theme-day-monthly",
        "第2个 off 的 why：不认识的键",
    ):
        assert words in said, words


def test_a_rule_is_not_switched_off_twice() -> None:
    row = {**HEAD, "rule": GENERAL}
    assert "第2个 off 的 rule：“general-meeting-quarterly”在前面已经停用" in wrong({"off": [row, row]})[0]


@pytest.mark.parametrize(
    ("rule", "key", "value", "words"),
    [
        (GENERAL, "at_least", 10_000, "at_least：应为非负整数，不大于 9999，现为 10000"),
        (GENERAL, "at_least", 9 * 10**18, "at_least：应为非负整数，不大于 9999，现为 9000000000000000000"),
        (GENERAL, "at_least", {"a": {"b": 1}}, "at_least：应为非负整数，不大于 9999，现为 {'a': {'b': 1}}"),
        (GENERAL, "at_least", float("nan"), "at_least：应为非负整数，不大于 9999，现为 nan"),
        (GENERAL, "severity", ["error"], "severity：应为 error、warn、info、remind 之一，现为 ['error']"),
        ("org-life-meeting-yearly", "at_least", 0, "at_least：应为正整数，不大于 9999，现为 0"),
        ("self-removal-6m", "at_risk_months", 0, "at_risk_months：应为正整数，不大于 9999，现为 0"),
        ("committee-required", "full_members", 0, "full_members：应为正整数，不大于 9999，现为 0"),
        ("appraisal-excellent-third", "share", [10**18, 1], "share：应为两个正整数，如 [1, 2]"),
    ],
)
def test_a_number_that_leaves_the_calendar_or_asks_nothing_is_told(
    rule: str, key: str, value: Any, words: str
) -> None:
    (problem,) = wrong({"set": [{**HEAD, "rule": rule, key: value}]})
    assert problem.startswith(f"local.toml：第1个 set 的 {words}")


@pytest.mark.parametrize(
    ("rule", "key", "value", "may"),
    [
        (GENERAL, "at_least", 367, "1 至 366"),
        ("member-training-32h", "at_least", 8785, "32 至 8784"),
        ("org-life-meeting-yearly", "at_least", 1000, "1 至 366"),
        ("term-3-years", "years", 0, "1 至 3"),
        ("term-3-years", "at_risk_days", 3661, "180 至 3660"),
        ("admit-approve-3m-6m", "within_months", 0, "1 至 3"),
        ("activist-1-year", "least_months", 121, "12 至 120"),
        ("attendance-80", "share", [101, 100], "[4, 5] 至 [1, 1]"),
    ],
)
def test_a_number_that_nobody_can_keep_is_refused_with_the_range(
    rule: str, key: str, value: Any, may: str
) -> None:
    (problem,) = wrong({"set": [{**HEAD, "rule": rule, key: value}]})
    assert problem.startswith(f"local.toml：第1个 set 的 {key}：超出可写的范围（现行为 ")
    assert problem.endswith(f"所写为 {value}）；可写 {may}")


@pytest.mark.parametrize(
    ("rule", "key", "value"),
    [(GENERAL, "at_least", 366), ("term-3-years", "years", 1), ("attendance-80", "share", [1, 1])],
)
def test_the_last_number_of_the_range_is_taken(rule: str, key: str, value: Any) -> None:
    assert wrong({"set": [{**HEAD, "rule": rule, key: value}]}) == []


def test_what_stands_in_place_of_a_name_is_told_with_all_else() -> None:
    table = {
        "packs": {"on": [["local-practice"]], "off": [{"id": "x"}], **HEAD},
        "off": [{**HEAD, "rule": {"id": GENERAL}}, "x"],
        "set": [{**HEAD, "rule": GENERAL, "at_least": 2, "from": 20260101}],
    }
    assert [problem.partition("，")[0] for problem in wrong(table)] == [
        "local.toml：packs.on：应为若干文字",
        "local.toml：packs.off：应为若干文字",
        "local.toml：第1个 set 的 from：应为日期",
        "local.toml：第1个 off 的 rule：应为文字",
        "local.toml：off：应为若干张表",
    ]


def test_a_key_of_several_lines_is_told_on_one() -> None:
    assert wrong({"第一行\n第二行": 1})[0].startswith("local.toml：第一行 第二行：不认识的键")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a = " + "[" * 3000 + "]" * 3000, "太深了"),
        (".".join(["a"] * 5000) + " = 1", "太深了"),
        ("[[set]]\nat_least = 99999999999999999999", "set 第1个 的 at_least：整数太大"),
        ("[[set]]\nat_least = " + "9" * 5000, "第2行的整数太大"),
        ("[[set]]\nat_least = 0x" + "F" * 6000, "set 第1个 的 at_least：整数太大"),
    ],
    ids=["brackets", "dots", "20 digits", "5000 digits", "hexadecimal"],
)
def test_a_file_that_python_itself_chokes_on_is_told(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "local.toml"
    file.write_text(text, encoding="utf-8")
    table, trouble = read_table(file)
    assert table == {}
    assert words in trouble


LEAVES = st.one_of(
    st.sampled_from(["", "2026-01-05", GENERAL, "error", "local-practice", "甲\n乙"]),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.booleans(),
)
WORDS = "packs off set source rule on reason by date from at_least severity id title check ground version doc"
KEYS = st.sampled_from([*WORDS.split(), "example", "article", "file", "甲\n乙"])
TABLES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5)
    ),
    max_size=5,
)


@given(table=TABLES)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_the_file_is_read_or_told(table: dict[str, Any]) -> None:
    for problem in outcome(table, examples=True).problems:
        assert problem.file.startswith("local.toml")
        assert "\n" not in str(problem)
