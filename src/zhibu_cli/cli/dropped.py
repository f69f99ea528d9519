"""``zhibu FILE…``: what is dropped on the program is imported, checked, and the check opened as a page."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import By, Db, Yes, session_of
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.cli.session import Session

HELP = """把表格文件交给 zhibu：先预览，问过才导入，接着按条文核对最近有记录的一年，
写成网页放在台账旁边并打开。不写文件，则打开台账所在的文件夹。

例：zhibu 台账2025.xlsx；把文件拖到 zhibu.bat 上也是这样。"""

app = new_app(HELP)

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="文件",
        parser=pasted_path,
        help="一个或几个表格文件。",
    ),
]
NoOpen = Annotated[bool, typer.Option("--no-open", help="核对的网页只写好，不打开。")]


@command(app, "open", HELP)
def open_(
    files: Files = None, *, no_open: NoOpen = False, yes: Yes = False, by: By = None, db: Db = None
) -> None:
    """Import as ``zhibu import`` does, then check the year of the latest record."""
    from zhibu_cli.app.check_files import check_latest_year, free_name, write
    from zhibu_cli.cli.asking import note, say
    from zhibu_cli.cli.importing import import_

    session = session_of()
    if not files:
        show_folder(session, session.ledger(db).absolute().parent)
        return
    import_(files, yes=yes, by=by, db=db)
    ledger = session.ledger(db)
    result = check_latest_year(ledger, session.today, catalogue=session.catalogue)
    page = free_name(ledger.absolute().parent, session.today)
    write(result, "html", page)
    say(f"{result.asked.start.year}年的核对结果已写到 {page}")
    if not no_open and session.interactive() and not opened(page, session.env):
        note("没有打开浏览器；请自己打开上面的文件。")


def show_folder(session: "Session", folder: Path) -> None:
    """Name a folder and open it where there is a screen."""
    from zhibu_cli.cli.asking import note, say

    say(f"台账和文书在 {folder}")
    if session.interactive() and not opened(folder, session.env):
        note("没有打开文件夹窗口；请自己打开上面的文件夹。")


def opened(page: Path, env: "Mapping[str, str]") -> bool:
    """Open a page or a folder with the system's program for such; False where there is no screen for one."""
    import webbrowser

    screen = sys.platform in {"win32", "darwin"} or env.get("DISPLAY") or env.get("WAYLAND_DISPLAY")
    return bool(screen) and webbrowser.open(page.as_uri())
