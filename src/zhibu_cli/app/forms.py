"""Blank workbooks to be filled in and imported; blank paper is made by ``hand_papers.py``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from zhibu_cli.app.people_on_file import roster_of
from zhibu_cli.errors import InputError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.groups import groups_on
from zhibu_cli.model.people import written
from zhibu_cli.model.work_sheets import WORK_REGISTERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from zhibu_cli.exchange.form import Blank
    from zhibu_cli.model.declare import Catalogue

_ON_REQUEST = frozenset({*(one.name for one in WORK_REGISTERS), "waiver"})
"""Registers that are in a blank workbook only where they are named."""
_BRANCH = "branch"
SECRECY = "不得录入国家秘密、工作秘密。"
_NOTES = (
    ("保密", f"{SECRECY}谈心谈话中不宜录入的内容，只写“纸质记录存放处”。"),
    ("照实", "没有发生的不写，不知道的空着；缺席原因没有问到就空着，不要代填。"),
    ("必填", "红色表头的列必填，其余的有就填。鼠标停在表头上有说明。"),
    ("示例", "每张表第一行灰色斜体的是示例，导入时跳过，可以删去；要填的从下一行写起，不要在示例行上改。"),
    ("日期", "写作 2026-03-05 或 2026年3月5日；只知道月份的，不要写成那个月的 1 日。"),
    ("人名", "几个人用顿号分开。名单里没有的人可以直接写，如列席、授课的外单位同志。"),
    ("表名", "工作表的名称和表头不要改；不用的表和列可以删去，也可以空着。"),
    ("导入", "填好后：zhibu import 文件名.xlsx。先列出读到的内容，问过才写入；本页和隐藏的名单页不导入。"),
)


def workbook(
    words: Sequence[str], ledger: Path | None, day: date, *, catalogue: Catalogue = CATALOGUE
) -> bytes:
    """A blank workbook with a sheet for each register named, as ``import`` reads it.

    Without words: all usual registers; 支部信息 only where there is no ledger yet. Members and groups
    of that day are offered where the ledger knows them.

    Raises:
        InputError: there is no such kind or register.
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_store``.
    """
    from zhibu_cli.exchange.form import form_bytes

    wanted, kind = _wanted(words, catalogue)
    skipped = _ON_REQUEST | ({_BRANCH} if ledger is not None else set())
    chosen = tuple(
        one for one in catalogue.registers if (one.name in wanted if words else one.name not in skipped)
    )
    blank = replace(_offered(ledger, day, catalogue), kind=kind)
    return form_bytes(replace(catalogue, registers=chosen), blank)


def _wanted(words: Sequence[str], catalogue: Catalogue) -> tuple[set[str], str]:
    """The registers meant by the words, and the first kind among them."""
    found: set[str] = set()
    first = ""
    for word in words:
        register, kind = _meant(word, catalogue)
        if not register:
            titles = "、".join(one.title for one in catalogue.registers)
            raise InputError(f"不认识“{word}”。", hint=f"可写：{titles}；也可写支部党员大会、党课等类型。")
        found.add(register)
        first = first or kind
    return found, first


def _meant(word: str, catalogue: Catalogue) -> tuple[str, str]:
    """The register that a word names, and the kind if it names one; a child stands in its parent's book."""
    for register in catalogue.registers:
        if any(word in (child.title, child.name, *child.aliases) for child in register.children):
            return register.name, ""
    name = catalogue.named(word)
    kinds = {kind.name: kind.register for kind in catalogue.kinds}
    if name in {register.name for register in catalogue.registers}:
        return name, ""
    return kinds.get(name, ""), name


def _offered(ledger: Path | None, day: date, catalogue: Catalogue) -> Blank:
    """Members and groups of the day, by the names that import reads back."""
    from zhibu_cli.exchange.form import Blank

    if ledger is None:
        return Blank(notes=_NOTES)
    from zhibu_cli.store.opening import open_store

    with open_store(ledger, catalogue=catalogue) as store:
        roster = roster_of(store)
    members = roster.members_on(day)
    people = tuple(written(one, roster) for one in members)
    doubles = [
        f"{one.id} 是{_told(one.name, roster.group_name(one.group_on(day)))}"
        for one, shown in zip(members, people, strict=True)
        if shown == one.id
    ]
    notes = (("同名", f"名单里写作编号，{'，'.join(doubles)}。"),) if doubles else ()
    return Blank(
        people=people,
        groups=groups_on(roster, day),
        notes=(*_NOTES, *notes),
    )


def _told(name: str, group: str) -> str:
    return f"{name}（{group}）" if group else name
