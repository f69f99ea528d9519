"""Documents that the superior wants studied (学习任务), and the records that studied them.

A record studied a document when 学习记录编号 names it, or, where that names none of this ledger, when the
title stands in the theme, topics, content or resolution of a sitting of the branch, whatever blanks and
marks stand in it. Only records up to the as-of day count, and none of a day before 成文日期: that record
cannot have studied it.

``study.done``: studied by the deadline, or at all where it is over. Parameters:
    min_title: titles shorter than this are not looked for in texts, and the task is unknown.
    at_risk_days: the last days in which an open task is at risk.
    asks: the words for the message.

``study.late``: studied first after the deadline. Parameters: min_title, asks.

``study.early``: 学习记录编号 names a record of a day before 成文日期. Parameters: asks.
    (A text that names the document too early is for ``record-anachronism``.)

Keys are ``rule@`` the number of the task. A task without a deadline is never missed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.finding import Finding, Status
from zhibu_cli.model.period import Span
from zhibu_cli.model.records import held_between
from zhibu_cli.rules.case import Case, make, open_or_missed, record_defect
from zhibu_cli.rules.duty import DAY, Verdict, asks, not_kept
from zhibu_cli.rules.rows import time_left
from zhibu_cli.rules.titles import FEW, Titles
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.model.work import StudyTask

PARAMETERS = {
    "done": {"min_title": "count", "at_risk_days": "count+", "asks": "text"},
    "late": {"min_title": "count", "asks": "text"},
    "early": {"asks": "text"},
}


class _Studied(NamedTuple):
    """A record that studied a document."""

    day: date
    id: str


def done(rule: Rule, case: Case) -> Iterator[Finding]:
    """Studied by the deadline, or at all where it is over."""
    search = _Search(case)
    for task in case.ledger.study_tasks:
        span = _span(case, task)
        version = rule.version_on(case.deciding_day(span.end))
        if version is None or not span.overlaps(case.asked) or span.start > case.outlook:
            continue
        studied = search.studied(version, task)
        verdict = _verdict(version, search, task, studied)
        yield make(
            rule,
            version,
            on=case.deciding_day(span.end),
            key=task.id,
            subject=case.record(task.id, f"《{task.title}》"),
            status=verdict.status,
            start=span.start,
            due=span.end if task.deadline or not studied else studied[0].day,
            required=1,
            found=len(studied),
            evidence=[one.id for one in studied],
            message=verdict.message,
        )


def _span(case: Case, task: StudyTask) -> Span:
    """From when it was to be studied until when; without a deadline to the end of the asked range.

    Where nobody wrote since when, it is as of today.
    """
    end = task.deadline or case.asked.end
    return Span(min(task.received or task.issued or case.as_of, end), end)


def _verdict(version: Version, search: _Search, task: StudyTask, studied: list[_Studied]) -> Verdict:
    case, name, deadline = search.case, f"《{task.title}》", task.deadline
    if studied:
        more = f"等{len(studied)}次" if len(studied) > 1 else ""
        return Verdict(Status.MET, f"{name}{chinese_date(studied[0].day)}{more}学习。")
    lost = _lost(search, task)
    if deadline is None:
        return Verdict(Status.PENDING, f"{name}没有写学习时限，尚未见学习记录。{lost}")
    status = open_or_missed(deadline, case.as_of, version.params["at_risk_days"])
    if status is not Status.MISSED:
        return Verdict(status, f"{name}尚未见学习记录，{time_left(deadline, case.as_of)}。{lost}")
    unkept = not_kept(case, "sitting", "", _span(case, task).start, deadline)
    if unkept is not None:
        return unkept
    if len(task.title) < version.params["min_title"]:
        facts = "名称太短，不在记录中查找；请填写学习记录编号，目前无法判断"
        return Verdict(Status.UNKNOWN, f"{name}{facts}。{lost}")
    words = f"{name}学习时限{chinese_date(deadline)}，至{chinese_date(case.as_of)}未见学习记录。"
    return Verdict(status, f"{words}{lost}{asks(version)}")


def _lost(search: _Search, task: StudyTask) -> str:
    """Numbers in 学习记录编号 that no record of this ledger bears."""
    known = {one.id for one in search.linked(task)}
    unknown = [number for number in task.records if _number(number) not in known]
    return f"学习记录编号“{'、'.join(unknown)}”在台账中没有，请核对。" if unknown else ""


def _number(text: str) -> str:
    return text.strip().upper()


class _Search:
    """Looks for the records that studied a document; a text is made ready once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._texts: dict[int, str] = {}
        """By the place of the sitting among all."""
        self._days = {entry.id: entry.day for entry in case.ledger.entries} if case.ledger.study_tasks else {}

    def studied(self, version: Version, task: StudyTask) -> list[_Studied]:
        """Those up to the deadline, in the order of days; where there is none, the first one after it.

        The search ends there: it would go through all later texts for each task.
        """
        last = self.case.as_of
        if task.deadline is not None:
            within = [*self.between(version, task, date.min, min(task.deadline, last))]
            if within or last <= task.deadline:
                return within
        after = task.deadline + DAY if task.deadline else date.min
        first = next(self.between(version, task, after, last), None)
        return [first] if first else []

    def linked(self, task: StudyTask) -> list[_Studied]:
        """The records that 学习记录编号 names and the ledger has, in the order of days."""
        numbers = dict.fromkeys(map(_number, task.records))
        return sorted(_Studied(day, number) for number in numbers if (day := self._days.get(number)))

    def between(self, version: Version, task: StudyTask, first: date, last: date) -> Iterator[_Studied]:
        """Those of the days from ``first`` to ``last``, in the order of days, none before 成文日期."""
        first = max(first, task.issued or date.min)
        linked = self.linked(task)
        if linked:
            yield from (one for one in linked if first <= one.day <= last)
        elif len(task.title) >= version.params["min_title"]:
            for place in self._naming(_plain(task.title), first, last):
                sitting = self.case.ledger.sittings[place]
                yield _Studied(sitting.day, sitting.id)

    def _naming(self, title: str, first: date, last: date) -> Iterator[int]:
        """Places of the sittings from ``first`` to ``last`` that name a document."""
        entries = self.case.ledger.sittings.entries
        within = range(*held_between(entries, first, last).indices(len(entries)))
        if len(self.case.ledger.study_tasks) > FEW:
            return (place for place in self._all_places.get(title, ()) if place in within)
        return (place for place in within if title in self._text(place))

    @property
    def _all_places(self) -> Mapping[str, Sequence[int]]:
        """What sittings name which title: one pass over all texts, whatever the number of titles."""
        if "titles" not in self.case.memo:
            plain = map(_plain, (task.title for task in self.case.ledger.study_tasks))
            titles, places = Titles(filter(None, plain)), defaultdict(list)
            for place in range(len(self.case.ledger.sittings.entries)):
                for title in titles.within(self._text(place)):
                    places[title].append(place)
            self.case.memo["titles"] = places
        found: Mapping[str, Sequence[int]] = self.case.memo["titles"]
        return found

    def _text(self, place: int) -> str:
        """What a sitting of the branch says, without blanks and marks; nothing of other sittings."""
        if place in self._texts:
            return self._texts[place]
        sitting = self.case.ledger.sittings[place]
        parts = (sitting.theme, *sitting.topics, sitting.content, sitting.resolution)
        life = all(self.case.ledger.catalogue.kind(kind).branch_life for kind in sitting.kinds)
        self._texts[place] = "\n".join(map(_plain, parts)) if life else ""
        return self._texts[place]


