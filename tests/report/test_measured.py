"""The built file of every paper that is a text, measured against GB/T 9704 (forms.md §16).

Not the template: what a reader opens. A value is that in force at the paragraph, from its run and style
down to the defaults of the document.
"""

from __future__ import annotations

import io
import re
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
from zhibu_cli.report.views import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator

T = resources.templates_dir()
TEXTS = ("quarter", "life-report", "summary", "debrief", "debrief-speech")
OTHERS = ("notice",)
MM = 1440 / 25.4  # twips


class Measured(NamedTuple):
    """What is in force at a paragraph: fonts, half points, twips, hundredths of a character."""

    fonts: frozenset[str]
    """For Latin letters, for all others of the West, for Han."""
    half_points: int
    drawn: int
    """Room between characters."""
    plain: bool
    """Neither bold nor coloured."""
    line: tuple[int, str]
    around: tuple[int, int]
    """Before and after the paragraph."""
    first: tuple[int, int]
    """First line: in twips, and in hundredths of a character, which Office takes where both stand."""
    left: int
    set_: str


def text_of(font: str, *, indent: bool = True, set_: str = "both") -> Measured:
    """Text of forms.md §16: No. 3 (16 points), 22 lines to 225 mm, 28 characters to 156 mm."""
    return Measured(
        fonts=frozenset({font}),
        half_points=32,
        drawn=-5,
        plain=True,
        line=(579, "exact"),
        around=(0, 0),
        first=(640, 200) if indent else (0, 0),
        left=0,
        set_=set_,
    )


BODY = text_of("仿宋_GB2312")
STYLES = {
    "ZbBody": BODY,
    "ZbBodyLast": BODY,
    "ZbPlain": text_of("仿宋_GB2312", indent=False),
    "Heading1": text_of("黑体"),
    "Heading2": text_of("楷体_GB2312"),
    "ZbByline": text_of("楷体_GB2312", indent=False, set_="center"),
    "ZbSignature": text_of("仿宋_GB2312", indent=False, set_="right"),
    "ZbDate": text_of("仿宋_GB2312", indent=False, set_="right"),
}
"""What paragraphs of a text may be, the title apart."""
STATISTICS = {"ZbTableTitle", "ZbCaption", "ZbNote", "ZbTitleNewPage", "ZbGap"}
"""Paragraphs of the table before the report of a quarter, and the title behind it."""
HEADED = {*TEXTS, "material"}
SIGNED = {"quarter", "life-report", "summary", "notice"}


def view_of(name: str) -> Any:
    ledger, quarter = full_ledger(), period()
    year = period_of(Unit.YEAR, quarter.end)
    if name == "notice":
        kind, day = CATALOGUE.kind("general_meeting"), date(2026, 12, 11)
        said = Said(place="三楼会议室", topics=("审议年度工作总结",))
        return build_notice(ledger, kind, "", day, printed=date(2026, 12, 4), said=said)
    (asked,) = (one for one in PAPERS if one.name == name)
    when = quarter if asked.needs is Needs.QUARTER else year
    return asked.build(Request(ledger=ledger, findings=findings(), as_of=quarter.end, period=when))


@pytest.fixture(scope="module", params=TEXTS + OTHERS)
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def paper(slug: str) -> Any:
    return Document(io.BytesIO(word.render(view_of(slug), T / f"{slug}.docx")))


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


def marked(document: Any, paragraph: Any, tag: str) -> bool:
    return any(layer.find(f".//{qn(f'w:{tag}')}") is not None for layer in layers(document, paragraph))


def measured(document: Any, paragraph: Any) -> Measured:
    def of(tag: str, name: str) -> str:
        return stated(document, paragraph, tag, name)

    def number(tag: str, name: str) -> int:
        return int(of(tag, name) or 0)

    return Measured(
        fonts=frozenset(of("rFonts", script) for script in ("ascii", "hAnsi", "eastAsia")),
        half_points=number("sz", "val"),
        drawn=number("spacing", "val"),
        plain=not marked(document, paragraph, "b") and of("color", "val") in {"", "auto", "000000"},
        line=(number("spacing", "line"), of("spacing", "lineRule")),
        around=(number("spacing", "before"), number("spacing", "after")),
        first=(number("ind", "firstLine"), number("ind", "firstLineChars")),
        left=number("ind", "left") + number("ind", "leftChars"),
        set_=of("jc", "val"),
    )


def those(document: Any, style: str) -> list[Any]:
    return [one for one in document.paragraphs if one.style.style_id == style and one.text.strip()]


def test_these_are_all_papers_that_are_texts() -> None:
    whole = {one.name for one in PAPERS if "docx" in one.formats and one.needs in {Needs.QUARTER, Needs.YEAR}}
    assert {one for one in whole if isinstance(view_of(one), Paper)} == {*TEXTS}


