"""Duties line by line out of findings: what is owed, by when, by whom; the same for due and plan.

Nothing is judged here: a line is what findings of one rule and one period have in common. Many members,
pairs or groups that owe the same are one line with their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.fixed_day import parse_fixed_day
from zhibu_cli.model.period import Unit, parse_period
from zhibu_cli.model.roster import SECRETARY
from zhibu_cli.report.told import article, citation, cited
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.finding import Finding, Subject
    from zhibu_cli.model.fixed_day import DayInMonth
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.rule import Ground

THEME_DAY = "theme_day"
"""The kind of record for which a branch fixes a day."""
UNSETTLED = "待核"
_UNSETTLED = f"{UNSETTLED}：所据文件现行效力待核，材料中不引用。"
_REMIND = {Unit.MONTH: 3, Unit.QUARTER: 7}
_REMIND_ELSE = 14
_OPENS = "期满"
"""In the title of a rule: its day is the first on which something may be done, not the last."""
_BODIES = frozenset({SubjectKind.BRANCH, SubjectKind.COMMITTEE, SubjectKind.GROUP})
_COUNTED = {SubjectKind.GROUP: "{}个党小组", SubjectKind.MEMBER: "{}人", SubjectKind.PAIR: "{}对"}
_OF_MANY = {
    SubjectKind.GROUP: "{}个党小组的组长",
    SubjectKind.MEMBER: "{}名党员",
    SubjectKind.PAIR: "{}对支委",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One duty of one period, or one condition, whoever owes it."""

    key: str
    """What the keys of its findings have in common: ``rule@period`` or ``rule@due``."""
    kind: str
    """The kind of record that the rule looks for; empty: none."""
    due: date
    fixed: DayInMonth | None
    """For the theme day of a month: its fixed day."""
    post: str
    """Who sees to it, without names: 书记, 书记召集, 3个党小组的组长."""
    who: str
    """The same with the name of whoever holds the post that day, where that is known."""
    findings: tuple[Finding, ...]

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.findings[0].rule

    @property
    def day(self) -> date:
        """The fixed day, else the last day."""
        return (self.fixed and self.fixed.day) or self.due

    @property
    def title(self) -> str:
        """The rule's title, with the number of those who owe it where there are several."""
        return self.findings[0].title + self.number

    @property
    def number(self) -> str:
        """``（12人）``, ``（10对）``, ``（3个党小组）``; empty for one."""
        many = len(self.findings)
        form = _COUNTED.get(self.findings[0].subject.kind, "{}项")
        return f"（{form.format(many)}）" if many > 1 else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Groups, members and pairs that owe it."""
        return tuple(_called(one.subject) for one in self.findings if one.subject.kind in _COUNTED)

    @property
    def names_people(self) -> bool:
        """Whether subject or facts name single people: members, pairs, a row about somebody."""
        return self.findings[0].subject.kind not in _BODIES

    @property
    def grounds(self) -> str:
        """Documents and articles."""
        return cited(self.findings[0].grounds)

    @property
    def unit(self) -> Unit | None:
        """Month, quarter or year; None: a condition or a term."""
        period = parse_period(self.findings[0].period or "")
        return period.unit if period else None

    @property
    def opens(self) -> bool:
        """Whether the due day begins the time for it, as the end of a probation does."""
        head = self.findings[0]
        return head.period is None and _OPENS in head.title

    @property
    def last(self) -> str:
        """``最迟2026年12月31日``; ``2026年12月16日期满，其后及时办理``."""
        day = chinese_date(self.due)
        return f"{day}{_OPENS}，其后及时办理" if self.opens else f"最迟{day}"

    @property
    def remind_days(self) -> int:
        """How many days before it a calendar reminds of it."""
        return _REMIND.get(self.unit, _REMIND_ELSE) if self.unit else _REMIND_ELSE


class Articles:
    """Articles, numbered in the order in which the rows use them.

    ``silent``: ids of documents that are not cited; what rests on them alone is 待核.
    """

    def __init__(self, silent: Collection[str] = ()) -> None:
        self.silent = silent
        self.unnamed = False
        """Whether something rests on documents alone that are not cited."""
        self.numbers: dict[str, int] = {}
        self.grounds: dict[str, list[str]] = {}

    def refs(self, grounds: Iterable[Ground]) -> str:
        """``1、2``; 待核 where no ground may be cited, nothing where there is none."""
        listed = tuple(grounds)
        cited_ = [one for one in listed if one.source.id not in self.silent]
        if listed and not cited_:
            self.unnamed = True
            return UNSETTLED
        return "、".join(str(self._number(one)) for one in cited_)

    def _number(self, ground: Ground) -> int:
        known = citation(ground)
        if known not in self.numbers:
            self.numbers[known] = len(self.numbers) + 1
            articles = self.grounds.setdefault(ground.source.title, [])
            articles.append(f"{self.numbers[known]}. {article(ground)}")
        return self.numbers[known]

    @property
    def by_document(self) -> tuple[str, ...]:
        """``《…》：1. 第十一条（至少）；3. 第十二条（一般）``: no title twice, for what must fit one page."""
        return tuple(f"{title}：{'；'.join(articles)}" for title, articles in self.grounds.items())

    @property
    def listed(self) -> tuple[str, ...]:
        """``1.《…》第十一条（至少）``."""
        lines = tuple(f"{number}. {text}" for text, number in self.numbers.items())
        return (*lines, _UNSETTLED) if self.unnamed else lines


def gather(
    ledger: Ledger, findings: Iterable[Finding], kinds: Mapping[str, str], *, each_group: bool = False
) -> tuple[Owed, ...]:
    """One line for all findings of a rule that share period and due day, the earlier due day first.

    ``kinds``: rule id -> the kind of record it looks for. ``each_group``: groups have lines of their own.
    """
    lines: dict[tuple[str, date], list[Finding]] = {}
    for finding in findings:
        alone = each_group and finding.subject.kind is SubjectKind.GROUP
        key = finding.key if alone else finding.key.partition("/")[0]
        lines.setdefault((key, finding.due), []).append(finding)
    owed = [_line(ledger, key, due, same, kinds) for (key, due), same in lines.items()]
    return tuple(sorted(owed, key=lambda line: line.due))


def _line(ledger: Ledger, key: str, due: date, findings: Sequence[Finding], kinds: Mapping[str, str]) -> Owed:
    kind = kinds.get(findings[0].rule, "")
    fixed = _fixed(ledger, findings[0]) if kind == THEME_DAY else None
    return Owed(
        key=key,
        kind=kind,
        due=due,
        fixed=fixed,
        post=_seen_to(ledger, findings, None),
        who=_seen_to(ledger, findings, (fixed and fixed.day) or due),
        findings=tuple(findings),
    )


def _fixed(ledger: Ledger, finding: Finding) -> DayInMonth | None:
    period = parse_period(finding.period or "")
    fixed = parse_fixed_day(ledger.branch.theme_day)
    if period is None or period.unit is not Unit.MONTH or fixed is None:
        return None
    return fixed.day_in(period.start.year, period.start.month, ledger.work_calendar)


def _seen_to(ledger: Ledger, findings: Sequence[Finding], day: date | None) -> str:
    """Who sees to it; ``day``: with the names of those who hold the post that day."""
    subject = findings[0].subject
    if findings[0].period is None and subject.kind not in _BODIES:
        # a condition: whom it is about is told by the fact, and is not who sees to it
        return secretary(ledger, day)
    if len(findings) > 1:
        return _OF_MANY.get(subject.kind, "{}项").format(len(findings))
    if subject.kind is SubjectKind.COMMITTEE:
        return f"{secretary(ledger, day)}召集"
    if subject.kind is SubjectKind.GROUP:
        group = ledger.roster.groups_by_id.get(subject.id)
        leader = ledger.roster.name_of(group.leader) if group and group.leader and day else ""
        return f"{subject.name}组长{leader}"
    if subject.kind in {SubjectKind.MEMBER, SubjectKind.PAIR}:
        return _called(subject) if day else _OF_MANY[subject.kind].format(1)
    return secretary(ledger, day)


def _called(subject: Subject) -> str:
    """A pair as 王五与张三: in a list of pairs 、 stands between them."""
    return subject.name.replace("、", "与") if subject.kind is SubjectKind.PAIR else subject.name


def holders(ledger: Ledger, line: Owed) -> tuple[str, ...]:
    """Names of those who see to a line, as far as the posts of that day tell; nobody for talks."""
    subject = line.findings[0].subject
    if subject.kind is SubjectKind.GROUP:
        group = ledger.roster.groups_by_id.get(subject.id)
        return (ledger.roster.name_of(group.leader),) if group and group.leader else ()
    if subject.kind not in {SubjectKind.BRANCH, SubjectKind.COMMITTEE}:
        return ()
    return tuple(map(ledger.roster.name_of, ledger.roster.holders(SECRETARY, line.day)))


def secretary(ledger: Ledger, day: date | None) -> str:
    """书记 with the name of whoever holds the post on the day; without a day the post alone."""
    title = ledger.catalogue.register("post").field("post").term(SECRETARY)
    holders = ledger.roster.holders(SECRETARY, day) if day else ()
    return title + "、".join(map(ledger.roster.name_of, holders))


def unjudged(findings: Iterable[Finding], lead: str) -> tuple[str, ...]:
    """A sentence for every reason for which the ledger cannot tell whether duties are owed or met."""
    why: dict[str, str] = {}
    for one in findings:
        if one.status is Status.UNKNOWN and one.plannable:
            why.setdefault(one.title, one.message.partition("，")[0].rstrip("。"))
    reasons = dict.fromkeys(why.values())
    return tuple(f"{lead}（{one}）：{'；'.join(t for t in why if why[t] == one)}。" for one in reasons)


def unknown_years(lines: Iterable[Owed]) -> tuple[str, ...]:
    """A word for every year whose days off are not known, so that its fixed days were not shifted."""
    years = {line.due.year for line in lines if line.fixed is not None and line.fixed.shifted is None}
    how = (
        "公布后逐日登记：zhibu record calendar-day --date … --nature 放假（或 调休上班），"
        "或填在“放假安排”表中用 zhibu import 导入"
    )
    return tuple(f"{year}年的放假安排未登记全，主题党日固定日没有顺延；{how}。" for year in sorted(years))
