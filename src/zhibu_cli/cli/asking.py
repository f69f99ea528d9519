"""Questions at a terminal: one line each, Chinese, an empty answer leaves an optional value blank."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer

from zhibu_cli.cli.streams import put, put_aside
from zhibu_cli.text import clean, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Complaint = str
"""What is wrong with an answer, one sentence; empty where nothing is."""


def say(text: str = "") -> None:
    """A line of a result; what could steer the terminal is shown as a mark instead."""
    put(visible(text))


def note(text: str) -> None:
    """A line beside the result: to stderr."""
    put_aside(visible(text))


def read_line(prompt: str, names: Sequence[str] = ()) -> str:
    """One line as typed; Ctrl-D raises EOFError, Ctrl-C KeyboardInterrupt: both cancel the command.

    ``names`` are offered while somebody types, where the terminal can show them.
    """
    if _rich_terminal():
        from zhibu_cli.cli.prompting import prompted, usable

        if usable():
            return prompted(visible(prompt), names).strip()
    return input(visible(prompt)).strip()


def _rich_terminal() -> bool:
    """Whether a person sits at a terminal that can move its cursor."""
    typed_at = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    plain = {"dumb"} if sys.platform == "win32" else {"", "dumb", "unknown"}
    return typed_at and os.environ.get("TERM", "win" if sys.platform == "win32" else "") not in plain


def ask(
    label: str,
    *,
    help_text: str = "",
    required: bool = False,
    complain: Callable[[str], Complaint] | None = None,
) -> str:
    """Ask until the answer can be taken; an empty one is taken where the value is optional."""
    mark = "*" if required else ""
    say(f"  {help_text}") if help_text else None
    while True:
        answer = read_line(f"{label}{mark}：")
        problem = _complaint(answer, required, complain)
        if not problem:
            return answer
        say(f"  {problem}")


def _complaint(answer: str, required: bool, complain: Callable[[str], Complaint] | None) -> Complaint:
    if not answer:
        return "这一项不能空；按 Ctrl-C 可放弃。" if required else ""
    return complain(answer) if complain else ""


def ask_lines(label: str, *, help_text: str = "") -> str:
    """Several lines, ended by an empty one."""
    say(f"{label}（可多行，空行结束；没有就直接回车）：")
    say(f"  {help_text}") if help_text else None
    lines: list[str] = []
    while line := read_line("  "):
        lines.append(line)
    return "\n".join(lines)


def confirm(question: str, *, default: bool) -> bool:
    """Yes or no; an empty answer is the default."""
    choices = "〔回车＝是，n＝否〕" if default else "〔y＝是，回车＝否〕"
    while True:
        answer = clean(read_line(f"{question}{choices}")).lower()
        if not answer:
            return default
        if answer in {"y", "yes", "是"}:
            return True
        if answer in {"n", "no", "否"}:
            return False
        say("  请答 y 或 n。")


def confirm_or_cancel(question: str) -> None:
    """Go on only after a yes.

    Raises:
        typer.Abort: the answer was no.
    """
    if not confirm(question, default=True):
        raise typer.Abort


def choose(question: str, choices: Sequence[str], read: Callable[[str], str] = read_line) -> int:
    """The index of the choice whose number or name was typed."""
    for number, choice in enumerate(choices, 1):
        say(f"  {number}  {choice}")
    while True:
        answer = read(f"{question}：")
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return int(answer) - 1
        if answer in choices:
            return choices.index(answer)
        say(f"  请写 1 到 {len(choices)}。")
