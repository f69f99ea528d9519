"""Which findings a paper may show that leaves the branch: those that name no member."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import SubjectKind
from zhibu_cli.model.sitting import EVERYBODY
from zhibu_cli.report.told import NAMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger

_MEMBER = re.compile(r"[A-Z]\d+")
_OF_PEOPLE = frozenset({"talk", "appraisal_row", "member", "member_event", "post", "development", "training"})
"""Registers whose every row is about one person or two."""
_OPEN_REGISTERS = frozenset({"sitting", "talk", "rectification"})
"""Registers whose numbers say nothing about one member alone."""


class Unnamed(NamedTuple):
    """The findings that name nobody, and how many there are beside them."""

    listed: tuple[Finding, ...]
    left_out: int


def unnamed(findings: Iterable[Finding], ledger: Ledger) -> Unnamed:
    """Findings in which no name of a person of this ledger stands.

    A finding about the branch or a record is judged by its words: where they tell who chaired or was
    voted on, it is left out as one about a member is. So is one about a record that is about one or two
    people by its nature, whatever its words: a talk, a grade, a row of the roster.
    """
    every = tuple(findings)
    named = _pattern({*_names(ledger)})
    listed = tuple(one for one in every if not _of_people(one, ledger) and not named.search(_words(one)))
    return Unnamed(listed, len(every) - len(listed))


def _of_people(finding: Finding, ledger: Ledger) -> bool:
    if finding.subject.kind is not SubjectKind.RECORD:
        return finding.subject.kind in NAMED
    register = ledger.catalogue.register_of_number(finding.subject.id)
    return register is not None and register.name in _OF_PEOPLE


def open_records(finding: Finding, ledger: Ledger) -> tuple[str, ...]:
    """The records it rests on, without those about one member (a row of the roster, a grade)."""
    numbers = dict.fromkeys((*finding.evidence, *([finding.subject.id] if finding.about_record else ())))
    registers = ((one, ledger.catalogue.register_of_number(one)) for one in numbers)
    return tuple(one for one, register in registers if register and register.name in _OPEN_REGISTERS)


def _names(ledger: Ledger) -> Iterator[str]:
    """Everybody on the roster, and whoever a record names and the roster does not know."""
    for member in ledger.roster.members:
        yield from (member.name, member.plain_name)
    yield from (one.name for one in ledger.roster.same)
    yield from (name for name in _strangers(ledger) if len(name) > 1 and not name.startswith(EVERYBODY))


def _strangers(ledger: Ledger) -> Iterator[str]:
    for sitting in ledger.sittings:
        leaders = (one.ref for one in (sitting.chair, sitting.recorder, sitting.lecturer) if one)
        away = (one.ref for one in (*sitting.absentees, *sitting.excused, *sitting.uncounted))
        yield from (*leaders, *away, *(sitting.attendees or ()))
        yield from (name for vote in sitting.votes if vote.matter not in _NOBODY for name in vote.object)
    for talk in ledger.talks:
        yield from (*talk.talkers, *talk.partners)


_NOBODY = frozenset({"general", "other"})
"""Matters of a vote whose 对象 need not be a person."""


def _pattern(names: set[str]) -> re.Pattern[str]:
    known = sorted((name for name in names if name and not _MEMBER.fullmatch(name)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, known)) if known else r"(?!)")


def _words(finding: Finding) -> str:
    reason = finding.waiver.reason if finding.waiver else ""
    return f"{finding.message}\n{finding.subject.name}\n{finding.title}\n{reason}"
