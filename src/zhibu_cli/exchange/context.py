"""What the name of a sheet, its title rows and the name of its file say about all its rows.

One sheet for each group, for each month, for each kind: 第一党小组, 2025年3月, 党小组会会议记录台账. The
sheet's own name comes first, then its titles, then the file. A month is never a day; it only
completes dates that name a day (5日, 3月5日).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from zhibu_cli.exchange.colnames import key
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.people_sheets import MEMBER_STATUS
from zhibu_cli.model.values import is_kinds
from zhibu_cli.text import brief, clean, clean_name, read_chinese_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from zhibu_cli.model.declare import Catalogue, Kind, Register

_NUM = "[0-9一二三四五六七八九十]{1,3}"
_GROUP = re.compile(rf"第{_NUM}(?:党)?小组")
_GROUP_NAME = re.compile(rf"(?:[^各所全\s]{{1,8}}党小组|{_NUM}组)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?:年度?)?|([一二][零〇○一二三四五六七八九]{3})年")
_MONTH = re.compile(rf"(?<![-~—至到、0-9])({_NUM})月(?:份)?(?![-~—至到、0-9一二三四五六七八九十])")
_TITLES = 6
"""So many rows at the top may hold titles."""
_DAY = re.compile(r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号](.*)", re.DOTALL)
_MONTH_DAY = re.compile(
    r"([0-9]{1,2}|[一二三四五六七八九十]{1,3})月(?:[0-9一二三四五六七八九十]{1,3})[日号].*", re.DOTALL
)
_SHORT = re.compile(r"(\d{2})([-/.])\d{1,2}\2\d{1,2}(?:\s.*)?", re.DOTALL)
_SLASH = re.compile(r"(\d{1,2})(?:[-/](\d{1,2})|\.(\d\d|[4-9]))")
"""3-6, 3/6, 3.6; not 3.1, which may have been 3.10 before a spreadsheet took it for a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds for all rows of a sheet, where the row itself does not say."""

    kind: Kind | None = None
    group: str = ""
    year: int | None = None
    year_from: str = ""
    """Where the year stands, in words: 表名“2025年”."""
    month: int | None = None
    clash: str = ""
    """Where two of them name different years or months: what they say."""
    status: str = ""
    """Code of 党员类别."""
    assessed: bool = False
    """The year is the one that is assessed, often the one before the day: it completes no date."""

    def of(self, register: Register) -> Context:
        """The same for the sheet of a register, or of a kind, that asks for the year assessed."""
        needed = {name for need in self.kind.needs for name in need.fields} if self.kind else set()
        years = [one for one in register.fields if one.type is FieldType.YEAR]
        return replace(self, assessed=any(one.required or one.name in needed for one in years))

    def complete(self, text: str) -> str:
        """A date that lacks its year or month, with what the sheet says; empty where that does not do."""
        plain = clean(text)
        if self.year is None or self.clash or self.assessed:
            return ""
        if _MONTH_DAY.fullmatch(plain):
            return f"{self.year}年{plain}"
        if (match := _DAY.fullmatch(plain)) and self.month:
            return f"{self.year}年{self.month}月{plain}"
        if (match := _SHORT.fullmatch(plain)) and int(match[1]) == self.year % 100:
            return f"{self.year // 100}{plain}"
        if (match := _SLASH.fullmatch(plain)) and int(match[1]) <= 12:
            return f"{self.year}-{match[1]}-{match[2] or match[3]}"
        return ""


def titles(head: Sequence[Sequence[object]]) -> list[str]:
    """The lines above the table: rows at the top that hold one text only."""
    found: list[str] = []
    for row in head[:_TITLES]:
        filled = [cell for cell in row if cell not in ("", None)]
        if len(filled) > 1:
            break
        found += [cell for cell in filled if isinstance(cell, str)]
    return found


def read_context(name: str, lines: Sequence[str], file: str, catalogue: Catalogue) -> Context:
    """The context of a sheet; ``file`` is the file's name without its ending."""
    near, all_ = [name, *lines], [name, *lines, file]
    years, months = _told(name, lines, file, _year), _told(name, lines, "", _month)
    return Context(
        kind=next(filter(None, (kind_named(text, catalogue) for text in all_)), None),
        group=_group(name, all_),
        year=next(filter(None, map(_year, all_)), None),
        year_from=next(iter(years.values()), ""),
        month=next(filter(None, map(_month, near)), None),
        clash=_clash(years, "年") or _clash(months, "月"),
        status=next(filter(None, map(_status, all_)), ""),
    )


def _told(name: str, lines: Sequence[str], file: str, read: Callable[[str], int | None]) -> dict[int, str]:
    """Each year or month that is named, and where first."""
    found: dict[int, str] = {}
    sources = [("表名", name), *(("标题", line) for line in lines), ("文件名", file)]
    for what, text in sources:
        if number := read(text):
            found.setdefault(number, f"{what}“{brief(text, 24)}”")
    return found


def _clash(told: dict[int, str], unit: str) -> str:
    said = [f"{where}写的是{number}{unit}" for number, where in told.items()]
    return "，".join(said) if len(said) > 1 else ""


def kind_named(text: str, catalogue: Catalogue) -> Kind | None:
    """The kind of record whose term stands in the text: 2025年党课; none where there are several."""
    found = {kind.name: kind for _length, kind in kinds_in(text, catalogue)}
    return next(iter(found.values())) if len(found) == 1 else None


def kinds_in(text: str, catalogue: Catalogue) -> list[tuple[int, Kind]]:
    """Every kind whose term stands in the text and not inside a longer one, with the term's length."""
    wanted = key(text)
    found: list[tuple[int, Kind]] = []
    for word, kind in _terms(catalogue):
        if word in wanted:
            found.append((len(word), kind))
            wanted = wanted.replace(word, "\0")
    return found


@lru_cache(maxsize=1)
def _terms(catalogue: Catalogue) -> tuple[tuple[str, Kind], ...]:
    """Every term with its kind, the longest first."""
    words = [(word, kind) for kind in catalogue.kinds for word in _words(kind, catalogue)]
    return tuple(sorted(words, key=lambda one: -len(one[0])))


def _words(kind: Kind, catalogue: Catalogue) -> Iterator[str]:
    """The terms of a kind that stands in a column 类型; the others are sheets of their own."""
    if any(is_kinds(one) for one in catalogue.register(kind.register).fields):
        yield from map(key, (kind.label, *kind.aliases))


def group_named(text: str) -> str:
    """The group after which a sheet is named, empty if it is not: 第一党小组, 机关党小组, 一组."""
    plain = clean_name(text)
    match = _GROUP.fullmatch(plain) or _GROUP_NAME.fullmatch(plain)
    return plain if match else ""


def _group(name: str, texts: Sequence[str]) -> str:
    found = (_GROUP.search(clean_name(text)) for text in texts)
    return group_named(name) or next((match[0] for match in found if match), "")


def _year(text: str) -> int | None:
    years = {int(m[1]) if m[1] else read_chinese_number(m[2]) for m in _YEAR.finditer(clean(text))}
    return years.pop() if len(years) == 1 else None


def _month(text: str) -> int | None:
    plain = clean(text)
    months = {
        read_chinese_number(m[1]) if not m[1].isdecimal() else int(m[1]) for m in _MONTH.finditer(plain)
    }
    month = months.pop() if len(months) == 1 else None
    return month if month and 1 <= month <= 12 else None


def _status(text: str) -> str:
    found = {term.code for term in MEMBER_STATUS if f"{term.label}党员" in key(text)}
    return found.pop() if len(found) == 1 else ""
