"""The people of a record: are they known, did they hold the post, were they in two places at once.

A person whose 组织关系 is elsewhere is a known person. Observers, scrutineers and the person a vote
is about may be anybody. Where the ledger knows nobody's post on a day, no post is judged.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from zhibu_cli.model.declare import Chair
from zhibu_cli.model.sitting import EVERYBODY, Sitting, read_ref
from zhibu_cli.rules.case import record_defect
from zhibu_cli.rules.checks.common import (
    asked_records,
    asked_sittings,
    defects,
    natural,
    people,
    record_name,
)
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Person, Talk
    from zhibu_cli.rules.case import Case

_DAY = timedelta(days=1)


PARAMETERS: dict[str, dict[str, str]] = {
    "unknown_person": {"talks_with_others": "texts"},
    "post_mismatch": {"authority": "flag"},
    "no_committee": {"kinds": "texts"},
    "overlap": {},
}


def unknown_person(rule: Rule, case: Case) -> Iterator[Finding]:
    """Names that the roster does not have, or has for another time."""
    roster = case.ledger.roster
    settled = {member.id: member.since for member in roster.members if not (member.left or member.events)}

    def outside(ref: str, day: date) -> bool:
        member = roster.find(ref)
        return member is not None and not member.home and not member.in_branch(day)

    def judge(record: Sitting | Talk, version: Version) -> str:
        listed, taking_part = _people(record, version)
        open_ = dict.fromkeys(ref for ref in listed if settled.get(ref, date.max) > record.day)
        if not open_:
            return ""
        strange = [ref for ref in open_ if ref not in roster.by_id and not roster.named(ref)]
        away = [ref for ref in open_ if ref in taking_part and outside(ref, record.day)]
        faults = [f"名册中没有{'、'.join(strange)}"] if strange else []
        if away:
            faults.append(f"按名册当日不在本支部的有{people(case, away)}")
        return "；".join([*faults, "请核对姓名和名册"]) if faults else ""

    yield from defects(rule, case, asked_records(case), judge)


def _people(record: Sitting | Talk, version: Version) -> tuple[Sequence[str], Sequence[str]]:
    """All references that ought to be known, and among them those who ought to be members."""
    if not isinstance(record, Sitting):
        others = any(word in record.category for word in version.params["talks_with_others"])
        listed = record.talkers if others else (*record.talkers, *record.partners)
        return [ref for ref in listed if ref not in EVERYBODY], ()
    absences = (*record.absentees, *record.excused, *record.uncounted)
    taking_part = (*(record.attendees or ()), *(absence.ref for absence in absences))
    listed = (*taking_part, *(person.ref for person in (record.chair, record.recorder) if person))
    guests = record.observers
    return [ref for ref in listed if ref not in guests] if guests else listed, taking_part


def post_mismatch(rule: Rule, case: Case) -> Iterator[Finding]:
    """Chair or lecturer did not hold the post that day: the one claimed, or the one required."""
    titles = _titles(case)

    def judge(sitting: Sitting, version: Version) -> str:
        if not case.ledger.roster.posts_known(sitting.day):
            return ""
        faults = [
            fault
            for role, person in (("主持人", sitting.chair), ("主讲人", sitting.lecturer))
            if person and (fault := _claim(case, sitting, role, person, titles))
        ]
        if version.params["authority"] and not faults and sitting.chair:
            faults += _authority(case, sitting, sitting.chair.ref)
        return "；".join([*faults, "请核对"]) if faults else ""

    yield from defects(rule, case, asked_sittings(case), judge)


def no_committee(rule: Rule, case: Case) -> Iterator[Finding]:
    """A meeting of the committee where there was none; ``kinds``: kinds or forms (形式) of such meetings."""

    def judge(sitting: Sitting, version: Version) -> str:
        if not {*version.params["kinds"]} & {*sitting.kinds, *sitting.forms}:
            return ""
        if not case.ledger.roster.without_committee(sitting.day):
            return ""
        return "按“职务任期”，当日只有书记、副书记，没有支部委员会，请核对记录的类型和职务任期"

    yield from defects(rule, case, asked_sittings(case), judge)


def _titles(case: Case) -> Mapping[str, str]:
    terms = case.ledger.catalogue.register("post").field("post").terms
    return {name: term.code for term in terms for name in (term.label, *term.aliases)}


def _claim(case: Case, sitting: Sitting, role: str, person: Person, titles: Mapping[str, str]) -> str:
    code = titles.get(clean(person.claimed_post)) if person.claimed_post else None
    roster = case.ledger.roster
    if code is None or roster.find(person.ref) is None:
        return ""
    held = roster.posts_of(person.ref, sitting.day)
    if code in held or (code == "commissioner" and held):
        return ""
    name = roster.name_of(person.ref)
    return f"{role}写作“{person.claimed_post} {name}”，按职务任期{name}当日未任此职"


def _authority(case: Case, sitting: Sitting, ref: str) -> Iterator[str]:
    roster = case.ledger.roster
    wanted = {case.ledger.catalogue.kind(kind).chair for kind in sitting.kinds}
    member = roster.find(ref)
    if member is None:
        return
    name = member.name
    # A meeting that elects is chaired by the committee before it, whose term may end the day before.
    held = roster.posts_of(ref, sitting.day) or roster.posts_of(ref, sitting.day - _DAY)
    if Chair.COMMITTEE in wanted and not held:
        yield f"按职务任期，主持人{name}当日不是书记、副书记或委员"
    elif Chair.GROUP_LEADER in wanted:
        leaders = _leaders(case, sitting.group)
        away = {absence.ref for absence in (*sitting.absentees, *sitting.excused)}
        if leaders and leaders.keys().isdisjoint((ref, member.id, name)) and away.isdisjoint(leaders):
            yield f"主持人为{name}，名册上的党小组组长为{people(case, leaders)}"


def _leaders(case: Case, group: str) -> dict[str, None]:
    """The group's leader and those the roster named before: when they changed is not kept."""
    number = case.ledger.roster.group_ref(group)
    entries = (entry for entry in case.ledger.entries if entry.register == "group" and entry.id == number)
    entry = next(entries, None)
    if entry is None:
        return {}
    values = [payload.get("leader") for payload in (entry.payload, *(old.payload for old in entry.earlier))]
    return dict.fromkeys(read_ref(value) for value in values if value)


