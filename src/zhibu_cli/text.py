"""Chinese text: widths, look-alike characters, dates and numerals as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from functools import cache, lru_cache

from zhibu_cli.lookalikes import RADICALS

_WEEKDAYS = "一二三四五六日"
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"\u3007": 0, "○": 0, "两": 2}

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007]"
_DOTS = "·•・‧∙⋅."
_NAME_BRACKETS = str.maketrans("()", "（）")


def display_width(text: str) -> int:
    """Columns the text takes on a terminal: Han and full-width characters take two."""
    return sum(map(_char_width, text))


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def pad(text: str, width: int) -> str:
    """The text with blanks on its right up to a display width."""
    return text + " " * max(0, width - display_width(text))


def clean(text: str) -> str:
    """The text in the form in which words and numbers are compared.

    Full-width letters, digits and punctuation become half-width, radicals and compatibility
    characters their usual ones, invisible marks go. Inner blanks stay.
    """
    if text.isascii():
        return text.strip()
    # the marks go first: between a letter and its accent they would keep the two apart
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(RADICALS).strip()


@lru_cache(maxsize=8192)
def clean_name(text: str) -> str:
    """A name in the one form in which it is kept: no blank between Han, one kind of dot and bracket."""
    joined = " ".join(clean(text).split())
    if " " in joined:
        joined = _between_han(r"\s+").sub("", joined)
    if any(dot in joined for dot in _DOTS):
        joined = _between_han(rf"\s*[{_DOTS}]\s*").sub("·", joined)
    return joined.translate(_NAME_BRACKETS)


@cache
def _between_han(pattern: str) -> re.Pattern[str]:
    # sets of so many characters cost every start of the program milliseconds, and few names need them
    return re.compile(rf"(?<={_HAN}){pattern}(?={_HAN})")


# \x0b, \x1c and their like count as blanks in Python; to a reader they are nothing of the kind
_BLANKS = re.compile("[^\\S\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")


def one_line(text: str) -> str:
    """The text with every run of blanks and line breaks as one blank; control characters stay."""
    if text.isprintable():
        return " ".join(text.split())
    return _BLANKS.sub(" ", text).strip(" ")


def brief(text: str, most: int = 40) -> str:
    """The text on one line as a message quotes it: not much of it, whatever a cell may hold."""
    line = one_line(text[: 4 * most])
    return line if len(line) <= most and len(text) <= 4 * most else line[:most] + "…"


def blank(text: str) -> bool:
    """Whether there is nothing to see in the text."""
    return not text or text.isspace() or (not text.isascii() and not drop_invisible(text).strip())


def drop_invisible(text: str) -> str:
    """The text without zero-width marks, which no reader sees and every comparison stumbles on."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def is_han(text: str) -> bool:
    """Whether the text consists of Han characters only (and is not empty)."""
    return re.fullmatch(rf"{_HAN}+", text) is not None


def visible(text: str) -> str:
    """The text with characters that a paper cannot carry shown as ``〔U+0007〕``.

    Control characters would split a paragraph and a lone surrogate drop the rest of the text;
    line breaks (in any writing) and tabs stay.
    """
    return _UNPRINTABLE.sub(_mark, text.replace("\r\n", "\n").replace("\r", "\n"))


_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def _mark(match: re.Match[str]) -> str:
    return f"〔U+{ord(match[0]):04X}〕"


def encodable(text: str) -> str:
    r"""The text with lone surrogates written as ``\udXXX``: UTF-8 has no form for them.

    Inside JSON this is an escape, so that the value comes back as it was.
    """
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


_SURROGATE = re.compile("[\ud800-\udfff]")


