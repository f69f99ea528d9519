"""Entries as the cells of sheets: the one form behind the workbook and the JSON ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.headers import NUMBER
from zhibu_cli.exchange.pairs import start_label
from zhibu_cli.model.declare import Layout
from zhibu_cli.model.people_sheets import STARTS
from zhibu_cli.model.values import format_field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from zhibu_cli.model.declare import Catalogue, Field, Register

    Rows = Sequence[tuple[str, Mapping[str, Any]]]
    """Number and payload of each entry of a register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet to be written."""

    register: Register
    columns: tuple[Field | None, ...]
    """None stands for the column 编号 (in a child: the link)."""
    rows: tuple[tuple[tuple[Any, str], ...], ...]
    """For each cell the value and its text."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The header row."""
        number = self.register.link or NUMBER
        return tuple(field.label if field else number for field in self.columns)


def build_tables(
    ledger: Mapping[str, Rows],
    catalogue: Catalogue,
    name_of: Callable[[str], str],
    *,
    full: bool,
) -> tuple[Table, ...]:
    """All sheets in the catalogue's order, children behind their parents."""
    tables: list[Table] = []
    for register in catalogue.registers:
        rows = ledger.get(register.name, ())
        builder = _Builder(catalogue, name_of, full=full)
        if register.layout is Layout.PAIRS:
            tables.append(builder.pairs(register, rows))
            continue
        tables.append(builder.rows(register, rows, numbered=register.numbered or _ambiguous(register, rows)))
        for child in register.children:
            nested = [(number, row) for number, data in rows for row in data.get(child.name, ())]
            tables.append(builder.rows(child, nested, numbered=True))
    return tuple(tables)


def _ambiguous(register: Register, rows: Rows) -> bool:
    """Whether two rows could not be told apart without their numbers (two members of one name)."""
    seen = {repr([data.get(name) for name in register.identity]) for _number, data in rows}
    return len(seen) < len(rows)


class _Builder:
    def __init__(self, catalogue: Catalogue, name_of: Callable[[str], str], *, full: bool) -> None:
        self.catalogue = catalogue
        self.name_of = name_of
        self.full = full

    def rows(self, register: Register, rows: Rows, *, numbered: bool) -> Table:
        fields = tuple(field for field in register.fields if self.full or not field.confidential)
        columns: tuple[Field | None, ...] = (None, *fields) if numbered else fields
        cells = tuple(tuple(self._cell(field, number, data) for field in columns) for number, data in rows)
        return Table(register=register, columns=columns, rows=cells)

    def _cell(self, field: Field | None, number: str, data: Mapping[str, Any]) -> tuple[Any, str]:
        if field is None:
            return number, number
        value = data.get(field.name)
        return value, format_field(self.catalogue, field, value, self.name_of)

    def pairs(self, register: Register, rows: Rows) -> Table:
        data: Mapping[str, Any] = rows[0][1] if rows else {}
        fields = [field for field in register.fields if self.full or not field.confidential]
        cells = [((field.label, field.label), self._cell(field, "", data)) for field in fields]
        for name, day in sorted(data.get(STARTS, {}).items()):
            label = start_label(name, register, self.catalogue)
            cells.append(((label, label), (day, day)))
        return Table(register=register, columns=tuple(fields), rows=tuple(cells))
