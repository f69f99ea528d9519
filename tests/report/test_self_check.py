"""检查台账: which findings stand in it, as of which day, and what is said of those of another year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.report.factory import asked, finding, full_ledger

from zhibu_cli.model.finding import Status
from zhibu_cli.model.ledger import Waiver
from zhibu_cli.report.papers import find_paper

if TYPE_CHECKING:
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.report.self_check import SelfCheckView

JANUARY = date(2027, 1, 31)


def self_check(*found: Finding, as_of: date = JANUARY, printed: date | None = None) -> SelfCheckView:
    kind = find_paper("检查台账")
    assert kind is not None
    view: SelfCheckView = kind.build(asked(full_ledger(), found, "2026", as_of, printed=printed))  # type: ignore[assignment]
    return view


def appraisal(year: str, status: Status) -> Finding:
    """民主评议 of a year, which may be held until the end of March of the next."""
    due, start = f"{int(year) + 1}-03-31", f"{year}-01-01"
    return finding(
        "appraisal-yearly", status, due=due, start=start, key=year, title="民主评议党员一般每年一次"
    )


def test_a_row_of_the_year_before_is_explained_in_a_note() -> None:
    view = self_check(appraisal("2025", Status.UNKNOWN), appraisal("2026", Status.MISSED))
    assert [row.key for row in (*view.rows, *view.unjudged)] == [
        "appraisal-yearly@2026",
        "appraisal-yearly@2025",
    ]
    assert view.notes[1:] == ("写明2025年的事项，期限在2026年之内，列入本表。",)


def test_nothing_is_explained_where_every_row_is_of_the_year() -> None:
    view = self_check(appraisal("2026", Status.MISSED))
    assert len(view.notes) == 1


def test_it_tells_the_day_up_to_which_the_findings_know_the_ledger() -> None:
    """The year is over; what was held in January 2027 counts for it, and the findings say so."""
    view = self_check(appraisal("2026", Status.MISSED), printed=date(2027, 2, 10))
    assert view.dated_text == "2027年2月10日（数据截至2027年1月31日）"


def test_a_finding_that_only_its_explanation_makes_personal_is_counted_and_not_shown() -> None:
    missed = appraisal("2026", Status.MISSED)
    waiver = Waiver(id="W1", key=missed.key, reason="杨七住院", by="张一", on=JANUARY)
    view = self_check(replace(missed, waiver=waiver))
    assert view.rows == ()
    assert view.notes[-1] == "另有写到具体人的1项，见内部核对结果。"
