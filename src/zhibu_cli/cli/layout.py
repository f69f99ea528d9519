"""Plain text that lines up: wrapping and tables by display width, a Han character counting two."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from zhibu_cli.text import display_width, pad

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NOT_FIRST = frozenset("，。；：！？、）〕》”…%")
_WIDEST = 100
_GAP = "  "


def terminal_width() -> int:
    """Columns to write in: the terminal's, at most 100; 80 where there is none."""
    from shutil import get_terminal_size

    return max(40, min(get_terminal_size().columns, _WIDEST))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns.

    Chinese breaks anywhere but before closing punctuation; a run without blanks in Latin script is
    kept whole where it fits on a line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for piece in _pieces(paragraph):
            if line and used + display_width(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line, used = "", 0
            added = piece.lstrip() if not line and lines else piece
            line, used = line + added, used + display_width(added)
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterable[str]:
    piece = ""
    for char in text:
        joined = char in _NOT_FIRST or (piece and piece[-1] in "《〔（“")
        word = piece and char.isascii() and not char.isspace() and piece[-1].isascii() and piece[-1] != " "
        if piece and not (joined or word or char == " "):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def indented(text: str, indent: int, width: int) -> list[str]:
    """The text wrapped, every line but the first pushed in by ``indent`` columns."""
    first, *rest = wrap(text, max(20, width - indent))
    return [first, *(" " * indent + line for line in rest)]


def hang(lead: str, text: str, width: int) -> list[str]:
    """The text behind a lead-in, continued under its own first character."""
    first, *rest = indented(text, display_width(lead), width)
    return [lead + first, *rest]


def pairs(rows: Sequence[tuple[str, str]], width: int, *, most: int = 28, indent: int = 2) -> list[str]:
    """Two columns: a term and what it means, as in a help page."""
    edge = " " * indent
    left = min(max((display_width(term) for term, _ in rows), default=0), most)
    lines: list[str] = []
    for term, meaning in rows:
        text = indented(meaning, left + indent + 2, width)
        if display_width(term) > left:
            lines.append(edge + term)
            lines.append(" " * (left + indent + 2) + text[0] if meaning else "")
        else:
            lines.append(f"{edge}{pad(term, left)}{_GAP}{text[0]}")
        lines.extend(text[1:])
    return [line.rstrip() for line in lines if line.strip()]


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int = 0) -> str:
    """Columns padded to equal width; the last one is cut where the line would pass ``width``."""
    cells = [[_flat(cell) for cell in row] for row in (head, *rows)]
    columns = zip_longest(*cells, fillvalue="")
    widths = [max(map(display_width, column)) for column in columns]
    if width:
        widths[-1] = max(8, min(widths[-1], width - sum(widths[:-1]) - 2 * (len(widths) - 1)))
    lines = [_line(row, widths) for row in cells]
    rule = _GAP.join("-" * size for size in widths)
    return "\n".join([lines[0], rule, *lines[1:]])


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [cut(cell, size) for cell, size in zip(row, widths, strict=False)]
    return _GAP.join(pad(cell, size) for cell, size in zip(cells, widths, strict=False)).rstrip()


def cut(text: str, width: int) -> str:
    """The text, shortened with … where it is wider than ``width`` columns."""
    if display_width(text) <= width:
        return text
    kept = ""
    for char in text:
        if display_width(kept + char) > width - 2:
            break
        kept += char
    return kept + "…"
