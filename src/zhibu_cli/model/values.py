"""What a cell or an option says, as a value of the payload, and back.

``parse_value(field, text)`` gives ``(value, "")``, ``(None, "")`` for an empty cell, or ``(None, why)``
with a Chinese sentence that says what is wrong and what to write. ``format_value`` gives the text the
cell would hold; parsing it again gives the same value. Persons come out of parsing as cleaned names;
``model.people`` joins them to the roster.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.absences import format_absences, parse_absences
from zhibu_cli.model.declare import Field, FieldType
from zhibu_cli.model.months import lost_zero, no_day, parse_month
from zhibu_cli.model.names import (
    Parsed,
    everybody,
    format_people,
    format_person,
    parse_names,
    parse_people,
    parse_person,
    unreadable_name,
)
from zhibu_cli.model.pieces import NOTHING
from zhibu_cli.model.topics import topics_in
from zhibu_cli.text import (
    blank,
    brief,
    clean,
    clean_name,
    clock_text,
    one_line,
    parse_clock,
    parse_day,
    parse_moment,
    read_chinese_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from zhibu_cli.model.declare import Catalogue, Kind, Register

DATE_FORM = "请写成 2026-03-05 或 2026年3月5日。"
_A_YEAR = Field(name="year", label="年份", type=FieldType.YEAR)


def parse_value(field: Field, text: str, *, today: date | None = None) -> Parsed:
    """The value a text has in a field; see the module's docstring."""
    if blank(text):
        return None, ""
    parsed = _PARSERS[field.type](field, text, today)
    return _settled(field, parsed, today) if field.type in _OF_NAMES else parsed


_OF_NAMES = frozenset({FieldType.PERSON, FieldType.PEOPLE, FieldType.NAMES, FieldType.ABSENCES})


def _settled(field: Field, parsed: Parsed, today: date | None) -> Parsed:
    """Names in the form in which they stay: odd signs may fall apart only when they are tidied up."""
    parse = _PARSERS[field.type]
    for _ in range(3):
        if parsed[0] is None:
            return parsed
        again = parse(field, format_value(field, parsed[0]), today)
        if again == parsed:
            return parsed
        parsed = again
    return None, f"“{field.label}”读不出姓名；姓名之间请用顿号分开，括号要成对。"


def format_value(field: Field, value: Any, name_of: Callable[[str], str] = str) -> str:
    """The text a cell of that field would hold."""
    if value is None:
        return ""
    return _FORMATS.get(field.type, _plain)(field, value, name_of)


def parse_field(
    catalogue: Catalogue, register: Register, field: Field, text: str, today: date | None = None
) -> Parsed:
    """Like ``parse_value``, for any field of a register, the one that names the kinds included."""
    if is_kinds(field):
        return parse_kinds(catalogue, text, register.name)
    return parse_value(field, text, today=today)


def format_field(catalogue: Catalogue, field: Field, value: Any, name_of: Callable[[str], str] = str) -> str:
    """Like ``format_value``, for any field, the one that names the kinds included."""
    if is_kinds(field):
        return "、".join(catalogue.kind(name).label for name in value or ())
    return format_value(field, value, name_of)


def is_kinds(field: Field) -> bool:
    """Whether the field says which kinds a record is; its terms are the catalogue's kinds."""
    return field.name == "kinds" and not field.terms


def parse_kinds(catalogue: Catalogue, text: str, register: str = "") -> Parsed:
    """The names of the kinds a cell lists; with ``register`` only its own are taken."""
    known = _kind_table(catalogue, register)
    kinds: list[Kind] = []
    for word in _kind_words(text, known):
        kind = known.get(_key(word))
        if kind is None:
            labels = "、".join(dict.fromkeys(kind.label for kind in known.values()))
            return None, f"不认识的类型“{brief(word)}”；可写：{labels}，一场含几项的用顿号分开。"
        if kind not in kinds:
            kinds.append(kind)
    if not kinds and not blank(text) and clean_name(text) not in NOTHING:
        return None, f"类型“{brief(text)}”读不出。"
    wrong = _excluded(catalogue, kinds)
    return ([kind.name for kind in kinds] or None, "") if not wrong else (None, wrong)


def _kind_words(text: str, known: Mapping[str, Kind]) -> list[str]:
    words: list[str] = []
    for word in re.split(r"[、，,；;/／+＋\n（）()]+", text):
        whole = _key(word) in known
        words += [word] if whole else re.split("[暨和与及]", word)
    return [bare for word in words if (bare := word.strip(_QUOTES))]


_QUOTES = " \t\u3000\"'“”\u2018\u2019「」『』《》〈〉"
"""Signs around a term that say nothing about it, also where only one of a pair is left."""


