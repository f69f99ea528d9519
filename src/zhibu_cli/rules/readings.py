"""Readings that several rules share: numbers and words of our own that no text gives, each written once.

They stand in ``packs.toml``::

    [[reading]]
    id = "one-election-days"
    value = 90              # or words = […], words or regular expressions to look for
    verified = false        # whether it was read in a text of binding force
    text = "…"              # how it is taken, for the pages

A parameter ``{ reading = "one-election-days" }`` of a rule stands for the number or the words, and the text
follows the rule's own reading. Those on newly founded branches (``FIRST_QUARTER``, ``FIRST_YEAR``) are
applied to every duty of a period in one place, rules/duty.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.rule import Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhibu_cli.rules.pack import Reader

    Table = Mapping[str, Any]

FIRST_QUARTER = "founded-quarter-months"
FIRST_YEAR = "founded-year-months"
"""How many months of a quarter, of a year, a branch must have existed for the period's duties to be owed."""
_NEEDED = (FIRST_QUARTER, FIRST_YEAR)
_KEYS = {"id", "value", "words", "text", "verified"}
_FILE = "packs.toml"


def read_readings(reader: Reader, table: Table) -> Iterator[Reading]:
    """The readings of packs.toml; a problem for each that is unsound, or missing and needed."""
    seen: set[str] = set()
    for at, row in reader.tables(_FILE, table, "reading"):
        reader.strange(_FILE, row, _KEYS, at)
        texts = {key: reader.get(_FILE, row, key, "text", at=at) for key in ("id", "text")}
        key, kind = ("words", "texts") if "words" in row else ("value", "count")
        value = reader.get(_FILE, row, key, kind, at=at)
        verified = reader.get(_FILE, row, "verified", "flag", at=at)
        if texts["id"] in seen:
            reader.problem(_FILE, f"{at}id", f"“{texts['id']}”已在前面使用")
        elif None not in (*texts.values(), value, verified):
            seen.add(texts["id"])
            number, words = (0, tuple(value)) if kind == "texts" else (value, ())
            yield Reading(**texts, verified=verified, value=number, words=words)
    for name in _NEEDED:
        if table and name not in seen:
            reader.problem(_FILE, "reading", f"缺少“{name}”")


def named(value: Any) -> str:
    """The reading that a parameter stands for; empty: it stands for itself."""
    return str(value["reading"]) if isinstance(value, dict) and value.keys() == {"reading"} else ""


def shared_texts(readings: Mapping[str, Reading], values: Iterable[Any]) -> str:
    """The texts of the readings for which parameters stand."""
    found = (readings.get(named(value)) for value in values)
    return "".join(reading.text for reading in found if reading)
