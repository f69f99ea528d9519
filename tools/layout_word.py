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
    outside,
    paragraph,
    row,
    table,
)
from tools.docx_styles import TEXT_WIDTH
from tools.layout import BETWEEN, DAYS, NOTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tools.layout import Block, Column, Layout, Slot

_ALIGNED = {"left": "", "center": "Centre", "right": "Right"}
_DATE, _LEAST = 1540, 660
"""Twips that a day as ``2026-03-05`` and a head of two characters need at 12 points in any font."""
_SMALLER = 0.76
"""How much of it they need at 9 points."""
_SHORT = 400
"""Characters of a last box that is not broken over pages but goes with the signatures: a third of a page."""
_END = 150
"""Characters of the last paragraph of a longer box that goes with them: where the page ends above it, the box
has no line below."""
_GAP = paragraph("", "ZbGap")
_LABEL, _PAGE_LABEL = 1500, 1640
"""Of a form on a page of its own the wider one: a label of six characters stands in one line."""
_HEIGHTS = {"": 560, "tall": 1300, "large": 6000, "page": 3600, "flow": 560}
_LINE, _LINES_SPARE = 400, 6
"""A line of 12 points in a cell, and how many of them a ``page`` slot can give to other slots."""
_CHARACTER, _NARROW = 240, 4
"""Twips of a character of 12 points; what the eight figures of a day take less."""
_FIELD = re.compile(r"\{\{ (\S+) \}\}")


def body(layout: Layout) -> str:
    """Everything between the title and the annex."""
    if any(block.kind == "pages" for block in layout.blocks):
        return blocks(layout)  # every page has its own title
    mark = paragraph("{%p if circle %}") + paragraph("{{ circle }}", "ZbCircle") + paragraph("{%p endif %}")
    return mark + _title() + _caption(layout) + blocks(layout) + APPENDIX


def _caption(layout: Layout) -> str:
    """The line below the title; where it is too long its parts stand in lines of their own, unbroken."""
    first, *others = layout.caption.split(BETWEEN)
    if not others or "{%" in layout.caption:
        return paragraph(layout.caption, "ZbCaption") if layout.caption else ""
    values = " ~ ".join(_FIELD.findall(layout.caption))
    room = _whole(layout) // _CHARACTER - len(_FIELD.sub("", layout.caption)) + _NARROW
    gap = f"{{{{ '\\n' if ({values}) | length > {room} else '{BETWEEN}' }}}}"
    words = paragraph(gap.join((first, *others)), "ZbCaption")
    # a line that ends before its edge would be drawn out to it
    return words.replace("</w:pPr>", '<w:jc w:val="left"/></w:pPr>')


def blocks(layout: Layout, prefix: str = "") -> str:
    """The blocks alone; ``prefix``: the view they belong to, as ``book.roster.``."""
    width, made = _whole(layout), ""
    kept = _kept(layout.blocks)
    for number, block in enumerate(layout.blocks):
        below = layout.blocks[number + 1 :] if kept[number] else ()
        if block.kind == "signing" and any(kept):
            made += paragraph("", "ZbEnd")  # it stands in the last row of the table above
            continue
        words = _MAKERS[block.kind](replace(block, below=below), width, prefix)
        if block.heading:
            words = paragraph(prefixed(block.heading, prefix), "ZbBlockHead") + words
        if block is not layout.blocks[-1]:
            words += _where(_later(below, prefix) or "false", _GAP) if below else _GAP
        made += _where(_condition(block, below, prefix), words)
    return made


def _later(below: Sequence[Block], prefix: str) -> str:
    """Whether another table stands before the signatures; empty: there never is one."""
    return " or ".join(f"{prefix}{one.when}" for one in below if one.when)


def _condition(block: Block, below: Sequence[Block], prefix: str) -> str:
    """Where a block stands at all; notes that a table below follows are else in the row of signatures."""
    if block.kind == "notes" and below:
        return _later(below, prefix) or "false"
    return f"{prefix}{block.when}" if block.when else ""


def _where(condition: str, words: str) -> str:
    if condition == "false":
        return ""
    tag = paragraph(f"{{%p if {condition} %}}")
    return tag + words + paragraph("{%p endif %}") if condition else words


def _whole(layout: Layout) -> int:
    return A3_WIDTH if layout.a3 else LANDSCAPE_WIDTH if layout.landscape else TEXT_WIDTH


def table_widths(layout: Layout, block: Block) -> tuple[int, ...]:
    """Widths in twips of the columns of a table on the paper of its layout; none where there is no table."""
    return _widths(block, _whole(layout)) if block.columns else ()


