"""Which row of a file is which entry of the ledger.

zhibu's own number, in a file that this ledger wrote, decides; else the fields the register declares
as its identity. Rows that agree in everything are the same row, however often they come.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from zhibu_cli.exchange.draft import Draft
    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.problem import Problem


@dataclass(slots=True)
class Row:
    """A row of a file on its way into the ledger."""

    draft: Draft
    payload: Mapping[str, Any]
    old: Old | None = None
    id: str = ""
    dropped: bool = False

    def take(self, payload: Mapping[str, Any]) -> None:
        """Other values for the same fields; in place, since of 100,000 rows none should be kept twice."""
        if isinstance(self.payload, dict):
            self.payload.update(payload)
        else:
            self.payload = payload

    def merged(self) -> Mapping[str, Any]:
        """What will be stored: columns the file lacks keep the values they have."""
        return merge(self.old.payload, self) if self.old else self.payload


@dataclass(slots=True)
class Old:
    """An entry of the ledger, with names joined as the rows' are."""

    id: str
    voided: bool
    payload: Mapping[str, Any]
    taken: bool = False


@dataclass(slots=True)
class Outcome:
    """What matching had to say."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(old: Mapping[str, Any], row: Row) -> dict[str, Any]:
    """The old payload with what the row says: an empty cell clears, a missing column does not.

    Rows of child registers are replaced where the file has any for this entry.
    """
    columns = row.draft.columns or frozenset()
    kept = {name: value for name, value in old.items() if name not in columns}
    return {**kept, **row.payload}


def match(register: Register, rows: Sequence[Row], olds: Sequence[Old], own_id: str) -> Outcome:
    """Give each row the entry it speaks of, or drop it where it says nothing new."""
    outcome = Outcome()
    rest: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in _without_numbers(rows, olds, own_id, outcome):
        rest[_identity(register, row.payload)].append(row)
    there: dict[tuple[Any, ...], list[Old]] = defaultdict(list)
    for old in olds:
        if not old.taken:
            there[_identity(register, old.payload)].append(old)
    for key, same in rest.items():
        left = _once(same, outcome) if len(same) > 1 else same
        here = there.get(key, ())
        if not here:
            continue
        _pair(register, left, [old for old in here if not old.voided], outcome)
        withdrawn = [old for old in here if old.voided]
        for row in left:
            if row.old is None and not row.dropped:
                _drop_withdrawn(row, withdrawn, outcome)
    return outcome


def _without_numbers(
    rows: Sequence[Row], olds: Sequence[Old], own_id: str, outcome: Outcome
) -> Iterator[Row]:
    """Join the rows that bear a number of this ledger, from a file that it wrote; the others are left."""
    live = {old.id: old for old in olds if own_id and not old.voided}
    spoken: dict[str, Row] = {}
    for row in rows:
        old = live.get(row.draft.number) if row.draft.ledger_id == own_id else None
        if old is None:
            yield row
        elif old.taken:  # two files bear the number
            _once((spoken[old.id], row), outcome)
        else:
            _join(row, old)
            spoken[old.id] = row


def _identity(register: Register, payload: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple([_comparable(payload.get(name)) for name in register.identity])


def _comparable(value: Any) -> Any:
    """A value as part of a key; a list of words in one order: 党课、主题党日 is 主题党日、党课."""
    if type(value) is str or value is None:
        return value
    if isinstance(value, list):
        words = all(isinstance(item, str) for item in value)
        return tuple(sorted(value)) if words else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else value


def _once(rows: Sequence[Row], outcome: Outcome) -> list[Row]:
    """Rows of one identity without repetitions; of two files the later one completes the earlier."""
    kept: list[Row] = []
    for row in rows:
        twin = next(
            (other for other in kept if other.payload == row.payload and not _apart(other, row)), None
        )
        other_file = [other for other in kept if other.draft.file != row.draft.file]
        if twin is not None:
            row.dropped = True
            outcome.notes.append(f"{where(row)}与{where(twin)}相同，只取一条。")
        elif other_file:
            row.dropped = True
            other_file[-1].payload = merge(other_file[-1].payload, row)
            outcome.notes.append(f"{where(row)}与{where(other_file[-1])}是同一事项，以后一个文件为准。")
        else:
            kept.append(row)
    return kept


def _apart(one: Row, other: Row) -> bool:
    """Whether the file itself gives the two rows different numbers."""
    same_file = one.draft.file == other.draft.file
    return bool(same_file and one.draft.number and other.draft.number != one.draft.number)


def _pair(register: Register, rows: Iterable[Row], olds: Iterable[Old], outcome: Outcome) -> None:
    free = list(olds)
    waiting: list[Row] = []
    for row in rows:
        equal = next((old for old in free if merge(old.payload, row) == old.payload), None)
        if equal is None:
            waiting.append(row)
        else:
            _join(row, equal)
            free.remove(equal)
    for row in waiting:
        if not free:
            return
        scores = [_alike(row, old) for old in free]
        if scores.count(max(scores)) > 1 and register.name == "member":
            numbers = "、".join(old.id for old in free)
            outcome.problems.append(
                row.draft.problem(
                    f"有{len(free)}人同名（{numbers}），不能确定这一行是谁；请改用 zhibu member edit。"
                )
            )
            return
        best = free[scores.index(max(scores))]
        _join(row, best)
        free.remove(best)


def _alike(row: Row, old: Old) -> int:
    return sum(old.payload.get(name) == value for name, value in row.payload.items())


def _join(row: Row, old: Old) -> None:
    row.old, row.id, old.taken = old, old.id, True


def _drop_withdrawn(row: Row, withdrawn: Sequence[Old], outcome: Outcome) -> None:
    """A row that was taken in once and withdrawn since does not come back by itself."""
    for old in withdrawn:
        if merge(old.payload, row) == old.payload:
            row.dropped = True
            outcome.notes.append(
                f"{where(row)}与已作废的 {old.id} 相同，没有再录入；确需恢复请用 zhibu record 重新记录。"
            )
            return


def where(row: Row) -> str:
    """File, sheet and row in words."""
    return row.draft.problem("").where


_COUNT = re.compile("[1-9][0-9]{0,8}")
"""What follows the prefix of a number; with more digits it is a number of something else."""


def give_numbers(register: Register, rows: Iterable[Row], used: set[str]) -> None:
    """Numbers for new rows: the file's own where it is one of ours and free, else the next ones."""
    new = [row for row in rows if row.old is None and not row.dropped]
    for row in new:
        number = row.draft.number
        digits = number.removeprefix(register.prefix)
        fits = number == register.prefix + digits and _COUNT.fullmatch(digits)
        if fits and number not in used:
            row.id = number
            used.add(number)
    counts = (int(number.removeprefix(register.prefix)) for number in used)
    count = max(counts, default=0)
    for row in new:
        if not row.id:
            count += 1
            row.id = f"{register.prefix}{count}"
            used.add(row.id)
