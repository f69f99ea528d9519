"""What is owed next, soonest first, as one view for the terminal, the printed page and the calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.model.period import Unit
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.ics import Event
from zhibu_cli.report.owed import THEME_DAY, Articles, gather, unjudged, unknown_years
from zhibu_cli.report.told import INTERNAL, explained, plain
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import made_visible
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.owed import Owed

OPEN = frozenset({Status.PENDING, Status.AT_RISK})
UNSEEN = "上期未见记录"
NOTHING = "这段时间里没有到期的事项。"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """One duty."""

    key: str
    rule: str
    title: str
    status: Status
    day: date
    """When it is to be done at the latest, or the fixed day that is still to come."""
    due: date
    when: str
    """``2026年12月21日（星期一，由12月20日顺延，还有26天），最迟12月31日``."""
    who: str
    names: str
    """Groups, members and pairs where there are several."""
    fact: str
    """The facts of what is no duty of a period."""
    grounds: str
    refs: str
    """Numbers of these articles in ``DueView.grounds``: ``1、2``."""
    fix: str
    remedy: str
    """``fix`` where the row stands among what is past; else empty."""
    last: str
    """``最迟2026年12月31日``; of what begins on its day ``2026年12月16日期满，其后及时办理``."""
    explained: str
    post: str
    """``who`` without names."""
    remind_days: int
    keys: tuple[str, ...]
    """Of its findings."""
    internal: bool
    """Somebody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePart:
    """已到期、尚待办理, 已过期限, 将要到期, 上期未见记录, or 年内提醒."""

    title: str
    rows: tuple[DueRow, ...]
    brief: bool = False
    """A line for each row is enough on paper: the texts give no number, nobody is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueView(View):
    """What ``zhibu due`` says."""

    title: str
    branch: str
    scope: str
    as_of: date
    until: date
    internal: str
    """内部核对清单 where somebody is named for what is owed about him, else empty."""
    notes: tuple[str, ...]
    parts: tuple[DuePart, ...]
    """Empty parts are left out."""
    grounds: tuple[str, ...]
    """All articles, numbered, a line for each document."""
    nothing: str
    """Said where nothing is owed; else empty."""

    @property
    def rows(self) -> tuple[DueRow, ...]:
        """All of them."""
        return tuple(row for part in self.parts for row in part.rows)


def build_due(
    ledger: Ledger,
    findings: Sequence[Finding],
    kinds: Mapping[str, str],
    as_of: date,
    until: date,
    *,
    notes: Iterable[str] = (),
    past: Sequence[Finding] = (),
) -> DueView:
    """The view of findings that were told from ``as_of`` on; ``kinds`` as in ``owed.gather``.

    Past its day and open is what may still be done in time; overdue and still to be cured a condition
    that is missed in the answers of this day. To come is what falls due up to ``until``, and whatever is
    at risk, however far its day. ``past``: duties of periods that ended of late without a record.
    """
    fixed_only = [f for f in findings if kinds.get(f.rule) == THEME_DAY and not f.owes_record]
    rest = [f for f in findings if f not in fixed_only and not f.about_record]
    waiting = gather(ledger, [f for f in rest if f.status in OPEN and f.due < as_of], kinds)
    late = gather(ledger, [f for f in rest if f.period is None and f.status is Status.MISSED], kinds)
    unseen = sorted(gather(ledger, past, kinds), key=_only_reminds)
    coming = gather(ledger, [f for f in rest if f.status in OPEN and f.due >= as_of], kinds)
    near = [line for line in coming if _day(line, as_of) <= until or _at_risk(line)]
    near.sort(key=lambda line: (_day(line, as_of), line.due))
    hints = [line for line in near if _only_reminds(line)]
    owed = [line for line in near if line not in hints]
    articles = Articles()
    parts = [
        _part("已到期、尚待办理", waiting, as_of, articles),
        _part("已过期限", late, as_of, articles),
        _part("将要到期", owed, as_of, articles),
        _part(UNSEEN, unseen, as_of, articles),
        replace(_part("年内提醒", hints, as_of, articles), brief=True),
    ]
    view = DueView(
        title="近期要做的事",
        branch=ledger.branch.name,
        scope=f"{chinese_date(as_of)}（{weekday(as_of)}）至{chinese_date(until)}到期的，和临近到期的",
        as_of=as_of,
        until=until,
        internal=INTERNAL if any(row.internal for part in parts for row in part.rows) else "",
        notes=(*notes, *_unread(fixed_only), *unknown_years(near), *_unjudged(rest, as_of, until)),
        parts=tuple(part for part in parts if part.rows),
        grounds=articles.by_document,
        nothing="" if any(part.rows for part in parts) else NOTHING,
    )
    shown: DueView = made_visible(view)
    return shown


def _part(title: str, lines: Sequence[Owed], as_of: date, articles: Articles) -> DuePart:
    rows = tuple(_row(line, as_of, articles) for line in lines)
    return DuePart(title=f"{title}（{len(rows)} 项）", rows=rows)


def _day(line: Owed, as_of: date) -> date:
    """The fixed day that is still to come, else the last day."""
    fixed = line.fixed.day if line.fixed else None
    return fixed if fixed is not None and as_of <= fixed <= line.due else line.due


def _at_risk(line: Owed) -> bool:
    return any(finding.status is Status.AT_RISK for finding in line.findings)


def _only_reminds(line: Owed) -> bool:
    """Whether a year's duty rests on words to look for: the texts ask for it without a number."""
    soft = {finding.severity for finding in line.findings} <= {Severity.INFO, Severity.REMIND}
    return soft and not line.kind and line.unit is Unit.YEAR


