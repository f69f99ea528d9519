"""Rules as dated values: what is asked, by which article, read how, with which severity."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
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
class Article:
    """One article of a document, its gist in our own words."""

    number: str
    gist: str
    verified: bool
    coverage: str = ""
    """Empty: a rule cites it. manual, out-of-scope or awaiting-records: none does, and why."""
    why: str = ""


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

    def in_force(self, day: date) -> bool:
        """Whether the article binds that day."""
        return self.since <= day and (self.until is None or day <= self.until)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One duty or one condition on records."""

    id: str
    title: str
    check: str
    """The kind of check, a function of rules/checks/."""
    pack: str
    grounds: tuple[Ground, ...]
    versions: tuple[Version, ...]
    doc: Doc
    examples: tuple[Mapping[str, Any], ...] = ()
    """Small ledgers and what the rule says of them, as they stand in the pack."""

    def version_on(self, day: date) -> Version | None:
        """The version in force that day."""
        for version in self.versions:
            if version.since <= day and (version.until is None or day <= version.until):
                return version
        return None

    def grounds_on(self, day: date) -> tuple[Ground, ...]:
        """The articles in force that day, in the order of their documents."""
        held = [ground for ground in self.grounds if ground.in_force(day)]
        return tuple(sorted(held, key=lambda ground: ground.source.order))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A set of rules that is switched on or off together."""

    id: str
    version: str
    title: str
    default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """Everything read from the packs."""

    packs: tuple[Pack, ...]
    sources: tuple[Source, ...]
    rules: tuple[Rule, ...]

    def chosen(self, packs: tuple[str, ...]) -> RuleBook:
        """The book cut down to these packs (ids or titles), or to the default ones."""
        keep = tuple(
            pack
            for pack in self.packs
            if (pack.id in packs or pack.title in packs if packs else pack.default)
        )
        ids = {pack.id for pack in keep}
        return RuleBook(
            packs=keep,
            sources=self.sources,
            rules=tuple(rule for rule in self.rules if rule.pack in ids),
        )
