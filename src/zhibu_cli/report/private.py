"""Numbers of identity cards and telephones: the one home of how papers mask them.

Every paper is put through ``masking`` when it is built (papers.py), whatever field a number stands in;
a roster that is asked for with whole numbers is the only one that is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhibu_cli.model.ledger import Ledger

_YEAR, _DAY = r"(?:18|19|20)[0-9]{2}", r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = (
    rf"[1-9][0-9]{{5}}[ -]?{_YEAR}{_DAY}[ -]?[0-9]{{3}}[0-9Xx]",
    rf"[1-9][0-9]{{5}}[0-9]{{2}}{_DAY}[0-9]{{3}}",  # of before 1999
    r"[1-9][0-9]{3}(?: [0-9]{4}){3} [0-9][0-9Xx]",
)
_PHONE = (
    r"(?:\+?86[ -]?)?1[3-9][0-9](?:[0-9]{8}|([ -])[0-9]{4}\1[0-9]{4})",
    r"(?:\(0[0-9]{2,3}\) ?|0[0-9]{2,3}[ -]?)[1-9][0-9]{6,7}",
)
_PLAIN = str.maketrans(
    "０１２３４５６７８９\uff38\uff58－\u2010\u2011\u2013（）\u3000\u00a0＋", "0123456789Xx----()  +"
)
_FIRST, _LAST = 3, 4
"""Characters that stay readable."""
_LEAST = 7
"""Digits: shorter numbers of the roster would be found in years and days."""


def masked(number: str) -> str:
    """The number with stars for all but its first three and last four characters; a short one whole.

    What joins the groups of a number stays, and is not counted.
    """
    counted = [n for n, char in enumerate(number) if char.isalnum()]
    hidden = {*(counted[_FIRST:-_LAST] or counted)}
    return "".join("*" if n in hidden else char for n, char in enumerate(number))


def masking(ledger: Ledger) -> Callable[[str], str]:
    """A function that masks such numbers in a text: those of the roster, and whatever looks like one."""
    known = "|".join((*_PHONE, *_IDENTITY, *_of_roster(ledger)))
    # most characters of a paper are Han: they are passed over without a look at every number of the roster
    pattern = re.compile(rf"(?<![0-9A-Za-z])(?=[0-9A-Za-z(+])(?:{known})(?![0-9A-Za-z])")

    def mask(text: str) -> str:
        kept, last = "", 0
        for found in pattern.finditer(text.translate(_PLAIN)):  # character for character
            kept += text[last : found.start()] + masked(text[found.start() : found.end()])
            last = found.end()
        return kept + text[last:]

    return mask


def _of_roster(ledger: Ledger) -> Iterator[str]:
    for entry in ledger.entries:
        if entry.register != "member":
            continue
        for field in ("id_number", "phone"):
            number = str(entry.payload.get(field) or "").strip()
            if sum(map(str.isdigit, number)) >= _LEAST:
                yield re.escape(number.translate(_PLAIN))
