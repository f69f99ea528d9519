"""The same theme in two months running.

Parameters:
    kind: the kind of sitting.
    ignore: words that say nothing about the theme (主题党日, 活动).

Themes are compared without blanks, punctuation, years, months and ordinals; one of which nothing is left
is not compared. Key ``rule@`` the number of the later record; defects only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Unit, add_months, period_of
from zhibu_cli.rules.case import make
from zhibu_cli.rules.checks.common import asked_sittings, record_name
from zhibu_cli.text import brief, chinese_date, clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

PARAMETERS = {"check": {"kind": "kind", "ignore": "texts"}}
_DATES = re.compile(
    r"(?:\d{4}|[二〇零一-九]{4})年(?:度)?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?|第[\d一二三四五六七八九十]+[次期季](?:度)?"
)
_MARKS = re.compile(r"[\W_]+")


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Sittings with the theme of one in the month before."""
    months: dict[tuple[date, date], dict[str, list[Sitting]]] = {}
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day)
        if version is None or version.params["kind"] not in sitting.kinds:
            continue
        start = add_months(period_of(Unit.MONTH, sitting.day).start, -1)
        # the themes of a month are read once for all sittings of the next one
        if (start, version.since) not in months:
            months[start, version.since] = _themes(version, case, start)
        before = months[start, version.since]
        theme = _bare(version, sitting)
        if theme and theme in before:
            yield _finding(rule, version, case, sitting, before[theme])


def _bare(version: Version, sitting: Sitting) -> str:
    text = _DATES.sub("", clean(sitting.theme))
    for word in version.params["ignore"]:
        text = text.replace(word, "")
    return _MARKS.sub("", text)


def _themes(version: Version, case: Case, start: date) -> dict[str, list[Sitting]]:
    """The sittings of the kind in the month that begins on ``start``, by theme."""
    themes: dict[str, list[Sitting]] = defaultdict(list)
    for other in case.ledger.sittings.between(start, period_of(Unit.MONTH, start).end):
        if version.params["kind"] in other.kinds:
            themes[_bare(version, other)].append(other)
    return dict(themes)


def _finding(rule: Rule, version: Version, case: Case, sitting: Sitting, same: list[Sitting]) -> Finding:
    name = record_name(case, sitting)
    days = "、".join(f"{chinese_date(other.day)}（{other.id}）" for other in same)
    return make(
        rule,
        version,
        on=sitting.day,
        key=sitting.id,
        subject=case.record(sitting.id, name),
        status=Status.MISSED,
        start=sitting.day,
        due=sitting.day,
        message=f"{name}：主题“{brief(sitting.theme)}”与上月{days}的相同。",
        evidence=(*(other.id for other in same), sitting.id),
        about_record=True,
    )
