"""Names of figures in a template: what could be filled in one quarter can be in every other."""

from __future__ import annotations

from datetime import date

import pytest
from tests.report.factory import asked, empty_ledger, full_ledger

from zhibu_cli.report.papers import find_paper

AS_OF = date(2026, 10, 8)
HEADS = ("应到", "实到", "暂不参加", "到会率")
KINDS = ("支部党员大会", "支部委员会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议党员")
GRADES = ("优秀", "合格", "基本合格", "不合格", "不定等次", "不列入")


@pytest.mark.parametrize(
    ("paper", "periods"),
    [
        ("quarter", ("2026Q1", "2026Q3")),
        ("summary", ("2025", "2026")),
        ("debrief", ("2025", "2026")),
        ("debrief-speech", ("2025", "2026")),
        ("life-report", ("2025", "2026")),
    ],
)
def test_a_paper_has_the_same_figures_by_name_in_every_period(paper: str, periods: tuple[str, str]) -> None:
    """A form that was filled and checked must not fail in a quarter without that kind of meeting."""
    kind = find_paper(paper)
    assert kind is not None
    views = [kind.build(asked(full_ledger(), (), when, AS_OF)) for when in periods]
    views.append(kind.build(asked(empty_ledger(), (), periods[0], AS_OF)))
    first, *others = [{*view.figures} for view in views]  # type: ignore[attr-defined]
    assert all(first == names for names in others)


def test_heads_of_what_was_not_held_are_a_dash_and_stand_in_no_trace() -> None:
    kind = find_paper("quarter")
    assert kind is not None
    view = kind.build(asked(empty_ledger(), (), "2026Q3", AS_OF, trace=True))
    figures = view.figures  # type: ignore[attr-defined]
    assert [str(figures[label + head]) for label in KINDS for head in HEADS] == ["—"] * 28
    assert [str(figures[f"评定{grade}"]) for grade in GRADES] == ["未见记录"] * 6
    traced = {figure.label for figure in view.trace}  # type: ignore[attr-defined]
    assert not {"党课应到", "党课到会率", "评定优秀"} & traced
