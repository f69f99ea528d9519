"""Every example of every rule holds: documentation and test at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.rules.book import BOOK, PROBLEMS

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import differences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.rule import Rule

CASES = [(rule, example) for rule in BOOK.rules for example in rule.examples]


def test_the_shipped_packs_are_read_without_a_problem() -> None:
    assert list(map(str, PROBLEMS)) == []


@pytest.mark.parametrize(
    ("rule", "example"), CASES, ids=[f"{rule.id}: {example['name']}" for rule, example in CASES]
)
def test_an_example_gives_what_it_says(rule: Rule, example: Mapping[str, Any]) -> None:
    assert list(differences(rule, example, CATALOGUE)) == []
