"""What was typed, as a payload: parsed, joined to the roster, with every problem at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.errors import InputError
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.people import resolve
from zhibu_cli.model.secrecy import classification_words, strings
from zhibu_cli.model.sitting import EVERYBODY
from zhibu_cli.model.values import is_kinds, parse_field
from zhibu_cli.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.declare import Catalogue, Field, Register
    from zhibu_cli.model.roster import Roster

Given = str | list[str]
"""What stands behind an option: once, or as often as it was given."""

_LISTS = frozenset(
    {
        FieldType.ABSENCES,
        FieldType.PEOPLE,
        FieldType.NAMES,
        FieldType.CHOICES,
        FieldType.DATES,
    }
)
_JOIN = {FieldType.NOTE: "\n", FieldType.TOPICS: "\n"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A payload that may be stored, and what the user should hear about it."""

    payload: dict[str, Any]
    unknown: tuple[str, ...]
    """Names that nobody on the roster bears; kept as they were written."""
    asked_about: tuple[str, ...]
    """Places with the bare words 绝密, 机密, 秘密, to be asked about."""


def take(
    values: Mapping[str, Given],
    register: Register,
    *,
    catalogue: Catalogue,
    roster: Roster,
    today: date,
    base: Mapping[str, Any] | None = None,
    wrong: Sequence[str] = (),
    partial: bool = False,
) -> Taken:
    """The payload of a new row, or of a row changed from ``base``.

    An empty text clears the field. Rows of child registers are given under the child's name, each
    as ``列名=值 列名=值``; they replace the rows there were. ``wrong`` is what the caller found.
    ``partial``: more is to come, nothing is missing yet.

    Raises:
        InputError: something cannot be read; the message lists all of it.
        ClassifiedError: a text bears a classification mark.
    """
    payload = dict(base or {})
    reader = _Reader(catalogue=catalogue, today=today, wrong=[])
    found = reader.wrong
    known = {field.name: field for field in register.fields}
    children = {child.name: child for child in register.children}
    unread: set[str] = set()
    for name, given in values.items():
        value: Any = None
        before = len(found)
        if name in known and known[name].computed:
            found.append(f"“{known[name].label}”由程序登记，不能改。")
            continue
        if name in known:
            value = reader.value(register, known[name], given)
        elif name in children:
            value = reader.rows(children[name], given)
        else:
            found.append(f"“{register.title}”没有“{name}”这一项。")
        payload.pop(name, None)
        if value is not None:
            payload[name] = value
        if len(found) > before:
            unread.add(name)
    found += [] if partial else missing(payload, register, unread | reader.unread)
    refuse_classified(payload)
    payload, unjoined = resolve(payload, register, roster)
    given_now = {name: value for name, value in payload.items() if name in values}
    unjoined += names_in_reasons(given_now, register, roster)
    found += [message for _name, message in unjoined]
    if found or wrong:
        raise_all([*found, *wrong])
    return Taken(
        payload=payload,
        unknown=tuple(dict.fromkeys(unknown_names(payload, register, roster))),
        asked_about=tuple(dict.fromkeys(bare_words(payload))),
    )


def missing(payload: Mapping[str, Any], register: Register, unread: Collection[str] = ()) -> list[str]:
    """A sentence for each required field without a value, child rows included.

    Fields in ``unread`` have been complained about already; those of children as ``votes.matter``.
    """
    own = not register.link  # columns of child rows are no options
    found = [
        f"缺少“{field.label}”{f'（{field.flag}）' if field.flag and own else ''}。"
        for field in register.fields
        if field.required and field.name not in payload and field.name not in unread
    ]
    for child in register.children:
        told = {name.removeprefix(f"{child.name}.") for name in unread if name.startswith(f"{child.name}.")}
        for row in payload.get(child.name, ()):
            found += [f"{child.title}：{text}" for text in missing(row, child, told)]
    return found


def raise_all(wrong: Sequence[str]) -> None:
    """Tell every problem in one error."""
    several = [f"  {number}. {text}" for number, text in enumerate(wrong, 1)]
    message = wrong[0] if len(wrong) == 1 else "\n".join([f"有{len(wrong)}处不能录入：", *several])
    raise InputError(message, hint="什么都没有写入；改正后再执行一次。")


def unknown_names(payload: Mapping[str, Any], register: Register, roster: Roster) -> Iterator[str]:
    """References to people that the roster does not know, child rows included."""
    yield from unknown_among(payload, person_fields(register), roster)


PersonFields = tuple[tuple["Field", ...], tuple[tuple[str, "PersonFields"], ...]]
"""The fields that name people, and for each child register its name and its own."""


def person_fields(register: Register) -> PersonFields:
    """The fields of a register that hold references to people."""
    own = tuple(field for field in register.fields if field.type in _PEOPLE)
    return own, tuple((child.name, person_fields(child)) for child in register.children)


_PEOPLE = frozenset({FieldType.PERSON, FieldType.PEOPLE, FieldType.ABSENCES})


def unknown_among(payload: Mapping[str, Any], of_people: PersonFields, roster: Roster) -> Iterator[str]:
    """``unknown_names``, for many rows of one register."""
    fields, children = of_people
    for field in fields:
        for ref in _refs(field, payload.get(field.name)):
            if ref not in EVERYBODY and ref not in roster.by_id:
                yield ref
    for name, child in children:
        for row in payload.get(name, ()):
            yield from unknown_among(row, child, roster)


