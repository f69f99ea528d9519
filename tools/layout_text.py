"""A layout as a Markdown template and as the inner part of an HTML page."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from tools.layout import BETWEEN, DAYS, NOTES
from tools.layout_word import prefixed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.layout import Block, Column, Layout, Slot

_FRAME = Path(__file__).parent / "page_frame.html"
_ROOM, _ROOM_DAY, _ROOM_SIDES, _DRAWN = 3.2, 6.2, 1.2, 0.5
"""Widths in em: two characters, a day, what is beside the text of a cell; and the least share of a width."""
TRACE_MD = """{% if trace %}

---

# 附件：数据来源表

| 数据 | 数 | 统计口径 | 记录编号 |
|---|---|---|---|
{% for t in trace %}
| {{ t.label }} | {{ t }} | {{ t.rule }} | {{ t.sources }} |
{% endfor %}
{% endif %}
"""


def markdown(layout: Layout) -> str:
    """The whole template."""
    head = ["# {{ title }}", "", "{% if circle %}", "**{{ circle }}**", "", "{% endif %}"]
    head += [layout.caption, ""] if layout.caption else []
    return "\n".join(head) + "\n" + _joined(layout, _MARKDOWN, "## {}\n\n", "") + TRACE_MD


def html(layout: Layout) -> str:
    """The template: the frame of every page around the blocks of this one."""
    parts = "".join(f"<span>{part}</span>" for part in layout.caption.split(BETWEEN))
    caption = f'<p class="caption">{parts}</p>\n' if layout.caption else ""
    blocks = _joined(layout, _HTML, "<h2>{}</h2>\n", "")
    return page(caption + blocks, landscape=layout.landscape, a3=layout.a3)


def page(
    body: str,
    *,
    landscape: bool = False,
    a3: bool = False,
    before: str = "",
    style: str = "",
    script: str = "",
) -> str:
    """The frame of every HTML paper around a body.

    Args:
        body: what stands under the title.
        landscape: for a wide table.
        a3: printed on A3.
        before: what stands in front of the main part, macros included.
        style: more rules behind those of the frame.
        script: the only script that the page may run; its hash stands in the page's policy.
    """
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    places = {
        "@page@": f"{'A3' if a3 else 'A4'} {'landscape' if landscape else 'portrait'}",
        "@width@": "1160px" if landscape else "860px",
        "@policy@": f"; script-src 'sha256-{hashed}'" if script else "",
        "@style@": style,
        "@before@": before,
        "@after@": f"<script>{script}</script>\n" if script else "",
        "@body@": body,
    }
    frame = _FRAME.read_text(encoding="utf-8")
    for place, words in places.items():
        frame = frame.replace(place, words)
    return frame


def _joined(
    layout: Layout, makers: Mapping[str, Callable[[Block, str], str]], heading: str, prefix: str
) -> str:
    made = []
    for block in layout.blocks:
        words = (heading.format(block.heading) if block.heading else "") + makers[block.kind](block, prefix)
        made.append(f"{{% if {prefix}{block.when} %}}\n{words}{{% endif %}}\n" if block.when else words)
    return "\n".join(made)


def _md_table(block: Block, prefix: str) -> str:
    heads = (f"{c.group}{'·' if c.group else ''}{c.label}" for c in block.columns)
    cells = (f"{{{{ r.{c.field} }}}}" if c.field else "" for c in block.columns)
    sums = f"| {' | '.join(block.summed(prefix))} |\n" if block.sums else ""
    return (
        f"| {' | '.join(heads)} |\n|{'---|' * len(block.columns)}\n"
        f"{{% for r in {prefix}{block.list} %}}\n| {' | '.join(cells)} |\n{{% endfor %}}\n"
        f"{_if_summed(block, prefix, sums)}"
        f"{{% if not {prefix}{block.list} %}}\n\n{{{{ {prefix}{block.empty} }}}}\n{{% endif %}}\n"
    )


def _if_summed(block: Block, prefix: str, words: str) -> str:
    return f"{{% if {prefix}{block.sums} %}}\n{words}{{% endif %}}\n" if words else ""


def _md_form(block: Block, prefix: str) -> str:
    slots = [slot for slots in block.rows for slot in slots]
    return "".join(f"**{slot.label}**：{prefixed(slot.text, prefix)}\n\n" for slot in slots)


def _md_fields(block: Block, prefix: str) -> str:
    return (
        f"\n{{% for r in {prefix}{block.list} %}}\n"
        "**{{ r.left }}**：{% if r.size == 'flow' %}\n\n"
        "{% for p in r.paragraphs %}\n{{ p }}\n\n{% endfor %}\n"
        "{% else %}\n{{ r.left_text }}\n\n{% endif %}\n"
        "{% if not r.wide %}\n**{{ r.right }}**：{{ r.right_text }}\n\n{% endif %}\n"
        "{% endfor %}\n"
    )


def _md_text(block: Block, prefix: str) -> str:
    return prefixed(block.text, prefix) + "\n"


def _md_notes(_block: Block, prefix: str) -> str:
    """The notes; Jinja takes the first line end behind a tag, and a rule below them needs a line between."""
    words = NOTES.replace("in notes", f"in {prefix}notes")
    return f"{{% if {prefix}notes %}}\n{words}\n\n{{% endif %}}\n"


def _md_signing(_block: Block, prefix: str) -> str:
    return f"{{% for one in {prefix}signing %}}{{{{ one }}}}：　　　　　　{{% endfor %}}\n\n"


_MARKDOWN = {
    "table": _md_table,
    "form": _md_form,
    "fields": _md_fields,
    "text": _md_text,
    "notes": _md_notes,
    "signing": _md_signing,
}


def _html_table(block: Block, prefix: str) -> str:
    cells = (f'<td class="{c.align}{_unbroken(c)}"{_shaded(c)}>{_field(c)}</td>' for c in block.columns)
    added = "".join(f'<td class="center number">{words}</td>' for words in block.summed(prefix))
    sums = _if_summed(block, prefix, f"<tr>{added}</tr>\n") if block.sums else ""
    width, name = len(block.columns), block.heading or "表"
    look = " dense" if block.dense else " small" if block.small else ""
    least = round(sum(map(_least, block.columns)))
    return (
        f'<div class="table{look}" tabindex="0" role="region" aria-label="{name}">\n'
        f'<table style="min-width:{least}em">\n{_html_shares(block)}'
        f"<thead>\n{_html_heads(block)}</thead>\n<tbody>\n"
        f"{{% for r in {prefix}{block.list} %}}\n<tr>{''.join(cells)}</tr>\n{{% else %}}\n"
        f'<tr><td class="center" colspan="{width}">{{{{ {prefix}{block.empty} }}}}</td></tr>\n'
        f"{{% endfor %}}\n{sums}</tbody>\n</table>\n</div>\n" + _html_chart(block, prefix)
    )


def _html_shares(block: Block) -> str:
    """Shares of the width as on paper, for a table of long texts: one long cell would take it all."""
    if not block.small or block.dense or any(column.group for column in block.columns):
        return ""
    whole = sum(map(_least, block.columns))
    shares = (f'<col style="width:{_least(column) / whole:.1%}">' for column in block.columns)
    return f"<colgroup>{''.join(shares)}</colgroup>\n"


def _day(column: Column) -> str:
    return " day" if column.field and any(word in column.label for word in DAYS) else ""


def _unbroken(column: Column) -> str:
    return _day(column) or (" number" if column.field and column.number == "0" else "")


def _room(column: Column) -> float:
    """What a column needs on a small window, where its table is scrolled."""
    return max(_ROOM_DAY if _day(column) else _ROOM, column.hold + _ROOM_SIDES if column.hold else 0)


def _least(column: Column) -> float:
    return max(_room(column), column.width * _DRAWN)


def _head(column: Column, more: str = "") -> str:
    held = f' style="min-width:{column.hold + _ROOM_SIDES:g}em"' if column.hold else ""
    return f'<th scope="col"{more}{held}>{column.label}</th>'


def _html_chart(block: Block, prefix: str) -> str:
    if block.chart is None or not block.chart.drawing:
        return ""
    name = f"{prefix}{block.chart.drawing}"
    return f"{{% if {name} %}}\n<figure>{{{{ {name} }}}}</figure>\n{{% endif %}}\n"


def _shaded(column: Column) -> str:
    return f' style="background:#{{{{ r.{column.shade} }}}}"' if column.shade else ""


def _field(column: Column) -> str:
    return f"{{{{ r.{column.field} }}}}" if column.field else ""


def _html_heads(block: Block) -> str:
    if not any(column.group for column in block.columns):
        heads = "".join(map(_head, block.columns))
        return f"<tr>{heads}</tr>\n"
    top, below = "", ""
    for group, found in groupby(block.columns, key=lambda column: column.group):
        columns = list(found)
        if group:
            top += f'<th scope="colgroup" colspan="{len(columns)}">{group}</th>'
            below += "".join(map(_head, columns))
        else:
            top += "".join(_head(c, ' rowspan="2"') for c in columns)
    return f"<tr>{top}</tr>\n<tr>{below}</tr>\n"


def _html_form(block: Block, prefix: str) -> str:
    rows = "".join(f"<tr>{_html_slots(slots, prefix)}</tr>\n" for slots in block.rows)
    return f'<table class="form">\n<tbody>\n{rows}</tbody>\n</table>\n'


def _html_slots(slots: tuple[Slot, ...], prefix: str) -> str:
    span = ' colspan="3"' if len(slots) == 1 else ""
    return "".join(
        f'<th scope="row">{slot.label}</th><td{span} class="text">{prefixed(slot.text, prefix)}</td>'
        for slot in slots
    )


def _html_fields(block: Block, prefix: str) -> str:
    return (
        '<table class="form fields">\n<colgroup><col class="label"><col><col class="label"><col></colgroup>\n'
        f"<tbody>\n{{% for r in {prefix}{block.list} %}}\n"
        '<tr><th scope="row">{{ r.left }}</th>'
        '{% if r.wide %}<td colspan="3"{% if r.size == \'flow\' %} class="flow"{% endif %}>'
        "{% for p in r.paragraphs %}<p>{{ p }}</p>{% endfor %}</td>"
        '{% else %}<td>{{ r.left_text }}</td><th scope="row">{{ r.right }}</th><td>{{ r.right_text }}</td>'
        "{% endif %}</tr>\n{% endfor %}\n</tbody>\n</table>\n"
    )


def _html_text(block: Block, prefix: str) -> str:
    return f"<p>{prefixed(block.text, prefix)}</p>\n"


def _html_notes(block: Block, prefix: str) -> str:
    return (
        _md_notes(block, prefix)
        .replace("注：", '<p class="note">注：')
        .replace("endfor %}\n\n", "endfor %}</p>\n")
    )


def _html_signing(_block: Block, prefix: str) -> str:
    return (
        f'<p class="signing">{{% for one in {prefix}signing %}}<span>{{{{ one }}}}：</span>'
        "{% endfor %}</p>\n"
    )


_HTML = {
    "table": _html_table,
    "form": _html_form,
    "fields": _html_fields,
    "text": _html_text,
    "notes": _html_notes,
    "signing": _html_signing,
}
