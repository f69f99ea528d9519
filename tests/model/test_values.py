from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import Field, FieldType, Term
from zhibu_cli.model.values import format_field, format_value, parse_field, parse_kinds, parse_value

TERMS = (Term(code="full", label="正式", aliases=("正式党员",)), Term(code="probationary", label="预备"))


def field(kind: FieldType) -> Field:
    return Field(name="x", label="栏", type=kind, terms=TERMS)


GOOD: list[tuple[FieldType, str, Any]] = [
    (FieldType.TEXT, " 三楼\n会议室 ", "三楼 会议室"),
    (FieldType.TEXT, "=1+1", "=1+1"),
    (FieldType.TEXT, "甲\x0b乙\x1f丙", "甲\x0b乙\x1f丙"),
    (FieldType.TOPICS, "甲\x0b乙\r\n丙", ["甲\x0b乙", "丙"]),
    (FieldType.NOTE, "一\r\n二\n", "一\n二"),
    (FieldType.DATE, "2026年3月5日", "2026-03-05"),
    (FieldType.DAY_OR_MONTH, "1985年5月12日", "1985-05-12"),
    (FieldType.DAY_OR_MONTH, "1985.5.12", "1985-05-12"),
    (FieldType.DAY_OR_MONTH, "19850512", "1985-05-12"),
    (FieldType.DAY_OR_MONTH, "1985-05", "1985-05"),
    (FieldType.DAY_OR_MONTH, "1980.5", "1980-05"),
    (FieldType.DAY_OR_MONTH, "1980.10", "1980-10"),
    (FieldType.DAY_OR_MONTH, "1980.01", "1980-01"),
    (FieldType.DAY_OR_MONTH, "1980/1", "1980-01"),
    (FieldType.DAY_OR_MONTH, "１９９０年 3月", "1990-03"),
    (FieldType.DAY_OR_MONTH, "一九九〇年十二月", "1990-12"),
    (FieldType.DAY_OR_MONTH, "198505", "1985-05"),
    (FieldType.TIME, "下午2点半", "14:30"),
    (FieldType.MOMENT, "2026-03-05 14:30", "2026-03-05T14:30"),
    (FieldType.MOMENT, "2026年3月5日", "2026-03-05"),
    (FieldType.YEAR, "2026年度", 2026),
    (FieldType.YEAR, "2026.0", 2026),
    (FieldType.COUNT, "１２", 12),
    (FieldType.COUNT, "12.0", 12),
    (FieldType.COUNT, "12票", 12),
    (FieldType.COUNT, "0", 0),
    (FieldType.HEADCOUNT, "12 人", 12),
    (FieldType.HEADCOUNT, "全体出席", "全体出席"),
    (FieldType.HOURS, "1.5学时", 1.5),
    (FieldType.HOURS, "2.0", 2),
    (FieldType.CHOICE, "正式党员", "full"),
    (FieldType.CHOICE, "probationary", "probationary"),
    (FieldType.CHOICES, "正式、 预备，正式", ["full", "probationary"]),
    (FieldType.YESNO, "是", True),
    (FieldType.YESNO, "否", False),
    (FieldType.PERSON, "张 三", "张三"),
    (FieldType.PERSON, "书记 张三", {"who": "张三", "as": "书记"}),
    (FieldType.PERSON, "张三（支部书记）", {"who": "张三", "as": "支部书记"}),
    (FieldType.PERSON, "书记：张三", {"who": "张三", "as": "书记"}),
    (FieldType.PERSON, "党支部书记张三", "党支部书记张三"),
    (FieldType.PERSON, "张三（代）", "张三（代）"),
    (FieldType.PEOPLE, "张三、李 四，王五；赵六\n孙七", ["张三", "李四", "王五", "赵六", "孙七"]),
    (FieldType.PEOPLE, "张三 李四 王 五", ["张三", "李四", "王五"]),
    (FieldType.PEOPLE, "党组书记 局长 张三", ["党组书记 局长 张三"]),
    (FieldType.PEOPLE, "全体党员", "全体"),
    (FieldType.PEOPLE, "全体出席", "全体"),
    (FieldType.PEOPLE, "其余全部", "其余全体"),
    (FieldType.NAMES, "县纪委 王五、赵六（挂职，一年）", ["县纪委 王五", "赵六（挂职，一年）"]),
    (FieldType.GROUP, "第一 党小组", "第一党小组"),
    (FieldType.TOPICS, "1.学习文件\n2.讨论计划", ["学习文件", "讨论计划"]),
    (FieldType.TOPICS, "一、学习文件；二、讨论计划", ["学习文件", "讨论计划"]),
    (FieldType.TOPICS, "2026年工作计划", ["2026年工作计划"]),
    (FieldType.TOPICS, "3.5专项清理", ["3.5专项清理"]),
    (
        FieldType.ABSENCES,
        "张三（病假；会前请假；补学2026-03-12）、李四（公差）",
        [
            {"who": "张三", "leave": True, "made_up_on": "2026-03-12", "reason": "病假"},
            {"who": "李四", "reason": "公差"},
        ],
    ),
    (FieldType.ABSENCES, "张三=病假", [{"who": "张三", "reason": "病假"}]),
    (
        FieldType.ABSENCES,
        "张三=经机关党委批准，见〔2026〕5号",
        [{"who": "张三", "reason": "经机关党委批准，见〔2026〕5号"}],
    ),
    (
        FieldType.ABSENCES,
        "张三：病假，李四：公差",
        [{"who": "张三", "reason": "病假"}, {"who": "李四", "reason": "公差"}],
    ),
    (FieldType.ABSENCES, "张三=病假、会前请假", [{"who": "张三", "leave": True, "reason": "病假"}]),
    (FieldType.ABSENCES, "张三=病假、补学", [{"who": "张三", "reason": "病假、补学"}]),
    (FieldType.ABSENCES, "张三=陪同李四看病、发烧", [{"who": "张三", "reason": "陪同李四看病、发烧"}]),
    (FieldType.ABSENCES, "张三=开会，不能赶回来", [{"who": "张三", "reason": "开会，不能赶回来"}]),
    (FieldType.ABSENCES, "张三（病假、李四）", [{"who": "张三", "reason": "病假、李四"}]),
    (FieldType.ABSENCES, "张三、李四", [{"who": "张三"}, {"who": "李四"}]),
    (FieldType.ABSENCES, "张三 病假", [{"who": "张三", "reason": "病假"}]),
    (FieldType.ABSENCES, "张三（病假，住院）", [{"who": "张三", "reason": "病假，住院"}]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "written", "value"), GOOD)
