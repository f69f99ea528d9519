"""Nothing secret is kept: the bare words 绝密, 机密, 秘密 are asked about, marks are refused elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from zhibu_cli.cli import asking

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NOTICE = "不得录入国家秘密、工作秘密。"


def ask_about_words(values: Mapping[str, Any], *, interactive: bool) -> None:
    """Ask at a terminal whether a text with such a word is free of secrets; elsewhere warn on stderr.

    Raises:
        typer.Abort: it is not.
    """
    from zhibu_cli.model.secrecy import classification_mark, classification_words

    texts = list(_texts(values))
    found = [part for text in texts if not classification_mark(text) for part in classification_words(text)]
    if not found:
        return
    asking.note(f"注意：文字里有“{'”“'.join(dict.fromkeys(found))}”。{NOTICE}")
    if interactive and not asking.confirm("确认不涉及国家秘密、工作秘密，继续吗？", default=False):
        raise typer.Abort


def _texts(values: Mapping[str, Any]) -> Iterator[str]:
    for value in values.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (part for part in value if isinstance(part, str))
