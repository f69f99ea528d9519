"""What is owed next: order, range, the theme day, who; as data and as a calendar file.

The ledger of conftest.py: 王五 is 书记, elected on 2024-01-10, so that the term ends on 2027-01-10; 张三
leads 第一党小组; no committee. The branch fixes 每月20日.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar

from zhibu_cli.app import checking
from zhibu_cli.app import due as use
from zhibu_cli.app.recording import amend, record
from zhibu_cli.app.setup import init_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.due import Due, DueRow


def ask(path: Path, as_of: date, within: str = "30d") -> Due:
    return use.due(path, as_of, within)


def row(answer: Due, rule: str) -> DueRow:
    return next(one for one in answer.view.rows if one.rule == rule)


def rows(answer: Due) -> list[DueRow]:
    """All but what the period before left without a record."""
    return [one for part in answer.view.parts if not part.title.startswith("上期") for one in part.rows]


def rules(answer: Due) -> list[str]:
    return [one.rule for one in rows(answer)]


def titles(answer: Due) -> list[str]:
    return [part.title for part in answer.view.parts]


def test_the_theme_day_is_told_on_its_fixed_day_shifted_over_the_holiday(branch: Path) -> None:
    """2026-02-20 lies in 春节, the next working day is Tuesday the 24th."""
    found = row(ask(branch, date(2026, 2, 9)), "theme-day-monthly")
    assert (found.day, found.due) == (date(2026, 2, 24), date(2026, 2, 28))
    assert found.when == "固定日2026年2月24日（星期二，由2月20日顺延），还有15天；最迟2026年2月28日"
    assert found.who == "书记王五"
    assert "第十六条" in found.grounds


def test_a_made_up_workday_is_not_shifted(branch: Path) -> None:
    found = row(ask(branch, date(2026, 9, 1)), "theme-day-monthly")
    assert found.when == "固定日2026年9月20日（星期日），还有19天；最迟2026年9月30日"


def test_after_the_fixed_day_the_last_day_of_the_month_counts(branch: Path) -> None:
    found = row(ask(branch, date(2026, 3, 23)), "theme-day-monthly")
    assert found.day == date(2026, 3, 31)
    assert found.when == "2026年3月31日（星期二，还有8天），固定日2026年3月20日（星期五）已过"


def test_a_theme_day_that_was_held_is_not_told_again_that_month(branch: Path, actor: Actor) -> None:
    record(branch, ["theme_day"], {"date": "2026-03-05", "theme": "植树"}, actor)
    assert "theme-day-monthly" not in rules(ask(branch, date(2026, 3, 9), "7d"))
    assert "theme-day-fixed-day" not in rules(ask(branch, date(2026, 3, 9), "60d"))


def test_soonest_first_and_no_further_than_asked(branch: Path) -> None:
    answer = ask(branch, date(2026, 3, 9))
    days = [one.day for one in rows(answer)]
    assert days == sorted(days)
    assert max(days) <= date(2026, 4, 8)
    assert "general-meeting-quarterly" in rules(answer)
    assert "general-meeting-quarterly" not in rules(ask(branch, date(2026, 2, 9), "2w"))


def test_duties_of_a_month_that_has_not_begun_are_told_when_asked_for(branch: Path) -> None:
    answer = ask(branch, date(2026, 3, 9), "3m")
    told = [one.day for one in rows(answer) if one.rule == "theme-day-monthly"]
    # 20 May is a Wednesday; 20 April a Monday
    assert told == [date(2026, 3, 20), date(2026, 4, 20), date(2026, 5, 20)]


def test_a_term_is_told_from_180_days_before_its_end_whatever_the_range(branch: Path) -> None:
    """2027-01-10 less 180 days is 2026-07-14."""
    assert "term-3-years" not in rules(ask(branch, date(2026, 7, 13), "1d"))
    found = row(ask(branch, date(2026, 7, 14), "1d"), "term-3-years")
    assert found.when == "2027年1月10日（星期日，还有180天）"
    assert "2024年1月10日当选" in found.fact


def test_what_is_over_and_not_cured_stands_first(branch: Path) -> None:
    """赵六's probation was over on 2026-11-20, a year after he was admitted."""
    answer = ask(branch, date(2027, 3, 1))
    assert answer.view.parts[0].title == "已过期限（2 项）"
    assert [(found.rule, found.when) for found in answer.view.parts[0].rows] == [
        ("probation-timely", "2026年11月20日（星期五，已过101天）期满"),
        ("term-3-years", "2027年1月10日（星期日，已过50天）"),
    ]


