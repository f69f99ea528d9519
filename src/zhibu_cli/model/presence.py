"""How one person stands to a sitting: present, absent, excused, or nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.sitting import Absence, Sitting


def is_life(ledger: Ledger, sitting: Sitting) -> bool:
    """Whether the sitting counts as life of the branch."""
    return all(ledger.catalogue.kind(kind).branch_life for kind in sitting.kinds)


def stand(ledger: Ledger, ref: str, sitting: Sitting) -> str:
    """present, absent, excused or unknown; empty where the sitting does not concern the person.

    Absent is who is named so, and who was due where all who came are named; unknown, who was due where
    nobody is named; excused, 经支部同意暂不参加 and 不计入应到会人数.
    """
    if not is_life(ledger, sitting):
        return ""
    count = ledger.counted(sitting)
    if count.present is not None and ref in count.present:
        return "present"
    if absence_of(ledger, ref, (*sitting.excused, *sitting.uncounted)) is not None:
        return "excused"
    if absence_of(ledger, ref, sitting.absentees) is not None:
        return "absent"
    if ref not in count.due:
        return ""
    return "unknown" if count.present is None else "absent"


def absence_of(ledger: Ledger, ref: str, rows: tuple[Absence, ...]) -> Absence | None:
    """The row that names the person; None: there is none."""
    return next((row for row in rows if ledger.roster.id_of(row.ref) == ref), None)
