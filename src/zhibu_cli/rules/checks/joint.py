"""Whether a record says that several branches met: looked for where it says what it is about.

Topics, and what the content mentions further on, speak of other things: joint activities of the past year,
a plan. The words are one list for all rules (``[[reading]]`` joint-sitting of packs.toml).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.rules.checks.common import says

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zhibu_cli.model.sitting import Sitting


def headline(sitting: Sitting) -> tuple[str, ...]:
    """The theme, the note and the first sentence of the content."""
    note = str(sitting.entry.payload.get("note", ""))
    return sitting.theme, note, re.split("[。\n]", sitting.content, maxsplit=1)[0]


def together(sitting: Sitting, words: Iterable[str]) -> str:
    """The first of the words that the headline says; empty: none."""
    said = "\n".join(headline(sitting))  # no word reaches over the end of a line
    return next((word for word in words if says(said, (word,))), "")
