"""Templates broken in new ways: one clear message with the place, the same from the check and the report."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from tests.report.factory import period, write_ledger
from tests.wordfiles import new_word

from zhibu_cli.app import paper_templates
from zhibu_cli.app.paper_templates import Trial
from zhibu_cli.app.reporting import Order, Wish, make, named
from zhibu_cli.errors import ZhibuError
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

AS_OF = date(2026, 10, 8)
KIND = named("党建工作报告")
BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(tmp_path_factory.mktemp("ledger") / "zhibu.db")


def refused(ledger: Path, template: Path, mapping: Path | None = None) -> str:
    """What check and report say, which has to be the same."""
    trial = Trial(ledger=ledger, today=AS_OF, catalogue=CATALOGUE)
    order = Order(kind=KIND, period=period())
    wish = Wish(template=template, mapping=mapping)
    out = template.parent / "out"
    with pytest.raises(ZhibuError) as checked:
        paper_templates.check(template, KIND, trial, mapping)
    with pytest.raises(ZhibuError) as reported:
        make(ledger, order, out, wish, as_of=AS_OF)
    assert (str(checked.value), checked.value.hint) == (str(reported.value), reported.value.hint)
    assert not out.exists()
    return checked.value.message


def word(folder: Path, body: str = "{{ title }}", head: str = "", foot: str = "", box: str = "") -> Path:
    document = new_word()
    document.add_paragraph(body)
    document.sections[0].header.paragraphs[0].text = head
    document.sections[0].footer.paragraphs[0].text = foot
    if box:
        document.add_paragraph()._p.append(parse_xml(BOX.format(box)))
    document.save(str(folder / "表.docx"))
    return folder / "表.docx"


WORDS = [
    ({"head": "{{ branhc }}"}, "页眉“{{ branhc }}”一段：没有“branhc”这个字段，是不是 branch？"),
    ({"foot": "第{{ yaer }}年"}, "页脚“第{{ yaer }}年”一段：没有“yaer”这个字段"),
    ({"box": "框{{ titel }}"}, "“框{{ titel }}”一段：没有“titel”这个字段，是不是 title？"),
    ({"body": "｛｛ title ｝｝"}, "“｛｛ title ｝｝”一段：有“｛｛”，不是完整的标记；"),
    ({"body": "{ { title } }"}, "“{ { title } }”一段：有“{ {”，不是完整的标记；"),
    ({"body": "{{ title }"}, "“{{ title }”一段：写法不对：多了“}”，或括号、花括号不成对"),
    ({"body": "合{{ sittings|sum }}"}, "“合{{ sittings|sum }}”一段：不能这样运算或比较"),
    ({"body": "{{ title|shout }}"}, "“{{ title|shout }}”一段：没有或不能用“shout”"),
    ({"body": "{% for s in sittings %}{{ s.day }}{% endif %}"}, "“for”没有结束，缺 {% endfor %}"),
    ({"body": "{{ as_of.strftime(1) }}"}, "”一段："),
    (
        {"body": "{{ sittings.day }}"},
        "“sittings”是列表，“sittings.day”要逐项取，例如 {% for s in sittings %}{{ s.day }}{% endfor %}",
    ),
    ({"body": "{{ sections }}"}, "“sections”：这不是一项内容，不能直接写"),
    ({"body": "{{ figures }}"}, "“figures”：这不是一项内容，不能直接写"),
    ({"body": "{{ sittings[0] }}"}, "“sittings[0]”：这不是一项内容，不能直接写"),
    ({"body": "{{ 党员总数 }}"}, "没有“党员总数”这个字段，是不是 figures.党员总数？"),
    ({"body": "{% for c in title %}{{ c.day }}{% endfor %}"}, "“title”不是列表，不能用 for 逐项取"),
    ({"head": "{{r title }}"}, "页眉“{{r title }}”一段：不能写“{{r”，字会丢掉"),
    ({"body": "{%p set a = 1 %}有题"}, "“{%p set a = 1 %}有题”一段：{%p … %} 每个都要单独占一段"),
    ({"body": "{%tr for s in sittings %}"}, "{%tr …%} 单独占表格的一行"),
    ({"body": "{% p if title %}"}, "百分号和字母之间不空格"),
    ({"head": "机密★1年"}, "模板“表.docx”的内容带有密级标志“机密★”"),
]


@pytest.mark.parametrize(("parts", "told"), WORDS, ids=[str(parts) for parts, _ in WORDS])
def test_every_part_of_a_word_file_is_looked_at(
    ledger: Path, tmp_path: Path, parts: dict[str, str], told: str
) -> None:
    message = refused(ledger, word(tmp_path, **parts))
    assert told in message
    assert "处问题" not in message  # one fault, one line


def test_a_fault_in_what_the_file_says_of_itself_is_told(ledger: Path, tmp_path: Path) -> None:
    for title, told in (
        ("{{ titel }}", "文件属性“{{ titel }}”一段：没有“titel”"),
        ("{{ 1 / 0 }}", "除数是零"),
    ):
        document = new_word()
        document.core_properties.title = title
        document.save(str(tmp_path / "表.docx"))
        assert told in refused(ledger, tmp_path / "表.docx")


def test_a_field_where_word_files_are_not_filled_is_told(ledger: Path, tmp_path: Path) -> None:
    own = word(tmp_path)
    with zipfile.ZipFile(own, "a") as archive:
        archive.writestr("word/endnotes.xml", "<w:endnotes><w:t>{</w:t><w:t>{ title }}</w:t></w:endnotes>")
        archive.writestr("word/comments.xml", "<w:comments><w:t>无</w:t></w:comments>")
    assert refused(ledger, own).startswith("模板“表.docx”尾注里不能写字段")


def _heads(sheet: Worksheet) -> None:
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = "{{ branhc }}"


def _noted(sheet: Worksheet) -> None:
    sheet["B2"].comment = Comment("{{ title }}", "王芳")


def _linked(sheet: Worksheet) -> None:
    sheet["B2"].hyperlink = "https://example.com/{{ title }}"


def _charted(sheet: Worksheet) -> None:
    chart = BarChart()
    chart.title = "{{ title }}"
    chart.add_data(Reference(sheet, min_col=1, min_row=1))
    sheet.add_chart(chart, "D1")


def _dropped(sheet: Worksheet) -> None:
    sheet.add_data_validation(DataValidation(type="list", formula1='"{{ title }},无"', sqref="B2"))


def _coloured(sheet: Worksheet) -> None:
    rule = FormulaRule(formula=['A1="{{ branch }}"'])  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("A1", rule)


def _cell(value: object) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = value  # type: ignore[assignment]

    return change


SHEETS = [
    (_cell("共{{ figures.member }}名"), "B2：没有“figures.member”这个字段，是不是 figures.members？"),
    (_cell("{{ title"), "B2：有“{{”，不是完整的标记"),
    (_cell("{{ figures.members }"), "B2：有“{{”，不是完整的标记"),
    (_cell("｛｛ title ｝｝"), "B2：有“｛｛”，不是完整的标记"),
    (_cell("{% for s in sittings %}"), "B2：有“{%”，不是完整的标记；Excel 模板只认 {{ 字段 }}"),
    (_cell("{{ title|upper }}"), "B2：“title|upper”不是字段的名称"),
    (_cell("={{ figures.members }}+1"), "B2：公式里不能写字段"),
    (_cell(ArrayFormula("B2", "=SUM({{ figures.members }})")), "B2：公式里不能写字段"),
    (_cell("{{ figures }}"), "B2：“figures”不是一项内容"),
    (_cell("{{ sittings }}"), "B2：“sittings”不是一项内容"),
    (_cell("{{ sittings.day }}{{ kinds.label }}"), "第2行：用了两个列表（kinds、sittings）"),
    (_noted, "B2的批注：批注里不能写字段"),
    (_linked, "B2的链接：链接里不能写字段"),
    (_cell("{{ sections.parts.text }}"), "B2：“sections.parts.text”在列表的列表里"),
    (_cell("{{ 党员总数 }}"), "B2：没有“党员总数”这个字段，是不是 figures.党员总数？"),
    (_charted, "图表里不能写字段"),
    (_dropped, "下拉和数据有效性里不能写字段"),
    (_coloured, "条件格式里不能写字段"),
    (_heads, "的页眉：没有“branhc”这个字段，是不是 branch？"),
    (_cell("秘密★"), "的内容带有密级标志“秘密★”"),
]


@pytest.mark.parametrize(("change", "told"), SHEETS, ids=[told for _, told in SHEETS])
def test_every_part_of_a_workbook_is_looked_at(
    ledger: Path, tmp_path: Path, change: Callable[[Worksheet], None], told: str
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title, sheet["A1"] = "表一", "{{ title }}"
    change(sheet)
    book.save(tmp_path / "表.xlsx")
    assert told in refused(ledger, tmp_path / "表.xlsx")


def test_all_that_is_wrong_in_several_parts_is_told_at_once(ledger: Path, tmp_path: Path) -> None:
    message = refused(ledger, word(tmp_path, body="{{ one }}", head="{{ two }}", foot="{{ three }"))
    first, *rest = message.splitlines()
    assert first == "模板“表.docx”有3处问题："
    assert [line[:7].rstrip("“{") for line in rest] == ["  1. ", "  2. 页眉", "  3. 页脚"]


def test_a_tag_that_cannot_be_read_hides_no_other(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "季报.md"
    own.write_text("{% if title %}\n{{ a b }}\n{{ titel }}\n{% endif %}\n{{ c. }}\n", encoding="utf-8")
    _, *told = refused(ledger, own).splitlines()
    assert [line[5:11] for line in told] == ["第2行：写法", "第5行：写法", "第3行：没有"]


def test_a_tag_that_cannot_be_read_is_told_on_its_own_line_where_a_loop_is_left_open_too(
    ledger: Path, tmp_path: Path
) -> None:
    own = tmp_path / "季报.md"
    own.write_text("{% for s in sittings %}\n{{ s.id }}\n{{ a b }}\n", encoding="utf-8")
    _, first, second = refused(ledger, own).splitlines()
    assert first.startswith("  1. 第3行：写法不对：到“b”")
    assert second == "  2. 第1行：“for”没有结束，缺 {% endfor %}"


def test_several_words_are_printed_with_signs_between_them(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "季报.md"
    own.write_text("{{ title_lines }}", encoding="utf-8")
    make(ledger, Order(kind=KIND, period=period()), tmp_path / "out", Wish(template=own), as_of=AS_OF)
    text = (tmp_path / "out" / "2026年第三季度党建工作报告.md").read_text(encoding="utf-8")
    assert text == "市数据局机关第一党支部、2026年第三季度党建工作报告"


def test_files_that_are_no_templates_are_told_and_nothing_else_happens(ledger: Path, tmp_path: Path) -> None:
    sound = word(tmp_path).read_bytes()
    flipped = bytearray(sound)
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    flipped[start : start + 40] = bytes(40)
    cases = {
        "坏.docx": bytes(flipped),
        "半.docx": sound[:3000],
        "密.docx": b"\xd0\xcf\x11\xe0" + bytes(600),
        "字.docx": b"hello",
        "空.docx": b"",
        "空.xlsx": b"",
        "是文字.xlsx": sound,
        "国标.md": "标题{{ title }}".encode("gbk"),
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        message = refused(ledger, tmp_path / name)
        assert ("加了密码" if name == "密.docx" else "打不开" if name != "国标.md" else "UTF-8") in message
    (tmp_path / "夹.docx").mkdir()
    assert "是文件夹，不是模板" in refused(ledger, tmp_path / "夹.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_part_that_is_missing_is_told(ledger: Path, tmp_path: Path, part: str) -> None:
    whole = word(tmp_path)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "缺.docx", "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    assert "打不开" in refused(ledger, tmp_path / "缺.docx")


def test_a_sheet_too_large_is_refused_before_it_is_read(ledger: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["B1"] = "{{ title }}"
    book.save(tmp_path / "小.xlsx")
    row = b'<row r="%d"><c r="A%d"><v>%d</v></c></row>'
    rows = b"".join(row % (number, number, number * 7919) for number in range(2, 380_000))
    with zipfile.ZipFile(tmp_path / "小.xlsx") as old, zipfile.ZipFile(tmp_path / "大.xlsx", "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert "内容太多" in refused(ledger, tmp_path / "大.xlsx")


MAPS = [
    (
        '[[cell]]\nat = "B5"\nvalue = "{{ figures.member }}"',
        "填表对照“图.toml”第1个[[cell]]（工作表“统计”B5）：",
    ),
    ('[[cell]]\nat = "B5"\nvalue = "{{ title }"', "第1个[[cell]]（工作表“统计”B5）：有“{{”，不是完整的标记"),
    ('[[cell]]\nat = "B3"\nvalue = "x"', "第1个[[cell]]：工作表“统计”B3 在合并单元格里，请写左上角的 A3"),
    ('[[cell]]\nat = "B5"\nsheet = "无"\nvalue = "x"', "第1个[[cell]]：没有工作表“无”，有：统计"),
    ('[[cell]]\nat = "五"\nvalue = "x"', "第1个[[cell]]：at 写成 C5 这样，现为“五”"),
    ('[[cell]]\nat = "B5\nvalue = "x"', "填表对照“图.toml”第2行写法不对"),
    (
        '[[rows]]\nfrom = 5\nto = 9\nlist = "sittings"\ncolumns = { A = "dya" }',
        "第1个[[rows]]：没有“sittings.dya”",
    ),
    (
        '[[rows]]\nfrom = 5\nlist = "sittings"\ncolumns = { A = "dya" }',
        "第1个[[rows]]（工作表“统计”A5）：没有",
    ),
    ('[[rows]]\nfrom = 5\nto = 9\nlist = "branch"\ncolumns = { A = "x" }', "第1个[[rows]]：“branch”不是列表"),
    ('[[cell]]\nat = "B5"\nvalue = "机密★"', "填表对照“图.toml”的内容带有密级标志“机密★”"),
    ('[[rows]]\nfrom = 3\nto = 9\nlist = "sittings"\ncolumns = { B = "day" }', "B3 在合并单元格里"),
]


@pytest.mark.parametrize(("text", "told"), MAPS, ids=[told for _, told in MAPS])
def test_a_mapping_is_told_with_its_piece_and_cell(
    ledger: Path, tmp_path: Path, text: str, told: str
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "统计"
    sheet.merge_cells("A3:C3")
    book.save(tmp_path / "上级.xlsx")
    (tmp_path / "图.toml").write_text(text, encoding="utf-8")
    assert told in refused(ledger, tmp_path / "上级.xlsx", tmp_path / "图.toml")


def test_a_template_with_a_mark_in_its_name_is_refused(ledger: Path, tmp_path: Path) -> None:
    word(tmp_path).rename(tmp_path / "机密★表.docx")
    assert "带有密级标志“机密★”" in refused(ledger, tmp_path / "机密★表.docx")
