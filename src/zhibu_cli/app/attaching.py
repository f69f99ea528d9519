"""``attach``: files copied beside the ledger; the ledger keeps what they were called and their hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from zhibu_cli.app.classified import refuse_classified
from zhibu_cli.app.files import refuse_marked_name
from zhibu_cli.app.keeping import Staging, folder_of, state_of
from zhibu_cli.app.recording import register_of
from zhibu_cli.errors import InputError, disk_trouble
from zhibu_cli.model.attachment import (
    ALTERED,
    GONE,
    INTACT,
    MOST_MEGABYTES,
    UNREADABLE,
    Attachment,
    is_picture,
    kind_by_name,
    not_as_named,
    read_attachment,
    refusal,
    size_text,
    suffix_of,
)
from zhibu_cli.model.beside_sheets import ATTACHMENT
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.secrecy import classification_words
from zhibu_cli.model.values import parse_field
from zhibu_cli.text import chinese_date, encodable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.context import Actor
    from zhibu_cli.model.declare import Catalogue
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.store.store import Store

_HEAD_BYTES = 16
_PLAIN_TEXT = frozenset({"txt", "md"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One file of an answer to ``attach``."""

    attachment: Attachment
    kind: str
    """签到表, 照片 …"""
    new: bool
    """False: the same file was with this record already."""
    put_back: bool = False
    """The copy had vanished and is there again."""
    altered: bool = False
    """The copy is no longer what was attached; it is left as it is."""
    doubtful: str = ""
    """图片, PDF 文件 …: what the file is by its name and does not look like."""


class Attached(NamedTuple):
    """A file of a record as it is found now."""

    attachment: Attachment
    kind: str
    state: str
    """See ``model.attachment``."""


def asked_about(files: Sequence[Path]) -> tuple[str, ...]:
    """File names with the bare words 绝密, 机密, 秘密, to be asked about before anything is stored."""
    return tuple(place for file in files for place in classification_words(file.name))


def attach(
    path: Path,
    id_: str,
    files: Sequence[Path],
    actor: Actor,
    *,
    kind: str = "",
    most_megabytes: int = MOST_MEGABYTES,
    catalogue: Catalogue = CATALOGUE,
) -> tuple[Kept, ...]:
    """Copy files beside the ledger and note them with a record; all of them or none.

    ``kind`` is 签到表, 照片, 课件, 通知 or 其他; without it the file's name decides.

    Raises:
        NotFoundError: there is no such record.
        InputError: the record was voided or takes no files, or a file cannot be kept.
        ClassifiedError: a file's name or plain text bears a classification mark.
        LedgerBusyError: ledger, folder or disk cannot be written.
    """
    from zhibu_cli.store.opening import open_store

    code = _kind_code(kind, catalogue)
    _refuse_unfit(files, most_megabytes)
    staging = Staging(folder_of(path))
    try:
        with open_store(path, write=True, catalogue=catalogue) as store, store.transaction():
            _must_take_files(store, id_, catalogue)
            kept = [_keep(store, id_, file, staging, kind=code, actor=actor) for file in files]
            staging.finish()
    except BaseException:
        staging.undo()
        raise
    return tuple(kept)


def attached(path: Path, store: Store, id_: str) -> tuple[Attached, ...]:
    """The files of a record in the order in which they came, each looked at again."""
    return tuple(
        Attached(one, ATTACHMENT.field("kind").term(one.kind), state_of(path, one))
        for one in _of_record(store, id_)
    )


def _of_record(store: Store, id_: str) -> list[Attachment]:
    rows = store.of_register(ATTACHMENT.name)
    return [read_attachment(row) for row in rows if row.payload["record"] == id_]


def _kind_code(kind: str, catalogue: Catalogue) -> str:
    if not kind:
        return ""
    value, problem = parse_field(catalogue, ATTACHMENT, ATTACHMENT.field("kind"), kind)
    if problem:
        raise InputError(problem)
    return str(value)


def _must_take_files(store: Store, id_: str, catalogue: Catalogue) -> None:
    entry = store.entry(id_)
    if entry.voided:
        raise InputError(f"{id_} 已作废，不能再加附件。", hint=f"用 zhibu history {id_} 查看各个版本。")
    if register_of(entry, catalogue) in catalogue.beside:
        raise InputError(f"{id_} 不是记录，不能加附件。", hint="请写会议、谈话等记录的编号，如 S12。")


