"""Checking a ledger by the rules, and what belongs to it: explaining, 情况说明, looking after packs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import InputError, LedgerFormatError, NotFoundError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.period import Span, Unit, add_months, period_of
from zhibu_cli.model.rule import DEFAULT_PACKS
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.pack import load_book
from zhibu_cli.store.opening import open_store
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Branch, Ledger, Waiver
    from zhibu_cli.model.problem import Problem
    from zhibu_cli.model.rule import Pack, Rule, RuleBook, Severity
    from zhibu_cli.rules.lint import Coverage

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The answer of a check."""

    as_of: date
    asked: Span
    ledger: Ledger
    packs: tuple[Pack, ...]
    """The packs that were applied."""
    findings: tuple[Finding, ...]
    rules: tuple[Rule, ...] = ()
    """The rules that were applied."""
    notes: tuple[str, ...] = ()
    """What the user should know about the answer itself, one sentence each."""

    @property
    def branch(self) -> Branch:
        """The branch that was checked."""
        return self.ledger.branch

    @property
    def summary(self) -> dict[str, int]:
        """Number of findings of each of the seven statuses."""
        counts = {status.value: 0 for status in Status}
        for finding in self.findings:
            counts[finding.status.value] += 1
        return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule in the list of rules."""

    id: str
    title: str
    pack: Pack
    severity: Severity | None
    """That of the version in force on the day; None: none is."""


def load(path: Path, *, catalogue: Catalogue = CATALOGUE) -> Ledger:
    """The ledger in the file.

    Raises:
        LedgerFormatError: the branch itself is not in it.
    """
    with open_store(path, catalogue=catalogue) as store:
        entries, imports = store.entries(), store.imports()
    try:
        return build_ledger(entries, catalogue, imports)
    except LookupError as error:
        raise LedgerFormatError(
            f"{path} 中没有“支部信息”。", hint="先用 zhibu init 填写支部信息，或导入含“支部信息”的工作簿。"
        ) from error


def check(
    path: Path,
    asked: Span | None,
    as_of: date,
    *,
    rules: Sequence[str] = (),
    catalogue: Catalogue = CATALOGUE,
) -> CheckResult:
    """Check the ledger in the file; ``asked`` None: the calendar year of the day, up to its end."""
    return check_ledger(load(path, catalogue=catalogue), asked, as_of, rules=rules)


def check_ledger(
    ledger: Ledger,
    asked: Span | None,
    as_of: date,
    *,
    rules: Sequence[str] = (),
    ahead: date | None = None,
) -> CheckResult:
    """Check a ledger by the packs it has chosen, or by the named rules of all packs.

    ``ahead``: duties of periods that begin up to this day are told in advance.

    Raises:
        NotFoundError: there is no rule of that name.
    """
    span = asked or period_of(Unit.YEAR, as_of).span
    book, notes = _book_for(ledger)
    if rules:
        book = _only(rules)
    return CheckResult(
        as_of=as_of,
        asked=span,
        ledger=ledger,
        packs=book.packs,
        rules=book.rules,
        findings=evaluate(book, ledger, span, as_of, ahead=ahead),
        notes=(*notes, *_undeclared_start(ledger)),
    )


def _undeclared_start(ledger: Ledger) -> tuple[str, ...]:
    """A word to a branch that began in the midst of a year and has not said so."""
    start, first = ledger.start, ledger.first_day
    if ledger.branch.ledger_from or not start or not first or add_months(start, 1) > first:
        return ()
    note = f"台账起始日未写明，从{chinese_date(start)}起核对，而最早的记录在{chinese_date(first)}；"
    return (f"{note}从别的日期开始登记的，请用 zhibu amend B1 --ledger-from 日期 写明。",)


def to_json(result: CheckResult) -> dict[str, Any]:
    """The answer in the form of design.md, schema_version 1."""
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": result.as_of.isoformat(),
        "period": {"from": result.asked.start.isoformat(), "to": result.asked.end.isoformat()},
        "branch": {"name": result.branch.name},
        "packs": [{"id": pack.id, "version": pack.version} for pack in result.packs],
        "summary": result.summary,
        "findings": [_finding(finding) for finding in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        "rule": finding.rule,
        "title": finding.title,
        "status": finding.status.value,
        "severity": finding.severity.value,
        "subject": {
            "kind": finding.subject.kind.value,
            "id": finding.subject.id,
            "name": finding.subject.name,
        },
        "period": finding.period,
        "required": finding.required,
        "found": finding.found,
        "due": finding.due.isoformat(),
        "message": finding.message,
        "fix": finding.fix,
        "citations": [
            {
                "source": ground.source.title,
                "article": ground.article,
                "wording": ground.wording,
                "verified": ground.verified,
            }
            for ground in finding.grounds
        ],
        "evidence": list(finding.evidence),
        "waiver": _waiver(finding.waiver) if finding.waiver else None,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "id": waiver.id,
        "reason": waiver.reason,
        "by": waiver.by,
        "on": waiver.on.isoformat(),
        "approval": waiver.approval,
        "approved_on": waiver.approved_on.isoformat() if waiver.approved_on else None,
    }


def explain(rule_id: str) -> str:
    """The page of a rule, in Markdown: what, why, what to do, articles, reading, examples.

    Raises:
        NotFoundError: there is no rule of that name.
    """
    from zhibu_cli.rules.pages import page

    rule = _find(rule_id)
    return page(rule, _book().home(rule))


def rules_list(as_of: date) -> tuple[RuleLine, ...]:
    """Every rule of every pack, with its severity on the day."""
    book = _book()
    lines = []
    for pack in book.packs:
        for rule in (rule for rule in book.rules if book.home(rule) == pack):
            version = rule.version_on(as_of)
            severity = version.severity if version else None
            lines.append(RuleLine(id=rule.id, title=rule.title, pack=pack, severity=severity))
    return tuple(lines)


def lint(folder: Path | None = None) -> tuple[Problem, ...]:
    """Every problem of the shipped packs, or of the packs in a folder."""
    from zhibu_cli import resources
    from zhibu_cli.rules.lint import lint as lint_tables

    tables = resources.read_packs(folder) if folder is not None else resources.pack_tables()
    return lint_tables(tables, CATALOGUE)


def coverage() -> tuple[Coverage, ...]:
    """Every article of every document, and what answers for it."""
    from zhibu_cli.rules.lint import coverage as covered

    return covered(_book())


def coverage_name(row: Coverage) -> str:
    """The article, or the name of the duty in it."""
    from zhibu_cli.rules.pages import row_name

    return row_name(row)


def coverage_answer(row: Coverage) -> str:
    """By which rules it is checked, or why by none; nothing where its duties answer one by one."""
    from zhibu_cli.rules.pages import reason

    if row.rules:
        return f"规则 {'、'.join(row.rules)}"
    return reason(row) or ("" if row.answered else "未说明")


def waive(
    path: Path,
    key: str,
    reason: str,
    actor: Actor,
    *,
    by: str = "",
    approval: str = "",
    approved_on: date | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Entry:
    """Keep a 情况说明 for one finding; a second one for the same finding is a new version of it.

    Raises:
        NotFoundError: no finding bears the key.
        InputError: the reason is empty, or there is nothing to explain.
        ClassifiedError: the text bears a classification mark.
    """
    payload: dict[str, Any] = {"key": key.strip(), "reason": reason.strip(), "by": by.strip() or actor.who}
    payload["date"] = actor.today.isoformat()
    payload |= {"approval": approval.strip()} if approval.strip() else {}
    payload |= {"approved_on": approved_on.isoformat()} if approved_on else {}
    _explainable(load(path, catalogue=catalogue), payload, actor.today)
    register = catalogue.register("waiver")
    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        old = [entry for entry in store.of_register("waiver") if entry.payload["key"] == payload["key"]]
        if old:
            return store.amend(old[0].id, payload, now=actor.now, who=actor.who, reason="更新情况说明")
        return store.add(register, payload, now=actor.now, who=actor.who)


def _explainable(ledger: Ledger, payload: dict[str, Any], today: date) -> None:
    from zhibu_cli.app.taking import refuse_classified

    if not payload["reason"]:
        raise InputError("情况说明不能为空。", hint="用 --reason 写明实际情况。")
    if (payload.get("approval") is None) != (payload.get("approved_on") is None):
        raise InputError("批准文号和批准日期要一起写。", hint="用 --approval 写文号，--approved-on 写日期。")
    if payload.get("approved_on", "") > today.isoformat():
        raise InputError("批准日期晚于今天。", hint="用 --approved-on 写上级批准的那一天。")
    refuse_classified(payload, "情况说明的")
    key = payload["key"]
    rule = _find(key.partition("@")[0])
    whole = Span(date(ledger.branch.founded.year, 1, 1), date(today.year, 12, 31))
    findings = {
        finding.key: finding for finding in check_ledger(ledger, whole, today, rules=[rule.id]).findings
    }
    if key not in findings:
        raise NotFoundError(
            f"没有“{key}”这一核对项。", hint="核对项的编号见 zhibu check 的结果，如 规则@2026-03。"
        )
    if findings[key].status in {Status.MET, Status.NOT_APPLICABLE}:
        raise InputError(
            f"“{key}”目前为“{findings[key].label}”，不需要情况说明。", hint="用 zhibu check 查看最新结果。"
        )


@cache
def _book() -> RuleBook:
    return load_book()


def _book_for(ledger: Ledger) -> tuple[RuleBook, tuple[str, ...]]:
    """The packs the branch has chosen; names that are none are told and passed over."""
    book, names = _book(), ledger.branch.packs
    known = {DEFAULT_PACKS, *(word for pack in book.packs for word in (pack.id, pack.title))}
    strange = [name for name in names if name not in known]
    if not strange:
        return book.chosen(names), ()
    titles = "、".join(pack.title for pack in book.packs)
    note = f"支部信息“适用规定”中的“{'、'.join(strange)}”不是规则包的名称，未采用；可写：{titles}。"
    return book.chosen(tuple(name for name in names if name in known)), (note,)


def _only(rules: Sequence[str]) -> RuleBook:
    from dataclasses import replace

    chosen = tuple(_find(rule) for rule in dict.fromkeys(rules))
    book = _book()
    sources = {ground.source.id for rule in chosen for ground in rule.grounds}
    return replace(book, packs=tuple(pack for pack in book.packs if sources & {*pack.sources}), rules=chosen)


def _find(rule_id: str) -> Rule:
    for rule in _book().rules:
        if rule_id in (rule.id, rule.title):
            return rule
    from difflib import get_close_matches

    near = get_close_matches(rule_id, [rule.id for rule in _book().rules], n=3)
    raise NotFoundError(
        f"没有“{rule_id}”这条规则。",
        hint=f"是不是 {'、'.join(near)}？" if near else "用 zhibu rules list 查看全部规则。",
    )


def pack_names() -> tuple[tuple[str, str], ...]:
    """Id and title of every pack there is."""
    return tuple((pack.id, pack.title) for pack in _book().packs)
