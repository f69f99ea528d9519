"""The demonstration: an invented branch brought in, checked and reported on, in one folder.

Everything is as of 10 April 2026, whatever the day is: the check covers all the sample holds, 1 January
2024 to that day; the papers are the report of the fourth quarter of 2025 and the 述职 for 2025.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhibu_cli import resources
from zhibu_cli.app import check_text, checking, importing, reporting
from zhibu_cli.app.files import refuse_marked_name
from zhibu_cli.errors import ExistsError, ZhibuError
from zhibu_cli.model.finding import Status, SubjectKind
from zhibu_cli.model.period import Span, Unit, period_of
from zhibu_cli.model.rule import Severity
from zhibu_cli.text import chinese_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from zhibu_cli.app.checking import CheckResult
    from zhibu_cli.app.context import Actor
    from zhibu_cli.model.finding import Finding

AS_OF = date(2026, 4, 10)
ASKED = Span(date(2024, 1, 1), AS_OF)
QUARTER = period_of(Unit.QUARTER, date(2025, 10, 1))
YEAR = 2025
QUARTER_FORMATS = ("docx", "xlsx", "md")
DEBRIEF_FORMATS = ("docx", "md")
LEDGER = "zhibu.db"
GUIDE = "说明.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What the demonstration left in the folder."""

    folder: Path
    files: tuple[Path, ...]
    """In the order in which they are to be looked at."""
    result: CheckResult
    faults: tuple[Finding, ...]
    """The planted faults as the check found them, the graver first."""


def run_demo(folder: Path, actor: Actor) -> Demo:
    """Write the sample's workbooks, a ledger made of them, its check and its papers into the folder.

    Raises:
        ClassifiedError: the folder's name bears a classification mark.
        ExistsError: the folder is there and not empty.
    """
    refuse_marked_name(folder)
    _require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _make(folder, actor)
    except BaseException:
        # the folder was empty: whatever lies in it now is a torso that would bar the next attempt
        for path in folder.iterdir():
            path.unlink(missing_ok=True)
        raise


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExistsError(
            f"“{folder}”已经存在，而且不是空文件夹。",
            hint="换一个新文件夹，例如 zhibu demo 演示2；演示不会覆盖任何文件。",
        )


def _make(folder: Path, actor: Actor) -> Demo:
    books = _copy_workbooks(folder)
    ledger = folder / LEDGER
    _import(books, ledger, actor)
    result = checking.check(ledger, ASKED, AS_OF)
    checked = _write_check(folder, result)
    quarter = reporting.quarter_report(
        ledger, QUARTER, folder, reporting.Wish(formats=QUARTER_FORMATS, trace=True), as_of=AS_OF, today=AS_OF
    )
    debrief = reporting.debrief_report(
        ledger,
        YEAR,
        folder,
        reporting.Wish(formats=DEBRIEF_FORMATS, material=True),
        as_of=AS_OF,
        today=AS_OF,
    )
    faults = planted(result)
    guide = folder / GUIDE
    papers = (*quarter.files, *debrief.files)
    # older Notepads know UTF-8 by the mark in front only
    guide.write_text(_guide(books, checked, papers, faults), encoding="utf-8-sig", newline="\r\n")
    files = (guide, *books, ledger, *checked, *papers)
    return Demo(folder=folder, files=files, result=result, faults=faults)


def _copy_workbooks(folder: Path) -> tuple[Path, ...]:
    sources = sorted(resources.sample_dir().glob("*.xlsx"))
    if not sources:
        raise ZhibuError("程序自带的样本没有找到。", hint="安装不完整，请重新安装 zhibu。")
    return tuple(folder / shutil.copyfile(source, folder / source.name).name for source in sources)


def _import(books: Sequence[Path], ledger: Path, actor: Actor) -> None:
    importing.apply_plan(importing.preview(books, ledger), actor)


def _write_check(folder: Path, result: CheckResult) -> tuple[Path, ...]:
    words, data = folder / "核对结果.md", folder / "核对结果.json"
    words.write_text(check_text.markdown(result), encoding="utf-8")
    data.write_text(
        json.dumps(checking.to_json(result), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    return words, data


def planted(result: CheckResult) -> tuple[Finding, ...]:
    """What is missed as error or warn: in the sample these are the planted faults and nothing else."""
    grave = (Severity.ERROR, Severity.WARN)
    found = [
        finding
        for finding in result.findings
        if finding.status is Status.MISSED and finding.severity in grave
    ]
    return tuple(sorted(found, key=lambda finding: (grave.index(finding.severity), finding.start)))


_PURPOSE = {
    ".docx": "可直接用 WPS 或 Word 打开",
    ".xlsx": "统计表，可直接用 WPS 表格或 Excel 打开",
    ".md": "同样内容的纯文本",
}


def _guide(
    books: Sequence[Path], checked: Sequence[Path], papers: Sequence[Path], faults: Sequence[Finding]
) -> str:
    lines = [
        "zhibu 演示：示例市样本局机关第一党支部",
        "",
        "人名、单位、事情全部是虚构的，只用来演示，不得当作范文抄用，也不得报送。",
        f"所有结果都以{chinese_date(AS_OF)}为准，与今天是哪一天无关。",
        "",
        "文件",
        *(f"  {path.name}  样本工作簿，zhibu import 能读的式样" for path in books),
        f"  {LEDGER}  由上面的工作簿导入而成的台账",
        f"  {checked[0].name}  核对结果（{chinese_date(ASKED.start)}至{chinese_date(ASKED.end)}）",
        f"  {checked[1].name}  同样的核对结果，供程序读取",
        *(f"  {path.name}  {_purpose(path)}" for path in papers),
        "",
        "材料里的〔请补充：…〕要由本人撰写，程序不代写；素材清单只供撰写时参考。",
        "",
        f"样本里故意放了几处问题，核对出“问题”“需说明”共{len(faults)}项：",
        *(f"  {number}. {_told(finding)}" for number, finding in enumerate(faults, start=1)),
        "",
        "接着可以试试",
        f"  zhibu list --db {LEDGER}",
        f"  zhibu check --as-of {AS_OF} --db {LEDGER}",
        "  zhibu explain vote-admit-quorum",
        "",
    ]
    return "\n".join(lines)


def _purpose(path: Path) -> str:
    if "素材清单" in path.stem:
        return "写述职用的素材和核对发现，不随材料报送"
    name = "述职报告草稿" if "述职" in path.stem else "季度工作报告，末附数据来源"
    return f"{name}，{_PURPOSE[path.suffix]}"


def _told(finding: Finding) -> str:
    who = f"{finding.subject.name}，" if finding.subject.kind is SubjectKind.GROUP else ""
    return f"〔{finding.severity.label}〕{who}{finding.message}（{finding.key}）"
