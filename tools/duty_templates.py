"""The Word templates of what is owed next, of a year's plan, and of plan against records: tables to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.docx_parts import cell, loop, paragraph, row, table

if TYPE_CHECKING:
    from collections.abc import Sequence

_DUE = (2580, 3880, 1325, 1060)
_PLAN = (1060, 2280, 1985, 1500, 1070, 950)
_AGAINST = (1060, 2785, 2000, 1000, 2000)
_EXTRA = (2000, 900, 2500, 3445)

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


def plan() -> str:
    """A year's plan, and the duties that it leaves out."""
    columns = (
        ("月份", "{{ row.label }}", "ZbTraceCentre"),
        ("事项", _MATTER, "ZbTrace"),
        ("建议日期", "{{ row.when }}", "ZbTrace"),
        ("责任", "{{ row.who }}", "ZbTrace"),
        ("依据", _REFS, "ZbTraceCentre"),
        ("备注", "{{ row.note }}", "ZbTrace"),
    )
    left = paragraph("计划没有安排到的事项", "ZbCaption") + _each(
        "text", "uncovered", paragraph("{{ text }}", "ZbCaption")
    )
    return (
        _head()
        + _when("uncovered", left)
        + paragraph("", "ZbGap")
        + _rows("row", "rows", columns, _PLAN)
        + _articles()
    )


def against() -> str:
    """Planned and done, and records nobody planned."""
    columns = (
        ("月份", "{{ row.label }}", "ZbTraceCentre"),
        ("事项", _MATTER, "ZbTrace"),
        ("计划", "{{ row.planned }}", "ZbTrace"),
        ("情况", "{{ row.state }}", "ZbTraceCentre"),
        ("日期和记录", "{{ row.done }}", "ZbTrace"),
    )
    extra = (
        ("日期", "{{ row.day }}", "ZbTraceCentre"),
        ("记录", "{{ row.id }}", "ZbTraceCentre"),
        ("类型", "{{ row.matter }}", "ZbTrace"),
        ("主题", "{{ row.theme }}", "ZbTrace"),
    )
    beyond = paragraph("计划以外的记录", "ZbCaption") + _rows("row", "extra", extra, _EXTRA)
    return (
        _head()
        + paragraph("{{ summary }}", "ZbCaption")
        + paragraph("", "ZbGap")
        + _rows("row", "rows", columns, _AGAINST)
        + _when("extra", beyond)
    )
