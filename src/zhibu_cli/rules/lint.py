"""Whether packs make sense, beyond being readable; and which article is answered for by what.

Every problem is reported at once, with file and key (``zhibu rules lint``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.errors import LedgerFormatError
from zhibu_cli.model.finding import Status
from zhibu_cli.model.problem import Problem
from zhibu_cli.model.rule import strictest
from zhibu_cli.rules.engine import find_check, never_missed, parameters
from zhibu_cli.rules.examples import differences
from zhibu_cli.rules.pack import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.rule import Article, Duty, Rule, RuleBook, Severity, Source, Version
    from zhibu_cli.rules.forms import Form

_STATUSES = {status.value for status in Status} | {"none"}


class Coverage(NamedTuple):
    """How one article, or one duty that stands in it, is answered for."""

    source: Source
    article: Article
    duty: Duty | None
    """None: the article as a whole."""
    rules: tuple[str, ...]
    """Rules that cite the article, or the one that checks the duty."""

    @property
    def said(self) -> Article | Duty:
        """Where coverage and its reason stand."""
        return self.duty or self.article

    @property
    def answered(self) -> bool:
        """Whether a rule or a reason stands beside it, or every duty in it has a line of its own."""
        parts = self.duty is None and bool(self.article.duties)
        return bool(self.rules) or parts or bool(self.said.coverage and self.said.why)


def coverage(book: RuleBook) -> tuple[Coverage, ...]:
    """Every article of every document and every duty in it, in the order of the documents."""
    cited: dict[tuple[str, str], list[str]] = {}
    for rule in book.rules:
        for ground in rule.grounds:
            rules = cited.setdefault((ground.source.id, ground.article), [])
            if rule.id not in rules:
                rules.append(rule.id)
    known = {rule.id for rule in book.rules}
    rows: list[Coverage] = []
    for source in sorted(book.sources, key=lambda source: source.order):
        for article in source.articles:
            rows.append(Coverage(source, article, None, tuple(cited.get((source.id, article.number), ()))))
            for duty in article.duties:
                name = duty.rule or duty.id
                rows.append(Coverage(source, article, duty, (name,) if name in known else ()))
    return tuple(rows)


def lint(tables: Mapping[str, Any], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Every problem of the packs."""
    book, problems = read_book(tables)
    linter = Linter(catalogue, book.strength)
    more = [problem for rule in book.rules for problem in linter.rule(rule)]
    if not problems:
        # an article may well be cited by the rule that could not be read
        more += _uncovered(book)
    return (*problems, *more)


def _uncovered(book: RuleBook) -> Iterator[Problem]:
    listed = {source for pack in book.packs for source in pack.sources}
    for source in book.sources:
        if source.id not in listed:
            yield Problem(file="packs.toml", message=f"{source.id}：没有列入任何规则包的 sources")
    for source in book.sources:
        yield from unanswered(book, source, f"sources/{source.id}.toml")


def unanswered(book: RuleBook, source: Source, file: str) -> Iterator[Problem]:
    """Articles and duties of a document that nothing answers for, or two things that contradict."""
    for row in coverage(replace(book, sources=(source,))):
        where = f"{row.article.number}{f' 的 {row.duty.id}' if row.duty else ''}"
        if row.duty and row.duty.rule and not row.rules:
            yield Problem(file=file, message=f"{where}：没有“{row.duty.rule}”这条规则")
        elif not row.answered:
            yield Problem(file=file, message=f"{where}：没有规则引用，应写明 coverage 和 why（为什么不核对）")
        elif row.rules and row.said.coverage and (row.duty or row.said.coverage == "out-of-scope"):
            words = f"coverage 写为 {row.said.coverage}，却由 {'、'.join(row.rules)} 核对"
            yield Problem(file=file, message=f"{where}：{words}")