def test_the_type_area_is_156_by_225_mm_with_37_above_and_28_at_the_binding(paper: Any) -> None:
    (section,) = paper.sections
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    top, left = section.top_margin.mm, section.left_margin.mm
    assert top == pytest.approx(37, abs=1)
    assert left == pytest.approx(28, abs=1)
    assert section.gutter == 0
    assert section.page_width.mm - left - section.right_margin.mm == pytest.approx(156, abs=0.1)
    assert section.page_height.mm - top - section.bottom_margin.mm == pytest.approx(225, abs=0.1)


def test_22_lines_of_28_characters_fill_the_type_area(paper: Any) -> None:
    # 28 to 30 points, and just 22 of them
    assert 28 * 20 <= BODY.line[0] <= 30 * 20
    assert 22 <= 225 * MM / BODY.line[0] < 23
    # 16 points and what they are drawn together
    assert 28 <= 156 * MM / (32 * 10 + BODY.drawn) < 29
    (grid,) = paper.element.body.iter(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize("style", STYLES)
def test_text_is_no_3_in_the_font_of_its_kind_and_the_body_begins_two_characters_in(
    paper: Any, style: str
) -> None:
    for paragraph in those(paper, style):
        assert measured(paper, paragraph) == STYLES[style], paragraph.text


def test_every_paragraph_is_of_a_kind_that_is_measured(paper: Any, slug: str) -> None:
    known = {"Title", *STYLES} | (STATISTICS if slug == "quarter" else set())
    assert {one.style.style_id for one in paper.paragraphs} <= known
    assert those(paper, "Title")
    assert those(paper, "ZbBody")
    assert bool(those(paper, "Heading1")) == (slug in HEADED)
    assert bool(those(paper, "Heading2")) == (slug == "debrief")
    assert bool(those(paper, "ZbSignature")) == bool(those(paper, "ZbDate")) == (slug in SIGNED)


def test_the_title_is_small_title_song_no_2_in_the_middle(paper: Any) -> None:
    for paragraph in (*those(paper, "Title"), *those(paper, "ZbTitleNewPage")):
        found = measured(paper, paragraph)
        assert (found.fonts, found.half_points, found.plain) == (frozenset({"方正小标宋简体"}), 44, True)
        assert (found.first, found.left, found.set_) == ((0, 0), 0, "center")
        assert found.line[0] >= 22 * 20  # no stroke is cut


def test_headings_are_numbered_as_their_fonts_say(paper: Any) -> None:
    for paragraph in those(paper, "Heading1"):
        assert re.match("[一二三四五六七八九十]+、", paragraph.text)
    for paragraph in those(paper, "Heading2"):
        assert re.match("（[一二三四五六七八九十]+）", paragraph.text)


def test_no_run_of_the_text_has_a_font_or_a_size_of_its_own(paper: Any) -> None:
    for paragraph in paper.paragraphs:
        for run in paragraph.runs:
            assert run._r.find(f".//{qn('w:rFonts')}") is None
            assert run._r.find(f".//{qn('w:sz')}") is None
            assert run._r.find(f".//{qn('w:b')}") is None


def test_page_numbers_are_no_4_song_outside_between_dashes_one_character_in(paper: Any) -> None:
    (section,) = paper.sections
    sides = []
    for footer in (section.footer, section.even_page_footer):
        (paragraph,) = footer.paragraphs
        found = measured(paper, paragraph)
        assert (found.fonts, found.half_points) == (frozenset({"宋体"}), 28)
        text = "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))
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
        assert stated(paper, paragraph, "ind", "rightChars") == "400"
        assert stated(paper, paragraph, "ind", "right") == "1280"  # 4 x 16 points
        assert "年0" not in paragraph.text
        assert "月0" not in paragraph.text


@pytest.mark.parametrize(
    ("tag", "name", "wrong"),
    [
        *(("rFonts", script, "宋体") for script in ("ascii", "hAnsi", "eastAsia")),
        *(("sz", "val", "28"), ("spacing", "line", "560"), ("spacing", "lineRule", "auto")),
        *(("spacing", "val", "0"), ("spacing", "after", "120"), ("jc", "val", "left")),
        *(("ind", "firstLineChars", "100"), ("ind", "firstLine", "320")),
    ],
)
def test_the_measure_sees_a_file_that_is_not_so(paper: Any, tag: str, name: str, wrong: str) -> None:
    copy = io.BytesIO()
    paper.save(copy)
    other = Document(copy)
    body = those(other, "ZbBody")[0]
    assert measured(other, body) == BODY
    for found in other.styles.element.iter(qn(f"w:{tag}")):
        if found.get(qn(f"w:{name}")) is not None:
            found.set(qn(f"w:{name}"), wrong)
    assert measured(other, body) != BODY
