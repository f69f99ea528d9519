"""PDF through a LibreOffice that does not answer, or answers with something else."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from zhibu_cli.app import pdf
from zhibu_cli.app.paper_files import formats_of
from zhibu_cli.app.reporting import named
from zhibu_cli.errors import InputError, PaperError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for LibreOffice")

FIND_TARGET = 'for one; do last="$one"; done; made="${last%.docx}.pdf"\n'


def soffice(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.parametrize("script", ["exit 0\n", "exit 1\n", FIND_TARGET + 'echo junk > "$made"\n'])
def test_what_is_no_pdf_is_never_given_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    soffice(tmp_path, monkeypatch, script)
    with pytest.raises(PaperError, match="LibreOffice 没有转成 PDF"):
        pdf.to_pdf(b"PK")


def test_a_pdf_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soffice(tmp_path, monkeypatch, FIND_TARGET + 'printf "%%PDF-1.7 x" > "$made"\n')
    assert pdf.to_pdf(b"PK") == b"%PDF-1.7 x"


def test_what_it_started_is_ended_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soffice(tmp_path, monkeypatch, f'sleep 60 &\necho $! > "{tmp_path}/child"\nsleep 60\n')
    monkeypatch.setattr(pdf, "_SECONDS", 0.5)
    with pytest.raises(PaperError, match="LibreOffice 没有转成 PDF"):
        pdf.to_pdf(b"PK")
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    for _ in range(50):
        if not _runs(child):
            return
        time.sleep(0.02)
    os.kill(child, 9)
    pytest.fail("the child is left behind")


def _runs(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat", encoding="utf-8") as stream:  # noqa: PTH123
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        try:
            os.kill(number, 0)
        except OSError:
            return False
        return not os.path.isdir("/proc/self")  # noqa: PTH112 - without /proc a zombie looks alive


def test_an_own_word_template_becomes_a_pdf_too(tmp_path: Path) -> None:
    kind, own = named("党建工作报告"), tmp_path / "own.docx"
    own.write_bytes(b"")
    assert formats_of(kind, tmp_path / "a.pdf", (), own) == ("pdf",)
    assert formats_of(kind, tmp_path, ("docx", "pdf"), own) == ("docx", "pdf")
    assert formats_of(kind, tmp_path, (), own) == ("docx",)
    with pytest.raises(InputError, match="与要出的格式不一致"):
        formats_of(kind, tmp_path, ("md",), own)
