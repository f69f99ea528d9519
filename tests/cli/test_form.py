"""``zhibu form``: which sheets, for whom, and paper only for a meeting that is still to come."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from tests.once import once

if TYPE_CHECKING:
    from tests.cli.conftest import Run


@pytest.fixture
@once
def people(branch: Run) -> Run:
    """On 9 March 2026: 张三 (secretary) and 李四 full, 王五 on probation, 赵六 gone since 2 March."""
    branch("group", "add", "第一党小组", "--founded", "2020-01-01")
    for name, more in {
        "张三": ("--status", "正式", "--group", "第一党小组"),
        "李四": ("--status", "正式"),
        "王五": ("--status", "预备", "--group", "第一党小组"),
        "赵六": ("--status", "正式"),
    }.items():
        joined = "2025-12-01" if name == "王五" else "2010-07-01"
        assert branch("member", "add", name, "--joined", joined, *more).code == 0
    branch("member", "leave", "赵六", "--date", "2026-03-02", "--why", "工作调动")
    for name, post in {"张三": "书记", "李四": "组织委员"}.items():
        branch("post", "add", name, "--post", post, "--since", "2024-05-10")
    return branch


def lines(name: str) -> str:
    """The text of a .docx, a paragraph a line."""
    with zipfile.ZipFile(io.BytesIO(Path(name).read_bytes())) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    return "\n".join(
        unescape("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", p))) for p in xml.split("</w:p>")
    )


def test_without_a_kind_the_usual_registers_are_there(branch: Run) -> None:
    assert branch("form").code == 0
    assert openpyxl.load_workbook("空白台账.xlsx").sheetnames == (
        "填写说明 党员名册 党员变动 职务任期 党小组 组织生活 表决 谈心谈话 民主评议 整改清单".split()  # noqa: SIM905
    )


def test_without_a_ledger_the_branch_itself_is_asked_for(zhibu: Run) -> None:
    assert zhibu("form", "-o", "新建.xlsx").code == 0
    book = openpyxl.load_workbook("新建.xlsx")
    assert book.sheetnames[:3] == ["填写说明", "支部信息", "党员名册"]
    assert book["支部信息"]["A2"].value == "支部名称"
    told = " ".join(str(cell.value) for row in book["填写说明"] for cell in row)
    assert "不得录入国家秘密、工作秘密" in told


def test_a_filled_form_founds_a_ledger(zhibu: Run) -> None:
    zhibu("form", "支部信息", "党员名册", "-o", "新建.xlsx")
    book = openpyxl.load_workbook("新建.xlsx")
    book["支部信息"]["B2"], book["支部信息"]["B4"] = "示例局机关第一党支部", "2015-06-01"
    roster = book["党员名册"]
    head = [cell.value for cell in roster[1]]
    for label, value in {"姓名": "张三", "入党时间": "2010-07-01", "党员类别": "正式"}.items():
        roster.cell(row=3, column=head.index(label) + 1).value = value
    book.save("填好.xlsx")
    answer = zhibu("import", "填好.xlsx", "--yes")
    assert answer.code == 0, answer.err
    assert "张三" in zhibu("member", "list").out
    assert "示例 " not in zhibu("member", "list").out


def test_an_untouched_form_has_no_row_to_import(people: Run) -> None:
    people("form", "组织生活", "-o", "空白.xlsx")
    answer = people("import", "空白.xlsx", "--yes")
    assert answer.code == 0
    assert "第2行是示例" in answer.out + answer.err
    assert answer.out.endswith("文件里没有可以导入的行，没有写入。\n")


def test_the_example_of_every_sheet_is_known_for_what_it_is(people: Run) -> None:
    people("form", "-o", "全部.xlsx")
    sheets = openpyxl.load_workbook("全部.xlsx").sheetnames
    answer = people("import", "全部.xlsx", "--dry-run")
    told = (answer.out + answer.err).replace("\n  ", "")
    assert "却不是表里原来的例子" not in told
    assert "工作表“表决”第2行是示例" in told
    assert told.count("第2行是示例") == len([one for one in sheets if one != "填写说明"])


def test_a_group_that_only_the_roster_names_has_its_sign_in_sheet(branch: Run) -> None:
    branch("member", "add", "张三", "--joined", "2010-07-01", "--status", "正式")
    asked = ("form", "签到表", "--kind", "党小组会", "--date", "2026-12-04", "-o", "签到.docx")
    refused = branch(*asked, "--group", "第一党小组")
    assert refused.code != 0
    assert "zhibu group add" in refused.err
    grouped = ("--joined", "2011-07-01", "--status", "正式", "--group", "第一党小组")
    assert branch("member", "add", "李四", *grouped).code == 0
    answer = branch(*asked, "--group", "第一党小组")
    assert answer.code == 0, answer.err
    text = lines("签到.docx")
    assert "李四" in text
    assert "张三" not in text


def test_a_record_typed_over_the_example_is_told_apart_from_it(people: Run) -> None:
    people("form", "组织生活", "-o", "写过.xlsx")
    book = openpyxl.load_workbook("写过.xlsx")
    sheet = book["组织生活"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("地点") + 1).value = "二楼党员活动室"
    book.save("写过.xlsx")
    answer = people("import", "写过.xlsx", "--yes")
    assert "第2行写着“示例”，内容却不是表里原来的例子" in (answer.out + answer.err).replace("\n  ", "")


@pytest.mark.parametrize(
    ("words", "sheets"),
    [
        (("党课",), ["填写说明", "组织生活", "表决"]),
        (("表决", "谈话"), ["填写说明", "组织生活", "表决", "谈心谈话"]),
        (("年度计划",), ["填写说明", "年度计划"]),
    ],
)
def test_kinds_and_titles_say_which_sheets(branch: Run, words: tuple[str, ...], sheets: list[str]) -> None:
    assert branch("form", *words, "-o", "表.xlsx").code == 0
    assert openpyxl.load_workbook("表.xlsx").sheetnames == sheets


def test_an_unknown_kind_is_refused_with_those_there_are(branch: Run) -> None:
    answer = branch("form", "党客")
    assert answer.code == 12
    assert "不认识“党客”" in answer.err
    assert "谈心谈话" in answer.err


def test_those_who_are_members_today_can_be_chosen(people: Run) -> None:
    people("form", "谈心谈话", "-o", "表.xlsx")
    rules = openpyxl.load_workbook("表.xlsx")["谈心谈话"].data_validations.dataValidation
    assert {rule.formula1 for rule in rules} == {'"张三,李四,王五"'}


def test_of_two_of_one_name_the_numbers_are_offered_and_explained(people: Run) -> None:
    people("member", "add", "李四", "--joined", "2015-07-01", "--status", "正式", "--group", "第一党小组")
    people("form", "谈心谈话", "-o", "表.xlsx")
    book = openpyxl.load_workbook("表.xlsx")
    formula = book["谈心谈话"].data_validations.dataValidation[0].formula1
    assert formula == '"张三,M2,王五,M5"'
    told = " ".join(str(cell.value) for row in book["填写说明"] for cell in row)
    assert "M2 是李四，M5 是李四（第一党小组）" in told


def test_a_file_that_is_there_is_not_overwritten(branch: Run) -> None:
    branch("form", "-o", "表.xlsx")
    assert branch("form", "-o", "表.xlsx").code == 15
    assert branch("form", "-o", "表.xlsx", "--yes").code == 0


def test_the_sign_in_sheet_names_those_expected_that_day(people: Run) -> None:
    """On 4 December 王五 has been on probation for a year; nobody has admitted him to full membership."""
    answer = people("form", "签到表", "--date", "2026-12-04", "-o", "签到.docx")
    assert answer.code == 0, answer.err
    text = lines("签到.docx")
    assert "支部党员大会签到表" in text
    assert "日期：2026年12月4日（星期五）　应到3人（正式2人、预备1人）" in text
    assert "张三\n正式\n第一党小组" in text
    assert "赵六" not in text
    assert "2026年3月9日打印。" in text


def test_a_group_is_asked_for_and_only_its_members_are_listed(people: Run) -> None:
    answer = people("form", "sign-in", "--kind", "党小组会", "-o", "组.docx")
    assert answer.code == 12
    assert "党小组会要写明是哪个党小组" in answer.err
    assert people("form", "sign-in", "--kind", "党小组会", "--group", "第一党小组", "-o", "组.docx").code == 0
    text = lines("组.docx")
    assert "张三" in text
    assert "王五" in text
    assert "李四" not in text


def test_at_a_committee_its_members_are_expected(people: Run) -> None:
    people("form", "签到表", "--kind", "支委会", "-o", "支委.docx")
    text = lines("支委.docx")
    assert "应到2人" in text
    assert "王五" not in text


@pytest.mark.parametrize("paper", ["会议通知", "sign-in", "minutes", "ballot", "测评票", "选举票"])
def test_for_a_day_that_is_over_nothing_is_printed(people: Run, paper: str) -> None:
    answer = people("form", paper, "--date", "2026-03-08", "-o", "纸.docx")
    assert answer.code == 12
    assert "2026年3月8日已经过去，不能再打印那一天的" in answer.err
    assert "会后补签、补填的纸不能说明当时的情况" in answer.err
    assert not Path("纸.docx").exists()


def test_for_today_it_is(people: Run) -> None:
    assert people("form", "sign-in", "-o", "纸.docx").code == 0


def test_the_form_for_minutes_has_the_labels_of_the_record_and_no_word_of_a_meeting(people: Run) -> None:
    people("form", "记录表", "-o", "记录.docx")
    text = lines("记录.docx")
    for label in (
        "地点",
        "主持人",
        "记录人",
        "应到",
        "实到",
        "缺席人员及原因",
        "列席人员",
        "议题",
        "内容",
        "决议",
    ):
        assert f"\n{label}\n" in text
    assert "应到有表决权" in text
    assert "张三" not in text
    assert "不得记录国家秘密、工作秘密" in text


def test_for_a_lecture_the_lecturer_signs(people: Run) -> None:
    people("form", "记录表", "--kind", "党课", "-o", "记录.docx")
    text = lines("记录.docx")
    assert "主讲人（签名）" in text
    assert "\n主持人\n" not in text


def test_a_meeting_of_several_kinds_has_one_form_and_talks_none_of_them(people: Run) -> None:
    answer = people("form", "记录表", "--kind", "组织生活会、民主评议", "-o", "记录.docx")
    assert answer.code == 0, answer.err
    assert "组织生活会、民主评议党员记录" in lines("记录.docx")
    assert people("form", "记录表", "--kind", "党课/主题党日").code == 0
    assert Path("党课、主题党日记录表2026-03-09.docx").exists()
    answer = people("form", "签到表", "--kind", "党课、谈心谈话", "-o", "签到.docx")
    assert answer.code == 12
    assert "“党课、谈心谈话”没有签到表。" in answer.err
    assert "一场含几项的用顿号分开" in answer.err


def test_those_on_probation_are_not_marked_on_the_ballot_of_the_appraisal(people: Run) -> None:
    people("form", "测评票", "-o", "票.docx")
    text = lines("票.docx")
    assert "优秀\n" in text
    assert "不合格\n" in text
    assert "不定等次\n" not in text
    assert "张三" in text
    assert "李四" in text
    assert "王五" not in text
    assert "没有列在票上（1人）" in text


def test_a_ballot_names_the_candidates_and_no_voter(people: Run) -> None:
    people("form", "选举票", "--candidate", "张三", "--candidate", "李四", "--seats", "1", "-o", "票.docx")
    text = lines("票.docx")
    assert "应选1名" in text
    assert "另选他人（写姓名）" in text
    assert "王五" not in text
    assert "不写填票人的姓名" in text


def test_on_an_admission_there_is_one_ballot_for_each(people: Run) -> None:
    one = ("form", "表决票", "--kind", "接收预备党员", "--candidate", "甲一")
    answer = people(*one, "--candidate", "乙二", "-o", "票.docx")
    assert answer.code == 12
    assert "要逐个表决" in answer.err
    assert people(*one, "-o", "票.docx").code == 0
    assert "接收预备党员表决票" in lines("票.docx")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("表决票",), 12, "表决票要写明表决什么"),  # else it became a ballot of the appraisal
        (("测评票", "--kind", "选举"), 12, "测评票是民主评议党员用的"),
        (("选举票", "--kind", "接收预备党员"), 12, "选举票是选举用的"),
        (("选举票", "--candidate", "张三", "--candidate", "张三"), 12, "票上“张三”写了两次"),
        (("测评票", "--candidate", "张三"), 2, "用不到 --candidate"),
        (("表决票", "--kind", "接收预备党员", "--seats", "2"), 2, "用不到 --seats"),
    ],
)
def test_a_ballot_is_on_one_thing_and_names_everybody_once(
    people: Run, words: tuple[str, ...], code: int, told: str
) -> None:
    answer = people("form", *words, "-o", "票.docx")
    assert answer.code == code
    assert told in answer.err
    assert not Path("票.docx").exists()


@pytest.mark.parametrize("seats", ["0", "100", "两名", "1.5"])
def test_a_number_of_seats_that_is_none_is_told_in_chinese(people: Run, seats: str) -> None:
    answer = people("form", "选举票", "--seats", seats)
    assert (answer.code, answer.err.split("\n")[0]) == (2, "错误：选项 --seats：请写1到99的整数。")


def test_a_ballot_may_say_its_matter_twice(people: Run) -> None:
    assert people("form", "测评票", "--kind", "民主评议", "-o", "甲.docx").code == 0
    assert people("form", "选举票", "--kind", "选举", "-o", "乙.docx").code == 0


def test_options_that_say_nothing_are_refused(people: Run) -> None:
    assert people("form", "签到表", "--seats", "2").code == 2
    assert people("form", "党课", "--date", "2026-12-04").code == 2
    assert people("form", "签到表", "党课").code == 2
    assert people("form", "签到表", "--kind", "谈心谈话").code == 12
    assert people("form", "签到表", "--group", "第九党小组").code == 14


def test_a_notice_says_when_where_who_and_what(people: Run) -> None:
    answer = people(
        *("form", "会议通知", "--date", "2026-12-04", "--start", "下午2点半", "--place", "三楼会议室"),
        *("--topic", "审议年度工作总结", "--topic", "讨论转正", "--contact", "李四", "-o", "通知.docx"),
    )
    assert answer.code == 0, answer.err
    assert "待补" not in answer.err
    assert lines("通知.docx").strip().splitlines() == [
        "示例局机关第一党支部",
        "关于召开支部党员大会的通知",
        "",
        "各位党员：",
        "定于2026年12月4日召开支部党员大会，现将有关事项通知如下。",
        "一、时间：2026年12月4日（星期五）14:30",
        "二、地点：三楼会议室",
        "三、参加人员：按名册应到3人，其中预备党员1人：张三、李四、王五。",  # 赵六 left on 2 March
        "四、会议议题",
        "1.审议年度工作总结",
        "2.讨论转正",
        "五、有关要求：请按时参加；因故不能参加的，请事先请假，并说明原因。",
        "六、联系人：李四",
        "",
        "示例局机关第一党支部",
        "2026年3月9日",
    ]


def test_what_a_notice_is_not_told_stays_open_and_is_named(people: Run) -> None:
    answer = people("form", "通知", "--kind", "党课", "--date", "2026-12-04")
    assert answer.code == 0, answer.err
    assert (
        "还有 5 处待补：〔待补：开始时间〕、〔待补：地点〕、〔待补：党课题目〕、〔待补：主讲人〕"
        in answer.err
    )
    assert "关于组织党课的通知" in lines("党课通知2026-12-04.docx")


def test_a_group_is_told_by_its_own_name_and_the_committee_as_such(people: Run) -> None:
    people("form", "通知", "--kind", "党小组会", "--group", "第一党小组", "-o", "组.docx")
    assert "第一党小组各位党员：" in lines("组.docx")
    assert "按名册应到2人，其中预备党员1人：张三、王五。" in lines("组.docx")
    people("form", "通知", "--kind", "支委会", "-o", "委.docx")
    assert "支部委员会各位委员：" in lines("委.docx")
    assert "按名册应到2人：张三、李四。" in lines("委.docx")


def test_hosts_guests_and_the_end_stand_in_the_notice_where_they_are_said(people: Run) -> None:
    more = ("--host", "张三", "--observer", "孙一", "--start", "9:05", "--end", "11:00")
    assert people("form", "通知", "--kind", "主题党日", *more, "-o", "日.docx").code == 0
    text = lines("日.docx")
    assert "关于开展主题党日活动的通知" in text
    assert "2026年3月9日（星期一）9:05至11:00" in text
    assert "列席：孙一。\n主持：张三。" in text


def test_a_notice_that_cannot_be_is_refused(people: Run) -> None:
    assert people("form", "通知", "--start", "10:00", "--end", "9:00").code == 12
    assert people("form", "通知", "--start", "25点").code == 2
    assert people("form", "通知", "--candidate", "张三").code == 2
    assert people("form", "签到表", "--place", "三楼").code == 2
    assert people("form", "党课", "--topic", "学习").code == 2
    answer = people("form", "通知", "--topic", "传达机密★1年文件", "-o", "密.docx")
    assert "密级标志" in answer.err
    assert not Path("密.docx").exists()


def test_two_of_one_name_are_offered_as_import_reads_them(branch: Run) -> None:
    for group in ("第一党小组", "第二党小组"):
        base = ("--joined", "2011-07-01", "--status", "正式", "--group", group)
        assert branch("member", "add", "王伟", *base, "--yes").code == 0
    branch("form", "组织生活", "-o", "同名.xlsx")
    book = openpyxl.load_workbook("同名.xlsx")
    offered = [one.formula1 for one in book["组织生活"].data_validations.dataValidation]
    assert any("王伟（第一党小组）,王伟（第二党小组）" in str(one) for one in offered)
