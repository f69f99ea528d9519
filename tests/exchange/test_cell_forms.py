"""What people write into cells of days, kinds and numbers, each with its value or the words of the problem.

Derived by hand from the forms of issue 4, point 2. Days: 45265 days after 1899-12-30 is 2023-12-05.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.exchange.sheets import SITTING, payloads, read, write

from zhibu_cli.exchange.cells import read_cell
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2023-12-05"

# cell -> (day, times beside it)
DAYS: list[tuple[Any, str, tuple[str, ...]]] = [
    ("2023年12月5日 下午3:00", DAY, ("15:00",)),
    ("2023年12月5日下午3时", DAY, ("15:00",)),
    ("2023年12月5日上午9点半至11点", DAY, ("09:30", "11:00")),
    ("2023年12月5日14:30-16:00", DAY, ("14:30", "16:00")),
    ("2023年12月5日\n14:30", DAY, ("14:30",)),
    ("2023.12.5", DAY, ()),
    ("2023/12/5", DAY, ()),
    ("2023-12-5", DAY, ()),
    ("20231205", DAY, ()),
    (20231205, DAY, ()),
    ("23年12月5日", DAY, ()),
    ("２０２３年１２月５日", DAY, ()),
    ("２０２３．１２．５", DAY, ()),
    ("二〇二三年十二月五日", DAY, ()),
    ("二○二三年十二月五日", DAY, ()),
    ("二零二三年十二月五日", DAY, ()),
    ("2023 年 12 月 5 日", DAY, ()),
    (" 2023年12月5日（星期二）", DAY, ()),
    ("2023年12⽉5⽇", DAY, ()),  # Kangxi radicals
    ("2023年12⺝5⺜", DAY, ()),  # CJK radicals supplement
    (45265, DAY, ()),
    (45265.625, DAY, ("15:00",)),
    ("45265", DAY, ()),
    ("45265.625", DAY, ("15:00",)),
    (date(2023, 12, 5), DAY, ()),
    (datetime(2023, 12, 5, 15, 0), DAY, ("15:00",)),
    ("2023-12-05T15:00:00", DAY, ("15:00",)),
]


@pytest.mark.parametrize(("cell", "day", "clocks"), DAYS)
def test_a_day_is_read_however_it_is_written(cell: Any, day: str, clocks: tuple[str, ...]) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("date"), cell)
    assert (found.value, found.why, found.clocks) == (day, "", clocks)


NO_DAYS = [
    ("12月份", "只有月份，缺少年和日"),
    ("十二月", "只有月份，缺少年和日"),
    ("2023年12月份", "缺少日"),
    ("2023年12月", "缺少日"),
    ("2023.12", "缺少日"),
    ("12月5日", "缺少年份"),
    ("十二月五日", "缺少年份"),
    ("12.5", "缺少年份"),
    ("5日", "缺少年和月"),
    ("23/12/5", "看不出哪个数是年"),
    ("2023年2月30日", "日历上没有这一天"),
    ("2023.13.1", "日历上没有这一天"),
    ("2023年4月31日 15:00", "日历上没有这一天"),
    ("明天", "是相对的说法"),
    ("下周一", "是相对的说法"),
    ("2023年12月5日（星期一）", "写的是星期一，那天却是星期二"),
    ("12月5日（周一）", "缺少年份"),
    ("2023年12月5-6日", "读不出"),
    ("2023年12月上旬", "读不出"),
    ("2023年12月5日下午", "只写了上下午，没有钟点"),
    ("2023.12.5上午", "只写了上下午，没有钟点"),
    ("每月20日", "读不出"),
    ("无", "读不出"),
    ("____年____月____日", "读不出"),
    ("待定", "读不出"),
]


@pytest.mark.parametrize(("cell", "why"), NO_DAYS)
def test_what_is_no_day_is_a_problem_that_quotes_it_and_says_what_it_lacks(cell: str, why: str) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("date"), cell)
    assert found.value is None
    assert f"“{cell}”{why}" in found.why


# cell of 类型 -> (kinds, what it says for other columns)
KINDS: list[tuple[str, list[str], dict[str, Any]]] = [
    ("支部党员大会暨主题党日", ["general_meeting", "theme_day"], {}),
    ("第一党小组会", ["group_meeting"], {"group": "第一党小组"}),
    ("第一党小组会议", ["group_meeting"], {"group": "第一党小组"}),
    ("党小组会（第一党小组）", ["group_meeting"], {"group": "第一党小组"}),
    ("党小组会-一组", ["group_meeting"], {"group": "一组"}),
    ("一组党小组会", ["group_meeting"], {"group": "一组"}),
    ("第3次支委会", ["committee_meeting"], {"ordinal": "第3次"}),
    ("支部委员会（第十二次）", ["committee_meeting"], {"ordinal": "第十二次"}),
    ("党员大会（线上）", ["general_meeting"], {"forms": ["online"]}),
    ("1.党课", ["lecture"], {}),
    ("支委会（扩大）", ["committee_meeting"], {"note": "类型：支委会（扩大）"}),
    ("支部委员会扩大会议", ["committee_meeting"], {"note": "类型：支部委员会扩大会议"}),
    ("支委扩大会", ["committee_meeting"], {"note": "类型：支委扩大会"}),
    ("专题组织生活会", ["org_life_meeting"], {"note": "类型：专题组织生活会"}),
    ("微党课", ["lecture"], {"note": "类型：微党课"}),
    ("书记讲党课", ["lecture"], {"note": "类型：书记讲党课"}),
    ("党日活动", ["theme_day"], {}),
    ("主题党日（第一党小组）", ["theme_day"], {"note": "类型：主题党日（第一党小组）"}),
]


@pytest.mark.parametrize(("cell", "kinds", "more"), KINDS)
def test_what_stands_beside_a_kind_goes_to_its_own_column_or_is_kept_in_words(
    cell: str, kinds: list[str], more: dict[str, Any]
) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("kinds"), cell)
    assert (found.value, found.why, dict(found.more)) == (kinds, "", more)


@pytest.mark.parametrize("cell", ["学习会", "三会一课", "第一季度会议", "党课（周末）", "支委会、党员大会"])
def test_a_kind_that_is_none_is_a_problem(cell: str) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("kinds"), cell)
    assert found.value is None
    assert found.why


def test_what_the_cell_of_the_kind_says_does_not_replace_the_other_columns(tmp_path: Path) -> None:
    rows = [
        ["类型", "日期", "党小组", "备注"],
        ["第一党小组会", "2023-12-05", "", ""],
        ["第一党小组会", "2023-12-06", "第二党小组", "照片另存"],
        ["书记讲党课", "2023-12-07", "", "照片另存"],
    ]
    first, second, third = payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))
    assert (first["group"], first.get("note")) == ("第一党小组", None)
    assert (second["group"], second["note"]) == ("第二党小组", "照片另存\n类型栏中写的是“第一党小组”")
    assert third["note"] == "照片另存\n类型：书记讲党课"


COUNTS: list[tuple[Any, Any]] = [
    (15, 15),
    (15.0, 15),
    ("15人", 15),
    ("共15人", 15),
    ("１５", 15),
    ("十五人", 15),
    ("〇", 0),
    ("全体", "全体"),
    ("全体党员", "全体党员"),
]


@pytest.mark.parametrize(("cell", "value"), COUNTS)
def test_a_number_of_people_may_be_in_figures_or_words(cell: Any, value: Any) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("present"), cell)
    assert (found.value, found.why) == (value, "")


@pytest.mark.parametrize("cell", ["15/16", "十几个", "15（含预备2）", "1.5", "-3"])
def test_what_is_no_number_of_people_is_a_problem(cell: str) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("present"), cell)
    assert found.value is None
    assert f"读不出“{cell}”" in found.why


@pytest.mark.parametrize("cell", ["", "不详", "群众", "入党积极分子", "共青团员", "是", "？"])
def test_an_unknown_standing_is_never_a_full_member(tmp_path: Path, cell: str) -> None:
    rows = [["姓名", "入党时间", "政治面貌"], ["张三", "2001-07-01", cell]]
    batch = read(write(tmp_path / "a.xlsx", {"党员名册": rows}))
    assert batch.drafts == ()
    assert [problem.column for problem in batch.problems] == ["政治面貌（C2）"]


@pytest.mark.parametrize("zero", [datetime(1899, 12, 30), date(1899, 12, 31), "1899-12-30", 0, "1900/1/0"])
def test_the_zero_day_of_a_spreadsheet_is_no_day(tmp_path: Path, zero: Any) -> None:
    path = write(tmp_path / "a.xlsx", {"组织生活": [["类型", "日期"], ["党课", "2023-12-05"]]})
    book = openpyxl.load_workbook(path)
    book["组织生活"]["B2"] = zero if isinstance(zero, (int, str)) else 0
    if not isinstance(zero, (int, str)):
        book["组织生活"]["B2"].number_format = "yyyy-mm-dd"
    book.save(path)
    batch = read(path)
    assert batch.drafts == ()
    (problem,) = batch.problems
    assert problem.column == "日期（B2）"
