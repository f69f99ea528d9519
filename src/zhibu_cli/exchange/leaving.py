"""Rows that are no records: repeated headers, samples, subtotals, notes below, templates never filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.cells import cell_text
from zhibu_cli.exchange.colnames import header_key
from zhibu_cli.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FOOTER = re.compile(
    r"[（(\[【*※]*(?:注|备注|说明|填表|填写|审核|制表|复核|负责人|合计|小计|总计|共计|示例|例:|例：|单位:|单位：)"
)
_NOTE = re.compile(r"[（(\[【*※]*(?:注|备注|说明|填表说明|填写说明)\s*[:：]")
_SIGN = (
    r"(?:谈话人|谈话对象|被谈话人|记录人|主持人|书记|支部书记|本人|党员|负责人|单位)?"
    r"[（(]?(?:签字|签名|盖章|签章)[）)]?\s*[:：]?[\s_]*(?:年\s*月\s*日)?\s*"
)
_SIGNATURES = re.compile(rf"\s*(?:{_SIGN})+")
_MARKS = frozenset({"必填", "选填", "可选", "非必填", "必填项", "选填项"})
_SAMPLE = re.compile(r"[(\[【]*(?:填写|填报)?(?:示例|样例|范例|示范|例子|例如|例|模板|样表)\d*[)\]】]*[:：]?")
_SAMPLE_OF = re.compile(
    r"[（(\[【]?(?:填写|填报)?(?:示例|样例|范例|示范|例如|例)\d{0,2}[)）\]】]?\s*[:：]\s*\S"
)
"""示例：张三 in a cell of its own column."""
_SUM = re.compile(
    r"(?:本页|本表|本月|本季度?|第?[一二三四1-4]季度|上半年|下半年|全年|年度|\d{1,2}月份?|[一二三四五六七八九十]{1,2}月份?)?(?:合计|小计|总计|共计|累计)[:：]?"
)
_SUMMARY = re.compile(
    r"(?:本[月季年]度?|第?[一二三四1-4]季度|[上下]半年|全年|以上|\d{1,2}月份?|合计|小计|总计)?[:：]?"
    r"(?:共|共计|总共|累计|合计)?(?:召开|开展|组织|举行)?"
    r"(?:[^\d，,。：:]{0,10}(?:\d{1,3}|[一二三四五六七八九十]{1,3})[次场][、，,。]?)+"
)
"""合计 in words, alone in its row: 本季度共召开支委会3次、党员大会1次."""
_TEMPLATE = re.compile(
    r"_{2,}|[xX×*]{2,}|\.{4,}|…{2,}|某年某月|在此(?:区域)?(?:内)?(?:填写|输入)|请(?:填写|输入|选择)|自选内容|点击此处|^\s*年\s*月\s*日"
)
_NO_DAY = re.compile(r"(?:(?:\d{4}|[xX×*_\s]*)年)?[xX×*_\s]*月[xX×*_\s]*日")
_TEMPLATE_NAME = re.compile("模[板版]|空白|样[表张式]|^样本$|范[本例]|示例")
_SAMPLE_SIGNS = frozenset("示样范例填（([【")
_HINT = re.compile("[计例范板样]")
_SHORT = 12
"""A longer text is no 合计 and no 示例."""


def filled(cell: Any) -> bool:
    """Whether there is anything in a cell."""
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace())


def quoted(row: Sequence[Any]) -> str:
    """The row as it is quoted to the user, not much of it."""
    text = one_line(" ".join(cell_text(cell) for cell in row if filled(cell)))
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def no_record(row: Sequence[Any]) -> str:
    """Why a row is none whatever else stands in it: its first words are 示例 or 合计."""
    seen = 0
    for cell in row[:4]:
        if type(cell) is not str or not cell:
            continue
        if cell[0] in _SAMPLE_SIGNS and _SAMPLE_OF.match(cell):
            return "是示例"
        if len(cell) <= _SHORT and _HINT.search(cell):
            word = "".join(clean(cell).split())
            if not seen and _SAMPLE.fullmatch(word):
                return "是示例"
            if _SUM.fullmatch(word):
                return "是合计"
        seen += 1
        if seen == 2:
            break
    return ""


def lone_note(row: Sequence[Any]) -> str:
    """Why a row that holds one cell only is no record, though a sheet that asks for a name would take it."""
    cells = [cell for cell in row if filled(cell)]
    lone = len(cells) == 1 and isinstance(cells[0], str)
    return "像是表下的说明" if lone and _NOTE.match(cells[0].strip()) else ""


def set_aside(row: Sequence[Any], headers: Collection[str], *, columns: int, merged: bool) -> str:
    """Why a row that cannot be read is no record: a note below the table, a repeated header."""
    cells = [cell for cell in row if filled(cell)]
    words = [one_line(clean(cell)) for cell in cells if isinstance(cell, str)]
    if len(words) == len(cells) and sum(header_key(word) in headers for word in words) * 2 > len(words):
        return "是重复的表头"
    if any(_SAMPLE_OF.match(word) for word in words):
        return "是示例"
    if any(_SUM.fullmatch("".join(word.split())) for word in words) or _counted(cells):
        return "是合计"
    if words and all(word in _MARKS for word in words):
        return "是填写提示"
    if words and all(map(unfilled, words)):
        return "是没有填写的模板"
    if len(cells) == 1 and len(words) == 1 and (merged or len(words[0]) > 20):
        return "像是表下的说明"
    first = next((cell for cell in row if filled(cell)), "")
    few = len(cells) * 2 <= max(columns, 4)
    return "像是表下的说明" if few and isinstance(first, str) and _FOOTER.match(first.strip()) else ""


def _counted(cells: Sequence[Any]) -> bool:
    lone = len(cells) == 1 and isinstance(cells[0], str)
    return lone and _SUMMARY.fullmatch("".join(clean(cells[0]).split())) is not None


def room_to_sign(text: str) -> bool:
    """Whether a cell holds nothing but room for signatures: 谈话人签字：      谈话对象签字：."""
    return _SIGNATURES.fullmatch(text) is not None


def unfilled(text: str) -> bool:
    """Whether a cell holds nothing but what a template has for it."""
    plain = clean(text)
    return _TEMPLATE.search(plain) is not None or _NO_DAY.fullmatch(plain.strip()) is not None


def is_template_name(sheet: str) -> bool:
    """Whether a sheet is called a template, so that what is not filled in there is none of the records."""
    return _TEMPLATE_NAME.search(clean(sheet)) is not None


_SUSPECT = re.compile("[_\uff3fX\uff38\u00d7]")
"""A quick look at long texts before anything else."""
_MAYBE = re.compile("[_\uff3fXx\uff38\uff58\u00d7*\uff0a.\uff0e\u2026填输选例击]")
"""The same for short ones: each of the words below has one of these."""
_LEFT_IN = re.compile(
    r"_{2,}|(?<![A-Za-z0-9./-])[X×]{2,}(?![A-Za-z0-9]|某|同志|单位|\S{0,4}(?:公司|企业|集团))"
    r"|在此(?:区域)?(?:内)?(?:填写|输入)"
)
_WORDS = re.compile(
    r"[(\[【]?(?:请?(?:填写|输入|选择)\S{0,8}|示例|样例|范例|待填写?|点击此处\S{0,8}|自选内容|[xX×*]{2,}|\.{4,}|…{2,})[)\]】]?"
)
_WHOLE_CELL = 16
"""A longer text is looked at for marks only, not for words that may stand in any sentence."""


def template_word(text: str) -> str:
    """What a cell still holds of a template (XX, ____, 请填写, 样例); empty if nothing."""
    short = len(text) <= _WHOLE_CELL
    if not (_MAYBE if short else _SUSPECT).search(text):
        return ""
    plain = clean(text)
    if short and _WORDS.fullmatch("".join(plain.split())):
        return plain
    found = _LEFT_IN.search(plain)
    return found[0] if found else ""
