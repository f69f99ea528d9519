"""会议记录: the minutes of one sitting as a form, by the fields of its kinds, with votes and papers kept.

Nothing is said that the record does not say: what its kinds ask for and it does not state is a visible
blank, everything else that is not stated an empty cell. Signatures are for the hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.errors import PaperError
from zhibu_cli.model.beside_sheets import ATTACHMENT
from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.kept_files import state_told
from zhibu_cli.report.life import kinds_told, late_told
from zhibu_cli.report.minutes_cells import Cells
from zhibu_cli.report.minutes_forms import CONTENT, DATE, FormRow, form_of_all
from zhibu_cli.report.scope import scope_of
from zhibu_cli.report.sheet import head
from zhibu_cli.report.views import SheetPaper
from zhibu_cli.report.wording import in_line, made_visible
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from zhibu_cli.model.declare import Register
    from zhibu_cli.model.sitting import Sitting, Talk, Vote
    from zhibu_cli.report.minutes_forms import FormFields
    from zhibu_cli.report.request import Request
    from zhibu_cli.report.scope import Scope

_FLOWING = frozenset({CONTENT, "resolution"})
_HIDDEN = frozenset({"kinds", DATE, "start", "end"})
"""Fields that stand in the title and in the line of the day."""
_ASIDE = ("excused", "uncounted")
_ABOUT = ("theme", "topics")
"""Boxes that tell what it was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRow:
    """One matter put to the vote; what is not stated is empty."""

    number: int
    matter: str
    expected: str
    present: str
    issued: str
    returned: str
    valid: str
    invalid: str
    in_favour: str
    against: str
    abstained: str
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file kept with the record."""

    number: int
    kind: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView(SheetPaper):
    """The minutes of a sitting, or the paper of a talk."""

    record: str
    late: str
    """``补录：2026年3月9日`` where it was entered late."""
    rows: tuple[FormRow, ...]
    votes: tuple[VoteRow, ...] = ()
    files: tuple[FileRow, ...] = ()


def paper(request: Request) -> MinutesView:
    """The minutes of a sitting.

    Raises:
        PaperError: the sitting lies after the last day known.
    """
    sitting = request.ledger.sittings.by_id(request.record)
    return sitting_paper(request, form_of_all(sitting.kinds), "{}记录")


def sitting_paper(
    request: Request, form: FormFields, tail: str, *, files: tuple[str, ...] = (), none: str = ""
) -> MinutesView:
    """One sitting in a form.

    ``tail`` is what the paper is called, with ``{}`` for the kinds; ``files``: which kinds of files kept
    with the record are told, empty for all; ``none``: what stands there where there is no such file.

    Raises:
        PaperError: the sitting lies after the last day known.
    """
    sitting = request.ledger.sittings.by_id(request.record)
    scope = record_scope(request, sitting.day)
    view = MinutesView(
        **head(request, scope, tail.format(kinds_told(scope, sitting)), dated=False),
        record=sitting.id,
        late=late_of(scope, sitting),
        rows=tuple(_rows(Cells(ledger=request.ledger, sitting=sitting), form)),
        votes=tuple(_vote(scope, number, vote) for number, vote in enumerate(sitting.votes, 1)),
        files=tuple(files_of(request, *files)),
        empty=none,
        notes=tuple(_details(sitting.votes)),
        signing=form.signing,
        figures=catalogue(()),
    )
    shown: MinutesView = made_visible(view)
    return shown


def record_scope(request: Request, day: date) -> Scope:
    """The scope of a paper about one record.

    Raises:
        PaperError: the record lies after the last day known.
    """
    if day > request.as_of:
        raise PaperError(
            f"{request.record}的日期{chinese_date(day)}在{chinese_date(request.as_of)}之后，还不能出记录。",
            hint="请核对记录的日期，或换一个 --as-of。",
        )
    return scope_of(request)


def late_of(scope: Scope, record: Sitting | Talk) -> str:
    """The mark of a record entered late; empty for every other."""
    return late_told(record) if record.id in scope.late_records() else ""


def files_of(request: Request, *kinds: str) -> Iterator[FileRow]:
    """What is kept with the record, under which name the copy lies, and whether it does."""
    kind = ATTACHMENT.field("kind")
    for number, one in enumerate(request.ledger.attached_to(request.record, *kinds), 1):
        place = f"台账附件 {one.id}（{one.file}）{state_told(request.copies, one, '，{}')}"
        yield FileRow(number=number, kind=kind.term(one.kind), name=in_line(one.name), place=place)


def _rows(cells: Cells, form: FormFields) -> Iterator[FormRow]:
    """The day, the pairs, the boxes; whatever else the record states before or behind what was said."""
    boxes = tuple(_boxes(cells, form))
    placed = [DATE, *(name for pair in form.pairs for name in pair if name), *boxes]
    words = {**cells.words, **cells.unstated(placed)}
    labels = form.named(cells.register)
    yield FormRow(left="时间", left_text=words[DATE])
    yield from paired(form, words, labels)
    before, behind = _others(cells.register, placed, words)
    at = max((place for place, name in enumerate(boxes, 1) if name in _ABOUT), default=0)
    for name in (*boxes[:at], *before, *boxes[at:], *behind):
        yield FormRow(left=labels[name], left_text=words[name], size="flow" if name in _FLOWING else "")


def paired(form: FormFields, words: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[FormRow]:
    """The fields that stand side by side."""
    for left, right in form.pairs:
        yield FormRow(
            left=labels.get(left, left),
            left_text=words.get(left, ""),
            right=labels.get(right, right),
            right_text=words.get(right, ""),
        )


def _boxes(cells: Cells, form: FormFields) -> Iterator[str]:
    """The boxes of the form that a field fills, with those that belong beside them."""
    known = {one.name for one in cells.register.fields}
    own = [name for name in form.boxes if name in known]
    for name in own:
        if name == "topics" and "theme" not in own and cells.words["theme"]:
            yield "theme"
        yield name
        if name == "absentees":
            yield from (aside for aside in _ASIDE if cells.words[aside])


def _others(
    register: Register, placed: Iterable[str], words: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """Whatever the record states, or should, and the form has no place for: nothing is lost.

    What the register has before the content stands before it.
    """
    names = [one.name for one in register.fields]
    said, known = names.index(CONTENT), {*placed, *_HIDDEN}
    left = [(at, name) for at, name in enumerate(names) if name not in known and words[name]]
    return [name for at, name in left if at < said], [name for at, name in left if at > said]


def _vote(scope: Scope, number: int, vote: Vote) -> VoteRow:
    register = scope.ledger.catalogue.register("sitting").child("votes")
    people = "、".join(vote.object)
    kind = register.field("matter").term(vote.matter)
    said = ("" if vote.subject.startswith(kind) else kind, vote.subject, people)
    return VoteRow(
        number=number,
        matter="：".join(in_line(words) for words in said if words),
        expected=_number(vote.expected),
        present=_number(vote.present),
        issued=_number(vote.issued),
        returned=_number(vote.returned),
        valid=_number(vote.valid),
        invalid=_number(vote.invalid),
        in_favour=_number(vote.in_favour),
        against=_number(vote.against),
        abstained=_number(vote.abstained),
        result=in_line(vote.result),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _details(votes: Iterable[Vote]) -> Iterator[str]:
    """What the table of votes has no column for, told once where it is the same for several."""
    told: dict[str, list[int]] = {}
    for number, vote in enumerate(votes, 1):
        told.setdefault(_more(vote), []).append(number)
    for words, numbers in told.items():
        if words:
            which = f"{numbers[0]}至{numbers[-1]}" if _run(numbers) else "、".join(map(str, numbers))
            yield f"表决{which}：{words}。"


def _run(numbers: Sequence[int]) -> bool:
    """Whether they are three or more, one after the other."""
    return len(numbers) > len("ab") and numbers[-1] - numbers[0] == len(numbers) - 1


def _more(vote: Vote) -> str:
    said = [in_line(vote.method)] if vote.method else []
    counted = (
        ("书面意见{}份", vote.written),
        ("另选他人{}票", vote.others),
        ("应选{}名", vote.seats),
        ("候选人{}名", vote.candidates),
    )
    said += [words.format(amount) for words, amount in counted if amount is not None]
    named = (("监票人", vote.scrutineer), ("计票人", vote.teller))
    said += [f"{label}{'、'.join(map(in_line, names))}" for label, names in named if names]
    return "；".join(said)
