"""Word files as PDF, by the LibreOffice of this machine: no library sets Chinese text as well."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from zhibu_cli.errors import PaperError

_NAMES = ("soffice", "libreoffice")
_FOLDERS = (
    r"C:\Program Files\LibreOffice\program",
    r"C:\Program Files (x86)\LibreOffice\program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "/opt/libreoffice/program",
)
_SECONDS = 180
_CHANGING = (
    re.compile(rb"/(?:CreationDate|ModDate)\s*\(([^)]*)\)"),
    re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]*)>\s*<([0-9A-Fa-f]*)>\s*\]"),
    re.compile(rb"/DocChecksum\s*/([0-9A-Fa-f]*)"),
)
"""What differs between two runs; as many digits put in its place keep every offset right."""


def to_pdf(word: bytes) -> bytes:
    """The PDF of a .docx; the same file gives the same bytes.

    Raises:
        PaperError: there is no LibreOffice here, or it cannot convert the file.
    """
    program = _program()
    if program is None:
        raise PaperError(
            "本机没有安装 LibreOffice，不能直接出 PDF。",
            hint="请出 docx，在 WPS 或 Word 里另存为 PDF；或安装 LibreOffice 后再试。",
        )
    with tempfile.TemporaryDirectory(prefix="zhibu-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(word)
        _convert(program, source)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise _failed()
        return _settled(made.read_bytes())


def _program() -> str | None:
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    places = (Path(folder) / f"soffice{'.exe' if os.name == 'nt' else ''}" for folder in _FOLDERS)
    return next((str(place) for place in places if place.is_file()), None)


def _convert(program: str, source: Path) -> None:
    # a profile of its own: an open LibreOffice would swallow the order and answer with nothing
    profile = (source.parent / "profile").as_uri()
    order = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    order += ["--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
    try:
        subprocess.run(order, check=True, capture_output=True, timeout=_SECONDS)  # noqa: S603 - a fixed order
    except (OSError, subprocess.SubprocessError) as error:
        raise _failed() from error


def _failed() -> PaperError:
    return PaperError("LibreOffice 没有转成 PDF。", hint="请出 docx，在 WPS 或 Word 里另存为 PDF。")


def _settled(data: bytes) -> bytes:
    for pattern in _CHANGING:
        data = pattern.sub(_zeroed, data)
    return data


def _zeroed(match: re.Match[bytes]) -> bytes:
    whole = bytearray(match[0])
    for group in range(1, (match.lastindex or 0) + 1):
        start, end = match.start(group) - match.start(), match.end(group) - match.start()
        whole[start:end] = re.sub(rb"[0-9A-Fa-f]", b"0", bytes(whole[start:end]))
    return bytes(whole)
