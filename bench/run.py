"""Measure what design.md «Speed and size» asks of the program, and write bench/README.md.

Usage: python -m bench.run [RUNS]. Every figure is a median of whole processes, all variants in turn.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import import_rows
from bench.ten_years import write_ledger
from bench.timing import interleaved, machine

_HERE = Path(__file__).parent
_HEAD = """# Benchmarks

Made by `python -m bench.run {runs}`: medians of {runs} runs, all variants in turn in one loop, whole
processes. Quote the ratios; the milliseconds belong to a shared machine.

Machine and versions: {machine}.
"""


def main(runs: int = 15) -> None:
    """Run everything and rewrite the README."""
    python = sys.executable
    zhibu = str(Path(python).with_name("zhibu"))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ten.db"
        counts = write_ledger(ledger)
        check = [zhibu, "--db", str(ledger), "check", "--year", "2025", "--as-of", "2026-01-05"]
        variants = {
            "python -c pass": [python, "-c", "pass"],
            "bare Typer": [python, str(_HERE / "bare_typer.py"), "--version"],
            "zhibu --version": [zhibu, "--version"],
            "zhibu check, one year of ten": check,
            "zhibu check, all ten years": [
                *check[:4],
                "--from",
                "2016-01-01",
                "--to",
                "2025-12-31",
                *check[6:],
            ],
        }
        bean = Path(python).with_name("bean-check")
        if bean.exists():
            book = Path(folder) / "book.beancount"
            book.write_text(_beancount(), encoding="utf-8")
            variants["bean-check, 1,000 transactions of 30 postings"] = [str(bean), "--no-cache", str(book)]
        figures = interleaved(variants, runs)
    lines = [_HEAD.format(runs=runs, machine=machine()), f"The ledger of ten years: {counts}.\n"]
    lines += ["| what | ms | × bare Typer | × zhibu --version | peak MB |", "|---|---|---|---|---|"]
    bare, own = figures["bare Typer"][0], figures["zhibu --version"][0]
    for name, (seconds, peak) in figures.items():
        lines.append(
            f"| {name} | {seconds * 1000:.0f} | {seconds / bare:.2f} | {seconds / own:.2f} "
            f"| {peak / 1024:.0f} |"
        )
    lines += ["", *import_rows.table(import_rows.measure(min(runs, 5)))]
    text = "\n".join(lines) + "\n\n" + (_HERE / "NOTES.md").read_text(encoding="utf-8")
    (_HERE / "README.md").write_text(text, encoding="utf-8")
    print(text)


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
