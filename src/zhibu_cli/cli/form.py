"""``zhibu form``: blank workbooks to fill in, and blank paper for a meeting to come."""

from typing import Annotated

import typer

from zhibu_cli.cli.frame import command, new_app
from zhibu_cli.cli.options import Db, Out, Yes, session_of

HELP = """空白工作簿：版式就是 zhibu import 读的版式，填好即可导入。

必填的列红色，人名、党小组和固定用语可从下拉列表选；不写类型则是常用的各张表。
例：zhibu form -o 空白台账.xlsx；zhibu form 党课 谈心谈话 -o 党课和谈话.xlsx"""

app = new_app(HELP)

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="类型", help="要哪些表：党员名册、组织生活、党课、谈心谈话……可写几个。"),
]


@command(app, "form", HELP)
def form(words: Words = None, *, out: Out = None, yes: Yes = False, db: Db = None) -> None:
    """Make the file."""
    from zhibu_cli.app import forms
    from zhibu_cli.app.check_files import must_be_free
    from zhibu_cli.app.saving import save
    from zhibu_cli.cli.asking import note

    session = session_of()
    ledger = session.ledger_if_any(db)
    data = forms.workbook(words or (), ledger, session.today, catalogue=session.catalogue)
    target = out or session.cwd() / "空白台账.xlsx"
    must_be_free(target, ledger or target, overwrite=yes)
    save({target: data})
    note(f"已写到 {target}")
