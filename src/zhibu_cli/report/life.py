"""Figures of branch life: sittings, kinds, attendance, and the table of sittings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.declare import Expects
from zhibu_cli.model.groups import groups_on
from zhibu_cli.model.leave import NOT_LEAVE
from zhibu_cli.report.figures import Balance, absent, count, not_applicable, share, total
from zhibu_cli.report.heads import COUNTED, RATE, heads_of, sums
from zhibu_cli.report.views import KindRow, SittingRow
from zhibu_cli.report.wording import NOT_SEEN, UNKNOWN, and_then, in_line, missing, shortened
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from zhibu_cli.model.declare import Kind
    from zhibu_cli.model.sitting import Sitting, Talk
    from zhibu_cli.report.heads import Heads, Sums
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import Figure

_LONG = 80
"""Characters of a theme in the table; a longer one would burst the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Everything counted about sittings."""

    sittings: tuple[Sitting, ...]
    rows: tuple[SittingRow, ...]
    kinds: tuple[KindRow, ...]
    times: Figure
    combined: Figure
    uncounted: Figure
    """Sittings whose head counts cannot be used."""
    heads: Mapping[str, Heads]
    """By number of the sitting."""
    sums: Sums
    late: Figure
    unjudged: int
    """So many imported records do not say when they were entered."""
    since: str
    """That the ledger begins within the period, a sentence; empty where it does not."""
    until: str
    """``截至2026年8月15日`` where the period is not over; else empty."""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All of them, kinds included."""
        own = (self.times, self.combined, self.uncounted, *self.sums, self.late)
        return own + tuple(f for kind in self.kinds for f in _of(kind))

    @property
    def unheld(self) -> tuple[Figure, ...]:
        """Heads that are no figures this time: a template that names them must not fail for that."""
        heads = (f for kind in self.kinds for f in (kind.expected, kind.present, kind.excused, kind.rate))
        told = {figure.key for figure in self.figures}
        return tuple(figure for figure in heads if figure.key not in told)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """The kinds together are the sittings and what combined ones bear beyond their first kind."""
        whole = total(
            "kind_times",
            "分类次数合计",
            {kind.label: int(kind.times.number) for kind in self.kinds if kind.times.number},
            "各类次数相加",
            reason=NOT_SEEN,
        )
        return (Balance(whole, (self.times, self.combined)), self.sums.balance)

    def kind(self, name: str) -> KindRow | None:
        """The row of a kind; None where the catalogue has no such kind."""
        return next((row for row in self.kinds if row.name == name), None)


def _of(kind: KindRow) -> tuple[Figure, ...]:
    # heads of a kind that was not held are no figures
    if not kind.times.number:
        return (kind.times,)
    excused = (kind.excused,) if kind.excused.number else ()
    return (kind.times, kind.expected, kind.present, *excused, kind.rate)


def life(scope: Scope) -> Life:
    """Count the sittings of the period that count as branch life."""
    known = [kind for kind in scope.ledger.catalogue.kinds_of("sitting") if kind.branch_life]
    names = [kind.name for kind in known]
    borne = Counter(entry.id for name in names for entry in scope.ledger.of_kind(name))
    held = tuple(s for s in scope.ledger.sittings if s.id in borne and s.day in scope.span)
    heads = {s.id: heads_of(scope.ledger, s) for s in held}
    late, unknown = scope.late_records(), scope.late_unknown()
    unjudged = sum(s.id in unknown for s in held)
    return Life(
        sittings=held,
        rows=tuple(row_of(scope, sitting, heads[sitting.id], late=sitting.id in late) for sitting in held),
        kinds=tuple(_kind(scope, kind, heads) for kind in known),
        times=count(
            "sittings",
            "组织生活场次",
            (s.id for s in held),
            "本期内的组织生活记录，一条记录计一场；民主生活会、中心组学习不计",
            unit="场",
            none=NOT_SEEN,
        ),
        combined=_combined({s.id: borne[s.id] - 1 for s in held}),
        uncounted=count(
            "uncounted",
            "人数未载明的场次",
            (s.id for s in held if not heads[s.id].known),
            f"不属于“{COUNTED}”的场次，未计入到会情况",
            unit="场",
            reason="各场人数均已载明" if held else "本期台账内没有这样的记录",
        ),
        heads=heads,
        sums=sums(heads.items()),
        late=_late(held, late, unjudged),
        unjudged=unjudged,
        since=_since(scope),
        until="" if scope.complete else f"截至{chinese_date(scope.horizon)}",
    )


