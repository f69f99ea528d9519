"""Headings between the rows of a sheet: 第一季度, 一、党员大会, 第二党小组.

What a heading says holds for the rows below it, up to the next, where they do not say it themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.exchange.context import group_named, kind_named
from zhibu_cli.exchange.leaving import filled
from zhibu_cli.model.declare import Expects
from zhibu_cli.model.people_sheets import MEMBER_STATUS
from zhibu_cli.model.values import is_kinds
from zhibu_cli.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Kind, Register
    from zhibu_cli.model.problem import Problem

_LONGEST = 24
_NUM = "[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(rf"(?:[（(]{_NUM}[)）]|{_NUM}[、.．]|第{_NUM}(?:部分|章|节))\s*(?P<rest>\S.*)")
_PERIOD = re.compile(
    rf"(?:\d{{4}}年度?)?(?:第?[一二三四1-4]季度?|[上下]半年(?:度)?|(?:\d{{1,2}}|{_NUM})月份?|全年)"
    r"(?:会议|活动|记录|情况|组织生活)*[:：]?"
)
_YEAR = re.compile(r"\d{4}年度?")
_STANDING = re.compile(r"(正式|预备)党员(?:名单|名册)?(?:[(（].*[)）])?[:：]?")
_OUTSIDERS = re.compile(
    r"(?:入党)?(?:积极分子|申请人|发展对象|培养对象)(?:名单|名册)?(?:[(（].*[)）])?[:：]?"
)
_STATUS = {term.label: term.code for term in MEMBER_STATUS}


class Heading(NamedTuple):
    """What a heading says about the rows below it."""

    kind: Kind | None = None
    group: str = ""
    status: str = ""
    """Code of 党员类别."""
    outsiders: str = ""
    """Who stands below and is no member: 入党积极分子."""
    changes_kind: bool = False
    """Whether what the heading before said of the kind is over: a quarter leaves it as it is."""

    @property
    def why(self) -> str:
        """Why the row is no record, and what was taken from it."""
        said = f"以下各行没有写类型的，记作“{self.kind.label}”" if self.kind else ""
        said = said or (f"以下各行的党小组会记作“{self.group}”" if self.group else "")
        standing = next((label for label, code in _STATUS.items() if code == self.status), "")
        said = said or (f"以下各行没有写党员类别的，记作“{standing}”" if standing else "")
        return f"是分段的标题（{said}）" if said else "是分段的标题"


def heading(row: Sequence[Any], catalogue: Catalogue, kinds_at: int = -1) -> Heading | None:
    """The heading that a row is; None where it holds more than one cell, or other words.

    A lone 党课 in the column of the kinds (``kinds_at``) is a record that lacks everything else.
    """
    cells = [(place, cell) for place, cell in enumerate(row) if filled(cell)]
    place, cell = cells[0] if len(cells) == 1 else (-1, None)
    if not isinstance(cell, str):
        return None
    text = "".join(clean(cell).split())
    if not text or len(text) > _LONGEST:
        return None
    if _PERIOD.fullmatch(text) or _YEAR.fullmatch(text):
        return Heading()
    match = _NUMBERED.fullmatch(text)
    bare = match["rest"] if match else text
    if standing := _STANDING.fullmatch(bare):
        return Heading(status=_STATUS[standing[1]])
    if _OUTSIDERS.fullmatch(bare):
        return Heading(outsiders=one_line(cell))
    if group := group_named(bare):
        return Heading(group=group)
    kind = kind_named(bare, catalogue)
    return Heading(kind=kind, changes_kind=True) if match or (kind and place != kinds_at) else None


def by_heading(sheet: RawSheet, columns: Columns, register: Register, catalogue: Catalogue) -> str:
    """The required field that only headings between the rows tell: the kinds, 党员类别; else empty."""
    there = {one.name for one in columns.fields.values()}
    kinds = next((one.name for one in register.fields if is_kinds(one)), "")
    status = next((one.name for one in register.fields if one.name == "status"), "")
    wanted = "" if {kinds, "theme", status} & there else kinds or status
    if not wanted:
        return ""
    told = (heading(row, catalogue) for index, row in enumerate(sheet.rows) if index > columns.row)
    says = any(one is not None and (one.kind if kinds else one.status) for one in told)
    return wanted if says else ""


def side_by_side(sheet: RawSheet, columns: Columns, catalogue: Catalogue) -> Problem | None:
    """What is wrong with a sheet whose header names several kinds in cells of its own; else None."""
    for index, row in enumerate(sheet.head(columns.row + 1)):
        kinds = [
            kind_named(cell, catalogue) for cell in row if isinstance(cell, str) and len(cell) <= _LONGEST
        ]
        labels = "、".join(dict.fromkeys(kind.label for kind in kinds if kind))
        if "、" in labels:
            why = f"一行里并列写了几种会议（{labels}），不能导入；请改成一行写一次会议，加一列“类型”。"
            return sheet.problem(why, row=sheet.first_row + index)
    return None


class Sections:
    """What the headings passed so far say."""

    def __init__(self, names: frozenset[str], catalogue: Catalogue, defaults: Collection[str]) -> None:
        """``names`` of the fields of the sheet's register; of these ``defaults`` no column says anything."""
        self.names = names
        self.defaults = defaults
        self.catalogue = catalogue
        self.kind: Kind | None = None
        self.group = ""
        self.status = ""
        self.outsiders = ""

    def enter(self, found: Heading) -> None:
        """The rows from here on stand under another heading."""
        self.kind = found.kind if found.changes_kind else self.kind
        self.group = found.group if found.group or found.changes_kind else self.group
        if found.status or found.outsiders or found.changes_kind:
            self.status, self.outsiders = found.status, found.outsiders

    def apply(self, payload: dict[str, Any], bad: set[str]) -> None:
        """Put into a row what it does not say itself; a heading is nearer to it than the sheet's title."""
        lacking = self.names - (payload.keys() - self.defaults) - bad
        if self.kind and "kinds" in lacking:
            payload["kinds"] = [self.kind.name]
        if self.status and "status" in lacking:
            payload["status"] = self.status
        if self.group and "group" in self.names and "group" not in payload:
            kinds = [self.catalogue.kind(name) for name in payload.get("kinds", ())]
            if any(kind.expects is Expects.GROUP for kind in kinds):
                payload["group"] = self.group
