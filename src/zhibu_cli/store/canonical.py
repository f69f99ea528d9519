"""The one written form of a payload, and the chain of hashes over all versions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from zhibu_cli.text import encodable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHAIN_START = "0" * 64
"""What stands before the first version."""


# json.dumps would make an encoder for every row
_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dump(payload: Mapping[str, Any]) -> str:
    """Canonical JSON: sorted keys, no blanks, Chinese as it is; empty fields must be left out before."""
    return encodable(_SORTED.encode(dict(payload)))


def load(text: str) -> dict[str, Any]:
    """The payload back; ValueError when the text is no JSON object."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def link(before: str, row: Sequence[Any]) -> str:
    """The hash of a version: SHA-256 over the hash before it and the row's values in column order."""
    from hashlib import sha256  # noqa: PLC0415 - it loads OpenSSL, and a reader needs none of it

    return sha256((before + _PLAIN.encode(row)).encode()).hexdigest()
