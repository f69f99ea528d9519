"""组织生活会和民主评议党员情况报告: the meetings for a year, wherever in the next one they were held.

Everything is counted up to the as-of day. Grades stand in it as numbers only; the list of problems
stands without the persons responsible, and a problem that names somebody is counted, not told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.life_sheets import FORMS
from zhibu_cli.model.period import Span
from zhibu_cli.report.figures import catalogue, changes, count, prove
from zhibu_cli.report.heads import heads_of, must_agree
from zhibu_cli.report.life import head_counts, row_of
from zhibu_cli.report.people import secretary
from zhibu_cli.report.quarter_text import STUDIED, grades_told, numbered, talked
from zhibu_cli.report.quarter_text import about as about_told
from zhibu_cli.report.rectify import of_assessment, outcome_told, tellable
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import posts_told
from zhibu_cli.report.topics import STUDY, about, appraisal, talks
from zhibu_cli.report.views import Paper
from zhibu_cli.report.wording import (
    NOT_SEEN,
    and_then,
    answered,
    ask,
    in_line,
    made_visible,
    missing,
    shortened,
    signed,
    title_lines,
)
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.figures import Balance
    from zhibu_cli.report.rectify import Rectified
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal, Subject, Talks
    from zhibu_cli.report.views import Figure, Section, SittingRow

OPINIONS = ("征求意见", "听取意见", "征集意见")
_OPINIONS = "主题或议题写明征求意见、听取意见的组织生活"
_LONG = 60
_PROBLEMS = 20
"""So many problems are told one by one: the report is about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meetings:
    """The meetings of one kind for the year."""

    label: str
    held: tuple[Sitting, ...]
    rows: tuple[SittingRow, ...]
    undated: tuple[Sitting, ...]
    """Of the kind, in the year or the next, with no 所属年度: not counted."""
    times: Figure
    expected: Figure
    present: Figure
    rate: Figure
    excused: int
    """经支部同意暂不参加: part of those due, and left out of the rate."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them; heads of what is not recorded are no figures."""
        return (self.times, *self.heads) if self.held else (self.times,)

    @property
    def heads(self) -> tuple[Figure, ...]:
        """What a template may name, recorded or not."""
        return (self.expected, self.present, self.rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    scope: Scope
    year: int
    before: Span
    """From the first day of the year, or the day after the 组织生活会 for an earlier one, to this one's; not
    before the ledger begins."""
    study: Subject
    opinions: Subject
    talks: Talks
    life: _Meetings
    appraisal: _Meetings
    graded: Appraisal
    fed_back: Figure
    rectified: Rectified

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the trace."""
        return (
            self.study.figure,
            *self.talks,
            self.opinions.figure,
            *self.life.figures,
            *self.appraisal.figures,
            self.graded.rows,
            *self.graded.grades,
            self.fed_back,
            *self.rectified.figures,
        )

    @property
    def balances(self) -> tuple[Balance, ...]:
        """Everything that must add up."""
        return (*self.graded.balances, *self.rectified.balances)


def paper(request: Request) -> Paper:
    """The whole report as a value.

    Raises:
        PaperError: the year has not begun, or two figures contradict each other.
    """
    facts = _gather(scope_of(request, beyond=True))
    prove(facts.figures, facts.balances)
    head, tail = facts.scope.head, "组织生活会和民主评议党员情况报告"
    name = head["branch"]
    view = Paper(
        title=f"{name}{facts.year}年度{tail}",
        title_lines=title_lines(f"{name}{facts.year}年度", tail),
        **head,
        addressee=f"{head['superior']}：",
        sections=answered(_sections(facts), request.texts),
        figures=catalogue((*facts.figures, *facts.life.heads, *facts.appraisal.heads)),
        trace=(*facts.figures, *changes(request.own_rules)) if request.trace else (),
        sittings=tuple({row.id: row for row in (*facts.life.rows, *facts.appraisal.rows)}.values()),
        signature=signed(name),
    )
    shown: Paper = made_visible(view)
    return shown


def _gather(scope: Scope) -> _Facts:
    year = scope.period.start.year
    life, appraised = (_meetings(scope, kind) for kind in ("org_life_meeting", "appraisal"))
    before = _before_it(scope, life.held[0].day if life.held else scope.horizon)
    when = f"{chinese_date(before.start)}至{chinese_date(before.end)}"
    mine = {sitting.id for sitting in (*life.held, *appraised.held)}
    held = [s for s in _branch_life(scope) if s.day in before and s.id not in mine]
    fed_back = (
        row.id
        for row in scope.ledger.appraisal_rows
        if row.assessment_year == year and row.fed_back is not None and row.fed_back <= scope.horizon
    )
    return _Facts(
        scope=scope,
        year=year,
        before=before,
        study=about("study", "含学习内容的组织生活", held, STUDY, when),
        opinions=about("opinions", "含征求意见内容的组织生活", held, OPINIONS, when),
        talks=talks(scope, secretary(scope), before),
        life=life,
        appraisal=appraised,
        graded=appraisal(scope, year),
        fed_back=count(
            "fed_back", "评议结果已反馈", fed_back,
            f"民主评议登记中所属年度为{year}年、反馈日期不晚于{chinese_date(scope.horizon)}的行", unit="名",
            reason="登记中没有填反馈日期的行", none=NOT_SEEN,
        ),
        rectified=of_assessment(scope, year),
    )  # fmt: skip


def _before_it(scope: Scope, day: date) -> Span:
    earlier = (
        sitting.day + timedelta(days=1)
        for sitting in scope.ledger.sittings
        if "org_life_meeting" in sitting.kinds
        and sitting.day < day
        and (sitting.assessment_year or scope.period.start.year) < scope.period.start.year
    )
    begins = scope.ledger.begins("sitting", "org_life_meeting")
    kept = () if begins is None or begins > day else (begins,)
    founded = min(scope.ledger.branch.founded, day)
    return Span(max((scope.period.start, founded, *earlier, *kept)), day)


def _branch_life(scope: Scope) -> list[Sitting]:
    kinds = {kind.name for kind in scope.ledger.catalogue.kinds_of("sitting") if kind.branch_life}
    return [sitting for sitting in scope.ledger.sittings if kinds & {*sitting.kinds}]


def _meetings(scope: Scope, name: str) -> _Meetings:
    kind, year = scope.ledger.catalogue.kind(name), scope.period.start.year
    known = [s for s in scope.ledger.sittings if name in s.kinds and s.day <= scope.horizon]
    held = tuple(s for s in known if s.assessment_year == year)
    heads = {s.id: heads_of(scope.ledger, s) for s in held}
    must_agree(scope.ledger, heads)
    late = scope.late_records()
    good = {number: head for number, head in heads.items() if head.known}
    of, label = f"所属年度为{year}年的{kind.label}记录", kind.label
    reason = "没有应到、实到均载明的记录"
    expected, present, rate = head_counts(name, label, good, among=f"{of}中", reason=reason, none="未载明")
    return _Meetings(
        label=label,
        held=held,
        rows=tuple(row_of(scope, s, heads[s.id], late=s.id in late) for s in held),
        undated=tuple(s for s in known if s.assessment_year is None and s.day.year in (year, year + 1)),
        times=count(name, label, heads, f"{of}，不论在哪一天召开", unit="次",
                    reason=f"台账中没有{of}", none=NOT_SEEN),
        expected=expected,
        present=present,
        rate=rate,
        excused=sum(head.excused for head in good.values()),
    )  # fmt: skip


def _sections(facts: _Facts) -> tuple[Section, ...]:
    bodies = (
        ("before", "会前准备情况", _before(facts)),
        ("meeting", "会议召开情况", _meeting(facts)),
        ("appraisal", "民主评议党员情况", _appraisal(facts)),
        ("problems", "查摆问题和整改情况", _problems(facts)),
        ("next", "下一步打算", _next(facts)),
    )
    return tuple(numbered(number, *body) for number, body in enumerate(bodies, 1))


def _before(facts: _Facts) -> list[str]:
    start, end = facts.before
    scope = facts.scope
    begun = start == scope.ledger.start and start not in (scope.period.start, scope.ledger.branch.founded)
    first = "（台账起始日）" if begun else ""
    when = f"{chinese_date(start)}{first}至{chinese_date(end)}，"
    studied = about_told(f"{when}{STUDIED}", facts.study, dated=True)
    return [
        studied,
        talked(facts.talks, facts.scope, f"{'其间' if studied else when}支部"),
        about_told(f"其间{_OPINIONS}", facts.opinions, dated=True),
        ask("会前学习的篇目和方式、谈心谈话的安排、征求意见的方式和归纳后的条数，只写实有的"),
    ]


def _meeting(facts: _Facts) -> list[str]:
    return [
        *_held(facts, facts.life),
        ask("会上通报上年度整改情况、查摆问题、开展批评和自我批评的情况，只写会上实有的"),
    ]


def _appraisal(facts: _Facts) -> list[str]:
    together = facts.appraisal.held and facts.appraisal.held == facts.life.held
    first = (
        [f"民主评议党员与组织生活会同场进行，人数见第二部分。{_undated(facts.appraisal)}"]
        if together
        else _held(facts, facts.appraisal)
    )
    graded = facts.graded
    if graded.rows.number:
        outcome = f"登记评议结果{graded.rows}名，{grades_told(graded)}"
        outcome += f"；已向本人反馈{facts.fed_back}名。" if facts.fed_back.number else "。"
    else:
        outcome = f"评议结果：{NOT_SEEN}（{graded.rows.reason}）。"
    return [*first, outcome, ask("自评、互评、测评的做法和评议结果的运用，只写实有的，不写姓名")]


def _held(facts: _Facts, meetings: _Meetings) -> list[str]:
    if not meetings.held:
        on = chinese_date(facts.scope.horizon)
        return [f"截至{on}，{facts.year}年度{meetings.label}：{NOT_SEEN}。{_undated(meetings)}"]
    apart = "（暂不参加的不计）" if meetings.excused else ""
    rate = f"到会率{meetings.rate}{apart}" if meetings.rate.number else ""
    pairs = zip(meetings.held, meetings.rows, strict=True)
    if len(meetings.held) == 1:
        return [_sitting(facts, meetings.label, *next(pairs), rate) + _undated(meetings)]
    whole = f"合计{meetings.times}场，应到{meetings.expected}人次、实到{meetings.present}人次，{rate}。"
    told = (_sitting(facts, meetings.label, *pair, "") for pair in pairs)
    return [*told, (whole if rate else "") + _undated(meetings)]


def _sitting(facts: _Facts, label: str, sitting: Sitting, row: SittingRow, rate: str) -> str:
    """One meeting in a few sentences: when, where, in which form, who led it, how many came."""
    group = facts.scope.roster.group_name(sitting.group) if sitting.group else ""
    place = in_line(sitting.place) or missing("地点")
    meeting = label if label.endswith("会") else f"{label}会议"
    first = f"{group}在{place}{_form(sitting)}召开{facts.year}年度{meeting}，{_chair(facts, sitting)}主持"
    heads = f"应到{row.expected}人、实到{row.present}人"
    heads += f"、请假{row.away}人" if isinstance(row.away_number, int) and row.away_number else ""
    heads += f"、{row.others}" if row.others else ""
    heads = and_then((heads, rate), "，")
    heads += f"；列席{len(sitting.observers)}人" if sitting.observers else ""
    topics = "、".join(shortened(in_line(topic), _LONG) for topic in sitting.topics)
    agenda = f"议题：{topics}。" if topics else ""
    late = f"（{row.late}）" if row.late else ""
    return f"{chinese_date(sitting.day)}，{first}{late}。{heads}。{agenda}"


def _chair(facts: _Facts, sitting: Sitting) -> str:
    if sitting.chair is None:
        return missing("主持人")
    roster, ref = facts.scope.roster, sitting.chair.ref
    return in_line(roster.name_of(ref)) + posts_told(roster, ref, sitting.day)


def _form(sitting: Sitting) -> str:
    """``以党员大会形式、现场方式`` as far as the record says it."""
    way = {"on_site": "方式", "online": "方式"}
    forms = (term for term in reversed(FORMS) if term.code in sitting.forms)
    said = "、".join(term.label + way.get(term.code, "形式") for term in forms)
    return f"以{said}" if said else ""


def _undated(meetings: _Meetings) -> str:
    if not meetings.undated:
        return ""
    days = "、".join(chinese_date(sitting.day) for sitting in meetings.undated)
    return f"另有{days}的{meetings.label}记录未写明所属年度，没有计入。{missing('所属年度')}"


def _problems(facts: _Facts) -> list[str]:
    r, on = facts.rectified, chinese_date(facts.scope.horizon)
    if not r.carried.number:
        first = f"{r.carried.reason}。"
    else:
        late = f"，其中超过时限{r.overdue}项" if r.overdue.number else ""
        first = f"整改清单登记组织生活会和民主评议查摆的问题{r.carried}项，截至{on}{outcome_told(r)}{late}。"
    lines = tellable(facts.scope, r.rows, _PROBLEMS)
    return [first, *lines, ask("查摆出的主要问题、整改措施和时限，不写姓名")]


def _next(facts: _Facts) -> list[str]:
    left = facts.rectified.remaining
    words = f"尚未完成整改的问题{left}项，继续整改。" if left.number else ""
    return [words, ask("下一步整改和工作打算，逐项写明内容和时间")]
