"""Writes the templates of the papers from code: ``python -m tools.build_templates [FOLDER]``.

The Word files follow GB/T 9704-2012 as measured in LibreOffice: margins 37/35/28/26 mm, 22 lines of
28 characters. Exact lines of 579 twips (580 already gives 21 lines), characters drawn together by a
quarter point (28 x 16 pt are wider than 156 mm), a grid of lines only (renderers differ on the others).
The outputs are committed; a test rebuilds them and compares.
"""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from tools import dossier_page, grid_page, layout_book, layout_text, layout_word, text_page
from tools import duty_templates as duties
from tools import hand_templates as hand
from tools.check_template import CHECK_PARTS, check
from tools.docx_parts import APPENDIX, PARTS, cell, choice, document, loop, paragraph, row, table
from tools.handbook_template import handbook
from tools.layout import NOTES, layouts
from tools.xlsx_template import quarter_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tools.layout import Layout

EPOCH = (1980, 1, 1, 0, 0, 0)

SITTINGS_WIDTHS = (1490, 1570, 2635, 610, 610, 610, 1320)
SITTINGS_HEADS = ("日期", "类型", "主题", "应到", "实到", "请假", "主持人\n（主讲人）")
SITTINGS_CELLS = (
    ("{{ s.day_text }}", "ZbCellCentre"),
    ("{{ s.kinds }}", "ZbCellCentre"),
    ("{{ s.theme }}{% if s.late %}（{{ s.late }}）{% endif %}", "ZbCell"),
    ("{{ s.expected }}", "ZbCellCentre"),
    ("{{ s.present }}", "ZbCellCentre"),
    ("{{ s.away }}", "ZbCellCentre"),
    ("{{ s.leader }}", "ZbCellCentre"),
)
# an open period has the day in its name
_PERIOD = (
    "统计期：{{ period_label }}"
    "{% if horizon_text not in period_label %}　　数据截至：{{ horizon_text }}{% endif %}"
)
PAIR_WIDTHS = (2700, 1722, 2700, 1723)
KIND_WIDTHS = (2645, 1550, 1550, 1550, 1550)


def sittings_table() -> str:
    """The table of sittings: the header row repeats, no row breaks over a page."""
    heads = row(
        [cell(h, w, "ZbCellHead") for h, w in zip(SITTINGS_HEADS, SITTINGS_WIDTHS, strict=True)], head=True
    )

    def body(kept: str) -> str:
        named = zip(SITTINGS_CELLS, SITTINGS_WIDTHS, strict=True)
        return row([cell(text, width, style + kept) for (text, style), width in named])

    rows = choice("tr", "loop.revindex == 2", body("Kept"), body(""), SITTINGS_WIDTHS)
    return table(SITTINGS_WIDTHS, heads + loop("tr", "for s in sittings", rows, SITTINGS_WIDTHS))


def pairs(name: str, heading: str) -> str:
    """Two figures side by side under a heading over the whole width."""
    top = row([cell(heading, sum(PAIR_WIDTHS), "ZbStatHead", span=4)])
    texts = ("{{ p.left.label }}", "{{ p.left }}", "{{ p.right.label }}", "{{ p.right }}")
    body = row([cell(t, w, "ZbStat") for t, w in zip(texts, PAIR_WIDTHS, strict=True)])
    return table(PAIR_WIDTHS, top + loop("tr", f"for p in {name}", body, PAIR_WIDTHS))


def kinds_table() -> str:
    """How often each kind was held and how it was attended."""
    heads = ("组织生活类型", "次数", "应到人次", "实到人次", "到会率")
    texts = ("{{ k.label }}", "{{ k.times }}", "{{ k.expected }}", "{{ k.present }}", "{{ k.rate }}")
    top = row([cell(h, w, "ZbStatHead") for h, w in zip(heads, KIND_WIDTHS, strict=True)])
    body = row([cell(t, w, "ZbStat") for t, w in zip(texts, KIND_WIDTHS, strict=True)])
    return table(KIND_WIDTHS, top + loop("tr", "for k in kinds", body, KIND_WIDTHS))


