"""Papers as .md: a text template filled by Jinja."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.report.fields import fields_of, read_text, shown

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import View

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])")
_STARTS = re.compile(r"^(?=[-+](?:\s|$)|(?:-\s*)+$|=+\s*$|:?-+:?\s*$)|(?<=^)(\d{1,9})(?=[.)](?:\s|$))")
_BLANK = re.compile(r"^[ \t]")


def render(view: View, template: Path) -> bytes:
    """The paper as the bytes of a Markdown file.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415

    environment = Sandbox(
        autoescape=False,  # Markdown is not HTML; ``_as_typed`` escapes what Markdown would read
        finalize=_as_typed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    source = read_text(template)
    with told(template, view):
        return environment.from_string(source).render(fields_of(view)).encode("utf-8")


def _as_typed(value: Any) -> Any:
    r"""Text as Markdown shows it again: ``<`` becomes ``\<``, a line break ``<br>``.

    What would make a list, a rule or a block of code of the line that it begins is escaped as well.
    """
    value = shown(value)
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    words = _SPECIAL.sub(r"\\\1", str(value))
    words = _STARTS.sub(r"\1\\", words, count=1)
    words = _BLANK.sub(lambda match: f"&#{ord(match[0])};", words)
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")


def printed(data: bytes) -> str:
    """The text, for the search for blanks that are left."""
    words = re.sub(r"\\([\\`*_\[\]<>|~&#.)=+:-])", r"\1", data.decode("utf-8"))
    return words.replace("&#32;", " ").replace("&#9;", "\t")
