"""The answer of a check in words, in the order in which a secretary wants it.

What fails, what is open, what cannot be judged, then what is met as a count for each duty.
Findings of one rule stand together, so that its articles and its remedy are told once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Status
from zhibu_cli.model.period import parse_period
from zhibu_cli.model.rule import Severity
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Ground

SECTIONS = (
    ("未见记录和问题", (Status.MISSED,)),
    ("尚未到期", (Status.AT_RISK, Status.PENDING)),
    ("无法判断", (Status.UNKNOWN,)),
    ("有情况说明", (Status.WAIVED,)),
)
COUNTED = (("已落实", Status.MET), ("不适用", Status.NOT_APPLICABLE))
NOTICE = "“未见记录”指台账中没有找到，不等于没有开展；不得补造记录。"


class Fact(NamedTuple):
    """One finding in a group: when, what, where to look."""

    when: str
    message: str
    finding: Finding

    @property
    def line(self) -> str:
        """The fact in one line, with the records it rests on."""
        own = self.finding.evidence == (self.finding.subject.id,)
        shown = f"（记录 {'、'.join(self.finding.evidence)}）" if self.finding.evidence and not own else ""
        when = f"{self.when}：" if self.when and not self.message.startswith(self.when) else ""
        return f"{when}{self.message}{shown}〔{self.tail}〕"

    @property
    def tail(self) -> str:
        """What follows the ``@`` of the key: a period, a record, a day."""
        return self.finding.key.partition("@")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Findings of one rule and status that share grounds and remedy."""

    mark: str
    title: str
    rule: str
    facts: tuple[Fact, ...]
    grounds: str
    fix: str

    @property
    def heading(self) -> str:
        """``【未见记录】支部委员会会议每月一次（3 项）``."""
        count = f"（{len(self.facts)} 项）" if len(self.facts) > 1 else ""
        return f"【{self.mark}】{self.title}{count}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the answer."""

    title: str
    groups: tuple[Group, ...]

    @property
    def size(self) -> int:
        """Number of findings."""
        return sum(len(group.facts) for group in self.groups)


def mark(finding: Finding) -> str:
    """The word in front of a finding: a duty shows its status, anything else its gravity.

    Without a required number nothing is missing: something recorded is not as it should be.
    """
    if finding.status is not Status.MISSED:
        return finding.label
    if not finding.owes_record:
        return finding.severity.label
    return finding.label + ("" if finding.severity is Severity.ERROR else f"·{finding.severity.label}")


def heading(result: CheckResult) -> tuple[str, str]:
    """Name of the branch, and the range with the day it is judged by."""
    asked = f"{chinese_date(result.asked.start)}至{chinese_date(result.asked.end)}"
    as_of = f"{chinese_date(result.as_of)}（{weekday(result.as_of)}）"
    return f"{result.branch.name}　台账核对", f"核对范围：{asked}；按{as_of}的情况判断"


def remarks(result: CheckResult) -> tuple[str, ...]:
    """What the reader should know about the answer itself."""
    return tuple(f"注意：{note}" for note in result.notes)


def verdict(result: CheckResult) -> tuple[str, ...]:
    """The whole answer in a few lines, one for each part that is not empty."""
    lines = [line for section in sections(result) for line in _verdict_lines(section)]
    for title, status in COUNTED:
        number = sum(finding.status is status for finding in result.findings)
        lines += [f"{title} {number} 项"] if number else []
    return tuple(lines) or ("所选范围内没有可核对的事项。",)


def _verdict_lines(section: Section) -> list[str]:
    marks: dict[str, dict[str, int]] = {}
    for group in section.groups:
        titles = marks.setdefault(group.mark, {})
        titles[group.title] = titles.get(group.title, 0) + len(group.facts)
    return [f"{name} {sum(titles.values())} 项：{_numbered(titles)}" for name, titles in marks.items()]


def _numbered(titles: dict[str, int]) -> str:
    return "；".join(f"{title}（{number}）" if number > 1 else title for title, number in titles.items())


def sections(result: CheckResult) -> tuple[Section, ...]:
    """The parts that are told finding by finding, empty ones left out."""
    parts = []
    for title, statuses in SECTIONS:
        chosen = [finding for finding in result.findings if finding.status in statuses]
        if chosen:
            parts.append(Section(title=title, groups=tuple(_groups(chosen, statuses))))
    return tuple(parts)


