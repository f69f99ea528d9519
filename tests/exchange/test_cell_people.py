"""What people write into cells about people: names, who was there, who was not and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.exchange.sheets import SITTING, payloads, read, write

from zhibu_cli.exchange.cells import read_cell
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.text import clean_name

if TYPE_CHECKING:
    from pathlib import Path

MEMBER = CATALOGUE.register("member")

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


def test_two_different_numbers_of_those_present_are_a_problem_at_the_cell(tmp_path: Path) -> None:
    row: list[Any] = ["党课", "2023-12-05", 11, "张三、李四等12人"]
    rows = [["类型", "日期", "实到", "参会人员"], row]
    (problem,) = read(write(tmp_path / "a.xlsx", {"组织生活": rows})).problems
    assert problem.column == "参会人员（D2）"
    assert "12人" in problem.message
    assert "11人" in problem.message
