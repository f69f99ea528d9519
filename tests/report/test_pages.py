"""Pages in a narrow window and on paper: titles broken between words, numbers not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.report.factory import branch, many, members
from tests.report.test_table_papers import T, built

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("市数据局机关第一党支部", "市<wbr>数据局<wbr>机关<wbr>第一党支部<wbr>2026年<wbr>问题整改清单"),
        ("&#年支部<x>", "&amp;#年支部<wbr>&lt;x&gt;2026年<wbr>问题整改清单"),
    ],
)
def test_the_title_says_between_which_words_it_may_be_broken(name: str, title: str) -> None:
    view = built("problems", build_ledger([branch(name=name)], CATALOGUE))
    html = page.render(view, T / "problems.html.j2").decode("utf-8")
    assert f"<h1><span>{title}</span></h1>" in html
    assert f"<title>{title.replace('<wbr>', '')}</title>" in html


def test_an_own_template_is_left_as_it_is(tmp_path: Path) -> None:
    own = tmp_path / "own.html"
    own.write_text("<h1>{{ title }}</h1><h2>{{ title }}</h2><h1 class='a'>省局</h1>", encoding="utf-8")
    view = built("problems", build_ledger([branch(name="甲支部")], CATALOGUE))
    assert page.render(view, own).decode("utf-8") == (
        "<h1>甲支部2026年问题整改清单</h1><h2>甲支部2026年问题整改清单</h2><h1 class='a'>省局</h1>"
    )


def test_no_number_of_a_table_is_broken_on_screen_or_paper() -> None:
    """102 ballots stood as 10 above 2 in a printed page."""
    row = {"assessment_year": 2026, "member": "M1", "grade": "qualified", "votes_qualified": 102}
    ledger = build_ledger([branch(), *members(), *many("appraisal_row", [row])], CATALOGUE)
    html = page.render(built("appraisal-summary", ledger), T / "appraisal-summary.html.j2").decode("utf-8")
    assert html.count('<td class="center number">102</td>') == 2  # the row and the sum
    assert "td.day, td.number { white-space: pre; }" in html
