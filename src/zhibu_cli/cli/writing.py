"""Results to stdout or into a file that is not overwritten unasked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from zhibu_cli.cli.asking import note, say
from zhibu_cli.text import visible

if TYPE_CHECKING:
    from pathlib import Path


def deliver(text: str, out: Path | None) -> None:
    """Print the text, or write it into ``out`` as UTF-8 and say so."""
    if out is None:
        say(text.rstrip("\n"))
        return
    out.write_text(visible(text.rstrip("\n")) + "\n", encoding="utf-8", newline="\n")
    note(f"已写到 {out}")


def log_files(ledger: Path, title: str, *files: Path, by: str | None = None) -> None:
    """A line of the ledger's log: who took what out when; a word where it could not be written."""
    from zhibu_cli.app.export_log import note_paper
    from zhibu_cli.cli.options import session_of

    if trouble := note_paper(ledger, title, files, session_of().actor(by)):
        note(trouble)


def json_text(value: Any, *, to_file: bool) -> str:
    """JSON with Chinese as it is, or escaped where the terminal's encoding would lose characters."""
    import json

    plain = to_file or "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()
    return json.dumps(value, ensure_ascii=not plain, indent=2)
