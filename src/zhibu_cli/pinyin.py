"""Names by the first letters of their readings: ``zs`` finds 张三.

Where a character has several readings (曾, 单, 解), each of them finds it: which one a surname has is
not guessed. The table was made with pypinyin (tools/build_initials.py); looking up needs no library.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def _table() -> Mapping[str, str]:
    """A Han character -> the letters with which its readings begin."""
    text = Path(__file__).with_name("initials.txt").read_text(encoding="utf-8")
    rows = (line.split(" ", 1) for line in text.splitlines())
    return {char: letters for letters, chars in rows for char in chars}


def starts_with(name: str, letters: str) -> bool:
    """Whether the letters may be the first ones of the name's characters, from the first on.

    Signs between the parts of a name (买买提·吐尔逊) are passed over; a Latin letter stands for itself.
    """
    said = [char for char in name.casefold() if char.isalnum()]
    wanted = letters.casefold()
    if not wanted or len(wanted) > len(said):
        return False
    table = _table()
    return all(letter in table.get(char, char) for letter, char in zip(wanted, said, strict=False))
