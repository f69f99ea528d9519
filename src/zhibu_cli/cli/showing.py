"""``zhibu show``: one record whole."""

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, RecordId, session_of

HELP = "看一条记录的全部内容、由谁何时录入。\n\n例：zhibu show S12"

app = new_app(HELP)


@command(app, "show", HELP)
def show(number: RecordId, *, db: Db = None) -> None:
    """Show it."""
    from zhibu_cli.cli.entry_view import show_one

    session = session_of()
    show_one(session, session.ledger(db), number)
