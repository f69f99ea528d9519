"""A view as the fields of a template, and errors of templates in words a secretary understands."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import PaperError

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.views import Paper

_NAMES = (
    re.compile(r"'(?P<name>[^']+)' is undefined"),
    re.compile(r"has no attribute '(?P<name>[^']+)'"),
    re.compile(r"has no element (?P<name>.+)$"),
)


def fields_of(view: Paper) -> dict[str, Any]:
    """Every field of the view by its name; nothing else reaches a template."""
    return {field.name: getattr(view, field.name) for field in fields(view)}


def unknown_field(name: str, template: Path, view: Paper, where: str = "") -> PaperError:
    """The error for a field that the view does not have."""
    known = "、".join(fields_of(view))
    place = f"（{where}）" if where else ""
    return PaperError(
        f"模板“{template.name}”{place}用了没有的字段：{name}。",
        hint=f'可用的字段：{known}；数据写作 figures.members 或 figures["党员总数"]。',
    )


def broken_template(error: Exception, template: Path, view: Paper) -> PaperError:
    """A Jinja error as an error of ours: an unknown field is named, anything else quoted."""
    told = str(error)
    for pattern in _NAMES:
        if match := pattern.search(told):
            return unknown_field(match["name"], template, view)
    line = getattr(error, "lineno", None)
    place = f"第{line}行附近" if line and template.suffix != ".docx" else ""
    return PaperError(
        f"模板“{template.name}”{place}不能使用：{told}。", hint="请改正模板，或不用 --template 选项。"
    )


def unreadable(template: Path, kind: str) -> PaperError:
    """The template is not the kind of file its name says."""
    return PaperError(
        f"模板“{template.name}”打不开，不是有效的{kind}文件。", hint="请用 Word 或 WPS 另存后再试。"
    )