def overlap(rule: Rule, case: Case) -> Iterator[Finding]:
    """One person at two sittings in different places at the same time; the later record is named.

    Judged only where both places and both beginnings are stated: an independent record of a part of
    the same activity stands in the same place, and an unknown place may be the same.
    """
    timed = [sitting for sitting in asked_sittings(case) if sitting.start and sitting.place]
    for _, group in groupby(timed, key=attrgetter("day")):
        sittings = list(group)
        for place, others in _clashes(case, sittings) if len(sittings) > 1 else ():
            yield from _overlap(rule, case, sittings[place], [(sittings[one], who) for one, who in others])


def _clashes(
    case: Case, sittings: Sequence[Sitting]
) -> Iterator[tuple[int, Sequence[tuple[int, frozenset[str]]]]]:
    """For a sitting of the day the earlier records of others at the same time elsewhere, with who is in both.

    One pass by the hour at which they begin; of those before, each person carries what may still last.
    """
    lasting: dict[str, list[int]] = {}
    twice: dict[int, dict[int, set[str]]] = {}
    for place in sorted(range(len(sittings)), key=lambda number: sittings[number].start or time.min):
        for who in _who(case, sittings[place]):
            still = [other for other in lasting.get(who, ()) if _lasts(sittings[other], sittings[place])]
            for other in still:
                earlier, later = sorted((other, place))
                twice.setdefault(later, {}).setdefault(earlier, set()).add(who)
            lasting[who] = [*still, place]
    names = [clean(sitting.place) for sitting in sittings]
    for place, others in sorted(twice.items()):
        apart = [
            (one, frozenset(who)) for one, who in sorted(others.items()) if _apart(names[one], names[place])
        ]
        if apart:
            yield place, apart


def _lasts(first: Sitting, second: Sitting) -> bool:
    """Whether the first is not over when the second, which begins no earlier, begins."""
    if first.start == second.start:
        return True
    return first.end is not None and second.start is not None and second.start < first.end


def _apart(one: str, other: str) -> bool:
    """Whether the two are different places: 三楼 and 三楼会议室 may be one."""
    return one not in other and other not in one


def _who(case: Case, sitting: Sitting) -> frozenset[str]:
    named = (sitting.chair, sitting.recorder, sitting.lecturer)
    present = case.ledger.counted(sitting).present or ()
    members = (case.ledger.roster.find(person.ref) for person in named if person)
    return frozenset((*present, *(member.id for member in members if member)))


def _overlap(
    rule: Rule, case: Case, sitting: Sitting, clashes: Sequence[tuple[Sitting, frozenset[str]]]
) -> Iterator[Finding]:
    name = record_name(case, sitting)
    facts = [
        f"{people(case, sorted(twice, key=natural))}同时记在{record_name(case, other)}（{other.place}）"
        for other, twice in clashes
    ]
    finding = record_defect(
        rule,
        case,
        id_=sitting.id,
        name=name,
        day=sitting.day,
        message=f"{name}（{sitting.place}）：{'；'.join(facts)}，时间重叠，请核对。",
    )
    if finding:
        yield replace(finding, evidence=(*(other.id for other, _ in clashes), sitting.id))
