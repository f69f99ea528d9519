"""Which values a branch may put in place of a rule's own: stricter ones, and none that nobody can keep.

A number of times, days or months beyond these bounds (1,000 meetings a quarter, a term of 0 years) is a slip
of the pen and not a stricter rule; local.toml is refused with the range that may be written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.rules.forms import MOST

if TYPE_CHECKING:
    from zhibu_cli.rules.forms import Form

_TIMES, _MONTHS, _DAYS, _HOURS = 366, 120, 3660, 8784
"""No branch does something more than daily; ten years of months and of days; the hours of a leap year."""
_BOUNDS = {
    "years": (1, 10),
    "delay_years": (0, 10),
    "months": (1, _MONTHS),
    "grace_months": (0, _MONTHS),
    "days": (1, _DAYS),
    "grace_days": (0, _DAYS),
    "at_risk_days": (0, _DAYS),
    "before_days": (0, _DAYS),
    "hours": (1, _HOURS),
    "at_least": (1, _TIMES),
}
"""Parameter, or what its name ends in -> the least and the most that make sense."""

_ANY_SHARE = [1, MOST]


class Range(NamedTuple):
    """What may be written, both ends included."""

    low: Any
    high: Any

    def __str__(self) -> str:
        """``可写 1 至 366``; shares as they are written: ``可写 [4, 5] 至 [1, 1]``."""
        if self.low == _ANY_SHARE:
            return f"可写不大于 {self.high} 的比例"
        return f"可写 {self.low} 至 {self.high}"

    def holds(self, value: Any) -> bool:
        """Whether the value is neither less nor more."""
        return _size(self.low) <= _size(value) <= _size(self.high)


def allowed(check: str, name: str, form: Form, old: Any) -> Range | None:
    """The values that are no looser than the one in force; None: it is no number or share.

    ``check``: the kind of check; hours of training are more than times.
    """
    higher = form.stricter == "+"
    if form.kind == "share":
        return Range(old, [1, 1]) if higher else Range(_ANY_SHARE, old)
    if form.kind not in {"count", "number"}:
        return None
    least, most = _bounds(check, name)
    least = max(least, int(form.kind == "number"))
    return Range(old, max(old, most)) if higher else Range(min(old, least), old)


def _bounds(check: str, name: str) -> tuple[int, int]:
    if name == "at_least" and check.startswith("training"):
        return 1, _HOURS
    return _BOUNDS.get(name) or _BOUNDS.get(name.rpartition("_")[2]) or (0, MOST)


def _size(value: Any) -> float:
    return value[0] / value[1] if isinstance(value, list) else float(value)
