"""Checking a ledger by the rules, and 情况说明 for what a check says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.rulebook import applied, find_rule, shelf
from zhibu_cli.errors import InputError, LedgerFormatError, NotFoundError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.period import Span, Unit, add_months, period_of
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.store.opening import open_store
from zhibu_cli.text import chinese_date, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.rulebook import Applied
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Branch, Ledger, Waiver
    from zhibu_cli.model.rule import Pack, Rule
    from zhibu_cli.model.texts import ForeignText

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
    own_rules: tuple[str, ...] = ()
    """Those of the notes that say what the branch changed in the rules: papers tell them too."""

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


def load(path: Path, *, catalogue: Catalogue = CATALOGUE) -> Ledger:
    """The ledger in the file, with the sketches of its texts.

    Raises:
        LedgerFormatError: the branch itself is not in it.
    """
    return load_numbered(path, catalogue=catalogue)[0]


def load_numbered(path: Path, *, catalogue: Catalogue = CATALOGUE) -> tuple[Ledger, str]:
    """The ledger in the file, and its number.

    Raises:
        LedgerFormatError: as for ``load``.
    """
    with open_store(path, catalogue=catalogue) as store:
        entries, imports, number = store.entries(sketches=True), store.imports(), store.ledger_id
    try:
        return build_ledger(entries, catalogue, imports), number
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
    others: Sequence[Path] = (),
    catalogue: Catalogue = CATALOGUE,
) -> CheckResult:
    """Check the ledger in the file; ``asked`` None: the calendar year of the day, up to its end.

    ``others``: ledgers of other branches, whose texts are compared with those of this one.
    """
    foreign: tuple[ForeignText, ...] = ()
    if others:
        from zhibu_cli.app.others import foreign_texts

        foreign = foreign_texts(path, others, catalogue)
    ledger = load(path, catalogue=catalogue)
    return check_ledger(ledger, asked, as_of, path=path, rules=rules, foreign=foreign)


def check_ledger(
    ledger: Ledger,
    asked: Span | None,
    as_of: date,
    *,
    path: Path | None,
    rules: Sequence[str] = (),
    foreign: Sequence[ForeignText] = (),
    ahead: date | None = None,
) -> CheckResult:
    """Check a ledger by the packs it has chosen, or by the named rules of all packs.

    ``path`` is the ledger's file: the branch's own rules lie beside it (app/rulebook.py). ``ahead``:
    duties of periods that begin up to this day are told in advance.

    Raises:
        NotFoundError: there is no rule of that name.
        PackError: the branch's own rules cannot be used.
    """
    span, by = asked or period_of(Unit.YEAR, as_of).span, applied(ledger, path, as_of, rules)
    return answer(by, ledger, span, as_of, foreign=foreign, ahead=ahead)


def answer(
    by: Applied,
    ledger: Ledger,
    span: Span,
    as_of: date,
    *,
    foreign: Sequence[ForeignText] = (),
    ahead: date | None = None,
    keep: Callable[[Rule], bool] | None = None,
) -> CheckResult:
    """What the rules say of a ledger; ``keep``: of them only these."""
    rules = by.book.rules if keep is None else tuple(filter(keep, by.book.rules))
    book, own = replace(by.book, rules=rules), by.own
    return CheckResult(
        as_of=as_of,
        asked=span,
        ledger=ledger,
        packs=book.packs,
        rules=book.rules,
        findings=evaluate(book, ledger, span, as_of, ahead=ahead, foreign=foreign),
        notes=(*by.notes, *own, *_undeclared_start(ledger)),
        own_rules=own,
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
    _explainable(load(path, catalogue=catalogue), path, payload, actor.today)
    register = catalogue.register("waiver")
    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        old = [entry for entry in store.of_register("waiver") if entry.payload["key"] == payload["key"]]
        if old:
            return store.amend(old[0].id, payload, now=actor.now, who=actor.who, reason="更新情况说明")
        return store.add(register, payload, now=actor.now, who=actor.who)


def told_as(path: Path, waiver: Entry, today: date, *, catalogue: Catalogue = CATALOGUE) -> str:
    """How a check shows the finding from now on that a 情况说明 explains, a Chinese sentence."""
    from zhibu_cli.report.told import mark

    finding = _meant(load(path, catalogue=catalogue), path, waiver.payload["key"], today)
    if finding.status is Status.WAIVED:
        return "核对时显示为“有情况说明”。"
    if finding.status is not Status.MISSED:
        return f"这一项目前为“{finding.label}”，说明附在旁边。"
    word = mark(finding)
    if finding.waiver is None or not finding.waiver.approval:
        return f"没有上级批准的文号和日期：核对时仍列为“{word}”，说明附在旁边。"
    soft = finding.severity in {Severity.WARN, Severity.INFO}
    why = "条文要求事先报批，批准在后或者超过期限的" if soft else f"“{finding.severity.label}”一级的"
    return f"核对时仍列为“{word}”，说明和批准文号附在旁边：{why}，不改列为“有情况说明”。"


def _explainable(ledger: Ledger, path: Path, payload: dict[str, Any], today: date) -> None:
    from zhibu_cli.app.classified import refuse_classified

    if not payload["reason"]:
        raise InputError("情况说明不能为空。", hint="用 --reason 写明实际情况。")
    if (payload.get("approval") is None) != (payload.get("approved_on") is None):
        raise InputError("批准文号和批准日期要一起写。", hint="用 --approval 写文号，--approved-on 写日期。")
    if payload.get("approved_on", "") > today.isoformat():
        raise InputError("批准日期晚于今天。", hint="用 --approved-on 写上级批准的那一天。")
    refuse_classified(payload, "情况说明的")
    finding = _meant(ledger, path, payload["key"], today)
    payload["key"] = finding.key
    if finding.status in {Status.MET, Status.NOT_APPLICABLE}:
        raise InputError(
            f"“{finding.key}”目前为“{finding.label}”，不需要情况说明。", hint="用 zhibu check 查看最新结果。"
        )


def _meant(ledger: Ledger, path: Path, text: str, today: date) -> Finding:
    """The finding of that key; capitals, and which of two people comes first, do not matter."""
    rule = find_rule(text.partition("@")[0].strip(), shelf(path).book)
    whole = Span(date(ledger.branch.founded.year, 1, 1), date(today.year, 12, 31))
    findings = check_ledger(ledger, whole, today, path=path, rules=[rule.id]).findings
    wanted = _folded(text, rule.id)
    found = next((finding for finding in findings if _folded(finding.key, rule.id) == wanted), None)
    if found is not None:
        return found
    waiting = [f.key for f in findings if f.status is Status.MISSED]
    waiting += [] if waiting else [f.key for f in findings if f.status in _OPEN]
    near = f"这条规则现有 {'、'.join(waiting[-5:])}" if waiting else "这条规则目前没有需要说明的核对项"
    if "@" not in text:
        raise NotFoundError(f"“{text}”是一条规则，还要写明是哪一项（@ 后面的期间、编号）。", hint=f"{near}。")
    raise NotFoundError(f"没有“{text}”这一核对项。", hint=f"{near}；也可看 zhibu check 的结果。")


_OPEN = (Status.AT_RISK, Status.PENDING, Status.UNKNOWN)


def _folded(key: str, rule: str) -> tuple[str, ...]:
    """What makes a key the same: all that follows the rule, people in any order."""
    period, _, subject = clean(key).upper().partition("@")[2].partition("/")
    return (rule, period, *sorted(subject.split("+")))
