"""Copies and honest minutes of a corpus that was written after the thresholds and set none of them."""

from __future__ import annotations

import json
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from tests.rules.minutes import CORPUS, ask, day_after, permuted, record

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.model.finding import Finding

HELD_OUT: dict[str, Any] = json.loads((CORPUS / "held_out.json").read_text(encoding="utf-8"))
"""Written after the thresholds of the other files and not used to set any: what they are worth."""


class TestHeldOut:
    """Thirty honest minutes in ten series; ten of them copied in the ways in which people copy."""

    MEMBERS = tuple(HELD_OUT["people"])
    SERIES = tuple((series["kind"], series["minutes"]) for series in HELD_OUT["series"])

    def copied(self) -> list[tuple[str, str, str, str]]:
        """Kind, day and text of each original, and the text with about a fifth of its words replaced."""
        held = {series["name"]: series for series in HELD_OUT["series"]}
        rows = [(held[row["series"]], row["place"], row["reworded"]) for row in HELD_OUT["reworded"]]
        return [
            (series["kind"], series["minutes"][place]["date"], series["minutes"][place]["text"], reworded)
            for series, place, reworded in rows
        ]

    def found(self, change: Callable[[str], str]) -> int:
        """How many of the ten are found when they come again, changed, 45 days later."""
        return sum(
            bool(
                ask(
                    record(text, on, kind),
                    record(change(text), day_after(on, 45), kind),
                    members=self.MEMBERS,
                )
            )
            for kind, on, text, _ in self.copied()
        )

    def test_of_37_honest_pairs_none_is_an_error_and_at_most_one_in_twenty_is_asked_about(self) -> None:
        asked_about: list[Finding] = []
        pairs = 0
        for kind, minutes in self.SERIES:
            for one, other in combinations(minutes, 2):
                rows = [record(row["text"], row["date"], kind) for row in (one, other)]
                pairs += 1
                asked_about += ask(*rows, members=self.MEMBERS).values()
        assert pairs == 37
        assert [finding.message for finding in asked_about if finding.severity == "error"] == []
        assert len(asked_about) * 20 <= pairs

    def test_in_one_ledger_they_are_all_left_alone(self) -> None:
        rows = [
            record(row["text"], row["date"], kind, group="第一党小组" if kind == "group_meeting" else None)
            for kind, minutes in self.SERIES
            for row in minutes
        ]
        assert ask(*rows, members=self.MEMBERS) == {}

    @pytest.mark.parametrize(
        "mark", [" ", "\u3000", "\t", "\n", "\u200b", "\u00ad", "\ufe0f", "\u0301"], ids=ascii
    )
    def test_marks_that_nobody_sees_hide_no_copy(self, mark: str) -> None:
        assert self.found(mark.join) == 10
        assert self.found(lambda text: re.sub("(..)", rf"\1{mark}", text)) == 10

    def test_items_in_another_order_under_other_numbers_are_found(self) -> None:
        def renumbered(text: str) -> str:
            items = [item for item in re.split(r"(?:^|(?<=。))(?:\d\.)?", text) if item]
            return "\n".join(
                f"（{numeral}）{item}" for numeral, item in zip("一二三四五六七", items[::-1], strict=False)
            )

        assert self.found(renumbered) == 10
        assert self.found(lambda text: permuted(text, 3)) == 10

    def test_most_copies_with_a_fifth_of_the_words_replaced_are_found(self) -> None:
        """These are short, of 80 to 150 characters; of minutes of real length all are (``COPIES``)."""
        found = [
            ask(record(text, on, kind), record(reworded, day_after(on, 45), kind), members=self.MEMBERS)
            for kind, on, text, reworded in self.copied()
        ]
        assert sum(map(bool, found)) >= 7

    def test_short_entries_of_the_trade_may_be_the_same_month_after_month(self) -> None:
        for text in HELD_OUT["standing"]:
            rows = [record(text, f"2025-{month:02}-06", "committee_meeting") for month in range(1, 7)]
            assert ask(*rows) == {}, text

    def test_the_same_small_thing_done_each_month_is_asked_about_at_most(self) -> None:
        for text in HELD_OUT["small"]:
            rows = [record(text, f"2025-{month:02}-06", "theme_day") for month in range(1, 7)]
            assert {finding.severity for finding in ask(*rows).values()} <= {"info"}, text

    def test_short_minutes_of_one_agenda_that_differ_in_an_item_are_asked_about_at_most(self) -> None:
        for texts in HELD_OUT["agendas"]:
            days = (f"2025-{month:02}-06" for month in range(1, 13))
            rows = [record(text, on, "committee_meeting") for text, on in zip(texts, days, strict=False)]
            assert {finding.severity for finding in ask(*rows, members=self.MEMBERS).values()} <= {"info"}

    def test_short_minutes_that_tell_something_of_their_own_are_named(self) -> None:
        for text in HELD_OUT["short"]:
            found = ask(record(text, "2025-03-06"), record(text, "2025-04-07"))
            assert [finding.severity for finding in found.values()] == ["info"], text
            assert "情况确实一样的没有问题" in found["duplicate@S2"].message
