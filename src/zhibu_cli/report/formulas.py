"""What the formulas of a filled workbook come to, so that a viewer that does not reckon shows it too.

Sums, counts, shares and choices between them: what forms of branches use. A formula with anything else is
given no value; Excel, WPS and LibreOffice work every formula out themselves when the file is opened.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from openpyxl import Workbook

    Value = float | int | str | bool | None

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)|(?P<text>\"(?:[^\"]|\"\")*\")"
    r"|(?P<area>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)(?![\w(])"
    r"|(?P<name>[A-Z]+)(?=\()|(?P<sign><=|>=|<>|[-+*/&=<>(),]))"
)
_AREA = re.compile(r"(?:(?P<sheet>.*)!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_CONDITION = re.compile(r"(<=|>=|<>|[<>=])?(.*)", re.DOTALL)
_DEPTH = 40
_LOOKS = 1_000_000
"""Cells that are looked at for one workbook, most."""
_ERROR = float("nan")
"""What Excel shows as #DIV/0! or #VALUE!."""


class CannotReckonError(Exception):
    """A formula of another kind."""


class Area(NamedTuple):
    """The values of an area, row by row."""

    values: tuple[Value, ...]


def results(book: Workbook) -> dict[tuple[str, str], Value]:
    """What each formula comes to, by sheet and cell; without those that cannot be worked out."""
    cells = _Cells(book)
    found: dict[tuple[str, str], Value] = {}
    for sheet in book.worksheets:
        for cell in _formulas(sheet):
            with suppress(CannotReckonError, OverflowError):
                value = cells.value(sheet.title, cell.row, cell.column, 0)
                if not _wrong(value):
                    found[sheet.title, cell.coordinate] = value
    return found


class _Cells:
    """The cells of a workbook, each formula worked out once."""

    def __init__(self, book: Workbook) -> None:
        # not sheet[place], which makes the cell that it is asked for
        self._cells = {sheet.title: sheet._cells for sheet in book.worksheets}  # noqa: SLF001
        self._known: dict[tuple[str, int, int], Value] = {}
        self._left = _LOOKS

    def value(self, title: str, row: int, column: int, depth: int) -> Value:
        """What stands in a cell; ``depth``: how many formulas ask for it."""
        self._left -= 1
        if (title, row, column) in self._known:
            return self._known[title, row, column]
        if title not in self._cells or depth > _DEPTH or self._left < 0:
            raise CannotReckonError
        cell = self._cells[title].get((row, column))
        if cell is None or cell.data_type != "f" or not isinstance(cell.value, str):
            return plain(cell and cell.value)
        found = _single(_Reader(cell.value[1:], title, depth, self.value).whole())
        self._known[title, row, column] = found
        return found


def _wrong(found: Value | Area) -> bool:
    return isinstance(found, float) and not isfinite(found)


