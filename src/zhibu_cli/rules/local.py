"""A branch's own rules: what its local.toml adds to the rule book, makes stricter or switches off.

Form (docs/local-rules.md tells it to users; dates are TOML dates)::

    [packs]                         # beside 适用规定 of 支部信息
    on = ["local-practice"]         # ids or titles
    off = ["dues-rules-2008"]       # needs reason, by and date in this table

    [[off]]                         # a rule that is not applied from a day on
    rule = "theme-day-fixed-day"
    reason = "…"
    by = "张三"
    date = 2026-01-10               # the day of the decision; nothing is changed as of an earlier day
    from = 2026-02-01               # the first day it applies to; default: date

    [[set]]                         # a rule made stricter, never looser; head as in [[off]]
    rule = "general-meeting-quarterly"
    reason = "…"
    by = "张三"
    date = 2026-01-10
    at_least = 2                    # severity, or any parameter whose form has a direction (rules/forms.py)

    [[source]]                      # a document as in packs/sources/, [[source.article]] …
    [[rule]]                        # a rule as in packs/rules/, [[rule.ground]], [rule.doc] …

A document of the id of a shipped one that lists no articles (sichuan-2024) fills that one in, and its
pack is switched on like any other; other documents form the pack ``local``, which is always on.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.model.rule import DEFAULT_PACKS, Pack, Rule, RuleBook, Severity, Source, Version
from zhibu_cli.rules.engine import parameters
from zhibu_cli.rules.forms import MEANINGS, amount, quoted
from zhibu_cli.rules.limits import allowed
from zhibu_cli.rules.lint import Linter, unanswered
from zhibu_cli.rules.pack import Reader
from zhibu_cli.text import brief, chinese_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.problem import Problem
    from zhibu_cli.rules.forms import Form
    from zhibu_cli.rules.limits import Range

    Table = Mapping[str, Any]

FILE, LOCAL, TITLE = "local.toml", "local", "本支部规定"
ONLY_STRICTER = "只能收紧，放宽请停用并写明理由"

_TABLES = {"packs", "off", "set", "source", "rule"}
_HEAD = {"rule", "reason", "by", "date", "from"}
_LATER = "；决定的日期在核对日以后，这次没有采用"
_DAY = timedelta(days=1)
_EVER = date.max


class Change(NamedTuple):
    """One thing in which the branch differs, to be told in every answer and report."""

    rule: str
    """The id of the rule; empty: a pack."""
    mark: str
    """停用, 收紧, 新增 or 启用."""
    text: str
    """A Chinese sentence with reason, person and day."""


class Outcome(NamedTuple):
    """The rule book of a branch with rules of its own."""

    whole: RuleBook
    """All packs, with what was added and made stricter; also what is switched off."""
    book: RuleBook
    """What is applied."""
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    """Where there is one, nothing of the file may be used."""


def with_local(
    table: Table,
    shipped: RuleBook,
    names: tuple[str, ...],
    catalogue: Catalogue,
    *,
    as_of: date = _EVER,
    examples: bool = False,
) -> Outcome:
    """The book as the branch applies it.

    Args:
        table: local.toml, days as ISO text.
        shipped: every pack.
        names: 适用规定, ids or titles; none: the default packs.
        catalogue: the kinds of record.
        as_of: what was decided on a later day is told, and not applied.
        examples: try the examples of its own rules too, and ask for them.
    """
    reader = Reader()
    reader.readings = shipped.readings
    for key in sorted(table.keys() - _TABLES):
        reader.problem(FILE, key, f"不认识的键，可写 {'、'.join(sorted(_TABLES))}")
    whole, changes, problems = _enlarged(reader, table, shipped, catalogue, examples=examples)
    on, off, switched = _switched(reader, table, whole, as_of)
    book = whole.chosen((*(names or (DEFAULT_PACKS,)), *on), without=off)
    work = _Work(reader, catalogue, whole, book, as_of)
    work.set_all(table)
    work.off_all(table)
    changes += [*switched, *work.changes]
    return Outcome(work.whole, work.book, tuple(changes), (*reader.problems, *problems))


def _enlarged(
    reader: Reader, table: Table, shipped: RuleBook, catalogue: Catalogue, *, examples: bool
) -> tuple[RuleBook, list[Change], list[Problem]]:
    """The shipped book with the documents and rules of the file."""
    added = _sources(reader, table, shipped)
    sources = {source.id: source for source in (*shipped.sources, *added)}
    packed = {name for pack in shipped.packs for name in pack.sources}
    own = tuple(source.id for source in added if source.id not in packed)
    mine = Pack(id=LOCAL, version=version_of(table), title=TITLE, default=True, sources=own, always=True)
    book = replace(shipped, packs=(*shipped.packs, mine), sources=tuple(sources.values()))
    rules: list[Rule] = []
    changes: list[Change] = []
    problems: list[Problem] = []
    linter = Linter(catalogue, shipped.strength)
    for at, row in reader.tables(FILE, table, "rule"):
        file = f"{FILE} {at.removesuffix(' 的 ')}"
        rule = reader.rule(file, row, sources, in_file=False)
        if rule is None:
            continue
        if book.find(rule.id) or any(rule.id == other.id for other in rules):
            reader.problem(file, "id", f"“{rule.id}”已经有了；要改这条规则请用 [[set]] 或 [[off]]")
            continue
        problems += linter.rule(rule, file, examples=examples)
        rules.append(rule)
        changes.append(_added(rule))
    book = replace(book, rules=(*book.rules, *rules))
    problems += [p for source in added for p in unanswered(book, source, FILE)] if examples else []
    return book, changes, problems


def _sources(reader: Reader, table: Table, shipped: RuleBook) -> list[Source]:
    rows = [(f"{FILE} {at.removesuffix(' 的 ')}", row) for at, row in reader.tables(FILE, table, "source")]
    added = list(reader.sources(rows, in_files=False))
    full = {source.id for source in shipped.sources if source.articles}
    for source in added:
        if source.id in full:
            reader.problem(FILE, "source", f"自带的规则包里已有“{source.id}”，请另起一个 id")
    return [source for source in added if source.id not in full]


def _added(rule: Rule) -> Change:
    cited = "、".join(dict.fromkeys(ground.source.title + ground.article for ground in rule.grounds))
    return Change(rule.id, "新增", f"新增“{rule.title}”（{rule.id}），依据{cited}。")


def _switched(
    reader: Reader, table: Table, book: RuleBook, as_of: date
) -> tuple[tuple[str, ...], tuple[str, ...], list[Change]]:
    """Ids of the packs switched on and off."""
    row = reader.get(FILE, table, "packs", "table", default={}) or {}
    reader.strange(FILE, row, {"on", "off", "reason", "by", "date"}, "packs.")
    on, off = ([*_packs(reader, row, key, book)] for key in ("on", "off"))
    head = _head(reader, row, "packs.") if off or "reason" in row else None
    told = f"，{head.told}" if head else ""
    later = head is not None and head.day > as_of
    if later:
        told += _LATER
    changes = [Change("", "启用", f"启用规则包“{pack.title}”{told}。") for pack in on]
    changes += [Change("", "停用", f"停用规则包“{pack.title}”{told}。") for pack in off]
    if later:
        return (), (), changes
    return tuple(pack.id for pack in on), tuple(pack.id for pack in off), changes


def _packs(reader: Reader, row: Table, key: str, book: RuleBook) -> Iterator[Pack]:
    known = {word: pack for pack in book.packs if pack.id != LOCAL for word in (pack.id, pack.title)}
    for name in reader.get(FILE, row, key, "texts", at="packs.", default=[]) or ():
        pack = known.get(name)
        if pack is None:
            titles = "、".join(dict.fromkeys(pack.title for pack in known.values()))
            reader.problem(FILE, f"packs.{key}", f"没有“{name}”这个规则包；可写：{titles}")
        elif key == "off" and pack.always:
            reader.problem(FILE, "packs.off", f"“{pack.title}”总是启用；个别规则可以用 [[off]] 停用")
        else:
            yield pack


class _Head(NamedTuple):
    """Why something is changed, by whom, from when on."""

    reason: str
    by: str
    day: date
    since: date

    @property
    def told(self) -> str:
        return f"理由：{self.reason}（{self.by}，{chinese_date(self.day)}）"


def _head(reader: Reader, row: Table, at: str) -> _Head | None:
    reason = reader.get(FILE, row, "reason", "text", at=at)
    by = reader.get(FILE, row, "by", "text", at=at)
    day = reader.get(FILE, row, "date", "date", at=at)
    since = reader.get(FILE, row, "from", "date", at=at, default=day)
    if reason is None or by is None or day is None or since is None:
        return None
    return _Head(reason.strip().rstrip("。"), by.strip(), day, since)


class _Work:
    """Applies [[set]] and [[off]], in the order of the file, to the whole book and to what is applied."""

    def __init__(
        self, reader: Reader, catalogue: Catalogue, whole: RuleBook, book: RuleBook, as_of: date
    ) -> None:
        self.as_of = as_of
        self.reader = reader
        self.catalogue = catalogue
        self.whole = whole
        self.book = book
        self.changes: list[Change] = []

    def set_all(self, table: Table) -> None:
        """Make rules stricter."""
        for at, row in self.reader.tables(FILE, table, "set"):
            rule, head = self._rule(row, at), _head(self.reader, row, at)
            wanted = {key: value for key, value in row.items() if key not in _HEAD}
            if not wanted:
                self.reader.problem(FILE, at.removesuffix(" 的 "), "没有写要收紧什么：severity 或规则的参数")
            if rule is None or head is None:
                continue
            before = len(self.reader.problems)
            told = self._tightened(rule, head, wanted, at)
            if len(self.reader.problems) == before:
                words = "，".join(told) or "与现行规定相同"
                self._note(rule, "收紧", f"收紧“{rule.title}”（{rule.id}）：{words}", head)

    def off_all(self, table: Table) -> None:
        """Switch rules off."""
        seen: set[str] = set()
        for at, row in self.reader.tables(FILE, table, "off"):
            self.reader.strange(FILE, row, _HEAD, at)
            rule, head = self._rule(row, at), _head(self.reader, row, at)
            if rule is None or head is None:
                continue
            if rule.id in seen:
                self.reader.problem(FILE, f"{at}rule", f"“{rule.id}”在前面已经停用")
                continue
            seen.add(rule.id)
            self._note(rule, "停用", f"停用“{rule.title}”（{rule.id}）", head)
            if head.day > self.as_of:
                continue
            left = tuple(_until(one, head.since) for one in rule.versions if one.since < head.since)
            self.book = _exchanged(self.book, rule.id, replace(rule, versions=left) if left else None)

    def _rule(self, row: Table, at: str) -> Rule | None:
        """The rule named, as it is applied, else as it stands in a pack that is off."""
        name = self.reader.get(FILE, row, "rule", "text", at=at)
        rule = (self.book.find(name) or self.whole.find(name)) if name is not None else None
        if name is not None and rule is None:
            from difflib import get_close_matches  # noqa: PLC0415 - only where a name is wrong

            near = get_close_matches(name, [rule.id for rule in self.whole.rules], n=3)
            also = f"，是不是 {'、'.join(near)}" if near else "；用 zhibu rules list 查看"
            self.reader.problem(FILE, f"{at}rule", f"没有“{brief(name, 80)}”这条规则{also}")
        return rule

    def _note(self, rule: Rule, mark: str, words: str, head: _Head) -> None:
        idle = "" if self.book.find(rule.id) else "，所属规则包没有启用，暂不起作用"
        since = f"自{chinese_date(head.since)}起{words}"
        later = _LATER if head.day > self.as_of else ""
        self.changes.append(Change(rule.id, mark, f"{since}{idle}，{head.told}{later}。"))

    def _tightened(self, rule: Rule, head: _Head, wanted: Table, at: str) -> list[str]:
        """Exchange the rule for the stricter one; tell what is different."""
        touched = [v for v in rule.versions if v.until is None or v.until >= head.since]
        if not touched:
            self.reader.problem(FILE, f"{at}from", f"{head.since} 以后“{rule.title}”没有在用的规定")
            return []
        for key, value in wanted.items():
            for message in dict.fromkeys(self._objections(rule.check, key, value, touched)):
                self.reader.problem(FILE, f"{at}{key}", message)
        if self.reader.problems:
            return []
        told = [words for key, value in wanted.items() for words in _told(touched[-1], key, value)]
        if head.day > self.as_of:
            return told
        for book_name in ("whole", "book"):
            book: RuleBook = getattr(self, book_name)
            own = book.find(rule.id)
            if own is not None:
                versions = tuple(part for v in own.versions for part in _stricter(v, head, wanted))
                setattr(self, book_name, _exchanged(book, rule.id, replace(own, versions=versions)))
        return told

    def _objections(self, check: str, key: str, value: Any, versions: Collection[Version]) -> Iterator[str]:
        if key == "severity":
            yield from _graver(value, versions)
            return
        form = (parameters(check) or {}).get(key)
        if form is None:
            yield "不认识的键，也不是这条规则的参数"
        elif not form.stricter:
            yield "这个参数没有宽严之分，不能在这里改"
        else:
            complaint = form.complaint(value, self.catalogue)
            for old in (version.params.get(key) for version in versions):
                if old is None:
                    yield "这条规则没有用到这个参数"
                else:
                    yield from _refused(form, old, value, allowed(check, key, form, old), complaint)


def _refused(form: Form, old: Any, value: Any, span: Range | None, complaint: str) -> Iterator[str]:
    """Why a value may not stand in place of the one in force, and which may."""
    room = f"；{span}" if span else ""
    if complaint:
        yield complaint + room
    elif form.looser(old, value):
        yield f"{ONLY_STRICTER}（现行为 {old}，所写为 {value}）{room}"
    elif span and not span.holds(value):
        yield f"超出可写的范围（现行为 {old}，所写为 {value}）{room}"


def _graver(value: Any, versions: Collection[Version]) -> Iterator[str]:
    names = [severity.value for severity in Severity]
    if value not in names:
        yield f"应为 {'、'.join(names)} 之一，现为 {quoted(value)}"
        return
    for version in versions:
        if Severity(value).rank > version.severity.rank:
            yield f"{ONLY_STRICTER}（现行为 {version.severity}，所写为 {value}）"


def _told(version: Version, key: str, value: Any) -> Iterator[str]:
    """What a key changes, in words; nothing where it changes nothing."""
    if key == "severity" and version.severity.value != value:
        yield f"级别由“{version.severity.label}”改为“{Severity(value).label}”"
    elif key != "severity" and version.params[key] != value:
        yield f"{MEANINGS.get(key, key)}由 {amount(version.params[key])} 改为 {amount(value)}"


def _stricter(version: Version, head: _Head, wanted: Table) -> Iterator[Version]:
    """The version up to the day, and from then on as the branch wants it."""
    if version.until is not None and version.until < head.since:
        yield version
        return
    if version.since < head.since:
        yield _until(version, head.since)
    params = {**version.params, **{key: value for key, value in wanted.items() if key != "severity"}}
    own = [f"{MEANINGS.get(key, key)}为 {amount(params[key])}" for key in wanted if key != "severity"]
    if own and "asks" in params:
        params["asks"] += f"；本支部规定{'，'.join(own)}"
    yield replace(
        version,
        since=max(version.since, head.since),
        severity=Severity(wanted.get("severity", version.severity.value)),
        because=f"本支部规定，{head.told}" if "severity" in wanted else version.because,
        params=params,
    )


def _until(version: Version, day: date) -> Version:
    """The version as it was in force before a day."""
    last = day - _DAY
    return version if version.until is not None and version.until < day else replace(version, until=last)


def _exchanged(book: RuleBook, id_: str, other: Rule | None) -> RuleBook:
    rules = (other if rule.id == id_ else rule for rule in book.rules)
    return replace(book, rules=tuple(rule for rule in rules if rule is not None))


def version_of(table: Table) -> str:
    """A short mark of what the file says, whatever its comments and order of keys."""
    text = json.dumps(table, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]
