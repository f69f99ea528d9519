"""Taking files in: read everything, match it with the ledger, show it, then write it all or nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from zhibu_cli.app.doubts import Doubts
from zhibu_cli.app.former_names import OldNames, former_names, rename
from zhibu_cli.app.import_rows import Old, Outcome, Row
from zhibu_cli.app.matching import give_numbers, match
from zhibu_cli.app.people_on_file import roster_from
from zhibu_cli.app.plan import Action, ImportPlan, PlannedRow
from zhibu_cli.app.taking import bare_words, missing, names_in_reasons, person_fields, unknown_among
from zhibu_cli.app.wording import changes, namer, summary
from zhibu_cli.errors import LedgerBusyError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import FieldType, Layout
from zhibu_cli.model.entry import Entry
from zhibu_cli.model.groups import find_group
from zhibu_cli.model.people import joined_fields, resolve
from zhibu_cli.model.problem import Problem
from zhibu_cli.model.values import format_field
from zhibu_cli.progress import Tick, silent, ticked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.doubts import Answers
    from zhibu_cli.exchange.draft import Batch, Draft
    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.roster import Roster
    from zhibu_cli.store.store import Store

_PEOPLE_FIRST = ("member", "group")
_LOOKED_UP = ("branch", *_PEOPLE_FIRST, "same_person")
"""Registers whose entries are needed for more than matching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was written."""

    batch: str
    """The import's number; empty where there was nothing to write."""
    plan: ImportPlan


def preview(
    paths: Sequence[Path],
    ledger: Path,
    *,
    catalogue: Catalogue = CATALOGUE,
    said: Mapping[str, str] | None = None,
    answers: Answers | None = None,
    tick: Tick = silent,
) -> ImportPlan:
    """Read the files and say what an import into the ledger would do; nothing is written.

    ``said`` is what columns are called in these files (header -> canonical name), before what
    列名对照.toml beside the ledger and the shipped table say; ``tick`` hears how far it has come.

    Raises:
        ClassifiedError: a file bears a classification mark.
        LedgerFormatError: there is a file where the ledger should be, and it is none.
        InputError: 列名对照.toml or ``said`` cannot be read, or ``said`` names a column no file has.
    """
    from zhibu_cli.exchange.batch import read_batch
    from zhibu_cli.exchange.colnames import column_names, refuse_unmet

    batch = read_batch(paths, catalogue, column_names(catalogue, ledger.parent, said), tick)
    refuse_unmet(said or {}, batch.sheets)
    settled = answers or {}
    if not ledger.exists():
        return _Planner(catalogue, batch, None, answers=settled).plan(ledger)
    from zhibu_cli.store.opening import open_store

    with open_store(ledger, catalogue=catalogue) as store:
        return _Planner(catalogue, batch, store, answers=settled).plan(ledger)


def apply_plan(plan: ImportPlan, actor: Actor, *, tick: Tick = silent) -> Imported:
    """Write what the plan says, in one transaction; ``tick`` hears how far it has come.

    Raises:
        ImportRefusedError: the plan has problems; nothing was created or changed.
        LedgerBusyError: the ledger was changed since the plan was made; nothing was written.
    """
    from zhibu_cli.store.opening import create, open_store

    plan.refuse()
    if not plan.changes_anything:
        return Imported(batch="", plan=plan)
    if plan.creates:
        with create(
            plan.path, now=actor.now, who=actor.who, ledger_id=plan.ledger_id, catalogue=plan.catalogue
        ) as store:
            return Imported(batch=_write(plan, store, actor, tick), plan=plan)
    with open_store(plan.path, write=True, catalogue=plan.catalogue) as store, store.transaction():
        if store.size() != plan.size:
            raise LedgerBusyError("预览之后台账有了改动，没有导入。", hint="请重新执行 zhibu import。")
        return Imported(batch=_write(plan, store, actor, tick), plan=plan)


def _write(plan: ImportPlan, store: Store, actor: Actor, tick: Tick) -> str:
    batch = store.add_import(plan.files, now=actor.now, who=actor.who)
    new = ((row.register, row.id, row.payload) for row in plan.rows if row.action is Action.NEW)
    store.add_all(ticked(new, tick, "写入"), now=actor.now, who=actor.who, origin=batch)
    for row in plan.amended:
        reason = f"导入 {row.source.file}"
        store.amend(row.id, row.payload, now=actor.now, who=actor.who, reason=reason, origin=batch)
    return batch


