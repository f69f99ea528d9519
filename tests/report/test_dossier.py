from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from tests.report.factory import (
    branch,
    empty_ledger,
    entry,
    finding,
    full_ledger,
    groups,
    many,
    meeting,
    members,
    period,
    posts,
    sittings,
    write_ledger,
)
from tests.report.factory import findings as some_findings

from zhibu_cli import resources
from zhibu_cli.app.reporting import Order, Wish, make, named
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.entry import Entry
from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.ledger import Ledger, Waiver, build_ledger
from zhibu_cli.model.rule import Severity
from zhibu_cli.report import page
from zhibu_cli.report.papers import Circle, find_paper
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.report.dossier import DossierView

TEMPLATE = resources.templates_dir() / "dossier.html.j2"
AS_OF = date(2026, 10, 8)
VOID = frozenset({"meta", "br", "input", "link", "img", "hr"})
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "{% for x in rows %}",
    "学习<党章> & “引号” '单' \"双\"",
    "]]></details>",
    "从右到左 \u200fab\u200e 记号",
    "𠮷野家 😀",
    '=HYPERLINK("http://example.org","点")',
)


def dossier(
    ledger: Ledger, found: tuple[Finding, ...] | None = None, as_of: date = AS_OF, **more: Any
) -> DossierView:
    asked = Request(
        ledger=ledger,
        findings=some_findings() if found is None else found,
        as_of=as_of,
        period=period("2026"),
        circle=Circle.SHOWN.value,
        **more,
    )
    kind = find_paper("dossier")
    assert kind is not None
    view: DossierView = kind.build(asked)  # type: ignore[assignment]
    return view


def html(view: DossierView) -> str:
    return page.render(view, TEMPLATE).decode("utf-8")


def one_ledger(**more: Any) -> Ledger:
    """One committee meeting on 3 July and nothing else but people."""
    held = many("sitting", [meeting("committee_meeting", "2026-07-03", "研究三季度工作") | more])
    return build_ledger([branch(), *members(), *posts(), *held], CATALOGUE)


class Page(HTMLParser):
    """Text, tags and attributes of a page, the text of every element that has an id."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.parts: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID and not self.get_starttag_text().endswith("/>"):  # type: ignore[union-attr]
            self.open.append((tag, dict(attrs).get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if {"style", "script"} & {tag for tag, _ in self.open}:
            return
        self.text += data
        for _, id_ in self.open:
            if id_:
                self.parts[id_] = self.parts.get(id_, "") + data

    def values(self, name: str) -> list[str]:
        return [value for one, value in self.attributes if one == name]

    def part(self, id_: str) -> str:
        return "\n".join(line for line in map(str.strip, self.parts[id_].splitlines()) if line)


def read(ledger: Ledger, found: tuple[Finding, ...] | None = None, **more: Any) -> Page:
    return Page(html(dossier(ledger, found, **more)))


LEDGERS = (full_ledger(), empty_ledger(), one_ledger())


def test_the_list_of_papers_has_it_under_its_names() -> None:
    for word in ("迎检资料", "迎检电子台账", "dossier"):
        kind = find_paper(word)
        assert kind is not None
        assert (kind.name, kind.formats, kind.circle.value) == ("dossier", ("html",), "供检查查阅，不公开")


def test_a_record_stands_in_it_whole_in_the_form_of_minutes() -> None:
    """One election, one absence, one file, changed once."""
    vote = {
        "matter": "election",
        "subject": "补选纪检委员",
        "object": ["李三"],
        "expected": 8,
        "present": 7,
        "method": "无记名投票",
        "in_favour": 7,
        "result": "当选",
    }
    payload = meeting(
        "general_meeting",
        "2026-03-05",
        "补选委员",
        start="14:30",
        end="16:00",
        present=9,
        absentees=[{"who": "M7", "reason": "病假", "leave": True}],
        observers=["机关党委郑某"],
        topics=["通过选举办法", "投票"],
        content="第一段。\n第二段。",
        resolution="选举有效。",
        votes=[vote],
    )
    kept = Entry(
        id="Y1",
        register="attachment",
        kinds=(),
        day=None,
        payload={
            "record": "S1",
            "name": "签到.jpg",
            "kind": "sign_in",
            "size": 9,
            "sha256": "0" * 64,
            "file": "x",
        },
        entered_at=datetime(2026, 3, 6, 9, 0),
        entered_by="张一",
    )
    rows = [branch(), *members(), *posts(), entry("sitting", 1, payload, at="2026-03-06T09:00"), kept]
    assert read(build_ledger(rows, CATALOGUE)).part("S1").splitlines() == [
        "S1　3月5日（星期四）支部党员大会",
        "时间2026年3月5日（星期四）14:30—16:00",
        "地点三楼会议室",
        "主持人张一",
        "记录人王二",
        "应到10人",
        "实到9人",
        "主题补选委员",
        "缺席人员及原因杨七（病假；会前请假）",
        "列席人员机关党委郑某",
        "议题通过选举办法",
        "投票",
        "内容第一段。",
        "第二段。",
        "决议选举有效。",
        "表决事项类别：选举；事项：补选纪检委员；对象：李三；应到：8；实到：7；表决方式：无记名投票；赞成：7；结果：当选",
        "附件签到.jpg（签到表）",
        "登记2026年3月6日由张一录入",
        "回到目录",
    ]


def test_what_a_record_should_say_and_does_not_is_visibly_unknown() -> None:
    """The group's meeting of 2 September has no place, chair, recorder, content or head counts."""
    told = read(full_ledger()).part("S6")
    for label in ("地点", "主持人", "记录人", "实到", "内容"):
        assert f"{label}〔待补：{label}〕" in told
    assert "应到8人（按当日名册）" in told


