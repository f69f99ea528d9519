"""The Word layout: the recipe in the XML, and as LibreOffice sets it."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.factory import (
    asked,
    branch,
    empty_ledger,
    findings,
    full_ledger,
    groups,
    many,
    meeting,
    members,
    period,
)
from tests.report.test_handbook import handbook
from tests.report.test_measured import OTHERS, TEXTS, view_of
from tools.build_templates import build

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import handover, word
from zhibu_cli.report.handover import DueLine
from zhibu_cli.report.quarter import build_quarter

if TYPE_CHECKING:
    from collections.abc import Mapping


ROOT = Path(__file__).parents[2]
T = resources.templates_dir()
FONTS = ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体")


def part(name: str, template: str = "quarter.docx") -> str:
    with zipfile.ZipFile(T / template) as archive:
        return archive.read(name).decode("utf-8")


def style(id_: str) -> str:
    match = re.search(rf'<w:style [^>]*w:styleId="{id_}">.*?</w:style>', part("word/styles.xml"))
    assert match
    return match[0]


def test_the_committed_templates_are_what_the_tool_writes(tmp_path: Path) -> None:
    build(tmp_path)
    built = sorted(path.name for path in tmp_path.iterdir())
    assert {"quarter.docx", "quarter.xlsx", "quarter.html.j2", "talk-register.md.j2"} < {*built}
    for name in built:
        if name.endswith(".j2"):
            assert (tmp_path / name).read_bytes() == (T / name).read_bytes()
            continue
        with zipfile.ZipFile(tmp_path / name) as new, zipfile.ZipFile(T / name) as old:
            assert {n: new.read(n) for n in new.namelist()} == {n: old.read(n) for n in old.namelist()}


@pytest.mark.parametrize("template", ["quarter.docx", "debrief.docx", "summary.docx"])
def test_the_page_is_a4_with_37_35_28_26_mm_and_a_grid_of_579_twips(template: str) -> None:
    document = part("word/document.xml", template)
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in document
    # twips: 37 mm = 2097.6, 35 mm = 1984.3, 28 mm = 1587.4, 26 mm = 1474.0, footer 25 mm = 1417.3
    assert '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"' in document
    assert 'w:footer="1417"' in document
    assert '<w:docGrid w:type="lines" w:linePitch="579"/>' in document


def test_lines_are_exactly_579_twips_and_characters_drawn_together_by_5() -> None:
    styles = part("word/styles.xml")
    defaults = styles[: styles.index("</w:docDefaults>")]
    assert 'w:line="579" w:lineRule="exact"' in defaults
    assert '<w:spacing w:val="-5"/>' in defaults
    assert '<w:sz w:val="32"/>' in defaults


@pytest.mark.parametrize(
    ("id_", "font", "half_points"),
    [
        ("Title", "方正小标宋简体", 44),
        ("Heading1", "黑体", 32),
        ("Heading2", "楷体_GB2312", 32),
        ("ZbCellHead", "黑体", 24),
        ("Footer", "宋体", 28),
    ],
)
def test_fonts_are_named_for_ascii_and_east_asian_text(id_: str, font: str, half_points: int) -> None:
    assert f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>' in style(id_)
    if half_points != 32:  # 32 is the default
        assert f'<w:sz w:val="{half_points}"/>' in style(id_)


def test_the_body_is_fangsong_of_16_points_and_begins_two_characters_in() -> None:
    defaults = part("word/styles.xml").partition("</w:docDefaults>")[0]
    assert 'w:ascii="仿宋_GB2312"' in defaults
    assert 'w:eastAsia="仿宋_GB2312"' in defaults
    assert 'w:firstLineChars="200"' in style("ZbBody")


def test_the_title_stands_off_the_grid_on_35_points() -> None:
    assert '<w:snapToGrid w:val="0"/>' in style("Title")
    assert 'w:line="700" w:lineRule="exact"' in style("Title")


def test_page_numbers_stand_outside_on_odd_and_even_pages() -> None:
    assert "<w:evenAndOddHeaders/>" in part("word/settings.xml")
    odd, even = part("word/footer1.xml"), part("word/footer2.xml")
    assert '<w:jc w:val="right"/>' in odd
    assert 'w:rightChars="100"' in odd
    assert '<w:jc w:val="left"/>' in even
    assert 'w:leftChars="100"' in even
    for footer in (odd, even):
        text = re.sub("<[^>]+>", "", footer)
        assert re.sub(r"\s+", " ", text).strip() == "— PAGE 1 —"


def test_long_tables_repeat_their_head_and_no_row_breaks() -> None:
    document = part("word/document.xml")
    assert document.count("<w:cantSplit/>") == document.count("<w:tr>")
    assert document.count("<w:tblHeader/>") == 2  # sittings and sources


LONG_NAME = "中国共产党某某省某某自治州某某经济技术开发区行政审批和政务服务管理局机关第一支部委员会"


# What LibreOffice makes of it -------------------------------------------------------------------

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler"
)
_ALIAS = """<match target="pattern"><test name="family" qual="any"><string>{}</string></test>
<edit name="family" mode="assign" binding="same"><string>Noto Serif CJK SC</string></edit></match>"""


def all_pages(papers: Mapping[str, bytes], folder: Path) -> dict[str, list[list[str]]]:
    """The lines of each page of the PDFs, blanks left out; the 公文 fonts stand in for by Noto.

    Several papers at once: LibreOffice takes longer to start than to set one.
    """
    fonts = "".join(map(_ALIAS.format, FONTS))
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include>{fonts}</fontconfig>",
        encoding="utf-8",
    )
    for name, data in papers.items():
        (folder / f"{name}.docx").write_bytes(data)
    environment = {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", *(f"{name}.docx" for name in papers)]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, timeout=120)
    return {name: _lines(folder / f"{name}.pdf") for name in papers}


def _lines(paper: Path) -> list[list[str]]:
    text = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"], check=True, capture_output=True
    ).stdout.decode("utf-8")
    lines = ([re.sub(r"\s", "", line) for line in page.splitlines()] for page in text.split("\f"))
    return [[line for line in page if line] for page in lines]


def pure_body(data: bytes, text: str) -> bytes:
    """The paper with nothing but one long paragraph in the body's style."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name).decode("utf-8")
            if name == "word/document.xml":
                paragraph = (
                    f'<w:p><w:pPr><w:pStyle w:val="ZbBody"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
                )
                content = re.sub(
                    r"(<w:body>).*(<w:sectPr)", rf"\g<1>{paragraph}\g<2>", content, flags=re.DOTALL
                )
            copy.writestr(name, content)
    return target.getvalue()


