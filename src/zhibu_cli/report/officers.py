"""支部委员会和党小组名单: who holds which post since when, which groups there are, on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.people_sheets import POST_ORIGINS, POSTS
from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.people import people
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head, names_apart
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import made_visible

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhibu_cli.model.roster import Group, Post
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

NO_OFFICERS = "职务任期中没有当日在任的职务"
_RANK = {term.code: number for number, term in enumerate(POSTS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    """A post and its holder."""

    number: int
    name: str
    post: str
    since: date
    since_text: str
    origin: str
    joined: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A group with its leader and members."""

    number: int
    name: str
    leader: str
    size: int
    members: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficersView(SheetPaper):
    """支部委员会和党小组名单."""

    posts_title: str
    """支部委员会; where there is none, the posts that are held: ``党支部书记、副书记``."""
    rows: tuple[OfficerLine, ...]
    groups: tuple[GroupLine, ...]
    no_groups: str = "未见党小组登记"


def paper(request: Request) -> OfficersView:
    """The lists of the as-of day."""
    scope = scope_of(request)
    counted = people(scope)
    there = (group for group in scope.roster.groups if group.exists(scope.horizon))
    view = OfficersView(
        **head(request, scope, "支部委员会和党小组名单", dated=False),
        posts_title=_posts_title(scope),
        rows=officer_lines(scope),
        groups=tuple(_group(scope, number, group) for number, group in enumerate(there, 1)),
        empty=NO_OFFICERS,
        figures=catalogue((counted.committee, counted.groups)),
        trace=(counted.committee, counted.groups) if request.trace else (),
    )
    shown: OfficersView = made_visible(view)
    return shown


def _posts_title(scope: Scope) -> str:
    day, roster = scope.horizon, scope.roster
    if not roster.without_committee(day):
        return "支部委员会"
    held = {post.post for post in roster.posts_on(day)}
    return "党支部" + "、".join(term.label for term in POSTS if term.code in held)


def officer_lines(scope: Scope) -> tuple[OfficerLine, ...]:
    """The posts held on the last day counted, by rank."""
    held = sorted(scope.roster.posts_on(scope.horizon), key=lambda post: (_RANK[post.post], post.since))
    names = names_apart(scope, (post.member for post in held))
    return tuple(_officer(scope, number, post, names) for number, post in enumerate(held, 1))


def _officer(scope: Scope, number: int, post: Post, names: Mapping[str, str]) -> OfficerLine:
    member = scope.roster.find(post.member)
    payload = next((e.payload for e in scope.ledger.entries if e.id == post.member), {})
    return OfficerLine(
        number=number,
        name=names[post.member],
        post=POSTS[_RANK[post.post]].label,
        since=post.since,
        since_text=post.since.isoformat(),
        origin=next((term.label for term in POST_ORIGINS if term.code == post.origin), ""),
        joined=member.joined.isoformat() if member else "",
        office=payload.get("office", ""),
    )


def _group(scope: Scope, number: int, group: Group) -> GroupLine:
    members = scope.roster.group_members_on(group.id, scope.horizon)
    names = names_apart(scope, (*filter(None, (group.leader,)), *(one.id for one in members)))
    return GroupLine(
        number=number,
        name=group.name,
        leader=names[group.leader] if group.leader else "",
        size=len(members),
        members="、".join(names[one.id] for one in members),
    )
