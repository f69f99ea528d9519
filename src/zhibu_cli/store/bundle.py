"""A ledger and what lies beside it as one .zip file, with a table of contents that holds every hash.

The names inside are fixed, whatever the ledger's own name is: ``台账.db``, files, and files in folders.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import math
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from zhibu_cli.errors import LedgerFormatError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LEDGER = "台账.db"
_CONTENTS = "备份说明.json"
_FORMAT, _VERSION = "zhibu-backup", 1
_PIECE = 1 << 20
_MOST_CONTENTS = 1 << 24
"""Bytes of a table of contents; a branch keeps some thousand files."""
_UNFIT = re.compile(
    r'[\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]|^(?:CON|PRN|AUX|NUL|COM\d|LPT\d)\s*(?:\.|$)|[. ]$|^ |^$',
    re.IGNORECASE,
)
"""Of a part of a name: what leads elsewhere, or what another system does not take as it stands."""
_SPOILT = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the table of contents says."""

    made_at: str
    """``2026-03-09T10:30:00``."""
    made_by: str
    files: Mapping[str, tuple[int, str]]
    """Name -> bytes, SHA-256."""


def write(target: Path, members: Mapping[str, Path], *, made_at: str, made_by: str) -> None:
    """Write the archive; OSError where a file cannot be read or the disk takes no more."""
    files: dict[str, Any] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in members.items():
            files[name] = _put(archive, name, path)
        about = {"format": _FORMAT, "version": _VERSION, "made_at": made_at, "made_by": made_by}
        text = json.dumps({**about, "files": files}, ensure_ascii=False, indent=1)
        archive.writestr(_CONTENTS, text.encode("utf-8", "replace"))


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as copy:
        size, sha256 = _copied(source, copy)
    return {"size": size, "sha256": sha256}


def _copied(source: IO[bytes], copy: IO[bytes], most: float = math.inf) -> tuple[int, str]:
    """Copy a stream, not much beyond ``most`` bytes; gives bytes and SHA-256 of what was copied."""
    digest, size = hashlib.sha256(), 0
    while (piece := source.read(_PIECE)) and size <= most:
        digest.update(piece)
        size += len(piece)
        copy.write(piece)
    return size, digest.hexdigest()


def unpack(source: Path, folder: Path) -> Contents:
    """Write every file of the archive below ``folder`` and compare it with the table of contents.

    Raises:
        LedgerFormatError: it is no backup, a newer program made it, or a file is not as it was backed up.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            contents = _read_contents(archive, source)
            for name in contents.files:
                _take(archive, name, contents.files[name], folder / name, source)
    except (*_SPOILT, ValueError, struct.error) as error:
        raise _damaged(source, "压缩包读不出来") from error
    return contents


def _read_contents(archive: zipfile.ZipFile, source: Path) -> Contents:
    try:
        data = _about(archive)
        newer = data["version"] > _VERSION
        files = {str(name): (int(one["size"]), str(one["sha256"])) for name, one in data["files"].items()}
        contents = Contents(made_at=str(data["made_at"]), made_by=str(data["made_by"]), files=files)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise LedgerFormatError(
            f"{source} 不是 zhibu 的备份。", hint="请选 zhibu backup 写的 .zip 文件，或台账文件的副本。"
        ) from error
    if newer:
        raise LedgerFormatError(f"{source} 是更新版本的 zhibu 写的备份。", hint="请升级 zhibu 后再恢复。")
    if LEDGER not in files or not all(map(fits, files)):
        raise _damaged(source, "目录里缺台账，或有不该有的文件名")
    return contents


def _about(archive: zipfile.ZipFile) -> Any:
    info = archive.getinfo(_CONTENTS)
    if info.file_size > _MOST_CONTENTS:
        raise ValueError(info.file_size)
    data = json.loads(archive.read(info))
    if data["format"] != _FORMAT:
        raise ValueError(data["format"])
    return data


def fits(name: str) -> bool:
    """Whether the name stays below the folder, and is the same, on every system."""
    return not any(map(_UNFIT.search, name.split("/")))


def _take(archive: zipfile.ZipFile, name: str, said: tuple[int, str], target: Path, source: Path) -> None:
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise _damaged(source, f"里面没有“{name}”") from error
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(exist_ok=False)
    except (FileExistsError, NotADirectoryError) as error:
        raise _damaged(source, f"“{name}”与另一个文件重名") from error
    with archive.open(info) as packed, target.open("wb") as copy:
        copied = _copied(packed, copy, most=said[0])
    if copied != said:
        raise _damaged(source, f"“{name}”与备份时不同")


def _damaged(source: Path, why: str) -> LedgerFormatError:
    return LedgerFormatError(
        f"备份 {source} 不完整，或者被改动过：{why}。", hint="请换用另一份备份；什么也没有改动。"
    )
