"""Matters put to the vote in one kind of meeting that another kind usually looks at first.

Parameters:
    kinds: kinds, or forms (形式), of the sittings whose votes are looked at.
    matters: 事项类别 of these votes.
    by: the kind that comes first; by_forms: forms of it.
    within_days: days before the vote, its own day with them, in which it is looked for.
    asks: the words of the text for the message.

Records do not link topics, so the name of the person (对象), or where there is none the words of 事项, is
looked for in all that the other sitting says; on the same day the order is not judged. One finding for a
sitting, key ``rule@`` its number. Where there is no committee the duty does not apply; a sitting of the
other kind that says nothing at all, or days from before the ledger, leave it unknown.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.rules.case import make
from zhibu_cli.rules.checks.common import asked_sittings, called, record_name
from zhibu_cli.rules.checks.mentioned import texts_of
from zhibu_cli.rules.checks.vote_figures import vote_title, voted_in
from zhibu_cli.rules.duty import Verdict, asks
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting, Vote
    from zhibu_cli.rules.case import Case

PARAMETERS = {
    "check": {
        "kinds": "texts",
        "matters": "texts",
        "by": "kind",
        "by_forms": "texts?",
        "within_days": "count-",
        "asks": "text",
    }
}


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every sitting that votes on such a matter."""
    for sitting in asked_sittings(case):
        version = rule.version_on(sitting.day) if sitting.votes else None
        if version is None or not {*version.params["kinds"]} & {*sitting.kinds, *sitting.forms}:
            continue
        votes = [vote for vote in sitting.votes if vote.matter in version.params["matters"]]
        if votes:
            yield _finding(rule, version, case, sitting, votes)


def _finding(rule: Rule, version: Version, case: Case, sitting: Sitting, votes: Sequence[Vote]) -> Finding:
    earlier = _earlier(version, case, sitting)
    before = {index: _naming(case, vote, earlier) for index, vote in enumerate(votes)}
    left = [vote for index, vote in enumerate(votes) if not before[index]]
    verdict = _verdict(version, case, sitting, left, earlier)
    name = record_name(case, sitting)
    found = {id_ for ids in before.values() for id_ in ids}
    return make(
        rule,
        version,
        on=sitting.day,
        key=sitting.id,
        subject=case.record(sitting.id, name),
        status=verdict.status,
        start=sitting.day,
        due=sitting.day,
        required=len(votes),
        found=len(votes) - len(left),
        evidence=(*(other.id for other in earlier if other.id in found), sitting.id),
        message=f"{name}：{verdict.message}",
    )


def _earlier(version: Version, case: Case, sitting: Sitting) -> list[Sitting]:
    first = sitting.day - timedelta(days=version.params["within_days"])
    wanted = {version.params["by"], *version.params.get("by_forms", ())}
    return [
        other
        for other in case.ledger.sittings.between(first, sitting.day)
        if other.id != sitting.id and wanted & {*other.kinds, *other.forms}
    ]


def _naming(case: Case, vote: Vote, earlier: Sequence[Sitting]) -> list[str]:
    """Numbers of the sittings that name the person, or the matter by its own or its usual name."""
    people = [case.ledger.roster.name_of(name) for name in voted_in(case, vote).names]
    matters = [word for word in (vote.subject, _matter(case, vote)) if word]

    def named(text: str) -> bool:
        return (bool(people) and all(name in text for name in people)) or any(one in text for one in matters)

    return [other.id for other in earlier if named(_said(case, other))]


def _matter(case: Case, vote: Vote) -> str:
    """What the matter is called in the sheet: 接收预备党员."""
    return case.ledger.catalogue.register("sitting").child("votes").field("matter").term(vote.matter)


def _said(case: Case, sitting: Sitting) -> str:
    votes = [
        "\n".join((vote.subject, *map(case.ledger.roster.name_of, vote.object))) for vote in sitting.votes
    ]
    return "\n".join((texts_of(sitting, "all"), *votes))


def _verdict(
    version: Version, case: Case, sitting: Sitting, left: Sequence[Vote], earlier: Sequence[Sitting]
) -> Verdict:
    label = case.ledger.catalogue.kind(version.params["by"]).label
    roster = case.ledger.roster
    if not left:
        return Verdict(Status.MET, f"表决的事项此前或当日有{label}记录提到。")
    if not roster.posts_known(sitting.day):
        message = f"“职务任期”中没有{chinese_date(sitting.day)}在任的人员，无法判断是否设有支部委员会。"
        return Verdict(Status.UNKNOWN, message)
    if not roster.committee_on(sitting.day):
        return Verdict(Status.NOT_APPLICABLE, "按“职务任期”，当日未设支部委员会。")
    days = version.params["within_days"]
    begins = case.ledger.begins("sitting", version.params["by"])
    silent = [other.id for other in earlier if not _said(case, other)]
    nameless = [vote for vote in left if not (vote.object or vote.subject)]
    if begins is None or begins > sitting.day - timedelta(days=days) or silent or nameless:
        why = f"{called(case, silent)}没有写内容" if silent else "此前的记录不全或未写明对象"
        return Verdict(Status.UNKNOWN, f"{why}，表决前是否经{label}讨论无法判断。")
    titles = "、".join(f"“{vote_title(case, vote)}”" for vote in left)
    how = f"在会前{days}天内的{label}记录中未见提到；按姓名或事项查找，换了写法的请核对。"
    return Verdict(Status.MISSED, f"{titles}{how}{asks(version)}")
