"""A new election before the term is over.

Parameters:
    years: length of the term.
    at_risk_days: days before its end from which it is at risk (上级一般提前六个月提醒).
    one_election_days: posts taken up within so many days belong to one election.
    no_term_for: types of branch that are not elected anew (临时党支部).
    delay_years: how long a term may be extended with approval (选举条例 第三条, 支部条例).
    matters: 事项类别 of the votes of an election.
    asks: the words of the text for the message.

A term begins with a post whose 产生方式 is 换届选举; 补选 and 上级指派 begin none. It ends so many years
after the day of election, and it is over on that very day: without a new election the duty is missed
from then on (regulations.md §3), in every later answer until there is one (see rules/checks/lasting.py for
``start``). An election after that day is late: told in the answers that touch the time up to it. An
extension must be approved: what is past the end is waived where the superior approved it by that end and
no more than ``delay_years`` have gone by; an approval afterwards, or for longer, stands beside it as any
other explanation. It is in time where the vote stands in the
records by that day, though the posts were taken up some days later (批复). Posts without 产生方式 that were
taken up towards or after the end leave it unknown. A term that began before the rule was in force had
another length; its end is judged only when it is over by this one too, and not where it came before the
rule. Key: ``rule@`` the day on which the term ends, period null.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Span, add_months
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import DAY, Verdict, asks
from zhibu_cli.text import chinese_date, chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.rule import Rule, Version

PARAMETERS = {
    "check": {
        "years": "count-",
        "at_risk_days": "count+",
        "delay_years": "count-",
        "one_election_days": "count",
        "no_term_for": "texts?",
        "matters": "texts",
        "asks": "text",
    }
}


class _Term(NamedTuple):
    """A term of office."""

    began: date
    ends: date
    followed: date | None
    """The next election; None: there is none by the as-of day."""


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every term that touches the asked range."""
    version = rule.version_on(case.as_of)
    if version is None:
        return
    terms = _terms(version, case)
    for term in terms:
        verdict = _verdict(rule, version, case, term)
        last = case.as_of if term.followed is None else term.followed - DAY
        start = term.began if Span(term.began, term.ends).overlaps(case.asked) else max(last, term.ends)
        by = _approval_by(version, case, term)
        yield _make(rule, version, case, start=start, due=term.ends, verdict=verdict, approval_by=by)
    if not terms or case.horizon < terms[0].began:
        message = "“职务任期”中没有产生方式为换届选举的任职，届期无法判断。"
        verdict = _no_term(version, case) or Verdict(Status.UNKNOWN, message)
        yield _make(rule, version, case, start=case.horizon, due=case.horizon, verdict=verdict)


def _terms(version: Version, case: Case) -> list[_Term]:
    rounds = case.ledger.roster.elections(version.params["one_election_days"])
    begins = [posts[0].since for posts in rounds if posts[0].since <= case.as_of]
    months = version.params["years"] * 12
    terms = [_Term(one, add_months(one, months), other) for one, other in pairwise(begins)]
    return [*terms, _Term(begins[-1], add_months(begins[-1], months), None)] if begins else []


def _approval_by(version: Version, case: Case, term: _Term) -> date:
    """The last day on which an approval settles that the term ran on: its end, or never."""
    return date.min if _too_long(version, case, term) else term.ends


def _too_long(version: Version, case: Case, term: _Term) -> bool:
    return (term.followed or case.as_of) > add_months(term.ends, version.params["delay_years"] * 12)


def _delay(version: Version, case: Case, term: _Term) -> str:
    """What the text asks of an extension."""
    years = chinese_number(version.params["delay_years"])
    long = "，此处已超过" if _too_long(version, case, term) else ""
    return f"延期换届须报批，一般不超过{years}年{long}。"


