"""会议通知: valid as a Word file, the same twice, hostile words as words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from openxml_audit import OpenXmlValidator, ValidationSeverity
from tests.report.factory import branch, full_ledger

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report import word
from zhibu_cli.report.notice import Said, build_notice

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.model.ledger import Ledger

DAY, TODAY = date(2026, 12, 4), date(2026, 11, 25)
TYPED = "<b>{{ 7*7 }}]]>|\u202e𠮷"


def notice(ledger: Ledger, kind: str = "general_meeting", **said: object) -> bytes:
    words = Said(**said)  # type: ignore[arg-type]
    view = build_notice(ledger, CATALOGUE.kind(kind), "", DAY, printed=TODAY, said=words)
    return word.render(view, resources.templates_dir() / "notice.docx")


def test_it_is_what_the_schemas_say_with_hostile_words_in_it(tmp_path: Path) -> None:
    data = notice(full_ledger(), place=TYPED, topics=(TYPED, TYPED), host=TYPED, contact=TYPED)
    (tmp_path / "notice.docx").write_bytes(data)
    errors = OpenXmlValidator().validate(tmp_path / "notice.docx").errors
    assert [error for error in errors if error.severity is ValidationSeverity.ERROR] == []
    assert "<b>{{ 7*7 }}]]>|〔U+202E〕𠮷" in word.printed(data)


def test_the_same_words_give_the_same_bytes() -> None:
    assert notice(full_ledger(), place="三楼") == notice(full_ledger(), place="三楼")


def test_where_nobody_is_known_to_be_expected_it_is_left_open() -> None:
    empty = build_ledger([branch()], CATALOGUE)
    assert "三、参加人员：〔待补：参加人员〕" in word.printed(notice(empty))
    assert "〔待补：参加人员〕：" in word.printed(notice(full_ledger(), "democratic_life_meeting"))


def test_a_notice_of_several_at_once_names_each_with_its_verb_and_the_lecturer() -> None:
    def told(*kinds: str, **words: object) -> list[str]:
        first, *also = map(CATALOGUE.kind, kinds)
        said = Said(**words)  # type: ignore[arg-type]
        view = build_notice(full_ledger(), first, "", DAY, printed=TODAY, said=said, also=also)
        return ["".join(view.title_lines), view.addressee, *view.lines]

    title, addressee, *lines = told("org_life_meeting", "appraisal")
    assert title.endswith("关于召开组织生活会、开展民主评议党员的通知")
    assert addressee == "各位党员："
    assert "四、议题和内容：〔待补：议题和内容〕" in lines
    lines = told("group_meeting", "lecture", topics=("守住底线", "讨论"), lecturer="张一")[2:]
    at = lines.index("四、议题和内容")
    assert lines[at + 1 : at + 4] == ["1.守住底线", "2.讨论", "党课主讲人：张一。"]


def test_one_topic_stands_on_the_line_of_its_label() -> None:
    assert "四、会议议题：审议总结" in word.printed(notice(full_ledger(), topics=("审议总结",)))
    told = word.printed(notice(full_ledger(), "lecture", topics=("守住底线",), lecturer="张一"))
    assert "四、党课题目：《守住底线》，主讲人张一" in told
