"""Options made from declarations: a register's fields become the parameters of a command."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zhibu_cli.cli.frame import ChineseCommand
from zhibu_cli.cli.options import offering
from zhibu_cli.model.declare import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zhibu_cli.model.declare import Catalogue, Field, Kind, Register

_FIELD = "field_"
_CHILD = "rows_"
_FILE = "file_"

_METAVARS = {
    FieldType.DATE: "日期",
    FieldType.DATES: "日期、日期…",
    FieldType.DAY_OR_MONTH: "日期或年月",
    FieldType.TIME: "钟点",
    FieldType.MOMENT: "时间",
    FieldType.YEAR: "年份",
    FieldType.COUNT: "数",
    FieldType.HEADCOUNT: "人数",
    FieldType.HOURS: "学时",
    FieldType.YESNO: "是或否",
    FieldType.PERSON: "姓名",
    FieldType.PEOPLE: "姓名、姓名",
    FieldType.NAMES: "姓名",
    FieldType.ABSENCES: "姓名=原因",
    FieldType.GROUP: "党小组",
}


def options_of(
    register: Register,
    *,
    leave_out: Iterable[str] = (),
    known: Iterable[str] = (),
    correcting: bool = False,
) -> Iterator[inspect.Parameter]:
    """One parameter for each field that has an option, one for each kind of rows inside the record.

    ``known``: fields that the command itself fills in. ``correcting``: only what is to change is given, so
    that nothing is required.
    """
    told = {field.name for field in register.fields} if correcting else {*known}
    for field in register.fields:
        if field.flag and field.name not in leave_out:
            text = field_help(field) + ("（必填）" if field.required and field.name not in told else "")
            words = (
                ("是", "否") if field.type is FieldType.YESNO else tuple(term.label for term in field.terms)
            )
            yield _parameter(_FIELD + field.name, field.flag, text, metavar(field), field.repeat, words)
            if field.type is FieldType.NOTE and field.name == "content":
                yield _parameter(_FILE + field.name, f"{field.flag}-file", _FILE_HELP, "文件", repeat=False)
    for child in register.children:
        yield _parameter(_CHILD + child.name, child_flag(child), _child_help(child), "项=值 …", repeat=True)


_FILE_HELP = "内容在这个文件里：纯文本、Markdown 或 Word（.txt、.md、.docx）。"


def child_flag(child: Register) -> str:
    """The option that adds one row of a child register: ``votes`` → ``--vote``."""
    return "--" + child.name.removesuffix("s").replace("_", "-")


def _child_help(child: Register) -> str:
    needed = " ".join(f"{field.label}=…" for field in child.fields if field.required)
    other = "、".join(field.label for field in child.fields if not field.required)
    return f"{child.title}一行，如“{needed}”；还可写 {other}。"


def _parameter(  # noqa: PLR0917 - one of a kind
    name: str, flag: str, text: str, metavar_: str, repeat: bool, words: tuple[str, ...] = ()
) -> inspect.Parameter:
    wanted: Any = list[str] | None if repeat else str | None
    option = typer.Option(flag, metavar=metavar_, help=text, parser=offering(*words) if words else None)
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[wanted, option]
    )


def metavar(field: Field) -> str:
    """What stands behind the option in the help page."""
    return _METAVARS.get(field.type, "词" if field.terms else "内容")


def field_help(field: Field) -> str:
    """The field's own help, and its terms where the help does not name them."""
    text = field.help or f"{field.label}。"
    missing = [term.label for term in field.terms if term.label not in text]
    if field.terms and missing:
        text += f"可写：{'、'.join(term.label for term in field.terms)}。"
    return text


def given_values(options: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """What was given, by field name; what was not given is absent. Files are read."""
    values: dict[str, str | list[str]] = {}
    for name, value in options.items():
        if value is None:
            continue
        if name.startswith(_FILE):
            from zhibu_cli.app.textfile import read_text
            from zhibu_cli.cli.pasted import pasted_path

            values[name.removeprefix(_FILE)] = read_text(pasted_path(value))
        else:
            values[name.removeprefix(_FIELD).removeprefix(_CHILD)] = value
    return values


def generated(
    app: typer.Typer,
    name: str,
    body: Callable[..., Any],
    parameters: Iterable[inspect.Parameter],
    *,
    text: str,
) -> None:
    """Put a command into the app whose options are these parameters.

    ``body(ctx, options)`` gets all values in one dict.
    """

    def run(ctx: typer.Context, **options: Any) -> Any:
        return body(ctx, options)

    context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
    run.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined]
    run.__annotations__ = {}
    app.command(name, cls=ChineseCommand, help=text)(run)


def common(**annotations: Any) -> list[inspect.Parameter]:
    """Parameters such as ``--db`` for a generated command."""
    return [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=False if name in {"yes", "all_"} else None,
            annotation=hint,
        )
        for name, hint in annotations.items()
    ]


HEADS = frozenset({"expected", "present", "attendees", "absentees", "excused"})
"""Fields that together say who came: one question."""


def questions(
    kinds: Sequence[Kind], register: Register, catalogue: Catalogue
) -> tuple[tuple[Field, ...], ...]:
    """What to ask for, one question each: the first field of it, the next where that was left blank.

    Required fields come first, then what the kinds need; a kind that needs nothing is asked what the first
    kind of its register needs, or for every field.
    """
    needs = [need for kind in kinds for need in kind.needs]
    if not needs:
        needs = [need for kind in catalogue.kinds_of(register.name)[:1] for need in kind.needs]
    found: list[tuple[str, ...]] = [
        (field.name,) for field in register.fields if field.required and field.flag
    ]
    if not needs:
        found = [(field.name,) for field in register.fields if field.flag]
    for need in needs:
        names = tuple(sorted(HEADS)) if HEADS & {*need.fields} else need.fields
        if not any({*names} & {*other} for other in found):
            found.append(names)
    asked = [tuple(map(register.field, names)) for names in found]
    places = {field.name: place for place, field in enumerate(register.fields)}
    return tuple(sorted(asked, key=lambda fields: _turn(fields, places)))


def _turn(fields: tuple[Field, ...], places: Mapping[str, int]) -> tuple[bool, int]:
    """Required ones first, and the group, on which it depends who is expected; else as in the sheet."""
    first = fields[0]
    return not (first.required or first.type is FieldType.GROUP), places[first.name]


def child_form(child: Register) -> str:
    """How a row of a child register is written: ``事项类别=… 事项=… 对象=…``."""
    return " ".join(f"{field.label}=…" for field in child.fields[:3])
