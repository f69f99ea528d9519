"""Commands whose answer is a text on the terminal, a paper in a file, and a calendar file beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from zhibu_cli.cli.options import session_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be written where."""

    ledger: Path
    name: str
    """What is written, for the ledger's log and the file's name."""
    form: str
    target: Path | None
    """None: the terminal."""
    ics: Path | None = None
    is_paper: bool = False
    """The answer is bytes, not a text of the command line."""

    @classmethod
    def of(
        cls,
        asked: str | None,
        out: Path | None,
        papers: Sequence[str],
        ledger: Path,
        *,
        texts: Sequence[str] = ("table",),
        name: str,
        ics: Path | None = None,
        overwrite: bool,
    ) -> Job:
        """Find format and file; whatever may not be written is refused before any work is done.

        ``papers`` are the formats that are bytes, ``texts`` those that the command line writes itself.
        """
        from zhibu_cli.app.check_files import must_be_free

        form = _format(asked, out, (*texts, *papers))
        if form not in (*texts, *papers):
            raise typer.BadParameter(f"这里没有 {form} 格式；可写：{'、'.join((*texts, *papers))}。")
        is_paper = form in papers
        folder = session_of().cwd() if out is None and is_paper and form != "md" else out
        target = folder / f"{name}.{form}" if folder is not None and folder.is_dir() else folder
        if ics is not None and ics.suffix.lower() != ".ics":
            raise typer.BadParameter(f"日历文件的扩展名应是 .ics，现为“{ics.name}”。", param_hint="--ics")
        for path in filter(None, (target, ics)):
            must_be_free(path, [ledger], overwrite=overwrite)
        if target is not None and ics is not None and target.resolve() == ics.resolve():
            raise typer.BadParameter("两个文件不能是同一个。", param_hint="--ics")
        return cls(ledger=ledger, name=name, form=form, target=target, ics=ics, is_paper=is_paper)


def _format(asked: str | None, out: Path | None, known: Sequence[str]) -> str:
    from zhibu_cli.app.check_files import format_for

    if out is not None and out.suffix.lower() == ".ics":
        return asked or "ics"
    return format_for(asked, out, known=known)


def finish(
    job: Job,
    *,
    text: Callable[[str], str],
    paper: Callable[[str], bytes],
    calendar: Callable[[], bytes] | None = None,
) -> None:
    """Show or write the answer, and the calendar file where one was asked for."""
    from zhibu_cli.app.saving import save
    from zhibu_cli.cli.asking import note
    from zhibu_cli.cli.writing import deliver, log_files

    made = {job.ics: calendar()} if job.ics is not None and calendar is not None else {}
    if job.is_paper and job.target is not None:
        save({job.target: paper(job.form), **made})  # both or none
        note(f"已写到 {job.target}")
    else:
        if made:
            save(made)
        deliver(paper(job.form).decode("utf-8") if job.is_paper else text(job.form), job.target)
    if made:
        note(f"日历已写到 {job.ics}")
    if files := [path for path in (job.target, *made) if path is not None]:
        log_files(job.ledger, job.name, *files)
