"""The cells of a long sheet are freed as soon as its rows are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from zhibu_cli.exchange import reader
from zhibu_cli.exchange.batch import read_batch
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from zhibu_cli.exchange.raw import RawFile


def test_after_the_rows_of_a_sheet_are_read_its_cells_are_let_go_and_the_rows_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "组织生活"
    for row in (
        ["类型", "日期", "地点"],
        ["支部委员会", "2026-03-05", "三楼"],
        ["党课", "2026-03-06", "三楼"],
    ):
        sheet.append(row)
    book.save(tmp_path / "台账.xlsx")
    files: list[RawFile] = []
    real = reader.read_file

    def kept(path: Path) -> RawFile:
        files.append(real(path))
        return files[-1]

    monkeypatch.setattr("zhibu_cli.exchange.batch.read_file", kept)
    batch = read_batch([tmp_path / "台账.xlsx"], CATALOGUE)
    assert [draft.payload["date"] for draft in batch.drafts] == ["2026-03-05", "2026-03-06"]
    places = [draft.payload["place"] for draft in batch.drafts]
    assert places == ["三楼", "三楼"]
    assert places[0] is places[1], "one text, however many rows have it"
    assert list(files[0].sheets[0].rows) == []
