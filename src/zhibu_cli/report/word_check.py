"""What docxtpl would drop from a Word template: text beside a tag that stands for all around it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST = 40
"""Characters that tell where it is."""
_UNITS = {"p": "段", "tr": "行", "tc": "格"}
"""What a tag like ``{%p … %}`` takes the place of, with all that stands in it."""
_RICH = re.compile(r"\{\{(?:r|p|tr|tc)\s")


def lost_text(template: Path) -> Iterator[str]:
    """Every place where text would be lost, in words.

    Raises:
        PaperError: the template cannot be read.
    """
    from zhibu_cli.report.word import raw_parts  # noqa: PLC0415

    for what, xml in raw_parts(template):
        for unit, name in _UNITS.items():
            tag = re.compile(rf"\{{%{unit}\s.*?%\}}")
            for words in _units(xml, unit):
                if (found := tag.findall(words)) and (len(found) > 1 or tag.sub("", words).strip()):
                    yield (
                        f"{what}“{_short(words)}”一{name}：{{%{unit} … %}} 每个都要单独占一{name}，"
                        "旁边的字和标记会丢掉"
                    )
        for words in _units(xml, "p"):
            if rich := _RICH.search(words):
                told = f"不能写“{rich[0].strip()}”，字会丢掉；字段写作 {{{{ 字段 }}}}"
                yield f"{what}“{_short(words)}”一段：{told}"


def _units(xml: str, unit: str) -> Iterator[str]:
    """The text of every paragraph, row or cell that has no other of the kind in it."""
    for match in re.finditer(rf"<w:{unit}[ >](?:(?!<w:{unit}[ >]).)*?</w:{unit}>", xml, re.DOTALL):
        yield unescape(re.sub(r"<[^>]*>", "", match[0]))


def _short(words: str) -> str:
    words = words.strip()
    return f"{words[:_MOST]}{'…' if len(words) > _MOST else ''}"
