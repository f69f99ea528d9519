"""会议通知: what the caller says of a meeting to come, and who is expected by the roster of that day.

Nothing is guessed: what was not said stands as ``〔待补：…〕``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.attendance import due_on
from zhibu_cli.model.declare import Expects
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import in_line, made_visible, missing, quoted, title_lines
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


_KINDS = {
    "lecture": _Kind(verb="组织", matter="党课题目"),
    "theme_day": _Kind(verb="开展", noun="主题党日活动", matter="活动主题和内容"),
    "appraisal": _Kind(verb="开展", matter="议程"),
    "org_life_meeting": _Kind(matter="会议主题和议程"),
    "core_group_study": _Kind(verb="组织", matter="学习内容"),
}


def build_notice(
    ledger: Ledger, kind: Kind, group: str, day: date, *, printed: date, said: Said
) -> NoticeView:
    """The notice of a sitting of the kind on that day.

    Args:
        ledger: the branch's ledger.
        kind: of the sitting.
        group: number of the group whose meeting it is; empty: the branch's.
        day: of the sitting.
        printed: the day on the notice.
        said: what else is known.
    """
    how = _KINDS.get(kind.name, _Kind())
    noun = how.noun or kind.label
    name = ledger.roster.group_name(group)
    sender = ledger.branch.name + name
    items = {
        "时间": [_when(day, said)],
        "地点": [in_line(said.place) or missing("地点")],
        "参加人员": _people(ledger, kind, group, day, said),
        how.matter: _matter(kind, how, said),
        "有关要求": [_ASKED],
        "联系人": [in_line(said.contact) or missing("联系人")],
    }
    view = NoticeView(
        title_lines=title_lines(sender, f"关于{how.verb}{noun}的通知"),
        addressee=f"{_addressee(kind, name)}：",
        opening=f"定于{chinese_date(day)}{how.verb}{noun}，现将有关事项通知如下。",
        lines=tuple(line for number, item in enumerate(items.items(), 1) for line in _item(number, *item)),
        signature=sender,
        date_text=chinese_date(printed),
    )
    shown: NoticeView = made_visible(view)
    return shown


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


def _addressee(kind: Kind, group: str) -> str:
    if kind.expects is Expects.COMMITTEE:
        return "支部委员会各位委员"
    if kind.expects is Expects.NOBODY:
        return missing("参加人员")
    return f"{group}各位党员"


def _people(ledger: Ledger, kind: Kind, group: str, day: date, said: Said) -> list[str]:
    wanted = Expects.MEMBERS if kind.expects is Expects.BY_FORM else kind.expects
    due = [ledger.roster.by_id[ref] for ref in due_on(wanted, group, day, ledger.roster)]
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


def _matter(kind: Kind, how: _Kind, said: Said) -> list[str]:
    told = [in_line(topic) for topic in said.topics]
    if kind.name != "lecture":
        lines = [f"{number}.{one}" for number, one in enumerate(told, 1)] if len(told) > 1 else told
        return lines or [missing(how.matter)]
    titles = "、".join(map(quoted, told)) or missing("党课题目")
    return [f"{titles}，主讲人{in_line(said.lecturer) or missing('主讲人')}"]
