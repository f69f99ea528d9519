"""述职: the secretary's own account of a year; the figures are ours, the judgement is left to the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.errors import PaperError
from zhibu_cli.model.roster import SECRETARY
from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.life import life
from zhibu_cli.report.people import people, secretary, secretary_name
from zhibu_cli.report.quarter_text import CONDUCTED, SERVED, STUDIED, appraised, numbered
from zhibu_cli.report.rectify import all_listed, known, of_debriefing, told
from zhibu_cli.report.scope import scope as put
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
from zhibu_cli.text import chinese_date, chinese_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.life import Life
    from zhibu_cli.report.people import People
    from zhibu_cli.report.rectify import Rectified
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal, Subject, Talks
    from zhibu_cli.report.views import Figure, Section

SLOTS = range(3, 6)
"""So many problems a 述职 names (design.md): three to five, and a measure for each."""
_LISTED = 12
"""So many activities or problems are named one by one; more are only counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
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


def paper(request: Request) -> DebriefView:
    """The paper as the list of papers asks for it, see ``build_debrief``."""
    return build_debrief(
        request.ledger,
        request.findings,
        request.period,
        request.as_of,
        slots=request.slots,
        trace=request.trace,
        texts=request.texts,
        own_rules=request.own_rules,
    )


def build_debrief(
    ledger: Ledger,
    findings: tuple[Finding, ...],
    period: Period,
    as_of: date,
    *,
    slots: int = 3,
    trace: bool = False,
    texts: Mapping[str, str] | None = None,
    own_rules: tuple[str, ...] = (),
) -> DebriefView:
    """The whole account of a year as a value.

    Args:
        ledger: the branch's ledger.
        findings: what the check says about the year as of that day.
        period: the year.
        as_of: the last day known.
        slots: how many problems, each with one measure.
        trace: list every figure with its records at the end.
        texts: the user's own words for blanks, by the name that stands in the blank.
        own_rules: what the branch changed in the rules, told with the trace only.

    Raises:
        PaperError: the year has not begun, or two figures contradict each other.
    """
    if slots not in SLOTS:
        raise PaperError(f"主要问题应为3至5个，不能是{slots}个。", hint="一个问题对应一条措施。")
    scope = put(ledger, findings, period, as_of)
    year = _gather(scope)
    prove(
        year.figures,
        (*year.people.balances, *year.life.balances, *year.rectified.balances, *year.graded.balances),
    )
    head, tail = f"{period.start.year}年度党支部书记", "抓基层党建工作述职报告"
    speaker = in_line(secretary_name(scope))
    view = DebriefView(
        title=head + tail,
        title_lines=title_lines(head, tail),
        **scope.head,
        addressee="",
        sections=answered(_sections(year, slots), texts or {}),
        figures=catalogue(year.figures),
        trace=(*year.figures, *changes(own_rules)) if trace else (),
        sittings=year.life.rows,
        kinds=year.life.kinds,
        signature=speaker,
        year=period.start.year,
        speaker=speaker,
        byline=f"{ledger.branch.name}书记　{speaker}",
    )
    shown: DebriefView = made_visible(view)
    return shown


def _gather(scope: Scope) -> _Year:
    held = life(scope)
    return _Year(
        scope=scope,
        people=people(scope),
        life=held,
        talks=talks(scope, secretary(scope)),
        lectures=own_lectures(scope, held.sittings, secretary(scope)),
        **subjects(held.sittings),
        rectified=of_debriefing(scope, scope.period.start.year - 1),
        listed=all_listed(scope),
        graded=appraisal(scope, scope.period.start.year - 1),
    )


def _sections(year: _Year, slots: int) -> tuple[Section, ...]:
    duty = [
        *_part(1, "政治建设", _political(year)),
        *_part(2, "组织生活", _meetings(year)),
        *_part(3, "班子和队伍", _team(year)),
        *_part(4, "作风纪律", _conduct(year)),
        *_part(5, "融合中心", _service(year)),
    ]
    names = [f"问题{chinese_number(n)}" for n in range(1, slots + 1)]
    problems = [f"{n}.{ask(name)}原因：{ask(f'{name}的原因')}" for n, name in enumerate(names, 1)]
    measures = [f"{n}.{ask(f'针对{name}的措施，写明做什么、何时完成')}" for n, name in enumerate(names, 1)]
    return (
        numbered(1, "last", "上年度点评问题整改情况", _last(year)),
        numbered(2, "duty", "履职情况", duty),
        numbered(3, "problems", "主要问题及原因", problems),
        numbered(4, "measures", "下一步措施", measures),
    )


def _part(number: int, heading: str, texts: list[str]) -> list[Part | str]:
    head = Part(kind=PartKind.HEADING, text=f"（{chinese_number(number)}）{heading}")
    return [head, *texts]


