"""The tables of findings as HTML: what the page of a check and 迎检资料 have in common."""

from __future__ import annotations

from pathlib import Path

from tools.layout_text import page

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
    """The template of the page of a check, in the frame of every page."""
    skip = '<a class="skip" href="#verdict">跳到结论</a>\n'
    return page(
        with_pieces(_read("page.html")),
        landscape=True,
        before=with_pieces("@legend@\n") + skip,
        style=with_pieces(_read("page.css")),
    )


def with_pieces(words: str) -> str:
    """A page with the pieces in the places that bear their names: ``@months@``."""
    for name in _PIECES:
        words = words.replace(f"@{name.partition('.')[0]}@", _read(name).removesuffix("\n"))
    return words


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
