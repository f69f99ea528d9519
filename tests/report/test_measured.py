"""The built file of every paper that is a text, measured against GB/T 9704 (forms.md §16).

Not the template: what a reader opens. A value is that in force at the paragraph, from its run and style
down to the defaults of the document.
"""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.report.factory import findings, full_ledger, period

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report import word
from zhibu_cli.report.notice import Said, build_notice
from zhibu_cli.report.papers import PAPERS, Needs
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

T = resources.templates_dir()
TEXTS = ("quarter", "life-report", "summary", "debrief", "debrief-speech")
OTHERS = ("notice",)
MM = 1440 / 25.4  # twips


class Measured(NamedTuple):
    """What is in force at a paragraph: fonts, half points, twips, hundredths of a character."""

    ascii: str
    east_asian: str
    half_points: int
    line: int
    rule: str
    first: int
    """First line, in hundredths of a character."""


def view_of(name: str) -> Any:
    ledger, quarter = full_ledger(), period()
    year = period_of(Unit.YEAR, quarter.end)
    if name == "notice":
        kind, day = CATALOGUE.kind("general_meeting"), date(2026, 12, 11)
        said = Said(place="三楼会议室", topics=("审议年度工作总结",))
        return build_notice(ledger, kind, "", day, printed=date(2026, 12, 4), said=said)
    (paper,) = (one for one in PAPERS if one.name == name)
    when = quarter if paper.needs is Needs.QUARTER else year
    return paper.build(Request(ledger=ledger, findings=findings(), as_of=quarter.end, period=when))


@pytest.fixture(scope="module", params=TEXTS + OTHERS)
def paper(request: pytest.FixtureRequest) -> Any:
    data = word.render(view_of(request.param), T / f"{request.param}.docx")
    return Document(io.BytesIO(data))


def layers(document: Any, paragraph: Any) -> Iterator[Any]:
    """The elements that may say something, the nearest first."""
    for run in paragraph.runs[:1]:
        yield run._r
    yield paragraph._p
    style = paragraph.style
    while style is not None:
        yield style.element
        style = style.base_style
    yield document.styles.element.find(qn("w:docDefaults"))


def stated(document: Any, paragraph: Any, tag: str, name: str) -> str:
    for layer in layers(document, paragraph):
        for found in layer.iter(qn(f"w:{tag}")):
            if (value := found.get(qn(f"w:{name}"))) is not None:
                return str(value)
    return ""


def measured(document: Any, paragraph: Any) -> Measured:
    def of(tag: str, name: str) -> str:
        return stated(document, paragraph, tag, name)

    return Measured(
        ascii=of("rFonts", "ascii"),
        east_asian=of("rFonts", "eastAsia"),
        half_points=int(of("sz", "val")),
        line=int(of("spacing", "line")),
        rule=of("spacing", "lineRule"),
        first=int(of("ind", "firstLineChars") or 0),
    )


def those(document: Any, style: str) -> list[Any]:
    found = [one for one in document.paragraphs if one.style.style_id == style and one.text.strip()]
    assert found, style
    return found


def test_the_type_area_is_156_by_225_mm_with_37_above_and_28_at_the_binding(paper: Any) -> None:
    (section,) = paper.sections
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    top, left = section.top_margin.mm, section.left_margin.mm
    assert top == pytest.approx(37, abs=1)
    assert left == pytest.approx(28, abs=1)
    assert section.page_width.mm - left - section.right_margin.mm == pytest.approx(156, abs=0.1)
    assert section.page_height.mm - top - section.bottom_margin.mm == pytest.approx(225, abs=0.1)


def test_the_body_is_fangsong_no_3_two_characters_in_with_22_lines_to_225_mm(paper: Any) -> None:
    for paragraph in those(paper, "ZbBody"):
        assert measured(paper, paragraph) == ("仿宋_GB2312", "仿宋_GB2312", 32, 579, "exact", 200)
    # 28 to 30 points, and just 22 of them
    assert 28 * 20 <= 579 <= 30 * 20
    assert 22 <= 225 * MM / 579 < 23


def test_the_title_is_small_title_song_no_2_in_the_middle(paper: Any) -> None:
    for paragraph in those(paper, "Title"):
        found = measured(paper, paragraph)
        assert found[:3] == ("方正小标宋简体", "方正小标宋简体", 44)
        assert found.first == 0
        assert stated(paper, paragraph, "jc", "val") == "center"


def test_headings_are_heiti_and_kaiti_in_the_size_of_the_body(paper: Any) -> None:
    for paragraph in (one for one in paper.paragraphs if one.style.style_id == "Heading1"):
        assert measured(paper, paragraph) == ("黑体", "黑体", 32, 579, "exact", 200)
        assert paragraph.text[0] in "一二三四五六七八九"
        assert paragraph.text[1] == "、"
    for paragraph in (one for one in paper.paragraphs if one.style.style_id == "Heading2"):
        assert measured(paper, paragraph) == ("楷体_GB2312", "楷体_GB2312", 32, 579, "exact", 200)
        assert paragraph.text[0] == "（"


def test_no_run_of_the_text_has_a_font_or_a_size_of_its_own(paper: Any) -> None:
    for paragraph in paper.paragraphs:
        for run in paragraph.runs:
            assert run._r.find(f".//{qn('w:rFonts')}") is None
            assert run._r.find(f".//{qn('w:sz')}") is None


def test_page_numbers_are_no_4_song_outside_between_dashes_one_character_in(paper: Any) -> None:
    (section,) = paper.sections
    sides = []
    for footer in (section.footer, section.even_page_footer):
        (paragraph,) = footer.paragraphs
        found = measured(paper, paragraph)
        assert found[:3] == ("宋体", "宋体", 28)
        text = "".join(node.text for node in paragraph._p.iter(qn("w:t")))
        assert text == "— 1 —"
        assert "PAGE" in "".join(node.text for node in paragraph._p.iter(qn("w:instrText")))
        side = stated(paper, paragraph, "jc", "val")
        sides.append((side, stated(paper, paragraph, "ind", f"{side}Chars")))
    assert sides == [("right", "100"), ("left", "100")]
    assert paper.settings.odd_and_even_pages_header_footer
    # 7 mm below the type area: its upper edge is 35 - 25 - one line of 14 points from the bottom
    assert section.footer_distance.mm == pytest.approx(25, abs=0.5)


def test_unit_and_day_stand_four_characters_from_the_right_without_leading_noughts(paper: Any) -> None:
    for paragraph in (one for one in paper.paragraphs if one.style.style_id in {"ZbSignature", "ZbDate"}):
        assert stated(paper, paragraph, "jc", "val") == "right"
        assert stated(paper, paragraph, "ind", "rightChars") == "400"
        assert "年0" not in paragraph.text
        assert "月0" not in paragraph.text


@pytest.mark.parametrize(
    ("tag", "name", "wrong"),
    [("rFonts", "eastAsia", "宋体"), ("sz", "val", "28"), ("spacing", "line", "560")],
)
def test_the_measure_sees_a_file_that_is_not_so(paper: Any, tag: str, name: str, wrong: str) -> None:
    copy = io.BytesIO()
    paper.save(copy)
    other = Document(copy)
    body = those(other, "ZbBody")[0]
    assert measured(other, body) == ("仿宋_GB2312", "仿宋_GB2312", 32, 579, "exact", 200)
    for found in other.styles.element.iter(qn(f"w:{tag}")):
        if found.get(qn(f"w:{name}")) is not None:
            found.set(qn(f"w:{name}"), wrong)
    assert measured(other, body) != ("仿宋_GB2312", "仿宋_GB2312", 32, 579, "exact", 200)
