"""Every paper of the list: valid by the schemas of Office files, the same twice, hostile text as text.

Tried with the full ledger of factory.py, with one of a single sitting, with none, and with the full one
in which every text that somebody typed is hostile.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator, ValidationSeverity
from tests.report.factory import (
    branch,
    empty_ledger,
    findings,
    full_ledger,
    many,
    meeting,
    members,
    period,
)

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report import markdown, page, word, workbook
from zhibu_cli.report.papers import PAPERS, Needs, PaperKind
from zhibu_cli.report.request import Request
from zhibu_cli.report.template_check import must_fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.ledger import Ledger

    Papers = Callable[["Case", str], list[bytes]]

T = resources.templates_dir()
RENDERERS: dict[str, Any] = {"docx": word, "xlsx": workbook, "md": markdown, "html": page}
ENDINGS = {"md": "md.j2", "html": "html.j2"}


class Case(NamedTuple):
    """One paper in one layout and format."""

    kind: PaperKind
    layout: str
    form: str

    def __str__(self) -> str:
        return f"{self.kind.stem(self.layout)}.{self.form}"

    def of(self, ledger: Ledger) -> Iterator[bytes]:
        """Every paper that can be made of the ledger."""
        for request in requests(self.kind, self.layout, ledger):
            yield RENDERERS[self.form].render(self.kind.build(request), self.template)

    @property
    def template(self) -> Path:
        """Our own."""
        return T / f"{self.kind.stem(self.layout)}.{ENDINGS.get(self.form, self.form)}"

    def printed(self, data: bytes) -> str:
        """All its text."""
        text: str = RENDERERS[self.form].printed(data)
        return text


CASES = [
    Case(kind, layout, form) for kind in PAPERS for layout in kind.layouts or ("",) for form in kind.formats
]
TYPED = '<script>alert(1)</script>{{ 7*7 }}{% for %}]]>|a|=HYPERLINK("x")\u202e𠮷' + "长" * 200
FREE = frozenset({FieldType.TEXT, FieldType.NOTE, FieldType.NAMES, FieldType.TOPICS})


@pytest.fixture(scope="module")
def validator() -> OpenXmlValidator:
    return OpenXmlValidator()


@pytest.fixture(scope="module")
def ledgers() -> dict[str, Ledger]:
    one = build_ledger(
        [branch(), *members()[:3], *many("sitting", [meeting("theme_day", "2026-07-20", "重温誓词")])],
        CATALOGUE,
    )
    return {"full": full_ledger(), "one": one, "empty": empty_ledger(), "hostile": hostile_ledger()}


@pytest.fixture(scope="module")
def papers(ledgers: dict[str, Ledger]) -> Papers:
    """Every paper of a case that can be made of a ledger, made once."""
    kept: dict[tuple[int, str], list[bytes]] = {}

    def made(case: Case, name: str) -> list[bytes]:
        key = CASES.index(case), name
        if key not in kept:
            kept[key] = [*case.of(ledgers[name])]
        return kept[key]

    return made


def hostile_ledger() -> Ledger:
    """The full ledger with hostile text in every field that somebody types freely."""
    return build_ledger([_hostile(entry) for entry in full_ledger().entries], CATALOGUE)


def _hostile(entry: Entry) -> Entry:
    register = CATALOGUE.register(entry.register)
    free = {field.name: field.type for field in register.fields if field.type in FREE}
    payload = {
        name: ([TYPED] if isinstance(value, list) else TYPED) if name in free and name != "name" else value
        for name, value in entry.payload.items()
    }
    return replace(entry, payload=payload)


def requests(kind: PaperKind, layout: str, ledger: Ledger) -> Iterator[Request]:
    """What may be asked of the paper with this ledger: the quarter or year, or each record it fits."""
    quarter = period()
    year = period_of(Unit.YEAR, quarter.end)
    whole = Request(
        ledger=ledger,
        findings=findings(),
        as_of=quarter.end,
        period=quarter if kind.needs is Needs.QUARTER else year,
        layout=layout,
        circle=kind.circle.value,
        trace=True,
    )
    if kind.needs is not Needs.RECORD:
        yield whole
        return
    for entry in ledger.entries:
        if entry.register in kind.registers and (not kind.kinds or {*kind.kinds} & {*entry.kinds}):
            yield replace(whole, record=entry.id)


@pytest.mark.parametrize("case", [case for case in CASES if case.form in {"docx", "xlsx"}], ids=str)
def test_a_paper_is_what_the_schemas_say(
    case: Case, papers: Papers, validator: OpenXmlValidator, tmp_path: Path
) -> None:
    path = tmp_path / f"paper.{case.form}"
    built = set()
    # hostile is full in other words, and an empty ledger gives hardly another document than one sitting
    for name in ("hostile", "one"):
        for data in papers(case, name):
            if (shape := shape_of(data)) in built:
                continue
            built.add(shape)
            path.write_bytes(data)
            assert [f"{name}: {fault}" for fault in faults_of(path, validator)] == []


def faults_of(path: Path, validator: OpenXmlValidator) -> list[str]:
    """What Office would want to repair: against the schemas, or a format of cells that is not defined."""
    errors = validator.validate(path).errors
    found = [
        f"{error.part_uri} {error.path} {error.description}"
        for error in errors
        if error.severity is ValidationSeverity.ERROR
    ]
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            formats = int(re.findall(rb'<cellXfs count="(\d+)"', parts.read("xl/styles.xml"))[0])
            sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
            used = [int(n) for name in sheets for n in re.findall(rb'<c [^>]*\bs="(\d+)"', parts.read(name))]
        found += [f"cell format {number}" for number in used if number >= formats]
    return found


BROKEN = {
    "an element that there is not": ("docx", "word/document.xml", b"<w:body>", b"<w:body><w:nonsense/>"),
    "a value that there is not": ("docx", "word/document.xml", b'w:val="single"', b'w:val="thin"'),
    "properties in another order": (
        "docx",
        "word/styles.xml",
        b'<w:jc w:val="both"/></w:pPr>',
        b'<w:jc w:val="both"/><w:widowControl w:val="0"/></w:pPr>',
    ),
    "a cell without a paragraph": ("docx", "word/document.xml", b"</w:tc>", b"</w:tc><w:tc><w:tcPr/></w:tc>"),
    "a relation to a part that is not there": (
        "docx",
        "word/_rels/document.xml.rels",
        b"footer1.xml",
        b"footer9.xml",
    ),
    "a row in a cell": ("xlsx", "xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData><cell/>"),
    "a style that is not defined": ("xlsx", "xl/worksheets/sheet1.xml", b' s="1"', b' s="9999"'),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_file_is_seen(
    fault: str, papers: Papers, validator: OpenXmlValidator, tmp_path: Path
) -> None:
    form, part, before, after = BROKEN[fault]
    (case,) = (one for one in CASES if one.kind.name == "attendance" and one.form == form)
    path = tmp_path / f"broken.{form}"
    with zipfile.ZipFile(io.BytesIO(papers(case, "one")[0])) as whole, zipfile.ZipFile(path, "w") as broken:
        assert before in whole.read(part)
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(name, data.replace(before, after, 1) if name == part else data)
    assert faults_of(path, validator)


def shape_of(data: bytes) -> frozenset[tuple[str, int]]:
    """Parts, elements and attributes of an Office file; of its text only that it can be read.

    Schemas say nothing of text, so of files with one shape one is enough: minutes differ in words alone.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return frozenset((name, hash(_shape(parts.read(name)))) for name in parts.namelist())


