"""``zhibu _complete SOURCE WORD [--db FILE]``: asked by the scripts of ``zhibu completion`` at each TAB.

It runs beside Typer, because building commands costs more than the answer. It never fails: where
nothing can be said it says nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zhibu_cli.cli.session import Session
from zhibu_cli.cli.streams import put
from zhibu_cli.text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence


def answer(words: Sequence[str], session: Session | None = None) -> int:
    """Print a line for each candidate: the word, a tab, what it is."""
    from zhibu_cli.app.completing import SOURCES, candidates
    from zhibu_cli.errors import ZhibuError

    source, typed, db = (*words, "", "", "")[:3]
    if source not in SOURCES:
        return 0
    try:
        path = (session or Session()).ledger(Path(db) if db else None)
        lines = [f"{word}\t{about}" for word, about in candidates(path, source, typed)]
    except (ZhibuError, OSError):
        return 0
    for line in lines:
        put("\t".join(map(visible, line.split("\t", 1))))
    return 0
