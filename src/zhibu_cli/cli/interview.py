"""One record asked for at a terminal: few questions, each answer understood before the next.

What is asked follows from what the kind needs (``fields.questions``). Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from zhibu_cli.app import entering, recording
from zhibu_cli.app.wording import full_day
from zhibu_cli.cli import asking
from zhibu_cli.cli.fields import HEADS, child_form, questions
from zhibu_cli.cli.layout import indented, terminal_width
from zhibu_cli.cli.longtext import LONG, long_hint, long_text
from zhibu_cli.cli.presence import ask_attendance
from zhibu_cli.model.choosing import choose_missing, choose_people, choose_person, written
from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.values import format_value, is_kinds, parse_field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.app.entering import Setting
    from zhibu_cli.app.recording import Receipt
    from zhibu_cli.app.taking import Given
    from zhibu_cli.cli.filling import Values
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.choosing import People
    from zhibu_cli.model.declare import Catalogue, Field, Kind, Register

KEEP = "存"
BLANK = "空"
INTRODUCTION = (
    "带 * 的不能空，不知道的直接回车空着；〔〕里的，直接回车就照用，要空着写“空”。",
    "人可以写姓名、拼音首字母（zs）或名册里的序号，几个人用空格隔开。",
    "写“存”留作草稿，下次接着写；按 Ctrl-C 放弃，什么都不写入。",
)
Understood = tuple[str, str]


class SetAsideError(Exception):
    """The user wants to go on another time."""


@dataclass(kw_only=True)
class Interview:
    """The record as far as it was answered."""

    session: Session
    path: Path
    actor: Actor
    kinds: tuple[Kind, ...]
    register: Register
    values: Values
    asked: bool = False
    """Whether any question was put."""
    resumed: bool = False
    """Whether the values come from a draft: they are shown before they are written."""
    settings: dict[tuple[tuple[str, ...], date, str], Setting] = field(default_factory=dict)
    """What was looked up in the ledger, by kinds, day and group."""
    shown: set[str] = field(default_factory=set)
    """What was said once and need not be said again."""

    @property
    def catalogue(self) -> Catalogue:
        """The declarations."""
        return self.session.catalogue

    @property
    def to_be_shown(self) -> bool:
        """Whether the record is shown and agreed to before it is written."""
        return self.asked or self.resumed

    def prepared(self) -> Receipt:
        """The record as it would be stored now."""
        return recording.prepare(
            self.path, self.register.name, self.values, self.actor, catalogue=self.catalogue
        )

    # one line

    def line(self, prompt: str, names: Sequence[str] = ()) -> str:
        """One answer.

        Raises:
            SetAsideError: the answer was 存.
        """
        self._introduce()
        answer = asking.read_line(prompt, names)
        if answer == KEEP:
            raise SetAsideError
        return answer

    def _introduce(self) -> None:
        if not self.asked:
            self.asked = True
            for text in INTRODUCTION:
                asking.say(text)

    def hint(self, *lines: str) -> None:
        """Explain a question, the first time it is put."""
        self._introduce()
        for text in lines:
            if text and text not in self.shown:
                self.shown.add(text)
                asking.say("  " + "\n".join(indented(text, 2, terminal_width())))

    # the questions

    def run(self) -> None:
        """Ask for everything that is missing."""
        self._ask_kind()
        for fields in questions(self.chosen(), self.register, self.catalogue):
            if {one.name for one in fields} & {*self.values}:
                continue
            if fields[0].name in HEADS and self.attended:
                ask_attendance(self)
            else:
                self._ask_first(fields)
        if self.to_be_shown:
            self._ask_rows()

    def _ask_first(self, fields: Sequence[Field]) -> None:
        """Ask for the fields until one is answered: any one will do."""
        for one in fields:
            self.ask(one)
            if one.name in self.values:
                return

    def again(self, one: Field) -> None:
        """Ask once more for a field; for everybody's presence where it is one of those fields."""
        if one.name in HEADS and self.attended:
            kept = {name: self.values.pop(name) for name in HEADS if name in self.values}
            try:
                ask_attendance(self)
            finally:  # what is set aside in the middle keeps what was there
                if not HEADS & {*self.values}:
                    self.values.update(kept)
            return
        before = self.values.get(one.name, "")
        self.ask(one, before if isinstance(before, str) else "\n".join(before))

    @cached_property
    def attended(self) -> bool:
        """Whether the register says who came."""
        return {"attendees", "absentees"} <= {one.name for one in self.register.fields}

    @cached_property
    def kind_field(self) -> Field | None:
        """The field that says which kinds the record is."""
        return next((one for one in self.register.fields if is_kinds(one)), None)

    def chosen(self) -> tuple[Kind, ...]:
        """The kinds of the record, as far as they are known."""
        if self.kind_field is None:
            return self.kinds
        given = self.values.get(self.kind_field.name, "")
        text = given if isinstance(given, str) else "、".join(given)
        names, _ = parse_field(self.catalogue, self.register, self.kind_field, text)
        return tuple(self.catalogue.kind(name) for name in names or ()) or self.kinds

    def _ask_kind(self) -> None:
        one = self.kind_field
        if one is None or one.name in self.values:
            return
        labels = [kind.label for kind in self.kinds]
        self.values[one.name] = labels[asking.choose("哪一种（写编号）", labels, self.line)]

    def day(self) -> date:
        """The day of the record; today where it has none."""
        name = self.register.date_field
        given = self.values.get(name, "")
        if name and isinstance(given, str):
            value, _ = parse_field(
                self.catalogue, self.register, self.register.field(name), given, self.actor.today
            )
            return date.fromisoformat(value) if value else self.actor.today
        return self.actor.today

    def setting(self) -> Setting:
        """The branch on the record's day, and what the last record proposes."""
        group = str(self.values.get("group", ""))
        kinds = tuple(kind.name for kind in self.chosen())
        key = (kinds, self.day(), group)
        if key not in self.settings:
            self.settings[key] = entering.setting(
                self.path, self.register, kinds, self.day(), group=group, catalogue=self.catalogue
            )
        return self.settings[key]

    def ask(self, one: Field, before: str = "") -> None:
        """Ask for one field until the answer can be taken."""
        setting = self.setting()
        default = before or self._proposal(one, setting)
        self._explain(one, setting, default)
        while True:
            answer = self.line(_prompt(one, default), _names(one, setting))
            text, problem = default, ""
            if answer:
                text, problem = self._understood(one, answer, setting, before)
            problem = problem or self._refused(one, text)
            if not problem:
                self._put(one, text, setting)
                return
            asking.say(f"  {problem}")

    def _proposal(self, one: Field, setting: Setting) -> str:
        if one.name == self.register.date_field:
            return self.actor.today.isoformat()
        return setting.usual.get(one.name, "")

    def _explain(self, one: Field, setting: Setting, proposal: str) -> None:
        if one.type in OF_PEOPLE and setting.people.listed:
            self.hint(_listed(setting))
        elif one.type is FieldType.GROUP and setting.groups:
            self.hint("　".join(f"{place} {name}" for place, name in enumerate(setting.groups, 1)))
        elif one.terms:
            self.hint("　".join(f"{place} {term.label}" for place, term in enumerate(one.terms, 1)))
        elif one.type in LONG:
            self.hint(long_hint(one))
        elif one.label not in one.help and not proposal:
            self.hint(one.help)

    def _understood(self, one: Field, answer: str, setting: Setting, before: str) -> Understood:
        """The text that the field would hold."""
        if answer == BLANK:
            return "", ""
        if one.type in LONG:
            return long_text(one, answer, self.session.env, before)
        if one.type is FieldType.GROUP:
            return _numbered(answer, setting.groups), ""
        if one.terms:
            return _numbered(answer, [term.label for term in one.terms]), ""
        understand = OF_PEOPLE.get(one.type)
        return understand(answer, setting.people) if understand else (answer, "")

    def _refused(self, one: Field, text: str) -> str:
        """Why the field cannot hold the text, or the record cannot be kept with it."""
        if not text:
            return "这一项不能空；按 Ctrl-C 可放弃。" if one.required else ""
        problem = parse_field(self.catalogue, self.register, one, text, self.actor.today)[1]
        return problem or self.complaint({one.name: text})

    def complaint(self, more: Mapping[str, Given]) -> str:
        """Why the record cannot be kept with these values too; empty where it can."""
        return entering.complaint(
            self.path, self.register, {**self.values, **more}, self.actor, catalogue=self.catalogue
        )

    def _put(self, one: Field, text: str, setting: Setting) -> None:
        """Keep the answer and say it back where it was not typed as it is kept."""
        if text:
            self.values[one.name] = text
        else:
            self.values.pop(one.name, None)
        if one.type is FieldType.DATE and text:
            value, _ = parse_field(self.catalogue, self.register, one, text, self.actor.today)
            self.values[one.name] = value  # a draft may be gone on with on another day
            asking.say(f"  {full_day(date.fromisoformat(value))}")
        elif one.type in LONG and len(text) > _SHORT:
            asking.say(f"  已取 {len(text)} 字。")
        elif one.type in OF_PEOPLE and text:
            value, _ = parse_field(self.catalogue, self.register, one, text, self.actor.today)
            asking.say(f"  {format_value(one, value, setting.people.name_of)}")
            if strange := setting.people.strangers(text):
                asking.say(f"  名册里没有 {'、'.join(strange)}，照原样记；写错了在最后一步改。")

    # rows inside the record

    def _ask_rows(self) -> None:
        """Rows such as votes: a line each, an empty one ends them."""
        for child in self.register.children:
            if child.name in self.values:
                continue
            self.hint(f"有{child.title}的，一行一项，写成 {child_form(child)}")
            rows: list[str] = []
            while line := self.line(f"{child.title}（{'没有了' if rows else '没有'}就回车）："):
                if problem := self.complaint({child.name: [*rows, line]}):
                    asking.say(f"  {problem}")
                else:
                    rows.append(line)
            if rows:
                self.values[child.name] = rows


