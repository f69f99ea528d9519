"""Examples of rules: a small ledger written in the rule's own file, documentation and test at once.

Form of an ``[[example]]`` (dates are TOML dates; only ``name``, ``as_of`` and ``expect`` are needed):

``name``
    What it shows, a Chinese sentence.
``as_of``
    The day of the check.
``asked``
    The range asked for: ``"2024"``, ``"2024-Q1"``, ``"2024-03"`` or ``[first day, last day]``. Default:
    the year of ``as_of``.
``founded``, ``ledger_from``
    Default 2001-01-01, and the founding. ``starts = { talk = 2024-01-01 }`` declares the start of one
    register or kind. ``branch = { … }`` sets any other field of 支部信息. (A register other than 组织生活
    that holds nothing and has no start of its own has not begun, whatever ``ledger_from`` says.)
``members``
    Names, or tables of the fields of 党员名册: ``["甲", { name = "乙", status = "probationary", joined =
    2024-05-10 }]``. Defaults: full, joined 1999-07-01, converted 2000-07-01 (a probationary member
    none). They get the numbers M1, M2 … in this order. ``more = 4`` adds four full members 党员1 … 党员4.
``events``
    党员变动: ``{ who = "乙", matter = "conversion", on = 2025-05-10 }`` (also until, old, new).
``posts``
    ``{ who = "甲", post = "secretary" }`` (also since, default the founding; until; origin).
``groups``
    Names, or tables of the fields of 党小组; numbers G1, G2 …
``records``
    Entries of every other register: ``kind = "…"`` (or ``kinds = [ … ]`` for a sitting) names the kind and
    with it the register, ``on`` its day; all else are fields by their English names in the value forms of
    ``declare.FieldType``, with names in place of numbers; an absentee may be a bare name. Votes stand in
    ``votes = [{ … }]``. Numbers are given per register in this order (S1, S2 …, T1 …, A1 …), or by ``id``.
    ``entered`` (a date or a date and time) is when zhibu took it in, default the day itself at 18:00;
    ``origin`` the number of an import. ``earlier = [{ entered = 2024-03-08, place = "…" }]`` gives earlier
    versions, oldest first: each has the fields of the newest but for those it names.
``expect``
    What follows the ``@`` of a key -> the status; or a table with ``status`` and any of ``severity``,
    ``required``, ``found``, ``due``, ``evidence``, ``words`` (parts of the message) and ``articles`` (all
    cited articles, as ``"source article"``); or ``"none"`` where no such finding may be. A ``missed``
    finding that is not listed is a failure, others may stay unlisted: ``expect = {}`` says that nothing is
    wrong.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.declare import FieldType
from zhibu_cli.model.entry import Entry, Revision
from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.model.period import Span, Unit, parse_period, period_of
from zhibu_cli.model.rule import RuleBook
from zhibu_cli.rules.engine import evaluate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhibu_cli.model.declare import Catalogue, Register
    from zhibu_cli.model.rule import Rule

    Table = Mapping[str, Any]

_FOUNDED = "2001-01-01"
_JOINED, _CONVERTED = "1999-07-01", "2000-07-01"


def asked_span(example: Table) -> Span:
    """The range the example asks for."""
    asked = example.get("asked")
    if asked is None:
        return period_of(Unit.YEAR, _day(example["as_of"])).span
    if isinstance(asked, str):
        period = parse_period(asked)
        if period is None:
            raise ValueError(asked)
        return period.span
    return Span(_day(asked[0]), _day(asked[1]))


def example_ledger(example: Table, catalogue: Catalogue) -> Ledger:
    """The ledger the example describes."""
    return build_ledger(_Builder(example, catalogue).entries(), catalogue)


def run_example(rule: Rule, example: Table, catalogue: Catalogue) -> tuple[Finding, ...]:
    """What the rule finds in the example's ledger."""
    book = RuleBook(packs=(), sources=(), rules=(rule,))
    return evaluate(book, example_ledger(example, catalogue), asked_span(example), _day(example["as_of"]))


def differences(rule: Rule, example: Table, catalogue: Catalogue) -> tuple[str, ...]:
    """Where the findings are not those that the example expects; empty if it holds."""
    findings = {finding.key.partition("@")[2]: finding for finding in run_example(rule, example, catalogue)}
    return tuple(_compare(findings, example["expect"]))


def _compare(findings: Mapping[str, Finding], expect: Table) -> Iterator[str]:
    for key, wanted in expect.items():
        table = {"status": wanted} if isinstance(wanted, str) else wanted
        finding = findings.get(key)
        if finding is not None:
            yield from _deviations(key, finding, table)
        elif table["status"] != "none":
            there = "、".join(sorted(findings)) or "没有结果"
            yield f"{key}：应为 {table['status']}，实际没有这一项（有：{there}）"
    for key, finding in findings.items():
        if finding.status is Status.MISSED and key not in expect:
            yield f"{key}：实际为 missed，而 expect 中没有写（{finding.message}）"


def _deviations(key: str, finding: Finding, wanted: Table) -> Iterator[str]:
    facts = _facts(finding)
    for name, value in wanted.items():
        if name == "words":
            missing = [word for word in _listed(value) if word not in finding.message]
            yield from (f"{key}：结果中没有“{word}”（{finding.message}）" for word in missing)
        elif facts[name] != value:
            yield f"{key}：{name} 应为 {value!r}，实际为 {facts[name]!r}（{finding.message}）"


