"""Lectures, talks, subjects of activities, appraisal: what the records say about education."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.model.roster import SECRETARY
from zhibu_cli.model.voted import known_to, voted_on
from zhibu_cli.report.figures import Balance, absent, count
from zhibu_cli.report.life import theme_of
from zhibu_cli.report.views import Figure
from zhibu_cli.report.wording import NOT_SEEN, in_line, missing, quoted, said, shortened
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from zhibu_cli.model.period import Span
    from zhibu_cli.model.roster import Member
    from zhibu_cli.model.sitting import AppraisalRow, Sitting, Talk
    from zhibu_cli.report.scope import Scope

_LONG = 60
"""Characters of a theme or agenda line in a sentence."""

STUDY = ("学习", "研讨", "读书", "传达", "宣讲")
CONDUCT = ("廉政", "廉洁", "警示", "纪律", "作风", "八项规定", "违纪", "意识形态", "保密")
SERVICE = ("志愿", "服务", "帮扶", "慰问", "走访", "调研", "共建", "联学", "攻坚", "营商", "业务")


class Subject(NamedTuple):
    """Sittings about a subject, each with the line of its theme or agenda that says so."""

    figure: Figure
    held: tuple[tuple[Sitting, str], ...]

    def listed(self, *, dated: bool = False) -> str:
        """Days and lines, for a sentence: ``7月20日“…”；8月20日“…”``; ``dated``: with the year."""
        return "；".join(
            f"{chinese_date(s.day) if dated else f'{s.day.month}月{s.day.day}日'}"
            f"{said(shortened(in_line(line), _LONG))}"
            for s, line in self.held
        )


def about(key: str, label: str, held: Iterable[Sitting], words: Sequence[str], when: str = "本期") -> Subject:
    """Sittings whose theme or agenda contains one of the words; the words stand in the rule."""
    said = ((s, _line_with(words, (s.theme, *s.topics))) for s in held)
    found = tuple((s, line) for s, line in said if line)
    listed = "”“".join(words)
    rule = f"{when}组织生活记录中，主题或议题含“{listed}”字样之一的"
    reason = f"{when}记录的主题和议题中没有这些字样，不等于没有这方面的内容"
    numbers = (s.id for s, _ in found)
    return Subject(count(key, label, numbers, rule, unit="场", reason=reason), found)


def subjects(held: Sequence[Sitting]) -> dict[str, Subject]:
    """The three subjects that papers speak of: ``study``, ``conduct``, ``service``."""
    return {
        "study": about("study", "含学习内容的组织生活", held, STUDY),
        "conduct": about("conduct", "含廉政、纪律、意识形态内容的组织生活", held, CONDUCT),
        "service": about("service", "含业务融合、服务群众内容的组织生活", held, SERVICE),
    }


def _line_with(words: Sequence[str], lines: Iterable[str]) -> str:
    return next((line for line in lines if any(word in line for word in words)), "")


def lectures(scope: Scope, held: Iterable[Sitting]) -> str:
    """Lectures with day, title and lecturer."""
    told = (
        (s, quoted(shortened(in_line(theme_of(s)), _LONG)), lecturer_name(scope, s))
        for s in held
        if "lecture" in s.kinds
    )
    return "；".join(f"{s.day.month}月{s.day.day}日{title}，主讲人{name}" for s, title, name in told)


def agendas(held: Iterable[Sitting], kind: str, *, at_most: int) -> str:
    """The agendas of the sittings of a kind, by day; nothing where there are more than can be told."""
    found = [s for s in held if kind in s.kinds and s.topics]
    if len(found) > at_most:
        return ""
    lines = ((s, (shortened(in_line(topic), _LONG) for topic in s.topics[:at_most])) for s in found)
    return "；".join(f"{s.day.month}月{s.day.day}日，{'、'.join(topics)}" for s, topics in lines)


def lecturer_name(scope: Scope, sitting: Sitting) -> str:
    """The lecturer, else a visible blank."""
    person = sitting.lecturer
    return in_line(scope.roster.name_of(person.ref)) if person else missing("主讲人")


def own_lectures(scope: Scope, held: Iterable[Sitting], secretary: str) -> tuple[Figure, tuple[Sitting, ...]]:
    """Lectures that the secretary of the paper's last day held, in office then or not."""
    mine = tuple(s for s in held if _same(scope, _lecturer(s), secretary))
    return _lectures(mine, f"本期党课记录中主讲人为{chinese_date(scope.horizon)}在任书记本人的"), mine


