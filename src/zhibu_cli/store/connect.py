"""Opening a ledger file: is it one, is it ours to read, is somebody else writing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from zhibu_cli.errors import LedgerBusyError, LedgerFormatError, LedgerNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_VERSION = 3
"""The number of steps in ``tables.py``; a test holds the two equal."""

APPLICATION_ID = 0x5A484942
"""``ZHIB``: by this SQLite's own header says that the file is a ledger of ours."""

WAIT_SECONDS = 5.0
"""How long to wait for another program that is writing."""

HALF_WRITTEN = ("-journal", "-wal", "-shm")
"""What SQLite leaves beside a file in a crash: it would write that into the file that next bears the name."""

WRITTEN: list[Path] = []
"""The ledgers that this process has written into, once for each time."""

_MAGIC = b"SQLite format 3\x00"
_UNREACHABLE = ("BUSY", "LOCKED", "READONLY", "CANTOPEN", "FULL", "IOERR", "PERM", "PROTOCOL", "AUTH")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into an error that says what to do."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # a mistake of ours, not of the file
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.removeprefix("SQLITE_").startswith(_UNREACHABLE):
            raise _busy(path, name) from error
        raise damaged(path) from error
    except (ValueError, TypeError, AttributeError) as error:
        raise damaged(path) from error


def damaged(path: Path) -> LedgerFormatError:
    """The error for a file that cannot be read as a ledger."""
    return LedgerFormatError(
        f"{path} 已损坏，或不是台账文件。",
        hint="请换用备份的台账文件；原文件请先另存，不要删除。",
    )


def _busy(path: Path, name: str) -> LedgerBusyError:
    if "BUSY" in name or "LOCKED" in name:
        return LedgerBusyError(
            f"{path} 正被另一个程序使用。", hint="请关闭另一个正在使用台账的窗口，稍后再试。"
        )
    if "ROLLBACK" in name:
        return LedgerBusyError(
            f"{path} 上次写入时中断，还没有恢复。",
            hint=f"请先用 zhibu list --db {path} 打开一次，恢复后再试。",
        )
    if "FULL" in name or name.startswith(
        ("SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")
    ):
        return LedgerBusyError(
            f"{path} 没有写成：磁盘空间不足，文件大小超过了限制，或设备出错。",
            hint="请先腾出磁盘空间再执行一次；这一次什么都没有写入，原来的内容不变。",
        )
    return LedgerBusyError(
        f"{path} 无法打开或写入。", hint="请检查文件是否只读、所在文件夹能否写入、磁盘是否已满。"
    )


def connect_ledger(
    path: Path, *, write: bool = False, wait: float = WAIT_SECONDS, restore: bool = True
) -> tuple[sqlite3.Connection, int]:
    """A connection to a ledger as it is, and its schema's version; arguments as for ``connect``.

    Raises:
        LedgerNotFoundError: there is no such file.
        LedgerFormatError: it is no ledger, is damaged, or a newer program wrote it.
    """
    _check_header(path)
    connection = connect(path, write=write, wait=wait, restore=restore)
    try:
        with told(path):
            return connection, checked_version(connection, path)
    except BaseException:
        connection.close()
        raise


def checked_version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's version behind an open connection, if we can read it."""
    owner: int = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if owner != APPLICATION_ID or version < 1:
        raise LedgerFormatError(
            f"{path} 是数据库文件，但不是 zhibu 的台账。", hint="请用 --db 指明台账文件。"
        )
    if version > SCHEMA_VERSION:
        raise LedgerFormatError(
            f"{path} 是更新版本的 zhibu 写成的（第{version}版，本程序只认到第{SCHEMA_VERSION}版）。",
            hint="请升级 zhibu 后再打开；文件没有改动。",
        )
    return version


def connect(
    path: Path, *, write: bool, wait: float = WAIT_SECONDS, restore: bool = True
) -> sqlite3.Connection:
    """A connection with foreign keys on and transactions in our own hands.

    ``restore``: what a crash left half written is undone, though nothing is to be written.
    """
    # A journal left behind by a crash has to be rolled back, which a read-only connection cannot do.
    mode = "rw" if write or (restore and Path(f"{path}-journal").exists()) else "ro"
    with told(path):
        connection = sqlite3.connect(
            f"{_uri(path)}?mode={mode}", uri=True, timeout=wait, isolation_level=None
        )
        try:
            # Inside a transaction this would be ignored in silence.
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def _check_header(path: Path) -> None:
    if not path.exists():
        raise LedgerNotFoundError(
            f"没有找到台账文件 {path}。",
            hint="先用 zhibu init 建立台账，或用 --db 指明已有的台账文件。",
        )
    if path.is_dir():
        raise LedgerFormatError(f"{path} 是文件夹，不是台账文件。", hint="请用 --db 指明台账文件。")
    if not path.is_file():
        raise LedgerFormatError(f"{path} 不是普通文件。", hint="请用 --db 指明台账文件。")
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise _busy(path, "") from error
    if start != _MAGIC:
        raise LedgerFormatError(
            f"{path} 不是台账文件。",
            hint="请用 --db 指明台账文件；要录入表格请用 zhibu import。",
        )


def _uri(path: Path) -> str:
    """A URI that SQLite takes on every system, with ``C:/…`` and ``//server/share`` too."""
    text = Path(os.path.abspath(path)).as_posix()  # noqa: PTH100 - resolve() would follow mapped drives
    return "file://" + ("" if text.startswith("/") else "/") + quote(text)
