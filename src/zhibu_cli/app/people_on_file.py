"""The roster behind an open store, and the names of everybody in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from zhibu_cli.app.wording import namer
from zhibu_cli.errors import InputError, NotFoundError
from zhibu_cli.model.ledger import build_roster
from zhibu_cli.text import clean_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.store.store import Store

PEOPLE = ("member", "member_event", "group", "post", "same_person")


def roster_of(store: Store) -> Roster:
    """Members, groups and posts as the ledger has them."""
    return build_roster({register: store.of_register(register) for register in PEOPLE})


def roster_from(entries: Iterable[Entry]) -> Roster:
    """The roster among entries, voided ones left out."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not entry.voided:
            found[entry.register].append(entry)
    return build_roster(found)


def names_of(store: Store, *, for_people: bool = True) -> Callable[[str], str]:
    """Names by number, of voided members and groups too; for an answer or for a file, see ``namer``."""
    return namer(
        [
            *store.of_register("member", include_voided=True),
            *store.of_register("group", include_voided=True),
        ],
        for_people=for_people,
    )


def find_row(store: Store, register: str, title: str, ref: str) -> Entry:
    """The member or group meant by a number or a name.

    Raises:
        NotFoundError: there is none.
        InputError: several bear the name.
    """
    rows = store.of_register(register)
    name = clean_name(ref)
    same = [row for row in rows if row.id == name] or [row for row in rows if row.payload["name"] == name]
    if not same:
        raise NotFoundError(f"没有找到{title}“{ref}”。", hint=f"用 zhibu {register} list 查看已有的{title}。")
    if len(same) > 1:
        numbers = "、".join(row.id for row in same)
        raise InputError(f"“{name}”有{len(same)}人同名（{numbers}）。", hint=f"请写编号，如 {same[0].id}。")
    return same[0]
