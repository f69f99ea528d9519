"""What is said where a PDF is set in other fonts than the paper asks for."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from zhibu_cli import resources
from zhibu_cli.app import pdf
from zhibu_cli.app.fonts import substituted
from zhibu_cli.app.reporting import Papers
from zhibu_cli.cli.report import show_papers

if TYPE_CHECKING:
    from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(text: str) -> bytes:
    """A file with our own styles and these paragraphs."""
    with zipfile.ZipFile(resources.templates_dir() / "summary.docx") as archive:
        styles = archive.read("word/styles.xml").decode("utf-8")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/styles.xml", styles)
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{text}</w:body></w:document>")
    return target.getvalue()


def line(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>党</w:t></w:r></w:p>'


def with_fonts(*names: str) -> bytes:
    return b"%PDF-1.7\n" + b"".join(
        f"<</Type/Font/BaseFont/{letter}AAAAA+{name}>>\n".encode()
        for letter, name in zip("BCDE", names, strict=False)
    )


def test_the_fonts_that_the_text_uses_and_the_pdf_does_not_have_are_named() -> None:
    paper = word(line("Title") + line("ZbBody") + line("Heading1"))
    found = substituted(paper, with_fonts("NotoSerifCJKsc-Regular", "DejaVuSans", "SimHei"))
    assert found is not None
    assert found.missing == ("方正小标宋简体", "仿宋_GB2312")
    assert found.instead == ("NotoSerifCJKsc", "DejaVuSans")


def test_a_font_of_a_style_that_no_paragraph_uses_is_not_missed() -> None:
    assert substituted(word(line("ZbBody")), with_fonts("FangSong_GB2312")) is None


@pytest.mark.parametrize(
    ("style", "inside"),
    [
        ("ZbBody", "FangSong_GB2312"),
        ("Heading2", "KaiTi_GB2312"),
        ("Heading1", "SimHei"),
        ("Title", "FZXBSJW--GB1-0"),
        ("Footer", "SimSun"),
        ("ZbBody", "#E4#BB#BF#E5#AE#8B_GB2312"),
    ],
)
def test_a_font_is_known_by_its_name_inside_a_pdf(style: str, inside: str) -> None:
    assert substituted(word(line(style)), with_fonts(inside)) is None
    assert substituted(word(line(style)), with_fonts("NotoSerifCJKsc-Regular")) is not None


def test_one_line_says_so_after_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    found = substituted(word(line("Title") + line("ZbBody")), with_fonts("NotoSerifCJKsc-Regular"))
    show_papers(Papers(files=(tmp_path / "总结.pdf",), blanks=(), fonts=found))
    assert (
        "本机没有字体 方正小标宋简体、仿宋_GB2312，PDF 里以 NotoSerifCJKsc 代替；"
        "版面要准，请出 docx 在装有这些字体的电脑上打印。"
    ) in capsys.readouterr().err


def test_the_pdf_and_the_file_it_is_made_of_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhibu_cli.app import reporting

    monkeypatch.setattr(pdf, "to_pdf", lambda _word: with_fonts("NotoSerifCJKsc-Regular"))
    made, found = reporting._as_pdf(word(line("ZbBody")))
    assert made.startswith(b"%PDF")
    assert found is not None
    assert found.missing == ("仿宋_GB2312",)
