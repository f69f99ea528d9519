"""述职: the secretary's own account of a year; the figures are ours, the judgement is left to the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from zhibu_cli.errors import PaperError
from zhibu_cli.model.roster import SECRETARY
from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.heads import must_agree
from zhibu_cli.report.life import life
from zhibu_cli.report.people import people, secretary, secretary_name
from zhibu_cli.report.quarter_text import (
    CONDUCTED,
    SERVED,
    STUDIED,
    about,
    appraised,
    changes_told,
    committee_told,
    heads_told,
    held_told,
    members_told,
    numbered,
    rates_told,
    remarks,
    talked,
)
from zhibu_cli.report.rectify import (
    all_listed,
    all_or_none,
    known,
    of_debriefing,
    outcome_told,
    tellable,
    told,
)
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.titles import broken
from zhibu_cli.report.topics import appraisal, own_lectures, subjects, talks
from zhibu_cli.report.views import DebriefView, Part, PartKind
from zhibu_cli.report.wording import (
    NOT_SEEN,
    answered,
    ask,
    in_line,
    made_visible,
    missing,
    quoted,
    shortened,
    title_lines,
)
from zhibu_cli.text import chinese_date, chinese_number, display_width

if TYPE_CHECKING:
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.figures import Balance
    from zhibu_cli.report.life import Life
    from zhibu_cli.report.people import People
    from zhibu_cli.report.rectify import Rectified
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal, Subject, Talks
    from zhibu_cli.report.views import Figure, Section

SLOTS = range(3, 6)
"""So many problems a 述职 names (design.md): three to five, and a measure for each."""
_LINE = 56
"""Columns of a line of the paper: 28 Han."""
_LISTED = 12
"""So many activities or problems are named one by one; more are only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Everything counted of the secretary's year."""

    scope: Scope
    people: People
    life: Life
    talks: Talks
    lectures: tuple[Figure, tuple[Sitting, ...]]
    study: Subject
    conduct: Subject
    service: Subject
    rectified: Rectified
    listed: tuple[Figure, Figure]
    graded: Appraisal

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the trace."""
        topics = (self.lectures[0], self.study.figure, self.conduct.figure, self.service.figure)
        graded = (self.graded.rows, *self.graded.grades)
        return (
            *self.rectified.figures,
            *self.listed,
            *self.people,
            *self.life.figures,
            *topics,
            *self.talks,
            *graded,
        )

    @property
    def balances(self) -> tuple[Balance, ...]:
        """Everything that must add up."""
        counted = (self.people, self.life, self.rectified, self.graded)
        return tuple(balance for one in counted for balance in one.balances)


def paper(request: Request) -> DebriefView:
    """The whole account of a year as a value.

    Raises:
        PaperError: the year has not begun, fewer problems are asked for than three or more than five,
            or two figures contradict each other.
    """
    year = gather(scope_of(request), request.slots)
    sections = _sections(year, request.slots)
    return account(year, "抓基层党建工作述职报告", sections, request, figures=year.figures)


def account(
    year: Year,
    tail: str,
    sections: tuple[Section, ...],
    request: Request,
    *,
    figures: tuple[Figure, ...],
    addressee: str = "",
    opening: str = "",
) -> DebriefView:
    """The secretary's paper of those sections and figures; ``tail``: what it is called after the year."""
    scope, head = year.scope, f"{year.scope.period.start.year}年度党支部书记"
    speaker = in_line(secretary_name(scope))
    view = DebriefView(
        title=head + tail,
        title_lines=title_lines(head, tail),
        **scope.head,
        addressee=addressee,
        sections=answered(sections, request.texts),
        figures=catalogue((*figures, *year.figures, *year.life.unheld)),
        trace=(*figures, *changes(request.own_rules)) if request.trace else (),
        sittings=year.life.rows,
        kinds=year.life.kinds,
        signature=speaker,
        year=scope.period.start.year,
        speaker=speaker,
        opening=opening,
        byline=_byline(in_line(scope.ledger.branch.name), f"书记　{speaker}"),
    )
    shown: DebriefView = made_visible(view)
    return shown


