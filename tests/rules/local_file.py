"""What comes of a branch's own file: the book with it, and the problems."""

from __future__ import annotations

from typing import Any

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.local import Outcome, with_local
from zhibu_cli.rules.pack import load_book

BOOK = load_book()
HEAD = {"reason": "机关党委要求", "by": "张三", "date": "2026-01-05"}
GENERAL = "general-meeting-quarterly"


def outcome(table: dict[str, Any], *packs: str, examples: bool = False) -> Outcome:
    return with_local(table, BOOK, packs, CATALOGUE, examples=examples)


def wrong(table: dict[str, Any], *packs: str) -> list[str]:
    return [str(problem) for problem in outcome(table, *packs).problems]
