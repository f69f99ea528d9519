"""Members of one name, and a member entered twice: questions and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from zhibu_cli.cli.asking import ask, confirm_or_cancel, say
from zhibu_cli.cli.layout import indented, table, terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.app.same_name import Merge, Split
    from zhibu_cli.cli.session import Session


def marks_or_ask(session: Session, found: Split, given: Sequence[str], *, yes: bool) -> dict[str, str]:
    """What tells each of them apart: as given, asked for at a terminal where it is missing, confirmed.

    Raises:
        BadParameter: something given is not ``编号=词``.
    """
    marks = dict(map(_pair, given))
    if not session.interactive() or yes:
        return marks
    _list(found)
    for twin in found.twins:
        if twin.id not in marks and not twin.mark:
            marks[twin.id] = ask(f"{twin.id} {twin.name} 怎样区分（如 女、二组）", required=True)
    shown = "、".join(f"{twin.id} {twin.name}（{marks.get(twin.id) or twin.mark}）" for twin in found.twins)
    confirm_or_cancel(f"分别显示为 {shown}，这样区分吗？")
    return marks


def _pair(text: str) -> tuple[str, str]:
    number, equals, mark = text.replace("＝", "=").partition("=")
    if not equals or not number.strip():
        raise typer.BadParameter(f"“{text}”应写成 编号=词，如 M3=女。")
    return number.strip().upper(), mark.strip()


def show_split(found: Split) -> None:
    """How they are called from now on, and where each is named."""
    say("今后这样显示：")
    _list(found)
    say(f"已区分{len(found.twins)}人，没有移动记录：原来对应谁就还对应谁；用 zhibu history 看历次版本。")
    example = found.twins[-1].id
    if found.open:
        say(f"下一步：只写姓名的{len(found.open)}条，用 zhibu amend 逐条写明是谁，写编号（如 {example}）。")
    elif any(twin.named_in for twin in found.twins):
        say(f"下一步：看上面的记录有没有对错人；错的用 zhibu amend 更正，姓名处写编号（如 {example}）。")


def _list(found: Split) -> None:
    for twin in found.twins:
        _line(f"{twin.id} {twin.shown}：{_numbers(twin.named_in)}")
    if found.open:
        _line(f"只写姓名、没有对上编号的记录：{_numbers(found.open)}")


def show_merge(found: Merge) -> None:
    """What becomes of the two rows."""
    kept, dropped = found.kept, found.dropped
    names = [f"{row.id} {row.payload['name']}" for row in (dropped, kept)]
    say(f"{names[0]} 今后读作 {names[1]}，{dropped.id} 作废。")
    _line(f"写着 {dropped.id} 的记录：{_numbers(found.named_in)}")
    if found.both:
        _line(f"两个编号都写了的记录：{_numbers(found.both)}；今后只算一人，请核对人数。")
    if found.fields:
        say(f"  两行不同的项（以 {kept.id} 为准，要改请用 zhibu member edit {kept.id}）：")
        rows = [(field.label, field.old, field.new) for field in found.fields]
        say("\n".join("  " + line for line in table(("项目", kept.id, dropped.id), rows).splitlines()))


def show_merged(done: Merge, *, told: bool) -> None:
    """The answer to ``merge``, unless most of it was ``told`` already."""
    if not told:
        show_merge(done)
    kept, dropped = done.kept, done.dropped
    moved = f"{len(done.named_in)}条记录随之改读，原文不改" if done.named_in else f"没有记录写着 {dropped.id}"
    say(f"已并为一人：{moved}；历次版本都留着，可用 zhibu history {dropped.id} 查看。")
    steps = [
        f"用 zhibu show 核对 {_numbers(done.both)}的人数" if done.both else "",
        f"两行不同的项现以 {kept.id} 为准，不对的用 zhibu member edit {kept.id} 更正" if done.fields else "",
    ]
    if any(steps):
        say(f"下一步：{'；'.join(filter(None, steps))}。")


def _numbers(numbers: Iterable[str]) -> str:
    listed = [*numbers]
    return f"{'、'.join(listed)}（{len(listed)}条）" if listed else "没有"


def _line(text: str) -> None:
    say("  " + "\n".join(indented(text, 4, terminal_width())))
