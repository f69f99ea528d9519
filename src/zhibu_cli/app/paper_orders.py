"""What has to be said before a paper is made: period, record or member, and the days it may speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.errors import InputError, NotFoundError
from zhibu_cli.report.papers import Needs
from zhibu_cli.text import chinese_date, clean_name

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.roster import Member
    from zhibu_cli.report.papers import PaperKind

_ASKED = {
    Needs.QUARTER: ("季度", "例如 --quarter 2026Q3。"),
    Needs.YEAR: ("年份", "例如 --year 2026。"),
}


def must_suffice(kind: PaperKind, period: Period | None, record: str) -> None:
    """Refuse an order that does not say what the paper is about.

    Raises:
        InputError: no quarter, year or record is named where one is needed, or one where none is used.
    """
    _must_be_of_use(kind, period, record)
    if kind.needs in _ASKED:
        what, hint = _ASKED[kind.needs]
        if period is None:
            raise InputError(f"{kind.title}要写明{what}。", hint=hint)
        if period.unit.value != kind.needs.value:
            raise InputError(f"{kind.title}要写明{what}，“{period.label}”不是{what}。", hint=hint)
    if kind.needs is Needs.RECORD and not record:
        raise InputError(f"{kind.title}要写明是哪一条记录。", hint="例如 --record S12；编号见 zhibu list。")


def _must_be_of_use(kind: PaperKind, period: Period | None, record: str) -> None:
    if kind.needs is Needs.DAY and period is not None:
        raise InputError(
            f"{kind.title}写的是某一天的情况，“{period.label}”不是一天。",
            hint="例如 --as-of 2025-12-31；不写为今天。",
        )
    if record and kind.needs is not Needs.RECORD:
        raise InputError(f"{kind.title}不按一条记录出。", hint="不要写 --record。")


def must_be_lived(as_of: date, today: date) -> None:
    """Refuse to count days that nobody has lived yet.

    Raises:
        InputError: the last day known lies after the day of printing.
    """
    if as_of > today:
        raise InputError(
            f"材料的数据最晚截至今天（{chinese_date(today)}），不能截至{chinese_date(as_of)}。",
            hint="去掉 --as-of，或写今天或以前的日期；以后的事项用 zhibu due、zhibu plan 查看。",
        )


def one_member(ledger: Ledger, kind: PaperKind, word: str) -> Member | None:
    """The one member whom the paper is to be about, by name or number; None for an empty word: everybody.

    Raises:
        InputError: the paper is not made for one member, or two bear the name.
        NotFoundError: there is no such member.
    """
    if not word:
        return None
    if not kind.for_member:
        raise InputError(f"{kind.title}不按人出。", hint="不要写 --member。")
    roster, name = ledger.roster, clean_name(word)
    number = roster.by_id.get(name.upper())
    same = (number,) if number else roster.named(name)
    if not same:
        raise NotFoundError(f"名册里没有“{word}”。", hint="用 zhibu member list --all 查看姓名和编号。")
    if len(same) > 1:
        numbers = "、".join(one.id for one in same)
        raise InputError(f"“{name}”有{len(same)}人同名（{numbers}）。", hint=f"请写编号，如 {same[0].id}。")
    return same[0]
