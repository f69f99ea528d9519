"""One cell of a known column: its value, or what is wrong with it.

Spreadsheets hand over numbers, days and times in their own types; here they become the text a person
would have typed, and ``model.values`` reads that. A cell that cannot be read is never an empty value.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.exchange.kind_words import kinds_with_more
from zhibu_cli.model.beside_name import bare_member
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.names import ET_AL
from zhibu_cli.model.values import is_kinds, parse_field
from zhibu_cli.text import brief, clean, clock_text, one_line, parse_clocks, parse_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Catalogue, Field, Register

_WITHOUT_TIME = frozenset({FieldType.DATE, FieldType.DAY_OR_MONTH, FieldType.DATES})
_DAYS = _WITHOUT_TIME | {FieldType.MOMENT}
_NAMED = frozenset({FieldType.PERSON, FieldType.PEOPLE, FieldType.NAMES, FieldType.ABSENCES, FieldType.GROUP})
_ALL_COUNTED = re.compile(r"(全体[^\d(（]{0,6})[(（]?(?:共|计)?(\d{1,4})[人名位]?[)）]?")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_COMPACT = 110_000
"""From here on a number is no serial of a day, but perhaps one written as 20231205."""
_EPOCH = datetime(1899, 12, 30)
_ZERO_DAYS = frozenset({"0", "1899-12-30", "1899/12/30", "1900-01-00", "1900/1/0"})
"""What spreadsheets show for the number 0 in a cell for a day."""
_LAST = datetime(9999, 12, 31, 23, 59, 59)
LONGEST_EXACT = 10**15
"""A spreadsheet keeps 15 digits of a number; from the sixteenth on they are zeros."""


class Read(NamedTuple):
    """What a cell gave."""

    value: Any
    why: str = ""
    clocks: tuple[str, ...] = ()
    """Times that stood in a cell for a day: begin, and perhaps end."""
    people: int | None = None
    """How many people a cell for those present says there were: 张三、李四等12人."""
    more: Mapping[str, Any] = MappingProxyType({})
    """What the cell says for other fields: the group in 第一党小组会."""


def read_cell(catalogue: Catalogue, register: Register, field: Field, raw: Any, shift: int = 0) -> Read:
    """The value of a cell that is not empty; ``shift``: days to add to a serial number, see ``RawSheet``."""
    if isinstance(raw, bool) and _names(field):
        return Read(None, f"“{field.label}”应填名称，读不出“{str(raw).upper()}”。")
    if shift and field.type in _DAYS and isinstance(raw, float | int) and 0 <= raw < _COMPACT:
        raw += shift
    text = _text(raw, field.type)
    if text is None:
        return Read(None, _not_text(raw))
    if field.type in _DAYS and _zero_day(raw, text):
        return Read(None, f"“{brief(text)}”不是日期，是单元格里的 0；请填上日期，可以不填的栏请清空。")
    value, why = parse_field(catalogue, register, field, text)
    if why:
        return _otherwise(catalogue, register, field, text) or Read(None, why)
    return _member(value, text) if field.name == "name" and register.name == "member" else Read(value)


def _zero_day(raw: Any, text: str) -> bool:
    """Whether a cell for a day holds the number 0; days before 1900 come as text or not at all."""
    return text.strip() in _ZERO_DAYS or (isinstance(raw, date) and raw.year < 1900)


def _otherwise(catalogue: Catalogue, register: Register, field: Field, text: str) -> Read | None:
    """What a cell says that is no plain value of its field; None if that cannot be read either."""
    if field.name == "attendees" and (counted := _counted(text)):
        names, count = counted
        value, why = parse_field(catalogue, register, field, names)
        return Read(value, why, people=count)
    if is_kinds(field) and (found := kinds_with_more(catalogue, register, text)):
        return Read(found[0], more=found[1])
    if field.type in _WITHOUT_TIME and (moment := parse_moment(text)):
        day, begin, end = moment
        return Read(day.isoformat(), clocks=tuple(clock_text(at) for at in (begin, end) if at))
    if field.type is FieldType.TIME and (times := parse_clocks(text)):
        from_to = (clock_text(times[0]), clock_text(times[1]))
        return Read(from_to[0], clocks=from_to)
    return None


def _member(name: str | None, text: str) -> Read:
    """The name of a member, and what stands beside it as 同名区分 or in words in 备注."""
    if name is None:
        return Read(name)
    bare = bare_member(name)
    more = {"mark": bare.mark} if bare.mark else {}
    if bare.said:
        more["note"] = f"姓名：{one_line(text)}"
    return Read(bare.name, more=more)


def _counted(text: str) -> tuple[str, int] | None:
    """The names, or 全体, and the number of 张三、李四等12人, 全体党员15人; None where there is no number."""
    plain = clean(text)
    match = ET_AL.fullmatch(plain)
    if match and match["count"] and match["names"].strip():
        return match["names"].rstrip("、，,；; "), int(match["count"])
    match = _ALL_COUNTED.fullmatch("".join(plain.split()))
    return (match[1], int(match[2])) if match else None


def _names(field: Field) -> bool:
    """Whether the field says what somebody or something is called."""
    return field.type in _NAMED or (field.type is FieldType.TEXT and field.name == "name")


def cell_text(raw: Any) -> str:
    """A cell as it is quoted to the user: 8.0 is 8, a day has no midnight."""
    return _text(raw, FieldType.TEXT) or str(raw)


def _not_text(raw: Any) -> str:
    if isinstance(raw, float):
        return "数字超过15位，末尾几位已丢失；请把单元格格式设为“文本”后重新填写。"
    return f"读不出“{raw}”；请改填文字。"


def _text(raw: Any, kind: FieldType) -> str | None:
    """The cell as text; None where the spreadsheet has lost or hidden what was typed."""
    if isinstance(raw, str):
        return _serial_text(raw) if kind in _DAYS else raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float | int):
        return _number(float(raw), kind)
    if isinstance(raw, datetime):
        return _moment(raw, kind)
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, time):
        return clock_text(raw)
    within = isinstance(raw, timedelta) and timedelta() <= raw < timedelta(days=1)
    return clock_text((_EPOCH + raw).time()) if within else None


def _serial_text(text: str) -> str:
    """A serial number that came as text (in a .csv) as a day."""
    plain = clean(text)
    return (_number(float(plain), FieldType.DATE) or text) if _SERIAL.fullmatch(plain) else text


def _number(number: float, kind: FieldType) -> str | None:
    if number != number or abs(number) >= LONGEST_EXACT:  # noqa: PLR0124 - NaN
        return None
    if kind in _DAYS and 7_000 <= number < _COMPACT:
        return _moment(_EPOCH + timedelta(days=number), kind)
    if kind is FieldType.TIME and 0 <= number < 1:
        return clock_text((_EPOCH + timedelta(days=number)).time())
    return str(int(number)) if number == int(number) else repr(number)


def _moment(moment: datetime, kind: FieldType) -> str:
    if moment.microsecond >= 500_000 and moment < _LAST:
        moment += timedelta(seconds=1)
    moment = moment.replace(microsecond=0)
    if kind is FieldType.TIME and moment.year <= 1900:
        return clock_text(moment.time())
    if moment.time() == time():
        return moment.date().isoformat()
    return f"{moment.date().isoformat()} {clock_text(moment.time())}"