class Linter:
    """Looks at one rule after the other."""

    def __init__(self, catalogue: Catalogue, strength: Mapping[str, Severity]) -> None:
        self.catalogue = catalogue
        self.strength = strength

    def rule(self, rule: Rule, file: str = "", *, examples: bool = True) -> Iterator[Problem]:
        """Everything wrong with one rule; its examples, which take time, only if wanted."""
        file = file or f"{rule.id}.toml"
        messages = [
            *self._grounds(rule),
            *self._versions(rule),
            *self._check(rule),
        ]
        # an example of a rule that is wrong in itself only repeats what is known
        messages += [*self._examples(rule)] if examples and not messages else []
        yield from (Problem(file=file, message=message) for message in messages)

    def _grounds(self, rule: Rule) -> Iterator[str]:
        for number, ground in enumerate(rule.grounds, start=1):
            article = next(a for a in ground.source.articles if a.number == ground.article)
            if ground.verified and not article.verified:
                yield f"第{number}个 ground 的 verified：sources 中“{ground.article}”为待核（false）"
            issued = ground.source.issued
            if issued is not None and ground.since < issued:
                yield f"第{number}个 ground 的 from：早于文件施行的 {issued}"

    def _versions(self, rule: Rule) -> Iterator[str]:
        for number, (one, other) in enumerate(pairwise(rule.versions), start=2):
            if one.until is None or one.until >= other.since:
                yield f"第{number}个 version 的 from：与前一个重叠，前一个应写明 to"
        for number, version in enumerate(rule.versions, start=1):
            at = f"第{number}个 version 的 "
            if all(ground.supporting for ground in rule.grounds_on(version.since)):
                yield f"{at}from：{version.since} 没有一条依据有效（只作旁证的不算）"
            yield from (f"{at}severity：{message}" for message in self._severity(rule, version))

    def _severity(self, rule: Rule, version: Version) -> Iterator[str]:
        held = rule.grounds_on(version.since)
        if version.because:
            return
        ground = strictest(held, self.strength)
        if ground is None:
            quoted = "”“".join(sorted({ground.wording for ground in held}))
            yield f"用词“{quoted}”没有对应的级别，须用 because 说明为何定为 {version.severity}"
        elif (named := self.strength[ground.wording]) is not version.severity:
            yield f"依据中最严的用词对应 {named}，现为 {version.severity}，须用 because 说明理由"

    def _check(self, rule: Rule) -> Iterator[str]:
        try:
            find_check(rule.check)
        except LookupError:
            yield f"check：没有“{rule.check}”这种核对方法"
            return
        wanted = parameters(rule.check)
        if wanted is None:
            return
        for number, version in enumerate(rule.versions, start=1):
            at = f"第{number}个 version 的 "
            for key in version.params.keys() - wanted.keys():
                yield f"{at}{key}：“{rule.check}”没有这个参数"
            for key, form in wanted.items():
                if key in version.params:
                    message = form.complaint(version.params[key], self.catalogue, version.params)
                    yield from (f"{at}{key}：{message}" for message in filter(None, [message]))
                elif not form.optional:
                    yield f"{at}{key}：缺少，“{rule.check}”需要这个参数"
        yield from self._alone(rule, wanted)

    def _alone(self, rule: Rule, wanted: Mapping[str, Form]) -> Iterator[str]:
        """What a ground asks where it is the only one left."""
        for number, ground in enumerate(rule.grounds, start=1):
            for key, value in ground.alone.items():
                at = f"第{number}个 ground 的 alone.{key}："
                form = wanted.get(key)
                if form is None:
                    yield f"{at}“{rule.check}”没有这个参数"
                elif message := form.complaint(value, self.catalogue):
                    yield f"{at}{message}"

    def _examples(self, rule: Rule) -> Iterator[str]:
        seen: set[str] = set()
        for number, example in enumerate(rule.examples, start=1):
            at = f"第{number}个 example"
            try:
                if not example["name"]:
                    yield f"{at} 的 name：不能空"
                date.fromisoformat(example["as_of"])
                wanted = {
                    row if isinstance(row, str) else row["status"] for row in example["expect"].values()
                }
                deviations = differences(rule, example, self.catalogue)
            except KeyError as error:
                yield f"{at}：不能读作例子，没有 {error.args[0]!r} 这一键，或不认识它的值"
                continue
            except ValueError:
                yield f'{at}：不能读作例子，其中有日期或期间写法不对，应写作 2024-03-05、"2024-Q1"'
                continue
            except (TypeError, AttributeError, LedgerFormatError):
                yield f"{at}：不能读作例子，其中有一项不是应有的形式（姓名、表或若干张表）"
                continue
            seen |= wanted or {"none"}
            yield from (f"{at} 的 expect：{status!r} 不是一种状态" for status in wanted - _STATUSES)
            yield from (f"{at}“{example['name']}”：{deviation}" for deviation in deviations)
        if "missed" not in seen and not never_missed(rule.check):
            yield "example：至少要有一个 missed 的例子"
        if not seen & {"met", "none"}:
            yield "example：至少要有一个 met 的例子（只报缺陷的规则：没有缺陷的例子）"
