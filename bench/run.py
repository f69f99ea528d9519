"""Measure what design.md «Speed and size» asks of the program, and write bench/README.md.

Usage: python -m bench.run [RUNS]. Every figure is a median of whole processes, all variants in turn.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import chain
from pathlib import Path

from bench import find, import_rows, papers, prove
from bench.ten_years import write_ledger
from bench.timing import interleaved, machine

_HERE = Path(__file__).parent
_HEAD = """# Benchmarks

Made by `python -m bench.run {runs}`: medians of {runs} runs, all variants in turn in one loop, processor
time of whole processes. Quote the ratios; the milliseconds belong to a shared machine.

Machine and versions: {machine}.
"""
_GROWTH_HEAD = """
## Growth

The same ten years with one, two, four and eight times the records, every text different; medians of
{runs} runs. "Texts alone": the two rules that compare texts, start of the program included.

| records | year 2025, all rules | × | year 2025, texts alone | × | all ten years, all rules | × |
|---|---|---|---|---|---|---|
"""
_TIMES = (1, 2, 4, 8)
_YEAR = ("--year", "2025", "--as-of", "2026-01-05")
_ALL = ("--from", "2016-01-01", "--to", "2025-12-31", "--as-of", "2026-01-05")
_TEXTS = ("--rule", "record-duplicate-text", "--rule", "record-near-duplicate-text")


def main(runs: int = 15) -> None:
    """Run everything and rewrite the README."""
    python = sys.executable
    zhibu = str(Path(python).with_name("zhibu"))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ten.db"
        counts = write_ledger(ledger)
        check = [zhibu, "--db", str(ledger), "check"]
        variants = {
            "python -c pass": [python, "-c", "pass"],
            "bare Typer": [python, str(_HERE / "bare_typer.py"), "--version"],
            "zhibu --version": [zhibu, "--version"],
            "zhibu check, one year of ten": [*check, *_YEAR],
            "zhibu check, all ten years": [*check, *_ALL],
        }
        bean = Path(python).with_name("bean-check")
        if bean.exists():
            book = Path(folder) / "book.beancount"
            book.write_text(_beancount(), encoding="utf-8")
            variants["bean-check, 1,000 transactions of 30 postings"] = [str(bean), "--no-cache", str(book)]
        figures = interleaved(variants, runs)
        growth = _growth(zhibu, Path(folder), max(runs // 3, 3))
    lines = [_HEAD.format(runs=runs, machine=machine()), f"The ledger of ten years: {counts}.\n"]
    lines += ["| what | ms | × bare Typer | × zhibu --version | peak MB |", "|---|---|---|---|---|"]
    bare, own = figures["bare Typer"][0], figures["zhibu --version"][0]
    for name, (seconds, peak) in figures.items():
        lines.append(
            f"| {name} | {seconds * 1000:.0f} | {seconds / bare:.2f} | {seconds / own:.2f} "
            f"| {peak / 1024:.0f} |"
        )
    rows = "\n".join(import_rows.table(import_rows.measure(min(runs, 5))))
    rows += "\n\n" + "\n".join(find.table(find.measure(min(runs, 9))))
    rows += "\n\n" + "\n".join(prove.table(prove.measure(min(runs, 9))))
    rows += "\n\n" + "\n".join(papers.table(papers.measure(min(runs, 9))))
    notes = (_HERE / "NOTES.md").read_text(encoding="utf-8")
    text = "\n".join(lines) + "\n" + growth + "\n" + rows + "\n\n" + notes
    (_HERE / "README.md").write_text(text, encoding="utf-8")
    print(text)


def _growth(zhibu: str, folder: Path, runs: int) -> str:
    """The table of what a check costs with more records."""
    asked = {"year": _YEAR, "texts": (*_YEAR, *_TEXTS), "all": _ALL}
    counts, variants = {}, {}
    for times in _TIMES:
        ledger = folder / f"growth{times}.db"
        counts[times] = write_ledger(ledger, times=times)
        for name, options in asked.items():
            variants[f"{name}{times}"] = [zhibu, "--db", str(ledger), "check", *options]
    figures = interleaved(variants, runs)
    lines = []
    for times, held in counts.items():
        pairs = ((figures[f"{name}{times}"][0], figures[f"{name}1"][0]) for name in asked)
        cells = chain.from_iterable((f"{took * 1000:.0f} ms", f"{took / one:.2f}") for took, one in pairs)
        lines.append(f"| {held['sittings']:,} + {held['talks']:,} | {' | '.join(cells)} |")
    return _GROWTH_HEAD.format(runs=runs) + "\n".join(lines) + "\n"


def _beancount() -> str:
    accounts = [f"Assets:A{number}" for number in range(31)]
    lines = [f"2000-01-01 open {account} CNY" for account in accounts]
    for number in range(1000):
        lines.append(f'2020-{number % 12 + 1:02d}-{number % 28 + 1:02d} * "entry {number}"')
        lines += [f"  {account} {number % 97 + 1}.00 CNY" for account in accounts[:29]]
        lines.append(f"  {accounts[30]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
