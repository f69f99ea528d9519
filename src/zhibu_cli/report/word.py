"""Papers as .docx: a Word template filled by docxtpl."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from zhibu_cli.archive import normalised
from zhibu_cli.report.fields import DAMAGES, fields_of, unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import View


def render(view: View, template: Path) -> bytes:
    """The paper as the bytes of a .docx.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415

    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415

    paper = DocxTemplate(str(template))
    try:
        paper.init_docx()
    except (PackageNotFoundError, *DAMAGES) as error:
        raise unreadable(template, "Word（.docx）") from error
    target = io.BytesIO()
    with told(template, view):
        paper.render(fields_of(view), Sandbox(autoescape=True, finalize=_as_typed))
        paper.save(target)
    return normalised(target.getvalue())


def _as_typed(value: Any) -> Any:
    """Keep docxtpl from reading ``{_{`` in a record as its own escape for ``{{``.

    The character in the middle goes into the XML as a reference, which docxtpl does not look at.
    """
    from markupsafe import Markup, escape  # noqa: PLC0415

    if isinstance(value, (bool, int, float)) or value is None or hasattr(value, "__html__"):
        return value
    words = str(escape(str(value)))
    return Markup(words.replace("_", "&#95;").replace("%", "&#37;"))  # noqa: S704 - escaped just above


def printed(data: bytes) -> str:
    """All text of a .docx, for the search for blanks that are left."""
    import re  # noqa: PLC0415
    import zipfile  # noqa: PLC0415
    from html import unescape  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [
            n for n in archive.namelist() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", n)
        ]
        whole = "\n".join(archive.read(name).decode("utf-8") for name in names)
    paragraphs = re.split(r"</w:p>", whole)
    return "\n".join(unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", p))) for p in paragraphs)
