"""A line typed at a terminal that can do more than a bare one, by prompt_toolkit.

It edits Chinese by display width also where the system's line editor does not, speaks to Windows
consoles directly, and takes a paste of many lines as one answer: with ``input`` every pasted line would
answer the next question. Imported for a question only: it costs 117 ms.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, Completion

from zhibu_cli.pinyin import starts_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

_LAST_WORD = re.compile(r"[^\s、，,；;＝=（(-]*$")
_MENU_LINES = 6


class _Names(Completer):
    """Names that begin as the last word does, or with the letters of it."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """The names; nothing before something is typed."""
        del complete_event
        match = _LAST_WORD.search(document.text_before_cursor)
        word = match[0] if match else ""
        for name in self._names if word else ():
            if name.startswith(word) or starts_with(name, word):
                yield Completion(name, start_position=-len(word))


def prompted(prompt: str, names: Sequence[str] = ()) -> str:
    """One answer; Ctrl-C and Ctrl-D raise as they do for ``input``."""
    without_report()
    session: PromptSession[str] = PromptSession(
        completer=_Names(names) if names else None,
        complete_while_typing=bool(names),
        reserve_space_for_menu=_MENU_LINES if names else 0,
    )
    return session.prompt(prompt)


def without_report() -> None:
    """Do not ask the terminal where its cursor is: some never answer, and a warning would appear."""
    import os

    os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")


def usable() -> bool:
    """Whether the library can write here; a Windows program in a Unix terminal has no console."""
    if sys.platform != "win32":
        return True
    from prompt_toolkit.output.defaults import create_output

    try:
        create_output()
    except Exception as error:  # noqa: BLE001 - its class exists on Windows only
        return type(error).__name__ != "NoConsoleScreenBufferError"
    return True
