"""The answer of a check as a file to print or hand on: a page, a workbook, a Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.app.files import refuse_marked_name
from zhibu_cli.app.rulebook import LOCAL_FILE
from zhibu_cli.app.saving import must_be_writable, save
from zhibu_cli.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.model.declare import Catalogue

PAPERS = ("html", "xlsx", "docx")
_SUFFIXES = {
    **{f".{name}": name for name in PAPERS},
    ".htm": "html",
    ".json": "json",
    ".md": "md",
    ".txt": "table",
}
_NAME = "核对结果"


def format_for(asked: str | None, out: Path | None, *, known: Sequence[str] = ()) -> str:
    """The format: the one asked for, else that of the file's name, else the plain text.

    ``known``: the formats that the command writes, to be named where the file's name says none; empty:
    those of a check.

    Raises:
        InputError: the name says another format than the one asked for, or one that nobody knows.
    """
    ending = out.suffix.lower() if out is not None and not out.is_dir() else ""
    named = _SUFFIXES.get(ending)
    if ending and named is None and asked is None:
        raise InputError(
            f"文件名“{out}”的扩展名“{ending}”认不出是哪种格式。",
            hint=f"扩展名可写：{'、'.join(_endings(known))}；也可用 --format 写明格式。",
        )
    if asked and named and asked != named:
        raise InputError(f"文件名“{out}”与格式 {asked} 不一致。", hint="请改文件名或 --format。")
    return asked or named or "table"


def _endings(known: Sequence[str]) -> tuple[str, ...]:
    formats = known or tuple(_SUFFIXES.values())
    told = {name: ending for ending, name in reversed(_SUFFIXES.items())}
    return tuple(dict.fromkeys(told.get(name, f".{name}") for name in formats))


def target_for(format_: str, out: Path | None, here: Path) -> Path:
    """Where the paper goes; in a folder, or with no name at all, it is called 核对结果."""
    folder = here if out is None else out
    return folder / f"{_NAME}.{format_}" if folder.is_dir() else folder


def check_latest_year(path: Path, today: date, *, catalogue: Catalogue) -> CheckResult:
    """The check of the year of the latest meeting up to today; of this year where there is none."""
    from zhibu_cli.app import checking
    from zhibu_cli.model.period import Unit, period_of

    ledger = checking.load(path, catalogue=catalogue)
    latest = max((one.day for one in ledger.sittings if one.day <= today), default=today)
    return checking.check_ledger(ledger, period_of(Unit.YEAR, latest).span, today, path=path)


def free_name(folder: Path, day: date) -> Path:
    """A page in the folder that is not there yet: 核对结果2026-03-09.html, then 核对结果2026-03-09-2.html."""
    count, page = 1, folder / f"{_NAME}{day}.html"
    while page.exists():
        count += 1
        page = folder / f"{_NAME}{day}-{count}.html"
    return page


def must_be_free(target: Path, ledgers: Iterable[Path], *, overwrite: bool) -> None:
    """Refuse a target before any work is done; what is read, rules beside ledgers too, is no target.

    Raises:
        ClassifiedError: its name bears a classification mark.
        ExistsError: it is there, and nobody said that it may be overwritten.
        InputError: it is no plain file, or a ledger, or the branch's own rules.
    """
    refuse_marked_name(target)
    read = [path for ledger in ledgers for path in (ledger, ledger.with_name(LOCAL_FILE))]
    must_be_writable([target], read, overwrite=overwrite)


def write(result: CheckResult, format_: str, target: Path) -> None:
    """Write one of ``PAPERS``.

    Raises:
        LedgerBusyError: the file cannot be written.
        PaperError: the template is damaged.
    """
    save({target: rendered(result, format_)})


def rendered(result: CheckResult, format_: str) -> bytes:
    """One of ``PAPERS`` as bytes; the same answer gives the same bytes."""
    from zhibu_cli.report.check_paper import build_check

    paper = build_check(
        result.ledger,
        result.findings,
        result.asked,
        result.as_of,
        packs=result.packs,
        notes=result.notes,
    )
    if format_ == "xlsx":
        from zhibu_cli.report import check_book

        return check_book.render(paper)
    if format_ == "docx":
        from zhibu_cli.report import word

        return word.render(paper, resources.templates_dir() / "check.docx")
    from zhibu_cli.report import page

    return page.render(paper, resources.templates_dir() / "check.html.j2")
