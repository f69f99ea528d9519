"""Problems found in outside data, returned beside the values, all at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that could not be read, and where."""

    message: str
    """What is wrong and what to write instead, one Chinese sentence."""
    file: str = ""
    sheet: str = ""
    row: int | None = None
    """Row number as the spreadsheet shows it, from 1."""
    column: str = ""
    """Header of the column, with the cell's letter where known: ``日期（B5）``."""

    @property
    def where(self) -> str:
        """The place in words."""
        parts = [self.file, f"工作表“{self.sheet}”" if self.sheet else ""]
        parts.append(f"第{self.row}行" if self.row is not None else "")
        parts.append(f"“{self.column}”列" if self.column else "")
        return " ".join(filter(None, parts))

    def __str__(self) -> str:
        """Place and message, as shown."""
        return f"{self.where}：{self.message}" if self.where else self.message
