"""Files that are written: never over another one unasked, never half, never one of two."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from zhibu_cli.app.files import ATTACHED, OWN_TEMPLATES
from zhibu_cli.errors import ExistsError, InputError, LedgerBusyError, disk_trouble

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME = 230
"""Bytes; Linux takes 255, and a name that we add to while we write."""
_DATABASE = b"SQLite format 3\0"


def must_be_writable(
    targets: Collection[Path], sources: Iterable[Path], *, overwrite: bool, own_template: bool = False
) -> None:
    """Refuse targets that cannot or may not be written, before any work is done.

    ``own_template``: the file is one of the branch's own templates, and may lie in their folder.

    Raises:
        InputError: a name that Windows does not take; a folder is none, or one that the ledger keeps for
            itself; a target is a ledger, no plain file or one of the sources.
        ExistsError: a target is there, and nobody said that it may be overwritten.
    """
    for target in targets:
        _must_be_named_well(target)
        _must_not_be_kept(target, own_template=own_template)
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
        if _begins_as_database(target):
            raise InputError(f"“{target}”是台账一类的数据库文件，不能写到它上面。", hint="请换一个文件名。")
    if there and not overwrite:
        names = "、".join(target.name for target in there)
        raise ExistsError(f"文件已经存在：{names}。", hint="换一个文件名，或加 --yes 覆盖。")


def _must_be_named_well(target: Path) -> None:
    """The file's name, and those of folders to be made, have to do on the secretary's next computer too."""
    for path in (target, *(parent for parent in target.parents if not parent.exists())):
        name = path.name
        if name in {"", ".."}:
            continue
        shown = _NOT_IN_NAMES.sub(lambda match: match[0] if match[0].isprintable() else "〔控制字符〕", name)
        if _NOT_IN_NAMES.search(name):
            why = r"文件名里不能有 < > : " + '" / \\ | ? * 和控制字符'
        elif _DEVICE.match(name):
            why = "这个名字是 Windows 留给设备用的"
        elif len(name.encode()) > _LONGEST_NAME:
            shown, why = f"{name[:20]}……", "文件名太长"
        elif name != name.rstrip(". "):
            why = "文件名不能以句点或空格结尾"
        elif not name.partition(".")[0].strip() and path == target:
            why = "句点前面没有名字"
        else:
            continue
        raise InputError(f"“{shown}”不能作文件名：{why}。", hint="请换一个文件名。")


def _must_not_be_kept(target: Path, *, own_template: bool) -> None:
    """The folders beside a ledger hold what was kept there, or what papers are made of."""
    for folder in target.absolute().parents:
        for ending, what in ((ATTACHED, "附件"), (OWN_TEMPLATES, "模板")):
            ledger = folder.with_name(folder.name.removesuffix(ending)) if folder.name else folder
            if not folder.name.endswith(ending) or not ledger.is_file():
                continue
            if not (own_template and ending == OWN_TEMPLATES):
                raise InputError(
                    f"“{folder.name}”是台账存{what}的文件夹，不能往里面写。", hint="请换一个文件夹。"
                )


def _begins_as_database(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(len(_DATABASE)) == _DATABASE
    except OSError:
        return False


def save(made: Mapping[Path, bytes]) -> None:
    """Write all under temporary names, then rename: nobody finds half a file, or one of two.

    Raises:
        LedgerBusyError: a file cannot be written; those that were there are as they were.
    """
    halves = {target: _beside(target, "tmp") for target in made}
    kept: dict[Path, Path] = {}
    done: list[Path] = []
    target = next(iter(made))
    try:
        for target, data in made.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            halves[target].write_bytes(data)
        for target in made if len(made) > 1 else ():
            if target.is_file():
                kept[target] = _kept_aside(target)
        for target, half in halves.items():
            half.replace(target)
            done.append(target)
    except OSError as error:
        _put_back(done, kept)
        raise LedgerBusyError(
            f"写不出文件“{target}”：{disk_trouble(error)}。",
            hint="请看文件是否正打开着，文件夹能否写入，磁盘有没有空间。",
        ) from error
    finally:
        for left in (*halves.values(), *kept.values()):
            with suppress(OSError):
                left.unlink()


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}.{ending}")


def _kept_aside(target: Path) -> Path:
    """A second name of the old file, so that there is a file under the first one at every moment."""
    aside = _beside(target, "old")
    try:
        aside.hardlink_to(target)
    except (OSError, NotImplementedError):  # a stick with FAT has no second names
        shutil.copy2(target, aside)
    return aside


def _put_back(done: Iterable[Path], kept: Mapping[Path, Path]) -> None:
    for target in done:
        with suppress(OSError):
            if target in kept:
                kept[target].replace(target)
            else:
                target.unlink()