def test_minutes_entered_late_bear_their_mark_in_heading_and_list() -> None:
    shown = read(full_ledger())
    assert shown.part("h-S7") == "S7　9月4日（星期五）支部委员会 补录：2026年9月28日"
    listed = _between(html(dossier(full_ledger())), "index", "records")
    assert "<td>补录：2026年9月28日</td>" in listed
    assert "原台账写明2026年9月28日登记" in shown.part("S7")


def test_every_record_of_the_year_stands_in_the_order_of_days_and_later_ones_do_not() -> None:
    ids = [value for value in read(full_ledger()).values("id") if re.fullmatch(r"S\d+", value)]
    assert ids == ["S8", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S9"]
    early = read(full_ledger(), as_of=date(2026, 8, 6))
    assert [one for one in early.values("id") if re.fullmatch(r"S\d+", one)] == ["S8", "S1", "S2", "S3", "S4"]
    assert "不计入支部组织生活" in read(full_ledger()).part("S9")


def test_figures_open_the_records_they_rest_on() -> None:
    """Eight sittings count as branch life; the democratic life meeting (S9) counts for nothing."""
    text = html(dossier(full_ledger()))
    start = text.index("组织生活场次（场）")
    row = text[start : text.index("</tr>", start)]
    assert "<summary>8</summary>" in row
    assert re.findall(r'href="#(S\d+)"', row) == ["S8", "S1", "S2", "S3", "S4", "S5", "S6", "S7"]
    start = text.index("预备党员（名）")
    assert "周九（M9）、吴十（M10）" in text[start : text.index("</tr>", start)]


def test_attendance_is_shown_by_month_and_kind_without_names() -> None:
    """July: S1 3/3, S2 9/10: 12 of 13 are 92.3 %. August: 10/10, 3/3, 8/10: 21 of 23 are 91.3 %.

    September: the group gave no head counts, S7 2/3: 66.7 %. Theme days: 9/10 and 8/10: 85.0 %.
    """
    view = dossier(full_ledger())
    rates = {bar.label: (bar.times.text, bar.rate.text, bar.length) for bar in view.month_bars}
    assert rates["7月"] == ("2", "92.3%", 92.3)
    assert rates["8月"] == ("3", "91.3%", 91.3)
    assert rates["9月"] == ("2", "66.7%", 66.7)
    assert rates["3月"] == ("未见记录", "—", 0)
    assert rates["10月（截至8日）"] == ("本月未结束", "—", 0)
    kinds = {bar.label: bar.rate.text for bar in view.kind_bars}
    assert kinds["主题党日"] == "85.0%"
    shown = Page(html(view))
    assert "7月到会率92.3%" in shown.values("aria-label")
    assert {"100", "92.3", "66.7"} <= {*shown.values("width")}
    assert not {"杨七", "黄八"} & {
        *re.findall("[\u4e00-\u9fff]{2}", _between(html(view), "attendance", "talks"))
    }


def test_a_month_before_the_ledger_begins_is_unknown_not_without_record() -> None:
    view = dossier(full_ledger(ledger_from="2026-06-01"))
    texts = {bar.label: bar.times.text for bar in view.month_bars}
    assert (texts["5月"], texts["6月"]) == ("无法判断", "1")


def test_talks_are_shown_as_days_between_people_and_never_what_was_said() -> None:
    text = html(dossier(full_ledger()))
    for said in ("谈思想", "谈工作"):
        assert said not in text
    talk = _between(text, "talks", "findings")
    assert "7.8" in talk
    assert "8.11" in talk
    assert re.search(r'<tr id="T1".*2026-07-08.*张一（书记）.*周九', talk)
    assert "另有集体谈话等1次，不计入，表中不列。" in talk


def test_who_owes_whom_a_talk_is_not_shown() -> None:
    pair = replace(
        finding("talk-committee-pairs", Status.MISSED, due="2026-12-31", start="2026-01-01", key="2026"),
        subject=Subject(kind=SubjectKind.PAIR, id="M1+M3", name="张一、李三"),
        title="支委之间谈心谈话一般每年一次",
        message="未见张一与李三之间的谈心谈话记录。",
    )
    view = dossier(full_ledger(), (pair,))
    assert {cell.tone for grid in view.talk.grids for row in grid.rows for cell in row.cells} <= {"", "held"}
    assert all(not grid.duties for grid in view.talk.grids)
    text = html(view)
    assert "未见张一与李三" not in text
    assert "按对计" not in text  # not by number in the calendar either: everybody would know whom
    assert view.answer.left_out == 1


def test_findings_that_name_a_member_are_left_out_and_counted() -> None:
    """One about 杨七; one about a record whose words name 李三; the other four name nobody."""
    named = replace(
        finding(
            "record-post-mismatch", Status.MISSED, due="2026-07-03", key="S1", subject=SubjectKind.RECORD
        ),
        message="主持人李三当日未任书记。",
        title="主持人当日未任该职",
    )
    view = dossier(full_ledger(), (*some_findings(), named))
    assert view.answer.left_out == 2
    text = html(view)
    assert "连续六个月无参加记录" not in _between(text, "findings", "listed")
    assert "主持人当日未任该职" not in text
    assert "涉及具体人员的核对结果2项（含已落实的），由支部内部掌握" in text
    assert "主题党日每月一次未见记录" in text


def test_a_stranger_whom_a_record_names_counts_as_named() -> None:
    ledger = one_ledger(absentees=[{"who": "钱某某", "reason": "病假"}], present=2, expected=3)
    told = replace(
        finding(
            "record-unknown-person", Status.MISSED, due="2026-07-03", key="S1", subject=SubjectKind.RECORD
        ),
        message="名册中没有钱某某。",
    )
    assert dossier(ledger, (told,)).answer.left_out == 1


def test_an_explanation_that_names_a_member_takes_its_finding_with_it() -> None:
    waiver = Waiver(id="W1", key="theme-day-monthly@2026-09", reason="杨七住院", by="张一", on=AS_OF)
    missed, *_ = some_findings()
    view = dossier(full_ledger(), (replace(missed, waiver=waiver),))
    assert view.answer.left_out == 1
    assert "住院" not in html(view)


def test_a_finding_links_to_its_records_but_never_to_a_member_or_a_grade() -> None:
    late = replace(some_findings()[4], evidence=("S7", "M7", "A3", "S999"))
    (section,) = dossier(full_ledger(), (late,)).answer.sections
    assert section.groups[0].facts[0].records == ("S7", "S999")
    text = html(dossier(full_ledger(), (late,)))
    assert '<a href="#S7"' in _between(text, "findings", "listed")
    assert "#S999" not in text  # a record of another year has no place here


def private_rows() -> list[Entry]:
    """Everything that may not leave the branch, in one ledger."""
    row = dict(members()[3].payload) | {"id_number": "110101199001011234", "phone": "010-88886666"}
    said = {"date": "2026-07-09", "talkers": ["M1"], "partners": ["M2"], "category": "提醒谈话"}
    confidential = {"content": "甲秘", "opinions": "乙秘", "problems": "丙秘", "measures": "丁秘"}
    grade = {"assessment_year": 2026, "member": "M7", "grade": "unqualified", "votes_unqualified": 6}
    content = (
        "赵四，身份证号110101199001011234，电话13800138000，座机010-88886666；另一人51010219850515002X。"
    )
    return [
        branch(),
        *members()[:3],
        entry("member", 4, row),
        *members()[4:],
        *posts(),
        entry("talk", 1, said | confidential),
        entry("appraisal_row", 1, grade),
        entry("sitting", 1, meeting("general_meeting", "2026-07-20", "登记", content=content)),
    ]


def test_confidential_things_are_nowhere_in_it() -> None:
    named = replace(
        some_findings()[3], message="杨七连续六个月无参加记录", severity=Severity.REMIND
    )  # a reminder to verify, as findings about a member's state are
    text = html(dossier(build_ledger(private_rows(), CATALOGUE), (named,), trace=True))
    for secret in (
        *("甲秘", "乙秘", "丙秘", "丁秘", "提醒谈话", "不合格", "连续六个月无参加记录"),
        *("110101199001011234", "13800138000", "010-88886666", "51010219850515002X"),
    ):
        assert secret not in text.split("</style>")[1]
    assert "赵四，身份证号110***********1234，电话138****8000，座机010-****6666；" in text
    assert "另一人510***********002X。" in text


@pytest.mark.parametrize("ledger", LEDGERS, ids=["full", "sparse", "one"])
def test_every_link_has_its_place_and_no_place_is_there_twice(ledger: Ledger) -> None:
    shown = read(ledger, trace=True)
    ids = shown.values("id")
    assert len(ids) == len({*ids})
    assert {*shown.values("href")} <= {f"#{one}" for one in ids}
    labelled = shown.values("aria-labelledby")
    assert labelled
    assert {*labelled} <= {*ids}


@pytest.mark.parametrize("ledger", LEDGERS, ids=["full", "sparse", "one"])
def test_the_page_needs_nothing_beside_itself(ledger: Ledger) -> None:
    text = html(dossier(ledger))
    shown = Page(text)
    assert not {"img", "link", "iframe", "object", "form", "base"} & {*shown.tags}
    assert not shown.values("src")
    assert not [name for name, _ in shown.attributes if name.startswith("on")]
    assert not re.search(r"https?://|url\(|@import", text)


def test_the_one_script_is_the_one_whose_hash_the_policy_names() -> None:
    text = html(dossier(full_ledger()))
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    hashed = b64encode(sha256(script.encode()).digest()).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy == (
        f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{hashed}'"
    )
    assert "innerHTML" not in script
    assert '<div class="finder" id="finder" role="search" hidden>' in text  # shown by the script only


@pytest.mark.parametrize("ledger", LEDGERS, ids=["full", "sparse", "one"])
def test_headings_go_down_one_by_one_and_tables_are_labelled(ledger: Ledger) -> None:
    shown = read(ledger)
    levels = [int(tag[1]) for tag in shown.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert shown.tags.count("table") == shown.tags.count("caption")
    assert shown.tags.count("th") == len(shown.values("scope"))
    assert ("lang", "zh-CN") in shown.attributes
    regions = [one for one in shown.values("aria-label") if one.endswith("可左右滚动")]
    assert len(regions) == len({*regions}) == shown.values("role").count("region")


def test_a_branch_without_records_says_so_and_accuses_nobody() -> None:
    text = read(empty_ledger(), ()).text
    assert "本年度台账中未见组织生活记录。" in text
    assert "本期谈心谈话登记中未见记录。" in text
    assert "整改清单中未见记录。" in text
    assert "所选范围内没有可核对的事项。" in text
    assert "不等于没有开展；不得补造记录" in text
    for word in ("未召开", "无故", "造假", "补写", "补开", "补记"):
        assert word not in text


def test_the_cover_says_whose_it_is_up_to_which_day_and_for_whom() -> None:
    shown = read(full_ledger())
    for words in (
        "供检查查阅，不公开",
        "市数据局机关第一党支部",
        "中共市数据局机关委员会",
        "2026年（截至2026年10月8日）",
        "台账自2026年1月1日起登记",
    ):
        assert words in shown.text
    later = read(full_ledger(), as_of=date(2027, 2, 1))
    assert "2026年12月31日（按2027年2月1日的情况核对）" in later.text


def test_problems_are_listed_as_they_stood_that_day() -> None:
    """R1 was done on 1 August: on 31 July it was open, and how it was done not known."""
    rows = {row.id: row.cells for row in dossier(full_ledger(), as_of=date(2026, 7, 31)).listed.rows}
    assert rows["R1"] == ("检查", "2026", "会议记录不够具体", "逐条记录发言要点", "", "", "", "")
    assert rows["R4"][-1] == "2026年5月1日"
    now = {row.id: row.cells for row in dossier(full_ledger()).listed.rows}
    assert now["R1"][-1] == "2026年8月1日"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    found = replace(some_findings()[0], message=text, fix=text)
    told = {"theme": text, "content": text, "place": text, "resolution": text}
    shown = read(one_ledger(**told | {"topics": [text]}), (found,))
    assert shown.part("S1").count(text) == 5
    assert shown.text.count(text) >= 8  # the list of records and the finding too
    assert shown.tags.count("script") == 1


def test_what_cannot_be_seen_is_marked_and_ten_thousand_characters_stand_whole() -> None:
    long = "党员发言要点" * 1_667
    shown = read(one_ledger(content=long, theme="反转\u202e方向\x07", place="长" * 10_000))
    assert long in shown.part("S1")
    assert "长" * 10_000 in shown.part("S1")
    assert "反转〔U+202E〕方向〔U+0007〕" in shown.part("S1")


def test_a_year_of_sixty_sittings_with_long_minutes_stays_within_the_bounds() -> None:
    day = [date(2026, month, at).isoformat() for month in range(1, 11) for at in (1, 5, 9, 14, 20, 26)]
    held = [
        meeting("general_meeting", one, f"第{n}次会议", content="发言要点。" * 600, resolution="决议。" * 200)
        for n, one in enumerate(day)
    ]
    crowd = [
        {"name": f"甲{n}某", "joined": "2010-06-01", "converted": "2011-06-01", "status": "full"}
        for n in range(60)
    ]
    ledger = build_ledger([branch(), *many("member", crowd), *many("sitting", held)], CATALOGUE)
    shown = read(ledger, as_of=date(2026, 12, 31))
    assert len([one for one in shown.values("id") if re.fullmatch(r"S\d+", one)]) == 60


def test_a_table_of_talks_that_nobody_could_read_is_not_made() -> None:
    crowd = [{"name": f"甲{n}某", "joined": "2010-06-01", "status": "full"} for n in range(101)]
    view = dossier(build_ledger([branch(), *many("member", crowd)], CATALOGUE))
    assert view.talk.grids == ()
    assert "名单上有101人，表太大，不列；见下面的清单。" in Page(html(view)).text


def test_the_same_ledger_gives_the_same_bytes() -> None:
    assert html(dossier(full_ledger())) == html(dossier(full_ledger()))


def test_the_command_writes_one_file_that_holds_all(tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "zhibu.db")
    order = Order(kind=named("迎检资料"), period=period("2026"))
    made = make(ledger, order, tmp_path, Wish(), as_of=AS_OF)
    assert made.files == (tmp_path / "2026年迎检资料.html",)
    shown = Page(made.files[0].read_text(encoding="utf-8"))
    assert "守住纪律底线" in shown.part("S3")
    assert "〔待补：地点〕" in made.blanks


def test_a_year_that_has_not_begun_has_no_dossier() -> None:
    with pytest.raises(PaperError, match="尚未开始"):
        dossier(full_ledger(), as_of=date(2025, 12, 31))


def test_rules_that_the_branch_changed_are_told() -> None:
    assert "主题党日每月两次" in read(full_ledger(), own_rules=("主题党日每月两次",)).text


def _between(text: str, first: str, then: str) -> str:
    start = text.index(f'<h2 id="{first}"')
    return text[start : text.index(f'<h2 id="{then}"', start)]


def test_sittings_and_groups_of_the_factory_are_all_named() -> None:
    """A meeting of 第一党小组 says whose it is."""
    ledger = build_ledger([branch(), *members(), *posts(), *groups(), *sittings()], CATALOGUE)
    assert "第一党小组会" in read(ledger).part("h-S6")
