"""The user's own words for the blanks of a paper, kept in a plain text file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.app.paper_files import must_exist
from zhibu_cli.errors import PaperError

if TYPE_CHECKING:
    from pathlib import Path


def read_texts(path: Path) -> dict[str, str]:
    """The user's own words for the blanks.

    A text file in UTF-8: a line ``【name of the blank】`` (what stands behind 请补充：), below it the words.

    Raises:
        PaperError: the file cannot be read, has no such line, or one twice.
        ClassifiedError: it bears a classification mark.
    """
    must_exist(path, "补写文件")
    try:
        whole = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PaperError(f"补写文件“{path.name}”读不出来。", hint="请存为 UTF-8 文本。") from error
    refuse_classified({"补写文件": whole}, "补写文件中的")
    parts = re.split(r"^【(.+)】[ \t]*$", whole, flags=re.MULTILINE)
    names = [name.strip() for name in parts[1::2]]
    if twice := "；".join(dict.fromkeys(name for name in names if names.count(name) > 1)):
        hint = "一处空白写一段，分几段写的合在一起。"
        raise PaperError(f"补写文件“{path.name}”里写了不止一次：{twice}。", hint=hint)
    texts = {name: words.strip() for name, words in zip(names, parts[2::2], strict=True)}
    if not texts or not all(texts.values()):
        raise PaperError(
            f"补写文件“{path.name}”里没有可用的内容。", hint="每段先写一行【空白的名称】，下一行起写内容。"
        )
    return texts
