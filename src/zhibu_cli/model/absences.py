"""Absences as a cell or an option holds them: 张三（病假；会前请假；补学2026-03-12）、李四（公差）."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.names import (
    ET_AL,
    Parsed,
    balanced,
    looks_like_name,
    person_name,
    round_brackets,
    unreadable_name,
)
from zhibu_cli.model.no_names import miscounted, no_person, without_count
from zhibu_cli.model.numbering import without_numbers
from zhibu_cli.model.pieces import NOTHING, SEPARATORS, pieces
from zhibu_cli.text import brief, clean, clean_name, drop_invisible, one_line, parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

_NOBODY = NOTHING | {
    "无缺席",
    "无人缺席",
    "无请假",
    "无缺席人员",
    "无请假人员",
    "全勤",
    "全部到会",
    "全体到会",
    "0",
    "0人",
}
_LEAVE = frozenset({"会前请假", "会前已请假", "会前履行请假手续", "事先请假", "事前请假", "已请假"})
_MADE_UP = re.compile(r"(?:已)?(?:于)?(.*?)(?:已)?补(?:学|课|会)(?:于|:)?(.*)")
_APART = re.compile(rf"[{SEPARATORS}]+")
_PARTS = re.compile(r"([；;，,、])")
_REASON = re.compile(
    r".*(?:假|差|会议|培训|学习|值班|下乡|驻村|挂职|借调|住院|外出|出国|请假|休养|养病)|因[病事公私故].*"
)
_ILL = re.compile(r".*(?:病|伤|烧|冒|嗽|炎|疼|痛|手术|就医|检|查|孕|公|务|事|勤|加班|开会|批准|报备|不适)")
_NUMBER = re.compile(r"M\d+")
_NEXT_BRACKET = re.compile(r"[）)]\s*[（(]")
_PAIRS = re.compile(rf"[{SEPARATORS}]\s*(?=[^{SEPARATORS}=:：（(]+[=＝:：])")
_STATED = re.compile(r"([^=＝:：]+)[=＝:：]\s*(.*)", re.DOTALL)
_TOLD_APART = re.compile(r"([^（()）]+)[（(]([^（()）]+)[）)]\s*[=＝:：]?\s*([^（()）=＝:：\s]+)")
"""张三（一组）：病假, with what tells him from another of the name."""
_MARK = re.compile(r"第?\S{1,3}(?:党?小)?组|男|女|M\d+")
"""What tells one of two of a name from the other, and is no reason."""
_EACH = re.compile(r"(?P<above>(?:以上|上述)\S{0,4}?)?(?:均|都|皆)(?:为|系)?(?P<why>.+)")
"""均公差, 以上均请假: it holds for those before as well."""
_ABOVE = re.compile(
    r"(?:以上|上述)(?:人员|同志|党员|\d{1,2}人|[一二三四五六七八九十两]{1,2}人){0,2}(?:均|都|皆)(?:为|系)?(?P<why>.+)"
)
_WHO_EACH = re.compile(r"(?P<who>[\u3400-\u9fff]{2,4}?)(?P<why>(?:均|都|皆).*)")
_BOTH = re.compile(r"[）)]\s*(?=[^（(）)、，,；;:：=＝\s]{2,8}[（(])")
"""Between 张三（病假）李四（公差）."""
_HOW = "请写成“张三（病假）、李四（公差）”，不知原因只写姓名。"


def parse_absences(text: str, today: date | None = None) -> Parsed:
    """Persons with reasons; a cell that says 无 is empty."""
    cell = text
    text, count = without_count(_BOTH.sub("）、", round_brackets(without_numbers(drop_invisible(text)))))
    if clean_name(text) in _NOBODY:
        return None, ""
    if not balanced(text):
        return None, f"“{brief(text)}”括号不成对；{_HOW}"
    rows: list[dict[str, Any]] = []
    for piece in _split(text):
        if wrong := _take(piece, rows, today):
            return None, wrong
    if wrong := miscounted(count, len(rows)):
        return None, f"“{brief(cell)}”{wrong}"
    return rows or None, ""


def _take(piece: str, rows: list[dict[str, Any]], today: date | None) -> str:
    """Add whom a piece names, or to those before what it says of all of them; what is wrong."""
    if rows and (above := _ABOVE.fullmatch("".join(clean(piece).split()))):
        said: dict[str, Any] = {}
        wrong = _read_reason(above["why"], said, today)
        _fill(list(filter(_says_nothing, rows)), said)
        return wrong
    found = _absence(piece, today, several=bool(rows))
    if isinstance(found, str):
        return found
    if wrong := next((f"“{one['who']}”{why}" for one in found if (why := no_person(one["who"]))), ""):
        return wrong
    if any("（" in one["who"] or unreadable_name(one["who"]) for one in found):
        return f"“{brief(piece)}”读不出姓名；{_HOW}"
    rows.extend(found)
    if shared := _for_all(rows):
        _fill(*shared)
    return ""


def _for_all(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, Any]] | None:
    """The rows for which the last one's reason holds too (均公差), and what it says; without the 均."""
    last = rows[-1]
    mark, apart, said_last = last.get("reason", "").rpartition("；")
    match = _EACH.fullmatch(said_last) if not mark or _MARK.fullmatch(mark) else None
    before = rows[:-1]
    if match is None or not before or not _says_nothing(before[-1]):
        return None
    said = {name: value for name, value in last.items() if name != "who"} | {"reason": match["why"]}
    last["reason"] = f"{mark}{apart}{match['why']}"
    if match["above"]:
        return list(filter(_says_nothing, before)), said
    others = next((at for at in range(len(before) - 1, -1, -1) if not _says_nothing(before[at])), -1)
    return before[others + 1 :], said


