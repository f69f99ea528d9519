"""The texts of a record: template words left in, too little said, documents before their time.

One search for a handful of fixed strings goes over each record; anything finer runs only where one
was found, so that years of minutes cost milliseconds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.checks.common import asked_records, asked_sittings, defects
from zhibu_cli.rules.titles import FEW, Titles
from zhibu_cli.text import chinese_date, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibu_cli.model.declare import Field
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Talk
    from zhibu_cli.rules.case import Case

_AROUND = 6
"""Characters shown on either side of what was found."""
_INNER = str.maketrans("“”", "\u2018\u2019")
_SHORT = 16
"""Longer than any header of a column."""
_WRITING = frozenset(
    {FieldType.TEXT, FieldType.NOTE, FieldType.TOPICS, FieldType.NAMES, FieldType.PERSON, FieldType.GROUP}
)


PARAMETERS: dict[str, dict[str, str]] = {
    "placeholder_text": {"marks": "marks", "aside": "patterns"},
    "content_too_short": {"min_chars": "count+"},
    "anachronism": {
        "drafts": "texts",
        "announced": "texts",
        "documents": "documents",
        "min_title": "count",
        "own_severity": "error|warn|info|remind",
        "unverified_severity": "error|warn|info|remind",
        "near_days": "count-",
        "near_severity": "error|warn|info|remind",
    },
}


def placeholder_text(rule: Rule, case: Case) -> Iterator[Finding]:
    """Template words, XX, ____ or a column's own name in place of a value.

    ``marks`` is a list of ``{ has = "XX", pattern = "…" }``: the pattern is tried where the string
    occurs; without one the string itself is the fault. Nothing counts inside what one of the patterns
    ``aside`` matches: words that are spoken of, and names that a notice leaves out.
    """
    fields = _fields(case)

    def judge(record: Sitting | Talk, version: Version) -> str:
        texts = _texts(record, fields)
        faults = [
            f"“{field.label}”只写了“{text.strip()}”"
            for field, text in texts
            if len(text) < _SHORT and text.strip("：: ") in (field.label, *field.aliases)
        ]
        marks = version.params["marks"]
        if _any_of(tuple(mark["has"] for mark in marks)).search("\n".join(text for _, text in texts)):
            aside = _either(tuple(version.params["aside"]))
            cut = ((field, aside.sub(_cut, text)) for field, text in texts)
            faults += [
                f"“{field.label}”中有“{found}”" for field, text in cut for found in _left_in(text, marks)
            ]
        return "、".join(dict.fromkeys(faults)) + "，像是没有改掉的模板用语，请核对" if faults else ""

    yield from defects(rule, case, asked_records(case), judge)


@cache
def _either(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)")


def _cut(match: re.Match[str]) -> str:
    """Nothing that is a mark, of the same length."""
    return "…" * len(match[0])


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _fields(case: Case) -> dict[str, list[Field]]:
    """The fields of each register that hold writing: no lists of persons, numbers or codes."""
    return {
        name: [field for field in case.ledger.catalogue.register(name).fields if field.type in _WRITING]
        for name in ("sitting", "talk")
    }


def _texts(record: Sitting | Talk, fields: dict[str, list[Field]]) -> list[tuple[Field, str]]:
    payload = record.entry.payload
    texts: list[tuple[Field, str]] = []
    for field in fields[record.entry.register]:
        value = payload.get(field.name)
        if isinstance(value, str):
            texts.append((field, value))
        elif isinstance(value, list):
            texts += [(field, one) for one in value]
    return texts


def _left_in(text: str, marks: list[dict[str, str]]) -> Iterator[str]:
    for mark in marks:
        if mark["has"] not in text:
            continue
        match = re.search(mark.get("pattern") or re.escape(mark["has"]), text)
        if match:
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            yield one_line(around).translate(_INNER)


def content_too_short(rule: Rule, case: Case) -> Iterator[Finding]:
    """内容 and 决议 together have fewer than ``min_chars`` characters; none at all is a missing field."""

    def judge(sitting: Sitting, version: Version) -> str:
        if not sitting.content or len(sitting.content) >= version.params["min_chars"] * 4:
            return ""
        length = len("".join((sitting.content + sitting.resolution).split()))
        if length >= version.params["min_chars"]:
            return ""
        return f"内容和决议共{length}个字，较简短，请与原始记录核对，一致的不用处理"

    yield from defects(rule, case, asked_sittings(case), judge)


class Dated(NamedTuple):
    """A document and the first day on which anybody can have studied it."""

    names: tuple[str, ...]
    since: date
    verified: bool = True
    """The day was compared with a transcript of the document."""
    own: bool = False
    """From 学习任务: there may have been an older document of that name."""

    @property
    def doubt(self) -> str:
        """What is said behind the day, where it does not come from a document read by us."""
        if self.own:
            return "（学习任务所写的成文日期）"
        return "" if self.verified else "（日期待核）"


def dated_documents(version: Version, case: Case) -> Iterator[Dated]:
    """The documents of the pack, and those of 学习任务 that the pack does not have.

    Of a document that was revised 学习任务 knows the day of the revision only; the pack knows since when
    there has been one of that name.
    """
    known: set[str] = set()
    for row in version.params["documents"]:
        names = (row["title"], *row.get("also", ()))
        known |= {*names}
        yield Dated(names, date.fromisoformat(row["since"]), row["verified"])
    for title, day in case.ledger.dated_documents:
        if title not in known and len(title) >= version.params["min_title"]:
            yield Dated((title,), day, own=True)


class _Documents:
    """Dated documents, to be asked which of a later day a text may name."""

    def __init__(self, documents: Iterable[Dated]) -> None:
        self._documents = list(documents)
        """In the order in which they are told."""
        self._by_day = sorted(range(len(self._documents)), key=self._since)
        names: dict[str, list[int]] = defaultdict(list)
        for place, document in enumerate(self._documents):
            for name in document.names:
                names[name].append(place)
        self._of = names
        self._titles = Titles(names)
        self.last = self._since(self._by_day[-1]) if self._by_day else date.min

    def _since(self, place: int) -> date:
        return self._documents[place].since

    def later(self, whole: str, day: date) -> list[Dated]:
        """Those of a later day than the record, and of many of these only such as the text names."""
        later = self._by_day[bisect_right(self._by_day, day, key=self._since) :]
        if len(later) > FEW:
            named = {place for name in self._titles.within(whole) for place in self._of[name]}
            later = [place for place in named if self._since(place) > day]
        return [self._documents[place] for place in sorted(later)]


def anachronism(rule: Rule, case: Case) -> Iterator[Finding]:
    """A document named in a record of a day before the document was there.

    ``documents``: rows of ``documents.toml``, each with the day of the first document of that name.
    ``min_title``: shorter titles of 学习任务 are left aside. A
    name with one of ``drafts`` right before or behind it (征求意见稿 …) is another paper; one with a word
    of ``announced`` shortly before it (计划, 审议 …) is only looked forward to. ``own_severity``: where
    nothing but days from 学习任务 speaks, since an older document may have borne the name.
    ``unverified_severity``: where nothing but a day that was not compared with a transcript speaks;
    ``near_severity``: where the record is at most ``near_days`` before such a day.
    """
    fields = _fields(case)
    held: dict[int, _Documents] = {}
    gravest: dict[str, Severity] = {}

    def judge(record: Sitting | Talk, version: Version) -> str:
        if id(version) not in held:
            held[id(version)] = _Documents(dated_documents(version, case))
        if record.day >= held[id(version)].last:
            return ""
        whole = "\n".join(text for _, text in _texts(record, fields))
        later = held[id(version)].later(whole, record.day)
        found = [(name, document) for document in later for name in _named_in(whole, document, version)]
        if not found:
            return ""
        severities = [_severity(document, record.day, version) for _, document in found]
        gravest[record.id] = min(severities, key=lambda severity: severity.rank)
        faults = "；".join(_too_early(name, document) for name, document in found)
        only_own = all(document.own for _, document in found)
        old = "；当时学的是同名的旧文件的，不用处理" if only_own else ""
        return f"{faults}，晚于记录的日期，请核对{old}"

    for finding in defects(rule, case, asked_records(case), judge):
        yield replace(finding, severity=gravest[finding.subject.id])


def _severity(document: Dated, day: date, version: Version) -> Severity:
    """How grave it is to name the document that day: only a day that was compared bears an error."""
    if document.own:
        return Severity(version.params["own_severity"])
    if document.verified:
        return version.severity
    near = (document.since - day).days <= version.params["near_days"]
    return Severity(version.params["near_severity" if near else "unverified_severity"])


def _too_early(name: str, document: Dated) -> str:
    return f"提到“{name}”，其日期为{chinese_date(document.since)}{document.doubt}"


def _named_in(whole: str, document: Dated, version: Version) -> list[str]:
    """The first of its names under which the text means the document itself, if there is one."""
    names = (name for name in document.names if name in whole and _named_itself(whole, name, version))
    return [*islice(names, 1)]


def _named_itself(whole: str, name: str, version: Version) -> bool:
    """Whether the name occurs anywhere without words that make it a draft or a thing to come."""
    pieces = whole.split(name)
    return any(
        not any(word in behind[:_BEHIND] or word in before[-_BEHIND:] for word in version.params["drafts"])
        and not any(word in _CLAUSE.split(before)[-1][-_BEFORE:] for word in version.params["announced"])
        for before, behind in pairwise(pieces)
    )


_BEHIND, _BEFORE = 16, 24
_CLAUSE = re.compile("[。；！？\n]")
