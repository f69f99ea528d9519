"""The menu of ``zhibu`` alone, init at a terminal, and the roster's commands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.conftest import CTRL_C

from zhibu_cli.cli.answers import readable
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from tests.cli.conftest import Run


def test_alone_at_a_terminal_it_shows_the_year_and_leaves_on_zero(zhibu: Run) -> None:
    answer = zhibu(typed=["0"])
    assert answer.code == 0
    assert " 1  记一次会议、党课、主题党日、谈心谈话……" in answer.out
    assert " 0  离开" in answer.out
    assert "这里还没有台账：先选 14 建立" in answer.out


def test_the_commands_stand_in_one_column(branch: Run) -> None:
    lines = [line for line in branch(typed=["0"]).out.splitlines() if "  zhibu " in line]
    assert len(lines) == 15
    assert len({display_width(line.split("zhibu")[0]) for line in lines}) == 1


def test_a_choice_runs_its_command_and_comes_back(branch: Run) -> None:
    answer = branch(typed=["10", "", "99", "0"])
    assert "> zhibu list" in answer.out
    assert "没有符合的记录。" in answer.out
    assert "请写 0 到 15。" in answer.out


def test_recording_from_the_menu_asks_as_the_command_does(branch: Run) -> None:
    typed = ["1", "4", "", "办公室", "学习", "甲", "30", "28", "", "学习有关文件", "", "", "", "0"]
    answer = branch(typed=typed)
    assert "> zhibu record\n" in answer.out
    assert "已记录 S1　党课　2026年3月9日（星期一）" in answer.out


def test_ctrl_c_at_what_a_choice_asks_for_comes_back_to_the_menu(branch: Run) -> None:
    answer = branch(typed=["7", CTRL_C, "1", CTRL_C, "", "0"])
    assert answer.code == 0
    assert answer.out.count("0  离开") == 3


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (["2", ""], "> zhibu due\n"),
        (["4", "", ""], "> zhibu report --quarter 2025-Q4\n"),
        (["5", "2025", ""], "> zhibu report --debrief 2025\n"),
        (["6", "", ""], "> zhibu plan 2026\n"),
        (["7", "'无 有.xlsx'", ""], '> zhibu import "无 有.xlsx"\n'),
        (["8", "", ""], "> zhibu form\n"),
        (["8", "党课 谈心谈话", ""], "> zhibu form 党课 谈心谈话\n"),
        (["9", "学习 党课", ""], "> zhibu find 学习 党课\n"),
        (["11", ""], "> zhibu open\n"),
        (["12", "", ""], "> zhibu backup\n"),
    ],
)
def test_each_line_runs_the_command_it_names(branch: Run, typed: list[str], command: str) -> None:
    answer = branch(typed=[*typed, "0"])
    assert command in answer.out
    assert answer.out.count("0  离开") == 2
    assert "没有料到" not in answer.err


def test_in_november_the_plan_is_that_of_the_next_year(branch: Run) -> None:
    assert "哪一年〔2027〕：" in branch(typed=["6"], now=datetime(2026, 11, 25, 9)).out


def test_a_check_is_offered_as_a_page(branch: Run) -> None:
    answer = branch(typed=["3", "y", "", "0"])
    assert "写成网页打开吗？" in answer.out
    assert Path("核对结果2026-03-09.html").exists()
    assert "请自己打开上面的文件" in answer.err


def test_the_folder_is_named_where_no_window_can_be_opened(branch: Run) -> None:
    answer = branch("open", typed=[])
    assert f"台账和文书在 {Path.cwd()}" in answer.out
    assert "没有打开文件夹窗口" in answer.err


def test_an_error_in_a_chosen_command_does_not_end_the_menu(zhibu: Run) -> None:
    answer = zhibu(typed=["2", "", "0"])
    assert "错误：这里还没有台账" in answer.err
    assert answer.out.count("0  离开") == 2


def test_what_a_command_cannot_do_without_is_asked_for(branch: Run) -> None:
    answer = branch(typed=["13", '"交接 1.json"', "", "0"])
    assert Path("交接 1.json").exists()
    assert '> zhibu export -o "交接 1.json"' in answer.out


def test_init_asks_for_what_is_missing_and_confirms(zhibu: Run) -> None:
    typed = ["示例支部", "", "2015年6月1日", "", "", "", "", ""]
    answer = zhibu("init", typed=typed)
    assert answer.code == 0, answer.out + answer.err
    assert "成立时间  2015年6月1日（星期一）" in answer.out
    assert Path("zhibu.db").exists()
    assert "不得录入国家秘密、工作秘密" in answer.err


def test_init_left_in_the_middle_leaves_no_file(zhibu: Run) -> None:
    assert zhibu("init", typed=["示例支部"]).code == 130
    assert not Path("zhibu.db").exists()


def test_init_does_not_touch_a_ledger_that_is_there(branch: Run) -> None:
    assert branch("init", "--name", "乙", "--founded", "2015-06-01").code == 15


def test_init_in_a_script_names_all_that_is_missing(zhibu: Run) -> None:
    answer = zhibu("init")
    assert answer.code == 2
    assert "缺少选项：--name（支部名称）、--founded（成立时间）。" in answer.err


def test_a_departure_and_a_return_are_seen_by_the_day(branch: Run) -> None:
    branch("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式")
    assert branch("member", "leave", "张三", "--date", "2026-01-10", "--why", "工作调动").code == 0
    assert branch("member", "return", "张三", "--date", "2026-03-02").code == 0
    assert "在册 1 人" in branch("member", "list", "--as-of", "2026-01-09").out
    assert "还没有人" in branch("member", "list", "--as-of", "2026-01-10").out
    assert "在册 1 人" in branch("member", "list", "--as-of", "2026-03-02").out


def test_a_change_of_standing_is_recorded_and_shown(branch: Run) -> None:
    branch("member", "add", "李四", "--joined", "2025-02-01", "--status", "预备")
    answer = branch("member", "change", "李四", "--matter", "转正", "--date", "2026-02-01")
    assert answer.code == 0, answer.err
    assert "预备" in branch("member", "list", "--as-of", "2026-01-31").out
    assert "正式 1 人" in branch("member", "list", "--as-of", "2026-02-01").out
    assert "转正" in branch("member", "show", "李四").out


def test_a_correction_of_a_member_asks_for_its_reason(branch: Run) -> None:
    branch("member", "add", "李四", "--joined", "2025-02-01", "--status", "预备")
    assert branch("member", "edit", "李四", "--note", "甲").code == 2
    assert branch("member", "edit", "李四", "--note", "甲", "--reason", "补充").code == 0


def test_groups_and_posts_are_listed_with_their_days(branch: Run) -> None:
    branch("group", "add", "第一党小组", "--founded", "2020-01-01")
    branch("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式", "--group", "第一党小组")
    branch("post", "add", "张三", "--post", "书记", "--since", "2024-05-10", "--origin", "换届选举")
    assert "组员 1 人：张三" in branch("group", "show", "第一党小组").out
    assert branch("post", "end", "张三", "--date", "2026-02-01").code == 0
    assert "2024-05-10  2026-02-01  换届选举" in branch("post", "list").out
    assert branch("group", "end", "G1", "--date", "2026-02-01").code == 0
    assert "2026-02-01" in branch("group", "list").out


def test_two_members_of_one_name_are_told_apart_by_their_numbers(branch: Run) -> None:
    branch("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式")
    branch("group", "add", "第一党小组", "--leader", "张三", "--founded", "2020-01-01")
    branch("member", "add", "张三", "--joined", "2015-07-01", "--status", "正式")
    assert "张三 M1" in branch("group", "list").out
    assert "张三 M1" in branch("show", "G1").out


def test_a_withdrawn_member_is_seen_with_all_only(branch: Run) -> None:
    branch("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式")
    branch("void", "M1", "--reason", "重复")
    assert "张三" not in branch("member", "list").out
    answer = branch("member", "list", "--all").out
    assert "已作废" in answer
    assert "在册 0 人" in answer


def test_init_asks_again_for_a_pack_that_is_none(zhibu: Run) -> None:
    typed = ["甲支部", "", "2019-05-01", "", "", "川意见", "支部工作条例", "", ""]
    answer = zhibu("init", typed=typed)
    assert answer.code == 0, answer.out + answer.err
    assert "不认识“川意见”" in answer.out


def test_of_a_birthday_the_month_will_do(branch: Run) -> None:
    member = ("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式", "--born")
    assert branch(*member, "1985年").code == 12
    assert branch(*member, "1985年5月").code == 0
    assert "出生日期  1985-05\n" in branch("show", "M1").out
    assert branch("amend", "M1", "--born", "1985-05-12", "--reason", "补日").code == 0
    assert "出生日期  1985-05-12\n" in branch("show", "M1").out


def test_a_day_is_shown_with_its_weekday_and_a_month_as_it_is() -> None:
    born = CATALOGUE.register("member").field("born")
    assert readable(CATALOGUE, born, "1985-05-12") == "1985年5月12日（星期日）"
    assert readable(CATALOGUE, born, "1985-05") == "1985-05"
    assert readable(CATALOGUE, born, None) == ""
