"""Quorum and majority of votes, ballots and candidates, by the figures of the record.

All arithmetic is in whole numbers (regulations.md §1). A rule states in TOML:

    counts: ``present`` (a quorum) or ``in_favour`` (a majority).
    of: the base, ``expected`` (应到) or ``present`` (实到).
    share: ``[1, 2]``; more_than: whether exactly the share is not enough.
    right: how the base is called, 有表决权 or 有选举权.
    condition: the condition in words.
    matters: 事项类别 the rule applies to; about: words in 事项 that bring in a matter of another
    class; not_about: words that take it out. 通过…名单: both parts in this order. What an election
    meeting decides by show of hands (监票人, 选举办法) is no election but an ordinary motion.
    bodies: ``members`` (党员大会) and ``committee`` (a vote within 支委会).
    kinds: where given, members' votes count only in sittings of these kinds or forms.
    written: whether 书面意见 handed in before the meeting count among the votes.
    joint: words by which several branches met (rules/checks/joint.py); where the roster has fewer than 应到
    as well, the branch's own figures are not known: ``unknown``.
    not_claimed: words in 结果 which say that the matter was not carried; it is then consistent. With too
    few votes and a blank 结果 nobody claims that it was: ``unknown``.

Where the figures come from, see rules/checks/vote_figures.py. A figure that is known within limits decides
only where both limits give the same answer; else the finding is ``unknown``, and so it is where the figures
cannot all be true (``vote_record.sums`` tells which). One finding for a sitting and rule names every matter.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.declare import Expects
from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.case import make
from zhibu_cli.rules.checks.common import asked_sittings, one_expectation, record_name, says
from zhibu_cli.rules.checks.joint import together
from zhibu_cli.rules.checks.record_base import more_than_the_roster
from zhibu_cli.rules.checks.vote_figures import (
    ELECTION,
    MEMBERS,
    Range,
    body_of,
    clash,
    exact,
    expected_voters,
    favour,
    impossible,
    over_base,
    present_voters,
    vote_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from typing import Any

    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Vote
    from zhibu_cli.rules.case import Case

_OTHERS = frozenset({"general", "group"})
"""形式 in which others than the committee were due."""
SUMS_TITLE = "表决数字互相不符"
"""The rule that tells of figures which cannot all be true."""
BASE_TITLE = "表决基数多于有表决权的党员"
"""The rule that tells of members without a vote among those due."""
_WORST = (Status.MISSED, Status.UNKNOWN, Status.MET, Status.NOT_APPLICABLE)


_SHARE = {"share": "share", "condition": "text"}
_MATTERS = {
    "matters": "texts",
    "about": "texts?",
    "not_about": "texts?",
    "bodies": "texts?",
    "kinds": "texts?",
}
PARAMETERS = {
    "check": {
        "counts": "present|in_favour",
        "of": "expected|present",
        "more_than": "flag",
        "right": "text",
        "written": "flag?",
        "not_claimed": "texts?",
        "joint": "texts?",
        **_SHARE,
        **_MATTERS,
    },
    "ballots": _MATTERS,
    "surplus": {"min_seats": "count-", **_SHARE, **_MATTERS},
    "committee": {"more_than": "flag", "kinds": "texts", **_SHARE},
}


class Answer(NamedTuple):
    """The verdict on one matter."""

    status: Status
    facts: str
    required: int | None = None
    found: int | None = None


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Quorum or majority of every vote the rule applies to."""
    for sitting, version, votes in _voted(rule, case):
        answers = [_judge(version, case, sitting, vote) for vote in votes]
        yield _finding(rule, version, case, sitting, answers)


def matters_of(sitting: Sitting, case: Case, params: Mapping[str, Any]) -> list[Vote]:
    """The votes of a sitting to which the parameters apply."""
    body = body_of(sitting, case)
    if body not in params.get("bodies", (MEMBERS,)):
        return []
    kinds = params.get("kinds")
    if kinds and body == MEMBERS and not {*kinds} & {*sitting.kinds, *sitting.forms}:
        return []
    return [vote for vote in sitting.votes if _concerned(vote, params)]


