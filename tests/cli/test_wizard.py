"""``zhibu record`` alone at a terminal: the questions, with the lines that somebody types."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.conftest import CTRL_C
from tests.once import once

from zhibu_cli.errors import LedgerBusyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cli.conftest import Run


@pytest.fixture
@once
def staffed(branch: Run) -> Run:
    """1 张三 (secretary)  2 李四  3 王五  4 赵六, and a general meeting of 5 February: 李四 was ill."""
    for name in ("张三", "李四", "王五", "赵六"):
        branch("member", "add", name, "--joined", "2010-07-01", "--status", "正式")
    branch("post", "add", "张三", "--post", "书记", "--since", "2024-05-10", "--origin", "换届选举")
    made = branch(
        "record", "meeting", "--kind", "党员大会", "--date", "2026-02-05", "--place", "二楼会议室",
        "--host", "张三", "--recorder", "王五", "--topic", "学习", "--content", "学习有关文件",
        "--present-names", "其余全体", "--absent", "李四=病假",
    )  # fmt: skip
    assert made.code == 0, made.err
    return branch


MEETING = [
    "1",  # 支部党员大会
    "3月5日",
    "",  # the last place
    "",  # the last chair
    "zl",  # recorder: 赵六
    "-4 病假 w",  # everybody but two
    "公差",  # why 王五 was not there
    "讨论工作计划；学习文件",
    "大家讨论了工作计划。",
    "",  # no votes
    "",  # yes
]


def digest() -> str:
    return hashlib.sha256(Path("zhibu.db").read_bytes()).hexdigest()


def stored(number: str) -> dict[str, Any]:
    with sqlite3.connect("zhibu.db") as connection:
        sql = "SELECT payload FROM versions WHERE id = ? ORDER BY version DESC LIMIT 1"
        row = connection.execute(sql, (number,)).fetchone()
    connection.close()
    found: dict[str, Any] = json.loads(row[0])
    return found


def test_a_meeting_is_entered_in_a_dozen_answers_and_stored_as_it_was_meant(staffed: Run) -> None:
    typed = MEETING
    assert len(typed) <= 12
    answer = staffed("record", typed=typed)
    assert answer.code == 0, answer.out + answer.err
    assert "已记录 S2　支部党员大会　2026年3月5日（星期四）" in answer.out
    assert stored("S2") == {
        "kinds": ["general_meeting"],
        "date": "2026-03-05",
        "place": "二楼会议室",
        "chair": "M1",
        "recorder": "M4",
        "attendees": "其余全体",
        "absentees": [{"who": "M4", "reason": "病假"}, {"who": "M3", "reason": "公差"}],
        "topics": ["讨论工作计划", "学习文件"],
        "content": "大家讨论了工作计划。",
    }


def test_the_last_meeting_proposes_place_chair_and_recorder_but_nobody_absent(staffed: Run) -> None:
    out = staffed("record", typed=["1"]).out
    assert "日期*〔2026年3月9日（星期一）〕：" in out
    out = staffed("record", typed=["1", "", "", "", "", ""]).out
    assert "地点〔二楼会议室〕：" in out
    assert "主持人〔张三〕：" in out
    assert "记录人〔王五〕：" in out
    assert "病假" not in out.replace("-4 病假", "")


def test_of_another_kind_or_of_one_who_has_left_nothing_is_proposed(staffed: Run) -> None:
    staffed("member", "leave", "王五", "--date", "2026-03-01", "--why", "工作调动")
    assert "地点：" in staffed("record", typed=["5", ""]).out
    out = staffed("record", typed=["1", "", "", ""]).out
    assert "记录人：" in out
    assert "名册：1 张三　2 李四　3 赵六" in out


@pytest.mark.parametrize("key", [[], [CTRL_C]], ids=["ctrl-d", "ctrl-c"])
def test_leaving_at_each_question_leaves_ledger_and_folder_as_they_were(staffed: Run, key: list[str]) -> None:
    before, listing = digest(), sorted(path.name for path in Path().iterdir())
    for stop in range(len(MEETING)):
        answer = staffed("record", typed=[*MEETING[:stop], *key])
        assert answer.code == 130, answer.out
        assert "已取消，没有写入。" in answer.err
    assert (digest(), sorted(path.name for path in Path().iterdir())) == (before, listing)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGHUP on Windows")
def test_a_window_closed_at_each_question_leaves_the_ledger_as_it_was_and_at_most_a_draft(
    staffed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handler ends the process at once; here it is the test that is left.

    At the first question nothing is kept: the signal simply ends the process.
    """

    class GoneError(BaseException):
        """The process is over."""

    def gone(_code: int) -> None:
        raise GoneError

    def closed(lines: list[str]) -> Iterator[str]:
        yield from lines
        os.kill(os.getpid(), signal.SIGHUP)

    monkeypatch.setattr(os, "_exit", gone)
    before, listing = digest(), {path.name for path in Path().iterdir()}
    for stop in range(1, len(MEETING)):
        with pytest.raises(GoneError):
            staffed("record", typed=closed(MEETING[:stop]))
        assert digest() == before
        assert {path.name for path in Path().iterdir()} - listing == (
            {"zhibu.db.draft"} if stop > 1 else set()
        )
        Path("zhibu.db.draft").unlink(missing_ok=True)


