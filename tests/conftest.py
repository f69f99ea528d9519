"""What all tests share."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


def pytest_configure() -> None:
    """Keep bytecode even where Python is told to keep none.

    Else each worker, and each of the processes that tests start, compiles the whole program anew.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection(session: pytest.Session) -> None:
    """Load the test modules before they are looked through, every other worker from the end on.

    In a fresh checkout each has to be compiled: where two workers meet, each reads what the other has done.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return
    asked = [Path(place.partition("::")[0]).resolve() for place in session.config.args]
    modules = sorted(path for path in HERE.rglob("test_*.py") if any(map(path.is_relative_to, asked)))
    for path in reversed(modules) if int(worker.removeprefix("gw")) % 2 else modules:
        with contextlib.suppress(Exception):  # told when it is looked through
            importlib.import_module(".".join(path.relative_to(HERE.parent).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who waits for LibreOffice begins: at the end of a run one worker would wait for the other."""
    items.sort(key=lambda item: "set_by_office" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """Seven thousand collected tests are no garbage: looking through them again and again takes time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def _each_template_is_prepared_once() -> Iterator[None]:
    """What docxtpl makes of the XML of a template depends on nothing else; a tenth of all papers' time."""
    from docxtpl import DocxTemplate

    really, kept = DocxTemplate.patch_xml, dict[str, str]()

    def patched(self: DocxTemplate, xml: str) -> str:
        if xml not in kept:
            kept[xml] = really(self, xml)
        return kept[xml]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DocxTemplate, "patch_xml", patched)
        yield


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
