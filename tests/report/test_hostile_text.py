"""Text that would break a paper comes out as it was typed, or visibly marked."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import openpyxl
import pytest
from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.report.factory import branch, many, meeting, members, period

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import markdown, word, workbook
from zhibu_cli.report.cells import put
from zhibu_cli.report.quarter import build_quarter
from zhibu_cli.text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import QuarterView

T = resources.templates_dir()

AS_TYPED = [
    "学习<党章>",
    "a < b 后面的字",
    "研究 A&B 项目 &amp; &lt;",
    "\"双引号\" '单引号' “中文引号”",
    "{{ branch }}",
    "{{x",
    "{_{ x }_}",
    "{_% if x %_}",
    "{% for s in sittings %}",
    "{# 注释 #}",
    "{%p if trace %}",
    '=HYPERLINK("http://example.org","点")',
    "+1-1@SUM",
    "]]>",
    "<w:br/></w:t>",
    "| 竖线 | 与 *星号* _下划线_ `反引号` [链接](x) # ~~删~~",
    "反斜杠 \\n 与 \\1",
    "𠮷野家 😀 四字节",
    "从右到左 \u200fab\u200e 记号",
]
MARKED = [
    ("响铃\x07之后", "响铃〔U+0007〕之后"),
    ("换页\x0c之后", "换页〔U+000C〕之后"),
    ("空\x00字符", "空〔U+0000〕字符"),
    ("半个\ud83d字符", "半个〔U+D83D〕字符"),
    ("反转\u202e方向", "反转〔U+202E〕方向"),
    ("非字符\uffff", "非字符〔U+FFFF〕"),
]


def view_of(*themes: str) -> QuarterView:
    """A quarter with one theme day, or several a day from 1 July on."""
    first = 20 if len(themes) == 1 else 1
    rows = [meeting("theme_day", f"2026-07-{day:02}", theme) for day, theme in enumerate(themes, first)]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    return build_quarter(ledger, (), period(), date(2026, 10, 8))


def in_word(view: QuarterView) -> list[str]:
    """Texts of the paragraphs, read by python-docx: a line break is a new line there."""
    from docx import Document

    document = Document(io.BytesIO(word.render(view, T / "quarter.docx")))
    return [
        p.text for table in document.tables for row in table.rows for c in row.cells for p in c.paragraphs
    ]


def in_workbook(view: QuarterView) -> openpyxl.cell.cell.Cell:
    return in_rows(view)[0]


def in_rows(view: QuarterView) -> list[openpyxl.cell.cell.Cell]:
    """The cell of each theme."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(view, T / "quarter.xlsx")))
    return [row[0] for row in book["组织生活清单"]["D4:D40"] if isinstance(row[0], openpyxl.cell.cell.Cell)]


def in_markdown(view: QuarterView) -> str:
    """The cell of the theme as a reader of Markdown shows it (CommonMark escapes and entities undone)."""
    return in_lines(view)[0]


def in_lines(view: QuarterView) -> list[str]:
    """The same of each theme."""
    lines = markdown.render(view, T / "quarter.md.j2").decode("utf-8").splitlines()
    return [_shown(line) for line in lines if re.match(r"\| 7月\d+日", line)]


def _shown(row: str) -> str:
    cells = re.split(r"(?<!\\) \| ", row)
    shown = re.sub(r"(?<!\\)&\w+;", lambda m: unescape(m[0]), cells[2])
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)


def test_printable_text_comes_out_as_it_was_typed() -> None:
    """All in one paper, where the beginning of a field in one could also meet an end in another."""
    view = view_of(*AS_TYPED)
    assert [text for text in in_word(view) if text in AS_TYPED] == AS_TYPED
    assert [cell.value for cell in in_rows(view)][: len(AS_TYPED)] == AS_TYPED
    assert in_lines(view) == AS_TYPED


@pytest.mark.parametrize("text", ["{{x", "{% for s in sittings %}", "]]>"])
def test_a_field_that_is_begun_and_not_ended_comes_out_as_it_was_typed(text: str) -> None:
    view = view_of(text)
    assert text in in_word(view)
    assert in_workbook(view).value == text
    assert in_markdown(view) == text


def test_what_a_paper_cannot_carry_is_visibly_marked() -> None:
    texts, shown = ([pair[place] for pair in MARKED] for place in (0, 1))
    view = view_of(*texts)
    assert [text for text in in_word(view) if text in shown] == shown
    assert [cell.value for cell in in_rows(view)][: len(shown)] == shown
    assert in_lines(view) == shown


def test_a_formula_is_text_in_the_workbook() -> None:
    cell = in_workbook(view_of('=HYPERLINK("http://example.org","点")'))
    assert cell.data_type == "s"


def test_what_excel_takes_for_an_escape_is_escaped() -> None:
    # ECMA-376 part 1, 22.9.2.19: _x005F_ stands for the underscore before a literal x0041_
    assert in_workbook(view_of("型号_x0041_与_x12_")).value == "型号_x005F_x0041_与_x12_"


