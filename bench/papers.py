"""Measure papers against the bare library that writes the same file.

Usage: python -m bench.papers [RUNS]. The handbook is that of a year with 60 sittings and 15 members, the
quarterly report one of the same branch. Whole processes in turn, medians.
"""

from __future__ import annotations

import copyreg
import pickle
import sys
import tempfile
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from bench.ten_years import write_year
from bench.timing import interleaved

from zhibu_cli import resources
from zhibu_cli.app import reporting
from zhibu_cli.model.period import parse_period
from zhibu_cli.report.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zhibu_cli.model.period import Period

copyreg.pickle(MappingProxyType, lambda held: (dict, (dict(held),)))  # type: ignore[arg-type,return-value]

_HERE = Path(__file__).parent
_AS_OF = date(2026, 1, 5)
_ENDINGS = {"md": "md.j2", "html": "html.j2"}
_ASKED = {
    "handbook": ("2025", ("docx",), ("工作手册", "--year", "2025")),
    "quarter": ("2025-Q3", ("docx", "xlsx", "md", "html"), ("--quarter", "2025Q3")),
}


def measure(runs: int = 9) -> dict[str, tuple[float, int]]:
    """Seconds and peak (kB) of each whole process, by what it writes."""
    python = sys.executable
    zhibu = str(Path(python).with_name("zhibu"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = folder / "year.db"
        write_year(ledger)
        variants: dict[str, list[str]] = {}
        for paper, (key, formats, words) in _ASKED.items():
            period = parse_period(key)
            assert period is not None
            for form in formats:
                out = folder / f"{paper}.{form}"
                mine = [zhibu, "--db", str(ledger), "report", *words, "--as-of", _AS_OF.isoformat()]
                variants[f"zhibu {paper} {form}"] = [*mine, "--format", form, "-o", str(out), "--yes"]
                bare = _bare(ledger, paper, period, form, folder)
                variants[f"bare {paper} {form}"] = [python, str(_HERE / "bare_paper.py"), *bare]
        return interleaved(variants, runs)


def _bare(ledger: Path, paper: str, period: Period, form: str, folder: Path) -> list[str]:
    """Template, context and target of the bare library."""
    order = reporting.Order(kind=reporting.named(paper), period=period)
    template = resources.templates_dir() / f"{paper}.{_ENDINGS.get(form, form)}"
    context = folder / f"{paper}-{form}.pickle"
    view = reporting.view_of(ledger, order, as_of=_AS_OF)
    fields: Mapping[str, Any] = fields_of(view)
    if form == "xlsx":
        whole = reporting.Wish(formats=("xlsx",), overwrite=True, trace=True)
        made = reporting.make(ledger, order, folder / f"{paper}-ready.xlsx", whole, as_of=_AS_OF)
        fields = _cells(made.files[0])
    context.write_bytes(pickle.dumps(dict(fields)))
    return [str(template), str(context), str(folder / f"{paper}-bare.{form}")]


def _cells(book: Path) -> dict[str, list[tuple[int, int, Any]]]:
    from openpyxl import load_workbook

    return {
        sheet.title: [
            (cell.row or 1, cell.column or 1, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and type(cell).__name__ == "Cell"
        ]
        for sheet in load_workbook(book).worksheets
    }


def table(figures: dict[str, tuple[float, int]]) -> list[str]:
    """The section of the README."""
    lines = [
        "## Papers",
        "",
        "`zhibu report` beside the bare library that fills the same template with the same context, whole",
        "processes: 党支部工作手册 of a year with 60 sittings and 15 members, and the report of a quarter.",
        "`python -m bench.papers` measures this alone.",
        "",
        "| paper | bare ms | peak MB | zhibu ms | peak MB | × bare |",
        "|---|---|---|---|---|---|",
    ]
    for paper, (_, formats, _) in _ASKED.items():
        for form in formats:
            bare, own = figures[f"bare {paper} {form}"], figures[f"zhibu {paper} {form}"]
            lines.append(
                f"| {paper} .{form} | {bare[0] * 1000:.0f} | {bare[1] / 1024:.0f} | {own[0] * 1000:.0f} "
                f"| {own[1] / 1024:.0f} | {own[0] / bare[0]:.2f} |"
            )
    return lines


if __name__ == "__main__":
    print("\n".join(table(measure(*map(int, sys.argv[1:2])))))
