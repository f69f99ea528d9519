"""Votes and meetings in the short form of examples, and what a rule finds in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}


def ask(rule: str, *records: dict[str, Any], **example: Any) -> dict[str, Finding]:
    """What the rule finds, by what follows the @ of the key."""
    case = {"as_of": "2024-12-31", "asked": ["2000-01-01", "2030-12-31"], "records": list(records), **example}
    return {finding.key.partition("@")[2]: finding for finding in run_example(RULES[rule], case, CATALOGUE)}


def meeting(on: str, *votes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "general_meeting", "on": on, "votes": list(votes), **more}


def general(**figures: Any) -> dict[str, Any]:
    return {"matter": "general", "subject": "年度计划", **figures}


def admission(**figures: Any) -> dict[str, Any]:
    return {"matter": "admission", "object": ["张三"], **figures}


def election(**figures: Any) -> dict[str, Any]:
    return {"matter": "election", "object": ["张三"], **figures}