ONE_SITTING = build_ledger(
    [
        branch(),
        *members(),
        *groups(),
        *many("sitting", [meeting("group_meeting", "2026-12-26", "学习", group="G1")]),
    ],
    CATALOGUE,
)
NAMED_AT_LENGTH = build_ledger([branch(name=LONG_NAME, superior=LONG_NAME)], CATALOGUE)


HANDED = (0, 1, 2, 3, 4, 17, 18, 19, 20, 21)


def handed_over(rows: int) -> bytes:
    """The list of a handover with so many things to do: the signatures stand at every height of a page."""
    one = DueLine(
        number=1,
        what="支部党员大会每季度至少一次",
        state="将要到期",
        times=1,
        first=date(2026, 12, 31),
        first_text="2026-12-31",
        post="书记",
    )
    view = handover.paper(asked(full_ledger(), (), "2026", date(2026, 10, 8)))
    duties = tuple(replace(one, number=number) for number in range(1, rows + 1))
    return word.render(replace(view, duties=duties), T / "handover.docx")


def papers_to_set() -> dict[str, bytes]:
    """The quarterly report of several ledgers, lists of a handover, a handbook and pages of pure text."""
    ledgers = {"full": full_ledger(), "empty": empty_ledger(), "long name": NAMED_AT_LENGTH}
    views = {
        name: build_quarter(ledger, findings(), period(), date(2026, 10, 8))
        for name, ledger in ledgers.items()
    }
    views["one"] = build_quarter(ONE_SITTING, (), period("2026Q4"), date(2027, 1, 8))
    papers = {name: word.render(view, T / "quarter.docx") for name, view in views.items()}
    papers |= {f"handover {rows}": handed_over(rows) for rows in HANDED}
    papers["handbook"] = word.render(handbook(), T / "handbook.docx")
    texts = {slug: word.render(view_of(slug), T / f"{slug}.docx") for slug in TEXTS + OTHERS}
    papers |= {f"pure {slug}": pure_body(data, "党" * 28 * 50) for slug, data in texts.items()}
    return papers