_SHORT = 40


def _absences(text: str, people: People) -> Understood:
    away, problem = choose_missing(text, people)
    return written(away), problem


OF_PEOPLE: Mapping[FieldType, Callable[[str, People], Understood]] = {
    FieldType.PERSON: choose_person,
    FieldType.PEOPLE: choose_people,
    FieldType.ABSENCES: _absences,
}


def _prompt(one: Field, default: str) -> str:
    shown = default
    if one.type is FieldType.DATE and default[:4].isdecimal() and default[4:5] == "-":
        shown = full_day(date.fromisoformat(default))
    elif one.type in LONG and default:
        shown = f"现有 {len(default)} 字，写 e 修改"
    return f"{one.label}{'*' if one.required else ''}{f'〔{shown}〕' if shown else ''}："


def _listed(setting: Setting) -> str:
    """Who may be meant, by the places of the roster: of a group's sitting its own members."""
    people = setting.people
    if not people.near:
        return f"名册：{people.lines()}"
    return f"{setting.group}：{people.lines(people.near)}；组外的人写姓名。"


def _names(one: Field, setting: Setting) -> list[str]:
    return [person.name for person in setting.people.listed] if one.type in OF_PEOPLE else []


def _numbered(answer: str, words: Sequence[str]) -> str:
    """The answer with places of the list as the words that stand there."""
    places = {str(place): word for place, word in enumerate(words, 1)}
    parts = answer.replace("，", "、").replace(" ", "、").split("、")
    return "、".join(places.get(part, part) for part in parts) if {*parts} <= {*places} else answer
