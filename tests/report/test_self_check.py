"""检查台账: which findings stand in it, as of which day, and what is said of those of another year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.report.factory import asked, finding, full_ledger

from zhibu_cli import resources
from zhibu_cli.model.finding import Status
from zhibu_cli.model.ledger import Waiver
from zhibu_cli.model.rule import Severity
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


def test_what_is_to_be_put_right_stands_first_and_what_is_explained_last() -> None:
    """As in every other answer of the check, whatever the order in which the rules were applied."""
    explained = finding("committee-meeting-monthly", Status.WAIVED, due="2026-02-28", key="2026-02")
    usual = finding(
        "group-meeting-monthly", Status.MISSED, due="2026-03-31", key="2026-03", severity=Severity.WARN
    )
    first, second = (
        finding("theme-day-monthly", Status.MISSED, due=f"2026-0{month}-30", key=f"2026-0{month}")
        for month in (4, 6)
    )
    view = self_check(explained, first, usual, second)
    assert [(row.number, row.key) for row in view.rows] == [
        (1, "theme-day-monthly@2026-04"),
        (2, "theme-day-monthly@2026-06"),
        (3, "group-meeting-monthly@2026-03"),
        (4, "committee-meeting-monthly@2026-02"),
    ]


def test_one_long_ground_does_not_push_the_last_columns_of_the_page_out_of_sight() -> None:
    """The ten columns share the width as on paper; the narrowest has room for two characters."""
    template = (resources.templates_dir() / "self-check.html.j2").read_text(encoding="utf-8")
    table = template[template.index("<colgroup>") : template.index("</colgroup>")]
    shares = [float(share) for share in re.findall(r"width:([0-9.]+)%", table)]
    assert len(shares) == 10
    assert abs(sum(shares) - 100) < 1
    assert min(shares) > 3


def test_what_cannot_be_judged_for_one_reason_is_one_row_for_each_duty() -> None:
    """A ledger begun in July: the months before it are no rows of their own, and are counted."""
    reason = "“组织生活”自2026年7月1日起登记，此前情况无法判断。"
    months = [
        replace(
            finding("theme-day-monthly", Status.UNKNOWN, due=f"2026-0{month}-28", key=f"2026-0{month}"),
            title="主题党日每月一次",
            message=reason,
        )
        for month in range(1, 7)
    ]
    quarters = [
        replace(
            finding("general-meeting-quarterly", Status.UNKNOWN, due=f"2026-0{3 * n}-30", key=f"2026-Q{n}"),
            title="支部党员大会每季度一次",
            message=reason,
        )
        for n in (1, 2)
    ]
    view = self_check(*months, *quarters)
    assert [(row.number, row.title, row.fact) for row in view.unjudged] == [
        (1, "主题党日每月一次", f"2026年1月至2026年6月间的6项：{reason}"),
        (2, "支部党员大会每季度一次", f"2026年第一季度、2026年第二季度：{reason}"),
    ]
