"""The answers for the sample branch equal those written by hand in expected/, field by field.

``expected/DAY.toml`` holds one row for each finding and the reasoning beside it, ``expected/rules.toml``
what is the same for all findings of a rule. Both were written from the regulations and the workbooks.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

FOLDER = Path(__file__).parent / "expected"
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
DAYS = ("2025-05-20", "2025-06-30", "2026-01-15", "2026-04-10")
NEXT_YEAR = {"assessment": "03-31", "feedback": "06-30"}
"""Last days, in the year after the one they are about."""
LEFT_OUT = frozenset({"message", "fix"})


def read(name: str) -> dict[str, Any]:
    """One of the hand-written tables."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def expected(day: str) -> dict[str, Any]:
    """The whole answer as of that day, without message and fix."""
    table, constants = read(day), read("rules")
    findings = [
        _finding(rule, about, row, constants, table["as_of"])
        for about in table["about"]
        for rule in rules_of(about)
        for row in about["rows"]
    ]
    return {
        "schema_version": 1,
        "as_of": table["as_of"].isoformat(),
        "period": {"from": table["from"].isoformat(), "to": table["to"].isoformat()},
        "branch": {"name": constants["people"]["branch"]},
        "packs": constants["packs"],
        "summary": table.get("summary"),
        "findings": {finding["key"]: finding for finding in findings},
    }


def rules_of(about: dict[str, Any]) -> list[str]:
    """The rules to which the rows belong; ``rules`` where several have the same."""
    return about["rules"] if "rules" in about else [about["rule"]]


def _finding(
    name: str, about: dict[str, Any], row: list[Any], constants: dict[str, Any], as_of: date
) -> dict[str, Any]:
    rule = constants["rule"][name]
    where, status, found, evidence, *severity = row
    subject, period, due = _place(where, rule, constants, as_of)
    return {
        "key": f"{name}@{where.lstrip('@').replace('AS_OF', as_of.isoformat())}",
        "rule": name,
        "title": rule["title"],
        "status": status,
        "severity": severity[0] if severity else rule["severity"],
        "subject": subject,
        "period": period,
        "required": _number(about.get("required", rule.get("required"))),
        "found": _number(found),
        "due": about["due"].isoformat() if "due" in about else due,
        "citations": [
            {
                "source": constants["sources"][source],
                "article": article,
                "wording": wording,
                "verified": verified,
            }
            for source, article, wording, verified in rule["citations"]
        ],
        "evidence": evidence,
        "waiver": None,
    }


def _number(value: object) -> object:
    return None if value == "null" else value


def _place(
    where: str, rule: dict[str, Any], constants: dict[str, Any], as_of: date
) -> tuple[dict[str, str], str | None, str]:
    """Subject, period and due day of a row such as ``2025-01/G1``, ``@S68`` or ``@2025-05-30/M14``."""
    people, records = constants["people"], constants["records"]
    period, _, who = where.partition("/")
    if rule["subject"] == "record":
        record = where.lstrip("@")
        day, name = records[record]
        return {"kind": "record", "id": record, "name": name}, None, day
    who = who or rule["subject"]
    subject = {
        "kind": rule["subject"],
        "id": who,
        "name": "、".join(people[one] for one in who.split("+")),
    }
    if where.startswith("@"):
        return subject, None, period.lstrip("@").replace("AS_OF", as_of.isoformat())
    if rule["due"] in NEXT_YEAR:
        return subject, period, f"{int(period) + 1}-{NEXT_YEAR[rule['due']]}"
    span = parse_period(period)
    assert span is not None
    return subject, period, span.end.isoformat()


def pruned(answer: dict[str, Any]) -> dict[str, Any]:
    """The program's answer in the same shape; a key that occurs twice is an error."""
    keys = Counter(finding["key"] for finding in answer["findings"])
    twice = [key for key, count in keys.items() if count > 1]
    assert not twice, f"given twice: {twice}"
    findings = {
        finding["key"]: {name: value for name, value in finding.items() if name not in LEFT_OUT}
        for finding in answer["findings"]
    }
    return {**answer, "findings": findings}


def differences(wanted: dict[str, Any], got: dict[str, Any]) -> list[str]:
    """What differs, one line each."""
    lines = [
        f"{name}: 应为 {wanted.get(name)!r}，得到 {got.get(name)!r}"
        for name in sorted(wanted.keys() | got.keys())
        if name != "findings" and wanted.get(name) != got.get(name)
    ]
    for key in sorted(wanted["findings"].keys() | got["findings"].keys()):
        lines += _about(key, wanted["findings"].get(key), got["findings"].get(key))
    return lines


def _about(key: str, wanted: dict[str, Any] | None, got: dict[str, Any] | None) -> list[str]:
    if wanted is None:
        status = got and (got["status"], got["severity"])
        return [f"{key}: 多出 {status}"]
    if got is None:
        return [f"{key}: 缺少（应为 {wanted['status']}）"]
    return [
        f"{key} · {name}: 应为 {wanted.get(name)!r}，得到 {got.get(name)!r}"
        for name in sorted(wanted.keys() | got.keys())
        if wanted.get(name) != got.get(name)
    ]


