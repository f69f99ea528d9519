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

_WHICH = "例如 --record S12；编号见 zhibu list。"
_ASKED = {
    Needs.QUARTER: ("季度", "例如 --quarter 2026Q3。"),
    Needs.YEAR: ("年份", "例如 --year 2026。"),
}


def must_suffice(kind: PaperKind, period: Period | None, record: str) -> None:
    """Refuse an order that does not say what the paper is about, or says what it cannot be about.

    Raises:
        InputError: no quarter, year or record is named where one is needed, or one where none is.
    """
    _must_not_exceed(kind, period, record)
    if kind.needs in _ASKED:
        what, hint = _ASKED[kind.needs]
        if period is None:
            raise InputError(f"{kind.title}要写明{what}。", hint=hint)
        if period.unit.value != kind.needs.value:
            raise InputError(f"{kind.title}要写明{what}，“{period.label}”不是{what}。", hint=hint)
    if kind.needs is Needs.RECORD and not record:
        raise InputError(f"{kind.title}要写明是哪一条记录。", hint=_WHICH)


def _must_not_exceed(kind: PaperKind, period: Period | None, record: str) -> None:
    if record and kind.needs is not Needs.RECORD:
        raise InputError(f"{kind.title}不按记录出。", hint="去掉 --record；写法见 zhibu report --list。")
    if period is not None and kind.needs is Needs.DAY:
        raise InputError(
            f"{kind.title}写的是一天的情况，不分季度、年份。",
            hint="去掉 --quarter、--year；要某一天的情况，写 --as-of 和日期，不写就是今天。",
        )
    if period is not None and kind.needs is Needs.RECORD:
        raise InputError(f"{kind.title}写的是一条记录，不分季度、年份。", hint=_WHICH)


def must_have_room(kind: PaperKind, *, texts: bool, slots: bool) -> None:
    """Refuse the user's own words, or a number of problems, for a paper that has no place for them.

    Raises:
        InputError: they are given, and the paper would be made without them.
    """
    if texts and "texts" not in kind.takes:
        raise InputError(
            f"{kind.title}没有要补写的段落。", hint="去掉 --texts；它只用于报告、总结、述职这些文字材料。"
        )
    if slots and "problems" not in kind.takes:
        raise InputError(
            f"{kind.title}不按问题个数出。", hint="去掉 --problems；它只用于述职报告、述职发言稿。"
        )


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
