"""What the tests of habits share: the head of a small sheet, what comes of its rows, what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.exchange.sheets import read, write

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.exchange.draft import Batch

HEAD = ["类型", "日期", "内容"]


def of(tmp_path: Path, rows: list[list[Any]], sheet: str = "组织生活", file: str = "a.xlsx") -> Batch:
    return read(write(tmp_path / file, {sheet: rows}))


def told(batch: Batch, words: str) -> list[str]:
    return [note for note in batch.notes if words in note]
