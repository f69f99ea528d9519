"""A month as rosters have it where the day is not known: 1985-05, 1990年3月, 1980.5, 198505."""

from __future__ import annotations

import re
from datetime import date

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
    return _unreal(plain) or next((why for form, why in _INCOMPLETE if form.fullmatch(plain)), "读不出")


def _unreal(plain: str) -> str:
    """Why a day that is written in full is none: 2月30日 does not exist, 3月5日 was no Monday."""
    match = _WRITTEN.match(plain)
    if match is None:
        return ""
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        weekday = date(year, month, day).weekday()
    except ValueError:
        return "日历上没有这一天"
    said = (match[4] or "").replace("天", "日")
    if not said or said == _WEEK[weekday]:
        return ""
    return f"写的是星期{said}，那天却是星期{_WEEK[weekday]}，看不出哪一个写错了"


_WEEK = "一二三四五六日"
_WRITTEN = re.compile(
    r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})(?:[日号]|(?!\d))(?:\(?(?:星期|周|礼拜)([一二三四五六日天])\)?)?"
)
_NUMERAL = "[0-9零\u3007○一二三四五六七八九十]{1,3}"
_INCOMPLETE = (
    (re.compile(rf"{_NUMERAL}月份?"), "只有月份，缺少年和日"),
    (re.compile(r"\d{2,4}.*[\d日号](?:早上|上午|中午|下午|傍晚|晚上)"), "只写了上下午，没有钟点"),
    (re.compile(rf"{_NUMERAL}月{_NUMERAL}[日号]"), "缺少年份"),
    (re.compile(rf"{_NUMERAL}月{_NUMERAL}[日号]\(?(?:星期|周|礼拜)[一二三四五六日天]\)?"), "缺少年份"),
    (
        re.compile(
            "(?:大?[前后]|[今昨明])[天日]|(?:上上|上|本|这|下)个?(?:周|星期|礼拜)[一二三四五六日天]?|(?:上|本|这|下)个?月.*"
        ),
        "是相对的说法，看不出是哪一天",
    ),
    (re.compile(r"\d{1,2}[./-]\d{1,2}"), "缺少年份"),
    (re.compile(rf"{_NUMERAL}[日号]"), "缺少年和月"),
    (re.compile(r"\d{2}([-/.])\d{1,2}\1\d{1,2}"), "看不出哪个数是年"),
)
