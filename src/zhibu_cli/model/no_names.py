"""What stands in a list of people and is none of them: 在岗党员, 见签到表, 共3人."""

from __future__ import annotations

import re

_ELSEWHERE = re.compile(
    r"(?:详?见|参见|附|另附|后附).{0,12}(?:表|件|册|单|簿|注|片|记录|系统)|同[上前左]|(?:见|附)(?:签到|照片)"
)
_WHO = (
    "请假|缺席|缺勤|列席|未到|在岗|在家|在职|部分|其他|其它|应到|参会|到会|退休|离退休|机关|支部|党支部|班子|领导|正式|预备|青年|有关|相关"
    "|科室|本组|小组|党小组|各|两名|若干|多名"
)
_SOME = re.compile(rf"(?:{_WHO})*(?:党员|成员|人员|干部|群众|职工|同志)们?(?:\d{{1,3}}[人名位])?")
_TICK = re.compile("[√✓✔☑]")
_COUNT_BEHIND = re.compile(
    r"(?P<names>.*[^\d\s等共计、，,；;。])\s*(?:[、，,；;。]?\s*(?:共计|合计|共|计)\s*(?P<a>\d{1,3})\s*[人名位]"
    r"|[（(](?:共计|合计|共|计)?(?P<b>\d{1,3})\s*[人名位][）)]|(?<=[\u3400-\u9fff）)])(?P<c>\d{1,3})\s*[人名位])",
    re.DOTALL,
)
_COUNT_BEFORE = re.compile(r"(?:共)?(?P<a>\d{1,3})\s*[人名位]\s*[:：]\s*(?P<names>.+)", re.DOTALL)
_FIGURES = re.compile(r"[应实]到(?:会|党员|人数|人员)*[:：]?\s*(?:共)?\d")
"""应到8实到8: how many, and nobody by name."""
_ALL = re.compile("全体|全部|全员|其余|其他|其它")


def no_person(name: str) -> str:
    """Why a word among names is none, as the rest of a sentence; empty if it may be one."""
    if _TICK.search(name):
        return "带有勾选的记号，看不出是到会还是缺席；请只写到会的姓名。"
    if _FIGURES.search(name):
        return "写的是人数，不是姓名；人数请写在“应到”“实到”两栏。"
    if _ELSEWHERE.fullmatch(name) or _SOME.fullmatch(name):
        return "不是姓名；请逐一写姓名，不知道是谁的只在人数栏写人数。"
    return ""


def without_count(text: str) -> tuple[str, int | None]:
    """The names, and the number of people that stands before or behind them: 张三、李四共2人."""
    plain = text.strip().rstrip("。；;，,、 ")
    match = _COUNT_BEFORE.fullmatch(plain) or _COUNT_BEHIND.fullmatch(plain)
    if match is None or _FIGURES.search(plain) or _ALL.search(match["names"]) or match["names"].isdecimal():
        return plain, None
    return match["names"], int(
        next(filter(None, [match[name] for name in match.groupdict() if name != "names"]))
    )


def miscounted(count: int | None, names: int) -> str:
    """Why names and their number do not go together, as the rest of a sentence; empty if they do."""
    if count is None or count == names:
        return ""
    return f"写明{count}人，列出的姓名却是{names}人；请核对后改成一致。"
