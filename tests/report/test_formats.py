"""Views become bytes: the same ones each time, with real values, from our templates and the user's."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.report.factory import (
    asked,
    branch,
    empty_ledger,
    findings,
    full_ledger,
    many,
    meeting,
    members,
    period,
    posts,
)

from zhibu_cli import resources
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import debrief, markdown, page, word, workbook
from zhibu_cli.report.material import build_material
from zhibu_cli.report.quarter import build_quarter

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.views import QuarterView

AS_OF = date(2026, 10, 8)
T = resources.templates_dir()


@pytest.fixture(scope="module")
def view() -> QuarterView:
    return build_quarter(full_ledger(), findings(), period(), AS_OF, trace=True)


@pytest.mark.parametrize("ledger", [full_ledger(), empty_ledger()], ids=["full", "empty"])
def test_every_built_in_template_takes_a_full_and_an_empty_view(ledger: Ledger) -> None:
    quarter = build_quarter(ledger, findings(), period(), AS_OF)
    account = debrief.paper(asked(ledger, findings(), "2026", AS_OF))
    material = build_material(ledger, findings(), period("2026"), AS_OF)
    assert "二、政治理论学习" in word.printed(word.render(quarter, T / "quarter.docx"))
    assert "二、政治理论学习" in markdown.printed(markdown.render(quarter, T / "quarter.md.j2"))
    assert "主题党日" in workbook.printed(workbook.render(quarter, T / "quarter.xlsx"))
    assert "二、履职情况" in word.printed(word.render(account, T / "debrief.docx"))
    assert "二、履职情况" in markdown.printed(markdown.render(account, T / "debrief.md.j2"))
    assert "四、核对结果" in word.printed(word.render(material, T / "material.docx"))
    assert "四、核对结果" in markdown.printed(markdown.render(material, T / "material.md.j2"))
    assert "数据来源表" in markdown.printed(markdown.render(quarter, T / "trace.md.j2"))


def test_the_same_view_gives_the_same_bytes(view: QuarterView, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [word.render(view, T / "quarter.docx"), workbook.render(view, T / "quarter.xlsx")]
    # given another hour: zip entries and docProps would carry it
    monkeypatch.setattr("time.localtime", lambda *_: datetime(2031, 5, 6, 7, 8, 9).timetuple())
    monkeypatch.setattr("time.time", lambda: 1935817689.0)
    assert [word.render(view, T / "quarter.docx"), workbook.render(view, T / "quarter.xlsx")] == first


@pytest.mark.parametrize("name", ["quarter.docx", "quarter.xlsx"])
def test_no_hour_of_writing_stands_in_the_file(view: QuarterView, name: str) -> None:
    module = word if name.endswith("docx") else workbook
    with zipfile.ZipFile(io.BytesIO(module.render(view, T / name))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_trace_is_an_annex_and_only_there_when_asked_for(view: QuarterView) -> None:
    plain = build_quarter(full_ledger(), findings(), period(), AS_OF)
    for module, name in ((word, "quarter.docx"), (markdown, "quarter.md.j2"), (workbook, "quarter.xlsx")):
        assert "M9 M10" in module.printed(module.render(view, T / name))
        assert "M9 M10" not in module.printed(module.render(plain, T / name))


def test_a_late_record_is_marked_in_every_format(view: QuarterView) -> None:
    for module, name in ((word, "quarter.docx"), (markdown, "quarter.md.j2"), (workbook, "quarter.xlsx")):
        assert "补录：2026年9月28日" in module.printed(module.render(view, T / name))


def test_the_workbook_holds_real_numbers_and_real_days(view: QuarterView) -> None:
    data = workbook.render(view, T / "quarter.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert book.sheetnames == ["统计表", "组织生活清单", "到会情况", "数据来源"]
    rows = list(book["组织生活清单"].iter_rows(min_row=4, values_only=True))
    assert rows[1][:8] == (
        "S2",
        datetime(2026, 7, 20),
        "支部党员大会、主题党日",
        "学习党章、重温入党誓词",
        10,
        9,
        1,
        "张一",
    )
    stats = {row[1]: row[2] for row in book["统计表"].iter_rows(min_row=4, values_only=True)}
    assert (stats["党员总数"], stats["组织生活会"]) == (10, "未见记录")
    kinds = {row[0]: row[1:6] for row in book["到会情况"].iter_rows(min_row=4, values_only=True)}
    assert kinds["支部党员大会"] == (1, 10, 9, 0, 0.9)
    assert book["到会情况"]["F4"].number_format == "0.0%"
    assert book["组织生活清单"]["B4"].number_format == "yyyy-mm-dd"


def test_sums_and_rates_of_the_workbook_are_formulas_with_their_results(view: QuarterView) -> None:
    data = workbook.render(view, T / "quarter.xlsx")
    formulas, results = (openpyxl.load_workbook(io.BytesIO(data), data_only=only) for only in (False, True))
    sums = [*results["组织生活清单"].iter_rows(values_only=True)][-1]
    assert sums[0] == "合计"
    assert sums[4:7] == (39, 35, 4)  # without S6, of which nobody knows who came
    last = formulas["组织生活清单"].max_row
    known = f'E4:E{last - 1},">=0",F4:F{last - 1},">=0"'
    assert (
        formulas["组织生活清单"][f"E{last}"].value
        == f'=IF(COUNT(F4:F{last - 1})=0,"",SUMIFS(E4:E{last - 1},{known}))'
    )
    assert formulas["到会情况"]["F4"].value == '=IF(COUNT(C4:E4)<3,"—",IF(C4-E4=0,"—",D4/(C4-E4)))'
    drawn: Any = formulas["到会情况"]
    (series,) = drawn._charts[0].ser
    assert series.val.numRef.f == f"'到会情况'!$F$4:$F${drawn.max_row}"
    assert series.val.numRef.numCache.pt[0].v == 0.9


def test_the_rate_of_the_workbook_is_that_of_the_text_where_somebody_was_excused() -> None:
    """10 due, 8 came, 1 经支部同意暂不参加: 8 of 9."""
    held = meeting(
        "theme_day", "2026-07-20", "植树", present=8, excused=[{"who": "M8", "reason": "年老体弱"}]
    )
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", [held])], CATALOGUE)
    made = build_quarter(ledger, (), period(), date(2026, 10, 8))
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(made, T / "quarter.xlsx")), data_only=True)
    kinds: dict[Any, Any] = {
        row[0]: row[2:6] for row in book["到会情况"].iter_rows(min_row=4, values_only=True)
    }
    assert kinds["主题党日"] == (10, 8, 1, pytest.approx(8 / 9))
    (rate,) = (kind.rate.text for kind in made.kinds if kind.label == "主题党日")
    assert rate == "88.9%"
    assert "到会率不计经支部同意暂不参加的：主题党日1人次。" in made.notes


def test_over_a_column_of_100_per_cent_there_is_room_for_its_number(view: QuarterView) -> None:
    """The axis ends at 100%, and above it, below the title, a fifth of the chart is left."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(view, T / "quarter.xlsx")))
    drawn: Any = book["到会情况"]
    (chart,) = drawn._charts
    assert chart.y_axis.scaling.max == 1
    assert chart.layout.manualLayout.y >= 0.2


