"""Word files for tests to write in: what python-docx begins with, without its 800 KB of table styles."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document


def new_word() -> Document:
    """An empty document that is quickly read and written, as templates of users are small too."""
    return docx.Document(io.BytesIO(_small()))


@cache
def _small() -> bytes:
    document, data = docx.Document(), io.BytesIO()
    styles = document.styles.element
    for style in [one for one in styles.iter(qn("w:style")) if one.get(qn("w:type")) == "table"]:
        styles.remove(style)
    rels = document.part.rels
    for name in [name for name, one in rels.items() if one.reltype.endswith("/stylesWithEffects")]:
        del rels[name]
    document.save(data)
    return data.getvalue()
