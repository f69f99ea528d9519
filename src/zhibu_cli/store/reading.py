"""How stored payloads are read where a member was entered twice: under the number that stays.

Nothing stored is changed: every version keeps the number it was written with.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from zhibu_cli.store import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from zhibu_cli.model.declare import Catalogue

    ReadAs = Callable[[dict[str, Any]], dict[str, Any]]
    Reading = Callable[[str, str], ReadAs | None]
    """Register and text of a payload -> how to read it; None: as it stands."""


SAME_PERSONS = """
SELECT versions.payload FROM current JOIN versions USING (seq)
WHERE current.register = 'same_person' AND current.voided = 0
"""


def reading(rows: Iterable[tuple[str]], catalogue: Catalogue) -> Reading:
    """How to read payloads, by the rows of the register 同一人."""
    pairs = {data["old"]: data["member"] for (text,) in rows for data in (canonical.load(text),)}
    if not pairs:
        return _as_it_stands
    same = {old: _last(old, pairs) for old in pairs}

    from zhibu_cli.model.people import redirect  # noqa: PLC0415 - few ledgers need it

    known = {register.name: register for register in (*catalogue.registers, *catalogue.beside)}

    def read_as(register: str, text: str) -> ReadAs | None:
        if register not in known or not any(f'"{old}"' in text for old in same):
            return None
        return partial(redirect, register=known[register], same=same)

    return read_as


def _as_it_stands(register: str, text: str) -> ReadAs | None:  # noqa: ARG001 - the shape of a Reading
    return None


def _last(number: str, pairs: dict[str, str]) -> str:
    """The number at the end: a member that stayed may have been merged itself later on."""
    while number in pairs:
        number = pairs[number]
    return number
