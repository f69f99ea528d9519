"""Copied minutes are found with the pair; honest minutes on the same theme are left alone.

The corpus is invented: minutes and talks of branches that do not exist, copies with words replaced, and
twenty pairs of honest minutes that share a theme, a procedure or a quotation but no discussion.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.minutes import BOTH, CORPUS, RULES, ask, day_after, permuted, record

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Span
from zhibu_cli.model.sketch import sketch
from zhibu_cli.model.texts import ForeignText
from zhibu_cli.resources import set_phrases
from zhibu_cli.rules.copies import RECENT, matches
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger


def corpus(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return rows


MINUTES = corpus("minutes")
COPIES = corpus("synonym_copies")
PAIRS = corpus("honest_pairs")
TALKS = corpus("talks_honest")
AGENDAS = corpus("agendas")
NEW_NAMES = (
    "赵大川",
    "钱小河",
    "孙远山",
    "周平原",
    "吴岭南",
    "郑峡江",
    "王溪谷",
    "冯滩头",
    "陈湖海",
    "褚海洋",
)


def talk(text: str, on: str, talker: str = "甲", partner: str = "乙") -> dict[str, Any]:
    return {"kind": "talk", "on": on, "talkers": [talker], "partners": [partner], "content": text}


def renamed(minutes: dict[str, Any]) -> str:
    """Other months, days and names, as somebody does who takes last month's file."""
    text = minutes["text"]
    for old, new in zip(minutes["people"], NEW_NAMES, strict=False):
        text = text.replace(old, new)
    text = re.sub(r"(\d+)月", lambda month: f"{int(month[1]) % 12 + 1}月", text)
    return re.sub(r"(\d+)日", lambda day: f"{int(day[1]) % 28 + 1}日", text)


def last_year(on: str) -> str:
    return f"{int(on[:4]) - 1}{on[4:]}"


@pytest.mark.parametrize("minutes", MINUTES, ids=lambda row: f"{row['kind']} {row['date']}")
class TestCopies:
    def found(self, minutes: dict[str, Any], copy: dict[str, Any], **more: Any) -> None:
        """The copy, held after the minutes, is one error that names both."""
        first = record(minutes["text"], minutes["date"], minutes["kind"])
        found = ask(first, copy, members=tuple(minutes["people"]), **more)
        assert list(found) == ["duplicate@S2"]
        assert found["duplicate@S2"].evidence == ("S1", "S2")
        assert found["duplicate@S2"].severity == "error"

    def test_the_same_text(self, minutes: dict[str, Any]) -> None:
        self.found(minutes, record(minutes["text"], day_after(minutes["date"]), minutes["kind"]))

    def test_sentences_in_another_order(self, minutes: dict[str, Any]) -> None:
        text = permuted(minutes["text"], 20261125)
        assert text != minutes["text"]
        self.found(minutes, record(text, day_after(minutes["date"]), minutes["kind"]))

    def test_other_months_and_names_that_are_on_no_roster(self, minutes: dict[str, Any]) -> None:
        self.found(minutes, record(renamed(minutes), day_after(minutes["date"]), minutes["kind"]))

    def test_other_months_names_and_order_at_once(self, minutes: dict[str, Any]) -> None:
        self.found(minutes, record(permuted(renamed(minutes), 1), day_after(minutes["date"])))

    def test_from_a_groups_book_into_the_branchs(self, minutes: dict[str, Any]) -> None:
        first = record(minutes["text"], minutes["date"], "group_meeting", group="第一党小组")
        copy = record(minutes["text"], day_after(minutes["date"]), "general_meeting")
        found = ask(first, copy, members=tuple(minutes["people"]))
        assert list(found) == ["duplicate@S2"]
        assert "党小组会（S1）" in found["duplicate@S2"].message

    def test_from_last_year_when_only_this_year_is_asked_for(self, minutes: dict[str, Any]) -> None:
        year = int(minutes["date"][:4])
        first = record(minutes["text"], last_year(minutes["date"]), minutes["kind"])
        copy = record(minutes["text"], minutes["date"], minutes["kind"])
        found = ask(first, copy, asked=Span(date(year, 1, 1), date(year, 12, 31)))
        assert list(found) == ["duplicate@S2"]
        assert f"{year - 1}年" in found["duplicate@S2"].message


@pytest.mark.parametrize("copy", COPIES, ids=lambda row: f"of {row['of']}")
def test_a_fifth_of_the_words_replaced_is_near_at_least(copy: dict[str, Any]) -> None:
    original = MINUTES[copy["of"]]
    found = ask(
        record(original["text"], original["date"], original["kind"]),
        record(copy["text"], day_after(original["date"]), original["kind"]),
        members=tuple(original["people"]),
    )
    assert len(found) == 1
    finding = next(iter(found.values()))
    assert (finding.subject.id, finding.evidence) == ("S2", ("S1", "S2"))


