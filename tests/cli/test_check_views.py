"""What ``zhibu check`` shows and writes beside its plain answer: views, details, papers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.report.factory import finding, full_ledger

from zhibu_cli.app.checking import CheckResult
from zhibu_cli.cli.check_view import check_table, months_table, talks_table, verdict_table
from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.period import Span
from zhibu_cli.model.rule import Severity
from zhibu_cli.text import display_width

if TYPE_CHECKING:
    from tests.cli.conftest import Run

RULES = ("--rule", "general-meeting-quarterly", "--rule", "theme-day-monthly")
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def result(findings: tuple[Finding, ...]) -> CheckResult:
    return CheckResult(as_of=date(2026, 10, 8), asked=YEAR, ledger=full_ledger(), packs=(), findings=findings)


def test_the_calendar_follows_the_verdict(branch: Run) -> None:
    branch("record", "meeting", "--kind", "党员大会", "--date", "3月5日")
    lines = branch("check", *RULES, "--as-of", "2026-04-01").out.splitlines()
    top = lines.index("2026年全年组织生活一览表")
    assert lines.index("结论") < top < lines.index("一、未见记录和问题（3 项）")
    assert lines[top + 1].startswith("事项／月份                |1    |2    |3    |4    |")
    assert lines[top + 3].startswith("主题党日每月一次          |未   |未   |未   |待   |")
    assert lines[top + 4].startswith("支部党员大会每季度至少一次|已 3月5日        |待")
    assert lines[top + 5].startswith("图例：未 未见记录　待 本期未结束　已 已落实。")


@pytest.mark.parametrize("word", ["一览", "months"])
def test_the_calendar_alone(branch: Run, word: str) -> None:
    out = branch("check", *RULES, "--as-of", "2026-04-01", "--view", word).out
    assert "2026年全年组织生活一览表" in out
    assert "事实：" not in out
    assert "结论" not in out


@pytest.mark.parametrize("word", ["结论", "verdict"])
def test_the_verdict_alone(branch: Run, word: str) -> None:
    lines = branch("check", *RULES, "--as-of", "2026-04-01", "--view", word).out.splitlines()
    assert lines[2:] == [
        "",
        "结论",
        "  未见记录 4 项：支部党员大会每季度至少一次；主题党日每月一次（3）",
        "  本期未结束 2 项：支部党员大会每季度至少一次；主题党日每月一次",
    ]


def test_the_end_of_a_long_answer_repeats_the_number_of_failures(branch: Run) -> None:
    out = branch("check", *RULES, "--as-of", "2026-04-01").out
    assert out.splitlines()[-1].startswith(
        "共 4 项未见记录或问题；从上面“一、”看起，只看结论用 --view 结论。"
    )
    assert "共 " not in branch("check", *RULES, "--as-of", "2026-01-02").out


def test_a_notice_stands_behind_the_verdict(branch: Run) -> None:
    answer = replace(result(many_kinds()[:20]), notes=("本支部改了一条规则。",))
    lines = check_table(answer, 80).splitlines()
    top = lines.index("注意：本支部改了一条规则。")
    assert lines.index("结论") < top < lines.index("2026年全年组织生活一览表")
    assert verdict_table(answer, 80).splitlines()[-1] == "注意：另有 1 条说明，见 zhibu check 的全部结果。"


def test_what_is_to_be_put_right_is_named_before_anything_else() -> None:
    """Twenty duties without their records are all named, though much else is open or cannot be judged."""
    missing = tuple(
        finding(
            f"a-{one}",
            Status.MISSED,
            due="2026-03-31",
            key="2026-Q1",
            title=f"第{one}项组织生活制度的要求",
            severity=Severity.ERROR,
        )
        for one in range(20)
    )
    open_ = tuple(one for one in many_kinds() if one.status in {Status.AT_RISK, Status.UNKNOWN})
    lines = check_table(result((*missing, *open_)), 80).splitlines()
    end = lines.index("2026年全年组织生活一览表")
    verdict = "".join(line.strip() for line in lines[:end])
    assert all(f"第{one}项组织生活制度的要求" in verdict for one in range(20))
    assert verdict.count("…等 100 个事项") == 2
    assert end <= 21


def test_a_long_group_shows_its_first_ten_and_the_number_of_the_others() -> None:
    def months(number: int) -> tuple[Finding, ...]:
        keys = [f"202{year}-{month:02}" for year in (5, 6) for month in range(1, 13)][:number]
        return tuple(finding("theme-day-monthly", Status.MISSED, due=f"{key}-28", key=key) for key in keys)

    assert check_table(result(months(12)), 80).count("事实：") == 12
    long = check_table(result(months(13)), 80)
    assert long.count("事实：") == 10
    assert "其余 3 条：--verbose 全部列出" in long
    assert check_table(result(months(13)), 80, verbose=True).count("事实：") == 13
    from zhibu_cli.app.check_text import markdown

    assert markdown(result(months(13))).count("事实：") == 13


def test_what_names_members_is_marked_as_internal_in_markdown_too() -> None:
    from zhibu_cli.app.check_text import markdown

    missed = finding("theme-day-monthly", Status.MISSED, due="2026-03-31", key="2026-03")
    pair = finding("talk-committee-pairs", Status.MISSED, due="2026-12-31", key="2026", name="张一、李三")
    named = replace(pair, subject=replace(pair.subject, kind=SubjectKind.PAIR, id="M1+M3"))
    assert "勿外传" not in markdown(result((missed,)))
    before, _, behind = markdown(result((missed, named))).partition("## 结论")
    assert "**内部核对清单，勿外传**" in before
    assert "**内部核对清单，勿外传**" in behind


def test_what_lies_before_the_books_were_begun_is_one_line(branch: Run) -> None:
    asked = ("check", *RULES, "--year", "2025", "--as-of", "2026-04-01")
    branch("amend", "B1", "--ledger-from", "2026-01-01", "--reason", "自2026年起登记")
    out = branch(*asked).out
    flat = "".join(line.strip() for line in out.splitlines())
    assert "“组织生活”自2026年1月1日起登记，此前情况无法判断（16 项，--verbose 逐项列出）" in flat
    assert "事项：支部党员大会每季度至少一次（4）；主题党日每月一次（12）" in flat
    assert "〔2025-03〕" not in out
    assert "〔2025-03〕" in branch(*asked, "--verbose").out
    assert branch(*asked, "--format", "md").out.count("事实：") == 16


def test_a_file_name_of_a_kind_nobody_knows_is_refused(branch: Run) -> None:
    for command in (("check",), ("due",), ("plan", "2026")):
        answer = branch(*command, "-o", "核对.pdf")
        assert answer.code != 0
        assert "扩展名“.pdf”认不出是哪种格式" in answer.err
        assert ".docx" in answer.err
        assert not Path("核对.pdf").exists()
    assert ".ics" in branch("due", "-o", "近期.pdf").err
    assert ".json" not in branch("plan", "2026", "-o", "计划.pdf").err


@pytest.mark.parametrize("word", ["谈话", "talks"])
def test_the_talks_alone(branch: Run, word: str) -> None:
    for name, post in (("张三", "书记"), ("李四", "组织委员"), ("王五", "宣传委员")):
        branch("member", "add", name, "--joined", "2001-07-01", "--status", "正式")
        branch("post", "add", name, "--post", post, "--since", "2024-05-10", "--origin", "换届选举")
    talk = ("--talker", "张三", "--partner", "李四")
    made = branch("record", "talk", "--date", "2026-02-03", *talk)
    assert made.code == 0, made.err
    lines = branch("check", "--as-of", "2026-03-09", "--view", word).out.splitlines()
    assert "内部核对清单，勿外传" in lines
    assert "2026年谈心谈话覆盖情况表" in lines
    assert "M1 张三 书记    |－   |2.3  |待   |" in lines
    assert "M3 王五 宣传委员|待   |待   |－   |" in lines


def test_an_unknown_view_is_answered_with_the_views_there_are(branch: Run) -> None:
    answer = branch("check", "--view", "饼图")
    assert answer.code == 2
    assert "“饼图”不在可选之列；可写：结果、结论、一览、谈话。" in answer.err


def test_the_views_are_in_the_help(zhibu: Run) -> None:
    out = zhibu("check", "--help").out
    for words in ("--view", "结果", "一览", "谈话", "--verbose", "html", "xlsx", "docx"):
        assert words in out


def test_a_narrow_window_says_that_the_calendar_is_left_out(
    branch: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    out = branch("check", *RULES).out
    assert "窗口不足 80 列" in out
    assert "一览表\n" not in out
    assert max(map(display_width, out.splitlines())) <= 60


def test_details_are_shown_only_on_request_and_only_at_the_terminal(branch: Run) -> None:
    alike = finding(
        "record-near-duplicate-text", Status.MISSED, due="2026-05-04", key="S4", subject=SubjectKind.RECORD
    )
    answer = result((replace(alike, message="与 S3 的内容相近。", detail="相同部分约占87%。"),))
    assert "与 S3 的内容相近。〔S4〕" in check_table(answer, 80)
    assert "87%" not in check_table(answer, 80)
    assert "与 S3 的内容相近。相同部分约占87%。〔S4〕" in check_table(answer, 80, verbose=True)
    from zhibu_cli.app.check_files import rendered
    from zhibu_cli.app.check_text import markdown
    from zhibu_cli.app.checking import to_json

    others = [rendered(answer, "html").decode(), markdown(answer), json.dumps(to_json(answer))]
    assert not [text for text in others if "87%" in text]


def many_kinds() -> tuple[Finding, ...]:
    """A hundred duties with long names, in every status and severity, of duties and of records."""
    return tuple(
        finding(
            f"rule-{number}-{status.value}-{severity.value}-{kind.value}",
            status,
            due="2026-03-31",
            key="2026-Q1",
            title=f"名称相当长的第{number}项组织生活制度要求",
            severity=severity,
            subject=kind,
        )
        for number in range(100)
        for status in Status
        for severity in Severity
        for kind in (SubjectKind.BRANCH, SubjectKind.RECORD)
    )


def test_the_verdict_of_the_worst_year_fits_one_screen() -> None:
    lines = check_table(result(many_kinds()), 80).splitlines()
    end = lines.index("2026年全年组织生活一览表")
    assert end <= 21
    assert max(map(display_width, lines[:end])) <= 80
    assert any("…等 100 个事项" in line for line in lines[:end])
    for word in ("未见记录 100 项", "提醒 100 项", "临近到期 800 项", "无法判断 800 项", "已落实 800 项"):
        assert any(line.strip().startswith(word) for line in lines[:end])


def test_names_of_members_stand_in_the_details_not_in_the_verdict() -> None:
    pair = finding("talk-committee-pairs", Status.MISSED, due="2026-12-31", start="2026-01-01", key="2026")
    subject = Subject(kind=SubjectKind.PAIR, id="M1+M3", name="张一、李三")
    text = check_table(result((replace(pair, subject=subject, message="未见两人的谈话。"),)), 80)
    verdict, _, details = text.partition("一、未见记录和问题（1 项）　内部核对清单，勿外传")
    assert "张一" not in verdict
    assert "2026年 张一、李三：未见两人的谈话。" in details


def test_no_line_of_the_grids_is_wider_than_the_terminal() -> None:
    answer = result(many_kinds()[:50])
    for text in (months_table(answer, 80), talks_table(answer, 80)):
        assert max(map(display_width, text.splitlines())) <= 80


@pytest.mark.parametrize("form", ["html", "xlsx", "docx"])
def test_a_paper_is_written_where_it_is_asked_for_or_here(branch: Run, form: str) -> None:
    asked = ("check", *RULES, "--as-of", "2026-04-01", "--format", form)
    answer = branch(*asked)
    assert (answer.code, answer.out) == (1, "")
    assert "已写到" in answer.err
    assert Path(f"核对结果.{form}").stat().st_size > 1000
    assert branch(*asked).code == 15
    assert branch(*asked, "--yes").code == 1
    Path("夹").mkdir()
    branch(*asked, "-o", "夹")
    assert Path(f"夹/核对结果.{form}").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "md", "--view", "谈话"), "说明：--view 只用于终端上的 table 格式，这里没有用到。"),
        (("--format", "json", "-v"), "说明：--verbose 只用于终端上的 table 格式，这里没有用到。"),
        (
            ("-o", "一.html", "--view", "一览", "--verbose"),
            "说明：--view、--verbose 只用于终端上的 table 格式，这里没有用到。",
        ),
        (("--view", "谈话", "-v"), "说明：--verbose 只用于“结果”（--view 结果），这里没有用到。"),
        (("--verbose",), ""),
        (("--view", "谈话"), ""),
        (("--format", "md"), ""),
    ],
)
def test_an_option_that_changes_nothing_says_so_in_one_line(
    branch: Run, options: tuple[str, ...], said: str
) -> None:
    told = branch("check", *RULES, "--as-of", "2026-04-01", *options).err
    assert [line for line in told.splitlines() if line.startswith("说明：")] == ([said] if said else [])


def test_the_name_of_the_file_tells_the_format(branch: Run) -> None:
    branch("check", *RULES, "-o", "一.html")
    assert Path("一.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    branch("check", *RULES, "-o", "二.json")
    assert json.loads(Path("二.json").read_text(encoding="utf-8"))["schema_version"] == 1
    answer = branch("check", *RULES, "--format", "docx", "-o", "三.html")
    assert answer.code != 0
    assert "文件名“三.html”与格式 docx 不一致。" in answer.err
    assert not Path("三.html").exists()


@pytest.mark.parametrize("form", ["table", "json", "md", "html", "xlsx", "docx"])
def test_the_ledger_itself_is_never_written_over(branch: Run, form: str) -> None:
    before = Path("zhibu.db").read_bytes()
    answer = branch("check", *RULES, "--format", form, "-o", "zhibu.db", "--yes")
    assert "不能写到它上面" in answer.err
    assert Path("zhibu.db").read_bytes() == before


@pytest.mark.parametrize("target", ["别的支部.db", "local.toml"])
def test_nothing_that_is_read_is_written_over(branch: Run, target: str) -> None:
    Path("别的支部.db").write_bytes(Path("zhibu.db").read_bytes())
    Path("local.toml").write_text('on = ["地方做法"]\n', encoding="utf-8")
    before = Path(target).read_bytes()
    argv = ("--with", "别的支部.db", "--format", "json", "-o", target, "--yes")
    answer = branch("check", *RULES, *argv)
    assert answer.code == 12
    assert "不能写到它上面" in answer.err
    assert Path(target).read_bytes() == before


def test_a_file_name_with_a_classification_mark_is_refused(branch: Run) -> None:
    answer = branch("check", *RULES, "--format", "html", "-o", "机密★核对.html")
    assert answer.code != 0
    assert not Path("机密★核对.html").exists()


def test_the_views_do_not_change_the_code(branch: Run) -> None:
    codes: dict[str, Any] = {
        word: branch("check", *RULES, "--as-of", "2026-04-01", "--view", word).code
        for word in ("结果", "一览", "谈话")
    }
    assert codes == {"结果": 1, "一览": 1, "谈话": 1}
