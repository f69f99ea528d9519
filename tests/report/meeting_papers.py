"""Papers about meetings built from a ledger, with the ledgers of meeting_ledgers.py by name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.report import meeting_ledgers
from tests.report.factory import branch, finding, many, meeting, members, period, posts

from zhibu_cli import resources
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.report.papers import find_paper
from zhibu_cli.report.request import Request

if TYPE_CHECKING:
    from zhibu_cli.model.ledger import Ledger

T = resources.templates_dir()
AS_OF = date(2026, 10, 31)
LEDGERS = {"full": meeting_ledgers.full(), "sparse": meeting_ledgers.sparse(), "one": meeting_ledgers.one()}
LATE = (
    finding(
        "record-late-entry",
        Status.MISSED,
        due="2026-09-25",
        key="S8",
        subject=SubjectKind.RECORD,
        evidence=("S8",),
    ),
)


def built(name: str, ledger: Ledger, record: str = "", when: str = "2026", **more: Any) -> Any:
    kind = find_paper(name)
    assert kind is not None
    asked: dict[str, Any] = {"as_of": AS_OF, "findings": LATE, "circle": kind.circle.value} | more
    return kind.build(Request(ledger=ledger, period=period(when), record=record, **asked))


def with_meeting(kinds: str, **more: Any) -> Ledger:
    """The branch of factory.py with one sitting in May, before 周九 was admitted."""
    row = meeting(kinds, "2026-05-06", "专题", **more)
    return build_ledger([branch(), *members(), *posts(), *many("sitting", [row])], CATALOGUE)
