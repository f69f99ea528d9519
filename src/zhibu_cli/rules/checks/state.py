"""Conditions that must not last: no committee where one is due, a post left vacant.

``state.committee``: so many full members and no committee. Parameters:
    full_members: from how many full members a committee is due.
    grace_days: days from the beginning of that condition within which it may still be cured.
    at_risk_days: the last days before the due day in which an open condition is at risk.
    asks: the words of the text for the message.

``state.vacancy``: a post that somebody held and nobody holds. Parameters:
    grace_months: months from the vacancy on which nothing is said to be late.
    at_risk_days, asks: as above.

A new term (产生方式 换届选举) settles anew which posts there are, so it ends every vacancy.

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

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Span, add_months
from zhibu_cli.model.roster import ELECTED
from zhibu_cli.rules.case import Case, make, open_or_missed
from zhibu_cli.rules.duty import DAY, Verdict, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "committee": {"full_members": "count", "grace_days": "count", "at_risk_days": "count", "asks": "text"},
    "vacancy": {"grace_months": "count", "at_risk_days": "count", "asks": "text"},
}


class _Run(NamedTuple):
    """Days on which a condition lasted."""

    since: date
    until: date | None
    """The day it was cured; None: not by the as-of day."""


class _State(NamedTuple):
    """One run in words."""

    run: _Run
    due: date
    lasting: str
    """未见支部委员会, 书记空缺."""
    cured: str
    """What follows the day: 起已设支部委员会, 书记空缺结束."""


def committee(rule: Rule, case: Case) -> Iterator[Finding]:
    """A committee where there are enough full members (regulations.md §10-4)."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    roster, need = case.ledger.roster, version.params["full_members"]

    def lacking(day: date) -> bool | None:
        if len(roster.full_on(day)) < need:
            return False
        return not roster.committee_on(day) if roster.posts_known(day) else None

    grace = timedelta(days=version.params["grace_days"])
    cured = f"起已设支部委员会或正式党员不足{need}人"
    states = [
        _State(run, run.since + grace, f"正式党员{need}人以上而未见支部委员会", cured)
        for run in _runs(_days(roster, _first(rule, case), case.as_of), lacking)
    ]
    yield from _answer(rule, case, states, _committee_now)


def _committee_now(version: Version, case: Case) -> Verdict:
    roster, need, day = case.ledger.roster, version.params["full_members"], case.horizon
    full, body = len(roster.full_on(day)), roster.committee_on(day)
    if not roster.members_on(day):
        return Verdict(Status.UNKNOWN, f"名册中没有{chinese_date(day)}在册的党员，无法判断。")
    if full < need:
        return Verdict(Status.NOT_APPLICABLE, f"正式党员{full}人，不足{need}人。")
    if not roster.posts_known(day):
        return _posts_unknown(day)
    return Verdict(Status.MET, f"正式党员{full}人，按“职务任期”设有支部委员会，成员{len(body)}人。")


