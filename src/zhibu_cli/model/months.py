"""A month as rosters have it where the day is not known: 1985-05, 1990年3月, 1980.5, 198505."""

from __future__ import annotations

import re

from zhibu_cli.text import clean, read_chinese_number

_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月(?:份)?|[-/.](\d{1,2})|(\d{2}))")
_NUMERALS = re.compile("[零〇○一二三四五六七八九十]+")
_LOST_ZERO = re.compile(r"\d{4}\.1")


def parse_month(text: str) -> str:
    """The month that was written, as ``1985-05``; an empty string where it is none."""
    plain = "".join(clean(text).split())
    if "月" in plain:
        plain = _NUMERALS.sub(lambda match: str(read_chinese_number(match[0])), plain)
    match = _MONTH.fullmatch(plain)
    if match is None:
        return ""
    month = int(match[2] or match[3] or match[4])
    return f"{match[1]}-{month:02}" if 1 <= month <= 12 and 1800 <= int(match[1]) <= 2200 else ""


def lost_zero(text: str) -> bool:
    """Whether it says ``1980.1``: a spreadsheet shows so what was typed as 1980.10."""
    return _LOST_ZERO.fullmatch("".join(clean(text).split())) is not None


def no_day(text: str) -> str:
    """What a text that is no day lacks."""
    if parse_month(text):
        return "缺少日"
    plain = "".join(clean(text).split())
    return next((why for form, why in _INCOMPLETE if form.fullmatch(plain)), "读不出")


_NUMERAL = "[0-9零\u3007○一二三四五六七八九十]{1,3}"
_INCOMPLETE = (
    (re.compile(rf"{_NUMERAL}月份?"), "只有月份，缺少年和日"),
    (re.compile(r"\d{2,4}.*[\d日号](?:早上|上午|中午|下午|傍晚|晚上)"), "只写了上下午，没有钟点"),
    (re.compile(rf"{_NUMERAL}月{_NUMERAL}[日号]"), "缺少年份"),
    (re.compile(r"\d{1,2}[./-]\d{1,2}"), "缺少年份"),
    (re.compile(rf"{_NUMERAL}[日号]"), "缺少年和月"),
    (re.compile(r"\d{2}([-/.])\d{1,2}\1\d{1,2}"), "看不出哪个数是年"),
)
