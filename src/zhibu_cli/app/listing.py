"""What is recorded: a list, one entry whole, all its versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from zhibu_cli.app.attaching import attached, line
from zhibu_cli.app.keeping import folder_of
from zhibu_cli.app.people_on_file import names_of
from zhibu_cli.app.recording import register_of
from zhibu_cli.app.wording import FieldChange, cells, changes, child_line, full_day, kind_labels, summary
from zhibu_cli.errors import InputError
from zhibu_cli.model.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.entry import Entry, ImportBatch, Revision
    from zhibu_cli.model.period import Span
    from zhibu_cli.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry in a list."""

    id: str
    register: str
    kinds: str
    day: date | None
    summary: str
    voided: bool
    versions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry whole."""

    entry: Entry
    title: str
    """Name of the register."""
    kinds: str
    day: str
    rows: tuple[tuple[str, str], ...]
    """Label and text of every field that has a value."""
    tables: tuple[tuple[str, tuple[str, ...]], ...]
    """Title and lines of each kind of rows kept inside the entry."""
    batch: ImportBatch | None
    """The import that brought the newest version in."""
    attachments: tuple[str, ...] = ()
    """One line for each file kept with the entry."""
    folder: str = ""
    """Name of the folder in which these files lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One version of an entry."""

    version: int
    at: datetime
    by: str
    reason: str
    voided: bool
    payload: Mapping[str, Any]
    changes: tuple[FieldChange, ...]
    """Against the version before; for the first one every field it had."""


def list_entries(
    path: Path,
    what: str = "",
    span: Span | None = None,
    *,
    include_voided: bool = False,
    catalogue: Catalogue = CATALOGUE,
) -> tuple[Line, ...]:
    """Entries by day, then number.

    ``what`` is a kind or a register in any of its names; without it, everything but branch and
    people. With ``span`` only entries that have a day in it.

    Raises:
        InputError: there is no such kind.
    """
    from zhibu_cli.store.opening import open_store

    belongs = wanted(what, catalogue)
    with open_store(path, catalogue=catalogue) as store:
        name_of = names_of(store)
        lines = [
            _line(entry, catalogue, name_of)
            for entry in store.entries(include_voided=include_voided)
            if belongs(entry) and (span is None or entry.day in span)
        ]
    lines = _titled(path, lines)
    return tuple(sorted(lines, key=lambda line: line.day.isoformat() if line.day else ""))


def show(path: Path, id_: str, *, catalogue: Catalogue = CATALOGUE) -> Shown:
    """One entry with everything it holds.

    Raises:
        NotFoundError: there is none of that number.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        entry = store.entry(id_)
        register = register_of(entry, catalogue)
        name_of = names_of(store)
        batch = next((run for run in store.imports() if run.id == entry.origin), None)
        files = attached(path, store, id_)
    return Shown(
        entry=entry,
        title=register.title,
        kinds=kind_labels(entry, catalogue),
        day=full_day(entry.day) if entry.day else "",
        rows=tuple(
            (label, text) for _name, label, text in cells(entry.payload, register, catalogue, name_of)
        ),
        tables=tuple(
            (
                child.title,
                tuple(child_line(row, child, catalogue, name_of) for row in entry.payload[child.name]),
            )
            for child in register.children
            if entry.payload.get(child.name)
        ),
        batch=batch,
        attachments=tuple(line(file, entry) for file in files),
        folder=folder_of(path).name if files else "",
    )


def history(path: Path, id_: str, *, catalogue: Catalogue = CATALOGUE) -> tuple[Past, ...]:
    """All versions of an entry, oldest first.

    Raises:
        NotFoundError: there is none of that number.
    """
    from zhibu_cli.store.opening import open_store

    with open_store(path, catalogue=catalogue) as store:
        entry = store.entry(id_)
        return _versions(entry, register_of(entry, catalogue), catalogue, store)


def as_written(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """A payload as it stands in the file: history keeps the number a member had before it was merged."""
    from zhibu_cli.store.payload import Payload

    return payload.as_written() if isinstance(payload, Payload) else payload


def _versions(entry: Entry, register: Register, catalogue: Catalogue, store: Store) -> tuple[Past, ...]:
    name_of = names_of(store)
    found: list[Past] = []
    before: Mapping[str, Any] = {}
    every: tuple[Entry | Revision, ...] = (*entry.earlier, entry)
    for version in every:
        written = as_written(version.payload)
        found.append(
            Past(
                version=version.version,
                at=version.entered_at,
                by=version.entered_by,
                reason=version.reason,
                voided=version.voided,
                payload=written,
                changes=changes(before, written, register, catalogue, name_of),
            )
        )
        before = written
    return tuple(found)


def _titled(path: Path, lines: list[Line]) -> list[Line]:
    """The lines, those of a 情况说明 with the title of their rule; only these cost the rule book."""
    if not any(line.register == "waiver" for line in lines):
        return lines
    from zhibu_cli.app.rulebook import titles

    known = titles(path)

    def titled(line: Line) -> Line:
        title = known.get(line.summary.partition("@")[0], "")
        return replace(line, summary=f"{title}　{line.summary}") if title else line

    return [titled(line) if line.register == "waiver" else line for line in lines]


PEOPLE = frozenset({"branch", "member", "member_event", "post", "group"})


class Classified(Protocol):
    """Anything that stands in a register and bears kinds."""

    @property
    def register(self) -> str:
        """Name of the register."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Names of the kinds."""


def wanted(what: str, catalogue: Catalogue) -> Callable[[Classified], bool]:
    """Whether an entry belongs to what was asked for.

    A word may name both a kind and a register (民主评议, the sitting and its results): then both.
    """
    beside = {register.name for register in catalogue.beside}
    if not what:
        return lambda entry: entry.register not in PEOPLE | beside
    kind = catalogue.find_kind(what)
    registers = {
        register.name
        for register in (*catalogue.registers, *catalogue.beside)
        if what in (register.name, register.title, *register.aliases)
    }
    if kind is None and not registers:
        labels = "、".join(
            dict.fromkeys(kind.label for kind in catalogue.kinds if kind.register not in PEOPLE)
        )
        raise InputError(f"不认识的类型“{what}”。", hint=f"可写：{labels}。")
    name = kind.name if kind else ""
    return lambda entry: name in entry.kinds or entry.register in registers


def _line(entry: Entry, catalogue: Catalogue, name_of: Callable[[str], str]) -> Line:
    known = {register.name: register for register in (*catalogue.registers, *catalogue.beside)}
    register = known.get(entry.register)
    return Line(
        id=entry.id,
        register=entry.register,
        kinds=kind_labels(entry, catalogue),
        day=entry.day,
        summary=summary(entry.payload, register, catalogue, name_of) if register else "",
        voided=entry.voided,
        versions=entry.version,
    )
