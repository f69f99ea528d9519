"""Papers as .html: one page that needs nothing beside itself, filled by Jinja."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from zhibu_cli.report.fields import fields_of, read_text, shown
from zhibu_cli.report.titles import pieces

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import View


def render(view: View, template: Path) -> bytes:
    """The view as the bytes of an HTML page; text of records is escaped.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415

    environment = Sandbox(
        autoescape=True, finalize=shown, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    source = read_text(template)
    with told(template, view):
        page = environment.from_string(source).render(_title_words(view) | fields_of(view))
        return page.encode("utf-8")


def _title_words(view: View) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The lines of the title, each in words: how wide the window will be is not known here."""
    fields = fields_of(view)
    title = fields.get("title")
    lines = fields.get("title_lines") or ((title,) if title else ())
    return {"title_words": tuple(map(pieces, lines))} if lines else {}


def printed(data: bytes) -> str:
    """All text of the page, for the search for blanks that are left."""
    body = re.sub(r"<style>.*?</style>", "", data.decode("utf-8"), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]*>", "", body))