def _refuse_unfit(files: Sequence[Path], most_megabytes: int) -> None:
    """Look at every file before anything is written; all problems at once."""
    for file in files:
        refuse_marked_name(file)
    problems = list(filter(None, (_problem(file, most_megabytes) for file in files)))
    if problems:
        told = "\n".join(["附件没有存，问题如下：", *problems])
        raise InputError(told, hint="请改正后再附；台账没有改动。")


def _problem(file: Path, most_megabytes: int) -> str:
    if not file.exists():
        return f"找不到“{file}”。"
    if not file.is_file():
        return f"“{file}”不是文件。"
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEAD_BYTES)
    except OSError as error:
        return f"打不开“{file}”（{disk_trouble(error)}）。"
    return refusal(file.name, file.stat().st_size, head, most_megabytes)


def _keep(store: Store, id_: str, file: Path, staging: Staging, *, kind: str, actor: Actor) -> Kept:
    data = file.read_bytes()
    if suffix_of(file.name) in _PLAIN_TEXT:
        _refuse_marked_text(file, data)
    sha256 = hashlib.sha256(data).hexdigest()
    there = next((one for one in _of_record(store, id_) if one.sha256 == sha256), None)
    if there is not None:
        return _again(store, there, data, staging)
    number = store.next_id(ATTACHMENT)
    payload = {
        "record": id_,
        "name": encodable(file.name),
        "kind": kind or kind_by_name(file.name),
        "size": len(data),
        "sha256": sha256,
        "file": staging.add(f"{id_}-{number}-{file.name}", data),
    }
    if is_picture(file.name):
        from zhibu_cli.exchange.photo import taken_at

        payload |= {"taken_at": moment} if (moment := taken_at(data)) else {}
    entry = store.add(ATTACHMENT, payload, now=actor.now, who=actor.who)
    doubtful = not_as_named(file.name, data[:_HEAD_BYTES])
    return replace(_told(read_attachment(entry), new=True), doubtful=doubtful)


def _again(store: Store, there: Attachment, data: bytes, staging: Staging) -> Kept:
    """The file is with the record already; a copy that has vanished comes back under its name."""
    state = INTACT if staging.holds(there.file) else state_of(store.path, there)
    if state == GONE:
        staging.add(there.file, data)
    return replace(_told(there, new=False), put_back=state == GONE, altered=state == ALTERED)


def _told(attachment: Attachment, *, new: bool) -> Kept:
    kind = ATTACHMENT.field("kind").term(attachment.kind)
    return Kept(attachment=attachment, kind=kind, new=new)


def _refuse_marked_text(file: Path, data: bytes) -> None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        refuse_classified({"": text}, f"“{file.name}”的")
        return


_STATES = {
    GONE: "【文件已不在附件文件夹】",
    ALTERED: "【内容与附上时不同】",
    UNREADABLE: "【打不开，未能核对】",
}


def line(found: Attached, entry: Entry) -> str:
    """A file of a record in words; of a photo the camera's time beside the time of the record."""
    one = found.attachment
    parts = [one.id, found.kind, f"{one.name}（{size_text(one.size)}）"]
    if one.taken_at:
        held = when_held(entry)
        parts.append(f"拍摄时间 {moment_text(one.taken_at)}" + (f"；记录的时间 {held}" if held else ""))
    elif one.kind == "photo":
        parts.append("文件里没有拍摄时间")
    return "　".join((*parts, *filter(None, (_STATES.get(found.state),))))


def moment_text(moment: str) -> str:
    """``2026年3月5日 14:31``."""
    day, _, clock = moment.partition("T")
    return f"{chinese_date(date.fromisoformat(day))} {clock}".strip()


def when_held(entry: Entry) -> str:
    """``2026年3月5日 14:30至15:30``, as far as the record says; empty where it has no day."""
    if entry.day is None:
        return ""
    clocks = "至".join(filter(None, (entry.payload.get("start"), entry.payload.get("end"))))
    return f"{chinese_date(entry.day)} {clocks}".strip()
