"""The sheet of two columns 项目 / 内容: one entry for the whole ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.cells import Read, read_cell
from zhibu_cli.exchange.colnames import header_key, key
from zhibu_cli.exchange.rows import ReadRow, ReadSheet
from zhibu_cli.model.people_sheets import STARTS
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhibu_cli.exchange.colnames import Names
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Field, Register

_START_FIELD = "ledger_from"
_DOT = re.compile(r"[·•・‧∙⋅.\-—:/]|的(?=.)")
_HEADINGS = frozenset({"项目", "内容", "名称内容", "填写内容"})


def read_pairs(sheet: RawSheet, register: Register, catalogue: Catalogue, names: Names) -> ReadSheet:
    """The entry of the sheet, or its problems."""
    result = ReadSheet()
    payload: dict[str, Any] = {}
    first = 0
    for number, row in sheet.checked():
        place, label, content = _pair(row)
        field, about = _field(label, catalogue, names.fields)
        if field is None:
            _leave(sheet, number, label, content, result)
            continue
        first = first or number
        broken = sheet.broken.get((number, place + 1), "")
        if broken or content not in ("", None):
            read = Read(None, broken) if broken else read_cell(catalogue, register, field, content)
            _take(payload, field, about, read.value)
            if read.why:
                wrong = sheet.problem(read.why, row=number, column=label, index=place + 1)
                result.problems.append(wrong)
    if payload or result.problems:  # a sheet that was left blank says nothing
        told = {names.fields.get(header_key(one.column.split("（")[0])) for one in result.problems}
        for label in (
            f.label for f in register.fields if f.required and f.name not in payload and f not in told
        ):
            why = f"“{label}”必填，不能空着。"
            result.problems.append(sheet.problem(why, row=first or sheet.first_row, column=label))
    if not result.problems and payload:
        result.rows.append(ReadRow(row=first, number="", payload=payload))
    return result


def _take(payload: dict[str, Any], field: Field, about: str, value: Any) -> None:
    if value is not None and about:
        payload.setdefault(STARTS, {})[about] = value
    elif value is not None:
        payload[field.name] = value


def _pair(row: Sequence[Any]) -> tuple[int, str, Any]:
    """The place of the label, the label and what stands right of it."""
    for place, cell in enumerate(row):
        if isinstance(cell, str) and cell.strip():
            return place, one_line(cell), row[place + 1] if place + 1 < len(row) else ""
    return 0, "", ""


def _field(label: str, catalogue: Catalogue, table: Mapping[str, Field]) -> tuple[Field | None, str]:
    """The field a label names; for 台账起始日·谈心谈话 also the register or kind it is about."""
    field = table.get(header_key(label))
    if field is not None or not label:
        return field, ""
    head, *rest = _DOT.split(label, maxsplit=1)
    start = table.get(header_key(head))
    if start is not None and start.name == _START_FIELD and rest:
        about = catalogue.named(key(rest[0]), key)
        return (start, about) if about else (None, "")
    return None, ""


def start_label(name: str, register: Register, catalogue: Catalogue) -> str:
    """The row's label for the start of a register or kind, as written by export."""
    return f"{register.field(_START_FIELD).label}·{catalogue.title_of(name)}"


def _leave(sheet: RawSheet, number: int, label: str, content: Any, result: ReadSheet) -> None:
    if label and key(label) not in _HEADINGS and content not in ("", None):
        text = f"文件“{sheet.file}”工作表“{sheet.name}”第{number}行的项目“{label[:30]}”不认识，未导入。"
        result.notes.append(text)
