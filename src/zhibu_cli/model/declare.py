"""The words in which a kind of record is declared, once; everything else follows from them.

A *register* is one sheet of the workbook: its columns (fields), its prefix for numbers, what makes
two rows the same. A *kind* is what a row of a register may be (支部党员大会, 党课, 谈心谈话 …): what
it needs, who is expected, by which command it is recorded. Sheets, import, export, questions,
options, listings and checks are made from these values; there are no callbacks in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


NOT_IMPORTED = "（不导入）"
"""The name of a sheet ends so that is for people to read: import passes it over."""


class FieldType(StrEnum):
    """What a cell holds, and how its value stands in the payload (canonical JSON)."""

    TEXT = "text"  # one line                                  -> str
    NOTE = "note"  # several lines                              -> str
    DATE = "date"  # a day                                      -> "2026-03-05"
    DATES = "dates"  # several days                             -> list of "2026-03-05"
    DAY_OR_MONTH = "day_or_month"  # a day, or only its month   -> "1985-05-12" or "1985-05"
    TIME = "time"  # a time of day                              -> "14:30"
    MOMENT = "moment"  # a day, perhaps with a time             -> "2026-03-05" or "2026-03-05T14:30"
    YEAR = "year"  # a year                                     -> int
    COUNT = "count"  # a whole number from 0                    -> int
    HEADCOUNT = "headcount"  # a number, or 全体出席 as claimed -> int or str
    HOURS = "hours"  # a number, halves allowed                 -> int or float
    CHOICE = "choice"  # one of the terms                       -> its code
    CHOICES = "choices"  # several of the terms                 -> list of codes
    YESNO = "yesno"  # 是 or 否                                 -> bool
    PERSON = "person"  # one person, maybe with a post claimed  -> ref, or {"who": ref, "as": "书记"}
    PEOPLE = "people"  # several persons, 全体, 其余全体        -> list of refs, or "全体" / "其余全体"
    NAMES = "names"  # names of anybody, in free writing        -> list of str
    ABSENCES = "absences"  # persons with reasons  -> [{"who", "reason", "leave", "made_up_on"}, …]
    GROUP = "group"  # a party group                            -> its number "G1", or the name as written
    TOPICS = "topics"  # several lines or numbered items        -> list of str


# A person reference is "M3" where the roster knows the name, else the name as it was written.


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of a closed vocabulary."""

    code: str
    label: str
    """The canonical Chinese term, as export writes it."""
    aliases: tuple[str, ...] = ()
    """Other names under which it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a register, one option of a command, one question at the terminal."""

    name: str
    label: str
    """The canonical header."""
    type: FieldType = FieldType.TEXT
    aliases: tuple[str, ...] = ()
    """Other headers under which the column is read."""
    required: bool = False
    """An empty cell is refused at import (the * of design.md)."""
    terms: tuple[Term, ...] = ()
    option: str = ""
    """The option's name; empty: ``--`` and the field's name with hyphens. ``-`` alone: no option."""
    repeat: bool = False
    """The option may be given several times."""
    usual: bool = False
    """At the terminal the last record of the same kind proposes the value; never who was absent."""
    refers: str = ""
    """Of NAMES that are 编号 of rows of this register: in a file those of the file, in the ledger ours."""
    confidential: bool = False
    """Exported with ``--full`` only."""
    computed: bool = False
    """Found by the program: nobody types or amends it."""
    help: str = ""
    """One Chinese sentence for the option's help and the column's comment."""

    @property
    def flag(self) -> str:
        """The option as typed, or an empty string where the field has none."""
        if self.option == "-":
            return ""
        return self.option or "--" + self.name.replace("_", "-")

    def term(self, code: str) -> str:
        """The label of a code; the code itself where the vocabulary has none such."""
        return next((term.label for term in self.terms if term.code == code), code)


class Layout(StrEnum):
    """How a register stands in its sheet."""

    ROWS = "rows"
    PAIRS = "pairs"  # two columns 项目 / 内容, one entry in the whole ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One sheet of the workbook and the entries it holds."""

    name: str
    title: str
    """The sheet's name."""
    prefix: str
    """Numbers are the prefix and a count: ``S12``."""
    fields: tuple[Field, ...]
    identity: tuple[str, ...]
    """Fields that together say which row this is, where it bears no number of ours."""
    date_field: str = ""
    """The field that says when it happened; empty: the entry has no day."""
    texts: tuple[str, ...] = ()
    """Fields that hold what was said and decided; records are compared by them (``model/sketch.py``)."""
    numbered: bool = False
    """The sheet has a column 编号."""
    aliases: tuple[str, ...] = ()
    """Other names of the sheet."""
    layout: Layout = Layout.ROWS
    children: tuple[Register, ...] = ()
    """Sheets whose rows belong to an entry of this one and are kept inside its payload, under
    their register's name."""
    link: str = ""
    """In a child: the header of the column that names the parent's 编号."""

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def child(self, name: str) -> Register:
        """The child register of that name; KeyError if there is none."""
        for child in self.children:
            if child.name == name:
                return child
        raise KeyError(name)