def chinese_date(day: date) -> str:
    """``2026年3月5日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """``星期四``."""
    return "星期" + _WEEKDAYS[day.weekday()]


def chinese_number(number: int) -> str:
    """A number from 0 to 9999 as it stands before a heading: 十二, 一百零五."""
    if number < 10:
        return "零一二三四五六七八九"[number]
    words = ""
    gap = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(words)
    return words.removeprefix("一") if number < 20 else words


def read_chinese_number(text: str) -> int | None:
    """The value of 十二, 二十, 一百零五 or of digits one by one (二〇二六); None if it is no numeral."""
    if not text:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            return None
    return total + digit


_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERALS = re.compile("[零〇○一二三四五六七八九十两]+")

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_FULL = re.compile(
    r"(\d{4}|\d{2})(?:年|([-/.]))(\d{1,2})(?(2)\2|月)(\d{1,2})(?(2)|[日号])"
    r"(?:\(?(?:星期|周|礼拜)([一二三四五六日天])\)?)?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})月(\d{1,2})[日号]")
_THAT_WEEK = re.compile(r"(上上|上|本|这)(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2, "大前天": 3}


@lru_cache(maxsize=8192)
def parse_day(text: str, today: date | None = None) -> date | None:
    """The day that was written, or None where it cannot be read or does not exist.

    Without ``today`` only complete dates are read. With it also 3月5日 (the latest such day that is
    not in the future), 昨天, 上周五. A year of two digits is read where 年 stands behind it or where
    it can be nothing else (``98/12/5``, never ``26/12/5``). A day of another age (9999-12-31 for "no
    end") is none: nothing here happened before 1800 or will be planned after 2199.
    """
    day = _any_day(text, today)
    return day if day and _EARLIEST <= day.year <= _LATEST else None


_EARLIEST, _LATEST = 1800, 2199


def _any_day(text: str, today: date | None) -> date | None:
    if _ISO.fullmatch(text):
        return _day(text[:4], text[5:7], text[8:])
    plain = "".join(clean(text).split())
    if "月" in plain:
        plain = _NUMERALS.sub(_arabic, plain) if not _FULL.fullmatch(plain) else plain
    if match := _FULL.fullmatch(plain):
        return _written(match)
    if match := _COMPACT.fullmatch(plain):
        return _day(*match.groups())
    return _relative(plain, today) if today else None


def _arabic(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    if before in {"期", "周", "拜"}:  # the weekday behind the date
        return match[0]
    return str(read_chinese_number(match[0]))


def _written(match: re.Match[str]) -> date | None:
    year, separator, month, day, week = match.groups()
    if len(year) == 2:
        if separator and int(year) <= 31:
            return None
        year = ("20" if int(year) < 50 else "19") + year
    found = _day(year, month, day)
    if found and week and found.weekday() != _WEEKDAYS.index(week.replace("天", "日")):
        return None
    return found


def _relative(text: str, today: date) -> date | None:
    if text in _BACK:
        return today - timedelta(days=_BACK[text])
    if match := _THAT_WEEK.fullmatch(text):
        monday = today - timedelta(days=today.weekday() + 7 * {"上上": 2, "上": 1}.get(match[1], 0))
        return monday + timedelta(days=_WEEKDAYS.index(match[2].replace("天", "日")))
    if match := _SHORT.fullmatch(text):
        years = range(today.year, today.year - 9, -1)
        days = (_day(str(year), match[1], match[2]) for year in years)
        return next((day for day in days if day and day <= today), None)
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


_CLOCK = re.compile(
    r"(凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|晚)?(\d{1,2})"
    r"(?::(\d{2})(?::(\d{2})(?:\.0+)?)?|[点时](?:整|钟|(半)|(一刻)|(三刻)|(\d{1,2})分?)?)"
)
_CLOCK_PART = re.compile("凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|晚")
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "晚"})


@lru_cache(maxsize=2048)
def parse_clock(text: str) -> time | None:
    """The time of day that was written (14:30, 下午3点半, 9时30分), or None."""
    plain = "".join(clean(text).split())
    if re.search("[点时]", plain):
        plain = _NUMERALS_BUT_QUARTERS.sub(_arabic, plain)
    match = _CLOCK.fullmatch(plain)
    if match is None:
        return None
    part, hour, minute, second, half, quarter, three, minutes = match.groups()
    past = 30 if half else 15 if quarter else 45 if three else int(minute or minutes or 0)
    at = _hour(part or "", int(hour))
    if at is None or at > 23 or past > 59 or int(second or 0) > 59:
        return None
    return time(at, past, int(second or 0))


def clock_text(at: time) -> str:
    """``14:30``, with seconds only where there are any."""
    return at.isoformat("seconds" if at.second else "minutes")


_NUMERALS_BUT_QUARTERS = re.compile("[零〇○一二三四五六七八九十两]+(?!刻)")


def _hour(part: str, hour: int) -> int | None:
    """The hour of 24, or None where the words contradict the number (晚上12点, 上午14点)."""
    if part in _AFTERNOON:
        if hour == 12:
            return 12 if part == "下午" else None
        return hour + 12 if hour < 12 else hour
    if part == "中午":
        return {11: 11, 12: 12, 1: 13, 13: 13}.get(hour)
    return None if part and hour >= 12 else hour


_DAY_PART = re.compile(
    r"\s*(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{4}\.\d{1,2}\.\d{1,2}|\d{8}|.{1,12}?[日号])"
    r"(?P<week>\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?(?:T|\s*)(?P<rest>.+)"
)
_RANGE = re.compile("[-~—\u2013\u2015─至到]+")


@lru_cache(maxsize=8192)
def parse_moment(text: str, today: date | None = None) -> tuple[date, time | None, time | None] | None:
    """A day, perhaps with the time it began and ended: ``2026年3月5日 14:30-16:00``."""
    day = parse_day(text, today)
    if day:
        return day, None, None
    match = _DAY_PART.fullmatch(clean(text))
    day = parse_day(match["day"] + (match["week"] or ""), today) if match else None
    if match is None or day is None:
        return None
    at = parse_clock(match["rest"])
    times = (at, None) if at else parse_clocks(match["rest"])
    return (day, *times) if times else None


@lru_cache(maxsize=2048)
def parse_clocks(text: str) -> tuple[time, time] | None:
    """When something began and ended the same day: 15:00-16:30, 下午3点至4点半; None where it is no such.

    What is said of the first (下午) holds for the second too, where that names no part of the day.
    """
    parts = _RANGE.split("".join(clean(text).split()))
    begin = parse_clock(parts[0]) if len(parts) == 2 else None
    if begin is None:
        return None
    said = _CLOCK_PART.match(parts[0])
    end = parse_clock(parts[1])
    if said and not _CLOCK_PART.match(parts[1]) and end and end.hour < 12:
        end = parse_clock(said[0] + parts[1]) if said[0] in _AFTERNOON else end
    return (begin, end) if end and end > begin else None
