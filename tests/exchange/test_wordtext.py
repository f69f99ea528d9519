"""The text of Word documents, made with python-docx and looked into without it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app.textfile import read_text
from zhibu_cli.errors import ClassifiedError, InputError

if TYPE_CHECKING:
    from pathlib import Path


def test_paragraphs_and_rows_come_in_their_order(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("示例支部会议记录")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text = "主持人"
    table.rows[0].cells[1].text = "张三"
    document.add_paragraph("一、学习\n讨论工作计划")
    document.save(str(tmp_path / "记录.docx"))
    assert read_text(tmp_path / "记录.docx") == "示例支部会议记录\n主持人　张三\n一、学习\n讨论工作计划"


def test_words_struck_out_are_not_read(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = (
        f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>通过</w:t></w:r>'
        "<w:del><w:r><w:t>没有</w:t></w:r>"
        "</w:del><w:ins><w:r><w:t>计划</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(tmp_path / "改.docx", "w") as archive:
        archive.writestr("word/document.xml", body)
    assert read_text(tmp_path / "改.docx") == "通过计划"


def test_a_mark_in_the_head_of_the_page_is_refused(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("学习文件")
    document.sections[0].header.paragraphs[0].text = "机密★1年"
    document.save(str(tmp_path / "记录.docx"))
    with pytest.raises(ClassifiedError, match="页眉或页脚"):
        read_text(tmp_path / "记录.docx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", "学习".encode()])
def test_what_is_no_document_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "记录.docx").write_bytes(data)
    with pytest.raises(InputError, match=r"不是 \.docx 文档"):
        read_text(tmp_path / "记录.docx")


def test_a_document_damaged_in_its_packed_part_is_refused_wherever_the_byte_is(tmp_path: Path) -> None:
    body = "<document><p>" + "".join(f"第{number}项工作；" for number in range(200)) + "</p></document>"
    with zipfile.ZipFile(tmp_path / "好.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    data = (tmp_path / "好.docx").read_bytes()
    refused = 0
    for at in range(0, len(data), 7):
        (tmp_path / "坏.docx").write_bytes(data[:at] + bytes([data[at] ^ 0xA5]) + data[at + 1 :])
        try:
            read_text(tmp_path / "坏.docx")
        except InputError as error:
            refused += "已损坏" in error.message
    assert refused > 10


def test_a_document_that_declares_entities_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "记录.docx", "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "学习">]><a>&b;</a>')
    with pytest.raises(InputError, match="DOCTYPE"):
        read_text(tmp_path / "记录.docx")
