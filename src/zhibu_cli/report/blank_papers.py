"""Paper to be written on at a meeting that is still to come: sign-in sheet, minutes form, ballot.

What the ledger knows for sure is printed (unit, day, who is expected by the roster of that day);
everything else is left empty for the hand. Nobody's name stands on a ballot but those voted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.attendance import due_on, expected_at
from zhibu_cli.model.people import apart
from zhibu_cli.report.minutes_forms import FormRow, form_of_all
from zhibu_cli.report.views import View
from zhibu_cli.report.wording import made_visible, title_lines
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from zhibu_cli.model.declare import Kind
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.roster import Member

SPARE_LINES = 4
"""Empty lines of a sign-in sheet for those who are not expected: 列席."""
UNKNOWN_LINES = 12
"""Lines where the ledger does not know who is expected."""
_GAP = "　　　"
_HEADS = "　　人（预备　　人）"
_CLOCK = "　　　时　　分至　　时　　分"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRow:
    """One expected person; all empty: a line for somebody else."""

    number: str = ""
    name: str = ""
    standing: str = ""
    """正式 or 预备."""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInView(View):
    """签到表."""

    title_lines: tuple[str, ...]
    caption: str
    """Day, and how many are expected."""
    rows: tuple[SignInRow, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankMinutesView(View):
    """记录表."""

    title_lines: tuple[str, ...]
    caption: str
    rows: tuple[FormRow, ...]
    signing: tuple[str, ...]
    """Who signs below."""
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRow:
    """Somebody voted on; without a name: somebody whom the voter names."""

    number: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotView(View):
    """测评票, 选举票 or 表决票."""

    title_lines: tuple[str, ...]
    caption: str
    name_label: str
    choices: tuple[str, ...]
    """Heads of the columns in which a mark is made."""
    rows: tuple[BallotRow, ...]
    others_label: str
    """Over the lines on which the voter writes names; empty: there are none."""
    others: tuple[BallotRow, ...]
    notes: tuple[str, ...]


def build_sign_in(
    ledger: Ledger, kind: Kind, group: str, day: date, printed: date, *, also: Sequence[Kind] = ()
) -> SignInView:
    """Everybody expected at a sitting of the kind on that day, by the roster as it is known today.

    ``also``: what else the sitting is.
    """
    roster = ledger.roster
    wanted = expected_at((kind, *also))
    due = [roster.by_id[ref] for ref in due_on(wanted, group, day, roster) if ref in roster.by_id]
    names = apart((*due, *roster.members_on(day)), roster)
    rows = [
        SignInRow(
            number=str(number),
            name=names[one.id],
            standing="正式" if one.is_full(day) else "预备",
            group=roster.group_name(one.group_on(day)),
        )
        for number, one in enumerate(due, 1)
    ]
    spare = SPARE_LINES if rows else UNKNOWN_LINES
    view = SignInView(
        title_lines=_title(ledger, group, f"{_labels(kind, also)}签到表"),
        caption="　".join(filter(None, (f"日期：{_day(day)}", _expected(due, day)))),
        rows=(*rows, *(SignInRow() for _ in range(spare))),
        note=f"{_printed(printed)}姓名按名册打印，签名由本人到会时书写；空行供列席的同志签名。",
    )
    shown: SignInView = made_visible(view)
    return shown


def build_minutes(
    ledger: Ledger, kind: Kind, group: str, day: date, printed: date, *, also: Sequence[Kind] = ()
) -> BlankMinutesView:
    """The form for the minutes of a kind, by the labels under which they are recorded.

    ``also``: what else the sitting is.
    """
    layout = form_of_all([one.name for one in (kind, *also)])
    register = ledger.catalogue.register(kind.register)
    known = {"date": f"{_day(day)}{_CLOCK}", "group": ledger.roster.group_name(group)}
    if register.name == "sitting":
        known |= {"expected": _HEADS, "present": _HEADS}
    labels = layout.named(register) | dict(layout.prompts)

    def line(left: str, right: str = "", size: str = "") -> FormRow:
        return FormRow(
            left=labels.get(left, left),
            left_text=known.get(left, ""),
            right=labels.get(right, right),
            right_text=known.get(right, ""),
            size=size,
        )

    boxes = [line(one, size="large" if one == layout.large else "tall") for one in layout.boxes]
    view = BlankMinutesView(
        title_lines=_title(ledger, group, f"{_labels(kind, also)}记录"),
        caption=layout.caption,
        rows=(line("date"), *(line(*pair) for pair in layout.pairs), *boxes),
        signing=layout.signing,
        note=f"{_printed(printed)}没有发生的不写，不知道的空着；不得记录国家秘密、工作秘密。",
    )
    shown: BlankMinutesView = made_visible(view)
    return shown


def build_appraisal_ballot(ledger: Ledger, grades: Sequence[str], day: date) -> BallotView:
    """测评票: a line for every full member; those on probation mark it, and are not marked."""
    full = ledger.roster.full_on(day)
    left = len(ledger.roster.members_on(day)) - len(full)
    notes = ["每人只选一格，打“√”；一人打了两格的，这一行作废。", "不写填票人的姓名。"]
    if left:
        notes.append(f"预备党员参加测评，本人一般不定等次，没有列在票上（{left}人）。")
    if not full:
        notes.append("名册中没有当日在册的正式党员，姓名填好后再复印。")
    return _ballot(
        ledger,
        "民主评议党员测评票",
        day,
        full=tuple(apart(full, ledger.roster).values()) or ("",) * UNKNOWN_LINES,
        choices=tuple(grades),
        notes=notes,
    )


def build_election_ballot(
    ledger: Ledger, candidates: Sequence[str], seats: int | None, day: date
) -> BallotView:
    """选举票: the candidates, and lines for others."""
    named = f"应选{seats}名" if seats else f"应选{_GAP}名"
    notes = [
        f"{named}。赞成的和另选的人合起来不超过应选名额，超过的为无效票。",
        "每名候选人只选一格，打“√”。不赞成的可以另选他人，写出姓名。",
        "不写填票人的姓名。",
    ]
    return _ballot(
        ledger,
        "选举票",
        day,
        full=candidates or ("",) * (seats or 3),
        choices=("赞成", "不赞成", "弃权"),
        notes=notes,
        others=seats or 3,
    )


def build_vote_ballot(ledger: Ledger, matter: str, person: str, day: date) -> BallotView:
    """表决票 on one person: such matters are voted on one by one."""
    notes = ["只选一格，打“√”。", "不写填票人的姓名。"]
    choices = ("赞成", "不赞成", "弃权")
    return _ballot(ledger, f"{matter}表决票", day, full=(person,), choices=choices, notes=notes)


def _ballot(
    ledger: Ledger,
    tail: str,
    day: date,
    *,
    full: Sequence[str],
    choices: tuple[str, ...],
    notes: Sequence[str],
    others: int = 0,
) -> BallotView:
    view = BallotView(
        title_lines=_title(ledger, "", tail),
        caption=f"{_day(day)}　无记名",
        name_label="姓名",
        choices=choices,
        rows=tuple(BallotRow(number=str(number), name=name) for number, name in enumerate(full, 1)),
        others_label="另选他人（写姓名）" if others else "",
        others=(BallotRow(),) * others,
        notes=tuple(f"{number}．{note}" for number, note in enumerate(notes, 1)),
    )
    shown: BallotView = made_visible(view)
    return shown


def _title(ledger: Ledger, group: str, tail: str) -> tuple[str, ...]:
    return title_lines(f"{ledger.branch.name}{ledger.roster.group_name(group)}", tail, sheet=True)


def _labels(kind: Kind, also: Sequence[Kind]) -> str:
    return "、".join(one.label for one in (kind, *also))


def _expected(due: Sequence[Member], day: date) -> str:
    if not due:
        return ""
    full = sum(one.is_full(day) for one in due)
    half = f"、预备{len(due) - full}人" if len(due) > full else ""
    return f"应到{len(due)}人（正式{full}人{half}）"


def _day(day: date) -> str:
    return f"{chinese_date(day)}（{weekday(day)}）"


def _printed(day: date) -> str:
    return f"{chinese_date(day)}打印。"
