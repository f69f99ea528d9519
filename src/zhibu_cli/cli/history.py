"""``zhibu history``: all versions of a record."""

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, RecordId, session_of

HELP = "看一条记录的历次版本：谁、何时、为什么、改了什么。\n\n例：zhibu history S12"

app = new_app(HELP)


@command(app, "history", HELP)
def history(number: RecordId, *, db: Db = None) -> None:
    """Show them."""
    from zhibu_cli.cli.entry_view import show_history

    session = session_of()
    show_history(session, session.ledger(db), number)
