"""Files beside the ledger: whole, once, told when they change, and never half."""

from __future__ import annotations

import errno
import hashlib
import itertools
import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.once import once
from tests.pictures import photo

from zhibu_cli.app import recording
from zhibu_cli.app.attaching import asked_about, attach
from zhibu_cli.app.exporting import export
from zhibu_cli.app.keeping import Staging, fit
from zhibu_cli.app.listing import list_entries, show
from zhibu_cli.app.reporting import Order, Wish, make, named, view_of
from zhibu_cli.errors import ClassifiedError, InputError, LedgerBusyError, NotFoundError, PaperError
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger
from zhibu_cli.model.period import parse_period
from zhibu_cli.store.opening import open_store

if TYPE_CHECKING:
    from zhibu_cli.app.context import Actor


@pytest.fixture
@once
def meeting(ledger: Path, actor: Actor) -> Path:
    """The ledger with the meeting S1 of 5 March 2026, 14:30 to 15:30, and the theme day S2."""
    values = {"date": "2026-03-05", "start": "14:30", "end": "15:30", "host": "王五", "topics": "学习"}
    values["chair"] = values.pop("host")
    recording.record(ledger, "党员大会", values, actor)
    recording.record(ledger, "主题党日", {"date": "2026-03-06", "theme": "植树"}, actor)
    return ledger


def _file(folder: Path, name: str, data: bytes = b"invented") -> Path:
    path = folder / "from" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _copies(ledger: Path) -> dict[str, bytes]:
    folder = ledger.with_name("zhibu.db.附件")
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def test_a_file_is_copied_under_its_name_and_its_hash_is_kept(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    (kept,) = attach(meeting, "S1", [_file(tmp_path, "签到表.pdf", b"%PDF one")], actor)
    assert kept.new
    assert _copies(meeting) == {"S1-Y1-签到表.pdf": b"%PDF one"}
    assert kept.attachment.sha256 == hashlib.sha256(b"%PDF one").hexdigest()
    assert (kept.attachment.id, kept.attachment.size, kept.kind) == ("Y1", 8, "签到表")
    assert kept.attachment.added_at == datetime(2026, 3, 9, 10, 0)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("3月签到表.jpg", "签到表"),
        ("IMG_0001.jpg", "照片"),
        ("党课课件.pdf", "课件"),
        ("学习材料.pptx", "课件"),
        ("关于开会的通知.docx", "通知"),
        ("记录.docx", "其他"),
    ],
)
def test_the_kind_follows_the_name_unless_it_is_said(
    meeting: Path, tmp_path: Path, actor: Actor, name: str, kind: str
) -> None:
    file = _file(tmp_path, name)
    assert attach(meeting, "S1", [file], actor)[0].kind == kind
    assert attach(meeting, "S2", [file], actor, kind="签到")[0].kind == "签到表"


