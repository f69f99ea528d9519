"""年度工作总结: the year under the heads of the quarterly report, without its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.facts import gather
from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.quarter_text import sections
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.views import Paper
from zhibu_cli.report.wording import answered, made_visible, signed, title_lines

if TYPE_CHECKING:
    from zhibu_cli.report.request import Request


def paper(request: Request) -> Paper:
    """The whole summary as a value.

    Raises:
        PaperError: the year has not begun, or two figures contradict each other.
    """
    scope = scope_of(request)
    facts = gather(scope)
    prove(facts.figures, facts.balances)
    head, tail = scope.head, f"{request.period.start.year}年度工作总结"
    name = head["branch"]
    view = Paper(
        title=name + tail,
        title_lines=title_lines(name, tail),
        **head,
        addressee=f"{head['superior']}：",
        sections=answered(sections(facts), request.texts),
        figures=catalogue(facts.named),
        trace=(*facts.figures, *changes(request.own_rules)) if request.trace else (),
        sittings=facts.life.rows,
        kinds=facts.life.kinds,
        signature=signed(name),
    )
    shown: Paper = made_visible(view)
    return shown
