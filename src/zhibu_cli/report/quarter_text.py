"""The words of the quarterly report: facts of the ledger only, blanks for what a person has to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.report.people import group_names, secretary_name
from zhibu_cli.report.rectify import told
from zhibu_cli.report.topics import agendas, lectures
from zhibu_cli.report.views import Part, PartKind, Section
from zhibu_cli.report.wording import and_then, ask
from zhibu_cli.text import chinese_date, chinese_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.duties import Duties
    from zhibu_cli.report.figures import Balance
    from zhibu_cli.report.life import Life
    from zhibu_cli.report.people import People
    from zhibu_cli.report.rectify import Listed
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal, Subject, Talks
    from zhibu_cli.report.views import Figure, KindRow

_LISTED = 6
"""So many activities are named one by one in a sentence; more are only counted (they stand in the table)."""


STUDIED = "主题或议题写明学习、研讨、传达等内容的组织生活"
CONDUCTED = "主题或议题写明廉政、警示、纪律、作风、意识形态、保密等内容的组织生活"
SERVED = "主题或议题写明志愿服务、走访、调研、帮扶、业务等内容的组织生活"

_PROBLEMS = 12
"""So many problems are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything counted for the report."""

    scope: Scope
    people: People
    life: Life
    study: Subject
    conduct: Subject
    service: Subject
    hours: Figure
    own_lectures: Figure
    talks: Talks
    appraisals: tuple[tuple[int, Appraisal], ...]
    rectified: Listed
    due_next: Figure
    probation: Figure
    duties: Duties

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure, in the order of the trace."""
        d = self.duties
        graded = tuple(f for _, a in self.appraisals for f in (a.rows, *a.grades))
        return (
            *self.people,
            *self.life.figures,
            self.study.figure,
            self.hours,
            self.own_lectures,
            self.conduct.figure,
            self.service.figure,
            *self.talks,
            *graded,
            *self.rectified.figures,
            self.due_next,
            self.probation,
            *(d.met, d.missed, d.waived, d.unknown, d.open, d.defects),
        )

    @property
    def balances(self) -> tuple[Balance, ...]:
        """Everything that must add up."""
        graded = tuple(b for _, a in self.appraisals for b in a.balances)
        return (*self.people.balances, *self.life.balances, *self.rectified.balances, *graded)


def sections(facts: Facts) -> tuple[Section, ...]:
    """The eight sections of design.md."""
    bodies: tuple[tuple[str, str, Sequence[Part | str]], ...] = (
        ("basics", "基本情况", _basics(facts)),
        ("study", "政治理论学习", _study(facts)),
        ("life", "组织生活开展情况", _life(facts)),
        ("members", "党员教育管理和发展", _members(facts)),
        ("conduct", "党风廉政与意识形态", _conduct(facts)),
        ("service", "党建业务融合与服务群众", _service(facts)),
        ("problems", "存在问题及整改", _problems(facts)),
        ("next", "下季度重点", _next(facts)),
    )
    return tuple(numbered(number, *body) for number, body in enumerate(bodies, 1))


def numbered(number: int, key: str, heading: str, parts: Sequence[Part | str]) -> Section:
    """A section with its number in words; plain strings become paragraphs, empty ones vanish."""
    made = (Part(text=part) if isinstance(part, str) else part for part in parts if part)
    return Section(key=key, heading=f"{chinese_number(number)}、{heading}", parts=tuple(made))


def _basics(facts: Facts) -> list[str]:
    p, scope = facts.people, facts.scope
    on = chinese_date(scope.horizon)
    if not p.members.number:
        return [f"截至{on}，台账党员名册中未见在册党员，党员人数不能统计。"]
    others = (p.leaders, p.retired, p.floating)
    among = and_then((f"{f.label}{f}名" for f in others if f.number), "、")
    groups = f"设党小组{p.groups}个（{'、'.join(group_names(scope))}）" if p.groups.number else "未划分党小组"
    seats = f"支部委员会委员{p.committee}名" if p.committee.number else p.committee.reason
    first = f"截至{on}，支部共有党员{p.members}名，其中正式党员{p.full}名、预备党员{p.probationary}名"
    moved = f"{scope.word}转入党员{p.arrived}名，转出党员{p.left}名。"
    return [f"{and_then((first, among), '；')}。{groups}；{seats}；支部书记{secretary_name(scope)}。{moved}"]


