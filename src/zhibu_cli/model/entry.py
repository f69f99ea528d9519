"""One entry of the ledger as it stands: its envelope and its payload."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An earlier version of an entry, whole."""

    version: int
    entered_at: datetime
    entered_by: str
    reason: str
    voided: bool
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The newest version of one row of a register.

    ``payload`` holds field name -> value in the JSON forms of ``declare.FieldType``; a field that
    was left empty is absent.
    """

    id: str
    register: str
    kinds: tuple[str, ...]
    """Names of the kinds it bears; most registers have one kind only."""
    day: date | None
    """The day it happened, where the register has one."""
    payload: Mapping[str, Any]
    version: int = 1
    entered_at: datetime
    """When zhibu took this version in (local time)."""
    entered_by: str
    reason: str = ""
    voided: bool = False
    origin: str = ""
    """The number of the import (``I1``) that brought this version in; empty: typed in."""
    earlier: tuple[Revision, ...] = ()
    """Earlier versions, oldest first."""
    sketch: bytes = field(default=b"", compare=False, repr=False)
    """The sketch of its text (``model/sketch.py``); empty: none is stored, or nobody asked for it."""

    @property
    def first_entered_at(self) -> datetime:
        """When zhibu first took the entry in."""
        return self.earlier[0].entered_at if self.earlier else self.entered_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One run of ``zhibu import``."""

    id: str
    at: datetime
    by: str
    files: tuple[str, ...]
    """Names (without folders) of the files taken in."""