def _kept(listed: Sequence[Block]) -> list[bool]:
    """Which blocks end on the page of the signatures: the last table that always stands, and what follows."""
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
    last = "loop.revindex <= 2" if block.below else "loop.revindex == 2"
    body = choice("tr", "not loop.last" if block.whole else last, line("Kept"), line(""), widths)
    listed = loop("tr", f"for r in {prefix}{block.list}", body, widths)
    listed += _sums(block, widths, prefix, look) if block.sums else ""
    alone = f"{look}Centre{_with_below(block)}"
    none = row([cell(f"{{{{ {prefix}{block.empty} }}}}", sum(widths), alone, len(widths))])
    rows = choice("tr", f"{prefix}{block.list}", listed, none, widths) + _signed(block, widths, prefix)
    return table(widths, _heads(block.columns, widths, f"{look}Head") + rows, side=_side(block))


def _with_below(block: Block) -> str:
    """What the name of a cell's style ends in where its row goes with the signatures."""
    return "Kept" if block.below else ""


def _signed(block: Block, widths: Sequence[int], prefix: str) -> str:
    """A last row with notes and signatures, unless another table follows.

    LibreOffice keeps a row with the next one, but no row with a paragraph below its table.
    """
    if not block.below:
        return ""
    words = [_MAKERS[one.kind](one, 0, prefix) for one in block.below if one.kind in {"notes", "signing"}]
    last = outside(_GAP + "".join(words), widths)
    later = _later(block.below, prefix)
    return choice("tr", f"not ({later})", last, "", widths) if later else last


def _side(block: Block) -> int:
    """Room beside the text of a cell."""
    return 20 if block.dense else 60


def _sums(block: Block, widths: Sequence[int], prefix: str, look: str) -> str:
    cells = zip(block.summed(prefix), widths, strict=True)
    added = row([cell(words, width, f"{look}Centre{_with_below(block)}") for words, width in cells])
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

    def wide(style: str, *, whole: bool, kept: str = "", share: str = "", merge: str = "") -> str:
        style += kept
        named = "" if merge == "continue" else "{{ r.left }}"
        label = cell(named, _LABEL, f"ZbCellCentre{kept}", merge=merge)
        inner = cell(f"{{%p for p in r.paragraphs{share} %}}", rest, style, 3, top=not whole or bool(merge))
        if merge:
            side = "bottom" if merge == "restart" else "top"
            bare = f'<w:tcBorders><w:{side} w:val="nil"/></w:tcBorders><w:vAlign'
            inner = inner.replace("<w:vAlign", bare)
        inner = inner.replace("</w:tc>", "")
        inner += paragraph("{{ p }}", style) + paragraph("{%p endfor %}", style) + "</w:tc>"
        return row([label, inner], height=0 if merge else line, whole=whole)

    texts = ("{{ r.left }}", "{{ r.left_text }}", "{{ r.right }}", "{{ r.right_text }}")
    styles = ("ZbCellCentre", "ZbCell") * 2
    pair = row([cell(*one) for one in zip(texts, widths, styles, strict=True)], height=line)
    flow, short = wide("ZbCellFlow", whole=False), wide("ZbCell", whole=True)
    single = choice("tr", 'r.size == "flow"', flow, short, widths)
    if block.below:  # a short one takes what is signed below with it: no page with signatures alone
        last = choice(
            "tr",
            'r.size == "flow"',
            wide("ZbCellFlow", whole=True, kept="Kept"),
            wide("ZbCell", whole=True, kept="Kept"),
            widths,
        )
        # of a long one its last paragraph does
        above = wide("ZbCellFlow", whole=False, share="[:-1]", merge="restart")
        above += wide("ZbCellFlow", whole=True, kept="Kept", share="[-1:]", merge="continue")
        ends = f"r.paragraphs | length > 1 and r.paragraphs[-1] | length < {_END}"
        long_ = choice("tr", f'loop.last and r.size == "flow" and {ends}', above, single, widths)
        single = choice("tr", f"loop.last and r.left_text | length < {_SHORT}", last, long_, widths)
    rows = loop("tr", f"for r in {prefix}{block.list}", choice("tr", "r.wide", single, pair, widths), widths)
    return table(widths, rows + _signed(block, widths, prefix))


def _form(block: Block, width: int, prefix: str, label: int = _LABEL) -> str:
    half = (width - 2 * label) // 2
    widths = (label, half, label, width - 2 * label - half)
    more = f"[[{', '.join(_more_lines(block, widths))}] | sum, {_LINES_SPARE}] | min"
    page = f"{{{{ {_HEIGHTS['page']} - {_LINE} * ({more}) }}}}"
    rows = "".join(_slots(slots, widths, prefix, page) for slots in block.rows)
    return table(widths, rows + _signed(block, widths, prefix))


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


def _notes(_block: Block, _width: int, prefix: str) -> str:
    words = NOTES.replace("in notes", f"in {prefix}notes")
    return paragraph(f"{{%p if {prefix}notes %}}") + paragraph(words, "ZbNote") + paragraph("{%p endif %}")


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
