"""A branch's own rules: adding, tightening, switching off, and from which day on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.rules.local_file import BOOK, GENERAL, HEAD, outcome, wrong

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.period import Span
from zhibu_cli.resources import read_table
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger
from zhibu_cli.rules.local import Outcome, version_of, with_local

DOCS = Path(__file__).resolve().parents[2] / "docs"


def statuses(book: Any, as_of: date, rule: str, **ledger: Any) -> dict[str, str]:
    """What follows the @ of the rule's keys -> status and severity."""
    example = {"as_of": as_of.isoformat(), "members": ["甲"], **ledger}
    span = Span(date(as_of.year, 1, 1), date(as_of.year, 12, 31))
    found = evaluate(book, example_ledger(example, CATALOGUE), span, as_of)
    return {
        one.key.partition("@")[2]: f"{one.status.value} {one.severity.value}"
        for one in found
        if one.rule == rule
    }


ONCE_A_QUARTER = [
    {"kind": "general_meeting", "on": "2025-11-05"},
    {"kind": "general_meeting", "on": "2026-02-05"},
]


def test_a_duty_made_stricter_binds_from_its_day_on() -> None:
    """Once a quarter was enough in 2025; from 2026-01-01 the branch asks for two."""
    table = {"set": [{**HEAD, "rule": GENERAL, "from": "2026-01-01", "at_least": 2}]}
    result = outcome(table)
    assert result.problems == ()
    old = statuses(result.book, date(2025, 12, 31), GENERAL, records=ONCE_A_QUARTER)
    assert old["2025-Q4"] == "met error"
    new = statuses(result.book, date(2026, 4, 1), GENERAL, records=ONCE_A_QUARTER)
    assert new["2026-Q1"] == "missed error"
    (change,) = result.changes
    assert (change.rule, change.mark) == (GENERAL, "收紧")
    assert change.text == (
        "自2026年1月1日起收紧“支部党员大会每季度至少一次”（general-meeting-quarterly）："
        "至少数量由 1 改为 2，理由：机关党委要求（张三，2026年1月5日）。"
    )


def test_the_message_tells_the_text_and_the_branchs_own_number_apart() -> None:
    book = outcome({"set": [{**HEAD, "rule": GENERAL, "at_least": 2}]}).book
    ledger = example_ledger({"as_of": "2026-07-01", "records": []}, CATALOGUE)
    span = Span(date(2026, 4, 1), date(2026, 6, 30))
    (one,) = [f for f in evaluate(book, ledger, span, date(2026, 7, 1)) if f.rule == GENERAL]
    assert "条文表述：每季度至少召开一次；本支部规定至少数量为 2。" in one.message
    assert one.required == 2


def test_without_a_from_the_day_of_the_decision_counts() -> None:
    result = outcome({"off": [{**HEAD, "rule": "record-content-too-short"}]})
    assert result.problems == ()
    (rule,) = [one for one in result.book.rules if one.id == "record-content-too-short"]
    assert rule.versions[-1].until == date(2026, 1, 4)
    assert rule.version_on(date(2026, 1, 5)) is None


def test_a_rule_switched_off_from_before_its_beginning_is_gone_and_still_told() -> None:
    table = {"off": [{**HEAD, "rule": "主题党日每月一次", "from": "2010-01-01"}]}
    result = outcome(table)
    assert result.book.find("theme-day-monthly") is None
    assert result.whole.find("theme-day-monthly") is not None
    (change,) = result.changes
    assert change.mark == "停用"
    assert (
        "停用“主题党日每月一次”（theme-day-monthly），理由：机关党委要求（张三，2026年1月5日）。"
        in change.text
    )


def test_a_severity_may_become_graver() -> None:
    result = outcome({"set": [{**HEAD, "rule": "committee-meeting-monthly", "severity": "error"}]})
    assert result.problems == ()
    (rule,) = [one for one in result.book.rules if one.id == "committee-meeting-monthly"]
    assert rule.version_on(date(2026, 1, 4)).severity == "warn"  # type: ignore[union-attr]
    assert rule.version_on(date(2026, 1, 5)).severity == "error"  # type: ignore[union-attr]
    assert "级别由“需说明”改为“问题”" in result.changes[0].text


