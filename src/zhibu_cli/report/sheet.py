"""What papers that are a form or a table have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.model.people import apart
from zhibu_cli.model.people_sheets import POSTS
from zhibu_cli.report.scope import Head
from zhibu_cli.report.wording import behind, title_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from zhibu_cli.model.roster import Roster
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope


class SheetHead(Head):
    """The fields of a ``SheetPaper`` that say what it is and whose."""

    title: str
    title_lines: tuple[str, ...]
    circle: str
    dated_text: str


def head(request: Request, scope: Scope, tail: str, *, dated: bool = True) -> SheetHead:
    """Title and the rest; ``tail``: what the paper is called after the branch (and the period)."""
    named = f"{scope.period.label}{tail}" if dated else tail
    name = scope.ledger.branch.name
    return SheetHead(
        title=name + behind(name, named),
        title_lines=title_lines(name, named, sheet=True),
        circle=request.circle,
        dated_text=scope.head["date_text"] + (f"（{scope.counted}）" if scope.counted else ""),
        **scope.head,
    )


def names_apart(scope: Scope, refs: Iterable[str]) -> Mapping[str, str]:
    """Names for a list of people by reference, namesakes told apart, also from others in the branch."""
    roster, listed = scope.roster, tuple(refs)
    known = (member for ref in listed if (member := roster.find(ref)))
    shown = apart((*known, *roster.members_on(scope.horizon)), roster)
    return {ref: shown.get(roster.id_of(ref), ref) for ref in listed}


def posts_named(roster: Roster, ref: str, day: date) -> str:
    """``书记、组织委员`` as held that day, in the order of rank; empty for everybody else."""
    held = roster.posts_of(ref, day)
    return "、".join(term.label for term in POSTS if term.code in held)


def posts_told(roster: Roster, ref: str, day: date) -> str:
    """The same behind a name: ``（书记、组织委员）``."""
    named = posts_named(roster, ref, day)
    return f"（{named}）" if named else ""
