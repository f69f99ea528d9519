"""What every Word template is made of: its styles, its columns, what stays on one page."""

from __future__ import annotations

import re
import zipfile
from collections import Counter

import pytest
from tools.layout import layouts
from tools.layout_word import table_widths

from zhibu_cli import resources

TEMPLATES = sorted(path.name for path in resources.templates_dir().glob("*.docx"))
HAN_9, HAN_12, SIDES = 9 * 20, 12 * 20, 2 * 60


def part(template: str, name: str) -> str:
    with zipfile.ZipFile(resources.templates_dir() / template) as archive:
        return archive.read(name).decode("utf-8")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_style_is_defined_once_and_every_style_that_is_used_is_defined(template: str) -> None:
    defined = Counter(re.findall(r'w:styleId="([^"]+)"', part(template, "word/styles.xml")))
    assert [name for name, times in defined.items() if times > 1] == []
    used = {*re.findall(r'<w:pStyle w:val="([^"]+)"', part(template, "word/document.xml"))}
    assert used - {*defined} == set()


def test_the_answer_of_a_check_flows_without_a_page_for_every_part() -> None:
    assert "ZbPart" not in re.findall(r'<w:pStyle w:val="([^"]+)"', part("check.docx", "word/document.xml"))
    rows = re.search(r'w:styleId="ZbGrid">.*?</w:style>', part("check.docx", "word/styles.xml"))
    assert rows
    assert "keepNext" not in rows[0]  # a calendar longer than a page would begin on a new one


def column(layout: str, label: str) -> int:
    """Twips of a column of the first table that has it."""
    (one,) = (made for made in layouts() if made.name == layout)
    for block in one.blocks:
        for head, width in zip(block.columns, table_widths(one, block), strict=False):
            if head.label == label:
                return width
    raise AssertionError(label)


@pytest.mark.parametrize(
    ("layout", "label", "least"),
    [
        ("roster-8", "党员姓名", 4 * HAN_9 + SIDES),  # 欧阳明月
        ("roster-8", "学历", 4 * HAN_9 + SIDES),  # 大学本科
        ("roster-18", "姓名", 4 * HAN_9 + SIDES),
        ("roster-18", "身份证号", 18 * HAN_9 // 2 + SIDES),
        ("roster-18", "党内职务", 4 * HAN_9 + SIDES),  # 组织委员
        ("roster-24", "姓名", 4 * HAN_9 + SIDES),
        ("roster-24", "党籍状态", 4 * HAN_9 + SIDES),  # 正式党员
        ("roster-24", "身份证号码", 18 * HAN_9 // 2 + SIDES),
        ("talk-register", "谈话人", 9 * HAN_12 + SIDES),  # 王小二（组织委员）
        ("problems", "来源", 5 * HAN_12 + SIDES),  # 组织生活会
        ("problems", "责任人", 4 * HAN_12 + SIDES),
        ("life-statistics", "1月", HAN_9 + HAN_9 // 2 + 40),
        ("life-statistics", "12月", 2 * HAN_9 + 40),
        ("self-check", "责任人", 4 * HAN_9 + SIDES),
    ],
)
def test_a_usual_value_stands_in_one_line_of_its_column(layout: str, label: str, least: int) -> None:
    assert column(layout, label) >= least


@pytest.mark.parametrize("name", [one.name for one in layouts()])
def test_the_columns_of_every_table_fill_the_paper_to_the_twip(name: str) -> None:
    (one,) = (made for made in layouts() if made.name == name)
    whole = 21543 if one.a3 else 14570 if one.landscape else 8845
    for block in one.blocks:
        if block.kind == "table" and "docx" in one.formats:
            assert sum(table_widths(one, block)) == whole


def test_a_year_of_months_leaves_room_for_names_and_breaks_no_head_and_no_rate() -> None:
    sides = 2 * 20  # a table of many narrow columns
    for name in ("上级党组织名称", "党支部名称"):
        assert column("life-statistics", name) >= 5 * HAN_9 + sides
    # a digit is half a character; LibreOffice leaves a quarter of one beside Han
    assert column("life-statistics", "9月") >= 1.75 * HAN_9 + sides
    assert column("life-statistics", "12月") >= 2.25 * HAN_9 + sides
    assert column("life-statistics", "完成率") >= 3.5 * HAN_9 + sides  # 100.0%


@pytest.mark.parametrize("template", ["roster-18.docx", "originals.docx", "talk-register.docx"])
def test_the_last_row_takes_the_one_before_it_to_its_page(template: str) -> None:
    text = part(template, "word/document.xml")
    before, _if, rest = text.partition("{%tr if loop.revindex == 2 %}")
    assert before
    assert "CentreKept" in rest.partition("{%tr else %}")[0]


@pytest.mark.parametrize("template", ["handover.docx", "appraisal-summary.docx", "theme-plan.docx"])
def test_signatures_stand_in_the_last_row_and_the_rows_above_go_with_them(template: str) -> None:
    text = part(template, "word/document.xml")
    (signed,) = (one for one in re.findall(r"<w:tbl>.*?</w:tbl>", text) if "in signing" in one)
    last = signed.rpartition("<w:tr>")[2]
    assert "in signing" in last
    assert last.count('w:val="nil"') == 3  # no line but the one above it
    assert "{%tr if loop.revindex &lt;= 2 %}" in signed
    without_rows = signed.rpartition("{%tr else %}")[2]
    assert 'CentreKept"' in without_rows
    assert text.count("in signing") == 1


def test_the_last_two_rows_go_to_the_page_of_the_signature_where_another_table_may_follow() -> None:
    text = part("self-check.docx", "word/document.xml")
    _before, found, rest = text.partition("{%tr if loop.revindex &lt;= 2 %}")
    assert found
    assert "CentreKept" in rest.partition("{%tr else %}")[0]


def test_a_short_last_box_goes_to_the_page_of_its_signatures() -> None:
    text = part("minutes.docx", "word/document.xml")
    _before, found, rest = text.partition("{%tr if loop.last and r.left_text | length")
    assert found
    assert "ZbCellCentreKept" in rest.partition("{%tr else %}")[0]


_HIDDEN = re.compile(r'<w:instrText[^>]*>([^<]*)<|<w:bookmarkStart [^>]*w:name="([^"]*)"')


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_field_where_no_eye_sees_it_has_no_blanks_at_which_libreoffice_would_part_it(template: str) -> None:
    codes = ["".join(found) for found in _HIDDEN.findall(part(template, "word/document.xml"))]
    fields = [field for code in codes for field in re.findall(r"\{\{.*?\}\}", code)]
    assert fields or template != "handbook.docx"
    assert [field for field in fields if " " in field] == []


def test_the_last_paragraph_of_a_long_last_box_goes_to_the_page_of_its_signatures() -> None:
    text = part("minutes.docx", "word/document.xml")
    box = text.partition("r.paragraphs[-1] | length")[2].partition("{%tr else %}")[0]
    above, last = re.findall(r"<w:tr>.*?</w:tr>", box)
    assert "r.paragraphs[:-1]" in above
    assert "cantSplit" not in above
    assert "r.paragraphs[-1:]" in last
    assert "<w:cantSplit/>" in last
    assert 'ZbCellFlowKept"' in last
    assert '<w:vMerge w:val="restart"/>' in above
    assert '<w:vMerge w:val="continue"/>' in last
