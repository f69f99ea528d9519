"""What people write into cells, each with the value it has or the words of the problem it is.

Derived by hand from the forms of issue 4, point 2. Days: 45265 days after 1899-12-30 is 2023-12-05.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.exchange.sheets import payloads, read, write

from zhibu_cli.exchange.cells import read_cell
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.text import clean_name

if TYPE_CHECKING:
    from pathlib import Path

SITTING = CATALOGUE.register("sitting")
MEMBER = CATALOGUE.register("member")

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


NAMES = [
    ("张 三", "张三"),
    ("张　三", "张三"),
    ("张\n三", "张三"),
    ("\u200b张三", "张三"),
    ("⻢⻰", "马龙"),  # CJK radicals supplement
    ("⽅⾼⼭", "方高山"),  # Kangxi radicals
    ("⻄⻔⻘", "西门青"),
    ("⻉⺠", "贝民"),
    ("阿不都·样本", "阿不都·样本"),
    ("阿不都•样本", "阿不都·样本"),
    ("阿不都‧样本", "阿不都·样本"),
    ("阿不都・样本", "阿不都·样本"),
    ("阿不都･样本", "阿不都·样本"),
    ("阿不都.样本", "阿不都·样本"),
    ("阿不都．样本", "阿不都·样本"),
    ("阿不都 · 样本", "阿不都·样本"),
    ("张三(二)", "张三（二）"),
]


@pytest.mark.parametrize(("cell", "name"), NAMES)
def test_a_name_has_one_form(cell: str, name: str) -> None:
    assert clean_name(cell) == name
    assert read_cell(CATALOGUE, MEMBER, MEMBER.field("name"), cell).value == name


# cell of 姓名 in a roster -> (name, what goes into other columns)
MEMBERS: list[tuple[str, str, dict[str, Any]]] = [
    ("3.张三", "张三", {}),
    ("③张三", "张三", {}),
    ("张三同志", "张三", {}),
    ("张三（女）", "张三", {"mark": "女"}),
    ("张 三(一组)", "张三", {"mark": "一组"}),
    ("张三（书记）", "张三", {"note": "姓名：张三（书记）"}),
    ("张三（预备）", "张三", {"note": "姓名：张三（预备）"}),
    ("张三（回族）", "张三", {"note": "姓名：张三（回族）"}),
    ("张三（二）", "张三（二）", {}),
    ("张三（曾用名张四）", "张三（曾用名张四）", {}),
    ("同志", "同志", {}),
]


@pytest.mark.parametrize(("cell", "name", "more"), MEMBERS)
def test_what_stands_around_a_name_of_the_roster_is_no_part_of_it(
    cell: str, name: str, more: dict[str, Any]
) -> None:
    found = read_cell(CATALOGUE, MEMBER, MEMBER.field("name"), cell)
    assert (found.value, found.why, dict(found.more)) == (name, "", more)


# cell of 出席人员 -> (value, how many it says there were)
PRESENT: list[tuple[str, Any, int | None]] = [
    ("张三、李四", ["张三", "李四"], None),
    ("张三,李四；王五", ["张三", "李四", "王五"], None),
    ("张三\n李四", ["张三", "李四"], None),
    ("张三  李四", ["张三", "李四"], None),
    ("张 三、李 四", ["张三", "李四"], None),
    ("张三（一组）、张三（二组）", ["张三（一组）", "张三（二组）"], None),
    ("张三2", ["张三2"], None),
    ("全体", "全体", None),
    ("全体党员", "全体", None),
    ("全体党员均到会", "全体", None),
    ("其余全体党员", "其余全体", None),
    ("无", None, None),
    ("／", None, None),
    ("张三、李四、王五等12人", ["张三", "李四", "王五"], 12),
    ("张三、李四、王五等共12名党员", ["张三", "李四", "王五"], 12),
    ("全体党员15人", "全体", 15),
    ("全体党员（共15人）", "全体", 15),
    ("1.张三 2.李四", ["张三", "李四"], None),
    ("1、张三\n2、李四", ["张三", "李四"], None),
    ("①张三②李四", ["张三", "李四"], None),
    ("（1）张三（2）李四", ["张三", "李四"], None),
    ("（一）张三；（二）李四", ["张三", "李四"], None),
    ("张三（二）、李四", ["张三（二）", "李四"], None),
    ("张三（记录）、李四（主持）", ["张三（记录）", "李四（主持）"], None),
    ("张三、李四。", ["张三", "李四"], None),
    ("张三、李四2人", ["张三", "李四"], None),
    ("张三、李四，共2人", ["张三", "李四"], None),
    ("张三、李四（共2人）", ["张三", "李四"], None),
    ("2人：张三、李四", ["张三", "李四"], None),
    ("张三2、李四", ["张三2", "李四"], None),
]


@pytest.mark.parametrize(("cell", "value", "people"), PRESENT)
def test_those_present_are_read_with_the_number_that_stands_beside_them(
    cell: str, value: Any, people: int | None
) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("attendees"), cell)
    assert (found.why, found.people) == ("", people)
    assert found.value == value


NOBODY = [
    ("张三（请假）[公差]", "看不出是到会还是缺席"),
    ("李四、张三（未到）", "看不出是到会还是缺席"),
    ("张三、李四等", "没有写全"),
    ("张三等人", "没有写全"),
    ("张三、李四（补学）", "“李四（补学）”看不出是到会还是缺席"),
    ("张三、李四（列席）", "“李四（列席）”是列席的"),
    ("12人", "不是姓名"),
    ("全体党员（李四除外）", "既有姓名又有“全体”"),
    ("除李四外全体党员", "既有姓名又有“全体”"),
    ("张三（", "括号要成对"),
    ("张三、李四共3人", "“张三、李四共3人”写明3人，列出的姓名却是2人"),
    ("张三、李四（1人）", "写明1人，列出的姓名却是2人"),
    ("见签到表", "“见签到表”不是姓名"),
    ("张三、详见附件", "“详见附件”不是姓名"),
    ("同上", "“同上”不是姓名"),
    ("在岗党员", "不是姓名"),
    ("党员8人", "不是姓名"),
    ("张三、班子成员", "“班子成员”不是姓名"),
    ("张三√、李四√", "“张三√”带有勾选的记号"),
    ("张三|李四", "读不出姓名"),
]


@pytest.mark.parametrize(("cell", "why"), NOBODY)
def test_what_does_not_say_who_was_there_is_a_problem(cell: str, why: str) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("attendees"), cell)
    assert found.value is None
    assert why in found.why


ABSENT: list[tuple[str, Any]] = [
    ("张三（请假）[公差]", [{"who": "张三", "reason": "请假；公差"}]),
    ("张三【公差】", [{"who": "张三", "reason": "公差"}]),
    ("张三（病假）、李四", [{"who": "张三", "reason": "病假"}, {"who": "李四"}]),
    ("张三：公差", [{"who": "张三", "reason": "公差"}]),
    ("张三 病假", [{"who": "张三", "reason": "病假"}]),
    ("张 三（病假）", [{"who": "张三", "reason": "病假"}]),
    ("1.张三（病假）2.李四（公差）", [{"who": "张三", "reason": "病假"}, {"who": "李四", "reason": "公差"}]),
    ("①张三：病假 ②李四：公差", [{"who": "张三", "reason": "病假"}, {"who": "李四", "reason": "公差"}]),
    ("张三（病假）李四（公差）", [{"who": "张三", "reason": "病假"}, {"who": "李四", "reason": "公差"}]),
    ("张三（一组）：病假", [{"who": "张三", "reason": "一组；病假"}]),
    ("张三（一组）病假", [{"who": "张三", "reason": "一组；病假"}]),
    ("张三、李四均公差", [{"who": "张三", "reason": "公差"}, {"who": "李四", "reason": "公差"}]),
    ("张三、李四（均公差）", [{"who": "张三", "reason": "公差"}, {"who": "李四", "reason": "公差"}]),
    ("张三、李四（以上均请假）", [{"who": "张三", "reason": "请假"}, {"who": "李四", "reason": "请假"}]),
    ("张三、李四，以上均请假", [{"who": "张三", "reason": "请假"}, {"who": "李四", "reason": "请假"}]),
    (
        "张三（病假）、李四、王五均公差",
        [
            {"who": "张三", "reason": "病假"},
            {"who": "李四", "reason": "公差"},
            {"who": "王五", "reason": "公差"},
        ],
    ),
    (
        "张三、李四（病假）、王五，以上人员均会前请假",
        [{"who": "张三", "leave": True}, {"who": "李四", "reason": "病假"}, {"who": "王五", "leave": True}],
    ),
    (
        "张三（一组）、张三（二组）均公差",
        [{"who": "张三", "reason": "一组；公差"}, {"who": "张三", "reason": "二组；公差"}],
    ),
    (
        "张三（病假）、李四（女）、王五，以上均请假",
        [
            {"who": "张三", "reason": "病假"},
            {"who": "李四", "reason": "女；请假"},
            {"who": "王五", "reason": "请假"},
        ],
    ),
    ("张三、李四（公差）", [{"who": "张三"}, {"who": "李四", "reason": "公差"}]),
    ("张三（病假）、李四（公差）。", [{"who": "张三", "reason": "病假"}, {"who": "李四", "reason": "公差"}]),
    ("张三（病假）、李四，共2人", [{"who": "张三", "reason": "病假"}, {"who": "李四"}]),
    ("2人：张三（病假）、李四", [{"who": "张三", "reason": "病假"}, {"who": "李四"}]),
    ("0", None),
    ("0人", None),
    ("无", None),
    ("无请假人员", None),
    ("全勤", None),
]


@pytest.mark.parametrize(("cell", "value"), ABSENT)
def test_those_absent_are_read_with_their_reasons(cell: str, value: Any) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("absentees"), cell)
    assert found.why == ""
    assert found.value == value


UNCLEAR = [
    ("李四均公差", "看不出姓名到哪里为止"),
    ("张三、李四公差", "看不出姓名到哪里为止"),
    ("张三、李四等3人", "没有写全"),
    ("张三因病请假", "看不出姓名到哪里为止"),
    ("病假：张三", "先写了原因"),
    ("2人", "不是姓名"),
    ("张三、李四共3人", "写明3人，列出的姓名却是2人"),
    ("张三，因病", "“因病”看不出姓名到哪里为止"),
    ("见备注", "“见备注”不是姓名"),
    ("部分人员", "不是姓名"),
]


@pytest.mark.parametrize(("cell", "why"), UNCLEAR)
def test_an_absence_that_names_nobody_for_certain_is_a_problem(cell: str, why: str) -> None:
    found = read_cell(CATALOGUE, SITTING, SITTING.field("absentees"), cell)
    assert found.value is None
    assert why in found.why


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


def test_the_number_after_some_names_is_taken_as_those_present(tmp_path: Path) -> None:
    rows = [["类型", "日期", "参会人员"], ["党课", "2023-12-05", "张三、李四等12人"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert batch.problems == ()
    assert payloads(batch) == [
        {"kinds": ["lecture"], "date": "2023-12-05", "present": 12, "note": "参会人员：张三、李四等12人"}
    ]
    (note,) = [note for note in batch.notes if "没有写全" in note]
    assert "第2行的出席人员没有写全" in note
    assert "人数记作实到，原话记入备注" in note


@pytest.mark.parametrize(("cell", "value"), [("张三、李四等2人", ["张三", "李四"]), ("全体党员12人", "全体")])
def test_a_list_with_its_number_that_lacks_nobody_is_taken(tmp_path: Path, cell: str, value: Any) -> None:
    rows = [["类型", "日期", "参会人员", "备注"], ["党课", "2023-12-05", cell, "补录"]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    (payload,) = payloads(batch)
    assert payload["attendees"] == value
    assert payload["note"] == "补录"
    assert not [note for note in batch.notes if "没有写全" in note]


def test_words_of_a_list_that_lacks_some_stand_behind_the_note(tmp_path: Path) -> None:
    rows = [["类型", "日期", "出席人员", "备注"], ["党课", "2023-12-05", "张三等5人", "补录"]]
    (payload,) = payloads(read(write(tmp_path / "a.xlsx", {"组织生活": rows})))
    assert payload["note"] == "补录\n出席人员：张三等5人"
    assert payload["present"] == 5
    assert "attendees" not in payload


@pytest.mark.parametrize(
    "cell",
    [
        "应到8实到8",
        "应到8人，实到7人",
        "应到8人、实到8人",
        "应到：8 实到：8",
        "应到会党员8人实到8人",
        "实到8人",
    ],
)
@pytest.mark.parametrize("column", ["出席人员", "参会人员"])
def test_figures_are_no_person(tmp_path: Path, cell: str, column: str) -> None:
    rows = [["类型", "日期", column], ["党课", "2023-12-05", cell]]
    batch = read(write(tmp_path / "a.xlsx", {"组织生活": rows}))
    assert batch.drafts == ()
    (problem,) = batch.problems
    assert problem.column == f"{column}（C2）"
    assert "写的是人数，不是姓名" in problem.message


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


def test_two_different_numbers_of_those_present_are_a_problem_at_the_cell(tmp_path: Path) -> None:
    row: list[Any] = ["党课", "2023-12-05", 11, "张三、李四等12人"]
    rows = [["类型", "日期", "实到", "参会人员"], row]
    (problem,) = read(write(tmp_path / "a.xlsx", {"组织生活": rows})).problems
    assert problem.column == "参会人员（D2）"
    assert "12人" in problem.message
    assert "11人" in problem.message
