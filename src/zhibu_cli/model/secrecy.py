"""Classification marks: a text that bears one is refused; the bare words are only asked about.

Nothing secret may be kept in this program (design.md, promise 4). The mark of a classified paper
is the word with a star (机密★, 机密★1年); 保密教育 and 秘密投票 are everyday words of a branch.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Patterns are compiled where they are used: few texts say 密 at all.
# Also what a text without sight of it carries: control characters, accents, fillers.
_INVISIBLE = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u0300-\u036f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff\ufffe\uffff\U000e0000-\U000e01ef]"
)
_WORD = r"(?:[绝絕机機秘祕]\s*密)"
_MARK = (
    rf"{_WORD}(?:\s*[级級])?[\s】\])〕》」:(（·._\-—]*"
    r"(?:[★☆⭐⋆✦✧✩✪✫✬✭✮✯✰✶✸\U0001f31f]|[*](?=\s*(?:\d+\s*(?:年|个?月|天|日)|长期)))"
)
_BARE = (
    r"(?<!国家)(?<!工作)(?<!商业)(?<!党的)(?<!保守)(?<!泄露)(?<!军事)"
    rf"{_WORD}(?!投票|表决|选举|写票|划票|填票)"
)


def classification_mark(text: str) -> str | None:
    """The classification mark the text or file name bears, as written; None if there is none."""
    if "密" not in text:
        return None
    match = re.search(_MARK, _plain(text))
    return match[0] if match else None


def classification_words(text: str) -> tuple[str, ...]:
    """The bare words 绝密, 机密, 秘密 in the text, with what stands around them, to ask about."""
    if "密" not in text:
        return ()
    plain = _plain(text)
    return tuple(plain[max(0, m.start() - 6) : m.end() + 6] for m in re.finditer(_BARE, plain))


def scan_payload(payload: Any) -> str | None:
    """The first classification mark anywhere in a payload, None if there is none."""
    return next(filter(None, map(classification_mark, strings(payload))), None)


def _plain(text: str) -> str:
    return re.sub(_INVISIBLE, "", unicodedata.normalize("NFKC", text))


def strings(value: Any) -> Iterator[str]:
    """Every text in a payload, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            if isinstance(part, str):
                yield part
            else:
                yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)
