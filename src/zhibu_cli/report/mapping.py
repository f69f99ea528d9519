"""A superior's own Excel form filled through a small file that says which field goes into which cell.

The file is TOML::

    [[cell]]
    sheet = "统计"           # may be left out: the first sheet
    at = "C5"
    value = "{{ figures.members }}"

    [[rows]]
    sheet = "明细"
    from = 8                 # the first row of the list; more rows are inserted below it
    to = 17                  # or: the form's own rows up to here are used, none is inserted
    list = "sittings"
    columns = { A = "day", B = "kinds", F = "leader" }
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

from zhibu_cli.errors import PaperError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_LINE = re.compile(r"at line (\d+)")
_COLUMN = re.compile(r"[A-Z]{1,3}")
_MOST_ROWS = 5_000
"""A form has no more; Excel has 1,048,576."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One cell."""

    sheet: str
    cell: str
    words: str
    """Text with ``{{ fields }}``."""
    place: str
    """第2个[[cell]], for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Rows of a list."""

    sheet: str
    row: int
    last: int
    """The last of the form's own rows; 0: rows are inserted."""
    list: str
    columns: Mapping[str, str]
    """Field of an item by letter of the column."""
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What goes where."""

    name: str = ""
    """Of the file, for messages."""
    singles: tuple[Single, ...] = ()
    rows: tuple[Rows, ...] = field(default=())

    @property
    def fixed(self) -> tuple[Rows, ...]:
        """Lists for which the form has its rows."""
        return tuple(one for one in self.rows if one.last)


def read_filling(path: Path) -> Filling:
    """The file.

    Raises:
        PaperError: it cannot be read; every problem in it is named.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise PaperError(f"没有找到填表对照“{path}”。", hint="请核对文件名和所在文件夹。") from None
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"第{line[1]}行" if line else "结尾处"
        raise PaperError(f"填表对照“{path.name}”{where}写法不对，读不出来。", hint=_HINT) from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise PaperError(f"填表对照“{path.name}”读不出来，请看是不是 UTF-8 文本。", hint=_HINT) from error
    strange = [key for key in table if key not in {"cell", "rows"}]
    problems = [f"不认识“{key}”，只能有 [[cell]] 和 [[rows]]" for key in strange]
    singles = tuple(_singles(_listed(table, "cell", problems), problems))
    rows = tuple(_rows(_listed(table, "rows", problems), problems))
    if not problems and not singles and not rows:
        problems.append("一格也没有写")
    if problems:
        told = "\n".join(f"  {number}. {problem}" for number, problem in enumerate(problems, 1))
        raise PaperError(f"填表对照“{path.name}”有{len(problems)}处问题：\n{told}", hint=_HINT)
    return Filling(name=path.name, singles=singles, rows=rows)


_HINT = (
    "每段写 [[cell]]（at、value）或 [[rows]]（from、list、columns），"
    "例子见用户手册“用自己的模板”；存为 UTF-8。"
)


def _listed(table: Mapping[str, Any], key: str, problems: list[str]) -> list[tuple[str, dict[str, Any]]]:
    items = table.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        problems.append(f"“{key}”要写成 [[{key}]]，一项一段")
        return []
    return [(f"第{number}个[[{key}]]", item) for number, item in enumerate(items, 1)]


def _singles(items: list[tuple[str, dict[str, Any]]], problems: list[str]) -> Iterator[Single]:
    for place, item in items:
        known = _known(place, item, {"sheet": str, "at": str, "value": str}, problems)
        cell = known.get("at", "").upper().replace("$", "")
        if not _CELL.fullmatch(cell):
            problems.append(f"{place}：at 写成 C5 这样，现为“{known.get('at', '')}”")
        elif not known.get("value"):
            problems.append(f"{place}：没有写 value")
        else:
            yield Single(sheet=known.get("sheet", ""), cell=cell, words=known["value"], place=place)


