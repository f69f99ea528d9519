"""Builds the workbooks of the invented sample branch from tools/sample/*.txt.

``2024.txt`` … hold the sittings: a head line (kinds, day, times, who attended, options), then lines
that begin with 题 (theme), 议 (topics), 文 (content), 决 (resolution) or 票 (one row of 表决); an empty
line ends the sitting. ``sheets.txt`` holds all other sheets as they stand. Expected and present are
counted from the roster of the day, except where ``到=`` says otherwise (a planted fault).

The same input gives the same bytes. Run ``python -m tools.build_sample`` in the top folder; with
``--check`` nothing is written and the answer is 1 where a file is out of date.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zipfile import ZipFile

import chinese_calendar
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from tools.messy import messy_workbook

from zhibu_cli.archive import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
YEARS = ("2024", "2025", "2026")
MESSY = ROOT / "tests" / "acceptance" / "messy" / "2024年台账.xlsx"
STAMP = datetime(2026, 4, 10, 8)
COMMITTEE = ("甲一峰", "乙二岚", "丙三川", "丁四维", "戊五岳")
LEADERS = {"第一党小组": "己六禾", "第二党小组": "庚七弦"}
PLACES = {
    "支部党员大会": "机关二楼会议室",
    "支部委员会": "机关三楼小会议室",
    "第一党小组": "登记科办公室",
    "第二党小组": "窗口科会谈室",
}
KINDS = {"党员大会": "支部党员大会", "支委会": "支部委员会", "民主评议": "民主评议党员"}
SHEETS = (
    "支部信息", "党员名册", "党员变动", "职务任期", "党小组", "组织生活", "表决", "谈心谈话",
    "民主评议", "整改清单",
)  # fmt: skip
SITTING = (
    "编号", "类型", "日期", "开始时间", "结束时间", "地点", "党小组", "主题", "主持人", "记录人",
    "主讲人", "应到", "实到", "出席人员", "缺席人员及原因", "列席人员", "议题", "内容", "决议", "学时",
    "所属年度", "形式", "原台账登记时间",
)  # fmt: skip
VOTE = (
    "组织生活编号", "事项类别", "事项", "对象", "应到", "实到", "表决方式", "发出票", "收回票",
    "有效票", "无效票", "赞成", "反对", "弃权", "另选他人", "书面意见", "应选名额", "候选人数",
    "监票人", "计票人", "结果",
)  # fmt: skip
REQUIRED = {
    "党员名册": {"姓名", "入党时间", "党员类别"},
    "党员变动": {"姓名", "事项", "日期"},
    "职务任期": {"姓名", "职务", "任职时间"},
    "党小组": {"党小组"},
    "组织生活": {"类型", "日期"},
    "表决": {"组织生活编号", "事项类别"},
    "谈心谈话": {"日期", "谈话人", "谈话对象"},
    "民主评议": {"所属年度", "姓名", "评定等次"},
    "整改清单": {"来源", "问题"},
}
WIDE = {
    "内容": 60,
    "决议": 40,
    "议题": 36,
    "主题": 30,
    "出席人员": 40,
    "缺席人员及原因": 40,
    "内容要点": 40,
    "问题": 34,
}

Cell: TypeAlias = str | int | float | date | time | None
Table: TypeAlias = list[list[Cell]]
Tables: TypeAlias = dict[str, Table]


@dataclass(kw_only=True)
class Block:
    """One sitting as the text file states it."""

    kinds: tuple[str, ...]
    day: date
    start: time
    end: time
    mode: str = ""
    options: dict[str, str] = field(default_factory=dict)
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def read_blocks(path: Path) -> list[Block]:
    """All sittings of a text file, in the order of days and times."""
    blocks: list[Block] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        tag, _, rest = line.partition(" ")
        if tag in {"题", "议", "文", "决", "票"}:
            blocks[-1].lines[tag].append(rest)
        else:
            blocks.append(_head(line))
    return sorted(blocks, key=lambda block: (block.day, block.start))


def _head(line: str) -> Block:
    kinds, day, times, *tokens = line.split()
    start, end = (time.fromisoformat(part) for part in times.split("-"))
    block = Block(
        kinds=tuple(KINDS.get(kind, kind) for kind in kinds.split("、")),
        day=date.fromisoformat(day),
        start=start,
        end=end,
    )
    for token in tokens:
        name, equals, value = token.partition("=")
        if equals:
            block.options[name] = value
        else:
            block.mode = token
    return block


def read_sheets(path: Path) -> dict[tuple[str, str], list[list[str]]]:
    """Every table of sheets.txt by workbook and sheet."""
    tables: dict[tuple[str, str], list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            book, sheet = line.strip("[]").split()
            rows = tables[book, sheet] = []
        elif line.strip() and not line.startswith("#"):
            rows.append(line.split("|"))
    return tables


class People:
    """Who belongs to the branch and to which group on a day."""

    def __init__(self, tables: dict[tuple[str, str], list[list[str]]]) -> None:
        """Read the two rosters and the departures."""
        self.rows: list[tuple[str, str, date, date]] = []
        left = {
            row[0]: date.fromisoformat(row[2]) for row in tables["2025", "党员变动"][1:] if row[1] == "转出"
        }
        for book in ("2024", "2025"):
            head, *rows = tables[book, "党员名册"]
            for row in rows:
                values = dict(zip(head, row, strict=True))
                since = date.fromisoformat(values.get("转入时间") or values["入党时间"])
                gone = left.get(values["姓名"], date.max)
                self.rows.append((values["姓名"], values["党小组"], since, gone))

    def due(self, block: Block) -> list[str]:
        """Everybody expected; whoever is admitted that day still sits in as a guest."""
        if "支部委员会" in block.kinds:
            return list(COMMITTEE)
        group = block.options.get("组")
        arrived = "辰兆丰"
        return [
            name
            for name, home, since, left in self.rows
            if (since < block.day or (name == arrived and since == block.day))
            and block.day < left
            and group in {None, home}
        ]


def sitting_row(block: Block, number: int, people: People) -> list[Cell]:
    """One row of 组织生活."""
    due = people.due(block)
    absent = [part.partition("(") for part in block.options.get("缺", "").split("+") if part]
    away = {name for name, _, _ in absent}
    if not away <= set(due):
        raise ValueError(f"{block.day}: {away - set(due)} not expected")
    came = [name for name in due if name not in away]
    end = datetime.combine(block.day, block.end)
    cells: dict[str, Cell] = {
        "编号": f"S{number}",
        "类型": "、".join(block.kinds),
        "日期": block.day,
        "开始时间": block.start,
        "结束时间": block.end,
        "地点": block.options.get("地") or PLACES[block.options.get("组", block.kinds[0])],
        "党小组": block.options.get("组"),
        "主题": _text(block, "题"),
        "主持人": chair(block, came),
        "记录人": recorder(block, came),
        "主讲人": (block.options.get("讲") or "").replace("书记", "书记 ").replace("宣传委员", "宣传委员 ")
        or None,
        "应到": len(due),
        "实到": int(block.options.get("到", len(came))),
        "出席人员": {"名单": "、".join(came), "全体": "全体", "其余": "其余全体", "数字": None}[block.mode],
        "缺席人员及原因": "、".join(f"{name}（{why.rstrip(')')}）" for name, _, why in absent) or None,
        "列席人员": block.options.get("列"),
        "议题": (_text(block, "议") or "").replace("；", "\n") or None,
        "内容": _text(block, "文"),
        "决议": _text(block, "决"),
        "学时": float(block.options["学时"]) if "学时" in block.options else None,
        "所属年度": int(block.options["年"]) if "年" in block.options else None,
        "形式": block.options.get("式"),
        "原台账登记时间": f"{end + timedelta(minutes=25 + number * 7 % 30):%Y-%m-%d %H:%M}",
    }
    return [cells[name] for name in SITTING]


def _text(block: Block, tag: str) -> str | None:
    return "\n".join(block.lines[tag]) or None


def chair(block: Block, came: Sequence[str]) -> str | None:
    """Who presided: the leader of the group, the secretary, in some activities his deputy."""
    if "主" in block.options:
        return block.options["主"]
    if "组" in block.options:
        return LEADERS[block.options["组"]]
    if "党课" in block.kinds:
        return None
    if "主题党日" in block.kinds and block.day.month % 2 and "乙二岚" in came:
        return "副书记 乙二岚"
    return "书记 甲一峰" if "支部党员大会" in block.kinds else "甲一峰"


def recorder(block: Block, came: Sequence[str]) -> str:
    """Who took the minutes: the first of the usual ones who was there."""
    if "记" in block.options:
        return block.options["记"]
    usual = ("丁四维", "丙三川") if "支部委员会" in block.kinds else ("丙三川", "子百川", "丁四维")
    return next(name for name in usual if name in came)


def vote_rows(block: Block, number: int) -> Iterator[list[Cell]]:
    """The rows of 表决 that belong to a sitting."""
    for line in block.lines["票"]:
        matter, *pairs = line.split()
        values = dict(pair.split("=", 1) for pair in pairs)
        values |= {"组织生活编号": f"S{number}", "事项类别": matter}
        yield [int(text) if (text := values.get(name, "")).isdecimal() else (text or None) for name in VOTE]


def plain_rows(rows: list[list[str]], sheet: str) -> Table:
    """A table of sheets.txt with days and numbers as such; 编号 and 原台账登记时间 for talks follow later."""
    head, *body = rows
    table: Table = [list(head)]
    for row in body:
        padded = row + [""] * (len(head) - len(row))
        table.append([_value(text, name, sheet) for name, text in zip(head, padded, strict=True)])
    return table


def _value(text: str, name: str, sheet: str) -> Cell:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if text.isdecimal() and sheet != "支部信息" and name != "备注":
        return int(text)
    return text or None


def build_tables() -> dict[str, Tables]:
    """Every workbook's sheets: header row first, then rows of cells."""
    sheets = read_sheets(HERE / "sample" / "sheets.txt")
    people = People(sheets)
    books: dict[str, Tables] = {}
    sitting_number = talk_number = 0
    for year in YEARS:
        tables: Tables = {"组织生活": [list(SITTING)], "表决": [list(VOTE)]}
        for block in read_blocks(HERE / "sample" / f"{year}.txt"):
            _require_workday(block.day)
            sitting_number += 1
            tables["组织生活"].append(sitting_row(block, sitting_number, people))
            tables["表决"].extend(vote_rows(block, sitting_number))
        for (book, sheet), rows in sheets.items():
            if book == year:
                tables[sheet] = plain_rows(rows, sheet)
        talk_number = number_talks(tables["谈心谈话"], talk_number)
        if len(tables["表决"]) == 1:
            del tables["表决"]
        books[year] = {sheet: tables[sheet] for sheet in SHEETS if sheet in tables}
    return books


