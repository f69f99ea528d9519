"""Small workbooks for the tests of import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl

from zhibu_cli.exchange.batch import read_batch
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from zhibu_cli.exchange.draft import Batch
    from zhibu_cli.model.declare import Catalogue

MEMBER_HEAD = ("姓名", "入党时间", "党员类别")
SITTING = CATALOGUE.register("sitting")
SITTING_HEAD = ("编号", "类型", "日期", "地点", "应到", "实到")


def write(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these rows; text that begins with = is written as text."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def read(path: Path, *more: Path, catalogue: Catalogue = CATALOGUE) -> Batch:
    return read_batch([path, *more], catalogue)


def payloads(batch: Batch, register: str = "") -> list[dict[str, Any]]:
    return [dict(d.payload) for d in batch.drafts if register in ("", d.register.name)]


def places(batch: Batch) -> list[tuple[str, int | None, str]]:
    return [(problem.sheet, problem.row, problem.column) for problem in batch.problems]
