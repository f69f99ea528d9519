"""Three branches for the golden forms of papers about meetings: full, sparse, of one record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.report.factory import branch, groups, many, meeting, members, posts

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.model.ledger import build_ledger

if TYPE_CHECKING:
    from zhibu_cli.model.entry import Entry
    from zhibu_cli.model.ledger import Ledger

_BALLOT = {"method": "无记名投票", "issued": 7, "returned": 7, "valid": 7, "invalid": 0}
_VOTES = [
    {
        "matter": "admission",
        "object": ["郑十一"],
        "expected": 8,
        "present": 7,
        "in_favour": 7,
        "against": 0,
        "abstained": 0,
        "scrutineer": ["李三"],
        "teller": ["赵四"],
        "result": "通过",
        **_BALLOT,
    },
    {
        "matter": "general",
        "subject": "支部工作要点",
        "expected": 8,
        "present": 7,
        "method": "举手",
        "in_favour": 6,
        "abstained": 1,
        "result": "通过",
    },
]


def full() -> Ledger:
    """Ten members (周九 from May), 张一 and 王二 leading cadres, a committee of three, two groups; 2026.

    S1 8 January committee, 3 by name · S2 20 January theme day, 全体 of nine · S3 18 March general
    meeting by name, 8 of 9, 杨七 ill, two votes, a sign-in sheet and a photo kept · S4 22 April lecture
    and theme day, numbers only, 9 of 9 · S5 17 June theme day, 其余全体 of ten, 黄八 absent without a reason,
    杨七 excused · S6 5 August group 1 by name, 7 of 8, 杨七 ill · S7 16 September theme day, nine by name,
    nothing said of 杨七 · S8 25 September committee, 2 of 3, 李三 away, entered on 20 October ·
    S9 30 September 民主生活会, counts for nothing. 年度计划: theme days for January, July, September.
    """
    rows = [
        meeting(
            "committee_meeting",
            "2026-01-08",
            "研究全年安排",
            expected=3,
            present=3,
            attendees=["M1", "M2", "M3"],
        ),
        meeting("theme_day", "2026-01-20", "重温入党誓词", expected=9, present=9, attendees="全体"),
        general(),
        meeting(
            "lecture+theme_day", "2026-04-22", "守住纪律底线", expected=9, present=9, lecturer="M1", hours=1.5
        ),
        meeting(
            "theme_day",
            "2026-06-17",
            "到社区开展志愿服务",
            present=8,
            attendees="其余全体",
            absentees=[{"who": "M8"}],
            excused=[{"who": "M7", "reason": "长期病休"}],
        ),
        meeting(
            "group_meeting",
            "2026-08-05",
            "交流学习体会",
            group="G1",
            chair="M4",
            expected=8,
            present=7,
            attendees=[f"M{number}" for number in (1, 2, 3, 4, 5, 6, 8)],
            absentees=[{"who": "M7", "reason": "病假", "leave": True}],
        ),
        meeting(
            "theme_day",
            "2026-09-16",
            "参观党史展览",
            present=9,
            attendees=[f"M{number}" for number in (1, 2, 3, 4, 5, 6, 8, 9, 10)],
            start="14:30",
            end="16:00",
        ),
        meeting(
            "committee_meeting",
            "2026-09-25",
            "研究四季度工作",
            expected=3,
            present=2,
            attendees=["M1", "M2"],
            absentees=[{"who": "M3", "reason": "出差"}],
            claimed_at="2026-10-20",
        ),
        meeting("democratic_life_meeting", "2026-09-30", "班子民主生活会", attendees=["M1", "M2"]),
    ]
    parts = [leading(), posts(), groups(), many("sitting", rows), attachments(), plan(), talks()]
    start = branch(theme_day="每月20日", ledger_from="2026-01-01")
    return build_ledger([start, *(one for part in parts for one in part)], CATALOGUE)


def leading() -> list[Entry]:
    """The ten of factory.py, 王二 a leading cadre beside 张一, whose office is known."""
    first, second, *others = members()
    return [
        replace(first, payload={**first.payload, "office": "局长"}),
        replace(second, payload={**second.payload, "leader": True}),
        *others,
    ]


def general() -> dict[str, Any]:
    """S3: a general meeting with everything that minutes may have."""
    return meeting(
        "general_meeting",
        "2026-03-18",
        "接收预备党员、通过工作要点",
        start="09:30",
        end="11:05",
        ordinal="第二次",
        expected=9,
        present=8,
        attendees=[f"M{number}" for number in (1, 2, 3, 4, 5, 6, 8, 10)],
        absentees=[{"who": "M7", "reason": "病假", "leave": True, "made_up_on": "2026-03-25"}],
        observers=["机关委员会 孙一", "入党积极分子 冯二"],
        topics=["讨论接收郑十一为预备党员", "通过支部工作要点"],
        content="赵四介绍郑十一的情况。\n到会党员逐人发表意见。\n李三建议把学习安排在月中。",
        resolution="同意接收郑十一为预备党员；通过工作要点。",
        noticed="2026-03-16T08:30",
        votes=_VOTES,
        note="会前收到书面意见一份",
    )


def attachments() -> list[Entry]:
    """Two files kept with S3, a photo with S7."""
    kept = [("S3", "sign_in", "签到表.pdf"), ("S3", "photo", "会场.jpg"), ("S7", "photo", "展厅.jpg")]
    return many(
        "attachment",
        [
            {
                "kinds": ["attachment"],
                "record": r,
                "kind": k,
                "name": n,
                "size": 9,
                "sha256": "0" * 64,
                "file": f"{r}-Y{y}-{n}",
            }
            for y, (r, k, n) in enumerate(kept, 1)
        ],
    )


def plan() -> list[Entry]:
    """Theme days planned: in January by day, in July by month, in September without a theme."""
    return many(
        "plan_item",
        [
            {"year": 2026, "kind": "theme_day", "day": "2026-01-20", "theme": "重温入党誓词"},
            {"year": 2026, "kind": "theme_day", "month": 7, "theme": "联学共建", "who": ["王二", "赵四"]},
            {"year": 2026, "kind": "theme_day", "day": "2026-09-16"},
            {"year": 2026, "kind": "general_meeting", "month": 9, "theme": "三季度小结"},
        ],
    )


def talks() -> list[Entry]:
    """T1 typed in whole, T2 on paper alone, T3 with a place for nothing."""
    return many(
        "talk",
        [
            {
                "date": "2026-05-12",
                "talkers": ["M1"],
                "partners": ["M4"],
                "category": "书记与党员",
                "place": "书记办公室",
                "content": "谈近期工作。\n谈家中困难。",
                "opinions": "希望多组织现场学习。",
                "problems": "加班多，学习时间少。",
                "measures": "调整值班。",
            },
            {
                "date": "2026-05-13",
                "talkers": ["M1"],
                "partners": ["M2"],
                "place": "书记办公室",
                "paper_at": "支部文件柜二层",
            },
            {"date": "2026-05-14", "talkers": ["M1"], "partners": ["M5", "M6"]},
        ],
    )


def sparse() -> Ledger:
    """Three members, nobody in a post, no fixed day; two sittings that state next to nothing, one talk."""
    rows = [
        {"kinds": ["group_meeting"], "date": "2026-02-05"},
        {"kinds": ["theme_day"], "date": "2026-08-20", "theme": "志愿服务", "present": "全体出席"},
    ]
    talk = [{"date": "2026-05-14", "talkers": ["王五"], "partners": ["M2"]}]
    return build_ledger([branch(), *members()[:3], *many("sitting", rows), *many("talk", talk)], CATALOGUE)


def one() -> Ledger:
    """Three full members, 张一 a leading cadre, and one theme day without numbers but with all names."""
    row = meeting("theme_day", "2026-07-20", "重温誓词", attendees=["M1", "M2", "M3"], expected=3, present=3)
    return build_ledger([branch(), *members()[:3], *many("sitting", [row])], CATALOGUE)
