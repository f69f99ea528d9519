"""迎检原件清单: for every record of a year which originals there are and where they lie.

What the ledger does not know is an empty cell for the hand, never a guess. Of a talk is told neither who
talked nor what kind it was (迎检资料 tells who talked that day: put together they would tell who was
admonished), of a vote neither whom it was about nor how it went.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.attachment import SIGN_IN
from zhibu_cli.model.life_sheets import MATTERS
from zhibu_cli.report.kept_files import state_told, states_told
from zhibu_cli.report.life import kinds_told, theme_of
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from zhibu_cli.model.sitting import Sitting, Talk, Vote
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_MATTERS = {term.code: term.label for term in MATTERS}
_APPRAISAL = "appraisal"
_BY_BALLOT = "票"
"""In 表决方式: there was a ballot, though nobody wrote down how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalLine:
    """One record with the files kept with it; where its paper lies is for the hand."""

    number: int
    id: str
    day: date
    day_text: str
    what: str
    theme: str
    sign_in: str
    """Names of sign-in sheets kept with the record."""
    slides: str
    """Texts and slides of a lecture."""
    photos: str
    others: str
    """Names of the other files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotLine:
    """The ballots of one matter at one meeting, or of the appraisal."""

    number: int
    id: str
    day: date
    day_text: str
    what: str
    issued: str
    returned: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkPaper:
    """The paper of one talk."""

    number: int
    id: str
    day: date
    day_text: str
    files: int
    """How many files are kept with it; their names might tell who talked."""
    place: str
    """Where the paper lies, as the ledger says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsView(SheetPaper):
    """迎检原件清单."""

    rows: tuple[OriginalLine, ...]
    ballots: tuple[BallotLine, ...]
    talks: tuple[TalkPaper, ...]
    no_ballots: str = "本期记录中未见投票"
    no_talks: str = "本期谈心谈话登记中未见记录"


def paper(request: Request) -> OriginalsView:
    """The list of a year."""
    scope = scope_of(request)
    held = [sitting for sitting in request.ledger.sittings if sitting.day in scope.span]
    talked = [talk for talk in request.ledger.talks if talk.day in scope.span]
    view = OriginalsView(
        **head(request, scope, "迎检原件清单"),
        rows=tuple(_sitting(request, scope, number, sitting) for number, sitting in enumerate(held, 1)),
        ballots=tuple(_ballots(held)),
        talks=tuple(_talk(scope, number, talk) for number, talk in enumerate(talked, 1)),
        empty="本期台账内未见组织生活记录",
        figures={},
        notes=(
            "签到表、讲稿课件、照片和其他附件是随记录存入台账的文件；纸质原件存放处由经手人填写。",
            *_talk_files(request, talked),
        ),
    )
    shown: OriginalsView = made_visible(view)
    return shown


def _sitting(request: Request, scope: Scope, number: int, sitting: Sitting) -> OriginalLine:
    files = scope.ledger.attached_to(sitting.id)
    columns = {SIGN_IN: "sign_in", "courseware": "slides", "photo": "photos"}
    named: dict[str, list[str]] = {"sign_in": [], "slides": [], "photos": [], "others": []}
    for file in files:
        named[columns.get(file.kind, "others")].append(in_line(file.name) + state_told(request.copies, file))
    return OriginalLine(
        number=number,
        id=sitting.id,
        day=sitting.day,
        day_text=sitting.day.isoformat(),
        what=kinds_told(scope, sitting),
        theme=in_line(theme_of(sitting)),
        **{column: "、".join(names) for column, names in named.items()},
    )


def _ballots(held: Iterable[Sitting]) -> Iterator[BallotLine]:
    number = 0
    for sitting in held:
        for what, votes in _voted(sitting):
            number += 1
            yield BallotLine(
                number=number,
                id=sitting.id,
                day=sitting.day,
                day_text=sitting.day.isoformat(),
                what=what,
                issued=_counts(vote.issued for vote in votes),
                returned=_counts(vote.returned for vote in votes),
            )


def _voted(sitting: Sitting) -> Iterator[tuple[str, list[Vote]]]:
    """Matters on which ballots were cast, each once; 民主测评 leaves ballots too, of which no row tells."""
    if _APPRAISAL in sitting.kinds:
        yield "民主测评票", []
    secret = [vote for vote in sitting.votes if vote.issued is not None or _BY_BALLOT in vote.method]
    for matter in dict.fromkeys(vote.matter for vote in secret):
        yield f"{_MATTERS[matter]}票", [vote for vote in secret if vote.matter == matter]


def _talk_files(request: Request, talked: Iterable[Talk]) -> Iterator[str]:
    """Of the files of a talk no name is told, so that they are missing stands below the tables."""
    for talk in talked:
        if told := states_told(request.copies, request.ledger.attached_to(talk.id)):
            yield f"谈心谈话记录{talk.id}的附件：{told}。"


def _counts(numbers: Iterable[int | None]) -> str:
    """One number for ballots that several rows share, else all of them."""
    return "、".join(str(one) for one in dict.fromkeys(numbers) if one is not None)


def _talk(scope: Scope, number: int, talk: Talk) -> TalkPaper:
    return TalkPaper(
        number=number,
        id=talk.id,
        day=talk.day,
        day_text=talk.day.isoformat(),
        files=len(scope.ledger.attached_to(talk.id)),
        place=in_line(talk.paper_at),
    )