def test_an_entry_set_aside_is_gone_on_with_and_its_draft_then_goes(staffed: Run) -> None:
    before = digest()
    answer = staffed("record", typed=[*MEETING[:5], "存"])
    assert answer.code == 0
    assert "已留作草稿 zhibu.db.draft，还没有记入台账" in answer.out
    assert digest() == before
    answer = staffed("record", typed=["", "全", "讨论", "讨论了计划", "", ""])
    assert "1  支部党员大会　2026-03-05　（2026-03-09 10:30 王芳留下）" in answer.out
    assert answer.code == 0, answer.out
    assert (stored("S2")["recorder"], stored("S2")["attendees"]) == ("M4", "全体")
    assert not Path("zhibu.db.draft").exists()


def test_a_draft_that_lacks_nothing_is_shown_before_it_is_written(staffed: Run) -> None:
    staffed("record", typed=[*MEETING[:-1], "存"])
    before = digest()
    answer = staffed("record", typed=["", "", "n"])
    assert "内容            大家讨论了工作计划。" in answer.out
    assert answer.code == 130
    assert digest() == before
    assert staffed("record", typed=["", "", ""]).code == 0
    assert stored("S2")["content"] == "大家讨论了工作计划。"


@pytest.mark.skipif(sys.platform == "win32", reason="rights of another kind")
def test_a_draft_is_for_its_writer_only(staffed: Run) -> None:
    staffed("record", typed=["1", "3月5日", "存"])
    assert stat.S_IMODE(Path("zhibu.db.draft").stat().st_mode) == 0o600


def test_a_draft_is_thrown_away_only_when_told(staffed: Run) -> None:
    staffed("record", typed=["1", "3月5日", "存"])
    staffed("record", typed=["新", "4", "3月6日", "存"])
    assert sorted(path.name for path in Path().iterdir())[-2:] == ["zhibu.db.draft", "zhibu.db.draft-2"]
    answer = staffed("record", typed=["9", "删 1", "删1"])
    assert "请写 1 到 2，或“新”。" in answer.out
    assert answer.out.count("草稿已删去。") == 2
    assert not [name for name in Path().iterdir() if "draft" in name.name]


def test_a_draft_left_at_ctrl_c_stays_as_it_was(staffed: Run) -> None:
    staffed("record", typed=["1", "3月5日", "存"])
    text = Path("zhibu.db.draft").read_bytes()
    assert staffed("record", typed=["", "三楼"]).code == 130
    assert Path("zhibu.db.draft").read_bytes() == text


def test_a_ledger_that_cannot_be_written_loses_no_answer(
    staffed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_args: object, **_options: object) -> None:
        raise LedgerBusyError("台账正被别的程序占用。")

    monkeypatch.setattr("zhibu_cli.app.recording.record", busy)
    answer = staffed("record", typed=MEETING)
    assert answer.code == 19
    assert "写到一半的内容留作草稿 zhibu.db.draft" in answer.err


