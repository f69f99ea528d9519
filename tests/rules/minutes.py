"""Minutes in the short form of examples, ways of changing their text, and which copies are found."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Span
from zhibu_cli.model.rule import RuleBook
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.texts import ForeignText

CORPUS = Path(__file__).with_name("corpus")
RULES = {rule.id: rule for rule in load_book().rules}
BOTH = RuleBook(
    packs=(),
    sources=(),
    rules=(RULES["record-duplicate-text"], RULES["record-near-duplicate-text"]),
)
AFTER = date(2030, 12, 31)


def record(text: str, on: str, kind: str = "theme_day", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "on": on, "content": text, **more}


def ask(
    *records: dict[str, Any],
    members: tuple[str, ...] = (),
    asked: Span | None = None,
    foreign: tuple[ForeignText, ...] = (),
) -> dict[str, Finding]:
    """The findings by rule and record: ``duplicate@S2``, ``near-duplicate@S2``."""
    ledger = example_ledger({"members": list(members), "records": list(records)}, CATALOGUE)
    span = asked or Span(date(2020, 1, 1), AFTER)
    found = evaluate(BOTH, ledger, span, AFTER, foreign=foreign)
    return {
        finding.key.removeprefix("record-").replace("-text", ""): finding
        for finding in found
        if finding.status == "missed"
    }


def permuted(text: str, seed: int) -> str:
    sentences = re.findall(r"[^。！？；\n]+[。！？；]?", text)
    random.Random(seed).shuffle(sentences)  # noqa: S311 - a copy
    return "".join(sentences)


def day_after(on: str, days: int = 40) -> str:
    return (date.fromisoformat(on) + timedelta(days=days)).isoformat()
