"""The Word templates of what is owed next, of a year's plan, and of plan against records: tables to print.

The latter two lie across: their days, with weekday and the day they were shifted from, need the room. They
are pages (.html) too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.docx_parts import cell, loop, paragraph, row, table
from tools.layout_text import page

if TYPE_CHECKING:
    from collections.abc import Sequence

_DUE = (2580, 3880, 1325, 1060)
_PLAN = (1060, 3400, 4620, 2400, 1500, 1590)
_AGAINST = (1060, 4780, 4620, 1200, 2910)
_EXTRA = (2200, 1100, 4270, 7000)

_REFS = "{{ row.refs | replace('、', '、 ') }}"
"""With blanks, so that a line ends between two numbers and never within one."""

Column = tuple[str, str, str]
"""Heading, text and style of a column."""


def _rows(name: str, items: str, columns: Sequence[Column], widths: Sequence[int]) -> str:
    """A table with a row for every item; the header stands again on every page."""
    sized = list(zip(columns, widths, strict=True))
    head = row([cell(title, width, "ZbTraceHead") for (title, _, _), width in sized], head=True)
    body = row([cell(text, width, style) for (_, text, style), width in sized])
    return table(widths, head + loop("tr", f"for {name} in {items}", body, widths))


def _each(name: str, items: str, body: str) -> str:
    return paragraph(f"{{%p for {name} in {items} %}}") + body + paragraph("{%p endfor %}")


def _when(condition: str, body: str) -> str:
    return paragraph(f"{{%p if {condition} %}}") + body + paragraph("{%p endif %}")


def _head() -> str:
    """Title, branch, what the table is made from, words about it."""
    return (
        paragraph("{{ title }}", "ZbTableTitle")
        + paragraph("{{ branch }}", "ZbByline")
        + paragraph("{{ scope }}", "ZbCaption")
        + _each("note", "notes", paragraph("注意：{{ note }}", "ZbCaption"))
    )


def _articles() -> str:
    lines = _each("ground", "grounds", paragraph("{{ ground }}", "ZbNote"))
    return _when("grounds", paragraph("", "ZbGap") + paragraph("依据", "ZbCaption") + lines)


def due() -> str:
    """What is owed next: overdue first."""
    matter = (
        "{{ row.title }}{% if row.fact %}。{{ row.fact }}{% endif %}"
        "{% if row.explained %}情况说明：{{ row.explained }}{% endif %}"
        "{% if row.remedy %}。处理：{{ row.remedy }}{% endif %}"
    )
    columns = (
        ("什么时候", "{{ row.when }}", "ZbTrace"),
        ("事项", matter, "ZbTrace"),
        ("谁", "{{ row.who }}", "ZbTrace"),
        ("依据", _REFS, "ZbTraceCentre"),
    )
    names = _when("row.names", paragraph("{{ row.title }}：{{ row.names }}", "ZbNote"))
    line = "{{ loop.index }}. {{ row.title }}：{{ row.when }}，{{ row.who }}，依据{{ row.refs }}"
    part = (
        paragraph("{{ part.title }}", "ZbCaption")
        + paragraph("{%p if part.brief %}")
        + _each("row", "part.rows", paragraph(line, "ZbNote"))
        + paragraph("{%p else %}")
        + _rows("row", "part.rows", columns, _DUE)
        + _each("row", "part.rows", names)
        + paragraph("{%p endif %}")
    )
    return "".join(
        [
            _head(),
            _when("internal", paragraph("{{ internal }}", "ZbCaption")),
            _when("nothing", paragraph("{{ nothing }}")),
            _each("part", "parts", part + paragraph("", "ZbGap")),
            _articles(),
        ]
    )


_MATTER = "{{ row.matter }}{% if row.theme %}：{{ row.theme }}{% endif %}"


_PLAN_COLUMNS = (
    ("月份", "{{ row.label }}", "ZbTraceCentre"),
    ("事项", _MATTER, "ZbTrace"),
    ("建议日期", "{{ row.when }}", "ZbTrace"),
    ("责任", "{{ row.who }}", "ZbTrace"),
    ("依据", _REFS, "ZbTraceCentre"),
    ("备注", "{{ row.note }}", "ZbTrace"),
)
_AGAINST_COLUMNS = (
    ("月份", "{{ row.label }}", "ZbTraceCentre"),
    ("事项", _MATTER, "ZbTrace"),
    ("计划", "{{ row.planned }}", "ZbTrace"),
    ("情况", "{{ row.state }}", "ZbTraceCentre"),
    ("日期和记录", "{{ row.done }}", "ZbTrace"),
)
_EXTRA_COLUMNS = (
    ("日期", "{{ row.day }}", "ZbTraceCentre"),
    ("记录", "{{ row.id }}", "ZbTraceCentre"),
    ("类型", "{{ row.matter }}", "ZbTrace"),
    ("主题", "{{ row.theme }}", "ZbTrace"),
)


def plan() -> str:
    """A year's plan, and the duties that it leaves out."""
    left = paragraph("计划没有安排到的事项", "ZbCaption") + _each(
        "text", "uncovered", paragraph("{{ text }}", "ZbCaption")
    )
    return (
        _head()
        + _when("uncovered", left)
        + paragraph("", "ZbGap")
        + _rows("row", "rows", _PLAN_COLUMNS, _PLAN)
        + _articles()
    )