def _since(scope: Scope) -> str:
    begins, branch = scope.ledger.begins("sitting"), scope.ledger.branch
    if begins is None or begins == branch.founded or not scope.period.start < begins <= scope.horizon:
        return ""
    return f"台账自{chinese_date(begins)}起登记，此前情况不能判断。"


def _late(held: Iterable[Sitting], late: Collection[str], unjudged: int) -> Figure:
    """Records entered late; where there is none, those that cannot be judged are no nought."""
    found = [s.id for s in held if s.id in late]
    key, label, rule = "late", "补录的记录", "核对为迟于规定时间登记的记录"
    if unjudged and not found:
        why = f"{unjudged}条导入的记录未写明原台账登记时间，是否补录无法判断"
        return absent(key, label, rule, reason=why, unit="条", text=UNKNOWN)
    rule += f"；另有{unjudged}条导入的记录未写明原台账登记时间，无法判断" if unjudged else ""
    return count(key, label, found, rule, unit="条", reason="未核对出补录的记录")


def _combined(more: Mapping[str, int]) -> Figure:
    key, label = "combined", "一场含多种类型而多计的次数"
    rule = "一条记录含几种类型（包括以该形式召开的）的，分类计数时每种各计一次；此处为比场次多出的次数"
    extras = {number: extra for number, extra in more.items() if extra > 0}
    none = "没有一场含多种类型的记录"
    if not extras:
        return count(key, label, (), rule, unit="次", reason=none)
    return total(key, label, extras, rule, unit="次", reason=none)


def _kind(scope: Scope, kind: Kind, heads: Mapping[str, Heads]) -> KindRow:
    mine = [entry.id for entry in scope.ledger.of_kind(kind.name) if entry.id in heads]
    good = {number: heads[number] for number in mine if heads[number].known}
    label, none = kind.label, "未载明" if mine else "—"
    reason = "没有应到、实到均载明的记录"
    expected, present, rate = head_counts(
        kind.name, label, good, among=f"{label}中", reason=reason, none=none
    )
    some = {number: head.excused for number, head in good.items() if head.excused}
    excused = total(
        f"{kind.name}_excused",
        f"{label}暂不参加",
        some or dict.fromkeys(good, 0),
        f"{label}中{COUNTED}的经支部同意暂不参加人次相加",
        reason=reason,
        none=none,
    )
    return KindRow(
        name=kind.name,
        label=label,
        times=_times(scope, kind, mine),
        expected=expected,
        present=present,
        excused=excused,
        rate=rate,
    )


def head_counts(
    key: str, label: str, good: Mapping[str, Heads], *, among: str, reason: str, none: str
) -> tuple[Figure, Figure, Figure]:
    """Those due, those present and the rate of sittings whose head counts are known.

    ``good``: by record; ``among``: the sittings in words; ``reason``, ``none``: where there is none of them.
    """
    expected = total(
        f"{key}_expected",
        f"{label}应到",
        {number: head.due or 0 for number, head in good.items()},
        f"{among}{COUNTED}的应到人数相加；记录未写应到的按当日名册",
        reason=reason,
        none=none,
    )
    present = total(
        f"{key}_present",
        f"{label}实到",
        {number: head.came or 0 for number, head in good.items()},
        f"{among}{COUNTED}的实到人数相加",
        reason=reason,
        none=none,
    )
    return expected, present, _rate_of(key, label, present, expected, good.values())


def _rate_of(key: str, label: str, present: Figure, expected: Figure, heads: Iterable[Heads]) -> Figure:
    """到会率 of some sittings."""
    excused = sum(head.excused for head in heads)
    rule = f"{label}实到人次除以{RATE}" + (f"（{excused}人次）" if excused else "")
    return share(f"{key}_rate", f"{label}到会率", present, expected, rule, less=excused)