def lectures_in_office(scope: Scope, held: Iterable[Sitting]) -> Figure:
    """Lectures held by whoever was secretary that day (意见（六））; a year may have had two."""
    found = (s for s in held if scope.roster.id_of(_lecturer(s)) in scope.roster.holders(SECRETARY, s.day))
    return _lectures(found, "本期党课记录中主讲人为讲课当日在任书记的")


def _lectures(found: Iterable[Sitting], rule: str) -> Figure:
    return count(
        "own_lectures", "书记讲党课", (s.id for s in found), rule, unit="次",
        reason="党课记录中没有写明由书记主讲的", none=NOT_SEEN,
    )  # fmt: skip


def _lecturer(sitting: Sitting) -> str:
    return sitting.lecturer.ref if "lecture" in sitting.kinds and sitting.lecturer else ""


def _same(scope: Scope, ref: str, secretary: str) -> bool:
    return bool(ref and secretary) and scope.roster.id_of(ref) == secretary


_DECIDED = frozenset({"conversion", "extension", "revocation"})


def unregistered(scope: Scope, held: Iterable[Sitting], matter: str) -> tuple[Sitting, ...]:
    """Sittings with a vote of the 事项类别 on somebody of whom the roster has no such change on any day.

    The 转正时间 may lie before the meeting, in another quarter or year.
    """
    known = known_to(scope.roster)
    votes = ((s, vote) for s in held for vote in s.votes if vote.matter == matter)
    names = ((s, name) for s, vote in votes for name in voted_on(vote.object, known).names)
    return tuple(s for s, name in names if not any(_has(scope, one, matter) for one in _called(scope, name)))


def _called(scope: Scope, ref: str) -> Sequence[Member]:
    member = scope.roster.by_id.get(ref)
    return [member] if member else scope.roster.named(ref)


def _has(scope: Scope, member: Member, matter: str) -> bool:
    """Admitted is whoever is on the roster; what a vote on conversion ended in stands with the member."""
    decided = any(event.matter in _DECIDED for event in member.events)
    return matter != "conversion" or decided or bool(member.converted) or member.is_full(scope.horizon)


class Talks(NamedTuple):
    """Figures of the talks of a period."""

    times: Figure
    covered: Figure
    collective: Figure
    own: Figure


