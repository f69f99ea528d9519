"""Duties under a choice of documents: severity, words and articles are those of the texts that are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Span
from zhibu_cli.model.rule import Doc, Ground, Pack, Rule, RuleBook, Severity, Source, Version, strictest
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger
from zhibu_cli.rules.pack import load_book

BOOK = load_book()
WITHOUT_OPINION = BOOK.chosen((), without=("sichuan-2016",))
ONLY_OPINION = BOOK.chosen(("sichuan-2016",))
ONLY_REGULATION = BOOK.chosen(("支部工作条例",))
_TALKS = {"talk-committee-pairs", "talk-committee-member", "talk-member-member"}
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
    five = {"org-life-meeting-yearly", "appraisal-yearly", *_TALKS}
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


CARRIED_WITHOUT: dict[str, dict[str, tuple[str, list[str]]]] = {
    "branch-regulation-2018": {
        "committee-meeting-monthly": ("warn", ["sichuan-2016 （六）"]),
        "group-meeting-monthly": ("warn", ["sichuan-2016 （六）"]),
        "general-meeting-quarterly": ("error", ["sichuan-2016 （六）"]),
        "theme-day-monthly": ("warn", ["sichuan-2016 （六）"]),
        "dual-organizational-life": ("warn", ["sichuan-2016 （六）", "sichuan-2016 （十九）"]),
        "branch-min-full-members": ("error", ["office-regulation-2019 第七条"]),
        "committee-required": ("error", ["office-regulation-2019 第七条"]),
        "term-3-years": ("warn", ["office-regulation-2019 第七条"]),
        "elect-by-general-meeting": ("warn", ["election-regulation-2020 第四条"]),
        "secretary-rotation-training-yearly": ("remind", ["education-regulation-2019 学时条款"]),
        "record-post-mismatch": ("warn", ["zhibu-records 人员与职务"]),
    },
    "office-regulation-2019": {
        "branch-min-full-members": ("error", ["branch-regulation-2018 第二章"]),
        "committee-required": ("error", ["branch-regulation-2018 第二十条"]),
        "term-3-years": ("warn", ["branch-regulation-2018 第二十一条", "term-opinion-2018 任期"]),
    },
    "sichuan-2016": {
        "general-meeting-quarterly": ("warn", ["branch-regulation-2018 第十一条"]),
        "theme-day-monthly": ("error", ["branch-regulation-2018 第十六条"]),
        "org-life-meeting-yearly": ("error", ["branch-regulation-2018 第十七条"]),
        "appraisal-yearly": ("warn", ["branch-regulation-2018 第十八条"]),
        "talk-member-member": ("info", ["branch-regulation-2018 第十九条"]),
        "annual-debriefing": ("warn", ["debriefing-measures-2019 述职评议"]),
        "new-secretary-training-6m": ("remind", ["education-regulation-2019 学时条款"]),
    },
    "guidelines-2016": {
        "talk-committee-pairs": ("warn", ["branch-regulation-2018 第十九条"]),
        "talk-committee-member": ("warn", ["branch-regulation-2018 第十九条"]),
        "talk-member-member": ("info", ["branch-regulation-2018 第十九条"]),
        "appraisal-yearly": ("warn", ["branch-regulation-2018 第十八条"]),
    },
    "constitution": {
        "term-3-years": (
            "warn",
            ["branch-regulation-2018 第二十一条", "office-regulation-2019 第七条", "term-opinion-2018 任期"],
        ),
    },
    "education-regulation-2019": {},
    "election-regulation-2020": {
        "elect-by-general-meeting": ("warn", ["branch-regulation-2018 第二十一条"]),
        "vote-wrong-base": ("error", ["zhibu-records 票数口径"]),
    },
    "debriefing-measures-2019": {"annual-debriefing": ("warn", ["sichuan-2016 （二十一）"])},
}
"""Document switched off -> duty -> its severity today, and the texts left that demand its number alone."""

GONE_WITHOUT = {
    "branch-regulation-2018": {
        "org-life-meeting-yearly",
        "appraisal-yearly",
        "talk-committee-pairs",
        "talk-committee-member",
        "talk-member-member",
        "vote-general-quorum",
        "committee-quorum",
    },
    "sichuan-2016": {"secretary-lecture-yearly", "no-substitute-study-for-branch-life"},
    "education-regulation-2019": {"new-secretary-training-6m", "secretary-rotation-training-yearly"},
    "election-regulation-2020": {"vote-elect-quorum", "vote-elect-win", "ballots-valid"},
}
"""Document switched off -> duties whose number no other text has (regulations.md §3 to §7)."""


@pytest.mark.parametrize("document", CARRIED_WITHOUT)
def test_without_a_document_a_duty_rests_on_the_texts_that_have_its_number(document: str) -> None:
    book = BOOK.chosen((), without=(document,))
    for name, (severity, articles) in CARRIED_WITHOUT[document].items():
        rule = book.find(name)
        assert rule is not None, name
        version = rule.version_on(date(2026, 1, 1))
        assert version is not None
        held = [ground for ground in rule.grounds_on(date(2026, 1, 1)) if not ground.supporting]
        carrying = [f"{ground.source.id} {ground.article}" for ground in held]
        assert (name, version.severity.value, carrying) == (name, severity, articles)


@pytest.mark.parametrize("document", GONE_WITHOUT)
def test_without_a_document_a_duty_whose_number_stands_nowhere_else_is_gone(document: str) -> None:
    book = BOOK.chosen((), without=(document,))
    assert GONE_WITHOUT[document] & {rule.id for rule in book.rules} == set()
    assert GONE_WITHOUT[document] <= {rule.id for rule in BOOK.rules}


@pytest.mark.parametrize("document", ["guidelines-2016", "constitution"])
def test_texts_without_a_number_leave_no_yearly_or_term_duty_when_chosen_alone(document: str) -> None:
    """准则 says 经常 and 坚持; 党章 leaves three to five years open; neither asks what these rules check."""
    ids = {rule.id for rule in BOOK.chosen((document,)).rules}
    asked = {"term-3-years", "appraisal-yearly", "dual-organizational-life", *_TALKS}
    assert asked & ids == set()


def test_without_the_regulation_a_term_is_owed_only_since_the_office_regulation() -> None:
    """机关条例 第七条 is in force from 2020-01-05; 党章 alone does not carry three years before it."""
    rule = BOOK.chosen((), without=("branch-regulation-2018",)).find("term-3-years")
    assert rule is not None
    assert rule.version_on(date(2020, 1, 4)) is None
    assert rule.version_on(date(2020, 1, 5)) is not None


def test_without_the_regulation_small_branches_are_not_told_of_joint_ones() -> None:
    """Joining with a neighbour stands in 条例 chapter two, not in 机关条例 第七条."""
    rule = BOOK.chosen((), without=("branch-regulation-2018",)).find("branch-min-full-members")
    assert rule is not None
    assert rule.versions[0].params["asks"] == "正式党员三人以上设立党支部"


def test_without_the_regulation_posts_are_compared_but_nobody_is_asked_who_may_preside() -> None:
    """Who presides stands in 条例 第十四条; whether a written post was held is a check of the record."""
    rule = BOOK.chosen((), without=("branch-regulation-2018",)).find("record-post-mismatch")
    assert rule is not None
    now = rule.version_on(date(2026, 1, 1))
    assert now is not None
    assert now.params["authority"] is False
    whole = BOOK.find("record-post-mismatch")
    assert whole is not None
    version = whole.version_on(date(2026, 1, 1))
    assert version is not None
    assert version.params["authority"] is True


@pytest.mark.parametrize(
    ("left", "severity"),
    [("一般", "info"), ("突出", "info"), ("应当", "info")],
)
def test_a_severity_with_a_reason_is_kept_while_a_text_as_strict_is_left(left: str, severity: str) -> None:
    assert _left_severity(left, "info") == severity


@pytest.mark.parametrize(
    ("left", "severity"),
    [("应当", "error"), ("一般", "warn"), ("原则上", "warn")],
)
def test_a_severity_with_a_reason_is_never_graver_than_the_text_that_is_left(
    left: str, severity: str
) -> None:
    assert _left_severity(left, "error") == severity


def test_a_text_that_only_supports_lends_no_strength() -> None:
    grounds = (_ground("a", "一般"), replace(_ground("b", "应当"), supporting=True))
    first = strictest(grounds, BOOK.strength)
    assert first is not None
    assert first.wording == "一般"


def _ground(source: str, wording: str) -> Ground:
    document = Source(id=source, title=f"《示例{source}》", order=1)
    return Ground(source=document, article="第一条", wording=wording, verified=True, since=date(2020, 1, 1))


def _left_severity(wording: str, severity: str) -> str:
    """That of an invented duty with two texts after the other one, which says 必须, is switched off."""
    version = Version(
        since=date(2020, 1, 1), severity=Severity(severity), reading="示例。", because="示例的理由"
    )
    rule = Rule(
        id="demo",
        title="示例",
        check="cadence",
        grounds=(_ground("a", "必须"), _ground("b", wording)),
        versions=(version,),
        doc=Doc(what="示例。", why="示例。", fix="示例。"),
    )
    packs = tuple(Pack(id=name, version="1", title=name, default=True, sources=(name,)) for name in "ab")
    book = RuleBook(packs=packs, sources=(), rules=(rule,), strength=BOOK.strength)
    (left,) = book.chosen(("b",)).rules
    return left.versions[0].severity.value
