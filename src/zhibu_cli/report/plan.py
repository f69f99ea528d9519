"""The plan of a year as a view: from the rules and the fixed day, or as the branch has planned it.

Nothing is invented: a day stands only where the fixed day or the branch's own plan gives one, everything else
is 本月内, 本季度内, 本年内.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.fixed_day import parse_fixed_day
from zhibu_cli.model.period import Unit, parse_period, quarter_of
from zhibu_cli.model.plan import PlanItem, item_of
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.ics import Event
from zhibu_cli.report.owed import Articles, gather, holders, unjudged, unknown_years
from zhibu_cli.report.told import NAMED, period_label, unprompted
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import made_visible
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.owed import Owed

_WITHIN = {Unit.MONTH: "本月内", Unit.QUARTER: "本季度内", Unit.YEAR: "本年内"}
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One thing to be done in the year."""

    key: str
    """The key of the duty, or the number of the plan's row."""
    label: str
    """``3月``, ``第一季度``, ``全年``."""
    matter: str
    theme: str
    when: str
    """A day with its weekday, or 本月内 …"""
    who: str
    refs: str
    """Numbers of the articles in ``PlanView.grounds``: ``1、2``."""
    note: str
    day: date
    """The day planned, else the last day."""
    until: date
    """The day planned, else the last day on which it is still in time: perhaps in the year after."""
    post: str
    """``who`` without names."""
    remind_days: int
    item: PlanItem | None
    """The row in the form of 年度计划; None where that has no such matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView(View):
    """What ``zhibu plan YEAR`` says."""

    title: str
    branch: str
    scope: str
    year: int
    as_of: date
    own: bool
    """It is the branch's own plan, not one made from the rules."""
    notes: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    grounds: tuple[str, ...]
    uncovered: tuple[str, ...]
    """Duties of the year that the branch's own plan leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What both plans are made from."""

    ledger: Ledger
    kinds: Mapping[str, str]
    """Rule id -> the kind of record it looks for."""
    year: int
    as_of: date
    silent: frozenset[str] | None = None
    """The plan is a paper, which does not cite these documents (ids); None: it is told on the screen."""

    def no_articles(self) -> Articles:
        """Where the rows will number the articles that may be cited."""
        return Articles(self.silent or ())

    @property
    def last(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    def plannable(self, kind: str) -> bool:
        """Whether 年度计划 has rows of the kind."""
        terms = self.ledger.catalogue.register("plan_item").field("kind").terms
        return any(term.code == kind for term in terms)

    def answers(self, finding: Finding) -> bool:
        """Whether 年度计划 has rows of the kind that the finding's rule looks for."""
        return self.plannable(self.kinds.get(finding.rule, ""))

    def label(self, kind: str) -> str:
        """The kind's Chinese term."""
        return self.ledger.catalogue.title_of(kind)


def build_from_rules(frame: Frame, findings: Sequence[Finding], notes: Iterable[str] = ()) -> PlanView:
    """The plan that the rules and the fixed day make, one row for every duty of the year."""
    lines = gather(
        frame.ledger,
        [finding for finding in findings if _belongs(frame, finding)],
        frame.kinds,
        each_group=True,
    )
    ordered = sorted(lines, key=lambda line: (min(line.due, frame.last), _place(frame, line)))
    grounds = frame.no_articles()
    rows = [_rule_row(frame, line, grounds, number) for number, line in enumerate(ordered, 1)]
    scope = f"按{chinese_date(frame.as_of)}的名册、职务和规则列出；台账中还没有{frame.year}年的年度计划"
    told = (*notes, *_unjudged(frame, findings), *unknown_years(lines), *_no_fixed_day(frame))
    return _view(frame, scope, rows, grounds, own=False, notes=told)


def _no_fixed_day(frame: Frame) -> tuple[str, ...]:
    """Why theme days have no day."""
    text = frame.ledger.branch.theme_day.strip()
    if parse_fixed_day(text) is not None:
        return ()
    why = f"支部信息中的主题党日固定日“{text}”读不出是哪一天" if text else "支部信息没有写主题党日固定日"
    return (f"{why}，主题党日只列到月份。",)


def _unjudged(frame: Frame, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Duties of the year, not over yet, of which the ledger cannot tell whether they are owed."""
    own = (finding for finding in findings if _own_year(frame, finding) and finding.due >= frame.as_of)
    return unjudged(own, "没有排进计划，请另行安排")


def _belongs(frame: Frame, finding: Finding) -> bool:
    """Duties of the year, and conditions that end in it; what is over already is told by ``due``."""
    if finding.about_record or finding.status in {Status.NOT_APPLICABLE, Status.UNKNOWN}:
        return False
    if finding.period is None:
        of_meeting = finding.subject.kind is SubjectKind.RECORD and frame.answers(finding)
        still_open = finding.status in {Status.PENDING, Status.AT_RISK}
        return still_open and finding.due <= frame.last and not of_meeting
    if not finding.plannable:
        return False
    return finding.status is not Status.MET or _own_year(frame, finding) or _done_in(frame, finding)


def _own_year(frame: Frame, finding: Finding) -> bool:
    period = parse_period(finding.period or "")
    return period is not None and period.start.year == frame.year


def _done_in(frame: Frame, finding: Finding) -> bool:
    """Whether a duty of the year before was done in this one."""
    days = {entry.id: entry.day for entry in frame.ledger.entries}
    return any(day.year == frame.year for id_ in finding.evidence if (day := days.get(id_)))


def _place(frame: Frame, line: Owed) -> int:
    """Of what ends on one day the months come first, then what else ends there, quarters and the year."""
    if line.unit is Unit.MONTH:
        return 0
    if line.unit is None or line.due < frame.last:
        return 2 if line.unit is Unit.QUARTER else 1
    return 2 if line.unit is Unit.QUARTER else 3


def _rule_row(frame: Frame, line: Owed, grounds: Articles, number: int) -> PlanRow:
    item = _item(frame, line, number) if frame.plannable(line.kind) else None
    return PlanRow(
        key=line.key,
        label=_label(frame, line),
        matter=(frame.label(line.kind) if item else line.findings[0].title) + _whose(line),
        theme=item.theme if item else "",
        when=_when(frame, line),
        who=line.post if line.findings[0].subject.kind in NAMED else line.who,
        refs=grounds.refs(line.findings[0].grounds),
        note=_note(line, item),
        day=line.day,
        until=line.day,
        post=line.post,
        remind_days=line.remind_days,
        item=item,
    )


def _note(line: Owed, item: PlanItem | None) -> str:
    """Whose 党课 a year asks for, which the matter alone does not tell; that a row only reminds."""
    head = line.findings[0]
    if item is None:
        return "提醒" if line.unit and head.severity in {Severity.INFO, Severity.REMIND} else ""
    return head.title if line.unit is Unit.YEAR and not item.theme else ""


def _whose(line: Owed) -> str:
    head = line.findings[0].subject
    return f"（{head.name}）" if head.kind is SubjectKind.GROUP else line.number


def _label(frame: Frame, line: Owed) -> str:
    if line.unit is Unit.QUARTER:
        return f"第{_QUARTERS[quarter_of(line.due) - 1]}季度"
    if line.unit is Unit.YEAR and line.due >= frame.last:
        return "全年"
    return f"{line.due.month}月"


def _when(frame: Frame, line: Owed) -> str:
    if line.fixed is not None and line.fixed.day is not None:
        return line.fixed.told
    last = line.last
    if line.unit is None or line.due < frame.last:
        plain = line.unit in {Unit.MONTH, Unit.QUARTER} and line.fixed is None
        return _WITHIN[line.unit] if plain and line.unit else last
    return _WITHIN[line.unit] + (f"，{last}" if line.due > frame.last else "")


def _item(frame: Frame, line: Owed, number: int) -> PlanItem:
    """The row as 年度计划 holds it: a duty of a quarter or year under its last month."""
    return item_of(f"J{number}", payload(frame, line))


def payload(frame: Frame, line: Owed) -> dict[str, Any]:
    """The fields of the row in 年度计划."""
    subject = line.findings[0].subject
    fixed = line.fixed.day.isoformat() if line.fixed and line.fixed.day else None
    period = parse_period(line.findings[0].period or "")
    about = f"{period_label(period.key)}度" if period and period.end != line.due else ""
    theme = line.findings[0].title if line.kind == "talk" else about
    data = {
        "year": frame.year,
        "kind": line.kind,
        "month": min(line.due, frame.last).month,
        "day": fixed,
        "group": subject.id if subject.kind is SubjectKind.GROUP else None,
        "theme": theme,
        "who": [*holders(frame.ledger, line)],
        "note": _remark(frame, line),
    }
    return {name: value for name, value in data.items() if value}


def _remark(frame: Frame, line: Owed) -> str:
    """Until when, for what is no duty of a month; that a fixed day was not shifted."""
    if line.unit is not Unit.MONTH:
        return _when(frame, line)
    unshifted = line.fixed is not None and line.fixed.day is not None and line.fixed.shifted is None
    return "放假安排未登记全，未顺延" if unshifted else ""


def build_own(
    frame: Frame,
    items: Sequence[PlanItem],
    findings: Sequence[Finding],
    planned: Sequence[Finding],
    *,
    uncovered: Sequence[Finding],
    notes: Iterable[str] = (),
) -> PlanView:
    """The branch's own plan, and what ends in the year for which 年度计划 has no rows: terms, probation.

    Args:
        frame: ledger, kinds, year and day.
        items: the rows of 年度计划.
        findings: what the rules say of the ledger.
        planned: what the rules say where every row counts as held: which row serves which duty.
        uncovered: what the rules then still miss.
        notes: words about the answer itself.
    """
    owed = [finding for finding in planned if finding.plannable]
    # a row of talks that names nobody says as its theme which duty it stands for
    serves = {name: finding for finding in owed for name in (finding.title, *finding.evidence)}
    grounds = frame.no_articles()
    rows = [_own_row(frame, item, serves.get(item.id) or serves.get(item.theme), grounds) for item in items]
    beyond = [f for f in findings if _belongs(frame, f) and not frame.answers(f)]
    rows += [_rule_row(frame, line, grounds, 0) for line in gather(frame.ledger, beyond, frame.kinds)]
    rows.sort(key=lambda row: row.day)
    scope = f"台账“年度计划”中登记的{len(items)}项"
    left = [_left_out(frame, line) for line in gather(frame.ledger, uncovered, frame.kinds)]
    told = (*notes, *_unjudged(frame, findings))
    return _view(frame, scope, rows, grounds, own=True, notes=told, uncovered=left)


def _own_row(frame: Frame, item: PlanItem, serves: Finding | None, grounds: Articles) -> PlanRow:
    group = frame.ledger.roster.group_name(item.group) if item.group else ""
    told = item.note.startswith((*_WITHIN.values(), "最迟"))
    within = item.note if told else "本月内" if item.month else "本年内"
    return PlanRow(
        key=item.id,
        label=f"{item.month}月" if item.month else "全年",
        matter=frame.label(item.kind) + (f"（{group}）" if group else ""),
        theme=item.theme,
        when=f"{chinese_date(item.day)}（{weekday(item.day)}）" if item.day else within,
        who="、".join(item.who),
        refs=grounds.refs(serves.grounds) if serves else "",
        note="" if told and not item.day else item.note,
        day=item.last_day,
        until=serves.due if serves and told and not item.day else item.last_day,
        post="",
        remind_days=3,
        item=item,
    )


def _left_out(frame: Frame, line: Owed) -> str:
    """``2027年3月　主题党日每月一次（theme-day-monthly）``; a paper does not name the rule."""
    period = parse_period(line.findings[0].period or "")
    when = period.label if period else chinese_date(line.due)
    when += f"（最迟{chinese_date(line.due)}）" if period and period.end != line.due else ""
    names = f"：{'、'.join(line.names)}" if line.names else ""
    rule = f"（{line.rule}）" if frame.silent is None else ""
    return f"{when}　{line.title}{rule}{names}"


def _view(
    frame: Frame,
    scope: str,
    rows: Sequence[PlanRow],
    grounds: Articles,
    *,
    own: bool,
    notes: Iterable[str],
    uncovered: Sequence[str] = (),
) -> PlanView:
    view: PlanView = made_visible(
        PlanView(
            title=f"{frame.year}年度工作计划",
            branch=frame.ledger.branch.name,
            scope=scope,
            year=frame.year,
            as_of=frame.as_of,
            own=own,
            notes=tuple(notes if frame.silent is None else filter(None, map(unprompted, notes))),
            rows=tuple(rows),
            grounds=grounds.listed,
            uncovered=tuple(uncovered),
        )
    )
    return view


def events(view: PlanView) -> tuple[Event, ...]:
    """The rows for a calendar: on their day, or on the last day of their period."""
    return tuple(
        Event(
            key=row.key,
            day=row.day,
            summary=row.matter,
            description="。".join(filter(None, (row.when, row.post, _cited(view, row)))),
            remind_days=row.remind_days,
        )
        for row in view.rows
    )


def _cited(view: PlanView, row: PlanRow) -> str:
    texts = [view.grounds[int(number) - 1].partition(". ")[2] for number in row.refs.split("、") if number]
    return f"依据：{'；'.join(texts)}" if texts else ""