def vacancy(rule: Rule, case: Case) -> Iterator[Finding]:
    """Posts that somebody held and nobody holds."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    roster, months = case.ledger.roster, version.params["grace_months"]
    states = []
    for post in dict.fromkeys(held.post for held in roster.posts):
        title = case.post_title(post)
        states += [
            _State(run, add_months(run.since, months), f"{title}空缺", f"{title}空缺结束")
            for run in _vacant(roster, post, _first(rule, case), case.as_of)
        ]
    yield from _answer(rule, case, _merged(states), _vacancy_now)


def _vacancy_now(version: Version, case: Case) -> Verdict:
    del version
    if not case.ledger.roster.posts_known(case.horizon):
        return _posts_unknown(case.horizon)
    return Verdict(Status.MET, "按“职务任期”，有人任过的书记、副书记和委员职务没有空缺。")


def _posts_unknown(day: date) -> Verdict:
    return Verdict(Status.UNKNOWN, f"“职务任期”中没有{chinese_date(day)}在任的人员，无法判断。")


def _first(rule: Rule, case: Case) -> date:
    return max(rule.versions[0].since, case.ledger.branch.founded)


def _merged(states: list[_State]) -> list[_State]:
    """One state for every due day, so that keys stay unique when posts fall vacant together."""
    merged = []
    for due in sorted({state.due for state in states}):
        same = [state for state in states if state.due == due]
        still = [state for state in same if state.run.until is None]
        ends = [state.run.until for state in same if state.run.until]
        run = _Run(min(state.run.since for state in same), None if still else max(ends))
        lasting = "、".join(state.lasting for state in still or same)
        merged.append(_State(run, due, lasting, "、".join(state.cured for state in same)))
    return merged


def _answer(
    rule: Rule, case: Case, states: list[_State], now: Callable[[Version, Case], Verdict]
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


def _vacant(roster: Roster, post: str, first: date, last: date) -> Iterator[_Run]:
    """Runs of days on which the post is vacant, its holder gone and no new term begun."""

    def holders(day: date, *, on_last_day: bool) -> int:
        refs = {
            held.member
            for held in roster.posts
            if held.post == post and held.held_on(day) and (on_last_day or held.until != day)
        }
        here = map(roster.by_id.get, refs)
        return sum(member is None or bool(member.home) or member.in_branch(day) for member in here)

    most = 0
    since: date | None = None
    earliest = min((first, *(held.since for held in roster.posts)))
    for day in _days(roster, earliest, last):
        if any(held.origin == ELECTED and held.since == day for held in roster.posts):
            most = 0
        now = holders(day, on_last_day=True)
        # both end days belong to a term: on the day of a handover the old holder is there beside the new
        most = max(most, holders(day, on_last_day=False))
        if not roster.posts_known(day):
            continue
        lacking = now < most
        if lacking and since is None:
            since = day
        elif not lacking and since is not None:
            yield from _within(_Run(since, day), first)
            since = None
    if since is not None:
        yield _Run(max(since, first), None)


def _within(run: _Run, first: date) -> Iterator[_Run]:
    if run.until is not None and run.until > first:
        yield _Run(max(run.since, first), run.until)


def _runs(days: Iterable[date], lasts: Callable[[date], bool | None]) -> list[_Run]:
    """Runs of the condition, looked at on every day on which it may change; None: not known then."""
    runs: list[_Run] = []
    since: date | None = None
    for day in days:
        now = lasts(day)
        if now:
            since = since or day
        elif now is False and since is not None:
            runs.append(_Run(since, day))
            since = None
    return [*runs, _Run(since, None)] if since is not None else runs


def _days(roster: Roster, first: date, last: date) -> list[date]:
    """The first day and every later one on which somebody comes, goes, turns full or changes posts."""
    days = {first}
    for member in roster.members:
        days |= {day for day in (member.since, member.converted, member.left) if day}
        for event in member.events:
            days |= {event.day}
    for held in roster.posts:
        days |= {held.since} | ({held.until + DAY} if held.until else set())
    return sorted(day for day in days if first <= day <= last)


def _finding(rule: Rule, case: Case, state: _State) -> Iterator[Finding]:
    run, due = state.run, state.due
    version = rule.version_on(case.deciding_day(due))
    if version is None:
        return
    last = case.as_of if run.until is None else run.until - DAY
    # a run that outlasts its due day reaches every range up to its end
    start = run.since if Span(run.since, due).overlaps(case.asked) else max(last, due)
    verdict = _lasting(version, case, state) if run.until is None else _cured(state, run.until)
    yield _make(rule, version, case, on=case.deciding_day(due), due=due, start=start, verdict=verdict)


def _lasting(version: Version, case: Case, state: _State) -> Verdict:
    status = open_or_missed(state.due, case.as_of, version.params["at_risk_days"])
    since, due = chinese_date(state.run.since), chinese_date(state.due)
    if status is Status.MISSED:
        so_far = f"截至{chinese_date(case.as_of)}未见变化（核对期限{due}）"
    else:
        left = (state.due - case.as_of).days
        so_far = f"核对期限{due}" + (f"，还有{left}天" if left else "（当日）")
    return Verdict(status, f"按“职务任期”和名册，自{since}起{state.lasting}，{so_far}。{asks(version)}")


def _cured(state: _State, until: date) -> Verdict:
    when = f"{chinese_date(until)}{state.cured}"
    late = "晚于" if until > state.due else "未超过"
    since = f"按“职务任期”和名册，自{chinese_date(state.run.since)}起{state.lasting}"
    return Verdict(Status.MET, f"{since}，{when}，{late}核对期限{chinese_date(state.due)}。")


def _make(
    rule: Rule, version: Version, case: Case, *, on: date, due: date, start: date, verdict: Verdict
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
    )
