"""The plain text of a Word document (.docx): paragraphs, a table row a line; no layout, no pictures."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from zhibu_cli.exchange.prescan import BAD_ZIP, check_parts
from zhibu_cli.exchange.raw import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _COMPATIBILITY})
"""What a reader of the document does not see, or would see twice."""
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")


class WordText(NamedTuple):
    """What a Word document says."""

    body: str
    edges: str
    """Headers and footers, where a classification mark may stand."""


def read_word(path: Path) -> WordText:
    """The text of a document.

    Raises:
        UnreadableError: it is no .docx, or not one that a word processor wrote.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            check_parts(archive)
            body = _part(archive, "word/document.xml")
            names = filter(_EDGES.fullmatch, archive.namelist())
            return WordText(body, "\n".join(_part(archive, name) for name in names))
    except UnreadableError:
        raise
    except BAD_ZIP as error:
        if isinstance(error, OSError) and error.filename is not None:
            raise  # not there, or not ours to read
        raise UnreadableError("不是 .docx 文档，或已损坏；请在 Word 或 WPS 中打开后另存为 .docx。") from error


def _part(archive: zipfile.ZipFile, name: str) -> str:
    lines = (line.rstrip() for line in _blocks(ET.fromstring(archive.read(name))))  # noqa: S314 - no DOCTYPE
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _blocks(parent: ET.Element) -> Iterator[str]:
    """Paragraphs and rows in the order in which they stand."""
    for node in parent:
        if node.tag == f"{_W}p":
            yield "".join(_words(node))
        elif node.tag == f"{_W}tr":
            cells = ("\n".join(_blocks(cell)).strip() for cell in node.findall(f"{_W}tc"))
            yield "　".join(filter(None, cells))
        elif node.tag not in _PASSED_OVER:
            yield from _blocks(node)


def _words(node: ET.Element) -> Iterator[str]:
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _PASSED_OVER:
            yield from _words(child)
