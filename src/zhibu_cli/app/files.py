"""Which ledger file is meant: ``--db``, else ``ZHIBU_DB``, else here, else the user's folder."""

from __future__ import annotations

from glob import escape
from typing import TYPE_CHECKING

from zhibu_cli.errors import ClassifiedError, LedgerNotFoundError
from zhibu_cli.model.secrecy import classification_mark

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME = "zhibu.db"
VARIABLE = "ZHIBU_DB"
ATTACHED = ".附件"
"""``zhibu.db.附件`` beside ``zhibu.db``: the two are moved and copied together."""
OWN_TEMPLATES = ".模板"
"""``zhibu.db.模板``, likewise: the branch's own templates."""


ASIDE = "-恢复前-"
"""In the name of what stood where a backup was put back."""


def beside(ledger: Path, ending: str) -> Path:
    """What goes by the ledger's name and lies next to it: ``zhibu.db.附件`` for ``ATTACHED``."""
    return ledger.with_name(f"{ledger.name}{ending}")


def find_ledger(db: Path | None, env: Mapping[str, str], cwd: Path, data_home: Path) -> Path:
    """The ledger to work on.

    Raises:
        LedgerNotFoundError: there is none in any of the places, or not where one was named.
    """
    named = _named(db, env, cwd)
    if named is not None:
        if not named.exists():
            raise LedgerNotFoundError(
                f"没有找到台账文件 {named}。",
                hint=_broken_off(named) or "先用 zhibu init 建立台账，或改正 --db 所写的文件名。",
            )
        return named
    for path in (cwd / FILE_NAME, data_home / FILE_NAME):
        if path.exists():
            return path
    raise LedgerNotFoundError(
        f"这里还没有台账（{cwd / FILE_NAME}）。",
        hint=_broken_off(cwd / FILE_NAME) or "先用 zhibu init 建立台账，或用 --db 指明已有的台账文件。",
    )


def _broken_off(path: Path) -> str:
    """What to do where a restore gave the ledger its other name and came no further."""
    kept = sorted(path.parent.glob(f"{escape(path.stem)}{ASIDE}*{escape(path.suffix)}"))
    if not kept:
        return ""
    return f"旁边有 {kept[-1].name}：上次恢复没有做完的，请再执行一次 zhibu restore，或者把它改回原名。"


def new_ledger_path(db: Path | None, env: Mapping[str, str], cwd: Path) -> Path:
    """Where ``init`` creates the ledger: the first place that is named, else here.

    Raises:
        ClassifiedError: the name bears a classification mark.
    """
    named = _named(db, env, cwd)
    if named is not None:
        refuse_marked_name(named)
    return named or cwd / FILE_NAME


def ledger_to_fill(db: Path | None, env: Mapping[str, str], cwd: Path, data_home: Path) -> Path:
    """The ledger an import goes to: the one there is, else the one to be created."""
    try:
        return find_ledger(db, env, cwd, data_home)
    except LedgerNotFoundError:
        return new_ledger_path(db, env, cwd)


def refuse_marked_name(path: Path) -> None:
    """Refuse a file to be read or written whose name, or folder as it was given, says that it is classified.

    Raises:
        ClassifiedError: it bears a classification mark.
    """
    mark = classification_mark(str(path))
    if mark:
        raise ClassifiedError(
            f"文件名“{path}”带有密级标志“{mark}”，没有执行。",
            hint="本程序不得处理国家秘密、工作秘密；涉密文件请按保密规定处理，不涉密的请换一个文件名。",
        )


def _named(db: Path | None, env: Mapping[str, str], cwd: Path) -> Path | None:
    if db is not None:
        return db
    return cwd / env[VARIABLE] if env.get(VARIABLE) else None
