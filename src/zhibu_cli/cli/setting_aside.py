"""An entry that is not finished: kept as a draft on the user's word, or where it would be lost."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

import typer

from zhibu_cli.app import drafts
from zhibu_cli.cli.asking import note, say
from zhibu_cli.errors import ZhibuError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    from zhibu_cli.cli.interview import Interview

_CLOSED = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGTERM", "SIGBREAK") if hasattr(signal, name))
"""What the system sends where the window is closed."""


def set_aside(talk: Interview, draft: Path | None) -> None:
    """Keep what was answered, over the draft from which it was taken up."""
    place = keep(talk, draft)
    say(f"已留作草稿 {place.name}，还没有记入台账；下次用 zhibu record 接着写。")


def keep(talk: Interview, draft: Path | None) -> Path:
    """Write the draft."""
    kept = drafts.Draft(
        register=talk.register.name,
        kinds=tuple(kind.name for kind in talk.kinds),
        values=talk.values,
        at=f"{talk.actor.now:%Y-%m-%d %H:%M}",
        by=talk.actor.who,
    )
    return drafts.save_draft(talk.path, kept, draft)


@contextlib.contextmanager
def kept_on_trouble(talk: Interview, draft: Path | None) -> Iterator[None]:
    """Keep a draft where an error or a closed window would lose what was answered; Ctrl-C keeps none."""

    def closed(number: int, _frame: FrameType | None) -> None:
        for one in _CLOSED:  # terminal and system may both send one: a second draft would be written
            signal.signal(one, signal.SIG_IGN)
        if talk.values != begun:
            with contextlib.suppress(ZhibuError):
                keep(talk, draft)
        os._exit(128 + number)

    begun = dict(talk.values)
    before = {number: signal.signal(number, closed) for number in _CLOSED}
    try:
        yield
    except (typer.Abort, EOFError):
        raise
    except Exception:
        if talk.asked:
            with contextlib.suppress(ZhibuError):
                note(f"写到一半的内容留作草稿 {keep(talk, draft).name}；用 zhibu record 接着写。")
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
