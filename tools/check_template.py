"""The Word template of the check's answer: a book of tables, on the base document of the papers."""

from __future__ import annotations

from tools.docx_parts import PARTS, cell, loop, paragraph, row, table
from tools.docx_styles import CENTRE, HEITI, NO_GRID, exact, fonts, size, style

_TIGHT = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
_PLAIN = '<w:spacing w:val="0"/>'
_STYLES = "".join(
    [
        style("ZbFact", "核对事实居中", _TIGHT + NO_GRID + exact(300) + CENTRE, _PLAIN + size(10.5)),
        style("ZbFactLeft", "核对事实左对齐", '<w:jc w:val="left"/>', based="ZbFact"),
        style("ZbFactHead", "核对事实表头", "<w:keepNext/>", fonts(HEITI), based="ZbFact"),
        style("ZbGrid", "核对格居中", _TIGHT + NO_GRID + exact(200) + CENTRE, _PLAIN + size(8)),
        style("ZbGridLeft", "核对格左对齐", '<w:jc w:val="left"/>', based="ZbGrid"),
        style("ZbGridHead", "核对格表头", "<w:keepNext/>", fonts(HEITI), based="ZbGrid"),
        style(
            "ZbTable",
            "核对表名",
            "<w:keepNext/>" + NO_GRID + exact(400),
            fonts(HEITI) + size(12),
            based="ZbPlain",
        ),
        style("ZbDuty", "核对事项", "<w:keepNext/>" + NO_GRID + exact(440), fonts(HEITI) + size(12)),
        style("ZbText", "核对说明", NO_GRID + exact(400) + '<w:jc w:val="left"/>', _PLAIN + size(12)),
        style("ZbLine", "核对结论", NO_GRID + exact(440) + '<w:jc w:val="left"/>', _PLAIN + size(14)),
        style(
            "ZbCheckPart",
            "核对部分",
            '<w:keepNext/><w:ind w:firstLine="0" w:firstLineChars="0"/>',
            based="Heading1",
        ),
        style(
            "ZbInternal",
            "核对内部",
            "<w:keepNext/>" + NO_GRID + exact(400) + CENTRE,
            fonts(HEITI) + _PLAIN + size(12),
        ),
    ]
)
CHECK_PARTS = {
    **PARTS,
    "word/styles.xml": PARTS["word/styles.xml"].replace("</w:styles>", _STYLES + "</w:styles>"),
}

_LABEL, _MONTH = 2125, 560  # 37 mm and twelve times 10: the text is 156 wide
_MONTHS = (_LABEL, *(_MONTH,) * 12)
_DUTY, _PERSON = 380, 596
_DUTIES = (_DUTY,) * 2
_PEOPLE = (_PERSON,) * 10
_FACTS = (5845, 1300, 1700)
_TALLY = (7345, 1500)


_TONE = "{{ fills[c.tone] or 'auto' }}"


def _inner(
    variable: str, items: str, text: str, width: int, style_: str, *, span: int | str = 1, fill: str = ""
) -> str:
    """Cells repeated for every item: docxtpl drops the two cells that carry the tags."""
    return (
        cell(f"{{%tc for {variable} in {items} %}}", width, style_)
        + cell(text, width, style_, span, fill=fill)
        + cell("{%tc endfor %}", width, style_)
    )


def _when(condition: str, body: str) -> str:
    return paragraph(f"{{%p if {condition} %}}") + body + paragraph("{%p endif %}")


def _each(variable: str, items: str, body: str) -> str:
    return paragraph(f"{{%p for {variable} in {items} %}}") + body + paragraph("{%p endfor %}")


def _legend(grid: str) -> str:
    marks = f"{{% for mark in {grid}.marks %}}{{{{ mark.short }}}} {{{{ mark.label }}}}　{{% endfor %}}"
    return paragraph("图例：" + marks, "ZbNote")


def _months() -> str:
    head = row(
        [cell("事项", _LABEL, "ZbGridHead"), _inner("m", "grid.months", "{{ m }}", _MONTH, "ZbGridHead")],
        head=True,
    )
    label = cell("{{ r.title }}{% if r.who %}（{{ r.who }}）{% endif %}", _LABEL, "ZbGridLeft")
    words = r'{% if c.span == 1 and c.more %}{{ c.short ~ "\n" ~ c.more }}{% else %}{{ c.text }}{% endif %}'
    cells = _inner("c", "r.cells", words, _MONTH, "ZbGrid", span="{{ c.span }}", fill=_TONE)
    body = row([label, cells])
    grid = (
        paragraph("{{ grid.title }}", "ZbTable")
        + table(_MONTHS, head + loop("tr", "for r in grid.rows", body, _MONTHS))
        + _legend("grid")
    )
    note = "格内是记录的日子；按人、按对计的，数字是项数。季度、年度的事项跨月合并；空格表示当期没有核对项。"
    return _when("calendars", _each("grid", "calendars", grid) + paragraph(note, "ZbNote"))