def test_what_the_superior_has_approved_is_not_told_as_overdue(branch: Path, actor: Actor) -> None:
    later = type(actor)(who="王五", now=actor.now.replace(year=2027))
    checking.waive(
        branch,
        "term-3-years@2027-01-10",
        "延期换届",
        later,
        approval="机工委〔2027〕1号",
        approved_on=date(2027, 1, 5),
    )
    assert "term-3-years" not in rules(ask(branch, date(2027, 3, 10)))


def test_records_that_are_faulty_are_no_duties(branch: Path, actor: Actor) -> None:
    record(branch, ["theme_day"], {"date": "2026-03-09", "expected": "3", "present": "9"}, actor)
    answer = ask(branch, date(2026, 3, 9))
    assert not any(one.startswith("record-") for one in rules(answer))


def test_many_who_owe_the_same_are_one_line_with_their_number(branch: Path) -> None:
    found = row(ask(branch, date(2026, 12, 5)), "talk-committee-member")
    assert found.title.endswith("（3人）")
    assert found.who == "3名党员"
    assert found.names == "张三、李四、赵六"


def test_the_page_lists_the_names_behind_a_number(branch: Path) -> None:
    text = use.paper(ask(branch, date(2026, 12, 5)), "md").decode()
    assert "| 3名党员 |" in text
    assert "- 支委与党员谈心谈话一般每年一次（3人）：张三、李四、赵六" in text


def test_what_the_texts_ask_for_without_a_number_stands_last_as_a_reminder(branch: Path) -> None:
    parts = ask(branch, date(2026, 12, 5)).view.parts
    assert [part.brief for part in parts] == [False, False, False, True]
    assert parts[-1].title == "年内提醒（4 项）"
    assert "warning-education" in {one.rule for one in parts[-1].rows}
    assert "secretary-lecture-yearly" in {one.rule for one in parts[1].rows}


def test_what_is_over_but_still_in_time_does_not_vanish(branch: Path) -> None:
    """赵六's probation ended on 2026-11-20; a month later his meeting would still be 及时."""
    late = ask(branch, date(2026, 12, 5)).view.parts[0]
    assert late.title == "已到期、尚待办理（1 项）"
    assert (late.rows[0].rule, late.rows[0].when) == (
        "probation-timely",
        "2026年11月20日（星期五，已过15天）期满，其后及时办理",
    )


def test_the_end_of_a_probation_is_its_first_day_not_its_last_and_the_secretary_sees_to_it(
    branch: Path,
) -> None:
    """Nobody is turned full before 2026-11-20, and 赵六 himself has nothing to do about it."""
    found = row(ask(branch, date(2026, 11, 10)), "probation-timely")
    assert found.when == "2026年11月20日（星期五，还有10天）期满，其后及时办理"
    assert (found.who, found.post) == ("书记王五", "书记")
    assert found.fact.startswith("赵六：")
    calendar = Calendar.from_ical(use.calendar_file(ask(branch, date(2026, 11, 10))))
    (event,) = (one for one in calendar.walk("VEVENT") if "预备期" in str(one["SUMMARY"]))
    assert str(event["DESCRIPTION"]).startswith("2026年11月20日期满，其后及时办理。书记。")


def test_the_day_after_a_probation_has_run_out_it_stands_first(branch: Path) -> None:
    answer = ask(branch, date(2026, 11, 21))
    assert titles(answer)[0] == "已到期、尚待办理（1 项）"
    assert answer.view.parts[0].rows[0].rule == "probation-timely"
    assert [one["rule"] for one in use.to_json(answer)["overdue"]] == ["probation-timely"]


def test_after_new_year_december_is_told_with_its_remedy_and_no_later_than_a_month(
    branch: Path, actor: Actor
) -> None:
    """Of December and the last quarter only the theme day is recorded; 31 days later it is January's turn."""
    record(branch, ["theme_day"], {"date": "2026-12-21"}, replace(actor, now=datetime(2027, 1, 4, 9)))
    answer = ask(branch, date(2027, 1, 4))
    past = next(part for part in answer.view.parts if part.title.startswith("上期未见记录"))
    told = {one.key: one.remedy for one in past.rows}
    assert {"general-meeting-quarterly@2026-Q4", "group-meeting-monthly@2026-12"} < set(told)
    assert "theme-day-monthly@2026-12" not in told
    assert {one.due for one in past.rows} == {date(2026, 12, 31)}
    assert "zhibu waive" in told["general-meeting-quarterly@2026-Q4"]
    assert not any(word in text for text in told.values() for word in ("补写", "补开", "补记"))
    assert {one["key"] for one in use.to_json(answer)["unseen"]} == set(told)
    assert "处理：" in use.paper(answer, "md").decode()
    later = ask(branch, date(2027, 2, 1)).view.parts
    kept = next(part for part in later if part.title.startswith("上期未见记录"))
    assert {one.due for one in kept.rows} == {date(2027, 1, 31)}


