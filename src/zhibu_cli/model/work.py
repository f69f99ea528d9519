"""发展党员, 培训学时 and 学习任务 as typed values, read from the payload of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibu_cli.model.sitting import read_date, read_ref
from zhibu_cli.text import clean

if TYPE_CHECKING:
    from datetime import date

    from zhibu_cli.model.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """One person on the way into the Party (发展党员). Days not written down are None.

    Only what a check or a paper asks for by name; the other columns are read from ``entry``.
    """

    entry: Entry
    id: str
    name: str
    meeting: date | None = None
    """接收大会日期: the 入党时间 of the roster."""
    conversion_meeting: date | None = None
    ended: date | None = None
    """终止日期."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Hours that one member spent in training outside the sittings of the branch (培训学时)."""

    id: str
    member: str
    """Number of the member, or the name as written."""
    day: date
    hours: float
    form: str = ""
    """centralized, collective, self; empty: not stated."""
    purpose: str = ""
    """rotation, induction, new_member, other; empty: not stated."""
    level: str = ""
    """county_up, below; empty: not stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyTask:
    """A document that the superior wants studied (学习任务)."""

    entry: Entry
    id: str
    title: str
    """文件名称 without the 《》 around it."""
    issued: date | None = None
    """成文日期."""
    received: date | None = None
    deadline: date | None = None
    records: tuple[str, ...] = ()
    """Numbers of the records that studied it, as the row claims."""


def read_development(entry: Entry) -> Development:
    """The typed view of an entry of the register 发展党员."""
    data = entry.payload
    return Development(
        entry=entry,
        id=entry.id,
        name=data["name"],
        meeting=read_date(data.get("meeting")),
        conversion_meeting=read_date(data.get("conversion_meeting")),
        ended=read_date(data.get("ended")),
    )


def read_training(entry: Entry) -> Training:
    """The typed view of an entry of the register 培训学时."""
    data = entry.payload
    day = read_date(data["date"])
    assert day is not None
    return Training(
        id=entry.id,
        member=read_ref(data["member"]),
        day=day,
        hours=data["hours"],
        form=data.get("form", ""),
        purpose=data.get("purpose", ""),
        level=data.get("level", ""),
    )


def read_study_task(entry: Entry) -> StudyTask:
    """The typed view of an entry of the register 学习任务."""
    data = entry.payload
    return StudyTask(
        entry=entry,
        id=entry.id,
        title=bare_title(data["title"]),
        issued=read_date(data.get("issued")),
        received=read_date(data.get("received")),
        deadline=read_date(data.get("deadline")),
        records=tuple(data.get("records", ())),
    )


def bare_title(text: str) -> str:
    """The title of a document without blanks at its ends and one pair of 《》 around the whole."""
    title = clean(text).strip()
    inside = title.removeprefix("《").removesuffix("》")
    whole = len(title) - len(inside) == 2 and "》" not in inside and "《" not in inside
    return inside.strip() if whole else title
