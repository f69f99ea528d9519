"""Measure ``zhibu find`` over 10,000 records against a bare LIKE, and print the section of bench/README.md.

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


def main(runs: int = 9) -> None:
    """Print the table."""
    python = sys.executable
    zhibu = str(Path(python).with_name("zhibu"))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "many.db"
        counts = write_ledger(ledger, times=7)
        variants = {"zhibu --version": [zhibu, "--version"]}
        for word in WORDS:
            variants[f"LIKE {word}"] = [python, "-c", _LIKE, str(ledger), word]
            variants[f"find {word}"] = [zhibu, "--db", str(ledger), "find", word]
        figures = interleaved(variants, runs)
    own = figures["zhibu --version"][0]
    print(f"The ledger: {counts}; zhibu --version {own * 1000:.0f} ms.\n")
    print("| word | | LIKE ms | zhibu find ms | × LIKE | × zhibu --version | peak MB |")
    print("|---|---|---|---|---|---|---|")
    for word, what in WORDS.items():
        bare, (took, peak) = figures[f"LIKE {word}"][0], figures[f"find {word}"]
        print(
            f"| {word} | {what} | {bare * 1000:.0f} | {took * 1000:.0f} | {took / bare:.2f} "
            f"| {took / own:.2f} | {peak / 1024:.0f} |"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