def test_what_is_strict_already_is_told_to_be_the_same() -> None:
    (change,) = outcome({"set": [{**HEAD, "rule": GENERAL, "at_least": 1}]}).changes
    assert "：与现行规定相同，理由" in change.text


def test_packs_are_switched_on_and_off_with_a_reason() -> None:
    result = outcome({"packs": {**HEAD, "on": ["地方做法"], "off": ["sichuan-2016"]}})
    assert result.problems == ()
    ids = [pack.id for pack in result.book.packs]
    assert "local-practice" in ids
    assert "sichuan-2016" not in ids
    assert [change.mark for change in result.changes] == ["启用", "停用"]
    assert "停用规则包“四川省2016年机关党的建设意见”，理由：机关党委要求" in result.changes[1].text
    assert statuses(result.book, date(2026, 4, 1), GENERAL)["2026-Q1"] == "missed warn"


def test_a_pack_is_not_switched_off_without_a_reason() -> None:
    said = wrong({"packs": {"off": ["dues-rules-2008"]}})
    assert [line.partition("packs.")[2].partition("：")[0] for line in said] == ["reason", "by", "date"]


def test_a_change_of_a_rule_that_is_not_applied_says_so() -> None:
    result = outcome({"off": [{**HEAD, "rule": "secretary-lecture-yearly"}]}, "支部工作条例")
    assert "所属规则包没有启用，暂不起作用" in result.changes[0].text


def plain(tmp_path: Path, text: str) -> dict[str, Any]:
    path = tmp_path / "local.toml"
    path.write_text(text, encoding="utf-8")
    return read_table(path)[0]


def test_every_example_of_the_page_is_sound_alone_and_together(tmp_path: Path) -> None:
    page = (DOCS / "local-rules.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    assert len(blocks) == 4
    for text in (*blocks, "\n".join(blocks)):
        table = plain(tmp_path, text)
        assert list(map(str, outcome(table, examples=True).problems)) == []
    whole = outcome(plain(tmp_path, "\n".join(blocks)))
    assert [change.mark for change in whole.changes] == ["新增", "启用", "停用", "收紧", "停用"]


def test_a_rule_of_its_own_is_applied_and_stands_in_a_pack_of_its_own(tmp_path: Path) -> None:
    page = (DOCS / "local-rules.md").read_text(encoding="utf-8")
    text = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)[-1]
    result = outcome(plain(tmp_path, text))
    found = statuses(result.book, date(2026, 4, 1), "own-lecture-quarterly")
    assert found["2026-Q1"] == "missed error"
    rule = result.book.find("own-lecture-quarterly")
    assert rule is not None
    home = result.book.home(rule)
    assert home is not None
    assert (home.id, home.title) == ("local", "本支部规定")


