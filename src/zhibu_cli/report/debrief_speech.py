"""述职发言稿: the 述职 as it is spoken: the same year, few figures, the same blanks by the same names.

One file of own words (``--texts``) therefore fills this paper and the written one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.debrief import (
    DONE,
    LAST,
    account,
    gather,
    lectures_told,
    listed_told,
    review_told,
    since_told,
    talks_told,
    team_told,
    to_come,
)
from zhibu_cli.report.quarter_text import CONDUCTED, SERVED, numbered
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.wording import NOT_SEEN, ask

if TYPE_CHECKING:
    from zhibu_cli.report.debrief import Year
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.topics import Subject
    from zhibu_cli.report.views import DebriefView, Figure, Section

_DUTIES = (
    ("political", "抓政治建设"),
    ("life", "抓组织生活"),
    ("team", "抓班子和队伍"),
    ("conduct", "抓作风纪律"),
    ("service", "抓融合中心"),
)


def paper(request: Request) -> DebriefView:
    """The whole speech as a value; errors as of ``debrief.paper``."""
    year = gather(scope_of(request), request.slots)
    return account(
        year,
        "抓基层党建工作述职发言稿",
        _sections(year, request.slots),
        request,
        figures=_figures(year),
        addressee="各位领导、同志们：",
        opening=f"现将本人{request.period.start.year}年度抓基层党建工作的情况报告如下。",
    )


def _figures(year: Year) -> tuple[Figure, ...]:
    """Those that are spoken, in their order."""
    p, t = year.people, year.talks
    kinds = (kind.times for kind in year.life.kinds if kind.times.number)
    team = (p.members, p.full, p.probationary, p.committee, p.admitted, p.converted, p.arrived, p.left)
    topics = (year.conduct.figure, year.service.figure)
    done = (*year.rectified.figures, *year.listed, year.lectures[0])
    return (*done, year.life.times, *kinds, *team, *t, *topics)


def _sections(year: Year, slots: int) -> tuple[Section, ...]:
    return (
        numbered(1, "last", "上年度点评问题整改情况", _last(year)),
        numbered(2, "duty", "履职情况", _duty(year)),
        *to_come(slots),
    )


def _last(year: Year) -> list[str]:
    return [(review_told(year) or ask(LAST)) + listed_told(year)]


def _duty(year: Year) -> list[str]:
    told = {
        "political": lectures_told(year),
        "life": _life(year),
        "team": team_told(year) + talks_told(year),
        "conduct": _spoken(CONDUCTED, year.conduct),
        "service": _spoken(SERVED, year.service),
    }
    first, *rest = (
        f"{number}是{what}。{told[key]}{_asked(year, key)}"
        for number, (key, what) in zip("一二三四五", _DUTIES, strict=True)
    )
    return [year.scope.so_far + since_told(year), first, *rest]


def _spoken(what: str, found: Subject) -> str:
    return f"{what}{found.figure}场。" if found.held else ""


def _asked(year: Year, key: str) -> str:
    # the quality of what is not recorded is no matter to write about: so in the written one
    return "" if key == "life" and not year.life.times.number else ask(DONE[key])


def _life(year: Year) -> str:
    times = year.life.times
    if not times.number:
        return f"支部组织生活：{year.life.until}{NOT_SEEN}。"
    counts = "、".join(f"{kind.label}{kind.times}次" for kind in year.life.kinds if kind.times.number)
    twice = "，一场含几种的各计一次" if year.life.combined.number else ""
    return f"支部记录组织生活{times}场，按类型计{twice}：{counts}。{year.life.since}"
