"""Numbers of identity cards and telephones that stand in a text, for papers that may not show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zhibu_cli.model.ledger import Ledger

_BORN = r"(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_IDENTITY = rf"[1-9][0-9]{{5}}{_BORN}[0-9]{{3}}[0-9Xx]"
_MOBILE = r"1[3-9][0-9]{9}"
_WIDE = str.maketrans("０１２３４５６７８９\uff38\uff58", "0123456789Xx")
IDENTITY_GONE = "〔身份证号已隐去〕"
PHONE_GONE = "〔电话号码已隐去〕"
_LEAST = 7
"""Digits: shorter numbers of the roster would be found in years and days."""


def hiding(ledger: Ledger) -> Callable[[str], str]:
    """A function that puts words in place of such numbers: those of the roster, and what looks like one."""
    identities = "|".join([*_of_roster(ledger, "id_number"), _IDENTITY])
    phones = "|".join([*_of_roster(ledger, "phone"), _MOBILE])
    pattern = re.compile(rf"(?<![0-9A-Za-z])(?:(?P<identity>{identities})|{phones})(?![0-9A-Za-z])")

    def hide(text: str) -> str:
        kept, last = "", 0
        for found in pattern.finditer(text.translate(_WIDE)):  # character for character
            kept += text[last : found.start()] + (IDENTITY_GONE if found["identity"] else PHONE_GONE)
            last = found.end()
        return kept + text[last:]

    return hide


def _of_roster(ledger: Ledger, field: str) -> Iterator[str]:
    for entry in ledger.entries:
        number = entry.payload.get(field, "").strip() if entry.register == "member" else ""
        if sum(map(str.isdigit, number)) >= _LEAST:
            yield re.escape(number.translate(_WIDE))