def _concerned(vote: Vote, params: Mapping[str, Any]) -> bool:
    if says(vote.subject, params.get("about", ())):
        return True
    return vote.matter in params["matters"] and not says(vote.subject, params.get("not_about", ()))


def _judge(version: Version, case: Case, sitting: Sitting, vote: Vote) -> Answer:
    params = version.params
    title = vote_title(case, vote)
    if why := _unsound(case, sitting, vote, params.get("joint", ())):
        return Answer(Status.UNKNOWN, f"“{title}”{why}")
    quorum = params["counts"] == "present"
    if not quorum and says(vote.result, params.get("not_claimed", ())):
        return Answer(Status.MET, f"“{title}”结果为“{vote.result}”")
    present = present_voters(case, sitting, vote)
    base = present if params["of"] == "present" else expected_voters(case, sitting, vote)
    count = present if quorum else favour(vote, present, counted=params.get("written", False))
    if base is None or count is None:
        return Answer(Status.UNKNOWN, f"“{title}”{_missing(params, base, count)}未写明，无法判断")
    number, of = params["share"]
    need = Range(*(_least(number * end, of, params["more_than"]) for end in base))
    status = _compare(count, need)
    if status is Status.MISSED and not quorum and not vote.result:
        status = Status.UNKNOWN  # a motion may fail, and an election of more candidates than seats has losers
    facts = f"“{title}”{_figures(params, base, count)}，{params['condition']}须{need}{_unit(params)}"
    facts += _verdict(_compare(count, need), vote, quorum=quorum)
    return Answer(status, facts, _one(need), _one(count))


def _unsound(case: Case, sitting: Sitting, vote: Vote, joint: Iterable[str]) -> str:
    """Why nothing can be said of the figures; empty: they may be true."""
    word = together(sitting, joint)
    if word and more_than_the_roster(case, sitting):
        return f"的应到多于本支部名册，记录又写有“{word}”，本支部的到会和赞成无法判断"
    if not word and over_base(case, sitting, vote):
        return f"的应到或实到多于有表决权的党员（见“{BASE_TITLE}”），核对更正以前无法判断"
    if any(impossible(case, sitting, vote)):
        return f"的数字互相不符（见“{SUMS_TITLE}”），核对更正以前无法判断"
    why = clash(expected_voters(case, sitting, vote), present_voters(case, sitting, vote))
    return f"{why}，核对以前无法判断" if why else ""


def _least(product: int, of: int, more_than: bool) -> int:
    return product // of + 1 if more_than else -(-product // of)


def _compare(count: Range, need: Range) -> Status:
    if count.low >= need.high:
        return Status.MET
    return Status.MISSED if count.high < need.low else Status.UNKNOWN


def _one(number: Range) -> int | None:
    return number.low if number.low == number.high else None


def _figures(params: Mapping[str, Any], base: Range, count: Range) -> str:
    where = "实到" if params["of"] == "present" else "应到"
    done = f"实到{count}人" if params["counts"] == "present" else f"赞成{count}票"
    return f"{where}{params['right']}{base}人、{done}"


def _unit(params: Mapping[str, Any]) -> str:
    return "人" if params["counts"] == "present" else "票"


def _verdict(status: Status, vote: Vote, *, quorum: bool) -> str:
    if status is Status.MET:
        return "，已达到"
    if status is Status.UNKNOWN:
        open_ = "到会者是否都有表决权" if quorum or not vote.written else "书面意见是否计入、是否赞成"
        return f"；{open_}未写明，无法判断"
    if quorum:
        return "，未达到"
    if vote.result:
        return f"，未达到，而结果写作“{vote.result}”，请核对"
    won = "当选" if vote.matter == ELECTION else "通过"
    return f"，未达到；结果未写明，无法判断，请在“结果”栏写明是否{won}"


def _missing(params: Mapping[str, Any], base: Range | None, count: Range | None) -> str:
    names = []
    if base is None:
        names.append(("实到" if params["of"] == "present" else "应到") + params["right"] + "人数")
    if count is None:
        names.append("实到人数" if params["counts"] == "present" else "赞成票数")
    return "、".join(names)


