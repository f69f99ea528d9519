"""Findings in words, in the order in which a secretary wants them.

What fails, what is open, what cannot be judged, then what is met as a count for each duty.
Findings of one rule stand together, so that its articles and its remedy are told once.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import parse_period
from zhibu_cli.model.rule import Severity
from zhibu_cli.text import chinese_date, display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Ground

FAILURES = "未见记录和问题"
SECTIONS = (
    (FAILURES, (Status.MISSED,)),
    ("尚未到期", (Status.AT_RISK, Status.PENDING)),
    ("无法判断", (Status.UNKNOWN,)),
    ("有情况说明", (Status.WAIVED,)),
)
COUNTED = (("已落实", Status.MET), ("不适用", Status.NOT_APPLICABLE))
NOTICE = "“未见记录”指台账中没有找到，不等于没有开展；不得补造记录。"
NOTHING = "所选范围内没有可核对的事项。"
INTERNAL = "内部核对清单，勿外传"
"""Stands over whatever names a member."""
NAMED = frozenset({SubjectKind.MEMBER, SubjectKind.PAIR})


class Fact(NamedTuple):
    """One finding in a group: when, what, where to look."""

    when: str
    message: str
    finding: Finding

    @property
    def line(self) -> str:
        """The fact in one line, with the records it rests on."""
        return self._line(self.message)

    @property
    def whole(self) -> str:
        """The same with what is told only to those who ask for more."""
        return self._line(self.message + self.finding.detail)

    def _line(self, message: str) -> str:
        shown = f"（记录 {'、'.join(self.records)}）" if self.records else ""
        return f"{self.told(message)}{shown}〔{self.tail}〕"

    def told(self, message: str) -> str:
        """A message behind its period and subject, unless it names them itself."""
        return f"{self.when}：{message}" if self.when and not message.startswith(self.when) else message

    @property
    def records(self) -> tuple[str, ...]:
        """The records it rests on, apart from the one it is about."""
        return () if self.finding.evidence == (self.finding.subject.id,) else self.finding.evidence

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
    remedy: str
    """``fix`` for a reader who has no program."""

    @property
    def heading(self) -> str:
        """``【未见记录】支部委员会会议每月一次（3 项）``."""
        count = f"（{len(self.facts)} 项）" if len(self.facts) > 1 else ""
        return f"【{self.mark}】{self.title}{count}"

    @property
    def grave(self) -> bool:
        """Whether something must be put right: the mark tells gravity, so one finding speaks for all."""
        head = self.facts[0].finding
        return head.status is Status.MISSED and head.severity is Severity.ERROR

    @property
    def names_members(self) -> bool:
        """Whether a finding may name somebody."""
        return any(may_name(fact.finding) for fact in self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the answer."""

    title: str
    groups: tuple[Group, ...]

    @property
    def size(self) -> int:
        """Number of findings."""
        return sum(len(group.facts) for group in self.groups)

    @property
    def names_members(self) -> bool:
        """Whether it may not leave the branch."""
        return any(group.names_members for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLine:
    """What has one status, in one line: the word, the number of findings, their duties."""

    mark: str
    number: int
    grave: bool = False
    """It is to be put right: a record is missing that must be there, or one is not as it must be."""
    titles: tuple[str, ...] = ()
    """``支部党员大会每季度至少一次（2）``; empty where the number is enough."""

    def __str__(self) -> str:
        """The whole line."""
        return self.within(0)

    def within(self, columns: int) -> str:
        """The line in so many columns of a terminal, the rest of a long list as a count; 0: whole."""
        head = f"{self.mark} {self.number} 项" + ("：" if self.titles else "")
        for kept in range(len(self.titles), 0, -1):
            rest = f"…等 {len(self.titles)} 个事项" if kept < len(self.titles) else ""
            line = head + "；".join(self.titles[:kept]) + rest
            if not columns or kept == 1 or display_width(line) <= columns:
                return line
        return head


def may_name(finding: Finding) -> bool:
    """Whether it is about a member or a pair, or about a record: who chaired it, who was voted on."""
    return finding.about_record or finding.subject.kind in NAMED


def mark(finding: Finding) -> str:
    """The word in front of a finding: a duty shows its status, anything else its gravity.

    Without a required number nothing is missing: something recorded is not as it should be.
    """
    if finding.status is not Status.MISSED:
        return finding.label
    if not finding.owes_record:
        return finding.severity.label
    return finding.label + ("" if finding.severity is Severity.ERROR else f"·{finding.severity.label}")


def verdict(findings: Sequence[Finding]) -> tuple[VerdictLine, ...]:
    """The whole answer in a few lines, one for each word that is used; empty for no findings."""
    lines = [line for section in sections(findings) for line in _verdict_lines(section)]
    for title, status in COUNTED:
        number = sum(finding.status is status for finding in findings)
        lines += [VerdictLine(mark=title, number=number)] if number else []
    return tuple(lines)


def verdict_told(findings: Sequence[Finding], columns: int = 160) -> tuple[str, ...]:
    """The verdict for a paper: lines of at most so many columns, never none."""
    return tuple(line.within(columns) for line in verdict(findings)) or (NOTHING,)


def _verdict_lines(section: Section) -> list[VerdictLine]:
    marks: dict[str, dict[str, int]] = {}
    grave = {group.mark for group in section.groups if group.grave}
    for group in section.groups:
        titles = marks.setdefault(group.mark, {})
        titles[group.title] = titles.get(group.title, 0) + len(group.facts)
    return [
        VerdictLine(
            mark=name, number=sum(titles.values()), titles=tuple(_numbered(titles)), grave=name in grave
        )
        for name, titles in marks.items()
    ]


def _numbered(titles: dict[str, int]) -> list[str]:
    return [f"{title}（{number}）" if number > 1 else title for title, number in titles.items()]


def sections(findings: Sequence[Finding]) -> tuple[Section, ...]:
    """The parts that are told finding by finding, empty ones left out."""
    parts = []
    for title, statuses in SECTIONS:
        chosen = [finding for finding in findings if finding.status in statuses]
        if chosen:
            parts.append(Section(title=title, groups=tuple(grouped(chosen, statuses))))
    return tuple(parts)


_HINTS = frozenset({Severity.INFO, Severity.REMIND})
"""Told behind all that has to be put right or explained."""


def grouped(findings: Sequence[Finding], statuses: tuple[Status, ...]) -> Iterable[Group]:
    """Findings of these statuses by rule, the statuses in their order."""
    first: dict[str, int] = {}
    for place, finding in enumerate(findings):
        first.setdefault(finding.rule, place)

    def order(finding: Finding) -> tuple[int, bool, bool, int, int]:
        place, hint = statuses.index(finding.status), finding.severity in _HINTS
        return (place, hint, finding.about_record, finding.severity.rank, first[finding.rule])

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
        fix=plain(head.fix),
        remedy=remedy(head.fix),
    )


