"""Whether records speak of a matter, as far as words can tell: a hint to look, never more.

A record may treat a matter in other words than those looked for, so rules of this kind are ``info`` or
``remind`` and their messages name the words.

``mentioned.check``: at least so many records in every period. Parameters:
    words: one of them must stand in the record; kinds: which kinds are looked through, all kinds of branch
        life where left out.
    per, at_least, asks: as in rules/checks/cadence.py.
    fields: ``headings`` (主题 and 议题) or ``all`` (also 内容 and 决议).
    announced: where one of these words (将于, 下次 …) stands before it in the same clause, the word only
        announces the matter and does not count.

``mentioned.sittings``: every sitting of a kind that states its topics. Parameters:
    kinds, words, asks; fields, announced.
    not_in_form: forms (形式) in which it is another meeting.
    One that states no 议题 says nothing about it and is left alone, and so is one of a 所属年度 of which
    another one speaks of the matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Period, Span, Unit, periods_between
from zhibu_cli.rules.checks.attendance import is_life
from zhibu_cli.rules.checks.common import asked_sittings, defects
from zhibu_cli.rules.duty import Verdict, asks, founding, not_kept, of_branch, still_short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

_WORDS = {"words": "texts", "fields": "headings|all", "announced": "texts?", "asks": "text"}
PARAMETERS = {
    "check": {"kinds": "texts?", "per": "unit", "at_least": "number+", **_WORDS},
    "sittings": {"kinds": "texts", "not_in_form": "texts?", **_WORDS},
}


def texts_of(sitting: Sitting, fields: str) -> str:
    """What a sitting says, on one line a field: its headings, or all of it."""
    parts = [sitting.theme, *sitting.topics]
    if fields == "all":
        parts += [sitting.content, sitting.resolution]
    return "\n".join(filter(None, parts))


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every period that touches the asked range."""
    unit = Unit(rule.versions[-1].params["per"])
    for period in periods_between(unit, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is None:
            continue
        found = [sitting.id for sitting in _speaking(version, case, period)]
        verdict = _verdict(version, case, period, len(found))
        yield of_branch(
            rule,
            version,
            case,
            period,
            verdict,
            required=version.params["at_least"],
            found=len(found),
            evidence=found,
            detail=f"查找的字样：{'、'.join(version.params['words'])}",
        )


def _speaking(version: Version, case: Case, period: Period) -> Iterator[Sitting]:
    wanted = {*version.params.get("kinds", ())}
    for sitting in case.ledger.sittings.between(period.start, case.deciding_day(period.end)):
        if not is_life(case, sitting) or (wanted and not wanted & {*sitting.kinds, *sitting.forms}):
            continue
        if _speaks(version, sitting):
            yield sitting


def _speaks(version: Version, sitting: Sitting) -> bool:
    text = texts_of(sitting, version.params["fields"])
    to_come = version.params.get("announced", ())
    return any(_stands(word, text, to_come) for word in version.params["words"])


def _stands(word: str, text: str, to_come: Iterable[str]) -> bool:
    """Whether the word is in the text, and not only as a thing to come.

    ``报告…工作``: with a few characters between its halves.
    """
    first, apart, last = word.partition("…")
    if (first if apart else word) not in text:
        return False
    pattern = f"{re.escape(first)}.{{0,{_APART}}}{re.escape(last)}" if apart else re.escape(word)
    clauses = (_CLAUSE.split(text[: match.start()])[-1] for match in re.finditer(pattern, text))
    return any(not any(mark in clause for mark in to_come) for clause in clauses)


_APART = 12
_CLAUSE = re.compile("[，。；！？\n]")


def _verdict(version: Version, case: Case, period: Period, found: int) -> Verdict:
    if found >= version.params["at_least"]:
        return Verdict(Status.MET, f"{period.label}有{found}次记录写到{_quoted(version)}。")
    verdict = founding(case, period) or not_kept(case, "sitting", "", period.start, period.end)
    if verdict is not None:
        return verdict
    status, message = still_short(case, period.end, period.unit, f"写到{_quoted(version)}的记录", found)
    return Verdict(status, f"{message}按字样查找，换了说法的请核对。{asks(version)}")


def _quoted(version: Version) -> str:
    """The words, no more than a sentence bears."""
    words = version.params["words"]
    shown = "".join(f"“{word}”" for word in words[:_SHOWN])
    return shown + ("等" if len(words) > _SHOWN else "") + "字样"


_SHOWN = 3


def _spoken_of(version: Version, case: Case, sitting: Sitting) -> bool:
    """Whether it, or another one of its kind and 所属年度, speaks of the matter."""
    year = sitting.assessment_year
    ids = [entry.id for kind in version.params["kinds"] for entry in case.ledger.of_kind(kind)]
    same = [case.ledger.sittings.by_id(id_) for id_ in ids]
    others = [other for other in same if year is not None and other.assessment_year == year]
    return any(_speaks(version, other) for other in (sitting, *others))


def sittings(rule: Rule, case: Case) -> Iterator[Finding]:
    """Sittings whose stated topics do not speak of the matter."""

    def judge(sitting: Sitting, version: Version) -> str:
        params = version.params
        if not {*params["kinds"]} & {*sitting.kinds} or not sitting.topics:
            return ""
        if {*params.get("not_in_form", ())} & {*sitting.forms} or _spoken_of(version, case, sitting):
            return ""
        where = "主题和议题" if version.params["fields"] == "headings" else "主题、议题、内容和决议"
        what = f"{where}中未见{_quoted(version)}；按字样查找，换了说法的请核对"
        return f"{what}。{asks(version)}".removesuffix("。")

    yield from defects(rule, case, asked_sittings(case), judge)
