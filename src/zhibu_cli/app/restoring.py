"""``restore``: a backup put back in place; what stood there before is kept under another name."""

from __future__ import annotations

import filecmp
import itertools
import shutil
import tempfile
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.app.backing_up import FOLDERS, SINGLE
from zhibu_cli.app.export_log import note_restored
from zhibu_cli.app.files import ASIDE, beside, refuse_marked_name
from zhibu_cli.app.verifying import Verified, verify
from zhibu_cli.errors import (
    InputError,
    LedgerBusyError,
    LedgerFormatError,
    LedgerNotFoundError,
    disk_trouble,
)
from zhibu_cli.store import bundle
from zhibu_cli.store.connect import HALF_WRITTEN, connect_ledger, told
from zhibu_cli.store.opening import copy_ledger, open_unchanged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from zhibu_cli.app.context import Actor


_UNPACKED = ".zhibu-restore-"
"""How the name of the folder begins in which a backup is unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The ledger that stands where the backup is to go."""

    name: str
    """The branch."""
    readable: bool
    later: int | None
    """Versions written since the backup; None where the backup is no earlier state of this ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A backup that was unpacked and looked at, and where it is to go."""

    source: Path
    target: Path
    name: str
    """The branch."""
    contents: bundle.Contents | None
    """None: the plain copy of a ledger, which has no table of contents."""
    found: Verified
    standing: Standing | None
    folder: Path
    """Where the files lie until they are put in place."""
    left: tuple[Path, ...]
    """Such folders of restores that were broken off."""


class Restored(NamedTuple):
    """What was put back."""

    path: Path
    aside: tuple[Path, ...]
    """What stood there before, under its new names."""
    trouble: str
    """Why the ledger's log does not tell of it; empty where it does."""


@contextmanager
def unpacked(source: Path, target: Path) -> Iterator[Plan]:
    """Unpack a backup beside ``target`` and prove it; afterwards nothing of that is left.

    ``source`` is an archive of ``backup``, or the plain copy of a ledger file.

    Raises:
        LedgerFormatError: it is neither, or not as it was when it was made.
        InputError, ClassifiedError: it is the ledger itself; a name bears a mark.
        LedgerNotFoundError, LedgerBusyError: a file is missing, or cannot be read or written.
    """
    refuse_marked_name(source)
    refuse_marked_name(target)
    _must_be_another(source, target)
    folder = _room_beside(target)
    try:
        try:
            contents = _unpack(source, folder)
        except OSError as error:
            raise LedgerBusyError(
                f"备份没有读出来：{disk_trouble(error)}。",
                hint="请看备份能否打开、磁盘有没有空间；什么也没有改动。",
            ) from error
        yield _plan(source, target, folder, contents)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_back(plan: Plan, actor: Actor) -> Restored:
    """Give what stands there another name, and the files of the backup theirs; all of it or nothing.

    Raises:
        LedgerBusyError: the ledger is in use, or a file cannot be renamed; everything is as it was.
    """
    places = list(_places(plan))
    aside = _names_aside([there for _, there in places if there.exists()], plan.target, actor.now)
    if plan.standing and plan.standing.readable:
        _must_be_free(plan.target)
    _rename_all([*aside.items(), *((old, new) for old, new in places if old.exists())])
    return Restored(plan.target, tuple(aside.values()), note_restored(plan.target, plan.source, actor))


def _must_be_another(source: Path, target: Path) -> None:
    if not source.is_file():
        raise LedgerNotFoundError(f"没有找到备份文件 {source}。", hint="请写 zhibu backup 所写的 .zip 文件。")
    if target.exists() and not target.is_file():
        raise InputError(f"{target} 不是普通文件，没有恢复。", hint="请用 --db 另指一个文件名。")
    if target.exists() and target.samefile(source):
        raise InputError(f"{source} 就是台账本身。", hint="请写备份文件；要恢复到别处，用 --db 指明。")


def _room_beside(target: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=_UNPACKED, dir=target.parent))
    except OSError as error:
        raise LedgerBusyError(
            f"{target.parent} 不能写入（{disk_trouble(error)}）。", hint="请换一个文件夹，用 --db 指明。"
        ) from error


