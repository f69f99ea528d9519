"""The same theme in two months running.

Parameters:
    kind: the kind of sitting.
    ignore: words that say nothing about the theme (主题党日, 活动).

Themes are compared without blanks, punctuation, years, months and ordinals; one of which nothing is left
is not compared. Key ``rule@`` the number of the later record; defects only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Unit, add_months, period_of
from zhibu_cli.rules.case import make
from zhibu_cli.rules.checks.common import asked_sittings, record_name
from zhibu_cli.text import brief, chinese_date, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.rules.case import Case

PARAMETERS = {"check": {"kind": "kind", "ignore": "texts"}}
_DATES = re.compile(
    r"(?:\d{4}|[二〇零一-九]{4})年(?:度)?|(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?|第[\d一二三四五六七八九十]+[次期季](?:度)?"
)


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Sittings with the theme of one in the month before."""
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day)
        if version is None or version.params["kind"] not in sitting.kinds:
            continue
        theme = _bare(version, sitting)
        same = [other for other in _month_before(version, case, sitting) if theme == _bare(version, other)]
        if theme and same:
            yield _finding(rule, version, case, sitting, same)


def _bare(version: Version, sitting: Sitting) -> str:
    text = _DATES.sub("", clean(sitting.theme))
    for word in version.params["ignore"]:
        text = text.replace(word, "")
    return re.sub(r"[\W_]+", "", text)


def _month_before(version: Version, case: Case, sitting: Sitting) -> list[Sitting]:
    month = period_of(Unit.MONTH, add_months(period_of(Unit.MONTH, sitting.day).start, -1))
    held = case.ledger.sittings.between(month.start, month.end)
    return [other for other in held if version.params["kind"] in other.kinds]


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
