"""A layout as a Word template."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tools.docx_parts import (
    APPENDIX,
    LANDSCAPE_WIDTH,
    TEXT_WIDTH,
    cell,
    choice,
    loop,
    paragraph,
    row,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.layout import Block, Column, Layout, Slot

_ALIGNED = {"left": "ZbCell", "center": "ZbCellCentre", "right": "ZbCellRight"}
_DENSE = {"left": "ZbDense", "center": "ZbDenseCentre", "right": "ZbDenseCentre"}
_LABEL = 1500
_HEIGHTS = {"": 560, "tall": 1300, "large": 6000, "flow": 560}


def body(layout: Layout) -> str:
    """Everything between the title and the annex."""
    mark = paragraph("{%p if circle %}") + paragraph("{{ circle }}", "ZbCircle") + paragraph("{%p endif %}")
    caption = paragraph(layout.caption, "ZbCaption") if layout.caption else ""
    return mark + _title() + caption + blocks(layout) + APPENDIX


def blocks(layout: Layout, prefix: str = "") -> str:
    """The blocks alone; ``prefix``: the view they belong to, as ``book.roster.``."""
    width = LANDSCAPE_WIDTH if layout.landscape else TEXT_WIDTH
    made = []
    for block in layout.blocks:
        words = _MAKERS[block.kind](block, width, prefix)
        if block.heading:
            style = "ZbBlockHeadNewPage" if block.new_page else "ZbBlockHead"
            words = paragraph(block.heading, style) + words
        if block.when:
            words = paragraph(f"{{%p if {prefix}{block.when} %}}") + words + paragraph("{%p endif %}")
        made.append(words)
    return paragraph("", "ZbGap").join(made)


def _title() -> str:
    return (
        paragraph("{%p for line in title_lines %}")
        + paragraph("{{ line }}", "ZbTableTitle")
        + paragraph("{%p endfor %}")
    )


def _table(block: Block, width: int, prefix: str) -> str:
    widths = _scaled([column.width for column in block.columns], width)
    styles, head, side = (_DENSE, "ZbDenseHead", 20) if block.dense else (_ALIGNED, "ZbCellHead", 60)
    cells = [
        cell(_value(column), one, styles[column.align], fill=_shaded(column))
        for column, one in zip(block.columns, widths, strict=True)
    ]
    listed = loop("tr", f"for r in {prefix}{block.list}", row(cells, height=block.height), widths)
    none = row([cell(f"{{{{ {prefix}{block.empty} }}}}", sum(widths), styles["center"], len(widths))])
    rows = choice("tr", f"{prefix}{block.list}", listed, none, widths)
    return table(widths, _heads(block.columns, widths, head) + rows, side=side)


def _value(column: Column) -> str:
    return f"{{{{ r.{column.field} }}}}" if column.field else ""


def _shaded(column: Column) -> str:
    return f"{{{{ r.{column.shade} }}}}" if column.shade else ""


def _heads(columns: Sequence[Column], widths: Sequence[int], style: str) -> str:
    if not any(column.group for column in columns):
        cells = [cell(c.label, w, style) for c, w in zip(columns, widths, strict=True)]
        return row(cells, head=True)
    top, below = [], []
    for group, found in groupby(zip(columns, widths, strict=True), key=lambda pair: pair[0].group):
        pairs = list(found)
        if group:
            top.append(cell(group, sum(w for _, w in pairs), style, len(pairs)))
            below += [cell(c.label, w, style) for c, w in pairs]
        else:
            top += [cell(c.label, w, style, merge="restart") for c, w in pairs]
            below += [cell("", w, style, merge="continue") for _, w in pairs]
    return row(top, head=True) + row(below, head=True)


def _scaled(widths: Sequence[float], whole: int) -> tuple[int, ...]:
    scale = whole / sum(widths)
    made = [round(width * scale) for width in widths]
    made[-1] += whole - sum(made)
    return tuple(made)


def _fields(block: Block, width: int, prefix: str) -> str:
    half = (width - 2 * _LABEL) // 2
    widths = (_LABEL, half, _LABEL, width - 2 * _LABEL - half)
    rest, line = sum(widths[1:]), _HEIGHTS[""]
    label = cell("{{ r.left }}", _LABEL, "ZbCellCentre")

    def wide(style: str, *, whole: bool) -> str:
        inner = cell("{%p for p in r.paragraphs %}", rest, style, 3, top=not whole)
        inner = inner.replace("</w:tc>", "")
        inner += paragraph("{{ p }}", style) + paragraph("{%p endfor %}", style) + "</w:tc>"
        return row([label, inner], height=line, whole=whole)

    texts = ("{{ r.left }}", "{{ r.left_text }}", "{{ r.right }}", "{{ r.right_text }}")
    styles = ("ZbCellCentre", "ZbCell") * 2
    pair = row([cell(*one) for one in zip(texts, widths, styles, strict=True)], height=line)
    flow, short = wide("ZbCellFlow", whole=False), wide("ZbCell", whole=True)
    single = choice("tr", 'r.size == "flow"', flow, short, widths)
    rows = loop("tr", f"for r in {prefix}{block.list}", choice("tr", "r.wide", single, pair, widths), widths)
    return table(widths, rows)


def _form(block: Block, width: int, prefix: str) -> str:
    half = (width - 2 * _LABEL) // 2
    widths = (_LABEL, half, _LABEL, width - 2 * _LABEL - half)
    return table(widths, "".join(_slots(slots, widths, prefix) for slots in block.rows))


def _slots(slots: Sequence[Slot], widths: Sequence[int], prefix: str) -> str:
    rest = sum(widths[1:])
    if len(slots) == 1:
        slot = slots[0]
        style = "ZbCellFlow" if slot.size == "flow" else "ZbCell"
        cells = [
            cell(slot.label, widths[0], "ZbCellCentre"),
            cell(prefixed(slot.text, prefix), rest, style, 3, top=slot.size in {"large", "flow"}),
        ]
        return row(cells, height=_HEIGHTS[slot.size], whole=slot.size not in {"large", "flow"})
    styles = ("ZbCellCentre", "ZbCell") * 2
    texts = [text for slot in slots for text in (slot.label, prefixed(slot.text, prefix))]
    return row([cell(*one) for one in zip(texts, widths, styles, strict=True)], height=_HEIGHTS[""])


def prefixed(text: str, prefix: str) -> str:
    """``{{ place }}`` as ``{{ m.place }}``: the same slot inside a list of views."""
    return text.replace("{{ ", f"{{{{ {prefix}") if prefix else text


def _text(block: Block, _width: int, prefix: str) -> str:
    return paragraph(prefixed(block.text, prefix), block.style)


def _notes(_block: Block, _width: int, prefix: str) -> str:
    words = f"注：{{% for note in {prefix}notes %}}{{{{ loop.index }}}}.{{{{ note }}}}{{% endfor %}}"
    return paragraph(f"{{%p if {prefix}notes %}}") + paragraph(words, "ZbNote") + paragraph("{%p endif %}")


def _signing(_block: Block, _width: int, prefix: str) -> str:
    words = f"{{% for one in {prefix}signing %}}{{{{ one }}}}：　　　　　　　　　　{{% endfor %}}"
    return paragraph(words, "ZbSigning")


_MAKERS = {
    "table": _table,
    "form": _form,
    "fields": _fields,
    "text": _text,
    "notes": _notes,
    "signing": _signing,
}
