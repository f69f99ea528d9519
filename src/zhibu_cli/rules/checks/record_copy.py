"""The same minutes again: across kinds and years, and in the ledgers of other branches.

Dates, numbers, names, titles, quotations and set phrases do not count, nor does the order of sentences
(``model/sketch.py``). Sittings are compared with sittings, talks with talks. The later record is named,
with the one it is most alike; a record that ``record-duplicate-text`` names is left out by
``record-near-duplicate-text``. How much is alike stands in the details only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.records import held_between
from zhibu_cli.model.rule import Severity
from zhibu_cli.model.texts import ForeignText, current_sketch
from zhibu_cli.rules.case import record_defect
from zhibu_cli.rules.checks.common import record_name
from zhibu_cli.rules.copies import matches, near, part_of
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sketch import Likeness
    from zhibu_cli.rules.case import Case

PARAMETERS: dict[str, dict[str, str]] = {
    "duplicate_text": {
        "share": "share!",
        "nearly": "share!",
        "min_chars": "count-",
        "short_chars": "count-",
        "identical_min_chars": "count-",
        "short": "error|warn|info|remind",
        "same_day": "error|warn|info|remind",
        "matters": "texts",
        "persons": "patterns",
        "own": "share!",
        "procedure": "error|warn|info|remind",
    },
    "near_duplicate_text": {
        "share": "share!",
        "spread": "share!",
        "scattered": "share!",
        "wholly": "share!",
        "below": "share!",
        "min_chars": "count-",
        "short_chars": "count-",
        "short": "error|warn|info|remind",
    },
}


class _Copy(NamedTuple):
    """A record and another one that it is like."""

    entry: Entry
    other: Entry | ForeignText
    likeness: Likeness
    size: int
    identical: bool


def duplicate_text(rule: Rule, case: Case) -> Iterator[Finding]:
    """At least ``share`` of all that is said in either text is said in both; from ``nearly`` on hardly more.

    Texts with fewer than ``min_chars`` characters that count are not judged, unless they are identical and
    have ``identical_min_chars``; those with fewer than ``short_chars`` get the severity ``short``: a small
    thing may well have been done twice. Two records of one day may be one sitting written down twice: they
    get the severity ``same_day``. An admission, a conversion or an election goes by one procedure whoever is
    concerned: where both records have votes of one of ``matters``, or match one of ``persons`` (regular
    expressions with one group for the name), for different people, and at least ``own`` of the texts stands
    in clauses of their own, the severity is ``procedure``.
    """
    for entry, copies in _copies(case):
        version = rule.version_on(case.deciding_day(_day(entry)))
        found = _duplicates(copies, version, "share") if version else []
        if version and found:
            ranked = [(not _procedure(copy, version), copy.likeness, copy) for copy in found]
            best = max(ranked, key=itemgetter(0, 1))[-1]
            named = _milder(best, version)
            severity = Severity(version.params[named]) if named else version.severity
            text = f"{_like(best, version)}（不计语句次序、日期、数字和姓名）{_ASKED.get(named, '，请核对')}"
            yield from _finding(rule, case, best, text, severity)


_ASKED = {
    "short": "，内容都不长；两次的情况确实一样的没有问题，否则请核对",
    "procedure": "；办理同类事项而对象不同，只是程序语句相同的没有问题，其余请核对",
}


def _like(copy: _Copy, version: Version) -> str:
    """How much is alike, never more than was measured."""
    if copy.identical:
        return "文字相同"
    return "文字几乎相同" if copy.likeness.share >= part_of(version, "nearly") else "文字大部分相同"


def _milder(copy: _Copy, version: Version) -> str:
    """The parameter with the severity of what is less than a plain copy; empty: it is one."""
    if copy.size < version.params["short_chars"]:
        return "short"
    if not isinstance(copy.other, ForeignText) and copy.other.day == copy.entry.day:
        return "same_day"
    return "procedure" if _procedure(copy, version) else ""


def _procedure(copy: _Copy, version: Version) -> bool:
    """Whether the same matter was settled for another person, and the texts also have parts of their own."""
    if isinstance(copy.other, ForeignText) or copy.likeness.spread > 1 - part_of(version, "own"):
        return False
    mine, theirs = _persons(copy.entry, version), _persons(copy.other, version)
    return any(mine[matter].isdisjoint(theirs[matter]) for matter in mine.keys() & theirs.keys())


def _persons(entry: Entry, version: Version) -> dict[str, set[str]]:
    """Who was admitted, elected …, by 事项类别 of the votes and by each pattern for the texts."""
    payload, found = entry.payload, defaultdict(set)
    for vote in payload.get("votes", ()):
        if vote["matter"] in version.params["matters"]:
            found[vote["matter"]].update(vote.get("object", ()))
    texts = (*payload.get("topics", ()), *map(payload.get, ("theme", "content", "resolution")))
    for pattern in version.params["persons"]:
        found[pattern].update(match[1] for text in texts if text for match in re.finditer(pattern, text))
    return {matter: names for matter, names in found.items() if names}


def near_duplicate_text(rule: Rule, case: Case) -> Iterator[Finding]:
    """One text is the other in other words: ``share``, ``spread``, ``scattered`` and ``wholly`` (``near``).

    Texts with fewer than ``min_chars`` characters that count are not judged, those with fewer than
    ``short_chars`` get the severity ``short``. ``below``: the ``share`` from which ``record-duplicate-text``
    speaks.
    """
    for entry, copies in _copies(case):
        version = rule.version_on(case.deciding_day(_day(entry)))
        if not version or _duplicates(copies, version, "below"):
            continue
        found = [copy for copy in _judged(copies, version) if near(copy.likeness, version)]
        if found:
            best = max(found, key=lambda copy: (copy.likeness.spread, copy.likeness.share))
            short = best.size < version.params["short_chars"]
            severity = Severity(version.params["short"]) if short else version.severity
            text = f"多数语句相近（用词不同的也算在内）{_ASKED['short'] if short else '，请核对'}"
            yield from _finding(rule, case, best, text, severity)


def _duplicates(copies: Sequence[_Copy], version: Version, name: str) -> list[_Copy]:
    least = part_of(version, name)
    return [copy for copy in _judged(copies, version) if copy.likeness.share >= least]


def _judged(copies: Sequence[_Copy], version: Version) -> Iterator[_Copy]:
    least = version.params["min_chars"]
    identical = version.params.get("identical_min_chars", least)
    return (copy for copy in copies if copy.size >= (identical if copy.identical else least))


def _finding(rule: Rule, case: Case, copy: _Copy, text: str, severity: Severity) -> Iterator[Finding]:
    name, day = record_name(case, copy.entry), _day(copy.entry)
    foreign = isinstance(copy.other, ForeignText)
    finding = record_defect(
        rule,
        case,
        id_=copy.entry.id,
        name=name,
        day=day,
        message=f"{name}：与{_called(case, copy.other)}{text}{_one_sitting(case, copy)}。",
        beside=() if foreign else (copy.other.id,),
        severity=severity,
        detail=f"相同的约占{copy.likeness.share:.0%}，涉及约{copy.likeness.spread:.0%}的语句。",
    )
    if finding:
        yield finding


def _one_sitting(case: Case, copy: _Copy) -> str:
    """A word to those who may have written one sitting down twice, once for each of its contents."""
    one, other = copy.entry, copy.other
    if isinstance(other, ForeignText) or one.day != other.day or one.kinds == other.kinds:
        return ""
    kinds = {*one.kinds, *other.kinds}
    if not kinds.isdisjoint(out for kind in kinds for out in case.ledger.catalogue.kind(kind).excludes):
        return ""
    return "；如是同一次会有几项内容，可以只记一条，在“类型”中写明几种"


def _called(case: Case, other: Entry | ForeignText) -> str:
    if isinstance(other, ForeignText):
        return f"“{other.branch}”台账中{chinese_date(other.day)}的{other.kinds}（{other.id}）"
    return f"{record_name(case, other)}（{other.id}）"


def _day(entry: Entry) -> date:
    assert entry.day is not None
    return entry.day


def _copies(case: Case) -> Sequence[tuple[Entry, Sequence[_Copy]]]:
    """Every record of the asked range with what it is like; searched once for both rules."""
    if "copies" not in case.memo:
        registers = [register for register in case.ledger.catalogue.registers if register.texts]
        case.memo["copies"] = [row for register in registers for row in _of_register(case, register)]
    found: list[tuple[Entry, Sequence[_Copy]]] = case.memo["copies"]
    return found


def _of_register(case: Case, register: Register) -> Iterator[tuple[Entry, Sequence[_Copy]]]:
    held = [entry for entry in case.ledger.entries if entry.register == register.name and entry.day]
    entries = held[: held_between(held, case.asked.start, case.horizon).stop]
    first = held_between(entries, case.asked.start, case.horizon).start
    if first == len(entries):
        return
    known = (one for one in case.foreign if one.register == register.name and one.day <= case.as_of)
    foreign = sorted(known, key=attrgetter("day"))
    names = tuple(member.name for member in case.ledger.roster.members)
    # those of others come first: whose text is the older one is not asked
    others: list[Entry | ForeignText] = [*foreign, *entries]
    sketches = [one.sketch for one in foreign]
    sketches += [current_sketch(entry, register, names) for entry in entries]
    for place, found in matches(sketches, len(foreign) + first):
        entry = entries[place - len(foreign)]
        yield entry, [_Copy(entry, others[one.place], *one[1:]) for one in found]