def _last(year: _Year) -> list[str]:
    r, last = year.rectified, year.scope.period.start.year - 1
    on = chinese_date(year.scope.horizon)
    listed, done = year.listed
    every = f"整改清单登记的各方面问题共{listed}项，截至{on}完成整改{done}项。" if listed.number else ""
    others = [row for row in known(year.scope) if row not in r.rows]
    named = [told(row, year.scope.horizon) for row in others] if len(others) <= _LISTED else []
    rest = [every, *(f"{n}.{words}" for n, words in enumerate(named, 1 + len(r.rows)))]
    if not r.carried.number:
        first = f"{last}年度述职评议点评问题：{NOT_SEEN}（{r.carried.reason}）。"
        return [first, ask("上年度述职评议点评的问题和整改情况"), *rest]
    first = f"{last}年度述职评议点评我的问题{r.carried}项，截至{on}完成整改{r.corrected}项"
    first += f"，尚未完成{r.remaining}项。" if r.remaining.number else "。"
    return [first, *(f"{n}.{told(row, year.scope.horizon)}" for n, row in enumerate(r.rows, 1)), *rest]


def _since(year: _Year) -> str:
    """When the secretary took the post, if it was in the year."""
    ref, scope = secretary(year.scope), year.scope
    days = [p.since for p in scope.roster.posts if p.member == ref and p.post == SECRETARY]
    # a secretary who is elected again goes on: the new term is no new beginning
    begun = [
        day
        for day in days
        if day in scope.span and ref not in scope.roster.holders(SECRETARY, day - timedelta(days=1))
    ]
    return f"我自{chinese_date(begun[-1])}起任支部书记，以下为支部全年数据。" if begun else ""


def _political(year: _Year) -> list[str]:
    figure, mine = year.lectures
    words = _since(year)
    if mine:
        listed = "；".join(f"{chinese_date(s.day)}{quoted(shortened(in_line(_title(s)), 60))}" for s in mine)
        words += f"本年度我讲党课{figure}次：{listed}。"
    else:
        words += f"本年度我讲党课：{figure.text}（{figure.reason}）。"
    words += _about(year.study, STUDIED)
    return [words, ask("我抓政治建设和理论学习的具体做法，只写实有的")]


def _title(sitting: Sitting) -> str:
    return sitting.theme or missing("党课题目")


def _meetings(year: _Year) -> list[str]:
    kinds = [kind for kind in year.life.kinds if kind.times.number]
    if not kinds:
        why = next((kind.times.reason for kind in year.life.kinds), "")
        return [f"本年度组织生活：{NOT_SEEN}（{why}）。"]
    counts = "、".join(f"{kind.label}{kind.times}次" for kind in kinds)
    first = f"本年度支部记录组织生活{year.life.times}场，按类型计：{counts}。"
    if year.life.combined.number:
        first += f"一场含几种类型的，分类时各计一次，因而比场次多{year.life.combined}次。"
    unseen = "、".join(kind.label for kind in year.life.kinds if kind.times.number == 0)
    first += f"{unseen}：{NOT_SEEN}。" if unseen else ""
    rates = "、".join(
        f"{k.label}{k.rate}（应到{k.expected}人次、实到{k.present}人次）" for k in kinds if k.rate.number
    )
    second = f"到会率：{rates}。" if rates else ""
    if year.life.uncounted.number:
        second += f"另有{year.life.uncounted}场记录的人数未载明或需核实，未计入到会情况。"
    if year.life.late.number:
        second += f"有{year.life.late}条记录为补录。"
    elif year.life.late.number is None:
        second += f"{year.life.late.reason}。"
    return [first, second, ask("我抓组织生活质量的具体做法，只写实有的")]


def _team(year: _Year) -> list[str]:
    p, t, on = year.people, year.talks, chinese_date(year.scope.horizon)
    if p.members.number:
        first = f"截至{on}，支部共有党员{p.members}名，其中正式党员{p.full}名、预备党员{p.probationary}名"
        first += f"；支部委员会委员{p.committee}名。" if p.committee.number else f"；{p.committee.reason}。"
    else:
        first = f"截至{on}，台账党员名册中未见在册党员，党员人数不能统计。"
    if year.scope.roster.members:
        first += f"本年度接收预备党员{p.admitted}名，预备党员转正{p.converted}名，"
        first += f"转入{p.arrived}名，转出{p.left}名。"
    else:
        first += f"本年度党员变动：{p.admitted.text}（{p.admitted.reason}）。"
    if t.times.number:
        own = f"其中我参加{t.own}次" if t.own.number else f"其中我参加的：{t.own}"
        second = f"本年度支部记录谈心谈话{t.times}次，覆盖党员{t.covered}名，{own}。"
    else:
        second = f"本年度谈心谈话：{t.times.text}（{t.times.reason}）。"
    graded = appraised(year.scope.period.start.year - 1, year.graded)
    return [first, second + graded, ask("我抓班子建设和党员教育管理的具体做法，只写实有的")]


def _conduct(year: _Year) -> list[str]:
    return [_about(year.conduct, CONDUCTED), ask("我落实党风廉政建设责任、遵守廉洁自律规定的情况")]


def _service(year: _Year) -> list[str]:
    return [_about(year.service, SERVED), ask("党建围绕中心、服务大局的具体做法和办成的实事")]


def _about(found: Subject, what: str) -> str:
    if not found.held:
        return f"本年度{what}：{found.figure.text}。"
    if len(found.held) > _LISTED:
        return f"本年度{what}{found.figure}场。"
    return f"本年度{what}{found.figure}场：{found.listed}。"
