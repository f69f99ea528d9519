"""The Word template of 党支部工作手册: cover, contents with page numbers, the parts one after the other.

The parts are the layouts of the papers themselves, put under the field of the book that holds them.
Page numbers of the contents are PAGEREF fields marked as stale, which Word and LibreOffice work out
when the file is opened. The fields of the template in them and in bookmarks have no blanks, at which
LibreOffice would part them when a user saves a copy.
"""

from __future__ import annotations

from dataclasses import replace

from tools.docx_parts import APPENDIX, cell, paragraph, row, table
from tools.layout import FOLDER, Block, Column, Layout, read
from tools.layout_word import blocks

_FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGEREF {{e.mark}} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>·</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_PLAN = Layout(
    name="plan",
    formats=(),
    blocks=(
        Block(
            kind="table",
            list="plan",
            empty="no_plan",
            columns=(
                Column(label="序号", field="number", width=6, align="center"),
                Column(label="时间", field="when", width=13, align="center"),
                Column(label="事项", field="what", width=20),
                Column(label="主题", field="theme", width=28),
                Column(label="责任人", field="who", width=14, align="center"),
                Column(label="备注", field="note", width=14),
            ),
        ),
    ),
)
_HELD = 6
"""More characters than these no column keeps in one line here."""
_PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def handbook() -> str:
    """The body of the main part."""
    return "".join(
        [
            _cover(),
            _contents(),
            _part("branch", _branch()),
            _part("officers", _of("officers", "officers.")),
            _part("roster", _of("roster-8", "roster.")),
            _part("changes", _of("member-changes", "changes.", small=True)),
            _part("plan", blocks(_PLAN)),
            _books(),
            _part("talks", _of("talk-register", "talks.", small=True)),
            _part("appraisal", _of("appraisal-summary", "appraisal.")),
            _part("problems", _of("problems", "problems.", small=True)),
            _part("summary", _summary()),
            APPENDIX,
        ]
    )


def _cover() -> str:
    return "".join(
        [
            paragraph("{{ circle }}", "ZbCircle"),
            *(paragraph("", "Normal") for _ in range(4)),
            paragraph("党支部工作手册", "Title"),
            paragraph("（{{ year }}年度）", "ZbByline"),
            *(paragraph("", "Normal") for _ in range(6)),
            paragraph("支部：{{ branch }}", "ZbByline"),
            paragraph("书记：{{ secretary }}", "ZbByline"),
            paragraph("上级党组织：{{ superior }}", "ZbByline"),
            paragraph("数据截至：{{ horizon_text }}", "ZbByline"),
            _PAGE_BREAK,
        ]
    )


def _contents() -> str:
    def line(style: str) -> str:
        words = paragraph("{{ e.title }}", style).removesuffix("</w:p>")
        return f"{words}<w:r><w:tab/></w:r>{_FIELD}</w:p>"

    return "".join(
        [
            paragraph("目　录", "ZbTableTitle"),
            paragraph("{%p for e in contents %}"),
            paragraph("{%p if e.inner %}"),
            line("ZbContentsInner"),
            paragraph("{%p else %}"),
            line("ZbContents"),
            paragraph("{%p endif %}"),
            paragraph("{%p endfor %}"),
        ]
    )


def _heading(entry: str, style: str, words: str = "") -> str:
    """A paragraph whose page the contents tell."""
    text = words or f"{{{{ {entry}.title }}}}"
    start = f'<w:bookmarkStart w:id="{{{{ {entry}.number }}}}" w:name="{{{{{entry}.mark}}}}"/>'
    end = f'<w:bookmarkEnd w:id="{{{{ {entry}.number }}}}"/>'
    return paragraph(text, style).replace("</w:pPr>", f"</w:pPr>{start}").replace("</w:p>", f"{end}</w:p>")


def _part(name: str, body: str) -> str:
    return _heading(f"entries.{name}", "ZbPart") + paragraph("", "ZbGap") + body


def _branch() -> str:
    widths = (2200, 6645)
    facts = {
        "支部名称": "branch",
        "上级党组织": "superior",
        "支部类型": "kind",
        "成立时间": "founded",
        "书记": "secretary",
        "党员": "members",
    }
    rows = [
        row([cell(label, widths[0], "ZbCellCentre"), cell(f"{{{{ {field} }}}}", widths[1])], height=560)
        for label, field in facts.items()
    ]
    return table(widths, "".join(rows))


def _of(name: str, prefix: str, *, small: bool = False) -> str:
    """A layout on an upright sheet, where names with posts take two lines: places and texts need the room."""
    layout = read(FOLDER / f"{name}.toml")
    upright = tuple(
        replace(
            block,
            small=small or block.small,
            columns=tuple(replace(one, hold=min(one.hold, _HELD)) for one in block.columns),
        )
        for block in layout.blocks
    )
    return blocks(replace(layout, landscape=False, blocks=upright), prefix)


def _books() -> str:
    """Every sitting on a page of its own, the parts by kind."""
    minutes = blocks(read(FOLDER / "minutes.toml"), "m.")
    number = "编号：{{ m.record }}{% if m.late %}　　{{ m.late }}{% endif %}"
    return "".join(
        [
            paragraph("{%p for book in books %}"),
            _heading("book.entry", "ZbPart"),
            paragraph("{%p for one in book.records %}"),
            paragraph("{%p set m = one.minutes %}"),
            paragraph("{%p set again = not loop.first %}"),
            paragraph("{%p for line in m.title_lines %}"),
            paragraph("{%p if loop.first and again %}"),
            _heading("one.entry", "ZbTableTitleNewPage", "{{ line }}"),
            paragraph("{%p elif loop.first %}"),
            # the brackets tell the two bookmarks apart, of which an editor would rename one
            _heading("(one.entry)", "ZbTableTitle", "{{ line }}"),
            paragraph("{%p else %}"),
            paragraph("{{ line }}", "ZbTableTitle"),
            paragraph("{%p endif %}"),
            paragraph("{%p endfor %}"),
            paragraph(number, "ZbCaption"),
            minutes,
            paragraph("{%p endfor %}"),
            paragraph("{%p endfor %}"),
        ]
    )


def _summary() -> str:
    return "".join(
        [
            paragraph("{%p for section in summary.sections %}"),
            paragraph("{{ section.heading }}", "Heading1"),
            paragraph("{%p for part in section.parts %}"),
            paragraph('{%p if part.kind == "heading" %}'),
            paragraph("{{ part.text }}", "Heading2"),
            paragraph("{%p else %}"),
            paragraph("{{ part.text }}"),
            paragraph("{%p endif %}"),
            paragraph("{%p endfor %}"),
            paragraph("{%p endfor %}"),
        ]
    )
