"""Creating a ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.app.taking import take
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.people_sheets import STARTS
from zhibu_cli.model.roster import Roster
from zhibu_cli.model.rule import DEFAULT_PACKS
from zhibu_cli.text import one_line, parse_day

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.taking import Given
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLedger:
    """A ledger that was created."""

    path: Path
    entry: Entry
    """The row 支部信息."""


def init_ledger(
    path: Path, values: Mapping[str, Given], actor: Actor, *, catalogue: Catalogue = CATALOGUE
) -> NewLedger:
    """Create the ledger of a branch; ``values`` are texts by field name of 支部信息.

    ``ledger_from`` may be given several times; ``谈心谈话=2026-01-01`` sets the start of one register
    or kind only.

    Raises:
        InputError: something is missing or cannot be read; no file is made.
        ExistsError: there is a file of that name.
    """
    from zhibu_cli.store.opening import create

    register = catalogue.register("branch")
    plain, starts, wrong = _split_starts(values, catalogue, actor.today)
    wrong += strange_packs(values.get("packs", []))
    taken = take(plain, register, catalogue=catalogue, roster=Roster(), today=actor.today, wrong=wrong)
    payload = {**taken.payload, **({STARTS: starts} if starts else {})}
    with create(path, now=actor.now, who=actor.who, catalogue=catalogue) as store:
        entry = store.add(register, payload, now=actor.now, who=actor.who)
    return NewLedger(path=path, entry=entry)


def _split_starts(
    values: Mapping[str, Given], catalogue: Catalogue, today: date
) -> tuple[dict[str, Given], dict[str, str], list[str]]:
    """The values without the starts of single registers, these by English name, and what is wrong."""
    given = values.get("ledger_from", [])
    texts = [given] if isinstance(given, str) else given
    starts: dict[str, str] = {}
    wrong: list[str] = []
    for text in texts:
        title, separator, day_text = text.replace("＝", "=").partition("=")
        if not separator:
            continue
        name, day = catalogue.named(title.strip()), parse_day(day_text.strip(), today)
        if name and day:
            starts[name] = day.isoformat()
        else:
            wrong.append(f"台账起始日“{one_line(text)}”读不出；请写成 谈心谈话=2026-01-01。")
    whole = [text for text in texts if "=" not in text.replace("＝", "=")]
    return {**values, "ledger_from": whole[-1] if whole else ""}, starts, wrong


def strange_packs(given: Given) -> list[str]:
    """A sentence where a pack is named that there is not."""
    from zhibu_cli.app.rulebook import pack_names

    texts = [given] if isinstance(given, str) else given
    words = [word for text in texts for word in re.split("[、，,；;\\s]+", text.strip()) if word]
    if not words:
        return []
    names = pack_names()
    known = {DEFAULT_PACKS, *(word for name in names for word in name)}
    titles = "、".join((DEFAULT_PACKS, *(title for _, title in names)))
    return [f"“适用规定”不认识“{word}”；可写：{titles}。" for word in words if word not in known]
