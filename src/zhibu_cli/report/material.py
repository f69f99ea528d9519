"""素材清单: what the ledger holds that may help the writer, kept apart from the paper itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.model.finding import Status
from zhibu_cli.report import told as told_as
from zhibu_cli.report.duties import duties_told
from zhibu_cli.report.figures import catalogue
from zhibu_cli.report.life import life
from zhibu_cli.report.quarter_text import numbered
from zhibu_cli.report.rectify import known, told
from zhibu_cli.report.scope import scope as put
from zhibu_cli.report.unnamed import unnamed
from zhibu_cli.report.views import MaterialView
from zhibu_cli.report.wording import in_line, made_visible, shortened, title_lines
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from zhibu_cli.model.finding import Finding
    from zhibu_cli.model.ledger import Ledger
    from zhibu_cli.model.period import Period
    from zhibu_cli.model.sitting import Sitting
    from zhibu_cli.report.scope import Scope
    from zhibu_cli.report.views import SittingRow

_TO_LOOK_AT = (Status.MISSED, Status.AT_RISK, Status.WAIVED, Status.UNKNOWN)
_LONG = 120
"""Characters of agenda and of resolution; the rest is read in the record, whose number stands behind."""
_NOTES = (
    "供撰写人参考，不随材料报送。",
    "以下均摘自台账，括号内为记录编号，长的只摘开头；成效评价、原因分析须由本人撰写。",
)


def build_material(
    ledger: Ledger,
    findings: tuple[Finding, ...],
    period: Period,
    as_of: date,
    *,
    own_rules: tuple[str, ...] = (),
    beyond: bool = False,
    late: tuple[Finding, ...] | None = None,
) -> MaterialView:
    """Facts and findings of a period, with their numbers.

    ``own_rules``: what the branch changed in the rules; ``beyond``: also what happened after the
    period, up to the as-of day; ``late``: see ``Request``.

    Raises:
        PaperError: the period has not begun.
    """
    scope = put(ledger, findings, period, as_of, beyond=beyond, late=late)
    held = life(scope)
    bodies: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("sittings", "组织生活记录", _sittings(held.rows, held.sittings)),
        ("talks", "谈心谈话", _talks(scope)),
        ("problems", "问题整改", _problems(scope)),
        ("findings", "核对结果", _findings(scope)),
        *([("rules", "本支部对核对规则的改动", own_rules)] if own_rules else []),
    )
    name = ledger.branch.name
    view = MaterialView(
        title=f"{name}{period.label}素材清单",
        title_lines=title_lines(name, f"{period.label}素材清单"),
        **scope.head,
        addressee="",
        sections=tuple(numbered(n, key, heading, lines) for n, (key, heading, lines) in enumerate(bodies, 1)),
        figures=catalogue(held.figures),
        trace=(),
        sittings=held.rows,
        kinds=held.kinds,
        notes=_NOTES,
    )
    shown: MaterialView = made_visible(view)
    return shown


def _or_none(lines: Iterable[str], what: str) -> list[str]:
    return list(lines) or [f"{what}：未见记录。"]


def _sittings(rows: Sequence[SittingRow], held: Sequence[Sitting]) -> list[str]:
    return _or_none(map(_sitting, rows, held), "组织生活")


def _sitting(row: SittingRow, sitting: Sitting) -> str:
    topics, resolved = "；".join(map(in_line, sitting.topics)), in_line(sitting.resolution)
    words = (
        f"{chinese_date(row.day)}，{row.kinds}，{in_line(row.theme)}，应到{row.expected}、实到{row.present}"
    )
    words += f"，议题：{shortened(topics, _LONG)}" if topics else ""
    words += f"，决议：{shortened(resolved, _LONG)}" if resolved else ""
    return f"{words}（{row.id}{'，' + row.late if row.late else ''}）"


def _talks(scope: Scope) -> list[str]:
    """By category and number only: what was said is confidential."""
    found: dict[str, list[str]] = {}
    for talk in scope.ledger.talks:
        if talk.day in scope.span:
            found.setdefault(talk.category or "未填类别", []).append(talk.id)
    return _or_none((f"{name}{len(ids)}次（{'、'.join(ids)}）" for name, ids in found.items()), "谈心谈话")


def _problems(scope: Scope) -> list[str]:
    rows = known(scope)
    return _or_none((f"{told(row, scope.horizon)}（{row.id}）" for row in rows), "整改清单")


def _rule(mark: str, title: str, same: Sequence[Finding]) -> str:
    """One finding whole; of several that say the same of other periods or records, for which ones."""
    first = same[0]
    if len(same) == 1:
        return f"{mark}：{title}。{in_line(first.message)}（{first.key}）"
    which = "、".join(one.key.partition("@")[2] for one in same)
    common = in_line(first.message) if len({one.message for one in same}) == 1 else ""
    return f"{mark}：{title}（{len(same)}项）。{common}（{first.rule}@：{which}）"


def _findings(scope: Scope) -> list[str]:
    """What the check says, first by number, then rule by rule; who is named is only counted."""
    open_ = [f for f in scope.findings if f.status in _TO_LOOK_AT]
    found, named = unnamed(open_, scope.ledger)
    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        alike.setdefault((told_as.mark(one), one.title), []).append(one)
    lines = [_rule(mark, title, same) for (mark, title), same in alike.items()]
    if named:
        lines.append(f"写到具体人的提示{named}条，只在内部核对结果中查看，不列入本清单。")
    return [*duties_told(scope), *(lines or ["本期没有需要处理的核对项。"])]
