"""``find``: where a text occurs in the records, as they would be shown.

A plain scan: what is stored is JSON with Chinese as it is, so that a word of any length is found
where it stands. People, groups and terms stand there as numbers and codes; those that the word
speaks of are looked for as well. Only records that are shown are taken apart.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibu_cli.app.listing import wanted
from zhibu_cli.app.people_on_file import names_of
from zhibu_cli.app.wording import cells, child_line, full_day, summary
from zhibu_cli.errors import InputError
from zhibu_cli.lookalikes import RADICALS
from zhibu_cli.model.beside_sheets import SAME_PERSON
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.period import Span
    from zhibu_cli.store.store import Store

_BEFORE, _AFTER = 14, 22
"""Characters shown around a hit."""
_LETTERS = re.compile("[\x21-\x7e]")
_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
"""Full-width letters, digits and signs: each becomes one character."""
_ODD = re.compile("[\u2e80-\u2fd5\uf900-\ufad9]")
"""Radicals and compatibility characters, of which only text copied out of a PDF has any."""
_USUAL = RADICALS | {
    code: usual
    for code in (*range(0x2F00, 0x2FD6), 0x2E9F, 0x2EF3, *range(0xF900, 0xFADA))
    if len(usual := unicodedata.normalize("NFKC", chr(code)).translate(RADICALS)) == 1
}
"""The usual character of each, as names are kept."""
HIDDEN = "（内容不公开，加 --full 才显示）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One record in which every word occurs."""

    id: str
    day: date | None
    kinds: str
    snippets: tuple[str, ...]
    """``内容：…学习【条例】第三章…``, one for each word that the others do not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer: all there are by number, the newest of them with their snippets."""

    count: int
    hits: tuple[Hit, ...]


class _Row(NamedTuple):
    id: str
    register: str
    kinds: tuple[str, ...]
    day: str
    text: str
    """The payload, as it is stored."""


def find(
    path: Path,
    words: Sequence[str],
    *,
    what: str = "",
    span: Span | None = None,
    full: bool = False,
    most: int | None = None,
    catalogue: Catalogue = CATALOGUE,
) -> Found:
    """Records in which all words occur, newest first; withdrawn ones are left out.

    ``what`` is a kind or a register. ``most``: so many are shown, all are counted. Without ``full``
    no snippet comes from a confidential field (what was said in a talk, ID numbers).

    Raises:
        InputError: no word, or no such kind.
    """
    from zhibu_cli.store.glance import texts
    from zhibu_cli.store.opening import open_store

    folded = [fold(word) for text in words for word in text.split()]
    if not folded:
        raise InputError("没有写明要找什么。", hint="例：zhibu find 条例")
    belongs = wanted(what, catalogue) if what else None
    with open_store(path, catalogue=catalogue) as store:
        scan = _Scan(catalogue, _names(store))
    rows = [
        row
        for number, register, kinds, day, text in texts(path)
        if _asked(row := _Row(number, register, tuple(kinds.split(",")), day, text), span)
        and (belongs is None or belongs(row))
    ]
    for word in folded:
        rows = scan.holding(rows, word)
    rows.sort(key=lambda row: row.day, reverse=True)
    hits = tuple(scan.hit(row, folded, full=full) for row in rows[:most])
    return Found(count=len(rows), hits=hits)


def _names(store: Store) -> dict[str, str]:
    """Names of members and groups by number; a member entered twice has the name that stays."""
    name_of = names_of(store)
    names = {
        row.id: name_of(row.id)
        for register in ("member", "group")
        for row in store.of_register(register, include_voided=True)
    }
    same = {row.payload["old"]: row.payload["member"] for row in store.of_register(SAME_PERSON.name)}
    return names | {old: name_of(number) for old, number in same.items()}


def fold(text: str) -> str:
    """The text in the form in which words are compared; as long as it was."""
    plain = _usual(text).translate(_WIDE) if not text.isascii() else text
    small = plain.lower()
    return small if len(small) == len(plain) else plain


def _usual(text: str) -> str:
    """The text with the usual characters in place of those that look like them; as long as it was."""
    return text.translate(_USUAL) if _ODD.search(text) else text


def _any_form(char: str) -> str:
    """A pattern for the character in either case and width."""
    if not "!" <= char <= "~":
        return re.escape(char)
    forms = {char, char.lower(), char.upper()}
    return f"[{''.join(re.escape(form) + chr(ord(form) + 0xFEE0) for form in sorted(forms))}]"


def _asked(row: _Row, span: Span | None) -> bool:
    if row.register == SAME_PERSON.name:
        return False
    return span is None or (bool(row.day) and date.fromisoformat(row.day) in span)


