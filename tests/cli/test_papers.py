"""``zhibu report`` at the terminal: what is listed, what is left to a person, what is refused."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.report.factory import write_ledger

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Run

NOW = datetime(2026, 10, 8, 9, 0)


@pytest.fixture
def report(zhibu: Run, tmp_path: Path) -> Run:
    """The program in a folder with the ledger of tests/report/factory.py, on 8 October 2026."""
    write_ledger(tmp_path / "zhibu.db")

    def run(*argv: str, **_: object) -> Answer:
        return zhibu("report", *argv, now=NOW)

    return run


def test_todo_lists_the_blanks_by_section_and_writes_nothing(report: Run, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    answer = report("--quarter", "2026Q3", "--todo")
    assert answer.code == 0, answer.err
    lines = answer.out.splitlines()
    assert lines[:2] == [
        "二、政治理论学习",
        "  〔请补充：政治理论学习的篇目、方式、参加人数和研讨交流情况，只写实有的〕",
    ]
    assert "  〔待补：措施〕（3处）" in lines
    assert lines[-1] == "本稿尚有 6 处需人工撰写，另有 6 处待补，补全记录后重出。"
    assert sorted(tmp_path.iterdir()) == before


def test_todo_and_the_written_paper_count_alike(report: Run) -> None:
    todo = report("--year", "2026", "--todo").out.splitlines()[-1]
    written = report("--year", "2026", "--format", "docx,md,html").out.splitlines()[-1]
    assert todo == written == "本稿尚有 7 处需人工撰写，另有 4 处待补，补全记录后重出。"


def test_what_has_been_written_is_left_out_of_todo(report: Run) -> None:
    Path("补写.txt").write_text("【问题一】\n学得不深。\n【问题二】\n走访不够。\n", encoding="utf-8")
    todo = ("--debrief", "2026", "--todo")
    assert "本稿尚有 14 处需人工撰写" in report(*todo).out
    assert "本稿尚有 12 处需人工撰写" in report(*todo, "--texts", "补写.txt").out
    assert "〔请补充：问题五〕" in report(*todo, "--problems", "5").out
    six = report(*todo, "--problems", "6")
    assert (six.code, six.out) == (2, "")
    assert "“6”不行：述职写3至5个问题，请写 3、4 或 5。" in six.err


def test_one_file_of_own_words_serves_both_papers_of_the_account(report: Run) -> None:
    names = [f"问题{n}" for n in "一二三"] + [f"问题{n}的原因" for n in "一二三"]
    Path("补写.txt").write_text("".join(f"【{name}】\n自己写的。\n" for name in names), encoding="utf-8")
    for paper in ("述职报告", "述职发言稿"):
        answer = report(paper, "--year", "2026", "--texts", "补写.txt", "--format", "md")
        assert answer.code == 0, answer.err
    assert Path("2026年度述职发言稿.md").read_text(encoding="utf-8").count("自己写的。") == 6


def test_todo_writes_no_file_and_knows_no_tables(report: Run) -> None:
    assert report("--year", "2026", "--todo", "-o", "总结.docx").code == 2
    assert report("--year", "2026", "--todo", "--final").code == 2
    answer = report("谈心谈话登记表", "--year", "2026", "--todo")
    assert answer.code == 12
    assert "是表格，没有要撰写的段落" in answer.err


def test_final_refuses_while_anything_is_left(report: Run) -> None:
    answer = report("组织生活会报告", "--year", "2026", "--final")
    assert answer.code != 0
    assert "不能定稿" in answer.err
    assert not list(Path().glob("*.docx"))


@pytest.mark.parametrize("paper", ["年度工作总结", "组织生活会和民主评议党员情况报告"])
def test_material_is_written_beside_it_when_asked_for(report: Run, paper: str) -> None:
    assert report(paper, "--year", "2026", "--material", "--format", "docx").code == 0
    (material,) = Path().glob("*素材清单.docx")
    assert material.name.startswith("2026年")


def test_the_list_names_what_is_printed_for_a_meeting_to_come(zhibu: Run) -> None:
    out = zhibu("report", "--list").out
    papers, by_hand = out.split("只为今天或以后的会，用 zhibu form 出（.docx）：\n")
    for title in ("组织生活会和民主评议党员情况报告", "年度工作总结", "述职发言稿"):
        assert f"{title}  " in papers  # never against its option
    heads = [line for line in by_hand.splitlines() if not line.startswith(" ")]
    assert heads == ["会议通知", "签到表", "记录表", "测评票、选举票、表决票"]


@pytest.mark.parametrize("word", ["18", "18栏", "１８栏"])
def test_a_layout_is_named_by_its_columns(zhibu: Run, tmp_path: Path, word: str) -> None:
    write_ledger(tmp_path / "zhibu.db")
    zhibu("report", "--roster", "--layout", word, "--format", "md", "-o", ".")
    assert "员工工号" in (tmp_path / "党员名册-18.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (("report", "--roster", "--layout", "7"), "党员名册没有“7”这种版式", "可写：8、18、24"),
        (("report", "移交清单", "--layout", "8"), "党支部工作移交清单只有一种版式", "不要写 --layout"),
        (("template", "copy", "花名册", "--layout", "../8"), "党员名册没有“../8”这种版式", "可写：8、18、24"),
    ],
)
def test_a_layout_that_there_is_not_is_refused(
    zhibu: Run, tmp_path: Path, argv: tuple[str, ...], message: str, hint: str
) -> None:
    write_ledger(tmp_path / "zhibu.db")
    answer = zhibu(*argv)
    assert (answer.code, answer.err) == (12, f"错误：{message}。\n提示：{hint}。\n")
    assert not [path for path in tmp_path.iterdir() if path.name != "zhibu.db"]


_WHICH = "例如 --record S12；编号见 zhibu list。"
_NO_RECORD = "去掉 --record；写法见 zhibu report --list。"
_NO_TEXTS = "去掉 --texts；它只用于报告、总结、述职这些文字材料。"
_NO_PROBLEMS = "去掉 --problems；它只用于述职报告、述职发言稿。"
_NO_PERIOD = "去掉 --quarter、--year；要某一天的情况，写 --as-of 和日期，不写就是今天。"


@pytest.mark.parametrize(
    ("argv", "message", "hint"),
    [
        (("移交清单", "--year", "2026"), "党支部工作移交清单写的是一天的情况，不分季度、年份", _NO_PERIOD),
        (("党员名册", "--quarter", "2026Q1"), "党员名册写的是一天的情况，不分季度、年份", _NO_PERIOD),
        (("移交清单", "--record", "S1"), "党支部工作移交清单不按记录出", _NO_RECORD),
        (("谈心谈话登记表", "--record", "S1"), "谈心谈话登记表不按记录出", _NO_RECORD),
        (("会议记录", "--year", "2026"), "会议记录写的是一条记录，不分季度、年份", _WHICH),
        (("原件清单", "--year", "2026", "--texts", "补写.txt"), "迎检原件清单没有要补写的段落", _NO_TEXTS),
        (("--quarter", "2026Q3", "--problems", "4"), "党建工作报告不按问题个数出", _NO_PROBLEMS),
    ],
)
def test_what_a_paper_would_be_made_without_is_refused(
    zhibu: Run, tmp_path: Path, argv: tuple[str, ...], message: str, hint: str
) -> None:
    write_ledger(tmp_path / "zhibu.db")
    answer = zhibu("report", *argv)
    assert (answer.code, answer.err) == (12, f"错误：{message}。\n提示：{hint}\n")
    assert not [path for path in tmp_path.iterdir() if path.name != "zhibu.db"]


def test_a_card_of_one_member_bears_the_name_in_the_files(zhibu: Run, tmp_path: Path) -> None:
    write_ledger(tmp_path / "zhibu.db")
    for who in ("赵四", "m4"):
        zhibu("report", "民主评议登记表", "--year", "2025", "--member", who, "--yes")
    assert [path.name for path in tmp_path.glob("*.docx")] == ["2025年民主评议党员登记表-赵四.docx"]


@pytest.mark.parametrize(
    ("argv", "code", "message"),
    [
        (("民主评议登记表", "--year", "2025", "--member", "钱某"), 14, "名册里没有“钱某”。"),
        (("党员名册", "--member", "赵四"), 12, "党员名册不按人出。"),
        (("民主评议党员汇总表", "--year", "2025", "--full"), 12, "民主评议党员汇总表不印身份证号、手机号。"),
    ],
)
def test_a_paper_for_nobody_is_refused(
    zhibu: Run, tmp_path: Path, argv: tuple[str, ...], code: int, message: str
) -> None:
    write_ledger(tmp_path / "zhibu.db")
    answer = zhibu("report", *argv)
    assert (answer.code, answer.err.splitlines()[0]) == (code, f"错误：{message}")


def test_the_list_for_a_successor_tells_what_due_tells_of_the_next_ninety_days(
    zhibu: Run, tmp_path: Path
) -> None:
    write_ledger(tmp_path / "zhibu.db")
    zhibu("report", "移交清单", "--format", "md", "-o", "移交.md", now=NOW)
    lines = Path("移交.md").read_text(encoding="utf-8").splitlines()
    # 6 January 2027 is the last of the 90 days; September's theme day stands in a line of its own
    owed = zhibu("due", "--within", "90d", "--format", "json", now=NOW).out
    due = [row["due"] for row in json.loads(owed)["due"] if row["rule"] == "theme-day-monthly"]
    line, unseen = [line.split(" | ") for line in lines if "主题党日每月一次" in line]
    assert unseen[2:5] == ["上期未见记录", "1", "2026-09-30"]
    assert due == ["2026-10-31", "2026-11-30", "2026-12-31"]
    assert line[2:5] == ["将要到期", "3", "2026-10-31"]


def last_lines(name: str) -> list[str]:
    return Path(name).read_text(encoding="utf-8").rstrip().splitlines()[-3:]


def test_a_paper_bears_the_day_of_printing_and_tells_the_day_up_to_which_it_counts(report: Run) -> None:
    report("--quarter", "2026Q3", "--format", "md", "-o", "今天.md")
    assert last_lines("今天.md")[-1] == "2026年10月8日"
    report("--quarter", "2026Q3", "--format", "md", "-o", "八月.md", "--as-of", "2026-08-15")
    assert last_lines("八月.md") == ["2026年10月8日", "", "（数据截至2026年8月15日）"]
    words = Path("八月.md").read_text(encoding="utf-8")
    assert "尚未结束" not in words  # the quarter is over on the day of printing
    assert "\n数据截至2026年8月15日。支部共有党员10名" in words


def test_the_account_of_the_year_bears_both_days_under_its_title(report: Run) -> None:
    report("--debrief", "2026", "--format", "md", "-o", "述职.md", "--as-of", "2026-09-30")
    words = Path("述职.md").read_text(encoding="utf-8")
    assert "（2026年10月8日，数据截至2026年9月30日）" in words
    assert "本年度尚未结束，数据截至2026年9月30日。" in words


@pytest.mark.parametrize("more", [(), ("--todo",)])
def test_no_paper_counts_days_that_are_still_to_come(report: Run, more: tuple[str, ...]) -> None:
    answer = report("--quarter", "2026Q4", "--as-of", "2026-10-09", *more)
    assert (answer.code, answer.err.splitlines()[0]) == (
        12,
        "错误：材料的数据最晚截至今天（2026年10月8日），不能截至2026年10月9日。",
    )
    assert not [path for path in Path().iterdir() if path.name != "zhibu.db"]


def test_the_plan_of_a_quarter_that_is_over_is_not_made_by_dating_it_back(report: Run) -> None:
    answer = report("计划报备表", "--quarter", "2026Q3", "--as-of", "2026-07-01")
    assert answer.code != 0
    assert "2026年第三季度已经结束，不能再出" in answer.err
    assert report("计划报备表", "--quarter", "2027Q1", "--format", "md", "-o", "计划.md").code == 0
    assert "填报日期：2026年10月8日" in Path("计划.md").read_text(encoding="utf-8")