def test_the_camera_s_time_stands_beside_the_meeting_s_without_a_verdict(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    attach(meeting, "S1", [_file(tmp_path, "a.jpg", photo("2026:03:09 08:01:59"))], actor)
    assert show(meeting, "S1").attachments == (
        "Y1　照片　a.jpg（110 B）　拍摄时间 2026年3月9日 08:01；记录的时间 2026年3月5日 14:30至15:30",
    )


@pytest.mark.parametrize(
    "data", [photo("0000:00:00 00:00:00"), photo("XXXX:XX:XX"), photo()[:60], b"\xff\xd8 nothing"]
)
def test_a_photo_that_says_no_time_is_given_none(
    meeting: Path, tmp_path: Path, actor: Actor, data: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    (kept,) = attach(meeting, "S1", [_file(tmp_path, "a.jpg", data)], actor)
    assert kept.attachment.taken_at == ""
    assert show(meeting, "S1").attachments[0].endswith("文件里没有拍摄时间")
    assert capfd.readouterr() == ("", "")


def test_the_same_file_again_adds_nothing_also_under_another_name(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    one, twin = _file(tmp_path, "a.pdf"), _file(tmp_path, "b.pdf")
    kept = attach(meeting, "S1", [one, twin, one], actor)
    assert [file.new for file in kept] == [True, False, False]
    assert attach(meeting, "S1", [one], actor)[0].new is False
    assert list(_copies(meeting)) == ["S1-Y1-a.pdf"]
    assert attach(meeting, "S2", [one], actor)[0].attachment.id == "Y2"


def test_the_minutes_say_of_a_vanished_file_that_it_is_not_there_and_are_not_final(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    attach(meeting, "S1", [_file(tmp_path, "签到表.pdf", b"%PDF one"), _file(tmp_path, "记录.txt")], actor)
    order, day = Order(kind=named("minutes"), record="S1"), date(2026, 3, 10)
    (folder,) = meeting.parent.glob("*.附件")
    (folder / "S1-Y1-签到表.pdf").unlink()
    (folder / "S1-Y2-记录.txt").write_bytes(b"tampered")
    out = tmp_path / "S1.md"
    assert "〔待补：附件文件夹中未见这个文件〕" in make(meeting, order, out, Wish(), as_of=day).blanks
    told = out.read_text(encoding="utf-8")
    assert "S1-Y2-记录.txt），现在的文件与存入时不同" in told
    with pytest.raises(PaperError, match="附件文件夹中未见这个文件"):
        make(meeting, order, tmp_path / "2.md", Wish(final=True), as_of=day)


@pytest.mark.parametrize("paper", ["originals", "handover", "dossier", "handbook"])
def test_every_paper_that_tells_of_files_has_looked_at_them(
    paper: str, meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    recording.record(
        meeting,
        "谈心谈话",
        {"date": "2026-03-07", "talkers": "王五", "partners": "张三", "content": "谈工作"},
        actor,
    )
    attach(meeting, "S1", [_file(tmp_path, "记录.txt")], actor)
    attach(meeting, "T1", [_file(tmp_path, "谈话.txt")], actor)
    (folder,) = meeting.parent.glob("*.附件")
    for copy in folder.iterdir():
        copy.unlink()
    order = Order(kind=named(paper), period=None if paper == "handover" else parse_period("2026"))
    view = str(view_of(meeting, order, as_of=date(2026, 3, 10)))
    assert "附件文件夹中未见2个" in view if paper == "handover" else "附件文件夹中未见这个文件" in view
    assert ("谈心谈话记录T1的附件：附件文件夹中未见1个。" in view) is (paper == "originals")


def test_two_files_of_one_name_are_both_kept(meeting: Path, tmp_path: Path, actor: Actor) -> None:
    file = _file(tmp_path, "a.pdf", b"one")
    attach(meeting, "S1", [file], actor)
    file.write_bytes(b"two")
    attach(meeting, "S1", [file], actor)
    assert _copies(meeting) == {"S1-Y1-a.pdf": b"one", "S1-Y2-a.pdf": b"two"}


def test_show_tells_that_a_copy_was_altered_or_vanished(meeting: Path, tmp_path: Path, actor: Actor) -> None:
    files = [_file(tmp_path, f"{name}.pdf", name.encode()) for name in "abc"]
    attach(meeting, "S1", files, actor)
    folder = meeting.with_name("zhibu.db.附件")
    (folder / "S1-Y1-a.pdf").write_bytes(b"x")  # of the same length
    (folder / "S1-Y2-b.pdf").unlink()
    first, second, third = show(meeting, "S1").attachments
    assert first.endswith("【内容与附上时不同】")
    assert second.endswith("【文件已不在附件文件夹】")
    assert third == "Y3　其他　c.pdf（1 B）"


def test_a_vanished_copy_comes_back_when_the_file_is_attached_again(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    file = _file(tmp_path, "a.pdf")
    attach(meeting, "S1", [file], actor)
    meeting.with_name("zhibu.db.附件").joinpath("S1-Y1-a.pdf").unlink()
    (kept,) = attach(meeting, "S1", [file], actor)
    assert (kept.new, kept.put_back) == (False, True)
    assert _copies(meeting) == {"S1-Y1-a.pdf": b"invented"}


def test_a_withdrawn_attachment_is_listed_no_more_and_its_file_stays(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    file = _file(tmp_path, "a.pdf")
    attach(meeting, "S1", [file], actor)
    recording.void(meeting, "Y1", "附错了", actor)
    assert show(meeting, "S1").attachments == ()
    assert list(_copies(meeting)) == ["S1-Y1-a.pdf"]
    assert attach(meeting, "S1", [file], actor)[0].attachment.id == "Y2"


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.exe", b"x", "“a.exe”这种文件不收"),
        ("a.zip", b"x", "“a.zip”这种文件不收"),
        ("无后缀", b"x", "“无后缀”这种文件不收"),
        ("a.pdf", b"MZ\x90\x00", "内容是程序"),
        ("a.txt", b"#!/bin/sh\n", "内容是程序"),
        ("a.pdf", b"", "“a.pdf”是空文件"),
        ("a.pdf", b"x" * (20 * 1024 * 1024 + 1), "“a.pdf”有 20.0 MB，超过 20 MB"),
    ],
)
def test_a_file_that_cannot_be_kept_is_refused_with_its_reason(  # noqa: PLR0917
    meeting: Path, tmp_path: Path, actor: Actor, name: str, data: bytes, complaint: str
) -> None:
    good = _file(tmp_path, "good.pdf")
    with pytest.raises(InputError, match=complaint):
        attach(meeting, "S1", [good, _file(tmp_path, name, data)], actor)
    assert _copies(meeting) == {}
    assert show(meeting, "S1").attachments == ()


def test_twenty_megabytes_are_taken_and_more_on_demand(meeting: Path, tmp_path: Path, actor: Actor) -> None:
    limit = 20 * 1024 * 1024
    assert attach(meeting, "S1", [_file(tmp_path, "a.pdf", b"x" * limit)], actor)[0].new
    more = _file(tmp_path, "b.pdf", b"x" * (limit + 1))
    assert attach(meeting, "S1", [more], actor, most_megabytes=21)[0].new


def test_all_problems_are_told_at_once(meeting: Path, tmp_path: Path, actor: Actor) -> None:
    kinds = (
        "pdf、ofd、docx、doc、wps、xlsx、xls、et、pptx、ppt、dps、jpg、jpeg、png、heic、tif、tiff、txt、md"
    )
    with pytest.raises(InputError) as told:
        attach(meeting, "S1", [tmp_path / "没有.pdf", tmp_path, _file(tmp_path, "a.exe")], actor)
    assert told.value.message.splitlines()[1:] == [
        f"找不到“{tmp_path / '没有.pdf'}”。",
        f"“{tmp_path}”不是文件。",
        f"“a.exe”这种文件不收；可附 {kinds}。",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [("机密★会议.pdf", b"x"), ("a.txt", "秘密★1年".encode()), ("a.md", "绝密★".encode("gbk"))],
)
def test_a_classification_mark_in_the_name_or_in_plain_text_is_refused(
    meeting: Path, tmp_path: Path, actor: Actor, name: str, data: bytes
) -> None:
    with pytest.raises(ClassifiedError) as told:
        attach(meeting, "S1", [_file(tmp_path, "good.pdf"), _file(tmp_path, name, data)], actor)
    assert told.value.exit_code == 16
    assert _copies(meeting) == {}


def test_the_bare_words_in_a_name_are_only_asked_about(tmp_path: Path) -> None:
    assert asked_about([tmp_path / "学习通报.pdf"]) == ()
    assert asked_about([tmp_path / "机密文件管理.pdf"]) == ("机密文件管理.p",)


def test_only_a_living_record_takes_files(meeting: Path, tmp_path: Path, actor: Actor) -> None:
    file = _file(tmp_path, "a.pdf")
    with pytest.raises(NotFoundError):
        attach(meeting, "S9", [file], actor)
    attach(meeting, "S1", [file], actor)
    with pytest.raises(InputError, match="不是记录"):
        attach(meeting, "Y1", [file], actor)
    recording.void(meeting, "S1", "重复", actor)
    with pytest.raises(InputError, match="已作废"):
        attach(meeting, "S1", [file], actor)


def test_what_the_program_found_cannot_be_amended_but_the_kind_can(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    attach(meeting, "S1", [_file(tmp_path, "a.pdf")], actor)
    with pytest.raises(InputError, match="由程序登记，不能改"):
        recording.amend(meeting, "Y1", {"sha256": "0" * 64}, "试", actor)
    recording.amend(meeting, "Y1", {"kind": "签到表"}, "是签到表", actor)
    assert show(meeting, "S1").attachments == ("Y1　签到表　a.pdf（8 B）",)


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.rename"])
@pytest.mark.parametrize("good", [0, 1])
def test_a_full_disk_leaves_no_file_no_folder_and_no_entry(  # noqa: PLR0917
    meeting: Path, tmp_path: Path, actor: Actor, monkeypatch: pytest.MonkeyPatch, call: str, good: int
) -> None:
    """``good``: after how many files the disk is full."""
    before = meeting.read_bytes()
    real = os.fsync if call == "os.fsync" else Path.rename
    times = itertools.count()

    def full_at_last(*given: Any) -> Any:
        return real(*given) if next(times) < good else _no_space()

    monkeypatch.setattr(call, full_at_last)
    with pytest.raises(LedgerBusyError, match="磁盘空间不足") as told:
        attach(meeting, "S1", [_file(tmp_path, "a.pdf"), _file(tmp_path, "b.pdf", b"other")], actor)
    assert told.value.hint == "请检查磁盘空间和文件夹权限后再试；台账没有改动。"
    assert not meeting.with_name("zhibu.db.附件").exists()
    assert meeting.read_bytes() == before


def test_a_commit_that_fails_takes_the_copies_back(
    meeting: Path, tmp_path: Path, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Staging.finish

    def finish_then_break(staging: Staging) -> None:
        finish(staging)
        raise LedgerBusyError("台账无法写入。")

    monkeypatch.setattr(Staging, "finish", finish_then_break)
    with pytest.raises(LedgerBusyError):
        attach(meeting, "S1", [_file(tmp_path, "a.pdf")], actor)
    assert not meeting.with_name("zhibu.db.附件").exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("S1-Y1-a<b>:c?.pdf", "S1-Y1-a_b__c_.pdf"),
        ("S1-Y1-../../etc.pdf", "S1-Y1-.._.._etc.pdf"),
        ("长" * 200 + ".pdf", "长" * 58 + ".pdf"),
        ("a .pdf", "a.pdf"),
    ],
)
def test_names_are_made_to_fit_every_file_system(name: str, kept: str) -> None:
    assert fit(name) == kept


def test_rules_and_papers_see_the_sign_in_sheets_of_a_record(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    attach(meeting, "S1", [_file(tmp_path, "签到表.pdf"), _file(tmp_path, "a.jpg", photo())], actor)
    with open_store(meeting) as store:
        ledger = build_ledger(store.entries(), CATALOGUE)
    assert [file.name for file in ledger.attached_to("S1", "sign_in")] == ["签到表.pdf"]
    assert [file.taken_at for file in ledger.attached_to("S1")] == ["", "2026-03-05T14:41"]
    assert ledger.attached_to("S2") == ()


def test_a_full_export_carries_the_hashes_under_a_key_of_its_own(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    attach(meeting, "S1", [_file(tmp_path, "签到表.pdf")], actor)
    export(meeting, tmp_path / "a.json", actor)
    assert "附件" not in json.loads((tmp_path / "a.json").read_text("utf-8"))
    export(meeting, tmp_path / "b.json", actor, full=True)
    (one,) = json.loads((tmp_path / "b.json").read_text("utf-8"))["附加"]["attachments"]
    assert one == {
        "id": "Y1",
        "record": "S1",
        "name": "签到表.pdf",
        "kind": "sign_in",
        "size": 8,
        "sha256": hashlib.sha256(b"invented").hexdigest(),
        "file": "S1-Y1-签到表.pdf",
        "added_at": "2026-03-09T10:00:00",
    }


def test_attachments_are_listed_by_name_only_when_asked_for(
    meeting: Path, tmp_path: Path, actor: Actor
) -> None:
    attach(meeting, "S1", [_file(tmp_path, "签到表.pdf")], actor)
    assert [line.id for line in list_entries(meeting)] == ["S1", "S2"]
    assert [line.id for line in list_entries(meeting, "附件")] == ["Y1"]
