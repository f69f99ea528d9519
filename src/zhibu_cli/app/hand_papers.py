"""Paper for a meeting of today or later: notice, sign-in sheet, minutes form, ballot.

For a day that is over none is made: a sheet signed afterwards proves nothing, and nothing here may
help to make it look as if it did.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.app import checking
from zhibu_cli.errors import ClassifiedError, InputError, NotFoundError
from zhibu_cli.model.attendance import expected_at
from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.declare import Expects
from zhibu_cli.model.groups import find_group, groups_on
from zhibu_cli.model.life_sheets import GRADES, MATTERS
from zhibu_cli.model.secrecy import scan_payload
from zhibu_cli.model.values import parse_kinds
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date, time
    from pathlib import Path

    from zhibu_cli.model.declare import Catalogue, Kind, Term
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.report.views import View


class Paper(StrEnum):
    """What can be printed; the value is the name of its template."""

    NOTICE = "notice"
    SIGN_IN = "signin"
    MINUTES = "minutes-blank"
    BALLOT = "ballot"


TITLES = {Paper.NOTICE: "通知", Paper.SIGN_IN: "签到表", Paper.MINUTES: "记录表", Paper.BALLOT: "票"}
LISTED = (
    ("会议通知", "时间、地点、议题照选项写，参加人员按当日名册；不知道的留〔待补：…〕"),
    ("签到表", "应到的人按当日名册，签名由本人到会时书写"),
    ("记录表", "各种会议、党课、主题党日和谈心谈话的空白记录"),
    ("测评票、选举票、表决票", "民主评议、选举、接收预备党员等用的票"),
)
"""What can be printed, for the list of papers: title and one line."""
_WORDS = {
    "notice": Paper.NOTICE,
    "会议通知": Paper.NOTICE,
    "通知": Paper.NOTICE,
    "sign-in": Paper.SIGN_IN,
    "签到表": Paper.SIGN_IN,
    "签到": Paper.SIGN_IN,
    "minutes": Paper.MINUTES,
    "记录表": Paper.MINUTES,
    "会议记录表": Paper.MINUTES,
    "ballot": Paper.BALLOT,
    "测评票": Paper.BALLOT,
    "选举票": Paper.BALLOT,
    "选票": Paper.BALLOT,
    "表决票": Paper.BALLOT,
}
_VOTE = "表决票"
_KIND_IN_WORD = {"测评票": "民主评议党员", "选举票": "选举", "选票": "选举"}
_ONE_BY_ONE = ("admission", "conversion", "discipline", "disposal")
"""Matters on which a ballot names one person."""
_ELECTION = "election"
_APPRAISAL = "appraisal"
_GENERAL = "general_meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be printed."""

    paper: Paper
    day: date
    kind: str = ""
    """A kind of meeting, or the matter of a vote, as the user called it."""
    group: str = ""
    people: tuple[str, ...] = ()
    """On a ballot: whom it is about."""
    seats: int | None = None
    start: time | None = None
    end: time | None = None
    place: str = ""
    topics: tuple[str, ...] = ()
    host: str = ""
    lecturer: str = ""
    observers: tuple[str, ...] = ()
    contact: str = ""

    @property
    def given(self) -> dict[str, object]:
        """What was said beyond day and kind, by option."""
        return {
            "--group": self.group,
            "--candidate": self.people,
            "--seats": self.seats,
            "--start": self.start,
            "--end": self.end,
            "--place": self.place,
            "--topic": self.topics,
            "--host": self.host,
            "--lecturer": self.lecturer,
            "--observer": self.observers,
            "--contact": self.contact,
        }


def paper_named(word: str) -> Paper | None:
    """The paper that a word asks for, if it asks for one."""
    return _WORDS.get(word)


def kind_for(word: str, said: str, *, catalogue: Catalogue = CATALOGUE) -> str:
    """The kind or matter of a paper: what the user said, else what its name already says; may be empty.

    Raises:
        InputError: a ballot on no matter, or name and kind say two.
    """
    named = _KIND_IN_WORD.get(word, "")
    if word == _VOTE and not said:
        raise InputError(
            "表决票要写明表决什么。",
            hint=f"加 --kind；可写：{_labels(_ONE_BY_ONE)}。民主评议用 测评票，选举用 选举票。",
        )
    if named and said and _voted_on(said, catalogue) != _voted_on(named, catalogue):
        raise InputError(
            f"{word}是{named}用的，--kind 写的是“{said}”。",
            hint="两处只写一处；其他事项用 表决票 加 --kind。",
        )
    return said or named


