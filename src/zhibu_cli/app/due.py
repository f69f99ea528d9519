"""``due``: what is owed next, as told by the rules alone; as a page and as a calendar file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from zhibu_cli import resources
from zhibu_cli.app import checking
from zhibu_cli.app.rulebook import applied
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status
from zhibu_cli.model.period import Span, day_ahead
from zhibu_cli.model.plan import kept_from
from zhibu_cli.report.due import OPEN, UNSEEN, DueRow, DueView, build_due, events
from zhibu_cli.rules.engine import counted_kind, owes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.app.rulebook import Applied
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger

__all__ = ["PAPERS", "Due", "DueRow", "DueView", "calendar_file", "due", "paper", "to_json"]

PAPERS = ("md", "docx", "ics")
_FAR = timedelta(days=366)
"""Conditions that are at risk are told whatever their day; none announces itself earlier than a year."""
_LATELY = timedelta(days=31)
"""How long what a period left without a record is told after its last day."""
_WAITS = {"grades": "appraisal"}
"""Kind of check -> the kind of record without which it has nothing to ask for yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The answer, and the findings it was made from."""

    view: DueView
    result: CheckResult
    ledger_id: str


def due(path: Path, as_of: date, within: str, *, catalogue: Catalogue = CATALOGUE) -> Due:
    """What is owed from the day on, up to so long ahead (``30d``, see ``period.parse_ahead``).

    A duty is owed whether or not the branch has begun to keep records of it here.
    """
    until = day_ahead(as_of, within)
    ledger_as_kept, number = checking.load_numbered(path, catalogue=catalogue)
    by = applied(ledger_as_kept, path, as_of)
    ledger = kept_from(ledger_as_kept, as_of.year)
    asked = Span(as_of, max(until, as_of + _FAR))
    result = checking.answer(by, ledger, asked, as_of, ahead=until, keep=owes)
    past = _lately_unseen(by, ledger_as_kept, as_of)
    findings, kinds = _to_be_done(result), kinds_of(result)
    view = build_due(ledger, findings, kinds, as_of, until, notes=result.notes, past=past)
    whole = replace(result, findings=(*result.findings, *past))
    return Due(view=view, result=whole, ledger_id=number)


def _lately_unseen(by: Applied, ledger: Ledger, as_of: date) -> tuple[Finding, ...]:
    """Duties of periods that ended within the last month and of which no record is seen.

    Asked of the ledger as it is kept: what was before its first day is nobody's concern.
    """
    lately = Span(as_of - _LATELY, as_of - timedelta(days=1))
    found = checking.answer(by, ledger, lately, as_of, keep=owes).findings
    missed = (one for one in found if one.status is Status.MISSED and one.owes_record and one.period)
    return tuple(one for one in missed if one.due in lately)


def _to_be_done(result: CheckResult) -> tuple[Finding, ...]:
    """The findings without caps on numbers, and without what waits for a sitting that is still to come."""
    rules = {rule.id: rule for rule in result.rules}
    kinds = kinds_of(result)
    to_come = {
        (kinds[one.rule], one.period) for one in result.findings if one.plannable and one.status in OPEN
    }

    def stands(finding: Finding) -> bool:
        rule = rules[finding.rule]
        version = rule.version_on(min(finding.due, result.as_of))
        cap = finding.period is not None and version is not None and "share" in version.params
        waits = _WAITS.get(rule.check.partition(".")[0])
        return not cap and (waits, finding.period) not in to_come

    return tuple(filter(stands, result.findings))


def kinds_of(result: CheckResult) -> dict[str, str]:
    """Rule id -> the kind of record it looks for, for the rules that were applied."""
    return {rule.id: counted_kind(rule, result.as_of) for rule in result.rules}


def to_json(answer: Due) -> dict[str, Any]:
    """The answer as data, schema_version 1."""
    view = answer.view
    findings = {one["key"]: one for one in checking.to_json(answer.result)["findings"]}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("overdue", "due", "unseen")}
    past = {row for part in view.parts if part.title.startswith(UNSEEN) for row in part.rows}
    for row in sorted(view.rows, key=lambda row: (row.day, row.due)):
        where = "unseen" if row in past else "due" if row.due >= view.as_of else "overdue"
        rows[where].append(_row(row, findings))
    return {
        "schema_version": 1,
        "as_of": view.as_of.isoformat(),
        "until": view.until.isoformat(),
        "branch": {"name": view.branch},
        "notes": list(view.notes),
        **rows,
    }


def _row(row: DueRow, by_key: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    findings = [by_key[key] for key in row.keys]
    return {
        "key": row.key,
        "rule": row.rule,
        "title": row.title,
        "status": row.status.value,
        "day": row.day.isoformat(),
        "due": row.due.isoformat(),
        "who": row.who,
        "fix": row.fix,
        "citations": findings[0]["citations"],
        "findings": [
            {name: one[name] for name in ("key", "status", "subject", "message", "waiver")}
            for one in findings
        ],
    }


def paper(answer: Due, format_: str) -> bytes:
    """One of ``PAPERS`` as bytes; the same answer gives the same bytes."""
    from zhibu_cli.report import markdown, word

    view = answer.view
    if format_ == "ics":
        return calendar_file(answer)
    if format_ == "docx":
        return word.render(view, resources.templates_dir() / "due.docx")
    return markdown.render(view, resources.templates_dir() / "due.md.j2")


def calendar_file(answer: Due) -> bytes:
    """What is to come as a calendar file."""
    from zhibu_cli.report import ics

    view = answer.view
    return ics.render(events(view), ledger_id=answer.ledger_id, name=view.branch, as_of=view.as_of)
