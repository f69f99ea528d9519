"""迎检原件清单: for every record of a year which originals there are and where they lie.

What the ledger does not know is an empty cell for the hand, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.attachment import SIGN_IN
from zhibu_cli.report.life import kinds_told, theme_of
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.sitting import Sitting, Talk
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalLine:
    """One record with its originals."""

    number: int
    id: str
    day: date
    day_text: str
    what: str
    theme: str
    sign_in: str
    """Names of sign-in sheets kept with the record."""
    others: str
    """Names of the other files kept with it."""
    place: str
    """Where the paper lies, where the ledger says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsView(SheetPaper):
    """迎检原件清单."""

    rows: tuple[OriginalLine, ...]
    talks: tuple[OriginalLine, ...]
    no_talks: str = "本期谈心谈话登记中未见记录"


def paper(request: Request) -> OriginalsView:
    """The list of a year."""
    scope = put(request.ledger, request.findings, request.period, request.as_of)
    held = [sitting for sitting in request.ledger.sittings if sitting.day in scope.span]
    talked = [talk for talk in request.ledger.talks if talk.day in scope.span]
    view = OriginalsView(
        **head(request, scope, "迎检原件清单"),
        rows=tuple(_sitting(scope, number, sitting) for number, sitting in enumerate(held, 1)),
        talks=tuple(_talk(number, talk) for number, talk in enumerate(talked, 1)),
        empty="本期台账内未见组织生活记录",
        figures={},
        notes=("“签到表”“其他附件”是随记录存入台账的文件；纸质原件存放处台账未写的，请手工填写。",),
    )
    shown: OriginalsView = made_visible(view)
    return shown


def _sitting(scope: Scope, number: int, sitting: Sitting) -> OriginalLine:
    files = scope.ledger.attached_to(sitting.id)
    return OriginalLine(
        number=number,
        id=sitting.id,
        day=sitting.day,
        day_text=sitting.day.isoformat(),
        what=kinds_told(scope, sitting),
        theme=in_line(theme_of(sitting)),
        sign_in="、".join(file.name for file in files if file.kind == SIGN_IN),
        others="、".join(file.name for file in files if file.kind != SIGN_IN),
        place="",
    )


def _talk(number: int, talk: Talk) -> OriginalLine:
    """Neither who talked nor what about."""
    return OriginalLine(
        number=number,
        id=talk.id,
        day=talk.day,
        day_text=talk.day.isoformat(),
        what="谈心谈话记录",
        theme=in_line(talk.category),
        sign_in="",
        others="",
        place=in_line(talk.paper_at),
    )
