"""Records changed after their quarter was closed; old and new are shown side by side."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.rules.checks.common import asked_records, defects
from zhibu_cli.text import chinese_date, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from zhibu_cli.model.declare import Field, Register
    from zhibu_cli.model.entry import Entry, Revision
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Talk
    from zhibu_cli.rules.case import Case

    Payload = Mapping[str, Any]

_WIDTH = 40
"""Characters of an old or a new value that are shown."""
_BEFORE = 8
"""Characters before the first difference that are shown where the value is longer."""


PARAMETERS = {"edited_after_close": {"days": "count-"}}


def edited_after_close(rule: Rule, case: Case) -> Iterator[Finding]:
    """Records of which a version was made more than ``days`` after the end of the quarter.

    What is changed on the very day on which zhibu took the record in corrects the entry: nobody can
    have relied on the ledger before.
    """

    def judge(record: Sitting | Talk, version: Version) -> str:
        close = period_of(Unit.QUARTER, record.day).end + timedelta(days=version.params["days"])
        settled = max(close, record.entry.first_entered_at.date())
        return "；".join(_changes(case, record, close, settled))

    changed = [record for record in asked_records(case) if record.entry.earlier]
    yield from defects(rule, case, changed, judge)


def _changes(case: Case, record: Sitting | Talk, close: date, settled: date) -> Iterator[str]:
    entry = record.entry
    register = case.ledger.catalogue.register(entry.register)
    versions: tuple[Revision | Entry, ...] = (*entry.earlier, entry)
    for old, new in pairwise(versions):
        if new.entered_at.date() <= settled:
            continue
        what = "、".join(_differences(case, register, old.payload, new.payload))
        if what:
            reason = f"（理由：{one_line(new.reason)}）" if new.reason else ""
            when = chinese_date(new.entered_at.date())
            late = f"在季度结束后的校对期（至{chinese_date(close)}）以后"
            yield f"{when}由{new.entered_by}改动：{what}{reason}，{late}"


def _differences(case: Case, register: Register, old: Payload, new: Payload) -> Iterator[str]:
    for field in register.fields:
        before, after = old.get(field.name), new.get(field.name)
        if before == after:
            continue
        if field.confidential:
            yield f"“{field.label}”（内容不在此显示）"
        else:
            was, became = _shown(case, field, before, after), _shown(case, field, after, before)
            yield f"“{field.label}”由{was}改为{became}"
    for child in register.children:
        yield from _rows(case, child, old.get(child.name, []), new.get(child.name, []))


def _rows(case: Case, child: Register, old: list[Payload], new: list[Payload]) -> Iterator[str]:
    if len(old) != len(new):
        yield f"“{child.title}”由{len(old)}项改为{len(new)}项"
        return
    for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
        for what in _differences(case, child, before, after):
            yield f"“{child.title}”第{number}项的{what}"


def _shown(case: Case, field: Field, value: Any, other: Any) -> str:
    """The value as its cell would hold it; of a long one the part where it differs from the other."""
    from zhibu_cli.model.values import format_field  # noqa: PLC0415 - paid for by changed records only

    texts = [
        one_line(format_field(case.ledger.catalogue, field, one, case.ledger.roster.name_of))
        for one in (value, other)
    ]
    text = texts[0]
    if not text:
        return "空白"
    if len(text) <= _WIDTH:
        return f"“{text}”"
    same = next(
        (i for i, pair in enumerate(zip(*texts, strict=False)) if pair[0] != pair[1]), min(map(len, texts))
    )
    start = max(0, min(same - _BEFORE, len(text) - _WIDTH))
    cut = text[start : start + _WIDTH]
    return f"“{'…' if start else ''}{cut}{'…' if start + _WIDTH < len(text) else ''}”"
