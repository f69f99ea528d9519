"""Several rows of the files that speak of one thing: one of them is taken, or they are asked about.

The same content twice is one row. Of two files the later one completes the earlier, and so do two
sheets that nowhere contradict each other (months and their summary). Two rows of one file that differ
are never taken for two records in silence, nor one of them for the truth: whoever wrote them knows.
A file that zhibu wrote has what a ledger has, doubles included, and is taken as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.app.import_rows import merge, where
from zhibu_cli.model.declare import FieldType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhibu_cli.app.import_rows import Outcome, Row
    from zhibu_cli.model.declare import Register

TELLING = ("born", "joined", "sex", "id_number")
"""Fields in which one person does not differ from one roster to the next."""


def once(register: Register, rows: Sequence[Row], outcome: Outcome) -> list[Row]:
    """Rows of one identity without repetitions; a problem for each that cannot be told from another."""
    kept: list[Row] = []
    for row in rows:
        twin = next(
            (other for other in kept if other.payload == row.payload and not _apart(other, row)), None
        )
        if twin is not None:
            row.dropped = True
            outcome.notes.append(f"{where(row)}与{where(twin)}相同，只取一条。")
        elif (first := _completed_by(register, row, kept)) is not None:
            fold(first, row, outcome)
        else:
            other = next((other for other in kept if not _two(register, other, row)), None)
            if other is not None:
                outcome.problems.append(row.draft.problem(_asked(register, other, row)))
            kept.append(row)
    return kept


def fold(first: Row, row: Row, outcome: Outcome) -> None:
    """Two rows for certain of one thing become one: what the later says completes the earlier."""
    if first.payload == row.payload:
        outcome.notes.append(f"{where(row)}与{where(first)}相同，只取一条。")
    elif first.draft.file == row.draft.file:
        first.payload = {**first.payload, **row.payload}
        outcome.notes.append(f"{where(row)}与{where(first)}是同一事项，合为一条。")
    else:
        first.payload = merge(first.payload, row)
        outcome.notes.append(f"{where(row)}与{where(first)}是同一事项，以后一个文件为准。")
    row.dropped = True


def contradictions(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The fields that both fill in, and differently."""
    return [name for name in one.keys() & other.keys() if one[name] != other[name]]


def two_people(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows of the roster cannot be about one person."""
    return any(
        not (one[name].startswith(other[name]) or other[name].startswith(one[name]))  # 1985-05, 1985-05-03
        for name in TELLING
        if name in one and name in other
    )


def _completed_by(register: Register, row: Row, kept: Sequence[Row]) -> Row | None:
    """The row of another file, or of another sheet that agrees, which this one completes."""
    for other in reversed(kept):
        if register.name == "member" and two_people(other.payload, row.payload):
            continue
        if other.draft.file != row.draft.file:
            return other
        agree = not contradictions(other.payload, row.payload)
        if agree and other.draft.sheet != row.draft.sheet and not _numbered_apart(other, row):
            return other
    return None


def _numbered_apart(one: Row, other: Row) -> bool:
    """Whether the file itself gives the two rows different numbers."""
    numbers = one.draft.number, other.draft.number
    return one.draft.file == other.draft.file and all(numbers) and numbers[0] != numbers[1]


def _apart(one: Row, other: Row) -> bool:
    """Whether two rows of one content are two: only a ledger itself knows that."""
    return _ours(one) and _numbered_apart(one, other)


def _ours(row: Row) -> bool:
    """Whether the row stands in a file that zhibu wrote."""
    return bool(row.draft.ledger_id)


def _two(register: Register, one: Row, other: Row) -> bool:
    """Whether two rows of one identity and different content are known to be two."""
    if _ours(one) or _numbered_apart(one, other):
        return True
    return register.name == "member" and two_people(one.payload, other.payload)


def _asked(register: Register, first: Row, row: Row) -> str:
    labels = {field.name: field.label for field in register.fields}
    labels |= {child.name: child.title for child in register.children}
    names = [name for name in register.identity if name in row.payload]
    same = "、".join(labels[name] for name in names)
    columns = {**first.payload, **row.payload}
    differing = [
        labels[name]
        for name in labels
        if name in columns and first.payload.get(name) != row.payload.get(name)
    ]
    found = f"与{_place(first, row)}的{same}相同，内容不同（{'、'.join(differing)}）"
    if register.name == "member":
        return f"{found}：是同一人请只留一行；是两个人请填出生日期，或先用 zhibu member add 登记。"
    open_ = [field for field in register.fields if field.name in {*register.identity} - {*row.payload}]
    telling = "或".join(field.label for field in open_ if field.type is not FieldType.GROUP)
    ways = [f"填上{telling}"] if telling else []
    ways += ["写不同的编号"] if register.numbered else []
    if not ways:
        return f"{found}；请只留一行。"
    return f"{found}：是同一件事请只留一行；确是两件请{'，或'.join(ways)}。"


def _place(first: Row, row: Row) -> str:
    """Where the first row stands, seen from the other."""
    if first.draft.sheet == row.draft.sheet and first.draft.row is not None:
        return f"第{first.draft.row}行"
    return where(first)
