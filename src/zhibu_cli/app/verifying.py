"""``verify``: is what stands in the ledger, and beside it, what was written by the program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.app.keeping import state_of
from zhibu_cli.errors import InputError, LedgerFormatError
from zhibu_cli.model.attachment import ALTERED, GONE, UNREADABLE, read_attachment
from zhibu_cli.model.beside_sheets import ATTACHMENT
from zhibu_cli.store.opening import open_unchanged
from zhibu_cli.store.proof import prove
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from zhibu_cli.store.proof import Changed, Place, Proof

_DIGITS = 16
"""Of a hash's 64 hexadecimal digits: short enough to be copied by hand, far too many to be met by chance."""
_CODE = re.compile(rf"[0-9a-f]{{{_DIGITS},64}}")
_MOST = 20
"""Places that are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What ``verify`` found."""

    path: Path
    versions: int
    last_at: str
    """``2026-03-09 10:30``; empty where nothing was written yet."""
    code: str
    """The ledger's 校验码, ``3f2a-91bc-07de-44c1``: whoever has noted it can tell later whether the ledger of
    that day is still in the file."""
    later: int | None
    """Versions written since the code that was asked about; None where none was."""
    attachments: int
    problems: tuple[str, ...]
    """Chinese sentences, each a place that is not as it was written."""

    @property
    def told(self) -> tuple[str, ...]:
        """The problems that are told one by one, and how many more there are."""
        more = len(self.problems) - _MOST
        return self.problems if more <= 0 else (*self.problems[:_MOST], f"……还有{more}处。")

    def refuse(self) -> None:
        """Go on only where everything is as it was written.

        Raises:
            LedgerFormatError: something is not; the message lists every place.
        """
        if self.problems:
            raise LedgerFormatError(
                "\n".join([f"台账核对出{len(self.problems)}处不符：", *self.told]),
                hint="请先把现在的文件另存一份，再与备份、纸质记录核对；可用 zhibu restore 放回备份。",
            )


def verify(path: Path, *, expect: str | None = None, beside: Path | None = None) -> Verified:
    """Prove the ledger, and look at every attachment; nothing is written, an older ledger stays as it is.

    ``expect`` is a code that was noted earlier, with or without its hyphens. Of a copy that was made a moment
    ago, ``beside`` is the ledger whose folder of attachments is meant.

    Raises:
        InputError: ``expect`` is no such code.
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_store``.
    """
    expected = "" if expect is None else _read_code(expect)
    proof = prove(path, expected=expected)
    problems = tuple(_problems(proof, asked=bool(expected)))
    attachments, files = _attachments(path, beside or path, spoilt=bool(problems))
    return Verified(
        path=path,
        versions=proof.versions,
        last_at=proof.last_at.replace("T", " ")[:16],
        code=code_of(proof.last_hash),
        later=None if proof.expected_at is None else proof.versions - proof.expected_at,
        attachments=attachments,
        problems=(*problems, *files),
    )


def _attachments(path: Path, beside: Path, *, spoilt: bool) -> tuple[int, list[str]]:
    """How many there are, and a sentence on each that is not as it was attached."""
    try:
        with open_unchanged(path, restore=True) as store:
            rows = store.of_register(ATTACHMENT.name, include_voided=True)
            kept = [read_attachment(row) for row in rows]
        states = [(one, state_of(beside, one)) for one in kept]
    except (LedgerFormatError, KeyError, TypeError, ValueError):
        if not spoilt:
            raise
        return 0, ["附件的登记读不出来，附件没有核对。"]
    told = (
        f"附件 {one.id} {one.name}（{one.record}）{_STATES[state]}。"
        for one, state in states
        if state in _STATES
    )
    return len(kept), list(told)


_STATES = {GONE: "不在附件文件夹里", ALTERED: "的内容与附上时不同", UNREADABLE: "打不开，未能核对"}


def code_of(last_hash: str) -> str:
    """The first digits of a hash, in groups of four."""
    return "-".join(last_hash[start : start + 4] for start in range(0, _DIGITS, 4))


def _read_code(text: str) -> str:
    digits = re.sub(r"[\s-]", "", clean(text)).lower()
    if not _CODE.fullmatch(digits):
        raise InputError(
            f"“{text[:40]}”不是校验码。", hint="校验码是 zhibu verify 显示的，如 3f2a-91bc-07de-44c1。"
        )
    return digits


def _problems(proof: Proof, *, asked: bool) -> Iterator[str]:
    if not proof.sound:
        yield "数据库文件本身有损坏。"
    if not proof.structure:
        yield "表的结构或防止改动的保护与程序所建的不同。"
    if proof.lost:
        yield f"少了{proof.lost}个版本（流水号不连续）。"
    yield from map(_changed, proof.changed)
    for id_ in proof.index:
        yield f"{id_} 现在显示的不是它最后写入的版本。"
    if asked and proof.expected_at is None:
        yield (
            "所写的校验码不是这个台账任何时候的校验码：请核对校验码有没有抄错、是不是同一个台账；"
            "都没有错的，就是记下校验码时的内容不全在了。"
        )


def _changed(one: Changed) -> str:
    if one.before is None:
        return f"{_named(one.place)}与写入时不同。"
    return f"{_named(one.place)}，或者紧挨着它以前写入的 {_named(one.before)}，与写入时不同。"


def _named(place: Place) -> str:
    return f"{place.id} 的第{place.version}版"