def ballots(rule: Rule, case: Case) -> Iterator[Finding]:
    """No more ballots came back than were handed out, and none names more than are to be elected."""
    for sitting, version, votes in _voted(rule, case):
        figures = dict.fromkeys((vote.issued, vote.returned) for vote in votes)
        answers = [_ballots(*pair) for pair in figures]
        polls = dict.fromkeys((vote.subject, vote.seats, vote.candidates) for vote in votes)
        for poll in polls:
            rows = [vote for vote in votes if (vote.subject, vote.seats, vote.candidates) == poll]
            answers += _marks(rows)
        yield _finding(rule, version, case, sitting, answers)


def _marks(rows: Sequence[Vote]) -> list[Answer]:
    """What is wrong where the votes for all candidates are more than the ballots can bear.

    Told only of several to be elected at once, in as many rows at most as there were candidates: rows for
    one post each are elections of their own.
    """
    seats, candidates, ballots = rows[0].seats or 0, rows[0].candidates or 0, _counted_ballots(rows)
    marks = sum(vote.in_favour or 0 for vote in rows)
    if ballots is None or seats < 2 or len(rows) > candidates or marks <= ballots * seats:
        return []
    facts = f"各候选人赞成合计{marks}票，多于{ballots}张票每张选{seats}名的{ballots * seats}票，请核对"
    return [Answer(Status.MISSED, facts, found=marks)]


def _counted_ballots(rows: Sequence[Vote]) -> int | None:
    """有效票, else 收回票, else 发出票, the most of any row; None: none is stated."""
    columns = zip(*((vote.valid, vote.returned, vote.issued) for vote in rows), strict=True)
    known = ([number for number in column if number is not None] for column in columns)
    return next((max(numbers) for numbers in known if numbers), None)


def _ballots(issued: int | None, returned: int | None) -> Answer:
    if issued is None or returned is None:
        names = [name for name, number in (("发出票", issued), ("收回票", returned)) if number is None]
        return Answer(Status.UNKNOWN, f"{'、'.join(names)}未写明，无法判断")
    fits = returned <= issued
    facts = f"发出票{issued}张、收回票{returned}张，收回的{'未超过发出的' if fits else '多于发出的，请核对'}"
    return Answer(Status.MET if fits else Status.MISSED, facts, found=returned)


def surplus(rule: Rule, case: Case) -> Iterator[Finding]:
    """More candidates than seats, by the share of the text."""
    for sitting, version, votes in _voted(rule, case):
        pairs = dict.fromkeys((vote.seats, vote.candidates) for vote in votes)
        answers = [answer for pair in pairs if (answer := _surplus(version, *pair))]
        if answers:
            yield _finding(rule, version, case, sitting, answers)


def _surplus(version: Version, seats: int | None, candidates: int | None) -> Answer | None:
    if seats is not None and seats < version.params["min_seats"]:
        return None
    if seats is None or candidates is None:
        names = [name for name, number in (("应选名额", seats), ("候选人数", candidates)) if number is None]
        return Answer(Status.UNKNOWN, f"{'、'.join(names)}未写明，无法判断")
    number, of = version.params["share"]
    need = -(-number * seats // of)
    status = Status.MET if candidates >= need else Status.MISSED
    facts = f"应选{seats}名、候选人{candidates}名；{version.params['condition']}，候选人须{need}名"
    return Answer(status, facts + ("，已达到" if status is Status.MET else "，未达到"), need, candidates)


def _voted(rule: Rule, case: Case) -> Iterator[tuple[Sitting, Version, list[Vote]]]:
    """Sittings asked about with the votes to which the rule applies, and its version of that day."""
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day) if sitting.votes else None
        if version and (votes := matters_of(sitting, case, version.params)):
            yield sitting, version, votes


def committee(rule: Rule, case: Case) -> Iterator[Finding]:
    """Enough members of the committee came; judged for every meeting of the committee."""
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day)
        if version and {*version.params["kinds"]} & {*sitting.kinds, *sitting.forms}:
            yield _finding(rule, version, case, sitting, [_committee(version, case, sitting)])


