"""Who was a member, with which rights, in which group, in which post — on a given day.

Headcounts follow regulations.md §1: expected members (支部工作条例 第十一条), those with a vote and
those with a right to elect (选举条例 第五条). Days follow §10-7: the day of admission or arrival
counts, the day on which the other side received a member does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_DAY = timedelta(days=1)
SECRETARY = "secretary"
DEPUTY = "deputy"
ELECTED = "election"
"""产生方式 of a post that begins a new term of office."""
_HEADS = frozenset({SECRETARY, DEPUTY})
OUT = frozenset({"transferred_out", "died", "revocation", "membership_suspended"})
"""Matters of 党员变动 after which somebody is no member here any more."""
_IN = frozenset({"transferred_in", "membership_restored"})


def marked_name(name: str, mark: str) -> str:
    """``张三（女）``: how one of several people of the same name is shown and may be written."""
    return f"{name}（{mark}）" if mark else name


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEvent:
    """A change in a member's standing (党员变动)."""

    id: str
    member: str
    matter: str
    day: date
    until: date | None = None
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of the roster (党员名册)."""

    id: str
    name: str
    joined: date
    converted: date | None
    status: str
    """full or probationary, as the roster claims today."""
    group: str = ""
    """Number of the group, or its name as written; empty: none."""
    home: str = ""
    """Where the 组织关系 is, if not here; such a person is known and never counted."""
    arrived: date | None = None
    left: date | None = None
    left_why: str = ""
    leader: bool = False
    retired: bool = False
    floating: bool = False
    sex: str = ""
    mark: str = ""
    """What tells the person from another of the name (同名区分); ``name`` then carries it in brackets."""
    events: tuple[MemberEvent, ...] = ()

    @property
    def plain_name(self) -> str:
        """The name without what tells it from the same name of another."""
        return self.name.removesuffix(f"（{self.mark}）") if self.mark else self.name

    @property
    def since(self) -> date:
        """The first day on which the person counts here.

        转入时间 of the roster; else a 转入 before any departure (党员变动); else 入党时间.
        """
        if self.arrived is not None or not self.events:
            return self.arrived or self.joined
        moves = [event for event in self.events if event.matter in OUT | {"transferred_in"}]
        if not moves or moves[0].matter != "transferred_in":
            return self.joined
        returned = self.left is not None and self.left <= moves[0].day
        return self.joined if returned else moves[0].day

    def in_branch(self, day: date) -> bool:
        """Whether the person is among the members of this branch on that day."""
        since = self.since
        if self.home or day < since:
            return False
        inside, changed = True, since
        if self.left is not None and day >= self.left:
            inside, changed = False, self.left
        for event in self.events:
            if changed <= event.day <= day and event.matter in OUT | _IN:
                inside, changed = event.matter in _IN, event.day
        return inside

    def is_full(self, day: date) -> bool:
        """Whether the person is a full member on that day.

        A full member without a 转正时间 is full from an unknown day and taken as full throughout.
        """
        turned = self.converted or next(
            (event.day for event in self.events if event.matter == "conversion"), None
        )
        if turned is None:
            return self.status == "full"
        return day >= turned

    def can_vote(self, day: date) -> bool:
        """A member here, full, and with rights neither suspended nor under 留党察看."""
        if not (self.in_branch(day) and self.is_full(day)):
            return False
        free = True
        until: date | None = None
        for event in self.events:
            if event.day > day:
                break
            if event.matter in {"probation_in_party", "rights_suspended"}:
                free, until = False, event.until
            elif event.matter == "rights_restored":
                free = True
        return free or (until is not None and day > until)

    def group_on(self, day: date) -> str:
        """Number or name of the group on that day; empty: none."""
        moves = [event for event in self.events if event.matter == "group_changed"]
        before = [event for event in moves if event.day <= day]
        if before:
            return before[-1].new
        return moves[0].old if moves else self.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Who held which post when (职务任期); both end days belong to the term."""

    id: str
    member: str
    post: str
    since: date
    until: date | None = None
    origin: str = ""

    def held_on(self, day: date) -> bool:
        """Whether the post was held that day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A party group (党小组)."""

    id: str
    name: str
    leader: str = ""
    founded: date | None = None
    dissolved: date | None = None

    def exists(self, day: date) -> bool:
        """Whether the group exists that day."""
        return (self.founded is None or self.founded <= day) and (
            self.dissolved is None or day < self.dissolved
        )


class SamePerson(NamedTuple):
    """A member entered twice: the row ``old``, of that name, speaks of the member ``number``."""

    old: str
    name: str
    number: str


