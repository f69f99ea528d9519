"""Answers to commands that write: what is now recorded, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import format_field
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.model.declare import Catalogue, Field


def day_text(day: date) -> str:
    """``2026年3月5日（星期四）``."""
    return f"{chinese_date(day)}（{weekday(day)}）"


def readable(catalogue: Catalogue, field: Field, value: Any, name_of: Callable[[str], str] = str) -> str:
    """A value as people read it; days with their weekday."""
    if field.type is FieldType.DATE and isinstance(value, str):
        return day_text(date.fromisoformat(value))
    return format_field(catalogue, field, value, name_of)