@pytest.fixture
def laid_out(set_by_office: Mapping[str, dict[str, list[list[str]]]]) -> dict[str, list[list[str]]]:
    """Name -> the lines of each page."""
    return set_by_office["layout"]


@needs_office
@pytest.mark.parametrize("slug", TEXTS + OTHERS)
def test_a_full_page_holds_22_lines_of_28_characters(laid_out: dict[str, list[list[str]]], slug: str) -> None:
    first, second = laid_out[f"pure {slug}"][:2]
    assert (first[-1], second[-1]) == ("—1—", "—2—")
    assert [len(line) for line in first[:-1]] == [26] + [28] * 21  # the first line begins two in
    assert [len(line) for line in second[:-1]] == [28] * 22


@needs_office
@pytest.mark.parametrize("ledger", ["full", "empty", "long name"])
def test_the_statistics_fill_one_page_and_the_report_begins_on_the_second(
    laid_out: dict[str, list[list[str]]], ledger: str
) -> None:
    first, second = laid_out[ledger][:2]
    assert "2026年第三季度党建工作统计表" in first
    assert first[-1] == "—1—"
    assert any(line.startswith("注：") for line in first)
    assert "2026年第三季度党建工作报告" in second
    assert any(line.endswith("委员会：") for line in second)


@needs_office
@pytest.mark.parametrize("rows", HANDED)
def test_signatures_never_stand_alone_on_a_page(laid_out: dict[str, list[list[str]]], rows: int) -> None:
    *_, last, end = laid_out[f"handover {rows}"]
    assert end == []
    signed = next(number for number, line in enumerate(last) if line.startswith("移交人（签名）："))
    above = "".join(last[:signed])
    assert (f"{rows}将要到期" if rows else "今后九十天内没有到期的事项") in above


@needs_office
def test_days_and_usual_kinds_stand_in_one_line_of_the_table(laid_out: dict[str, list[list[str]]]) -> None:
    assert any("12月26日第一党小组会" in line for page in laid_out["one"] for line in page)


@pytest.mark.parametrize("template", sorted(path.name for path in T.glob("*.docx")))
def test_no_two_styles_of_a_word_template_go_by_one_name(template: str) -> None:
    styles = part("word/styles.xml", template)
    for pattern in (r'w:styleId="([^"]+)"', r'<w:name w:val="([^"]+)"'):
        names = re.findall(pattern, styles)
        assert sorted(names) == sorted({*names})


@needs_office
def test_the_contents_of_the_handbook_tell_the_pages_on_which_things_stand(
    laid_out: dict[str, list[list[str]]],
) -> None:
    pages = laid_out["handbook"]
    entries = [
        found for page in pages for line in page if (found := re.fullmatch(r"(.+?)…*[.]{3,}(\d+)", line))
    ]
    assert len(entries) == 18  # five parts, four kinds of sitting with five records, four parts
    assert [int(found[2]) for found in entries] == sorted(int(found[2]) for found in entries)
    for title, number in (found.groups() for found in entries):
        page = "".join(pages[int(number) - 1])
        day = re.match(r"(\d{4})-0?(\d+)-0?(\d+)", title)
        assert ("{}年{}月{}日".format(*day.groups()) if day else title) in page
        assert page.endswith(f"—{number}—")
