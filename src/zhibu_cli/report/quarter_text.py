"""The words of the report of a quarter or a year: facts of the ledger, blanks for what a person writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.model.period import Unit
from zhibu_cli.report.people import group_names, secretary, secretary_name
from zhibu_cli.report.rectify import all_or_none, outcome_told, tellable
from zhibu_cli.report.topics import agendas, lectures, own_lectures, unregistered
from zhibu_cli.report.views import Part, PartKind, Section
from zhibu_cli.report.wording import NOT_APPLICABLE, and_then, ask, missing
from zhibu_cli.text import chinese_date, chinese_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.facts import Facts
    from zhibu_cli.report.life import Life
    from zhibu_cli.report.people import People
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.topics import Appraisal, Subject, Talks
    from zhibu_cli.report.views import Figure, KindRow

_LISTED = {Unit.QUARTER: 6, Unit.YEAR: 12}
"""So many activities are named one by one in a sentence; more are only counted."""
_VOTED = {"接收预备党员": "admission", "预备党员转正": "conversion"}
"""Changes of the roster on which a meeting votes -> 事项类别 of the vote."""
_AGENDAS = 6
"""So many meetings of a kind have their agendas told."""
_PROBLEMS = 12
"""So many problems are told one by one."""

STUDIED = "主题或议题写明学习、研讨、传达等内容的组织生活"
CONDUCTED = "主题或议题写明廉政、警示、纪律、作风、意识形态、保密等内容的组织生活"
SERVED = "主题或议题写明志愿服务、走访、调研、帮扶、业务等内容的组织生活"


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
        ("next", f"{facts.scope.after}重点", _next(facts)),
    )
    return tuple(numbered(number, *body) for number, body in enumerate(bodies, 1))


def numbered(number: int, key: str, heading: str, parts: Sequence[Part | str]) -> Section:
    """A section with its number in words; plain strings become paragraphs, empty ones vanish."""
    made = (Part(text=part) if isinstance(part, str) else part for part in parts if part)
    return Section(key=key, heading=f"{chinese_number(number)}、{heading}", parts=tuple(made))


def _tabled(facts: Facts) -> bool:
    """Whether the sittings stand in a table of the paper: those of a year would fill pages."""
    return facts.scope.period.unit is Unit.QUARTER


def _basics(facts: Facts) -> list[str]:
    p, scope = facts.people, facts.scope
    told = members_told(p, scope)
    if scope.so_far:  # nothing that the text calls unseen may be read as if the period were over
        told = scope.so_far + told.removeprefix(f"截至{chinese_date(scope.horizon)}，")
    if not p.members.number:
        return [told]
    others = (p.leaders, p.retired, p.floating)
    among = and_then((f"{f.label}{f}名" for f in others if f.number), "、")
    groups = "未划分党小组" if p.groups.number == 0 else f"设党小组{missing('党小组登记')}"
    if p.groups.number:
        groups = f"设党小组{p.groups}个（{'、'.join(group_names(scope))}）"
    first = and_then((told.removesuffix("。"), among), "；")
    moved = changes_told(scope.word, {"转入党员": p.arrived, "转出党员": p.left})
    return [f"{first}。{groups}；{committee_told(p)}；支部书记{secretary_name(scope)}。{moved}"]


def committee_told(p: People) -> str:
    """How many sit on the committee, that there is none, or that it is not known."""
    if p.committee.number:
        return f"支部委员会委员{p.committee}名"
    return "未设支部委员会" if p.committee.text == NOT_APPLICABLE else f"支部委员会：{unseen(p.committee)}"


def unseen(figure: Figure) -> str:
    """``未见记录（reason）``; a reason that only says so again is left out."""
    return figure.text if figure.text in figure.reason else f"{figure.text}（{figure.reason}）"


def members_told(p: People, scope: Scope) -> str:
    """How many members there are on the last day counted."""
    on = f"截至{chinese_date(scope.horizon)}"
    if not p.members.number:
        return f"{on}，台账党员名册中未见在册党员，党员人数不能统计。"
    among = "均为正式党员"
    if p.probationary.number:
        among = f"其中正式党员{p.full}名、预备党员{p.probationary}名"
    return f"{on}，支部共有党员{p.members}名，{among}。"


def changes_told(word: str, changes: Mapping[str, Figure], voted: tuple[Scope, Life] | None = None) -> str:
    """What came and went; what did not is told once, in words.

    ``voted``: minutes are named beside it that hold a vote on what the roster does not have.
    """
    found = "，".join(f"{what}{figure}名" for what, figure in changes.items() if figure.number)
    none = [what for what, figure in changes.items() if not figure.number]
    aside = "".join(_voted(*voted, what) for what in none) if voted else ""
    unseen_ = f"{'名册中' if aside else ''}未见{'、'.join(none)}的记录" if none else ""
    return f"{word}{and_then((found, unseen_), '，')}{aside}。"


def _voted(scope: Scope, life: Life, what: str) -> str:
    """The sittings that voted on it, by day and kind, nobody named."""
    ids = {s.id for s in unregistered(scope, life.sittings, _VOTED.get(what, ""))}
    days = "、".join(f"{row.day_text}{row.kinds}" for row in life.rows if row.id in ids)
    return f"；{days}有{what}的表决记录，名册中没有相应登记" if days else ""


def _study(facts: Facts) -> list[str]:
    life, word = facts.life, facts.scope.word
    lecture = life.kind("lecture")
    told_ = ""
    if lecture and lecture.times.number:
        few = lecture.times.number <= _LISTED[facts.scope.period.unit]
        beyond = "，日期和题目见第三部分的表" if _tabled(facts) else ""
        listed = f"：{lectures(facts.scope, life.sittings)}" if few else beyond
        told_ = f"{word}记录党课{lecture.times}次{listed}。"
        told_ += _own(facts)
    elif lecture:
        told_ = f"{word}党课：{life.until}{unseen(lecture.times)}。"
    hours = f"各场记录所填学时合计{facts.hours}学时。" if facts.hours.number else ""
    return [
        told_ + _about(facts, facts.study, STUDIED) + hours,
        ask("政治理论学习的篇目、方式、参加人数和研讨交流情况，只写实有的"),
    ]


def _own(facts: Facts) -> str:
    own, lecture = facts.own_lectures, facts.life.kind("lecture")
    now = own_lectures(facts.scope, facts.life.sittings, secretary(facts.scope))[0]
    who = "书记本人" if {*own.records} <= {*now.records} else "时任书记"
    if lecture is not None and own.number == lecture.times.number:
        return f"{'党课' if own.number == 1 else '均'}由{who}主讲。"
    return f"其中{who}主讲{own}次。" if own.number else ""


def _about(facts: Facts, found: Subject, what: str) -> str:
    beyond = "，日期和主题见第三部分的表" if _tabled(facts) else ""
    return about(facts.scope.word + what, found, _LISTED[facts.scope.period.unit], beyond)


def about(
    what: str, found: Subject, most: int = _LISTED[Unit.YEAR], beyond: str = "", *, dated: bool = False
) -> str:
    """How many sittings spoke of a subject, and which, if they are not too many.

    Nothing where none is found: the words looked for are ours, and a theme may say the same in others.
    """
    if not found.held:
        return ""
    listed = f"：{found.listed(dated=dated)}" if len(found.held) <= most else beyond
    return f"{what}{found.figure}场{listed}。"


def _life(facts: Facts) -> list[Part | str]:
    life, word = facts.life, facts.scope.word
    if not life.times.number:
        return [held_told(life, word)]
    return [
        held_told(life, f"{word}台账"),
        rates_told(life) + heads_told(life),
        _others(life) if _tabled(facts) else "",
        remarks(life, tabled=_tabled(facts)),
        _agendas(life.sittings),
        *(
            [Part(kind=PartKind.SITTINGS)]
            if _tabled(facts)
            else [ask("组织生活质量和党员参加情况，只写实有的")]
        ),
    ]


def held_told(life: Life, who: str) -> str:
    """How many sittings of which kinds there are; ``who``: 本年度支部."""
    held = [kind for kind in life.kinds if kind.times.number]
    if not held:
        none = unseen(next((kind.times for kind in life.kinds), life.times))
        return f"{who}组织生活：{life.until}{none}。"
    counts = "、".join(f"{kind.label}{kind.times}次" for kind in held)
    first = f"{who}记录组织生活{life.times}场，按类型计：{counts}。"
    if life.combined.number:
        first += f"一场含几种类型的，分类时各计一次，因而比场次多{life.combined}次。"
    return first + _unseen(life.kinds, life.until) + life.since


def _agendas(held: Sequence[Sitting]) -> str:
    """What general meetings and committee had on their agendas, where it can be told in a few lines."""
    kinds = (("general_meeting", "支部党员大会"), ("committee_meeting", "支部委员会"))
    told_ = ((label, agendas(held, name, at_most=_AGENDAS)) for name, label in kinds)
    return "".join(f"{label}议题：{listed}。" for label, listed in told_ if listed)


def _unseen(kinds: Sequence[KindRow], until: str) -> str:
    names = "、".join(kind.label for kind in kinds if kind.times.number == 0)
    none = "；".join(
        f"{kind.label}：{kind.times.text}（{kind.times.reason}）"
        for kind in kinds
        if kind.times.number is None
    )
    return (f"{names}：{until}未见记录。" if names else "") + (f"{none}。" if none else "")


def rates_told(life: Life) -> str:
    """How each kind was attended; nothing where no record says it."""
    rated = (kind for kind in life.kinds if kind.times.number and kind.rate.number)
    told_ = "；".join(map(_rate, rated))
    return f"{told_}。" if told_ else ""


def heads_told(life: Life) -> str:
    """How many were due at all sittings together, came, and did not; nothing where no record says it."""
    due, came, *away = life.sums
    if not due.number:
        return ""
    gone = "".join(f"、{one.label.removesuffix('合计')}{one}人次" for one in away if one.number)
    return f"各场合计（一场计一次）应到{due}人次、实到{came}人次{gone}。"


def _others(life: Life) -> str:
    """The sittings at which somebody was missing who was not on leave: the table has no column for it."""
    rows = [row for row in life.rows if row.others]
    if not rows or len(rows) > _LISTED[Unit.YEAR]:
        return ""
    return "请假之外：" + "；".join(f"{row.day_text}{row.kinds}{row.others}" for row in rows) + "。"


def _rate(kind: KindRow) -> str:
    apart = f"（不计经支部同意暂不参加的{kind.excused}人次）" if kind.excused.number else ""
    return f"{kind.label}应到{kind.expected}人次、实到{kind.present}人次，到会率{kind.rate}{apart}"


def remarks(life: Life, *, tabled: bool) -> str:
    """What the reader has to know of the numbers; records entered late are named where no table does."""
    words = ""
    if life.uncounted.number:
        words = f"另有{life.uncounted}场记录的人数未载明，未计入到会情况。"
    if life.late.number is None:
        return words + f"{life.late.reason}。"
    if not life.late.number:
        return words
    where = "，补录日期已在表中注明" if tabled else f"：{late_told(life)}"
    rest = f"另有{life.unjudged}条导入的记录未写明原台账登记时间，是否补录无法判断。" if life.unjudged else ""
    return f"{words}有{life.late}条记录为补录{where}。{rest}"


def late_told(life: Life) -> str:
    """The records entered late: day, kind, and the day on which they were entered."""
    late = (row for row in life.rows if row.late)
    return "；".join(f"{row.day_text}{row.kinds}（{row.late}）" for row in late)


def _members(facts: Facts) -> list[str]:
    p, scope = facts.people, facts.scope
    if not scope.roster.members:
        grew = f"{scope.word}发展党员：{p.admitted.text}（{p.admitted.reason}）。"
    else:
        came = {"接收预备党员": p.admitted, "预备党员转正": p.converted}
        grew = changes_told(scope.word, came, (scope, facts.life))
    if facts.probation.number:
        grew += f"{scope.after}预备期届满的预备党员{facts.probation}名。"
    graded = "".join(appraised(year, graded) for year, graded in facts.appraisals)
    return [
        talked(facts.talks, scope, scope.word, until=facts.life.until) + graded,
        grew,
        ask("入党申请人、入党积极分子和发展对象的人数及培养情况；党员培训、党费收缴、关怀帮扶情况"),
    ]


def talked(talks: Talks, scope: Scope, who: str, own: str = "", *, until: str = "") -> str:
    """How many talks there were with how many people; ``who``: 本年度, ``own``: the speaker's part."""
    if not talks.times.number:
        words = f"{who}谈心谈话：{until}{talks.times.text}（{talks.times.reason}）。"
    else:
        words = f"{who}记录谈心谈话{talks.times}次，{_covered(talks, scope)}{own}。"
    if talks.collective.number:
        words += f"另有集体谈话{talks.collective}次，不计入覆盖人数。"
    return words


