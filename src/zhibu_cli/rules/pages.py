"""A rule as a page in Markdown: for ``zhibu explain`` and, generated, for docs/rules/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.finding import Status
from zhibu_cli.rules.engine import parameters
from zhibu_cli.rules.lint import coverage
from zhibu_cli.rules.shown import shown, stricter
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.rule import Ground, Reading, Rule, RuleBook, Version
    from zhibu_cli.rules.forms import Form
    from zhibu_cli.rules.lint import Coverage
    from zhibu_cli.rules.local import Change

_EMPTY = {"sichuan-2024": "暂无规则，条文待使用单位补入，[怎样补入](sichuan-2024.md)。"}
"""What the list says of packs that wait for their text."""
COVERAGES = {"manual": "由人判断", "out-of-scope": "不在支部职责", "awaiting-records": "待有台账"}
"""How ``coverage`` of an article is shown."""
_WORDS = {status.value: status.label for status in Status} | {Status.MISSED.value: "未见记录或问题"}


def page(rule: Rule, book: RuleBook, changes: Iterable[Change] = ()) -> str:
    """What the rule checks, on which articles, how it is read here, with examples.

    ``changes``: what the branch changed in it.
    """
    return "\n".join(_lines(rule, book, tuple(changes))) + "\n"


def duty_page(name: str, rows: Iterable[Coverage]) -> str:
    """A duty that no rule checks: where it stands, and why."""
    lines = [f"# {name}", "", f"编号 `{name}`，没有规则核对。", "", "## 条文", ""]
    for row in rows:
        why = reason(row) or "没有说明"
        lines.append(f"- {row.source.title}{row_article(row)}。{row_gist(row)} {why}")
    return "\n".join(lines) + "\n"


def index(book: RuleBook) -> str:
    """The list of all rules with their packs."""
    lines = ["# 规则", "", "由 tools/gen_docs.py 从规则包生成，请勿手改。", ""]
    for pack in book.packs:
        rules = [rule for rule in book.rules if book.home(rule) == pack]
        off = "" if pack.default or pack.always else "，默认不启用"
        lines += [f"## {pack.title}（{pack.id}，{pack.version}{off}）", ""]
        lines += [
            f"- [{rule.title}]({rule.id}.md)　{rule.versions[-1].severity.label}　`{rule.id}`"
            for rule in rules
        ]
        lines += [] if rules else [_EMPTY.get(pack.id, "暂无规则。")]
        lines += [""]
    lines += ["## 几条规则共用的读法", "", *map(_reading, book.readings.values())]
    return "\n".join(lines).rstrip("\n") + "\n"


def _reading(one: Reading) -> str:
    what = "" if one.words else f" {one.value}"
    return f"- `{one.id}`{what}{'' if one.verified else '（待核）'}：{one.text}"


def coverage_page(rows: Sequence[Coverage]) -> str:
    """Every article of every document, and what answers for it."""
    lines = ["# 条文与规则", "", "由 tools/gen_docs.py 从规则包生成，请勿手改。"]
    title = ""
    for row in rows:
        if row.source.title != title:
            title = row.source.title
            lines += ["", f"## {title}", "", "| 条文 | 内容 | 由什么核对 |", "| --- | --- | --- |"]
        lines.append(f"| {row_name(row)} | {row_gist(row)} | {_answer(row)} |")
    lines += ["", totals_line(rows)]
    return "\n".join(lines) + "\n"


RULED, BARE = "rule", ""
"""What answers for a row: a rule; nothing yet. Else one of ``COVERAGES``."""


def totals(rows: Iterable[Coverage]) -> dict[str, int]:
    """How many duties, and articles without any listed, are answered for by what."""
    counts = dict.fromkeys((RULED, *COVERAGES, BARE), 0)
    for row in rows:
        if row.duty is not None or not row.article.duties:
            counts[RULED if row.rules else row.said.coverage] += 1
    return counts


def totals_line(rows: Iterable[Coverage]) -> str:
    """``共 286 项：由规则核对 150 · 由人判断 60 · …``."""
    counts = totals(rows)
    words = {RULED: "由规则核对", **COVERAGES, BARE: "没有交代"}
    shown = [f"{words[key]} {number}" for key, number in counts.items() if number or key != BARE]
    return f"共 {sum(counts.values())} 项：{' · '.join(shown)}。"


def row_name(row: Coverage) -> str:
    """The article, or the name of the duty in it."""
    if row.duty is not None:
        return row.duty.id
    return row.article.number + ("" if row.article.verified else "（待核）")


def row_article(row: Coverage) -> str:
    """The article of a row, with a gap after a title without book marks."""
    gap = "" if "《" in row.source.title else "·"
    return gap + row.article.number + ("" if row.article.verified else "（待核）")


def row_gist(row: Coverage) -> str:
    """What it asks for; a duty without words of its own goes by its rule."""
    return row.said.gist


def reason(row: Coverage) -> str:
    """Why no rule checks it: 待有台账：…; nothing where no reason stands there."""
    return f"{COVERAGES[row.said.coverage]}：{row.said.why}" if row.said.coverage else ""


def _answer(row: Coverage) -> str:
    links = "、".join(f"[{rule}]({rule}.md)" for rule in row.rules)
    parts = [links, reason(row)]
    if row.duty is None and row.article.duties and not any(parts):
        parts = ["见以下各项"]
    return "；".join(filter(None, parts))


def _remedies(rule: Rule) -> tuple[str, ...]:
    if not rule.doc.open:
        return (rule.doc.fix,)
    return (f"- 期限未到：{rule.doc.open}", f"- 期限已过：{rule.doc.fix}")


def _lines(rule: Rule, book: RuleBook, changes: Iterable[Change]) -> Iterator[str]:
    pack = book.home(rule)
    yield f"# {rule.title}"
    yield ""
    yield f"编号 `{rule.id}`" + (f"，规则包“{pack.title}”（{pack.id} {pack.version}）" if pack else "")
    if changes:
        yield from ("", "## 本支部的改动", "", *(f"- {change.text}" for change in changes))
    yield from ("", "## 核对什么", "", rule.doc.what)
    yield from ("", "## 为什么", "", rule.doc.why)
    yield from ("", "## 怎么办", "", *_remedies(rule))
    yield from ("", "## 依据", "")
    yield from map(_ground, sorted(rule.grounds, key=lambda ground: (ground.source.order, ground.since)))
    yield from ("", "## 本工具的读法", "")
    forms = parameters(rule.check) or {}
    for version in rule.versions:
        yield from _version(version, forms)
    if numbers := [*stricter(rule.versions[-1], forms)]:
        yield from ("", "## 可以收紧的数", "", "在本支部的 local.toml 中用 `[[set]]` 写，只能收紧。", "")
        yield from numbers
    if listed := [row for row in coverage(book) if row.duty and rule.id in row.rules]:
        yield from ("", "## 条文中的位置", "", *map(_listed, listed))
    if rule.examples:
        yield from ("", "## 例子", "")
        yield from map(_example, rule.examples)


def _listed(row: Coverage) -> str:
    name = row.duty.id if row.duty else ""
    return f"- {row.source.title}{row_article(row)}：{row_gist(row).rstrip('。')}（`{name}`）。"


def _ground(ground: Ground) -> str:
    notes = "" if ground.verified else "；条号或内容待核"
    notes += "；单凭它不作这项核对，只作旁证" if ground.supporting else ""
    notes += "；其他依据都停用时以它为准" if ground.alone else ""
    notes += f"；表述为“{ground.asks}”" if ground.asks else ""
    gap = "" if "《" in ground.source.title else "·"
    gist = next((a.gist for a in ground.source.articles if a.number == ground.article), "")
    span = _span(ground.since, ground.until)
    return f"- {ground.source.title}{gap}{ground.article}，用词“{ground.wording}”，{span}{notes}。{gist}"


def _version(version: Version, forms: Mapping[str, Form]) -> Iterator[str]:
    because = f"（{version.because.rstrip('。')}）" if version.because else ""
    grade = f"级别：{version.severity.label}{because}"
    yield f"- {_span(version.since, version.until)}，{grade}。{version.reading}"
    if asks := version.params.get("asks"):
        yield f"  条文表述：{asks}"
    if told := shown(version, forms):
        yield f"  参数：{told}"


def _example(example: Mapping[str, Any]) -> str:
    verdicts = []
    for key, wanted in example["expect"].items():
        status = wanted if isinstance(wanted, str) else wanted["status"]
        verdicts.append(f"`{key}` {_WORDS.get(status, '不列出')}")
    return f"- {example['name']}。" + (
        "结果：" + "，".join(verdicts) + "。" if verdicts else "结果：不列出。"
    )


def _span(since: date, until: date | None) -> str:
    start = chinese_date(since)
    return f"{start}至{chinese_date(until)}" if until else f"{start}起"
