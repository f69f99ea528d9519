"""谈心谈话记录: one talk on its own paper, the only one on which its content may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.minutes import MinutesView, files_of, late_of, paired, record_scope
from zhibu_cli.report.minutes_cells import plain
from zhibu_cli.report.minutes_forms import CONTENT, DATE, FormRow, form_of
from zhibu_cli.report.sheet import head, posts_told
from zhibu_cli.report.wording import in_line, made_visible, missing
from zhibu_cli.text import chinese_date, weekday

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.sitting import Talk
    from zhibu_cli.report.request import Request

_SIDES = ("talkers", "partners")
_POST = "职务"


def paper(request: Request) -> MinutesView:
    """The paper of a talk.

    Raises:
        PaperError: the talk lies after the last day known.
    """
    talk = request.ledger.talks.by_id(request.record)
    scope = record_scope(request, talk.day)
    view = MinutesView(
        **head(request, scope, "谈心谈话记录", dated=False),
        record=talk.id,
        late=late_of(scope, talk),
        rows=tuple(_rows(request.ledger, talk)),
        files=tuple(files_of(request)),
        signing=form_of("talk").signing,
        notes=() if talk.one_to_one else ("集体谈话，不计入一对一谈心谈话的覆盖人数。",),
        figures=catalogue(()),
    )
    shown: MinutesView = made_visible(view)
    return shown


def _rows(ledger: Ledger, talk: Talk) -> Iterator[FormRow]:
    form, register = form_of("talk"), ledger.catalogue.register("talk")
    data, labels = talk.entry.payload, form.named(register)
    words = {one.name: plain(one, data[one.name]) for one in register.fields if data.get(one.name)}
    words["place"] = words.get("place") or missing("地点")
    if not talk.content.strip():
        words.pop("paper_at", None)  # told where the content would stand
    words[CONTENT] = _content(talk)
    yield FormRow(left="时间", left_text=f"{chinese_date(talk.day)}（{weekday(talk.day)}）")
    for name, refs in zip(_SIDES, (talk.talkers, talk.partners), strict=True):
        yield FormRow(
            left=labels[name],
            left_text=_names(ledger, refs),
            right=_POST,
            right_text=_posts(ledger, talk, refs),
        )
    sides = {*_SIDES}
    for row, pair in zip(paired(form, words, labels), form.pairs, strict=True):
        if not sides & {*pair}:
            yield row
    for name in form.boxes:
        yield FormRow(left=labels[name], left_text=words.get(name, ""), size="flow")
    placed = {DATE, *sides, *form.boxes, *(name for pair in form.pairs for name in pair)}
    for one in register.fields:
        if one.name not in placed and words.get(one.name):
            yield FormRow(left=labels[one.name], left_text=words[one.name])


def _content(talk: Talk) -> str:
    """What was typed; else where the paper lies; else a visible blank."""
    if talk.content.strip():
        return talk.content.strip("\n")
    if talk.paper_at:
        return f"内容只留纸质记录，存放于{in_line(talk.paper_at)}"
    return missing("内容要点或纸质记录存放处")


def _names(ledger: Ledger, refs: Sequence[str]) -> str:
    return "、".join(in_line(ledger.roster.name_of(ref)) for ref in refs)


def _posts(ledger: Ledger, talk: Talk, refs: Sequence[str]) -> str:
    """The posts of that day; of several people with their names."""
    roster = ledger.roster
    held = [(ref, posts_told(roster, ref, talk.day).strip("（）")) for ref in refs]
    if len(held) == 1:
        return held[0][1]
    return "、".join(f"{in_line(roster.name_of(ref))}{post}" for ref, post in held if post)