def test_a_cell_is_read(kind: FieldType, written: str, value: Any) -> None:
    assert parse_value(field(kind), written) == (value, "")


@pytest.mark.parametrize(("kind", "written", "value"), GOOD)
def test_what_was_read_is_written_so_that_it_reads_the_same(
    kind: FieldType, written: str, value: Any
) -> None:
    assert parse_value(field(kind), format_value(field(kind), value)) == (value, "")


BAD = [
    (FieldType.DATE, "12月份"),
    (FieldType.DATE, "2026-02-30"),
    (FieldType.DATE, "无"),
    (FieldType.DAY_OR_MONTH, "1985"),
    (FieldType.DAY_OR_MONTH, "1985-13"),
    (FieldType.DAY_OR_MONTH, "1985-00"),
    (FieldType.DAY_OR_MONTH, "198513"),
    (FieldType.DAY_OR_MONTH, "1985-02-30"),
    (FieldType.DAY_OR_MONTH, "5月"),
    (FieldType.DAY_OR_MONTH, "1980.1"),
    (FieldType.TIME, "上班时"),
    (FieldType.MOMENT, "2026-03-05 下班后"),
    (FieldType.YEAR, "26"),
    (FieldType.COUNT, "-1"),
    (FieldType.COUNT, "12.5"),
    (FieldType.COUNT, "十几"),
    (FieldType.HEADCOUNT, "多数"),
    (FieldType.HOURS, "1.3"),
    (FieldType.HOURS, "半天"),
    (FieldType.CHOICE, "群众"),
    (FieldType.CHOICES, "正式、群众"),
    (FieldType.YESNO, "也许"),
    (FieldType.PERSON, "12"),
    (FieldType.PEOPLE, "12人"),
    (FieldType.PEOPLE, "张三、全体"),
    (FieldType.ABSENCES, "2人"),
    (FieldType.ABSENCES, "张三（病假"),
    (FieldType.ABSENCES, "病假：张三"),
    (FieldType.ABSENCES, "张三（补学12月份）"),
]


@pytest.mark.parametrize(("kind", "written"), BAD)
def test_what_cannot_be_read_is_a_problem_and_never_an_empty_value(kind: FieldType, written: str) -> None:
    value, why = parse_value(field(kind), written)
    assert value is None
    assert why.endswith("。")


@pytest.mark.parametrize(
    "written",
    [
        "张三=病假、李四",
        "张三＝病假，李四",
        "张三：病假；李四",
        "张三=病假\n李四",
        "张三=病假、李 四",
        "王五=公差、张三=病假、李四",
        "张三=病假、李四、王五=公差",
        "张三=病假、李四，发烧",
    ],
)
def test_a_name_behind_the_reason_of_another_is_a_problem_that_says_how_to_write_it(written: str) -> None:
    """Read as a reason, 李四 would count among those who came."""
    assert parse_value(field(FieldType.ABSENCES), written) == (
        None,
        (
            "“李四”写在“张三”的原因后面，看不出是人还是原因；"
            "是人请分开写 张三=病假 和 李四=…，是原因请写成 张三（病假、李四）。"
        ),
    )


@pytest.mark.parametrize("other", ["M3", "阿依古丽·买买提", "欧阳小丽"])
def test_a_number_or_a_longer_name_behind_a_reason_is_a_problem_too(other: str) -> None:
    value, why = parse_value(field(FieldType.ABSENCES), f"张三=病假、{other}")
    assert value is None
    assert f"{other}=…" in why


