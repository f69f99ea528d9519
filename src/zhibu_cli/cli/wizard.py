"""``zhibu record`` alone at a terminal: go on with a draft, or choose what to record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.app import drafts
from zhibu_cli.cli import asking
from zhibu_cli.cli.discretion import NOTICE
from zhibu_cli.cli.interview import Interview
from zhibu_cli.cli.record_flow import converse
from zhibu_cli.model.values import is_kinds, parse_kinds
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.drafts import Draft
    from zhibu_cli.cli.filling import Values
    from zhibu_cli.cli.session import Session
    from zhibu_cli.model.declare import Kind, Register

_BETWEEN = str.maketrans("，,;； ", "、、、、、")
_DROP = "删"


def ask_record(session: Session, path: Path, by: str | None) -> None:
    """Ask what to record and for all of it."""
    actor = session.actor(by)
    asking.note(NOTICE)
    taken = _draft(session, drafts.drafts_of(path))
    place: Path | None
    if taken is not None:
        place, draft = taken
        kinds, values = tuple(map(session.catalogue.kind, draft.kinds)), dict(draft.values)
        register = session.catalogue.register(draft.register)
    else:
        place, kinds = None, _kinds(session)
        register = session.catalogue.register(kinds[0].register)
        values = _kind_values(kinds, register)
    talk = Interview(
        session=session,
        path=path,
        actor=actor,
        kinds=kinds,
        register=register,
        values=values,
        resumed=place is not None,
    )
    converse(talk, place)


def _kind_values(kinds: Sequence[Kind], register: Register) -> Values:
    field = next((field for field in register.fields if is_kinds(field)), None)
    return {field.name: "、".join(kind.label for kind in kinds)} if field else {}


def _kinds(session: Session) -> tuple[Kind, ...]:
    """The kinds chosen by their numbers or names; several for one sitting."""
    known = [kind for kind in session.catalogue.kinds if kind.command]
    width = max(len(str(len(known))), 1)
    for place, kind in enumerate(known, 1):
        asking.say(f"  {place:>{width}}  {kind.label}")
    while True:
        answer = asking.read_line("记哪一种（写编号，一场含几项的写 1、5）：")
        kinds, problem = _understood(session, answer, known)
        if not problem:
            return kinds
        asking.say(f"  {problem}")


def _understood(session: Session, answer: str, known: Sequence[Kind]) -> tuple[tuple[Kind, ...], str]:
    labels = {str(place): kind.label for place, kind in enumerate(known, 1)}
    words = filter(None, clean(answer).translate(_BETWEEN).split("、"))
    names, problem = parse_kinds(session.catalogue, "、".join(labels.get(word, word) for word in words))
    kinds = tuple(session.catalogue.kind(name) for name in names or ())
    if problem or not kinds or not {*kinds} <= {*known}:
        return (), problem or f"请写 1 到 {len(known)}。"
    if len(kinds) > 1 and not _together(session, kinds):
        return (), "这几项不记在同一张表里；请分开记。"
    return kinds, ""


def _together(session: Session, kinds: Sequence[Kind]) -> bool:
    register = session.catalogue.register(kinds[0].register)
    return len({kind.register for kind in kinds}) == 1 and any(map(is_kinds, register.fields))


def _draft(session: Session, found: list[tuple[Path, Draft]]) -> tuple[Path, Draft] | None:
    """The draft to go on with; None for a new record."""
    while found:
        asking.say("有没写完的草稿：")
        for place, (_path, draft) in enumerate(found, 1):
            asking.say(f"  {place}  {_told(session, draft)}")
        asking.say("写编号接着写（回车＝第 1 份）；删 1＝删去那一份；新＝另记一条。")
        answer = clean(asking.read_line("接着写哪一份："))
        if answer in {"新", "n"}:
            return None
        number = answer.removeprefix(_DROP).strip() or "1"
        if not (number.isdecimal() and 1 <= int(number) <= len(found)):
            asking.say(f"  请写 1 到 {len(found)}，或“新”。")
        elif answer.startswith(_DROP):
            drafts.drop_draft(found.pop(int(number) - 1)[0])
            asking.say("  草稿已删去。")
        else:
            return found[int(number) - 1]
    return None


def _told(session: Session, draft: Draft) -> str:
    """支部党员大会　2026-03-05　（2026-03-09 10:30 王芳留下）."""
    given = draft.values.get("kinds") or "、".join(session.catalogue.title_of(name) for name in draft.kinds)
    day = draft.values.get("date", "")
    words = [text if isinstance(text, str) else "、".join(text) for text in (given, day)]
    return "　".join(filter(None, (*words, f"（{draft.at} {draft.by}留下）")))
