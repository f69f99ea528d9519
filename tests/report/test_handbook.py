"""The contents of 党支部工作手册: an entry for every part and record, in one line, with a page of its own."""

from __future__ import annotations

import re
import zipfile
from datetime import date

from tests.report.factory import branch, groups, many, meeting, members
from tests.report.meeting_papers import LEDGERS, T, built

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.period import Unit, period_of
from zhibu_cli.report import word
from zhibu_cli.report.handbook import HandbookView, paper
from zhibu_cli.report.request import Request
from zhibu_cli.text import display_width

FRAME = ("内部资料，不对外报送", "— 1 —")
LONG = "围绕窗口服务反映的问题开展专题研讨，研究优化办件流程、压减材料的具体办法，部署下半年工作"
SITTINGS = (
    meeting("theme_day", "2026-09-20", "短主题"),
    meeting("general_meeting", "2026-05-25", LONG),
    meeting("general_meeting", "2026-02-25", LONG),
    meeting("group_meeting", "2026-03-12", LONG, group="G1"),
    meeting("appraisal", "2026-12-19", LONG, assessment_year=2026),
)


def handbook() -> HandbookView:
    rows = [branch(), *members(), *groups(), *many("sitting", list(SITTINGS))]
    day = date(2026, 12, 31)
    asked = Request(
        ledger=build_ledger(rows, CATALOGUE), findings=(), as_of=day, period=period_of(Unit.YEAR, day)
    )
    return paper(asked)


def test_no_two_entries_tell_the_page_of_one_mark() -> None:
    marks = [entry.mark for entry in handbook().contents]
    assert len({*marks}) == len(marks)


def test_minutes_stand_by_kind_and_in_each_by_day() -> None:
    listed = [entry.title.split("　")[0] for entry in handbook().contents]
    start = listed.index("支部党员大会记录")
    assert listed[start : start + 9] == [
        "支部党员大会记录",
        "2026-02-25",
        "2026-05-25",
        "党小组会记录",
        "2026-03-12",
        "主题党日记录",
        "2026-09-20",
        "民主评议党员记录",
        "2026-12-19",
    ]
    assert listed.count("民主评议党员情况") == 1


def test_an_entry_leaves_room_for_dots_and_the_page_in_its_line() -> None:
    # 8845 - 420 twips of 12 points are 35 Han, 70 columns; dots and a page of three digits need ten
    inner = [entry.title for entry in handbook().contents if entry.inner]
    assert max(map(display_width, inner)) <= 60
    assert inner[0].startswith("2026-02-25　支部党员大会　围绕窗口服务")
    assert inner[0].endswith("……")
    assert "2026-09-20　主题党日　短主题" in inner


def test_every_record_of_the_year_stands_in_it_as_in_its_own_minutes() -> None:
    whole = word.printed(word.render(built("handbook", LEDGERS["full"]), T / "handbook.docx"))
    # S1 to S9, by kind in the order of the declarations and in each by day; none left out, none twice
    assert sorted(re.findall(r"编号：(S\d+)", whole)) == [f"S{number}" for number in range(1, 10)]
    for number in range(1, 10):
        alone = word.printed(word.render(built("minutes", LEDGERS["full"], f"S{number}"), T / "minutes.docx"))
        words = [line for line in alone.splitlines() if line and line not in {*FRAME}]
        assert "\n".join(words) in "\n".join(line for line in whole.splitlines() if line)


def test_on_an_upright_sheet_the_place_of_the_paper_record_has_room_for_four_characters() -> None:
    """Four of 9 points are 720 twips, and 120 are beside them; with less the head stands in four lines."""
    text = zipfile.ZipFile(T / "handbook.docx").read("word/document.xml").decode("utf-8")
    before = text[: text.index("纸质记录存放处")]
    assert int(re.findall(r'<w:tcW w:w="(\d+)"', before)[-1]) >= 840