def sections() -> str:
    """The numbered sections of any paper."""
    return "".join(
        [
            paragraph("{%p for section in sections %}"),
            paragraph("{%p set last = loop.last %}"),
            paragraph("{{ section.heading }}", "Heading1"),
            paragraph("{%p for part in section.parts %}"),
            paragraph('{%p if part.kind == "heading" %}'),
            paragraph("{{ part.text }}", "Heading2"),
            paragraph('{%p elif part.kind == "sittings" %}'),
            sittings_table(),
            paragraph("", "ZbGap"),
            paragraph("{%p elif last and loop.last %}"),
            paragraph("{{ part.text }}", "ZbBodyLast"),  # no page with a signature alone
            paragraph("{%p else %}"),
            paragraph("{{ part.text }}", "ZbBody"),
            paragraph("{%p endif %}"),
            paragraph("{%p endfor %}"),
            paragraph("{%p endfor %}"),
        ]
    )


def title(lines: str, *, new_page: bool = False) -> str:
    """A title that breaks where its sense does."""
    line = paragraph("{{ line }}", "Title")
    if new_page:
        first = paragraph("{%p if loop.first %}") + paragraph("{{ line }}", "ZbTitleNewPage")
        line = first + paragraph("{%p else %}") + line + paragraph("{%p endif %}")
    return paragraph(f"{{%p for line in {lines} %}}") + line + paragraph("{%p endfor %}")


def annex_named() -> str:
    """The annex is named under the text, a line below it, two characters in."""
    return (
        paragraph("{%p if trace %}")
        + paragraph("", "ZbBodyLast")
        + paragraph("附件：数据来源表")
        + paragraph("{%p endif %}")
    )


def closing() -> str:
    """The annex if there is one, then unit and day, four characters from the right edge."""
    return (
        annex_named().replace('"ZbBody"', '"ZbBodyLast"')
        + paragraph("", "ZbBodyLast")
        + paragraph("{{ signature }}", "ZbSignature")
        + paragraph("{{ date_text }}", "ZbDate")
        + paragraph("{%p if counted_text %}")  # GB/T 9704: a note stands in brackets under the day
        + paragraph("（{{ counted_text }}）", "ZbBodyLast")
        + paragraph("{%p endif %}")
    )


def quarter() -> str:
    """The quarterly report: one page of figures, then the text."""
    return "".join(
        [
            title("table_title_lines").replace('"Title"', '"ZbTableTitle"'),
            paragraph("填报单位：{{ branch }}", "ZbCaption"),
            paragraph(_PERIOD, "ZbCaption"),
            pairs("people", "党员队伍"),
            paragraph("", "ZbGap"),
            kinds_table(),
            paragraph("", "ZbGap"),
            pairs("work", "教育管理和问题整改"),
            paragraph(NOTES, "ZbNote"),
            title("title_lines", new_page=True),
            paragraph("", "ZbBody"),
            paragraph("{{ addressee }}", "ZbPlain"),
            sections(),
            closing(),
            APPENDIX,
        ]
    )


def debrief(*, greeting: bool = False) -> str:
    """The secretary's 述职: name and day under the title; the speech greets those who listen."""
    return "".join(
        [
            title("title_lines"),
            paragraph("{{ byline }}", "ZbByline"),
            paragraph("（{{ date_text }}{% if counted_text %}，{{ counted_text }}{% endif %}）", "ZbByline"),
            paragraph("", "ZbBody"),
            paragraph("{{ addressee }}", "ZbPlain") + paragraph("{{ opening }}") if greeting else "",
            sections(),
            annex_named(),
            APPENDIX,
        ]
    )


def report() -> str:
    """A report that is nothing but a text: to whom, the sections, unit and day."""
    return "".join(
        [
            title("title_lines"),
            paragraph("", "ZbBody"),
            paragraph("{{ addressee }}", "ZbPlain"),
            sections(),
            closing(),
            APPENDIX,
        ]
    )