class Expects(StrEnum):
    """Who is expected at a sitting of a kind."""

    MEMBERS = "members"
    COMMITTEE = "committee"
    GROUP = "group"
    BY_FORM = "by_form"  # as the 形式 of the record says; without one, all members
    NOBODY = "nobody"


class When(StrEnum):
    """Under which condition a need holds."""

    ALWAYS = "always"
    SOMEONE_ABSENT = "someone_absent"  # 实到 < 应到


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something a record of a kind has to state; any one of the fields will do."""

    fields: tuple[str, ...]
    label: str
    """How the finding calls it: 地点, 议题或主题 …"""
    when: When = When.ALWAYS


class Chair(StrEnum):
    """Who may chair, where the regulations say so (支部工作条例 第十四条)."""

    ANYBODY = "anybody"
    COMMITTEE = "committee"  # secretary; deputy or a committee member where he cannot
    GROUP_LEADER = "group_leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record."""

    name: str
    label: str
    aliases: tuple[str, ...] = ()
    register: str
    command: str = ""
    """``zhibu record COMMAND``; empty: no command of its own."""
    expects: Expects = Expects.NOBODY
    chair: Chair = Chair.ANYBODY
    branch_life: bool = True
    """False: kept, never counted as organisational life of the branch (川意见 (六))."""
    needs: tuple[Need, ...] = ()
    excludes: tuple[str, ...] = ()
    """Kinds that may not stand in one record with this one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """All registers and kinds the program knows, in the order in which they are shown.

    Equal to itself alone, so that what is worked out for one is cheaply kept.
    """

    registers: tuple[Register, ...]
    kinds: tuple[Kind, ...]
    beside: tuple[Register, ...] = ()
    """Registers that the program keeps about the others; they have no sheet and are not typed in."""

    def register(self, name: str) -> Register:
        """The register of that English name, with a sheet or without; KeyError if there is none."""
        for register in (*self.registers, *self.beside):
            if register.name == name:
                return register
        raise KeyError(name)

    def kind(self, name: str) -> Kind:
        """The kind of that English name; KeyError if there is none."""
        for kind in self.kinds:
            if kind.name == name:
                return kind
        raise KeyError(name)

    def find_kind(self, text: str) -> Kind | None:
        """The kind by its Chinese term, a usual short form or its English name."""
        for kind in self.kinds:
            if text in (kind.name, kind.label, *kind.aliases):
                return kind
        return None

    def title_of(self, name: str) -> str:
        """Title of the register or term of the kind of that English name; the name if there is neither."""
        titles = (register.title for register in self.registers if register.name == name)
        labels = (kind.label for kind in self.kinds if kind.name == name)
        return next(titles, "") or next(labels, name)

    def named(self, wanted: str, form: Callable[[str], str] = str) -> str:
        """The English name of the register or kind of that title; empty where there is none.

        Whole titles come before other names, registers before kinds: 民主评议 is the register,
        民主评议党员 the kind, though the register goes by that name too. ``form`` is how a title is
        compared; ``wanted`` comes in that form.
        """
        steps = (
            [(register.name, (register.title,)) for register in self.registers],
            [(kind.name, (kind.label, kind.name)) for kind in self.kinds],
            [(register.name, (register.name, *register.aliases)) for register in self.registers],
            [(kind.name, kind.aliases) for kind in self.kinds],
        )
        return next((name for step in steps for name, titles in step if wanted in map(form, titles)), "")

    def kinds_of(self, register: str) -> tuple[Kind, ...]:
        """The kinds that stand in that register."""
        return tuple(kind for kind in self.kinds if kind.register == register)

    def register_of_number(self, number: str) -> Register | None:
        """The register to which a number such as ``S12`` belongs."""
        prefix = number.rstrip("0123456789")
        for register in (*self.registers, *self.beside):
            if register.prefix == prefix and prefix != number:
                return register
        return None
