"""Files kept beside the ledger as typed values, and which files may be kept at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from zhibu_cli.model.entry import Entry

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20
"""What one file may have unless the user says otherwise."""

SIGN_IN = "sign_in"

INTACT, GONE, ALTERED, UNREADABLE = "intact", "gone", "altered", "unreadable"
"""Whether the copy beside the ledger is still what was attached."""

_PICTURES = ("jpg", "jpeg", "png", "heic", "tif", "tiff")
_SLIDES = ("pptx", "ppt", "dps")
SUFFIXES = ("pdf", "ofd", "docx", "doc", "wps", "xlsx", "xls", "et", *_SLIDES, *_PICTURES, "txt", "md")
_WORDS = (
    (SIGN_IN, ("签到",)),
    ("courseware", ("课件", "讲稿", "讲义")),
    ("notice", ("通知",)),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
"""The first bytes of programs for Windows, Linux, macOS, and of scripts."""

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_BEGINNINGS: Mapping[str, tuple[str, tuple[bytes, ...]]] = {
    **dict.fromkeys(("jpg", "jpeg", "png"), ("图片", (b"\xff\xd8\xff", b"\x89PNG"))),
    "pdf": ("PDF 文件", (b"%PDF", b"\xef\xbb\xbf%PDF")),
    "docx": ("Word 文档", (_ZIP, _OLE)),
    "xlsx": ("Excel 表格", (_ZIP, _OLE)),
}
"""By suffix what such a file is, and how it begins; one with a password is of the old kind inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file kept with a record (附件)."""

    id: str
    record: str
    """Number of the record it belongs to."""
    name: str
    """What the file was called when it was attached."""
    kind: str
    """sign_in, photo, courseware, notice, other."""
    size: int
    """Bytes."""
    sha256: str
    taken_at: str = ""
    """``2026-03-05T14:31`` as the camera wrote it into a photo; empty: nothing was written."""
    file: str
    """Name of the copy in the folder of attachments."""
    added_at: datetime


def read_attachment(entry: Entry) -> Attachment:
    """The typed view of an entry of the register 附件."""
    data = entry.payload
    return Attachment(
        id=entry.id,
        record=data["record"],
        name=data["name"],
        kind=data["kind"],
        size=data["size"],
        sha256=data["sha256"],
        taken_at=data.get("taken_at", ""),
        file=data["file"],
        added_at=entry.first_entered_at,
    )


def suffix_of(name: str) -> str:
    """The suffix without its dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_picture(name: str) -> bool:
    """Whether a camera may have written its time into such a file."""
    return suffix_of(name) in _PICTURES


def kind_by_name(name: str) -> str:
    """The kind that the file's name speaks of; a picture without such a word is a photo."""
    for kind, words in _WORDS:
        if any(word in name for word in words):
            return kind
    if is_picture(name):
        return "photo"
    return "courseware" if suffix_of(name) in _SLIDES else "other"


def refusal(name: str, size: int, head: bytes, most_megabytes: int) -> str:
    """Why the file cannot be kept, one sentence; empty where it can. ``head``: its first bytes."""
    if suffix_of(name) not in SUFFIXES:
        return f"“{name}”这种文件不收；可附 {'、'.join(SUFFIXES)}。"
    if not size:
        return f"“{name}”是空文件。"
    if head.startswith(_PROGRAMS):
        return f"“{name}”的内容是程序，不是文档或图片，不收。"
    if size > most_megabytes * MEGABYTE:
        return f"“{name}”有 {size_text(size)}，超过 {most_megabytes} MB；请压缩或拆分，确需附上可加 --limit。"
    return ""


def not_as_named(name: str, head: bytes) -> str:
    """What the suffix promises and the first bytes are not (图片); empty where nothing is amiss."""
    what, beginnings = _BEGINNINGS.get(suffix_of(name), ("", ()))
    return what if what and not head.startswith(beginnings) else ""


def size_text(size: int) -> str:
    """``512 B``, ``38 KB``, ``1.2 MB``."""
    if size < 1024:
        return f"{size} B"
    return f"{size / 1024:.0f} KB" if size < MEGABYTE else f"{size / MEGABYTE:.1f} MB"
