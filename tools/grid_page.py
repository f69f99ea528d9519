"""The tables of findings as HTML: what the page of a check and 迎检资料 have in common."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "check"
_PIECES = (
    "legend.html",
    "months.html",
    "people.html",
    "style.css",
    "narrow.css",
    "print.css",
    "print_small.css",
)


def check_page() -> str:
    """The template of the page of a check."""
    return with_pieces((_FOLDER / "page.html").read_text(encoding="utf-8"))


def with_pieces(page: str) -> str:
    """A page with the pieces in the places that bear their names: ``@months@``."""
    for name in _PIECES:
        piece = (_FOLDER / name).read_text(encoding="utf-8").removesuffix("\n")
        page = page.replace(f"@{name.partition('.')[0]}@", piece)
    return page