def _verdict(rule: Rule, version: Version, case: Case, term: _Term) -> Verdict:
    none = _no_term(version, case)
    if none is not None:
        return none
    began, ends = chinese_date(term.began), chinese_date(term.ends)
    words = f"本届{began}当选，{ends}届满"
    blank = _blank(version, case, term)
    if term.followed is not None:
        return _followed(rule, version, case, term, words, blank=blank)
    if blank:
        return Verdict(Status.UNKNOWN, f"{words}；{blank}未填产生方式，无法判断是否已换届。")
    if case.as_of >= term.ends:
        unseen = f"{words}，截至{chinese_date(case.as_of)}未见换届选举的任职记录。"
        return Verdict(Status.MISSED, f"{unseen}{asks(version)}{_delay(version, case, term)}")
    if term.began < rule.versions[0].since:
        return Verdict(Status.UNKNOWN, f"本届{began}当选，在现行规定施行之前，本届年限无法判断。")
    left = (term.ends - case.as_of).days
    status = Status.AT_RISK if left <= version.params["at_risk_days"] else Status.PENDING
    return Verdict(status, f"{words}，还有{left}天。")


def _followed(rule: Rule, version: Version, case: Case, term: _Term, words: str, *, blank: str) -> Verdict:
    """Met where the election was in time, missed where it came after the end of the term."""
    assert term.followed is not None
    words += f"，{chinese_date(term.followed)}换届"
    if term.followed <= term.ends:
        return Verdict(Status.MET, f"{words}。")
    if voted := _voted(version, case, term.followed, term.ends):
        return Verdict(Status.MET, f"{words}任职；届满以前有选举的表决记录：{called(case, voted)}。")
    if blank:
        return Verdict(Status.UNKNOWN, f"{words}；其间{blank}未填产生方式，无法判断是否按期换届。")
    if term.ends < rule.versions[0].since:
        return Verdict(Status.UNKNOWN, f"{words}；届满在现行规定施行以前，是否按期无法判断。")
    begins = case.ledger.begins("post")
    if begins is None or term.followed < begins:
        return Verdict(Status.UNKNOWN, f"{words}；换届在台账起始日以前，是否按期、是否经批准无法判断。")
    days = (term.followed - term.ends).days
    late = f"{words}，晚于届满日{days}天。"
    return Verdict(Status.MISSED, f"{late}{asks(version)}{_delay(version, case, term)}")


def _voted(version: Version, case: Case, followed: date, ends: date) -> list[str]:
    """Records of the vote of that election by the end of the term, by number."""
    first = followed - timedelta(days=version.params["one_election_days"])
    near = case.ledger.sittings.between(first, ends)
    return [s.id for s in near if any(vote.matter in version.params["matters"] for vote in s.votes)]


def _no_term(version: Version, case: Case) -> Verdict | None:
    if case.ledger.branch.type in version.params.get("no_term_for", ()):
        return Verdict(Status.NOT_APPLICABLE, "临时党支部，不换届。")
    if case.horizon < case.ledger.branch.founded:
        return Verdict(Status.NOT_APPLICABLE, f"支部{chinese_date(case.ledger.branch.founded)}才成立。")
    return None


def _blank(version: Version, case: Case, term: _Term) -> str:
    """Who took up a post towards or after the term's end without 产生方式 in the roster."""
    roster = case.ledger.roster
    last = case.as_of if term.followed is None else term.followed - DAY
    early = term.ends - timedelta(days=version.params["at_risk_days"])
    names = [
        roster.name_of(held.member)
        for held in roster.posts
        if not held.origin and max(early, term.began + DAY) <= held.since <= last
    ]
    return "、".join(dict.fromkeys(names))


def _make(
    rule: Rule,
    version: Version,
    case: Case,
    *,
    start: date,
    due: date,
    verdict: Verdict,
    approval_by: date | None = None,
) -> Finding:
    return make(
        rule,
        version,
        on=case.deciding_day(due),
        key=due.isoformat(),
        subject=case.branch(),
        status=verdict.status,
        start=start,
        due=due,
        message=verdict.message,
        approval_by=approval_by,
    )