def _study(facts: Facts) -> list[str]:
    life, word = facts.life, facts.scope.word
    lecture = life.kind("lecture")
    told_ = ""
    if lecture and lecture.times.number:
        few = lecture.times.number <= _LISTED
        listed = f"：{lectures(facts.scope, life.sittings)}" if few else "，日期和题目见第三部分的表"
        told_ = f"{word}记录党课{lecture.times}次{listed}。"
        told_ += f"其中书记本人主讲{facts.own_lectures}次。" if facts.own_lectures.number else ""
    elif lecture:
        told_ = f"{word}党课：{lecture.times.text}（{lecture.times.reason}）。"
    hours = f"各场记录所填学时合计{facts.hours}学时。" if facts.hours.number else ""
    return [
        told_ + _about(facts, facts.study, STUDIED) + hours,
        ask("政治理论学习的篇目、方式、参加人数和研讨交流情况，只写实有的"),
    ]


def _about(facts: Facts, found: Subject, what: str) -> str:
    if not found.held:
        return f"{facts.scope.word}{what}：{found.figure.text}。"
    if len(found.held) > _LISTED:
        return f"{facts.scope.word}{what}{found.figure}场，日期和主题见第三部分的表。"
    return f"{facts.scope.word}{what}{found.figure}场：{found.listed}。"


def _life(facts: Facts) -> list[Part | str]:
    life, word = facts.life, facts.scope.word
    held = [kind for kind in life.kinds if kind.times.number]
    if not held:
        why = next((kind.times.reason for kind in life.kinds), "")
        return [f"{word}组织生活：{life.times.text}（{why}）。"]
    counts = "、".join(f"{kind.label}{kind.times}次" for kind in held)
    first = f"{word}台账记录组织生活{life.times}场，按类型计：{counts}。"
    if life.combined.number:
        first += f"一场含几种类型的，分类时各计一次，因而比场次多{life.combined}次。"
    return [
        first + _unseen(life.kinds),
        "；".join(map(_rate, (kind for kind in held if kind.rate.number))) + "。" if _rated(held) else "",
        _remarks(life),
        _agendas(life.sittings),
        Part(kind=PartKind.SITTINGS),
    ]


def _agendas(held: Sequence[Sitting]) -> str:
    """What general meetings and committee had on their agendas, where it can be told in a few lines."""
    kinds = (("general_meeting", "支部党员大会"), ("committee_meeting", "支部委员会"))
    told_ = ((label, agendas(held, name, at_most=_LISTED)) for name, label in kinds)
    return "".join(f"{label}议题：{listed}。" for label, listed in told_ if listed)


def _unseen(kinds: Sequence[KindRow]) -> str:
    names = "、".join(kind.label for kind in kinds if kind.times.number == 0)
    none = "；".join(
        f"{kind.label}：{kind.times.text}（{kind.times.reason}）"
        for kind in kinds
        if kind.times.number is None
    )
    return (f"{names}：未见记录。" if names else "") + (f"{none}。" if none else "")


def _rated(kinds: Sequence[KindRow]) -> bool:
    return any(kind.rate.number for kind in kinds)


def _rate(kind: KindRow) -> str:
    return f"{kind.label}应到{kind.expected}人次、实到{kind.present}人次，到会率{kind.rate}"


def _remarks(life: Life) -> str:
    words = ""
    if life.uncounted.number:
        words = f"另有{life.uncounted}场记录的人数未载明或需核实，未计入到会情况。"
    if life.late.number:
        words += f"有{life.late}条记录为补录，补录日期已在表中注明。"
    elif life.late.number is None:
        words += f"{life.late.reason}。"
    return words


