"""The program in a process of its own, with its rules compiled, as it is installed.

A checkout reads the rules from TOML, which takes longer than most of what is tried here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.resources import compile_packs, packs_dir

if TYPE_CHECKING:
    from collections.abc import Iterable


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


_FORKED = """
import gc, json, os
from zhibu_cli.app import checking, listing, recording
from zhibu_cli.cli import check, listing, root, showing
gc.freeze()
def stream(fd, end):
    if end == "closed":
        os.close(fd)
        return None
    if end == "gone":
        read, to = os.pipe()
        os.close(read)
    else:
        to = os.open(end, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(to, fd)
    os.close(to)
    errors, buffering = ("strict", -1) if fd == 1 else ("backslashreplace", 1)
    return open(fd, "w", buffering, encoding="utf-8", errors=errors, closefd=False)
runs, codes = json.loads(sys.argv[1]), []
for argv, out, err in runs:
    if not (run := os.fork()):
        sys.stdout = sys.__stdout__ = stream(1, out)
        sys.stderr = sys.__stderr__ = stream(2, err)
        sys.exit(main(argv))
    codes.append(os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]))
print(json.dumps(codes))
"""


class Ended(NamedTuple):
    """How a process ended: the code, and what it wrote into files that it had for stdout and stderr."""

    code: int
    out: str
    err: str


def forked(folder: Path, runs: Iterable[tuple[str, str, str]], **env: str) -> list[Ended]:
    """Each command line in a process of its own with these ends of stdout and stderr.

    ``gone``: a pipe that nobody reads any more; ``closed``: none; a device; empty: a file, read back.
    The processes are forks of one, which has loaded most of the program; each ends as Python ends.
    """
    out, err = (str(Path(_folder().name) / name) for name in ("out", "err"))
    ended = []
    asked = [
        (line.split(), first or f"{out}{n}", second or f"{err}{n}")
        for n, (line, first, second) in enumerate(runs)
    ]
    outside = {key: value for key, value in os.environ.items() if key != "ZHIBU_DB"}
    done = subprocess.run(
        [sys.executable, "-c", entry(f"exec({_FORKED!r})"), json.dumps(asked)],
        cwd=folder,
        env={**outside, "XDG_DATA_HOME": str(folder), "PYTHONUTF8": "1", **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=60,
    )
    for code, (_, *files) in zip(json.loads(done.stdout.splitlines()[-1]), asked, strict=True):
        ended.append(Ended(code, *(_read(Path(file)) for file in files)))
    return ended


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="zhibu-tests-")
