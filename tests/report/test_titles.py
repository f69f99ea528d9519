"""Where the lines of a long title end."""

from __future__ import annotations

import pytest

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
