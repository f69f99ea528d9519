"""Opening a ledger for use, bringing an older one up to date, creating a new one."""

from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zhibu_cli.errors import ExistsError, LedgerBusyError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.store.connect import (
    APPLICATION_ID,
    HALF_WRITTEN,
    SCHEMA_VERSION,
    WAIT_SECONDS,
    WRITTEN,
    connect,
    connect_ledger,
    told,
)
from zhibu_cli.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhibu_cli.model.declare import Catalogue


def open_store(
    path: Path, *, write: bool = False, catalogue: Catalogue = CATALOGUE, wait: float = WAIT_SECONDS
) -> Store:
    """The ledger at ``path``; an older one is backed up beside itself and brought up to date first.

    Raises:
        LedgerNotFoundError: there is no such file.
        LedgerFormatError: it is no ledger, is damaged, or a newer program wrote it; it is unchanged.
        LedgerBusyError: somebody else is writing, or the folder cannot be written.
    """
    connection, version = connect_ledger(path, write=write, wait=wait)
    if version < SCHEMA_VERSION:
        connection.close()
        _upgrade(path, version, wait, catalogue)
        connection = connect(path, write=write, wait=wait)
    return Store(connection, path, catalogue)


def open_unchanged(
    path: Path, *, catalogue: Catalogue = CATALOGUE, wait: float = WAIT_SECONDS, restore: bool = False
) -> Store:
    """A ledger that is only looked at; arguments and errors as for ``connect_unchanged``."""
    connection = connect_unchanged(path, catalogue=catalogue, wait=wait, restore=restore)
    return Store(connection, path, catalogue)


def connect_unchanged(
    path: Path, *, catalogue: Catalogue = CATALOGUE, wait: float = WAIT_SECONDS, restore: bool = False
) -> sqlite3.Connection:
    """A connection to read a ledger by: the file stays as it is, an older one is made new in memory.

    ``restore``: what a crash left half written is undone; not in somebody else's ledger.

    Raises:
        LedgerNotFoundError, LedgerFormatError: as ``open_store``.
        LedgerBusyError: somebody is writing, or a crash left it half written.
    """
    connection, version = connect_ledger(path, wait=wait, restore=restore)
    if version == SCHEMA_VERSION:
        return connection
    with closing(connection), told(path):
        return _newer_copy(connection, path, catalogue)


def copy_ledger(path: Path, target: Path) -> None:
    """A copy of the file as it stands at one moment, whoever is writing meanwhile; ``target`` is new.

    Raises:
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_store``.
    """
    connection, _ = connect_ledger(path)
    with closing(connection), told(path), closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)


def _newer_copy(connection: sqlite3.Connection, path: Path, catalogue: Catalogue) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        _up_to_date(copy, path, catalogue)
    except BaseException:
        copy.close()
        raise
    return copy


@contextmanager
def create(
    path: Path,
    *,
    now: datetime,
    who: str,
    ledger_id: str = "",
    catalogue: Catalogue = CATALOGUE,
) -> Iterator[Store]:
    """A new ledger, filled inside the ``with`` block; the file appears only if that ends well.

    Raises:
        ExistsError: there is a file of that name already.
        LedgerBusyError: the folder cannot be written.
    """
    _must_be_free(path)
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        with Store(_new_file(draft, path), path, catalogue) as store, store.transaction():
            store.introduce(ledger_id or uuid.uuid4().hex, now=now, who=who)
            yield store
        _must_be_free(path)
        try:
            draft.rename(path)
        except OSError as error:
            raise _unwritable(path) from error
        WRITTEN.append(path)
    finally:
        draft.unlink(missing_ok=True)


def _must_be_free(path: Path) -> None:
    if path.exists():
        raise ExistsError(f"{path} 已存在，不会覆盖。", hint="换一个文件名，或直接使用这个台账。")
    for ending in HALF_WRITTEN:
        if (left := Path(f"{path}{ending}")).exists():
            raise ExistsError(
                f"{left} 是原来的台账写入中断时留下的，会写进新的台账里，没有建立。",
                hint="请把它和原来的台账放在一起，移到别处；或者换一个文件名。",
            )


def _unwritable(path: Path) -> LedgerBusyError:
    if not path.parent.is_dir():
        return LedgerBusyError(f"文件夹 {path.parent} 不存在。", hint="请先建好文件夹，或用 --db 另指一处。")
    return LedgerBusyError(f"{path.parent} 无法写入。", hint="请换一个能写入的文件夹，用 --db 指明。")


def _new_file(draft: Path, path: Path) -> sqlite3.Connection:
    """An empty ledger under a name for the time being; errors speak of the name it will have."""
    try:
        draft.touch()
    except OSError as error:
        raise _unwritable(path) from error
    connection = connect(draft, write=True)
    try:
        with told(path):
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            _migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    """Every missing migration, all or none."""
    from sqlite_utils import Database  # noqa: PLC0415 - heavy; for new and older files only

    from zhibu_cli.store.schema import MIGRATIONS  # noqa: PLC0415

    database = Database(connection)
    with database.atomic():
        MIGRATIONS.apply(database)


def _upgrade(path: Path, version: int, wait: float, catalogue: Catalogue) -> None:
    with closing(connect(path, write=True, wait=wait)) as connection, told(path):
        _back_up(connection, path, version)
        _up_to_date(connection, path, catalogue)


def _up_to_date(connection: sqlite3.Connection, path: Path, catalogue: Catalogue) -> None:
    _migrate(connection)
    store = Store(connection, path, catalogue)
    with store.transaction():
        store.fill_sketches()


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """A copy beside the ledger; an earlier copy is kept."""
    copy = Path(f"{path}.bak-v{version}")
    count = 1
    while copy.exists():
        count += 1
        copy = Path(f"{path}.bak-v{version}.{count}")
    with closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
