"""Ledgers for the tests of papers: one branch, by hand, small enough to count on fingers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.entry import Entry
from zhibu_cli.model.finding import Finding, Status, Subject, SubjectKind
from zhibu_cli.model.ledger import Ledger, build_ledger
from zhibu_cli.model.period import Period, parse_period
from zhibu_cli.model.rule import Severity
from zhibu_cli.report.request import Request
from zhibu_cli.store.opening import create

if TYPE_CHECKING:
    from pathlib import Path

NAMES = "张一 王二 李三 赵四 陈五 刘六 杨七 黄八 周九 吴十".split()  # noqa: SIM905 - easier to count


def entry(register: str, number: int, payload: dict[str, Any], at: str = "2026-07-01T09:00") -> Entry:
    """One entry as the store would hand it over."""
    declared = CATALOGUE.register(register)
    day = payload.get(declared.date_field) if declared.date_field else None
    kinds = tuple(payload["kinds"]) if "kinds" in payload else (CATALOGUE.kinds_of(register)[0].name,)
    return Entry(
        id=f"{declared.prefix}{number}",
        register=register,
        kinds=kinds,
        day=date.fromisoformat(day) if day else None,
        payload=payload,
        entered_at=datetime.fromisoformat(at),
        entered_by="张一",
    )


def many(register: str, payloads: list[dict[str, Any]]) -> list[Entry]:
    """Entries numbered from 1."""
    return [entry(register, number, payload) for number, payload in enumerate(payloads, 1)]


def branch(**more: Any) -> Entry:
    """支部信息."""
    payload = {
        "name": "市数据局机关第一党支部",
        "superior": "中共市数据局机关委员会",
        "founded": "2020-05-20",
        "ledger_from": "2026-01-01",
    }
    return entry("branch", 1, {**payload, **more})


def members() -> list[Entry]:
    """Ten members: eight full, 周九 probationary since May 2026, 吴十 since 15 December 2025."""
    full = [
        {"name": n, "joined": "2010-06-01", "converted": "2011-06-01", "status": "full", "group": "G1"}
        for n in NAMES[:8]
    ]
    half = [
        {"name": "周九", "joined": "2026-05-10", "status": "probationary", "group": "G2"},
        {"name": "吴十", "joined": "2025-12-15", "status": "probationary", "group": "G2"},
    ]
    full[0]["leader"] = True  # type: ignore[assignment]
    return many("member", full + half)


def posts() -> list[Entry]:
    """张一 secretary, 王二 organisation, 李三 discipline: a committee of three."""
    held = [("M1", "secretary"), ("M2", "organisation"), ("M3", "discipline")]
    return many(
        "post", [{"member": m, "post": p, "since": "2024-03-01", "origin": "election"} for m, p in held]
    )


def groups() -> list[Entry]:
    """Two groups."""
    return many("group", [{"name": "第一党小组", "leader": "M4"}, {"name": "第二党小组", "leader": "M8"}])


def meeting(kinds: str, day: str, theme: str, **more: Any) -> dict[str, Any]:
    """The payload of a sitting, complete unless a field is overwritten."""
    return {
        "kinds": kinds.split("+"),
        "date": day,
        "theme": theme,
        "place": "三楼会议室",
        "chair": "M1",
        "recorder": "M2",
        "expected": 10,
        "present": 10,
        "content": "按议程进行。",
    } | more


def sittings() -> list[Entry]:
    """Third quarter of 2026: seven sittings in eight kinds, one late, one without head counts.

    S1 committee 3/3 · S2 general meeting and theme day 9/10 · S3 lecture 10/10 by the secretary ·
    S4 committee 3/3 · S5 theme day 8/10 · S6 group without numbers · S7 committee 2/3, entered late;
    S8 lies in the second quarter, S9 is a democratic life meeting and counts for nothing.
    """
    return many(
        "sitting",
        [
            meeting("committee_meeting", "2026-07-03", "研究三季度工作", expected=3, present=3),
            meeting(
                "general_meeting+theme_day",
                "2026-07-20",
                "学习党章、重温入党誓词",
                present=9,
                absentees=[{"who": "M7", "reason": "病假", "leave": True}],
            ),
            meeting("lecture", "2026-08-05", "守住纪律底线", lecturer="M1", hours=2),
            meeting("committee_meeting", "2026-08-06", "讨论党员教育", expected=3, present=3),
            meeting(
                "theme_day",
                "2026-08-20",
                "到社区开展志愿服务",
                present=8,
                absentees=[{"who": "M7", "reason": "病假"}, {"who": "M8", "reason": "出差"}],
            ),
            {"kinds": ["group_meeting"], "date": "2026-09-02", "theme": "学习近期文件", "group": "G1"},
            meeting(
                "committee_meeting",
                "2026-09-04",
                "研究四季度计划",
                expected=3,
                present=2,
                absentees=[{"who": "M3", "reason": "出差"}],
                claimed_at="2026-09-28",
            ),
            meeting("general_meeting", "2026-06-30", "半年总结"),
            meeting("democratic_life_meeting", "2026-09-10", "班子民主生活会"),
        ],
    )


def talks() -> list[Entry]:
    """Two talks one to one (三 people on the roster in all), one collective."""
    return many(
        "talk",
        [
            {"date": "2026-07-08", "talkers": ["M1"], "partners": ["M9"], "content": "谈思想"},
            {"date": "2026-08-11", "talkers": ["M1"], "partners": ["M2"], "content": "谈工作"},
            {"date": "2026-08-12", "talkers": ["M2"], "partners": ["M4", "M5"], "content": "集体谈话"},
        ],
    )


def rectifications() -> list[Entry]:
    """Open at the start of the third quarter: R1 (done in it), R2 (open, late), R3 (open, due in Q4).

    R4 was done before; R5 and R6 come from the debriefing for 2025, R6 still open.
    """
    return many(
        "rectification",
        [
            {
                "source": "inspection",
                "assessment_year": 2026,
                "problem": "会议记录不够具体",
                "measures": "逐条记录发言要点",
                "done_on": "2026-08-01",
            },
            {
                "source": "inspection",
                "assessment_year": 2026,
                "problem": "学时登记不全",
                "deadline": "2026-08-31",
            },
            {
                "source": "inspection",
                "assessment_year": 2026,
                "problem": "谈话覆盖不够",
                "deadline": "2026-11-30",
            },
            {
                "source": "inspection",
                "assessment_year": 2026,
                "problem": "台账缺签到",
                "done_on": "2026-05-01",
            },
            {
                "source": "debriefing",
                "assessment_year": 2025,
                "problem": "党课形式单一",
                "measures": "每季度安排一次现场党课",
                "progress": "已安排现场党课",
                "done_on": "2026-06-15",
            },
            {
                "source": "debriefing",
                "assessment_year": 2025,
                "problem": "联系群众不够经常",
                "deadline": "2026-12-15",
            },
        ],
    )


def full_ledger(**more: Any) -> Ledger:
    """Everything above."""
    parts = [members(), posts(), groups(), sittings(), talks(), rectifications()]
    return build_ledger([branch(**more), *(e for part in parts for e in part)], CATALOGUE)


def write_ledger(path: Path) -> Path:
    """The full ledger as a file, entered on 8 October 2026."""
    now = datetime(2026, 10, 8, 9, 0)
    with create(path, now=now, who="张一", catalogue=CATALOGUE) as store:
        for one in full_ledger().entries:
            register = CATALOGUE.register(one.register)
            store.add(register, dict(one.payload), now=now, who="张一", id=one.id)
    return path


def empty_ledger() -> Ledger:
    """A branch and nothing else."""
    return build_ledger([branch()], CATALOGUE)


def period(text: str = "2026Q3") -> Period:
    """A period by its name."""
    found = parse_period(text)
    assert found is not None
    return found


def asked(ledger: Ledger, found: tuple[Finding, ...], when: str, as_of: date, **more: Any) -> Request:
    """What the list of papers would ask for: that period of the ledger as of that day."""
    return Request(ledger=ledger, findings=found, period=period(when), as_of=as_of, **more)


def finding(
    rule: str,
    status: Status,
    *,
    due: str,
    start: str = "",
    key: str = "",
    name: str = "",
    title: str = "",
    subject: SubjectKind = SubjectKind.BRANCH,
    evidence: tuple[str, ...] = (),
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding as the check would give it."""
    record = subject is SubjectKind.RECORD
    period_key = None if record else key
    return Finding(
        key=f"{rule}@{key}",
        rule=rule,
        title=title or rule,
        status=status,
        severity=severity,
        subject=Subject(kind=subject, id=key if record else subject.value, name=name),
        period=period_key,
        start=date.fromisoformat(start or due),
        due=date.fromisoformat(due),
        required=1,
        found=0,
        message=f"{name}{title}未见记录",
        fix="",
        grounds=(),
        evidence=evidence,
        about_record=record,
    )


def findings() -> tuple[Finding, ...]:
    """What the check might say about the third quarter: one missed, one met, one open, one named."""
    return (
        finding(
            "theme-day-monthly", Status.MISSED, due="2026-09-30", key="2026-09", title="主题党日每月一次"
        ),
        finding(
            "general-meeting-quarterly",
            Status.MET,
            due="2026-09-30",
            key="2026-Q3",
            title="支部党员大会每季度至少一次",
            evidence=("S2",),
        ),
        finding(
            "org-life-meeting-yearly",
            Status.PENDING,
            due="2026-12-31",
            start="2026-01-01",
            key="2026",
            title="组织生活会每年至少一次",
        ),
        finding(
            "self-removal-6m",
            Status.MISSED,
            due="2026-09-30",
            key="2026-Q3",
            name="杨七",
            title="连续六个月无参加记录",
            subject=SubjectKind.MEMBER,
        ),
        finding(
            "record-late-entry",
            Status.MISSED,
            due="2026-09-04",
            key="S7",
            title="迟登记",
            subject=SubjectKind.RECORD,
            evidence=("S7",),
            severity=Severity.INFO,
        ),
    )
