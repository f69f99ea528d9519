"""Problems and their correction, counted from 整改清单."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.period import Unit
from zhibu_cli.report.figures import Balance, count
from zhibu_cli.report.wording import NOT_SEEN, in_line, missing, shortened
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from zhibu_cli.model.sitting import Rectification
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_LONG = 120
"""Characters of a problem, measure or progress in a sentence; the rest stands in the list."""

_DONE = "“完成日期”已填即为完成，只填完成情况的不算"
RAISED = (
    "提出之日按来源会议日期，查不到的按所属年度1月1日，"
    "在此之前已完成的按完成日期，没有写所属年度的视为此前提出"
)
"""The one rule by which a problem belongs to a quarter or a year, see ``raised_on``."""


class Rectified(NamedTuple):
    """Problems of a paper's period; x corrected of x."""

    carried: Figure
    corrected: Figure
    remaining: Figure
    overdue: Figure
    rows: tuple[Rectification, ...]
    """Those carried over."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them."""
        return (self.carried, self.corrected, self.remaining, self.overdue)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """What was carried over is corrected or remains."""
        return (Balance(self.carried, (self.corrected, self.remaining)),)


class Listed(NamedTuple):
    """The problems of a quarter or year: those carried over, those that came up, those carried on."""

    last: Rectified
    """Carried over from the quarter or year before; ``overdue`` here counts every open problem."""
    added: Figure
    added_done: Figure
    added_left: Figure
    onward: Figure
    new: tuple[Rectification, ...]
    open: tuple[Rectification, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them."""
        return (*self.last.figures, self.added, self.added_done, self.added_left, self.onward)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """What the next period finds carried over is what this one leaves open."""
        return (
            *self.last.balances,
            Balance(self.added, (self.added_done, self.added_left)),
            Balance(self.onward, (self.last.remaining, self.added_left)),
        )


def carried_over(scope: Scope) -> Listed:
    """Problems open when the period began or raised in it, and what became of them up to the last day.

    Quarter and year count alike, see ``raised_on``: what four quarters call new, the year does too.
    """
    start, end = scope.span
    rows = known(scope)
    old = [row for row in rows if raised_on(scope, row) < start]
    carried = tuple(row for row in old if row.done_on is None or row.done_on >= start)
    new = tuple(row for row in rows if row not in old)
    open_ = tuple(row for row in (*carried, *new) if not _done(row, end))
    listed = bool(scope.ledger.rectifications)
    none = f"整改清单中没有{scope.before}结转的问题" if listed else "台账尚无整改清单"
    outcome = _outcome(carried, end, none) | {"overdue": _overdue(open_, end)}
    return Listed(
        last=Rectified(
            carried=count(
                "carried", f"{scope.before}结转问题", _ids(carried), _carried_rule(scope), unit="项",
                reason=none, none=NOT_SEEN,
            ),
            rows=carried,
            **outcome,
        ),
        new=new,
        open=open_,
        **_added(scope, new, open_, empty="" if listed else none),
    )  # fmt: skip


def _carried_rule(scope: Scope) -> str:
    first = "季初" if scope.period.unit is Unit.QUARTER else "年初"
    return f"整改清单中{first}以前提出、{first}尚未完成的；{_DONE}；{RAISED}"


def known(scope: Scope) -> tuple[Rectification, ...]:
    """The problems that had been raised by the last day counted."""
    return tuple(row for row in scope.ledger.rectifications if raised_on(scope, row) <= scope.horizon)


def _ids(rows: Iterable[Rectification]) -> Iterable[str]:
    return (row.id for row in rows)


def _added(
    scope: Scope, new: Iterable[Rectification], open_: Collection[Rectification], *, empty: str
) -> dict[str, Figure]:
    """The figures of new and open problems; ``empty``: why there is no list at all."""
    rows, on, word = tuple(new), chinese_date(scope.horizon), scope.word
    none = empty or f"整改清单中没有{word}提出的问题"
    zero = NOT_SEEN if empty else "0"
    left = [row for row in rows if row in open_]
    done = [row for row in rows if row not in open_]
    rule = f"整改清单中{word}内提出的；{RAISED}"

    def of(key: str, label: str, found: Iterable[Rectification], how: str, reason: str) -> Figure:
        return count(key, label, _ids(found), how, unit="项", reason=empty or reason, none=zero)

    return {
        "added": of("added", f"{word}新列问题", rows, rule, none),
        "added_done": of(
            "added_done",
            "新列已完成",
            done,
            f"整改清单中{word}内提出、完成日期不晚于{on}的；{RAISED}",
            "没有已完成的" if rows else none,
        ),
        "added_left": of(
            "added_left",
            "新列未完成",
            left,
            f"整改清单中{word}内提出、{on}仍未完成的；{RAISED}",
            "没有未完成的" if rows else none,
        ),
        "onward": of(
            "onward",
            "未完成问题合计",
            open_,
            f"{scope.before}结转和{word}新列的问题中{on}仍未完成的",
            "没有未完成的",
        ),
    }


def _outcome(rows: Iterable[Rectification], end: date, none: str) -> dict[str, Figure]:
    listed = tuple(rows)
    done = [row for row in listed if _done(row, end)]
    left = [row for row in listed if not _done(row, end)]
    on = chinese_date(end)
    return {
        "corrected": count(
            "corrected",
            "完成整改",
            _ids(done),
            f"其中完成日期不晚于{on}的",
            unit="项",
            reason=none if not listed else "没有已完成的",
        ),
        "remaining": count(
            "remaining",
            "尚未完成",
            _ids(left),
            f"其中{on}仍未完成的",
            unit="项",
            reason=none if not listed else "没有未完成的",
        ),
        "overdue": _overdue(left, end),
    }


def _overdue(left: Iterable[Rectification], end: date) -> Figure:
    late = (row for row in left if row.deadline is not None and row.deadline < end)
    rule = f"{chinese_date(end)}仍未完成的问题中时限早于该日的"
    return count("overdue", "超过时限未完成", _ids(late), rule, unit="项", reason="没有超过时限的")


def _done(row: Rectification, end: date) -> bool:
    return row.done_on is not None and row.done_on <= end


def raised_on(scope: Scope, row: Rectification) -> date:
    """The day a problem counts as raised: that of the meeting it comes from, where one is recorded.

    The list itself says no day, only the meeting and the year. Where no such meeting is recorded the
    first day of the year stands in; where no year is written either, the problem is older than all.
    What was corrected before that day was raised by then: it belongs to the period in which it was corrected.
    """
    if row.assessment_year is None:
        return date.min
    day = min(_meetings(scope, row), default=date(row.assessment_year, 1, 1))
    return min(day, row.done_on or day)


def _meetings(scope: Scope, row: Rectification) -> Iterator[date]:
    for sitting in scope.ledger.sittings:
        if row.source in sitting.kinds and sitting.assessment_year == row.assessment_year:
            yield sitting.day
    for entry in scope.ledger.entries:
        held = entry.register == row.source and entry.payload.get("assessment_year") == row.assessment_year
        if held and entry.day is not None:
            yield entry.day


def of_debriefing(scope: Scope, year: int) -> Rectified:
    """Problems named at the 述职评议 of a year, and how many are corrected by now."""
    rows = tuple(row for row in known(scope) if row.source == "debriefing" and row.assessment_year == year)
    none = f"整改清单中没有来源为述职评议、所属年度为{year}年的问题"
    rule = f"整改清单中来源为述职评议、所属年度为{year}年的；{_DONE}"
    return Rectified(
        carried=count("carried", "上年度点评问题", _ids(rows), rule, unit="项", reason=none, none=NOT_SEEN),
        rows=rows,
        **_outcome(rows, scope.horizon, none),
    )


def of_assessment(scope: Scope, year: int) -> Rectified:
    """Problems from the 组织生活会 and 民主评议 for a year, and how many are corrected by now.

    The scope should reach beyond the year: the meetings for it are held in the next one, too.
    """
    rows = tuple(row for row in known(scope) if row.source in _MEETINGS and row.assessment_year == year)
    none = f"整改清单中没有来源为组织生活会、民主评议，所属年度为{year}年的问题"
    rule = f"整改清单中来源为组织生活会、民主评议，所属年度为{year}年的；{_DONE}"
    return Rectified(
        carried=count("carried", "查摆问题", _ids(rows), rule, unit="项", reason=none, none=NOT_SEEN),
        rows=rows,
        **_outcome(rows, scope.horizon, none),
    )


_MEETINGS = ("org_life_meeting", "appraisal")


def all_listed(scope: Scope) -> tuple[Figure, Figure]:
    """Everything in the list up to the year of the paper, and how much of it is corrected."""
    end = scope.horizon
    rows = known(scope)
    done = [row for row in rows if _done(row, end)]
    none = "整改清单中没有这样的问题"
    rule = f"整改清单中{chinese_date(end)}以前提出的全部问题；{RAISED}"
    then = f"其中完成日期不晚于{chinese_date(end)}的；{_DONE}"
    return (
        count("listed", "整改清单登记问题", _ids(rows), rule, unit="项", reason=none, none=NOT_SEEN),
        count("listed_done", "整改清单完成整改", _ids(done), then, unit="项", reason=none),
    )


def outcome_told(rectified: Rectified) -> str:
    """``完成整改2项，尚未完成1项``; all or none of them in words."""
    done, left = rectified.corrected, rectified.remaining
    return all_or_none(done, rectified.carried) or f"完成整改{done}项，尚未完成{left}项"


def all_or_none(done: Figure, whole: Figure) -> str:
    """``均已完成整改`` or ``均未完成``, other words of a single one; empty: some are and some are not."""
    many = whole.number != 1
    if done.number == whole.number:
        return "均已完成整改" if many else "已完成整改"
    if done.number:
        return ""
    return "均未完成" if many else "尚未完成"


def named(scope: Scope, row: Rectification) -> bool:
    """Whether what the list says of a problem names somebody of the roster: not for a paper handed in."""
    words = f"{row.problem}\n{row.measures}\n{row.progress}"
    return any(member.name in words for member in scope.roster.members)


def tellable(scope: Scope, rows: Iterable[Rectification], most: int, first: int = 1) -> list[str]:
    """The problems one by one, as many as may be; the rest, and those that name somebody, as a number."""
    listed = tuple(rows)
    open_ = [row for row in listed if not named(scope, row)]
    lines = [f"{number}.{told(row, scope.horizon)}" for number, row in enumerate(open_[:most], first)]
    if len(open_) > most:
        lines.append(f"其余{len(open_) - most}项见整改清单。")
    if len(open_) < len(listed):
        lines.append(f"另有{len(listed) - len(open_)}项写到具体党员，这里只计数，见整改清单。")
    return lines


def told(row: Rectification, end: date) -> str:
    """One problem in one sentence, in the list's own words.

    What the list says of the progress of a problem corrected later was not known yet.
    """
    measures = _brief(row.measures) or missing("措施")
    progress = "" if row.done_on is not None and not _done(row, end) else _brief(row.progress)
    if _done(row, end) and row.done_on is not None:
        state = f"已于{chinese_date(row.done_on)}完成"
    else:
        state = "尚未完成"
        if row.deadline is not None:
            state += f"，时限{chinese_date(row.deadline)}"
    words = f"问题：{_stop(_brief(row.problem))}措施：{_stop(measures)}"
    return words + (f"完成情况：{_stop(progress)}" if progress else "") + state + "。"


def _brief(words: str) -> str:
    return shortened(in_line(words), _LONG)


def _stop(words: str) -> str:
    return words if words.endswith(("。", "！", "？", "；")) else words + "。"
