"""The folder of attachments beside a ledger: copies come whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING

from zhibu_cli.app.files import ATTACHED, beside
from zhibu_cli.errors import LedgerBusyError, disk_trouble
from zhibu_cli.model.attachment import ALTERED, GONE, INTACT, UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from zhibu_cli.model.attachment import Attachment
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period

_MOST_BYTES = 180
"""Of a file's name in UTF-8: most file systems take 255, of which a temporary name needs some."""
_UNFIT = re.compile('[\x00-\x1f\x7f<>:"/\\\\|?*\ud800-\udfff]')


def folder_of(ledger: Path) -> Path:
    """``zhibu.db.附件`` beside ``zhibu.db``: the two are moved and copied together."""
    return beside(ledger, ATTACHED)


def state_of(ledger: Path, kept: Attachment) -> str:
    """Whether the copy is still what was attached, see ``model.attachment``."""
    path = folder_of(ledger) / kept.file
    try:
        if path.stat().st_size != kept.size:
            return ALTERED
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == kept.sha256
    except FileNotFoundError:
        return GONE
    except OSError:
        return UNREADABLE
    return INTACT if same else ALTERED


def states_of(path: Path, ledger: Ledger, about: str | Period | None) -> dict[str, str]:
    """Number of each file kept with a record, or with those of a period -> the state of its copy.

    None: of every file.
    """
    kept: Iterable[Attachment] = ledger.attachments
    if about is not None:
        records = {about} if isinstance(about, str) else {e.id for e in ledger.entries if e.day in about}
        kept = (file for file in kept if file.record in records)
    return {file.id: state_of(path, file) for file in kept}


class Staging:
    """Copies on their way into the folder: under temporary names until all of them are there."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first copy."""
        self.folder = folder
        self._parts: dict[Path, Path] = {}
        self._done: list[Path] = []
        self._made = False

    def add(self, name: str, data: bytes) -> str:
        """Write a copy; the name that it will have, which no other file in the folder bears.

        Raises:
            LedgerBusyError: the folder or the disk does not take it.
        """
        target = self._free(fit(name))
        part = target.with_name(f".{os.getpid()}.{len(self._parts)}.part")
        self._parts[part] = target
        try:
            if not self.folder.exists():
                self.folder.mkdir()
                self._made = True
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        return target.name

    def holds(self, name: str) -> bool:
        """Whether a copy is on its way to that name."""
        return self.folder / name in self._parts.values()

    def finish(self) -> None:
        """Give every copy its name.

        Raises:
            LedgerBusyError: the folder does not let us.
        """
        try:
            for part, target in self._parts.items():
                part.rename(target)
                self._done.append(target)
        except OSError as error:
            raise _unwritable(self.folder, error) from error

    def undo(self) -> None:
        """Take back what was written here."""
        for path in (*self._parts, *self._done):
            with suppress(OSError):
                path.unlink()
        if self._made:
            with suppress(OSError):
                self.folder.rmdir()

    def _free(self, name: str) -> Path:
        stem, dot, suffix = name.rpartition(".")
        target, count = self.folder / name, 1
        while target.exists() or target in self._parts.values():
            count += 1
            target = self.folder / f"{stem}-{count}{dot}{suffix}"
        return target


def fit(name: str) -> str:
    """The name as every file system takes it: no reserved sign, not too long, the suffix kept."""
    stem, dot, suffix = _UNFIT.sub("_", name).rpartition(".")
    room = _MOST_BYTES - len(f"{dot}{suffix}".encode())
    short = stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore").rstrip(" .")
    return f"{short}{dot}{suffix}"


def _unwritable(folder: Path, error: OSError) -> LedgerBusyError:
    return LedgerBusyError(
        f"附件没有存上：{folder} 无法写入（{disk_trouble(error)}）。",
        hint="请检查磁盘空间和文件夹权限后再试；台账没有改动。",
    )
