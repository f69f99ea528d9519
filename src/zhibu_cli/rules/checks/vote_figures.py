"""The figures of a vote: who is due and present with a vote, as far as known, and what cannot be true.

The row's own 应到 and 实到 come first; else the roster of that day and the names of the record.
The figures of a row balance when 赞成 + 反对 + 弃权 = 到会有表决权 (+ 书面意见), regulations.md §10-15.
A blank is unknown, never zero: a row is at fault only if its stated figures cannot all be true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.attendance import expectation, under_vote, voters_due
from zhibu_cli.model.declare import Expects
from zhibu_cli.model.voted import known_to, voted_on
from zhibu_cli.rules.checks.common import one_expectation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.sitting import Sitting, Vote
    from zhibu_cli.model.voted import Voted
    from zhibu_cli.rules.case import Case

MEMBERS, COMMITTEE = "members", "committee"
ELECTION = "election"
_BODIES = {Expects.MEMBERS: MEMBERS, Expects.COMMITTEE: COMMITTEE}


class Range(NamedTuple):
    """A number known exactly (both ends equal) or within limits."""

    low: int
    high: int

    def __str__(self) -> str:
        """As shown: ``16`` or ``15至17``."""
        return str(self.low) if self.low == self.high else f"{self.low}至{self.high}"


def exact(number: int | None) -> Range | None:
    """A stated number, or None."""
    return None if number is None else Range(number, number)


def body_of(sitting: Sitting, case: Case) -> str:
    """Who votes: ``members``, ``committee``, or an empty text where neither is expected."""
    if not all(case.ledger.catalogue.kind(kind).branch_life for kind in sitting.kinds):
        return ""
    return _BODIES.get(expectation(sitting, case.ledger.catalogue), "")


def vote_title(case: Case, vote: Vote) -> str:
    """What was voted on; where the row does not say, its class."""
    people = "、".join(map(case.ledger.roster.name_of, vote.object))
    if title := "：".join(filter(None, (vote.subject, people))):
        return title
    matter = case.ledger.catalogue.register("sitting").child("votes").field("matter")
    return next((term.label for term in matter.terms if term.code == vote.matter), vote.title)


def voted_in(case: Case, vote: Vote) -> Voted:
    """The people in 对象, by the roster, 发展党员 and what looks like a name."""
    return voted_on(vote.object, known_to(case.ledger.roster, developing(case)))


def developing(case: Case) -> frozenset[str]:
    """Names in 发展党员."""
    if "developing" not in case.memo:
        case.memo["developing"] = frozenset(row.name for row in case.ledger.developments)
    found: frozenset[str] = case.memo["developing"]
    return found


def expected_voters(case: Case, sitting: Sitting, vote: Vote) -> Range | None:
    """应到 with the right to vote: as the row states it, else by the roster of that day.

    A vote within the committee has no base in the roster: on the day of an election the old and
    the new members both hold their posts.
    """
    if vote.expected is not None:
        return exact(vote.expected)
    if body_of(sitting, case) == COMMITTEE:
        return exact(sitting.expected) if isinstance(sitting.expected, int) else None
    return exact(len(voters_due(sitting, case.ledger.roster)) or None)


def present_voters(case: Case, sitting: Sitting, vote: Vote) -> Range | None:
    """实到 with the right to vote: as the row states it, else by name, else within limits."""
    if vote.present is not None:
        return exact(vote.present)
    if body_of(sitting, case) == COMMITTEE:
        return exact(sitting.present) if isinstance(sitting.present, int) else None
    count = case.ledger.counted(sitting)
    voters = {*voters_due(sitting, case.ledger.roster)}
    if count.present is not None and voters:
        known = case.ledger.roster.by_id
        named = len(voters & {*count.present})
        return Range(named, named + sum(ref not in known for ref in count.present))
    if count.present_count is None or not voters:
        return None
    others = len({*count.due} - voters)
    return Range(max(0, count.present_count - others), min(count.present_count, len(voters)))


def members_with_vote(case: Case, sitting: Sitting) -> set[str]:
    """Numbers of those with a vote by the roster of that day, whoever is counted among those due."""
    roster = case.ledger.roster
    return {member.id for member in roster.voters_on(sitting.day)} - under_vote(sitting, roster)


def over_base(case: Case, sitting: Sitting, vote: Vote) -> str:
    """``应到6人``, where that is more than have a vote and others were there to be counted in; else empty."""
    voters = members_with_vote(case, sitting) if body_of(sitting, case) == MEMBERS else set()
    if not voters or len(case.ledger.roster.members_on(sitting.day)) == len(voters):
        return ""
    stated = (("应到", vote.expected), ("实到", vote.present))
    return next((f"{name}{number}人" for name, number in stated if _more(number, len(voters))), "")


def favour(vote: Vote, present: Range | None, *, counted: bool) -> Range | None:
    """Votes in favour, as far as the row says whether written opinions are among them.

    赞成 + 反对 + 弃权 = 到会 (+ 书面意见) tells whether they are (§10-15). Where they count, those
    not yet among the votes may be in favour; where they do not, those among the votes come off.
    """
    stated, written = vote.in_favour, vote.written or 0
    if stated is None or not written:
        return exact(stated)
    included = _written_included(vote, present)
    if counted:
        return Range(stated, stated if included else stated + written)
    return Range(stated if included is False else max(0, stated - written), stated)


def _written_included(vote: Vote, present: Range | None) -> bool | None:
    parts = (vote.in_favour, vote.against, vote.abstained)
    if None in parts or present is None or present.low != present.high:
        return None
    total = sum(part or 0 for part in (*parts, vote.invalid))
    if total == present.low + (vote.written or 0):
        return True
    return False if total == present.low else None


def impossible(case: Case, sitting: Sitting, vote: Vote) -> Iterator[str]:
    """What of the figures of a row cannot be true, in words; nothing: they may be."""
    yield from _head_faults(case, sitting, vote)
    yield from _ballot_faults(vote)
    yield from _sum_faults(case, sitting, vote)


def clash(expected: Range | None, present: Range | None) -> str:
    """Why 应到 and 实到, wherever they come from, cannot both be true; empty: they may be."""
    if expected is None or present is None or present.low <= expected.high:
        return ""
    return f"实到{present.low}人多于应到{expected}人"


def _head_faults(case: Case, sitting: Sitting, vote: Vote) -> Iterator[str]:
    if vote.expected == 0:
        yield "应到写作0人"
    elif _more(vote.present, vote.expected):
        yield f"实到{vote.present}人多于应到{vote.expected}人"
    heads = sitting.present if isinstance(sitting.present, int) else None
    alone = one_expectation(case, sitting) in _BODIES
    if alone and _more(vote.present, heads):
        yield f"表决所写实到{vote.present}人多于会议所写实到{heads}人"


def _ballot_faults(vote: Vote) -> Iterator[str]:
    if vote.present is not None and _more(vote.issued, vote.present + (vote.written or 0)):
        yield f"发出票{vote.issued}张多于实到{vote.present}人"
    if vote.matter != ELECTION and _more(vote.returned, vote.issued):
        yield f"收回票{vote.returned}张多于发出票{vote.issued}张"
    if vote.returned is None:
        return
    if vote.valid is not None and vote.invalid is not None and vote.valid + vote.invalid != vote.returned:
        yield f"有效票{vote.valid}张与无效票{vote.invalid}张之和不等于收回票{vote.returned}张"
    elif _more(vote.valid, vote.returned):
        yield f"有效票{vote.valid}张多于收回票{vote.returned}张"


def _more(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _sum_faults(case: Case, sitting: Sitting, vote: Vote) -> Iterator[str]:
    parts = (("赞成", vote.in_favour), ("反对", vote.against), ("弃权", vote.abstained))
    stated = [(name, number) for name, number in parts if number is not None]
    target = _target(case, sitting, vote)
    if not stated:
        return
    total = sum(number for _, number in stated)
    words = "＋".join(f"{name}{number}" for name, number in stated)
    words = f"{words}＝{total}" if len(stated) > 1 else f"{words}票"
    if target is None:
        if _more(total, vote.expected):
            yield f"{words}，多于应到{vote.expected}人"
        return
    low, high, name = target
    if total > high:
        yield f"{words}，多于{name}"
    elif len(stated) == len(parts) and total < low - _elsewhere(vote, low):
        yield f"{words}，少于{name}"


def _elsewhere(vote: Vote, most: int) -> int:
    """Votes that may stand outside 赞成, 反对 and 弃权: 另选他人, and in an election not stated, any."""
    return most if vote.matter == ELECTION and vote.others is None else vote.others or 0


def _target(case: Case, sitting: Sitting, vote: Vote) -> tuple[int, int, str] | None:
    """What the parts have to come to, at least and at most, and how it is called."""
    invalid, written = vote.invalid or 0, vote.written or 0
    beside = (f"（另有书面意见{written}份）" if written else "") + (f"减无效票{invalid}张" if invalid else "")
    if vote.valid is not None:
        return vote.valid, vote.valid + written, f"有效票{vote.valid}张"
    if vote.returned is not None:
        least = vote.returned - invalid if vote.invalid is not None else 0
        return least, vote.returned + written - invalid, f"收回票{vote.returned}张{beside}"
    if vote.issued is not None:
        return 0, vote.issued + written - invalid, f"发出票{vote.issued}张{beside}"
    present = present_voters(case, sitting, vote)
    if present is None:
        return None
    return present.low - invalid, present.high + written - invalid, f"实到{present}人{beside}"