@lru_cache(maxsize=64)
def _kind_table(catalogue: Catalogue, register: str) -> Mapping[str, Kind]:
    kinds = catalogue.kinds_of(register) if register else catalogue.kinds
    return {_key(word): kind for kind in kinds for word in (kind.name, kind.label, *kind.aliases)}


def _excluded(catalogue: Catalogue, kinds: list[Kind]) -> str:
    names = {kind.name for kind in kinds}
    for kind in kinds:
        for other in kind.excludes:
            if other in names:
                label = catalogue.kind(other).label
                return f"“{kind.label}”与“{label}”不能记在同一条记录里；请分两条记录。"
    return ""


def _key(text: str) -> str:
    return "".join(clean(text).split()).casefold()


@lru_cache(maxsize=256)
def _terms(field: Field) -> Mapping[str, str]:
    return {_key(word): term.code for term in field.terms for word in (term.code, term.label, *term.aliases)}


@lru_cache(maxsize=256)
def _labels(field: Field) -> Mapping[str, str]:
    return {term.code: term.label for term in field.terms}


# The parsers: (field, text that is not blank, today) -> Parsed


def _text(field: Field, text: str, _today: date | None) -> Parsed:
    if field.name != "name":
        return one_line(text), ""
    name = clean_name(text)
    if field.label == _OF_ONE and (unreadable_name(name) or everybody(name)):
        return None, f"“{field.label}”读不出“{brief(text)}”；一行只写一个人的姓名。"
    return name, ""


_OF_ONE = "姓名"
"""The roster's names are such as a list of names can hold; a branch or group may be called anything."""


def note_text(text: str) -> str:
    """A text of several lines as it is kept."""
    return (text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).strip()


def _note(_field: Field, text: str, _today: date | None) -> Parsed:
    return note_text(text), ""


def _date(_field: Field, text: str, today: date | None) -> Parsed:
    day = parse_day(text, today)
    return (day.isoformat(), "") if day else (None, f"日期“{brief(text)}”{no_day(text)}；{DATE_FORM}")


def _dates(field: Field, text: str, today: date | None) -> Parsed:
    days: list[str] = []
    for word in filter(None, (part.strip() for part in re.split(r"[、，,；;\n]+", text))):
        day, wrong = _date(field, word, today)
        if wrong:
            return None, wrong
        if day not in days:
            days.append(day)
    return days or None, ""


def _day_or_month(field: Field, text: str, today: date | None) -> Parsed:
    day = parse_day(text, today)
    if day:
        return day.isoformat(), ""
    if lost_zero(text):
        year = clean(text)[:4]
        return None, f"“{brief(text)}”看不出是1月还是10月；请写成 {year}-01 或 {year}-10。"
    month = parse_month(text)
    if month:
        return month, ""
    year_only = parse_value(_A_YEAR, text)[0]
    what = f"只有年份“{brief(text)}”" if year_only else f"读不出“{brief(text)}”"
    empty = "" if field.required else "，不知道的可以空着"
    return None, f"“{field.label}”{what}；请写成 1985-05-12，或只写到月 1985-05{empty}。"


def _time(_field: Field, text: str, _today: date | None) -> Parsed:
    clock = parse_clock(text)
    return (clock_text(clock), "") if clock else (None, f"时间“{brief(text)}”读不出；请写成 14:30。")


def _moment(_field: Field, text: str, today: date | None) -> Parsed:
    found = parse_moment(text, today)
    if found is None or found[2]:
        return None, f"时间“{brief(text)}”读不出；请写成 2026-03-05 或 2026-03-05 14:30。"
    day, clock, _end = found
    return (f"{day.isoformat()}T{clock_text(clock)}" if clock else day.isoformat()), ""


_WHOLE = re.compile(r"(?:共|计)?(\d{1,9})(?:\.0+)?(?:人|名|位|票|个|张|次)?")


def _whole(text: str) -> int | None:
    plain = "".join(clean(text).split())
    if plain.isdecimal():
        return int(plain) if len(plain) < 10 else None
    match = _WHOLE.fullmatch(plain)
    return int(match[1]) if match else read_chinese_number(plain.rstrip("人名位票个"))


def _count(field: Field, text: str, _today: date | None) -> Parsed:
    number = _whole(text)
    if number is None:
        return None, f"“{field.label}”应是从 0 起的整数，读不出“{brief(text)}”。"
    return number, ""


def _headcount(field: Field, text: str, _today: date | None) -> Parsed:
    number = _whole(text)
    if number is not None:
        return number, ""
    if everybody(text):
        return clean_name(text), ""
    return None, f"“{field.label}”应是人数（整数），读不出“{brief(text)}”。"


