"""What does not count when texts are compared: the same for the form of a text and for what it names.

Nobody sees a blank more or less, a zero-width mark or a radical in place of its character; dates, names
and set phrases differ between copies or are the same in honest minutes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.lookalikes import RADICALS
from zhibu_cli.model.surnames import SURNAMES
from zhibu_cli.text import drop_invisible

if TYPE_CHECKING:
    _Tree = dict[str, "_Tree"]
    """Words by their first characters; the empty character stands where a word ends."""

GAP, CLAUSE = "\n", "\r"
"""Stand in a masked sentence for what does not count, and for signs with what is beside them."""

_ITEM, _OVER, _MASK, _END = "\ue000", "\ue001", "\ue002", "\ue003"
"""Around an item of the agenda, in place of what is masked and of the end of a sentence; no text has them
(``plain``)."""
_LINE = 6
"""A line of fewer characters is no line of minutes: its end is a blank like others."""

_NUMERAL = r"第?[0-9０-９〇零一二两三四五六七八九十百千万几多]+"
_COUNTED = r"(?:年度?|月份?|日|号|时|点|分|秒|次|季度|届|个|名|人|项|条|章|节|位|份|天|元|周)*"
_SPEAKS = "同志|说|表示|指出|认为|提出|谈到|建议|补充|汇报|介绍|发言|主持|传达|领学|要求|强调|记录"
_STOPS = r",;:!?。、！？，；：\n"
_LEADS = "会议|大会|会上|支委会|支部|党支部|党小组|并|另外|最后|随后|其次|首先"
_TREATS = (
    "传达|学习|研究|讨论|通报|听取|审议|审定|部署|安排|布置|总结|汇报|商议|商量|介绍|落实|贯彻|宣读|观看|开展|组织|"
    "集中|集体|认真|深入|专题|交流|收缴|进行|研讨|领学|通读|回顾|明确|征求|公布|检查"
)
_MATTERS = (
    "精神|工作|情况|安排|方案|计划|事项|事宜|汇报|报告|活动|任务|要点|总结|小结|议题|名单|文件|讲话|通知|通报|意见|"
    "办法|制度|条例|规定|章节|内容|原文|体会|问题|准备|部署|教育片"
)


class Masked(NamedTuple):
    """A text as it is compared."""

    sentences: list[str]
    """Pieces with ``GAP`` or ``CLAUSE`` between them, none empty."""
    size: int
    """Characters left, without those of clauses that only name an item of the agenda."""


class _Patterns(NamedTuple):
    """Compiled when the first text is sketched: a check with all sketches at hand needs none of them."""

    item: re.Pattern[str]
    """A clause that names an item of the agenda and says nothing of it: 传达学习…精神, 研究…方案."""
    mask: re.Pattern[str]
    """Titles, quotations and numerals."""
    named: re.Pattern[str]
    """A name before a verb of speaking."""
    end: re.Pattern[str]
    sign: re.Pattern[str]
    clause: re.Pattern[str]
    """Signs that are not only what is masked."""
    gap: re.Pattern[str]
    stray: re.Pattern[str]
    """The end of a line that is none."""
    marked: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    begin, end = rf"(?:(?<=[{_STOPS}.()0-9])|^)", rf"(?=[{_STOPS}.]|$)"
    item = rf"(?:{_LEADS})?(?:{_TREATS}){{1,3}}了?[^{_STOPS}]{{0,16}}?(?:{_MATTERS}|[》”])"
    return _Patterns(
        item=re.compile(begin + item + end),
        mask=re.compile(rf"《[^《》]{{1,80}}》|“[^“”]{{1,600}}”|{_NUMERAL}{_COUNTED}"),
        named=re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?={_SPEAKS})"),
        end=re.compile("[。！？；!?;\n]+"),
        sign=re.compile(r"[\W_]+"),
        clause=re.compile(rf"{_MASK}*(?:[^\w{_MASK}{_END}]|_)(?:[^\w{_END}]|_)*"),
        gap=re.compile(f"{_MASK}+"),
        stray=re.compile(rf"(?<![^\n]{{{_LINE}}})\n"),
        marked=re.compile(f"{_ITEM}[^{_OVER}]*{_OVER}"),
    )


class _Usual(dict[int, int | str | None]):
    """Code of a character -> how it is compared; whatever was met once is known from then on."""

    def __missing__(self, code: int) -> int | None:
        seen = unicodedata.category(chr(code))[0] not in "CMZ" or chr(code) == "\n"
        self[code] = code if seen else None
        return code if seen else None


_USUAL = _Usual(RADICALS | {ord(char): None for char in "\u115f\u1160\u3164"})
"""Radicals as the characters they look like; letters to Unicode that are blanks to the eye go."""


def plain(text: str) -> str:
    """The text as a reader sees it: usual characters, no blanks, unseen marks or stray ends of lines."""
    usual = unicodedata.normalize("NFKC", drop_invisible(text)).translate(_USUAL)
    return _patterns().stray.sub("", usual) if "\n" in usual else usual


def masked(text: str, *, names: tuple[str, ...] = (), phrases: tuple[str, ...] = ()) -> Masked:
    """The sentences of a text as they are compared."""
    patterns = _patterns()
    # Items of the agenda come first, since phrases are parts of them; then names and phrases, since there
    # are numerals in these. One search after the other takes half as long as one for everything.
    usual = patterns.item.sub(rf"{_ITEM}\g<0>{_OVER}", plain(text))
    usual = _fixed(names, phrases).sub(_MASK, usual)
    usual = patterns.named.sub(_MASK, patterns.mask.sub(_MASK, usual))
    own = patterns.sign.sub("", patterns.marked.sub("", usual))
    clauses = patterns.clause.sub(CLAUSE, patterns.end.sub(_END, usual))
    pieces = (one.strip(GAP + CLAUSE) for one in patterns.gap.sub(GAP, clauses).split(_END))
    return Masked([piece for piece in pieces if piece], len(own))


@lru_cache(maxsize=16)
def _fixed(names: tuple[str, ...], phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Names and set phrases, the longest that fits; as a tree, which is twice as fast as a list."""
    tree: _Tree = {}
    for word in (*names, *phrases):
        branch = tree
        for char in plain(word):
            branch = branch.setdefault(char, {})
        branch[""] = {}
    tree.pop("", None)
    return re.compile(_expression(tree) or "(?!)")


def _expression(tree: _Tree) -> str:
    branches = [re.escape(char) + _expression(below) for char, below in tree.items() if char]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in tree else "")