def test_the_page_on_the_empty_pack_fills_it(tmp_path: Path) -> None:
    page = (DOCS / "rules" / "sichuan-2024.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
    table = plain(tmp_path, text)
    result = outcome(table, examples=True)
    assert list(map(str, result.problems)) == []
    rule = result.book.find("sunshine-twice-yearly")
    assert rule is not None
    assert result.book.home(rule).id == "sichuan-2024"  # type: ignore[union-attr]
    # without the pack the rule is known and not applied
    off = outcome({key: value for key, value in table.items() if key != "packs"})
    assert off.whole.find("sunshine-twice-yearly") is not None
    assert off.book.find("sunshine-twice-yearly") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "own-lecture-quarterly"', f'id = "{GENERAL}"', "id：“general-meeting-quarterly”已经有了"),
        ('id = "org-life-system"', 'id = "sichuan-2016"', "自带的规则包里已有“sichuan-2016”"),
        ('article = "第三条"', 'article = "第九条"', "第1个 ground 的 article：文件“org-life-system”中没有"),
        ('per = "quarter"', 'per = "season"', "第1个 rule：第1个 version 的 per：应为month、quarter 或 year"),
        ('severity = "error"  ', 'severity = "warn"  ', "第1个 version 的 severity：依据中最严的用词对应"),
        ('check = "cadence"', 'check = "rhythm"', "第1个 rule：check：没有“rhythm”这种核对方法"),
        ("order = 200", 'order = "二百"', "第1个 source：order：应为整数"),
    ],
)  # fmt: skip
def test_a_broken_rule_of_its_own_is_told_by_its_place(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    page = (DOCS / "local-rules.md").read_text(encoding="utf-8")
    text = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)[-1]
    assert old in text
    said = "\n".join(wrong(plain(tmp_path, text.replace(old, new, 1))))
    assert words in said


def test_only_lint_asks_for_examples_and_for_answers_to_every_article(tmp_path: Path) -> None:
    page = (DOCS / "local-rules.md").read_text(encoding="utf-8")
    text = re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)[-1]
    table = plain(tmp_path, text.replace('coverage = "manual"', "#").replace('why = "没有', "# "))
    table["rule"][0].pop("example")
    assert wrong(table) == []
    said = "\n".join(map(str, outcome(table, examples=True).problems))
    assert "第1个 rule：example：至少要有一个 missed 的例子" in said
    assert "第四条：没有规则引用" in said


def test_the_version_is_that_of_the_content() -> None:
    one = {"off": [{"rule": "a", "by": "乙"}]}
    assert version_of(one) == version_of({"off": [{"by": "乙", "rule": "a"}]})
    assert version_of(one) != version_of({"off": [{"by": "丙", "rule": "a"}]})
    assert re.fullmatch("[0-9a-f]{8}", version_of(one))


class TestDecidedLater:
    """What was decided on 2026-01-05 is told as of 2026-01-04, and not applied."""

    eve, day = date(2026, 1, 4), date(2026, 1, 5)

    def asked(self, table: dict[str, Any], as_of: date) -> Outcome:
        result = with_local(table, BOOK, (), CATALOGUE, as_of=as_of)
        assert result.problems == ()
        return result

    def test_a_rule_stays_on(self) -> None:
        table = {"off": [{**HEAD, "rule": "record-content-too-short", "from": "2025-01-01"}]}
        before, after = (self.asked(table, day) for day in (self.eve, self.day))
        version = before.book.find("record-content-too-short").version_on(date(2025, 6, 1))  # type: ignore[union-attr]
        assert version is not None
        assert before.changes[0].text.endswith("；决定的日期在核对日以后，这次没有采用。")
        version = after.book.find("record-content-too-short").version_on(date(2025, 6, 1))  # type: ignore[union-attr]
        assert version is None
        assert after.changes[0].text.endswith("（张三，2026年1月5日）。")

    def test_a_rule_is_made_no_stricter(self) -> None:
        table = {"set": [{**HEAD, "rule": GENERAL, "from": "2025-01-01", "at_least": 2}]}
        numbers = [
            self.asked(table, day).book.find(GENERAL).version_on(date(2025, 6, 1)).params["at_least"]  # type: ignore[union-attr]
            for day in (self.eve, self.day)
        ]
        assert numbers == [1, 2]
        assert "这次没有采用" in self.asked(table, self.eve).changes[0].text

    def test_a_pack_stays_as_it_was(self) -> None:
        table = {"packs": {"on": ["local-practice"], "off": ["dues-rules-2008"], **HEAD}}
        before, after = (
            {pack.id for pack in self.asked(table, day).book.packs} for day in (self.eve, self.day)
        )
        assert ("local-practice" in before, "dues-rules-2008" in before) == (False, True)
        assert ("local-practice" in after, "dues-rules-2008" in after) == (True, False)
