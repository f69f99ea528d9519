"""应到＝实到＋请假＋缺席＋暂不参加: counted by hand, sitting by sitting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.report.factory import asked, branch, many, meeting, members, period

from zhibu_cli import resources
from zhibu_cli.errors import PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.report import attendance, markdown, workbook
from zhibu_cli.report.heads import heads_of
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.quarter import build_quarter
from zhibu_cli.report.wording import blanks

if TYPE_CHECKING:
    from zhibu_cli.report.views import QuarterView

AS_OF = date(2026, 10, 8)
MIXED: dict[str, Any] = {
    "present": 5,
    "absentees": [
        {"who": "M2", "reason": "病假"},
        {"who": "M3", "leave": True},
        {"who": "M4"},
        {"who": "M5", "reason": "照看设备"},
    ],
    "excused": [{"who": "M6", "reason": "长期卧床"}],
}
"""Of ten: five came, M2 and M3 on leave, M4 without and M5 for another reason, M6 excused."""


def held(*rows: dict[str, Any]) -> Ledger:
    return build_ledger([branch(), *members(), *many("sitting", list(rows))], CATALOGUE)


def theme_day(day: str = "2026-07-20", **more: Any) -> dict[str, Any]:
    return meeting("theme_day", day, "走访", **more)


def quarter(*rows: dict[str, Any]) -> QuarterView:
    return build_quarter(held(*rows), (), period(), AS_OF)


def life(view: QuarterView) -> str:
    return "\n".join(part.text for part in view.sections[2].parts)


def test_leave_other_absences_and_those_excused_are_told_apart_and_add_up() -> None:
    view = quarter(theme_day(**MIXED))
    (row,) = view.sittings
    assert (row.expected, row.present, row.away) == ("10", "5", "2")
    assert row.others == "缺席（原因未填或其他）2人、暂不参加1人"
    named = ("heads_due", "heads_came", "heads_leave", "heads_absent", "heads_excused")
    assert [view.figures[key].text for key in named] == ["10", "5", "2", "2", "1"]
    assert "请假之外：7月20日主题党日缺席（原因未填或其他）2人、暂不参加1人。" in life(view)


def test_who_is_excused_leaves_the_rate_and_stays_among_those_due() -> None:
    view = quarter(theme_day(**MIXED))
    # five of ten, one of them excused: five by nine
    assert (view.figures["theme_day_expected"].text, view.figures["theme_day_rate"].text) == ("10", "55.6%")
    assert "减经支部同意暂不参加的人次（1人次）" in view.figures["theme_day_rate"].rule


def test_quarter_and_register_of_attendance_give_the_same_rate_where_all_are_named() -> None:
    ledger = held(theme_day(attendees=["M1", "M7", "M8", "M9", "M10"], **MIXED))
    table = attendance.paper(asked(ledger, (), "2026", AS_OF))
    assert build_quarter(ledger, (), period(), AS_OF).figures["theme_day_rate"].text == "55.6%"
    (july,) = (month for month in table.months if month.label == "7月")
    assert july.rate == "55.6%"
    ways = [
        table.figures[f"attendance_{how}"].text for how in ("due", "present", "leave", "absent", "excused")
    ]
    assert ways == ["10", "5", "2", "2", "1"]


def test_where_nobody_is_named_leave_is_a_blank_and_the_rest_is_told() -> None:
    (row,) = quarter(theme_day(present=8)).sittings
    assert (row.away, row.others) == ("〔待补：请假〕", "未到会2人，记录未写明姓名和原因")


def test_more_named_as_absent_than_are_missing_stops_the_report() -> None:
    rows = [
        theme_day(present=10, absentees=[{"who": "M2", "reason": "病假"}]),
        theme_day("2026-08-20", present=12),
    ]
    with pytest.raises(PaperError) as refused:
        quarter(*rows)
    assert str(refused.value) == (
        "记录中的人数互相矛盾，材料未写出："
        "S1（2026年7月20日主题党日）“应到”10人，“实到”10人、“缺席和暂不参加”1人，合计11人；"
        "S2（2026年8月20日主题党日）“应到”10人，“实到”12人。"
    )


@pytest.mark.parametrize("paper", ["summary", "debrief", "debrief-speech", "dossier", "handbook"])
def test_no_paper_is_made_of_numbers_that_contradict_each_other(paper: str) -> None:
    kind = find_paper(paper)
    assert kind is not None
    with pytest.raises(PaperError, match="记录中的人数互相矛盾"):
        kind.build(asked(held(theme_day(present=11)), (), "2026", AS_OF))


@pytest.mark.parametrize(("stated", "named"), [(3, 5), (7, 5)])
def test_a_number_that_the_names_deny_stops_the_report(stated: int, named: int) -> None:
    """Else those named as present would be told as absent without a reason, or be missing by name."""
    come = [f"M{number}" for number in range(1, named + 1)]
    with pytest.raises(PaperError) as refused:
        quarter(theme_day(present=stated, attendees=come))
    assert str(refused.value) == (
        f"记录中的人数互相矛盾，材料未写出：S1（2026年7月20日主题党日）“实到”{stated}人，“出席人员”列有{named}人。"
    )


@pytest.mark.parametrize("paper", ["attendance", "double-life"])
@pytest.mark.parametrize(
    ("stated", "away"), [(3, []), (5, [{"who": "M2", "reason": "病假"}])], ids=["another number", "both"]
)
def test_a_paper_that_goes_by_names_stops_at_names_that_do_not_fit(
    paper: str, stated: int, away: list[dict[str, str]]
) -> None:
    come = [f"M{number}" for number in range(1, 6)]
    kind = find_paper(paper)
    assert kind is not None
    with pytest.raises(PaperError, match="记录中的人数互相矛盾，材料未写出：S1（2026年7月20日主题党日）"):
        kind.build(asked(held(theme_day(present=stated, attendees=come, absentees=away)), (), "2026", AS_OF))


def test_the_summary_of_appraisals_tells_no_number_that_the_names_deny() -> None:
    come = [f"M{number}" for number in range(1, 6)]
    sitting = meeting("appraisal", "2026-01-20", "民主评议党员", present=3, attendees=come)
    kind = find_paper("appraisal-summary")
    assert kind is not None
    with pytest.raises(PaperError, match="“实到”3人，“出席人员”列有5人"):
        kind.build(asked(held(sitting | {"assessment_year": 2026, "forms": ["general"]}), (), "2026", AS_OF))


def test_nobody_is_counted_both_as_present_and_as_on_leave() -> None:
    """M2 is 王二: ten due, nine named as present, M2 among them, and one named as ill, M2 again."""
    come = [f"M{number}" for number in range(1, 10)]
    with pytest.raises(PaperError) as refused:
        quarter(theme_day(present=9, attendees=come, absentees=[{"who": "M2", "reason": "病假"}]))
    assert "S1（2026年7月20日主题党日）“出席人员”和“缺席和暂不参加”都列有王二。" in str(refused.value)


def test_a_guest_may_stand_among_the_names_and_outside_the_number() -> None:
    assert quarter(theme_day(present=2, attendees=["M1", "M2", "孙某"])).sittings[0].present == "2"


def test_a_guest_listed_among_those_who_came_does_not_make_more_than_were_due() -> None:
    ledger = held(theme_day(present=None, attendees=[*(f"M{n}" for n in range(1, 11)), "孙某"]))
    heads = heads_of(ledger, ledger.sittings.by_id("S1"))
    assert (heads.due, heads.came, heads.fault) == (10, 10, "")
    minutes = find_paper("minutes")
    assert minutes is not None
    view: Any = minutes.build(asked(ledger, (), "2026", AS_OF, record="S1"))
    cells = {row.left: row.left_text for row in view.rows} | {row.right: row.right_text for row in view.rows}
    assert cells["实到"] == "10人（正式8人、预备2人；出席人员中另有不在应到之列的）"


def test_expected_by_the_roster_is_the_same_in_minutes_and_table_and_said_so() -> None:
    ledger = held({"kinds": ["theme_day"], "date": "2026-07-20", "theme": "走访"})
    assert build_quarter(ledger, (), period(), AS_OF).sittings[0].expected == "10"
    minutes = find_paper("minutes")
    assert minutes is not None
    printed = markdown.render(
        minutes.build(asked(ledger, (), "2026", AS_OF, record="S1")),
        resources.templates_dir() / "minutes.md.j2",
    ).decode()
    assert "10人（正式8人、预备2人；按当日名册）" in printed
    assert "〔待补：应到〕" not in printed


def test_a_number_that_is_not_known_is_the_same_blank_in_a_workbook() -> None:
    view = quarter({"kinds": ["theme_day"], "date": "2026-07-20", "theme": "走访", "chair": "M1"})
    folder = resources.templates_dir()
    printed = workbook.printed(workbook.render(view, folder / "quarter.xlsx"))
    assert {"〔待补：实到〕", "〔待补：请假〕"} <= {*blanks(printed)}
