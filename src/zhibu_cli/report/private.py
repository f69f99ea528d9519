"""Numbers of identity cards and telephones that stand in a text, for papers that may not show them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhibu_cli.model.ledger import Ledger

_BORN = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9]\d{{5}}{_BORN}\d{{3}}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
IDENTITY_GONE = "〔身份证号已隐去〕"
PHONE_GONE = "〔电话号码已隐去〕"
_KEPT = (("id_number", IDENTITY_GONE), ("phone", PHONE_GONE))


def hiding(ledger: Ledger) -> Callable[[str], str]:
    """A function that puts words in place of such numbers: those of the roster, and what looks like one."""
    known = {
        number: words
        for entry in ledger.entries
        if entry.register == "member"
        for name, words in _KEPT
        if len(number := entry.payload.get(name, "").strip()) > _LEAST
    }
    pattern = re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))) or r"(?!)")

    def hide(text: str) -> str:
        if not any(map(str.isdigit, text)):
            return text
        told = pattern.sub(lambda found: known[found[0]], text)
        return _MOBILE.sub(PHONE_GONE, _IDENTITY.sub(IDENTITY_GONE, told))

    return hide


_LEAST = 6
"""Shorter numbers of the roster would be found in years and days."""
