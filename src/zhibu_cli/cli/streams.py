"""Output that outlives its reader: a closed pipe ends nothing, a full stderr changes no code.

A command is not stopped by a reader that leaves (``zhibu check | head -1``): what it writes is written,
and its own code is returned.
"""

from __future__ import annotations

import codecs
import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


def steady() -> None:
    """Let output never fail on a character that the terminal's encoding does not know.

    A Windows console in GBK cannot show every name; a mark in its place is better than a crash. ASCII
    only means that no language is set: such systems show UTF-8.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            plain = codecs.lookup(stream.encoding).name == "ascii"
            reconfigure(encoding="utf-8" if plain else None, errors="replace")


def put(text: str) -> None:
    """A line to stdout; dropped where the reader has gone.

    Raises:
        OSError: it cannot be written for another reason, such as a full disk.
    """
    stream = sys.stdout
    if stream is None:  # closed by whoever started the program
        return
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError as error:
        drop(stream)
        if not reader_gone(error):
            raise


def put_aside(text: str) -> None:
    """A line to stderr; dropped where that cannot be written, for whatever reason."""
    stream = sys.stderr
    if stream is None:
        return
    try:
        stream.write(text + "\n")
        stream.flush()
    except OSError:
        drop(stream)


def reader_gone(error: BaseException | None) -> bool:
    """Whether a write failed only because nobody reads any longer."""
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


def drop(stream: TextIO) -> None:
    """Send what is still waiting, and all that follows, nowhere: else the interpreter fails at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
