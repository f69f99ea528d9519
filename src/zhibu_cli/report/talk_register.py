"""谈心谈话登记表: the talks of a year by day, who with whom, where the paper lies; never what was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.report.figures import catalogue, changes, prove
from zhibu_cli.report.people import secretary
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, posts_told
from zhibu_cli.report.topics import talks
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible, missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhibu_cli.model.sitting import Talk
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """One talk."""

    number: int
    id: str
    day: date
    day_text: str
    talkers: str
    partners: str
    category: str
    place: str
    paper_at: str
    """Where the paper record lies."""
    remark: str
    """集体谈话, where it was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkRegisterView(SheetPaper):
    """谈心谈话登记表."""

    rows: tuple[TalkLine, ...]


def paper(request: Request) -> TalkRegisterView:
    """The register of a year.

    Raises:
        PaperError: the year has not begun.
    """
    scope = scope_of(request)
    figures = tuple(talks(scope, secretary(scope)))
    prove(figures, ())
    held = [talk for talk in request.ledger.talks if talk.day in scope.span]
    view = TalkRegisterView(
        **head(request, scope, "谈心谈话登记表"),
        rows=tuple(_line(scope, number, talk) for number, talk in enumerate(held, 1)),
        empty="本期谈心谈话登记中未见记录",
        notes=("集体谈话不计入一对一谈心谈话的覆盖人数。",) if any(not t.one_to_one for t in held) else (),
        figures=catalogue(figures),
        trace=(*figures, *changes(request.own_rules)) if request.trace else (),
    )
    shown: TalkRegisterView = made_visible(view)
    return shown


def _line(scope: Scope, number: int, talk: Talk) -> TalkLine:
    return TalkLine(
        number=number,
        id=talk.id,
        day=talk.day,
        day_text=talk.day.isoformat(),
        talkers=_people(scope, talk.talkers, talk.day),
        partners=_people(scope, talk.partners, talk.day),
        category=in_line(talk.category),
        place=in_line(talk.place),
        paper_at=in_line(talk.paper_at),
        remark="" if talk.one_to_one else "集体谈话",
    )


def _people(scope: Scope, refs: Sequence[str], day: date) -> str:
    """Names with the posts of that day: 张一（书记）、王二."""
    told = (in_line(scope.roster.name_of(ref)) + posts_told(scope.roster, ref, day) for ref in refs)
    return "、".join(told) or missing("姓名")
