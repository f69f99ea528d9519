"""``zhibu template …``: the built-in templates, copies of them, and whether an own one can be used."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhibu_cli.cli.frame import command, grouped, new_app
from zhibu_cli.cli.options import AsOf, Db, Out, Yes, number_parser, session_of
from zhibu_cli.cli.pasted import pasted_path

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.app.paper_templates import Trial

app = grouped(
    new_app(
        """材料的模板：列出、复制一份来改、检查改好的能不能用。

改好的模板用 zhibu report … --template 文件，或放进台账旁边的“台账文件名.模板”文件夹，以后就一直用它。"""
    )
)

Name = Annotated[str, typer.Argument(metavar="材料", help="材料的名称；zhibu template list 列出全部。")]
Form = Annotated[
    str | None,
    typer.Option("--format", metavar="格式", help="docx、xlsx、md 或 html；不写则看文件名，都没有为 docx。"),
]
Layout = Annotated[str, typer.Option("--layout", metavar="版式", help="有几种版式的，用哪一种。")]
File = Annotated[Path, typer.Argument(metavar="模板文件", parser=pasted_path, help="改好的模板。")]
For = Annotated[str | None, typer.Argument(metavar="材料", help="是哪种材料的模板；不写则看文件名。")]
Record = Annotated[
    str | None,
    typer.Option("--record", metavar="编号", parser=number_parser, help="拿哪一条记录来试；不写为最近的。"),
]
Mapped = Annotated[
    Path | None,
    typer.Option("--map", metavar="文件", parser=pasted_path, help="上级表格的填表对照，同 zhibu report。"),
]


@command(app, "list", "列出各种材料的模板，和本支部自己的。")
def list_(*, db: Db = None) -> None:
    """Every paper with its templates; the branch's own are told."""
    from zhibu_cli.app import paper_templates, reporting
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import pairs, terminal_width

    ledger = session_of().ledger_if_any(db)
    rows = []
    for kind in reporting.listed():
        mine = [form for form in kind.formats if ledger and paper_templates.own(ledger, kind, form)]
        words = "、".join(f"{form}{'（用本支部的）' if form in mine else ''}" for form in kind.formats)
        rows.append((kind.title, words + (f"；版式：{'、'.join(kind.layouts)}" if kind.layouts else "")))
    say("\n".join(pairs(rows, terminal_width(), most=30)))
    if ledger:
        say(f"本支部自己的模板放在 {paper_templates.folder_of(ledger)}")


@command(app, "copy", "把自带的模板复制一份出来改；不写 -o 则放进本支部的模板文件夹。")
def copy(
    name: Name,
    *,
    form: Form = None,
    layout: Layout = "",
    out: Out = None,
    yes: Yes = False,
    db: Db = None,
) -> None:
    """Copy one."""
    from zhibu_cli.app import paper_templates, reporting
    from zhibu_cli.app.files import refuse_marked_name
    from zhibu_cli.app.paper_files import ending_of
    from zhibu_cli.cli.asking import note

    kind = reporting.named(name)
    layout = kind.laid_out(layout)
    refuse_marked_name(out or Path())
    title = f"{kind.title}-{layout}" if layout else kind.title
    ledger = session_of().ledger(db) if out is None else session_of().ledger_if_any(db)
    folder = out if out is not None and out.is_dir() else None
    if out is None and ledger is not None:
        folder = paper_templates.folder_of(ledger)
    form = form or (ending_of(out) if folder is None and out is not None else None) or "docx"
    target = folder / f"{title}.{form}" if folder is not None else out or Path()
    paper_templates.copy(kind, form, target, layout, overwrite=yes, beside=ledger)
    note(f"已复制到 {target}")
    file = f'"{target}"' if " " in str(target) else str(target)
    note(f"可用的字段：zhibu template fields {kind.title}；改好后：zhibu template check {file}")


@command(app, "fields", "列出一种材料的模板可以用的字段，和它们在本台账里的值。")
def fields(name: Name, *, record: Record = None, as_of: AsOf = None, db: Db = None) -> None:
    """Every field with its present value."""
    from zhibu_cli.app import paper_templates, reporting
    from zhibu_cli.cli.asking import say
    from zhibu_cli.cli.layout import pairs, terminal_width

    told = paper_templates.fields_told(reporting.named(name), _trial(record, as_of, db))
    rows = [(f"{{{{ {line.path} }}}}", line.example) for line in told]
    say("\n".join(pairs(rows, terminal_width(), most=40)))


@command(app, "check", "检查模板：不认识的字段在哪里、最像哪个字段；全部问题一次列出。")
def check(
    template: File,
    name: For = None,
    *,
    record: Record = None,
    mapping: Mapped = None,
    as_of: AsOf = None,
    db: Db = None,
) -> None:
    """All problems, in the words of ``zhibu report``."""
    from zhibu_cli.app import paper_templates, reporting
    from zhibu_cli.cli.asking import say

    kind = reporting.named(name) if name else paper_templates.kind_of(template)
    paper_templates.check(template, kind, _trial(record, as_of, db), mapping)
    say(f"“{template.name}”可以用来出{kind.title}。")


def _trial(record: str | None, as_of: "date | None", db: Path | None) -> "Trial":
    from zhibu_cli.app.paper_templates import Trial

    session = session_of()
    return Trial(
        ledger=session.ledger(db),
        today=as_of or session.today,
        catalogue=session.catalogue,
        record=record or "",
    )
