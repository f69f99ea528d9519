"""Three branches for the golden forms of papers about a year: a full one, a sparse one, one of one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.report.factory import (
    branch,
    entry,
    full_ledger,
    many,
    meeting,
    members,
    posts,
)

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger


def full() -> Ledger:
    """The ledger of factory.py, and the meetings for 2026 with what came of them.

    S10: 组织生活会 and 民主评议 in one, held as a general meeting on 20 January 2027, 9 of 10, 周九 on leave.
    A1 to A9: three 优秀 (张一, 王二, 李三), five 合格, one 不定等次 (吴十); all but the last fed back.
    R7 done, R8 open and due on 30 June 2027, R9 names 赵四; S11 prepares the meeting in December.
    """
    life = meeting(
        "org_life_meeting+appraisal",
        "2027-01-20",
        "2026年度组织生活会",
        present=9,
        absentees=[{"who": "M9", "reason": "病假", "leave": True}],
        assessment_year=2026,
        forms=["general"],
        topics=["通报上年度整改情况", "开展批评和自我批评", "民主测评"],
        observers=["机关委员会 孙一"],
    )
    ahead = meeting("committee_meeting", "2026-12-18", "组织生活会前征求意见", expected=3, present=3)
    grades = ["excellent"] * 3 + ["qualified"] * 5
    graded = [_graded(number, grade) for number, grade in enumerate(grades, 1)]
    source: dict[str, Any] = {"source": "org_life_meeting", "assessment_year": 2026}
    problems = [
        {"problem": "学用结合不够", "measures": "每季度一次业务研讨", "done_on": "2027-02-26"},
        {"problem": "征求意见面窄", "measures": "每半年走访服务对象", "deadline": "2027-06-30"},
        {"problem": "赵四同志参加活动不够", "measures": "书记谈话", "deadline": "2027-03-31"},
    ]
    more = [
        entry("sitting", 10, life, "2027-01-20T17:00"),
        entry("sitting", 11, ahead, "2026-12-18T17:00"),
        *many("appraisal_row", [*graded, {"assessment_year": 2026, "member": "M10", "grade": "ungraded"}]),
        *(entry("rectification", number, {**source, **one}) for number, one in enumerate(problems, 7)),
    ]
    return build_ledger([*full_ledger().entries, *more], CATALOGUE)


def _graded(number: int, grade: str) -> dict[str, Any]:
    row = {"assessment_year": 2026, "member": f"M{number}", "grade": grade, "fed_back": "2027-01-25"}
    return row | ({"follow_up": "无"} if grade == "excellent" else {})


def sparse() -> Ledger:
    """Three members, a secretary, three sittings told in few words; no talks, no list of problems.

    S1 a committee meeting without chair and numbers; S2 a lecture, nobody knows by whom; S3 a 组织生活会
    of November 2026 that does not say for which year.
    """
    held: list[dict[str, Any]] = [
        {"kinds": ["committee_meeting"], "date": "2026-03-04", "theme": "研究学习安排"},
        {"kinds": ["lecture"], "date": "2026-06-09", "expected": 3, "present": 2},
        {"kinds": ["org_life_meeting"], "date": "2026-11-10", "expected": 3, "present": 3},
    ]
    return build_ledger(
        [branch(superior=""), *members()[:3], *posts()[:1], *many("sitting", held)], CATALOGUE
    )


def one() -> Ledger:
    """Nothing but the branch and one theme day."""
    return build_ledger(
        [branch(), *many("sitting", [meeting("theme_day", "2026-07-20", "到社区开展志愿服务")])], CATALOGUE
    )