class _Planner:
    """Matches one batch with one ledger."""

    def __init__(self, catalogue: Catalogue, batch: Batch, store: Store | None, *, answers: Answers) -> None:
        """``store`` is None where the ledger does not exist yet."""
        self.catalogue = catalogue
        self.batch = batch
        self.store = store
        self.size = store.size() if store else 0
        self.own_id = store.ledger_id if store else ""
        self.entries = [
            entry for name in _LOOKED_UP if store for entry in store.of_register(name, include_voided=True)
        ]
        self.doubts = Doubts(answers)
        self.problems = list(batch.problems)
        self.notes = list(batch.notes)
        self.rows: dict[str, list[Row]] = defaultdict(list)
        for draft in batch.drafts:
            self.rows[draft.register.name].append(Row(draft=draft, payload=draft.payload))

    def plan(self, ledger: Path) -> ImportPlan:
        """Match people, then everything else with the people known."""
        creates = self.store is None
        self._check_branch(creates=creates)
        self._hear(
            rename(self.rows["member"], [e for e in self.entries if e.register == "member" and not e.voided])
        )
        for name in _PEOPLE_FIRST:
            self._match(self.catalogue.register(name), None)
        roster = self._roster()
        self._resolve(roster)
        for register in self.catalogue.registers:
            if register.name not in _PEOPLE_FIRST:
                self._refer(register)
                self._match(register, roster)
        rows = () if self.problems else tuple(self._planned())
        if not self.problems:
            self._remark(roster)
        return ImportPlan(
            path=ledger,
            files=self.batch.files,
            creates=creates,
            ledger_id=self.batch.ledger_id or "" if creates else self.own_id,
            size=self.size,
            rows=rows,
            problems=tuple(self.problems),
            notes=tuple(dict.fromkeys(self.notes)),
            asked_about=tuple(dict.fromkeys(w for row in rows for w in bare_words(row.payload))),
            catalogue=self.catalogue,
            sheets=self.batch.sheets,
            samples=tuple(self._samples(rows)),
            doubts=tuple(self.doubts.open),
        )

    def _samples(self, rows: Sequence[PlannedRow]) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """The first new row of each register, field by field."""
        name_of = namer([*self.entries, *_people(self.rows)], for_people=True)
        first = {row.register.name: row for row in reversed(rows) if row.action is Action.NEW}
        for register in self.catalogue.registers:
            if row := first.get(register.name):
                texts = (
                    (field.label, format_field(self.catalogue, field, row.payload[field.name], name_of))
                    for field in register.fields
                    if field.name in row.payload
                )
                yield f"{register.title} {row.id}", tuple(texts)

    def _check_branch(self, *, creates: bool) -> None:
        """One ledger is one branch: the file's must be this one, and a new ledger needs one."""
        rows = self.rows["branch"]
        register = self.catalogue.register("branch")
        # a problem of a whole file: nobody knows what else would have been in it
        titles = ("", register.title, *register.aliases)
        told = any(problem.sheet in titles for problem in self.problems)
        if creates and not rows and not told:
            message = "还没有台账，文件里也没有“支部信息”表；请先用 zhibu init 建立台账，或补上这张表。"
            self.problems.append(Problem(message=message, file="、".join(self.batch.files)))
        here = next((e for e in self.entries if e.register == "branch" and not e.voided), None)
        name = here.payload["name"] if here else (rows[0].payload["name"] if rows else "")
        for row in rows:
            if row.payload["name"] != name:
                message = (
                    f"这是“{row.payload['name']}”的信息，台账是“{name}”的；一个台账只记一个支部。"
                    "如系改名，请先用 zhibu amend B1 --name 改名。"
                )
                self.problems.append(row.draft.problem(message))

    def _olds(self, register: Register, roster: Roster | None) -> Iterator[Old]:
        """The register's entries; names stored before their bearers were known are joined now."""
        fields = joined_fields(register)
        for id_, voided, payload in self.store.each(register.name) if self.store else ():
            joined = resolve(payload, register, roster, fields=fields)[0] if roster else payload
            yield Old(id=id_, voided=voided, payload=joined)

    def _match(self, register: Register, roster: Roster | None) -> None:
        rows = self.rows[register.name]
        if not rows:
            return
        olds = self._olds(register, roster)
        if register.layout is Layout.PAIRS:
            self._hear(_match_single(rows, [*olds]))
        else:
            self._hear(match(register, rows, olds, self._live(register.name, rows), self.own_id))
        if any(row.new for row in rows):
            used = self.store.numbers(register.name, include_voided=True) if self.store else set[str]()
            give_numbers(register, rows, used)

    def _live(self, register: str, rows: Sequence[Row]) -> set[str]:
        """The numbers of entries that are not withdrawn, where a row may mean one of them by it."""
        ours = any(self.store and row.draft.ledger_id == self.own_id for row in rows)
        return self.store.numbers(register) if self.store and ours else set()

    def _hear(self, outcome: Outcome) -> None:
        self.problems += outcome.problems
        self.notes += outcome.notes

    def _roster(self) -> Roster:
        """Everybody known after the import."""
        drafts = [
            _as_entry(row.id, row.draft, row.merged())
            for name in _PEOPLE_FIRST
            for row in self.rows[name]
            if not row.dropped and row.id and not missing(row.payload, row.draft.register)
        ]
        replaced = {entry.id for entry in drafts}
        wanted = (*_PEOPLE_FIRST, "same_person")
        kept = [e for e in self.entries if e.register in wanted and e.id not in replaced]
        members = [entry for entry in self.entries if entry.register == "member"]
        return replace(roster_from([*kept, *drafts]), former=former_names(members))

    def _resolve(self, roster: Roster) -> None:
        """Names become numbers in every row; a name that fits two members is a problem."""
        old_names = OldNames(roster)
        for of_register, rows in self.rows.items():
            register = self.catalogue.register(of_register)
            labels, fields = _labels(register), joined_fields(register)
            reasons = {one.name for one in fields if one.type is FieldType.ABSENCES}
            for row in rows:
                if row.dropped:
                    continue
                choose = self.doubts.about(row.draft, labels, roster)
                joined, wrong = resolve(row.payload, register, roster, choose, fields)
                old_names.met(row.payload, joined, register)
                row.take(joined)
                # what zhibu wrote stays as it was taken in
                if not row.draft.ledger_id and not reasons.isdisjoint(row.payload):
                    wrong += names_in_reasons(row.payload, row.draft.register, roster)
                if wrong:
                    self.problems += [
                        row.draft.problem(text, labels.get(name, ""), name=name) for name, text in wrong
                    ]
                if row.old is not None:
                    row.old.payload = resolve(row.old.payload, row.draft.register, roster)[0]
        self.notes += old_names.notes()

    def _refer(self, register: Register) -> None:
        """编号 that name rows of the same file become the numbers these rows have in the ledger."""
        for field in register.fields:
            for row in self.rows[register.name] if field.refers else ():
                numbers = {
                    other.draft.number: other.id
                    for other in self.rows[field.refers]
                    if other.id and other.draft.number and other.draft.file == row.draft.file
                }
                named = row.payload.get(field.name)
                if named:
                    joined = [numbers.get(number, number) for number in named]
                    row.payload = {**row.payload, field.name: joined}

    def _planned(self) -> Iterator[PlannedRow]:
        name_of = namer([*self.entries, *_people(self.rows)], for_people=True)
        for register in self.catalogue.registers:
            for row in self.rows[register.name]:
                if row.dropped:
                    continue
                payload = row.merged()
                before = row.old.payload if row.old else None
                old = payload if row.same else before
                plain = PlannedRow(
                    action=Action.NEW if old is None else Action.UNCHANGED,
                    register=register,
                    id=row.id,
                    payload=old if old == payload else payload,
                    source=row.draft,
                )
                if old is None or old == payload:
                    yield plain
                    continue
                yield replace(
                    plain,
                    action=Action.AMENDED,
                    summary=summary(payload, register, self.catalogue, name_of),
                    changes=changes(old, payload, register, self.catalogue, name_of),
                )

    def _remark(self, roster: Roster) -> None:
        """What is readable but should be known: strangers, full members of unknown standing."""
        strangers: dict[str, int] = defaultdict(int)
        for register, rows in self.rows.items():
            of_people = person_fields(self.catalogue.register(register))
            for row in (row for row in rows if not row.dropped):
                for name in unknown_among(row.payload, of_people, roster):
                    strangers[name] += 1
        if strangers:
            listed = "、".join(f"{name}（{count}处）" for name, count in strangers.items())
            self.notes.append(f"名册中没有：{listed}；照原样录入；支部以外的人不用处理，写错的请更正。")
        unlisted = [name for name in roster.unlisted_groups if find_group(name, roster) == name]
        if self.rows["member"] and unlisted:
            named = "、".join(f"“{name}”" for name in unlisted)
            how = "成立时间和组长用 zhibu group add 登记，或填“党小组”表导入"
            self.notes.append(f"名册写有党小组{named}，还没有登记，照名册上的名称使用；{how}。")
        open_ended = [
            row.payload["name"]
            for row in self.rows["member"]
            if not row.dropped and row.payload.get("status") == "full" and "converted" not in row.merged()
        ]
        if open_ended:
            names = "、".join(open_ended)
            self.notes.append(f"正式党员未填转正时间，转正之日不明，一直按正式党员计：{names}。")


def _match_single(rows: Sequence[Row], olds: Sequence[Old]) -> Outcome:
    """The one entry of 支部信息: several rows of several files complete each other."""
    outcome = Outcome()
    for row in rows[1:]:
        row.dropped = True
        rows[0].payload = {**rows[0].payload, **row.payload}
    if rows and olds:
        rows[0].old, rows[0].id = olds[0], olds[0].id
    return outcome


def _as_entry(id_: str, draft: Draft, payload: Mapping[str, Any]) -> Entry:
    """A row as the entry it will be, for the roster of names only."""
    return Entry(
        id=id_,
        register=draft.register.name,
        kinds=(),
        day=date.min,
        payload=payload,
        entered_at=datetime(1, 1, 1),
        entered_by="",
    )


def _people(rows: Mapping[str, Sequence[Row]]) -> list[Entry]:
    found = [row for name in _PEOPLE_FIRST for row in rows.get(name, ()) if not row.dropped and row.new]
    return [_as_entry(row.id, row.draft, row.payload) for row in found]


def _labels(register: Register) -> dict[str, str]:
    fields = [field for one in (*register.children, register) for field in one.fields]
    return {field.name: field.label for field in fields}