def _committee(version: Version, case: Case, sitting: Sitting) -> Answer:
    roster = case.ledger.roster
    if roster.without_committee(sitting.day):
        return Answer(Status.NOT_APPLICABLE, "按“职务任期”，当日未设支部委员会")
    size, came = _committee_heads(case, sitting)
    if size is None or came is None:
        missing = [name for name, number in (("应到委员", size), ("实到委员", came)) if number is None]
        names = size is not None and not _alone(case, sitting)
        how = "；合记一条的，写全出席姓名后可按职务任期核对" if names else ""
        return Answer(Status.UNKNOWN, f"{'、'.join(missing)}人数未写明，无法判断{how}")
    if why := clash(Range(size, size), Range(came, came)):
        return Answer(Status.UNKNOWN, f"委员的{why}，核对以前无法判断")
    number, of = version.params["share"]
    need = _least(number * size, of, version.params["more_than"])
    status = Status.MET if came >= need else Status.MISSED
    facts = f"应到委员{size}人、实到{came}人，{version.params['condition']}须{need}人"
    answer = Answer(status, facts + ("，已达到" if status is Status.MET else "，未达到"), need, came)
    return _doubted(version, case, sitting, answer) or answer


def _doubted(version: Version, case: Case, sitting: Sitting, answer: Answer) -> Answer | None:
    """Unknown, where 应到 is not the number of the committee by its posts and they would decide otherwise."""
    held, stated = _committee_members(case.ledger.roster, sitting.day), sitting.expected
    if not held or not isinstance(stated, int) or stated == len(held) or not _alone(case, sitting):
        return None
    came = _came(case, sitting, held, stated)
    number, of = version.params["share"]
    need = _least(number * len(held), of, version.params["more_than"])
    if came is None or _compare(came, Range(need, need)) is answer.status:
        return None
    posts = f"按“职务任期”当日委员{len(held)}人、到会{came}人"
    return Answer(Status.UNKNOWN, f"应到写作{stated}人，{posts}，两处不一致，核对以前无法判断")


def _came(case: Case, sitting: Sitting, held: set[str], stated: int) -> Range | None:
    """How many of the committee came: by name, else as many as the figures of the record leave."""
    names = case.ledger.counted(sitting).present
    present = sitting.present if isinstance(sitting.present, int) else None
    if names is not None and len(names) >= (present or 0):
        return exact(len(held & {*names}))
    if present is None:
        return None
    others = max(0, stated - len(held))
    return Range(max(0, present - others), min(present, len(held)))


def _committee_heads(case: Case, sitting: Sitting) -> tuple[int | None, int | None]:
    """应到 and 实到 of the committee: as stated where it met alone, else by its posts and the names.

    The figures of a record that is a 主题党日 or a general meeting as well are those of all members.
    """
    held = _committee_members(case.ledger.roster, sitting.day)
    names = case.ledger.counted(sitting).present
    size, came = len(held) or None, len(held & {*names}) if held and names is not None else None
    present = sitting.present if isinstance(sitting.present, int) else None
    if not _alone(case, sitting):
        return size, None if names and present and present > len(names) else came
    expected = sitting.expected if isinstance(sitting.expected, int) else size
    return expected, came if present is None else present


def _alone(case: Case, sitting: Sitting) -> bool:
    """Whether nobody but the committee was due."""
    return one_expectation(case, sitting) is Expects.COMMITTEE and not _OTHERS & {*sitting.forms}


def _committee_members(roster: Roster, day: date) -> set[str]:
    """The committee of that day; empty where it changed that day, since both then hold their posts."""
    held = roster.committee_on(day)
    return {*held} if held == roster.committee_on(day + timedelta(days=1)) else set()


def _finding(
    rule: Rule, version: Version, case: Case, sitting: Sitting, answers: Sequence[Answer]
) -> Finding:
    status = next(status for status in _WORST if any(answer.status is status for answer in answers))
    figures = {(answer.required, answer.found) for answer in answers}
    required, found = figures.pop() if len(figures) == 1 else (None, None)
    name = record_name(case, sitting)
    facts = "；".join(dict.fromkeys(answer.facts for answer in answers))
    return make(
        rule,
        version,
        on=sitting.day,
        key=sitting.id,
        subject=case.record(sitting.id, name),
        status=status,
        start=sitting.day,
        due=sitting.day,
        message=f"{name}：{facts}。",
        required=required,
        found=found,
        evidence=(sitting.id,),
        about_record=True,
    )
