"""Lists of people whose entries are numbered: 1.张三 2.李四, ①张三②李四, （一）张三（二）李四."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.text import read_chinese_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUM = "[一二三四五六七八九十]{1,3}"
_STYLES = (
    re.compile(rf"[{_CIRCLED}]\s*"),
    re.compile(r"(?<![0-9０-９])[0-9０-９]{1,2}\s*(?:[.．、:：](?![0-9０-９])|[)）](?!\s*[（(]))\s*"),
    re.compile(r"[（(][0-9０-９]{1,2}[)）]\s*"),
    re.compile(rf"[（(]{_NUM}[)）]\s*"),
)
_BETWEEN = " \t\r\n\u3000、，,；;"


def without_numbers(text: str) -> str:
    """The text with a 、 in place of each number, where it begins with 1 and they count up; else as it is.

    A number inside brackets (补学3.12) or behind a name (张三2, 张三（二）) is part of what stands there.
    """
    first = text.lstrip(_BETWEEN)
    for style in _STYLES:
        if style.match(first):
            return "、".join(_entries(first, style))
    return text


def _entries(text: str, style: re.Pattern[str]) -> Iterator[str]:
    begin, wanted = 0, 1
    for mark in style.finditer(text):
        before = text[: mark.start()]
        open_ = sum(map(before.count, "（(")) - sum(map(before.count, "）)"))
        if number_of(mark[0]) == wanted and open_ == 0:
            yield text[begin : mark.start()].strip(_BETWEEN)
            begin, wanted = mark.end(), wanted + 1
    yield text[begin:].strip(_BETWEEN)


def number_of(mark: str) -> int | None:
    """The number that a mark holds: 2 for ②, 2.、（二）."""
    if mark[0] in _CIRCLED:
        return _CIRCLED.index(mark[0]) + 1
    word = re.sub(r"[^0-9０-９一二三四五六七八九十]", "", mark)
    return int(word) if word.isdecimal() else read_chinese_number(word)
