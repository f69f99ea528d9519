from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.exchange.sheets import MEMBER_HEAD, payloads, places, read, write

from zhibu_cli.exchange.biff import look_through

ROW = "姓名,入党时间,党员类别\r\n张三,2001-07-01,正式\r\n"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_csv_may_be_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "党员名册.csv"
    path.write_bytes(ROW.encode(encoding))
    assert payloads(read(path)) == [{"name": "张三", "joined": "2001-07-01", "status": "full"}]


def test_the_contents_decide_what_a_file_is_not_its_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", {"党员名册": [MEMBER_HEAD, ["张三", "2001-07-01", "正式"]]})
    assert len(payloads(read(path.rename(tmp_path / "a.xls")))) == 1


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.xlsx", b"hello", "不是电子表格"),
        ("a.xlsx", b"PK\x03\x04broken", "损坏"),
        ("a.docx", b"hello", "不支持"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "损坏"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word"),
        ("a.csv", b"\xff\xff\xff", "编码"),
        ("a.csv", b'a,b\n"c', "CSV"),
        ("a.json", b"{", "JSON"),
        ("a.json", b'{"format": "other"}', "zhibu"),
        ("a.json", b'{"format": "zhibu-ledger", "version": 2}', "版本"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem_in_chinese(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    batch = read(path)
    assert len(batch.problems) == 1
    assert word in batch.problems[0].message
    assert batch.problems[0].file == name


def test_a_folder_or_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert "文件夹" in read(tmp_path).problems[0].message
    assert "找不到" in read(tmp_path / "无.xlsx").problems[0].message


FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize("name", ["error_values.ods", "error_values.xls"])
def test_error_values_in_old_and_open_formats_are_problems_too(name: str) -> None:
    """组织生活: C3 #N/A, D3 #DIV/0!, E3 2, row 4 nothing but #DIV/0! in C4; 党员名册: B2 #VALUE!."""
    batch = read(FILES / name)
    assert places(batch) == [
        ("组织生活", 3, "地点（C3）"),
        ("组织生活", 3, "实到（D3）"),
        ("组织生活", 4, "地点（C4）"),
        ("组织生活", 4, "类型（A4）"),
        ("组织生活", 4, "日期（B4）"),
        ("党员名册", 2, "入党时间（B2）"),
    ]
    assert batch.drafts == ()


def test_a_damaged_old_workbook_is_left_to_the_reader() -> None:
    data = (FILES / "error_values.xls").read_bytes()
    assert [len(sheet.broken) for sheet in look_through(data)[0]] == [3, 1]
    for end in range(0, len(data), 211):
        look_through(data[:end])
    for at in range(0, len(data), 97):
        look_through(data[:at] + b"\xff\xff\xff\x7f" + data[at + 4 :])


@pytest.mark.parametrize("name", ["error_values.ods", "error_values.xls"])
def test_a_damaged_workbook_is_a_problem_whatever_is_damaged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    data = (FILES / name).read_bytes()
    path = tmp_path / name
    for at in range(0, len(data), 307):
        path.write_bytes(data[:at] + b"\x7c\xff\x03" + data[at + 3 :])
        assert read(path).problems  # its error values, if nothing else
    assert capfd.readouterr().err == ""


def patched(tmp_path: Path, sheet: str) -> Path:
    """A workbook whose first sheet is this XML."""
    plain = write(tmp_path / "plain.xlsx", {"党员名册": [MEMBER_HEAD, ["张三", "2001-07-01", "正式"]]})
    path = tmp_path / "patched.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            is_sheet = item.filename == "xl/worksheets/sheet1.xml"
            new.writestr(item, sheet if is_sheet else old.read(item))
    return path


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c r = 'XFD1' ><v>1</v></c></row>",
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999999"><c s="1" r="B999999"><v>1</v></c></row>',
    ],
)
def test_a_cell_at_the_far_end_of_the_sheet_is_refused_before_reading(tmp_path: Path, rows: str) -> None:
    batch = read(patched(tmp_path, SHEET.format(rows)))
    assert "过大" in batch.problems[0].message


def test_an_empty_styled_cell_at_the_far_end_does_no_harm(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert not any(
        "过大" in problem.message for problem in read(patched(tmp_path, SHEET.format(rows))).problems
    )


def test_a_document_type_or_an_absurd_compression_is_refused(tmp_path: Path) -> None:
    batch = read(patched(tmp_path, "<!DOCTYPE a>" + SHEET.format("")))
    assert "DOCTYPE" in batch.problems[0].message
    batch = read(patched(tmp_path, SHEET.format(" " * (21 * 2**20))))
    assert "压缩比" in batch.problems[0].message
