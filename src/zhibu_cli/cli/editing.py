"""A longer text typed in the user's own editor: VISUAL, EDITOR, else Notepad, nano or vi."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from zhibu_cli.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_USUAL = ("notepad",) if sys.platform == "win32" else ("nano", "vi")
_HINT = "可以把内容写在文件里，再写文件名；或设置环境变量 EDITOR。"


def edited(text: str, env: Mapping[str, str]) -> str:
    """What stands in the editor when it is closed and saved; nothing of it is left on the disk.

    Raises:
        InputError: there is no editor, it failed, or what it saved is no text.
    """
    from zhibu_cli.app.textfile import read_text

    command = _command(env)
    with tempfile.TemporaryDirectory(prefix="zhibu-") as folder:  # for its owner only
        path = Path(folder) / "zhibu.txt"
        path.write_text(text, encoding="utf-8")
        try:
            code = subprocess.run([*command, str(path)], check=False).returncode  # noqa: S603 - the user's own
        except OSError as error:
            raise InputError(f"打不开编辑器“{command[0]}”。", hint=_HINT) from error
        if code:
            raise InputError(f"编辑器“{command[0]}”没有正常结束，内容没有取。", hint=_HINT)
        return read_text(path).strip()


def _command(env: Mapping[str, str]) -> Sequence[str]:
    named = env.get("VISUAL") or env.get("EDITOR") or ""
    if named:
        return shlex.split(named, posix=sys.platform != "win32")
    found = next(filter(shutil.which, _USUAL), "")
    if not found:
        raise InputError("没有找到编辑器。", hint=_HINT)
    return [found]
