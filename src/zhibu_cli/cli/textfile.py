"""The text of a file named on the command line."""

from __future__ import annotations

import re
from pathlib import Path

from zhibu_cli.app.files import refuse_marked_name
from zhibu_cli.errors import InputError

MOST_BYTES = 1_000_000
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROL = 10
"""One control character in so many others is more than a text ever holds."""
_HINT = "请写一个 .txt 文件（UTF-8 或 GBK）；Word 文档请先另存为纯文本。"


def read_text(name: str) -> str:
    """The text as Windows editors write it: UTF-8, with or without mark, else GBK.

    Raises:
        ClassifiedError: the file's name bears a classification mark.
        InputError: it is no ordinary file, too long, or no text.
    """
    path = Path(name)
    refuse_marked_name(path)
    if path.exists() and not path.is_file():  # a device never ends, a pipe may never begin
        raise InputError(f"“{name}”不是普通文件，没有读取。", hint=_HINT)
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(f"“{name}”超过1MB，没有录入。", hint="请只留下要录入的文字。")
    text = _decoded(data)
    if text is None or len(_CONTROL.findall(text)) * _MOST_CONTROL > len(text):
        raise InputError(f"“{name}”不是文本文件，没有录入。", hint=_HINT)
    return text


def _decoded(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