def _rows(items: list[tuple[str, dict[str, Any]]], problems: list[str]) -> Iterator[Rows]:
    for place, item in items:
        kinds = {"sheet": str, "from": int, "to": int, "list": str, "columns": dict}
        known = _known(place, item, kinds, problems)
        row, last, columns = known.get("from", 0), known.get("to", 0), known.get("columns", {})
        before = len(problems)
        if not 1 <= row <= _MOST_ROWS:
            problems.append(f"{place}：from 要写第几行")
        if last and not row <= last <= _MOST_ROWS:
            problems.append(f"{place}：to 要不小于 from")
        if not known.get("list"):
            problems.append(f"{place}：没有写 list")
        wrong = [c for c, name in columns.items() if not (_COLUMN.fullmatch(c) and isinstance(name, str))]
        if wrong or not columns:
            problems.append(f'{place}：columns 写成 {{ A = "day", B = "kinds" }} 这样')
        if len(problems) == before:
            sheet, listed = known.get("sheet", ""), known["list"]
            yield Rows(sheet=sheet, row=row, last=last, list=listed, columns=columns, place=place)


def _known(
    place: str, item: Mapping[str, Any], kinds: Mapping[str, type], problems: list[str]
) -> dict[str, Any]:
    """The values of the right kind; what is of another kind or has another name is a problem."""
    problems += [f"{place}：不认识“{key}”" for key in item if key not in kinds]
    wrong = {key for key, kind in kinds.items() if key in item and type(item[key]) is not kind}
    problems += [f"{place}：“{key}”写的不是{_KINDS[kinds[key]]}" for key in wrong]
    return {key: value for key, value in item.items() if key in kinds and key not in wrong}


_KINDS = {str: "文字", int: "整数", dict: "一组列"}


def put_into(book: Workbook, filling: Filling) -> dict[tuple[str, str], str]:
    """Write the fields into the cells as if the form had been a template from the first.

    The answer: by sheet and cell, which piece of the file it comes from.

    Raises:
        PaperError: a sheet or cell there is not, or is written twice, all named at once.
    """
    problems: list[str] = []
    taken: dict[tuple[str, str], str] = {}
    written: dict[tuple[str, str], str] = {}
    for place, name, cell, words in _wanted(filling):
        sheet = sheet_of(book, name)
        if sheet is None:
            there = "、".join(one.title for one in book.worksheets)
            problems.append(f"{place}：没有工作表“{name}”，有：{there}")
        elif first := _covered_by(sheet, cell):
            problems.append(f"{place}：工作表“{sheet.title}”{cell} 在合并单元格里，请写左上角的 {first}")
        elif (earlier := taken.setdefault((sheet.title, cell), place)) != place:
            problems.append(f"{place}：工作表“{sheet.title}”{cell} 在{earlier}里写过了，一格只写一次")
        elif words is not None:
            sheet[cell].value = words
            written[sheet.title, cell] = f"填表对照“{filling.name}”{place}"
    if problems:
        told = "\n".join(f"  {number}. {one}" for number, one in enumerate(dict.fromkeys(problems), 1))
        hint = "请打开表格核对工作表名和单元格。"
        raise PaperError(f"填表对照“{filling.name}”与表格对不上：\n{told}", hint=hint)
    return written


def _wanted(filling: Filling) -> Iterator[tuple[str, str, str, str | None]]:
    """Place in the file, sheet and cell, and the words for it; none where the items come later."""
    for single in filling.singles:
        yield single.place, single.sheet, single.cell, single.words
    for rows in filling.rows:
        for row, (column, name) in product(
            range(rows.row, max(rows.row, rows.last) + 1), rows.columns.items()
        ):
            words = None if rows.last else f"{{{{ {rows.list}.{name} }}}}"
            yield rows.place, rows.sheet, f"{column}{row}", words


def _covered_by(sheet: Worksheet, cell: str) -> str:
    """The first cell of the joined area in which the cell cannot be written; empty: it can."""
    for area in sheet.merged_cells.ranges:
        first: str = area.coord.partition(":")[0]
        if cell in area and cell != first:
            return first
    return ""


def sheet_of(book: Workbook, name: str) -> Worksheet | None:
    """The sheet of that name; without a name the first one."""
    return next((sheet for sheet in book.worksheets if not name or sheet.title == name), None)
