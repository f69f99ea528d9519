"""Who took part in what: every person who was due at every sitting of a span, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.leave import on_leave
from zhibu_cli.model.presence import absence_of, is_life, stand
from zhibu_cli.report.heads import names_must_agree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Span
    from zhibu_cli.model.sitting import Sitting

PRESENT, LEAVE, ABSENT, EXCUSED, UNSTATED = "present", "leave", "absent", "excused", "unstated"


class Case(NamedTuple):
    """One person due at one sitting."""

    ref: str
    sitting: Sitting
    how: str
    """present; leave: see ``model.leave``; absent: 缺席（原因未填或其他）; excused: 经支部同意暂不参加;
    unstated: the record names nobody."""


class Tally(NamedTuple):
    """How many of some cases went which way."""

    due: int
    present: int
    leave: int
    absent: int
    excused: int
    unstated: int

    @property
    def base(self) -> int:
        """Those by which presence is measured: excused ones and those not stated are left out."""
        return self.due - self.excused - self.unstated

    @property
    def share(self) -> float | None:
        """实际参加 over the base; None where there is none."""
        return self.present / self.base if self.base else None

    @property
    def rate(self) -> str:
        """``93.3%``; ``—`` where there is nothing to measure."""
        if not self.base:
            return "—"
        tenths = (2000 * self.present + self.base) // (2 * self.base)
        return f"{tenths // 10}.{tenths % 10}%"


def cases(ledger: Ledger, span: Span) -> tuple[Case, ...]:
    """Every person due at every sitting of branch life in the span, sitting by sitting.

    Who came without being due is none of them; neither is who is 不计入应到会人数.

    Raises:
        PaperError: a record names somebody as present and as away, or others than its 实到 says.
    """
    sittings = held(ledger, span)
    names_must_agree(ledger, sittings)
    return tuple(case for sitting in sittings for case in _of(ledger, sitting))


def held(ledger: Ledger, span: Span) -> tuple[Sitting, ...]:
    """The sittings of branch life in the span."""
    return tuple(one for one in ledger.sittings.between(span.start, span.end) if is_life(ledger, one))


def _of(ledger: Ledger, sitting: Sitting) -> Iterator[Case]:
    for ref in ledger.counted(sitting).due:
        yield Case(ref, sitting, _how(ledger, ref, sitting))


def naming_who_came(found: Sequence[Case]) -> tuple[Case, ...]:
    """The cases of sittings that tell who came, by name or as all the others.

    Where only the absent are named nobody is known to have come, and a rate of that sitting would be 0 %.
    """
    came = {case.sitting.id for case in found if case.how == PRESENT}
    unclear = {case.sitting.id for case in found if case.how == UNSTATED}
    return tuple(case for case in found if case.sitting.id not in unclear - came)


def _how(ledger: Ledger, ref: str, sitting: Sitting) -> str:
    place = stand(ledger, ref, sitting)
    if place == "unknown":
        return UNSTATED
    if place != "absent":
        return place
    row = absence_of(ledger, ref, sitting.absentees)
    return LEAVE if row is not None and on_leave(row) else ABSENT


def tally(found: Iterable[Case], which: Callable[[Case], bool] = lambda _case: True) -> Tally:
    """Count the cases for which ``which`` holds."""
    ways = [case.how for case in found if which(case)]
    return Tally(len(ways), *(ways.count(how) for how in (PRESENT, LEAVE, ABSENT, EXCUSED, UNSTATED)))
