"""Who holds which post, as the roster has it: how many, after how long as a member, how often elected.

``posts.number``: more holders of one post on the same day than the text has. Parameters:
    post: which post; at_most: the text's own number.
    Who leaves the post on the very day on which another takes it up is not counted beside him.

``posts.successive``: the same person elected to a post in more successive elections than the text
    has. Parameters: post, at_most; one_election_days: posts taken up within so many days belong to
    one election. Only 换届选举 begins a term.

``posts.committee_size``: a committee of fewer or more people than the text has; not applicable without
    one. Parameters: at_least, at_most. Who leaves on the day is not counted.

All three: grace_days, at_risk_days, asks; how a run of days is told: see rules/checks/lasting.py.

``posts.standing``: who took up a post had been a full member for so long. One finding for each day on
    which somebody took it up, key ``rule@`` that day. Parameters:
    post; months: of party age, which counts from conversion (regulations.md §7.3).
    probation_months_most: a full member whose 转正时间 is blank was converted so many months after
        admission at the latest.

``posts.small_committee``: an election of a committee in a branch too small for one; a branch that
    shrinks later keeps its committee (regulations.md §10-4). Key ``rule@`` the day of election. Parameters:
    full_members: from how many full members a committee is due.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import add_months
from zhibu_cli.model.roster import DEPUTY, ELECTED, SECRETARY
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.lasting import Run, State, answer, change_days, runs, watch
from zhibu_cli.rules.duty import Verdict, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member, Post, Roster
    from zhibu_cli.model.rule import Rule, Version

_LASTING = {"grace_days": "count-", "at_risk_days": "count+", "asks": "text"}
PARAMETERS = {
    "number": {"post": "text", "at_most": "count-", **_LASTING},
    "successive": {"post": "text", "at_most": "count-", "one_election_days": "count", **_LASTING},
    "committee_size": {"at_least": "number+", "at_most": "number-", **_LASTING},
    "standing": {"post": "text", "months": "number+", "probation_months_most": "number", "asks": "text"},
    "small_committee": {"full_members": "number", "asks": "text"},
}


def number(rule: Rule, case: Case) -> Iterator[Finding]:
    """More holders of a post on one day than the text has."""
    roster = case.ledger.roster

    def fault(version: Version, day: date) -> str:
        post = version.params["post"]
        holders = {held.member for held in roster.posts_on(day) if held.post == post and held.until != day}
        most = version.params["at_most"]
        return f"“职务任期”中{case.post_title(post)}{len(holders)}人" if len(holders) > most else ""

    def now(version: Version, day: date) -> Verdict:
        title = case.post_title(version.params["post"])
        held = len(roster.holders(version.params["post"], day))
        return Verdict(Status.MET, f"“职务任期”中{chinese_date(day)}{title}{held}人。")

    yield from _states(rule, case, fault, now, cured="有了变化，不再是这种情况")


def successive(rule: Rule, case: Case) -> Iterator[Finding]:
    """The same person elected again and again."""
    roster = case.ledger.roster

    def fault(version: Version, day: date) -> str:
        post, most = version.params["post"], version.params["at_most"]
        for ref in roster.holders(post, day):
            times = _times(version, roster, ref, day)
            if times > most:
                return f"{case.post_title(post)}{roster.name_of(ref)}连续{times}届当选"
        return ""

    def now(version: Version, day: date) -> Verdict:
        title, most = case.post_title(version.params["post"]), version.params["at_most"]
        facts = f"按“职务任期”登记的换届选举，{chinese_date(day)}在任的{title}连任没有超过{most}届。"
        return Verdict(Status.MET, facts)

    yield from _states(rule, case, fault, now, cured="由他人接任")


def committee_size(rule: Rule, case: Case) -> Iterator[Finding]:
    """A committee that is smaller or larger than the text has it."""
    roster = case.ledger.roster

    def size(day: date) -> int:
        if not roster.committee_on(day):
            return 0
        return len({held.member for held in roster.posts_on(day) if held.until != day})

    def fault(version: Version, day: date) -> str:
        least, most, people = version.params["at_least"], version.params["at_most"], size(day)
        if not people or least <= people <= most:
            return ""
        wrong = f"不足{least}人" if people < least else f"超过{most}人"
        return f"支部委员会成员{people}人，{wrong}"

    def now(_: Version, day: date) -> Verdict:
        if not size(day):
            return Verdict(Status.NOT_APPLICABLE, f"按“职务任期”，{chinese_date(day)}未设支部委员会。")
        return Verdict(Status.MET, f"按“职务任期”，{chinese_date(day)}支部委员会成员{size(day)}人。")

    yield from _states(rule, case, fault, now, cured="有了变化，不再是这种情况")


def _times(version: Version, roster: Roster, ref: str, day: date) -> int:
    """In how many elections up to the day, counted back from the last, the person was elected to it."""
    rounds = roster.elections(version.params["one_election_days"])
    times = 0
    for elected in reversed([posts for posts in rounds if posts[0].since <= day]):
        if not any(held.member == ref and held.post == version.params["post"] for held in elected):
            break
        times += 1
    return times


def _states(
    rule: Rule,
    case: Case,
    fault: Callable[[Version, date], str],
    now: Callable[[Version, date], Verdict],
    *,
    cured: str,
) -> Iterator[Finding]:
    version = rule.version_on(case.as_of)
    if version is None:
        return
    roster = case.ledger.roster
    grace = timedelta(days=version.params["grace_days"])

    def lasts(day: date) -> bool | None:
        return bool(fault(version, day)) if roster.posts_known(day) else None

    def state(run: Run) -> State:
        words = fault(version, run.last(case)) or fault(version, run.since)
        by = "" if words.startswith("“") else "按“职务任期”，"
        return State(run, run.since + grace, words, cured, by=by)

    def verdict(held: Version, of: Case) -> Verdict:
        day = of.horizon
        if not roster.posts_known(day):
            message = f"“职务任期”中没有{chinese_date(day)}在任的人员，无法判断。"
            return Verdict(Status.UNKNOWN, message)
        return now(held, day)

    days = watch(rule, case, "post")
    found = [state(run) for run in runs(change_days(roster, days.first, days.last), lasts)]
    yield from answer(rule, case, days, found, verdict)


def standing(rule: Rule, case: Case) -> Iterator[Finding]:
    """Party age on the day of taking up the post."""
    for day, held in sorted(_taken_up(case).items()):
        version = rule.version_on(day)
        posts = [post for post in held if version and post.post == version.params["post"]]
        if version is None or not posts:
            continue
        verdicts = [_stood(version, case, post) for post in posts]
        worst = min(verdicts, key=lambda verdict: _WORST.index(verdict.status))
        yield _of_day(rule, version, case, day, worst)


_WORST = (Status.MISSED, Status.UNKNOWN, Status.MET)


def _stood(version: Version, case: Case, post: Post) -> Verdict:
    title, day = case.post_title(post.post), post.since
    member = case.ledger.roster.find(post.member)
    when = f"{title}{case.ledger.roster.name_of(post.member)}{chinese_date(day)}任职"
    turned = _turned(member) if member else None
    months = version.params["months"]
    if member and turned is None:
        # the latest day on which the probation of a full member may have ended
        latest = add_months(member.joined, version.params["probation_months_most"])
        if member.status == "full" and add_months(latest, months) <= day:
            return Verdict(Status.MET, f"{when}，{chinese_date(member.joined)}入党，党龄已满{months}个月。")
    if turned is None:
        return Verdict(Status.UNKNOWN, f"{when}，转正时间未填，党龄无法判断。")
    facts = f"{when}，{chinese_date(turned)}转正，任职时党龄"
    if add_months(turned, months) <= day:
        return Verdict(Status.MET, f"{facts}已满{months}个月。")
    return Verdict(Status.MISSED, f"{facts}不满{months}个月。{asks(version)}")


def _turned(member: Member) -> date | None:
    turned = (event.day for event in member.events if event.matter == "conversion")
    return member.converted or next(turned, None)


def small_committee(rule: Rule, case: Case) -> Iterator[Finding]:
    """A committee elected by a branch that is too small for one."""
    roster = case.ledger.roster
    for day, posts in sorted(_taken_up(case).items()):
        version = rule.version_on(day)
        elected = [post for post in posts if post.origin == ELECTED]
        if version is None or not elected or not roster.members_on(day):
            continue
        full, need = len(roster.full_on(day)), version.params["full_members"]
        body = any(post.post not in {SECRETARY, DEPUTY} for post in elected)
        words = f"{chinese_date(day)}选举时正式党员{full}人，"
        if full >= need or not body:
            what = "选出的有委员" if body else "选出的是书记、副书记"
            yield _of_day(rule, version, case, day, Verdict(Status.MET, f"{words}{what}。"))
            continue
        message = f"{words}不足{need}人，“职务任期”中选出的有委员。{asks(version)}"
        yield _of_day(rule, version, case, day, Verdict(Status.MISSED, message))


def _taken_up(case: Case) -> dict[date, list[Post]]:
    """Posts by the day on which they were taken up, of the asked range up to the as-of day."""
    days: dict[date, list[Post]] = {}
    for post in case.ledger.roster.posts:
        if case.asked.start <= post.since <= case.horizon:
            days.setdefault(post.since, []).append(post)
    return days


def _of_day(rule: Rule, version: Version, case: Case, day: date, verdict: Verdict) -> Finding:
    return make(
        rule,
        version,
        on=day,
        key=day.isoformat(),
        subject=case.branch(),
        status=verdict.status,
        start=day,
        due=day,
        message=verdict.message,
    )