def test_what_was_before_the_first_day_of_a_ledger_is_not_told_as_unseen(
    tmp_path: Path, actor: Actor
) -> None:
    path = tmp_path / "neu.db"
    init_ledger(path, {"name": "乙支部", "founded": "2019-05-01", "ledger_from": "2026-03-01"}, actor)
    assert not any(title.startswith("上期") for title in titles(ask(path, date(2026, 3, 9))))


def test_only_what_is_to_be_done_is_owed(branch: Path, actor: Actor) -> None:
    """A third at most of 优秀 is nothing to do; grades and their telling come after the sitting."""
    told = rules(ask(branch, date(2026, 12, 5), "6m"))
    assert "appraisal-yearly" in told
    assert not {"appraisal-excellent-third", "appraisal-coverage", "appraisal-result-feedback"} & set(told)
    later = replace(actor, now=datetime(2026, 12, 20, 9))
    held = {"date": "2026-12-10", "assessment_year": "2026", "forms": "党员大会"}
    record(branch, ["appraisal"], held, later)
    grade = {"assessment_year": "2026", "member": "张三", "grade": "合格"}
    record(branch, "appraisal_row", grade, later)
    told = rules(ask(branch, date(2026, 12, 20), "9m"))
    assert {"appraisal-coverage", "appraisal-result-feedback"} < set(told)
    assert "appraisal-excellent-third" not in told


def test_every_document_is_named_once_with_its_articles(branch: Path) -> None:
    """2月: theme day (第十六条 and （六）) and group meeting (第十三条 and （六）)."""
    grounds = ask(branch, date(2026, 2, 9), "20d").view.grounds
    assert grounds[0] == "《中国共产党支部工作条例（试行）》：1. 第十六条（每月）；3. 第十三条（一般）"
    assert [text.partition("：")[2] for text in grounds[1:]] == ["2. （六）（突出）；4. （六）（一般）"]


def test_pairs_are_told_apart(branch: Path, actor: Actor) -> None:
    for name in ("张三", "李四"):
        record(
            branch,
            "post",
            {"member": name, "post": "委员", "since": "2024-01-10", "origin": "换届选举"},
            actor,
        )
    found = row(ask(branch, date(2026, 12, 5)), "talk-committee-pairs")
    assert (found.who, found.names) == ("3对支委", "张三与李四、张三与王五、李四与王五")


def test_a_group_is_told_with_its_leader(branch: Path) -> None:
    found = row(ask(branch, date(2026, 3, 9)), "group-meeting-monthly")
    assert (found.who, found.post) == ("第一党小组组长张三", "第一党小组组长")


def test_a_ledger_without_any_record_owes_its_duties_all_the_same(tmp_path: Path, actor: Actor) -> None:
    path = tmp_path / "neu.db"
    init_ledger(path, {"name": "乙支部", "founded": "2019-05-01"}, actor)
    found = row(ask(path, date(2026, 3, 9)), "general-meeting-quarterly")
    assert (found.due, found.who) == (date(2026, 3, 31), "书记")


def test_a_fixed_day_that_cannot_be_read_is_said_and_the_month_told(ledger: Path, actor: Actor) -> None:
    amend(ledger, "B1", {"theme_day": "每月中旬"}, "写明固定日", actor)
    answer = ask(ledger, date(2026, 3, 9))
    assert any("“每月中旬”读不出" in note for note in answer.view.notes)
    assert row(answer, "theme-day-monthly").when == "2026年3月31日（星期二，还有22天）"


def test_a_year_without_known_days_off_is_named(branch: Path) -> None:
    answer = ask(branch, date(2098, 12, 9), "60d")
    (told,) = (note for note in answer.view.notes if note.startswith("2099年的放假安排未登记"))
    assert "zhibu record calendar-day --date … --nature 放假" in told
    assert "“放假安排”表" in told
    found = [one.when for one in answer.view.rows if one.rule == "theme-day-monthly"]
    assert found[1] == "固定日2099年1月20日（星期二，未顺延），还有42天；最迟2099年1月31日"


