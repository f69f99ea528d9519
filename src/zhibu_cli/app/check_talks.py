"""The talks of a check as a table; it is shown on request only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.talk_grid import TalkGrid, talk_grids

if TYPE_CHECKING:
    from zhibu_cli.app.checking import CheckResult

__all__ = ["TalkGrid", "talks"]


def talks(result: CheckResult) -> tuple[TalkGrid, ...]:
    """谈心谈话覆盖情况表, one for every year that was judged."""
    return talk_grids(result.findings, result.ledger, result.as_of)
