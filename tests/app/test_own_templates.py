"""Templates changed as a user changes them, and broken as a user breaks them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.styles import Font
from tests.report.factory import period, write_ledger
from tests.wordfiles import new_word

from zhibu_cli.app import paper_templates
from zhibu_cli.app.paper_templates import Trial
from zhibu_cli.app.reporting import Order, Wish, make, named
from zhibu_cli.errors import NotFoundError, PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report.fields import FaultyTemplateError

AS_OF = date(2026, 10, 8)
DAYS = ["2026-07-08", "2026-08-11", "2026-08-12"]
YEAR = period_of(Unit.YEAR, AS_OF)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(tmp_path_factory.mktemp("ledger") / "zhibu.db")


def trial(ledger: Path) -> Trial:
    return Trial(ledger=ledger, today=AS_OF, catalogue=CATALOGUE)


def made(ledger: Path, name: str, template: Path, **wish: object) -> bytes:
    """The paper that an own template gives."""
    kind = named(name)
    when = period() if kind.needs.value == "quarter" else YEAR
    whole = Wish(template=template, **wish)  # type: ignore[arg-type]
    out = template.parent / "out"
    (file, *_) = make(ledger, Order(kind=kind, period=when), out, whole, as_of=AS_OF).files
    return file.read_bytes()


def problems(ledger: Path, name: str, template: Path) -> tuple[str, ...]:
    """What the check of a template says, a line each."""
    try:
        paper_templates.check(template, named(name), trial(ledger))
    except FaultyTemplateError as error:
        return error.problems
    except PaperError as error:
        return (error.message,)
    return ()


def copied(folder: Path, name: str, form: str) -> Path:
    return paper_templates.copy(named(name), form, folder / f"我的.{form}", overwrite=False)


def words(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


# as a user changes them


def test_word_with_another_font_and_without_the_statistics(ledger: Path, tmp_path: Path) -> None:
    own = copied(tmp_path, "党建工作报告", "docx")
    document = Document(str(own))
    title = next(p for p in document.paragraphs if p.style and p.style.name == "公文标题另页")
    start = next(i for i, e in enumerate(document.element.body) if e is title._p)
    for element in list(document.element.body)[: start - 2]:  # up to the loop and the if over the title
        document.element.body.remove(element)
    document.styles["Normal"].font.name = "宋体"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.save(str(own))
    assert problems(ledger, "党建工作报告", own) == ()
    data = made(ledger, "党建工作报告", own)
    assert not Document(io.BytesIO(data)).tables[0].cell(0, 0).text.startswith("党员队伍")
    assert "一、基本情况" in words(data)


def test_excel_with_rows_moved_down_a_font_and_a_line_below(ledger: Path, tmp_path: Path) -> None:
    own = copied(tmp_path, "谈心谈话登记表", "xlsx")
    book = openpyxl.load_workbook(own)
    sheet = book.worksheets[0]
    sheet.move_range("A3:I4", rows=2)
    sheet["A3"] = "填表：{{ branch }}"
    sheet["A7"] = "共"
    sheet["B7"] = "=COUNTA(B6:B6)"
    sheet["B6"].font = Font(name="楷体", size=14)
    book.save(own)
    assert problems(ledger, "谈心谈话登记表", own) == ()
    filled = openpyxl.load_workbook(io.BytesIO(made(ledger, "谈心谈话登记表", own))).worksheets[0]
    days = [filled[f"B{row}"].value.date() for row in (6, 7, 8)]
    assert days == [date(2026, 7, 8), date(2026, 8, 11), date(2026, 8, 12)]
    assert filled["B8"].font.name == "楷体"
    assert filled["A3"].value == "填表：市数据局机关第一党支部"
    assert filled["B9"].value == "=COUNTA(B6:B8)"


def test_a_word_file_of_ones_own_with_a_loop_over_rows(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "谈心谈话登记表.docx"
    document = new_word()
    document.add_paragraph("{{ branch }}（{{ figures.talks }}次）")
    table = document.add_table(rows=3, cols=2)
    for row, texts in enumerate(
        (("{%tr for r in rows %}", ""), ("{{ r.day_text }}", "{{ r.partners }}"), ("{%tr endfor %}", ""))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.save(str(own))
    assert problems(ledger, "谈心谈话登记表", own) == ()
    (listed,) = Document(io.BytesIO(made(ledger, "谈心谈话登记表", own))).tables
    assert [cell.text for cell in listed.columns[0].cells] == DAYS


def test_a_bookmark_in_a_loop_is_one_for_every_item(ledger: Path, tmp_path: Path) -> None:
    mark = f'<w:bookmark{{}} {nsdecls("w")} w:id="0"{{}}/>'
    document = new_word()
    document.add_paragraph("{%p for row in rows %}")
    line = document.add_paragraph("{{ row.day_text }}")
    line._p.insert(0, parse_xml(mark.format("Start", ' w:name="{{row.day_text}}"')))
    line._p.append(parse_xml(mark.format("End", "")))
    document.add_paragraph("{%p endfor %}")
    document.save(str(tmp_path / "谈心谈话登记表.docx"))
    whole = Document(io.BytesIO(made(ledger, "谈心谈话登记表", tmp_path / "谈心谈话登记表.docx")))
    numbers = [mark.get(qn("w:id")) for mark in whole.element.body.iter(qn("w:bookmarkStart"))]
    ends = [mark.get(qn("w:id")) for mark in whole.element.body.iter(qn("w:bookmarkEnd"))]
    assert numbers == ends
    assert len(set(numbers)) == len(DAYS)


def test_markdown_with_sections_removed_and_another_order(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "季报.md"
    own.write_text(
        "{% for k in kinds if k.times.number %}{{ k.label }}{{ k.times }}次；{% endfor %}。\n"
        "{{ sections[0].heading }}\n"
        "{{ title }}",
        encoding="utf-8",
    )
    assert problems(ledger, "党建工作报告", own) == ()
    first, second, last = made(ledger, "党建工作报告", own).decode().split("\n")
    assert first == "支部党员大会1次；支部委员会3次；党小组会1次；党课1次；主题党日2次；。"
    assert (second, last) == ("一、基本情况", "市数据局机关第一党支部2026年第三季度党建工作报告")


def test_a_superiors_form_with_joined_heads_and_fields_typed_into_it(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "上级统计表.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for area in ("A1:D1", "A2:B2", "C2:D2"):
        sheet.merge_cells(area)
    sheet["A1"], sheet["A2"], sheet["C2"] = "党组织生活统计表", "党员", "组织生活"
    sheet["A3"], sheet["B3"], sheet["C3"], sheet["D3"] = "总数", "正式", "日期", "类型"
    sheet["A4"], sheet["B4"] = "{{ figures.members }}", "{{ figures[“正式党员”] }}"
    sheet["C5"], sheet["D5"] = "{{ sittings.day }}", "{{ sittings.kinds }}"
    sheet["A6"] = "审核："
    book.save(own)
    assert problems(ledger, "党建工作报告", own) == ()
    filled = openpyxl.load_workbook(io.BytesIO(made(ledger, "党建工作报告", own))).worksheets[0]
    assert [filled[place].value for place in ("A1", "A4", "B4")] == ["党组织生活统计表", 10, 8]
    assert filled["C5"].value.date() == date(2026, 7, 3)
    assert filled["A12"].value == "审核："  # seven sittings in place of one row


def test_the_folder_beside_the_ledger_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = write_ledger(tmp_path / "zhibu.db")
    folder = paper_templates.folder_of(own)
    folder.mkdir()
    (folder / "党建工作报告.md").write_text("只有{{ branch }}", encoding="utf-8")
    order = Order(kind=named("季报"), period=period())
    papers = make(own, order, tmp_path / "out.md", Wish(), as_of=AS_OF)
    assert papers.files[0].read_text(encoding="utf-8") == "只有市数据局机关第一党支部"
    assert papers.own_templates == (folder / "党建工作报告.md",)


# as a user breaks them

_BROKEN = [
    ("a.md", "第一行\n{{ brunch }}", r"第2行：没有“brunch”.*branch"),
    ("a.md", "{% for s in sittings %}{{ s.thema }}{% endfor %}", r"第1行：没有“s.thema”.*s\.theme"),
    ("a.md", "{{ figures.membres }}", r"没有“figures.membres”.*figures\.members"),
    ("a.md", '{{ figures["党员总人数"] }}', r"没有“figures.党员总人数”.*党员总数"),
    ("a.md", "{% if false %}{{ nothing_like_it }}{% endif %}", r"没有“nothing_like_it”这个字段$"),
    ("a.md", "{% for s in sittings %}{{ s.id }}", r"^第1行：“for”没有结束，缺 \{% endfor %\}$"),
    ("a.md", "{{ branch.__class__.__mro__ }}", r"__class__"),
    ("a.md", "{% include 'x' %}", r"不能引用别的文件"),
    ("a.md", "{% for i in range(10000000) %}x{% endfor %}", r"range"),
    ("a.md", "{{ branch|shout }}", r"shout"),
    ("a.docx", "数：{{ figures.membres }}", r"“数：\{\{ figures.membres \}\}”一段：没有“figures.membres”"),
    ("a.docx", "{% for s in sittings %}", r"^“\{% for s in sittings %\}”一段：“for”没有结束"),
    ("a.xlsx", "{{ branhc }}", r"工作表“Sheet”A1：没有“branhc”.*branch"),
    ("a.xlsx", "{{ sittings.id }}{{ kinds.label }}", r"^工作表“Sheet”第1行：用了两个列表"),
]


@pytest.mark.parametrize(("name", "text", "told"), _BROKEN, ids=[f"{n}-{t[:24]}" for n, t, _ in _BROKEN])
def test_a_broken_template_gives_one_clear_message(
    ledger: Path, tmp_path: Path, name: str, text: str, told: str
) -> None:
    own = tmp_path / name
    if name.endswith("md"):
        own.write_text(text, encoding="utf-8")
    elif name.endswith("docx"):
        document = new_word()
        document.add_paragraph(text)
        document.save(str(own))
    else:
        book = openpyxl.Workbook()
        book.worksheets[0]["A1"] = text
        book.save(own)
    (problem,) = problems(ledger, "党建工作报告", own)
    assert re.search(told, problem), problem


def test_a_tag_that_an_editor_split_into_runs_is_still_found(ledger: Path, tmp_path: Path) -> None:
    document = new_word()
    paragraph = document.add_paragraph("共{{ figu")
    paragraph.add_run("res.membres").bold = True
    paragraph.add_run(" }}名")
    document.save(str(tmp_path / "a.docx"))
    (problem,) = problems(ledger, "党建工作报告", tmp_path / "a.docx")
    assert "没有“figures.membres”这个字段，是不是 figures.members？" in problem


def test_all_unknown_fields_are_named_at_once(ledger: Path, tmp_path: Path) -> None:
    own = tmp_path / "a.md"
    own.write_text("{{ one }}\n{{ two }}\n{% for s in sittings %}{{ s.three }}{% endfor %}", encoding="utf-8")
    assert [problem[:3] for problem in problems(ledger, "党建工作报告", own)] == ["第1行", "第2行", "第3行"]


def test_the_file_name_tells_the_paper() -> None:
    for name in ("talk-register.docx", "谈心谈话登记表.xlsx", "talk-register.md.j2"):
        assert paper_templates.kind_of(Path(name)).name == "talk-register"
    with pytest.raises(NotFoundError, match="看不出是哪种材料"):
        paper_templates.kind_of(Path("我的.docx"))


def test_every_field_is_told_with_its_value_here(ledger: Path) -> None:
    told = {
        line.path: line.example
        for line in paper_templates.fields_told(named("谈心谈话登记表"), trial(ledger))
    }
    assert told["branch"] == "市数据局机关第一党支部"
    assert told["rows.day_text"] == DAYS[0]
    assert told["figures.talks"].startswith("谈心谈话：")


def test_a_template_that_would_unpack_to_gigabytes_is_refused_unopened(ledger: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "党建工作报告.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (25 * 2**20))
    (problem,) = problems(ledger, "党建工作报告", bomb)
    assert re.search(r"党建工作报告\.docx.*压缩比异常", problem)
    with pytest.raises(PaperError, match="压缩比异常"):
        made(ledger, "党建工作报告", bomb)


SOUND = [
    "{% macro row(n) %}{% if n %}{{ n }}{{ row(n - 1) }}{% endif %}{% endmacro %}{{ row(3) }}",
    "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}",
    "{% block a %}B{% endblock %}{{ self.a() }}",
    "{% if nothing is defined and nothing %}{{ nothing }}{% endif %}{{ nobody|default('无') }}",
    "{% if title %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a }}",
    "{% set whole %}{{ title }}{% endset %}{{ whole }}",
    "{% with a = title, b = branch %}{{ a }}{{ b }}{% endwith %}",
    "{% for k, all in sittings|groupby('kinds') %}{{ k }}{{ all|length }}{% endfor %}",
    "{% for s in sittings if s.late %}{{ s.late }}{% else %}{{ title }}{% endfor %}",
]


@pytest.mark.parametrize("text", SOUND)
def test_what_the_check_lets_pass_the_report_fills(ledger: Path, tmp_path: Path, text: str) -> None:
    own = tmp_path / "a.md"
    own.write_text(text, encoding="utf-8")
    assert problems(ledger, "党建工作报告", own) == ()
    assert made(ledger, "党建工作报告", own)
