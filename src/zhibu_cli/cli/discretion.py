"""Nothing secret is kept: the bare words 绝密, 机密, 秘密 are asked about; marks are refused elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from zhibu_cli.cli import asking
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTICE = "不得录入国家秘密、工作秘密。"


def ask_about_words(places: Sequence[str], *, interactive: bool) -> None:
    """Ask at a terminal whether texts with such a word are free of secrets; elsewhere warn on stderr.

    Raises:
        typer.Abort: they are not.
    """
    if not places:
        return
    asking.note(f"注意：文字里有“{'”“'.join(map(one_line, places))}”。{NOTICE}")
    if interactive and not asking.confirm("确认不涉及国家秘密、工作秘密，继续吗？", default=False):
        raise typer.Abort
