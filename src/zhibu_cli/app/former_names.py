"""Members who were renamed since a file was written: known by the names of earlier versions.

An old roster with the old name speaks of the member of today; whom a name fits is never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zhibu_cli.app.doubles import two_people
from zhibu_cli.app.import_rows import Outcome, repeats, where
from zhibu_cli.app.taking import references
from zhibu_cli.model.roster import FormerName

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Any

    from zhibu_cli.app.import_rows import Row
    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.roster import Roster


def former_names(members: Iterable[Entry]) -> tuple[FormerName, ...]:
    """The names that members of today bore in earlier versions."""
    return tuple(
        FormerName(name, entry.id)
        for entry in members
        if not entry.voided
        for name in dict.fromkeys(one.payload["name"] for one in entry.earlier)
        if name != entry.payload["name"]
    )


def rename(rows: Sequence[Row], members: Sequence[Entry]) -> Outcome:
    """Give rows of the roster that bear a former name the name of today; ``members`` are not withdrawn.

    A problem where it may be somebody else of the old name.
    """
    outcome = Outcome()
    by_id = {entry.id: entry for entry in members}
    renamed: dict[str, list[Entry]] = defaultdict(list)
    for name, number in former_names(members):
        renamed[name].append(by_id[number])
    spoken = {row.payload.get("name", ""): row for row in rows} if renamed else {}
    for row in rows:
        before = renamed.get(row.payload.get("name", ""))
        if before and not (row.draft.ledger_id and row.draft.number in by_id):
            _rename(
                row,
                before,
                [one for one in members if one.payload["name"] == row.payload["name"]],
                spoken,
                outcome,
            )
    return outcome


def _rename(
    row: Row, before: Sequence[Entry], now: Sequence[Entry], spoken: Mapping[str, Row], outcome: Outcome
) -> None:
    """Decide about one row whose name some bore ``before`` and others bear ``now``."""
    fitting = [one for one in (*now, *before) if not two_people(one.payload, row.payload)]
    if any(repeats(row, one.payload) for one in now) or (now and fitting == [*now]):
        return
    meant = fitting[0] if len(fitting) == 1 else None
    name = meant.payload["name"] if meant else ""
    if meant is None or meant in now:
        outcome.problems.append(row.draft.problem(_asked(row, before, now)))
    elif name in spoken:
        place = where(spoken[name])
        outcome.problems.append(
            row.draft.problem(f"{told(row.payload['name'], meant)}在{place}已有一行；是同一人请只留一行。")
        )
    else:
        outcome.notes.append(
            f"{where(row)}的{told(row.payload['name'], meant)}按 {meant.id} 对上，姓名不改。"
        )
        row.take({"name": name})


def _asked(row: Row, before: Sequence[Entry], now: Sequence[Entry]) -> str:
    """Why nobody can tell whom the row is about, and what tells it."""
    name = row.payload["name"]
    who = [f"{one.id} {told(name, one)}" for one in before] + [f"{one.id} {name}" for one in now]
    return (
        f"“{name}”是改过的名字，不能确定这一行是谁（名册里有 {'、'.join(who)}）；"
        "是其中一人请写他现在的姓名，是另一人请先用 zhibu member add 登记。"
    )


def told(name: str, entry: Entry) -> str:
    """``“王五（现名王武）”``."""
    return f"“{name}（现名{entry.payload['name']}）”"


class OldNames:
    """Former names met in records, to be told in one sentence."""

    def __init__(self, roster: Roster) -> None:
        """The roster with its ``former`` names."""
        self._roster = roster
        self._names = {one.name for one in roster.former}
        self._met: dict[tuple[str, str], int] = defaultdict(int)

    def met(self, written: Mapping[str, Any], joined: Mapping[str, Any], register: Register) -> None:
        """Note which former names of a row became numbers."""
        if not self._names:
            return
        numbers: Collection[str] = references(joined, register)
        for name in references(written, register) & self._names:
            for member in self._roster.formerly(name):
                if member.id in numbers and name not in numbers:
                    self._met[name, member.id] += 1

    def notes(self) -> list[str]:
        """The sentence; none where no former name was met."""
        by_id = self._roster.by_id
        words = [f"{name}（现名{by_id[id_].name}，{count}行）" for (name, id_), count in self._met.items()]
        return (
            [f"记录里写的以前的名字按现在的人对上：{'、'.join(words)}；不是同一人的请在文件里改写编号。"]
            if words
            else []
        )
