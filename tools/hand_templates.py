"""The Word templates of paper to be written on: sign-in sheet, minutes form, ballot."""

from __future__ import annotations

from tools.docx_parts import cell, choice, loop, paragraph, row, table

_SIGN_IN = (640, 2400, 740, 1700, 2400, 965)
"""A name of nine characters, 阿依古丽·艾合买提, is not broken."""
_MINUTES = (1600, 2823, 1620, 2802)
_NUMBER, _NAME, _CHOICE = 700, 2945, 1300
_BALLOT = (_NUMBER, _NAME, *(_CHOICE,) * 4)
_OTHERS = (sum(_BALLOT),)
_LINE = 560
_TALL = 840
_REST = (
    f"{{{{ 11700 - {_LINE} * rows | rejectattr('size') | list | length"
    f" - {_TALL} * rows | selectattr('size', 'equalto', 'tall') | list | length"
    " - 560 * [title_lines | length - 2, 0] | max - (360 if caption else 0) }}"
)
"""What the other rows leave of a page, under a title of two lines; a third and a caption take theirs."""


def _title() -> str:
    return (
        paragraph("{%p for line in title_lines %}")
        + paragraph("{{ line }}", "ZbTableTitle")
        + paragraph("{%p endfor %}")
        + paragraph("{%p if caption %}")
        + paragraph("{{ caption }}", "ZbCaption")
        + paragraph("{%p endif %}")
        + paragraph("", "ZbGap")
    )


def sign_in() -> str:
    """Everybody expected with room for a signature, and empty lines."""
    heads = ("序号", "姓名", "类别", "党小组", "签名", "备注")
    texts = ("{{ r.number }}", "{{ r.name }}", "{{ r.standing }}", "{{ r.group }}", "", "")
    head = row([cell(h, w, "ZbCellHead") for h, w in zip(heads, _SIGN_IN, strict=True)], head=True)
    body = row([cell(t, w, "ZbCellCentre") for t, w in zip(texts, _SIGN_IN, strict=True)], height=_LINE)
    rows = loop("tr", "for r in rows", body, _SIGN_IN)
    return _title() + table(_SIGN_IN, head + rows) + paragraph("{{ note }}", "ZbNote")


def minutes() -> str:
    """Short things in pairs, others over the whole width, the large one down to the end of the page."""

    def pair() -> str:
        texts = ("{{ r.left }}", "{{ r.left_text }}", "{{ r.right }}", "{{ r.right_text }}")
        styles = ("ZbCellCentre", "ZbCell") * 2
        return row([cell(*one) for one in zip(texts, _MINUTES, styles, strict=True)], height=_LINE)

    def box(height: int | str) -> str:
        label = cell("{{ r.left }}", _MINUTES[0], "ZbCellCentre")
        return row([label, cell("{{ r.left_text }}", sum(_MINUTES[1:]), "ZbCell", span=3)], height=height)

    tall = choice("tr", 'r.size == "tall"', box(_TALL), box(_LINE), _MINUTES)
    wide = choice("tr", 'r.size == "large"', box(_REST), tall, _MINUTES)
    rows = loop("tr", "for r in rows", choice("tr", "r.wide", wide, pair(), _MINUTES), _MINUTES)
    signing = (
        "{% for one in signing %}{{ one }}：{{ '　' * (10 if signing | length < 3 else 5) }}{% endfor %}"
    )
    return (
        _title()
        + table(_MINUTES, rows)
        + paragraph("", "ZbGap")
        + paragraph(signing, "ZbCell")
        + paragraph("{{ note }}", "ZbNote")
    )


def ballot() -> str:
    """A line for each person voted on with a cell for each choice, then lines for names written in."""

    def choices(text: str, style: str) -> str:
        return (
            cell("{%tc for c in choices %}", _CHOICE, style)
            + cell(text, _CHOICE, style)
            + cell("{%tc endfor %}", _CHOICE, style)
        )

    def person(fields: str, style: str) -> list[str]:
        return [
            cell(f"{{{{ {fields}.number }}}}", _NUMBER, style),
            cell(f"{{{{ {fields}.name }}}}", _NAME, style),
        ]

    heads = [cell("序号", _NUMBER, "ZbCellHead"), cell("{{ name_label }}", _NAME, "ZbCellHead")]
    head = row([*heads, choices("{{ c }}", "ZbCellHead")], head=True)
    body = row([*person("r", "ZbCellCentre"), choices("", "ZbCellCentre")], height=_LINE)
    other_head = row([cell("{{ others_label }}", _OTHERS[0], "ZbCellHead")])
    other = row([cell("", _OTHERS[0])], height=_LINE)
    return (
        _title()
        + table(_BALLOT, head + loop("tr", "for r in rows", body, _BALLOT))
        + paragraph("{%p if others %}")
        + paragraph("", "ZbGap")
        + table(_OTHERS, other_head + loop("tr", "for r in others", other, _OTHERS))
        + paragraph("{%p endif %}")
        + paragraph("", "ZbGap")
        + paragraph("{%p for note in notes %}")
        + paragraph("{{ note }}", "ZbCaption")
        + paragraph("{%p endfor %}")
    )
