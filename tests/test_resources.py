"""The list of set phrases: every line one phrase, none twice."""

from __future__ import annotations

from collections import Counter

from zhibu_cli import resources


def test_every_set_phrase_stands_once_and_is_more_than_a_character() -> None:
    phrases = resources.set_phrases()
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []
    assert [phrase for phrase in phrases if len(phrase) < 2 or phrase != phrase.strip()] == []
    assert "会议指出" in phrases