class Unjudged(NamedTuple):
    """What cannot be judged for one and the same reason."""

    reason: str
    titles: tuple[str, ...]
    """``主题党日每月一次（12）``."""
    number: int


def by_reason(section: Section) -> tuple[tuple[Unjudged, ...], tuple[Group, ...]]:
    """Of findings that cannot be judged: reasons that several share, and the groups that are left.

    A finding with a 情况说明 is told by itself.
    """
    facts = [fact for group in section.groups for fact in group.facts if fact.finding.waiver is None]
    reasons = Counter(map(reason_of, facts))
    shared: dict[str, dict[str, int]] = {}
    for fact in facts:
        if reasons[reason_of(fact)] > 1:
            titles = shared.setdefault(reason_of(fact), {})
            titles[fact.finding.title] = titles.get(fact.finding.title, 0) + 1
    left = (
        replace(
            group,
            facts=tuple(one for one in group.facts if one.finding.waiver or reason_of(one) not in shared),
        )
        for group in section.groups
    )
    told = tuple(Unjudged(one, tuple(_numbered(titles)), reasons[one]) for one, titles in shared.items())
    return told, tuple(group for group in left if group.facts)


def reason_of(fact: Fact) -> str:
    """The message without whom it is about and without its full stop."""
    return fact.message.removeprefix(f"{fact.finding.subject.name}：").rstrip("。")


def plain(fix: str) -> str:
    """A remedy without the marks around commands."""
    return fix.replace("`", "")


_COMMANDS = re.compile(r"用 ?`zhibu [^`]*`(?: ?(?:或者?|、) ?`zhibu [^`]*`)* ?")


def remedy(fix: str) -> str:
    """A remedy for a reader who has no program: the same without the commands."""
    return plain(_COMMANDS.sub("", fix))


def unprompted(note: str) -> str:
    """A note for a reader who has no program: without the clauses that name a command."""
    kept = "".join(clause for clause in re.findall("[^；。]+[；。]?", note) if "zhibu " not in clause)
    return re.sub("；$", "。", kept)


def when(finding: Finding) -> str:
    """The period in Chinese; for a record its number and name; else nothing."""
    if finding.period:
        name = period_label(finding.period)
        common = finding.subject.kind in {"branch", "committee"}
        return name if common else f"{name} {finding.subject.name}"
    return "" if finding.subject.kind in {"branch", "committee"} else finding.subject.name


def period_label(key: str) -> str:
    """``2026年第一季度`` for ``2026-Q1``; what is no natural period stays as it is."""
    period = parse_period(key)
    return period.label if period else key


def cited(grounds: Iterable[Ground]) -> str:
    """``《…》第十一条（至少）；《…》第十二条（一般，条号待核）``."""
    return "；".join(citation(ground) for ground in grounds)


def citation(ground: Ground) -> str:
    """One article with its document, the strength of its text, and whether it was checked against it."""
    gap = "" if "《" in ground.source.title else "·"
    return f"{ground.source.title}{gap}{article(ground)}"


def article(ground: Ground) -> str:
    """The same without the document."""
    notes = [ground.wording] if ground.wording else []
    if not ground.verified:
        notes.append("条号待核")
    return ground.article + (f"（{'，'.join(notes)}）" if notes else "")


def counted(findings: Iterable[Finding], status: Status) -> tuple[tuple[str, int], ...]:
    """Title of each duty and number of its findings in that status."""
    numbers: dict[str, int] = {}
    for finding in findings:
        if finding.status is status:
            numbers[finding.title] = numbers.get(finding.title, 0) + 1
    return tuple(numbers.items())


def explained(finding: Finding) -> str:
    """The 情况说明 that stands with a finding, or nothing."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    approval = f"；批准文号 {waiver.approval}" if waiver.approval else ""
    approval += f"，{chinese_date(waiver.approved_on)}批准" if waiver.approval and waiver.approved_on else ""
    return f"{waiver.reason}（{waiver.by}，{chinese_date(waiver.on)}{approval}）"


def advice(findings: Sequence[Finding]) -> str:
    """How to write a 情况说明, with a key out of this very answer; nothing where nothing was missed."""
    first = next(iter(sections(findings)), None)
    if first is None or first.title != SECTIONS[0][0]:
        return ""
    key = first.groups[0].facts[0].finding.key
    return f"确有特殊情况的，用 zhibu waive 规则@〔〕中的编号 --reason … 写情况说明，如 {key}。"
