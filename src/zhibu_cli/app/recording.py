"""Recording, correcting, withdrawing: every change is a version, nothing is deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.people_on_file import names_of, roster_of
from zhibu_cli.app.taking import bare_words, references, take, unknown_groups
from zhibu_cli.app.wording import FieldChange, changes, full_day, kind_labels
from zhibu_cli.errors import InputError, ZhibuError
from zhibu_cli.model.attendance import attendance, people_due
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.groups import groups_on
from zhibu_cli.model.roster import marked_name
from zhibu_cli.model.sitting import read_sitting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.taking import Given
    from zhibu_cli.model.attendance import Attendance
    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer to ``record``; before storing (``prepare``) its number is the one it would get."""

    entry: Entry
    kinds: str
    """支部党员大会、主题党日."""
    day: str
    """The full date with its weekday; empty where the register has no day."""
    attendance: Attendance | None
    """Head counts of a sitting; None for other registers."""
    due: tuple[str, ...]
    """Numbers of those who were expected by the roster of that day."""
    due_names: tuple[str, ...]
    """Who was expected by the roster of that day."""
    unknown: tuple[str, ...]
    """Names that nobody on the roster bears; kept as written."""
    asked_about: tuple[str, ...]
    """Places with the bare words 绝密, 机密, 秘密: to be confirmed before storing."""
    notes: tuple[str, ...] = ()
    """What else the user should know, one sentence each."""
    findings: tuple[Finding, ...] = ()
    """What the rules say of this record: defects, quorum and votes."""
    duties: tuple[Finding, ...] = ()
    """Duties that are met, with this record among the evidence."""

    @property
    def counts(self) -> str:
        """应到15 实到13 缺席2（另有1人经支部同意暂不参加）; empty where there is nothing to count."""
        if self.attendance is None:
            return ""
        found = self.attendance
        present = None if found.expected_count is None and not found.present_count else found.present_count
        absent = found.absent_count or _difference(found)
        parts = [f"应到{_count(found.expected_count)}", f"实到{_count(present)}", f"缺席{_count(absent)}"]
        excused = f"（另有{found.excused_count}人经支部同意暂不参加）" if found.excused_count else ""
        return " ".join(parts) + excused


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The answer to ``amend``."""

    old: Entry
    new: Entry
    fields: tuple[FieldChange, ...]
    unknown: tuple[str, ...] = ()
    """Names that nobody on the roster bears; kept as written."""
    asked_about: tuple[str, ...] = ()
    """Places with the bare words 绝密, 机密, 秘密 that the correction brought in."""
    notes: tuple[str, ...] = ()
    """What else follows from the correction, one sentence each."""


def prepare(
    path: Path,
    what: str | Sequence[str],
    values: Mapping[str, Given],
    actor: Actor,
    *,
    catalogue: Catalogue = CATALOGUE,
) -> Receipt:
    """What ``record`` would store, to be shown before it is; nothing is written."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return _drafted(store, what, values, actor, catalogue)


