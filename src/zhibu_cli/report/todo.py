"""What is left to a person in a paper that is a text: every blank, with the section in which it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.report.views import DebriefView, Paper, PartKind
from zhibu_cli.report.wording import blanks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.report.views import Part, SittingRow, View

HEAD = "标题和抬头"


class Left(NamedTuple):
    """One blank where it stands."""

    place: str
    """Heading of the section; ``标题和抬头`` above the first one."""
    blank: str


def left_in(view: View) -> tuple[Left, ...] | None:
    """Every blank of a text paper in its order, as often as it stands there; None: the paper is no text."""
    return tuple(_left(view)) if isinstance(view, Paper) else None


def _left(view: Paper) -> Iterator[Left]:
    byline = view.byline if isinstance(view, DebriefView) else ""
    for blank in blanks(f"{byline}{view.addressee}"):
        yield Left(HEAD, blank)
    for section in view.sections:
        for part in section.parts:
            for blank in blanks(_words(part, view.sittings)):
                yield Left(section.heading, blank)


def _words(part: Part, rows: tuple[SittingRow, ...]) -> str:
    if part.kind is not PartKind.SITTINGS:
        return part.text
    return "".join(f"{row.theme}{row.expected}{row.present}{row.away}{row.leader}" for row in rows)