def _unpack(source: Path, folder: Path) -> bundle.Contents | None:
    with source.open("rb") as opened:
        packed = opened.read(2) == b"PK"
    if packed:
        return bundle.unpack(source, folder)
    copy_ledger(source, folder / bundle.LEDGER)
    return None


def _plan(source: Path, target: Path, folder: Path, contents: bundle.Contents | None) -> Plan:
    ledger = folder / bundle.LEDGER
    try:
        found = verify(ledger, beside=ledger if contents else target)
        name = _branch(ledger)
    except LedgerFormatError as error:  # the user never saw the name that it bears for the time being
        raise LedgerFormatError(
            error.message.replace(str(ledger), f"{source} 里的台账"),
            hint="请换用另一份备份；什么也没有改动。",
        ) from error
    return Plan(
        source=source,
        target=target,
        name=name,
        contents=contents,
        found=found,
        standing=_standing(target, found.code) if target.exists() else None,
        folder=folder,
        left=tuple(sorted(one for one in target.parent.glob(f"{_UNPACKED}*") if one != folder)),
    )


def _branch(ledger: Path) -> str:
    with open_unchanged(ledger, restore=True) as store:
        return next((str(row.payload.get("name", "")) for row in store.of_register("branch")), "")


def _standing(target: Path, code: str) -> Standing:
    try:
        name = _branch(target)
        later = verify(target, expect=code).later
    except LedgerFormatError:
        return Standing(name="", readable=False, later=None)
    except InputError:  # the last hash in the backup was altered: it is none
        later = None
    return Standing(name=name, readable=True, later=later)


def _must_be_free(target: Path) -> None:
    """Nobody may be writing into a file that is about to get another name."""
    connection, _ = connect_ledger(target, write=True)
    with closing(connection), told(target):
        connection.execute("BEGIN IMMEDIATE")
        connection.rollback()


def _places(plan: Plan) -> Iterator[tuple[Path, Path]]:
    """Where each part of the backup lies, if it has that part, and where it belongs."""
    ledger = plan.folder / bundle.LEDGER
    yield ledger, plan.target
    for ending in HALF_WRITTEN:
        yield beside(ledger, ending), beside(plan.target, ending)
    if plan.contents is None:
        return
    for ending in FOLDERS:
        yield beside(ledger, ending), beside(plan.target, ending)
    for name in SINGLE:
        packed, there = plan.folder / name, plan.target.with_name(name)
        if packed.exists() and not (there.is_file() and filecmp.cmp(packed, there, shallow=False)):
            yield packed, there


def _names_aside(standing: list[Path], target: Path, now: datetime) -> dict[Path, Path]:
    """The name that each takes which stands there: a ledger keeps the folders that go by its name."""
    for count in itertools.count(1):
        mark = f"{now:%Y%m%d-%H%M%S}{f'-{count}' if count > 1 else ''}"
        aside = _aside(target, mark)
        own = {beside(target, one): beside(aside, one) for one in ("", *HALF_WRITTEN, *FOLDERS)}
        names = {there: own.get(there) or _aside(there, mark) for there in standing}
        if not any(new.exists() for new in names.values()):
            break
    return names


def _aside(path: Path, mark: str) -> Path:
    return path.with_name(f"{path.stem}{ASIDE}{mark}{path.suffix}")


def _rename_all(moves: list[tuple[Path, Path]]) -> None:
    done: list[tuple[Path, Path]] = []
    try:
        for old, new in moves:
            old.rename(new)
            done.append((old, new))
    except BaseException as error:  # Ctrl-C as well
        for old, new in reversed(done):
            with suppress(OSError):
                new.rename(old)
        if not isinstance(error, OSError):
            raise
        raise LedgerBusyError(
            f"没有恢复：{error.filename} 不能改名（{disk_trouble(error)}）。",
            hint="请关闭正在使用台账和附件的窗口后再试；原来的文件都没有动。",
        ) from error
