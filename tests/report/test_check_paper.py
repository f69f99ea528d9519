"""A check as a page, a workbook and a Word file: whole, escaped, printable, the same twice."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import openpyxl
from tests.report.factory import branch, empty_ledger, finding, many, members, posts, sittings
from tests.report.factory import findings as some_findings

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.ledger import Waiver, build_ledger
from zhibu_cli.model.period import Span
from zhibu_cli.model.rule import Ground, Pack, Severity, Source
from zhibu_cli.report import check_book, page, word
from zhibu_cli.report.check_paper import CheckPaper, build_check
from zhibu_cli.report.told import sections

if TYPE_CHECKING:
    import pytest
    from docx.document import Document as Word

T = resources.templates_dir()
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
AS_OF = date(2026, 10, 8)
PACKS = (Pack(id="duties", version="2026.1", title="组织生活与班子", default=True),)
GROUND = Ground(
    source=Source(id="x", title="《虚构条例》", order=1),
    article="第三条",
    wording="一般",
    verified=False,
    since=date(2020, 1, 1),
)
HOSTILE = (
    '=HYPERLINK("http://example.org","点")',
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% for x in rows %}",
    "{_{ x }_}",
    "学习<党章> & “引号” '单' \"双\"",
    "𠮷野家 😀",
    "从右到左 \u200fab\u200e 记号",
    "]]></w:t>",
)


def check_findings(message: str = "截至2026年3月31日未见记录。") -> tuple[Finding, ...]:
    """What the other tests use, with articles, a remedy, a pair without a talk and an explanation."""
    missed = finding(
        "general-meeting-quarterly", Status.MISSED, due="2026-03-31", start="2026-01-01", key="2026-Q1"
    )
    pair = finding("talk-committee-pairs", Status.MISSED, due="2026-12-31", start="2026-01-01", key="2026")
    waiver = Waiver(id="W1", key=missed.key, reason="防汛值守", by="张一", on=date(2026, 4, 8))
    return (
        replace(missed, message=message, fix="用 `zhibu waive` 写明。", grounds=(GROUND,), waiver=waiver),
        replace(
            pair,
            subject=Subject(kind=SubjectKind.PAIR, id="M1+M3", name="张一、李三"),
            severity=Severity.WARN,
            message="未见张一与李三之间的谈心谈话记录。",
        ),
        *some_findings(),
    )


def paper(message: str = "截至2026年3月31日未见记录。", *, name: str = "示例支部") -> CheckPaper:
    talk = many("talk", [{"date": "2026-07-08", "talkers": ["M1"], "partners": ["M2"], "content": "谈工作"}])
    ledger = build_ledger([branch(name=name), *members(), *posts(), *sittings(), *talk], CATALOGUE)
    return build_check(ledger, check_findings(message), YEAR, AS_OF, packs=PACKS, notes=("一句话。",))


def html(view: CheckPaper) -> str:
    return page.render(view, T / "check.html.j2").decode("utf-8")


def docx(view: CheckPaper) -> Word:
    from docx import Document

    return Document(io.BytesIO(word.render(view, T / "check.docx")))


def xlsx(view: CheckPaper) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(check_book.render(view)))


@cache
def usual() -> CheckPaper:
    return paper()


@cache
def usual_html() -> str:
    return html(usual())


@cache
def usual_docx() -> Word:
    """To look at only, as the workbook."""
    return docx(usual())


@cache
def usual_xlsx() -> openpyxl.Workbook:
    return xlsx(usual())


class _Reader(HTMLParser):
    """Text, tags and attributes of a page; an unclosed tag is an error."""

    VOID = frozenset({"meta", "br", "wbr", "link", "img", "input", "hr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_is_well_formed_and_has_landmarks_headings_and_scopes() -> None:
    reader = read(usual_html())
    assert reader.tags.count("h1") == 1
    assert {"header", "nav", "main", "footer", "caption"} <= {*reader.tags}
    assert ("lang", "zh-CN") in reader.attributes
    assert {value for name, value in reader.attributes if name == "scope"} == {"col", "row"}
    assert reader.tags.count("th") == sum(name == "scope" for name, _ in reader.attributes)


def test_every_link_of_the_page_leads_to_a_place_in_it() -> None:
    reader = read(usual_html())
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len({*ids})
    assert {value for name, value in reader.attributes if name == "href"} <= {f"#{one}" for one in ids}
    assert {value for name, value in reader.attributes if name == "aria-labelledby"} <= {*ids}


def test_the_page_asks_for_nothing_beside_itself() -> None:
    text = usual_html()
    reader = read(text)
    assert not {"script", "img", "link", "iframe", "object", "form"} & {*reader.tags}
    assert not [name for name, _ in reader.attributes if name == "src" or name.startswith("on")]
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_the_page_says_first_what_is_wrong_then_the_grids_then_the_findings() -> None:
    text = read(usual_html()).text
    order = [
        "注意：一句话。",
        "未见记录 3 项：general-meeting-quarterly；主题党日每月一次；连续六个月无参加记录",
        "2026年全年组织生活一览表",
        "2026年谈心谈话覆盖情况表",
        "一、未见记录和问题",
        "事实",
        "依据",
        "处理",
        "已落实（1 项）",
        "适用规则：组织生活与班子（duties，版本 2026.1）",
    ]
    first = text.index(order[0])
    places = [text.index(words, first) for words in order]
    assert places == sorted(places)
    assert "“未见记录”指台账中没有找到，不等于没有开展" in text
    assert "2026年10月8日（星期四）" in text
    assert "情况说明：防汛值守（张一，2026年4月8日）" in text
    assert "《虚构条例》第三条（一般，条号待核）" in text
    assert "用 zhibu waive 写明。" in text


def test_what_names_members_is_marked_as_internal_everywhere() -> None:
    view = paper()
    assert html(view).count("内部核对清单，勿外传") >= 3  # the head, the talks, the section
    assert sum("内部核对清单" in p.text for p in docx(view).paragraphs) >= 3
    marked = {
        sheet.title
        for sheet in xlsx(view).worksheets
        if sheet.oddHeader and "内部核对清单，勿外传" in str(sheet.oddHeader.right.text)
    }
    assert marked == {"结论", "核对结果", "谈心谈话覆盖情况表", "已落实和不适用"}


def test_what_names_nobody_is_not_marked() -> None:
    view = build_check(empty_ledger(), some_findings()[:3], YEAR, AS_OF, packs=PACKS)
    assert view.internal == ""
    assert "内部核对清单" not in html(view)


def test_hostile_text_stays_text_in_every_format() -> None:
    """All of it in one message, which begins as a formula does."""
    text = "；".join(HOSTILE)
    view = paper(text)
    assert text in read(html(view)).text
    assert any(text in cell.text for table in docx(view).tables for row in table.rows for cell in row.cells)
    cells = [cell for row in xlsx(view)["核对结果"].iter_rows() for cell in row]
    assert any(str(cell.value).startswith(text) for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}  # no formula


def test_a_hostile_name_of_the_branch_stays_text_too() -> None:
    view = paper(name="<b>{{ 1+1 }}</b>&支部")
    assert "<b>{{ 1+1 }}</b>&支部台账核对结果" in read(html(view)).text
    assert docx(view).paragraphs[0].text == "<b>{{ 1+1 }}</b>&支部台账核对结果"


def test_what_cannot_be_printed_is_visibly_marked() -> None:
    view = paper("反转\u202e方向 响铃\x07")
    shown = "反转〔U+202E〕方向 响铃〔U+0007〕"
    assert shown in html(view)
    assert any(shown in str(row[5].value) for row in xlsx(view)["核对结果"].iter_rows())


def test_the_word_file_repeats_its_heads_and_splits_no_row() -> None:
    document = usual_docx()
    assert len(document.tables) >= 5
    for table in document.tables:
        first = table.rows[0]._tr.xml
        assert "<w:tblHeader/>" in first
        assert all("<w:cantSplit/>" in row._tr.xml for row in table.rows)


def test_the_word_file_has_the_calendar_with_joined_cells() -> None:
    table = usual_docx().tables[0]
    assert [cell.text for cell in table.rows[0].cells] == ["事项", *(f"{n}月" for n in range(1, 13))]
    year = next(row for row in table.rows if row.cells[0].text == "组织生活会每年至少一次")
    assert year.cells[1]._tc is year.cells[12]._tc
    assert year.cells[1].text == "待"
    assert 'w:fill="FFF2CC"' in year.cells[1]._tc.xml


def test_no_tag_of_a_template_is_left() -> None:
    text = word.printed(word.render(usual(), T / "check.docx"))
    assert not re.search(r"\{[{%]|[%}]\}", text)
    assert not re.search(r"\{[{%]|[%}]\}", read(usual_html()).text)


def test_the_same_answer_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    view = paper()

    def made() -> list[bytes]:
        return [
            page.render(view, T / "check.html.j2"),
            check_book.render(view),
            word.render(view, T / "check.docx"),
        ]

    first = made()
    monkeypatch.setattr("time.localtime", lambda *_: datetime(2031, 5, 6, 7, 8, 9).timetuple())
    monkeypatch.setattr("time.time", lambda: 1935817689.0)
    assert made() == first
    for data in first[1:]:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_answer_is_a_paper_too() -> None:
    view = build_check(empty_ledger(), (), YEAR, AS_OF, packs=PACKS)
    assert view.verdict == ("所选范围内没有可核对的事项。",)
    assert "所选范围内没有可核对的事项。" in read(html(view)).text
    assert xlsx(view)["谈心谈话覆盖情况表"]["A3"].value == "所选范围内没有谈心谈话的核对项。"
    assert any("所选范围内没有可核对的事项。" in p.text for p in docx(view).paragraphs)


def test_what_has_to_be_put_right_is_told_before_any_hint() -> None:
    year, record = "2026-12-31", SubjectKind.RECORD
    found = (
        finding("a", Status.MISSED, due=year, key="2026", title="提示的义务", severity=Severity.INFO),
        finding(
            "b", Status.MISSED, due=year, key="S1", title="记录的提示", subject=record, severity=Severity.INFO
        ),
        finding("c", Status.MISSED, due=year, key="S2", title="记录的问题", subject=record),
        finding("d", Status.MISSED, due=year, key="2026", title="需说明的义务", severity=Severity.WARN),
    )
    first, *_ = sections(found)
    titles = [group.title for group in first.groups]
    assert titles == [
        "需说明的义务",
        "记录的问题",
        "提示的义务",
        "记录的提示",
    ]


def test_a_long_name_of_the_branch_is_broken_between_words() -> None:
    view = paper(name="中共某某市数据资源管理和政务服务局机关第三党支部委员会")
    assert view.title_lines == (
        "中共某某市数据资源管理和政务服务局",
        "机关第三党支部委员会",
        "台账核对结果",
    )
    assert [one.text for one in docx(view).paragraphs][:3] == [*view.title_lines]


def test_a_telephone_in_an_explanation_is_masked_as_in_every_paper() -> None:
    missed, *_ = check_findings()
    assert missed.waiver is not None
    told = replace(missed, waiver=replace(missed.waiver, reason="场地维修，联系13900000001"))
    ledger = build_ledger([branch(), *members(), *posts()], CATALOGUE)
    view = build_check(ledger, (told,), YEAR, AS_OF, packs=PACKS)
    assert "13900000001" not in str(view)
    assert "联系139****0001" in html(view)
