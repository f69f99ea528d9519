"""Names in a file that two members bear: asked about, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zhibu_cli.app.plan import Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.exchange.draft import Draft
    from zhibu_cli.model.people import Choose
    from zhibu_cli.model.roster import Member, Roster

Answers = Mapping[tuple[str, str, str], str]
"""``Doubt.key`` -> number of the member who is meant."""


class Doubts:
    """What the user answered, and what is still open."""

    def __init__(self, answers: Answers) -> None:
        """``answers`` of an earlier look at the same files."""
        self.answers = answers
        self.open: list[Doubt] = []

    def about(self, draft: Draft, labels: Mapping[str, str], roster: Roster) -> Choose:
        """The one to be asked about names in a row."""

        def choose(field: str, name: str, same: Sequence[Member]) -> str:
            doubt = Doubt(
                place=draft.place,
                field=field,
                label=labels.get(field, ""),
                name=name,
                members=tuple((member.id, _telling(member, roster)) for member in same),
            )
            answer = self.answers.get(doubt.key, "")
            if not answer and doubt.key not in {one.key for one in self.open}:
                self.open.append(doubt)
            return answer

        return choose


def _telling(member: Member, roster: Roster) -> str:
    """What tells a member from another of the same name."""
    group = roster.group_name(member.group) if member.group else ""
    return "，".join(filter(None, (group, f"{member.joined.isoformat()}入党")))
