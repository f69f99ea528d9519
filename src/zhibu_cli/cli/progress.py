"""A bar on stderr while a long job runs, at a terminal only."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from zhibu_cli.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rich.progress import TaskID

    from zhibu_cli.progress import Tick

_WORTH = 2**20
"""Bytes of files from which on an import takes long enough to be watched."""


@contextmanager
def watched(files: Sequence[Path]) -> Iterator[Tick]:
    """The one to tell how far an import of these files has come."""
    if not (_at_terminal() and sum(_size(path) for path in files) >= _WORTH):
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    said = TextColumn("{task.description} {task.completed:,} 行")
    with Progress(said, BarColumn(), console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tick(what: str, rows: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None)
            bar.advance(tasks[what], rows)

        yield tick


def _at_terminal() -> bool:
    return bool(sys.stderr and sys.stderr.isatty()) and os.environ.get("TERM") != "dumb"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