def _row(line: Owed, as_of: date, articles: Articles) -> DueRow:
    head, day = line.findings[0], _day(line, as_of)
    return DueRow(
        key=line.key,
        rule=line.rule,
        title=line.title,
        status=Status.AT_RISK if _at_risk(line) else head.status,
        day=day,
        due=line.due,
        when=_when(line, day, as_of),
        who=line.who,
        names="、".join(line.names) if len(line.findings) > 1 else "",
        fact="" if head.period or len(line.findings) > 1 else head.message,
        grounds=line.grounds,
        refs=articles.refs(head.grounds),
        fix=plain(head.fix),
        remedy=plain(head.fix) if head.period and head.status is Status.MISSED else "",
        last=line.last,
        explained="；".join(filter(None, map(explained, line.findings))),
        post=line.post,
        remind_days=line.remind_days,
        keys=tuple(finding.key for finding in line.findings),
        internal=line.names_people,
    )


def _when(line: Owed, day: date, as_of: date) -> str:
    left = (day - as_of).days
    count = f"还有{left}天" if left > 0 else "今天" if left == 0 else f"已过{-left}天"
    if line.opens:
        then = "" if line.findings[0].status is Status.MISSED else "，其后及时办理"
        return f"{chinese_date(day)}（{weekday(day)}，{count}）期满{then}"
    if line.fixed is None or day == line.due != line.fixed.day:
        note = f"，固定日{line.fixed.told}已过" if line.fixed and line.fixed.day else ""
        return f"{chinese_date(day)}（{weekday(day)}，{count}）{note}"
    return f"固定日{line.fixed.told}，{count}；最迟{chinese_date(line.due)}"


def _unjudged(findings: Iterable[Finding], as_of: date, until: date) -> tuple[str, ...]:
    """Duties that end in the time asked for, of which the ledger cannot tell whether they are met."""
    ending = (one for one in findings if one.period and as_of <= one.due <= until)
    return unjudged(ending, "到期而台账看不出的，请另行核对")


def _unread(fixed: Iterable[Finding]) -> tuple[str, ...]:
    """The finding that says that the fixed day cannot be read."""
    return tuple(f.message for f in fixed if f.status is Status.UNKNOWN and f.period is None)


def events(view: DueView) -> tuple[Event, ...]:
    """What is to come, for a calendar; what is overdue has no day there."""
    rows = [row for row in view.rows if row.due >= view.as_of]
    keys = [row.key for row in rows]
    return tuple(
        Event(
            # two lines of one period differ by their last day only
            key=row.key if keys.count(row.key) == 1 else f"{row.key}:{row.due}",
            day=row.day,
            summary=row.title,
            description=f"{row.last}。{row.post}。依据：{row.grounds}",
            remind_days=row.remind_days,
        )
        for row in rows
    )
