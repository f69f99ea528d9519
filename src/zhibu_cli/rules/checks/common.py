"""What the checks of single records share: which records are asked about, their names, defects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from zhibu_cli.model.attendance import sure_expectation
from zhibu_cli.model.entry import Entry
from zhibu_cli.model.sitting import Sitting, Talk
from zhibu_cli.rules.case import record_defect
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from zhibu_cli.model.declare import Expects
    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.rule import Rule, Version
    from zhibu_cli.rules.case import Case


Record = TypeVar("Record", Sitting, Talk, Sitting | Talk)


def asked_sittings(case: Case) -> Sequence[Sitting]:
    """Sittings of the asked range that have happened by the as-of day, in the order of days."""
    return case.ledger.sittings.between(case.asked.start, case.horizon)


def asked_talks(case: Case) -> Sequence[Talk]:
    """Talks of the asked range that have happened by the as-of day, in the order of days."""
    return case.ledger.talks.between(case.asked.start, case.horizon)


def asked_records(case: Case) -> Sequence[Sitting | Talk]:
    """Sittings and talks of the asked range up to the as-of day."""
    return (*asked_sittings(case), *asked_talks(case))


def record_name(case: Case, record: Sitting | Talk | Entry) -> str:
    """How a message calls the record: ``2026年3月5日支部党员大会``."""
    entry = record if isinstance(record, Entry) else record.entry
    labels = "、".join(case.ledger.catalogue.kind(kind).label for kind in entry.kinds)
    return (chinese_date(entry.day) if entry.day else "") + labels


def called(case: Case, ids: Iterable[str]) -> str:
    """How a message calls records, their numbers behind: ``2026年3月5日支部党员大会（S3）、…``."""
    known: dict[str, Entry] | None = case.memo.get("entries")
    if known is None:
        known = case.memo["entries"] = {entry.id: entry for entry in case.ledger.entries}
    return "、".join(f"{record_name(case, known[id_])}（{id_}）" for id_ in dict.fromkeys(ids))


def defects(
    rule: Rule, case: Case, records: Iterable[Record], judge: Callable[[Record, Version], str]
) -> Iterator[Finding]:
    """A ``missed`` finding for every record of which ``judge`` has something to say.

    ``judge`` gets the version in force on the record's day and returns the facts as a sentence
    without its end, or an empty text.
    """
    for record in records:
        version = rule.version_on(record.day)
        facts = judge(record, version) if version else ""
        if facts:
            name = record_name(case, record)
            finding = record_defect(
                rule, case, id_=record.id, name=name, day=record.day, message=f"{name}：{facts}。"
            )
            if finding:
                yield finding


def one_expectation(case: Case, sitting: Sitting) -> Expects | None:
    """Who is expected, where that is beyond doubt: the kinds agree, and 形式 is stated if needed."""
    return sure_expectation(sitting, case.ledger.catalogue)


def natural(ref: str) -> tuple[int, str]:
    """A sort key under which M3 comes before M12."""
    return len(ref), ref


def people(case: Case, refs: Iterable[str]) -> str:
    """Names behind the references, joined by 、."""
    return "、".join(map(case.ledger.roster.name_of, refs))


def says(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words stands in the text; … in a word stands for anything between its parts."""
    return any(
        word in text or ("…" in word and re.search(".*".join(map(re.escape, word.split("…"))), text))
        for word in words
    )
