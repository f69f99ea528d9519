"""When records happened, were entered and were changed."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.entry import ImportBatch
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.model.period import Span
from zhibu_cli.model.rule import RuleBook
from zhibu_cli.rules.engine import evaluate
from zhibu_cli.rules.examples import example_ledger
from zhibu_cli.rules.pack import load_book

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding

MINUTES = json.loads((Path(__file__).parent / "corpus" / "minutes.json").read_text(encoding="utf-8"))
RULES = {rule.id: rule for rule in load_book().rules}
YEAR = Span(date(2024, 1, 1), date(2024, 12, 31))


def ledger(*records: dict[str, Any], imports: tuple[ImportBatch, ...] = ()) -> Ledger:
    rows = [{"kind": "theme_day", "on": "2024-03-08", **record} for record in records]
    made = example_ledger({"more": 2, "records": rows}, CATALOGUE)
    return build_ledger(made.entries, CATALOGUE, imports)


def ask(
    rule: str, *records: dict[str, Any], asked: Span = YEAR, as_of: date = YEAR.end, **more: Any
) -> dict[str, Finding]:
    book = RuleBook(packs=(), sources=(), rules=(RULES[rule],))
    found = evaluate(book, ledger(*records, **more), asked, as_of)
    return {finding.key.partition("@")[2]: finding for finding in found}


class TestFutureDate:
    def test_a_meeting_cannot_be_recorded_before_its_day(self) -> None:
        found = ask(
            "record-future-date",
            {"on": "2024-03-08", "entered": "2024-03-08T08:00"},
            {"on": "2024-03-09", "entered": "2024-03-08T23:59"},
        )
        assert list(found) == ["S2"]
        assert (found["S2"].start, found["S2"].due) == (date(2024, 3, 8), date(2024, 3, 9))

    def test_it_is_seen_before_its_day_comes(self) -> None:
        record = {"on": "2025-06-20", "entered": "2024-03-08"}
        asked = Span(date(2024, 1, 1), date(2024, 3, 31))
        assert list(ask("record-future-date", record, asked=asked, as_of=date(2024, 3, 31))) == ["S1"]

    def test_talks_are_looked_at_as_well(self) -> None:
        talk = {
            "kind": "talk",
            "on": "2024-03-09",
            "entered": "2024-03-08",
            "talkers": ["甲"],
            "partners": ["乙"],
        }
        assert list(ask("record-future-date", talk)) == ["T1"]


class TestNonWorkday:
    """The calendar of 2024: 国庆 1 to 7 October, made up on 29 September and 12 October."""

    @pytest.mark.parametrize(
        ("day", "off"),
        [
            ("2024-10-01", True),
            ("2024-10-07", True),
            ("2024-10-08", False),
            ("2024-09-29", False),  # a Sunday worked
            ("2024-10-12", False),  # a Saturday worked
            ("2024-10-13", True),
            ("2024-03-08", False),
        ],
    )
    def test_holidays_and_weekends_but_not_made_up_days(self, day: str, *, off: bool) -> None:
        assert (ask("record-non-workday", {"on": day}) != {}) is off

    def test_a_year_without_calendar_is_said_once(self) -> None:
        span = Span(date(2099, 1, 1), date(2099, 12, 31))
        found = ask(
            "record-non-workday", {"on": "2099-03-07"}, {"on": "2099-03-09"}, asked=span, as_of=span.end
        )
        assert list(found) == ["2099"]
        assert found["2099"].status == "unknown"
        assert found["2099"].evidence == ("S1", "S2")
        assert "2099年" in found["2099"].message


class TestLateEntry:
    @pytest.mark.parametrize(("entered", "late"), [("2024-03-11", False), ("2024-03-12", True)])
    def test_more_than_three_days_are_named(self, entered: str, *, late: bool) -> None:
        assert (ask("record-late-entry", {"entered": entered}) != {}) is late

    def test_the_claim_of_the_old_ledger_comes_first(self) -> None:
        assert ask("record-late-entry", {"entered": "2024-12-01", "claimed_at": "2024-03-09T17:00"}) == {}
        found = ask("record-late-entry", {"entered": "2024-03-08", "claimed_at": "2024-04-08"})
        assert "31天" in found["S1"].message
        assert "原台账登记时间" in found["S1"].message

    def test_imported_rows_without_a_claim_are_not_judged_by_our_own_time(self) -> None:
        batch = ImportBatch(id="I1", at=datetime(2024, 12, 1, 9), by="甲", files=("台账.xlsx",))
        rows = [
            {"on": f"2024-0{month}-08", "entered": "2024-12-01T09:00", "origin": "I1"} for month in (3, 4)
        ]
        found = ask("record-late-entry", *rows, imports=(batch,))
        assert list(found) == ["I1"]
        finding = found["I1"]
        assert (finding.status, finding.subject.kind) == ("unknown", "import")
        assert (finding.start, finding.due) == (date(2024, 3, 8), date(2024, 4, 8))
        assert "台账.xlsx" in finding.message
        assert "2条" in finding.message

    def test_an_imported_row_amended_by_hand_is_still_an_imported_row(self) -> None:
        batch = ImportBatch(id="I1", at=datetime(2024, 12, 1, 9), by="甲", files=("台账.xlsx",))
        row = {
            "entered": "2024-12-05",
            "place": "新",
            "earlier": [{"entered": "2024-12-01T09:00", "place": "旧"}],
        }
        assert list(ask("record-late-entry", row, imports=(batch,))) == ["I1"]

    def test_a_row_typed_in_time_and_amended_by_import_is_in_time(self) -> None:
        row = {"entered": "2024-12-05", "origin": "I1", "earlier": [{"entered": "2024-03-09"}]}
        assert ask("record-late-entry", row) == {}


def burst(count: int, **more: Any) -> list[dict[str, Any]]:
    """So many theme days of January 2024, entered one after the other on 3 June at 14:00, 14:10 …"""
    return [{"on": f"2024-01-{n + 1:02}", "entered": f"2024-06-03T14:{n}0", **more} for n in range(count)]


class TestBackfillBurst:
    def test_five_make_a_burst_and_four_do_not(self) -> None:
        assert ask("record-backfill-burst", *burst(4)) == {}
        found = ask("record-backfill-burst", *burst(5))
        assert list(found) == ["S1"]
        assert found["S1"].evidence == ("S1", "S2", "S3", "S4", "S5")
        assert (found["S1"].start, found["S1"].due) == (date(2024, 1, 1), date(2024, 1, 5))
        assert found["S1"].severity == "warn"

    def test_one_more_meeting_of_an_earlier_day_leaves_the_key_as_it_was(self) -> None:
        """An explanation names the key: it must not be lost when the secretary goes on entering."""
        more = {"on": "2023-12-05", "entered": "2024-06-03T15:30"}
        found = ask("record-backfill-burst", *burst(5), more)
        assert list(found) == ["S1"]
        assert found["S1"].evidence == ("S6", "S1", "S2", "S3", "S4", "S5")

    def test_recent_meetings_entered_together_are_no_burst(self) -> None:
        # 3 June less 30 days is 4 May; 5 May is not 30 days past.
        rows = [{"on": "2024-05-05", "entered": f"2024-06-03T14:{n}0"} for n in range(5)]
        assert ask("record-backfill-burst", *rows) == {}
        rows[0]["on"] = "2024-05-04"
        assert ask("record-backfill-burst", *rows, *burst(3)) == {}

    def test_an_entry_more_than_four_hours_on_is_no_part_of_it(self) -> None:
        rows = burst(4)
        fifth = {"on": "2024-02-01"}
        assert ask("record-backfill-burst", *rows, {**fifth, "entered": "2024-06-03T18:01"}) == {}
        assert list(ask("record-backfill-burst", *rows, {**fifth, "entered": "2024-06-03T18:00"})) == ["S1"]

    def test_a_burst_is_seen_in_a_period_that_holds_only_a_part_of_it(self) -> None:
        rows = [*burst(4), {"on": "2024-04-20", "entered": "2024-06-03T15:00"}]
        asked = Span(date(2024, 4, 1), date(2024, 6, 30))
        assert list(ask("record-backfill-burst", *rows, asked=asked)) == ["S1"]

    def test_imported_rows_are_judged_by_their_claims_only(self) -> None:
        rows = burst(5, origin="I1")
        assert ask("record-backfill-burst", *rows) == {}
        claimed = [{**row, "claimed_at": "2024-06-03"} for row in rows]
        assert list(ask("record-backfill-burst", *claimed)) == ["S1"]

    def test_ten_meetings_filled_in_are_one_finding_that_names_them(self) -> None:
        later = [{"on": f"2024-02-{n + 1:02}", "entered": f"2024-06-03T15:{n}0"} for n in range(4)]
        found = ask("record-backfill-burst", *burst(6), *later)
        assert list(found) == ["S1"]
        assert found["S1"].evidence == tuple(f"S{number}" for number in range(1, 11))
        assert found["S1"].severity == "warn"
        assert "登记了10次活动" in found["S1"].message

    def test_a_day_without_an_hour_is_called_a_day_and_never_a_moment(self) -> None:
        rows = [{"on": f"2024-01-{n + 1:02}", "entered": "2024-12-01", "origin": "I1"} for n in range(6)]
        days = [{**row, "claimed_at": "2024-06-03"} for row in rows]
        moments = [{**row, "claimed_at": "2024-06-03T14:00"} for row in rows]
        for given, when in (
            (days, "2024年6月3日同一天登记了6次活动"),
            ([*days[:3], *moments[3:]], "2024年6月3日同一天登记了6次活动"),
            (moments, "2024年6月3日14:00登记了6次活动"),
        ):
            found = ask("record-backfill-burst", *given)
            assert [finding.message.partition("，")[0] for finding in found.values()] == [when]

    def test_entries_that_go_on_beyond_the_four_hours_belong_to_the_same_burst(self) -> None:
        """Ten, one each 45 minutes from 14:00 on: any five of them lie within three hours."""
        moments = [divmod(14 * 60 + 45 * n, 60) for n in range(10)]
        rows = [
            {"on": f"2024-01-{n + 1:02}", "entered": f"2024-06-03T{hour}:{minute:02}"}
            for n, (hour, minute) in enumerate(moments)
        ]
        found = ask("record-backfill-burst", *rows)
        assert found["S1"].evidence == tuple(f"S{number}" for number in range(1, 11))
        assert list(found) == ["S1"]
        assert "14:00至20:45登记了10次活动" in found["S1"].message

    def test_two_bursts_of_two_days_are_two(self) -> None:
        later = [{"on": f"2024-02-{n + 1:02}", "entered": f"2024-06-04T15:{n}0"} for n in range(5)]
        assert list(ask("record-backfill-burst", *burst(5), *later)) == ["S1", "S6"]

    def test_it_is_graver_when_the_texts_are_alike(self) -> None:
        copies = [record["text"] for record in MINUTES[:1]] * 10
        others = [record["text"] for record in MINUTES[:10]]
        for texts, severity in ((copies, "error"), (others, "warn")):
            rows = [
                {"on": f"2024-01-{n + 1:02}", "entered": f"2024-06-03T14:{n}5", "content": text}
                for n, text in enumerate(texts[:6])
            ]
            found = ask("record-backfill-burst", *rows)
            assert (list(found), found["S1"].severity) == (["S1"], severity)

    def test_a_meeting_recorded_two_days_late_is_none(self) -> None:
        assert ask("record-backfill-burst", {"on": "2024-06-01", "entered": "2024-06-03T14:00"}) == {}

    def test_last_years_workbook_in_one_go_is_none_with_or_without_claims(self) -> None:
        """Twelve theme days of 2023, entered on 15 January 2024 at nine; the claims are of the day itself."""
        batch = ImportBatch(id="I1", at=datetime(2024, 1, 15, 9), by="甲", files=("2023.xlsx",))
        span = Span(date(2023, 1, 1), date(2024, 12, 31))
        rows = [
            {"on": f"2023-{month:02}-08", "entered": "2024-01-15T09:00", "origin": "I1"}
            for month in range(1, 13)
        ]
        claimed = [{**row, "claimed_at": row["on"]} for row in rows]
        for given in (rows, claimed):
            assert ask("record-backfill-burst", *given, asked=span, imports=(batch,)) == {}
        assert [
            (finding.key, finding.status)
            for finding in ask("record-late-entry", *rows, asked=span, imports=(batch,)).values()
        ] == [("record-late-entry@I1", "unknown")]
        assert ask("record-late-entry", *claimed, asked=span, imports=(batch,)) == {}

    def test_an_import_without_claims_is_told_once_for_lateness_and_bursts(self) -> None:
        rows = burst(5, origin="I1")
        found = [*ask("record-late-entry", *rows).values(), *ask("record-backfill-burst", *rows).values()]
        assert [(finding.key, finding.status) for finding in found] == [("record-late-entry@I1", "unknown")]
        assert "登记是否及时、是否集中无法判断" in found[0].message


class TestLateAndInABurst:
    """One entry is told once: by the burst it is part of, else as late."""

    def found(self, *rules: str) -> list[str]:
        """Six entries within an hour on 3 June, five of them of January, one of 20 May; one of 1 July."""
        rows = [
            *burst(5),
            {"on": "2024-05-20", "entered": "2024-06-03T14:50"},
            {"on": "2024-07-01", "entered": "2024-07-20"},
        ]
        book = RuleBook(packs=(), sources=(), rules=tuple(RULES[rule] for rule in rules))
        return [finding.key for finding in evaluate(book, ledger(*rows), YEAR, YEAR.end)]

    def test_what_a_burst_names_is_not_told_as_late_once_more(self) -> None:
        assert self.found("record-backfill-burst", "record-late-entry") == [
            "record-backfill-burst@S1",
            "record-late-entry@S6",
            "record-late-entry@S7",
        ]

    def test_asked_for_alone_the_late_ones_are_all_there(self) -> None:
        assert self.found("record-late-entry") == [f"record-late-entry@S{n}" for n in range(1, 8)]

    def test_in_the_book_the_burst_comes_first(self) -> None:
        order = list(RULES)
        assert order.index("record-backfill-burst") < order.index("record-late-entry")


class TestEditedAfterClose:
    """The first quarter ends on 31 March; ten days on is 10 April."""

    @pytest.mark.parametrize(("changed", "fault"), [("2024-04-10", False), ("2024-04-11", True)])
    def test_a_change_more_than_ten_days_after_the_quarter_is_shown(
        self, changed: str, *, fault: bool
    ) -> None:
        row = {
            "place": "五楼",
            "present": 5,
            "entered": changed,
            "earlier": [{"entered": "2024-03-08", "place": "三楼", "present": 4}],
        }
        found = ask("record-edited-after-close", row)
        assert list(found) == (["S1"] if fault else [])
        if fault:
            assert "“地点”由“三楼”改为“五楼”" in found["S1"].message
            assert "“实到”由“4”改为“5”" in found["S1"].message

    @pytest.mark.parametrize(("changed", "fault"), [("2024-07-01T23:59", False), ("2024-07-02T00:00", True)])
    def test_a_correction_on_the_day_of_taking_in_is_none(self, changed: str, *, fault: bool) -> None:
        row = {"place": "五楼", "entered": changed, "earlier": [{"entered": "2024-07-01", "place": "三楼"}]}
        assert list(ask("record-edited-after-close", row)) == (["S1"] if fault else [])

    def test_only_the_late_one_of_two_changes_is_shown(self) -> None:
        row = {
            "place": "三",
            "entered": "2024-05-08",
            "earlier": [
                {"entered": "2024-03-08", "place": "一"},
                {"entered": "2024-03-09", "place": "二"},
            ],
        }
        message = ask("record-edited-after-close", row)["S1"].message
        assert "“二”改为“三”" in message
        assert "“一”" not in message

    def test_a_record_entered_late_and_never_changed_is_not_edited(self) -> None:
        assert ask("record-edited-after-close", {"entered": "2024-09-01"}) == {}

    def test_names_are_shown_and_a_blank_is_said_to_be_blank(self) -> None:
        row = {
            "chair": "党员1",
            "absentees": [{"who": "党员2", "reason": "病假"}],
            "entered": "2024-05-08",
            "earlier": [{"entered": "2024-03-08", "absentees": []}],
        }
        message = ask("record-edited-after-close", row)["S1"].message
        assert "由空白改为“党员2（病假" in message

    def test_a_long_text_shows_the_part_that_differs(self) -> None:
        common = "学习党章第一章。" * 20
        row = {
            "content": common + "通过决议甲",
            "entered": "2024-05-08",
            "earlier": [{"entered": "2024-03-08", "content": common + "通过决议乙"}],
        }
        message = ask("record-edited-after-close", row)["S1"].message
        assert "决议乙" in message
        assert "决议甲" in message
        assert len(message) < 250

    def test_a_vote_that_changed_is_shown_by_its_row(self) -> None:
        row = {
            "kind": "general_meeting",
            "votes": [{"matter": "general", "subject": "计划", "in_favour": 9}],
            "entered": "2024-05-08",
            "earlier": [
                {"entered": "2024-03-08", "votes": [{"matter": "general", "subject": "计划", "in_favour": 7}]}
            ],
        }
        message = ask("record-edited-after-close", row)["S1"].message
        assert "“表决”第1项的“赞成”由“7”改为“9”" in message

    def test_the_content_of_a_talk_is_not_shown(self) -> None:
        row = {
            "kind": "talk",
            "talkers": ["党员1"],
            "partners": ["党员2"],
            "content": "新话",
            "entered": "2024-05-08",
            "earlier": [{"entered": "2024-03-08", "content": "旧话"}],
        }
        message = ask("record-edited-after-close", row)["T1"].message
        assert "内容要点" in message
        assert "新话" not in message
        assert "旧话" not in message
