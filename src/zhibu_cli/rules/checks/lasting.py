"""Conditions that must not last: what the checks of states (state, size, posts) have in common.

A finding is about one run of days on which the condition lasts; its key is ``rule@due`` (period null),
``due`` being the first day of the run with the grace added. Open and not over: pending, at risk in
the last ``at_risk_days``; open and over: missed, in **every** later answer until it is cured, also
where the range asked for lies wholly after the due day; cured: met, and the message says when, in the
answers whose range touches the run. To reach later ranges ``start`` is then the last day of the run
instead of its first. Where nothing is wrong one finding says so (met, or not applicable), with the
last day asked for as its due day. Days on which no holder of any post is known change nothing: a run
goes on through them, and where none was under way they are unknown.

Parameters are those in force on the as-of day, severity and articles those of the due day, or of the
as-of day before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Span
from zhibu_cli.rules.case import Case, make, open_or_missed
from zhibu_cli.rules.duty import DAY, Verdict, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.rule import Rule, Version


class Run(NamedTuple):
    """Days on which a condition lasted."""

    since: date
    until: date | None
    """The day it was cured; None: not by the as-of day."""

    def last(self, case: Case) -> date:
        """The last day on which it lasted, or the as-of day."""
        return case.as_of if self.until is None else self.until - DAY


class State(NamedTuple):
    """One run in words."""

    run: Run
    due: date
    lasting: str
    """未设支部委员会, 书记空缺."""
    cured: str
    """设立支部委员会, 书记补齐."""
    detail: str = ""
    """What only those who ask for more are told."""


def first_day(rule: Rule, case: Case) -> date:
    """The first day that is looked at: the rule in force and the branch founded."""
    return max(rule.versions[0].since, case.ledger.branch.founded)


def answer(
    rule: Rule, case: Case, states: list[State], now: Callable[[Version, Case], Verdict]
) -> Iterator[Finding]:
    """A finding for each run, and one for the last day asked about where no run holds on it."""
    for state in states:
        yield from _finding(rule, case, state)
    day = case.horizon
    version = rule.version_on(day)
    holds = any(
        state.due == day or (state.run.since <= day and (state.run.until is None or day < state.run.until))
        for state in states
    )
    if version is None or holds:
        return
    founded = case.ledger.branch.founded
    later = Verdict(Status.NOT_APPLICABLE, f"支部{chinese_date(founded)}才成立。")
    verdict = later if day < founded else now(version, case)
    yield _make(rule, version, case, on=day, due=day, start=day, verdict=verdict)


def runs(days: Iterable[date], lasts: Callable[[date], bool | None]) -> list[Run]:
    """Runs of the condition, looked at on every day on which it may change; None: not known then."""
    found: list[Run] = []
    since: date | None = None
    for day in days:
        now = lasts(day)
        if now:
            since = since or day
        elif now is False and since is not None:
            found.append(Run(since, day))
            since = None
    return [*found, Run(since, None)] if since is not None else found


def change_days(roster: Roster, first: date, last: date, *, more: Iterable[date] = ()) -> list[date]:
    """The first day and every later one on which somebody comes, goes, turns full or changes posts."""
    days = {first, *more}
    for member in roster.members:
        days |= {day for day in (member.since, member.converted, member.left) if day}
        for event in member.events:
            days |= {event.day}
    for held in roster.posts:
        days |= {held.since} | ({held.until + DAY} if held.until else set())
    return sorted(day for day in days if first <= day <= last)


def _finding(rule: Rule, case: Case, state: State) -> Iterator[Finding]:
    run, due = state.run, state.due
    version = rule.version_on(case.deciding_day(due))
    if version is None:
        return
    # a run that outlasts its due day reaches every range up to its end
    start = run.since if Span(run.since, due).overlaps(case.asked) else max(run.last(case), due)
    verdict = _lasting(version, case, state) if run.until is None else _cured(state, run.until)
    on = case.deciding_day(due)
    yield _make(rule, version, case, on=on, due=due, start=start, verdict=verdict, detail=state.detail)


def _lasting(version: Version, case: Case, state: State) -> Verdict:
    status = open_or_missed(state.due, case.as_of, version.params["at_risk_days"])
    since, due = chinese_date(state.run.since), chinese_date(state.due)
    if status is Status.MISSED:
        so_far = f"截至{chinese_date(case.as_of)}未见变化"
        so_far += f"（核对期限{due}）" if state.due > state.run.since else ""
    else:
        left = (state.due - case.as_of).days
        so_far = f"核对期限{due}" + (f"，还有{left}天" if left else "（当日）")
    return Verdict(status, f"按“职务任期”和名册，自{since}起{state.lasting}，{so_far}。{asks(version)}")


def _cured(state: State, until: date) -> Verdict:
    when = f"{chinese_date(until)}{state.cured}"
    late = "晚于" if until > state.due else "未超过"
    limit = f"，{late}核对期限{chinese_date(state.due)}" if state.due > state.run.since else ""
    since = f"按“职务任期”和名册，自{chinese_date(state.run.since)}起{state.lasting}"
    return Verdict(Status.MET, f"{since}，{when}{limit}。")


def _make(
    rule: Rule,
    version: Version,
    case: Case,
    *,
    on: date,
    due: date,
    start: date,
    verdict: Verdict,
    detail: str = "",
) -> Finding:
    return make(
        rule,
        version,
        on=on,
        key=due.isoformat(),
        subject=case.branch(),
        status=verdict.status,
        start=start,
        due=due,
        message=verdict.message,
        detail=detail,
    )
