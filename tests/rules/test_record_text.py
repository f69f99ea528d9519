"""Template words, short contents, documents before their time; and honest texts left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

RULES = {rule.id: rule for rule in load_book().rules}
DUTIES = {"cadence", "assessment", "talks", "state", "term", "grades", "substitution"}
DUTIES |= {
    "attendance",
    "absence",
    "mentioned",
    "followup",
    "size",
    "posts",
    "elections",
    "steps",
    "reminder",
}
"""Kinds of check that ask for something to be done; all others look at what was recorded."""


def ask(rule: str, on: str = "2024-03-08", **record: Any) -> Finding | None:
    """What the rule finds about one record."""
    row = {"kind": "theme_day", "on": on, **record}
    case = {"as_of": "2030-12-31", "asked": ["2000-01-01", "2030-12-31"], "records": [row]}
    found = run_example(RULES[rule], case, CATALOGUE)
    return found[0] if found else None


@pytest.mark.parametrize(
    "text",
    [
        "传达XX会议精神",
        "传达xx会议精神",
        "20XX年第一季度",
        "传达ＸＸ会议精神",
        "会议于____召开",
        "中共××支部委员会",
        "第×次会议",
        "在××党支部学习",
        "某某党支部",
        "〔待补：主持人〕",
        "（在此区域填写）",
        "请填写会议内容",
        "自选内容",
        "内容",
        "会议内容：",
        "主题为“学习贯彻XX会议精神”",
        "传达“XX”会议精神，写心得体会",
        "撰写“XX”心得体会",
        "印发“XX”方案",
        "传达XX市会议精神",
    ],
)
def test_words_of_a_template_are_named(text: str) -> None:
    finding = ask("record-placeholder-text", content=text)
    assert finding is not None
    assert finding.severity == "error"


@pytest.mark.parametrize(
    "text",
    [
        "学习党章第一章",
        "学习关于张××严重违纪违法问题的通报",
        "见 http://xxgk.example.gov.cn/index.html",
        "附件 a_b__c.docx",
        "设备型号MAXX、XXL号",
        "×光检查、3×4平方米",
        "请大家填写了问卷",
        "某某同志的事迹",
        "内容丰富",
        "去年三份记录里还留着“XX支部”字样，应当按实际填写",
        "有的同志把“____”原样交上来，会上当面改了",
        "退回的材料里写着“第×次会议在××会议室召开”",
        "书记说：“把XX会议换成真名再报。”大家同意",
        "通报XX建筑工程有限公司串标案",
        "学习XX镇党委书记违纪案例",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert ask("record-placeholder-text", content=text) is None


@pytest.mark.parametrize(
    ("field", "label"), [("place", "会议地点"), ("theme", "活动主题"), ("chair", "主持人")]
)
def test_a_field_that_holds_the_name_of_its_column_is_named(field: str, label: str) -> None:
    assert ask("record-placeholder-text", **{field: label}) is not None


def test_the_name_of_another_column_is_no_placeholder() -> None:
    assert ask("record-placeholder-text", theme="内容") is None


@pytest.mark.parametrize(("length", "short"), [(29, True), (30, False)])
def test_thirty_characters_are_enough(length: int, *, short: bool) -> None:
    finding = ask("record-content-too-short", content="学" * length)
    assert (finding is not None) is short
    assert finding is None or finding.severity == "info"


def test_blanks_do_not_count_and_resolutions_do() -> None:
    assert ask("record-content-too-short", content="学 " * 29) is not None
    assert ask("record-content-too-short", content="学" * 20, resolution="议" * 10) is None


def test_no_content_is_a_missing_field_and_not_a_short_one() -> None:
    assert ask("record-content-too-short") is None


@pytest.mark.parametrize(
    ("title", "before", "day"),
    [
        ("《中国共产党支部工作条例（试行）》", "2018-10-27", "2018-10-28"),
        ("《中国共产党党员教育管理工作条例》", "2019-05-05", "2019-05-06"),
        ("《中国共产党基层组织选举工作条例》", "2020-07-12", "2020-07-13"),
        ("《中国共产党不合格党员组织处置办法》", "2024-06-15", "2024-06-16"),
    ],
)
def test_no_document_is_studied_before_its_day(title: str, before: str, day: str) -> None:
    assert ask("record-anachronism", before, content=f"学习{title}") is not None
    assert ask("record-anachronism", before, topics=[f"学习{title}"]) is not None
    assert ask("record-anachronism", day, content=f"学习{title}") is None


@pytest.mark.parametrize(
    ("text", "before", "day"),
    [
        ("学习党的十九届六中全会精神", "2021-11-10", "2021-11-11"),
        ("研读党的二十大报告", "2022-10-15", "2022-10-16"),
        ("学习《中共中央关于党的百年奋斗重大成就和历史经验的决议》", "2021-11-10", "2021-11-11"),
        ("传达二十届四中全会公报", "2025-10-22", "2025-10-23"),
    ],
)
def test_no_meeting_is_studied_before_it_has_spoken(text: str, before: str, day: str) -> None:
    assert ask("record-anachronism", before, content=text) is not None
    assert ask("record-anachronism", day, content=text) is None


@pytest.mark.parametrize(
    "text",
    [
        "对党的二十大报告征求意见",
        "中央政治局会议审议《中国共产党组织工作条例》",
        "迎接党的二十届四中全会召开",
        "全会闭幕后，组织学习党的二十届四中全会精神",
        "下一步：全体党员集中学习党的二十届四中全会精神",
        "讨论《中华人民共和国民法典（草案）》",
        "学习《中国共产党地方组织工作条例》",
    ],
)
def test_what_is_only_looked_forward_to_is_left_alone(text: str) -> None:
    assert ask("record-anachronism", "2012-01-05", content=text) is None


def test_a_date_that_was_not_checked_against_a_transcript_says_so() -> None:
    unsure = ask("record-anachronism", "2017-02-28", content="学习《中国共产党工作机关条例（试行）》")
    sure = ask("record-anachronism", "2018-10-27", content="学习《中国共产党支部工作条例（试行）》")
    assert unsure is not None
    assert sure is not None
    assert "日期待核" in unsure.message
    assert "日期待核" not in sure.message


@pytest.mark.parametrize(
    ("day", "severity"),
    [("2017-02-28", "info"), ("2017-01-30", "info"), ("2017-01-29", "warn"), ("2016-02-28", "warn")],
)
def test_a_day_that_was_not_checked_is_never_the_ground_of_an_error(day: str, severity: str) -> None:
    """The regulation is of 2017-03-01 by hearsay; thirty days before is 2017-01-30."""
    answer = ask("record-anachronism", day, content="学习《中国共产党工作机关条例（试行）》")
    assert answer is not None
    assert answer.severity.value == severity


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2018-10-27", "学习《中国共产党支部工作条例（试行）》"),
        ("2021-11-10", "学习党的十九届六中全会精神"),
        ("2026-10-28", "学习党的二十届五中全会精神"),
    ],
)
def test_a_day_that_was_checked_is_the_ground_of_an_error(day: str, text: str) -> None:
    answer = ask("record-anachronism", day, content=text)
    assert answer is not None
    assert answer.severity.value == "error"


def test_every_document_is_dated_named_once_and_has_a_source() -> None:
    rows = RULES["record-anachronism"].versions[0].params["documents"]
    names = [name for row in rows for name in (row["title"], *row.get("also", ()))]
    assert len(rows) >= 25
    assert len(names) == len(set(names))
    assert all(row["source"] and "2010" < row["since"] < "2027" for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        "讨论《中国共产党支部工作条例（试行）》（征求意见稿）",
        "学习《中国共产党基层组织选举工作暂行条例》",
        "学习《中国共产党章程》",
    ],
)
def test_drafts_and_older_documents_are_left_alone(text: str) -> None:
    assert ask("record-anachronism", "2017-03-08", content=text) is None


HONEST: tuple[dict[str, Any], ...] = (
    {
        "kind": "general_meeting",
        "on": "2024-03-08",
        "start": "14:30",
        "place": "三楼会议室",
        "chair": "党员1",
        "recorder": "党员2",
        "expected": 7,
        "present": 5,
        "absentees": [{"who": "党员6", "reason": "病假"}],
        "excused": [{"who": "党员7", "reason": "产假，经支部同意"}],
        "observers": ["机关党委同志"],
        "topics": ["讨论年度计划"],
        "content": "讨论并表决年度学习计划，各小组汇报一季度安排，明确四项重点工作和责任人。",
        "votes": [{"matter": "general", "subject": "年度计划", "expected": 6, "present": 4, "in_favour": 4}],
    },
    {
        "kinds": ["lecture", "theme_day"],
        "on": "2024-04-19",
        "place": "党员活动室",
        "chair": "党员1",
        "recorder": "党员2",
        "lecturer": {"who": "外请教授", "as": "教授"},
        "attendees": "其余全体",
        "absentees": [{"who": "党员6", "reason": "病假"}],
        "theme": "党纪学习",
        "content": "党校老师讲授党的纪律，随后分组讨论，结合岗位谈了三点体会，最后由支部小结。",
    },
    {
        "kind": "theme_day",
        "on": "2024-05-17",
        "place": "红色教育基地",
        "chair": "党员3",
        "recorder": "党员2",
        "expected": 7,
        "attendees": ["党员1", "党员2", "党员3", "党员4", "党员5", "预备", "挂职"],
        "absentees": [{"who": "党员6", "reason": "病假"}],
        "theme": "现场学习",
        "content": "参观展览，重温入党誓词，座谈交流；会后由组织委员整理了交流要点，存支部活动室。",
    },
    {
        "kind": "talk",
        "on": "2024-05-20",
        "talkers": ["党员1"],
        "partners": ["预备"],
        "place": "办公室",
        "paper_at": "保密柜",
    },
)


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES.values() if rule.check.partition(".")[0] not in DUTIES],
    ids=lambda rule: rule.id,
)
def test_an_honest_ledger_gives_no_defect(rule: Any) -> None:
    """Six full members (one of them on leave), one probationary, one from elsewhere; sparse, but true."""
    case = {
        "as_of": "2024-12-31",
        "more": 6,
        "members": [
            {"name": "预备", "status": "probationary", "joined": "2024-01-05"},
            {"name": "挂职", "home": "乡镇党委"},
            {"name": "党员7", "status": "probationary", "joined": "2024-01-05"},
        ],
        "posts": [
            {"who": "党员1", "post": "secretary"},
            {"who": "党员2", "post": "organisation"},
            {"who": "党员3", "post": "publicity"},
        ],
        "records": list(HONEST),
    }
    found = [one for one in run_example(rule, case, CATALOGUE) if one.status is Status.MISSED]
    assert [one.message for one in found if rule.id != "record-combined-sitting"] == []


def test_no_finding_accuses_and_no_remedy_invites_to_make_up_records() -> None:
    for rule in RULES.values():
        if rule.check.partition(".")[0] in DUTIES:
            continue
        words = rule.title + rule.doc.what + rule.doc.why + rule.doc.fix
        assert not any(bad in words for bad in ("无故", "造假", "伪造", "作假", "虚假"))
        assert "补开" not in words
        assert "补记" not in words