def test_the_sheet_of_figures_has_its_tables_in_one_order_in_every_format(view: QuarterView) -> None:
    heads = ("党员队伍", "组织生活类型", "教育管理和问题整改")
    texts = (page.render(view, T / "quarter.html.j2"), markdown.render(view, T / "quarter.md.j2"))
    printed = [*(one.decode() for one in texts), word.printed(word.render(view, T / "quarter.docx"))]
    assert all(sorted(map(text.index, heads)) == [text.index(head) for head in heads] for text in printed)


def test_on_the_page_every_figure_of_the_statistics_opens_its_records(view: QuarterView) -> None:
    """The general meeting of the quarter is S2: it was held once, 10 were due, 9 came, 90.0%."""
    whole = page.render(view, T / "quarter.html.j2").decode()
    line = next(line for line in whole.splitlines() if line.startswith("<tr><td>支部党员大会</td>"))
    opened = [f"<summary>{figure}</summary>S2</details>" for figure in ("1", "10", "9", "90.0%")]
    assert [one for one in opened if one in line] == opened


def test_the_workbook_is_ready_for_the_printer(view: QuarterView) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(view, T / "quarter.xlsx")))
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.fitToWidth == 1
    assert book["统计表"].page_setup.fitToHeight == 1


def _own_workbook(folder: Path, cells: dict[str, str]) -> Path:
    book = openpyxl.Workbook()
    for place, text in cells.items():
        book.worksheets[0][place] = text
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"


