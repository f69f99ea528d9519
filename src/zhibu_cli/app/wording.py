"""Entries in words: labels, days, fields as text, what changed between two versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.people_sheets import STARTS
from zhibu_cli.model.values import format_value, is_kinds
from zhibu_cli.text import chinese_date, one_line, weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from zhibu_cli.model.declare import Catalogue, Field, Register
    from zhibu_cli.model.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after, as its cell would show it; empty: nothing there."""

    name: str
    label: str
    old: str
    new: str


def full_day(day: date) -> str:
    """``2026年3月5日（星期四）``."""
    return f"{chinese_date(day)}（{weekday(day)}）"


def kind_labels(entry: Entry, catalogue: Catalogue) -> str:
    """支部党员大会、主题党日."""
    return _labels(entry.kinds, catalogue)


def _labels(kinds: Iterable[str], catalogue: Catalogue) -> str:
    """Terms of the kinds; one that a newer program has added keeps its English name."""
    known = {kind.name: kind.label for kind in catalogue.kinds}
    return "、".join(known.get(name, name) for name in kinds)


def namer(entries: Iterable[Entry], *, for_people: bool = False) -> Callable[[str], str]:
    """Name of the member or group behind a number.

    A name that two members bear stays a number: only that can be read back. ``for_people``: the
    text is only looked at, so that such a number stands beside the name.
    """
    names: dict[str, str] = {}
    owners: dict[tuple[str, str], int] = {}
    for entry in entries:
        if entry.register in {"member", "group"}:
            name = entry.payload.get("name", entry.id)
            names[entry.id] = name
            if not entry.voided:
                owners[entry.register, name] = owners.get((entry.register, name), 0) + 1
    double = {name for (_register, name), count in owners.items() if count > 1}

    def name_of(ref: str) -> str:
        name = names.get(ref, ref)
        if name not in double or ref not in names:
            return name
        return f"{name} {ref}" if for_people else ref

    return name_of


def cells(
    payload: Mapping[str, Any], register: Register, catalogue: Catalogue, name_of: Callable[[str], str]
) -> Iterator[tuple[str, str, str]]:
    """Name, label and text of every field that has a value, in the order of the sheet."""
    for field in register.fields:
        value = payload.get(field.name)
        if value is not None:
            yield field.name, field.label, _text(field, value, catalogue, name_of)
    starts = payload.get(STARTS, {})
    for name, day in starts.items() if isinstance(starts, dict) else ():
        yield f"{STARTS}.{name}", f"台账起始日·{catalogue.title_of(name)}", day


def _text(field: Field, value: Any, catalogue: Catalogue, name_of: Callable[[str], str]) -> str:
    return _labels(value, catalogue) if is_kinds(field) else format_value(field, value, name_of)


def changes(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    register: Register,
    catalogue: Catalogue,
    name_of: Callable[[str], str],
) -> tuple[FieldChange, ...]:
    """Every field in which two payloads differ; child rows as one line each."""
    before = {name: (label, text) for name, label, text in cells(old, register, catalogue, name_of)}
    after = {name: (label, text) for name, label, text in cells(new, register, catalogue, name_of)}
    for child in register.children:
        before[child.name] = (child.title, _rows(old, child, catalogue, name_of))
        after[child.name] = (child.title, _rows(new, child, catalogue, name_of))
    found: list[FieldChange] = []
    order = [field.name for field in register.fields]
    names = dict.fromkeys((*before, *after))
    for name in sorted(names, key=lambda name: order.index(name) if name in order else len(order)):
        label = (after.get(name) or before[name])[0]
        one, other = before.get(name, ("", ""))[1], after.get(name, ("", ""))[1]
        if one != other:
            found.append(FieldChange(name=name, label=label, old=one, new=other))
    return tuple(found)


def child_line(
    row: Mapping[str, Any], child: Register, catalogue: Catalogue, name_of: Callable[[str], str]
) -> str:
    """A row of a child register as the option that would record it."""
    return " ".join(
        f"{label}={one_line(text)}" for _name, label, text in cells(row, child, catalogue, name_of)
    )


def _rows(
    payload: Mapping[str, Any], child: Register, catalogue: Catalogue, name_of: Callable[[str], str]
) -> str:
    return "\n".join(child_line(row, child, catalogue, name_of) for row in payload.get(child.name, ()))


_TELLING = (
    "theme",
    "topics",
    "name",
    "member",
    "title",
    "talkers",
    "partners",
    "post",
    "matter",
    "problem",
    "grade",
)


def summary(
    payload: Mapping[str, Any], register: Register, catalogue: Catalogue, name_of: Callable[[str], str]
) -> str:
    """What the row is about, in a few words: the first telling fields, the day and kinds left out."""
    fields = {field.name: field for field in register.fields if payload.get(field.name) is not None}
    telling = [fields[name] for name in _TELLING if name in fields]
    if "theme" in fields and "topics" in fields:
        telling.remove(fields["topics"])
    if not telling and "kinds" in fields:
        telling = [fields[name] for name in ("group", "lecturer", "resolution", "content") if name in fields][
            :2
        ]
        return _told(telling, payload, catalogue, name_of) or "（未写主题、议题）"
    if not telling:
        rest = {"kinds", register.date_field}
        telling = [field for name, field in fields.items() if name not in rest][:2]
    return _told(telling, payload, catalogue, name_of)


def _told(
    telling: Iterable[Field],
    payload: Mapping[str, Any],
    catalogue: Catalogue,
    name_of: Callable[[str], str],
) -> str:
    return " ".join(one_line(_text(field, payload[field.name], catalogue, name_of)) for field in telling)
