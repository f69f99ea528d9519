"""The table of fields in templates/README.md: every field there is, and none that there is not."""

from __future__ import annotations

import re
from dataclasses import fields

from zhibu_cli import resources
from zhibu_cli.report import views

ROWS = {"sections": views.Section, "sittings": views.SittingRow, "kinds": views.KindRow}


def table() -> dict[str, set[str]]:
    """The names in the two columns of the table, by the first name of the row."""
    whole = (resources.templates_dir() / "README.md").read_text(encoding="utf-8")
    lines = whole.partition("## 可用的字段")[2].partition("| 字段 | 内容 |\n|---|---|\n")[2].split("\n\n")[0]
    found = {}
    for line in lines.splitlines():
        _, names, what, _ = line.split("|")
        first, *rest = re.findall(r"`([a-z_]+)`", names) or re.findall(r"`([a-z]+)\.", names)
        found[first] = {first, *rest} | {f".{name}" for name in re.findall(r"`([a-z_]+)`", what)}
    return found


def test_every_field_of_a_text_paper_stands_in_the_table_and_no_other() -> None:
    told = {name.removeprefix(".") for names in table().values() for name in names}
    known = {field.name for view in (views.QuarterView, views.DebriefView) for field in fields(view)}
    assert known <= told
    items = (*ROWS.values(), views.Part, views.Figure)
    derived = {"sources"}
    assert told - known <= derived | {field.name for row in items for field in fields(row)}


def test_every_field_of_an_item_of_a_list_stands_in_its_row() -> None:
    for name, row in ROWS.items():
        told = {one.removeprefix(".") for one in table()[name]}
        assert {field.name for field in fields(row)} <= told, name
