"""Papers as .docx: a Word template filled by docxtpl."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from zhibu_cli.archive import normalised
from zhibu_cli.report.fields import DAMAGES, fields_of, shown, unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from docxtpl import DocxTemplate
    from jinja2 import Environment

    from zhibu_cli.report.views import View

_LONGEST_PROPERTY = 255
_AS_REFERENCES = str.maketrans({sign: f"&#{ord(sign)};" for sign in "_%{}"})


def render(view: View, template: Path) -> bytes:
    """The paper as the bytes of a .docx.

    Raises:
        PaperError: the template cannot be read, or uses a field there is not.
    """
    from zhibu_cli.report.sandbox import Sandbox, told  # noqa: PLC0415
    from zhibu_cli.report.template_check import paragraph_at  # noqa: PLC0415

    paper, target = _opened(template), io.BytesIO()
    lines = _read_along(paper)
    with told(template, view, lambda line: paragraph_at(lines, line)):
        paper.render_properties = _properties(paper, Sandbox())
        paper.render(fields_of(view), Sandbox(autoescape=True, finalize=_as_typed))
        _number_bookmarks(paper.docx.element.body)
        paper.save(target)
    return normalised(target.getvalue())


def _number_bookmarks(body: Any) -> None:
    """Give every bookmark a number of its own: a loop repeats the one that an editor has put in."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    start, key = qn("w:bookmarkStart"), qn("w:id")
    numbers: dict[str, str] = {}
    for number, mark in enumerate(body.iter(start, qn("w:bookmarkEnd"))):
        if mark.tag == start:
            numbers[mark.get(key)] = str(number)
        mark.set(key, numbers.get(mark.get(key), str(number)))


def parts(template: Path) -> Iterator[tuple[str, str]]:
    """Every part that may hold fields as Jinja reads it: what it is (empty: the body), and its XML.

    Raises:
        PaperError: the template cannot be read.
    """
    paper = _opened(template)
    try:
        patched = [(what, paper.patch_xml(xml)) for what, xml in _raw(paper)]
    except DAMAGES as error:
        raise unreadable(template, "Word（.docx）") from error
    yield from patched
    yield from (("文件属性", words) for words in _of_file(paper).values())


def raw_parts(template: Path) -> list[tuple[str, str]]:
    """Body, heads and feet of pages and footnotes as they stand in the file.

    Raises:
        PaperError: the template cannot be read.
    """
    try:
        return _raw(_opened(template))
    except DAMAGES as error:
        raise unreadable(template, "Word（.docx）") from error


def _raw(paper: DocxTemplate) -> list[tuple[str, str]]:
    found = [("", paper.get_xml())]
    for what, uri in (("页眉", paper.HEADER_URI), ("页脚", paper.FOOTER_URI)):
        found += [(what, paper.get_part_xml(part)) for _, part in paper.get_headers_footers(uri)]
    for part in paper.docx.part.package.iter_parts():
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            found.append(("脚注", paper.get_part_xml(part)))
    return found


_NEVER = {
    "comments": "批注",
    "endnotes": "尾注",
    "charts/": "图表",
    "diagrams/": "SmartArt 图形",
}
"""Parts that docxtpl does not fill, by the beginning of their name in ``word/``."""


def never_filled(template: Path) -> Iterator[str]:
    """What holds a field in a place where none is filled."""
    with zipfile.ZipFile(template) as archive:
        for start, what in _NEVER.items():
            parts = (name for name in archive.namelist() if name.startswith(f"word/{start}"))
            whole = b"".join(archive.read(name) for name in parts if name.endswith(".xml"))
            if re.search(rb"\{\{|\{%", re.sub(rb"<[^>]*>", b"", whole)):
                yield what


def _opened(template: Path) -> DocxTemplate:
    from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    from docxtpl import DocxTemplate  # noqa: PLC0415

    paper = DocxTemplate(str(template))
    try:
        paper.init_docx()
        if paper.docx.element.body is None or not paper.docx.sections:
            raise unreadable(template, "Word（.docx）")
    except (PackageNotFoundError, *DAMAGES) as error:
        raise unreadable(template, "Word（.docx）") from error
    return paper


def _read_along(paper: DocxTemplate) -> list[str]:
    """The lines of the part that is being filled, as Jinja counts them."""
    lines: list[str] = []
    filled = paper.render_xml_part

    def kept(xml: str, *rest: Any) -> Any:
        lines[:] = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml).split("\n")  # as docxtpl does
        return filled(xml, *rest)

    paper.render_xml_part = kept
    return lines


def _of_file(paper: DocxTemplate) -> dict[str, str]:
    """What the file says of itself, by name, as far as docxtpl fills it."""
    names = ("author", "comments", "identifier", "language", "subject", "title")
    return {name: str(getattr(paper.docx.core_properties, name) or "") for name in names}


def _properties(paper: DocxTemplate, plain: Environment) -> Callable[..., None]:
    """Fill them as what they are, plain text; docxtpl would leave XML in them."""

    def fill(context: Mapping[str, Any], _: Environment | None = None) -> None:
        for name, words in _of_file(paper).items():
            if "{" in words:
                whole = plain.from_string(words).render(context)
                setattr(paper.docx.core_properties, name, whole[:_LONGEST_PROPERTY])

    return fill


def _as_typed(value: Any) -> Any:
    """Keep docxtpl from reading ``{_{`` in a record as its own escape for ``{{``, or ``{{`` as a field.

    The signs go into the XML as references, which docxtpl does not look at: it fills footnotes again
    for every section.
    """
    from markupsafe import Markup, escape  # noqa: PLC0415

    value = shown(value)
    if isinstance(value, (bool, int, float)) or value is None or hasattr(value, "__html__"):
        return value
    return Markup(str(escape(str(value))).translate(_AS_REFERENCES))  # noqa: S704 - escaped


def printed(data: bytes) -> str:
    """All text of a .docx, for the search for blanks that are left."""
    from html import unescape  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if _PRINTED.fullmatch(n)]
        whole = "\n".join(archive.read(name).decode("utf-8") for name in names)
    paragraphs = re.split(r"</w:p>", whole)
    return "\n".join(unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", p))) for p in paragraphs)


_PRINTED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
