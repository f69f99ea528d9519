"""Folders that many tests begin with: built for the first of them, copied for all others."""

from __future__ import annotations

import inspect
import shutil
import tempfile
from functools import cache, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def once(build: Callable[..., T]) -> Callable[..., T]:
    """Below ``@pytest.fixture``: run the function once and give every later test a copy of ``tmp_path``.

    What it fills may not differ from test to test. It returns a path in the folder, or one of the fixtures
    that it was given.
    """
    kept: list[tuple[Path, Any]] = []
    wants = inspect.signature(build).parameters

    @wraps(build)
    def fixture(tmp_path: Path, **given: Any) -> Any:
        given |= {"tmp_path": tmp_path} if "tmp_path" in wants else {}
        if kept:
            folder, back = kept[0]
            shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
            return tmp_path / back if isinstance(back, Path) else given[back]
        made = build(**given)
        copy = shutil.copytree(tmp_path, Path(tempfile.mkdtemp(dir=_folder())) / "copy")
        kept.append((copy, made.relative_to(tmp_path) if isinstance(made, Path) else _name(made, given)))
        return made

    shown = [wants[name] for name in wants if name != "tmp_path"]
    own = inspect.Parameter("tmp_path", inspect.Parameter.KEYWORD_ONLY)
    fixture.__signature__ = inspect.Signature([*shown, own])  # type: ignore[attr-defined]
    return fixture


def _name(made: object, given: dict[str, Any]) -> str:
    return next(name for name, value in given.items() if value is made)


@cache
def _open() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="zhibu-tests-")


def _folder() -> str:
    return _open().name