def test_nothing_owed_is_said(branch: Path, actor: Actor) -> None:
    """On 1 April nothing falls due until the next day; the books were begun that very day."""
    amend(branch, "B1", {"ledger_from": "2026-04-01"}, "自四月起登记", actor)
    view = ask(branch, date(2026, 4, 1), "1d").view
    assert (view.parts, view.nothing) == ((), "这段时间里没有到期的事项。")


def test_the_answer_as_data_bears_its_version_and_the_keys_of_the_findings(branch: Path) -> None:
    data = use.to_json(ask(branch, date(2026, 2, 9), "20d"))
    assert (data["schema_version"], data["as_of"], data["until"]) == (1, "2026-02-09", "2026-03-01")
    assert data["branch"] == {"name": "甲支部"}
    assert data["overdue"] == []
    found = next(one for one in data["due"] if one["rule"] == "theme-day-monthly")
    assert found["day"] == "2026-02-24"
    assert found["due"] == "2026-02-28"
    assert [one["key"] for one in found["findings"]] == ["theme-day-monthly@2026-02"]
    assert found["citations"][0]["article"] == "第十六条"


def test_the_calendar_file_is_read_back_with_day_and_reminder(branch: Path) -> None:
    data = use.calendar_file(ask(branch, date(2026, 2, 9)))
    assert data.count(b"\n") == data.count(b"\r\n") > 0
    calendar = Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    event = next(one for one in calendar.walk("VEVENT") if str(one["SUMMARY"]) == "主题党日每月一次")
    assert event.decoded("DTSTART") == date(2026, 2, 24)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert "最迟2026年2月28日" in str(event["DESCRIPTION"])
    assert "第十六条" in str(event["DESCRIPTION"])
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER").days == -3


def uids(data: bytes) -> dict[str, date]:
    return {str(one["UID"]): one.decoded("DTSTART") for one in Calendar.from_ical(data).walk("VEVENT")}


def test_the_same_question_gives_the_same_bytes_and_a_later_one_the_same_numbers(branch: Path) -> None:
    first = use.calendar_file(ask(branch, date(2026, 2, 9)))
    assert use.calendar_file(ask(branch, date(2026, 2, 9))) == first
    later = uids(use.calendar_file(ask(branch, date(2026, 2, 10))))
    assert len(uids(first)) == len(rows(ask(branch, date(2026, 2, 9))))
    assert set(uids(first)) <= set(later)


def test_two_ledgers_never_share_a_number(branch: Path, tmp_path: Path, actor: Actor) -> None:
    other = tmp_path / "other.db"
    init_ledger(other, {"name": "甲支部", "founded": "2019-05-01"}, actor)
    one, two = (uids(use.calendar_file(ask(path, date(2026, 2, 9)))) for path in (branch, other))
    assert set(one).isdisjoint(two)


def test_no_member_is_named_in_a_calendar_file(branch: Path) -> None:
    text = str(Calendar.from_ical(use.calendar_file(ask(branch, date(2026, 12, 5)))).walk("VEVENT"))
    whole = use.calendar_file(ask(branch, date(2026, 12, 5))).replace(b"\r\n ", b"").decode()
    for name in ("张三", "李四", "王五", "赵六"):
        assert name not in whole + text


@pytest.mark.parametrize("format_", ["md", "docx"])
def test_the_page_is_the_same_bytes_each_time(branch: Path, format_: str) -> None:
    first, second = (use.paper(ask(branch, date(2026, 2, 9)), format_) for _ in range(2))
    assert first == second


def test_the_page_names_members_under_a_warning_only(branch: Path) -> None:
    december = ask(branch, date(2026, 12, 5))
    assert december.view.internal == "内部核对清单，勿外传"
    assert "内部核对清单，勿外传" in use.paper(december, "md").decode()
    assert ask(branch, date(2026, 2, 9)).view.internal == ""


def test_what_the_ledger_cannot_tell_is_named_when_it_falls_due(branch: Path) -> None:
    """Hours of training are not kept here; the year's duty ends on 31 December all the same."""
    told = "请另行核对（“培训学时”尚未开始在本台账登记）：书记和班子成员每年一般不少于五十六学时"
    assert not [note for note in ask(branch, date(2026, 11, 30)).view.notes if told in note]
    assert [note for note in ask(branch, date(2026, 12, 1)).view.notes if told in note]