class TestHonestMinutes:
    @pytest.mark.parametrize("pair", PAIRS, ids=lambda row: row["theme"])
    def test_a_pair_on_the_same_theme_is_no_error(self, pair: dict[str, Any]) -> None:
        rows = [record(pair[f"text_{one}"], pair[f"date_{one}"], pair[f"kind_{one}"]) for one in "ab"]
        found = ask(*rows)
        assert [key for key in found if key.startswith("duplicate")] == []

    def test_of_all_pairs_in_one_ledger_at_most_one_is_asked_about(self) -> None:
        rows = [
            record(pair[f"text_{one}"], pair[f"date_{one}"], pair[f"kind_{one}"])
            for pair in PAIRS
            for one in "ab"
        ]
        rows += [record(row["text"], row["date"], row["kind"]) for row in MINUTES]
        found = ask(*rows)
        assert len(rows) == 52
        assert [finding.severity for finding in found.values() if finding.severity == "error"] == []
        assert len(found) <= 1

    def test_talks_on_the_same_theme_are_left_alone(self) -> None:
        rows = [
            talk(row[f"text_{one}"], row[f"date_{one}"], row[f"talker_{one}"], row[f"partner_{one}"])
            for row in TALKS
            for one in "ab"
        ]
        assert ask(*rows) == {}

    def test_set_phrases_alone_raise_nothing(self) -> None:
        opening = "会议由支部书记主持，传达学习了重要讲话精神，与会党员依次发言，交流学习体会。"
        closing = "会议要求，全体党员要提高政治站位，统一思想、提高认识，结合岗位实际抓好落实，"
        closing += "充分发挥先锋模范作用，为高质量发展贡献力量。"
        rows = [record(opening + closing, f"2025-{month:02}-20") for month in range(1, 13)]
        assert ask(*rows) == {}

    def test_phrases_around_a_discussion_of_its_own_raise_nothing(self) -> None:
        opening = "会议由支部书记主持，传达学习了重要讲话精神，与会党员依次发言。"
        closing = "会议要求，全体党员要提高政治站位，统一思想，结合岗位实际抓好落实，充分发挥先锋模范作用。"
        first = (
            "高个子的同事讲了窗口复印机坏掉的经过，两位老人为此跑了三趟，大家商定由他守着维修的人修完再走。"
        )
        second = "管库房的同事讲了水管爆裂那晚搬卷宗的事，底层卷宗还潮着，大家商定本周每天中午翻晒一回。"
        rows = [
            record(opening + first + closing, "2025-03-20"),
            record(opening + second + closing, "2025-04-20"),
        ]
        assert ask(*rows) == {}


@pytest.mark.parametrize("series", AGENDAS, ids=lambda row: row["name"])
def test_honest_minutes_of_a_standing_agenda_are_left_alone(series: dict[str, Any]) -> None:
    rows = [record(row["text"], row["date"], "committee_meeting") for row in series["minutes"]]
    if len({row["on"] for row in rows}) < len(rows):  # two branches on the same day
        rows[1]["on"] = day_after(rows[1]["on"], 1)
    assert ask(*rows, members=("林樵", "高岚", "闻笛", "阮秋屏", "陶见山")) == {}