@pytest.mark.parametrize("place", ["zhibu.db", "folder"])
def test_a_ledger_that_is_read_only_is_told_before_the_first_answer(
    staffed: Run, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    closed = Path.cwd() if place == "folder" else Path("zhibu.db").absolute()
    monkeypatch.setattr("os.access", lambda path, _mode: Path(path).absolute() != closed)
    answer = staffed("record", typed=MEETING)
    assert answer.code == 19
    assert "是只读的，记了也写不进去。" in answer.err
    assert "日期*" not in answer.out


def test_a_text_with_a_mark_is_refused_at_its_question_and_the_rest_is_kept(staffed: Run) -> None:
    typed = ["1", "3月5日", "", "", "", "全", "学习", "机密★1年", "学习有关文件", "", ""]
    answer = staffed("record", typed=typed)
    assert answer.code == 0, answer.out
    assert "带有密级标志“机密★”，没有保存" in answer.out
    assert stored("S2")["content"] == "学习有关文件"


def test_a_number_in_the_summary_corrects_that_line(staffed: Run) -> None:
    typed = [
        "1",
        "3月5日",
        "",
        "",
        "",
        "全",
        "学习",
        "学习有关文件",
        "",
        "3",
        "三楼",
        "99",
        "6",
        "-2",
        "",
        "",
    ]
    answer = staffed("record", typed=typed)
    assert answer.code == 0, answer.out
    assert "请直接回车，或写 1 到 8、n、存。" in answer.out
    assert stored("S2")["place"] == "三楼"
    assert stored("S2")["absentees"] == [{"who": "M2"}]


def test_what_is_set_aside_in_a_correction_keeps_the_line_as_it_was(staffed: Run) -> None:
    staffed("record", typed=[*MEETING[:-1], "3", "存"])
    staffed("record", typed=["", "", "6", "存"])
    draft = json.loads(Path("zhibu.db.draft").read_text(encoding="utf-8"))["values"]
    assert (draft["place"], draft["attendees"]) == ("二楼会议室", "其余全体")


def test_a_line_is_emptied_in_a_correction(staffed: Run) -> None:
    assert staffed("record", typed=[*MEETING[:-1], "3", "空", "4", "", ""]).code == 0
    assert "place" not in stored("S2")
    assert stored("S2")["chair"] == "M1"


def test_a_proposal_is_left_out_with_a_word(staffed: Run) -> None:
    typed = ["1", "3月5日", "空", "", "", "全", "学习", "学习有关文件", "", ""]
    assert staffed("record", typed=typed).code == 0
    assert "place" not in stored("S2")


def test_several_kinds_of_one_sitting_are_chosen_together(staffed: Run) -> None:
    answer = staffed("record", typed=["1、2", "1 10", "11、12", "99", "1、5", "3月5日"])
    assert "不能记在同一条记录里" in answer.out
    assert answer.out.count("这几项不记在同一张表里；请分开记。") == 2
    assert "日期*" in answer.out


def test_the_meeting_of_a_group_expects_its_people_by_their_numbers(staffed: Run) -> None:
    staffed("group", "add", "第一党小组", "--founded", "2020-01-01")
    staffed("member", "edit", "王五", "--group", "第一党小组", "--reason", "分组")
    staffed("member", "edit", "赵六", "--group", "第一党小组", "--reason", "分组")
    typed = ["3", "", "1", "办公室", "3", "4", "-3", "", "学习", "学习有关文件", "", ""]
    assert len(typed) == 12
    answer = staffed("record", typed=typed)
    assert "按当天名册应到 2 人：3 王五　4 赵六" in answer.out
    assert (stored("S2")["group"], stored("S2")["chair"]) == ("G1", "M3")
    assert stored("S2")["absentees"] == [{"who": "M3"}]


def test_a_group_that_only_the_roster_names_is_offered_with_its_own_people(staffed: Run) -> None:
    for name in ("王五", "赵六"):
        staffed("member", "edit", name, "--group", "第一党小组", "--reason", "分组")
    typed = ["3", "", "1", "办公室", "3", "4", "-zl 病假", "学习", "学习有关文件", "", ""]
    answer = staffed("record", typed=typed)
    assert answer.code == 0, answer.out
    assert "  1 第一党小组\n" in answer.out
    assert "第一党小组：3 王五　4 赵六；组外的人写姓名。" in answer.out
    assert "1 张三" not in answer.out
    assert "  应到2 实到1 缺席1：赵六\n" in answer.out
    assert "党小组“第一党小组”只在名册里写着；请用 zhibu group add 第一党小组 登记" in answer.out + answer.err
    assert stored("S2")["group"] == "第一党小组"
    assert stored("S2")["absentees"] == [{"who": "M4", "reason": "病假"}]


def test_a_groups_last_meeting_proposes_though_the_group_got_its_row_since(staffed: Run) -> None:
    for name in ("王五", "赵六"):
        staffed("member", "edit", name, "--group", "第一党小组", "--reason", "分组")
    staffed("record", typed=["3", "3月2日", "1", "三楼", "3", "4", "全", "学习", "学习文件", "", ""])
    staffed("group", "add", "第一党小组", "--founded", "2020-01-01")
    assert "地点〔三楼〕：" in staffed("record", typed=["3", "", "1"]).out


def test_of_two_people_of_one_name_the_place_tells_who_is_meant(staffed: Run) -> None:
    staffed("member", "add", "李四", "--joined", "2012-07-01", "--status", "正式")
    typed = ["1", "", "", "", "ls", "5", "-2 病假 5", "公差", "学习", "学习有关文件", "", ""]
    answer = staffed("record", typed=typed)
    assert "ls 有2人：2 李四 M2　5 李四 M5；请写序号。" in answer.out
    assert "缺席人员及原因  李四 M2（病假）、李四 M5（公差）" in answer.out
    assert stored("S2")["recorder"] == "M5"
    assert [row["who"] for row in stored("S2")["absentees"]] == ["M2", "M5"]


def test_a_talk_asks_for_its_own_fields(staffed: Run) -> None:
    answer = staffed("record", typed=["10", "昨天", "1", "ls", "办公室", "", "档案柜2层", ""])
    assert answer.code == 0, answer.out
    assert stored("T1") == {
        "date": "2026-03-08",
        "talkers": ["M1"],
        "partners": ["M2"],
        "place": "办公室",
        "paper_at": "档案柜2层",
    }


def test_a_theme_day_asks_for_its_theme_and_not_for_topics(staffed: Run) -> None:
    answer = staffed("record", typed=["5", "", "公园", "植树", "1", "2", "13人", "", "植树二十棵", "", ""])
    assert answer.code == 0, answer.out
    assert "议题：" not in answer.out
    assert (stored("S2")["theme"], stored("S2")["present"]) == ("植树", 13)


def test_minutes_come_out_of_a_file_named_with_quotes(staffed: Run) -> None:
    Path("会议 记录.md").write_text("# 记录\n讨论了计划", encoding="utf-8")
    typed = ["1", "", "", "", "", "全", "学习", "没有.docx", '"会议 记录.md"', "", ""]
    answer = staffed("record", typed=typed)
    assert answer.code == 0, answer.out
    assert "没有找到文件“没有.docx”。" in answer.out
    assert stored("S2")["content"] == "# 记录\n讨论了计划"


def test_minutes_are_typed_in_the_users_editor(staffed: Run) -> None:
    Path("editor.py").write_text(
        "import sys; open(sys.argv[1], 'a', encoding='utf-8').write('第一行\\n第二行\\n')", encoding="utf-8"
    )
    env = {"EDITOR": f'"{sys.executable}" editor.py', "VISUAL": ""}
    answer = staffed("record", typed=["1", "", "", "", "", "全", "学习", "e", "", ""], env=env)
    assert answer.code == 0, answer.out
    assert stored("S2")["content"] == "第一行\n第二行"


def test_an_editor_that_is_not_there_is_told_and_the_question_put_again(staffed: Run) -> None:
    answer = staffed("record", typed=["1", "", "", "", "", "全", "学习", "e"], env={"EDITOR": "没有这个"})
    assert "打不开编辑器“没有这个”。" in answer.out
    assert answer.out.count("内容：") == 2


def test_without_a_roster_numbers_are_asked_for(branch: Run) -> None:
    answer = branch(
        "record", typed=["1", "", "办公室", "甲", "乙", "12", "11", "丙 病假", "学习", "学习", "", ""]
    )
    assert answer.code == 0, answer.out
    assert (stored("S1")["expected"], stored("S1")["present"]) == (12, 11)
    assert stored("S1")["absentees"] == [{"who": "丙", "reason": "病假"}]


def test_every_kind_that_may_be_recorded_is_asked_to_its_end(staffed: Run) -> None:
    """A kind that is only declared is entered too: nothing is written for it."""
    from zhibu_cli.cli.fields import questions
    from zhibu_cli.model.catalogue import CATALOGUE

    for kind in CATALOGUE.kinds:
        if kind.command:
            register = CATALOGUE.register(kind.register)
            names = {field.name for fields in questions((kind,), register, CATALOGUE) for field in fields}
            assert {field.name for field in register.fields if field.required and field.flag} <= names


def test_in_a_script_the_kinds_are_named(branch: Run) -> None:
    answer = branch("record")
    assert answer.code == 2
    assert "没有写明记什么；可写：meeting、lecture" in answer.err