def render(path: Path, asked: Asked, today: date, *, catalogue: Catalogue = CATALOGUE) -> bytes:
    """The paper as the bytes of a .docx.

    Raises:
        InputError: the day is over, or the kind has no such paper.
        ClassifiedError: a text bears a classification mark.
        NotFoundError: there is no such group that day.
        LedgerNotFoundError, LedgerFormatError, LedgerBusyError: see ``open_store``.
    """
    from zhibu_cli.report import word

    _refuse_past(asked, today)
    _refuse_marks(asked)
    ledger = checking.load(path, catalogue=catalogue)
    make: Callable[..., View] = {
        Paper.NOTICE: _notice,
        Paper.SIGN_IN: _sign_in,
        Paper.MINUTES: _minutes,
        Paper.BALLOT: _ballot,
    }[asked.paper]
    view = make(ledger, asked, today)
    return word.render(view, resources.templates_dir() / f"{asked.paper.value}.docx")


def _refuse_past(asked: Asked, today: date) -> None:
    if asked.day < today:
        raise InputError(
            f"{chinese_date(asked.day)}已经过去，不能再打印那一天的{TITLES[asked.paper]}。",
            hint="只为今天或以后的会打印：会后补签、补填的纸不能说明当时的情况。"
            "已经开过的会，照当时的记录用 zhibu record 登记；没有签到表的不用补。",
        )


def _refuse_marks(asked: Asked) -> None:
    if mark := scan_payload(asked.given):
        raise ClassifiedError(
            f"写的内容带有密级标志“{mark}”，没有打印。",
            hint="本程序不得处理国家秘密、工作秘密；涉密会议的通知按保密规定另行办理。",
        )


def blanks_in(data: bytes) -> tuple[str, ...]:
    """What the paper still leaves open: every ``〔待补：…〕`` in it, each once."""
    from zhibu_cli.report.word import printed
    from zhibu_cli.report.wording import blanks

    return tuple(dict.fromkeys(blanks(printed(data))))


def _notice(ledger: Ledger, asked: Asked, today: date) -> View:
    from zhibu_cli.report.notice import Said, build_notice

    kind, *also = kinds = _kinds(ledger.catalogue, asked, ("sitting",))
    if asked.start and asked.end and asked.end <= asked.start:
        raise InputError("结束时间应在开始时间之后。", hint="请核对 --start 和 --end。")
    said = Said(
        start=asked.start,
        end=asked.end,
        place=asked.place,
        topics=asked.topics,
        host=asked.host,
        lecturer=asked.lecturer,
        observers=asked.observers,
        contact=asked.contact,
    )
    group = _group(ledger, kinds, asked)
    return build_notice(ledger, kind, group, asked.day, printed=today, said=said, also=also)


def _sign_in(ledger: Ledger, asked: Asked, today: date) -> View:
    from zhibu_cli.report.blank_papers import build_sign_in

    kind, *also = kinds = _kinds(ledger.catalogue, asked, ("sitting",))
    return build_sign_in(ledger, kind, _group(ledger, kinds, asked), asked.day, today, also=also)


def _minutes(ledger: Ledger, asked: Asked, today: date) -> View:
    from zhibu_cli.report.blank_papers import build_minutes

    kind, *also = kinds = _kinds(ledger.catalogue, asked, ("sitting", "talk"))
    return build_minutes(ledger, kind, _group(ledger, kinds, asked), asked.day, today, also=also)


