"""local.toml beside a ledger file: read where it exists, told everywhere, refused as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.once import once

from zhibu_cli import resources
from zhibu_cli.app import checking, rulebook
from zhibu_cli.app.context import Actor
from zhibu_cli.app.listing import list_entries
from zhibu_cli.app.recording import amend, record
from zhibu_cli.app.reporting import Wish, debrief_report, quarter_report
from zhibu_cli.app.setup import init_ledger
from zhibu_cli.errors import InputError, NotFoundError, PackError
from zhibu_cli.model.period import Span, parse_period
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from pathlib import Path

ACTOR = Actor(who="王五", now=datetime(2026, 4, 9, 10, 0))
DAY = date(2026, 4, 9)
GENERAL = "general-meeting-quarterly"
HEAD = 'reason = "机关党委要求"\nby = "张三"\ndate = 2026-01-05\nfrom = 2026-01-01\n'
STRICTER = f'[[set]]\nrule = "{GENERAL}"\nat_least = 2\n{HEAD}'
OFF = f'[[off]]\nrule = "theme-day-monthly"\n{HEAD}'
TOLD = (
    "本支部规定（local.toml）：自2026年1月1日起收紧“支部党员大会每季度至少一次”（general-meeting-quarterly）："
    "至少数量由 1 改为 2，理由：机关党委要求（张三，2026年1月5日）。"
)


@pytest.fixture
@once
def branch(tmp_path: Path) -> Path:
    """王五 is 书记, 张三 and 李四 committee, 赵六 without post; one general meeting on 2026-02-10."""
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01", "ledger_from": "2025-01-01"}, ACTOR)
    posts = {"王五": "书记", "张三": "组织委员", "李四": "宣传委员", "赵六": ""}
    for name, post in posts.items():
        record(path, "member", {"name": name, "joined": "2010-07-01", "status": "正式"}, ACTOR)
        if post:
            row = {"member": name, "post": post, "since": "2024-01-10", "origin": "换届选举"}
            record(path, "post", row, ACTOR)
    record(
        path,
        ["general_meeting"],
        {"date": "2026-02-10", "place": "会议室", "chair": "王五", "recorder": "张三", "attendees": "全体",
         "topics": ["年度计划"], "content": "讨论并通过年度计划。"},
        ACTOR,
    )  # fmt: skip
    return path


def write(branch: Path, text: str) -> None:
    branch.with_name("local.toml").write_text(text, encoding="utf-8")


def status(branch: Path, key: str) -> str | None:
    found = {one.key: one.status.value for one in checking.check(branch, None, DAY).findings}
    return found.get(key)


def test_the_file_beside_the_ledger_counts_wherever_the_program_runs(branch: Path) -> None:
    assert status(branch, f"{GENERAL}@2026-Q1") == "met"
    write(branch, STRICTER)
    assert status(branch, f"{GENERAL}@2026-Q1") == "missed"


def test_every_answer_tells_what_was_changed_and_names_the_file_among_the_packs(branch: Path) -> None:
    write(branch, STRICTER + OFF)
    result = checking.check(branch, None, DAY)
    assert result.notes[0] == TOLD
    assert result.own_rules == result.notes[:2]
    pack = checking.to_json(result)["packs"][-1]
    assert pack["id"] == "local"
    assert len(pack["version"]) == 8
    assert "theme-day-monthly@2026-03" not in {one.key for one in result.findings}


def test_without_the_file_nothing_is_said(branch: Path) -> None:
    result = checking.check(branch, None, DAY)
    assert result.own_rules == ()
    assert "local" not in [pack.id for pack in result.packs]


def test_a_named_rule_is_checked_as_the_branch_applies_it(branch: Path) -> None:
    write(branch, STRICTER)
    (one,) = [
        f for f in checking.check(branch, None, DAY, rules=[GENERAL]).findings if f.key.endswith("2026-Q1")
    ]
    assert (one.status.value, one.required) == ("missed", 2)


def test_a_named_rule_takes_its_severity_from_the_packs_that_are_chosen(branch: Path) -> None:
    amend(branch, "B1", {"packs": "支部工作条例"}, "补填", ACTOR)
    span = Span(date(2025, 1, 1), date(2025, 3, 31))
    (one,) = checking.check(branch, span, DAY, rules=[GENERAL]).findings
    assert (one.status.value, one.severity.value) == ("missed", "warn")


def test_a_broken_file_stops_the_check_with_every_problem(branch: Path) -> None:
    write(branch, STRICTER.replace("= 2\n", "= 0\n", 1) + '[[off]]\nrule = "x"\n')
    with pytest.raises(PackError) as caught:
        checking.check(branch, None, DAY)
    message = caught.value.message
    assert "local.toml 有问题，没有核对" in message
    assert "第1个 set 的 at_least：只能收紧，放宽请停用并写明理由" in message
    assert "第1个 off 的 rule：没有“x”这条规则" in message
    assert "第1个 off 的 reason：缺少" in message
    assert "zhibu rules lint" in caught.value.hint


def test_rules_that_cannot_be_read_are_told_and_never_passed_over(branch: Path) -> None:
    branch.with_name("local.toml").mkdir()
    with pytest.raises(PackError, match="没有核对"):
        checking.check(branch, None, DAY)


def test_a_file_that_is_no_toml_is_told_with_its_line_in_chinese(branch: Path) -> None:
    write(branch, "[[off]]\nrule = “主题党日”\n")
    with pytest.raises(PackError, match="第2行第8个字附近写法不对：等号后面的值不对"):
        checking.check(branch, None, DAY)
    branch.with_name("local.toml").write_bytes('reason = "理由"'.encode("gbk"))
    with pytest.raises(PackError, match="不是 UTF-8 文字"):
        checking.check(branch, None, DAY)


def test_papers_tell_it_beside_their_text_and_never_in_it(branch: Path, tmp_path: Path) -> None:
    write(branch, STRICTER)
    wish = Wish(trace=True, material=True)
    quarter = parse_period("2026-Q1")
    assert quarter is not None
    quarter_report(branch, quarter, tmp_path / "季报.md", wish, as_of=DAY)
    debrief_report(branch, 2026, tmp_path / "述职.md", wish, as_of=DAY)
    for name in ("季报", "述职"):
        body, _, annex = (tmp_path / f"{name}.md").read_text(encoding="utf-8").partition("数据来源表")
        assert "本支部规定" not in body
        assert f"| 本支部规定 | 见口径 | {TOLD} | local.toml |" in annex
        material = (tmp_path / f"{name}-素材清单.md").read_text(encoding="utf-8")
        assert f"本支部对核对规则的改动\n\n- {TOLD}" in material


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_word_and_excel_tell_it_too(branch: Path, tmp_path: Path, form: str) -> None:
    from zhibu_cli.report import word, workbook

    write(branch, STRICTER)
    quarter = parse_period("2026-Q1")
    assert quarter is not None
    wish = Wish(trace=True, material=True, formats=(form,))
    files = quarter_report(branch, quarter, tmp_path / "out", wish, as_of=DAY).files
    printed = {"docx": word.printed, "xlsx": workbook.printed}
    for file in files:
        assert "收紧“支部党员大会每季度至少一次”" in printed[file.suffix[1:]](file.read_bytes()), file


def test_the_list_and_the_page_of_a_rule_bear_a_mark(branch: Path) -> None:
    write(branch, STRICTER + OFF)
    marks = {line.id: line.marks for line in rulebook.rules_list(DAY, branch)}
    assert marks[GENERAL] == ("收紧",)
    assert marks["theme-day-monthly"] == ("停用",)
    assert marks["committee-meeting-monthly"] == ()
    page = rulebook.explain(GENERAL, branch)
    assert "## 本支部的改动" in page
    assert "至少数量由 1 改为 2" in page
    assert "## 本支部的改动" not in rulebook.explain(GENERAL)


def test_lint_reads_the_file_in_a_folder_or_by_name(branch: Path, tmp_path: Path) -> None:
    write(branch, STRICTER)
    assert rulebook.lint(tmp_path) == ()
    write(branch, STRICTER.replace("= 2\n", "= 0\n", 1))
    for place in (tmp_path, tmp_path / "local.toml"):
        (problem,) = rulebook.lint(place)
        assert "只能收紧" in problem.message
    assert [one for one in rulebook.lint(None, tmp_path) if one.file == "local.toml"] == [problem]


def test_lint_measures_by_the_packs_that_the_ledger_beside_it_has_chosen(
    branch: Path, tmp_path: Path
) -> None:
    """By 条例 alone a general meeting is warn: warn is no loosening there."""
    write(branch, f'[[set]]\nrule = "{GENERAL}"\nseverity = "warn"\n{HEAD}')
    assert "现行为 error" in str(rulebook.lint(tmp_path, ledger=branch)[0])
    amend(branch, "B1", {"packs": "支部工作条例"}, "补填", ACTOR)
    assert rulebook.lint(tmp_path, ledger=branch) == ()
    assert "与现行规定相同" in checking.check(branch, None, DAY).own_rules[0]


def test_a_page_tells_parameters_words_and_where_the_duty_stands() -> None:
    page = rulebook.explain("appraisal-yearly")
    assert "至少数量（`at_least`）1" in page
    assert "宽限的月数（`grace_months`）3" in page
    assert "`grace_months`（宽限的月数），现为 3，只能调低" in page
    assert "条文表述：一般每年开展一次" in page
    assert "用词“认真落实”，2016年11月18日起；单凭它不作这项核对，只作旁证" in page
    assert "## 条文中的位置" in page
    assert "（六）：落实民主评议党员制度（`democratic-appraisal-held`）。" in page


def test_no_page_shows_what_only_programmers_read() -> None:
    """Every parameter has a Chinese name, every column its header, and no table stands there as it is."""
    for rule in [one.id for one in rulebook.rules_list(DAY)]:
        told = "\n".join(line for line in rulebook.explain(rule).split("\n") if line.startswith("  参数："))
        named = re.findall(r"([^；：\n]+)（`([a-z_]+)`）([^；\n]*)", told)
        assert not [name for name, _, _ in named if re.search("[a-z_]{3}", name)], rule
        assert not [value for _, _, value in named if re.search(r"[a-z_]{3}|[{}\[\]]", value)], rule


@pytest.mark.parametrize(
    "rule", ["record-duplicate-text", "record-near-duplicate-text", "record-backfill-burst"]
)
def test_no_page_tells_where_two_texts_stop_being_alike(rule: str) -> None:
    """design.md, promise 4; the numbers stand in the file of the rule alone."""
    page = rulebook.explain(rule)
    assert not re.search("share|spread|below|`alike`|[0-9]/[0-9]|成以上|成半|一半|%|百分", page)
    assert "（`min_chars`）" in page or "（`hours`）" in page


def test_a_page_is_found_by_the_key_of_a_finding_and_by_the_name_of_a_duty() -> None:
    page = rulebook.explain(GENERAL)
    assert rulebook.explain(f"{GENERAL}@2026-Q1") == page
    assert rulebook.explain("支部党员大会每季度至少一次") == page
    other = rulebook.explain("democratic-appraisal-held")
    assert other.startswith("“democratic-appraisal-held”由规则 `appraisal-yearly` 核对")
    assert "# 民主评议党员一般每年一次" in other


def test_a_duty_without_a_rule_is_explained_by_its_reason() -> None:
    page = rulebook.explain("activity-budget-two-percent")
    assert "没有规则核对" in page
    assert "（二十二）" in page
    assert "不在支部职责：经费由机关党委和部门保障。" in page


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("general-meeting", GENERAL),
        ("党员大会", GENERAL),
        ("theme-day-montly", "theme-day-monthly"),
        ("fixed-venu", "fixed-venue"),
    ],
)
def test_a_name_that_is_none_is_answered_with_near_ones(name: str, near: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        rulebook.explain(name)
    assert near in caught.value.hint


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"{GENERAL}@2025-Q1", f"{GENERAL}@2025-Q1"),
        ("talk-committee-member@2025/M4", "talk-committee-member@2025/M4"),
        ("talk-committee-pairs@2025/m3+m1", "talk-committee-pairs@2025/M1+M3"),
        ("talk-committee-pairs@2025／M1＋M3", "talk-committee-pairs@2025/M1+M3"),
        (" theme-day-monthly@2026-03 ", "theme-day-monthly@2026-03"),
    ],
)
def test_an_explanation_is_kept_for_branches_members_and_pairs(branch: Path, given: str, kept: str) -> None:
    row = {"date": "2025-12-30", "talkers": "王五", "partners": "张三"}
    record(branch, "talk", row, ACTOR)
    entry = checking.waive(branch, given, "当月集中外出培训", ACTOR)
    assert entry.payload["key"] == kept
    span = Span(date(2025, 1, 1), date(2026, 12, 31))
    told = {one.key: one for one in checking.check(branch, span, DAY).findings}
    assert told[kept].waiver is not None


def test_a_rule_without_a_period_is_answered_with_the_keys_there_are(branch: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        checking.waive(branch, "theme-day-monthly", "说明", ACTOR)
    assert "还要写明是哪一项" in caught.value.message
    assert "theme-day-monthly@2026-03" in caught.value.hint
    with pytest.raises(NotFoundError) as caught:
        checking.waive(branch, "theme-day-monthly@2031-01", "说明", ACTOR)
    assert "没有“theme-day-monthly@2031-01”这一核对项" in caught.value.message
    with pytest.raises(InputError, match="目前为“已落实”，不需要情况说明"):
        checking.waive(branch, f"{GENERAL}@2026-Q1", "说明", ACTOR)


def test_an_explanation_is_listed_with_the_title_of_its_rule(branch: Path) -> None:
    checking.waive(branch, "theme-day-monthly@2026-03", "当月集中外出培训", ACTOR)
    (line,) = [line for line in list_entries(branch) if line.register == "waiver"]
    assert line.summary.startswith("主题党日每月一次")
    assert "theme-day-monthly@2026-03" in line.summary
    write(branch, "x")  # a file that cannot be read spoils no list
    assert "theme-day-monthly@2026-03" in next(
        line.summary for line in list_entries(branch) if line.register == "waiver"
    )


def test_a_branch_without_rules_of_its_own_pays_nothing_for_them(branch: Path) -> None:
    code = (
        "import sys, datetime, pathlib\n"
        "from zhibu_cli.app import checking\n"
        f"checking.check(pathlib.Path({str(branch)!r}), None, datetime.date(2026, 4, 9))\n"
        "print([name for name in sys.modules if name.startswith('zhibu_cli.rules.l')])"
    )
    run: Any = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_coverage_tells_its_totals_in_every_form() -> None:
    rows = rulebook.coverage()
    told = rulebook.coverage_json(rows)
    totals = told["totals"]
    assert set(totals) == {"rule", "manual", "out-of-scope", "awaiting-records", "none"}
    line = rulebook.coverage_totals(rows)
    assert f"由规则核对 {totals['rule']} · 由人判断 {totals['manual']}" in line
    assert f"不在支部职责 {totals['out-of-scope']} · 待有台账 {totals['awaiting-records']}" in line
    assert line in rulebook.coverage_markdown(rows)
    budget = next(row for row in told["rows"] if row["duty"] == "activity-budget-two-percent")
    assert (budget["answer"], budget["article"]) == ("out-of-scope", "（二十二）")


def test_an_installed_program_explains_a_rule_as_a_checkout_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from_toml = rulebook.explain(GENERAL)
    (tmp_path / "packs.json").write_text(resources.compile_packs(resources.packs_dir()), encoding="utf-8")
    monkeypatch.setattr(resources, "_COMPILED", str(tmp_path / "packs.json"))
    load_book.cache_clear()
    try:
        assert rulebook.explain(GENERAL) == from_toml
        assert "## 例子" in from_toml
    finally:
        load_book.cache_clear()
