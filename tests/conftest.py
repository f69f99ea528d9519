"""What all tests share."""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

BYTECODE = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"


def pytest_configure() -> None:
    """Where Python is told to keep no bytecode, keep it in the cache of the tests.

    Else each of the hundred processes that tests start compiles the whole program anew.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(BYTECODE)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who waits for LibreOffice begins: at the end of a run one worker would wait for the other."""
    items.sort(key=lambda item: "set_by_office" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Seven thousand collected tests are no garbage: looking through them again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Ledgers of tests need not outlive a power cut; waiting for the disk took a third of the run."""
    really = sqlite3.connect

    def connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = really(*args, **kwargs)
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        yield
