"""An invented ledger of ten years: 1,000 sittings with minutes of real length, 30,000 attendances.

Every text is different. Several times as many records in the same years may be had as well.
"""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bench.minutes import WORDS, minutes

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.store.opening import create

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEMBERS = 48
FIRST_YEAR = 2016
YEARS = 10
NOW = datetime(2026, 1, 5, 9)


def write_ledger(path: Path, years: int = YEARS, *, times: int = 1) -> dict[str, int]:
    """Write the ledger; how many sittings, attendance entries and talks it holds.

    ``times``: so many times the records, with texts of their own.
    """
    chance = random.Random(20260105)  # noqa: S311 - sample data
    counts = {"sittings": 0, "attendances": 0, "talks": 0}
    with create(path, now=NOW, who="样本") as store:
        life = (row for _ in range(times) for row in _life(chance, years))
        for register, payload in (*_people(), *life):
            day = payload.get("date", "2015-12-31")
            typed_in = datetime.fromisoformat(f"{day}T18:00:00")  # on the day itself, as it should be
            store.add(CATALOGUE.register(register), payload, now=typed_in, who="样本")
            counts["sittings"] += register == "sitting"
            counts["attendances"] += len(payload.get("attendees", ()))
            counts["talks"] += register == "talk"
    return counts


def write_year(path: Path) -> int:
    """Write the ledger of a branch of 15 members with 60 sittings and 14 talks in 2025; how many sittings."""
    chance = random.Random(2025)  # noqa: S311 - sample data
    everybody = [f"M{number}" for number in range(1, 16)]
    with create(path, now=NOW, who="样本") as store:
        for register, payload in (*_people(), *_year(chance, everybody)):
            if register == "member" and int(payload["name"][2:]) > len(everybody):
                continue
            day = payload.get("date", "2015-12-31")
            typed_in = datetime.fromisoformat(f"{day}T18:00:00")
            store.add(CATALOGUE.register(register), payload, now=typed_in, who="样本")
    return 60


def _year(chance: random.Random, everybody: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Five sittings a month: committee, two groups, theme day, and one of three other kinds."""
    for month in range(1, 13):
        first = date(2025, month, 1)
        yield _sitting(chance, first + timedelta(3), "committee_meeting", everybody[:5])
        for group in (0, 1):
            yield _sitting(
                chance, first + timedelta(6), "group_meeting", everybody[1 - group :: 2], f"G{group + 1}"
            )
        yield _sitting(chance, first + timedelta(19), "theme_day", everybody)
        last = ("general_meeting", "lecture", "theme_day")[month % 3]
        yield _sitting(chance, first + timedelta(9), last, everybody)
    for number in range(2, 16):
        talk = {"date": f"2025-{number % 12 + 1:02d}-15", "talkers": ["M1"], "partners": [f"M{number}"]}
        yield "talk", {**talk, "content": minutes(chance, 100)}


def _people() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "branch", {"name": "样本支部", "founded": "2010-01-01", "ledger_from": f"{FIRST_YEAR}-01-01"}
    for number in range(1, 3):
        yield "group", {"name": f"第{number}党小组", "founded": "2010-01-01", "leader": f"M{number + 5}"}
    for number in range(1, MEMBERS + 1):
        yield (
            "member",
            {
                "name": f"样本{number:02d}",
                "joined": "2008-07-01",
                "converted": "2009-07-01",
                "status": "full",
                "group": f"G{number % 2 + 1}",
            },
        )
    posts = ("secretary", "deputy", "organisation", "publicity", "discipline")
    for year in range(FIRST_YEAR - 1, FIRST_YEAR + YEARS, 3):
        for place, post in enumerate(posts, start=1):
            yield (
                "post",
                {
                    "member": f"M{place}",
                    "post": post,
                    "since": f"{year}-12-20",
                    "until": f"{year + 3}-12-20",
                    "origin": "election",
                },
            )


def _life(chance: random.Random, years: int) -> Iterator[tuple[str, dict[str, Any]]]:
    everybody = [f"M{number}" for number in range(1, MEMBERS + 1)]
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        for month in range(1, 13):
            first = date(year, month, 1)
            yield _sitting(chance, first + timedelta(3), "committee_meeting", everybody[:5])
            for group in (0, 1):
                people = everybody[1 - group :: 2]
                for later in (6, 13):
                    yield _sitting(chance, first + timedelta(later), "group_meeting", people, f"G{group + 1}")
            yield _sitting(chance, first + timedelta(19), "theme_day", everybody)
            yield _sitting(chance, first + timedelta(24), "theme_day", everybody)
            if month % 3 == 0:
                yield _sitting(chance, first + timedelta(9), "general_meeting", everybody)
            yield _sitting(chance, first + timedelta(10), "lecture", everybody)
        for number in range(6, MEMBERS + 1):
            yield (
                "talk",
                {
                    "date": f"{year}-{number % 12 + 1:02d}-15",
                    "talkers": [f"M{number % 5 + 1}"],
                    "partners": [f"M{number}"],
                    "place": "谈话室",
                    "content": minutes(chance, 100),
                },
            )


def _sitting(
    chance: random.Random, day: date, kind: str, people: list[str], group: str = ""
) -> tuple[str, dict[str, Any]]:
    away = chance.sample(people, chance.randint(0, min(3, len(people) // 4)))
    payload: dict[str, Any] = {
        "kinds": [kind],
        "date": day.isoformat(),
        "start": "14:30",
        "end": "16:00",
        "place": "三楼会议室",
        "theme": f"{day.month}月专题之{chance.randint(1, 999)}",
        "chair": "M1" if not group else f"M{int(group[1:]) + 5}",
        "recorder": "M3",
        "expected": len(people),
        "present": len(people) - len(away),
        "attendees": [ref for ref in people if ref not in away],
        "absentees": [{"who": ref, "reason": "公差"} for ref in away],
        "topics": ["".join(chance.choices(WORDS, k=8))],
        "content": minutes(chance, chance.randint(600, 900)),
        "resolution": minutes(chance, 60),
    }
    if kind == "lecture":
        payload["lecturer"] = "M1"
    if group:
        payload["group"] = group
    return "sitting", {key: value for key, value in payload.items() if value}
