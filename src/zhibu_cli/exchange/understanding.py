"""Which register a sheet is: by its name, its title rows, its columns, or the name of its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from zhibu_cli.exchange.colnames import header_key, key
from zhibu_cli.exchange.context import Context, group_named, kinds_in, read_context, titles
from zhibu_cli.exchange.headers import find_columns, missing
from zhibu_cli.model.declare import FieldType, Layout
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.exchange.colnames import ColumnNames
    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Field, Register

_PAIRS_WITHIN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a sheet is."""

    register: Register
    parent: Register | None = None
    columns: Columns | None = None
    """None: a sheet of pairs, or no header was found."""
    how: str = "表名"
    """By what it was recognised: 表名, 标题, 表头, 文件名."""
    context: Context


Table = tuple["Register", "Register | None"]


def understand(sheet: RawSheet, catalogue: Catalogue, names: ColumnNames) -> Understood | None:
    """What the sheet is; None if nobody knows."""
    return _Search(sheet, catalogue, names).run()


class _Search:
    def __init__(self, sheet: RawSheet, catalogue: Catalogue, names: ColumnNames) -> None:
        self.sheet = sheet
        self.catalogue = catalogue
        self.names = names
        self.lines = titles(sheet.head(_PAIRS_WITHIN)) if sheet.lettered else []
        file = PurePath(sheet.file).stem if sheet.lettered else ""
        self.context = read_context(sheet.name, self.lines, file, catalogue)
        self.file = file

    def run(self) -> Understood | None:
        """By the sheet's name, its titles, its columns, the file's name."""
        if whole := named_wholly(self.sheet.name, self.catalogue):
            return self._as(*whole, "表名")
        told: Understood | None = None
        for line, how in ((self.sheet.name, "表名"), *((line, "标题") for line in self.lines)):
            other = by_name(line, self.catalogue)
            found = self._as(*other, how) if other else None
            if found and not self._lacks(found):
                return found
            told = told or (found if found and (how == "表名" or found.columns) else None)
        if (found := self._by_columns()) or told:
            return found or told
        other = by_name(self.file, self.catalogue)
        found = self._as(*other, "文件名") if other else None
        return found if found and found.columns else None

    def _as(self, register: Register, parent: Register | None, how: str) -> Understood | None:
        pairs = register.layout is Layout.PAIRS
        columns = None if pairs else find_columns(self.sheet, register, self.names.of(register))
        return Understood(register=register, parent=parent, columns=columns, how=how, context=self.context)

    def _lacks(self, found: Understood) -> bool:
        """Whether a sheet that has the name of a register has not its columns."""
        if found.register.layout is Layout.PAIRS:
            return False
        return found.columns is None or bool(self.still_missing(found.register, found.parent, found.columns))

    def still_missing(self, register: Register, parent: Register | None, columns: Columns) -> list[str]:
        """Required columns that neither the sheet has nor its name or title stands for."""
        given = stands_for(register, self.context, columns)
        return [label for label in missing(register, parent, columns) if label not in given]

    def _by_columns(self) -> Understood | None:
        best: Understood | None = None
        most = 2
        for register, parent in _tables(self.catalogue):
            if register.layout is Layout.PAIRS:
                if self._looks_like_pairs(register):
                    return Understood(register=register, how="表头", context=self.context)
                continue
            columns = find_columns(self.sheet, register, self.names.of(register))
            if columns is None or columns.known <= most or self.still_missing(register, parent, columns):
                continue
            best = Understood(
                register=register, parent=parent, columns=columns, how="表头", context=self.context
            )
            most = columns.known
        return best

    def _looks_like_pairs(self, register: Register) -> bool:
        table = self.names.of(register).fields
        rows = self.sheet.head(_PAIRS_WITHIN)
        seen = {table[word].name for row in rows for word in map(header_key, row[:2]) if word in table}
        return all(one.name in seen for one in register.fields if one.required)


def stands_for(register: Register, context: Context, columns: Columns) -> list[str]:
    """Labels of columns that a sheet may lack because its name, title or another column says the same."""
    there = {one.name for one in columns.fields.values()}

    def given(one: Field) -> bool:
        if is_kinds(one):
            return context.kind is not None or "theme" in there
        if one.type is FieldType.YEAR:
            return one.required and context.year is not None
        return one.name == "status" and bool(context.status)

    return [one.label for one in register.fields if given(one)]


def _tables(catalogue: Catalogue) -> Iterator[Table]:
    for register in catalogue.registers:
        yield register, None
        for child in register.children:
            yield child, register


def named_wholly(name: str, catalogue: Catalogue) -> Table | None:
    """The register whose title, or one of whose other titles, the name is."""
    wanted = key(name)
    for titles_of in (lambda one: (one.title,), lambda one: one.aliases):
        for register, parent in _tables(catalogue):
            if any(key(title) == wanted for title in titles_of(register)):
                return register, parent
    return None


def by_name(name: str, catalogue: Catalogue) -> Table | None:
    """By the whole name, by the term of a kind in it, or by a title in it."""
    if whole := named_wholly(name, catalogue):
        return whole
    if group_named(name):  # the sheet of one group's meetings, not the list of groups
        return None
    wanted = key(name)
    kinds = kinds_in(name, catalogue)
    inside = [
        (len(key(title)), register, parent)
        for register, parent in _tables(catalogue)
        for title in (register.title, *register.aliases)
        if key(title) in wanted
    ]
    longest = max(inside, key=lambda found: found[0], default=None)
    kind = max(kinds, key=lambda found: found[0], default=None)
    titled = max(
        (len(key(one.title)) for one, _ in _tables(catalogue) if key(one.title) in wanted), default=0
    )
    if kind and titled < kind[0]:
        return catalogue.register(kind[1].register), None
    return (longest[1], longest[2]) if longest else None