def _formulas(sheet: Any) -> Iterator[Any]:
    return (cell for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f")


def plain(found: Any) -> Value:
    """The value of a cell without a formula; a day as its serial number."""
    if isinstance(found, (datetime, date)):
        from openpyxl.utils.datetime import to_excel  # noqa: PLC0415

        return float(to_excel(found))  # type: ignore[no-untyped-call]
    return found if isinstance(found, (int, float, str)) else None


class _Reader:
    """Reads one formula from the left; every level binds closer than the one above it."""

    def __init__(
        self, words: str, title: str, depth: int, look: Callable[[str, int, int, int], Value]
    ) -> None:
        self._tokens, self._at = _tokens(words), 0
        self._title, self._depth, self._look = title, depth, look

    def whole(self) -> Value | Area:
        found = self._compared()
        if self._at != len(self._tokens):
            raise CannotReckonError
        return found

    def _next(self, *signs: str) -> str:
        """The sign, taken, if it comes next; else nothing."""
        if self._at < len(self._tokens) and self._tokens[self._at] in {("sign", sign) for sign in signs}:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return ""

    def _compared(self) -> Value | Area:
        found = self._joined()
        while sign := self._next("=", "<>", "<=", ">=", "<", ">"):
            found = compare(_single(found), sign, _single(self._joined()))
        return found

    def _joined(self) -> Value | Area:
        found = self._added()
        while self._next("&"):
            found = _text(_single(found)) + _text(_single(self._added()))
        return found

    def _added(self) -> Value | Area:
        found = self._multiplied()
        while sign := self._next("+", "-"):
            one, other = _number(found), _number(self._multiplied())
            found = one + other if sign == "+" else one - other
        return found

    def _multiplied(self) -> Value | Area:
        found = self._one()
        while sign := self._next("*", "/"):
            one, other = _number(found), _number(self._one())
            found = one * other if sign == "*" else one / other if other else _ERROR
        return found

    def _one(self) -> Value | Area:
        if self._next("-"):
            return -_number(self._one())
        if self._next("("):
            inner = self._compared()
            self._closed()
            return inner
        if self._at >= len(self._tokens):
            raise CannotReckonError
        kind, words = self._tokens[self._at]
        self._at += 1
        return self._called(words) if kind == "name" else self._literal(kind, words)

    def _literal(self, kind: str, words: str) -> Value | Area:
        if kind == "number":
            return float(words[:-1]) / 100 if words.endswith("%") else float(words)
        if kind == "text":
            return words[1:-1].replace('""', '"')
        if kind == "area":
            return self._area(words)
        raise CannotReckonError

    def _called(self, name: str) -> Value | Area:
        if name not in _FUNCTIONS or not self._next("("):
            raise CannotReckonError
        given = [self._compared()]
        while self._next(","):
            given.append(self._compared())
        self._closed()
        return _FUNCTIONS[name](given)

    def _closed(self) -> None:
        if not self._next(")"):
            raise CannotReckonError

    def _area(self, words: str) -> Value | Area:
        from openpyxl.utils import column_index_from_string  # noqa: PLC0415

        match = _AREA.fullmatch(words)
        if match is None:
            raise CannotReckonError
        title = (match["sheet"] or self._title).strip("'").replace("''", "'")
        left, right = (column_index_from_string(match[one] or match[2]) for one in (2, 4))
        top, bottom = int(match[3]), int(match[5] or match[3])
        values = tuple(
            self._look(title, row, column, self._depth + 1)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        )
        return Area(values) if ":" in words else values[0]


def _tokens(words: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(words.rstrip()):
        match = _TOKEN.match(words, at)
        if match is None or match.lastgroup is None:
            raise CannotReckonError
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def _single(found: Value | Area) -> Value:
    if isinstance(found, Area):
        raise CannotReckonError
    return found


def _number(found: Value | Area) -> float:
    one = _single(found)
    return _ERROR if isinstance(one, str) else one or 0


def _text(found: Value) -> str:
    if isinstance(found, float) and found.is_integer():
        return str(int(found))
    return "" if found is None else str(found)


def compare(one: Value, sign: str, other: Value) -> bool:
    """Whether it holds, as Excel sees it: an empty cell is nothing, and a text is more than any number."""
    one, other = (_filled(one, other), _filled(other, one))
    if isinstance(one, str) is not isinstance(other, str):
        return {"=": False, "<>": True}.get(sign, isinstance(one, str) is (sign in {">", ">="}))
    left: Any = one.casefold() if isinstance(one, str) else one
    right: Any = other.casefold() if isinstance(other, str) else other
    kinds: dict[str, bool] = {"=": left == right, "<>": left != right, "<": left < right, ">": left > right}
    return {**kinds, "<=": not left > right, ">=": not left < right}[sign]


def _filled(one: Value, beside: Value) -> Value:
    return ("" if isinstance(beside, str) else 0) if one is None else one


def _all(given: Sequence[Value | Area]) -> Iterator[Value]:
    for one in given:
        yield from one.values if isinstance(one, Area) else (one,)


def _numbers(given: Sequence[Value | Area]) -> list[float]:
    return [one for one in _all(given) if isinstance(one, (int, float)) and not isinstance(one, bool)]


def _meets(one: Value, wanted: Value | Area) -> bool:
    """Whether a cell meets a condition in Excel's writing: ``>=0``, ``未见记录``."""
    match = _CONDITION.fullmatch(_text(_single(wanted)))
    if match is None:
        raise CannotReckonError
    sign, words = match[1] or "=", match[2]
    asked: Value = float(words) if re.fullmatch(r"-?\d+(?:\.\d+)?", words) else words
    return isinstance(one, str if isinstance(asked, str) else (int, float)) and compare(one, sign, asked)


def _count_if(given: Sequence[Value | Area]) -> int:
    area, wanted = given
    if not isinstance(area, Area):
        raise CannotReckonError
    return sum(_meets(one, wanted) for one in area.values)


def _sum_ifs(given: Sequence[Value | Area]) -> float:
    """The sum of the first area where each of the areas after it meets the condition after that."""
    areas, wanted = [one.values for one in (given[0], *given[1::2]) if isinstance(one, Area)], given[2::2]
    if len(areas) != len(wanted) + 1 or len({*map(len, areas)}) != 1:
        raise CannotReckonError
    rows = zip(*areas, strict=True)
    return sum(_numbers([one for one, *cells in rows if all(map(_meets, cells, wanted))]))


def _if(given: Sequence[Value | Area]) -> Value | Area:
    test = _single(given[0])
    if _wrong(test):
        return test
    return given[1] if test else given[2] if len(given) > len("ab") else False


def _sum(given: Sequence[Value | Area]) -> float:
    return sum(_numbers(given))


def _average(given: Sequence[Value | Area]) -> float:
    numbers = _numbers(given)
    return sum(numbers) / len(numbers) if numbers else _ERROR


_FUNCTIONS: dict[str, Callable[[Sequence[Value | Area]], Value | Area]] = {
    "SUM": _sum,
    "COUNT": lambda given: len(_numbers(given)),
    "COUNTA": lambda given: sum(one is not None for one in _all(given)),
    "COUNTIF": _count_if,
    "SUMIFS": _sum_ifs,
    "AVERAGE": _average,
    "MAX": lambda given: max(_numbers(given), default=0),
    "MIN": lambda given: min(_numbers(given), default=0),
    "IF": _if,
    "IFERROR": lambda given: given[1] if _wrong(given[0]) else given[0],
}
