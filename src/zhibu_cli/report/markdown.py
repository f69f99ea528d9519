"""Papers as .md: a text template filled by Jinja."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.report.fields import fields_of, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import View

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])")


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
    try:
        source = template.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(template, "UTF-8 文本") from error
    with told(template, view):
        words = environment.from_string(source).render(fields_of(view))
    return words.encode("utf-8")


def _as_typed(value: Any) -> Any:
    r"""Text as Markdown shows it again: ``<`` becomes ``\<``, a line break ``<br>``."""
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    return _SPECIAL.sub(r"\\\1", str(value)).replace("\n", "<br>")


def printed(data: bytes) -> str:
    """The text, for the search for blanks that are left."""
    return re.sub(r"\\([\\`*_\[\]<>|~&#])", r"\1", data.decode("utf-8"))
