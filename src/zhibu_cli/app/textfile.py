"""The text of a file that the user names: plain text, Markdown or a Word document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.app.files import refuse_marked_name
from zhibu_cli.errors import InputError, disk_trouble

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1_000_000
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROL = 10
"""One control character in so many others is more than a text ever holds."""
_MOST_WORD_BYTES = 20_000_000
"""A document may hold pictures."""
_HINT = "请写一个 .txt、.md（UTF-8 或 GBK）或 .docx 文件；.doc、.wps 请先另存为 .docx。"
ENDINGS = frozenset({".txt", ".md", ".docx", ".text", ".markdown"})
"""How files end whose text can be read."""


def read_text(path: Path) -> str:
    """The text of a file; plain text as Windows editors write it: UTF-8, with or without mark, else GBK.

    Raises:
        ClassifiedError: the file's name, or a page's head or foot, bears a classification mark.
        InputError: it is no ordinary file, too long, or no text.
    """
    name = str(path)
    refuse_marked_name(path)
    if path.exists() and not path.is_file():  # a device never ends, a pipe may never begin
        raise InputError(f"“{name}”不是普通文件，没有读取。", hint=_HINT)
    if path.suffix.lower() == ".docx":
        return _word_text(path)
    data = _read(path, MOST_BYTES)
    if len(data) > MOST_BYTES:
        raise InputError(f"“{name}”超过1MB，没有录入。", hint="请只留下要录入的文字。")
    text = _decoded(data)
    if text is None or len(_CONTROL.findall(text)) * _MOST_CONTROL > len(text):
        raise InputError(f"“{name}”不是文本文件，没有录入。", hint=_HINT)
    return text


def _read(path: Path, most: int) -> bytes:
    """The file, and one byte more than ``most`` where it is longer."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise InputError(f"没有找到文件“{path}”。", hint=_HINT) from error
    except OSError as error:
        raise InputError(f"打不开文件“{path}”：{disk_trouble(error)}。", hint=_HINT) from error


def _word_text(path: Path) -> str:
    from zhibu_cli.exchange.raw import UnreadableError
    from zhibu_cli.exchange.wordtext import read_word

    if len(_read(path, _MOST_WORD_BYTES)) > _MOST_WORD_BYTES:
        raise InputError(f"“{path}”超过20MB，没有录入。", hint="请删去图片后另存，再录入。")
    try:
        text = read_word(path)
    except UnreadableError as error:
        raise InputError(f"“{path}”{error}", hint=_HINT) from error
    refuse_classified(text.edges, f"“{path}”的页眉或页脚：")
    if len(text.body.encode()) > MOST_BYTES:
        raise InputError(f"“{path}”的文字超过1MB，没有录入。", hint="请只留下要录入的文字。")
    return text.body


def _decoded(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
