"""What a file holds before anybody understands it: sheets of cells, and the cells that are broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import ClassifiedError
from zhibu_cli.model.problem import Problem
from zhibu_cli.model.secrecy import classification_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


ERROR_VALUE = "单元格是错误值（如 #N/A）；请改正或清空。"


def _nothing() -> None:
    """Rows that are a list need nothing behind them."""


class UnreadableError(Exception):
    """The file cannot be read at all; the message is a Chinese sentence for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet, cell by cell."""

    file: str
    name: str
    rows: Iterable[Sequence[Any]]
    """Cells as str, float, bool, date, datetime, time or timedelta; empty ones as ``""``. May be gone
    through several times; a long sheet makes its rows anew each time, to save memory."""
    let_go: Callable[[], None] = _nothing
    """Called when the rows are not needed again: what is behind those of a long sheet is as large as they."""
    first_row: int = 1
    """Number of the first row as the user counts."""
    lettered: bool = True
    """Whether cells have addresses such as B5."""
    broken: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row number, column index) of cells that hold an error or no computed value, and why."""
    merged: frozenset[int] = frozenset()
    """Numbers of the rows in which a cell spans three columns or more: titles and notes."""
    spans: tuple[tuple[int, int, int], ...] = ()
    """Row number, first and last column index of cells near the top that span several columns."""
    shift: int = 0
    """Days to add to a serial number of a day: 1462 where the book counts from 1904, else 0."""
    down: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Row number -> columns whose cell there belongs to one that begins in a row above (merged down)."""
    hidden: bool = False
    """Whether the sheet itself is hidden."""
    hidden_rows: tuple[int, ...] = ()
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """In a page of a form: for each label the row number and column index of its value."""

    def head(self, count: int) -> list[Sequence[Any]]:
        """The first rows."""
        return list(islice(self.rows, count))

    def checked(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """All rows with their numbers; raises at a classification mark in any cell."""
        for number, row in enumerate(self.rows, self.first_row):
            for index, cell in enumerate(row):
                if type(cell) is str and "密" in cell:
                    place = (
                        f"{letters(index)}{number}" if self.lettered else f"第{number}行" if number else ""
                    )
                    _refuse(cell, f"文件“{self.file}”工作表“{self.name}”{place}")
            yield number, row

    def problem(self, message: str, *, row: int | None = None, column: str = "", index: int = -1) -> Problem:
        """A problem in this sheet; ``index`` is the cell's column, from 0."""
        if row is not None and index >= 0:
            column = self.place(row, column, index)
        row = self.places.get(index, (row, index))[0]
        return Problem(message=message, file=self.file, sheet=self.name, row=row, column=column)

    def place(self, row: int, column: str, index: int) -> str:
        """A cell as it is told: 日期（B5）."""
        row, index = self.places.get(index, (row, index))
        return f"{column}（{letters(index)}{row}）" if self.lettered else column


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """All sheets of a file, and whose ledger wrote it."""

    sheets: tuple[RawSheet, ...]
    ledger_id: str = ""
    notes: tuple[str, ...] = ()


def letters(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    """The index of a column's letters: A is 0."""
    index = 0
    for char in name:
        index = index * 26 + ord(char) - 64
    return index - 1


def refuse_classified_names(file: str, sheets: Iterable[RawSheet]) -> None:
    """Raise if the name of the file or of a sheet bears a classification mark."""
    _refuse(file, "文件名")
    for sheet in sheets:
        _refuse(sheet.name, f"文件“{file}”的工作表名称")


def refuse_marks(texts: Iterable[str], where: str) -> None:
    """Raise if one of the texts bears a classification mark."""
    for text in texts:
        if "密" in text:
            _refuse(text, where)


def _refuse(text: str, where: str) -> None:
    mark = classification_mark(text)
    if mark:
        raise ClassifiedError(
            f"{where}带有密级标志“{mark}”，整个文件没有录入。",
            hint="不得录入国家秘密、工作秘密；请按保密规定处理该文件，换用不涉密的内容再导入。",
        )
