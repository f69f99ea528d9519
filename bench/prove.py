"""Measure ``zhibu verify`` of 100,000 versions against a bare loop, as bench/README.md shows it.

Usage: python -m bench.prove [RUNS]. Whole processes in turn, medians.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

from bench.timing import interleaved

from zhibu_cli.model.catalogue import CATALOGUE
from zhibu_cli.store.opening import create

_ROWS = 100_000
_BARE = """
import hashlib, sqlite3, sys
before = ""
for row in sqlite3.connect(sys.argv[1]).execute("SELECT * FROM versions ORDER BY seq"):
    before = hashlib.sha256((before + "|".join(map(str, row))).encode()).hexdigest()
print(before)
"""


def measure(runs: int = 9) -> dict[str, tuple[float, int]]:
    """Seconds and peak of each whole process, by what it does."""
    python = sys.executable
    zhibu = str(Path(python).with_name("zhibu"))
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "many.db"
        _write(ledger)
        variants = {
            "a bare loop": [python, "-c", _BARE, str(ledger)],
            "zhibu verify": [zhibu, "verify", "--db", str(ledger)],
        }
        return interleaved(variants, runs)


def _write(path: Path) -> None:
    now = datetime(2026, 1, 1)
    change = CATALOGUE.register("member_event")
    with create(path, now=now, who="甲") as store:
        branch = {"name": "甲支部", "founded": "2019-01-01"}
        store.add(CATALOGUE.register("branch"), branch, now=now, who="甲")
        for number in range(_ROWS - 1):
            row = {"member": "M1", "matter": "other", "date": "2025-01-01", "ground": f"第{number}号"}
            store.add(change, row, now=now, who="甲")


def table(figures: dict[str, tuple[float, int]]) -> list[str]:
    """The section of the README."""
    lines = [
        "## Proof",
        "",
        "`zhibu verify` of 100,000 versions, beside Python hashing the same rows in a bare loop, each with",
        "the hash before it. `python -m bench.prove` measures this alone.",
        "",
        "| what | ms | × bare loop | peak MB |",
        "|---|---|---|---|",
    ]
    bare = figures["a bare loop"][0]
    for name, (took, peak) in figures.items():
        lines.append(f"| {name} | {took * 1000:.0f} | {took / bare:.1f} | {peak / 1024:.0f} |")
    return lines


if __name__ == "__main__":
    print("\n".join(table(measure(*map(int, sys.argv[1:2])))))
