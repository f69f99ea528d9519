"""Two tables below each other in one sheet: a second header that says something else than the first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.exchange.colnames import header_key
from zhibu_cli.exchange.leaving import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.exchange.colnames import ColumnNames
    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.problem import Problem

_ENOUGH = 3
"""So many names of columns make a row of words a header."""
_LOOK_AT = 3
_LONGEST = 20


class _Seen(NamedTuple):
    number: int
    """Of the row, as the user counts."""
    cells: Sequence[Any]


def two_tables(sheet: RawSheet, columns: Columns, catalogue: Catalogue, names: ColumnNames) -> Problem | None:
    """What is wrong with a sheet that holds two tables, each with a header of its own; else None.

    Read with one header, the rows of the other table would be lost or stand in the wrong columns. The same
    header once more, at the top of a page, is none of this.
    """
    header = sheet.first_row + columns.row
    known = _words(catalogue, names)
    above: _Seen | None = None
    own: list[Sequence[Any]] = []
    between = False
    for number, row in enumerate(sheet.rows if sheet.lettered else (), sheet.first_row):
        if number in {header - 1, header}:
            own.append(row)
        if number == header:
            if above and between:
                return _problem(sheet, above.number, header)
            between = False
        elif _is_header(row, known):
            if number < header:
                above, between = above or _Seen(number, row), between and above is not None
            elif between and not _repeats(row, [*own, _headers(columns)]):
                return _problem(sheet, header, number)
        else:
            between = between or sum(map(filled, row)) > 1
    return None


def _problem(sheet: RawSheet, first: int, second: int) -> Problem:
    why = f"第{first}行是一行表头，第{second}行又是一行表头，两行不一样，不能当作一张表来读"
    return sheet.problem(f"{why}；请把两张表分到两个工作表。", row=second)


@lru_cache(maxsize=1)
def _words(catalogue: Catalogue, names: ColumnNames) -> frozenset[str]:
    """Keys of all headers that some register knows."""
    registers = [one for register in catalogue.registers for one in (register, *register.children)]
    return frozenset(word for one in registers for word in names.of(one).fields)


def _is_header(row: Sequence[Any], known: frozenset[str]) -> bool:
    """Whether a row holds nothing but words, most of them names of columns."""
    if any(map(_no_word, row)):  # the second cell of most rows is a day
        return False
    cells = [cell for cell in row if filled(cell)]
    if len(cells) < _ENOUGH or not any(header_key(cell) in known for cell in cells[:_LOOK_AT]):
        return False
    met = {header_key(cell) for cell in cells} & known
    return len(met) >= _ENOUGH and len(met) * 2 > len(cells)


def _no_word(cell: Any) -> bool:
    """Whether something stands in a cell that stands in no header: a number, a day, a whole sentence."""
    return (type(cell) is not str or len(cell) > _LONGEST) and filled(cell)


def _headers(columns: Columns) -> list[str]:
    """The header as it was understood, of two rows the one that they make together."""
    last = max(columns.headers, default=-1)
    return [columns.headers.get(place, "") for place in range(last + 1)]


def _repeats(row: Sequence[Any], headers: Iterable[Sequence[Any]]) -> bool:
    """Whether the row says again, in the same columns, what one of the header's rows says."""
    said = {place: header_key(cell) for place, cell in enumerate(row) if filled(cell)}
    return any(
        all(place < len(header) and header_key(header[place]) == word for place, word in said.items())
        for header in headers
    )