class FormerName(NamedTuple):
    """A name that the member ``number`` bore in an earlier version of the roster."""

    name: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Roster:
    """All people, groups and posts the ledger knows."""

    members: tuple[Member, ...] = ()
    groups: tuple[Group, ...] = ()
    posts: tuple[Post, ...] = ()
    same: tuple[SamePerson, ...] = ()
    former: tuple[FormerName, ...] = ()
    """Only where old papers are read: what is written today goes by the names of today."""

    @cached_property
    def by_id(self) -> Mapping[str, Member]:
        """Members by number; one entered twice is found by either number."""
        found = {member.id: member for member in self.members}
        return found | {one.old: found[one.number] for one in self.same if one.number in found}

    @cached_property
    def groups_by_id(self) -> Mapping[str, Group]:
        """Groups by number."""
        return {group.id: group for group in self.groups}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Member, ...]]:
        names: dict[str, tuple[Member, ...]] = {}
        for member in self.members:
            for name in {member.name, member.plain_name}:
                names[name] = (*names.get(name, ()), member)
        for one in self.same:
            if one.number in self.by_id:
                names.setdefault(one.name, (self.by_id[one.number],))
        return names

    @cached_property
    def _by_former_name(self) -> Mapping[str, tuple[Member, ...]]:
        names: dict[str, tuple[Member, ...]] = {}
        for name, number in self.former:
            if number in self.by_id:
                names[name] = (*names.get(name, ()), self.by_id[number])
        return names

    @cached_property
    def _members_by_day(self) -> dict[date, tuple[Member, ...]]:
        return {}

    @cached_property
    def _posts_by_day(self) -> dict[date, tuple[Post, ...]]:
        return {}

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """The posts held that day; looked up once a day, however many rules ask."""
        found = self._posts_by_day.get(day)
        if found is None:
            found = self._posts_by_day[day] = tuple(post for post in self.posts if post.held_on(day))
        return found

    def named(self, name: str) -> tuple[Member, ...]:
        """Everybody of that name."""
        return self._by_name.get(name, ())

    def formerly(self, name: str) -> tuple[Member, ...]:
        """Everybody who bore that name once and bears another now."""
        return self._by_former_name.get(name, ())

    def find(self, ref: str) -> Member | None:
        """The person behind a reference: a number, or a name that only one person bears."""
        member = self.by_id.get(ref)
        if member is None:
            same = self.named(ref)
            member = same[0] if len(same) == 1 else None
        return member

    def id_of(self, ref: str) -> str:
        """The number behind a reference; the reference itself where nobody is known by it."""
        member = self.find(ref)
        return member.id if member else ref

    def name_of(self, ref: str) -> str:
        """The name behind a reference; the reference itself where nobody is known by it."""
        member = self.find(ref)
        return member.name if member else ref

    def group_ref(self, ref: str) -> str:
        """The number of the group behind a number or a name; the text itself if there is none."""
        if ref in self.groups_by_id:
            return ref
        return next((group.id for group in self.groups if group.name == ref), ref)

    @cached_property
    def unlisted_groups(self) -> tuple[str, ...]:
        """Groups that members are said to be in and the sheet 党小组 does not list, by their names."""
        known = {group.name for group in self.groups} | self.groups_by_id.keys()
        named = {member.group: None for member in self.members if member.group and member.group not in known}
        return tuple(named)

    def group_name(self, ref: str) -> str:
        """The name of the group behind a number or a name; the text itself if there is none."""
        group = self.groups_by_id.get(self.group_ref(ref))
        return group.name if group else ref

    def members_on(self, day: date) -> tuple[Member, ...]:
        """Everybody who is expected as a member that day (应到党员)."""
        found = self._members_by_day.get(day)
        if found is None:
            found = tuple(member for member in self.members if member.in_branch(day))
            self._members_by_day[day] = found
        return found

    def full_on(self, day: date) -> tuple[Member, ...]:
        """The full members that day."""
        return tuple(member for member in self.members_on(day) if member.is_full(day))

    def voters_on(self, day: date) -> tuple[Member, ...]:
        """Everybody with a vote that day (应到有表决权); the same people may elect.

        Those left out of 应到 by approval (不计入应到会人数) stand in the record of the sitting.
        """
        return tuple(member for member in self.members if member.can_vote(day))

    def group_members_on(self, group: str, day: date) -> tuple[Member, ...]:
        """The members of a group that day."""
        wanted = self.group_ref(group)
        return tuple(
            member for member in self.members_on(day) if self.group_ref(member.group_on(day)) == wanted
        )

    def posts_of(self, ref: str, day: date) -> frozenset[str]:
        """The posts somebody held that day."""
        member = self.find(ref)
        if member is None:
            return frozenset()
        return frozenset(post.post for post in self.posts_on(day) if post.member == member.id)

    def holders(self, post: str, day: date) -> tuple[str, ...]:
        """Numbers of those who held the post that day."""
        return tuple(held.member for held in self.posts_on(day) if held.post == post)

    def committee_on(self, day: date) -> tuple[str, ...]:
        """Numbers of the committee's members that day, in the order of the roster; may be empty.

        A branch whose only posts are 书记 and 副书记 has no committee (支部工作条例 第二十条).
        """
        held = self.posts_on(day)
        if not any(post.post not in _HEADS for post in held):
            return ()
        ids = {post.member for post in held}
        return tuple(member.id for member in self.members if member.id in ids)

    def serving_since(self, ref: str, day: date) -> date:
        """The earliest day from which somebody has held posts without a break up to the day.

        The day itself where no post was held up to it.
        """
        since = day
        terms = [post for post in self.posts if post.member == ref and post.since <= day]
        for post in sorted(terms, key=lambda post: post.since, reverse=True):
            if post.until is None or post.until + _DAY >= since:
                since = min(since, post.since)
        return since

    def posts_known(self, day: date) -> bool:
        """Whether the ledger knows any holder of a post that day; if not, nothing can be said."""
        return bool(self.posts_on(day))

    def without_committee(self, day: date) -> bool:
        """Whether posts are known and none but 书记 and 副书记, the days around it with it.

        When committees change, the posts of the old one may end a day before those of the new one begin.
        """
        around = (day - timedelta(days=1), day, day + timedelta(days=1))
        return self.posts_known(day) and not any(map(self.committee_on, around))

    def elections(self, within_days: int) -> list[list[Post]]:
        """Posts that came of 换届选举, by election: those taken up within so many days of its first."""
        found: list[list[Post]] = []
        for post in sorted((one for one in self.posts if one.origin == ELECTED), key=lambda one: one.since):
            if found and (post.since - found[-1][0].since).days <= within_days:
                found[-1].append(post)
            else:
                found.append([post])
        return found

    def officers_on(self, day: date) -> tuple[str, ...]:
        """The committee, or where there is none 书记 and 副书记."""
        ids = {post.member for post in self.posts_on(day)}
        return tuple(member.id for member in self.members if member.id in ids)
