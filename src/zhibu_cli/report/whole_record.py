"""One sitting whole, in the form of minutes: every field it has, and what it should state and does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.beside_sheets import ATTACHMENT_KINDS
from zhibu_cli.model.declare import FieldType, When
from zhibu_cli.model.values import format_field, format_value
from zhibu_cli.report.heads import heads_of
from zhibu_cli.report.kept_files import state_told, states_told
from zhibu_cli.report.life import kinds_told, late_told, theme_of
from zhibu_cli.report.wording import in_line, missing, shortened
from zhibu_cli.text import chinese_date, clock_text, weekday

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from zhibu_cli.model.attachment import Attachment
    from zhibu_cli.model.declare import Field
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """A field with its label."""

    label: str
    text: str
    """As it was written, with its line breaks."""
    wide: bool
    """It takes the whole width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRecord:
    """A sitting of any kind."""

    id: str
    day_text: str
    """``3月5日（星期四）``."""
    kinds: str
    brief: str
    """The theme or first matter in one line, not too long, for a list."""
    late: str
    """``补录：2026年3月9日`` where the minutes were entered late, else empty."""
    aside: str
    """That it does not count as branch life, else empty."""
    expected: str
    present: str
    remark: str
    """For a list: the mark of a late entry, that it does not count, how many files."""
    lines: tuple[RecordLine, ...]
    votes: tuple[str, ...]
    """One line for each matter or candidate."""
    files: tuple[str, ...]
    """Names of the files kept with it: ``签到.jpg（签到表）``."""
    entered: str
    """When it was entered, by whom, how often it was changed."""


_LEADING = ("place", "chair", "lecturer", "recorder")
_TOLD_APART = frozenset({"kinds", "date", "start", "end", "expected", "present", "claimed_at", *_LEADING})
_WIDE = frozenset({FieldType.NOTE, FieldType.TOPICS, FieldType.PEOPLE, FieldType.NAMES, FieldType.ABSENCES})
_ALONE = frozenset({"place", "theme"})
"""Fields that have no other beside them, so that the pairs below them stay pairs."""
_BRIEF = 60
"""Characters of a theme in a list."""
_SHORT = 16
"""Characters that half a line holds."""


def naming(roster: Roster) -> Callable[[str], str]:
    """The name of the person or group behind a number; a name stays as it is."""
    return lambda ref: roster.name_of(roster.group_name(ref))


def whole_record(scope: Scope, sitting: Sitting, copies: Mapping[str, str], *, late: bool) -> WholeRecord:
    """Everything a sitting holds, in the order of the forms; ``copies``: see ``Request``."""
    kinds = [scope.ledger.catalogue.kind(name) for name in sitting.kinds]
    expected, present = _heads(scope, sitting)
    mark, kept = late_told(sitting) if late else "", scope.ledger.attached_to(sitting.id)
    aside = "" if all(kind.branch_life for kind in kinds) else "不计入支部组织生活"
    return WholeRecord(
        id=sitting.id,
        day_text=f"{sitting.day.month}月{sitting.day.day}日（{weekday(sitting.day)}）",
        kinds=kinds_told(scope, sitting),
        brief=shortened(in_line(theme_of(sitting)), _BRIEF),
        late=mark,
        aside=aside,
        remark="；".join(filter(None, (mark, aside, _many(kept, copies)))),
        expected=expected,
        present=present,
        lines=(
            RecordLine(label="时间", text=_time(sitting), wide=True),
            *_leading(scope.ledger, sitting),
            RecordLine(label="应到", text=expected, wide=False),
            RecordLine(label="实到", text=present, wide=False),
            *_others(scope, sitting),
        ),
        votes=tuple(_votes(scope.ledger, sitting.entry)),
        files=tuple(_files(kept, copies)),
        entered=entered_told(sitting),
    )


def _time(sitting: Sitting) -> str:
    clock = "—".join(clock_text(at) for at in (sitting.start, sitting.end) if at is not None)
    return f"{chinese_date(sitting.day)}（{weekday(sitting.day)}）{clock}"