def test_a_template_of_the_users_own_takes_fields_by_name_and_by_label(
    view: QuarterView, tmp_path: Path
) -> None:
    own = tmp_path / "own.md"
    own.write_text('{{ branch }}：{{ figures.members }}人，{{ figures["正式党员"] }}人', encoding="utf-8")
    assert markdown.render(view, own).decode() == "市数据局机关第一党支部：10人，8人"
    cells = {
        "A1": "{{ branch }}共{{ figures.members }}人",
        "B1": '{{ figures["党员总数"] }}',
        "A2": "{{ sittings.id }}",
    }
    data = workbook.render(view, _own_workbook(tmp_path, cells))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (sheet["A1"].value, sheet["B1"].value) == ("市数据局机关第一党支部共10人", 10)
    assert [sheet.cell(row, 1).value for row in range(2, 9)] == [f"S{n}" for n in range(1, 8)]


def _own_word(folder: Path, text: str) -> Path:
    from docx import Document

    document = Document(str(T / "debrief.docx"))
    for paragraph in list(document.element.body.iterchildren())[:-1]:
        document.element.body.remove(paragraph)
    document.add_paragraph(text)
    document.save(str(folder / "own.docx"))
    return folder / "own.docx"


@pytest.mark.parametrize("text", ["{{ weather }}", "{{ figures.weather }}", "{% if weather %}x{% endif %}"])
def test_an_unknown_field_is_named_in_every_format(view: QuarterView, tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.md"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(PaperError, match=r"own\.md.*weather"):
        markdown.render(view, own)
    with pytest.raises(PaperError, match=r"own\.docx.*weather"):
        word.render(view, _own_word(tmp_path, text))
    if "%" not in text:
        with pytest.raises(PaperError, match=r"own\.xlsx.*A1.*weather"):
            workbook.render(view, _own_workbook(tmp_path, {"A1": text}))


def test_a_template_cannot_reach_beyond_the_view(view: QuarterView, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    with pytest.raises(PaperError):
        markdown.render(view, own)
    with pytest.raises(PaperError):
        word.render(view, _own_word(tmp_path, "{{ branch.__class__.__mro__ }}"))
    with pytest.raises(PaperError):
        workbook.render(view, _own_workbook(tmp_path, {"A1": "{{ branch.__class__ }}"}))


@pytest.mark.parametrize("name", ["own.docx", "own.xlsx", "own.md"])
def test_a_template_that_is_no_such_file_is_told_in_words(
    view: QuarterView, tmp_path: Path, name: str
) -> None:
    broken = tmp_path / name
    broken.write_bytes(b"\xff\xfe\x00 no such thing")
    module = {"docx": word, "xlsx": workbook, "md": markdown}[name.rpartition(".")[2]]
    with pytest.raises(PaperError, match=name):
        module.render(view, broken)


def test_what_lies_below_a_repeating_row_moves_down(view: QuarterView, tmp_path: Path) -> None:
    cells = {"A1": "{{ sittings.id }}", "A2": "下面还有"}
    sheet = openpyxl.load_workbook(
        io.BytesIO(workbook.render(view, _own_workbook(tmp_path, cells)))
    ).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows()] == [*(s.id for s in view.sittings), "下面还有"]


@pytest.mark.parametrize(
    "text", ["{{ figures }}", "{{ sections }}", "{{ sections.parts }}", "{{ as_of.today }}"]
)
def test_what_is_no_single_thing_is_not_put_into_a_cell(view: QuarterView, tmp_path: Path, text: str) -> None:
    with pytest.raises(PaperError, match=r"own\.xlsx.*A1.*不能写进单元格"):
        workbook.render(view, _own_workbook(tmp_path, {"A1": text}))


def test_a_list_of_texts_stands_in_one_cell(view: QuarterView, tmp_path: Path) -> None:
    data = workbook.render(view, _own_workbook(tmp_path, {"A1": "{{ trace.records }}"}))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["A3"].value == "、".join(view.trace[2].records)


def test_a_sheet_with_a_cell_far_away_is_refused_before_it_is_walked(
    view: QuarterView, tmp_path: Path
) -> None:
    with pytest.raises(PaperError, match="第1048576行第16384列"):
        workbook.render(view, _own_workbook(tmp_path, {"XFD1048576": "远"}))


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml"])
def test_a_word_template_with_a_damaged_part_is_told(view: QuarterView, tmp_path: Path, name: str) -> None:
    broken = tmp_path / "own.docx"
    with zipfile.ZipFile(T / "debrief.docx") as source, zipfile.ZipFile(broken, "w") as copy:
        for info in source.infolist():
            copy.writestr(info, b"<w:broken" if info.filename == name else source.read(info))
    with pytest.raises(PaperError, match=r"own\.docx.*打不开"):
        word.render(view, broken)
