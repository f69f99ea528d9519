"""``zhibu template`` and own templates at the terminal: where a copy may go, what a report refuses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.report.factory import write_ledger

if TYPE_CHECKING:
    from tests.cli.conftest import Answer, Run

NOW = datetime(2026, 10, 8, 9, 0)
QUARTER = ("report", "--quarter", "2026Q3")


@pytest.fixture
def run(zhibu: Run, tmp_path: Path) -> Run:
    """The program in a folder with the ledger of tests/report/factory.py, on 8 October 2026."""
    write_ledger(tmp_path / "zhibu.db")

    def call(*argv: str, **_: object) -> Answer:
        return zhibu(*argv, now=NOW)

    return call


def test_a_copy_never_takes_the_ledgers_place(run: Run) -> None:
    before = Path("zhibu.db").read_bytes()
    Path("台账.docx").write_bytes(before)
    answer = run("template", "copy", "党建工作报告", "-o", "zhibu.db", "--yes")
    assert (answer.code, "与格式" in answer.err) == (12, True), answer.err
    answer = run("template", "copy", "党建工作报告", "-o", "台账.docx", "--yes")
    assert answer.code == 12
    answer = run("template", "copy", "党建工作报告", "-o", "台账.docx", "--yes", "--db", "台账.docx")
    assert answer.code == 12
    assert Path("zhibu.db").read_bytes() == Path("台账.docx").read_bytes() == before


def test_a_copys_name_says_its_format(run: Run) -> None:
    assert run("template", "copy", "党建工作报告", "-o", "表.xlsx").code == 0
    assert Path("表.xlsx").read_bytes()[:2] == b"PK"
    assert run("template", "copy", "党建工作报告", "-o", "文.md").code == 0
    assert run("template", "copy", "党建工作报告", "-o", "x.txt").code == 12
    assert run("template", "copy", "党建工作报告", "--format", "docx", "-o", "别.xlsx").code == 12
    assert not Path("别.xlsx").exists()


def test_a_paper_is_not_written_over_its_own_template_or_what_is_attached(run: Run) -> None:
    assert run("template", "copy", "党建工作报告").code == 0
    own = Path("zhibu.db.模板/党建工作报告.docx")
    before = own.read_bytes()
    assert run(*QUARTER, "-o", str(own), "--yes").code == 12
    assert run(*QUARTER, "-o", "zhibu.db.模板", "--yes").code == 12
    assert own.read_bytes() == before
    Path("zhibu.db.附件").mkdir()
    kept = Path("zhibu.db.附件/签到.docx")
    kept.write_bytes(b"KEPT")
    answer = run(*QUARTER, "-o", str(kept), "--yes")
    assert (answer.code, "存附件的文件夹" in answer.err) == (12, True), answer.err
    answer = run("export", "-o", str(kept.with_suffix(".xlsx")), "--yes")
    assert answer.code == 12
    assert kept.read_bytes() == b"KEPT"


def test_the_name_asked_for_is_the_name_written(run: Run) -> None:
    assert run(*QUARTER, "-o", "页.htm").code == 0
    assert run(*QUARTER, "--format", "docx,docx,html", "-o", "两种.htm").code == 0
    assert sorted(path.name for path in Path().glob("*.*") if path.suffix != ".db") == [
        "两种.docx",
        "两种.htm",
        "页.htm",
    ]
    assert "与格式 docx、md 不一致" in run(*QUARTER, "--format", "docx,md", "-o", "三.html").err
    assert "不能写成“老.doc”" in run(*QUARTER, "-o", "老.doc").err


def test_the_check_says_what_the_report_says(run: Run) -> None:
    Path("季报.md").write_text(
        "{{ branhc }}\n{% for s in sittings %}{{ s.thema }}{% endfor %}", encoding="utf-8"
    )
    checked = run("template", "check", "季报.md", "党建工作报告")
    reported = run(*QUARTER, "--template", "季报.md", "-o", "出.md")
    assert (checked.code, checked.err) == (reported.code, reported.err)
    assert checked.code == 18
    assert checked.err.splitlines()[:3] == [
        "错误：模板“季报.md”有2处问题：",
        "  1. 第1行：没有“branhc”这个字段，是不是 branch？",
        "  2. 第2行：没有“s.thema”这个字段，是不是 s.theme？",
    ]
    assert not Path("出.md").exists()


def test_a_template_of_another_paper_or_none_is_refused_by_both(run: Run) -> None:
    Path("夹.docx").mkdir()
    for name, code in (("夹.docx", 18), ("没有.docx", 18), ("表.doc", 12)):
        if name == "表.doc":
            Path(name).write_bytes(b"x")
        checked = run("template", "check", name, "党建工作报告")
        reported = run(*QUARTER, "--template", name, "-o", "出.docx")
        assert (checked.code, checked.err) == (reported.code, reported.err)
        assert checked.code == code


def test_a_form_of_others_is_checked_with_its_mapping(run: Run) -> None:
    openpyxl.Workbook().save("上级.xlsx")
    Path("对照.toml").write_text('[[cell]]\nat = "C5"\nvalue = "{{ figures.member }}"\n', encoding="utf-8")
    given = ("--map", "对照.toml")
    checked = run("template", "check", "上级.xlsx", "党建工作报告", *given)
    reported = run(*QUARTER, "--template", "上级.xlsx", "-o", "出.xlsx", *given)
    assert (checked.code, checked.err) == (reported.code, reported.err)
    assert "第1个[[cell]]（工作表“Sheet”C5）：没有“figures.member”这个字段" in checked.err
    Path("对照.toml").write_text('[[cell]]\nat = "C5"\nvalue = "{{ figures.members }}"\n', encoding="utf-8")
    assert run("template", "check", "上级.xlsx", "党建工作报告", *given).out.startswith(
        "“上级.xlsx”可以用来出"
    )
    assert run(*QUARTER, "--template", "上级.xlsx", "-o", "出.xlsx", *given).code == 0
    assert openpyxl.load_workbook("出.xlsx").worksheets[0]["C5"].value == 10


def test_a_name_too_long_or_of_an_ending_alone_is_refused(run: Run) -> None:
    long = run(*QUARTER, "-o", "长" * 90 + ".docx")
    assert (long.code, "文件名太长" in long.err) == (12, True), long.err
    bare = run(*QUARTER, "-o", ".docx")
    assert (bare.code, "只有扩展名" in bare.err) == (12, True), bare.err
    assert run(*QUARTER, "-o", "长" * 70 + ".md").code == 0


@pytest.mark.parametrize("name", ["-", "./-", "", " "])
def test_a_dash_or_nothing_is_no_name_of_a_file(run: Run, name: str) -> None:
    before = sorted(Path().iterdir())
    answer = run(*QUARTER, "-o", name)
    assert answer.code == 2
    assert "写文件名" in answer.err
    assert sorted(Path().iterdir()) == before


def test_the_users_own_folder_is_meant_by_a_tilde(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    assert run(*QUARTER, "-o", "~/报告/季报.md").code == 0
    assert (tmp_path / "home" / "报告" / "季报.md").is_file()
    assert not Path("~").exists()


def test_the_template_of_a_plan_is_tried_with_the_quarter_that_runs(run: Run) -> None:
    """The latest sitting of the ledger is of the third quarter, for which no plan is made any more."""
    assert run("template", "copy", "主题党日计划报备表", "-o", "表.docx").code == 0
    assert run("template", "check", "表.docx", "主题党日计划报备表").code == 0
    fields = run("template", "fields", "主题党日计划报备表")
    assert "2026年第四季度" in fields.out, fields.err


def test_a_trace_of_a_paper_without_figures_is_said_to_have_nothing(run: Run) -> None:
    answer = run("report", "原件清单", "--year", "2026", "--trace", "-o", "清单.md")
    assert answer.code == 0
    assert "这种材料里没有统计数字，没有数据来源表可附" in answer.err
    assert "没有统计数字" not in run("report", "考勤表", "--year", "2026", "--trace", "-o", "考勤.md").err
    Path("自己.md").write_text("{{ title }}", encoding="utf-8")
    assert (
        run("report", "原件清单", "--year", "2026", "--trace", "-o", "乙", "--template", "自己.md").code == 0
    )
    assert [file.suffix for file in Path("乙").iterdir()] == [".md"]


def test_the_check_that_is_proposed_after_a_copy_finds_the_file(run: Run) -> None:
    answer = run("template", "copy", "谈心谈话登记表", "--format", "xlsx")
    file = answer.err.rstrip().rpartition("zhibu template check ")[2].strip('"')
    assert run("template", "check", file).code == 0