def _shape(part: bytes) -> tuple[object, ...]:
    root = etree.fromstring(part)
    return tuple((element.tag, *element.items()) for element in root.iter())


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_same_paper_twice_is_the_same_to_the_byte(
    case: Case, ledgers: dict[str, Ledger], papers: Papers
) -> None:
    assert next(case.of(ledgers["hostile"])) == papers(case, "hostile")[0]


@pytest.mark.parametrize("kind", PAPERS, ids=[kind.name for kind in PAPERS])
def test_our_own_templates_copied_by_a_user_are_let_pass(kind: PaperKind, ledgers: dict[str, Ledger]) -> None:
    for layout, name in product(kind.layouts or ("",), ("full", "empty")):
        request = next(requests(kind, layout, ledgers[name]), None)
        view = kind.build(request) if request is not None else None
        for case in (Case(kind, layout, form) for form in kind.formats):
            if view is not None:
                must_fit(view, case.template, case.form)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_hostile_text_stays_text(case: Case, papers: Papers) -> None:
    for data in papers(case, "hostile"):
        printed = case.printed(data)
        assert "script>49" not in printed
        assert "\u202e" not in printed
        if case.form == "xlsx":
            assert not formulas_of_theirs(data)
        elif case.form == "html":
            assert b"<script>alert" not in data
        elif case.form == "md":
            assert b"<script>" not in data.replace(b"\\<script\\>", b"")


@pytest.mark.parametrize("case", [case for case in CASES if case.form == "md"], ids=str)
@pytest.mark.parametrize("name", ["full", "empty"])
def test_no_line_of_markdown_stands_right_on_a_rule_which_would_make_it_a_heading(
    case: Case, papers: Papers, name: str
) -> None:
    for paper in papers(case, name):
        text = paper.decode("utf-8")
        assert not re.search(r"[^\n]\n---\n", text)
        assert not re.search(r"^注：.*\n[^\n]", text, re.MULTILINE)


def formulas_of_theirs(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return [str(cell.value) for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value)]


@pytest.mark.parametrize("case", [case for case in CASES if case.kind.needs is not Needs.RECORD], ids=str)
def test_a_branch_without_a_record_gets_a_paper_that_says_so(case: Case, papers: Papers) -> None:
    (data,) = papers(case, "empty")
    printed = case.printed(data)
    assert "未召开" not in printed
    assert "None" not in printed
