"""What minutes, posts and names make of the sentences of the text papers."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from tests.report.factory import asked, branch, many, meeting, members, posts
from tests.report.test_text_papers import AFTER, words

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import debrief, debrief_speech, markdown, page, quarter, summary, word


def test_a_lecture_counts_for_whoever_was_secretary_that_day() -> None:
    """李三 was secretary up to 12 June and lectured in April, 张一 since then and lectured in August."""
    held = [
        {"member": "M3", "post": "secretary", "since": "2023-06-01", "until": "2026-06-12"},
        {"member": "M1", "post": "secretary", "since": "2026-06-12"},
    ]
    lectures = [
        meeting("lecture", f"2026-0{month}-05", "守底线", lecturer=who)
        for month, who in ((4, "M3"), (8, "M1"))
    ]
    ledger = build_ledger([branch(), *members(), *many("post", held), *many("sitting", lectures)], CATALOGUE)
    study = summary.paper(asked(ledger, (), "2026", AFTER)).sections[1].parts[0].text
    assert "均由时任书记主讲。" in study
    own = debrief.paper(asked(ledger, (), "2026", AFTER))
    assert "本年度我讲党课1次：8月5日《守底线》。" in words(own)


@pytest.mark.parametrize("maker", [summary, debrief, debrief_speech])
def test_minutes_that_vote_on_an_admission_are_not_passed_over(maker: Any) -> None:
    """The roster of the branch has nobody who joined in September 2026; its minutes of 11 September do."""
    vote = {"matter": "admission", "object": ["田小禾"], "result": "通过"}
    held = meeting("general_meeting", "2026-09-11", "发展党员", votes=[vote])
    ledger = build_ledger([branch(), *members()[:8], *posts(), *many("sitting", [held])], CATALOGUE)
    told = words(maker.paper(asked(ledger, (), "2026", AFTER)))
    assert "名册中未见接收预备党员、预备党员转正" in told
    assert "；9月11日支部党员大会有接收预备党员的表决记录，名册中没有相应登记。" in told
    assert "田小禾" not in told


@pytest.mark.parametrize(
    ("vote", "said"),
    [
        ({"matter": "conversion", "object": ["M1"]}, False),  # 转正 on another day than the meeting
        ({"matter": "conversion", "object": ["周九"]}, True),  # on probation still
        ({"matter": "admission", "object": ["周九"]}, False),  # admitted in May
        ({"matter": "election", "object": ["田小禾"]}, False),
    ],
)
def test_a_vote_that_the_roster_answers_on_another_day_is_no_gap(vote: dict[str, Any], said: bool) -> None:
    held = meeting("general_meeting", "2026-10-11", "发展党员", votes=[vote])
    ledger = build_ledger([branch(), *members(), *posts(), *many("sitting", [held])], CATALOGUE)
    paper = quarter.paper(asked(ledger, (), "2026Q4", AFTER))
    assert ("名册中没有相应登记" in words(paper)) == said


def test_a_long_signature_keeps_its_lines_in_every_format() -> None:
    name = "中共云岭市自然资源和规划局国土空间规划与测绘地理信息管理科联合支部委员会"
    ledger = build_ledger([branch(name=name), *members(), *posts()], CATALOGUE)
    view, folder = summary.paper(asked(ledger, (), "2026", AFTER)), resources.templates_dir()
    first, second = "中共云岭市自然资源和规划局国土空间规划", "与测绘地理信息管理科联合支部委员会"
    assert f"\n{first}<br>{second}\n" in markdown.render(view, folder / "summary.md.j2").decode()
    html = page.render(view, folder / "summary.html.j2").decode()
    assert f'<p class="end" style="white-space: pre-line">{first}\n{second}</p>' in html
    with zipfile.ZipFile(io.BytesIO(word.render(view, folder / "summary.docx"))) as package:
        text = package.read("word/document.xml").decode()
    signed = text[text.rindex('"ZbSignature"') :]
    assert re.search(rf"{first}</w:t>.*<w:br/>.*{second}</w:t>", signed)
