"""The two grids of a check at a terminal: words, blanks and upright lines, no drawing characters.

Characters of frames have no sure width in Chinese consoles; ``|`` and ``-`` have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.cli.layout import cut, hang
from zhibu_cli.text import display_width, pad

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.app.check_talks import TalkGrid
    from zhibu_cli.app.check_text import MonthGrid

NARROW = 80
"""Below so many columns twelve months do not stand side by side."""
_LEAST, _MOST = 3, 6
"""Columns of a month: 已1, 已13日."""
_PERSON, _DUTY = 5, 2
_NAME = 26


def month_lines(grid: MonthGrid, width: int) -> list[str]:
    """Title, table and legend of a calendar."""
    size = len(grid.months)
    room = width - size * (_LEAST + 1) - 1
    labels = [_label(row.title, row.who, room) for row in grid.rows]
    label = max(map(display_width, [*labels, "事项／月份"]))
    month = min(_MOST, max(_LEAST, (width - label - 1) // size - 1))
    heads = [(month, head.rpartition("年")[2].removesuffix("月")) for head in grid.months]
    lines = [grid.title, _row("事项／月份", label, heads)]
    lines.append("-" * label + ("+" + "-" * month) * size + "+")
    for text, row in zip(labels, grid.rows, strict=True):
        cells = [(cell.span * (month + 1) - 1, (cell.text, cell.brief, cell.short)) for cell in row.cells]
        lines.append(_row(text, label, [(room, _fitting(texts, room)) for room, texts in cells]))
    used = "　".join(f"{mark.short} {mark.label}" for mark in grid.marks)
    return [
        *lines,
        *hang("图例：", f"{used}。已1：有1条记录；按人、按对计的是项数；有日子的是记录的日子。", width),
    ]


def _label(title: str, who: str, room: int) -> str:
    """The duty and whose it is; of a long duty the end goes, not whose it is."""
    if not who:
        return cut(title, room)
    return f"{cut(title, max(8, room - display_width(who) - 1))} {who}"


def _fitting(texts: Iterable[str], room: int) -> str:
    """The fullest text for which there is room."""
    return next((text for text in texts if display_width(text) <= room), "")


def _row(label: str, width: int, cells: Sequence[tuple[int, str]]) -> str:
    first = pad(cut(label, width), width)
    return first + "|" + "".join(pad(text, room) + "|" for room, text in cells)


def talk_lines(grid: TalkGrid, width: int) -> list[str]:
    """Title, tables of as many people as fit side by side, legend and notes."""
    labels = [" ".join(filter(None, (r.person.id, r.person.name, r.person.posts))) for r in grid.rows]
    label = min(max(map(display_width, [*labels, "姓名"]), default=0), _NAME)
    size = max(1, (width - label - 1 - len(grid.duties) * (_DUTY + 1)) // (_PERSON + 1))
    lines = [grid.title]
    for part in grid.cut(size) if grid.rows else ():
        lines += ["", *_people(part, labels, label)] if len(lines) > 1 else _people(part, labels, label)
    used = "　".join(f"{mark.short} {mark.label}" for mark in grid.marks)
    if grid.rows:
        words = "3.13 是 3月13日一对一谈过，2次是谈过两次；“未”后又有日期的，那次不计入该项，见核对结果。"
        lines += hang("图例：", f"{used}。{words}" if used else words, width)
    for text in (*(f"{duty.letter}：{duty.title}" for duty in grid.duties), *grid.notes):
        lines += hang("  ", text, width)
    return lines


def _people(part: TalkGrid, labels: Sequence[str], label: int) -> list[str]:
    heads = [(_DUTY, duty.letter) for duty in part.duties]
    heads += [(_PERSON, person.id) for person in part.people]
    lines = [_row("姓名", label, heads)]
    lines.append("-" * label + "".join("+" + "-" * room for room, _ in heads) + "+")
    for text, row in zip(labels, part.rows, strict=True):
        cells = [(_DUTY, cell.text) for cell in row.duties]
        cells += [(_PERSON, cut(cell.text, _PERSON)) for cell in row.cells]
        lines.append(_row(text, label, cells))
    return lines