def _times(scope: Scope, kind: Kind, mine: list[str]) -> Figure:
    rule = f"本期内类型含“{kind.label}”或以其形式召开的组织生活记录"
    day = scope.horizon
    if not mine and kind.expects is Expects.COMMITTEE and not scope.roster.committee_on(day):
        known = scope.roster.posts_known(day)
        why = "未设支部委员会" if known else "职务任期中没有当日在任的职务，无法判断是否设支部委员会"
        if known:
            return not_applicable(kind.name, kind.label, rule, reason=why)
        return absent(kind.name, kind.label, rule, reason=why, unit="次")
    if not mine and kind.expects is Expects.GROUP and not (scope.roster.members or scope.roster.groups):
        why = "台账尚无党员名册和党小组登记，无法判断是否划分党小组"
        return absent(kind.name, kind.label, rule, reason=why, unit="次")
    if not mine and kind.expects is Expects.GROUP and not groups_on(scope.roster, day):
        return not_applicable(kind.name, kind.label, rule, reason="未划分党小组")
    begins = scope.ledger.begins("sitting", kind.name)
    reason = "本期台账内未见记录"
    if begins is None:
        reason = "台账尚无组织生活记录，不能据此判断是否开展"
    elif begins > scope.period.start:
        reason = f"台账自{chinese_date(begins)}起登记，此前情况不能判断"
    return count(kind.name, kind.label, mine, rule, unit="次", reason=reason, none=NOT_SEEN)


def row_of(scope: Scope, sitting: Sitting, heads: Heads, *, late: bool) -> SittingRow:
    """The sitting as a line of the table of sittings."""
    numbers = (heads.due, heads.came, None if heads.unnamed else heads.leave)
    cells = [
        missing(what) if number is None else number for what, number in zip(_HEADS, numbers, strict=True)
    ]
    expected, present, away = map(str, cells)
    return SittingRow(
        id=sitting.id,
        day=sitting.day,
        day_text=f"{sitting.day.month}月{sitting.day.day}日",
        kinds=kinds_told(scope, sitting),
        theme=shortened(theme_of(sitting), _LONG, f"（全文见{sitting.id}）"),
        expected=expected,
        present=present,
        away=away,
        others=others_told(heads),
        leader=_leader(scope, sitting),
        late=late_told(sitting) if late else "",
        expected_number=cells[0],
        present_number=cells[1],
        away_number=cells[2],
    )


_HEADS = ("应到", "实到", "请假")


def others_told(heads: Heads) -> str:
    """Who did not come and was not on leave: ``缺席（原因未填或其他）1人、暂不参加2人``; empty: nobody."""
    if heads.known and heads.unnamed:
        return f"未到会{heads.absent}人，记录未写明姓名和原因"
    absent = heads.absent if heads.known else heads.others
    said = (f"{NOT_LEAVE}{absent}人" if absent else "", f"暂不参加{heads.excused}人" if heads.excused else "")
    return and_then(said)


def kinds_told(scope: Scope, sitting: Sitting) -> str:
    """The kinds; 第一党小组会 for a meeting of 第一党小组."""
    labels = "、".join(scope.ledger.catalogue.kind(name).label for name in sitting.kinds)
    if not sitting.group:
        return labels
    name = scope.roster.group_name(sitting.group)
    kind = labels.removesuffix("会")
    return f"{name}会" if name.endswith(kind) and kind != labels else f"{labels}（{name}）"


def theme_of(sitting: Sitting) -> str:
    """The theme, else the first matter on the agenda, else a visible blank."""
    words = sitting.theme or next(iter(sitting.topics), "")
    return words.strip(" \t\r\n\u3000") or missing("主题")


def _leader(scope: Scope, sitting: Sitting) -> str:
    lecture = "lecture" in sitting.kinds
    first, second = (sitting.lecturer, sitting.chair) if lecture else (sitting.chair, sitting.lecturer)
    person = first or second
    if person is None:
        return missing("主讲人" if lecture else "主持人")
    return in_line(scope.roster.name_of(person.ref))


def late_told(record: Sitting | Talk) -> str:
    """``补录：2026年3月9日``: the day on which a record was entered, as claimed, else as known here."""
    return f"补录：{chinese_date((record.claimed_at or record.entry.first_entered_at).date())}"
