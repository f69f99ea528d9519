"""The branch on which duties are tried, and what a rule finds in it.

Unless a test says otherwise the branch was founded and its ledger begun on 2001-01-01; 甲 is 书记, 乙
组织委员, both full members; 丙 and 丁 are full members without a post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}
BRANCH: dict[str, Any] = {
    "members": ["甲", "乙", "丙", "丁"],
    "posts": [{"who": "甲", "post": "secretary"}, {"who": "乙", "post": "organisation"}],
    "starts": {"talk": "2001-01-01"},
}


def ask(rule: str, as_of: str, **ledger: Any) -> dict[str, Finding]:
    """Findings by what follows the @ of their keys."""
    findings = run_example(RULES[rule], {**BRANCH, "as_of": as_of, **ledger}, CATALOGUE)
    return {finding.key.partition("@")[2]: finding for finding in findings}


def statuses(rule: str, as_of: str, **ledger: Any) -> dict[str, str]:
    return {key: finding.status.value for key, finding in ask(rule, as_of, **ledger).items()}
