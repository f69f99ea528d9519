"""Numbers of identity cards and telephones: the one home of how papers mask them.

Every paper is put through ``masking`` when it is built (papers.py), whatever field a number stands in;
a roster that is asked for with whole numbers is the only one that is not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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
_OTHER = re.compile(
    r"(?:护照|军官证|警官证|文职干部证|军士证|士官证|士兵证|通行证|居留证)(?:号码?|编号)?[为是:, (]*"
    rf"(?:[\u4e00-\u9fff]{{1,2}}字)?第?(?!{_YEAR}-)"
    r"([A-Za-z]{0,2}[ -]?[0-9]{6,10}[A-Za-z]?)(?![0-9A-Za-z])"
)
"""Numbers of other papers have no form that no other number has: only the name before them tells."""
_PLAIN = {ord(char): unicodedata.normalize("NFKC", char) for char in map(chr, range(0xFF08, 0xFF5B))} | {
    ord(char): plain for char, plain in zip("\u2010\u2011\u2013\u3000\u00a0", "---  ", strict=True)
}
"""Full-width signs, digits and letters, dashes and blanks, each for one character."""
_DIGIT = re.compile(r"\d")
"""Most texts of a paper have none, and so no number: there is no need to look for one."""
_LONG, _LEAST = 11, 7
"""Characters of a telephone number at least; digits: shorter ones of the roster would be found in days."""


def masked(number: str) -> str:
    """The number with stars for all but its first three and last four characters.

    Of a short one (8 to 10 characters) the first and last two stay, of a shorter one nothing.
    What joins the groups of a number stays, and is not counted.
    """
    counted = [n for n, char in enumerate(number) if char.isalnum()]
    first, last = (3, 4) if len(counted) >= _LONG else (2, 2)
    hidden = {*(counted[first:-last] if len(counted) > _LEAST else counted)}
    return "".join("*" if n in hidden else char for n, char in enumerate(number))


def masking(ledger: Ledger) -> Callable[[str], str]:
    """A function that masks such numbers in a text: those of the roster, and whatever looks like one.

    So are the numbers of passports, officers' cards and the like that are named as such.
    """
    known = "|".join((*_PHONE, *_IDENTITY, *_of_roster(ledger)))
    # most characters of a paper are Han: they are passed over without a look at every number of the roster
    pattern = re.compile(rf"(?<![0-9A-Za-z])(?=[0-9A-Za-z(+])(?:{known})(?![0-9A-Za-z])")

    def mask(text: str) -> str:
        if not _DIGIT.search(text):
            return text
        text = _starred(text, (found.span() for found in pattern.finditer(text.translate(_PLAIN))))
        return _starred(text, (found.span(1) for found in _OTHER.finditer(text.translate(_PLAIN))))

    return mask


def _starred(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept, last = "", 0
    for start, end in spans:
        kept += text[last:start] + masked(text[start:end])
        last = end
    return kept + text[last:]


def _of_roster(ledger: Ledger) -> Iterator[str]:
    for entry in ledger.entries:
        if entry.register != "member":
            continue
        for field in ("id_number", "phone"):
            number = str(entry.payload.get(field) or "").strip()
            if sum(map(str.isdecimal, number)) >= _LEAST:
                yield re.escape(number.translate(_PLAIN))
