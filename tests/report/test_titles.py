"""Where the lines of a long title end."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from tests.report.factory import branch
from tests.report.test_every_paper import requests

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import word
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.titles import broken, pieces
from zhibu_cli.report.wording import title_lines

NAME = "中国共产党某某省某某自治州某某经济技术开发区行政审批和政务服务管理局机关第一支部委员会"


@pytest.mark.parametrize(
    ("head", "tail", "lines"),
    [
        ("市数据局机关第一党支部", "党员名册", ("市数据局机关第一党支部党员名册",)),
        ("市数据局机关第一党支部", "支部党员大会记录", ("市数据局机关第一党支部党员大会记录",)),
        ("市数据局第一党支部第二党小组", "党小组会记录", ("市数据局第一党支部第二党小组会记录",)),
        (
            "示例市样本局机关第一党支部",
            "关于召开支部党员大会的通知",
            ("示例市样本局机关第一党支部", "关于召开支部党员大会的通知"),
        ),
        (
            "示例市样本局机关第一党支部",
            "支部党员大会、组织生活会、民主评议党员记录",
            ("示例市样本局机关第一党支部", "支部党员大会、组织生活会、", "民主评议党员记录"),
        ),
        (
            "中共某市市场监督管理局机关委员会质量安全科技处联合党支部",
            "支部党员大会记录",
            ("中共某市市场监督管理局机关委员会", "质量安全科技处联合党支部", "支部党员大会记录"),
        ),
    ],
)
def test_a_line_ends_where_a_word_does(head: str, tail: str, lines: tuple[str, ...]) -> None:
    assert title_lines(head, tail) == lines


def test_a_name_of_forty_characters_is_set_in_lines_of_at_most_nineteen() -> None:
    lines = title_lines(NAME, "2026年度工作总结")
    assert "".join(lines) == NAME + "2026年度工作总结"
    assert lines[-1] == "2026年度工作总结"
    assert max(map(len, lines)) <= 19
    assert "某某省某某自治州" in lines[0]


def test_no_line_but_the_ends_is_shorter_than_both_its_neighbours() -> None:
    first, second, third = broken(
        ("甲市乙局机关丙处第一党支部委员会", "二〇二六年度情况报告和问题整改清单"), 24
    )[:3]
    assert not len(first) > len(second) < len(third)


def test_a_part_without_an_end_of_a_word_stays_whole() -> None:
    assert title_lines("长" * 60, "记录") == ("长" * 60, "记录")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("某某市数据资源局机关第三党支部委员会", ("某某市", "数据资源局", "机关", "第三党支部委员会")),
        ("2025年第一季度党建工作报告", ("2025年", "第一季度", "党建工作报告")),
        ("党员名册", ("党员名册",)),
    ],
)
def test_a_narrow_window_breaks_a_line_where_a_word_ends(line: str, words: tuple[str, ...]) -> None:
    assert pieces(line) == words


def test_a_branch_named_as_its_committee_has_one_committee_in_a_title() -> None:
    name = "中共某局机关第一支部委员会"
    assert title_lines(name, "支部委员会和党小组名单") == ("中共某局机关第一支部委员会和党小组名单",)
    assert title_lines(name, "支部党员大会记录") == ("中共某局机关第一支部委员会", "支部党员大会记录")


LONG = "中共示例自治州自然资源和不动产登记数据服务中心机关第三联合党支部"


@pytest.mark.parametrize(
    ("name", "slug", "line"),
    [
        ("市数据局机关第一党支部", "roster-8", "单位：市数据局机关第一党支部　　截至：2026年9月30日"),
        (LONG, "roster-8", f"单位：{LONG}<br>截至：2026年9月30日"),
        # on its long side the paper has room for sixty characters
        (LONG, "roster-18", f"单位：{LONG}　　截至：2026年9月30日"),
    ],
)
def test_a_line_below_a_title_is_broken_between_its_parts_and_never_in_a_day(
    name: str, slug: str, line: str
) -> None:
    kind = find_paper("roster")
    assert kind is not None
    (request,) = requests(kind, slug.removeprefix("roster-"), build_ledger([branch(name=name)], CATALOGUE))
    data = word.render(kind.build(request), resources.templates_dir() / f"{slug}.docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = archive.read("word/document.xml").decode("utf-8")
    (paragraph,) = re.findall(r"<w:p>(?:(?!</w:p>).)*单位：.*?</w:p>", document, re.DOTALL)
    assert '<w:jc w:val="left"/>' in paragraph
    assert re.sub(r"<(?!br>)[^>]*>", "", re.sub(r"<w:br\s*/>", "<br>", paragraph)) == line
