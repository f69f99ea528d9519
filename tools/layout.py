"""Layouts of papers that are tables and forms: read from ``layouts/*.toml``, one home for every format.

A layout is a list of blocks. Fields are names in the view (or in an item of its list); ``builds`` of
the other modules make a template of it for Word, Excel, Markdown and HTML. The keys are the fields of
the classes below.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "layouts"
DAYS = ("日期", "时间", "年月", "期限", "时限")
"""Words in the heads of columns with days."""
NOTES = (
    "注：{% for note in notes %}{% if loop.length != 1 %}{{ loop.index }}.{% endif %}{{ note }}{% endfor %}"
)
"""Notes in one line; a single one bears no number."""
BETWEEN = "　　"
"""What stands between the parts of a caption, each of which stays in one line where it can."""
CAPTION = "单位：{{ branch }}　　统计期：{{ period_label }}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    label: str
    field: str
    """Of an item of the list, as printed; empty: left for the hand."""
    cell: str = ""
    """The same as a real date or number, for Excel; empty: ``field`` itself."""
    width: float = 10
    """In characters of 12 points."""
    hold: float = 0
    """Characters that stay in one line: a usual value, as a name of four, is never broken."""
    align: str = "left"
    number: str = "@"
    """Excel's number format."""
    group: str = ""
    """A heading over this column and its neighbours with the same one."""
    total: str = ""
    """Excel's function in the row of sums: ``SUM``; or a formula of its own, ``={due}/{come}``, of the sums
    of other columns; empty: no sum."""
    shade: str = ""
    """Field with the colour behind the cell (``E2F0D9``); empty: none. In Excel see ``marks``."""
    formula: str = ""
    """Excel's formula in place of the field, with ``{field}`` for the cell of another column in the same row
    and ``{field}:{field}`` for an area of them."""
    marks: bool = False
    """A number, or a mark of ``report/marks.py``: coloured in Excel by what stands in the cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A labelled place in a form."""

    label: str
    text: str = ""
    """What is printed there, with ``{{ fields }}``; empty: left for the hand."""
    size: str = ""
    """``tall``: room for three lines; ``page``: what three tall ones leave of a page; ``large``: half a page;
    ``flow``: as long as the text, over pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A column chart of a table: Excel's own below the table, in HTML the drawing that there is of it."""

    title: str
    category: str = ""
    """Field of an item: what stands below its column. Empty: the columns of the table are those of the
    chart, their heads stand below, and every group in ``groups`` is a series."""
    value: str = ""
    """Field whose real number (``cell``) is the height."""
    groups: tuple[str, ...] = ()
    drawing: str = ""
    """Field of the view that holds the drawing for HTML (``report/drawing.py``)."""
    share: bool = True
    """The heights are shares, 0 to 100%; else numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One thing below the other."""

    kind: str
    """``table``, ``form``, ``fields`` (a form whose slots are in the view: ``FormRow``), ``pages`` (a form on
    a page of its own for every item ``p``), ``text``, ``notes`` or ``signing``."""
    heading: str = ""
    """A line above it."""
    title: str = ""
    """Pages: the title of each."""
    when: str = ""
    """A field: the block is left out where it is empty."""
    list: str = "rows"
    """Table: the list whose items are the rows."""
    sheet: str = ""
    """Table in Excel: name of a sheet of its own; empty: the first one."""
    columns: tuple[Column, ...] = ()
    empty: str = "empty"
    """Table: the field with what stands there where the list is empty."""
    sums: str = ""
    """Table: the field whose fields stand in the row of sums where no formula can add; that item or this
    key empty: there is no such row."""
    rows: tuple[tuple[Slot, ...], ...] = ()
    """Form: its slots, row by row, at most two in a row."""
    small: bool = False
    """Table: 9 points in Word, where there are many columns."""
    chart: Chart | None = None
    dense: bool = False
    """Table with many narrow columns: small type, little room beside it."""
    upright: bool = False
    """Excel: its sheet stands upright though the paper lies."""
    whole: bool = False
    """Table in Word: all its rows stand on one page."""
    height: int = 0
    """Table: least height of a row in twips, where people write in it by hand."""
    text: str = ""
    style: str = "ZbCaption"
    below: tuple[Block, ...] = ()
    """Set while templates are made: what follows it up to the signatures; they stand in its last row."""

    def summed(self, prefix: str) -> tuple[str, ...]:
        """The cells of the row of sums as printed: a word, then those of the columns that have one."""
        field = f"{{{{ {prefix}{self.sums}.%s }}}}"
        return ("合计", *(field % column.field if column.total else "" for column in self.columns[1:]))

    @property
    def total(self) -> bool:
        """Whether the table has a row of sums."""
        return any(column.total for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One paper in one of its layouts."""

    name: str
    formats: tuple[str, ...]
    blocks: tuple[Block, ...] = field(metadata={"key": "block"})
    landscape: bool = False
    a3: bool = False
    """A sheet of A3 on its long side, for two dozen columns; landscape too."""
    caption: str = CAPTION
    """The line below the title; empty: none."""


def layouts(folder: Path = FOLDER) -> tuple[Layout, ...]:
    """Every layout of the folder, by name."""
    return tuple(read(path) for path in sorted(folder.glob("*.toml")))


def read(path: Path) -> Layout:
    """The layout in a file; a key that there is not is a TypeError."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    blocks = tuple(_block(item) for item in table.pop("block"))
    formats = tuple(table.pop("formats"))
    return Layout(name=path.stem, formats=formats, blocks=blocks, **table)


def _block(item: dict[str, Any]) -> Block:
    columns = tuple(Column(**column) for column in item.pop("columns", ()))
    rows = tuple(tuple(Slot(**slot) for slot in row) for row in item.pop("rows", ()))
    chart = Chart(**_chart(item.pop("chart"))) if "chart" in item else None
    return Block(columns=columns, rows=rows, chart=chart, **item)


def _chart(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "groups": tuple(item.get("groups", ()))}