def _ballot(ledger: Ledger, asked: Asked, _today: date) -> View:
    from zhibu_cli.report import blank_papers as build

    if _voted_on(asked.kind, ledger.catalogue) == _APPRAISAL:
        return build.build_appraisal_ballot(ledger, _grades(), asked.day)
    matter = _matter(asked.kind)
    if twice := [one for one in asked.people if asked.people.count(one) > 1]:
        raise InputError(
            f"票上“{twice[0]}”写了两次。",
            hint="每人写一次；同名的两个人请写得分得开，如 张三（第一党小组）。",
        )
    if matter.code == _ELECTION:
        return build.build_election_ballot(ledger, asked.people, asked.seats, asked.day)
    if len(asked.people) > 1:
        raise InputError(
            f"{matter.label}要逐个表决，一张票上只写一个人。", hint="请一人一张：--candidate 只写一次。"
        )
    return build.build_vote_ballot(ledger, matter.label, (*asked.people, "")[0], asked.day)


def _grades() -> tuple[str, ...]:
    """The grades that a member may be given by others; 不定等次 and 不列入 are none."""
    return tuple(term.label for term in GRADES if term.code not in {"ungraded", "not_listed"})


def _matter(word: str) -> Term:
    if found := _find_matter(word):
        return found
    labels = f"民主评议党员、{_labels((_ELECTION, *_ONE_BY_ONE))}"
    raise InputError(f"不知道“{word}”的票是什么样。", hint=f"--kind 可写：{labels}。")


def _find_matter(word: str) -> Term | None:
    known = (term for term in MATTERS if term.code in (_ELECTION, *_ONE_BY_ONE))
    return next((term for term in known if word in (term.code, term.label, *term.aliases)), None)


def _labels(codes: Collection[str]) -> str:
    return "、".join(term.label for term in MATTERS if term.code in codes)


def _voted_on(word: str, catalogue: Catalogue) -> str:
    """``appraisal``, which a ballot is on where nothing is said, or the code of a matter; else empty."""
    kind = catalogue.find_kind(word or _APPRAISAL)
    if kind is not None and kind.name == _APPRAISAL:
        return _APPRAISAL
    matter = _find_matter(word)
    return matter.code if matter else ""


def _kinds(catalogue: Catalogue, asked: Asked, registers: Sequence[str]) -> tuple[Kind, ...]:
    """What the meeting is: one kind, or several of one sitting as a record of it would name them."""
    kind = catalogue.find_kind(asked.kind or _GENERAL)
    if kind is not None and kind.register in registers:
        return (kind,)
    names, wrong = parse_kinds(catalogue, asked.kind, "sitting")
    if not names:
        labels = "、".join(one.label for one in catalogue.kinds if one.register in registers)
        hint = wrong if "不能记在" in wrong else f"--kind 可写：{labels}；一场含几项的用顿号分开。"
        raise InputError(f"“{asked.kind}”没有{TITLES[asked.paper]}。", hint=hint)
    return tuple(map(catalogue.kind, names))


def _group(ledger: Ledger, kinds: Sequence[Kind], asked: Asked) -> str:
    """The group, which a group's meeting cannot do without: its number, or its name in the roster only."""
    roster = ledger.roster
    there = groups_on(roster, asked.day)
    names = "、".join(there)
    if not asked.group:
        if expected_at(kinds) is Expects.GROUP and there:
            raise InputError(f"{kinds[0].label}要写明是哪个党小组。", hint=f"加 --group；有：{names}。")
        return ""
    found = find_group(asked.group, roster)
    if roster.group_name(found) not in there:
        raise NotFoundError(
            f"{chinese_date(asked.day)}没有“{asked.group}”这个党小组。",
            hint=f"有：{names}。" if names else "用 zhibu group add 登记党小组。",
        )
    return found


def unused(asked: Asked, *, catalogue: Catalogue = CATALOGUE) -> tuple[str, ...]:
    """Options that say nothing about the paper asked for."""
    used: dict[Paper, Collection[str]] = {
        Paper.NOTICE: asked.given.keys() - {"--candidate", "--seats"},
        Paper.BALLOT: _ON_BALLOT.get(_voted_on(asked.kind, catalogue), {"--candidate"}),
    }
    return tuple(
        option for option, said in asked.given.items() if said and option not in used.get(asked.paper, _SHEET)
    )


_SHEET = frozenset({"--group"})
_ON_BALLOT = {_APPRAISAL: frozenset[str](), _ELECTION: frozenset({"--candidate", "--seats"})}
"""Options of a ballot; on other matters it names one person."""