def _byline(branch: str, post: str) -> str:
    """Of which branch, and who, in one line; a long name is broken between words, the post below it."""
    whole = branch + post
    return whole if display_width(whole) <= _LINE else "\n".join(broken((branch, post), _LINE))


def gather(scope: Scope, slots: int) -> Year:
    """Count the year.

    Raises:
        PaperError: fewer problems than three or more than five, or two figures contradict each other.
    """
    if slots not in SLOTS:
        raise PaperError(f"主要问题应为3至5个，不能是{slots}个。", hint="一个问题对应一条措施。")
    held, last = life(scope), scope.period.start.year - 1
    must_agree(scope.ledger, held.heads)
    year = Year(
        scope=scope,
        people=people(scope),
        life=held,
        talks=talks(scope, secretary(scope)),
        lectures=own_lectures(scope, held.sittings, secretary(scope)),
        **subjects(held.sittings),
        rectified=of_debriefing(scope, last),
        listed=all_listed(scope),
        graded=appraisal(scope, last),
    )
    prove(year.figures, year.balances)
    return year


def _sections(year: Year, slots: int) -> tuple[Section, ...]:
    duty = [
        *_part(1, "政治建设", _political(year)),
        *_part(2, "组织生活", _meetings(year)),
        *_part(3, "班子和队伍", _team(year)),
        *_part(4, "作风纪律", _conduct(year)),
        *_part(5, "融合中心", _service(year)),
    ]
    return (
        numbered(1, "last", "上年度点评问题整改情况", _last(year)),
        numbered(2, "duty", "履职情况", duty),
        *to_come(slots),
    )


def to_come(slots: int) -> tuple[Section, Section]:
    """The problems with their causes, and one measure for each: only the secretary can write them."""
    names = [f"问题{chinese_number(n)}" for n in range(1, slots + 1)]
    problems = [f"{n}.{ask(name)}原因：{ask(f'{name}的原因')}" for n, name in enumerate(names, 1)]
    measures = [f"{n}.{ask(f'针对{name}的措施，写明做什么、何时完成')}" for n, name in enumerate(names, 1)]
    return (
        numbered(3, "problems", "主要问题及原因", problems),
        numbered(4, "measures", "下一步措施", measures),
    )


def _part(number: int, heading: str, texts: list[str]) -> list[Part | str]:
    head = Part(kind=PartKind.HEADING, text=f"（{chinese_number(number)}）{heading}")
    return [head, *texts]


LAST = "上年度述职评议点评的问题和整改情况"
DONE = {
    "political": "我抓政治建设和理论学习的具体做法，只写实有的，约60字",
    "life": "我抓组织生活质量的具体做法，只写实有的，约60字",
    "team": "我抓班子建设和党员教育管理的具体做法，只写实有的，约60字",
    "conduct": "我落实党风廉政建设责任、遵守廉洁自律规定的情况，约60字",
    "service": "党建围绕中心、服务大局的具体做法和办成的实事，约60字",
}
"""What the secretary did, by the five heads of duty; 述职发言稿 asks for the same by the same names.

With so many characters in each, and in what is said of each problem, the account comes to some 2,000
and the speech to some 1,200, as design.md and the issue want them.
"""


def _last(year: Year) -> list[str]:
    r, last = year.rectified, year.scope.period.start.year - 1
    every = listed_told(year)
    others = [row for row in known(year.scope) if row not in r.rows]
    few, first = len(others) <= _LISTED, 1 + len(r.rows)
    rest = [every, *(tellable(year.scope, others, _LISTED, first) if few else ())]
    if not r.carried.number:
        unseen = f"{last}年度述职评议点评问题：{NOT_SEEN}（{r.carried.reason}）。"
        return [unseen, ask(LAST), *rest]
    return [
        review_told(year),
        *(f"{n}.{told(row, year.scope.horizon)}" for n, row in enumerate(r.rows, 1)),
        *rest,
    ]


