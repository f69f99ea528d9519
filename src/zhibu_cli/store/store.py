"""The ledger file as values in and out: every change is one more version, nothing is overwritten."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from zhibu_cli.errors import ExistsError, InputError, NotFoundError
from zhibu_cli.model.entry import Entry, ImportBatch
from zhibu_cli.store import canonical, newest
from zhibu_cli.store.connect import WRITTEN, damaged, told
from zhibu_cli.store.gate import refuse_marks
from zhibu_cli.store.rows import (
    COLUMNS,
    INSERT,
    INSERT_AT,
    INSERT_CURRENT,
    LogLine,
    count_of,
    stamp,
    to_row,
)
from zhibu_cli.text import encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from zhibu_cli.model.declare import Catalogue, Register

    _New = tuple[Register, str, Mapping[str, Any]]
    """Register, number and payload of a new entry."""


_AT_ONCE = 500
"""Rows of an import that are held for the file at the same time."""


class Store:
    """An open ledger, made by ``open_store`` and ``create``; ``with`` closes the file."""

    def __init__(self, connection: sqlite3.Connection, path: Path, catalogue: Catalogue) -> None:
        """Take over an open connection to a file of the newest schema."""
        self.path = path
        self._connection = connection
        self._catalogue = catalogue
        self._next: dict[str, int] = {}
        self._chain = ""
        self._texts_changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @property
    def ledger_id(self) -> str:
        """The number that tells this ledger from every other one."""
        rows = self._rows("SELECT value FROM ledger WHERE name = 'ledger_id'")
        if not rows:
            raise damaged(self.path)
        return str(rows[0][0])

    def introduce(self, ledger_id: str, *, now: datetime, who: str) -> None:
        """Write down, once, which ledger this is and who began it when."""
        with self.transaction():
            for name, value in (("ledger_id", ledger_id), ("created_at", stamp(now)), ("created_by", who)):
                self._execute("INSERT INTO ledger (name, value) VALUES (?, ?)", (name, encodable(value)))

    def entries(self, *, include_voided: bool = False, sketches: bool = False) -> list[Entry]:
        """The newest version of every entry, by register and number; ``sketches``: with theirs."""
        where = "" if include_voided else "WHERE current.voided = 0"
        return self._newest(where, (), sketches=sketches)

    def of_register(self, register: str, *, include_voided: bool = False) -> list[Entry]:
        """The newest version of every entry of one register, by number."""
        more = "" if include_voided else " AND current.voided = 0"
        return self._newest(f"WHERE current.register = ?{more}", (register,))

    def each(self, register: str) -> Iterator[tuple[str, bool, Mapping[str, Any]]]:
        """Number, whether withdrawn, and payload of every entry of a register, one after the other."""
        return newest.each(self._connection, self.path, self._catalogue, register)

    def numbers(self, register: str, *, include_voided: bool = False) -> set[str]:
        """The numbers of all entries of a register."""
        more = "" if include_voided else " AND voided = 0"
        rows = self._rows(f"SELECT id FROM current WHERE register = ?{more}", (register,))  # noqa: S608
        return {row[0] for row in rows}

    def size(self) -> int:
        """The number of versions: it grows with every change and tells whether there was one."""
        return int(self._rows("SELECT count(*) FROM versions")[0][0])

    def entry(self, id_: str) -> Entry:
        """One entry, voided or not.

        Raises:
            NotFoundError: there is none of that number.
        """
        found = self._newest("WHERE current.id = ?", (encodable(id_),))
        if not found:
            raise NotFoundError(f"没有编号为 {id_} 的记录。", hint="用 zhibu list 查看已有的记录和编号。")
        return found[0]

    def has(self, id_: str) -> bool:
        """Whether the number was ever given."""
        return bool(self._rows("SELECT 1 FROM current WHERE id = ?", (id_,)))

    def imports(self) -> list[ImportBatch]:
        """Every run of ``zhibu import``, oldest first."""
        rows = self._rows('SELECT id, at, "by", files FROM imports ORDER BY number')
        with told(self.path):
            return [
                ImportBatch(id=id_, at=datetime.fromisoformat(at), by=by, files=tuple(json.loads(files)))
                for id_, at, by, files in rows
            ]

    def log(self) -> list[LogLine]:
        """The log, oldest first."""
        rows = self._rows('SELECT at, "by", action, detail FROM log ORDER BY seq')
        with told(self.path):
            return [LogLine(datetime.fromisoformat(at), *more) for at, *more in rows]

    def last_hash(self) -> str:
        """The hash of the last version, which stands for all before it (see ``proof.py``)."""
        last = self._rows("SELECT chain FROM versions ORDER BY seq DESC LIMIT 1")
        return last[0][0] if last else canonical.CHAIN_START

    def versions(self) -> Iterator[dict[str, Any]]:
        """Every version of every entry as it stands in the file, oldest first, with its hash."""
        names = [*COLUMNS.split(", "), "chain"]
        for row in self._rows(f"SELECT {COLUMNS}, chain FROM versions ORDER BY seq"):  # noqa: S608 - fixed texts
            yield dict(zip(names, row, strict=True))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction, part of that one."""
        if self._connection.in_transaction:
            yield
            return
        with told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
        # Whatever was remembered may have been overtaken by another program.
        self._next.clear()
        self._chain = ""
        self._texts_changed = False
        try:
            yield
            if self._texts_changed:
                self.fill_sketches()
            with told(self.path):
                self._connection.commit()
        except BaseException:
            self._undo()
            raise
        if self.path.exists():  # a new ledger bears its name later
            WRITTEN.append(self.path)

    def _undo(self) -> None:
        """Put back what the file held; after a full disk SQLite leaves that to whoever reads next."""
        with suppress(sqlite3.Error, ValueError):  # of a damaged file not even the error can be read
            self._connection.rollback()
            self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()

    def next_id(self, register: Register) -> str:
        """The number the next new entry of the register will bear."""
        if register.name not in self._next:
            rows = self._rows("SELECT max(number) FROM current WHERE register = ?", (register.name,))
            self._next[register.name] = (rows[0][0] or 0) + 1
        return f"{register.prefix}{self._next[register.name]}"

    def add(
        self,
        register: Register,
        payload: Mapping[str, Any],
        *,
        now: datetime,
        who: str,
        reason: str = "",
        origin: str = "",
        id: str | None = None,  # noqa: A002 - the word of the contract
    ) -> Entry:
        """A new entry; ``id`` only where a number of an imported ledger is to be kept.

        Raises:
            ExistsError: the number is taken.
        """
        with self.transaction():
            upcoming = self.next_id(register)
            number = id or upcoming
            if id and self.has(number):
                raise ExistsError(f"编号 {number} 已有记录。", hint="请换一个编号，或留空由程序编号。")
            entry = self.draft(register, number, payload, now=now, who=who, reason=reason, origin=origin)
            seq = self._write(entry)
            count = count_of(number, register)
            self._execute(INSERT_CURRENT, (number, seq, register.name, count))
            self._next[register.name] = max(count + 1, self._next[register.name])
        return entry

    def add_all(self, rows: Iterable[_New], *, now: datetime, who: str, origin: str) -> None:
        """New entries of an import, each with its number; far faster than one by one.

        Raises:
            ExistsError: a number is taken; nothing is written.
        """
        with self.transaction():
            taken = {row[0] for row in self._rows("SELECT id FROM current")}
            rows = iter(rows)
            while chunk := [*islice(rows, _AT_ONCE)]:
                self._append(chunk, taken, now=now, who=who, origin=origin)
            self._next.clear()

    def _append(self, rows: Sequence[_New], taken: set[str], *, now: datetime, who: str, origin: str) -> None:
        """Some of the rows of ``add_all``."""
        last = self._rows("SELECT ifnull(max(seq), 0) FROM versions")[0][0]
        versions: list[tuple[Any, ...]] = []
        current: list[tuple[Any, ...]] = []
        for seq, (register, number, payload) in enumerate(rows, start=last + 1):
            if number in taken:
                raise ExistsError(f"编号 {number} 已有记录。", hint="请换一个编号，或留空由程序编号。")
            entry = self.draft(register, number, payload, now=now, who=who, origin=origin)
            versions.append((*self._linked(entry), seq))
            current.append((number, seq, register.name, count_of(number, register)))
            taken.add(number)
        with told(self.path):
            self._connection.executemany(INSERT_AT, versions)
            self._connection.executemany(INSERT_CURRENT, current)

    def amend(
        self,
        id_: str,
        payload: Mapping[str, Any],
        *,
        now: datetime,
        who: str,
        reason: str,
        origin: str = "",
    ) -> Entry:
        """A corrected version; the old one stays whole.

        Raises:
            NotFoundError: there is no such entry.
            InputError: it was voided.
        """
        with self.transaction():
            old = self._living(id_)
            register = self._register(old)
            entry = self.draft(
                register,
                id_,
                payload,
                now=now,
                who=who,
                reason=reason,
                origin=origin,
                version=old.version + 1,
            )
            self._supersede(entry)
        return self.entry(id_)

    def void(self, id_: str, *, now: datetime, who: str, reason: str) -> Entry:
        """A last version that says the entry is withdrawn; nothing is deleted.

        Raises:
            NotFoundError: there is no such entry.
            InputError: it was voided already.
        """
        with self.transaction():
            old = self._living(id_)
            last = replace(old, version=old.version + 1, entered_at=now, entered_by=who, reason=reason)
            self._supersede(replace(last, voided=True, origin=""))
        return self.entry(id_)

    def add_import(self, files: Sequence[str], *, now: datetime, who: str) -> str:
        """Note a run of ``zhibu import``; the number it gets."""
        refuse_marks(*files, who)
        with self.transaction():
            count = self._rows("SELECT count(*) FROM imports")[0][0] + 1
            self._execute(
                'INSERT INTO imports (number, id, at, "by", files) VALUES (?, ?, ?, ?, ?)',
                (
                    count,
                    f"I{count}",
                    stamp(now),
                    encodable(who),
                    encodable(json.dumps([*files], ensure_ascii=False)),
                ),
            )
        return f"I{count}"

    def note(self, action: str, detail: str, *, now: datetime, who: str) -> None:
        """A line of the log."""
        refuse_marks(detail, who)
        with self.transaction():
            self._execute(
                'INSERT INTO log (at, "by", action, detail) VALUES (?, ?, ?, ?)',
                (stamp(now), *map(encodable, (who, action, detail))),
            )

    def _newest(self, where: str, values: Sequence[Any], *, sketches: bool = False) -> list[Entry]:
        return newest.whole(self._rows, self.path, self._catalogue, where, values, sketches=sketches)

    def fill_sketches(self) -> None:
        """Make the sketches of all texts of which there is none, or one that is out of date.

        Done once for all that a transaction wrote, since by then the whole roster is known.
        """
        from zhibu_cli.store.sketches import fill  # noqa: PLC0415 - only who writes texts pays for it

        with told(self.path):
            fill(self._connection, self._catalogue)

    @cached_property
    def _registers_with_texts(self) -> frozenset[str]:
        return frozenset(register.name for register in self._catalogue.registers if register.texts)

    def _living(self, id_: str) -> Entry:
        entry = self.entry(id_)
        if entry.voided:
            raise InputError(f"{id_} 已作废，不能再改。", hint=f"用 zhibu history {id_} 查看各个版本。")
        return entry

    def _register(self, entry: Entry) -> Register:
        try:
            return self._catalogue.register(entry.register)
        except KeyError as error:
            raise InputError(
                f"{entry.id} 属于本程序不认识的表（{entry.register}）。", hint="请升级 zhibu 后再改。"
            ) from error

    def draft(
        self,
        register: Register,
        id_: str,
        payload: Mapping[str, Any],
        *,
        now: datetime,
        who: str,
        reason: str = "",
        origin: str = "",
        version: int = 1,
    ) -> Entry:
        """The entry as it would be stored; nothing is written."""
        kinds = payload.get("kinds") or [k.name for k in self._catalogue.kinds_of(register.name)[:1]]
        day = payload.get(register.date_field) if register.date_field else None
        return Entry(
            id=id_,
            register=register.name,
            kinds=tuple(kinds),
            day=date.fromisoformat(day) if day else None,
            payload=dict(payload),
            version=version,
            entered_at=now.replace(microsecond=0),
            entered_by=who,
            reason=reason,
            origin=origin,
        )

    def _write(self, entry: Entry) -> int:
        return self._execute(INSERT, self._linked(entry))

    def _linked(self, entry: Entry) -> tuple[Any, ...]:
        """The columns of the next version, which comes into the chain of hashes by this."""
        refuse_marks(entry.reason, entry.entered_by)
        self._chain = self._chain or self.last_hash()
        self._texts_changed |= entry.register in self._registers_with_texts
        row = to_row(entry)
        self._chain = canonical.link(self._chain, row)
        return (*row, self._chain)

    def _supersede(self, entry: Entry) -> None:
        seq = self._write(entry)
        self._execute(
            "UPDATE current SET seq = ?, version = ?, voided = ? WHERE id = ?",
            (seq, entry.version, int(entry.voided), entry.id),
        )

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _execute(self, sql: str, values: Sequence[Any]) -> int:
        with told(self.path):
            return self._connection.execute(sql, values).lastrowid or 0
