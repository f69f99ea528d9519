"""述职发言稿: the 述职 as it is spoken: the same year, few figures, the same blanks by the same names.

One file of own words (``--texts``) therefore fills this paper and the written one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.debrief import DONE, LAST, account, gather, review_told, since_told, to_come
from zhibu_cli.report.quarter_text import numbered
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.wording import NOT_SEEN, ask
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from zhibu_cli.report.debrief import Year
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.views import DebriefView, Section

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
        figures=(
            *year.rectified.figures,
            year.people.members,
            year.life.times,
            year.lectures[0],
            year.talks.own,
        ),
        addressee="各位领导、同志们：",
        opening=f"现将本人{request.period.start.year}年度抓基层党建工作的情况报告如下。",
    )


def _sections(year: Year, slots: int) -> tuple[Section, ...]:
    return (
        numbered(1, "last", "上年度点评问题整改情况", _last(year)),
        numbered(2, "duty", "履职情况", _duty(year)),
        *to_come(slots),
    )


def _last(year: Year) -> list[str]:
    return [review_told(year) or ask(LAST)]


def _duty(year: Year) -> list[str]:
    told = {"political": _lectures(year), "life": _life(year), "team": _team(year)}
    first, *rest = (
        f"{number}是{what}。{told.get(key, '')}{_asked(year, key)}"
        for number, (key, what) in zip("一二三四五", _DUTIES, strict=True)
    )
    return [year.scope.so_far + since_told(year), first, *rest]


def _asked(year: Year, key: str) -> str:
    # the quality of what is not recorded is no matter to write about: so in the written one
    return "" if key == "life" and not year.life.times.number else ask(DONE[key])


def _lectures(year: Year) -> str:
    figure = year.lectures[0]
    return f"本年度我讲党课{figure}次。" if figure.number else f"本年度我讲党课：{NOT_SEEN}。"


def _life(year: Year) -> str:
    times = year.life.times
    return f"支部记录组织生活{times}场。" if times.number else f"支部组织生活：{NOT_SEEN}。"


def _team(year: Year) -> str:
    members, own, on = year.people.members, year.talks.own, chinese_date(year.scope.horizon)
    first = f"支部有党员{members}名" if members.number else "台账党员名册中未见在册党员"
    mine = f"本年度我参加谈心谈话{own}次。" if own.number else f"本年度我参加的谈心谈话：{NOT_SEEN}。"
    return f"截至{on}，{first}；{mine}"
