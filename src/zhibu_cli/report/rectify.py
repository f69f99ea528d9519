"""Problems and their correction, counted from 整改清单."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.report.figures import Balance, count
from zhibu_cli.report.wording import NOT_SEEN, in_line, missing
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from zhibu_cli.model.sitting import Rectification
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_DONE = "“完成日期”已填即为完成，只填完成情况的不算"


class Rectified(NamedTuple):
    """Problems of a paper's period; x corrected of x."""

    carried: Figure
    corrected: Figure
    remaining: Figure
    overdue: Figure
    added: Figure | None
    """Those that came up in the period; the 述职 does not ask."""
    rows: tuple[Rectification, ...]
    """Those carried over."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them."""
        own = (self.carried, self.corrected, self.remaining, self.overdue)
        return own if self.added is None else (*own, self.added)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """What was carried over is corrected or remains."""
        return (Balance(self.carried, (self.corrected, self.remaining)),)


def carried_over(scope: Scope) -> Rectified:
    """Problems open when the quarter began, and what became of them up to the last day counted.

    The list says in which year and at which meeting a problem came up, not on which day; the day of
    that meeting is taken, and where no such meeting is recorded the problem counts as older.
    """
    start, end = scope.span
    raised = {row.id: _raised(scope, row) for row in scope.ledger.rectifications}
    known = [r for r in scope.ledger.rectifications if not _later(r, raised[r.id], scope)]
    old = [row for row in known if _before(row, raised[row.id], start)]
    carried = tuple(row for row in old if row.done_on is None or row.done_on >= start)
    new = (row.id for row in known if row not in old)
    rule = f"整改清单中季初以前提出、季初尚未完成的；{_DONE}；提出之日按来源会议日期，查不到的视为此前提出"
    none = "整改清单中没有上季度结转的问题" if scope.ledger.rectifications else "台账尚无整改清单"
    return Rectified(
        carried=count(
            "carried", "上季度结转问题", _ids(carried), rule, unit="项", reason=none, none=NOT_SEEN
        ),
        added=count(
            "added",
            "本季度新列问题",
            new,
            "整改清单中来源会议在本季度内召开的",
            unit="项",
            reason="没有来源会议在本季度召开的问题",
        ),
        rows=carried,
        **_outcome(carried, end, none),
    )


def _ids(rows: Iterable[Rectification]) -> Iterable[str]:
    return (row.id for row in rows)


def _outcome(rows: Iterable[Rectification], end: date, none: str) -> dict[str, Figure]:
    listed = tuple(rows)
    done = [row for row in listed if _done(row, end)]
    left = [row for row in listed if not _done(row, end)]
    late = [row for row in left if row.deadline is not None and row.deadline < end]
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
        "overdue": count(
            "overdue",
            "超过时限未完成",
            _ids(late),
            f"尚未完成的问题中时限早于{on}的",
            unit="项",
            reason="没有超过时限的",
        ),
    }


def _done(row: Rectification, end: date) -> bool:
    return row.done_on is not None and row.done_on <= end


def _raised(scope: Scope, row: Rectification) -> date | None:
    """The day of the meeting the problem comes from, where one is recorded."""
    days = (
        sitting.day
        for sitting in scope.ledger.sittings
        if row.source in sitting.kinds
        and row.assessment_year is not None
        and sitting.assessment_year == row.assessment_year
    )
    return min(days, default=None)


def _before(row: Rectification, raised: date | None, start: date) -> bool:
    return raised < start if raised is not None else (row.assessment_year or 0) <= start.year


def _later(row: Rectification, raised: date | None, scope: Scope) -> bool:
    if raised is not None:
        return raised > scope.horizon
    return (row.assessment_year or 0) > scope.horizon.year


def of_debriefing(scope: Scope, year: int) -> Rectified:
    """Problems named at the 述职评议 of a year, and how many are corrected by now."""
    rows = tuple(
        row
        for row in scope.ledger.rectifications
        if row.source == "debriefing" and row.assessment_year == year
    )
    none = f"整改清单中没有来源为述职评议、所属年度为{year}年的问题"
    rule = f"整改清单中来源为述职评议、所属年度为{year}年的；{_DONE}"
    return Rectified(
        carried=count("carried", "上年度点评问题", _ids(rows), rule, unit="项", reason=none, none=NOT_SEEN),
        added=None,
        rows=rows,
        **_outcome(rows, scope.horizon, none),
    )


def all_listed(scope: Scope) -> tuple[Figure, Figure]:
    """Everything in the list up to the year of the paper, and how much of it is corrected."""
    end = scope.horizon
    rows = [row for row in scope.ledger.rectifications if not _later(row, _raised(scope, row), scope)]
    done = [row for row in rows if _done(row, end)]
    none = "整改清单中没有这样的问题"
    rule = f"整改清单中{chinese_date(end)}以前提出的全部问题；提出之日按来源会议日期，查不到的按所属年度"
    then = f"其中完成日期不晚于{chinese_date(end)}的；{_DONE}"
    return (
        count("listed", "整改清单登记问题", _ids(rows), rule, unit="项", reason=none, none=NOT_SEEN),
        count("listed_done", "整改清单完成整改", _ids(done), then, unit="项", reason=none),
    )


def told(row: Rectification, end: date) -> str:
    """One problem in one sentence, in the list's own words."""
    measures = in_line(row.measures) or missing("措施")
    progress = in_line(row.progress)
    if _done(row, end) and row.done_on is not None:
        state = f"已于{chinese_date(row.done_on)}完成"
    else:
        state = "尚未完成"
        if row.deadline is not None:
            state += f"，时限{chinese_date(row.deadline)}"
    words = f"问题：{_stop(in_line(row.problem))}措施：{_stop(measures)}"
    return words + (f"完成情况：{_stop(progress)}" if progress else "") + state + "。"


def _stop(words: str) -> str:
    return words if words.endswith(("。", "！", "？", "；")) else words + "。"
