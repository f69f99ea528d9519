"""Pictures for HTML, drawn as SVG: what they say stands in them as words, colour says nothing alone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

_INK = "#1f4e79"
_STEP, _BAR, _HEIGHT, _TOP, _LEFT = 52, 30, 150, 42, 44
"""Pixels: from column to column, width of one, height of a full one, room above and on the left."""


class Bar(NamedTuple):
    """One column: what stands below it, its height from 0 to 1 (None: nothing to show), what stands on it."""

    label: str
    share: float | None
    text: str


def columns(title: str, bars: Sequence[Bar]) -> Markup:
    """A column chart from 0 to 100%, hatched and outlined so that a grey print shows it too."""
    from markupsafe import Markup  # noqa: PLC0415

    width, height = _LEFT + _STEP * max(1, len(bars)) + 10, _TOP + _HEIGHT + 34
    told = "；".join(f"{bar.label}{bar.text}" for bar in bars)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
        f' viewBox="0 0 {width} {height}" role="img" aria-label="{escape(f"{title}：{told}")}"',
        ' font-size="13" text-anchor="middle">',
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">',
        f'<path d="M0 6L6 0" stroke="{_INK}" stroke-width="1"/></pattern></defs>',
        f'<text x="{width // 2}" y="18" font-size="15">{escape(title)}</text>',
        *(_line(share, width) for share in (0, 50, 100)),
        *(_bar(place, bar) for place, bar in enumerate(bars)),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every word in it is escaped


def _line(share: int, width: int) -> str:
    y = _TOP + _HEIGHT - _HEIGHT * share // 100
    dashes = ' stroke-dasharray="2 3"' if share else ""
    return (
        f'<path d="M{_LEFT} {y}H{width - 4}" stroke="#888"{dashes}/>'
        f'<text x="{_LEFT - 4}" y="{y + 4}" text-anchor="end">{share}%</text>'
    )


def _bar(place: int, bar: Bar) -> str:
    middle, floor = _LEFT + _STEP * place + _STEP // 2, _TOP + _HEIGHT
    tall = round(_HEIGHT * min(1.0, max(0.0, bar.share))) if bar.share is not None else 0
    drawn = (
        f'<rect x="{middle - _BAR // 2}" y="{floor - tall}" width="{_BAR}" height="{tall}"'
        f' fill="url(#hatch)" stroke="{_INK}" stroke-width="1.5"/>'
        if tall
        else ""
    )
    return (
        f'{drawn}<text x="{middle}" y="{floor - tall - 5}">{escape(bar.text)}</text>'
        f'<text x="{middle}" y="{floor + 18}">{escape(bar.label)}</text>'
    )