def _facts(finding: Finding) -> dict[str, Any]:
    return {
        "status": finding.status.value,
        "severity": finding.severity.value,
        "required": finding.required,
        "found": finding.found,
        "due": finding.due.isoformat(),
        "evidence": list(finding.evidence),
        "articles": [f"{ground.source.id} {ground.article}" for ground in finding.grounds],
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class _Builder:
    """Makes entries out of the compact form; remembers the numbers behind names."""

    def __init__(self, example: Table, catalogue: Catalogue) -> None:
        self.example = example
        self.catalogue = catalogue
        self.counts: Counter[str] = Counter()
        self.numbers: dict[str, str] = {}

    def entries(self) -> list[Entry]:
        """All entries, 支部信息 first."""
        founded = self.example.get("founded", _FOUNDED)
        branch = {
            "name": "示例支部",
            "founded": founded,
            "ledger_from": self.example.get("ledger_from", founded),
            "starts": self.example.get("starts", {}),
            **self.example.get("branch", {}),
        }
        return [
            self._entry("branch", branch),
            *self._people(),
            *(
                self._entry("member_event", _renamed(row, who="member", on="date"))
                for row in self.example.get("events", ())
            ),
            *(
                self._entry("post", {"since": founded, **_renamed(row, who="member")})
                for row in self.example.get("posts", ())
            ),
            *(self._record(row) for row in self.example.get("records", ())),
        ]

    def _people(self) -> Iterator[Entry]:
        crowd = [f"党员{n}" for n in range(1, self.example.get("more", 0) + 1)]
        members = [_named(row) for row in (*self.example.get("members", ()), *crowd)]
        groups = [_named(row) for row in self.example.get("groups", ())]
        for prefix, rows in (("M", members), ("G", groups)):
            self.numbers |= {row["name"]: f"{prefix}{n}" for n, row in enumerate(rows, start=1)}
        for row in members:
            full = row.get("status", "full") == "full"
            default = {"status": "full", "joined": _JOINED} | ({"converted": _CONVERTED} if full else {})
            if full and "joined" in row:
                del default["converted"]
            yield self._entry("member", default | row)
        for row in groups:
            yield self._entry("group", row)

    def _record(self, row: Table) -> Entry:
        data = dict(row)
        kinds = data.pop("kinds", None) or [data.pop("kind")]
        register = self.catalogue.kind(kinds[0]).register
        if register == "sitting":
            data["kinds"] = kinds
        return self._entry(register, _renamed(data, on="date"), tuple(kinds))

    def _entry(self, name: str, row: Table, kinds: tuple[str, ...] = ()) -> Entry:
        register = self.catalogue.register(name)
        data = dict(row)
        self.counts[name] += 1
        id_ = data.pop("id", f"{register.prefix}{self.counts[name]}")
        day = data.get(register.date_field) if register.date_field else None
        entered = data.pop("entered", day or _FOUNDED)
        # 产生方式 of a post bears the same name as the import that brought an entry in
        origin = "" if name == "post" else data.pop("origin", "")
        earlier = data.pop("earlier", ())
        return Entry(
            id=id_,
            register=name,
            kinds=kinds or tuple(kind.name for kind in self.catalogue.kinds_of(name)),
            day=_day(day) if day else None,
            payload=self._payload(register, data),
            version=len(earlier) + 1,
            entered_at=_moment(entered),
            entered_by="示例",
            origin=origin,
            earlier=tuple(
                self._revision(register, data | row, number) for number, row in enumerate(earlier, start=1)
            ),
        )

    def _revision(self, register: Register, row: Table, version: int) -> Revision:
        data = dict(row)
        return Revision(
            version=version,
            entered_at=_moment(data.pop("entered")),
            entered_by="示例",
            reason="",
            voided=False,
            payload=self._payload(register, data),
        )

    def _payload(self, register: Register, data: Table) -> dict[str, Any]:
        types = {field.name: field.type for field in register.fields}
        children = {child.name: child for child in register.children}
        payload = {}
        for name, value in data.items():
            if name in children:
                payload[name] = [self._payload(children[name], row) for row in value]
            else:
                payload[name] = self._value(types.get(name), value)
        return payload

    def _value(self, type_: FieldType | None, value: Any) -> Any:
        if type_ in {FieldType.PERSON, FieldType.GROUP}:
            return {**value, "who": self._ref(value["who"])} if isinstance(value, dict) else self._ref(value)
        if type_ is FieldType.PEOPLE and isinstance(value, list):
            return [self._ref(name) for name in value]
        if type_ is FieldType.ABSENCES:
            rows = [{"who": row} if isinstance(row, str) else row for row in value]
            return [{**row, "who": self._ref(row["who"])} for row in rows]
        return value

    def _ref(self, name: str) -> str:
        return self.numbers.get(name, name)


def _named(row: Any) -> dict[str, Any]:
    return {"name": row} if isinstance(row, str) else dict(row)


def _renamed(row: Table, **names: str) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items()}


def _day(value: str) -> date:
    return date.fromisoformat(value)


def _moment(value: str) -> datetime:
    if "T" in value:
        return datetime.fromisoformat(value)
    return datetime.combine(_day(value), time(18))