def _heads(scope: Scope, sitting: Sitting) -> tuple[str, str]:
    """应到 and 实到 as the record states them, else as counted, which is said."""
    heads = heads_of(scope.ledger, sitting)
    return (
        _head(sitting.expected, heads.due, "应到", "（按当日名册）"),
        _head(sitting.present, heads.came, "实到", "（按出席人员）"),
    )


def _head(stated: int | str | None, counted: int | None, what: str, how: str) -> str:
    if stated is not None:
        return f"{stated}人" if isinstance(stated, int) else in_line(stated)
    return missing(what) if counted is None else f"{counted}人{how}"


def _leading(ledger: Ledger, sitting: Sitting) -> Iterator[RecordLine]:
    register, payload = ledger.catalogue.register("sitting"), sitting.entry.payload
    needed = {need.fields for name in sitting.kinds for need in ledger.catalogue.kind(name).needs}
    for name in _LEADING:
        field = register.field(name)
        if name in payload:
            yield _line(ledger, field, payload[name])
        elif (name,) in needed:
            yield RecordLine(label=field.label, text=missing(field.label), wide=name in _ALONE)


def _others(scope: Scope, sitting: Sitting) -> Iterator[RecordLine]:
    ledger, payload = scope.ledger, sitting.entry.payload
    gaps = {fields[-1]: label for fields, label in _gaps(scope, sitting)}
    for field in ledger.catalogue.register("sitting").fields:
        if field.name in _TOLD_APART or field.confidential:
            continue
        if field.name in payload:
            yield _line(ledger, field, payload[field.name])
        elif field.name in gaps:
            label = gaps[field.name]
            yield RecordLine(label=label, text=missing(label), wide=True)


def _gaps(scope: Scope, sitting: Sitting) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the kinds need, as they are declared, and the record does not state."""
    heads = scope.ledger.counted(sitting)
    due, came = heads.expected_count, heads.present_count
    away = due is not None and came is not None and came < due
    for name in sitting.kinds:
        for need in scope.ledger.catalogue.kind(name).needs:
            if sitting.entry.payload.keys().isdisjoint(need.fields) and (need.when is When.ALWAYS or away):
                yield need.fields, need.label


def _line(ledger: Ledger, field: Field, value: object) -> RecordLine:
    text = format_field(ledger.catalogue, field, value, naming(ledger.roster))
    wide = field.name in _ALONE or field.type in _WIDE or len(text) > _SHORT
    return RecordLine(label=field.label, text=text, wide=wide)


def _votes(ledger: Ledger, entry: Entry) -> Iterable[str]:
    register = ledger.catalogue.register("sitting")
    for child in register.children:
        for row in entry.payload.get(child.name, ()):
            told = ((f, format_value(f, row.get(f.name), naming(ledger.roster))) for f in child.fields)
            yield "；".join(f"{f.label}：{in_line(text)}" for f, text in told if text)


def _files(kept: Iterable[Attachment], copies: Mapping[str, str]) -> Iterator[str]:
    kinds = {term.code: term.label for term in ATTACHMENT_KINDS}
    for one in kept:
        yield f"{in_line(one.name)}（{kinds.get(one.kind, one.kind)}）{state_told(copies, one)}"


def _many(kept: Sequence[Attachment], copies: Mapping[str, str]) -> str:
    amiss = states_told(copies, kept)
    return f"附件{len(kept)}件{f'（{amiss}）' if amiss else ''}" if kept else ""


def entered_told(sitting: Sitting) -> str:
    """``2026年3月6日由张一录入；原台账写明2026年3月5日登记；后修改1次，最近在2026年3月9日``."""
    entry = sitting.entry
    first = entry.earlier[0] if entry.earlier else entry
    parts = [f"{chinese_date(first.entered_at)}由{in_line(first.entered_by)}录入"]
    if sitting.claimed_at is not None:
        parts.append(f"原台账写明{chinese_date(sitting.claimed_at)}登记")
    if entry.earlier:
        parts.append(f"后修改{len(entry.earlier)}次，最近在{chinese_date(entry.entered_at)}")
    return "；".join(parts)
