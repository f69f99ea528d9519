"""Conditions that must not last: no committee where one is due, a post left vacant.

``state.committee``: so many full members and no committee. Parameters:
    full_members: from how many full members a committee is due.
    grace_days: days from the beginning of that condition within which it may still be cured.
    at_risk_days: the last days before the due day in which an open condition is at risk.
    not_for: types of branch that need none (临时党支部).
    asks: the words of the text for the message.

``state.vacancy``: a post that somebody held and nobody holds. Parameters:
    grace_months: months from the vacancy on which nothing is said to be late.
    at_risk_days, asks: as above.

A new term (产生方式 换届选举) settles anew which posts there are, so it ends every vacancy.

How a run of days is told: see rules/checks/lasting.py.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import add_months
from zhibu_cli.model.roster import ELECTED
from zhibu_cli.rules.checks.lasting import Run, State, Watch, answer, change_days, runs, watch
from zhibu_cli.rules.duty import Verdict
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.rules.case import Case

PARAMETERS = {
    "committee": {
        "full_members": "number-",
        "grace_days": "count-",
        "at_risk_days": "count+",
        "not_for": "texts?",
        "asks": "text",
    },
    "vacancy": {"grace_months": "count-", "at_risk_days": "count+", "asks": "text"},
}


def committee(rule: Rule, case: Case) -> Iterator[Finding]:
    """A committee where there are enough full members (regulations.md §10-4)."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    roster, need = case.ledger.roster, version.params["full_members"]
    exempt = _exempt(version, case)

    def lacking(day: date) -> bool | None:
        if exempt or len(roster.full_on(day)) < need:
            return False
        return not roster.committee_on(day) if roster.posts_known(day) else None

    grace = timedelta(days=version.params["grace_days"])
    cured = f"起已设支部委员会或正式党员不足{need}人"
    days = watch(rule, case, "member", "post")
    words = f"正式党员{need}人以上而未见支部委员会"
    states = [
        State(run, run.since + grace, words, cured, by="按“职务任期”和名册，")
        for run in runs(change_days(roster, days.first, days.last), lacking)
    ]
    yield from answer(rule, case, days.always() if exempt else days, states, _committee_now)


def _committee_now(version: Version, case: Case) -> Verdict:
    roster, need, day = case.ledger.roster, version.params["full_members"], case.horizon
    full, body = len(roster.full_on(day)), roster.committee_on(day)
    if _exempt(version, case):
        return Verdict(Status.NOT_APPLICABLE, f"支部类型为{_type(case)}，不要求设支部委员会。")
    if not roster.members_on(day):
        return Verdict(Status.UNKNOWN, f"名册中没有{chinese_date(day)}在册的党员，无法判断。")
    if full < need:
        return Verdict(Status.NOT_APPLICABLE, f"正式党员{full}人，不足{need}人。")
    if not roster.posts_known(day):
        return _posts_unknown(day)
    return Verdict(Status.MET, f"正式党员{full}人，按“职务任期”设有支部委员会，成员{len(body)}人。")


def _exempt(version: Version, case: Case) -> bool:
    return case.ledger.branch.type in version.params.get("not_for", ())


def _type(case: Case) -> str:
    return case.ledger.catalogue.register("branch").field("type").term(case.ledger.branch.type)


def vacancy(rule: Rule, case: Case) -> Iterator[Finding]:
    """Posts that somebody held and nobody holds."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    roster, months = case.ledger.roster, version.params["grace_months"]
    states = []
    days = watch(rule, case, "post")
    for post in dict.fromkeys(held.post for held in roster.posts):
        title = case.post_title(post)
        states += [
            State(run, add_months(run.since, months), f"{title}空缺", f"{title}空缺结束")
            for run in _vacant(roster, post, days)
        ]
    yield from answer(rule, case, days, _merged(states), _vacancy_now)


def _vacancy_now(version: Version, case: Case) -> Verdict:
    del version
    if not case.ledger.roster.posts_known(case.horizon):
        return _posts_unknown(case.horizon)
    return Verdict(Status.MET, "按“职务任期”，有人任过的书记、副书记和委员职务没有空缺。")


def _posts_unknown(day: date) -> Verdict:
    return Verdict(Status.UNKNOWN, f"“职务任期”中没有{chinese_date(day)}在任的人员，无法判断。")


def _merged(states: list[State]) -> list[State]:
    """One state for every due day, so that keys stay unique when posts fall vacant together."""
    merged = []
    for due in sorted({state.due for state in states}):
        same = [state for state in states if state.due == due]
        still = [state for state in same if state.run.until is None]
        ends = [state.run.until for state in same if state.run.until]
        run = Run(min(state.run.since for state in same), None if still else max(ends))
        lasting = "、".join(state.lasting for state in still or same)
        cured = "、".join(state.cured for state in same)
        merged.append(State(run, due, lasting, cured, by="按“职务任期”，"))
    return merged


def _vacant(roster: Roster, post: str, days: Watch) -> Iterator[Run]:
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
    first = days.first
    earliest = min((first, *(held.since for held in roster.posts)))
    for day in change_days(roster, earliest, days.last):
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
            yield from _within(Run(since, day), first)
            since = None
    if since is not None:
        yield Run(max(since, first), None)


def _within(run: Run, first: date) -> Iterator[Run]:
    if run.until is not None and run.until > first:
        yield Run(max(run.since, first), run.until)
