"""The rows of a recognised sheet as payloads, and every problem in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.beside import Beside
from zhibu_cli.exchange.cells import LONGEST_EXACT, Read, read_cell
from zhibu_cli.exchange.colnames import header_key
from zhibu_cli.exchange.column import Column
from zhibu_cli.exchange.examples import MARK, example
from zhibu_cli.exchange.headers import NUMBER
from zhibu_cli.exchange.kind_words import add_more
from zhibu_cli.exchange.leaving import (
    filled,
    is_template_name,
    lone_note,
    no_record,
    quoted,
    set_aside,
    template_word,
    unfilled,
)
from zhibu_cli.exchange.raw import letters
from zhibu_cli.exchange.remarks import Remarks
from zhibu_cli.exchange.sections import Sections, heading
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import is_kinds
from zhibu_cli.text import brief, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhibu_cli.exchange.context import Context
    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.problem import Problem

_CACHE_TEXT = 64
_LONGEST_NUMBER = 100
_BEYOND_COUNT = re.compile(r"[A-Z]+\d{19,}")
"""Like a number of ours, but more than the ledger can count."""
_CACHE_SIZE = 20_000
_NUMBERED = re.compile(r"[A-Z]{0,3}-?\d{1,6}")
_NO_EXAMPLE = "写着“示例”，内容却不是表里原来的例子；是真的记录，请把“示例”删去再导入"


@dataclass(slots=True)
class ReadRow:
    """A row as read."""

    row: int
    number: str
    payload: dict[str, Any]


@dataclass(slots=True)
class ReadSheet:
    """What a sheet gave."""

    rows: list[ReadRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cells: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    """Where the value of each field stands, as in ``Draft``."""
    numbers: set[str] = field(default_factory=set)
    """编号 of all rows, those with problems included: rows of other sheets may point at them."""
    left: Counter[str] = field(default_factory=Counter)
    """Rows that are no records, each named in the notes: why, and how many."""
    blank: int = 0
    """Rows that are only numbered in advance."""


@dataclass(slots=True, kw_only=True)
class _Row:
    """A row while it is read."""

    number: int
    payload: dict[str, Any]
    wrong: list[Problem] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)
    """Fields whose cell was complained about."""
    clocks: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """A field for a day, and the times that stood beside the day."""
    people: list[tuple[int, int]] = field(default_factory=list)
    """Column index, and how many people its cell says were present."""
    more: dict[str, Any] = field(default_factory=dict)
    """What a cell says for fields other than its own."""
    template: list[tuple[Column, str]] = field(default_factory=list)
    """Columns whose cell still holds words of a template, and which."""
    assumed: list[tuple[int, str, str]] = field(default_factory=list)
    """Row, a day as written without a year or month, and as completed."""


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, sheet: RawSheet, register: Register, columns: Columns, context: Context, catalogue: Catalogue
    ) -> None:
        self.sheet = sheet
        self.register = register
        self.catalogue = catalogue
        self.context = context.of(register)
        self.columns = [Column(i, one, columns.headers[i]) for i, one in columns.fields.items()]
        self.lookups = [(one.index, one.field.name, one.quick, one) for one in self.columns]
        self.header = columns
        self.by_heading = columns.by_heading
        self.needed = {one.name for one in self.register.fields if one.required}
        self.beside = Beside(sheet, register, columns, context, catalogue)
        self.special = self.beside.needed
        self.defaults = self.beside.defaults()
        self.clock_fields = [one.name for one in self.register.fields if one.type is FieldType.TIME]
        self.result = ReadSheet(cells=dict(self._cells()))
        self.remarks = Remarks(context)
        self.template = is_template_name(sheet.name)
        self.kinds_at = next((i for i, one in columns.fields.items() if is_kinds(one)), -1)
        names = frozenset(one.name for one in register.fields)
        self.sections = Sections(names, catalogue, self.defaults.keys())
        self.above: dict[int, Any] = {}
        """Columns that are merged down here and there, and what stands in their last cell."""

    def _cells(self) -> Iterator[tuple[str, tuple[str, str, int]]]:
        for one in self.columns if self.sheet.lettered else ():
            row, place = self.sheet.places.get(one.index, (0, one.index))
            yield one.field.name, (one.header, letters(place), row)

    def read(self) -> ReadSheet:
        """All rows below the header."""
        last = header = self.header.row + self.sheet.first_row
        down = self.sheet.down
        merged = {place for places in down.values() for place in places if place in self.header.fields}
        for number, row in self.sheet.checked():
            last = number
            if merged and number > header:
                row = self._merged_down(number, row, merged)  # noqa: PLW2901
            if number > header and (any(map(filled, row)) or self._broken_in(number)):
                self._row(number, row)
        for number in sorted({row for row, _column in self.sheet.broken if row > last}):
            if self._broken_in(number):  # the reader ends at the last cell that has a value
                self._row(number, ())
        return self._done()

    def read_one(self, number: int, row: Sequence[Any]) -> ReadSheet:
        """One row that was put together from the page of a form."""
        self._row(number, row)
        return self._done()

    def _done(self) -> ReadSheet:
        if self.template and self.result.rows:
            count = len(self.result.rows)
            self._note(f"的表名像是表样，仍有{count}行照录；不是真的记录的，请删去再导入。")
        for remark in (*self.remarks.told(), *self.beside.remarks()):
            self._note(remark)
        self.result.problems += self.beside.several_branches()
        return self.result

    def _merged_down(self, number: int, row: Sequence[Any], merged: set[int]) -> Sequence[Any]:
        """The row with the values of cells that begin above and reach down to it; not where it is empty."""
        for place in merged:
            if place not in self.sheet.down.get(number, ()):
                self.above[place] = row[place] if place < len(row) else ""
        own = any(filled(cell) for place, cell in enumerate(row) if place != self.header.number)
        reach = [place for place in self.sheet.down.get(number, ()) if filled(self.above.get(place))]
        if not (own and reach):
            return row
        cells = [*row, *[""] * (max(reach) + 1 - len(row))]
        for place in reach:
            cells[place] = self.above[place]
        self.remarks.merged.append(number)
        return cells

    def _broken_in(self, number: int) -> bool:
        broken = self.sheet.broken
        return bool(broken) and any((number, column.index) in broken for column in self.columns)

    def _row(self, number: int, row: Sequence[Any]) -> None:
        at = _Row(number=number, payload=dict(self.defaults))
        payload, width, broken = at.payload, len(row), self.sheet.broken
        for index, name, known, column in self.lookups:
            raw = row[index] if index < width else ""
            if raw == "" or raw is None:
                if broken:
                    self._empty(at, column)
                continue
            # True equals 1 as a key of the cache, so booleans go the long way
            value = None if raw is True or raw is False else known(raw)
            if value is not None:
                payload[name] = value
            else:
                self._take(at, column, self._cell(at, column, raw))
        if payload == self.defaults and not at.bad:
            self._nothing(number, row)
        else:
            self._complete(at, row)

    def _take(self, at: _Row, column: Column, read: Read) -> None:
        """What a cell gave that was not seen before, or that gave more than a value."""
        if read.why:
            at.wrong.append(self._problem(at.number, column, read.why))
            at.bad.add(column.field.name)
        elif read.value is not None:
            at.payload[column.field.name] = read.value
        if read.clocks:
            at.clocks.append((column.field.name, read.clocks))
        if read.people is not None:
            at.people.append((column.index, read.people))
        at.more.update(read.more)

    def _empty(self, at: _Row, column: Column) -> None:
        """An empty cell is none if it only looks so to the reader."""
        why = self.sheet.broken.get((at.number, column.index))
        if why:
            self._take(at, column, Read(None, why))

    def _complete(self, at: _Row, row: Sequence[Any]) -> None:
        """What the row says beyond its single cells."""
        if self.sections.outsiders:
            self._leave(at.number, row, f"不是党员（在“{self.sections.outsiders}”之下）")
            return
        if why := no_record(row):
            typed_over = self._number(row) == MARK and not self._as_shown(at.payload)
            self._leave(at.number, row, _NO_EXAMPLE if typed_over else why)
            return
        if at.more:
            add_more(at.payload, at.more)
        self.sections.apply(at.payload, at.bad)
        for name, clocks in at.clocks:
            self._clocks(name, clocks, at.payload)
        for index, count in at.people:
            at.wrong += self.beside.count_of_present(at.number, index, count, row, at.payload)
        if self.special:
            at.wrong += self.beside.complete(at.number, row, at.payload)
        at.wrong += self._missing(at.number, at.payload, at.bad)
        self._finish(at, row)

    def _cell(self, at: _Row, column: Column, raw: Any) -> Read:
        read = read_cell(self.catalogue, self.register, column.field, raw, self.sheet.shift)
        told = len(at.template) + len(at.assumed)
        if read.why and isinstance(raw, str) and (rest := _behind_label(column, raw)):
            return self._cell(at, column, rest)
        if read.why and column.field.type is FieldType.DATE and isinstance(raw, str | float):
            read = self._day(at, column, str(raw), read)
        elif isinstance(raw, str) and (word := template_word(raw)):
            at.template.append((column, word))
        plain = read.value is not None and not (read.clocks or read.more) and read.people is None
        plain = plain and told == len(at.template) + len(at.assumed)
        short = not (isinstance(raw, str) and len(raw) > _CACHE_TEXT)
        if plain and column.keep and short and not isinstance(raw, bool) and len(column.cache) < _CACHE_SIZE:
            column.cache[raw] = read.value
        return read

    def _day(self, at: _Row, column: Column, raw: str, read: Read) -> Read:
        """A day that the sheet completes (4月7日)."""
        whole = self.context.complete(raw)
        if whole:
            found = read_cell(self.catalogue, self.register, column.field, whole)
            if found.value is not None:
                row = self.sheet.places.get(column.index, (at.number, 0))[0]
                at.assumed.append((row, raw, found.value))
                return found
            why = found.why.replace(f"“{whole}”", f"“{brief(raw)}”")
            return Read(None, f"{why.rstrip('。')}（年份取自{self.context.year_from}）。")
        if self.context.clash and "缺少年" in read.why:
            return Read(None, f"日期“{brief(raw)}”没有写全，{self.context.clash}，对不上；请把年月日写全。")
        return read

    def _clocks(self, name: str, clocks: tuple[str, ...], payload: dict[str, Any]) -> None:
        """Times that stood beside the day go into the fields for them; columns of their own come first."""
        began = self.clock_fields[:1] == [name]
        fields = self.clock_fields if began or name == self.register.date_field else []
        for place, clock in enumerate(clocks):
            if place >= len(fields) or payload.setdefault(fields[place], clock) != clock:
                self.remarks.lost_clocks += 1

    def _missing(self, number: int, payload: dict[str, Any], bad: set[str]) -> list[Problem]:
        if self.needed <= payload.keys():
            return []
        if self.by_heading and self.by_heading not in payload:
            label = self.register.field(self.by_heading).label
            why = f"这一行上面没有写明{label}的分段标题，看不出{label}；请在表里加一列“{label}”。"
            return [self.sheet.problem(why, row=number, column=label)]
        # a missing column was told once, for the sheet
        absent = self.needed - payload.keys() - bad
        return [
            self._problem(number, column, f"“{column.field.label}”必填，不能空着。")
            for column in self.columns
            if column.field.name in absent
        ]

    def _finish(self, at: _Row, row: Sequence[Any]) -> None:
        number, payload, wrong = at.number, at.payload, at.wrong
        why = self._set_aside(number, row) if wrong else lone_note(row) if len(payload) == 1 else ""
        why = "是示例" if next((cell for cell in row if filled(cell)), "") == MARK else why
        if why:
            self._leave(number, row, why)
            return
        own = self._number(row)
        why = self._number_trouble(number, own)
        if why:
            column = self.register.link or NUMBER
            wrong.append(self.sheet.problem(why, row=number, column=column, index=self.header.number))
        if own:
            counted = own.isdecimal() and not self.register.children  # a 序号 that begins anew in each part
            if own in self.result.numbers and not self.register.link and not counted:
                wrong.append(
                    self.sheet.problem(
                        f"编号“{own}”重复。", row=number, column="编号", index=self.header.number
                    )
                )
            self.result.numbers.add(own)
        if wrong:
            self.result.problems += wrong
        else:
            self.result.rows.append(ReadRow(row=number, number=own, payload=payload))
            self.remarks.assumed += at.assumed
            self.remarks.template += [
                (self.sheet.place(number, column.header, column.index), word) for column, word in at.template
            ]

    def _as_shown(self, payload: Mapping[str, Any]) -> bool:
        """Whether a row that calls itself an example says what that of a blank form says."""
        shown = example(self.register, self.catalogue)
        plain = {name: value for name, value in payload.items() if isinstance(value, (str, int, float))}
        return all(shown.get(name) == value for name, value in plain.items())

    def _nothing(self, number: int, row: Sequence[Any]) -> None:
        """A row without a single known cell; lines that are only numbered in advance need no word."""
        if all(_NUMBERED.fullmatch(number_text(cell)) for cell in row if filled(cell)):
            self.result.blank += 1
            return
        self._leave(number, row, self._set_aside(number, row) or "没有可导入的内容")

    def _leave(self, number: int, row: Sequence[Any], why: str) -> None:
        self.result.left[re.split("[（，]", why, maxsplit=1)[0]] += 1
        self._note(f"第{number}行{why}，未导入：{quoted(row)}")

    def _set_aside(self, number: int, row: Sequence[Any]) -> str:
        if found := heading(row, self.catalogue, self.kinds_at):
            self.sections.enter(found)
            return found.why
        if self.template and self._undated(row):
            return "没有填日期，看作空白的表样（是真的记录，请填上日期再导入）"
        headers = {header_key(text) for text in self.header.headers.values()}
        merged = number in self.sheet.merged
        return set_aside(row, headers, columns=len(self.columns), merged=merged)

    def _undated(self, row: Sequence[Any]) -> bool:
        days = [one.index for one in self.columns if one.field.name == self.register.date_field]
        cells = [row[place] for place in days if place < len(row)]
        return bool(days) and all(not filled(cell) or unfilled(str(cell)) for cell in cells)

    def _number_trouble(self, number: int, own: str) -> str:
        """Why the cell that names the row, or the row it belongs to, cannot be read."""
        if len(own) > _LONGEST_NUMBER or _BEYOND_COUNT.fullmatch(own):
            return f"编号“{brief(own)}”太长，请改短。"
        return self.sheet.broken.get((number, self.header.number), "") if self.header.number >= 0 else ""

    def _number(self, row: Sequence[Any]) -> str:
        place = self.header.number
        return number_text(row[place]) if 0 <= place < len(row) else ""

    def _problem(self, number: int, column: Column, message: str) -> Problem:
        return self.sheet.problem(message, row=number, column=column.header, index=column.index)

    def _note(self, text: str) -> None:
        self.result.notes.append(f"文件“{self.sheet.file}”工作表“{self.sheet.name}”{text}")


def _behind_label(column: Column, text: str) -> str:
    """What stands behind the column's own label, where that is written once more: 主持：张三."""
    label, colon, rest = text.replace("：", ":").partition(":")
    own = (column.header, column.field.label, *column.field.aliases)
    times = ("时间", "日期") if column.field.type is FieldType.DATE else ()
    return rest.strip() if colon and header_key(label) in map(header_key, (*own, *times)) else ""


def number_text(cell: Any) -> str:
    """A cell of the column 编号: 12.0 is 12, s12 is S12."""
    if isinstance(cell, float) and abs(cell) < LONGEST_EXACT and cell == int(cell):
        return str(int(cell))
    return "".join(clean(str(cell)).split()).upper()