def names_in_reasons(payload: Mapping[str, Any], register: Register, roster: Roster) -> list[tuple[str, str]]:
    """Where a reason for an absence holds the name of a member: ``张三=病假、李四``.

    Whoever was meant to be absent would else count as present. Name of the field and a sentence each.
    """
    found: list[tuple[str, str]] = []
    for field in register.fields:
        if field.type is not FieldType.ABSENCES or field.name not in payload:
            continue
        for row in payload[field.name]:
            words = _REASON_PARTS.split(row.get("reason", ""))
            found += [(field.name, _separate(word)) for word in words if roster.named(clean_name(word))]
    return found


_REASON_PARTS = re.compile(r"[、，,；;\s]+")


def _separate(name: str) -> str:
    return f"“{name}”写在前一个人的原因里，看不出是不是缺席；几个人请写成“张三（病假）、李四（公差）”。"


def unknown_groups(payload: Mapping[str, Any], register: Register, roster: Roster) -> Iterator[str]:
    """Names of groups that the ledger does not have."""
    for field in register.fields:
        name = payload.get(field.name) if field.type is FieldType.GROUP else None
        if name and name not in roster.groups_by_id:
            yield name


def references(payload: Mapping[str, Any], register: Register) -> set[str]:
    """Everything in the payload that may be a number of a member or a group."""
    found: set[str] = set()
    for field in register.fields:
        value = payload.get(field.name)
        found.update([value] if field.type is FieldType.GROUP and value else _refs(field, value))
    for child in register.children:
        for row in payload.get(child.name, ()):
            found |= references(row, child)
    return found


def _refs(field: Field, value: Any) -> Sequence[str]:
    if value is None:
        return ()
    if field.type is FieldType.PERSON:
        return (value if isinstance(value, str) else value["who"],)
    if field.type is FieldType.PEOPLE:
        return (value,) if isinstance(value, str) else value
    if field.type is FieldType.ABSENCES:
        return [row["who"] for row in value]
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads texts into values and gathers what is wrong with them."""

    catalogue: Catalogue
    today: date
    wrong: list[str]
    unread: set[str] = dataclass_field(default_factory=set)
    """Columns of child rows that were complained about."""

    def value(self, register: Register, field: Field, given: Given) -> Any:
        """The value of one field, None where it is empty or cannot be read."""
        texts = [given] if isinstance(given, str) else given
        if is_kinds(field) or field.type not in _LISTS:
            texts = [_JOIN.get(field.type, "、").join(filter(str.strip, texts))]
        values: list[Any] = []
        for text in texts:
            value, problem = parse_field(self.catalogue, register, field, text, self.today)
            if problem:
                self.wrong.append(problem if f"“{field.label}”" in problem else f"“{field.label}”：{problem}")
            elif value is not None:
                values.append(value)
        if field.type not in _LISTS or len(values) < 2:
            return values[0] if values else None
        if any(isinstance(value, str) for value in values):
            self.wrong.append(f"“{field.label}”既有姓名又有“全体”；请逐一写姓名，或只写“全体”“其余全体”。")
            return None
        return [item for value in values for item in value]

    def rows(self, child: Register, given: Given) -> list[dict[str, Any]] | None:
        """The rows of a child register, each ``列名=值 列名=值``."""
        rows: list[dict[str, Any]] = []
        for text in [given] if isinstance(given, str) else given:
            row: dict[str, Any] = {}
            for field, part in self._pairs(child, text):
                before, value = len(self.wrong), self.value(child, field, part)
                if len(self.wrong) > before:
                    self.unread.add(f"{child.name}.{field.name}")
                if value is not None:
                    row[field.name] = value
            if row:
                rows.append(row)
        return rows or None

    def _pairs(self, child: Register, text: str) -> Iterator[tuple[Field, str]]:
        """The columns named in ``事项类别=选举 对象=张三`` and what is said of each."""
        columns = _columns(child)
        keys = list(_KEY.finditer(text))
        before = (text[: keys[0].start()] if keys else text).strip(_BETWEEN)
        if before:
            form = " ".join(f"{field.label}=…" for field in child.fields[:3])
            self.wrong.append(f"{child.title}“{before}”读不出；请写成 {form}。")
        ends = [key.start() for key in keys[1:]] + [len(text)]
        for key, end in zip(keys, ends[: len(keys)], strict=True):
            said = text[key.end() : end]
            field = columns.get(clean_name(key[1]))
            if field is None:
                labels = "、".join(field.label for field in child.fields)
                self.wrong.append(f"{child.title}没有“{key[1]}”这一项；可写：{labels}。")
            else:
                yield field, said.strip(_BETWEEN)


_KEY = re.compile(r"(?:^|(?<=[\s，,；;]))([^\s=＝，,；;]+)\s*[=＝]")
_BETWEEN = " \u3000，,；;\n\t"


def _columns(child: Register) -> Mapping[str, Field]:
    """Fields by every name under which they are read; the canonical one wins."""
    columns = {clean_name(word): field for field in child.fields for word in (field.name, *field.aliases)}
    return columns | {clean_name(field.label): field for field in child.fields}


def bare_words(payload: Any) -> Iterator[str]:
    """Where a payload has the words 绝密, 机密, 秘密 without a mark."""
    for text in strings(payload):
        if "密" in text:
            yield from classification_words(text)
