"""What an import gives: rows as payloads, every problem, and what was left aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.sheet_report import SheetReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One row as read; persons are names, not numbers yet."""

    register: Register
    payload: Mapping[str, Any]
    number: str = ""
    """编号 as it stands in the file, empty where there is none."""
    ledger_id: str = ""
    """The ledger that wrote the file, empty if zhibu did not; then ``number`` is nobody's but the file's."""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    cells: Mapping[str, tuple[str, str, int]] = field(default_factory=dict)
    """Name of a field -> header and letters of its column, and the number of its row where it is another."""
    columns: frozenset[str] | None = None
    """Fields the sheet has a column for: one that is empty says so, a missing column says nothing.
    None: only what is filled in counts (支部信息)."""

    @property
    def place(self) -> str:
        """File, sheet and row in words."""
        return self.problem("").where

    def problem(self, message: str, column: str = "", *, name: str = "") -> Problem:
        """A problem of this row; ``name`` of the field, whose cell is then told."""
        row = self.row
        if name in self.cells:
            header, letters, other = self.cells[name]
            row = other or row
            column = f"{header}（{letters}{row}）"
        return Problem(message=message, file=self.file, sheet=self.sheet, row=row, column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """All files of one import."""

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    """Complete Chinese sentences: unknown columns and sheets, rows taken for notes …"""
    sheets: tuple[SheetReport, ...] = ()
    ledger_id: str | None = None
    """The ledger all files come from; None where they come from none, or from several."""
    files: tuple[str, ...] = ()
    """Names of the files, without folders."""
