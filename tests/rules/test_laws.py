"""Laws of the duties, whatever the records: see style.md «Tests».

The branch: 甲 (书记, 领导干部), 乙 (组织委员), 丙 (宣传委员), 丁, 戊, 己 (预备 since 2023-09-01);
groups 一组, 二组.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.period import Span
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.rule import RuleBook

PEOPLE = ["甲", "乙", "丙", "丁", "戊", "己"]
KINDS = ("general_meeting", "committee_meeting", "group_meeting", "theme_day", "lecture", "org_life_meeting")
YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))

days = st.dates(date(2023, 12, 1), date(2025, 4, 30)).map(date.isoformat)
sittings = st.fixed_dictionaries(
    {"kinds": st.sampled_from([[kind] for kind in KINDS] + [["theme_day", "lecture"]]), "on": days},
    optional={
        "group": st.sampled_from(["一组", "二组", "三组"]),
        "lecturer": st.sampled_from(PEOPLE),
        "hours": st.sampled_from([2, 16]),
        "assessment_year": st.sampled_from([2023, 2024, 2025]),
        "forms": st.sampled_from([["general"], ["committee"], ["group"], ["online"]]),
        "attendees": st.one_of(st.just("全体"), st.lists(st.sampled_from(PEOPLE), unique=True)),
        "theme": st.sampled_from(["一月学习", "二月学习", "廉政教育"]),
    },
)
talks = st.fixed_dictionaries(
    {
        "kind": st.just("talk"),
        "on": days,
        "talkers": st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=1),
        "partners": st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True),
    }
)
trainings = st.fixed_dictionaries(
    {
        "kind": st.just("training"),
        "on": days,
        "member": st.sampled_from(PEOPLE),
        "hours": st.sampled_from([0.5, 8, 24, 32, 56]),
    },
    optional={
        "form": st.sampled_from(["centralized", "collective", "self"]),
        "purpose": st.sampled_from(["rotation", "induction", "new_member"]),
        "level": st.sampled_from(["county_up", "below"]),
    },
)
debriefings = st.fixed_dictionaries(
    {"kind": st.just("debriefing"), "on": days, "assessment_year": st.sampled_from([2023, 2024, 2025])}
)
records = st.one_of(sittings, talks, trainings, debriefings)
PREFIXES = {"talk": "T", "training": "X", "debriefing": "D"}


def numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**row, "id": f"{PREFIXES.get(row.get('kind', ''), 'S')}{n}"} for n, row in enumerate(rows, start=1)
    ]


def ledger(rows: list[dict[str, Any]]) -> Ledger:
    return example_ledger(
        {
            "as_of": "2024-12-31",
            "starts": dict.fromkeys(("talk", "training", "debriefing"), "2023-01-01"),
            "members": [
                {"name": "甲", "leader": True},
                *PEOPLE[1:5],
                {"name": "己", "status": "probationary", "joined": "2023-09-01"},
            ],
            "groups": ["一组", "二组"],
            "posts": [
                {"who": "甲", "post": "secretary"},
                {"who": "乙", "post": "organisation"},
                {"who": "丙", "post": "publicity"},
            ],
            "records": rows,
        },
        CATALOGUE,
    )


@cache
def duties() -> RuleBook:
    book = load_book()
    kinds = {"cadence", "assessment", "talks", "state", "term", "grades", "substitution"}
    kinds |= {"attendance", "mentioned", "followup", "size", "posts", "elections", "reminder"}
    kinds |= {"training", "course", "standing"}
    rules = tuple(rule for rule in book.rules if rule.check.partition(".")[0] in kinds)
    return replace(book, rules=rules)


@cache
def records_too() -> RuleBook:
    """The duties and what may be undone by one more record: absence, steps, order, form, sameness."""
    book = load_book()
    kinds = {"absence", "steps", "preceded", "distinct", "vote_form"}
    more = tuple(rule for rule in book.rules if rule.check.partition(".")[0] in kinds)
    return replace(book, rules=(*duties().rules, *more))


def answer(of: Ledger, as_of: date, book: RuleBook | None = None) -> dict[str, Finding]:
    return {finding.key: finding for finding in evaluate(book or duties(), of, YEAR, as_of)}


@settings(max_examples=25, deadline=None)
@given(st.lists(records, max_size=8), records, st.dates(date(2024, 1, 1), date(2025, 6, 30)))
def test_one_more_record_never_takes_away_what_is_met(
    rows: list[dict[str, Any]], more: dict[str, Any], as_of: date
) -> None:
    rows = numbered([*rows, more])
    before, after = answer(ledger(rows[:-1]), as_of), answer(ledger(rows), as_of)
    met = {key for key, finding in before.items() if finding.status is Status.MET}
    assert {key for key in met if after[key].status is not Status.MET} == set()


@settings(max_examples=25, deadline=None)
@given(st.lists(records, max_size=8), st.randoms(use_true_random=False), st.just(date(2025, 1, 10)))
def test_the_order_in_which_records_come_is_irrelevant(
    rows: list[dict[str, Any]], chance: Any, as_of: date
) -> None:
    first = ledger(numbered(rows))
    shuffled = list(first.entries)
    chance.shuffle(shuffled)
    again = build_ledger(shuffled, CATALOGUE)
    assert answer(again, as_of, records_too()) == answer(first, as_of, records_too())


@settings(max_examples=25, deadline=None)
@given(st.lists(records, max_size=8), st.dates(date(2024, 1, 1), date(2024, 12, 30)))
def test_what_happens_after_the_day_of_the_check_changes_nothing(
    rows: list[dict[str, Any]], as_of: date
) -> None:
    rows = numbered(rows)
    known = [row for row in rows if row["on"] <= as_of.isoformat()]
    assert answer(ledger(rows), as_of, records_too()) == answer(ledger(known), as_of, records_too())


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2018, 11, 1), date(2026, 12, 30)))
def test_an_open_period_is_never_missed(as_of: date) -> None:
    """Only the term of office is over on its last day, and no post of this branch begins one."""
    findings = evaluate(duties(), ledger([]), Span(as_of, as_of + timedelta(days=400)), as_of)
    assert [f.key for f in findings if f.status is Status.MISSED and f.due >= as_of] == []