def talks(scope: Scope, secretary: str, span: Span | None = None) -> Talks:
    """Count the talks of the period or of other days; a collective one covers nobody and is counted apart."""
    days = span or scope.span
    when = f"{chinese_date(days.start)}至{chinese_date(days.end)}" if span else "本期"
    one = f"{when}谈心谈话记录中一对一的"
    held = tuple(talk for talk in scope.ledger.talks if talk.day in days)
    single = tuple(talk for talk in held if talk.one_to_one)
    begins = scope.ledger.begins("talk", "talk")
    reason = f"{when}谈心谈话登记中没有记录"
    if begins is None or begins > days.end:
        reason = "台账尚未启用谈心谈话登记，不能据此判断是否开展"
    elif begins > days.start:
        reason = f"谈心谈话自{chinese_date(begins)}起登记，此前情况不能判断"
    people = {(ref, talk.day) for talk in single for ref in _sides(talk)}
    found = {m.id for ref, day in people if (m := scope.roster.find(ref)) and m.in_branch(day)}
    known = sorted(found, key=lambda number: (len(number), number))
    mine = (talk for talk in single if any(_same(scope, ref, secretary) for ref in _sides(talk)))
    return Talks(
        times=count(
            "talks", "谈心谈话", (t.id for t in single), f"{one}，一条记录计一次", unit="次",
            reason=reason, none=NOT_SEEN,
        ),
        covered=count(
            "talks_covered", "谈心谈话覆盖党员", known,
            f"{one}，双方谈话当日在册的党员每人计一次，包括后来转出的", unit="名", reason=reason,
            none="0" if single else NOT_SEEN,
        ),
        collective=count(
            "talks_collective", "集体谈话", (t.id for t in held if not t.one_to_one),
            f"{when}谈话记录中一方不止一人的，不计入谈心谈话次数和覆盖人数", unit="次",
            reason=f"{when}没有集体谈话记录",
        ),
        own=count(
            "own_talks", "书记参加的谈心谈话", (t.id for t in mine),
            f"{one}、一方为{chinese_date(scope.horizon)}在任书记的", unit="次",
            reason=f"{when}谈心谈话记录中没有一方为书记的" if single else reason, none=NOT_SEEN,
        ),
    )  # fmt: skip


def _sides(talk: Talk) -> tuple[str, ...]:
    return (*talk.talkers, *talk.partners)


def hours(held: Iterable[Sitting]) -> Figure:
    """Credit hours written on the records of the period, added up by sitting."""
    stated = {s.id: s.hours for s in held if s.hours}
    rule = "本期组织生活记录“学时”栏所填学时按场相加，不是人均学时"
    if not stated:
        return absent("hours", "记录学时", rule, reason="本期组织生活记录未填学时", unit="学时")
    whole = sum(round(value * 10) for value in stated.values())
    return Figure(
        key="hours",
        label="记录学时",
        number=whole / 10,
        text=f"{whole // 10}.{whole % 10}".removesuffix(".0"),
        rule=rule,
        records=tuple(stated),
        unit="学时",
    )


class Appraisal(NamedTuple):
    """The outcome of the appraisal for a year, by numbers only."""

    rows: Figure
    grades: tuple[Figure, ...]

    @property
    def balances(self) -> tuple[Balance, ...]:
        """All rows together are the grades."""
        return (Balance(self.rows, self.grades),)

    @property
    def unasked(self) -> tuple[Figure, ...]:
        """Its figures where no appraisal meeting was held: told of no year, and still there by name."""
        reason, told = "本期台账内未见民主评议党员的会议记录", (self.rows, *self.grades)
        return tuple(absent(f.key, f.label, f.rule, reason=reason, unit=f.unit) for f in told)


def fed_back_by(row: AppraisalRow, day: date) -> date | None:
    """The day on which a result was fed back, if that has happened by the day of the paper."""
    return row.fed_back if row.fed_back is not None and row.fed_back <= day else None


def appraisal(scope: Scope, year: int) -> Appraisal:
    """Count the grades given for a year; no names."""
    rows = tuple(row for row in scope.ledger.appraisal_rows if row.assessment_year == year)
    terms = scope.ledger.catalogue.register("appraisal_row").field("grade").terms
    reason = f"台账没有{year}年度民主评议结果"
    rule = f"民主评议登记中所属年度为{year}年"
    return Appraisal(
        rows=count(
            "appraised",
            "民主评议登记人数",
            (r.id for r in rows),
            f"{rule}的行",
            unit="名",
            reason=reason,
            none=NOT_SEEN,
        ),
        grades=tuple(
            count(
                f"grade_{term.code}",
                f"评定{term.label}",
                (row.id for row in rows if row.grade == term.code),
                f"{rule}、评定等次为“{term.label}”的行",
                unit="名",
                reason=f"没有评定为“{term.label}”的行" if rows else reason,
                none="0" if rows else NOT_SEEN,
            )
            for term in terms
        ),
    )
