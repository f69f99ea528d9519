"""What is owed next on paper: one page for a branch of 24, names and texts as they were written.

王01 is 书记 of a committee of five, there are two groups of twelve, nothing is recorded; it is the last
month of 2026.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from html import unescape
from typing import TYPE_CHECKING

import pytest
from tests.report.test_layout import needs_office

from zhibu_cli.app import due, planning
from zhibu_cli.app.context import Actor
from zhibu_cli.app.recording import record
from zhibu_cli.app.setup import init_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACTOR = Actor(who="王01", now=datetime(2026, 3, 9, 10, 0))
DECEMBER = date(2026, 12, 5)
HOSTILE = "第二{{ 7*7 }}党小组<b>&_{x"


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return founded(tmp_path_factory.mktemp("branch") / "zhibu.db")


def founded(path: Path) -> Path:
    init_ledger(path, {"name": "示例支部", "founded": "2019-05-01", "theme_day": "每月20日"}, ACTOR)
    for name in ("第一党小组", HOSTILE):
        record(path, "group", {"name": name, "founded": "2020-01-01"}, ACTOR)
    for number in range(1, 25):
        group = "第一党小组" if number % 2 else HOSTILE
        fields = {"name": f"王{number:02}", "joined": "2010-07-01", "status": "正式", "group": group}
        record(path, "member", fields, ACTOR)
    for number, post in enumerate(("书记", "副书记", "组织委员", "宣传委员", "纪检委员"), 1):
        fields = {"member": f"王{number:02}", "post": post, "since": "2025-01-10", "origin": "换届选举"}
        record(path, "post", fields, ACTOR)
    return path


def words(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    return unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)))


def papers_to_set(branch: Path) -> dict[str, bytes]:
    return {
        "due": due.paper(due.due(branch, DECEMBER, "30d"), "docx"),
        "plan": planning.paper(planning.plan(branch, 2027, DECEMBER), "docx"),
    }


@pytest.fixture
def laid_out(set_by_office: Mapping[str, dict[str, list[list[str]]]]) -> dict[str, list[list[str]]]:
    """Both papers: name -> the lines of each page."""
    return set_by_office["duties"]


@needs_office
def test_what_is_owed_in_december_fits_one_page(laid_out: dict[str, list[list[str]]]) -> None:
    (page,) = [page for page in laid_out["due"] if page]
    whole = "".join(page)
    assert "近期要做的事" in whole
    assert "内部核对清单，勿外传" in whole
    assert "王01与王02" in whole
    assert "年内提醒（4项）" in whole
    assert "经常性开展警示教育：2026年12月31日" in whole


@needs_office
def test_days_of_a_plan_stand_on_one_line(laid_out: dict[str, list[list[str]]]) -> None:
    lines = [line for page in laid_out["plan"] for line in page]
    assert any("2027年2月20日（星期六，未顺延）" in line for line in lines)
    assert not any(line.startswith(("日（", "星期", "（星期")) for line in lines)


@needs_office
def test_a_plan_repeats_its_head_on_every_page_of_the_table(laid_out: dict[str, list[list[str]]]) -> None:
    tabled = [page for page in laid_out["plan"] if any("主题党日" in line for line in page)]
    assert len(tabled) > 1
    assert all(any(line == "月份事项建议日期责任依据备注" for line in page) for page in tabled)


def test_names_come_out_as_they_were_written(branch: Path) -> None:
    answer, plan = due.due(branch, DECEMBER, "30d"), planning.plan(branch, 2027, DECEMBER)
    assert HOSTILE in words(due.paper(answer, "docx"))
    assert HOSTILE in words(planning.paper(plan, "docx"))
    assert r"第二{{ 7\*7 }}党小组\<b\>\&\_{x" in planning.paper(plan, "md").decode()
