"""Which register a sheet is: by its name, its title rows, its columns, or the name of its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from zhibu_cli.exchange.colnames import header_key, key
from zhibu_cli.exchange.context import Context, group_named, kinds_in, read_context, titles
from zhibu_cli.exchange.examples import NOTES
from zhibu_cli.exchange.headers import find_columns, missing
from zhibu_cli.exchange.sections import by_heading
from zhibu_cli.model.declare import NOT_IMPORTED, FieldType, Layout
from zhibu_cli.model.values import is_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.exchange.colnames import ColumnNames
    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.model.declare import Catalogue, Field, Register

_PAIRS_WITHIN = 60
_ENOUGH = 3
_RICH = 5
"""So many columns of a register make a sheet one of its."""


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
NOT_TAKEN = (NOT_IMPORTED, NOTES)
"""A sheet whose name ends so is for reading only; this program writes such sheets itself."""


def understand(sheet: RawSheet, catalogue: Catalogue, names: ColumnNames) -> Understood | None:
    """What the sheet is; None if nobody knows, or its own name says that it is not to be taken."""
    if sheet.name.endswith(NOT_TAKEN):
        return None
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
            return self._as(*whole, "表名", named=True)
        found: Understood | None
        told: Understood | None = None
        for line, how in ((self.sheet.name, "表名"), *((line, "标题") for line in self.lines)):
            for other in by_name(line, self.catalogue):
                found = self._as(*other, how)
                if not self._lacks(found):
                    return found
                told = told or (found if self._resembles(found) else None)
        if (found := self._by_columns()) or told:
            return found or told
        files = (self._as(*other, "文件名") for other in by_name(self.file, self.catalogue))
        return next((found for found in files if self._resembles(found)), None)

    def _as(
        self, register: Register, parent: Register | None, how: str, *, named: bool = False
    ) -> Understood:
        pairs = register.layout is Layout.PAIRS
        columns = None if pairs else find_columns(self.sheet, register, self.names.of(register), named=named)
        return Understood(register=register, parent=parent, columns=columns, how=how, context=self.context)

    def _lacks(self, found: Understood) -> bool:
        """Whether a sheet that has the name of a register has not its columns."""
        if found.register.layout is Layout.PAIRS:
            return False
        return found.columns is None or bool(self.still_missing(found.register, found.parent, found.columns))

    def _resembles(self, found: Understood) -> bool:
        """Whether a sheet that is called so has enough columns of it to be one with a column too few.

        A page of statistics about 组织生活 is no list of it.
        """
        return found.columns is not None and len(found.columns.fields) >= _ENOUGH

    def still_missing(self, register: Register, parent: Register | None, columns: Columns) -> list[str]:
        """Required columns that neither the sheet has nor its name or title stands for."""
        given = stands_for(register, self.context, columns)
        lacking = [label for label in missing(register, parent, columns) if label not in given]
        if len(lacking) == 1 and (told := by_heading(self.sheet, columns, register, self.catalogue)):
            return [] if lacking == [register.field(told).label] else lacking
        return lacking

    def _by_columns(self) -> Understood | None:
        best: Understood | None = None
        short: Understood | None = None  # a register with many of its columns, but not all it requires
        most = 2
        for register, parent in _tables(self.catalogue):
            if register.layout is Layout.PAIRS:
                if self._looks_like_pairs(register):
                    return Understood(register=register, how="表头", context=self.context)
                continue
            columns = find_columns(self.sheet, register, self.names.of(register))
            if columns is None or columns.understood <= most:
                continue
            if len(columns.fields) < min(_ENOUGH, 1 + sum(one.required for one in register.fields)):
                continue  # 姓名 and 备注 are in every list
            found = Understood(
                register=register, parent=parent, columns=columns, how="表头", context=self.context
            )
            if not self.still_missing(register, parent, columns):
                best, most = found, columns.understood
            elif _is_rich(columns) and columns.understood > _known(short):
                short = found
        return short if _known(short) >= 2 * most else best

    def _looks_like_pairs(self, register: Register) -> bool:
        table = self.names.of(register).fields
        rows = self.sheet.head(_PAIRS_WITHIN)
        seen = {table[word].name for row in rows for word in map(header_key, row[:2]) if word in table}
        return all(one.name in seen for one in register.fields if one.required)


def _known(found: Understood | None) -> int:
    return found.columns.understood if found and found.columns else 0


def _is_rich(columns: Columns) -> bool:
    """Whether so much of a header is known that the sheet is of that register, whatever it lacks."""
    return len(columns.fields) >= _RICH and columns.understood * 2 >= len(columns.headers)


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


def by_name(name: str, catalogue: Catalogue) -> list[Table]:
    """What the name may be, best first: by the whole name, by the term of a kind in it, by a title in it.

    2025年度民主评议党员结果 may be the records of such meetings, or the members' grades.
    """
    if whole := named_wholly(name, catalogue):
        return [whole]
    if group_named(name):  # the sheet of one group's meetings, not the list of groups
        return []
    wanted = key(name)
    found: list[tuple[int, Table]] = [
        (2 * len(key(title)) + (title == register.title), (register, parent))
        for register, parent in _tables(catalogue)
        for title in (register.title, *register.aliases)
        if key(title) in wanted
    ]
    found += [
        (2 * length, (catalogue.register(kind.register), None)) for length, kind in kinds_in(name, catalogue)
    ]
    found.sort(key=lambda one: -one[0])
    tables: list[Table] = []
    for _length, one in found:
        if not any(one[0] is other for other, _parent in tables):
            tables.append(one)
    return tables
