"""Measure ``zhibu find`` over 10,000 records against a bare LIKE, as bench/README.md shows it.

Usage: python -m bench.find [RUNS]. Whole processes in turn, medians.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench.ten_years import write_ledger
from bench.timing import interleaved

_LIKE = (
    "import sqlite3, sys; rows = sqlite3.connect(sys.argv[1]).execute("
    "'SELECT versions.id, day, payload FROM current JOIN versions USING (seq)'"
    "' WHERE current.voided = 0 AND payload LIKE ?', (f'%{sys.argv[2]}%',)).fetchall(); print(len(rows))"
)
WORDS = {
    "学习": "in every one",
    "会议": "in every sitting",
    "谦虚": "in none",
    "样本": "in names, stored as numbers",
    "S12": "letters and digits",
}


def measure(runs: int = 9) -> dict[str, tuple[float, int]]:
    """Seconds and peak of each whole process, by what it does."""
    python = sys.executable
    zhibu = str(Path(python).with_name("zhibu"))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "many.db"
        write_ledger(ledger, times=7)
        variants = {"version": [zhibu, "--version"]}
        for word in WORDS:
            variants[f"like {word}"] = [python, "-c", _LIKE, str(ledger), word]
            variants[f"find {word}"] = [zhibu, "--db", str(ledger), "find", word]
        return interleaved(variants, runs)


def table(figures: dict[str, tuple[float, int]]) -> list[str]:
    """The section of the README."""
    own = figures["version"][0]
    lines = [
        "## Search",
        "",
        "`zhibu find WORD` over 7,000 sittings and 3,010 talks with texts of real length, whole process,",
        "beside Python with one bare `LIKE` over the same table. `python -m bench.find` measures this alone.",
        "",
        "| word | stands | LIKE ms | find ms | × LIKE | × zhibu --version | peak MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for word, where in WORDS.items():
        bare, (took, peak) = figures[f"like {word}"][0], figures[f"find {word}"]
        lines.append(
            f"| {word} | {where} | {bare * 1000:.0f} | {took * 1000:.0f} | {took / bare:.1f} "
            f"| {took / own:.1f} | {peak / 1024:.0f} |"
        )
    return lines


if __name__ == "__main__":
    print("\n".join(table(measure(*map(int, sys.argv[1:2])))))