@pytest.mark.parametrize(("length", "whole"), [(32_767, True), (32_768, False)])
def test_a_text_longer_than_a_cell_is_visibly_cut(length: int, whole: bool) -> None:
    cell = openpyxl.Workbook().worksheets[0]["A1"]
    put(cell, "长" * length)
    assert len(cell.value) == 32_767
    assert cell.value.endswith("长") is whole
    assert cell.value.endswith("……（一格放不下，全文见台账）") is not whole


def test_line_breaks_stay_line_breaks_and_every_line_is_there() -> None:
    view = view_of("第一行\n第二行\r\n第三行")
    assert "第一行\n第二行\n第三行" in in_word(view)
    assert in_workbook(view).value == "第一行\n第二行\n第三行"
    assert in_markdown(view) == "第一行<br>第二行<br>第三行"


def test_a_tab_stays_a_tab_in_word() -> None:
    assert "左\t右" in in_word(view_of("左\t右"))


@pytest.mark.parametrize("name", ["甲<b>&\"'支部", "{{ title }}支部", "{_{支部}_}", "=1+1"])
def test_the_name_of_the_branch_is_no_markup_either(name: str) -> None:
    view = build_quarter(build_ledger([branch(name=name)], CATALOGUE), (), period(), date(2026, 10, 8))
    assert f"填报单位：{name}" in word.printed(word.render(view, T / "quarter.docx"))
    assert name in markdown.printed(markdown.render(view, T / "quarter.md.j2"))
    assert name in workbook.printed(workbook.render(view, T / "quarter.xlsx"))


def test_the_paper_is_whole_after_hostile_text() -> None:
    printed = word.printed(word.render(view_of("a < b\x07\ud83d{_{"), T / "quarter.docx"))
    assert "八、下季度重点" in printed
    assert "市数据局机关第一党支部\n2026年10月8日\n" in printed


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.characters(), min_size=1, max_size=40).filter(str.strip))
def test_any_text_at_all_reaches_the_paper(text: str) -> None:
    """Whatever was typed stands in the cell, with what a paper cannot carry marked."""
    shown = visible(text).strip(" \t\n\u3000")
    assert shown in in_word(view_of(text))


def test_a_control_character_does_not_vanish_in_a_sentence() -> None:
    rows = [meeting("lecture", "2026-07-20", "一课\x0c两讲", lecturer="M1\x1f")]
    ledger = build_ledger([branch(), *members(), *many("sitting", rows)], CATALOGUE)
    told = build_quarter(ledger, (), period(), date(2026, 10, 8)).sections[1].parts[0].text
    assert "《一课〔U+000C〕两讲》，主讲人M1〔U+001F〕" in told


LINES = [
    ("# 一", "\\# 一"),
    ("- 一", "\\- 一"),
    ("+ 一", "\\+ 一"),
    ("* 一", "\\* 一"),
    ("1. 一", "1\\. 一"),
    ("12) 一", "12\\) 一"),
    ("> 一", "\\> 一"),
    ("| 一 |", "\\| 一 \\|"),
    ("---", "\\---"),
    ("===", "\\==="),
    (":-:", "\\:-:"),
    ("    一", "&#32;   一"),
    ("\t一", "&#9;一"),
    ("一\r\n- 二", "一<br>- 二"),  # a break within a line begins no line of Markdown's
    ("2026.3", "2026.3"),
    ("-5", "-5"),
    ("—— 一", "—— 一"),
]


@pytest.mark.parametrize(("typed", "written"), LINES, ids=[repr(typed) for typed, _ in LINES])
def test_what_would_begin_a_list_or_a_heading_in_markdown_stays_text(
    tmp_path: Path, typed: str, written: str
) -> None:
    own = tmp_path / "a.md"
    own.write_text("{{ title }}", encoding="utf-8")
    view = replace(view_of("主题"), title=typed)
    data = markdown.render(view, own)
    assert data.decode() == written
    assert markdown.printed(data) == typed.replace("\r\n", "<br>")


FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r>'
    "<w:t>{{ title }}</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def test_a_record_is_no_template_even_where_a_part_is_filled_twice(tmp_path: Path) -> None:
    document = Document()
    document.add_section()  # docxtpl fills the footnotes once for every section
    document.core_properties.title = "{{ title }}"
    document.sections[0].header.paragraphs[0].text = "{{ title }}"
    package = document.part.package
    notes = Part(PackURI("/word/footnotes.xml"), CONTENT, FOOTNOTES.encode(), package)
    document.part.relate_to(notes, f"{OFFICE}/footnotes")
    document.save(str(tmp_path / "own.docx"))
    hostile = "{{ 7*7 }}{_{ 7*7 }_}<b>&amp;_%"
    data = word.render(replace(view_of("主题"), title=hostile), tmp_path / "own.docx")
    made = Document(io.BytesIO(data))
    assert made.core_properties.title == hostile
    assert made.sections[0].header.paragraphs[0].text == hostile
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (text,) = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", archive.read("word/footnotes.xml").decode())
    assert unescape(text) == hostile
    assert word.printed(data).count(hostile) == 2  # page head and footnote: a blank there is one left
