"""Words of any length found in every record, shown as the record shows them.

张三 (M1), 李四 (M2), 王五 (M3, 书记), 赵六 (M4), 第一党小组 (G1) and:
S1 党员大会 2026-01-15, chair 王五, 张三 absent (病假), content on 条例; one vote on 工作计划.
S2 主题党日 2026-03-06, theme 植树; place “A座 302室”.
T1 talk of 王五 with 李四 2026-02-10, content on 家庭困难 (confidential), place 谈话室.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.once import once

from zhibu_cli.app.finding import find, fold, marked
from zhibu_cli.app.recording import amend, record, void
from zhibu_cli.errors import InputError
from zhibu_cli.model.period import Span

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor


@pytest.fixture
@once
def full(ledger: Path, actor: Actor) -> Path:
    record(
        ledger,
        "党员大会",
        {
            "date": "2026-01-15",
            "chair": "王五",
            "absentees": "张三=病假",
            "content": "一、传达上级来文精神，逐条学习条例第三章，结合岗位谈体会。\n二、讨论全年工作安排。",
            "votes": "事项类别=一般议题 事项=工作计划",
        },
        actor,
    )
    record(ledger, "主题党日", {"date": "2026-03-06", "theme": "植树“护绿”", "place": "Ａ座 302室"}, actor)
    talk = {
        "date": "2026-02-10",
        "talkers": "王五",
        "partners": "李四",
        "place": "谈话室",
        "content": "家庭困难",
    }
    record(ledger, "谈心谈话", talk, actor)
    return ledger


def _ids(path: Path, *words: str, what: str = "", span: Span | None = None) -> list[str]:
    return [hit.id for hit in find(path, words, what=what, span=span).hits]


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("条例", ["S1"]),
        ("条", ["S1"]),  # one character
        ("张三", ["S1", "M1"]),  # stands in S1 as a number
        ("张", ["S1", "M1"]),
        ("病假", ["S1"]),
        ("工作计划", ["S1"]),  # in a row of 表决
        ("一般议题", ["S1"]),  # a term, stored as a code
        ("主题党日", ["S2"]),
        ("谈心谈话", ["T1"]),
        ("3月6日", ["S2"]),
        ("星期五", ["S2"]),
        ("2026-03-06", ["S2"]),
        ("s2", ["S2"]),
        ("a座", ["S2"]),  # stored full-width and large
        ("Ａ座", ["S2"]),
        ("３０２", ["S2"]),
        ("“护绿”", ["S2"]),
        ("安排", ["S1"]),  # behind a line break
        ("theme", []),  # a field's name is no text
        ("secretary", []),  # nor is a term's code
        ("没有这个词", []),
    ],
)
def test_a_word_is_found_where_a_reader_would_read_it(full: Path, word: str, ids: list[str]) -> None:
    assert [id_ for id_ in _ids(full, word) if id_ not in {"G1", "P1", "B1"}] == ids


@pytest.mark.parametrize(
    "word", ["100%", "%_", "_a'b", "'", '"c', "\\d", "*e", "NEAR(", "--", "?", "１００％", "[x]", "AND"]
)
def test_signs_that_search_languages_use_are_text(full: Path, actor: Actor, word: str) -> None:
    theme = "完成率100%_a'b\"c\\d*e [x]"
    record(full, "党课", {"date": "2026-03-08", "theme": theme, "content": "NEAR(学 AND 习) -- ？"}, actor)
    assert _ids(full, word) == ["S3"]


@pytest.mark.parametrize("word", ["x%", "条_", "植*", "条例 OR", "^条", "-条例", "条例;"])
def test_signs_match_nothing_but_themselves(full: Path, word: str) -> None:
    assert _ids(full, word) == []


def test_several_words_must_all_occur_in_whatever_field(full: Path) -> None:
    assert _ids(full, "王五", "条例") == ["S1"]
    assert _ids(full, "王五 条例") == ["S1"]
    assert _ids(full, "党员大会", "张三", "2026年1月") == ["S1"]
    assert _ids(full, "条例", "植树") == []


def test_the_newest_stands_first_and_what_has_no_day_last(full: Path) -> None:
    assert _ids(full, "王五") == ["T1", "S1", "P1", "M3"]


def test_kind_and_days_narrow_the_search(full: Path) -> None:
    assert _ids(full, "王五", what="党员大会") == ["S1"]
    assert _ids(full, "王五", what="党员名册") == ["M3"]
    assert _ids(full, "王五", span=Span(date(2026, 2, 1), date(2026, 3, 31))) == ["T1"]
    with pytest.raises(InputError, match="不认识的类型“会餐”"):
        find(full, ["王五"], what="会餐")


def test_the_snippet_marks_the_hit_without_colour_and_names_the_field(full: Path) -> None:
    (hit,) = find(full, ["条例"]).hits
    assert hit.snippets == (
        "内容：…、传达上级来文精神，逐条学习【条例】第三章，结合岗位谈体会。 二、讨论全年工作安…",
    )
    (hit,) = find(full, ["张三", "病假"]).hits
    assert hit.snippets == ("缺席人员及原因：【张三】（【病假】）",)


def test_what_was_said_in_a_talk_is_found_but_shown_only_in_full(full: Path) -> None:
    (hit,) = find(full, ["困难"]).hits
    assert hit.id == "T1"
    assert hit.snippets == ("内容要点（内容不公开，加 --full 才显示）",)
    (hit,) = find(full, ["困难"], full=True).hits
    assert hit.snippets == ("内容要点：家庭【困难】",)
    (hit,) = find(full, ["谈话室"]).hits
    assert hit.snippets == ("地点：【谈话室】",)


def test_no_word_of_a_confidential_field_shows_beside_another_hit(full: Path) -> None:
    (hit,) = find(full, ["李四", "困难"]).hits
    assert hit.snippets == ("谈话对象：【李四】", "内容要点（内容不公开，加 --full 才显示）")


def test_a_withdrawn_record_and_an_older_version_are_not_found(full: Path, actor: Actor) -> None:
    amend(full, "S2", {"theme": "清洁河道"}, "写错了", actor)
    assert _ids(full, "植树") == []
    assert _ids(full, "河道") == ["S2"]
    void(full, "S2", "重复", actor)
    assert _ids(full, "河道") == []


def test_no_more_than_asked_are_shown_and_all_are_counted(full: Path) -> None:
    found = find(full, ["2026"], most=2)
    assert [hit.id for hit in found.hits] == ["S2", "T1"]
    assert found.count == 3


def test_nothing_to_find_is_told(full: Path) -> None:
    with pytest.raises(InputError, match="没有写明要找什么"):
        find(full, [" "])


def test_folding_keeps_the_length_so_that_places_agree() -> None:
    for text in ("ＡＢｃ１２３：“中”", "İstanbul", "ß", "𠮷野家"):
        assert len(fold(text)) == len(text)


def test_every_hit_of_a_snippet_is_marked_once() -> None:
    assert marked("学习党章，学习条例", ["学习", "条例"]) == "【学习】党章，【学习】【条例】"
    assert marked("A座a座", ["a座"]) == "【A座】【a座】"
    assert marked("党员大会", ["党员", "党员大会"]) == "【党员大会】"