def listed_told(year: Year) -> str:
    """How many problems the list has in all, and how many are corrected; empty where there is none."""
    listed, done = year.listed
    if not listed.number:
        return ""
    on = chinese_date(year.scope.horizon)
    state = all_or_none(done, listed) or f"完成整改{done}项"
    return f"整改清单登记的各方面问题共{listed}项，截至{on}{state}。"


def review_told(year: Year) -> str:
    """How many problems of the last 述职评议 are corrected; empty where none is listed."""
    r, last = year.rectified, year.scope.period.start.year - 1
    if not r.carried.number:
        return ""
    on = chinese_date(year.scope.horizon)
    # whoever came later is not the one who was spoken to
    held = year.scope.roster.holders(SECRETARY, date(last, 12, 31))
    mine = "我" if secretary(year.scope) in held else ""
    return f"{last}年度述职评议点评{mine}的问题{r.carried}项，截至{on}{outcome_told(r)}。"


def since_told(year: Year) -> str:
    """When the secretary took the post, if it was in the year; else empty."""
    ref, scope = secretary(year.scope), year.scope
    days = [p.since for p in scope.roster.posts if p.member == ref and p.post == SECRETARY]
    # a secretary who is elected again goes on: the new term is no new beginning
    begun = [
        day
        for day in days
        if day in scope.span and ref not in scope.roster.holders(SECRETARY, day - timedelta(days=1))
    ]
    return f"我自{chinese_date(begun[-1])}起任支部书记，以下为支部全年数据。" if begun else ""


def _political(year: Year) -> list[str]:
    words = year.scope.so_far + since_told(year) + lectures_told(year)
    words += about("本年度" + STUDIED, year.study)
    return [words, ask(DONE["political"])]


def lectures_told(year: Year) -> str:
    """The secretary's own lectures with day and title."""
    figure, mine = year.lectures
    if not mine:
        return f"本年度我讲党课：{year.life.until}{figure.text}（{figure.reason}）。"
    listed = "；".join(
        f"{s.day.month}月{s.day.day}日{quoted(shortened(in_line(_title(s)), 60))}" for s in mine
    )
    return f"本年度我讲党课{figure}次：{listed}。"


def _title(sitting: Sitting) -> str:
    return sitting.theme or missing("党课题目")


def _meetings(year: Year) -> list[str]:
    if not year.life.times.number:
        return [held_told(year.life, "本年度支部")]
    numbers = rates_told(year.life) + heads_told(year.life) + remarks(year.life, tabled=False)
    return [held_told(year.life, "本年度支部"), numbers, ask(DONE["life"])]


def _team(year: Year) -> list[str]:
    graded = appraised(year.scope.period.start.year - 1, year.graded)
    return [team_told(year), talks_told(year) + graded, ask(DONE["team"])]


def team_told(year: Year) -> str:
    """How many members there are, how many sit on the committee, who came and went."""
    p = year.people
    first = members_told(p, year.scope)
    if p.members.number:
        first = f"{first.removesuffix('。')}；{committee_told(p)}。"
    if not year.scope.roster.members:
        return f"{first}本年度党员变动：{p.admitted.text}（{p.admitted.reason}）。"
    came = {"接收预备党员": p.admitted, "预备党员转正": p.converted, "转入": p.arrived, "转出": p.left}
    return first + changes_told("本年度", came, (year.scope, year.life))


def talks_told(year: Year) -> str:
    """How many talks there were, and in how many the secretary took part."""
    t = year.talks
    own = f"，其中我参加{t.own}次" if t.own.number else f"，其中我参加的：{t.own}"
    return talked(t, year.scope, "本年度支部", own, until=year.life.until)


def _conduct(year: Year) -> list[str]:
    return [about("本年度" + CONDUCTED, year.conduct), ask(DONE["conduct"])]


def _service(year: Year) -> list[str]:
    return [about("本年度" + SERVED, year.service), ask(DONE["service"])]
