"""The forms of the parameters of checks: what a value may be, and in which direction it is stricter.

A module of rules/checks/ declares ``PARAMETERS = {function: {parameter: form}}``. A form is one of count
(0 to 9,999), number (1 to 9,999), flag, text, texts, patterns (regular expressions), share, kind, register,
unit, marks, hints and documents (tables, see ``_ROWS``), or the allowed words with ``|`` between them.
``field:KEY`` and ``fields:KEY`` are columns of the register that the parameter KEY names (by a kind or
itself), ``amounts:KEY`` tables ``{ field, at_least }`` of them. Behind it stands ``+``
where a higher number (or true) asks more of the branch, ``-`` where a lower one does; a form without either
may not be changed by a branch of its own (local.toml). ``!``: not shown to users. ``?`` at the end: it may
be left out.
"""

from __future__ import annotations

import re
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.model.period import Unit
from zhibu_cli.text import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from zhibu_cli.model.declare import Catalogue


_NOTHING: Mapping[str, Any] = MappingProxyType({})
MOST = 9_999
"""No number of a rule is higher: days and months beyond it leave the calendar."""
_ROWS: Mapping[str, Mapping[str, str]] = {
    "amounts": {"field": "text", "at_least": "number"},
    "marks": {"has": "text", "pattern": "pattern?"},
    "hints": {"flag": "text", "text": "text"},
    "documents": {"title": "text", "since": "day", "verified": "flag", "source": "text?", "also": "texts?"},
}
"""Forms of tables: their keys, with what each holds."""
_SHAPES = {"field": "text", "fields": "texts", "amounts": "amounts"}
"""How a value that names columns is written."""


class Form(NamedTuple):
    """What a parameter may hold."""

    kind: str
    stricter: str
    """``+`` or ``-``; empty: no value is stricter than another."""
    optional: bool
    hidden: bool = False
    """No page shows it: where two texts stop being alike, say (design.md, promise 4)."""

    def looser(self, old: Any, new: Any) -> bool:
        """Whether the new value asks less than the old one."""
        before, after = _size(old), _size(new)
        return after < before if self.stricter == "+" else after > before

    def complaint(self, value: Any, catalogue: Catalogue, params: Mapping[str, Any] = _NOTHING) -> str:
        """Why the value is none of this form; empty if it is. ``params``: all of the version."""
        kind, _, of = self.kind.partition(":")
        if of:
            shape = Form(_SHAPES[kind], "", optional=False).complaint(value, catalogue)
            return shape or _misnamed(value, columns(catalogue, params.get(of, "")))
        words = {
            "unit": ("month、quarter 或 year", [unit.value for unit in Unit]),
            "register": ("台账中一张表的英文名", [one.name for one in catalogue.registers]),
            "kind": ("记录种类的英文名", [one.name for one in catalogue.kinds]),
        }
        if kind in _PLAIN:
            fits, wanted = _PLAIN[kind][0](value), _PLAIN[kind][1]
        elif kind in _ROWS:
            fits, wanted = _are_rows(value, _ROWS[kind]), f"若干张表，写作 {_row_shape(_ROWS[kind])}"
        else:
            wanted, allowed = words.get(kind, (f"{kind.replace('|', '、')} 之一", kind.split("|")))
            fits = isinstance(value, str) and value in allowed
        return "" if fits else f"应为{wanted}，现为 {quoted(value)}"


def read_forms(declared: Mapping[str, str]) -> dict[str, Form]:
    """The forms a check declares, by parameter."""
    return {name: _form(text) for name, text in declared.items()}


def _form(text: str) -> Form:
    whole = text.removesuffix("?")
    shown = whole.removesuffix("!")
    kind = shown.rstrip("+-")
    return Form(kind=kind, stricter=shown[len(kind) :], optional=whole != text, hidden=shown != whole)


def columns(catalogue: Catalogue, name: str) -> dict[str, str]:
    """The columns, with their headers, of the register of that name or of that kind's; empty: none."""
    register = next((kind.register for kind in catalogue.kinds if kind.name == name), name)
    found = (one for one in catalogue.registers if one.name == register)
    return {field.name: field.label for one in found for field in one.fields}