def _people(*, duties: bool) -> str:
    """Who with whom; the columns of the duties stand in the first part of a table only."""
    widths = (_LABEL, *(_DUTIES if duties else ()), *_PEOPLE)
    heads = _inner("d", "grid.duties", "{{ d.letter }}", _DUTY, "ZbGridHead") if duties else ""
    heads += _inner("p", "grid.people", "{{ p.name }}", _PERSON, "ZbGridHead")
    head = row([cell("姓名", _LABEL, "ZbGridHead"), heads], head=True)
    label = "{{ r.person.id }} {{ r.person.name }}{% if r.person.posts %} {{ r.person.posts }}{% endif %}"
    text = "{{ c.text }}"
    cells = _inner("c", "r.duties", text, _DUTY, "ZbGrid", fill=_TONE) if duties else ""
    cells += _inner("c", "r.cells", text, _PERSON, "ZbGrid", fill=_TONE)
    body = row([cell(label, _LABEL, "ZbGridLeft"), cells])
    return table(widths, head + loop("tr", "for r in grid.rows", body, widths))


def _talks() -> str:
    grid = _when(
        "grid.rows",
        paragraph("{{ grid.title }}", "ZbTable")
        + paragraph("{%p if grid.duties %}")
        + _people(duties=True)
        + paragraph("{%p else %}")
        + _people(duties=False)
        + paragraph("{%p endif %}")
        + paragraph("", "ZbGap"),
    )
    duties = paragraph("{% for d in grid.duties %}{{ d.letter }}：{{ d.title }}　{% endfor %}", "ZbNote")
    notes = _each("note", "grid.notes", paragraph("{{ note }}", "ZbNote"))
    rest = (
        "3.13 表示 3月13日一对一谈过；2次表示谈过两次。“未”后又有日期的，那次谈话不计入该项，原因见核对结果。"
    )
    return _when(
        "talks",
        paragraph("谈心谈话覆盖情况表", "ZbCheckPart")
        + _when("internal", paragraph("{{ internal }}", "ZbInternal"))
        + _each("grid", "talk_parts", grid + _when("grid.duties", duties))
        + _each("grid", "talks", _legend("grid") + notes)
        + paragraph(rest, "ZbNote"),
    )


def _sections() -> str:
    head = row(
        [cell(h, w, "ZbFactHead") for h, w in zip(("事实", "记录", "编号"), _FACTS, strict=True)], head=True
    )
    fact = "{{ f.text }}{% if f.explained %} 情况说明：{{ f.explained }}{% endif %}"
    texts = (
        (fact, "ZbFactLeft"),
        ("{{ f.records | replace('、', '、 ') }}", "ZbFact"),
        ("{{ f.tail }}", "ZbFact"),
    )
    body = row([cell(t, w, s) for (t, s), w in zip(texts, _FACTS, strict=True)])
    group = (
        paragraph("{{ group.heading }}", "ZbDuty")
        + table(_FACTS, head + loop("tr", "for f in group.facts", body, _FACTS))
        + _when("group.grounds", paragraph("依据：{{ group.grounds }}", "ZbText"))
        + _when("group.fix", paragraph("处理：{{ group.fix }}", "ZbText"))
        + paragraph("", "ZbGap")
    )
    return _each(
        "section",
        "sections",
        paragraph("{{ section.title }}", "ZbCheckPart")
        + _when("section.internal", paragraph("{{ section.internal }}", "ZbInternal"))
        + _each("group", "section.groups", group),
    )


def _tallies() -> str:
    head = row([cell(h, w, "ZbFactHead") for h, w in zip(("事项", "项数"), _TALLY, strict=True)], head=True)
    body = row([cell("{{ name }}", _TALLY[0], "ZbFactLeft"), cell("{{ number }}", _TALLY[1], "ZbFact")])
    rows = loop("tr", "for name, number in tally.rows", body, _TALLY)
    return _each(
        "tally", "tallies", paragraph("{{ tally.title }}", "ZbCheckPart") + table(_TALLY, head + rows)
    )


def check() -> str:
    """Verdict, calendar, talks, findings by duty, what is met as counts."""
    return "".join(
        [
            _each("line", "title_lines", paragraph("{{ line }}", "Title")),
            _when("internal", paragraph("{{ internal }}", "ZbInternal")),
            paragraph("核对范围：{{ asked_text }}；按{{ as_of_text }}的情况判断", "ZbText"),
            _each("remark", "remarks", paragraph("注意：{{ remark }}", "ZbText")),
            paragraph("结论", "ZbCheckPart"),
            _each("line", "verdict", paragraph("{{ line }}", "ZbLine")),
            paragraph("{{ notice }}{{ advice }}", "ZbText"),
            _months(),
            _talks(),
            _sections(),
            _tallies(),
            paragraph("", "ZbGap"),
            paragraph("适用规则：{% for pack in packs %}{{ loop.index }}.{{ pack }}　{% endfor %}", "ZbText"),
        ]
    )