def _says_nothing(row: Mapping[str, Any]) -> bool:
    """Whether nothing is said of somebody but, perhaps, which of two of the name he is."""
    return len(row) == 1 or (len(row) == 2 and _MARK.fullmatch(row.get("reason", "")) is not None)


def _fill(rows: Sequence[dict[str, Any]], said: Mapping[str, Any]) -> None:
    for row in rows:
        mark = row.get("reason", "")
        row.update(said)
        if mark:
            row["reason"] = "；".join(filter(None, [mark, said.get("reason", "")]))


def _split(text: str) -> list[str]:
    """One piece for each person. After 张三=病假 a comma may still belong to the reason."""
    if _STATED.match(text) and not re.search("[（(]", text):
        first, *rest = [piece.strip() for piece in _PAIRS.split(text) if piece.strip()]
        return [*([first] if _STATED.match(first) else pieces(first)), *rest]
    return pieces(text)


def _absence(piece: str, today: date | None, *, several: bool) -> list[dict[str, Any]] | str:
    who, reason = _divide(piece)
    if not reason and several and (match := _WHO_EACH.fullmatch("".join(clean(piece).split()))):
        who, reason = match["who"], match["why"]
    if _REASON.fullmatch(who) and reason:
        return f"“{brief(piece)}”先写了原因；{_HOW}"
    if re.fullmatch(r"\d+\s*(?:人|名|位)?", clean(who)) or not who:
        return f"“{brief(piece)}”不是姓名；{_HOW}"
    if ET_AL.fullmatch(clean_name(who)):
        return f"“{brief(piece)}”没有写全；缺席的请逐一写姓名。"
    if not reason and _REASON.fullmatch(clean_name(who)):
        return f"“{brief(piece)}”看不出姓名到哪里为止；{_HOW}"
    if not reason:
        return [{"who": name} for name in _bare(who)]
    row: dict[str, Any] = {"who": person_name(who)}
    wrong = _one_more(row["who"], piece, reason) or _read_reason(reason, row, today)
    return wrong or [row]


def _one_more(who: str, piece: str, reason: str) -> str:
    """What is wrong with 张三=病假、李四: 李四 is no reason, and would silently count as present.

    In brackets all of it is a reason.
    """
    if piece[-1] in "）)":
        return ""
    first, *rest = _APART.split(reason)
    for word in filter(may_be_a_person, map(clean_name, rest)):
        return (
            f"“{word}”写在“{who}”的原因后面，看不出是人还是原因；"
            f"是人请分开写 {who}={brief(first)} 和 {word}=…，是原因请写成 {who}（{brief(first)}、{word}）。"
        )
    return ""


def may_be_a_person(word: str) -> bool:
    """Whether a word among reasons has the shape of a name and says nothing that is usual as a reason."""
    said = _REASON.fullmatch(word) or _ILL.fullmatch(word) or _MADE_UP.fullmatch(word) or word in _LEAVE
    return not said and (looks_like_name(word) or _NUMBER.fullmatch(word) is not None)


def _divide(piece: str) -> tuple[str, str]:
    """The name and what is said about it."""
    bracket = re.search("[（(]", piece)
    if bracket and piece[-1] in "）)":
        inside = _NEXT_BRACKET.sub("；", piece[bracket.end() : -1])
        return piece[: bracket.start()].strip(), inside.strip()
    if match := _TOLD_APART.fullmatch(piece):
        return match[1].strip(), f"{match[2].strip()}；{match[3].strip()}"
    if match := _STATED.fullmatch(piece):
        return match[1].strip(), match[2].strip()
    words = clean(piece).split()
    if len(words) > 1 and _REASON.fullmatch(words[-1]):
        return " ".join(words[:-1]), words[-1]
    return piece, ""


def _bare(who: str) -> Sequence[str]:
    words = clean(who).split()
    if len(words) > 1 and all(len(word) > 1 for word in words):
        return [clean_name(word) for word in words]
    return [clean_name(who)]


def _read_reason(text: str, row: dict[str, Any], today: date | None) -> str:
    """Put reason, leave and making up into the row; what is wrong, if anything."""
    parts = _PARTS.split(text)
    kept = ""
    for part, separator in zip(parts[::2], ["", *parts[1::2]], strict=True):
        word = part.strip()
        if word in _LEAVE:
            row["leave"] = True
        elif made_up := _MADE_UP.fullmatch(word):
            day = parse_day((made_up[1] or made_up[2]).strip(), today)
            if day is None and (made_up[1] or made_up[2]):
                return f"补学日期“{brief(made_up[1] or made_up[2])}”读不出；请写成“补学2026-03-12”。"
            if day is None:
                kept += (separator if kept else "") + word
            else:
                row["made_up_on"] = day.isoformat()
        elif word:
            kept += (separator if kept else "") + word
    if kept:
        row["reason"] = one_line(kept)
    return ""


def format_absences(rows: Sequence[Mapping[str, Any]], name_of: Callable[[str], str]) -> str:
    """The text of an ABSENCES value."""
    return "、".join(_format(row, name_of) for row in rows)


def _format(row: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    said = [row.get("reason", "")]
    if row.get("leave"):
        said.append("会前请假")
    if row.get("made_up_on"):
        said.append(f"补学{row['made_up_on']}")
    inside = "；".join(filter(None, said))
    return f"{name_of(row['who'])}（{inside}）" if inside else name_of(row["who"])
