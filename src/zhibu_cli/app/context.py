"""Who acts, and when: given to every use case that writes."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person at the keyboard and the local time at which zhibu takes something in."""

    who: str
    now: datetime

    @property
    def today(self) -> date:
        """The day of the action."""
        return self.now.date()


def writes() -> int:
    """How often this process has written into a ledger so far."""
    connect = sys.modules.get("zhibu_cli.store.connect")  # where nothing was opened, nothing is loaded
    return len(connect.WRITTEN) if connect else 0
