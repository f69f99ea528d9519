"""How many were due at a sitting, came, were on leave, absent or excused: one count for every paper.

应到＝实到＋请假＋缺席＋暂不参加 (design.md): who neither came nor is named as on leave or excused is 缺席
（原因未填或其他）. A record whose numbers contradict each other stops every paper that would add them up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.errors import PaperError
from zhibu_cli.model.attendance import listed
from zhibu_cli.model.leave import NOT_LEAVE, on_leave
from zhibu_cli.report.figures import Balance, total
from zhibu_cli.report.wording import in_line
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.views import Figure

COUNTED = "应到、实到均有数的记录"
"""Of which sittings head counts are added up, see ``Heads.known``."""
RATE = "应到人次减经支部同意暂不参加的人次"
"""By what 实到 is divided (regulations.md §11: who is excused stays in every quorum and leaves the rate)."""


class Heads(NamedTuple):
    """Head counts of one sitting; due and came are None where neither record nor roster knows."""

    due: int | None
    came: int | None
    leave: int
    """Named as on leave, see ``model.leave``."""
    others: int
    """Named as absent, and not as on leave."""
    excused: int
    """经支部同意暂不参加."""
    clash: str = ""
    """What the names of the record deny of its numbers, or of each other."""

    @property
    def known(self) -> bool:
        """Whether they can be added up: both stated, and not contradicting each other."""
        return self.due is not None and self.came is not None and not self.fault

    @property
    def named(self) -> int:
        """Who is named as not having come."""
        return self.leave + self.others + self.excused

    @property
    def absent(self) -> int:
        """缺席（原因未填或其他）: whoever did not come and is neither on leave nor excused, named or not."""
        if self.due is None or self.came is None:
            return self.others
        return max(self.others, self.due - self.came - self.leave - self.excused)

    @property
    def base(self) -> int:
        """Those by which presence is measured."""
        return (self.due or 0) - self.excused

    @property
    def unnamed(self) -> bool:
        """Whether some did not come and the record names none of them: how many were on leave is unknown."""
        if self.due is None or self.came is None:
            return not self.named
        return not self.named and self.came < self.due

    @property
    def fault(self) -> str:
        """The figures that contradict each other, by name; empty: none do."""
        due, came = self.due, self.came
        if due is None or came is None:
            return ""
        if self.clash:
            return self.clash
        if came > due:
            return f"“应到”{due}人，“实到”{came}人"
        if came + self.named > due:
            return f"“应到”{due}人，“实到”{came}人、“缺席和暂不参加”{self.named}人，合计{came + self.named}人"
        return ""


def heads_of(ledger: Ledger, sitting: Sitting) -> Heads:
    """Count a sitting; who is listed as having come without being due does not make more than were due."""
    count, id_of = ledger.counted(sitting), ledger.roster.id_of
    came = count.present_count
    if count.expected_count is not None and came is not None and came > count.expected_count:
        named = {*(count.present or ())} if not isinstance(sitting.present, int) else set()
        came = len(named & {*count.due}) or came
    # by the roster nobody is absent who was not due; where 应到 is stated the record itself must add up
    known = None if isinstance(sitting.expected, int) else {*count.due}
    excused = {id_of(row.ref) for row in sitting.excused}
    away = {ref: row for row in sitting.absentees if (ref := id_of(row.ref)) not in excused}
    counted = [row for ref, row in away.items() if known is None or ref in known]
    leave = sum(map(on_leave, counted))
    apart = excused if known is None else excused & known
    return Heads(count.expected_count, came, leave, len(counted) - leave, len(apart), _clash(ledger, sitting))


def _clash(ledger: Ledger, sitting: Sitting) -> str:
    """Names that do not fit: people said to have come and not, or another number than is stated."""
    if sitting.attendees is None:
        return ""
    id_of = ledger.roster.id_of
    away = {id_of(row.ref) for row in (*sitting.absentees, *sitting.excused)}
    if both := away.intersection(map(id_of, sitting.attendees)):
        names = "、".join(in_line(ledger.roster.name_of(ref)) for ref in sorted(both))
        return f"“出席人员”和“缺席和暂不参加”都列有{names}"
    low, high = listed(sitting, ledger.counted(sitting), ledger.catalogue)
    if not isinstance(sitting.present, int) or low <= sitting.present <= high:
        return ""
    return f"“实到”{sitting.present}人，“出席人员”列有{high}人"


def must_agree(ledger: Ledger, heads: Mapping[str, Heads]) -> None:
    """Stop a paper whose records contradict themselves.

    Raises:
        PaperError: naming every such record with the figures that do not fit.
    """
    _stop([_fault(ledger, number, one.fault) for number, one in heads.items() if one.fault])


def names_must_agree(ledger: Ledger, sittings: Iterable[Sitting]) -> None:
    """Stop a paper that goes by names where a record's names contradict each other or its 实到.

    Raises:
        PaperError: naming every such record with what does not fit.
    """
    _stop([_fault(ledger, one.id, clash) for one in sittings if (clash := _clash(ledger, one))])


def _stop(faults: Sequence[str]) -> None:
    if faults:
        raise PaperError(
            f"记录中的人数互相矛盾，材料未写出：{'；'.join(faults)}。",
            hint="请与签到表、原始记录核对，用 zhibu amend 更正并写明理由后再出材料。",
        )


def _fault(ledger: Ledger, number: str, fault: str) -> str:
    sitting = ledger.sittings.by_id(number)
    labels = "、".join(ledger.catalogue.kind(name).label for name in sitting.kinds)
    return f"{number}（{chinese_date(sitting.day)}{labels}）{fault}"


class Sums(NamedTuple):
    """The heads of all sittings together, every sitting once whatever kinds it bears."""

    due: Figure
    came: Figure
    leave: Figure
    absent: Figure
    excused: Figure

    @property
    def balance(self) -> Balance:
        """应到＝实到＋请假＋缺席＋暂不参加."""
        return Balance(self.due, self[1:])


def sums(heads: Iterable[tuple[str, Heads]]) -> Sums:
    """Add up the heads of those sittings that can be counted."""
    known = {number: one for number, one in heads if one.known}
    reason = "没有应到、实到均载明的记录"

    def of(key: str, label: str, amounts: Mapping[str, int], how: str, none: str) -> Figure:
        found = {number: amount for number, amount in amounts.items() if amount}
        rule = f"{COUNTED}中{how}，一场计一次"
        return total(
            key, label, found, rule, reason=none if known else reason, none="0" if known else "未载明"
        )

    return Sums(
        of("heads_due", "各场应到合计", {n: h.due or 0 for n, h in known.items()},
           "应到人数相加（记录未写应到的按当日名册）", reason),
        of("heads_came", "各场实到合计", {n: h.came or 0 for n, h in known.items()}, "实到人数相加", reason),
        of("heads_leave", "请假合计", {n: h.leave for n, h in known.items()},
           "写明会前请假，或原因属病、事、公差等的人次", "没有请假的"),
        of("heads_absent", f"{NOT_LEAVE}合计", {n: h.absent for n, h in known.items()},
           "应到减实到、请假、暂不参加后的人次", "没有这样的"),
        of("heads_excused", "经支部同意暂不参加合计", {n: h.excused for n, h in known.items()},
           "写明经支部同意暂不参加的人次", "没有经支部同意暂不参加的"),
    )  # fmt: skip
