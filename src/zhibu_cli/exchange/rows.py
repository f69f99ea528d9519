"""The rows of a recognised sheet as payloads, and every problem in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.cells import LONGEST_EXACT, Read, cell_text, read_cell
from zhibu_cli.exchange.examples import MARK
from zhibu_cli.exchange.headers import NUMBER, header_key
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import is_kinds, note_text
from zhibu_cli.text import brief, clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.exchange.headers import Columns, Understood
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Field
    from zhibu_cli.model.problem import Problem

_NOT_CACHED = frozenset({FieldType.NOTE, FieldType.TOPICS})
_CACHE_TEXT = 64
_LONGEST_NUMBER = 100
_BEYOND_COUNT = re.compile(r"[A-Z]+\d{19,}")
"""Like a number of ours, but more than the ledger can count."""
_CACHE_SIZE = 20_000
_FOOTER = re.compile(
    r"[（(\[【*※]*(?:注|备注|说明|填表|填写|审核|制表|复核|负责人|合计|小计|总计|共计|示例|例:|例：|单位:|单位：)"
)
_NOTE = re.compile(r"[（(\[【*※]*(?:注|备注|说明|填表说明|填写说明)\s*[:：]")
_COUNT = re.compile(r"\d{1,4}")
_MARKS = frozenset({"必填", "选填", "可选", "非必填", "必填项", "选填项"})


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
    numbers: set[str] = field(default_factory=set)
    """编号 of all rows, those with problems included: rows of other sheets may point at them."""


class _Column:
    """A column of a known field, with what its cells were found to mean so far."""

    __slots__ = ("cache", "field", "header", "index", "keep", "note")

    def __init__(self, index: int, field: Field, header: str) -> None:
        self.index = index
        self.field = field
        self.header = header
        self.cache: dict[Any, Read] = {}
        self.note = field.type is FieldType.NOTE
        self.keep = field.type not in _NOT_CACHED


class RowReader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: RawSheet, found: Understood, columns: Columns, catalogue: Catalogue) -> None:
        self.sheet = sheet
        self.register = found.register
        self.catalogue = catalogue
        self.columns = [_Column(i, one, columns.headers[i]) for i, one in columns.fields.items()]
        self.lookups = [(one.index, one.field.name, one.cache.get, one) for one in self.columns]
        self.header = columns
        self.needed = {one.name for one in self.register.fields if one.required}
        self.defaults: dict[str, Any] = {}
        there = {one.name for one in columns.fields.values()}
        for one in self.register.fields:
            if found.kind is not None and is_kinds(one) and one.name not in there:
                self.defaults[one.name] = [found.kind.name]
        self.clock_fields = [
            one.name for one in self.register.fields if one.type is FieldType.TIME and one.name not in there
        ]
        self.lost_clocks = 0
        self.result = ReadSheet()

    def read(self) -> ReadSheet:
        """All rows below the header."""
        last = header = self.header.row + self.sheet.first_row
        for number, row in self.sheet.checked():
            last = number
            if number > header and (any(map(_filled, row)) or self._broken_in(number)):
                self._row(number, row)
        for number in sorted({row for row, _column in self.sheet.broken if row > last}):
            if self._broken_in(number):  # the reader ends at the last cell that has a value
                self._row(number, ())
        if self.lost_clocks:
            self._note(f"日期栏中有{self.lost_clocks}处还写了钟点，只录入了日期。")
        return self.result

    def _broken_in(self, number: int) -> bool:
        broken = self.sheet.broken
        return bool(broken) and any((number, column.index) in broken for column in self.columns)

    def _row(self, number: int, row: Sequence[Any]) -> None:
        payload = dict(self.defaults)
        wrong: list[Problem] = []
        bad: set[str] = set()
        width, broken = len(row), self.sheet.broken
        for index, name, known, column in self.lookups:
            raw = row[index] if index < width else ""
            if raw == "" or raw is None:
                if broken:
                    self._empty(number, column, wrong, bad)
                continue
            # True equals 1 as a key of the cache, so booleans go the long way
            read = (None if raw is True or raw is False else known(raw)) or self._cell(column, raw)
            if read.why:
                wrong.append(self._problem(number, column, read.why))
                bad.add(name)
            elif read.value is not None:
                payload[name] = read.value
                if read.clocks:
                    self._clocks(column, read, payload)
        if payload == self.defaults and not bad:
            self._nothing(number, row)
            return
        self._finish(number, row, payload, wrong + self._missing(number, payload, bad))

    def _empty(self, number: int, column: _Column, wrong: list[Problem], bad: set[str]) -> None:
        """An empty cell is none if it only looks so to the reader."""
        why = self.sheet.broken.get((number, column.index))
        if why:
            wrong.append(self._problem(number, column, why))
            bad.add(column.field.name)

    def _cell(self, column: _Column, raw: Any) -> Read:
        if column.note and type(raw) is str:
            return Read(note_text(raw) or None)
        read = read_cell(self.catalogue, self.register, column.field, raw)
        short = not (isinstance(raw, str) and len(raw) > _CACHE_TEXT)
        if column.keep and short and not isinstance(raw, bool) and len(column.cache) < _CACHE_SIZE:
            column.cache[raw] = read
        return read

    def _clocks(self, column: _Column, read: Read, payload: dict[str, Any]) -> None:
        """Times that stood beside the day go into the fields for them, if the sheet has no such column."""
        fields = self.clock_fields if column.field.name == self.register.date_field else []
        if len(fields) < len(read.clocks):
            self.lost_clocks += 1
            return
        payload.update(zip(fields, read.clocks, strict=False))

    def _missing(self, number: int, payload: dict[str, Any], bad: set[str]) -> list[Problem]:
        if self.needed <= payload.keys():
            return []
        # a missing column was told once, for the sheet
        absent = self.needed - payload.keys() - bad
        return [
            self._problem(number, column, f"“{column.field.label}”必填，不能空着。")
            for column in self.columns
            if column.field.name in absent
        ]

    def _finish(self, number: int, row: Sequence[Any], payload: dict[str, Any], wrong: list[Problem]) -> None:
        why = self._set_aside(number, row) if wrong else _lone_note(row) if len(payload) == 1 else ""
        why = "是示例" if next(filter(_filled, row), "") == MARK else why
        if why:
            self._note(f"第{number}行{why}，未导入：{_short(row)}")
            return
        own = self._number(row)
        why = self._number_trouble(number, own)
        if why:
            column = self.register.link or NUMBER
            wrong.append(self.sheet.problem(why, row=number, column=column, index=self.header.number))
        if own:
            if own in self.result.numbers and not self.register.link:
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

    def _nothing(self, number: int, row: Sequence[Any]) -> None:
        """A row without a single known cell; lines that are only numbered in advance need no word."""
        said = [cell for place, cell in enumerate(row) if place != self.header.number and _filled(cell)]
        if all(_COUNT.fullmatch(number_text(cell)) for cell in said):
            return
        why = self._set_aside(number, row) or "没有可导入的内容"
        self._note(f"第{number}行{why}，未导入：{_short(row)}")

    def _set_aside(self, number: int, row: Sequence[Any]) -> str:
        """Why a row that cannot be read is no record: a note below the table, a repeated header."""
        filled = [cell for cell in row if _filled(cell)]
        words = [one_line(clean(cell)) for cell in filled if isinstance(cell, str)]
        headers = {header_key(text) for text in self.header.headers.values()}
        if len(words) == len(filled) and sum(header_key(word) in headers for word in words) * 2 > len(words):
            return "是重复的表头"
        if words and all(word in _MARKS for word in words):
            return "是填写提示"
        if len(filled) == 1 and len(words) == 1 and (number in self.sheet.merged or len(words[0]) > 20):
            return "像是表下的说明"
        first = next((cell for cell in row if _filled(cell)), "")
        few = len(filled) * 2 <= max(len(self.columns), 4)
        return "像是表下的说明" if few and isinstance(first, str) and _FOOTER.match(first.strip()) else ""

    def _number_trouble(self, number: int, own: str) -> str:
        """Why the cell that names the row, or the row it belongs to, cannot be read."""
        if len(own) > _LONGEST_NUMBER or _BEYOND_COUNT.fullmatch(own):
            return f"编号“{brief(own)}”太长，请改短。"
        return self.sheet.broken.get((number, self.header.number), "") if self.header.number >= 0 else ""

    def _number(self, row: Sequence[Any]) -> str:
        place = self.header.number
        return number_text(row[place]) if 0 <= place < len(row) else ""

    def _problem(self, number: int, column: _Column, message: str) -> Problem:
        return self.sheet.problem(message, row=number, column=column.header, index=column.index)

    def _note(self, text: str) -> None:
        self.result.notes.append(f"文件“{self.sheet.file}”工作表“{self.sheet.name}”{text}")


def number_text(cell: Any) -> str:
    """A cell of the column 编号: 12.0 is 12, s12 is S12."""
    if isinstance(cell, float) and abs(cell) < LONGEST_EXACT and cell == int(cell):
        return str(int(cell))
    return "".join(clean(str(cell)).split()).upper()


def _filled(cell: Any) -> bool:
    return cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace())


def _short(row: Sequence[Any]) -> str:
    text = one_line(" ".join(cell_text(cell) for cell in row if _filled(cell)))
    return f"“{text[:30]}…”" if len(text) > 30 else f"“{text}”"


def _lone_note(row: Sequence[Any]) -> str:
    """Why a row that holds one cell only is no record, though a sheet that asks for a name would take it."""
    filled = [cell for cell in row if _filled(cell)]
    lone = len(filled) == 1 and isinstance(filled[0], str)
    return "像是表下的说明" if lone and _NOTE.match(filled[0].strip()) else ""
