"""``backup``: the ledger and what is kept beside it as one .zip file, also while the ledger is in use."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhibu_cli.app.export_log import note_backup
from zhibu_cli.app.files import ATTACHED, OWN_TEMPLATES, beside, refuse_marked_name
from zhibu_cli.app.rulebook import LOCAL_FILE
from zhibu_cli.app.saving import must_be_writable
from zhibu_cli.app.verifying import Verified, verify
from zhibu_cli.errors import ExistsError, InputError, LedgerBusyError, LedgerFormatError, disk_trouble
from zhibu_cli.exchange.colnames import USER_FILE
from zhibu_cli.store import bundle
from zhibu_cli.store.opening import copy_ledger, open_store
from zhibu_cli.store.rows import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from zhibu_cli.app.context import Actor

FOLDERS = (ATTACHED, OWN_TEMPLATES)
"""How the folders beside a ledger are called; in the archive too, so that it can be used unpacked."""
SINGLE = (LOCAL_FILE, USER_FILE)
"""Files beside the ledger that say how it is judged and read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was written."""

    path: Path
    size: int
    """Bytes."""
    versions: int
    code: str
    """The 校验码 of the copy, see ``verifying.Verified``."""
    beside: int
    """Files that went in with the ledger."""
    problems: tuple[str, ...]
    """What is not as it was written, in the ledger and so in its copy."""
    left_out: tuple[str, ...]
    """Names of what lies in the folders and is neither a file nor a folder of theirs: links that lead to a
    folder or nowhere."""
    trouble: str
    """Why the ledger's log does not tell of the backup; empty where it does."""


def backup(ledger: Path, out: Path | None, actor: Actor) -> BackedUp:
    """Copy the ledger, its attachments, its own templates and rules into one archive.

    ``out`` is a file, or a folder (a stick, say) in which the file gets a name of its own; None: beside the
    ledger. A ledger with problems is backed up all the same: the copy may be all that will be left of it.

    Raises:
        ExistsError: there is a file of that name.
        InputError, ClassifiedError: nothing can be written under that name; or a file beside the ledger has
            a name that no archive can bring back.
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_store``; or the disk is full.
    """
    target = _target(ledger, out, actor)
    refuse_marked_name(target)
    if target.exists():
        raise ExistsError(f"文件已经存在：{target.name}。", hint="备份不覆盖已有的文件；请换一个文件名。")
    must_be_writable([target], [ledger], overwrite=False)
    open_store(ledger).close()
    kept = list(_in_folders(ledger))
    others = dict(_files(ledger, kept))
    _must_fit(others)
    half = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with tempfile.TemporaryDirectory(prefix="zhibu-") as folder:
            copy = Path(folder) / bundle.LEDGER
            copy_ledger(ledger, copy)
            note_backup(copy, target, actor)
            found = _verified(copy, ledger)
            members = {bundle.LEDGER: copy, **others}
            target.parent.mkdir(parents=True, exist_ok=True)
            bundle.write(half, members, made_at=stamp(actor.now), made_by=actor.who)
        half.rename(target)
    except OSError as error:
        at = f"（{error.filename}）" if error.filename and str(error.filename) != str(half) else ""
        raise LedgerBusyError(
            f"备份没有写成：{disk_trouble(error)}{at}。",
            hint="请看备份放的地方能否写入、磁盘有没有空间，附件文件夹里的文件能否打开；台账没有改动。",
        ) from error
    finally:
        with suppress(OSError):
            half.unlink()
    return BackedUp(
        path=target,
        size=target.stat().st_size,
        versions=found.versions,
        code=found.code,
        beside=len(others),
        problems=found.told,
        left_out=tuple(path.name for path in kept if not path.is_file()),
        trouble=note_backup(ledger, target, actor),
    )


def _must_fit(files: Mapping[str, Path]) -> None:
    """Refuse names that could not be put back: they were put into the folders by hand."""
    unfit = [f"“{path.name}”" for name, path in files.items() if not bundle.fits(name)]
    if unfit:
        raise InputError(
            f"旁边的文件夹里有在别的电脑上放不回去的文件名：{'、'.join(unfit)}。",
            hint='文件名里不能有 \\ : * ? " < > | 和控制字符，不能以空格、句点结尾；请改名后再备份。',
        )


def _verified(copy: Path, ledger: Path) -> Verified:
    try:
        return verify(copy, beside=ledger)
    except LedgerFormatError as error:  # the user never sees the copy
        raise LedgerFormatError(error.message.replace(str(copy), str(ledger)), hint=error.hint) from error


def _target(ledger: Path, out: Path | None, actor: Actor) -> Path:
    name = f"{ledger.stem}-备份-{actor.now:%Y%m%d-%H%M%S}.zip"
    if out is None:
        return ledger.with_name(name)
    if out.is_dir():
        return out / name
    if out.suffix.lower() != ".zip":
        raise InputError(
            f"没有文件夹“{out}”，也不是 .zip 文件名。", hint="请写已有的文件夹，或以 .zip 结尾的文件名。"
        )
    return out


def _files(ledger: Path, kept: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Name in the archive and path of every file that belongs to the ledger; ``kept``: in its folders."""
    for path in filter(Path.is_file, kept):
        inside = path.relative_to(ledger.parent).as_posix()
        yield bundle.LEDGER + inside.removeprefix(ledger.name), path
    for name in SINGLE:
        if (path := ledger.with_name(name)).is_file():
            yield name, path


def _in_folders(ledger: Path) -> Iterator[Path]:
    """What lies in the folders beside the ledger, the folders themselves left out."""
    for ending in FOLDERS:
        for path in sorted(beside(ledger, ending).rglob("*")):
            folder = path.is_dir() and not path.is_symlink()
            if not folder and not path.name.startswith("."):  # half-written ones begin with a dot
                yield path
