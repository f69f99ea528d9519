"""The rule book as a branch applies it, and looking into it: explain, list, lint, coverage.

A branch's own rules stand in ``local.toml`` beside its ledger file (rules/local.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.errors import NotFoundError, PackError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.rule import DEFAULT_PACKS
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.problem import Problem
    from zhibu_cli.model.rule import Pack, Rule, RuleBook, Severity
    from zhibu_cli.rules.lint import Coverage
    from zhibu_cli.rules.local import Change, Outcome

LOCAL_FILE = "local.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule in the list of rules."""

    id: str
    title: str
    pack: Pack
    severity: Severity | None
    """That of the version in force on the day; None: none is."""
    marks: tuple[str, ...] = ()
    """What the branch did to it: 停用, 收紧, 新增."""


class Shelf(NamedTuple):
    """The whole book, and what a branch changed in it."""

    book: RuleBook
    changes: tuple[Change, ...]

    def about(self, rule: str) -> tuple[Change, ...]:
        """What the branch changed in one rule."""
        return tuple(change for change in self.changes if change.rule == rule)


class Applied(NamedTuple):
    """What a branch is checked by."""

    book: RuleBook
    notes: tuple[str, ...]
    """What is wrong with its choice of packs."""
    own: tuple[str, ...]
    """What it changed in the rules, one sentence each."""
    whole: RuleBook
    """All packs, with what the branch added and made stricter; also what it switched off."""


def applied(ledger: Ledger, path: Path | None, as_of: date, rules: Sequence[str] = ()) -> Applied:
    """What the branch is checked by, or the named rules of all packs; and what is to be told with it.

    What the branch decided after ``as_of`` is told and not applied.

    Raises:
        NotFoundError: there is no rule of that name.
        PackError: the branch's own rules cannot be used.
    """
    names, notes = _known(ledger.branch.packs)
    outcome = _local(path, names, as_of)
    own: tuple[str, ...] = ()
    if outcome is None:
        whole, book = load_book(), load_book().chosen(names)
    else:
        whole, book = outcome.whole, outcome.book
        own = tuple(f"本支部规定（{LOCAL_FILE}）：{change.text}" for change in outcome.changes)
    return Applied(_only(whole, book, rules) if rules else book, notes, own, whole)