def _year(field: Field, text: str, _today: date | None) -> Parsed:
    match = re.fullmatch(r"(\d{4})(?:\.0+)?(?:年度?)?", "".join(clean(text).split()))
    if match is None or not 1900 <= int(match[1]) <= 2200:
        return None, f"“{field.label}”应是四位年份，读不出“{brief(text)}”；请写成 2026。"
    return int(match[1]), ""


def _hours(field: Field, text: str, _today: date | None) -> Parsed:
    match = re.fullmatch(r"(\d{1,4}(?:\.\d+)?)(?:个)?(?:学时|小时|课时)?", "".join(clean(text).split()))
    hours = float(match[1]) if match else -1.0
    if hours < 0 or hours * 2 != int(hours * 2):
        return None, f"“{field.label}”应是学时数（可带半个学时），读不出“{brief(text)}”。"
    return (int(hours) if hours == int(hours) else hours), ""


def _choice(field: Field, text: str, _today: date | None) -> Parsed:
    code = _terms(field).get(_key(text))
    return (code, "") if code is not None else (None, _unknown_term(field, text))


def _unknown_term(field: Field, text: str) -> str:
    return f"“{field.label}”不认识“{brief(text)}”；可写：{'、'.join(_labels(field).values())}。"


def _choices(field: Field, text: str, _today: date | None) -> Parsed:
    terms = _terms(field)
    codes: list[str] = []
    for word in filter(None, (part.strip() for part in re.split(r"[、，,；;/／+＋\n]+", text))):
        code = terms.get(_key(word))
        if code is None:
            return None, _unknown_term(field, word)
        if code not in codes:
            codes.append(code)
    return codes or None, ""


_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "1", "1.0"})
_NO = frozenset({"否", "不是", "无", "没有", "×", "✗", "✘", "n", "no", "false", "0", "0.0"})


def _yesno(field: Field, text: str, _today: date | None) -> Parsed:
    word = _key(text)
    if word in _YES or word in _NO:
        return word in _YES, ""
    return None, f"“{field.label}”应写“是”或“否”，读不出“{brief(text)}”。"


def _group(_field: Field, text: str, _today: date | None) -> Parsed:
    name = clean_name(text)
    return (None if name in NOTHING else name or None), ""


def _topics(_field: Field, text: str, _today: date | None) -> Parsed:
    return topics_in(text) or None, ""


_PARSERS: Mapping[FieldType, Callable[[Field, str, date | None], Parsed]] = {
    FieldType.TEXT: _text,
    FieldType.NOTE: _note,
    FieldType.DATE: _date,
    FieldType.DATES: _dates,
    FieldType.DAY_OR_MONTH: _day_or_month,
    FieldType.TIME: _time,
    FieldType.MOMENT: _moment,
    FieldType.YEAR: _year,
    FieldType.COUNT: _count,
    FieldType.HEADCOUNT: _headcount,
    FieldType.HOURS: _hours,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choices,
    FieldType.YESNO: _yesno,
    FieldType.PERSON: lambda _field, text, _today: parse_person(text),
    FieldType.PEOPLE: lambda _field, text, _today: parse_people(text),
    FieldType.NAMES: lambda _field, text, _today: parse_names(text),
    FieldType.ABSENCES: lambda _field, text, today: parse_absences(text, today),
    FieldType.GROUP: _group,
    FieldType.TOPICS: _topics,
}


def _plain(_field: Field, value: Any, _name_of: Callable[[str], str]) -> str:
    return str(value)


_FORMATS: Mapping[FieldType, Callable[[Field, Any, Callable[[str], str]], str]] = {
    FieldType.MOMENT: lambda _field, value, _name_of: value.replace("T", " "),
    FieldType.DATES: lambda _field, value, _name_of: "、".join(value),
    FieldType.CHOICE: lambda field, value, _name_of: _labels(field).get(value, value),
    FieldType.CHOICES: lambda field, value, _name_of: "、".join(_labels(field).get(v, v) for v in value),
    FieldType.YESNO: lambda _field, value, _name_of: "是" if value else "否",
    FieldType.PERSON: lambda _field, value, name_of: format_person(value, name_of),
    FieldType.PEOPLE: lambda _field, value, name_of: format_people(value, name_of),
    FieldType.NAMES: lambda _field, value, _name_of: "、".join(value),
    FieldType.ABSENCES: lambda _field, value, name_of: format_absences(value, name_of),
    FieldType.GROUP: lambda _field, value, name_of: name_of(value),
    FieldType.TOPICS: lambda _field, value, _name_of: "\n".join(value),
}
