"""Files made to harm, or damaged in ways that would lose something without a word."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.sheets import MEMBER_HEAD, SITTING_HEAD, payloads, places, read, write
from tests.exchange.test_import_files import SHEET, patched

from zhibu_cli.errors import ClassifiedError
from zhibu_cli.exchange.cells import read_cell
from zhibu_cli.exchange.jsonfile import write_json
from zhibu_cli.exchange.workbook import write_workbook
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable

LEDGER: dict[str, Any] = {
    "format": "zhibu-ledger",
    "version": 1,
    "支部信息": {"支部名称": "某支部", "成立时间": "2015-01-01"},
}


def as_json(path: Path, data: Any) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576">' + "<c/>" * 16000 + "<c><v>1</v></c></row>",
        '<row r="5"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="999998"/><row><c><v>1</v></c></row>',
        '<row r="2"><c s="1" r="XFD2"><v>1</v></c></row>',
    ],
)
def test_a_far_cell_is_seen_however_its_place_is_written(tmp_path: Path, rows: str) -> None:
    assert "过大" in read(patched(tmp_path, SHEET.format(rows))).problems[0].message


def test_cells_that_do_not_say_where_they_stand_are_read_in_their_order(tmp_path: Path) -> None:
    names = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in MEMBER_HEAD)
    cells = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in ("张三", "2001-01-01", "正式"))
    batch = read(patched(tmp_path, SHEET.format(f"<row>{names}</row><row>{cells}</row>")))
    assert [payload["name"] for payload in payloads(batch, "member")] == ["张三"]


def test_a_document_type_behind_a_long_comment_is_seen(tmp_path: Path) -> None:
    batch = read(patched(tmp_path, f"<!--{'x' * 9000}--><!DOCTYPE a>" + SHEET.format("")))
    assert "DOCTYPE" in batch.problems[0].message


def test_a_part_in_another_encoding_is_refused_because_nobody_looked_into_it(tmp_path: Path) -> None:
    sheet = SHEET.format("")
    batch = read(patched(tmp_path, '<?xml version="1.0" encoding="GBK"?>' + sheet))
    assert "UTF-8" in batch.problems[0].message


def test_an_error_value_in_the_column_of_numbers_is_a_problem(tmp_path: Path) -> None:
    rows = [SITTING_HEAD, ("#REF!", "党课", "2026-03-05", "会议室", 2, 2)]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert places(batch) == [("组织生活", 2, "编号（A2）")]


def test_a_number_beyond_counting_is_a_problem_a_long_reference_is_not(tmp_path: Path) -> None:
    rows = [SITTING_HEAD, ("S" + "9" * 19, "党课", "2026-03-05", "会议室", 2, 2)]
    assert places(read(write(tmp_path / "a.xlsx", {"组织生活": rows}))) == [("组织生活", 2, "编号（A2）")]
    rows = [SITTING_HEAD, ("某某局机关第一党支部〔2026〕第12号", "党课", "2026-03-05", "会议室", 2, 2)]
    assert not read(write(tmp_path / "b.xlsx", {"组织生活": rows})).problems


@pytest.mark.parametrize("name", ["，", "张三、李四", "12345", "全体党员", "张三（组长"])
def test_what_no_list_could_hold_is_no_name_of_a_member(tmp_path: Path, name: str) -> None:
    rows = [MEMBER_HEAD, (name, "2001-01-01", "正式")]
    assert places(read(write(tmp_path / "a.xlsx", {"党员名册": rows}))) == [("党员名册", 2, "姓名（A2）")]


def test_a_name_of_invisible_marks_is_an_empty_cell(tmp_path: Path) -> None:
    rows = [MEMBER_HEAD, ("\u200b\ufeff", "2001-01-01", "正式")]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert "必填" in batch.problems[0].message


def test_a_message_quotes_little_of_a_very_long_cell(tmp_path: Path) -> None:
    rows = [SITTING_HEAD, ("S1", "党课" * 5000, "2" * 10_000, "会议室", "9" * 10_000, "8" * 10_000)]
    problems = read(write(tmp_path / "a.xlsx", {"组织生活": rows})).problems
    assert len(problems) == 4
    assert all(len(problem.message) < 200 for problem in problems)


@pytest.mark.parametrize("raw", [datetime(9999, 12, 31, 23, 59, 59, 999_999), timedelta(days=-1)])
def test_the_last_moment_and_a_time_before_zero_are_no_crash(raw: Any) -> None:
    for register in CATALOGUE.registers:
        for field in register.fields:
            read = read_cell(CATALOGUE, register, field, raw)
            assert read.value is not None or read.why


def test_a_csv_with_half_a_character_is_refused_not_repaired(tmp_path: Path) -> None:
    path = tmp_path / "党员名册.csv"
    path.write_bytes(
        b"\xff\xfe" + "姓名,入党时间,党员类别\n张三,2001-01-01,正式".encode("utf-16-le") + b"\x00"
    )
    assert "编码" in read(path).problems[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.xlsx")
    assert "不是普通文件" in read(tmp_path / "a.xlsx").problems[0].message


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"format": "zhibu-ledger", "version": NaN}', "NaN"),
        ('{"format": "zhibu-ledger", "version": 1, "x": ' + "9" * 5000 + "}", "位的数"),
        ('{"a":' * 100_000, "层数"),
        ('{"format": "zhibu-ledger", "version": 1, "党员名册": [], "党员名册": []}', "两个“党员名册”"),
        ('{"format": "zhibu-ledger", "version": true}', "版本"),
        ('{"format": "zhibu-ledger", "version": 1, "ledger_id": {"a": 1}}', "ledger_id"),
        ('{"format": "zhibu-ledger", "version": 1, "ledger_id": "\\ud800"}', "ledger_id"),
    ],
)
def test_odd_json_is_refused_with_its_reason(tmp_path: Path, text: str, word: str) -> None:
    (problem,) = read(as_json(tmp_path / "a.json", text)).problems
    assert word in problem.message


@pytest.mark.parametrize(
    "more",
    [
        {"附加": {"versions": [{"reason": "传达机密★文件"}]}},
        {"机密★": 1},
        {"备注": "秘密★5年"},
        {"表一": [{"机密★": "x"}]},
        {"支部信息": {"支部名称": "某支部", "成立时间": "2015-01-01", "机 密 ★": "x"}},
    ],
)
def test_a_mark_anywhere_in_json_refuses_the_file(tmp_path: Path, more: dict[str, Any]) -> None:
    with pytest.raises(ClassifiedError):
        read(as_json(tmp_path / "a.json", LEDGER | more))


def test_half_a_character_goes_out_and_comes_in_as_json(tmp_path: Path) -> None:
    payload = {"kinds": ["lecture"], "date": "2026-03-05", "content": "坏\ud800字\x07"}
    path = tmp_path / "a.json"
    write_json(path, {"sitting": [("S1", payload)]}, CATALOGUE, ledger_id="abc", name_of=str)
    assert payloads(read(path), "sitting") == [payload]


FILES = Path(__file__).parent / "files"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("00000000040000000000", "00000000040000e40000"),  # the last row
        ("00000000040000000000", "000000e4040000000000"),  # a first row behind the last
        ("0400000000000500", "0400000000000005"),  # columns
        ("fc006a000c0000000c000000", "fc006a000c000000ffffff7f"),  # texts
    ],
)
def test_an_old_workbook_that_claims_an_absurd_size_is_refused(
    tmp_path: Path, before: str, after: str
) -> None:
    data = (FILES / "error_values.xls").read_bytes()
    assert bytes.fromhex(before) in data
    (tmp_path / "a.xls").write_bytes(data.replace(bytes.fromhex(before), bytes.fromhex(after)))
    assert "损坏" in read(tmp_path / "a.xls").problems[0].message


@pytest.mark.parametrize(
    "export",
    [
        lambda path: write_json(path, {}, CATALOGUE, ledger_id="abc", name_of=str),
        lambda path: write_workbook(path, {}, CATALOGUE),
    ],
)
def test_an_export_that_fails_leaves_nothing_behind(tmp_path: Path, export: Callable[[Path], None]) -> None:
    target = tmp_path / "a.out"
    target.mkdir()
    with pytest.raises(OSError, match="a"):
        export(target)
    assert list(tmp_path.iterdir()) == [target]
