"""Making figures, and the proof that they do not contradict each other.

A figure is a number with its rule of counting and the records behind it. A paper whose figures
contradict each other is not written: an inspector would find it, and no reader could say which of
the two is right.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.errors import PaperError
from zhibu_cli.report.views import Figure
from zhibu_cli.report.wording import NOT_APPLICABLE, NOT_SEEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def count(
    key: str,
    label: str,
    records: Iterable[str],
    rule: str,
    *,
    unit: str = "",
    reason: str = "本期台账内没有这样的记录",
    none: str = "0",
) -> Figure:
    """How many records there are; ``none`` is printed where there is none."""
    found = tuple(dict.fromkeys(records))
    return Figure(
        key=key,
        label=label,
        number=len(found),
        text=str(len(found)) if found else none,
        rule=rule,
        records=found,
        reason="" if found else reason,
        unit=unit,
    )


def total(
    key: str,
    label: str,
    amounts: Mapping[str, int],
    rule: str,
    *,
    reason: str,
    unit: str = "人次",
    none: str = NOT_SEEN,
) -> Figure:
    """A sum over records; not counted where no record states an amount."""
    if not amounts:
        return absent(key, label, rule, reason=reason, unit=unit, text=none)
    number = sum(amounts.values())
    return Figure(
        key=key, label=label, number=number, text=str(number), rule=rule, records=tuple(amounts), unit=unit
    )


def share(key: str, label: str, part: Figure, whole: Figure, rule: str, *, less: int = 0) -> Figure:
    """One figure over another, in per cent with one decimal; ``less`` is taken from the whole first."""
    base = int(whole.number or 0) - less
    if not part.number or base <= 0:
        reason = part.reason or whole.reason or "应到或实到为零"
        text = part.text if part.number is None else "—"
        return absent(key, label, rule, reason=reason, unit="%", text=text)
    # tenths of a per cent in whole numbers: no rounding of binary fractions
    tenths = (2000 * int(part.number) + base) // (2 * base)
    return Figure(
        key=key,
        label=label,
        number=part.number / base,
        text=f"{tenths // 10}.{tenths % 10}%",
        rule=rule,
        records=part.records,
        unit="%",
    )


def absent(key: str, label: str, rule: str, *, reason: str, unit: str = "", text: str = NOT_SEEN) -> Figure:
    """A figure for which there is nothing to count."""
    return Figure(key=key, label=label, number=None, text=text, rule=rule, reason=reason, unit=unit)


def not_applicable(key: str, label: str, rule: str, *, reason: str) -> Figure:
    """A figure for something the branch does not have."""
    return absent(key, label, rule, reason=reason, text=NOT_APPLICABLE)


class Balance(NamedTuple):
    """Figures that must add up: the whole, and its parts."""

    whole: Figure
    parts: Sequence[Figure]


def prove(figures: Iterable[Figure], balances: Iterable[Balance]) -> None:
    """Check that every number has records and every balance holds.

    Raises:
        PaperError: naming the figures that contradict each other, or the figure without records.
    """
    for figure in figures:
        if figure.number and not figure.records:
            raise PaperError(f"“{figure.label}”为{figure.text}，却没有可查的记录，材料未写出。", hint=_HINT)
    for balance in balances:
        added = sum(part.number or 0 for part in balance.parts)
        if added != (balance.whole.number or 0):
            names = "、".join(f"“{part.label}”{part.text}" for part in balance.parts)
            raise PaperError(
                f"数据互相矛盾，材料未写出：“{balance.whole.label}”{balance.whole.text}，而{names}，合计{added}。",
                hint=_HINT,
            )


_HINT = "请用 zhibu check 核对有关记录后再出材料。"


def catalogue(figures: Iterable[Figure]) -> Mapping[str, Figure]:
    """The figures by key and by label, for templates."""
    listed = tuple(figures)
    names = {figure.label: figure for figure in listed}
    return MappingProxyType(names | {figure.key: figure for figure in listed})


def changes(own_rules: Iterable[str]) -> tuple[Figure, ...]:
    """Rows of the trace that tell what the branch changed in the rules it is checked by."""
    return tuple(
        Figure(
            key=f"own_rule_{number}",
            label="本支部规定",
            number=None,
            text="见口径",
            rule=words,
            records=("local.toml",),
        )
        for number, words in enumerate(own_rules, 1)
    )
