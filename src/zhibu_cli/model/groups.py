"""Groups by what people call them: 一组, 第1小组 and 第一党小组 are one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from zhibu_cli.text import clean, read_chinese_number

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.roster import Roster


def find_group(name: str, roster: Roster) -> str:
    """The number of the group of that name; 一组, 第1小组 and 第一党小组 are one, if only one fits.

    A group that only the roster names, in the column of its members, is found under its name there.
    """
    ref = roster.group_ref(name)
    if ref != name or name in roster.groups_by_id:
        return ref
    wanted = group_key(name)
    same = [group.id for group in roster.groups if group_key(group.name) == wanted]
    if not same and name not in roster.unlisted_groups:
        same = [other for other in roster.unlisted_groups if group_key(other) == wanted]
    return same[0] if len(same) == 1 else name


def groups_on(roster: Roster, day: date) -> tuple[str, ...]:
    """Names of the groups of that day; after the listed ones those that only their members name.

    One that differs from another in form alone (一组, 第一党小组) is that one.
    """
    listed = [group.name for group in roster.groups if group.exists(day)]
    in_groups = (member.group_on(day) for member in roster.members_on(day))
    named = dict.fromkeys(name for name in in_groups if name and name not in roster.groups_by_id)
    return (*listed, *(name for name in named if find_group(name, roster) == name))


def group_key(name: str) -> str:
    """What is left of a group's name to be compared: 1 of 一组, 第1小组 and 第一党小组."""
    bare = re.sub(r"^第|党?小?组$", "", "".join(clean(name).split()))
    number = int(bare) if bare.isdecimal() else read_chinese_number(bare)
    return bare if number is None else str(number)
