"""What columns are called elsewhere: the shipped table, the user's own beside the ledger, ``--map``.

A header is looked up in this order: ``--map`` of this run, the canonical name, the user's file, the
other names of the declarations, ``columns.toml``. A name stands in the declarations where the ledger
itself goes by it (also in options and JSON), in ``columns.toml`` where only other people's sheets do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import InputError
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from zhibu_cli.model.declare import Catalogue, Field, Register
    from zhibu_cli.model.sheet_report import SheetReport

USER_FILE = "列名对照.toml"
LEFT_OUT = "不导入"
"""Key of the columns that are known and not taken; also a target of ``--map``."""
_JOINED, _EVERYWHERE = "并入", "各表"
_MINUTES, _ABSENT, _REASON, _BRANCH, _COUNTS = "时长", "缺席人数", "缺席原因", "本支部", "应到实到"
_ROLES = (_MINUTES, _ABSENT, _REASON, _BRANCH, _COUNTS)
_REMARK = re.compile(r"\([^()]*\)")
_SAID = "你在 --map 中写明"


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """A header, term or sheet name in the form in which it is compared."""
    return re.sub(r"[\s*:#★]", "", clean(text)).casefold()


def header_key(cell: Any) -> str:
    """The same for a cell of the header row; remarks in brackets go: 应到（人）, 日期（必填）."""
    return _header_key(cell) if isinstance(cell, str) else ""


@lru_cache(maxsize=4096)
def _header_key(text: str) -> str:
    return _REMARK.sub("", key(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the headers of one register's sheet mean; every key is a ``header_key``."""

    fields: Mapping[str, Field]
    first: frozenset[str] = frozenset()
    """Headers that come before any other for their field: canonical names, those of ``--map``."""
    joined: Mapping[str, Field] = field(default_factory=dict)
    """Columns without a field of their own: their text goes into this one, behind its header."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """Columns known and not taken, and why."""
    minutes: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    reason: frozenset[str] = frozenset()
    branch: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()

    def knows(self, word: str) -> bool:
        """Whether the header is known, be it taken or not."""
        return word in self.fields or word in self.joined or word in self.left_out or self.special(word)

    def special(self, word: str) -> bool:
        """Whether the column needs more than its own cell to be understood."""
        roles = (self.minutes, self.absent, self.reason, self.branch, self.counts)
        return any(word in role for role in roles)


class ColumnNames:
    """All names of all registers' columns."""

    def __init__(self, tables: Iterable[Mapping[str, Any]], said: Mapping[str, str] | None = None) -> None:
        """``tables`` come with the strongest first; ``said`` is header -> canonical name of this run."""
        self._tables = list(tables)
        self._said = {header_key(name): target for name, target in (said or {}).items()}
        self._known: dict[str, Names] = {}

    def of(self, register: Register) -> Names:
        """The names of one register's columns."""
        found = self._known.get(register.name)
        if found is None:
            found = self._known[register.name] = self._make(register)
        return found

    def _make(self, register: Register) -> Names:
        labels = {one.label: one for one in register.fields}
        own = [table.get(register.title, {}) for table in self._tables]
        every = [*own, *(table.get(_EVERYWHERE, {}) for table in self._tables)]
        roles = {role: frozenset(header_key(w) for t in every for w in t.get(role, ())) for role in _ROLES}
        said = {word: labels[target] for word, target in self._said.items() if target in labels}
        users: dict[str, Field] = {}
        for table in own[:-1]:
            _add(users, table, labels)
        canonical = {header_key(one.label): one for one in register.fields}
        strong = {**users, **canonical, **said}
        weak = {header_key(alias): one for one in reversed(register.fields) for alias in one.aliases}
        _add(weak, own[-1], labels)
        left_out = {header_key(w): why for t in reversed(every) for w, why in _reasons(t).items()}
        for word in (word for word, target in self._said.items() if target == LEFT_OUT):
            left_out[word] = _SAID
            strong.pop(word, None)
        hidden = left_out.keys() | roles[_ABSENT] | strong.keys()
        return Names(
            fields=strong | {word: one for word, one in weak.items() if word not in hidden},
            first=frozenset(strong),
            joined=_joined(every, labels),
            left_out=left_out,
            minutes=roles[_MINUTES],
            absent=roles[_ABSENT] - strong.keys(),
            reason=roles[_REASON],
            branch=roles[_BRANCH],
            counts=roles[_COUNTS] - strong.keys(),
        )


def _add(fields: dict[str, Field], table: Mapping[str, Any], labels: Mapping[str, Field]) -> None:
    for label, others in table.items():
        if label in labels:
            for other in others:
                fields.setdefault(header_key(other), labels[label])


def _reasons(table: Mapping[str, Any]) -> dict[str, str]:
    found = table.get(LEFT_OUT, {})
    return dict(found) if isinstance(found, dict) else dict.fromkeys(found, "对照表中写明不导入")


