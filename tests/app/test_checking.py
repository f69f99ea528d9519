"""Checking a ledger file: the answer, its JSON, 情况说明, the list of rules."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.once import once

from zhibu_cli.app import checking, rulebook
from zhibu_cli.app.context import Actor
from zhibu_cli.app.recording import amend, record
from zhibu_cli.app.setup import init_ledger
from zhibu_cli.errors import ClassifiedError, InputError, LedgerFormatError, NotFoundError
from zhibu_cli.model.period import Span

if TYPE_CHECKING:
    from pathlib import Path

ACTOR = Actor(who="王五", now=datetime(2026, 3, 9, 10, 0))
KEY = "committee-meeting-monthly@2026-02"


@pytest.fixture
@once
def branch(tmp_path: Path) -> Path:
    """王五 is 书记, 张三 组织委员; one general meeting on 2026-02-10."""
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01", "ledger_from": "2026-01-01"}, ACTOR)
    for name, post in (("王五", "书记"), ("张三", "组织委员")):
        record(path, "member", {"name": name, "joined": "2010-07-01", "status": "正式"}, ACTOR)
        record(path, "post", {"member": name, "post": post, "since": "2024-01-10"}, ACTOR)
    record(
        path,
        ["general_meeting"],
        {"date": "2026-02-10", "place": "会议室", "chair": "王五", "recorder": "张三", "attendees": "全体",
         "topics": ["年度计划"], "content": "讨论并通过年度计划。"},
        ACTOR,
    )  # fmt: skip
    return path


def finding(path: Path, key: str, as_of: date = date(2026, 3, 9)) -> dict[str, Any]:
    answer = checking.to_json(checking.check(path, None, as_of))
    rows: dict[str, dict[str, Any]] = {row["key"]: row for row in answer["findings"]}
    return rows[key]


def test_the_answer_covers_the_calendar_year_of_the_day(branch: Path) -> None:
    answer = checking.to_json(checking.check(branch, None, date(2026, 3, 9)))
    assert answer["schema_version"] == 1
    assert answer["as_of"] == "2026-03-09"
    assert answer["period"] == {"from": "2026-01-01", "to": "2026-12-31"}
    assert answer["branch"] == {"name": "甲支部"}
    assert [pack["id"] for pack in answer["packs"]] == [
        "constitution",
        "branch-regulation-2018",
        "office-regulation-2019",
        "education-regulation-2019",
        "disposal-measures-2024",
        "election-regulation-2020",
        "admission-rules-2014",
        "guidelines-2016",
        "appraisal-notices",
        "dues-rules-2008",
        "debriefing-measures-2019",
        "other-regulations",
        "sichuan-2016",
        "records",
    ]


def test_the_summary_counts_all_seven_statuses(branch: Path) -> None:
    answer = checking.to_json(checking.check(branch, None, date(2026, 3, 9)))
    assert [*answer["summary"]] == [
        "met", "pending", "at_risk", "missed", "waived", "not_applicable", "unknown",
    ]  # fmt: skip
    assert sum(answer["summary"].values()) == len(answer["findings"])


def test_a_finding_has_the_fields_of_the_contract(branch: Path) -> None:
    row = finding(branch, "general-meeting-quarterly@2026-Q1")
    message, fix = row.pop("message"), row.pop("fix")
    assert "2026年第一季度" in message
    assert fix == ""
    assert row == {
        "key": "general-meeting-quarterly@2026-Q1",
        "rule": "general-meeting-quarterly",
        "title": "支部党员大会每季度至少一次",
        "status": "met",
        "severity": "error",
        "subject": {"kind": "branch", "id": "branch", "name": "甲支部"},
        "period": "2026-Q1",
        "required": 1,
        "found": 1,
        "due": "2026-03-31",
        "citations": [
            {
                "source": "《中国共产党支部工作条例（试行）》",
                "article": "第十一条",
                "wording": "一般",
                "verified": True,
            },
            {
                "source": "《关于进一步加强和改进机关党的建设的意见》"
                "（中共四川省委办公厅2016年11月18日印发；现行效力待核）",
                "article": "（六）",
                "wording": "至少",
                "verified": True,
            },
        ],
        "evidence": ["S1"],
        "waiver": None,
    }


def test_named_rules_alone_are_checked(branch: Path) -> None:
    result = checking.check(branch, None, date(2026, 3, 9), rules=["theme-day-monthly"])
    assert {one.rule for one in result.findings} == {"theme-day-monthly"}


def test_an_unknown_rule_is_told_with_its_neighbours(branch: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        checking.check(branch, None, date(2026, 3, 9), rules=["theme-day-montly"])
    assert "theme-day-monthly" in caught.value.hint


def test_an_explanation_turns_a_soft_finding_only_with_an_approval(branch: Path) -> None:
    checking.waive(branch, KEY, "当月集中外出培训", ACTOR)
    row = finding(branch, KEY)
    assert row["status"] == "missed"
    assert row["waiver"]["reason"] == "当月集中外出培训"
    checking.waive(
        branch, KEY, "当月集中外出培训", ACTOR, approval="机党〔2026〕3号", approved_on=date(2026, 3, 2)
    )
    assert finding(branch, KEY)["status"] == "waived"
    assert finding(branch, KEY)["waiver"]["by"] == "王五"


def test_an_explanation_of_an_error_stands_beside_the_missed(branch: Path) -> None:
    key = "theme-day-monthly@2026-02"
    checking.waive(branch, key, "场地停电", ACTOR, approval="机党〔2026〕3号", approved_on=date(2026, 3, 2))
    assert finding(branch, key)["status"] == "missed"
    assert finding(branch, key)["waiver"]["approval"] == "机党〔2026〕3号"


def test_an_explanation_is_told_of_an_earlier_day_too_and_settles_from_its_approval_on(branch: Path) -> None:
    checking.waive(
        branch, KEY, "当月集中外出培训", ACTOR, approval="机党〔2026〕3号", approved_on=date(2026, 3, 5)
    )
    before, after = finding(branch, KEY, date(2026, 3, 4)), finding(branch, KEY, date(2026, 3, 5))
    assert (before["status"], before["waiver"]["reason"]) == ("missed", "当月集中外出培训")
    assert (after["status"], after["waiver"]["reason"]) == ("waived", "当月集中外出培训")


def test_an_approval_cannot_lie_in_the_future(branch: Path) -> None:
    with pytest.raises(InputError, match="批准日期晚于今天"):
        checking.waive(branch, KEY, "培训", ACTOR, approval="3号", approved_on=date(2026, 3, 10))
    assert finding(branch, KEY)["waiver"] is None


def test_a_second_explanation_is_a_new_version_of_the_first(branch: Path) -> None:
    first = checking.waive(branch, KEY, "一", ACTOR)
    second = checking.waive(branch, KEY, "二", ACTOR)
    assert (first.id, second.id, second.version) == ("W1", "W1", 2)


def test_a_key_that_no_finding_bears_is_refused(branch: Path) -> None:
    with pytest.raises(NotFoundError):
        checking.waive(branch, "committee-meeting-monthly@2031-02", "说明", ACTOR)
    with pytest.raises(NotFoundError):
        checking.waive(branch, "no-such-rule@2026-02", "说明", ACTOR)


def test_what_is_met_needs_no_explanation(branch: Path) -> None:
    with pytest.raises(InputError):
        checking.waive(branch, "general-meeting-quarterly@2026-Q1", "说明", ACTOR)


def test_an_empty_or_classified_explanation_is_refused_unsaved(branch: Path) -> None:
    with pytest.raises(InputError):
        checking.waive(branch, KEY, "  ", ACTOR)
    with pytest.raises(ClassifiedError):
        checking.waive(branch, KEY, "见机密★文件", ACTOR)
    assert finding(branch, KEY)["waiver"] is None


def test_a_number_of_approval_goes_with_its_day(branch: Path) -> None:
    with pytest.raises(InputError):
        checking.waive(branch, KEY, "说明", ACTOR, approval="机党〔2026〕3号")


def test_strange_names_of_packs_are_told_and_the_rest_is_used(tmp_path: Path) -> None:
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01"}, ACTOR)
    amend(path, "B1", {"packs": "川意见、支部工作条例"}, "补填", ACTOR)
    result = checking.check(path, None, date(2026, 3, 9))
    assert [pack.id for pack in result.packs] == ["branch-regulation-2018", "records"]
    assert "川意见" in result.notes[0]


@pytest.mark.parametrize(
    ("first", "declared", "told"),
    [("2026-01-31", "", False), ("2026-02-01", "", True), ("2026-02-01", "2026-02-01", False)],
)
def test_a_start_in_the_midst_of_a_year_is_asked_about(
    tmp_path: Path, first: str, declared: str, told: bool
) -> None:
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01", "ledger_from": declared}, ACTOR)
    record(path, ["theme_day"], {"date": first, "place": "会议室"}, ACTOR)
    notes = checking.check(path, None, date(2026, 3, 9)).notes
    assert any("台账起始日未写明，从2026年1月1日起核对" in note for note in notes) is told


def test_an_empty_ledger_proves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "zhibu.db"
    init_ledger(path, {"name": "甲支部", "founded": "2019-05-01"}, ACTOR)
    result = checking.check(path, Span(date(2025, 1, 1), date(2025, 12, 31)), date(2026, 3, 9))
    assert result.summary["missed"] == 0
    assert result.summary["unknown"] > 0


@pytest.mark.parametrize(
    ("was", "became"),
    [
        ("2026-02-10", "202T-02-10"),  # a sitting, read when a rule looks at it
        ("2010-07-01", "2010-07-3x"),  # a member, read with the ledger
        ("2019-05-01", "2019"),  # the branch itself
        ('"since"', '"sinus"'),
    ],
)
def test_an_altered_content_is_told_by_the_number_of_its_record(branch: Path, was: str, became: str) -> None:
    with closing(sqlite3.connect(branch)) as raw:
        raw.execute("DROP TRIGGER versions_no_update")
        raw.execute("UPDATE versions SET payload = replace(payload, ?, ?)", (was, became))
        raw.commit()
    with pytest.raises(LedgerFormatError, match=r"台账中 [SMBP]\d 的内容已损坏"):
        checking.check(branch, None, date(2026, 3, 9))


def test_explain_tells_article_reading_and_examples() -> None:
    text = rulebook.explain("secretary-lecture-yearly")
    assert "（六）" in text
    assert "不少于" in text
    assert "支部工作条例没有规定" in text
    assert "## 例子" in text


def test_the_list_of_rules_shows_the_severity_of_the_day() -> None:
    lines = {line.id: line for line in rulebook.rules_list(date(2018, 1, 1))}
    assert lines["theme-day-monthly"].severity == "warn"
    assert lines["org-life-meeting-yearly"].severity is None
    assert {line.id: line for line in rulebook.rules_list(date(2026, 1, 1))}[
        "theme-day-monthly"
    ].severity == "error"


def test_a_check_loads_nothing_heavy(branch: Path) -> None:
    code = (
        "import sys, datetime, pathlib\n"
        "from zhibu_cli.app.checking import check, to_json\n"
        f"to_json(check(pathlib.Path({str(branch)!r}), None, datetime.date(2026, 3, 9)))\n"
        "heavy = {'sqlite_utils', 'openpyxl', 'docx', 'docxtpl', 'jinja2', 'rich', 'typer', "
        "'python_calamine', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
