"""Entries that were set aside half-way: files beside the ledger that only their writer may read.

A draft is no record: nothing counts it, and the ledger does not know of it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.errors import InputError, LedgerBusyError, disk_trouble

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhibu_cli.app.taking import Given

_FORMAT = "zhibu-draft"
_ENDING = ".draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was answered so far, as text."""

    register: str
    kinds: tuple[str, ...]
    """Names of the kinds among which the record is one."""
    values: Mapping[str, Given]
    at: str
    """When it was set aside, ``2026-03-09 10:30``."""
    by: str


def save_draft(ledger: Path, draft: Draft, target: Path | None = None) -> Path:
    """Keep a draft beside the ledger, over ``target`` where it was taken up from there.

    Raises:
        ClassifiedError: a text bears a classification mark; nothing was kept.
        LedgerBusyError: the folder cannot be written.
    """
    refuse_classified(draft.values)
    place = target or _free(ledger)
    half = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    text = json.dumps({"format": _FORMAT, "version": 1, **asdict(draft)}, ensure_ascii=False, indent=1)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(text.encode("utf-8", "replace"))
        half.replace(place)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise LedgerBusyError(
            f"草稿没有存成：{disk_trouble(error)}。", hint=f"请看文件夹 {place.parent} 能否写入。"
        ) from error
    return place


def drafts_of(ledger: Path) -> list[tuple[Path, Draft]]:
    """The drafts beside a ledger, oldest name first.

    Raises:
        InputError: one of them cannot be read.
    """
    found = sorted(ledger.parent.glob(f"{_escaped(ledger.name)}{_ENDING}*"), key=lambda path: path.name)
    return [(path, _read(path)) for path in found]


def drop_draft(path: Path) -> None:
    """Remove a draft."""
    path.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    from glob import escape

    return escape(name)


def _free(ledger: Path) -> Path:
    count, path = 1, ledger.with_name(f"{ledger.name}{_ENDING}")
    while path.exists():
        count += 1
        path = ledger.with_name(f"{ledger.name}{_ENDING}-{count}")
    return path


def _read(path: Path) -> Draft:
    try:
        table: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        {(_FORMAT, 1): None}[table["format"], table["version"]]
        return Draft(
            register=table["register"],
            kinds=tuple(table["kinds"]),
            values=dict(table["values"]),
            at=table["at"],
            by=table["by"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"草稿 {path} 读不出来。", hint="请把这个文件移到别处，再执行一次。") from error
