"""会议通知: what the caller says of a meeting to come, and who is expected by the roster of that day.

Nothing is guessed: what was not said stands as ``〔待补：…〕``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.attendance import due_on, expected_at
from zhibu_cli.model.declare import Expects
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import in_line, made_visible, missing, quoted, signed, title_lines
from zhibu_cli.text import chinese_date, chinese_number, weekday

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time

    from zhibu_cli.model.declare import Kind
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.roster import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the caller says of the meeting; empty: not said."""

    start: time | None = None
    end: time | None = None
    place: str = ""
    topics: tuple[str, ...] = ()
    host: str = ""
    lecturer: str = ""
    observers: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView(View):
    """会议通知."""

    title_lines: tuple[str, ...]
    addressee: str
    opening: str
    lines: tuple[str, ...]
    """The numbered items: ``一、时间：…``, or ``四、会议议题`` with its own lines below."""
    signature: str
    date_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How a kind of sitting is spoken of in a notice."""

    verb: str = "召开"
    noun: str = ""
    """Empty: the kind's label."""
    matter: str = "会议议题"


_LECTURE = "lecture"
_KINDS = {
    _LECTURE: _Kind(verb="组织", matter="党课题目"),
    "theme_day": _Kind(verb="开展", noun="主题党日活动", matter="活动主题和内容"),
    "appraisal": _Kind(verb="开展", matter="议程"),
    "org_life_meeting": _Kind(matter="会议主题和议程"),
    "core_group_study": _Kind(verb="组织", matter="学习内容"),
}


def build_notice(
    ledger: Ledger,
    kind: Kind,
    group: str,
    day: date,
    *,
    printed: date,
    said: Said,
    also: Sequence[Kind] = (),
) -> NoticeView:
    """The notice of a sitting of the kind on that day.

    Args:
        ledger: the branch's ledger.
        kind: of the sitting.
        group: number of the group whose meeting it is; empty: the branch's.
        day: of the sitting.
        printed: the day on the notice.
        said: what else is known.
        also: what else the sitting is.
    """
    kinds = (kind, *also)
    what, matter = _held(kinds), _matter_named(kinds)
    name = ledger.roster.group_name(group)
    sender = ledger.branch.name + name
    items = {
        "时间": [_when(day, said)],
        "地点": [in_line(said.place) or missing("地点")],
        "参加人员": _people(ledger, kinds, group, day, said),
        matter: _matter(kinds, matter, said),
        "有关要求": [_ASKED],
        "联系人": [in_line(said.contact) or missing("联系人")],
    }
    view = NoticeView(
        title_lines=title_lines(sender, f"关于{what}的通知"),
        addressee=f"{_addressee(kinds, name)}：",
        opening=f"定于{chinese_date(day)}{what}，现将有关事项通知如下。",
        lines=tuple(line for number, item in enumerate(items.items(), 1) for line in _item(number, *item)),
        signature=signed(sender),
        date_text=chinese_date(printed),
    )
    shown: NoticeView = made_visible(view)
    return shown


def _held(kinds: Sequence[Kind]) -> str:
    """召开组织生活会、开展民主评议党员: each verb once."""
    told: dict[str, list[str]] = {}
    for kind in kinds:
        how = _KINDS.get(kind.name, _Kind())
        told.setdefault(how.verb, []).append(how.noun or kind.label)
    return "、".join(verb + "、".join(nouns) for verb, nouns in told.items())


def _matter_named(kinds: Sequence[Kind]) -> str:
    return "议题和内容" if len(kinds) > 1 else _KINDS.get(kinds[0].name, _Kind()).matter


_ASKED = "请按时参加；因故不能参加的，请事先请假，并说明原因。"


def _item(number: int, label: str, lines: Sequence[str]) -> Sequence[str]:
    head = f"{chinese_number(number)}、{label}"
    return (f"{head}：{lines[0]}",) if len(lines) == 1 else (head, *lines)


def _when(day: date, said: Said) -> str:
    start = _clock(said.start) if said.start else missing("开始时间")
    until = f"至{_clock(said.end)}" if said.end else ""
    return f"{chinese_date(day)}（{weekday(day)}）{start}{until}"


def _clock(at: time) -> str:
    """``9:30``, as a sentence has it."""
    return f"{at.hour}:{at.minute:02}"


def _addressee(kinds: Sequence[Kind], group: str) -> str:
    wanted = expected_at(kinds)
    if wanted is Expects.COMMITTEE:
        return "支部委员会各位委员"
    if wanted is Expects.NOBODY:
        return missing("参加人员")
    return f"{group}各位党员"


def _people(ledger: Ledger, kinds: Sequence[Kind], group: str, day: date, said: Said) -> list[str]:
    known = ledger.roster.by_id
    due = [known[ref] for ref in due_on(expected_at(kinds), group, day, ledger.roster) if ref in known]
    observers = "、".join(map(in_line, said.observers))
    others = (
        f"列席：{observers}。" if observers else "",
        f"主持：{in_line(said.host)}。" if said.host else "",
    )
    return [_due(due, day), *filter(None, others)]


def _due(due: Sequence[Member], day: date) -> str:
    if not due:
        return missing("参加人员")
    half = sum(not one.is_full(day) for one in due)
    among = f"，其中预备党员{half}人" if half else ""
    names = "、".join(in_line(one.name) for one in due)
    return f"按名册应到{len(due)}人{among}：{names}。"


def _matter(kinds: Sequence[Kind], label: str, said: Said) -> list[str]:
    told = [in_line(topic) for topic in said.topics]
    lecturer = in_line(said.lecturer) or missing("主讲人")
    lecture = any(kind.name == _LECTURE for kind in kinds)
    if lecture and len(kinds) == 1:
        return [f"{'、'.join(map(quoted, told)) or missing('党课题目')}，主讲人{lecturer}"]
    lines = [f"{number}.{one}" for number, one in enumerate(told, 1)] if len(told) > 1 else told
    return [*(lines or [missing(label)]), *([f"党课主讲人：{lecturer}。"] if lecture else [])]
