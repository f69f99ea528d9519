"""Rule packs read into values, with every problem found on the way.

One TOML file per rule; its name is the rule's id. Form::

    id = "general-meeting-quarterly"
    title = "支部党员大会每季度至少一次"
    check = "cadence"               # rules/checks/cadence.py; "record.headcount": a function there

    [[ground]]                      # append, never edit: an old year's answer must stay reproducible
    source = "sichuan-2016"         # sources/sichuan-2016.toml, where the article stands as well
    article = "（六）"
    from = 2016-11-18               # to = the last day in force
    wording = "至少"                # the strength of the text
    verified = true
    asks = "每季度至少召开一次"        # where several texts put it differently; title likewise
    supporting = true               # cited beside others, but without the number: carries nothing alone
    alone = { authority = false }   # it stands in where no other text is left, with these parameters

    [[version]]                     # how it is applied from one day to another
    from = 2016-11-18               # to = …
    severity = "error"              # error, warn, info, remind
    reading = "按自然季度计。"
    because = "…"                   # where the severity is not that of the strictest wording
    kind = "general_meeting"        # all other keys are parameters of the check, see its docstring

    [doc]                           # what = "…", why, fix; open: what to do while there is time
    [[example]]                     # see rules/examples.py; at least one met and one missed

A parameter ``{ file = "documents" }`` stands for the rows of ``documents.toml``, always checked;
``{ reading = "one-election-days" }`` for a number or words of ``packs.toml`` that rules share.
The reader takes plain tables (``resources.pack_tables``): dates are ISO text.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from zhibu_cli import resources
from zhibu_cli.errors import PackError
from zhibu_cli.model.problem import Problem
from zhibu_cli.model.rule import (
    Article,
    Doc,
    Duty,
    Ground,
    Pack,
    Reading,
    Rule,
    RuleBook,
    Severity,
    Source,
    Version,
)
from zhibu_cli.rules.readings import named, read_readings, shared_texts
from zhibu_cli.text import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Table = Mapping[str, Any]

_DAY = "日期，写作 2018-10-28"
_TYPES: dict[str, tuple[type, str]] = {
    "text": (str, "文字"),
    "date": (str, _DAY),
    "flag": (bool, "true 或 false"),
    "count": (int, "整数"),
    "texts": (list, '若干文字，写作 ["…"]'),
    "table": (dict, "一张表"),
    "tables": (list, "若干张表，写作 [[…]]"),
}
_ID = re.compile(r"[a-z0-9_]+(-[a-z0-9_]+)*")
"""Ids stand in keys before ``@`` and ``/``, and in names of files."""
_COVERAGES = ("manual", "out-of-scope", "awaiting-records")
_FLAGS: dict[str, Any] = {"default": ..., "always": False, "in_papers": True}
_PACK_KEYS = {"id", "version", "title", "sources", *_FLAGS}
_SOURCE_KEYS = {"id", "title", "order", "issued", "article"}
_ARTICLE_KEYS = {"number", "gist", "verified", "coverage", "why", "duty"}
_DUTY_KEYS = {"id", "gist", "rule", "coverage", "why"}
_RULE_KEYS = {"id", "title", "check", "ground", "version", "doc", "example"}
_GROUND_MORE = {"asks", "title", "supporting", "alone"}
_GROUND_KEYS = {"source", "article", "from", "to", "wording", "verified"} | _GROUND_MORE
_DOCUMENT_KEYS = {"title", "also", "since", "source", "verified"}
_VERSION_KEYS = {"from", "to", "severity", "reading", "because"}


@cache
def load_book() -> RuleBook:
    """The shipped rules, read once.

    Raises:
        PackError: something in them cannot be read; the message lists every problem.
    """
    book, problems = read_book(resources.pack_tables())
    if problems:
        raise PackError(
            "规则包有问题：\n" + "\n".join(map(str, problems)), hint="用 zhibu rules lint 查看，改正后重试。"
        )
    return book


def read_book(tables: Table) -> tuple[RuleBook, tuple[Problem, ...]]:
    """The values in the tables, and all problems; what has a problem is left out of the values."""
    reader = Reader()
    for file, message in tables.get("unreadable", ()):
        reader.problem(file, "", f"不是可读的 TOML 文件：{message}")
    head = tables.get("packs", {})
    sources = {source.id: source for source in reader.sources(tables.get("sources", ()))}
    packs = tuple(reader.packs(head, sources))
    reader.readings = {reading.id: reading for reading in read_readings(reader, head)}
    reader.files["documents"] = list(reader.documents(tables.get("documents", {})))
    rules: dict[str, Rule] = {}
    for file, table in tables.get("rules", ()):
        rule = reader.rule(file, table, sources)
        if rule is not None and rule.id in rules:
            reader.problem(file, "id", f"“{rule.id}”已在另一个文件中使用")
        elif rule is not None:
            rules[rule.id] = rule
    book = RuleBook(
        packs=packs,
        sources=tuple(sources.values()),
        rules=tuple(rules.values()),
        strength=reader.strength(head),
        readings=reader.readings,
    )
    return book, tuple(reader.problems)


class Reader:
    """Collects problems while tables become values."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.files: dict[str, list[Table]] = {}
        """Rows of the data files that a parameter may stand for."""
        self.readings: Mapping[str, Reading] = {}
        """Numbers that a parameter may stand for."""

    def problem(self, file: str, key: str, message: str) -> None:
        """Note one problem; the key, which may be any text in quotes, stands before the message."""
        self.problems.append(Problem(message=f"{brief(key, 80)}：{message}" if key else message, file=file))

    def get(self, file: str, table: Table, key: str, kind: str, *, at: str = "", default: Any = ...) -> Any:
        """The value of a key, None with a problem where it is missing or of another type."""
        where = f"{at}{key}"
        if key not in table:
            if default is ...:
                self.problem(file, where, f"缺少，应为{_TYPES[kind][1]}")
                return None
            return default
        value = table[key]
        wanted, words = _TYPES[kind]
        wrong = not isinstance(value, wanted) or (kind == "count" and isinstance(value, bool))
        if kind == "texts" and not wrong:
            wrong = not all(isinstance(item, str) for item in value)
        if wrong or (kind == "text" and not value.strip()):
            self.problem(file, where, f"应为{words}，现为 {brief(repr(value))}")
            return None
        return self._date(file, where, value) if kind == "date" else value

    def _date(self, file: str, where: str, value: str) -> date | None:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problem(file, where, f"应为{_DAY}，现为 {brief(repr(value))}")
            return None

    def tables(self, file: str, table: Table, key: str, *, at: str = "") -> Iterator[tuple[str, Table]]:
        """Each table of an array of tables, with the words that name its place."""
        rows = self.get(file, table, key, "tables", at=at, default=[])
        for number, row in enumerate(rows or (), start=1):
            place = f"{at}第{number}个 {key} 的 "
            if isinstance(row, dict):
                yield place, row
            else:
                self.problem(file, f"{at}{key}", "应为若干张表，写作 [[…]]")

    def strange(self, file: str, table: Table, known: set[str], at: str = "") -> None:
        """A problem for every key that is none."""
        for key in sorted(table.keys() - known):
            self.problem(file, f"{at}{key}", "不认识的键")

    def packs(self, table: Table, sources: Mapping[str, Source]) -> Iterator[Pack]:
        """The packs of packs.toml."""
        file, seen = "packs.toml", set[str]()
        for at, row in self.tables(file, table, "pack"):
            self.strange(file, row, _PACK_KEYS, at)
            fields = {key: self.get(file, row, key, "text", at=at) for key in ("id", "version", "title")}
            flags = {
                key: self.get(file, row, key, "flag", at=at, default=usual) for key, usual in _FLAGS.items()
            }
            named = self.get(file, row, "sources", "texts", at=at, default=[])
            for name in named or ():
                if name not in sources:
                    self.problem(file, f"{at}sources", f"sources 文件夹中没有“{name}”")
            if fields["id"] in seen:
                self.problem(file, f"{at}id", f"“{fields['id']}”已在前面使用")
            elif None not in (*fields.values(), *flags.values(), named):
                seen.add(fields["id"])
                yield Pack(**fields, **flags, sources=tuple(named))

    def strength(self, table: Table) -> dict[str, Severity]:
        """Wording -> the severity it stands for."""
        names = [severity.value for severity in Severity]
        words: dict[str, Severity] = {}
        levels = self.get("packs.toml", table, "strength", "table", default={}) or {}
        for name in levels:
            if name not in names:
                self.problem("packs.toml", "strength", f"应为 {'、'.join(names)} 之一，现为 {name!r}")
                continue
            for word in self.get("packs.toml", levels, name, "texts", at="strength.") or ():
                if word in words:
                    self.problem("packs.toml", f"strength.{name}", f"“{word}”已经对应 {words[word]}")
                words.setdefault(word, Severity(name))
        return words

    def sources(self, rows: Iterable[tuple[str, Table]], *, in_files: bool = True) -> Iterator[Source]:
        """The documents, one file each in sources/, or all of them in one file."""
        seen: set[str] = set()
        for file, row in rows:
            texts = {key: self.get(file, row, key, "text") for key in ("id", "title")}
            order = self.get(file, row, "order", "count")
            issued = self.get(file, row, "issued", "date", default=None)
            self.strange(file, row, _SOURCE_KEYS)
            articles = tuple(self._articles(file, row))
            if in_files and texts["id"] is not None and f"sources/{texts['id']}.toml" != file:
                self.problem(file, "id", f"应与文件名一致，现为“{texts['id']}”")
            if texts["id"] in seen:
                self.problem(file, "id", f"“{texts['id']}”已在前面使用")
            elif None not in (*texts.values(), order):
                seen.add(texts["id"])
                yield Source(**texts, order=order, issued=issued, articles=articles)

    def _articles(self, file: str, table: Table) -> Iterator[Article]:
        seen: set[str] = set()
        for at, row in self.tables(file, table, "article"):
            self.strange(file, row, _ARTICLE_KEYS, at)
            number = self.get(file, row, "number", "text", at=at)
            gist = self.get(file, row, "gist", "text", at=at)
            verified = self.get(file, row, "verified", "flag", at=at)
            answer = self._answer(file, row, at)
            duties = tuple(self._duties(file, row, at))
            if number in seen:
                self.problem(file, f"{at}number", f"“{number}”已在前面列过")
            elif None not in (number, gist, verified):
                seen.add(number)
                yield Article(number=number, gist=gist, verified=verified, duties=duties, **answer)

    def _duties(self, file: str, table: Table, at: str) -> Iterator[Duty]:
        for place, row in self.tables(file, table, "duty", at=at):
            self.strange(file, row, _DUTY_KEYS, place)
            id_ = self.get(file, row, "id", "text", at=place)
            texts = {key: self.get(file, row, key, "text", at=place, default="") for key in ("gist", "rule")}
            answer = self._answer(file, row, place)
            if None not in (id_, *texts.values()):
                yield Duty(id=id_, **texts, **answer)

    def _answer(self, file: str, row: Table, at: str) -> dict[str, str]:
        """Coverage and why: how something is answered for without a rule."""
        answer = {
            key: self.get(file, row, key, "text", at=at, default="") or "" for key in ("coverage", "why")
        }
        if answer["coverage"] and answer["coverage"] not in _COVERAGES:
            words = f"应为 {'、'.join(_COVERAGES)} 之一，现为 {brief(answer['coverage'])}"
            self.problem(file, f"{at}coverage", words)
        if answer["coverage"] and not answer["why"]:
            self.problem(file, f"{at}why", "写明了 coverage 的须说明理由")
        return answer

    def documents(self, table: Table) -> Iterator[Table]:
        """The dated documents of documents.toml, as they stand there, those that are sound."""
        file, seen = "documents.toml", set[str]()
        for at, row in self.tables(file, table, "document"):
            before = len(self.problems)
            title = self.get(file, row, "title", "text", at=at)
            also = self.get(file, row, "also", "texts", at=at, default=[]) or []
            self.get(file, row, "since", "date", at=at)
            self.get(file, row, "source", "text", at=at)
            self.get(file, row, "verified", "flag", at=at)
            for key in sorted(row.keys() - _DOCUMENT_KEYS):
                self.problem(file, f"{at}{key}", "不认识的键")
            for name in (title, *also) if title else also:
                if name in seen:
                    self.problem(file, f"{at}title", f"“{name}”已在前面写过")
                seen.add(name)
            if len(self.problems) == before:
                yield row

    def rule(
        self, file: str, table: Table, sources: Mapping[str, Source], *, in_file: bool = True
    ) -> Rule | None:
        """One rule, in a file of its own name or among others; None where it has a problem."""
        before = len(self.problems)
        head = {key: self.get(file, table, key, "text") for key in ("id", "title", "check")}
        self.strange(file, table, _RULE_KEYS)
        if head["id"] is not None and not _ID.fullmatch(head["id"]):
            self.problem(file, "id", f"应为小写字母、数字、连字号和下划线，现为 {brief(head['id'])}")
        if in_file and head["id"] is not None and file != f"{head['id']}.toml":
            self.problem(file, "id", f"应与文件名一致，现为“{head['id']}”")
        grounds = tuple(self._grounds(file, table, sources))
        versions = tuple(self._versions(file, table))
        doc = self._doc(file, table)
        examples = tuple(row for _, row in self.tables(file, table, "example"))
        for key, values in (("ground", table.get("ground")), ("version", table.get("version"))):
            if not values:
                self.problem(file, key, "至少要有一个")
        if grounds and all(ground.supporting for ground in grounds):
            self.problem(file, "ground", "全部只作旁证，至少要有一条有次数的依据")
        if len(self.problems) > before or doc is None:
            return None
        return Rule(
            **head, grounds=grounds, versions=versions, doc=doc, examples=examples, readings=self.readings
        )

    def _grounds(self, file: str, table: Table, sources: Mapping[str, Source]) -> Iterator[Ground]:
        for at, row in self.tables(file, table, "ground"):
            source_id = self.get(file, row, "source", "text", at=at)
            article = self.get(file, row, "article", "text", at=at)
            wording = self.get(file, row, "wording", "text", at=at)
            verified = self.get(file, row, "verified", "flag", at=at)
            more = {
                "asks": self.get(file, row, "asks", "text", at=at, default=""),
                "title": self.get(file, row, "title", "text", at=at, default=""),
                "supporting": self.get(file, row, "supporting", "flag", at=at, default=False),
                "alone": self.get(file, row, "alone", "table", at=at, default={}),
            }
            since, until = self._span(file, row, at)
            self.strange(file, row, _GROUND_KEYS, at)
            source = sources.get(source_id)
            if source_id is not None and source is None:
                self.problem(file, f"{at}source", f"没有“{source_id}”这份文件")
            if source is None or None in (article, wording, verified, *more.values(), since):
                continue
            if article not in {item.number for item in source.articles}:
                self.problem(file, f"{at}article", f"文件“{source_id}”中没有“{article}”")
            yield Ground(
                source=source,
                article=article,
                wording=wording,
                verified=verified,
                since=since or date.min,
                until=until,
                **more,
            )

    def _versions(self, file: str, table: Table) -> Iterator[Version]:
        names = [severity.value for severity in Severity]
        for at, row in self.tables(file, table, "version"):
            severity = self.get(file, row, "severity", "text", at=at)
            reading = self.get(file, row, "reading", "text", at=at)
            because = self.get(file, row, "because", "text", at=at, default="")
            since, until = self._span(file, row, at)
            if severity is not None and severity not in names:
                self.problem(file, f"{at}severity", f"应为 {'、'.join(names)} 之一，现为 {brief(severity)}")
                continue
            if None in (severity, reading, because, since):
                continue
            yield Version(
                since=since or date.min,
                until=until,
                severity=Severity(severity),
                reading=reading + shared_texts(self.readings, row.values()),
                because=because,
                params={
                    key: self._parameter(file, f"{at}{key}", value)
                    for key, value in row.items()
                    if key not in _VERSION_KEYS
                },
            )

    def _parameter(self, file: str, where: str, value: Any) -> Any:
        """The value, or the rows of the data file or the reading it stands for."""
        if (name := named(value)) in self.readings:
            return self.readings[name].stands_for
        if name:
            self.problem(file, where, f"packs.toml 中没有“{name}”这条读法")
        if not (isinstance(value, dict) and value.keys() == {"file"} and isinstance(value["file"], str)):
            return value
        if value["file"] not in self.files:
            self.problem(file, where, f"没有“{value['file']}”这个数据文件")
        return self.files.get(value["file"], [])

    def _span(self, file: str, row: Table, at: str) -> tuple[date | None, date | None]:
        since = self.get(file, row, "from", "date", at=at)
        until = self.get(file, row, "to", "date", at=at, default=None)
        if since is not None and until is not None and until < since:
            self.problem(file, f"{at}to", "早于 from")
        return since, until

    def _doc(self, file: str, table: Table) -> Doc | None:
        doc = self.get(file, table, "doc", "table")
        if doc is None:
            return None
        texts = {key: self.get(file, doc, key, "text", at="doc.") for key in ("what", "why", "fix")}
        texts["open"] = self.get(file, doc, "open", "text", at="doc.", default="")
        return None if None in texts.values() else Doc(**texts)
