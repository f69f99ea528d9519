"""The HTML template of 迎检资料: the frame of every page, the grids of a check, the records in full."""

from __future__ import annotations

from pathlib import Path

from tools.grid_page import with_pieces
from tools.layout_text import page

_FOLDER = Path(__file__).parent / "dossier"


def dossier() -> str:
    """The whole template; its one script only helps to find words and is not needed to read the page."""
    skip = '<a class="skip" href="#parts">跳到目录</a>\n'
    return page(
        with_pieces(_read("body.html")),
        before=with_pieces(_read("macros.html")) + skip,
        style=with_pieces(_read("page.css")),
        script=_read("find.js"),
    )


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