_MARKS = re.compile('[\\s《》〈〉<>“”"]+')


def _plain(text: str) -> str:
    return _MARKS.sub("", text)


def late(rule: Rule, case: Case) -> Iterator[Finding]:
    """Studied first after the deadline."""
    search = _Search(case)
    for task in case.ledger.study_tasks:
        deadline = task.deadline
        version = rule.version_on(deadline) if deadline and deadline < case.horizon else None
        if version is None or deadline is None:
            continue
        since = max(case.asked.start, deadline + DAY)
        found = next(search.between(version, task, since, case.horizon), None)
        if found and not any(search.between(version, task, date.min, since - DAY)):
            days = (found.day - deadline).days
            facts = f"学习时限{chinese_date(deadline)}，{chinese_date(found.day)}学习，晚{days}天"
            yield from _defect(rule, case, task, [found], f"{facts}。{asks(version)}")


def early(rule: Rule, case: Case) -> Iterator[Finding]:
    """学习记录编号 names a record of a day before 成文日期."""
    search = _Search(case)
    for task in case.ledger.study_tasks:
        issued = task.issued
        before = [one for one in search.linked(task) if issued and one.day < issued and one.day <= case.as_of]
        version = rule.version_on(before[0].day) if before else None
        if version is not None and issued is not None:
            shown = "、".join(f"{one.id}（{chinese_date(one.day)}）" for one in before)
            facts = f"成文日期{chinese_date(issued)}，学习记录编号中的{shown}在此以前，请核对"
            yield from _defect(rule, case, task, before, f"{facts}。{asks(version)}")


def _defect(
    rule: Rule, case: Case, task: StudyTask, records: list[_Studied], facts: str
) -> Iterator[Finding]:
    name = f"《{task.title}》"
    found = record_defect(rule, case, id_=task.id, name=name, day=records[0].day, message=f"{name}：{facts}")
    if found is not None:
        yield found
