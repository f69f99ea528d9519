"""Import asks before it writes; export does not overwrite unasked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

MEMBERS = "姓名,入党时间,党员类别,爱好\n张三,2010-07-01,正式,篮球\n李四,2025-07-01,预备,\n"


@pytest.fixture
def roster_file() -> Path:
    path = Path("党员名册.csv")
    path.write_text(MEMBERS, encoding="utf-8-sig")
    return path


def test_a_script_without_yes_is_shown_the_plan_and_refused(branch: Run, roster_file: Path) -> None:
    before = Path("zhibu.db").read_bytes()
    answer = branch("import", str(roster_file))
    assert answer.code == 2
    assert "党员名册  2     0     0" in answer.out
    assert "加 --yes 才写入" in answer.err
    assert Path("zhibu.db").read_bytes() == before


def test_a_dry_run_writes_nothing_and_is_no_error(branch: Run, roster_file: Path) -> None:
    before = Path("zhibu.db").read_bytes()
    answer = branch("import", str(roster_file), "--dry-run")
    assert answer.code == 0
    assert answer.out.endswith("这是预演，没有写入。\n")
    assert Path("zhibu.db").read_bytes() == before


def test_unknown_columns_are_named_in_the_answer(branch: Run, roster_file: Path) -> None:
    assert "爱好" in branch("import", str(roster_file), "--dry-run").out


def test_with_yes_it_is_written_once_and_a_second_run_changes_nothing(branch: Run, roster_file: Path) -> None:
    first = branch("import", str(roster_file), "--yes")
    assert first.code == 0, first.err
    assert "已导入（I1）：新增 2 条，更新 0 条" in first.out
    assert "不得录入国家秘密、工作秘密" in first.err
    second = branch("import", str(roster_file), "--yes")
    assert second.code == 0
    assert "台账里都已经有了，没有写入。" in second.out
    assert "在册 2 人：正式 1 人、预备 1 人" in branch("member", "list").out


def test_an_amended_row_is_shown_before_it_is_written(branch: Run, roster_file: Path) -> None:
    branch("import", str(roster_file), "--yes")
    roster_file.write_text(MEMBERS.replace("2010-07-01", "2010-08-01"), encoding="utf-8-sig")
    answer = branch("import", str(roster_file), "--dry-run")
    assert "入党时间：2010-07-01 → 2010-08-01" in answer.out


def test_at_a_terminal_the_answer_decides(branch: Run, roster_file: Path) -> None:
    assert branch("import", str(roster_file), typed=["n"]).code == 130
    assert "还没有人" in branch("member", "list").out
    assert branch("import", str(roster_file), typed=["y"]).code == 0
    assert "在册 2 人" in branch("member", "list").out


def test_every_problem_is_listed_and_nothing_is_written(branch: Run) -> None:
    Path("党员名册.csv").write_text(
        "姓名,入党时间,党员类别\n张三,2010-13-01,正式\n李四,2025-07-01,积极\n", encoding="utf-8-sig"
    )
    answer = branch("import", "党员名册.csv", "--yes")
    assert answer.code == 13
    assert "有2处问题" in answer.err
    assert "第2行" in answer.err
    assert "第3行" in answer.err
    assert "还没有人" in branch("member", "list").out


def test_a_missing_file_is_told_in_chinese(branch: Run) -> None:
    answer = branch("import", "没有.xlsx", "--yes")
    assert answer.code != 0
    assert "没有.xlsx" in answer.err
    assert "没有料到" not in answer.err


def test_an_export_is_read_back_and_not_overwritten_unasked(branch: Run, roster_file: Path) -> None:
    branch("import", str(roster_file), "--yes")
    answer = branch("export", "-o", "台账.json")
    assert answer.code == 0, answer.err
    assert branch("export", "-o", "台账.json").code == 15
    assert branch("export", "-o", "台账.json", "--yes").code == 0
    assert "台账里都已经有了" in branch("import", "台账.json", "--yes").out


def test_without_a_target_the_option_is_asked_for(branch: Run) -> None:
    assert branch("export").code == 2


FOREIGN = Path(__file__).parents[1] / "exchange" / "workbooks"


def test_what_was_understood_is_shown_before_anything_is_written(branch: Run) -> None:
    before = Path("zhibu.db").read_bytes()
    answer = branch("import", str(FOREIGN / "theme_days15.xls"), "--dry-run")
    assert answer.code == 0
    text = "".join(answer.out.split())
    assert "工作表“Sheet1”→组织生活（按标题认出；类型都记作“主题党日”）：取1行" in text
    assert "H实际时间→日期" in text
    assert "F活动名称→并入“备注”" in text
    assert "不导入：A所在分党委编码（党组织编码）" in text
    assert "首条将录作组织生活S1：类型主题党日；日期2025-03-20" in text
    assert Path("zhibu.db").read_bytes() == before


def test_the_ledgers_own_layout_needs_one_line_only(branch: Run) -> None:
    Path("党员名册.csv").write_text("姓名,入党时间,党员类别\n张三,2010-07-01,正式\n", encoding="utf-8")
    answer = branch("import", "党员名册.csv", "--dry-run")
    assert "工作表“党员名册” → 党员名册：取1行\n" in answer.out


def test_a_column_may_be_named_for_one_run(branch: Run) -> None:
    Path("党课.csv").write_text("上课日,讲者\n2026-03-05,张三\n", encoding="utf-8")
    assert branch("import", "党课.csv", "--yes").code == 13
    answer = branch("import", "党课.csv", "--map", "上课日=日期", "--map", "讲者＝主讲人", "--yes")
    assert answer.code == 0, answer.err
    assert "新增 1 条" in answer.out


@pytest.mark.parametrize(
    ("said", "code", "word"), [("上课日", 2, "列名=字段"), ("上课日=那天", 12, "没有名为“那天”的字段")]
)
def test_a_map_that_says_nothing_is_refused_in_chinese(branch: Run, said: str, code: int, word: str) -> None:
    Path("党课.csv").write_text("上课日,讲者\n2026-03-05,张三\n", encoding="utf-8")
    answer = branch("import", "党课.csv", "--map", said, "--yes")
    assert answer.code == code
    assert word in answer.err


def test_at_a_terminal_the_user_says_which_of_two_is_meant(branch: Run) -> None:
    twins = ("张三,2010-07-01,正式,一组", "张三,2012-07-01,正式,二组")
    Path("党员名册.csv").write_text("\n".join(["姓名,入党时间,党员类别,党小组", *twins]), encoding="utf-8")
    assert branch("import", "党员名册.csv", "--yes").code == 0
    Path("党课.csv").write_text("日期,主讲人\n2026-03-05,张三\n", encoding="utf-8")
    assert branch("import", "党课.csv", "--yes").code == 13
    answer = branch("import", "党课.csv", typed=["2", "y"])
    assert answer.code == 0, answer.err
    assert "第2行“主讲人”写的“张三”有2人同名" in answer.out
    assert "M2 张三（二组，2012-07-01入党）" in answer.out
    assert "张三 M2" in branch("show", "S1").out