def _misnamed(value: Any, known: Mapping[str, str]) -> str:
    """What of the value names no column; a table of an amount must say how much."""
    several = value if isinstance(value, list) else [value]
    names = [one.get("field", "") if isinstance(one, dict) else one for one in several]
    if wrong := [name for name in names if name not in known]:
        return f"表中没有“{'”“'.join(wrong)}”这一列，可写：{'、'.join(known)}"
    return ""


def _compiles(value: Any) -> bool:
    try:
        re.compile(value)
    except (re.error, TypeError, OverflowError, RecursionError):
        return False
    return True


def _between(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST


def _day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (ValueError, TypeError):
        return False
    return True


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


_PLAIN: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "count": (lambda value: _between(value, 0), f"非负整数，不大于 {MOST}"),
    "number": (lambda value: _between(value, 1), f"正整数，不大于 {MOST}"),
    "flag": (lambda value: isinstance(value, bool), "true 或 false"),
    "text": (lambda value: isinstance(value, str) and bool(value), "文字"),
    "texts": (_texts, '若干文字，写作 ["…"]'),
    "pattern": (_compiles, "正则表达式"),
    "patterns": (lambda value: _texts(value) and all(map(_compiles, value)), "若干正则表达式"),
    "day": (_day, "日期"),
    "share": (
        lambda value: isinstance(value, list) and len(value) == 2 and all(_between(n, 1) for n in value),
        "两个正整数，如 [1, 2]",
    ),
}
"""Form -> whether a value is of it, and how to write one."""


def _are_rows(value: Any, wanted: Mapping[str, str]) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) and _is_row(row, wanted) for row in value)


