"""The ledgers of other branches: their texts, to compare with those of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.errors import InputError, LedgerFormatError
from zhibu_cli.model.texts import ForeignText, current_sketch
from zhibu_cli.store.opening import open_store, open_unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry


def foreign_texts(own: Path, others: Sequence[Path], catalogue: Catalogue) -> tuple[ForeignText, ...]:
    """The texts of the other ledgers: branch, number, day and kinds of each record, and its sketch.

    Nobody's name and no word of the record leaves the other ledger.

    Raises:
        InputError: one of them is the own ledger, or given twice.
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_unchanged``.
    """
    with open_store(own, catalogue=catalogue) as store:
        seen = {store.ledger_id}
    found: list[ForeignText] = []
    for path in others:
        with open_unchanged(path, catalogue=catalogue) as store:
            if store.ledger_id in seen:
                raise InputError(
                    f"{path} 与另一个文件是同一个台账。", hint="--with 后面写别的支部的台账文件，一个写一次。"
                )
            seen.add(store.ledger_id)
            entries = store.entries(sketches=True)
        found += _texts(path, entries, catalogue)
    return tuple(found)


def _texts(path: Path, entries: Sequence[Entry], catalogue: Catalogue) -> Iterator[ForeignText]:
    branch = next((entry.payload["name"] for entry in entries if entry.register == "branch"), "")
    if not branch:
        raise LedgerFormatError(f"{path} 中没有“支部信息”。", hint="请用 --with 指明别的支部的台账文件。")
    names = tuple(entry.payload["name"] for entry in entries if entry.register == "member")
    registers = {register.name: register for register in catalogue.registers if register.texts}
    for entry in entries:
        if entry.register in registers and entry.day:
            yield ForeignText(
                branch=branch,
                id=entry.id,
                day=entry.day,
                kinds="、".join(catalogue.kind(kind).label for kind in entry.kinds),
                register=entry.register,
                sketch=current_sketch(entry, registers[entry.register], names),
            )