@pytest.mark.parametrize("day", DAYS)
def test_the_answer_as_of_that_day_is_the_one_written_by_hand(
    day: str, sample_ledger: Path, zhibu: Callable[..., Any]
) -> None:
    answer = zhibu("check", "--as-of", day, "--format", "json", "--db", sample_ledger, code=None).json
    lines = differences(expected(day), pruned(answer))
    assert not lines, "\n" + "\n".join(lines)


def test_the_answer_about_election_and_admission_is_the_one_written_by_hand(
    sample_ledger: Path, zhibu: Callable[..., Any]
) -> None:
    day = "2024-06-30"
    table = read(day)
    rules = [*table["silent"], *(rule for about in table["about"] for rule in rules_of(about))]
    asked = [word for rule in dict.fromkeys(rules) for word in ("--rule", rule)]
    answer = zhibu("check", "--as-of", day, *asked, "--format", "json", "--db", sample_ledger, code=None).json
    wanted = {**expected(day), "packs": answer["packs"], "summary": answer["summary"]}
    lines = differences(wanted, pruned(answer))
    assert not lines, "\n" + "\n".join(lines)


@pytest.mark.parametrize("day", DAYS)
def test_the_hand_written_summary_counts_the_hand_written_rows(day: str) -> None:
    table = read(day)
    statuses = [row[1] for about in table["about"] for _ in rules_of(about) for row in about["rows"]]
    assert {name: statuses.count(name) for name in table["summary"]} == table["summary"]


PLANTED = {
    "general-meeting-quarterly@2024-Q3": "error",
    "vote-wrong-base@S53": "error",
    "record-post-mismatch@S68": "warn",
    "record-headcount@S72": "error",
    "group-meeting-monthly@2025-06/G2": "warn",
    "committee-meeting-monthly@2025-08": "warn",
    "vote-admit-quorum@S93": "error",
    "talk-committee-pairs@2025/M4+M5": "warn",
    "record-placeholder-text@S121": "error",
}
"""As sample_data/README.md lists them."""


def missed(answer: Any, *severities: str) -> dict[str, str]:
    return {
        finding["key"]: finding["severity"]
        for finding in answer["findings"]
        if finding["status"] == "missed" and finding["severity"] in severities
    }


def test_every_planted_fault_is_found_and_nothing_else_is_reported_as_error_or_warn(
    sample_ledger: Path, zhibu: Callable[..., Any]
) -> None:
    answer = zhibu(
        "check", "--from", "2024-01-01", "--to", "2026-04-10", "--as-of", "2026-04-10",
        "--format", "json", "--db", sample_ledger, code=1,
    ).json  # fmt: skip
    assert missed(answer, "error", "warn") == PLANTED


HINTS = {
    "theme-day-fixed-day@2025-06": "info",
    "record-combined-sitting@S56": "info",
    "record-combined-sitting@S109": "info",
    "appraisal-excellent-third@2025": "info",
    "appraisal-secretary-report@S56": "info",
    "debrief-to-general-meeting@2024": "info",
    "debrief-to-general-meeting@2025": "info",
    "secretary-reports@2025": "remind",
    "integrity-education@2025": "remind",
    "warning-education@2024": "remind",
}
"""As sample_data/README.md lists them, with the reason of each."""


def test_the_only_hints_and_reminders_are_those_that_the_sample_names(
    sample_ledger: Path, zhibu: Callable[..., Any]
) -> None:
    answer = zhibu(
        "check", "--from", "2024-01-01", "--to", "2026-04-10", "--as-of", "2026-04-10",
        "--format", "json", "--db", sample_ledger, code=1,
    ).json  # fmt: skip
    assert missed(answer, "info", "remind") == HINTS


def test_the_page_of_the_sample_names_every_fault_and_hint_by_its_key() -> None:
    page = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([a-z0-9-]+@[^`]+)`", page)) == PLANTED.keys() | HINTS.keys()


def test_before_the_start_of_the_ledger_nothing_is_held_against_the_branch(
    sample_ledger: Path, zhibu: Callable[..., Any]
) -> None:
    answer = zhibu(
        "check", "--year", 2023, "--as-of", "2026-04-10", "--format", "json", "--db", sample_ledger, code=0
    ).json
    assert answer["summary"]["missed"] == 0
    assert answer["summary"]["unknown"] > 0


FIRST_DAYS = tuple(f"{year}-{month:02d}-01" for year in (2024, 2025) for month in range(1, 13))


@pytest.mark.parametrize("day", [*FIRST_DAYS, "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"])
def test_on_the_day_after_each_month_nothing_but_planted_faults_is_missed(
    day: str, sample_ledger: Path, zhibu: Callable[..., Any]
) -> None:
    answer = zhibu(
        "check", "--from", "2024-01-01", "--to", "2026-12-31", "--as-of", day,
        "--format", "json", "--db", sample_ledger, code=None,
    ).json  # fmt: skip
    assert missed(answer, "error", "warn").items() <= PLANTED.items()