def _members(facts: Facts) -> list[str]:
    t, p, word = facts.talks, facts.people, facts.scope.word
    if t.times.number:
        talked = f"{word}记录谈心谈话{t.times}次，覆盖党员{t.covered}名。"
    else:
        talked = f"{word}谈心谈话：{t.times.text}（{t.times.reason}）。"
    if t.collective.number:
        talked += f"另有集体谈话{t.collective}次，不计入覆盖人数。"
    if not facts.scope.roster.members:
        grew = f"{word}发展党员：{p.admitted.text}（{p.admitted.reason}）。"
    else:
        grew = f"{word}接收预备党员{p.admitted}名，预备党员转正{p.converted}名。"
    if facts.probation.number:
        grew += f"下季度预备期届满{facts.probation}名。"
    return [
        talked + "".join(appraised(year, graded) for year, graded in facts.appraisals),
        grew,
        ask("入党申请人、入党积极分子和发展对象的人数及培养情况；党员培训、党费收缴、关怀帮扶情况"),
    ]


def appraised(year: int, graded: Appraisal) -> str:
    """The outcome of the appraisal for a year in one sentence; empty where there is none."""
    if not graded.rows.number:
        return ""
    listed = "、".join(f"{f.label.removeprefix('评定')}{f}名" for f in graded.grades if f.number)
    return f"{year}年度民主评议登记{graded.rows}名，其中{listed}。"


def _conduct(facts: Facts) -> list[str]:
    return [
        _about(facts, facts.conduct, CONDUCTED),
        ask("党风廉政建设、意识形态工作责任制落实情况，只写实有的"),
    ]


def _service(facts: Facts) -> list[str]:
    return [
        _about(facts, facts.service, SERVED),
        ask("围绕中心工作、服务群众的具体做法、参加人数和办成的实事"),
    ]


def _problems(facts: Facts) -> list[str]:
    r, last = facts.rectified, facts.rectified.last
    if last.carried.number:
        first = (
            f"上季度结转问题{last.carried}项，本季度完成整改{last.corrected}项，尚未完成{last.remaining}项。"
        )
    else:
        first = f"上季度结转问题：{last.carried.text}（{last.carried.reason}）。"
    if r.added.number:
        first += f"本季度新列问题{r.added}项，其中已完成整改{r.added_done}项、尚未完成{r.added_left}项。"
    if r.onward.number:
        over = facts.scope.complete
        first += "结转下季度" if over else f"截至{chinese_date(facts.scope.horizon)}合计未完成"
        first += f"{r.onward}项" + (f"，其中超过时限{last.overdue}项。" if last.overdue.number else "。")
    rows = (*last.rows, *r.new)
    listed = [f"{n}.{told(row, facts.scope.horizon)}" for n, row in enumerate(rows[:_PROBLEMS], 1)]
    if len(rows) > _PROBLEMS:
        listed.append(f"其余{len(rows) - _PROBLEMS}项见整改清单。")
    return [first, *listed, _checked(facts), ask("本季度存在的主要问题、整改措施、责任人和时限")]


def _checked(facts: Facts) -> str:
    d = facts.duties
    if not (d.met.number or d.missed.number or d.waived.number or d.unknown.number):
        return ""
    words = f"按台账核对，支部、支委会和党小组本季度到期的事项中，已落实{d.met}项"
    words += f"，未见记录{d.missed}项" if d.missed.number else ""
    words += f"，有情况说明{d.waived}项" if d.waived.number else ""
    words += f"，无法判断{d.unknown}项" if d.unknown.number else ""
    words += f"。未见记录的是：{d.missed_words}。" if d.missed.number else "。"
    words += f"无法判断的是：{d.unknown_words}。" if d.unknown.number else ""
    return words + (f"台账中需要核实的有{d.defects}项，由支部逐项核实。" if d.defects.number else "")


def _next(facts: Facts) -> list[str]:
    r, d = facts.rectified, facts.duties
    words = ""
    if r.onward.number:
        carried = "结转下季度继续整改" if facts.scope.complete else "继续整改"
        words = f"{carried}的问题{r.onward}项，其中时限在下季度的{facts.due_next}项。"
    if facts.probation.number:
        words += f"下季度预备期届满{facts.probation}名。"
    if d.open.number:
        words += f"期限未到、须按期完成的有：{d.open_words}。"
    return [words, ask("下季度重点工作，逐项写明内容、时间和责任人")]
