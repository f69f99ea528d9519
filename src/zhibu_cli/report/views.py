"""What a template may use: frozen values, complete before the first byte is written.

All text is ready to be printed; unknown things stand in it as ``〔待补：…〕``, what only a person can
write as ``〔请补充：…〕``. Every number comes from a ``Figure``, which names its records.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a paper, how it was counted and the records it rests on."""

    key: str
    """Name in templates: ``figures.members``."""
    label: str
    """Chinese name in tables and in the trace; also ``figures["党员总数"]``."""
    number: int | float | None
    """None where nothing can be counted; a rate is a fraction (0.933)."""
    text: str
    """As printed: ``15``, ``93.3%``, ``未见记录``, ``不适用``."""
    rule: str
    """The rule of counting, one Chinese sentence."""
    records: tuple[str, ...] = ()
    """Numbers of the records counted, or keys of findings."""
    listing: str = ""
    """The records told in more words than their numbers, a line each; empty: the numbers do."""
    reason: str = ""
    """Why there is nothing, where there is nothing."""
    unit: str = ""

    def __str__(self) -> str:
        """The figure as printed."""
        return self.text

    @property
    def sources(self) -> str:
        """The records as the trace prints them; the reason where there are none."""
        return (self.listing or " ".join(self.records)) if self.records else f"无记录：{self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatRow:
    """One figure of the 统计表 with the heading under which it stands."""

    group: str
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class StatPair:
    """Two figures side by side in the 统计表."""

    left: Figure
    right: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """Sittings of one kind: how many, how attended."""

    name: str
    label: str
    times: Figure
    expected: Figure
    present: Figure
    excused: Figure
    """经支部同意暂不参加: part of those due, and left out of the rate."""
    rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingRow:
    """One line of the table of sittings."""

    id: str
    day: date
    day_text: str
    kinds: str
    theme: str
    expected: str
    present: str
    away: str
    """请假, see ``model.leave``."""
    others: str
    """``缺席（原因未填或其他）1人、暂不参加1人``; empty where everybody else came or was on leave."""
    leader: str
    """The chair; of a lecture the lecturer."""
    late: str
    """``补录：2026年3月9日`` where the minutes were entered late, else empty."""
    expected_number: int | str
    """For a cell: the number, or the blank that stands for it."""
    present_number: int | str
    away_number: int | str


class PartKind(StrEnum):
    """What a part of a section is."""

    TEXT = "text"
    HEADING = "heading"
    SITTINGS = "sittings"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A paragraph, a heading of the second level, or the place of the table of sittings."""

    kind: PartKind = PartKind.TEXT
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered section: its heading with number, and what stands in it."""

    key: str
    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The fields of a template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(View):
    """What every paper to be handed in has."""

    title: str
    title_lines: tuple[str, ...]
    """The title broken where its sense breaks, if it is too long for one line."""
    branch: str
    superior: str
    addressee: str
    """Whom it is handed to, with the colon; empty: nobody."""
    period_label: str
    as_of: date
    as_of_text: str
    horizon: date
    """The last day counted: the end of the period, or the as-of day in an open one."""
    horizon_text: str
    sections: tuple[Section, ...]
    figures: Mapping[str, Figure]
    """By key and by Chinese label."""
    trace: tuple[Figure, ...]
    """Every figure, in the order of the paper; empty unless asked for."""
    sittings: tuple[SittingRow, ...] = ()
    kinds: tuple[KindRow, ...] = ()
    signature: str = ""
    date_text: str = ""
    """The day on which the paper is made."""
    counted_text: str = ""
    """``数据截至2026年8月15日`` where the facts end on another day than that of the paper; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterView(Paper):
    """The quarterly report."""

    table_title: str
    table_title_lines: tuple[str, ...]
    stats: tuple[StatRow, ...]
    people: tuple[StatPair, ...]
    work: tuple[StatPair, ...]
    notes: tuple[str, ...]
    """Notes under the 统计表."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefView(Paper):
    """The secretary's 述职 for a year."""

    year: int
    speaker: str
    byline: str
    opening: str = ""
    """First sentence of the speech."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialView(Paper):
    """素材清单: facts and findings that may help the writer, never handed in."""

    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPaper(View):
    """A form or a table: every paper of this kind adds its rows or fields."""

    title: str
    title_lines: tuple[str, ...]
    """The title broken where its sense breaks, if it is too long for one line."""
    circle: str
    """Whom the paper may reach (``papers.Circle``); empty: it may be handed in."""
    branch: str
    superior: str
    period_label: str
    as_of: date
    as_of_text: str
    horizon: date
    horizon_text: str
    date_text: str
    """The day on which the paper is made."""
    counted_text: str
    """``数据截至2026年8月15日`` where the facts end on another day than that of the paper; else empty."""
    dated_text: str
    """The two together, as one field of a workbook: ``2026年9月1日（数据截至2026年8月15日）``."""
    figures: Mapping[str, Figure]
    """By key and by Chinese label; empty where the paper counts nothing."""
    trace: tuple[Figure, ...] = ()
    """Every figure, in the order of the paper; empty unless asked for."""
    empty: str = ""
    """What stands in place of the rows where there is none."""
    notes: tuple[str, ...] = ()
    """Notes below."""
    signing: tuple[str, ...] = ()
    """Who signs below: ``主持人（签名）``."""
