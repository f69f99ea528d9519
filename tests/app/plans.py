"""What a plan of 2026 shows, seen before the year begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.app import planning

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.planning import PlanView

BEFORE = date(2025, 12, 1)


def view(path: Path, year: int = 2026, as_of: date = BEFORE) -> PlanView:
    return planning.plan(path, year, as_of).view


def numbers(path: Path, **wanted: Any) -> list[str]:
    """Numbers of the plan's rows with these fields."""
    items = [row.item for row in view(path).rows if row.item is not None]
    return [one.id for one in items if all(getattr(one, name) == value for name, value in wanted.items())]
