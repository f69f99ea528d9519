"""The make-up of the branch by its roster: how many members, groups, who is in no group.

``size.members``: too few or too many members. Parameters:
    who: ``full`` (正式党员) or ``all`` (预备党员 among them).
    at_least, at_most: the text's own numbers; one of them.

``size.groups``: members enough for groups and no group. Parameters:
    members: from how many members on.
    group_members, group_full: how many members, and full members, a group has at least.
    A group led by a probationary member is told as well.

``size.ungrouped``: a branch with groups and members in none of them. Parameters:
    new_days: days after arrival within which a member need not be in a group.

All three:
    grace_days: days from the beginning of the condition within which it may still be cured.
    at_risk_days: the last days before the due day in which an open condition is at risk.
    not_for: types of branch to which the article does not apply.
    asks: the words of the text for the message.

How a run of days is told: see rules/checks/lasting.py. People whose 组织关系 is elsewhere never count.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.checks.lasting import Run, State, answer, change_days, runs, watch
from zhibu_cli.rules.duty import Verdict, here_since
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Group, Member, Roster
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.rules.case import Case

_NAMES_SHOWN = 10
"""How many of a long list of names are told in the sentence; ``--verbose`` tells all."""
_COMMON = {"grace_days": "count-", "at_risk_days": "count+", "not_for": "texts?", "asks": "text"}
PARAMETERS = {
    "members": {"who": "full|all", "at_least": "number+?", "at_most": "number-?", **_COMMON},
    "groups": {"members": "number-", "group_members": "number+", "group_full": "number+", **_COMMON},
    "ungrouped": {"new_days": "count-", **_COMMON},
}


def members(rule: Rule, case: Case) -> Iterator[Finding]:
    """Fewer or more members than the text has."""
    roster = case.ledger.roster

    def fault(version: Version, day: date) -> str | None:
        number = _number(version, roster, day)
        if not roster.members_on(day):
            return None
        least, most = version.params.get("at_least"), version.params.get("at_most")
        if least is not None and number < least:
            return f"名册中{_who(version)}{number}人，不足{least}人"
        return f"名册中{_who(version)}{number}人，超过{most}人" if most is not None and number > most else ""

    def now(version: Version, day: date) -> str:
        return f"名册中{chinese_date(day)}{_who(version)}{_number(version, roster, day)}人。"

    yield from _states(rule, case, fault, now, cured="人数有了变化，不再是这种情况")


def _number(version: Version, roster: Roster, day: date) -> int:
    return len(roster.full_on(day) if version.params["who"] == "full" else roster.members_on(day))


def _who(version: Version) -> str:
    return "正式党员" if version.params["who"] == "full" else "党员"


def groups(rule: Rule, case: Case) -> Iterator[Finding]:
    """A branch large enough for groups without any, and groups that are too small."""
    roster = case.ledger.roster

    def fault(version: Version, day: date) -> str | None:
        number, need = len(roster.members_on(day)), version.params["members"]
        standing = [group for group in roster.groups if group.exists(day)]
        if number >= need and not standing:
            return f"名册中党员{need}人以上，“党小组”中没有登记党小组"
        return "；".join(part for group in standing for part in _small(version, roster, group, day))

    def now(version: Version, day: date) -> str:
        number, need = len(roster.members_on(day)), version.params["members"]
        standing = sum(group.exists(day) for group in roster.groups)
        few = f"，不足{need}人" if number < need else ""
        return f"名册中{chinese_date(day)}党员{number}人{few}，党小组{standing}个。"

    yield from _states(
        rule, case, fault, now, cured="党小组有了变化，不再是这种情况", more=_group_days(roster)
    )


def _small(version: Version, roster: Roster, group: Group, day: date) -> Iterator[str]:
    inside = roster.group_members_on(group.id, day)
    full = sum(member.is_full(day) for member in inside)
    if len(inside) < version.params["group_members"]:
        yield f"{group.name}党员{len(inside)}人，不足{version.params['group_members']}人"
    elif full < version.params["group_full"]:
        yield f"{group.name}正式党员{full}人，不足{version.params['group_full']}人"
    leader = roster.find(group.leader)
    if leader is not None and leader.in_branch(day) and not leader.is_full(day):
        yield f"{group.name}组长为预备党员"


def _group_days(roster: Roster) -> Iterator[date]:
    for group in roster.groups:
        yield from filter(None, (group.founded, group.dissolved))


def ungrouped(rule: Rule, case: Case) -> Iterator[Finding]:
    """Members of a branch with groups who are in none of them."""
    roster = case.ledger.roster

    def fault(version: Version, day: date) -> str | None:
        outside = _outside(version, case, day)
        names = "、".join(member.name for member in outside[:_NAMES_SHOWN])
        names += "等" if len(outside) > _NAMES_SHOWN else ""
        return f"名册中有{len(outside)}人没有编入党小组（{names}）" if outside else ""

    def now(version: Version, day: date) -> str:
        del version
        return f"{chinese_date(day)}在册的党员都编入了党小组，或者刚到支部。"

    def detail(version: Version, day: date) -> str:
        outside = [member.name for member in _outside(version, case, day)]
        return f"没有编入的：{'、'.join(outside)}。" if len(outside) > _NAMES_SHOWN else ""

    def without(day: date) -> str:
        grouped = any(group.exists(day) for group in roster.groups)
        return "" if grouped else f"“党小组”中没有登记{chinese_date(day)}的党小组，不要求编组。"

    version = rule.version_on(case.as_of)
    newly = timedelta(days=version.params["new_days"] if version else 0)
    moves = [day for member in roster.members for day in (member.since, *(e.day for e in member.events))]
    moves += [case.ledger.branch.founded]
    more = [*_group_days(roster), *(day + newly for day in moves)]
    yield from _states(rule, case, fault, now, cured="都已编入", more=more, detail=detail, without=without)


def _outside(version: Version, case: Case, day: date) -> list[Member]:
    roster = case.ledger.roster
    standing = {group.id for group in roster.groups if group.exists(day)}
    gone = {group.id for group in roster.groups} - standing
    new = timedelta(days=version.params["new_days"])
    return [
        member
        for member in (roster.members_on(day) if standing else ())
        if (not member.group_on(day) or roster.group_ref(member.group_on(day)) in gone)
        and here_since(case, member, day) + new <= day
    ]


def _states(
    rule: Rule,
    case: Case,
    fault: Callable[[Version, date], str | None],
    now: Callable[[Version, date], str],
    *,
    cured: str,
    more: Iterable[date] = (),
    detail: Callable[[Version, date], str] = lambda _version, _day: "",
    without: Callable[[date], str] = lambda _day: "",
) -> Iterator[Finding]:
    """Findings about the runs of a fault; None: nobody is known that day, an empty text: no fault."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    exempt = case.ledger.branch.type in version.params.get("not_for", ())
    grace = timedelta(days=version.params["grace_days"])

    def lasts(day: date) -> bool | None:
        words = fault(version, day)
        return None if words is None else bool(words)

    def state(run: Run) -> State:
        last = run.last(case)
        words = fault(version, last) or fault(version, run.since) or ""
        return State(run, run.since + grace, words, cured, detail(version, last))

    looked = watch(rule, case, "member")
    days = change_days(case.ledger.roster, looked.first, looked.last, more=more)
    found = [] if exempt else [state(run) for run in runs(days, lasts)]

    def verdict(held: Version, of: Case) -> Verdict:
        if exempt:
            title = of.ledger.catalogue.register("branch").field("type").term(of.ledger.branch.type)
            return Verdict(Status.NOT_APPLICABLE, f"{title}，不适用。")
        if not of.ledger.roster.members_on(of.horizon):
            message = f"名册中没有{chinese_date(of.horizon)}在册的党员，无法判断。"
            return Verdict(Status.UNKNOWN, message)
        other = without(of.horizon)
        return Verdict(Status.NOT_APPLICABLE, other) if other else Verdict(Status.MET, now(held, of.horizon))

    yield from answer(rule, case, looked.always() if exempt else looked, found, verdict)
