"""Who has talked with whom in a year (谈心谈话), by the roles of that day.

``talks.pairs``: every two members of the committee. ``talks.with_committee``: every other member with
at least one member of the committee, or where there is none with 书记 or 副书记. ``talks.among_members``:
every member without a committee post with another one; neither holds such a post that day.

Parameters of all three:
    at_least: the text's own number.
    asks: the words of the text for the message.
    new_months: who has been here (for pairs: in the committee together) for less than so many months
        at the year's end is told as ``info``; among members nothing is asked of them.

Who owes a talk is read from the roster of the year's last day, or of the as-of day before it
(regulations.md §10-4, §10-8, §10-12 and the corrections at its top). Only a talk between two people
counts, each pair once; a collective talk covers nobody.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status, Subject
from zhibu_cli.model.period import Period, Span, Unit, add_months, periods_between
from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import DAY, Verdict, asks, founding, here_since, not_kept, still_short
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from zhibu_cli.model.roster import Member, Roster
    from zhibu_cli.model.rule import Rule, Version

_PARAMETERS = {"at_least": "count+", "asks": "text", "new_months": "count-"}
PARAMETERS = {"pairs": _PARAMETERS, "with_committee": _PARAMETERS, "among_members": _PARAMETERS}

KIND = "talk"


class _Talk(NamedTuple):
    """A talk between two people of the roster."""

    id: str
    day: date
    people: frozenset[str]
    committee: frozenset[str]
    """The committee of that day."""
    heads: frozenset[str]
    """The committee, or where there was none 书记 and 副书记."""

    def partner(self, ref: str) -> str:
        return next(iter(self.people - {ref}))


class _Year(NamedTuple):
    """One year under judgement."""

    rule: Rule
    version: Version
    case: Case
    period: Period
    talks: tuple[_Talk, ...]
    collective: tuple[tuple[str, frozenset[str]], ...]
    """Talks of more than two people, with those who took part."""

    @property
    def roster(self) -> Roster:
        return self.case.ledger.roster

    @property
    def day(self) -> date:
        """The day whose roster says who owes a talk."""
        return self.case.deciding_day(self.period.end)


class _Owed(NamedTuple):
    """One talk that is owed, and those that were held."""

    subject: Subject
    what: str
    since: date
    """From when the talk was owed."""
    talks: tuple[_Talk, ...]
    people: frozenset[str]


def pairs(rule: Rule, case: Case) -> Iterator[Finding]:
    """Every two members of the committee."""
    for year in _years(rule, case):
        none = _not_yet(year) or _no_committee(year)
        if none is not None:
            yield _make(year, case.committee(), "", none, 0)
            continue
        for one, other in combinations(_serving(year), 2):
            both = frozenset({one, other})
            held = [talk for talk in year.talks if talk.people == both <= talk.committee]
            subject = case.pair(one, other)
            served = max(year.roster.serving_since(ref, year.day) for ref in both)
            since = max(served, case.ledger.branch.founded)
            what = f"{subject.name.replace('、', '与')}之间的谈心谈话记录"
            yield _judge(year, _Owed(subject, what, since, tuple(held), both))


def with_committee(rule: Rule, case: Case) -> Iterator[Finding]:
    """Every member outside the committee with one of its members."""

    def counts(member: str, talk: _Talk) -> bool:
        return talk.partner(member) in talk.heads

    for year in _years(rule, case):
        body = "支委" if year.roster.committee_on(year.day) else "书记"
        yield from _each_member(year, f"{body}与{{}}的谈心谈话记录", counts)


def among_members(rule: Rule, case: Case) -> Iterator[Finding]:
    """Every member outside the committee with another one."""

    def counts(member: str, talk: _Talk) -> bool:
        other = case.ledger.roster.by_id.get(talk.partner(member))
        return talk.heads.isdisjoint(talk.people) and other is not None and other.in_branch(talk.day)

    for year in _years(rule, case):
        yield from _each_member(year, "{}与其他党员的谈心谈话记录", counts, alone=True)


def _each_member(
    year: _Year, what: str, counts: Callable[[str, _Talk], bool], *, alone: bool = False
) -> Iterator[Finding]:
    """A finding for everybody who holds no post of the committee; ``alone``: one needs another one."""
    case, roster = year.case, year.roster
    nobody = _not_yet(year) or _no_heads(year)
    if nobody is not None:
        yield _make(year, case.branch(), "", nobody, 0)
        return
    heads = roster.officers_on(year.day)
    ordinary = [member for member in roster.members_on(year.day) if member.id not in heads]
    for member in ordinary:
        talks = [talk for talk in year.talks if member.id in talk.people and counts(member.id, talk)]
        subject, since = case.member(member.id), here_since(case, member, year.day)
        why = _not_owed(year, member, since, len(ordinary)) if alone and not talks else ""
        if why:
            yield _make(year, subject, f"/{member.id}", Verdict(Status.NOT_APPLICABLE, why), 0)
            continue
        people = frozenset({member.id})
        yield _judge(year, _Owed(subject, what.format(member.name), since, tuple(talks), people))


def _not_owed(year: _Year, member: Member, since: date, ordinary: int) -> str:
    """Why a member need not have talked with another one; empty: nothing says so."""
    if ordinary == 1:
        return "除支委外只有一名党员，不要求。"
    months = year.version.params["new_months"]
    if _young(year, since):
        return f"{member.name}在本支部不足{months}个月，只要求与一名支委谈过。"
    ends = (post.until for post in year.roster.posts if post.member == member.id and post.until)
    last = max((end for end in ends if end < year.day), default=None)
    if last is not None and _young(year, last + DAY):
        return f"{member.name}{chinese_date(last)}以前任支部职务，卸任不足{months}个月，不要求。"
    return ""


def _years(rule: Rule, case: Case) -> Iterator[_Year]:
    for period in periods_between(Unit.YEAR, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is not None:
            yield _Year(rule, version, case, period, *_talks(case, period))


def _talks(case: Case, period: Period) -> tuple[tuple[_Talk, ...], tuple[tuple[str, frozenset[str]], ...]]:
    alone, collective = [], []
    for talk in case.ledger.talks.between(period.start, case.deciding_day(period.end)):
        people = frozenset(map(case.ledger.roster.id_of, (*talk.talkers, *talk.partners)))
        if talk.one_to_one and len(people) > 1:
            alone.append(_talk(case.ledger.roster, talk.id, talk.day, people))
        elif len(people) > 1:
            collective.append((talk.id, people))
    return tuple(alone), tuple(collective)


def _talk(roster: Roster, id_: str, day: date, people: frozenset[str]) -> _Talk:
    return _Talk(id_, day, people, frozenset(roster.committee_on(day)), frozenset(roster.officers_on(day)))


def _not_yet(year: _Year) -> Verdict | None:
    """Not applicable, where the branch was founded after the judged day."""
    return founding(year.case, year.period) if year.day < year.case.ledger.branch.founded else None


def _no_heads(year: _Year) -> Verdict | None:
    if year.roster.posts_known(year.day):
        return None
    message = f"“职务任期”中没有登记{year.period.label}在任的人员，无法判断谁是支委。"
    return Verdict(Status.UNKNOWN, message)


def _no_committee(year: _Year) -> Verdict | None:
    if not year.roster.posts_known(year.day):
        message = f"“职务任期”中没有登记{year.period.label}在任的人员，无法判断是否设有支部委员会。"
        return Verdict(Status.UNKNOWN, message)
    if not year.roster.committee_on(year.day):
        return Verdict(Status.NOT_APPLICABLE, "按“职务任期”，未设支部委员会。")
    return None


def _serving(year: _Year) -> list[str]:
    """The committee without those who have left the branch and whose post was not ended."""
    people = year.roster.by_id
    return [
        ref
        for ref in year.roster.committee_on(year.day)
        if people[ref].home or people[ref].in_branch(year.day)
    ]


def _judge(year: _Year, owed: _Owed) -> Finding:
    found = len({talk.people for talk in owed.talks})
    verdict = _verdict(year, owed, found)
    return _make(
        year,
        owed.subject,
        f"/{owed.subject.id}",
        verdict,
        found,
        evidence=[talk.id for talk in owed.talks],
        severity=Severity.INFO if _young(year, owed.since) else None,
    )


def _young(year: _Year, since: date) -> bool:
    """Whether somebody has been here for too short a part of the year (regulations.md §10-8)."""
    return add_months(since, year.version.params["new_months"]) > year.period.end + DAY


def _verdict(year: _Year, owed: _Owed, found: int) -> Verdict:
    if found >= year.version.params["at_least"]:
        return Verdict(Status.MET, f"{year.period.label}有{owed.what}。")
    first = max(year.period.start, owed.since)
    verdict = founding(year.case, year.period) or not_kept(year.case, KIND, KIND, first, year.period.end)
    if verdict is not None:
        return verdict
    status, message = still_short(year.case, year.period.end, Unit.YEAR, owed.what, found)
    together = [id_ for id_, people in year.collective if owed.people <= people]
    note = f"{called(year.case, together)}是集体谈话，不计入。" if together else ""
    return Verdict(status, f"{message}{asks(year.version)}{note}")


def _make(
    year: _Year,
    subject: Subject,
    suffix: str,
    verdict: Verdict,
    found: int,
    *,
    evidence: Collection[str] = (),
    severity: Severity | None = None,
) -> Finding:
    return make(
        year.rule,
        year.version,
        on=year.day,
        key=year.period.key + suffix,
        subject=subject,
        status=verdict.status,
        start=year.period.start,
        due=year.period.end,
        period=year.period.key,
        required=year.version.params["at_least"],
        found=found,
        evidence=evidence,
        severity=severity,
        message=verdict.message,
    )
