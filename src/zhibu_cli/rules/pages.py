"""A rule as a page in Markdown: for ``zhibu explain`` and, generated, for docs/rules/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.model.finding import Status
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from zhibu_cli.model.rule import Ground, Pack, Rule, RuleBook, Version
    from zhibu_cli.rules.lint import Coverage

COVERAGES = {"manual": "由人判断", "out-of-scope": "不在支部职责", "awaiting-records": "待有台账"}
"""How ``coverage`` of an article is shown."""
_HIDDEN = frozenset({"asks"})
_WORDS = {status.value: status.label for status in Status} | {Status.MISSED.value: "未见记录或问题"}


def page(rule: Rule, pack: Pack | None) -> str:
    """What the rule checks, on which articles, how it is read here, with examples."""
    return "\n".join(_lines(rule, pack)) + "\n"


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
        lines += [] if rules else ["暂无规则。"]
        lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def coverage_page(rows: Iterable[Coverage]) -> str:
    """Every article of every document, and what answers for it."""
    lines = ["# 条文与规则", "", "由 tools/gen_docs.py 从规则包生成，请勿手改。"]
    title = ""
    for row in rows:
        if row.source.title != title:
            title = row.source.title
            lines += ["", f"## {title}", "", "| 条文 | 内容 | 由什么核对 |", "| --- | --- | --- |"]
        lines.append(f"| {row_name(row)} | {row_gist(row)} | {_answer(row)} |")
    return "\n".join(lines) + "\n"


def row_name(row: Coverage) -> str:
    """The article, or the name of the duty in it."""
    if row.duty is not None:
        return row.duty.id
    return row.article.number + ("" if row.article.verified else "（待核）")


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


def _lines(rule: Rule, pack: Pack | None) -> Iterator[str]:
    yield f"# {rule.title}"
    yield ""
    yield f"编号 `{rule.id}`" + (f"，规则包“{pack.title}”（{pack.id} {pack.version}）" if pack else "")
    yield from ("", "## 核对什么", "", rule.doc.what)
    yield from ("", "## 为什么", "", rule.doc.why)
    yield from ("", "## 怎么办", "", rule.doc.fix)
    yield from ("", "## 依据", "")
    yield from map(_ground, sorted(rule.grounds, key=lambda ground: (ground.source.order, ground.since)))
    yield from ("", "## 本工具的读法", "")
    for version in rule.versions:
        yield from _version(version)
    if rule.examples:
        yield from ("", "## 例子", "")
        yield from map(_example, rule.examples)


def _ground(ground: Ground) -> str:
    doubt = "" if ground.verified else "；条号或内容待核"
    gist = next((a.gist for a in ground.source.articles if a.number == ground.article), "")
    span = _span(ground.since, ground.until)
    return f"- {ground.source.title}{ground.article}，用词“{ground.wording}”，{span}{doubt}。{gist}"


def _version(version: Version) -> Iterator[str]:
    because = f"（{version.because}）" if version.because else ""
    grade = f"级别：{version.severity.label}{because}"
    yield f"- {_span(version.since, version.until)}，{grade}。{version.reading}"
    shown = {key: value for key, value in version.params.items() if key not in _HIDDEN}
    if shown:
        yield "  参数：" + "，".join(f"`{key} = {_plain(value)}`" for key, value in shown.items())


def _example(example: Mapping[str, Any]) -> str:
    verdicts = []
    for key, wanted in example["expect"].items():
        status = wanted if isinstance(wanted, str) else wanted["status"]
        verdicts.append(f"`{key}` {_WORDS.get(status, '不列出')}")
    return f"- {example['name']}。" + (
        "结果：" + "，".join(verdicts) + "。" if verdicts else "结果：不列出。"
    )


def _span(since: date, until: date | None) -> str:
    start = f"{chinese_date(since)}起"
    return f"{start}，至{chinese_date(until)}" if until else start


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_plain, value))
    if isinstance(value, dict) and {"title", "since"} <= value.keys():
        return f"{value['title']}（{value['since']}）"
    return str(value)
