"""What no paper tells: findings that name a member, and what was said in a talk but in the talk's own paper.

Templates print fields of the view and nothing else, so the view is looked at whole, figures included.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.report.factory import entry, finding, full_ledger
from tests.report.test_every_paper import requests

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.ledger import Waiver, build_ledger
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.papers import PAPERS, Circle, PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger

SAID = {name: f"梧桐{name}" for name in ("content", "opinions", "problems", "measures")}
CATEGORY = "槐树类谈话"
WORDS = "白鹭核对语"


@cache
def ledger() -> Ledger:
    """The full ledger in which the first talk has something in every confidential field."""
    said = {"date": "2026-07-08", "talkers": ["M1"], "partners": ["M9"], "category": CATEGORY, **SAID}
    entries = {one.id: one for one in full_ledger().entries}
    return build_ledger((entries | {"T1": entry("talk", 1, said)}).values(), CATALOGUE)


def named() -> Iterator[Finding]:
    """In every status and gravity: about a member, a pair, and a record whose words name 李三."""
    kinds = (SubjectKind.MEMBER, SubjectKind.PAIR, SubjectKind.RECORD)
    for number, status in enumerate(Status):
        for kind in kinds:
            one = finding(
                f"rule-{number}-{kind.value}",
                status,
                due="2026-09-30",
                key="S1" if kind is SubjectKind.RECORD else "2026-Q3",
                name="杨七",
                title="白鹭事项",
                subject=kind,
                severity=Severity.ERROR if number % 2 else Severity.WARN,
            )
            yield replace(one, message=f"李三、杨七：{WORDS}")
    missed = finding("theme-day-monthly", Status.MISSED, due="2026-08-31", key="2026-08", title="主题党日")
    waiver = Waiver(id="W1", key=missed.key, reason=f"杨七住院，{WORDS}", by="张一", on=missed.due)
    yield replace(missed, waiver=waiver)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.name)
def test_no_paper_tells_a_finding_that_names_a_member(kind: PaperKind) -> None:
    for layout in kind.layouts or ("",):
        for request in requests(kind, layout, ledger()):
            told = str(kind.build(replace(request, findings=tuple(named()), trace=True)))
            assert WORDS not in told
            assert "白鹭事项" not in told


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.name)
def test_what_was_said_in_a_talk_stands_in_its_own_paper_and_in_no_other(kind: PaperKind) -> None:
    told = "".join(
        str(kind.build(replace(request, trace=True)))
        for layout in kind.layouts or ("",)
        for request in requests(kind, layout, ledger())
    )
    assert [word for word in SAID.values() if word in told] == (
        [*SAID.values()] if kind.name == "talk-form" else []
    )


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.name)
def test_what_kind_of_talk_it_was_is_told_inside_the_branch_only(kind: PaperKind) -> None:
    """One paper with the kind and another with the people would tell who was admonished."""
    if kind.circle in {Circle.INTERNAL, Circle.TALKS}:
        return
    for layout in kind.layouts or ("",):
        for request in requests(kind, layout, ledger()):
            assert CATEGORY not in str(kind.build(replace(request, trace=True)))