def _known(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names in 适用规定 that are packs; those that are none are told and passed over."""
    book = load_book()
    known = {DEFAULT_PACKS, *(word for pack in book.packs for word in (pack.id, pack.title))}
    strange = [name for name in names if name not in known]
    if not strange:
        return names, ()
    titles = "、".join(pack.title for pack in book.packs)
    note = f"支部信息“适用规定”中的“{'、'.join(strange)}”不是规则包的名称，未采用；可写：{titles}。"
    return tuple(name for name in names if name in known), (note,)


def _only(whole: RuleBook, book: RuleBook, rules: Sequence[str]) -> RuleBook:
    """The named rules, as they are applied; else, in a pack that is off, as they stand there."""
    chosen = tuple(book.find(rule) or find_rule(rule, whole) for rule in dict.fromkeys(rules))
    sources = {ground.source.id for rule in chosen for ground in rule.grounds}
    packs = tuple(pack for pack in whole.packs if sources & {*pack.sources} or pack.id == "local")
    return replace(book, packs=packs, rules=chosen)


def find_rule(name: str, book: RuleBook | None = None) -> Rule:
    """The rule of that id or title.

    Raises:
        NotFoundError: there is none; the hint names near ones.
    """
    book = book or load_book()
    rule = book.find(name)
    if rule is None:
        raise NotFoundError(f"没有“{name}”这条规则。", hint=_near(name, book))
    return rule


def titles(path: Path) -> dict[str, str]:
    """Id and title of every rule of the ledger's branch; of the shipped ones where its own cannot be read."""
    try:
        book = shelf(path).book
    except PackError:
        book = load_book()
    return {rule.id: rule.title for rule in book.rules}


def _near(name: str, book: RuleBook) -> str:
    from difflib import get_close_matches

    inside = [rule.id for rule in book.rules if name and (name in rule.title or name in rule.id)]
    names = {word: rule.id for rule in book.rules for word in (rule.id, rule.title)}
    names |= {
        duty.id: duty.id for source in book.sources for article in source.articles for duty in article.duties
    }
    close = [names[word] for word in get_close_matches(name, names, n=3)]
    near = [*dict.fromkeys([*inside, *close])][:5]
    return f"是不是 {'、'.join(near)}？" if near else "用 zhibu rules list 查看全部规则。"


def pack_names() -> tuple[tuple[str, str], ...]:
    """Id and title of every pack there is."""
    return tuple((pack.id, pack.title) for pack in load_book().packs)


def _local(path: Path | None, names: tuple[str, ...], as_of: date = date.max) -> Outcome | None:
    """The book with the branch's own rules, where it has any, as they were decided that day.

    Raises:
        PackError: the file cannot be used; nothing of it is.
    """
    file = path.with_name(LOCAL_FILE) if path is not None else None
    if file is None or not (file.exists() or file.is_symlink()):
        return None  # what is there and cannot be read is told, never passed over
    outcome, problems = _read(file, names, as_of=as_of)
    if outcome is None or problems:
        raise PackError(
            f"{file} 有问题，没有核对：\n" + "\n".join(map(str, problems)),
            hint=f"用 zhibu rules lint {file} 查看，改正后重试；写法见 docs/local-rules.md。",
        )
    return outcome


def _read(
    file: Path, names: tuple[str, ...], *, as_of: date = date.max, examples: bool = False
) -> tuple[Outcome | None, tuple[Problem, ...]]:
    # a branch without rules of its own pays for none of this
    from zhibu_cli.model.problem import Problem
    from zhibu_cli.resources import read_table
    from zhibu_cli.rules.local import with_local

    table, trouble = read_table(file)
    if trouble:
        return None, (Problem(file=file.name, message=f"不是可读的 TOML 文件：{trouble}"),)
    outcome = with_local(table, load_book(), names, CATALOGUE, as_of=as_of, examples=examples)
    return outcome, outcome.problems


def shelf(path: Path | None = None) -> Shelf:
    """Every rule of every pack; with the path of a ledger as its branch has it.

    Raises:
        PackError: the branch's own rules cannot be used.
    """
    own = path is not None and path.with_name(LOCAL_FILE).is_file()
    outcome = _local(path, _choice(path)) if own else None
    return Shelf(outcome.whole, outcome.changes) if outcome else Shelf(load_book(), ())


def explain(name: str, path: Path | None = None) -> str:
    """The page of a rule, in Markdown: what, why, what to do, articles, reading, examples.

    ``name`` may also be the key of a finding, or the slug of a duty that stands in a document: then the
    page tells which rule checks it, or why none does. ``path``: a ledger whose own rules count.

    Raises:
        NotFoundError: there is nothing of that name.
        PackError: the branch's own rules cannot be used.
    """
    from zhibu_cli.rules.lint import coverage as covered
    from zhibu_cli.rules.pages import duty_page, page

    held = shelf(path)
    word = name.strip().partition("@")[0]
    rule = held.book.find(word)
    if rule is not None:
        return page(_with_examples(rule), held.book, held.about(rule.id))
    rows = [row for row in covered(held.book) if row.duty is not None and row.duty.id == word]
    if not rows:
        raise NotFoundError(f"没有“{word}”这条规则。", hint=_near(word, held.book))
    if not rows[0].rules:
        return duty_page(word, rows)
    other = find_rule(rows[0].rules[0], held.book)
    told = f"“{word}”由规则 `{other.id}` 核对，说明如下。\n\n"
    return told + page(_with_examples(other), held.book, held.about(other.id))


def _with_examples(rule: Rule) -> Rule:
    """The rule with its examples, which compiled packs do not hold."""
    from zhibu_cli.resources import examples

    return rule if rule.examples else replace(rule, examples=examples(rule.id))


def _choice(ledger: Path | None) -> tuple[str, ...]:
    """The packs that the branch of a ledger has chosen."""
    from zhibu_cli.app.checking import load

    return _known(load(ledger).branch.packs)[0] if ledger is not None and ledger.is_file() else ()


def rules_list(as_of: date, path: Path | None = None) -> tuple[RuleLine, ...]:
    """Every rule of every pack, with its severity on the day; with what the branch of a ledger changed."""
    held = shelf(path)
    book = held.book
    lines = []
    for pack in book.packs:
        for rule in (rule for rule in book.rules if book.home(rule) == pack):
            version = rule.version_on(as_of)
            marks = tuple(dict.fromkeys(change.mark for change in held.about(rule.id)))
            severity = version.severity if version else None
            lines.append(RuleLine(id=rule.id, title=rule.title, pack=pack, severity=severity, marks=marks))
    return tuple(lines)


def lint(
    folder: Path | None = None, here: Path | None = None, ledger: Path | None = None
) -> tuple[Problem, ...]:
    """Every problem of the shipped packs and the own rules in the folder ``here``; or of those in a folder.

    ``folder`` may be a folder of packs, a folder with a local.toml, or such a file itself. What is looser
    is measured by the packs that the ``ledger`` has chosen, if the file lies beside it.
    """
    from zhibu_cli import resources
    from zhibu_cli.rules.lint import lint as lint_tables

    problems: list[Problem] = []
    if folder is None:
        problems += lint_tables(resources.read_packs(resources.packs_dir()), CATALOGUE)
    elif (folder / "packs.toml").is_file():
        problems += lint_tables(resources.read_packs(folder), CATALOGUE)
    own = own_rules(folder or here)
    if own is not None:
        beside = ledger is not None and ledger.resolve().parent == own.resolve().parent
        problems += _read(own, _choice(ledger if beside else None), examples=True)[1]
    return tuple(problems)


def own_rules(place: Path | None) -> Path | None:
    """The local.toml that a path names or that lies in the folder."""
    if place is None:
        return None
    file = place / LOCAL_FILE if place.is_dir() else place
    return file if file.is_file() else None


def coverage(path: Path | None = None) -> tuple[Coverage, ...]:
    """Every article of every document, and what answers for it."""
    from zhibu_cli.rules.lint import coverage as covered

    return covered(shelf(path).book)


def coverage_name(row: Coverage) -> str:
    """The article, or the name of the duty in it."""
    from zhibu_cli.rules.pages import row_name

    return row_name(row)


def coverage_answer(row: Coverage) -> str:
    """By which rules it is checked, or why by none; nothing where its duties answer one by one."""
    from zhibu_cli.rules.pages import reason

    if row.rules:
        return f"规则 {'、'.join(row.rules)}"
    return reason(row) or ("" if row.answered else "没有交代")


def coverage_totals(rows: Sequence[Coverage]) -> str:
    """How many are answered for by what, in a line."""
    from zhibu_cli.rules.pages import totals_line

    return totals_line(rows)


def coverage_markdown(rows: Sequence[Coverage]) -> str:
    """The page in Markdown."""
    from zhibu_cli.rules.pages import coverage_page

    return coverage_page(rows)


def coverage_json(rows: Sequence[Coverage]) -> dict[str, Any]:
    """The rows and their totals; ``answer`` is rule, manual, out-of-scope, awaiting-records or empty."""
    from zhibu_cli.rules.pages import RULED, totals

    return {
        "schema_version": 1,
        "totals": {key or "none": number for key, number in totals(rows).items()},
        "rows": [
            {
                "source": row.source.title,
                "article": row.article.number,
                "duty": row.duty.id if row.duty else None,
                "gist": row.said.gist,
                "answer": RULED if row.rules else row.said.coverage,
                "rules": list(row.rules),
                "why": row.said.why,
            }
            for row in rows
        ],
    }