def _covered(talks: Talks, scope: Scope) -> str:
    """How many members were talked with; apart from them those whom the head count no longer has."""
    if not talks.covered.number:
        return "谈话双方当日都不是本支部在册党员"
    here = {member.id for member in scope.roster.members_on(scope.horizon)}
    gone = sum(number not in here for number in talks.covered.records)
    return f"覆盖党员{talks.covered}名" + (f"（含已不在册的{gone}名）" if gone else "")


def appraised(year: int, graded: Appraisal) -> str:
    """The outcome of the appraisal for a year in one sentence; empty where there is none."""
    if not graded.rows.number:
        return ""
    return f"{year}年度民主评议登记{graded.rows}名，{grades_told(graded)}。"


def grades_told(graded: Appraisal) -> str:
    """How many were given which grade; no names."""
    return "其中" + "、".join(f"{f.label.removeprefix('评定')}{f}名" for f in graded.grades if f.number)


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
    scope, rows = facts.scope, (*facts.rectified.last.rows, *facts.rectified.new)
    return [
        _carried(facts) + _added(facts) + _onward(facts),
        *tellable(scope, rows, _PROBLEMS),
        ask(f"{scope.word}存在的主要问题、整改措施、责任人和时限"),
    ]


def _carried(facts: Facts) -> str:
    last, scope = facts.rectified.last, facts.scope
    head = f"{scope.before}结转问题"
    if not last.carried.number:
        return f"{last.carried.reason}。"
    return f"{head}{last.carried}项，{scope.word}{outcome_told(last)}。"


