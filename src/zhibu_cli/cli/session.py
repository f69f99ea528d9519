"""What a run of the program is given from outside: the clock, the environment, the declarations."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from zhibu_cli.app.context import Actor
    from zhibu_cli.model.declare import Catalogue


def _catalogue() -> Catalogue:
    from zhibu_cli.model.catalogue import CATALOGUE

    return CATALOGUE


@dataclass(frozen=True, kw_only=True)
class Session:
    """One run: nothing else in the program asks for the time or the environment."""

    catalogue_source: Callable[[], Catalogue] = _catalogue
    clock: Callable[[], datetime] = datetime.now
    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    cwd: Callable[[], Path] = Path.cwd
    interactive: Callable[[], bool] = lambda: all(
        stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)
    )

    @property
    def catalogue(self) -> Catalogue:
        """The declarations; the program's own are imported only when they are asked for."""
        return self.catalogue_source()

    @property
    def now(self) -> datetime:
        """The local time, to the second."""
        return self.clock().replace(microsecond=0)

    @property
    def today(self) -> date:
        """The local day."""
        return self.clock().date()

    @property
    def data_home(self) -> Path:
        """The user's data folder, where a ledger is looked for last."""
        if sys.platform == "win32":
            base = self.env.get("LOCALAPPDATA", "")
            return Path(base or Path.home() / "AppData" / "Local") / "zhibu"
        return Path(self.env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "zhibu"

    def ledger(self, db: Path | None) -> Path:
        """The ledger meant by ``--db``, the environment or the default places."""
        from zhibu_cli.app.files import find_ledger

        return find_ledger(db, self.env, self.cwd(), self.data_home)

    def ledger_if_any(self, db: Path | None) -> Path | None:
        """The same, or None where nobody named one and there is none."""
        from zhibu_cli.errors import LedgerNotFoundError

        try:
            return self.ledger(db)
        except LedgerNotFoundError:
            if db is not None:
                raise
            return None

    def actor(self, by: str | None) -> Actor:
        """Who acts, and when: ``--by``, ``ZHIBU_USER``, the login of the computer."""
        from zhibu_cli.app.context import Actor

        return Actor(who=by or self.env.get("ZHIBU_USER") or self._login(), now=self.now)

    def _login(self) -> str:
        import getpass

        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "未署名"
