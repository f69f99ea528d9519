"""Which row of a file is which entry of the ledger.

zhibu's own number, in a file that this ledger wrote, decides; else the fields the register declares
as its identity. Rows that agree in everything are the same row, however often they come.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.doubles import fold, once
from zhibu_cli.app.import_rows import Old, Outcome, Row, identity_of, repeats, where
from zhibu_cli.app.near_twins import NearTwins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from zhibu_cli.model.declare import Register

    _Key = tuple[Any, ...]


def match(
    register: Register, rows: Sequence[Row], olds: Iterable[Old], live: Collection[str], own_id: str
) -> Outcome:
    """Give each row the entry it speaks of, or drop it where it says nothing new.

    ``olds`` are all entries of the register and are gone through once: of 100,000 none is kept that some
    row repeats word by word. ``live`` are the numbers of those that are not withdrawn.
    """
    outcome = Outcome()
    numbered, unnumbered = _by_number(rows, live, own_id, outcome)
    waiting: dict[_Key, list[Row]] = defaultdict(list)
    for row in unnumbered:
        waiting[identity_of(register, row.payload)].append(row)
    for key, same in waiting.items():
        waiting[key] = once(register, same, outcome) if len(same) > 1 else same
    near = NearTwins(register, unnumbered)
    there = _left(register, olds, numbered, waiting, near)
    for key, here in there.items():
        for old in _pair(register, waiting[key], [old for old in here if not old.voided], outcome):
            near.see(old)
        withdrawn = [old for old in here if old.voided]
        for row in waiting[key]:
            if row.new:
                _drop_withdrawn(row, withdrawn, outcome)
    outcome.notes += near.told()
    return outcome


def _left(
    register: Register,
    olds: Iterable[Old],
    numbered: Mapping[str, Row],
    waiting: dict[_Key, list[Row]],
    near: NearTwins,
) -> dict[_Key, list[Old]]:
    """Join what fits at once; the entries of an identity for which rows are left, to be looked at closer."""
    there: dict[_Key, list[Old]] = defaultdict(list)
    for old in olds:
        if not old.voided and old.id in numbered:
            _join(numbered[old.id], old)
            continue
        key = identity_of(register, old.payload)
        rows = waiting.get(key, [])
        equal = None if old.voided else next((row for row in rows if repeats(row, old.payload)), None)
        if equal is not None:
            _join(equal, old)
            rows.remove(equal)
            if not rows:  # most keys are of no more use, and there may be 100,000
                del waiting[key]
            continue
        if rows:
            there[key].append(old)
        else:
            near.see(old)
    return there


def _by_number(
    rows: Sequence[Row], live: Collection[str], own_id: str, outcome: Outcome
) -> tuple[dict[str, Row], list[Row]]:
    """The rows that bear a number of this ledger, from a file that it wrote, by it; and all others."""
    numbered: dict[str, Row] = {}
    others: list[Row] = []
    for row in rows:
        number = row.draft.number
        if not own_id or row.draft.ledger_id != own_id or number not in live:
            others.append(row)
        elif number in numbered:
            fold(numbered[number], row, outcome)
        else:
            numbered[number] = row
    return numbered, others


def _pair(register: Register, rows: Iterable[Row], olds: Iterable[Old], outcome: Outcome) -> list[Old]:
    """Give each row that repeats no entry the one that is most like it; those of which no row speaks."""
    free = list(olds)
    for row in rows:
        if not free:
            break
        scores = [_alike(row, old) for old in free]
        if scores.count(max(scores)) > 1 and register.name == "member":
            numbers = "、".join(old.id for old in free)
            outcome.problems.append(
                row.draft.problem(
                    f"有{len(free)}人同名（{numbers}），不能确定这一行是谁；请改用 zhibu member edit。"
                )
            )
            break
        best = free[scores.index(max(scores))]
        _join(row, best)
        free.remove(best)
    return free


def _alike(row: Row, old: Old) -> int:
    return sum(old.payload.get(name) == value for name, value in row.payload.items())


def _join(row: Row, old: Old) -> None:
    row.id = old.id
    row.same = old.payload == row.payload
    row.old = None if row.same else old


def _drop_withdrawn(row: Row, withdrawn: Sequence[Old], outcome: Outcome) -> None:
    """A row that was taken in once and withdrawn since does not come back by itself."""
    for old in withdrawn:
        if repeats(row, old.payload):
            row.dropped = True
            outcome.notes.append(
                f"{where(row)}与已作废的 {old.id} 相同，没有再录入；确需恢复请用 zhibu record 重新记录。"
            )
            return


_COUNT = re.compile("[1-9][0-9]{0,8}")
"""What follows the prefix of a number; with more digits it is a number of something else."""


def give_numbers(register: Register, rows: Iterable[Row], used: set[str]) -> None:
    """Numbers for new rows: the file's own where it is one of ours and free, else the next ones."""
    new = [row for row in rows if row.new and not row.dropped]
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
