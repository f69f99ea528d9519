"""The program in a process of its own, with its rules compiled, as it is installed.

A checkout reads the rules from TOML, which takes longer than most of what is tried here.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from zhibu_cli.resources import compile_packs, packs_dir


@cache
def entry(call: str = "sys.exit(main())") -> str:
    """What ``python -c`` runs: ``call``, with ``main`` at hand."""
    rules = str(Path(_folder().name) / "packs.json")
    Path(rules).write_text(compile_packs(packs_dir()), encoding="utf-8")
    compiled = f"from zhibu_cli import resources; resources._COMPILED = {rules!r}"
    return f"import sys; {compiled}; from zhibu_cli.cli.run import main; {call}"


def again(times: int) -> str:
    """The same command so many times in one process, with the code of each after ``CODE``."""
    return entry(f"[print('CODE', main(sys.argv[1:]), flush=True) for _ in range({times})]")


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="zhibu-tests-")
