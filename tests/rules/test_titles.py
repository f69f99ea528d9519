"""Titles in texts: whatever their number, the same are found as by looking for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.rules.examples import run_example
from zhibu_cli.rules.pack import load_book
from zhibu_cli.rules.titles import FEW, Titles

RULES = {rule.id: rule for rule in load_book().rules}
LETTERS = st.text(st.sampled_from("关于开展学习的通知"), min_size=1, max_size=9)


@given(st.sets(LETTERS, max_size=3 * FEW), st.text(st.sampled_from("关于开展学习的通知，"), max_size=80))
def test_every_title_that_stands_in_the_text_is_found(titles: set[str], text: str) -> None:
    assert Titles(titles).within(text) == {title for title in titles if title in text}


def test_titles_that_begin_alike_and_titles_inside_others_are_told_apart() -> None:
    titles = [f"关于开展第{number}项示例学习的通知" for number in range(2 * FEW)]
    found = Titles([*titles, "示例学习的通知"]).within(f"先学《{titles[7]}》，再学《{titles[40]}》。")
    assert found == {titles[7], titles[40], "示例学习的通知"}


@pytest.mark.parametrize("tasks", [1, FEW, FEW + 1, 3 * FEW])
def test_study_tasks_are_judged_alike_however_many_there_are(tasks: int) -> None:
    """The first document is of 5 March: studied on the 4th it was not there, on the 6th it was late."""
    others = [
        {"kind": "study_task", "title": f"关于开展第{number}项示例学习的通知", "issued": "2026-03-05"}
        for number in range(1, tasks)
    ]
    first = {
        "kind": "study_task",
        "title": "《关于开展 首项示例学习的通知》",
        "issued": "2026-03-05",
        "deadline": "2026-03-05",
    }
    records = [
        {"kind": "theme_day", "on": "2026-03-04", "content": "学习关于开展 首项示例学习的通知。"},
        {"kind": "theme_day", "on": "2026-03-06", "content": "学习《关于开展首项示例学习的通知》。"},
    ]
    case = {"as_of": "2026-03-31", "records": [first, *others, *records]}
    late = [one.message for one in run_example(RULES["study-task-late"], case, CATALOGUE)]
    early = [one.subject.id for one in run_example(RULES["record-anachronism"], case, CATALOGUE)]
    done = [one for one in run_example(RULES["study-task-done"], case, CATALOGUE) if one.subject.id == "K1"]
    assert len(late) == 1
    assert "晚1天" in late[0]
    assert early == ["S1"]
    assert done[0].evidence == ("S2",)
