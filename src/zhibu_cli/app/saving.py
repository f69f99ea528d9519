"""Files that are written: never over another one unasked, never half, never one of two."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from zhibu_cli.errors import ExistsError, InputError, LedgerBusyError, disk_trouble

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path


def must_be_writable(targets: Collection[Path], sources: Iterable[Path], *, overwrite: bool) -> None:
    """Refuse targets that cannot or may not be written, before any work is done.

    Raises:
        InputError: a folder is none, or a target is no plain file or one of the sources.
        ExistsError: a target is there, and nobody said that it may be overwritten.
    """
    for target in targets:
        folder = next((parent for parent in target.parents if parent.exists()), None)
        if folder is not None and not folder.is_dir():
            raise InputError(f"“{folder}”不是文件夹，里面不能写文件。", hint="请换一个文件夹。")
    there = [target for target in targets if target.exists()]
    read = [source for source in sources if source.exists()]
    for target in there:
        if not target.is_file():
            raise InputError(f"“{target}”不是普通文件，没有写入。", hint="请换一个文件名。")
        if any(map(target.samefile, read)):
            raise InputError(f"“{target}”是这次要读的文件，不能写到它上面。", hint="请换一个文件名。")
    if there and not overwrite:
        names = "、".join(target.name for target in there)
        raise ExistsError(f"文件已经存在：{names}。", hint="换一个文件名，或加 --yes 覆盖。")


def save(made: Mapping[Path, bytes]) -> None:
    """Write all under temporary names, then rename: nobody finds half a file, or one of two.

    Raises:
        LedgerBusyError: a file cannot be written.
    """
    halves = {target: target.with_name(f".{target.name}.{os.getpid()}.tmp") for target in made}
    target = next(iter(made))
    try:
        for target, data in made.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            halves[target].write_bytes(data)
        for target, half in halves.items():
            half.replace(target)
    except OSError as error:
        for half in halves.values():
            with suppress(OSError):
                half.unlink()
        raise LedgerBusyError(
            f"写不出文件“{target}”：{disk_trouble(error)}。",
            hint="请看文件是否正打开着，文件夹能否写入，磁盘有没有空间。",
        ) from error
