"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import ImportRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhibu_cli.app.wording import FieldChange
    from zhibu_cli.exchange.draft import Draft
    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.problem import Problem
    from zhibu_cli.model.sheet_report import SheetReport


class Action(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    AMENDED = "amended"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the files, matched with the ledger."""

    action: Action
    register: Register
    id: str
    """The number it has or will get."""
    payload: Mapping[str, Any]
    """What will be stored: of an amended entry, columns the file lacks keep their values."""
    source: Draft
    """The row as it was read."""
    summary: str = ""
    """What an amended entry is about, in a few words."""
    changes: tuple[FieldChange, ...] = ()
    """For an amended entry: field by field, old and new."""

    @property
    def place(self) -> str:
        """File, sheet and row in words."""
        return self.source.place


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A name in a file that two members bear; only the user can say who is meant."""

    place: str
    """File, sheet and row."""
    field: str
    label: str
    """The column."""
    name: str
    members: tuple[tuple[str, str], ...]
    """Number of each, and what tells them apart."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Under which ``importing.preview`` takes the answer."""
        return self.place, self.field, self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The outcome of reading the files; ``importing.apply_plan`` carries it out."""

    path: Path
    """The ledger."""
    files: tuple[str, ...]
    creates: bool
    """The ledger does not exist yet."""
    ledger_id: str
    """Of the ledger; for one to be created, the number it takes over from the file, or empty."""
    size: int
    """Versions in the ledger when the plan was made."""
    rows: tuple[PlannedRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    asked_about: tuple[str, ...]
    """Places with the bare words 绝密, 机密, 秘密: to be confirmed before writing."""
    catalogue: Catalogue
    sheets: tuple[SheetReport, ...] = ()
    """How each sheet was understood."""
    samples: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """For each sheet the first new row as it will be stored: number, then label and text of each field."""
    doubts: tuple[Doubt, ...] = ()
    """Problems that an answer settles."""

    @property
    def new(self) -> tuple[PlannedRow, ...]:
        """Rows that become new entries."""
        return self._of(Action.NEW)

    @property
    def amended(self) -> tuple[PlannedRow, ...]:
        """Rows that become new versions of entries."""
        return self._of(Action.AMENDED)

    @property
    def unchanged(self) -> tuple[PlannedRow, ...]:
        """Rows the ledger has as they are."""
        return self._of(Action.UNCHANGED)

    @property
    def changes_anything(self) -> bool:
        """Whether there is anything to write."""
        return any(row.action is not Action.UNCHANGED for row in self.rows)

    @property
    def counts(self) -> tuple[tuple[str, int, int, int], ...]:
        """For each sheet its name and how many rows are new, amended, unchanged."""
        titles = dict.fromkeys(row.register.title for row in self.rows)
        return tuple(
            (title, *(sum(row.register.title == title for row in rows) for rows in self._three()))  # type: ignore[misc]
            for title in titles
        )

    def refuse(self) -> None:
        """Raise if there is any problem.

        Raises:
            ImportRefusedError: the message lists every problem.
        """
        if not self.problems:
            return
        listed = [f"  {number}. {problem}" for number, problem in enumerate(self.problems, 1)]
        raise ImportRefusedError(
            "\n".join([f"有{len(listed)}处问题，一行也没有导入：", *listed]),
            hint="改正后再导入一次；台账没有改动。",
        )

    def _of(self, action: Action) -> tuple[PlannedRow, ...]:
        return tuple(row for row in self.rows if row.action is action)

    def _three(self) -> tuple[tuple[PlannedRow, ...], ...]:
        return self.new, self.amended, self.unchanged