def record(
    path: Path,
    what: str | Sequence[str],
    values: Mapping[str, Given],
    actor: Actor,
    *,
    catalogue: Catalogue = CATALOGUE,
) -> Receipt:
    """Store a new record.

    ``what`` is a kind or several (in any writing the catalogue reads), or a register; ``values``
    are texts by field name, child rows under the child's name as ``列名=值 列名=值``.

    Raises:
        InputError: values are missing or cannot be read; the message lists all of it.
        ClassifiedError: a text bears a classification mark; nothing was saved.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        receipt = _drafted(store, what, values, actor, catalogue)
        draft = receipt.entry
        register = catalogue.register(draft.register)
        entry = store.add(register, draft.payload, now=actor.now, who=actor.who)
    return _judged(path, receipt, entry, actor, catalogue)


def propose(
    path: Path,
    id_: str,
    values: Mapping[str, Given],
    actor: Actor,
    *,
    catalogue: Catalogue = CATALOGUE,
) -> Change:
    """What ``amend`` would change, to be shown before it does; nothing is written."""
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        return _proposed(store, id_, values, actor, catalogue)


def amend(
    path: Path,
    id_: str,
    values: Mapping[str, Given],
    reason: str,
    actor: Actor,
    *,
    catalogue: Catalogue = CATALOGUE,
) -> Change:
    """Correct some fields of an entry; an empty text clears a field. The old version stays whole.

    Raises:
        NotFoundError: there is no such entry.
        InputError: no reason, nothing changes, the entry was voided, or values cannot be read.
        ClassifiedError: a text bears a classification mark; nothing was saved.
    """
    from zhibu_cli.store.opening import open_store

    must_say_why(reason)
    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        change = _proposed(store, id_, values, actor, catalogue)
        new = store.amend(id_, change.new.payload, now=actor.now, who=actor.who, reason=reason.strip())
    return replace(change, new=new)


def _proposed(
    store: Store, id_: str, values: Mapping[str, Given], actor: Actor, catalogue: Catalogue
) -> Change:
    old = store.entry(id_)
    if old.voided:
        raise InputError(f"{id_} 已作废，不能再改。", hint=f"用 zhibu history {id_} 查看各个版本。")
    register = register_of(old, catalogue)
    roster = roster_of(store)
    taken = take(values, register, catalogue=catalogue, roster=roster, today=actor.today, base=old.payload)
    fields = changes(old.payload, taken.payload, register, catalogue, names_of(store))
    if not fields:
        raise InputError(f"{id_} 的内容没有变化，没有另存版本。", hint="请写明与现在不同的内容。")
    before = {*bare_words(dict(old.payload))}
    return Change(
        old=old,
        new=store.draft(register, id_, taken.payload, now=actor.now, who=actor.who, version=old.version + 1),
        fields=fields,
        unknown=taken.unknown,
        asked_about=tuple(place for place in taken.asked_about if place not in before),
        notes=tuple(_after_renaming(old, taken.payload, roster)),
    )


def _after_renaming(old: Entry, new: Mapping[str, Any], roster: Roster) -> Iterator[str]:
    """What to know when a member's name changes."""
    if old.register != "member" or old.payload["name"] == new["name"]:
        return
    shown = marked_name(new["name"], new.get("mark", ""))
    yield f"按编号登记的记录随之显示为“{shown}”；正文和附件里写的“{old.payload['name']}”不改。"
    same = "、".join(member.id for member in roster.named(new["name"]) if member.id != old.id)
    if same:
        yield (
            f"名册里已有“{new['name']}”（{same}）：是同一人请用 zhibu member merge 并为一人，"
            "不是同一人请用 zhibu member split 区分。"
        )


def void(path: Path, id_: str, reason: str, actor: Actor, *, catalogue: Catalogue = CATALOGUE) -> Entry:
    """Withdraw an entry; it is kept with its reason and counts no longer.

    Raises:
        NotFoundError: there is no such entry.
        InputError: no reason, voided already, or other records rest on it.
    """
    from zhibu_cli.store.opening import open_store

    must_say_why(reason)
    with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
        old = store.entry(id_)
        if old.register == "branch":
            raise InputError("支部信息不能作废。", hint=f"要更正请用 zhibu amend {id_}。")
        if old.register == "same_person":
            raise InputError(
                f"{id_} 记的是两个编号为同一人，不能作废。",
                hint="并错了请用 zhibu member add 重新登记这个人，再逐条更正有关记录。",
            )
        users = entries_naming(store, id_, catalogue)
        if users and not old.voided:
            listed = "、".join(users[:10]) + (f" 等{len(users)}条" if len(users) > 10 else "")
            raise InputError(
                f"{id_} 在 {listed} 中出现，不能作废。",
                hint="党员离开支部请用 zhibu member leave，党小组撤销请用 zhibu group end。",
            )
        return store.void(id_, now=actor.now, who=actor.who, reason=reason.strip())


def register_of(entry: Entry, catalogue: Catalogue) -> Register:
    """The declaration of the entry's register; InputError where this program does not know it."""
    try:
        return catalogue.register(entry.register)
    except KeyError as error:
        raise InputError(
            f"{entry.id} 属于本程序不认识的表（{entry.register}）。", hint="请升级 zhibu。"
        ) from error


def must_say_why(reason: str) -> None:
    """Refuse a change without a reason."""
    if not reason.strip():
        raise InputError("没有写明原因。", hint="请用 --reason 写明为什么，原因随记录保存。")


