"""What all Office files have in common: same input, same bytes, and texts that come back as typed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

LONGEST_CELL = 32_767
"""Characters that Excel holds in a cell."""

_EPOCH = datetime(1980, 1, 1)  # the earliest that a zip can say
_FONT = re.compile(rb"(<(?:font|rPr)>)(.*?)(</(?:font|rPr)>)", re.DOTALL)
"""The looks of a cell, or of a piece of its text."""
_FONT_PART = re.compile(rb"<(\w+)[^<>]*/>")
_FONT_ORDER = (
    *(b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign"),
    *(b"sz", b"color", b"name", b"rFont", b"family", b"charset", b"scheme"),
)
"""Excel's own order; openpyxl has another one, which strict readers refuse."""
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def normalised(data: bytes, moment: datetime = _EPOCH) -> bytes:
    """The same archive with fixed times, in the zip and in docProps/core.xml."""
    stamp = f"{moment.isoformat()}Z".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
                content = content.replace(
                    b">openpyxl</dc:creator>", b">zhibu</dc:creator>"
                )  # the library is no author
            if info.filename.startswith(("xl/styles", "xl/worksheets/sheet", "xl/sharedStrings")):
                content = _FONT.sub(_ordered, content)
            plain = zipfile.ZipInfo(info.filename, moment.timetuple()[:6])
            plain.create_system = 0  # one value on every system
            copy.writestr(plain, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _ordered(font: re.Match[bytes]) -> bytes:
    order = {name: number for number, name in enumerate(_FONT_ORDER)}
    parts = sorted(_FONT_PART.finditer(font[2]), key=lambda part: order.get(part[1], len(order)))
    return font[1] + b"".join(part[0] for part in parts) + font[3]


def typed(text: str) -> str:
    """A text of a cell in OOXML that is read back as it was typed: ``_x0041_`` would be read as ``A``."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)
