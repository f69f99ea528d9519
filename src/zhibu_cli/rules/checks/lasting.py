"""Conditions that must not last: what the checks of states (state, size, posts) have in common.

A finding is about one run of days on which the condition lasts; its key is ``rule@due`` (period null),
``due`` being the first day of the run with the grace added. Open and not over: pending, at risk in
the last ``at_risk_days``; open and over: missed, in **every** later answer until it is cured, also
where the range asked for lies wholly after the due day; cured: met, and the message says when, in the
answers whose range touches the run. To reach later ranges ``start`` is then the last day of the run
instead of its first. Where nothing is wrong one finding says so (met, or not applicable), with the
last day asked for as its due day. Days on which no holder of any post is known change nothing: a run
goes on through them, and where none was under way they are unknown.

Nothing is counted from before the registers began in which the condition is seen (regulations.md §0:
unknown): what holds on their first day is told from that day, the days before it are unknown. Where nobody
says since when they are kept, a condition that is seen is told as it stands, and since when it lasts is
unknown.

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
    by: str = ""
    """From which registers it is seen, where ``lasting`` does not say so."""


class Watch(NamedTuple):
    """The days that are looked at."""

    first: date
    last: date
    begins: date | None
    """The first day of the registers, if that is why nothing before ``first`` is looked at."""
    known: bool = True
    """Whether it is known since when the registers are kept; if not, only the last day asked for is seen."""

    def always(self) -> Watch:
        """The same for a branch to which the article does not apply, whenever its registers began."""
        return self._replace(begins=None)

    def since(self, run: Run) -> str:
        """From when on, in words."""
        start = "台账起始日" if run.since == self.begins else ""
        return f"自{start}{chinese_date(run.since)}起"


def watch(rule: Rule, case: Case, *registers: str) -> Watch:
    """From the day on which the rule is in force, the branch founded and the registers kept."""
    days = [case.ledger.begins(register) for register in registers]
    if None in days:
        return Watch(case.horizon, case.horizon, None, known=False)
    begins = max(filter(None, days))
    first = max(rule.versions[0].since, case.ledger.branch.founded)
    return Watch(max(first, begins), case.as_of, begins if begins > first else None)


def answer(
    rule: Rule, case: Case, days: Watch, states: list[State], now: Callable[[Version, Case], Verdict]
) -> Iterator[Finding]:
    """A finding for each run, and one for the last day asked about where no run holds on it."""
    if days.known:
        for state in states:
            yield from _finding(rule, case, days, state)
    day = case.horizon
    version = rule.version_on(day)
    holds = days.known and any(
        state.due == day or (state.run.since <= day and (state.run.until is None or day < state.run.until))
        for state in states
    )
    if version is None or holds:
        return
    verdict = _at_horizon(days, case, states, now(version, case))
    yield _make(rule, version, case, on=day, due=day, start=day, verdict=verdict)


def _at_horizon(days: Watch, case: Case, states: list[State], now: Verdict) -> Verdict:
    """What is said of the last day asked for, on which no run holds or since when one lasts is unknown."""
    founded = case.ledger.branch.founded
    if case.horizon < founded:
        return Verdict(Status.NOT_APPLICABLE, f"支部{chinese_date(founded)}才成立。")
    if days.begins is not None and case.horizon < days.begins:
        return Verdict(Status.UNKNOWN, f"台账自{chinese_date(days.begins)}起登记，此前情况无法判断。")
    if days.known or not states:
        return now
    seen = states[0].by + chinese_date(case.horizon) + "；".join(state.lasting for state in states)
    return Verdict(Status.UNKNOWN, f"{seen}；台账起始日没有写明，从何时起无法判断。")


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


def _finding(rule: Rule, case: Case, days: Watch, state: State) -> Iterator[Finding]:
    run, due = state.run, state.due
    version = rule.version_on(case.deciding_day(due))
    if version is None:
        return
    # a run that outlasts its due day reaches every range up to its end
    start = run.since if Span(run.since, due).overlaps(case.asked) else max(run.last(case), due)
    verdict = _lasting(version, case, days, state) if run.until is None else _cured(days, state, run.until)
    on = case.deciding_day(due)
    yield _make(rule, version, case, on=on, due=due, start=start, verdict=verdict, detail=state.detail)


def _lasting(version: Version, case: Case, days: Watch, state: State) -> Verdict:
    status = open_or_missed(state.due, case.as_of, version.params["at_risk_days"])
    due = chinese_date(state.due)
    if status is Status.MISSED:
        so_far = f"截至{chinese_date(case.as_of)}未见变化"
        so_far += f"（核对期限{due}）" if state.due > state.run.since else ""
    else:
        left = (state.due - case.as_of).days
        so_far = f"核对期限{due}" + (f"，还有{left}天" if left else "（当日）")
    return Verdict(status, f"{state.by}{days.since(state.run)}{state.lasting}，{so_far}。{asks(version)}")


def _cured(days: Watch, state: State, until: date) -> Verdict:
    when = f"{chinese_date(until)}{state.cured}"
    late = "晚于" if until > state.due else "未超过"
    limit = f"，{late}核对期限{chinese_date(state.due)}" if state.due > state.run.since else ""
    return Verdict(Status.MET, f"{state.by}{days.since(state.run)}{state.lasting}，{when}{limit}。")


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
