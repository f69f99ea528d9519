"""What a paper is asked about: the one argument of everything that builds one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.report.due import DuePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One paper wanted of one ledger."""

    ledger: Ledger
    findings: tuple[Finding, ...]
    """What the check says about the period as of the day, as far as the paper uses it (papers.py)."""
    as_of: date
    """The last day known."""
    period: Period
    """Quarter or year; of a paper about one record or one day the year of that day."""
    late: tuple[Finding, ...] | None = None
    """By which records are marked 补录, whatever the branch has the check go on about; None: the findings."""
    printed: date | None = None
    """The day on which the paper is made, and which it bears; None: the last day known."""
    circle: str = ""
    """Whom the paper may reach, as it stands on it; empty: it may be handed in."""
    record: str = ""
    """Number of the record that the paper is about; empty: it is about a period or a day."""
    member: str = ""
    """Number of the member whom the paper is about, where it may be about one; empty: everybody."""
    layout: str = ""
    """Which of the paper's layouts, where it has several; empty: the first."""
    full: bool = False
    """ID numbers and telephone numbers whole, where the paper has them at all."""
    trace: bool = False
    """List every figure with its records at the end."""
    slots: int = 3
    """述职: how many problems, each with one measure."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The user's own words for blanks, by the name that stands in the blank."""
    coming: tuple[DuePart, ...] = ()
    """What falls due in the next ``PaperKind.ahead`` days, as ``zhibu due`` tells it."""
    versions: int | None = None
    """How many versions of entries the ledger's file holds; None: nobody asked."""
    code: str = ""
    """The file's 校验码 at this moment, as ``zhibu verify`` tells it; empty: nobody asked."""
    copies: Mapping[str, str] = field(default_factory=dict)
    """State of the files kept with the records told (model/attachment.py) by number; none: nobody looked."""
    own_rules: tuple[str, ...] = ()
    """What the branch changed in the rules, told with the trace only."""
