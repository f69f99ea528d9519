"""How a sheet of somebody's workbook was understood."""

from __future__ import annotations

from dataclasses import dataclass


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
    left: tuple[tuple[str, int], ...] = ()
    """Why rows are no records (是示例, 是合计), and how many; each is named in the notes."""
    blank: int = 0
    """Rows that are only numbered in advance."""

    @property
    def plain(self) -> bool:
        """Whether it is in the ledger's own layout and needs no explanation."""
        return self.how == "表名" and not self.said and all(head == use for _at, head, use in self.columns)
