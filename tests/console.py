"""The program in this process on a console of another encoding: bytes out, as the console gets them."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from zhibu_cli.cli.run import main


@dataclass(frozen=True)
class Shown:
    """What the console got."""

    code: int
    out: str
    err: str


def on_console(encoding: str, *argv: str) -> Shown:
    """Run the program; its output is read back in the console's own encoding.

    The streams are as Python opens them for ``PYTHONIOENCODING``: strict on stdout, not on stderr.
    """
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    err = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO())
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            code = main(argv)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0
    return Shown(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.seek(0)  # and so what waits is written
    return bytes(stream.buffer.read()).decode(stream.encoding)
