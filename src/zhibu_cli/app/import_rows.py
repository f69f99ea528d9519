"""A row of a file and an entry of the ledger, on their way to each other."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.exchange.draft import Draft
    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.problem import Problem


@dataclass(slots=True, eq=False)
class Row:
    """A row of a file on its way into the ledger."""

    draft: Draft
    payload: Mapping[str, Any]
    old: Old | None = None
    """The entry it speaks of, where that says something else."""
    id: str = ""
    same: bool = False
    """The entry ``id`` says all of it already; of 100,000 such entries none is kept beside the row."""
    dropped: bool = False

    @property
    def new(self) -> bool:
        """Whether the ledger has no entry that the row speaks of."""
        return self.old is None and not self.same

    def take(self, payload: Mapping[str, Any]) -> None:
        """Other values for the same fields; in place, since of 100,000 rows none should be kept twice."""
        if isinstance(self.payload, dict):
            self.payload.update(payload)
        else:
            self.payload = payload

    @property
    def columns(self) -> frozenset[str]:
        """The fields of which the file says something, be it that they are empty."""
        return self.draft.columns or frozenset()

    def merged(self) -> Mapping[str, Any]:
        """What will be stored: columns the file lacks keep the values they have."""
        return merge(self.old.payload, self) if self.old else self.payload


@dataclass(slots=True, eq=False)
class Old:
    """An entry of the ledger, with names joined as the rows' are."""

    id: str
    voided: bool
    payload: Mapping[str, Any]


@dataclass(slots=True)
class Outcome:
    """What matching had to say."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(old: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """The old payload with what the row says: an empty cell clears, a missing column does not.

    Rows of child registers are replaced where the file has any for this entry.
    """
    kept = {name: value for name, value in old.items() if name not in row.columns}
    return {**kept, **row.payload}


def where(row: Row) -> str:
    """File, sheet and row in words."""
    return row.draft.problem("").where


def repeats(row: Row, payload: Mapping[str, Any]) -> bool:
    """Whether the row changes nothing of what there is."""
    if any(payload.get(name) != value for name, value in row.payload.items()):
        return False
    return not any(name in payload for name in row.columns - row.payload.keys())


def identity_of(register: Register, payload: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes a row the row it is: two of one identity speak of one thing."""
    return tuple([_comparable(payload.get(name)) for name in register.identity])


@lru_cache(maxsize=1024)  # 100,000 rows share a few of them
def _ordered(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words))


def _comparable(value: Any) -> Any:
    """A value as part of a key; a list of words in one order: 党课、主题党日 is 主题党日、党课."""
    if type(value) is str or value is None:
        return value
    if isinstance(value, list):
        words = all(isinstance(item, str) for item in value)
        return _ordered(tuple(value)) if words else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value
