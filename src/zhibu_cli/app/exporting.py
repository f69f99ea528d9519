"""Writing the ledger as the workbook or the JSON file that ``import`` reads back without loss."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.files import refuse_marked_name
from zhibu_cli.app.people_on_file import names_of
from zhibu_cli.app.saving import must_be_writable
from zhibu_cli.errors import InputError, LedgerBusyError, disk_trouble
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.store.store import Store

FORMATS = (".xlsx", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written where."""

    path: Path
    entries: int
    full: bool
    left_out: tuple[str, ...]
    """Labels of the confidential columns that have values and were not written."""


def export(
    path: Path,
    out: Path,
    actor: Actor,
    *,
    full: bool = False,
    overwrite: bool = False,
    catalogue: Catalogue = CATALOGUE,
) -> Exported:
    """Write the ledger to ``out``, by its suffix a workbook or JSON.

    ``full`` adds the confidential fields and, in JSON, all versions and the log; that such a file
    was made is noted in the ledger's log.

    Raises:
        InputError: no such format, or ``out`` is the ledger itself or no ordinary file.
        ClassifiedError: the name of ``out`` bears a classification mark.
        ExistsError: there is a file of that name and ``overwrite`` is not set.
        LedgerBusyError: the folder cannot be written.
    """
    from zhibu_cli.app.export_log import FULL
    from zhibu_cli.store.opening import open_store

    _check_target(path, out, overwrite=overwrite)
    with open_store(path, write=full, catalogue=catalogue) as store:
        ledger = _tables(store, catalogue)
        if full:
            with store.transaction():
                store.note(FULL, out.name, now=actor.now, who=actor.who)
                _write(store, ledger, out, catalogue, full=True)
        else:
            _write(store, ledger, out, catalogue, full=False)
    return Exported(
        path=out,
        entries=sum(map(len, ledger.values())),
        full=full,
        left_out=() if full else _left_out(ledger, catalogue),
    )


Tables = dict[str, list[tuple[str, "Mapping[str, Any]"]]]


def _tables(store: Store, catalogue: Catalogue) -> Tables:
    known = {register.name for register in catalogue.registers}
    tables: Tables = defaultdict(list)
    for entry in store.entries():
        if entry.register in known:
            tables[entry.register].append((entry.id, entry.payload))
    return tables


def _check_target(path: Path, out: Path, *, overwrite: bool) -> None:
    refuse_marked_name(out)
    if out.suffix.lower() not in FORMATS:
        raise InputError(f"不能写成“{out.name}”。", hint="文件名请以 .xlsx 或 .json 结尾。")
    must_be_writable([out], [path], overwrite=overwrite)


def _write(store: Store, ledger: Tables, out: Path, catalogue: Catalogue, *, full: bool) -> None:
    name_of = names_of(store, for_people=False)
    try:
        if out.suffix.lower() == ".xlsx":
            from zhibu_cli.exchange.workbook import write_workbook

            write_workbook(out, ledger, catalogue, ledger_id=store.ledger_id, name_of=name_of, full=full)
            return
        from zhibu_cli.exchange.jsonfile import write_json

        beyond = _beyond(store) if full else None
        write_json(
            out, ledger, catalogue, ledger_id=store.ledger_id, name_of=name_of, full=full, beyond=beyond
        )
    except OSError as error:
        raise LedgerBusyError(
            f"{out} 无法写入（{disk_trouble(error)}）。",
            hint="请检查文件夹能否写入，或关闭正在打开它的程序。",
        ) from error


def _beyond(store: Store) -> dict[str, Any]:
    """What no table holds: every version with its hash, the imports, the log, files beside the ledger."""
    return {
        "attachments": [
            {"id": entry.id, **entry.payload, "added_at": entry.first_entered_at.isoformat()}
            for entry in store.of_register("attachment")
        ],
        "versions": [*store.versions()],
        "imports": [
            {"id": run.id, "at": run.at.isoformat(), "by": run.by, "files": [*run.files]}
            for run in store.imports()
        ],
        "log": [
            {"at": line.at.isoformat(), "by": line.by, "action": line.action, "detail": line.detail}
            for line in store.log()
        ],
    }


def _left_out(ledger: Tables, catalogue: Catalogue) -> tuple[str, ...]:
    labels = [
        f"{register.title}·{field.label}"
        for register in catalogue.registers
        for field in register.fields
        if field.confidential and any(field.name in payload for _id, payload in ledger.get(register.name, ()))
    ]
    return tuple(labels)