def _is_row(row: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    needed = {key for key, form in wanted.items() if not form.endswith("?")}
    if not needed <= row.keys() <= wanted.keys():
        return False
    return all(_PLAIN[wanted[key].removesuffix("?")][0](value) for key, value in row.items())


def _row_shape(wanted: Mapping[str, str]) -> str:
    """How a table is written: its keys, and in words what each holds."""
    keys = (f"{key} = {_PLAIN[form.removesuffix('?')][1]}" for key, form in wanted.items())
    optional = [key for key, form in wanted.items() if form.endswith("?")]
    return f"[{{ {'；'.join(keys)} }}]" + (f"（{'、'.join(optional)} 可不写）" if optional else "")


def quoted(value: Any) -> str:
    """A value as a message quotes it: not much of it, however long it is."""
    return brief(repr(value))


def amount(value: Any) -> str:
    """A value that has a direction as people read it: ``3``, ``4/5``, ``是``."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "/".join(map(str, value)) if isinstance(value, list) else str(value)


def _size(value: Any) -> float:
    return value[0] / value[1] if isinstance(value, list) else float(value)


MEANINGS = {
    "kind": "计数的记录种类",
    "kinds": "计入的记录种类或形式",
    "per": "周期",
    "at_least": "至少数量",
    "scope": "逐个核对的对象",
    "lecturer_post": "主讲人的职务",
    "new_after_months": "任职满几个月仍未讲的提示",
    "new_months": "不足几个月的只作提示",
    "grace_months": "宽限的月数",
    "grace_days": "宽限的天数",
    "at_risk_days": "到期前几天起提示",
    "not_in_form": "不算在内的形式",
    "grade": "计数的等次",
    "share": "比例",
    "full_members_severity": "只按正式党员计超出时的级别",
    "allowed": "不算等次的写法",
    "full_members": "正式党员人数",
    "years": "任期年数",
    "delay_years": "经批准延期最长几年",
    "one_election_days": "几天内的任职算同一次换届",
    "no_term_for": "没有任期的支部类型",
    "counts": "比较的人数",
    "of": "分母",
    "more_than": "是否须超过（不含本数）",
    "right": "按哪种权利计",
    "written": "会前书面意见是否计入",
    "not_claimed": "表示未通过的写法",
    "not_carried": "表示没有转正的写法",
    "extension_days": "延长前后几天内的表决算决定延长的那一次",
    "nothing": "等于没有填的字样",
    "beyond": "条文没有单列而一并提醒的",
    "beyond_asks": "这时的说明",
    "condition": "要求",
    "matters": "适用的事项类别",
    "about": "另外适用的事项",
    "joint": "表示几个支部联合的写法",
    "not_about": "不适用的事项",
    "bodies": "党员大会或支委会",
    "min_seats": "应选名额达到几名起",
    "days": "天数",
    "hours": "小时数",
    "min_chars": "至少字数",
    "marks": "模板字样",
    "aside": "不作模板字样看的写法",
    "drafts": "征求意见稿等字样",
    "documents": "文件和日期",
    "talks_with_others": "谈话对象可以不是党员的类别",
    "authority": "是否核对主持资格",
    "within_days": "期限的天数",
    "within_months": "期限的月数",
    "longest_months": "最长的月数",
    "until_longest": "超过期限而未到最长时的级别",
    "least_days": "至少间隔的天数",
    "least_months": "至少间隔的月数",
    "before_days": "提前的天数",
    "months": "月数",
    "at_risk_months": "满几个月起提示",
    "at_most": "最多数量",
    "members": "党员人数",
    "group_members": "每组党员人数",
    "group_full": "每组正式党员人数",
    "new_days": "不足几天的不计",
    "not_for": "不适用的支部类型",
    "probation_months": "预备期的月数",
    "probation_months_most": "预备期最长的月数",
    "after_months": "转正后的月数",
    "who": "对象",
    "post": "职务",
    "purpose": "培训的用途",
    "level": "培训的级别",
    "courses": "集中培训次数",
    "course_form": "集中培训的形式",
    "uncounted_forms": "不计学时的形式",
    "own_severity": "只依据学习任务时的级别",
    "unverified_severity": "文件日期待核时的级别",
    "near_days": "离待核的日期几天以内",
    "near_severity": "离待核的日期很近时的级别",
    "min_title": "文件名称至少几个字才比对",
    "words": "字样",
    "fields": "查找的位置",
    "ignore": "比较时不看的字样",
    "patterns": "字样",
    "types": "支部类型",
    "hints": "另列的情形",
    "what": "事项",
    "day": "日期",
    "counted_from": "从期初还是期末数起",
    "spread": "两份文字交叉的程度",
    "scattered": "各句之中改动的份额",
    "wholly": "不论改动而提出的份额",
    "below": "低于多少不提",
    "nearly": "几乎相同的份额",
    "alike": "雷同的份额",
    "alike_severity": "文字雷同时的级别",
    "same_day": "同一天时的级别",
    "identical_min_chars": "一字不差时的至少字数",
    "short_chars": "不足多少字算字数少",
    "persons": "办理事项的对象的写法",
    "own": "各有自己内容的份额",
    "procedure": "同一程序而对象不同时的级别",
    "short": "字数少时的级别",
    "announced": "预告、筹备等字样",
    "after": "从哪一项起算",
    "after_field": "起算事项所在的栏",
    "after_values": "起算的事项",
    "after_day": "起算日期所在的栏",
    "after_who": "涉及的人所在的栏",
    "then": "之后要有的记录",
    "then_who": "写明对方的栏",
    "one_to_one": "是否只计一对一的",
    "field": "核对的栏",
    "start": "从哪一项起算",
    "dates": "登记各次日期的栏",
    "until": "到哪一项为止",
    "closed_by": "填了就不再提示的栏",
    "since": "按哪一项的日期核对",
    "needed_with": "填了这一项就应填写",
    "any_of": "达到其中一项即可",
    "first": "起始日期所在的栏",
    "last": "截止日期所在的栏",
    "by_committee": "有支委会才有的一项",
    "note": "另外说明",
    "grades": "核对的等次",
    "by": "之前要有的会议",
    "by_forms": "也算在内的形式",
    "committee": "支委会选举自己职务的会议",
    "groups": "党小组推选组长的会议",
    "heads": "支委会可以选举的职务",
    "others": "其他职务",
    "secret": "无记名的写法",
    "open": "公开表决的写法",
    "teller_severity": "候选人监票、计票时的级别",
    "online": "线上的写法",
    "on_site": "现场的写法",
    "mixed_severity": "又有现场又有线上时的级别",
    "theme": "是否要有主题",
    "talks_before_days": "会前多少天内的谈话算",
    "earlier_talks_severity": "年度里更早谈过时的级别",
    "sources": "整改清单中的来源",
    "named": "事项里姓名所在的字样",
    "counted": "事项里写明几名的字样",
    "turned_within_days": "转正前后几天以内",
    "admission": "像是接收预备党员的写法",
    "conversion": "像是转正的写法",
    "election": "像是选举的写法",
    "discipline": "像是党纪处分的写法",
    "disposal": "像是组织处置的写法",
    "asks": "条文表述",
}
"""Chinese names of parameters, for the pages and the answers to people; others show as they are."""