class _Scan:
    """Words looked for in stored payloads."""

    def __init__(self, catalogue: Catalogue, names: Mapping[str, str]) -> None:
        self.catalogue = catalogue
        self.names = names
        self.registers = {one.name: one for one in (*catalogue.registers, *catalogue.beside)}
        self.kind_labels = cache(self._kind_labels)

    def name_of(self, ref: str) -> str:
        """The name behind a number; the text itself where it is none."""
        return self.names.get(ref, ref)

    def holding(self, rows: Iterable[_Row], word: str) -> list[_Row]:
        """The rows in which the word occurs."""
        stored = [f'"{code}"' for code in (*self._codes(word), *self._called(word))]
        plain = json.dumps(word, ensure_ascii=False)[1:-1]
        # letters and digits come in either case and width, and occur in names of fields as well
        loose = re.compile("".join(map(_any_form, plain))) if _LETTERS.search(word) else None

        def holds(row: _Row) -> bool:
            if loose is None and (plain in row.text or plain in _usual(row.text)):
                return True
            if word in fold(self._envelope(row)) or any(code in row.text for code in stored):
                return True
            return bool(loose and loose.search(_usual(row.text))) and self._shows(row, word)

        return [row for row in rows if holds(row)]

    def _called(self, word: str) -> list[str]:
        """Numbers of the members and groups in whose names the word occurs."""
        return [number for number, name in self.names.items() if word in fold(name)]

    def _codes(self, word: str) -> set[str]:
        registers = [part for one in self.registers.values() for part in (one, *one.children)]
        terms = (term for register in registers for field in register.fields for term in field.terms)
        return {term.code for term in terms if word in fold(term.label)}

    def _envelope(self, row: _Row) -> str:
        day = full_day(date.fromisoformat(row.day)) if row.day else ""
        return f"{row.id} {self.kind_labels(row.register, row.kinds)} {day}"

    def _kind_labels(self, register: str, kinds: tuple[str, ...]) -> str:
        labels = {kind.name: kind.label for kind in self.catalogue.kinds}
        named = "、".join(labels.get(kind, kind) for kind in kinds if kind)
        return named or (self.registers[register].title if register in self.registers else register)

    def _shows(self, row: _Row, word: str) -> bool:
        return any(word in fold(text) for _label, text, _hidden in self._texts(row))

    def _texts(self, row: _Row) -> Iterator[tuple[str, str, bool]]:
        """Label and text of every field, and whether it is confidential."""
        register = self.registers.get(row.register)
        payload = json.loads(row.text)
        if register is None:
            return
        secret = {field.name for field in register.fields if field.confidential}
        for name, label, text in cells(payload, register, self.catalogue, self.name_of):
            yield label, text, name in secret
        for child in register.children:
            for line in payload.get(child.name, ()):
                yield child.title, child_line(line, child, self.catalogue, self.name_of), False

    def hit(self, row: _Row, words: Sequence[str], *, full: bool) -> Hit:
        """The row as it is shown."""
        texts = sorted(self._texts(row), key=lambda text: text[2])  # what may be shown comes first
        snippets: dict[str, None] = {}
        for word in words:
            if not any(word in fold(_unmarked(snippet)) for snippet in snippets):
                snippets |= dict.fromkeys(_snippets(texts, word, words, full=full))
        return Hit(
            id=row.id,
            day=date.fromisoformat(row.day) if row.day else None,
            kinds=self.kind_labels(row.register, row.kinds),
            snippets=tuple(snippets) or tuple(filter(None, (self._summary(row),))),
        )

    def _summary(self, row: _Row) -> str:
        register: Register | None = self.registers.get(row.register)
        payload: Mapping[str, Any] = json.loads(row.text)
        return summary(payload, register, self.catalogue, self.name_of) if register else ""


def _snippets(
    texts: Iterable[tuple[str, str, bool]], word: str, words: Sequence[str], *, full: bool
) -> Iterator[str]:
    """The first place in which the word stands."""
    for label, text, secret in texts:
        line = one_line(text)
        place = fold(line).find(word)
        if place >= 0:
            yield f"{label}{HIDDEN}" if secret and not full else f"{label}：{_around(line, place, words)}"
            return


def _around(line: str, place: int, words: Sequence[str]) -> str:
    start = max(0, place - _BEFORE)
    end = place + max(map(len, words)) + _AFTER
    part = line[start:end]
    return ("…" if start else "") + marked(part, words) + ("…" if end < len(line) else "")


def marked(text: str, words: Sequence[str]) -> str:
    """Every hit between 【 and 】, which need no colour."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    folded = fold(text)
    pieces, end = [], 0
    for match in re.finditer(pattern, folded):
        pieces += [text[end : match.start()], f"【{text[match.start() : match.end()]}】"]
        end = match.end()
    return "".join(pieces) + text[end:]


def _unmarked(text: str) -> str:
    return text.replace("【", "").replace("】", "")
