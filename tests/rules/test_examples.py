"""Every example of every rule holds: documentation and test at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.rules.book import BOOK, PROBLEMS

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import differences

if TYPE_CHECKING:
    from zhibu_cli.model.rule import Rule


def test_the_shipped_packs_are_read_without_a_problem() -> None:
    assert list(map(str, PROBLEMS)) == []


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_every_example_gives_what_it_says(rule: Rule) -> None:
    told = [(one["name"], [*differences(rule, one, CATALOGUE)]) for one in rule.examples]
    assert told
    assert [(name, wrong) for name, wrong in told if wrong] == []