def number_talks(table: Table, last: int) -> int:
    """Sort the talks by day and add 编号 and 原台账登记时间; the number of the last one."""
    head, *rows = table
    rows.sort(key=lambda row: str(row[0]))
    table[:] = [["编号", *head, "原台账登记时间"]]
    for row in rows:
        day = row[0]
        if not isinstance(day, date):
            raise TypeError(row)
        _require_workday(day)
        last += 1
        table.append([f"T{last}", *row, f"{day:%Y-%m-%d} 17:{last * 11 % 60:02d}"])
    return last


def _require_workday(day: date) -> None:
    if not chinese_calendar.is_workday(day):
        raise ValueError(f"{day} is no workday")


def write_workbook(tables: Tables) -> bytes:
    """A workbook in the canonical layout."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in tables.items():
        page = book.create_sheet(sheet)
        for row in rows:
            page.append(row)
        for index, name in enumerate(rows[0], start=1):
            cell = page.cell(1, index)
            red = name in REQUIRED.get(sheet, ())
            cell.font = Font(bold=True, color="FFC00000" if red else "FF000000")
            page.column_dimensions[get_column_letter(index)].width = WIDE.get(str(name), 14)
        _shape(page)
        page.freeze_panes = "A2"
    return fixed_bytes(book)


def _shape(page: object) -> None:
    for row in page.iter_rows(min_row=2):  # type: ignore[attr-defined]
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            elif isinstance(cell.value, time):
                cell.number_format = "hh:mm"


def fixed_bytes(book: Workbook) -> bytes:
    """The workbook's file with fixed times, so that the same input gives the same bytes."""
    raw = BytesIO()
    book.properties.creator = "样本"
    book.save(raw)
    return normalised(raw.getvalue(), STAMP)


def files() -> dict[Path, bytes]:
    """Every file this tool makes."""
    books = build_tables()
    made = {ROOT / "sample_data" / f"{year}.xlsx": write_workbook(tables) for year, tables in books.items()}
    made[MESSY] = fixed_bytes(messy_workbook(books["2024"]))
    return made


def same(path: Path, data: bytes) -> bool:
    """Whether the file holds the same parts; how hard they are packed depends on the zlib at hand."""
    if not path.is_file():
        return False
    with ZipFile(path) as old, ZipFile(BytesIO(data)) as new:
        return {name: old.read(name) for name in old.namelist()} == {
            name: new.read(name) for name in new.namelist()
        }


def main() -> int:
    """Write the files, or with ``--check`` tell which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    made = files()
    stale = [path for path, data in made.items() if not same(path, data)]
    if parser.parse_args().check:
        print(*(f"out of date: {path.relative_to(ROOT)}" for path in stale), sep="\n", end="")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made[path])
    return 0


if __name__ == "__main__":
    sys.exit(main())
