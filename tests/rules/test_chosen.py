"""Duties under a choice of documents: severity, words and articles are those of the texts that are left."""

from __future__ import annotations

from datetime import date

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Span
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger
from zhibu_cli.rules.pack import load_book

BOOK = load_book()
WITHOUT_OPINION = BOOK.chosen((), without=("sichuan-2016",))
ONLY_OPINION = BOOK.chosen(("sichuan-2016",))
ONLY_REGULATION = BOOK.chosen(("支部工作条例",))
EMPTY = example_ledger({"as_of": "2024-12-31", "members": ["甲"]}, CATALOGUE)


def found(book: object, key: str, as_of: date) -> tuple[str, str, str, str, list[str]] | None:
    """Severity, status, title, message and articles of one finding in an empty ledger."""
    span = Span(date(as_of.year, 1, 1), date(as_of.year, 12, 31))
    for one in evaluate(book, EMPTY, span, as_of):  # type: ignore[arg-type]
        if one.key == key:
            articles = [f"{ground.source.id} {ground.article}" for ground in one.grounds]
            return one.severity.value, one.status.value, one.title, one.message, articles
    return None


def test_without_the_opinion_a_general_meeting_is_only_usual_and_is_said_to_be() -> None:
    """条例第十一条: 一般每季度一次; only the 意见 of 2016 says 至少."""
    answer = found(WITHOUT_OPINION, "general-meeting-quarterly@2024-Q1", date(2024, 4, 1))
    assert answer is not None
    severity, status, title, message, articles = answer
    assert (severity, status) == ("warn", "missed")
    assert title == "支部党员大会一般每季度一次"
    assert "条文表述：一般每季度召开一次。" in message
    assert "至少" not in message
    assert articles == ["branch-regulation-2018 第十一条"]


@pytest.mark.parametrize("book", [BOOK.chosen(()), ONLY_OPINION], ids=["both", "the opinion alone"])
def test_with_the_opinion_a_general_meeting_is_owed_at_least(book: object) -> None:
    answer = found(book, "general-meeting-quarterly@2024-Q1", date(2024, 4, 1))
    assert answer is not None
    assert answer[0] == "error"
    assert answer[2] == "支部党员大会每季度至少一次"
    assert "条文表述：每季度至少召开一次。" in answer[3]


def test_before_the_regulation_a_branch_without_the_opinion_owes_no_general_meeting() -> None:
    """条例 is in force from 2018-10-28, the 意见 from 2016-11-18."""
    assert found(WITHOUT_OPINION, "general-meeting-quarterly@2018-Q1", date(2018, 4, 1)) is None
    assert found(BOOK.chosen(()), "general-meeting-quarterly@2018-Q1", date(2018, 4, 1)) is not None


def test_the_secretarys_own_lecture_rests_on_the_opinion_alone() -> None:
    ids = {rule.id for rule in WITHOUT_OPINION.rules}
    assert "secretary-lecture-yearly" not in ids
    assert "theme-day-monthly" in ids


def test_a_theme_day_stays_a_monthly_duty_by_the_regulation() -> None:
    """条例第十六条 says 每月, without 一般."""
    for book in (WITHOUT_OPINION, ONLY_REGULATION):
        answer = found(book, "theme-day-monthly@2024-01", date(2024, 2, 1))
        assert answer is not None
        assert answer[0] == "error"
        assert answer[4] == ["branch-regulation-2018 第十六条"]
    assert found(WITHOUT_OPINION, "theme-day-monthly@2018-01", date(2018, 2, 1)) is None


def test_by_the_opinion_alone_a_theme_day_is_to_be_explained() -> None:
    """突出一月一主题 is no 必须."""
    answer = found(ONLY_OPINION, "theme-day-monthly@2024-01", date(2024, 2, 1))
    assert answer is not None
    assert answer[0] == "warn"
    assert "条文表述：突出一月一主题。" in answer[3]


@pytest.mark.parametrize("book", [BOOK.chosen(()), ONLY_OPINION, ONLY_REGULATION])
def test_committee_and_group_meetings_are_usual_by_either_text(book: object) -> None:
    for rule in ("committee-meeting-monthly", "group-meeting-monthly"):
        (one,) = [held for held in book.rules if held.id == rule]  # type: ignore[attr-defined]
        assert {version.severity.value for version in one.versions} == {"warn"}
        assert {version.params["asks"] for version in one.versions} == {"一般每月召开一次"}


def test_a_text_without_a_number_carries_no_duty_alone() -> None:
    """The 意见 says 坚持, 认真落实, 经常性 of these five: how often only 条例 says."""
    five = {
        "org-life-meeting-yearly",
        "appraisal-yearly",
        "talk-committee-pairs",
        "talk-committee-member",
        "talk-member-member",
    }
    assert five & {rule.id for rule in ONLY_OPINION.rules} == set()
    assert five <= {rule.id for rule in WITHOUT_OPINION.rules}


def test_the_checks_of_records_are_always_on() -> None:
    assert "record-headcount" in {rule.id for rule in BOOK.chosen(("党章",)).rules}


def test_names_stand_for_the_default_packs_unless_these_are_named_too() -> None:
    local = {pack.id for pack in BOOK.chosen(("地方做法",)).packs}
    assert local == {"local-practice", "records"}
    both = {pack.id for pack in BOOK.chosen(("默认", "地方做法")).packs}
    assert both == {pack.id for pack in BOOK.chosen(()).packs} | {"local-practice"}


def test_no_version_is_graver_than_the_texts_that_are_left() -> None:
    """Whatever single pack is chosen: an error rests on a wording that stands for error, or says why."""
    for pack in BOOK.packs:
        for rule in BOOK.chosen((pack.id,)).rules:
            for version in rule.versions:
                words = {ground.wording for ground in rule.grounds_on(version.since)}
                if version.severity.value == "error" and not version.because:
                    assert "error" in {BOOK.strength.get(word) for word in words}, (pack.id, rule.id, words)
