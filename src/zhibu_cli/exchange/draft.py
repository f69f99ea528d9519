"""What an import gives: rows as payloads, every problem, and what was left aside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.declare import Register


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
    columns: frozenset[str] | None = None
    """Fields the sheet has a column for: one that is empty says so, a missing column says nothing.
    None: only what is filled in counts (支部信息)."""

    def problem(self, message: str, column: str = "") -> Problem:
        """A problem of this row."""
        return Problem(message=message, file=self.file, sheet=self.sheet, row=self.row, column=column)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReport:
    """How one sheet was understood, to be shown before anything is written."""

    file: str
    sheet: str
    title: str = ""
    """The register; empty: nobody knows what the sheet is."""
    how: str = ""
    """By what it was recognised: 表名, 标题, 表头, 文件名."""
    said: tuple[str, ...] = ()
    """What its name or title says about all rows: 类型：党小组会."""
    columns: tuple[tuple[str, str, str], ...] = ()
    """Letter, header as written, and what becomes of it: 日期, 并入“备注”, 不导入（党组织编码）."""
    taken: int = 0
    left: int = 0
    """Rows that are no records (notes, samples, subtotals); each is named in the notes."""
    blank: int = 0
    """Rows that are only numbered in advance."""

    @property
    def plain(self) -> bool:
        """Whether it is in the ledger's own layout and needs no explanation."""
        return self.how == "表名" and not self.said and all(head == use for _at, head, use in self.columns)


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