def _added(facts: Facts) -> str:
    r = facts.rectified
    if not r.added.number:
        return ""
    some = f"其中已完成整改{r.added_done}项、尚未完成{r.added_left}项"
    state = all_or_none(r.added_done, r.added) or some
    return f"{facts.scope.word}新列问题{r.added}项，{state}。"


def _onward(facts: Facts) -> str:
    r, scope = facts.rectified, facts.scope
    if not r.onward.number:
        return ""
    first = f"结转{scope.after}" if scope.complete else f"截至{chinese_date(scope.horizon)}合计未完成"
    late = f"，其中超过时限{r.last.overdue}项" if r.last.overdue.number else ""
    late = "，均已超过时限" if r.last.overdue.number == r.onward.number else late
    return f"{first}{r.onward}项{late}。"


def _next(facts: Facts) -> list[str]:
    r, scope = facts.rectified, facts.scope
    words = ""
    if r.onward.number:
        carried = f"结转{scope.after}继续整改" if scope.complete else "继续整改"
        due = f"，其中时限在{scope.after}的{facts.due_next}项" if facts.due_next.number else ""
        words = f"{carried}的问题{r.onward}项{due}。"
    if facts.probation.number:
        words += f"{scope.after}预备期届满的预备党员{facts.probation}名。"
    return [words, ask(f"{scope.after}重点工作，逐项写明内容、时间和责任人")]
