"""Word files as PDF, by the LibreOffice of this machine: no library sets Chinese text as well."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
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
_BEGIN = b"%PDF-"
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
        data = made.read_bytes() if made.is_file() else b""
    if not data.startswith(_BEGIN):
        raise _failed()
    return _settled(data)


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
        # a session of its own: soffice is a script that starts the program, and both have to end
        running = subprocess.Popen(  # noqa: S603 - a fixed order
            order, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        raise _failed() from error
    try:
        code = running.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _failed(f"等了{_SECONDS // 60}分钟，") from error
    finally:
        if running.poll() is None:
            _end(running)
    if code:
        raise _failed()


def _end(running: subprocess.Popen[bytes]) -> None:
    """End the program with all that it started."""
    if os.name == "nt":
        order = ["taskkill", "/F", "/T", "/PID", str(running.pid)]
        with suppress(OSError):
            subprocess.run(order, check=False, capture_output=True)  # noqa: S603 - a fixed order
    else:
        with suppress(OSError):
            os.killpg(running.pid, signal.SIGKILL)
    running.kill()
    running.wait()


def _failed(after: str = "") -> PaperError:
    return PaperError(f"{after}LibreOffice 没有转成 PDF。", hint="请出 docx，在 WPS 或 Word 里另存为 PDF。")


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
