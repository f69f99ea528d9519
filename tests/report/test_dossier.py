"""迎检资料: a year of the ledger on one page, that needs nothing beside itself; figures counted by hand."""

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
from tests.report.dossier_pages import AS_OF, between, dossier, html, one_ledger
from tests.report.factory import (
    branch,
    empty_ledger,
    entry,
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

from zhibu_cli.app.reporting import Order, Wish, make, named
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.entry import Entry
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.report.papers import find_paper

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.model.finding import Finding


VOID = frozenset({"meta", "br", "wbr", "input", "link", "img", "hr"})
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
    listed = between(html(dossier(full_ledger())), "index", "records")
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


def test_a_figure_ends_its_cell_without_an_empty_line() -> None:
    """Cells keep line breaks (``white-space: pre-line``): one after the figure would show in every row."""
    text = html(dossier(full_ledger()))
    start = text.index("组织生活场次（场）")
    figures = text[start : text.index("</table>", start)]
    assert figures.count("</details></td>") == figures.count("<details>") > 5
    assert not re.search(r"\n\s*</td>", text)


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
        *re.findall("[\u4e00-\u9fff]{2}", between(html(view), "attendance", "talks"))
    }


def test_a_month_before_the_ledger_begins_is_unknown_not_without_record() -> None:
    view = dossier(full_ledger(ledger_from="2026-06-01"))
    texts = {bar.label: bar.times.text for bar in view.month_bars}
    assert (texts["5月"], texts["6月"]) == ("无法判断", "1")


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


def test_sittings_and_groups_of_the_factory_are_all_named() -> None:
    """A meeting of 第一党小组 says whose it is."""
    ledger = build_ledger([branch(), *members(), *posts(), *groups(), *sittings()], CATALOGUE)
    assert "第一党小组会" in read(ledger).part("h-S6")
