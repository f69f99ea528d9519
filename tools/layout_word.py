"""A layout as a Word template."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from tools.docx_parts import (
    A3_WIDTH,
    APPENDIX,
    LANDSCAPE_WIDTH,
    cell,
    choice,
    loop,
    paragraph,
    row,
    table,
)
from tools.docx_styles import TEXT_WIDTH
from tools.layout import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.layout import Block, Column, Layout, Slot

_ALIGNED = {"left": "", "center": "Centre", "right": "Right"}
_DATE, _LEAST = 1540, 660
"""Twips that a day as ``2026-03-05`` and a head of two characters need at 12 points in any font."""
_SMALLER = 0.76
"""How much of it they need at 9 points."""
_SHORT = 200
"""Characters of a box that is not broken over pages."""
_LABEL, _PAGE_LABEL = 1500, 1640
"""Of a form on a page of its own the wider one: a label of six characters stands in one line."""
_HEIGHTS = {"": 560, "tall": 1300, "large": 6000, "page": 3600, "flow": 560}
_LINE, _LINES_SPARE = 400, 6
"""A line of 12 points in a cell, and how many of them a ``page`` slot can give to other slots."""
_FIELD = re.compile(r"\{\{ (\S+) \}\}")


def body(layout: Layout) -> str:
    """Everything between the title and the annex."""
    if any(block.kind == "pages" for block in layout.blocks):
        return blocks(layout)  # every page has its own title
    mark = paragraph("{%p if circle %}") + paragraph("{{ circle }}", "ZbCircle") + paragraph("{%p endif %}")
    caption = paragraph(layout.caption, "ZbCaption") if layout.caption else ""
    return mark + _title() + caption + blocks(layout) + APPENDIX


def blocks(layout: Layout, prefix: str = "") -> str:
    """The blocks alone; ``prefix``: the view they belong to, as ``book.roster.``."""
    width, made = _whole(layout), ""
    for block, kept in zip(layout.blocks, _kept(layout.blocks), strict=True):
        words = _MAKERS[block.kind](replace(block, kept=kept), width, prefix)
        if block.heading:
            style = "ZbBlockHeadNewPage" if block.new_page else "ZbBlockHead"
            words = paragraph(prefixed(block.heading, prefix), style) + words
        words += paragraph("", "ZbGapKept" if kept else "ZbGap") if block is not layout.blocks[-1] else ""
        if block.when:
            words = paragraph(f"{{%p if {prefix}{block.when} %}}") + words + paragraph("{%p endif %}")
        made += words
    return made


def _whole(layout: Layout) -> int:
    return A3_WIDTH if layout.a3 else LANDSCAPE_WIDTH if layout.landscape else TEXT_WIDTH


def table_widths(layout: Layout, block: Block) -> tuple[int, ...]:
    """Widths in twips of the columns of a table on the paper of its layout; none where there is no table."""
    return _widths(block, _whole(layout)) if block.columns else ()


def _kept(listed: Sequence[Block]) -> list[bool]:
    """Which blocks end on the page of the signatures: those between the last table and them."""
    kept, signed = [], False
    for block in reversed(listed):
        kept.append(signed)
        signed = block.kind == "signing" or (signed and (block.kind == "notes" or bool(block.when)))
    return kept[::-1]


def _title() -> str:
    return (
        paragraph("{%p for line in title_lines %}")
        + paragraph("{{ line }}", "ZbTableTitle")
        + paragraph("{%p endfor %}")
    )


def _table(block: Block, width: int, prefix: str) -> str:
    look = "ZbSmall" if block.small or block.dense else "ZbCell"
    widths = _widths(block, width)

    def line(kept: str) -> str:
        columns = zip(block.columns, widths, strict=True)
        cells = [
            cell(_value(c), one, f"{look}{_ALIGNED[c.align]}{kept}", fill=_shaded(c)) for c, one in columns
        ]
        return row(cells, height=block.height)

    # no page with the last row alone, nor with signatures alone
    last = "loop.revindex <= 2" if block.kept else "loop.revindex == 2"
    body = choice("tr", last, line("Kept"), line(""), widths)
    listed = loop("tr", f"for r in {prefix}{block.list}", body, widths)
    listed += _sums(block, widths, prefix, look) if block.sums else ""
    none = row([cell(f"{{{{ {prefix}{block.empty} }}}}", sum(widths), f"{look}Centre", len(widths))])
    rows = choice("tr", f"{prefix}{block.list}", listed, none, widths)
    return table(widths, _heads(block.columns, widths, f"{look}Head") + rows, side=_side(block))


def _side(block: Block) -> int:
    """Room beside the text of a cell."""
    return 20 if block.dense else 60


def _sums(block: Block, widths: Sequence[int], prefix: str, look: str) -> str:
    cells = zip(block.summed(prefix), widths, strict=True)
    kept = "Kept" if block.kept else ""
    added = row([cell(words, width, f"{look}Centre{kept}") for words, width in cells])
    return choice("tr", f"{prefix}{block.sums}", added, "", widths)


def _value(column: Column) -> str:
    return f"{{{{ r.{column.field} }}}}" if column.field else ""


def _shaded(column: Column) -> str:
    return f"{{{{ r.{column.shade} or 'auto' }}}}" if column.shade else ""


def _heads(columns: Sequence[Column], widths: Sequence[int], look: str) -> str:
    if not any(column.group for column in columns):
        cells = [cell(c.label, w, look) for c, w in zip(columns, widths, strict=True)]
        return row(cells, head=True)
    top, below = [], []
    for group, found in groupby(zip(columns, widths, strict=True), key=lambda pair: pair[0].group):
        pairs = list(found)
        if group:
            top.append(cell(group, sum(w for _, w in pairs), look, len(pairs)))
            below += [cell(c.label, w, look) for c, w in pairs]
        else:
            top += [cell(c.label, w, look, merge="restart") for c, w in pairs]
            below += [cell("", w, look, merge="continue") for _, w in pairs]
    return row(top, head=True) + row(below, head=True)


def _widths(block: Block, whole: int) -> tuple[int, ...]:
    """Widths in twips: in proportion, but no day, no head of two characters and nothing held is broken.

    In a dense table a head may: there are more columns than room.
    """
    least = [_least(block, column) for column in block.columns]
    scale = whole / sum(column.width for column in block.columns)
    made = [max(low, round(c.width * scale)) for c, low in zip(block.columns, least, strict=True)]
    while (over := sum(made) - whole) > 0:
        free = [number for number, low in enumerate(least) if made[number] > low]
        if not free:
            break
        widest = max(free, key=lambda number: made[number] - least[number])
        made[widest] -= min(over, made[widest] - least[widest], 20)
    made[max(range(len(made)), key=made.__getitem__)] += whole - sum(made)
    return tuple(made)


def _least(block: Block, column: Column) -> int:
    small = block.small or block.dense
    held = column.hold * 20 * (9 if small else 12) + 2 * _side(block) + 10 if column.hold else 0
    if block.dense:
        return round(held)
    day = any(word in column.label for word in DAYS) and bool(column.field)
    usual = (_DATE if day else _LEAST) * (_SMALLER if small else 1)
    return round(max(usual, held))


def _fields(block: Block, width: int, prefix: str) -> str:
    half = (width - 2 * _LABEL) // 2
    widths = (_LABEL, half, _LABEL, width - 2 * _LABEL - half)
    rest, line = sum(widths[1:]), _HEIGHTS[""]

    def wide(style: str, *, whole: bool, kept: str = "") -> str:
        label, style = cell("{{ r.left }}", _LABEL, f"ZbCellCentre{kept}"), style + kept
        inner = cell("{%p for p in r.paragraphs %}", rest, style, 3, top=not whole)
        inner = inner.replace("</w:tc>", "")
        inner += paragraph("{{ p }}", style) + paragraph("{%p endfor %}", style) + "</w:tc>"
        return row([label, inner], height=line, whole=whole)

    texts = ("{{ r.left }}", "{{ r.left_text }}", "{{ r.right }}", "{{ r.right_text }}")
    styles = ("ZbCellCentre", "ZbCell") * 2
    pair = row([cell(*one) for one in zip(texts, widths, styles, strict=True)], height=line)
    flow, short = wide("ZbCellFlow", whole=False), wide("ZbCell", whole=True)
    single = choice("tr", 'r.size == "flow"', flow, short, widths)
    if block.kept:  # a short one takes what is signed below with it: no page with signatures alone
        last = choice(
            "tr",
            'r.size == "flow"',
            wide("ZbCellFlow", whole=True, kept="Kept"),
            wide("ZbCell", whole=True, kept="Kept"),
            widths,
        )
        single = choice("tr", f"loop.last and r.left_text | length < {_SHORT}", last, single, widths)
    rows = loop("tr", f"for r in {prefix}{block.list}", choice("tr", "r.wide", single, pair, widths), widths)
    return table(widths, rows)


def _form(block: Block, width: int, prefix: str, label: int = _LABEL) -> str:
    half = (width - 2 * label) // 2
    widths = (label, half, label, width - 2 * label - half)
    more = f"[[{', '.join(_more_lines(block, widths))}] | sum, {_LINES_SPARE}] | min"
    page = f"{{{{ {_HEIGHTS['page']} - {_LINE} * ({more}) }}}}"
    return table(widths, "".join(_slots(slots, widths, prefix, page) for slots in block.rows))


def _more_lines(block: Block, widths: Sequence[int]) -> Iterator[str]:
    """For every row of single fields an expression: the lines that it takes beyond the first.

    A ``page`` slot gives them up, or a long name of the branch would drive the last row to another page.
    """
    for slots in block.rows:
        rest = widths[1] if len(slots) > 1 else sum(widths[1:])
        most = (rest - 2 * 60) // 240
        named = [match[1] for slot in slots if (match := _FIELD.fullmatch(slot.text))]
        if named:
            lines = ", ".join(f"(({name} | length) + {most - 1}) // {most}" for name in named)
            yield f"([1, {lines}] | max) - 1"


def _pages(block: Block, width: int, prefix: str) -> str:
    """A page for every item, each with title and mark; the list empty: one line that says so."""
    first = paragraph(block.title, "ZbTableTitle")
    other = paragraph("{%p if loop.first %}") + first + paragraph("{%p else %}")
    other += paragraph(block.title, "ZbTableTitleNewPage") + paragraph("{%p endif %}")
    mark = paragraph("{%p if circle %}") + paragraph("{{ circle }}", "ZbCircle") + paragraph("{%p endif %}")
    none = paragraph(f"{{{{ {prefix}{block.empty} }}}}", "ZbPlain")
    return (
        paragraph(f"{{%p for p in {prefix}{block.list} %}}")
        + other
        + mark
        + _form(block, width, "", _PAGE_LABEL)
        + paragraph("{%p else %}")
        + none
        + paragraph("{%p endfor %}")
    )


def _slots(slots: Sequence[Slot], widths: Sequence[int], prefix: str, page: str) -> str:
    rest = sum(widths[1:])
    if len(slots) == 1:
        slot = slots[0]
        style = "ZbCellFlow" if slot.size == "flow" else "ZbCell"
        cells = [
            cell(slot.label, widths[0], "ZbCellCentre"),
            cell(prefixed(slot.text, prefix), rest, style, 3, top=slot.size in {"large", "flow"}),
        ]
        height = page if slot.size == "page" else _HEIGHTS[slot.size]
        return row(cells, height=height, whole=slot.size not in {"large", "flow"})
    styles = ("ZbCellCentre", "ZbCell") * 2
    texts = [text for slot in slots for text in (slot.label, prefixed(slot.text, prefix))]
    return row([cell(*one) for one in zip(texts, widths, styles, strict=True)], height=_HEIGHTS[""])


def prefixed(text: str, prefix: str) -> str:
    """``{{ place }}`` as ``{{ m.place }}``: the same slot inside a list of views."""
    return text.replace("{{ ", f"{{{{ {prefix}") if prefix else text


def _text(block: Block, _width: int, prefix: str) -> str:
    return paragraph(prefixed(block.text, prefix), block.style)


def _notes(block: Block, _width: int, prefix: str) -> str:
    style = "ZbNoteKept" if block.kept else "ZbNote"
    words = f"注：{{% for note in {prefix}notes %}}{{{{ loop.index }}}}.{{{{ note }}}}{{% endfor %}}"
    return paragraph(f"{{%p if {prefix}notes %}}") + paragraph(words, style) + paragraph("{%p endif %}")


def _signing(_block: Block, _width: int, prefix: str) -> str:
    words = f"{{% for one in {prefix}signing %}}{{{{ one }}}}：　　　　　{{% endfor %}}"
    return paragraph(words, "ZbSigning")


_MAKERS = {
    "table": _table,
    "form": _form,
    "fields": _fields,
    "pages": _pages,
    "text": _text,
    "notes": _notes,
    "signing": _signing,
}