def against() -> str:
    """Planned and done, and records nobody planned."""
    beyond = paragraph("计划以外的记录", "ZbCaption") + _rows("row", "extra", _EXTRA_COLUMNS, _EXTRA)
    return (
        _head()
        + paragraph("{{ summary }}", "ZbCaption")
        + paragraph("", "ZbGap")
        + _rows("row", "rows", _AGAINST_COLUMNS, _AGAINST)
        + _when("extra", beyond)
    )


_HEAD_HTML = """<p class="caption">{{ branch }}</p>
<p class="caption">{{ scope }}</p>
{% for note in notes %}
<p class="note">注意：{{ note }}</p>
{% endfor %}
"""


def _html_table(label: str, items: str, columns: Sequence[Column]) -> str:
    heads = "".join(f'<th scope="col">{title}</th>' for title, _, _ in columns)
    look = {"月份": "center day", "建议日期": "day", "计划": "day", "依据": "center day", "情况": "center"}
    cells = "".join(f'<td class="{look.get(title, "left")}">{text}</td>' for title, text, _ in columns)
    return (
        f'<div class="table" tabindex="0" role="region" aria-label="{label}">\n'
        '<table style="min-width:56em">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{{% for row in {items} %}}\n<tr>{cells}</tr>\n"
        "{% endfor %}\n</tbody>\n</table>\n</div>\n"
    )


def _html_list(when: str, title: str, items: str, line: str) -> str:
    return (
        f"{{% if {when} %}}\n<h2>{title}</h2>\n"
        f"{{% for one in {items} %}}\n{line}\n{{% endfor %}}\n{{% endif %}}\n"
    )


def pages() -> dict[str, str]:
    """File name → template of the pages: the year's plan, and plan against records."""
    left = _html_list("uncovered", "计划没有安排到的事项", "uncovered", "<p>{{ one }}</p>")
    articles = _html_list("grounds", "依据", "grounds", '<p class="note">{{ one }}</p>')
    planned = _html_table("计划", "rows", _PLAN_COLUMNS)
    seen = '<p class="caption">{{ summary }}</p>\n' + _html_table("计划和记录", "rows", _AGAINST_COLUMNS)
    extra = _html_table("计划以外的记录", "extra", _EXTRA_COLUMNS)
    beyond = "{% if extra %}\n<h2>计划以外的记录</h2>\n" + extra + "{% endif %}\n"
    return {
        "plan.html.j2": page(_HEAD_HTML + left + planned + articles, landscape=True),
        "against.html.j2": page(_HEAD_HTML + seen + beyond, landscape=True),
    }
