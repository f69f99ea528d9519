"""What people write around the kind of a meeting: 第一党小组会, 支委会（扩大）, 第3次党员大会, 微党课.

Only words known here are taken off, and only where a kind is left. What has a field of its own goes
there (the group, 线上, 第3次); of anything else the whole cell is kept in 备注.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.context import group_named
from zhibu_cli.model.declare import Expects
from zhibu_cli.model.values import parse_field, parse_kinds
from zhibu_cli.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Catalogue, Register

_NUM = "[0-9一二三四五六七八九十]{1,3}"
_PARTS = re.compile(r"[（）()\[\]【】—:：-]+")
_LISTED = re.compile(rf"(?:{_NUM}[.．、)）])(?=[^0-9])")
_ORDINAL = re.compile(rf"(?:本年|全年)?(第{_NUM}次)")
_GROUP = re.compile(rf"((?:第{_NUM}(?:党)?小|第?{_NUM})组)(?:党小组)?会议?")
_HOW = frozenset({"线上", "线下", "现场", "视频", "视频会议", "线上会议"})
_ASIDE = frozenset({"扩大", "扩大会议", "专题", "专题会议", "视频扩大"})
_BEFORE = re.compile(
    "专题|微(?=党课)|年度|季度|月度|例行|(?:党?支部)?书记(?:上|讲)?(?=党课)|(?:领导)?干部讲?(?=党课)"
)
_WHERE = {"mark": "姓名"}
_WIDER = re.compile("(?<=[委会])扩大会议?")


class _Said:
    """What was found beside the kind."""

    def __init__(self) -> None:
        self.more: dict[str, Any] = {}
        self.kept = False

    def strip(self, part: str) -> str:
        """The part without the words before its kind."""
        part = _LISTED.sub("", part, count=1) if _LISTED.match(part) else part
        if match := _ORDINAL.match(part):
            self.more["ordinal"], part = match[1], part[match.end() :]
        if match := _GROUP.fullmatch(part):
            self.more["group"], part = match[1], "党小组会"
        bare = _WIDER.sub("会", _BEFORE.sub("", part, count=1) if _BEFORE.match(part) else part)
        bare = bare.replace("会会", "会")
        self.kept = self.kept or bare != part
        return bare


def kinds_with_more(
    catalogue: Catalogue, register: Register, text: str
) -> tuple[list[str], dict[str, Any]] | None:
    """The kinds that a cell names, and what it says besides as fields; None where it cannot be read."""
    plain = "".join(clean(text).split())
    said, words = _Said(), []
    for part in filter(None, _PARTS.split(plain)):
        if group_named(part) and "group" not in said.more:
            said.more["group"] = part
        elif part in _HOW:
            said.more["forms"] = parse_field(catalogue, register, register.field("forms"), part)[0]
        elif part in _ASIDE:
            said.kept = True
        else:
            words.append(said.strip(part))
    kinds = parse_kinds(catalogue, "、".join(words), register.name)[0]
    if not kinds:
        return None
    if "group" in said.more and all(catalogue.kind(one).expects is not Expects.GROUP for one in kinds):
        del said.more["group"]
        said.kept = True
    if said.kept:
        said.more["note"] = f"{register.field('kinds').label}：{one_line(text)}"
    return kinds, said.more


def add_more(payload: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Put what a cell says for other columns into the row, behind what the row says itself."""
    said = [more["note"]] if "note" in more else []
    for name, value in more.items():
        if name != "note" and payload.setdefault(name, value) != value and isinstance(value, str):
            said.append(f"{_WHERE.get(name, '类型')}栏中写的是“{value}”")
    if said:
        payload["note"] = "\n".join(filter(None, [payload.get("note", ""), *said]))
