"""A view as the fields of a template, and errors of templates in words a secretary understands."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import PaperError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.report.views import View

_NAMES = (
    re.compile(r"'(?P<name>[^']+)' is undefined"),
    re.compile(r"has no attribute '(?P<name>[^']+)'"),
    re.compile(r"has no element (?P<name>.+)$"),
)

DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(AttributeError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError),
)
"""What the readers of Office files raise over a file that is no such file, or a damaged one."""

_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (RecursionError, "宏或区块不停地调用自己"),
    (MemoryError, "文字太长"),
    (OverflowError, "数字太大"),
    (ZeroDivisionError, "除数是零"),
)
_UNSAFE = re.compile(r"is unsafe|not safely callable")
_NO_FILTER = re.compile(r"No (?:filter|test) named '(?P<name>[^']+)'")


def fields_of(view: View) -> dict[str, Any]:
    """Every field of the view by its name; nothing else reaches a template."""
    return {field.name: getattr(view, field.name) for field in fields(view)}


def unknown_field(name: str, template: Path, view: View, where: str = "") -> PaperError:
    """The error for a field that the view does not have."""
    known = "、".join(fields_of(view))
    place = f"（{where}）" if where else ""
    return PaperError(
        f"模板“{template.name}”{place}用了没有的字段：{name}。",
        hint=f'可用的字段：{known}；数据写作 figures.members 或 figures["党员总数"]。',
    )


def faulty(template: Path, problems: Sequence[str], hint: str = "") -> PaperError:
    """The error for a template with problems, all at once; ``problems``: a line each, with its place."""
    listed = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(problems, 1))
    return FaultyTemplateError(
        f"模板“{template.name}”有{len(problems)}处问题：\n{listed}",
        hint=hint or "请改正模板，再用 zhibu template check 检查。",
        problems=problems,
    )


class FaultyTemplateError(PaperError):
    """A template cannot be used for what is written in it."""

    def __init__(self, message: str, *, hint: str, problems: Sequence[str]) -> None:
        """``problems``: one for each line of the message after the first."""
        super().__init__(message, hint=hint)
        self.problems = tuple(problems)


def broken_template(error: Exception, template: Path, view: View) -> PaperError:
    """A Jinja error as an error of ours: an unknown field is named, anything we don't know quoted."""
    for pattern in _NAMES:
        if match := pattern.search(str(error)):
            return unknown_field(match["name"], template, view)
    line = getattr(error, "lineno", None)
    place = f"第{line}行附近" if line and template.suffix != ".docx" else ""
    return PaperError(
        f"模板“{template.name}”{place}不能使用：{_cause(error)}。",
        hint="请改正模板，或不用 --template 选项。",
    )


def _cause(error: Exception) -> str:
    for kind, words in _CAUSES:
        if isinstance(error, kind):
            return words
    told = str(error)
    if match := _NO_FILTER.search(told):
        return f"没有或不能用“{match['name']}”"
    if _UNSAFE.search(told):
        return "用了不允许的属性或方法"
    return told if re.search("[\u4e00-\u9fff]", told) else f"写法不对（{told or type(error).__name__}）"


def unreadable(template: Path, kind: str) -> PaperError:
    """The template is not the kind of file its name says."""
    return PaperError(
        f"模板“{template.name}”打不开，不是有效的{kind}文件。", hint="请用 Word 或 WPS 另存后再试。"
    )