def _target(
    what: str | Sequence[str], values: Mapping[str, Given], catalogue: Catalogue
) -> tuple[Register, dict[str, Given]]:
    """The register, and the values with the kinds among them where the register asks for kinds."""
    words = [what] if isinstance(what, str) else [*what]
    register = next((found for found in catalogue.registers if words == [found.name]), None)
    if register is not None and not (catalogue.find_kind(words[0]) and _has_kinds(register)):
        return register, dict(values)
    kinds = [kind for word in words for kind in (catalogue.find_kind(word),) if kind is not None]
    if len(kinds) < len(words) or len({kind.register for kind in kinds}) != 1:
        raise InputError(
            f"不认识的类型“{'、'.join(words)}”，或几种类型不在同一张表里。",
            hint="用 zhibu record --help 查看可以记录的类型。",
        )
    register = catalogue.register(kinds[0].register)
    if not _has_kinds(register) or values.get("kinds"):
        return register, dict(values)
    return register, {"kinds": [kind.name for kind in kinds], **values}


def _has_kinds(register: Register) -> bool:
    return any(field.name == "kinds" for field in register.fields)


def _drafted(
    store: Store,
    what: str | Sequence[str],
    values: Mapping[str, Given],
    actor: Actor,
    catalogue: Catalogue,
) -> Receipt:
    """The record as it would be stored, and what is to be said of it before the rules are asked."""
    register, given = _target(what, values, catalogue)
    roster = roster_of(store)
    taken = take(given, register, catalogue=catalogue, roster=roster, today=actor.today)
    entry = store.draft(register, store.next_id(register), taken.payload, now=actor.now, who=actor.who)
    sitting = read_sitting(entry) if entry.register == "sitting" else None
    due = people_due(sitting, roster, catalogue) if sitting else ()
    return Receipt(
        entry=entry,
        kinds=kind_labels(entry, catalogue),
        day=full_day(entry.day) if entry.day else "",
        attendance=attendance(sitting, roster, catalogue) if sitting else None,
        due=due,
        due_names=tuple(map(roster.name_of, due)),
        unknown=taken.unknown,
        asked_about=taken.asked_about,
        notes=tuple(_remarks(entry, store, register, roster)),
    )


def _remarks(entry: Entry, store: Store, register: Register, roster: Roster) -> list[str]:
    """What the user should know of the entry, one sentence each."""
    named = groups_on(roster, entry.day) if entry.day else ()
    strange = [
        f"党小组“{name}”只在名册里写着；请用 zhibu group add {name} 登记组长和成立时间。"
        if name in named
        else f"台账里没有党小组“{name}”，照原样记下；用 zhibu group list 查看名称，zhibu group add 增加。"
        for name in unknown_groups(entry.payload, register, roster)
    ]
    return [*strange, *_twins(entry, store, register)]


def _twins(entry: Entry, store: Store, register: Register) -> list[str]:
    """A sentence where an entry of the same identity is there already."""
    if not register.identity:
        return []
    mine = [entry.payload.get(name) for name in register.identity]
    same = [
        other.id
        for other in store.of_register(register.name)
        if [other.payload.get(name) for name in register.identity] == mine
    ]
    return [f"已有同一事项的记录 {'、'.join(same)}；如是重复，请作废一条。"] if same else []


def _judged(path: Path, receipt: Receipt, entry: Entry, actor: Actor, catalogue: Catalogue) -> Receipt:
    """The receipt of the stored entry, with what the rules say of it as of today."""
    from zhibu_cli.app.checking import check
    from zhibu_cli.model.finding import Status, SubjectKind
    from zhibu_cli.model.period import Span

    day = entry.day or actor.today
    try:
        findings = check(path, Span(day, day), actor.today, catalogue=catalogue).findings
    except ZhibuError as error:  # the record is stored all the same
        return replace(receipt, entry=entry, notes=(*receipt.notes, f"已记录，但未能核对：{error.message}"))
    mine = [finding for finding in findings if entry.id in finding.evidence or finding.subject.id == entry.id]
    about = [finding for finding in mine if finding.subject.kind is SubjectKind.RECORD]
    met = [finding for finding in mine if finding.status is Status.MET and finding not in about]
    return replace(receipt, entry=entry, findings=tuple(about), duties=tuple(met))


def entries_naming(store: Store, ref: str, catalogue: Catalogue) -> list[str]:
    """Numbers of the entries that refer to the member or group; ``ref``: its number, or a name as written."""
    registers = {register.name: register for register in catalogue.registers}
    return [
        entry.id
        for entry in store.entries()
        if entry.register in registers and ref in references(entry.payload, registers[entry.register])
    ]


def _difference(found: Attendance) -> int | None:
    """How many are missing where nobody is named: not known without the two other numbers."""
    if found.expected_count is None or found.present_count is None:
        return None
    return max(0, found.expected_count - found.present_count - found.excused_count)


def _count(number: int | None) -> str:
    return "未填" if number is None else str(number)