@pytest.mark.parametrize("written", ["2005年6月", "2005.6", "2005-06", "200506", "二〇〇五年六月"])
def test_a_month_where_a_day_is_needed_lacks_its_day(written: str) -> None:
    assert parse_value(field(FieldType.DATE), written) == (
        None,
        f"日期“{written}”缺少日；请写成 2026-03-05 或 2026年3月5日。",
    )


@pytest.mark.parametrize("written", ["1985", "1985年", "1985.0"])
def test_a_year_alone_is_no_birthday_but_the_cell_may_stay_empty(written: str) -> None:
    assert parse_value(field(FieldType.DAY_OR_MONTH), written) == (
        None,
        f"“栏”只有年份“{written}”；请写成 1985-05-12，或只写到月 1985-05，不知道的可以空着。",
    )


def test_what_a_spreadsheet_made_of_october_is_not_taken_for_january() -> None:
    assert parse_value(field(FieldType.DAY_OR_MONTH), "1980.1") == (
        None,
        "“1980.1”看不出是1月还是10月；请写成 1980-01 或 1980-10。",
    )


@pytest.mark.parametrize("kind", list(FieldType))
def test_blanks_are_an_empty_cell(kind: FieldType) -> None:
    assert parse_value(field(kind), " 　\n") == (None, "")


@pytest.mark.parametrize("nothing", ["无", "/", "／", "-", "—"])
@pytest.mark.parametrize(
    "kind",
    [FieldType.PERSON, FieldType.PEOPLE, FieldType.NAMES, FieldType.ABSENCES, FieldType.GROUP],
)
def test_nobody_is_an_empty_cell(kind: FieldType, nothing: str) -> None:
    assert parse_value(field(kind), nothing) == (None, "")


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("支部党员大会", ["general_meeting"]),
        ("党员大会、主题党日", ["general_meeting", "theme_day"]),
        ("支部党员大会暨主题党日活动", ["general_meeting", "theme_day"]),
        ("支委会", ["committee_meeting"]),
        ("组织生活会、民主评议党员", ["org_life_meeting", "appraisal"]),
        ("lecture", ["lecture"]),
    ],
)
def test_the_kinds_of_a_sitting_are_read_by_term_short_form_or_code(written: str, kinds: list[str]) -> None:
    assert parse_kinds(CATALOGUE, written, "sitting") == (kinds, "")


@pytest.mark.parametrize("written", ["支部党员大会、支部委员会", "茶话会", "谈心谈话"])
def test_kinds_that_do_not_go_together_or_belong_elsewhere_are_a_problem(written: str) -> None:
    value, why = parse_kinds(CATALOGUE, written, "sitting")
    assert value is None
    assert why


def test_the_kinds_of_a_sitting_are_written_as_their_terms() -> None:
    register = CATALOGUE.register("sitting")
    kinds = register.field("kinds")
    written = format_field(CATALOGUE, kinds, ["general_meeting", "theme_day"])
    assert written == "支部党员大会、主题党日"
    assert parse_field(CATALOGUE, register, kinds, written) == (["general_meeting", "theme_day"], "")


def test_names_are_looked_up_when_a_value_is_written() -> None:
    names = {"M1": "张三", "M2": "李四"}.__getitem__
    assert format_value(field(FieldType.PEOPLE), ["M1", "M2"], names) == "张三、李四"
    assert format_value(field(FieldType.PERSON), {"who": "M1", "as": "书记"}, names) == "张三（书记）"
    absence = [{"who": "M2", "reason": "公差", "leave": True, "made_up_on": "2026-03-12"}]
    assert format_value(field(FieldType.ABSENCES), absence, names) == "李四（公差；会前请假；补学2026-03-12）"


@example(FieldType.ABSENCES, "00´0")  # the accent becomes a blank and a mark
@example(FieldType.NAMES, "₍")
@given(st.sampled_from(list(FieldType)), st.text(max_size=40))
def test_whatever_is_read_reads_the_same_once_written(kind: FieldType, written: str) -> None:
    value, why = parse_value(field(kind), written)
    assert not (why and value is not None)
    if value is not None:
        assert parse_value(field(kind), format_value(field(kind), value)) == (value, "")


WORDS = ["病假", "会前请假", "补学", "2026-03-05", "全体", "其余", "书记", "一、", "1."]
PHRASES = st.lists(st.sampled_from([*"张三李四王（）()、，；;:=： \n\t·./-1２", *WORDS]), max_size=9).map(
    "".join
)


@example(FieldType.TOPICS, "；一、")
@example(FieldType.TOPICS, "一、；张")
@example(FieldType.TOPICS, "一、学习；讨论")
@example(FieldType.TOPICS, "学习；一、讨论")
@given(st.sampled_from(list(FieldType)), PHRASES)
def test_odd_mixtures_of_usual_signs_keep_their_meaning(kind: FieldType, written: str) -> None:
    test_whatever_is_read_reads_the_same_once_written.hypothesis.inner_test(kind, written)  # type: ignore[attr-defined]
