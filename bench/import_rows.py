"""Import of 100,000 rows: ratio to bare reading of the workbook and to ``sqlite-utils insert`` of the CSV.

Usage: python -m bench.import_rows [RUNS]. Prints the rows of the table that bench/README.md shows.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from bench.timing import interleaved

ROWS = 100_000
HEAD = ("类型", "日期", "开始时间", "地点", "主题", "主持人", "应到", "实到", "内容")
_KINDS = ("支部党员大会", "支部委员会", "党课", "主题党日")


def rows(count: int = ROWS) -> list[tuple[str, ...]]:
    """Invented sittings of a branch of 48, each with a theme of its own."""
    chance = random.Random(20261125)  # noqa: S311 - sample data
    found: list[tuple[str, ...]] = []
    for number in range(count):
        day = date(1990, 1, 1) + timedelta(days=number % 13_000)
        present = chance.randint(30, 48)
        found.append(
            (
                _KINDS[number % 4],
                day.isoformat(),
                f"{chance.randint(8, 17):02}:30",
                f"{chance.randint(1, 9)}楼会议室",
                f"样本专题之{number}",
                f"样本{chance.randint(1, 48):02}",
                "48",
                str(present),
                f"逐段学习了样本材料第{number}号，{chance.randint(2, 9)}人作了发言，安排了下一步分工。",
            )
        )
    return found


def write_files(folder: Path, count: int = ROWS) -> tuple[Path, Path, Path]:
    """A workbook with a roster and the rows, a CSV of the rows, and a script that only reads the workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("支部信息")
    for pair in (("支部名称", "样本支部"), ("成立时间", "1980-01-01")):
        sheet.append(pair)
    sheet = book.create_sheet("党员名册")
    sheet.append(("姓名", "入党时间", "转正时间", "党员类别"))
    for number in range(1, 49):
        sheet.append((f"样本{number:02}", "1980-07-01", "1981-07-01", "正式"))
    sheet = book.create_sheet("组织生活")
    sheet.append(HEAD)
    table = rows(count)
    for row in table:
        kind, day, *texts = row
        sheet.append((kind, date.fromisoformat(day), *texts[:4], *map(int, texts[4:6]), texts[6]))
    workbook = folder / "rows.xlsx"
    book.save(workbook)
    text = folder / "rows.csv"
    with text.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD, *table])
    script = folder / "bare.py"
    script.write_text(
        "import sys\nfrom python_calamine import CalamineWorkbook\n"
        "book = CalamineWorkbook.from_path(sys.argv[1])\n"
        "print(sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows()))\n",
        encoding="utf-8",
    )
    return workbook, text, script


def measure(runs: int = 5, count: int = ROWS) -> dict[str, tuple[float, int]]:
    """Median seconds and peak KiB of each; every import goes into a new ledger, and once more into that."""
    python = Path(sys.executable)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # in a process of its own: what a forked child is said to take at most includes its parent
        make = "import pathlib, sys; from bench.import_rows import write_files as w; "
        make += "w(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"
        subprocess.run([str(python), "-c", make, name, str(count)], check=True)
        workbook, text, bare = (folder / one for one in ("rows.xlsx", "rows.csv", "bare.py"))
        fresh = f"rm -f {folder}/new.db {folder}/new.sqlite && exec "
        zhibu = f"{python.with_name('zhibu')} import {workbook} --yes --db {folder}/new.db"
        peer = f"{python.with_name('sqlite-utils')} insert {folder}/new.sqlite rows {text} --csv"
        shell = shutil.which("sh") or "sh"
        return interleaved(
            {
                "bare reading (python-calamine)": [str(python), str(bare), str(workbook)],
                "sqlite-utils insert of the rows as CSV": [shell, "-c", fresh + peer],
                "zhibu import of the workbook": [shell, "-c", fresh + zhibu],
                "zhibu import of the same workbook again": zhibu.split(),
            },
            runs,
        )


def table(figures: dict[str, tuple[float, int]]) -> list[str]:
    """The lines of the README."""
    bare = figures["bare reading (python-calamine)"][0]
    peer = figures["sqlite-utils insert of the rows as CSV"][0]
    lines = [
        "| 100,000 rows | s | × bare reading | × sqlite-utils insert | peak MB |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {name} | {took:.1f} | {took / bare:.1f} | {took / peer:.2f} | {peak / 1024:.0f} |"
        for name, (took, peak) in figures.items()
    ]
    return lines


if __name__ == "__main__":
    print("\n".join(table(measure(*map(int, sys.argv[1:3])))))
