"""What papers say of files kept with records that are missing beside the ledger or no longer the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from zhibu_cli.model.attachment import ALTERED, GONE, UNREADABLE
from zhibu_cli.report.wording import missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zhibu_cli.model.attachment import Attachment

_ONE = {GONE: "附件文件夹中未见这个文件", ALTERED: "现在的文件与存入时不同", UNREADABLE: "未能打开核对"}
_MANY = {GONE: "附件文件夹中未见", ALTERED: "现在与存入时不同", UNREADABLE: "未能打开核对"}


def state_told(copies: Mapping[str, str], kept: Attachment, form: str = "（{}）") -> str:
    """What stands behind the name of a file; empty where it lies there as it was stored, or nobody looked.

    ``copies``: see ``Request``; ``form``: how the words are joined on. One that is missing is a blank.
    """
    words = _ONE.get(state := copies.get(kept.id, ""), "")
    return missing(words) if state == GONE else form.format(words) if words else ""


def states_told(copies: Mapping[str, str], kept: Iterable[Attachment]) -> str:
    """``附件文件夹中未见2个，现在与存入时不同1个``; empty where there is nothing to be said."""
    many = Counter(copies.get(one.id, "") for one in kept)
    return "，".join(f"{words}{many[state]}个" for state, words in _MANY.items() if many[state])


def still_there(copies: Mapping[str, str], kept: Iterable[Attachment]) -> bool:
    """Whether one of the files at least has not been found missing."""
    return any(copies.get(one.id) != GONE for one in kept)
