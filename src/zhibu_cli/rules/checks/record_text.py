"""The texts of a record: template words left in, too little said, documents before their time.

Each text is looked through for a handful of fixed strings; patterns run only where one was found,
so that years of minutes cost milliseconds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.rules.checks.common import asked_records, asked_sittings, defects
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Talk
    from zhibu_cli.rules.case import Case

_AROUND = 6
"""Characters shown on either side of what was found."""


PARAMETERS: dict[str, dict[str, str]] = {
    "placeholder_text": {"marks": "tables"},
    "content_too_short": {"min_chars": "count"},
    "anachronism": {"drafts": "texts", "documents": "tables"},
}


def placeholder_text(rule: Rule, case: Case) -> Iterator[Finding]:
    """Template words, XX, ____ or a column's own name in place of a value.

    ``marks`` is a list of ``{ has = "XX", pattern = "…" }``: the pattern is tried where the string
    occurs; without one the string itself is the fault.
    """
    labels = _labels(case)
    own = {
        register: {name: frozenset(words) for name, words in fields.items()}
        for register, fields in labels.items()
    }

    def judge(record: Sitting | Talk, version: Version) -> str:
        register = record.entry.register
        texts = _texts(record.entry.payload)
        whole = "\n".join(text for _, text in texts)
        marks = [mark for mark in version.params["marks"] if mark["has"] in whole]
        faults = [
            f"“{labels[register][name][0]}”只写了“{text.strip()}”"
            for name, text in texts
            if text.strip("：: ") in own[register].get(name, ())
        ]
        for name, text in texts if marks else ():
            label = labels[register].get(name, (name,))[0]
            faults += [f"“{label}”中有“{found}”" for found in _left_in(text, marks)]
        return "、".join(dict.fromkeys(faults)) + "，疑为模板用语，请核对" if faults else ""

    yield from defects(rule, case, asked_records(case), judge)


def _labels(case: Case) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        name: {
            field.name: (field.label, *field.aliases) for field in case.ledger.catalogue.register(name).fields
        }
        for name in ("sitting", "talk")
    }


def _texts(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Field names with their texts; persons and lists included, votes and codes left alone."""
    texts = []
    for name, value in payload.items():
        if isinstance(value, str):
            texts.append((name, value))
        elif isinstance(value, list) and name != "kinds":
            texts += [(name, one) for one in value if isinstance(one, str)]
    return texts


def _left_in(text: str, marks: list[dict[str, str]]) -> Iterator[str]:
    for mark in marks:
        if mark["has"] not in text:
            continue
        match = re.search(mark.get("pattern") or re.escape(mark["has"]), text)
        if match:
            yield one_line(text[max(0, match.start() - _AROUND) : match.end() + _AROUND])


def content_too_short(rule: Rule, case: Case) -> Iterator[Finding]:
    """内容 and 决议 together have fewer than ``min_chars`` characters; none at all is a missing field."""

    def judge(sitting: Sitting, version: Version) -> str:
        if not sitting.content or len(sitting.content) >= version.params["min_chars"] * 4:
            return ""
        length = len("".join((sitting.content + sitting.resolution).split()))
        return f"内容和决议共{length}个字" if length < version.params["min_chars"] else ""

    yield from defects(rule, case, asked_sittings(case), judge)


def anachronism(rule: Rule, case: Case) -> Iterator[Finding]:
    """A document named in a record of a day before the document was there.

    ``documents`` is a list of ``{ title = "…", since = 2018-10-28 }``; a title followed by one of
    ``drafts`` (征求意见稿 …) is another paper.
    """

    def judge(record: Sitting | Talk, version: Version) -> str:
        day = record.day.isoformat()
        later = [one for one in version.params["documents"] if one["since"] > day]
        if not later:
            return ""
        whole = "\n".join(text for _, text in _texts(record.entry.payload))
        faults = [
            f"提到《{one['title']}》，该文件的日期为{one['since']}"
            for one in later
            if one["title"] in whole and _named_itself(whole, one["title"], version.params["drafts"])
        ]
        return "；".join([*faults, "晚于记录的日期，请核对"]) if faults else ""

    yield from defects(rule, case, asked_records(case), judge)


def _named_itself(whole: str, title: str, drafts: list[str]) -> bool:
    """Whether the title occurs anywhere without words that make it a draft right behind it."""
    pieces = whole.split(title)[1:]
    return any(not any(draft in piece[:16] for draft in drafts) for piece in pieces)