class TestWhatIsSaid:
    TEXT = MINUTES[0]["text"]

    def test_the_same_is_called_the_same_and_a_text_with_parts_of_its_own_is_not(self) -> None:
        more = "会议还听取了走访情况，两户退休职工上楼吃力，一户想学用手机挂号，商定由社区装一副扶手。"
        third = self.TEXT[: len(self.TEXT) * 3 // 4]

        def said(one: str, other: str) -> str:
            return ask(record(one, "2025-03-28"), record(other, "2025-04-28"))["duplicate@S2"].message

        assert "文字相同（不计语句次序" in said(self.TEXT, permuted(self.TEXT, 5))
        assert "文字几乎相同（不计语句次序" in said(self.TEXT, self.TEXT + more[:14])
        assert "文字大部分相同（不计语句次序" in said(self.TEXT, third + more)

    def test_two_records_of_one_day_may_be_one_sitting(self) -> None:
        found = ask(record(self.TEXT, "2025-03-28"), record(self.TEXT, "2025-03-28", "general_meeting"))
        finding = found["duplicate@S2"]
        assert finding.severity == "warn"
        assert "可以只记一条，在“类型”中写明几种" in finding.message

    def test_two_groups_of_one_day_and_kinds_that_exclude_each_other_are_not_told_to_be_one(self) -> None:
        groups = [
            record(self.TEXT, "2025-03-28", "group_meeting", group=name)
            for name in ("第一党小组", "第二党小组")
        ]
        apart = [record(self.TEXT, "2025-03-28", kind) for kind in ("general_meeting", "committee_meeting")]
        for rows in (groups, apart):
            finding = ask(*rows)["duplicate@S2"]
            assert finding.severity == "warn"
            assert "只记一条" not in finding.message

    def test_the_share_stands_in_the_details_only(self) -> None:
        finding = ask(record(self.TEXT, "2025-03-28"), record(self.TEXT, "2025-04-28"))["duplicate@S2"]
        assert "%" in finding.detail
        assert not re.search(r"%|成|百分", finding.message + finding.fix)
        assert "2025年4月28日主题党日：与2025年3月28日主题党日（S1）文字相同" in finding.message
        assert "请核对" in finding.message

    def test_nothing_of_a_talk_is_quoted(self) -> None:
        text = TALKS[0]["text_a"]
        finding = ask(talk(text, "2025-03-28"), talk(text, "2025-04-28", "甲", "丙"))["duplicate@T2"]
        assert finding.evidence == ("T1", "T2")
        words = {text[place : place + 6] for place in range(len(text) - 5)}
        assert not any(word in finding.message + finding.detail for word in words)
        assert not any(name in finding.message for name in ("甲", "乙", "丙"))

    def test_a_talk_is_not_compared_with_a_sitting(self) -> None:
        assert ask(record(self.TEXT, "2025-03-28"), talk(self.TEXT, "2025-04-28")) == {}

    def test_a_record_of_a_later_day_than_the_as_of_day_is_not_there_yet(self) -> None:
        rows = [record(self.TEXT, "2025-03-28"), record(self.TEXT, "2025-04-28")]
        ledger = example_ledger({"records": rows}, CATALOGUE)
        year = Span(date(2025, 1, 1), date(2025, 12, 31))
        assert evaluate(BOTH, ledger, year, date(2025, 4, 27)) == ()
        assert len(evaluate(BOTH, ledger, year, date(2025, 4, 28))) == 1

    def test_text_copied_month_after_month_is_found_each_time(self) -> None:
        rows = [record(self.TEXT, f"{year}-{month:02}-20") for year in (2023, 2024) for month in range(1, 13)]
        found = ask(*rows, asked=Span(date(2024, 1, 1), date(2024, 12, 31)))
        assert list(found) == [f"duplicate@S{number}" for number in range(13, 25)]
        assert found["duplicate@S24"].evidence == ("S23", "S24")


class TestOtherBranches:
    TEXT = MINUTES[1]["text"]

    def foreign(self, text: str, register: str = "sitting", on: str = "2025-03-06") -> ForeignText:
        return ForeignText(
            branch="第二党支部",
            id="S7",
            day=date.fromisoformat(on),
            kinds="党课",
            register=register,
            sketch=sketch(text, phrases=set_phrases()),
        )

    def test_a_copy_from_another_branch_names_branch_and_record(self) -> None:
        found = ask(record(self.TEXT, "2025-04-11"), foreign=(self.foreign(renamed(MINUTES[1])),))
        finding = found["duplicate@S1"]
        assert "“第二党支部”台账中2025年3月6日的党课（S7）" in finding.message
        assert finding.evidence == ("S1",)

    def test_whose_text_is_older_is_not_asked(self) -> None:
        later = self.foreign(self.TEXT, on="2025-09-06")
        assert list(ask(record(self.TEXT, "2025-04-11"), foreign=(later,))) == ["duplicate@S1"]

    def test_other_texts_and_other_registers_are_left_alone(self) -> None:
        others = (self.foreign(MINUTES[2]["text"]), self.foreign(self.TEXT, "talk"))
        assert ask(record(self.TEXT, "2025-04-11"), foreign=others) == {}


def test_where_one_rule_stops_the_other_begins() -> None:
    one, near = RULES["record-duplicate-text"].versions[0], RULES["record-near-duplicate-text"].versions[0]
    assert one.params["share"] == near.params["below"]


def test_a_text_is_compared_with_a_bounded_number_of_others() -> None:
    made = sketch(MINUTES[0]["text"], phrases=set_phrases())
    found = dict(matches([made] * 50, 49))
    assert [match.place for match in found[49]] == list(range(48, 48 - RECENT, -1))


@settings(deadline=None, max_examples=25)
@given(st.integers(0, len(MINUTES) - 1), st.integers(), st.permutations(range(len(MINUTES))))
def test_a_copy_is_found_wherever_the_original_stands(of: int, seed: int, order: list[int]) -> None:
    """However the earlier minutes are ordered, and whatever the order of the copy's sentences."""
    texts = [MINUTES[place]["text"] for place in order] + [permuted(MINUTES[of]["text"], seed)]
    sketches = [sketch(text, phrases=set_phrases()) for text in texts]
    found = dict(matches(sketches, len(order)))[len(order)]
    best = max(found, key=lambda match: match.likeness)
    assert order[best.place] == of
    assert best.likeness == (1.0, 1.0)
