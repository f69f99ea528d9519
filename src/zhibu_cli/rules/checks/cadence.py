"""At least N records of a kind in every month, quarter or year.

Parameters:
    kind: the kind that counts.
    per: ``month``, ``quarter`` or ``year``.
    at_least: the text's own number.
    asks: the words of the text for the message: 一般每月召开一次.
    scope: ``branch`` (default), ``committee`` (not applicable while there is none) or ``groups``
        (each group by itself; unknown where roster or records name groups that 党小组 does not have).
    lecturer_post: the lecturer must hold this post that day (the secretary's own lecture).
    new_after_months: a met year also tells who took up that post in it, has held it for so many months
        and has not lectured.

The version in force on the period's last day, or on the as-of day in an open one, decides. Readings
of regulations.md §10: a record belongs to the period in which it began; an open period that is
still short is pending; the month of founding and a first quarter or year with less than a month
left are not applicable, nor is a month on whose first or last day there was no committee or no such
group; a later extra record does not fill an earlier gap. A secretary of any part of the year may have
lectured; a lecture held on a day for which no secretary is known leaves the year unjudged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.declare import Expects
from zhibu_cli.model.finding import Finding, Status, Subject
from zhibu_cli.model.ledger import FORM_KINDS
from zhibu_cli.model.period import Period, Span, Unit, add_months, periods_between
from zhibu_cli.model.records import held_between
from zhibu_cli.rules.case import Case, make
from zhibu_cli.rules.checks.common import called
from zhibu_cli.rules.duty import Verdict, asks, founding, not_kept, still_short
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.roster import Group
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.sitting import Sitting

PARAMETERS = {
    "check": {
        "kind": "kind",
        "per": "unit",
        "at_least": "count+",
        "asks": "text",
        "scope": "branch|committee|groups?",
        "lecturer_post": "text?",
        "new_after_months": "count-?",
    }
}


class _Target(NamedTuple):
    """Somebody who owes the duty."""

    subject: Subject
    group: Group | None = None

    @property
    def suffix(self) -> str:
        return f"/{self.group.id}" if self.group else ""


class _Records(NamedTuple):
    """Records of the kind in a period: those that count, and those that do not and why."""

    counted: list[Entry]
    left_out: list[Entry]


def check(rule: Rule, case: Case) -> Iterator[Finding]:
    """Judge every period that touches the asked range, for everybody who owes the duty."""
    unit = Unit(rule.versions[-1].params["per"])
    for period in periods_between(unit, Span(case.asked.start, case.outlook)):
        version = rule.version_on(case.deciding_day(period.end))
        if version is None:
            continue
        for target in _targets(version, case, period):
            yield _judge(rule, version, case, period, target)


def _targets(version: Version, case: Case, period: Period) -> Iterator[_Target]:
    scope = version.params.get("scope", "branch")
    if scope == "committee":
        yield _Target(case.committee())
        return
    groups = _groups(case, period) if scope == "groups" else []
    for group in groups:
        yield _Target(case.group(group.id), group)
    if not groups:
        yield _Target(case.branch())


def _groups(case: Case, period: Period) -> list[Group]:
    """Groups that existed on some day of the period that has been reached."""
    last = case.deciding_day(period.end)
    return [
        group
        for group in case.ledger.roster.groups
        if (group.founded is None or group.founded <= last)
        and (group.dissolved is None or group.dissolved > period.start)
    ]


def _judge(rule: Rule, version: Version, case: Case, period: Period, target: _Target) -> Finding:
    records = _records(version, case, period, target)
    verdict = _verdict(version, case, period, target, records)
    return make(
        rule,
        version,
        on=case.deciding_day(period.end),
        key=period.key + target.suffix,
        subject=target.subject,
        status=verdict.status,
        start=period.start,
        due=period.end,
        period=period.key,
        required=version.params["at_least"],
        found=len(records.counted),
        evidence=[entry.id for entry in records.counted],
        message=verdict.message,
    )


def _records(version: Version, case: Case, period: Period, target: _Target) -> _Records:
    records = _Records([], [])
    entries = case.ledger.of_kind(version.params["kind"])
    for entry in entries[held_between(entries, period.start, case.deciding_day(period.end))]:
        counts = _counts(version, case, entry, target)
        (records.counted if counts else records.left_out).append(entry)
    return records


def _counts(version: Version, case: Case, entry: Entry, target: _Target) -> bool:
    roster, day = case.ledger.roster, entry.day
    assert day is not None
    if target.group is not None:
        return roster.group_ref(entry.payload.get("group", "")) == target.group.id
    scope = version.params.get("scope", "branch")
    if scope == "groups":
        return False
    if scope == "committee":
        return bool(roster.committee_on(day)) or not roster.posts_known(day)
    post = version.params.get("lecturer_post")
    if post:
        lecturer = case.ledger.sittings.by_id(entry.id).lecturer
        return lecturer is not None and post in roster.posts_of(lecturer.ref, day)
    return True


def _verdict(version: Version, case: Case, period: Period, target: _Target, records: _Records) -> Verdict:
    what, found = _what(version, case, target), len(records.counted)
    if found >= version.params["at_least"] and case.ledger.branch.founded <= period.end:
        note = _new_in_post(version, case, period, records)
        return Verdict(Status.MET, f"{period.label}有{what}{found}次。{note}")
    verdict = (
        founding(case, period)
        or (_no_groups(case, period, records) if _branch_of_groups(version, target) else None)
        or _nobody(version, case, period, target)
        or not_kept(case, "sitting", version.params["kind"], period.start, period.end)
        or _lecturer_unknown(version, case, period, records)
    )
    if verdict is not None:
        return verdict
    status, message = still_short(case, period.end, period.unit, what, found)
    notes = _notes(version, case, period, target, records)
    notes += _formless(version, case, period) if status is not Status.PENDING else ""
    return Verdict(status, f"{message}{asks(version)}{notes}")


def _what(version: Version, case: Case, target: _Target) -> str:
    """What is counted: 支部党员大会记录, 书记主讲的党课记录, 第一党小组的党小组会记录."""
    label = case.ledger.catalogue.kind(version.params["kind"]).label
    post = version.params.get("lecturer_post")
    whose = f"{target.group.name}的" if target.group else ""
    return f"{case.post_title(post)}主讲的{label}记录" if post else f"{whose}{label}记录"


def _branch_of_groups(version: Version, target: _Target) -> bool:
    """Whether the branch stands in for groups, none of which is known in the period."""
    return version.params.get("scope") == "groups" and target.group is None


def _no_groups(case: Case, period: Period, records: _Records) -> Verdict:
    """Not applicable; unknown, where nobody is known, or groups are named that 党小组 does not have."""
    day = case.deciding_day(period.end)
    members = case.ledger.roster.members_on(day)
    named = dict.fromkeys(group for member in members if (group := member.group_on(day)))
    seen = [f"名册写有{'、'.join(named)}"] if named else []
    seen += [f"有{called(case, (entry.id for entry in records.left_out))}"] if records.left_out else []
    if seen:
        where = f"“党小组”中没有登记{period.label}的党小组"
        return Verdict(Status.UNKNOWN, f"{'，'.join(seen)}，而{where}，无法逐组判断。")
    if not members:
        nobody = f"名册中没有{chinese_date(day)}在册的党员"
        return Verdict(Status.UNKNOWN, f"{nobody}，无法判断是否划分党小组。")
    return Verdict(Status.NOT_APPLICABLE, f"“党小组”中没有登记{period.label}的党小组，不适用。")


def _nobody(version: Version, case: Case, period: Period, target: _Target) -> Verdict | None:
    """Not applicable or unknown, where there was no committee or no such group."""
    scope, roster = version.params.get("scope", "branch"), case.ledger.roster
    first = chinese_date(period.start)
    if scope == "committee" and not roster.posts_known(period.start):
        return Verdict(Status.UNKNOWN, f"“职务任期”中没有{first}在任的人员，无法判断是否设有支部委员会。")
    if scope == "committee" and not roster.committee_on(period.start):
        return Verdict(Status.NOT_APPLICABLE, f"按“职务任期”，{first}未设支部委员会，当月不要求。")
    last = case.deciding_day(period.end)
    if scope == "committee" and roster.posts_known(last) and not roster.committee_on(last):
        return Verdict(
            Status.NOT_APPLICABLE, f"按“职务任期”，{chinese_date(last)}已不设支部委员会，当月不要求。"
        )
    if target.group is not None and not target.group.exists(period.start):
        return Verdict(Status.NOT_APPLICABLE, f"{target.group.name}在{period.label}中成立，当月不要求。")
    if target.group is not None and not target.group.exists(last):
        return Verdict(Status.NOT_APPLICABLE, f"{target.group.name}在{period.label}中撤销，当月不要求。")
    return None


def _lecturer_unknown(version: Version, case: Case, period: Period, records: _Records) -> Verdict | None:
    post = version.params.get("lecturer_post")
    if not post:
        return None
    roster = case.ledger.roster
    last = case.deciding_day(period.end)
    known = any(
        held.post == post and held.since <= last and (held.until is None or held.until >= period.start)
        for held in roster.posts
    )
    if not known:
        return Verdict(
            Status.UNKNOWN, f"“职务任期”中没有{period.label}在任的{case.post_title(post)}，无法判断。"
        )
    open_days = [entry.id for entry in records.left_out if entry.day and not roster.holders(post, entry.day)]
    if open_days:
        return Verdict(
            Status.UNKNOWN,
            f"{called(case, open_days)}当日在任的{case.post_title(post)}在“职务任期”中没有登记，无法判断。",
        )
    return None


def _new_in_post(version: Version, case: Case, period: Period, records: _Records) -> str:
    """Who took up the post in the period, has held it for some months and has not lectured yet."""
    months = version.params.get("new_after_months")
    if not months:
        return ""
    ledger, day, post = case.ledger, case.deciding_day(period.end), version.params["lecturer_post"]
    spoke = {
        ledger.roster.name_of(lecturer.ref)
        for entry in records.counted
        if (lecturer := ledger.sittings.by_id(entry.id).lecturer)
    }
    new = [
        ledger.roster.name_of(held.member)
        for held in ledger.roster.posts
        if held.post == post
        and held.held_on(day)
        and held.since > period.start
        and add_months(held.since, months) <= day
    ]
    silent = [name for name in dict.fromkeys(new) if name not in spoke]
    who = f"{case.post_title(post)}{'、'.join(silent)}"
    return f"{who}任职已满{months}个月，未见本人主讲的记录。" if silent else ""


def _notes(version: Version, case: Case, period: Period, target: _Target, records: _Records) -> str:
    """What lies beside the records that count, where those are too few."""
    left_out = called(case, (entry.id for entry in records.left_out))
    notes = []
    if left_out and "lecturer_post" in version.params:
        title = case.post_title(version.params["lecturer_post"])
        notes.append(f"{left_out}的主讲人当日不是{title}，不计入。")
    if target.group is not None:
        nameless = [
            entry.id
            for entry in records.left_out
            if case.ledger.roster.group_ref(entry.payload.get("group", ""))
            not in case.ledger.roster.groups_by_id
        ]
        notes += [f"{called(case, nameless)}未写明是哪个党小组，不计入。"] if nameless else []
    notes.append(_outside(case, period) if target.group is None else "")
    return "".join(notes)


def _formless(version: Version, case: Case, period: Period) -> str:
    """Records that may have been held in the form of this meeting of all members and do not say so.

    The form of a committee or of a group is left alone: nothing hints at which it was.
    """
    kind = case.ledger.catalogue.kind(version.params["kind"])
    if kind.name != FORM_KINDS["general"]:
        return ""
    sittings = case.ledger.sittings.between(period.start, case.deciding_day(period.end))
    records = called(case, (sitting.id for sitting in sittings if _of_unstated_form(case, sitting)))
    return f"{records}未写形式，未计入；如系{kind.label}形式，请在“形式”栏写明。" if records else ""


def _of_unstated_form(case: Case, sitting: Sitting) -> bool:
    wanted = {case.ledger.catalogue.kind(kind).expects for kind in sitting.kinds}
    bodies = {Expects.COMMITTEE, Expects.GROUP}
    return Expects.BY_FORM in wanted and not wanted & bodies and not FORM_KINDS.keys() & {*sitting.forms}


def _outside(case: Case, period: Period) -> str:
    """Records of the period that never count as life of the branch, so that nobody looks for them."""
    kinds = [kind for kind in case.ledger.catalogue.kinds if not kind.branch_life]
    last = case.deciding_day(period.end)
    held = [case.ledger.of_kind(kind.name) for kind in kinds]
    ids = [entry.id for entries in held for entry in entries[held_between(entries, period.start, last)]]
    return f"写有{'、'.join(kind.label for kind in kinds)}的不计入：{called(case, ids)}。" if ids else ""
