"""Rules as dated values: what is asked, by which article, read how, with which severity."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date


class Severity(StrEnum):
    """How grave a finding is; the order is error, warn, info, remind."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"
    REMIND = "remind"

    @property
    def label(self) -> str:
        """As shown to people, never 错误 or 警告."""
        return {"error": "问题", "warn": "需说明", "info": "提示", "remind": "提醒"}[self.value]

    @property
    def rank(self) -> int:
        """Its place in the order, the gravest first."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One thing an article asks for, by the name under which the catalogue of rules knows it."""

    id: str
    gist: str = ""
    rule: str = ""
    """The rule that answers for it, where that goes by another name."""
    coverage: str = ""
    """As for an article."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a document, its gist in our own words."""

    number: str
    gist: str
    verified: bool
    coverage: str = ""
    """Empty: a rule cites it, or its duties answer one by one. manual, out-of-scope or
    awaiting-records: none does, and why."""
    why: str = ""
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document."""

    id: str
    title: str
    """Full title with 《》 and, where it matters, issuer, date and 现行效力待核."""
    order: int
    """Citations are listed in this order."""
    issued: date | None = None
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One article on which a rule rests, from one day to another."""

    source: Source
    article: str
    wording: str
    """The strength of the text: 应当, 至少, 一般 …"""
    verified: bool
    since: date
    until: date | None = None
    """The last day in force; None: still in force."""
    asks: str = ""
    """Its own words for the message, where several texts put the duty differently."""
    title: str = ""
    """The title of the rule while this is the strictest of its texts, where it is put differently."""
    supporting: bool = False
    """It is cited with the others, but has not the number that the rule asks for: it carries none alone."""
    alone: Mapping[str, Any] = field(default_factory=dict)
    """It stands in where no other text is left, and asks less: parameters of the check for that case.
    While another text carries the rule it is not cited."""

    def in_force(self, day: date) -> bool:
        """Whether the article binds that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number or words of our own that no text gives, and how they are taken (rules/readings.py)."""

    id: str
    text: str
    verified: bool
    value: int = 0
    words: tuple[str, ...] = ()
    """Where it is no number: words, or regular expressions."""

    @property
    def stands_for(self) -> int | list[str]:
        """What a parameter that names the reading means."""
        return [*self.words] if self.words else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How a rule is applied from one day to another."""

    since: date
    until: date | None = None
    severity: Severity
    reading: str
    """How an open wording is read here."""
    because: str = ""
    """Why the severity is not that of the strictest wording."""
    params: Mapping[str, Any] = field(default_factory=dict)
    """Parameters of the kind of check."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doc:
    """What ``zhibu explain`` and the pages say."""

    what: str
    why: str
    fix: str
    """The remedy; never a record written afterwards."""
    open: str = ""
    """What is to be done while there is time; empty: ``fix`` says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One duty or one condition on records."""

    id: str
    title: str
    check: str
    """The kind of check, a function of rules/checks/."""
    grounds: tuple[Ground, ...]
    versions: tuple[Version, ...]
    doc: Doc
    examples: tuple[Mapping[str, Any], ...] = ()
    """Small ledgers and what the rule says of them, as they stand in the pack."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """The readings that all rules share, by id."""

    def version_on(self, day: date) -> Version | None:
        """The version in force that day."""
        for version in self.versions:
            if version.since <= day and (version.until is None or day <= version.until):
                return version
        return None

    def grounds_on(self, day: date) -> tuple[Ground, ...]:
        """The articles in force that day, in the order of their documents."""
        held = [ground for ground in self.grounds if ground.in_force(day)]
        if any(not (ground.alone or ground.supporting) for ground in held):
            held = [ground for ground in held if not ground.alone]
        return tuple(sorted(held, key=lambda ground: ground.source.order))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Documents that are switched on or off together, as a rule one."""

    id: str
    version: str
    title: str
    default: bool
    sources: tuple[str, ...] = ()
    always: bool = False
    """Applied whatever the branch chooses: the checks of the records themselves."""
    in_papers: bool = True
    """Papers that are shown to others may cite it; if not, it is cited in checks only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """Everything read from the packs."""

    packs: tuple[Pack, ...]
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]
    strength: Mapping[str, Severity] = field(default_factory=dict)
    """The severity that a wording of a text stands for."""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    """The readings that several rules share, by id."""

    def chosen(self, packs: tuple[str, ...], *, without: Collection[str] = ()) -> RuleBook:
        """The book cut down to these packs (ids or titles), or to the default ones.

        ``默认`` among the names stands for the default packs; packs whose ids are in ``without`` are
        left out all the same. A duty keeps only the articles of the
        documents that are left, and is as strict as the strictest of them.
        """
        names = packs or (DEFAULT_PACKS,)
        keep = tuple(
            pack
            for pack in self.packs
            if pack.id not in without
            and (pack.always or {pack.id, pack.title} & {*names} or (pack.default and DEFAULT_PACKS in names))
        )
        sources = {source for pack in keep for source in pack.sources}
        cut = (_cut(rule, sources, self.strength) for rule in self.rules)
        return replace(self, packs=keep, rules=tuple(rule for rule in cut if rule is not None))

    def for_papers(self) -> RuleBook:
        """The book without the documents that no paper cites; what is left of a duty goes by the others."""
        hidden = frozenset(pack.id for pack in self.packs if not pack.in_papers)
        return self.chosen(tuple(pack.id for pack in self.packs), without=hidden) if hidden else self

    def find(self, name: str) -> Rule | None:
        """The rule of that id or title."""
        return next((rule for rule in self.rules if name in (rule.id, rule.title)), None)

    def home(self, rule: Rule) -> Pack | None:
        """The pack under which a rule is listed: that of the first of its documents."""
        first = min(rule.grounds, key=lambda ground: ground.source.order).source.id
        return next((pack for pack in self.packs if first in pack.sources), None)


DEFAULT_PACKS = "默认"
"""Stands in 适用规定 for all packs that are on by default."""


def strictest(grounds: Iterable[Ground], strength: Mapping[str, Severity]) -> Ground | None:
    """The ground with the strictest wording; None where no wording stands for a severity.

    A text that only supports the others lends none of its strength to a number that it does not have.
    """
    named = [ground for ground in grounds if ground.wording in strength and not ground.supporting]
    return min(named, key=lambda ground: strength[ground.wording].rank, default=None)


def _cut(rule: Rule, sources: Collection[str], strength: Mapping[str, Severity]) -> Rule | None:
    """The rule without the grounds of other documents; None where none is left."""
    grounds = tuple(ground for ground in rule.grounds if ground.source.id in sources)
    if len(grounds) == len(rule.grounds):
        return rule
    first = _carrier(grounds, strength)
    left = replace(rule, grounds=grounds, title=(first.title if first else "") or rule.title)
    versions = tuple(part for version in rule.versions for part in _parts(left, version, strength))
    return replace(left, versions=versions) if versions else None


def _parts(rule: Rule, version: Version, strength: Mapping[str, Severity]) -> Iterator[Version]:
    """The version as its remaining articles carry it: from day to day with another strictest one."""
    changes = {ground.since for ground in rule.grounds}
    changes |= {ground.until + _DAY for ground in rule.grounds if ground.until}
    days = sorted({version.since, *(day for day in changes if version.since < day)})
    days = [day for day in days if version.until is None or day <= version.until]
    ends = [*(day - _DAY for day in days[1:]), version.until]
    for day, end in zip(days, ends, strict=True):
        held = rule.grounds_on(day)
        carrier = _carrier(held, strength)
        if carrier is None:
            continue
        asks = {"asks": carrier.asks} if carrier.asks else {}
        params = {**version.params, **asks, **carrier.alone}
        severity = _severity(version, strictest(held, strength), strength)
        yield replace(version, since=day, until=end, severity=severity, params=params)


def _carrier(grounds: Iterable[Ground], strength: Mapping[str, Severity]) -> Ground | None:
    """The text by whose words a duty goes: the strictest, else the first; None where all only support."""
    carrying = [ground for ground in grounds if not ground.supporting]
    return strictest(carrying, strength) or next(iter(carrying), None)


def _severity(version: Version, ground: Ground | None, strength: Mapping[str, Severity]) -> Severity:
    """The severity on the strictest of the texts that are left.

    Texts that only say 经常 or 坚持 remind (regulations.md §0). A severity that the version gives reasons
    for stays, but is never graver than the text that is left.
    """
    named = None if ground is None else strength[ground.wording]
    if not version.because:
        return named or Severity.REMIND
    return max(version.severity, named or version.severity, key=lambda severity: severity.rank)


_DAY = timedelta(days=1)