def _joined(tables: Iterable[Mapping[str, Any]], labels: Mapping[str, Field]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for table in tables:
        for label, others in table.get(_JOINED, {}).items():
            for other in others if label in labels else ():
                found.setdefault(header_key(other), labels[label])
    return found


def column_names(
    catalogue: Catalogue, folder: Path | None = None, said: Mapping[str, str] | None = None
) -> ColumnNames:
    """The shipped names, with those of ``folder``/列名对照.toml and of ``said`` before them.

    Raises:
        InputError: the user's file cannot be read, or it or ``said`` names a column that does not exist.
    """
    tables: list[Mapping[str, Any]] = [_shipped()]
    if folder is not None and (own := folder / USER_FILE).is_file():
        table = _read(own)
        _check(table, catalogue, own)
        tables.insert(0, table)
    labels = {one.label for register in _every(catalogue) for one in register.fields} | {LEFT_OUT}
    for name, target in (said or {}).items():
        if target not in labels:
            raise InputError(
                f"--map {name}={target}：没有名为“{target}”的字段。",
                hint=f"{_nearest(target, labels)}等号右边写规范的列名，不要的列写“不导入”；什么都没有写入。",
            )
    return ColumnNames(tables, said)


def refuse_unmet(said: Mapping[str, str], sheets: Sequence[SheetReport]) -> None:
    """Raise where what ``--map`` says of a column would be passed over in silence.

    Raises:
        InputError: no sheet has the column, with those that come near it; or its sheet has no such field.
    """
    headers = {header for sheet in sheets for _at, header, _use in sheet.columns}
    for name, target in said.items() if headers else ():
        wanted = header_key(name)
        there = [one for one in sheets if wanted in {header_key(header) for _at, header, _use in one.columns}]
        if not there:
            raise InputError(
                f"--map {name}={target}：表里没有名为“{name}”的列。",
                hint=f"{_nearest(name, headers)}等号左边照表头写；什么都没有写入。",
            )
        uses = {use for sheet in there for _at, _header, use in sheet.columns}
        if target not in (LEFT_OUT, *uses):
            titles = "、".join(dict.fromkeys(sheet.title for sheet in there))
            raise InputError(
                f"--map {name}={target}：这一列所在的表认作“{titles}”，没有字段“{target}”。",
                hint="等号右边写这张表的列名，不要的列写“不导入”；什么都没有写入。",
            )


def _nearest(word: str, words: Iterable[str]) -> str:
    """The words that come near one, as a sentence; empty where none does."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only here

    known = sorted({*words})
    inside = [one for one in known if one in word or word in one]
    near = [*dict.fromkeys([*inside, *get_close_matches(word, known, n=5, cutoff=0.5)])][:5]
    if not near:
        return f"表里的列有：{'、'.join(known)}。" if len(known) <= 20 else ""
    return f"相近的有：{'、'.join(near)}。"


def _every(catalogue: Catalogue) -> list[Register]:
    return [one for register in catalogue.registers for one in (register, *register.children)]


@cache
def _shipped() -> Mapping[str, Any]:
    return _read(Path(__file__).with_name("columns.toml"))


def _read(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - needed by import only

    try:
        return tomllib.loads(_with_quotes(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"“{path.name}”读不出：{error}。", hint="请存为 UTF-8，写法见 zhibu import --help。"
        ) from None


_TABLE = re.compile(r"^[ \t]*\[([^\[\]\"'\n]+)\][ \t]*$", re.MULTILINE)
_BARE_KEY = re.compile(r"^([ \t]*)([^\s\"'#=\[\]{},]+)([ \t]*=)", re.MULTILINE)


def _with_quotes(text: str) -> str:
    """The text with quotes around Chinese keys: TOML asks for them, and a secretary would not think of it."""
    text = _TABLE.sub(lambda m: "[" + ".".join(f'"{part.strip()}"' for part in m[1].split(".")) + "]", text)
    return _BARE_KEY.sub(lambda m: f'{m[1]}"{m[2]}"{m[3]}', text)


def _check(table: Mapping[str, Any], catalogue: Catalogue, path: Path) -> None:
    """Refuse what would be passed over in silence: a sheet or column that does not exist."""
    registers = {one.title: one for one in _every(catalogue)}
    wrong: list[str] = []
    for title, columns in table.items():
        if title != _EVERYWHERE and title not in registers:
            wrong.append(f"没有名为“{title}”的表")
        elif not isinstance(columns, dict):
            wrong.append(f'“{title}”下应写 列名 = ["别名"]')
        else:
            labels = {one.label for one in registers[title].fields} if title in registers else set()
            wrong += [w for name, said in columns.items() if (w := _wrong(title, name, said, labels))]
    if wrong:
        raise InputError(
            f"“{path.name}”有误：{'；'.join(wrong)}。", hint="改正后再导入一次；什么都没有写入。"
        )


def _wrong(title: str, name: str, said: Any, labels: set[str]) -> str:
    if name == _JOINED and isinstance(said, dict):
        return next((w for label, to in said.items() if (w := _wrong(title, label, to, labels))), "")
    if name == LEFT_OUT and isinstance(said, dict):
        return ""
    if name not in labels and name not in (*_ROLES, LEFT_OUT):
        return f"“{title}”没有“{name}”这一列"
    fine = isinstance(said, list) and all(isinstance(one, str) for one in said)
    return "" if fine else f'“{title}”的“{name}”应写成 ["别名", "别名"]'
