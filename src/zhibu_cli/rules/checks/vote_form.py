"""In what kind of sitting, and how, a vote was held. Defects only, one finding for a record and rule.

``vote_form.body``: a vote that is not recorded in the kind of meeting that decides. Parameters:
    matters: 事项类别 of such votes.
    kinds: kinds, or forms (形式), of the meetings that decide.
    committee: kinds or forms in which the committee elects from its own members, where there is one.
    groups: kinds or forms in which a group elects its leader; told only where 事项 names another post.
    heads: words in 事项 by which such an election is known (书记); others: words by which another is. With
        neither, whatever the committee or a group votes on is theirs (they discuss before the meeting does).
    not_about: words in 事项 of votes that are no matter of this article.

``vote_form.secret``: a vote said to be open, or an election with a candidate among those who count.
    matters; not_about, about; bodies: as in rules/checks/votes.py, any where left out.
    secret: words of 表决方式 for a secret ballot; open: words for one that is not.
    teller_severity: of a candidate among 监票人 or 计票人; left out: not looked at.
    Any other or no 表决方式 says nothing, nor does one with words of both kinds.

``vote_form.online``: ballots in a sitting held online. Parameters:
    online, on_site: codes of 形式; kinds: kinds that bear ballots without rows of 表决.
    mixed_severity: where the sitting was held both ways.

``vote_form.joint``: one vote of several branches together. Parameters:
    patterns: regular expressions for theme, note and first sentence of the content.
    words: words there that say less; they decide where 应到 is more than the roster has, which
        ``record_base.roster`` leaves alone for their sake.

``vote_form.other_class``: votes of members whose 事项 sounds like another 事项类别. Parameters:
    matters: 事项类别 that are looked at; not_about: words in 事项 of what only prepares or reports it.
    admission, conversion, election, discipline, disposal: how such a matter is put into words.

``vote_form.types``: votes on matters that a type of branch does not decide. Parameters:
    types: types of branch; matters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.rule import Severity
from zhibu_cli.rules.case import record_defect
from zhibu_cli.rules.checks.attendance import is_life
from zhibu_cli.rules.checks.common import asked_sittings, record_name, says
from zhibu_cli.rules.checks.joint import headline, together
from zhibu_cli.rules.checks.record_base import more_than_the_roster
from zhibu_cli.rules.checks.vote_figures import vote_title, voted_in
from zhibu_cli.rules.checks.votes import matters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Vote
    from zhibu_cli.rules.case import Case

_CLASSES = ("admission", "conversion", "election", "discipline", "disposal")
_SEVERITY = "error|warn|info|remind"
PARAMETERS = {
    "body": {
        "matters": "texts",
        "kinds": "texts",
        "committee": "texts",
        "groups": "texts",
        "heads": "texts",
        "others": "texts",
        "not_about": "texts",
    },
    "secret": {
        "matters": "texts",
        "not_about": "texts",
        "about": "texts?",
        "bodies": "texts?",
        "secret": "texts",
        "open": "texts",
        "teller_severity": f"{_SEVERITY}?",
    },
    "online": {"online": "text", "on_site": "text", "kinds": "texts", "mixed_severity": _SEVERITY},
    "joint": {"patterns": "patterns", "words": "texts"},
    "other_class": {"matters": "texts", "not_about": "texts", **dict.fromkeys(_CLASSES, "patterns")},
    "types": {"types": "texts", "matters": "texts"},
}


class _Fault(NamedTuple):
    """What is said of a record; the severity where it is not that of the rule."""

    facts: str
    severity: Severity | None = None


def _told(rule: Rule, case: Case, judge: Callable[[Sitting, Version], _Fault | None]) -> Iterator[Finding]:
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day)
        fault = judge(sitting, version) if version else None
        if fault is None:
            continue
        name = record_name(case, sitting)
        finding = record_defect(
            rule,
            case,
            id_=sitting.id,
            name=name,
            day=sitting.day,
            message=f"{name}：{fault.facts}。",
            severity=fault.severity,
        )
        if finding is not None:
            yield finding


def body(rule: Rule, case: Case) -> Iterator[Finding]:
    """Votes outside the meeting that decides."""

    def judge(sitting: Sitting, version: Version) -> _Fault | None:
        params, held = version.params, {*sitting.kinds, *sitting.forms}
        if not is_life(case, sitting) or held & {*params["kinds"]}:
            return None
        titles = [
            f"“{vote_title(case, vote)}”"
            for vote in _elections(sitting, params)
            if _not_theirs(case, sitting, vote, params)
        ]
        return (
            _Fault(f"{'、'.join(titles)}的表决记在本条，类型和形式中没有支部党员大会，请核对")
            if titles
            else None
        )

    yield from _told(rule, case, judge)


def _elections(sitting: Sitting, params: Mapping[str, Any]) -> Iterator[Vote]:
    for vote in sitting.votes:
        if vote.matter in params["matters"] and not says(vote.subject, params["not_about"]):
            yield vote


def _not_theirs(case: Case, sitting: Sitting, vote: Vote, params: Mapping[str, Any]) -> bool:
    """Whether those who met do not elect in this matter; a committee elects its own heads."""
    roster, held = case.ledger.roster, {*sitting.kinds, *sitting.forms}
    heads, others = says(vote.subject, params["heads"]), says(vote.subject, params["others"])
    if held & {*params["committee"]} and heads:
        return roster.posts_known(sitting.day) and not roster.committee_on(sitting.day)
    if held & {*params["committee"], *params["groups"]}:
        return heads or others
    return True


def secret(rule: Rule, case: Case) -> Iterator[Finding]:
    """Open votes where a secret ballot is asked for; candidates who count the votes."""

    def judge(sitting: Sitting, version: Version) -> _Fault | None:
        params = version.params
        votes = matters_of(sitting, case, params) if "bodies" in params else [*_elections(sitting, params)]
        shown = [vote for vote in votes if _open(vote.method, params)]
        counting = _counting(case, votes) if "teller_severity" in params else []
        facts = [f"“{vote_title(case, vote)}”表决方式写作“{vote.method}”，不是无记名" for vote in shown]
        facts += [f"监票人或计票人中有候选人{'、'.join(counting)}"] if counting else []
        if not facts:
            return None
        severity = None if shown else Severity(params["teller_severity"])
        return _Fault("；".join((*facts, "请核对")), severity)

    yield from _told(rule, case, judge)


def _open(method: str, params: Mapping[str, Any]) -> bool:
    return says(method, params["open"]) and not says(method, params["secret"])


def _counting(case: Case, votes: Iterable[Vote]) -> list[str]:
    """Names of candidates among those who watch or count."""
    roster = case.ledger.roster
    rows = list(votes)
    candidates = {roster.id_of(name) for vote in rows for name in voted_in(case, vote).names}
    watching = {roster.id_of(name) for vote in rows for name in (*vote.scrutineer, *vote.teller)}
    return sorted(map(roster.name_of, candidates & watching))


def online(rule: Rule, case: Case) -> Iterator[Finding]:
    """Votes, elections and ballots of an appraisal in a sitting held online."""

    def judge(sitting: Sitting, version: Version) -> _Fault | None:
        params = version.params
        ballots = sitting.votes or {*params["kinds"]} & {*sitting.kinds}
        if params["online"] not in sitting.forms or not ballots:
            return None
        what = "有表决" if sitting.votes else "有民主测评"
        if params["on_site"] in sitting.forms:
            facts = f"形式写有现场和线上，{what}；线上参加的如何投票，未查到明文，请核对"
            return _Fault(facts, Severity(params["mixed_severity"]))
        return _Fault(f"形式为线上，{what}；线上表决、选举、测评未查到明文，请向上级党组织请示")

    yield from _told(rule, case, judge)


def joint(rule: Rule, case: Case) -> Iterator[Finding]:
    """Votes in a sitting which says that several branches held it together."""

    def judge(sitting: Sitting, version: Version) -> _Fault | None:
        if not sitting.votes:
            return None
        said = _said_joint(sitting, version.params["patterns"])
        if not said and more_than_the_roster(case, sitting):
            said = together(sitting, version.params["words"])
        facts = f"写有“{said}”，表决只有一份；各支部分别表决的请分开写明，请核对"
        return _Fault(facts) if said else None

    yield from _told(rule, case, judge)


def _said_joint(sitting: Sitting, patterns: Iterable[str]) -> str:
    """The words by which the record says that several branches held it together."""
    texts = headline(sitting)
    found = (re.search(pattern, text) for pattern in patterns for text in texts)
    return next((match[0].lstrip("、") for match in found if match), "")


def other_class(rule: Rule, case: Case) -> Iterator[Finding]:
    """Votes entered as one class of matter whose words are those of another with its own quorum."""
    field = case.ledger.catalogue.register("sitting").child("votes").field("matter")

    def judge(sitting: Sitting, version: Version) -> _Fault | None:
        params = version.params
        found = {
            f"“{vote_title(case, vote)}”记为“{field.term(vote.matter)}”，看事项像是“{field.term(like)}”": None
            for vote in matters_of(sitting, case, params)
            if (like := _sounds_like(vote.subject, params))
        }
        why = "两类事项到会和通过的要求可能不同，请核对事项类别"
        return _Fault(f"{'；'.join(found)}；{why}") if found else None

    yield from _told(rule, case, judge)


def _sounds_like(subject: str, params: Mapping[str, Any]) -> str:
    """The class of matter that the words are those of; empty: none."""
    words = "".join(subject.split())
    return next((name for name in _CLASSES if any(re.search(pattern, words) for pattern in params[name])), "")


def types(rule: Rule, case: Case) -> Iterator[Finding]:
    """Matters that a branch of this type does not decide."""
    field = case.ledger.catalogue.register("branch").field("type")

    def judge(sitting: Sitting, version: Version) -> _Fault | None:
        type_ = case.ledger.branch.type
        if type_ not in version.params["types"]:
            return None
        votes = [vote for vote in sitting.votes if vote.matter in version.params["matters"]]
        titles = "、".join(f"“{vote_title(case, vote)}”" for vote in votes)
        return _Fault(f"支部类型为{field.term(type_)}，有{titles}的表决，请核对") if votes else None

    yield from _told(rule, case, judge)
