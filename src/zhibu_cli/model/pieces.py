"""A cell with several names, taken apart; what stands in it for nobody."""

from __future__ import annotations

import re

from zhibu_cli.text import clean_name

NOTHING = frozenset({"无", "没有", "/", "-", "—", "――", "——", "--", "－", "无人"})
"""What people write into a cell for persons to say that there is nobody."""

SEPARATORS = "、，,；;\n"
_SPLIT = re.compile(rf"[{SEPARATORS}]+")


def pieces(text: str) -> list[str]:
    """The parts between 、，； and line breaks, leaving brackets whole; a lone 无 or / is no part."""
    if not _OPEN.search(text):
        return _filled(_SPLIT.split(text))
    found: list[str] = []
    depth, piece = 0, ""
    for char in text:
        depth += (char in "（(") - (char in "）)")
        if char in SEPARATORS and depth <= 0:
            found.append(piece)
            piece = ""
        else:
            piece += char
    return _filled([*found, piece])


def _filled(found: list[str]) -> list[str]:
    stripped = (piece.strip() for piece in found)
    return [piece for piece in stripped if piece and clean_name(piece) not in NOTHING]


_OPEN = re.compile("[（(]")