def _groups(findings: Sequence[Finding], statuses: tuple[Status, ...]) -> Iterable[Group]:
    first: dict[str, int] = {}
    for place, finding in enumerate(findings):
        first.setdefault(finding.rule, place)

    def order(finding: Finding) -> tuple[int, bool, int, int]:
        place = statuses.index(finding.status)
        return (place, finding.about_record, finding.severity.rank, first[finding.rule])

    def key(finding: Finding) -> tuple[str, str, str, str]:
        return (finding.rule, mark(finding), cited(finding.grounds), finding.fix)

    for _, same in groupby(sorted(findings, key=order), key=key):
        yield _group(tuple(same))


def _group(findings: tuple[Finding, ...]) -> Group:
    head = findings[0]
    return Group(
        mark=mark(head),
        title=head.title,
        rule=head.rule,
        facts=tuple(
            Fact(when=when(finding), message=finding.message, finding=finding) for finding in findings
        ),
        grounds=cited(head.grounds),
        fix=head.fix.replace("`", ""),
    )


def when(finding: Finding) -> str:
    """The period in Chinese; for a record its number and name; else nothing."""
    if finding.period:
        period = parse_period(finding.period)
        name = period.label if period else finding.period
        plain = finding.subject.kind in {"branch", "committee"}
        return name if plain else f"{name} {finding.subject.name}"
    return "" if finding.subject.kind in {"branch", "committee"} else finding.subject.name


def cited(grounds: Iterable[Ground]) -> str:
    """``《…》第十一条（至少）；《…》第十二条（一般，条号待核）``."""
    return "；".join(citation(ground) for ground in grounds)


def citation(ground: Ground) -> str:
    """One article, the strength of its text, and whether it was checked against the document."""
    notes = [ground.wording] if ground.wording else []
    if not ground.verified:
        notes.append("条号待核")
    gap = "" if "《" in ground.source.title else "·"
    return f"{ground.source.title}{gap}{ground.article}" + (f"（{'，'.join(notes)}）" if notes else "")


def counted(result: CheckResult, status: Status) -> tuple[tuple[str, int], ...]:
    """Title of each duty and number of its findings in that status."""
    numbers: dict[str, int] = {}
    for finding in result.findings:
        if finding.status is status:
            numbers[finding.title] = numbers.get(finding.title, 0) + 1
    return tuple(numbers.items())


def explained(finding: Finding) -> str:
    """The 情况说明 that stands with a finding, or nothing."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    approval = f"；批准文号 {waiver.approval}" if waiver.approval else ""
    return f"{waiver.reason}（{waiver.by}，{chinese_date(waiver.on)}{approval}）"


def advice(result: CheckResult) -> str:
    """How to write a 情况说明, with a key out of this very answer; nothing where nothing was missed."""
    first = next(iter(sections(result)), None)
    if first is None or first.title != SECTIONS[0][0]:
        return ""
    key = first.groups[0].facts[0].finding.key
    return f"确有特殊情况的，用 zhibu waive 规则@〔〕中的编号 --reason … 写情况说明，如 {key}。"


def markdown(result: CheckResult) -> str:
    """The answer as a Markdown paper."""
    title, scope = heading(result)
    lines = [
        f"# {title}",
        "",
        scope,
        "",
        *(f"> {_safe(line)}\n" for line in remarks(result)),
        "## 结论",
        "",
        *(f"- {_safe(line)}" for line in verdict(result)),
        "",
    ]
    for section in sections(result):
        lines += [f"## {section.title}（{section.size} 项）", ""]
        for group in section.groups:
            lines += _markdown_group(group)
    for name, status in COUNTED:
        rows = counted(result, status)
        if rows:
            lines += [f"## {name}", "", "| 事项 | 项数 |", "|---|---|"]
            lines += [f"| {_safe(row)} | {number} |" for row, number in rows] + [""]
    return "\n".join([*lines, NOTICE + _safe(advice(result)), ""])


def _markdown_group(group: Group) -> list[str]:
    lines = [f"### {_safe(group.heading)}　{group.rule}", ""]
    for fact in group.facts:
        lines.append(f"- 事实：{_safe(fact.line)}")
        if text := explained(fact.finding):
            lines.append(f"  - 情况说明：{_safe(text)}")
    lines += [f"- 依据：{_safe(group.grounds)}"] if group.grounds else []
    lines += [f"- 处理：{_safe(group.fix)}"] if group.fix else []
    return [*lines, ""]


def _safe(text: str) -> str:
    """The text so that Markdown shows it as it was written."""
    flat = " ".join(text.split())
    for char in "\\`*_[]<>#|":
        flat = flat.replace(char, "\\" + char)
    return flat