def notice() -> str:
    """A notice: to whom, what it is about, the numbered items, unit and day."""
    return "".join(
        [
            title("title_lines"),
            paragraph("", "ZbBody"),
            paragraph("{{ addressee }}", "ZbPlain"),
            paragraph("{{ opening }}"),
            paragraph("{%p for line in lines %}"),
            paragraph("{%p if loop.last %}"),
            paragraph("{{ line }}", "ZbBodyLast"),  # no page with a signature alone
            paragraph("{%p else %}"),
            paragraph("{{ line }}"),
            paragraph("{%p endif %}"),
            paragraph("{%p endfor %}"),
            paragraph("", "ZbBodyLast"),
            paragraph("{{ signature }}", "ZbSignature"),
            paragraph("{{ date_text }}", "ZbDate"),
        ]
    )


def material() -> str:
    """素材清单: for the writer, never handed in: a working list in small type, no official paper."""
    return "".join(
        [
            title("title_lines").replace('"Title"', '"ZbTableTitle"'),
            paragraph("{%p for note in notes %}"),
            paragraph("{{ note }}", "ZbCaption"),
            paragraph("{%p endfor %}"),
            paragraph("{%p for section in sections %}"),
            paragraph("{{ section.heading }}", "ZbBlockHead"),
            paragraph("{%p for part in section.parts %}"),
            paragraph("{{ loop.index }}. {{ part.text }}", "ZbTrace"),
            paragraph("{%p endfor %}"),
            paragraph("{%p endfor %}"),
        ]
    )


def word_file(body: str, parts: Mapping[str, str] = PARTS, **page: bool) -> bytes:
    """A .docx with our own styles, settings, fonts and footers; ``page`` as in ``document``."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        main = document(body, **page)
        for name, content in {**parts, "word/document.xml": main}.items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def build(folder: Path) -> None:
    """Write every template into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in {
        "quarter": quarter(),
        "life-report": report(),
        "summary": report(),
        "debrief": debrief(),
        "debrief-speech": debrief(greeting=True),
        "notice": notice(),
    }.items():
        (folder / f"{name}.docx").write_bytes(word_file(body))
    for name, body in {
        "material": material(),
        "due": duties.due(),
        "signin": hand.sign_in(),
        "minutes-blank": hand.minutes(),
        "ballot": hand.ballot(),
    }.items():
        (folder / f"{name}.docx").write_bytes(word_file(body, slim=True))
    for name, body in {"plan": duties.plan(), "against": duties.against()}.items():
        (folder / f"{name}.docx").write_bytes(word_file(body, landscape=True))
    (folder / "handbook.docx").write_bytes(word_file(handbook(), slim=True, cover=True))
    (folder / "check.docx").write_bytes(word_file(check(), CHECK_PARTS))
    (folder / "quarter.xlsx").write_bytes(quarter_workbook())
    pages = {"check.html.j2": grid_page.check_page(), "dossier.html.j2": dossier_page.dossier()}
    for name, words in {**text_page.templates(), **duties.pages(), **pages}.items():
        (folder / name).write_text(words, encoding="utf-8")
    for layout in layouts():
        _build_layout(folder, layout)


_MAKERS: dict[str, tuple[str, Callable[[Layout], bytes]]] = {
    "docx": (
        "docx",
        lambda one: word_file(layout_word.body(one), slim=True, landscape=one.landscape, a3=one.a3),
    ),
    "xlsx": ("xlsx", layout_book.workbook),
    "md": ("md.j2", lambda layout: layout_text.markdown(layout).encode()),
    "html": ("html.j2", lambda layout: layout_text.html(layout).encode()),
}


def _build_layout(folder: Path, layout: Layout) -> None:
    for form in layout.formats:
        ending, make = _MAKERS[form]
        (folder / f"{layout.name}.{ending}").write_bytes(make(layout))


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "templates")
