"""Excel's own charts of a table, to be told apart on a grey print too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart, Reference, Series
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet
    from tools.layout import Block, Chart

_WHITE = ColorChoice(prstClr="white")
HATCHED = PatternFillProperties(prst="ltUpDiag", fgClr=ColorChoice(prstClr="navy"), bgClr=_WHITE)
DARK = PatternFillProperties(prst="pct75", fgClr=ColorChoice(prstClr="black"), bgClr=_WHITE)
"""A hatching and a dark raster: two series differ without colour."""

_BELOW_TITLE = Layout(
    manualLayout=ManualLayout(
        layoutTarget="inner", xMode="edge", yMode="edge", x=0.08, y=0.24, w=0.89, h=0.64
    )
)
"""Where the columns stand: the number over one of 100% has room below the title."""


def column_chart(sheet: Worksheet, row: int, body: int, block: Block) -> None:
    """The chart of a block, a row below ``row``; ``body``: the row of the table that repeats."""
    chart = block.chart
    if chart is None:
        return
    drawn = chart_of(chart.title, share=chart.share)
    if chart.groups:
        for look, (series, heads) in zip((HATCHED, DARK), _of_groups(sheet, body, block, chart), strict=True):
            drawn.series.append(drawn_as(series, look))
            drawn.set_categories(heads)
        drawn.width = 26
    else:
        place = {column.field: number for number, column in enumerate(block.columns, 1)}
        label = {column.field: column.label for column in block.columns}[chart.value]
        values = Reference(sheet, min_col=place[chart.value], min_row=body)
        drawn.series.append(drawn_as(Series(values, title=label)))
        drawn.set_categories(Reference(sheet, min_col=place[chart.category], min_row=body))
        drawn.legend = None
    sheet.add_chart(drawn, f"A{row + 1}")


def _of_groups(sheet: Worksheet, body: int, block: Block, chart: Chart) -> Iterator[tuple[Any, Reference]]:
    """The cells of each group that hold marks, along the row."""
    for group in chart.groups:
        places = [at for at, one in enumerate(block.columns, 1) if one.group == group and one.marks]
        values, heads = (
            Reference(sheet, min_row=row, min_col=places[0], max_col=places[-1]) for row in (body, body - 1)
        )
        yield Series(values, title=group), heads


def chart_of(title: str, *, share: bool) -> BarChart:
    """An empty chart: of shares from 0 to 100%, or of whole numbers from 0."""
    drawn = BarChart()
    drawn.title, drawn.style = title, 10
    drawn.height, drawn.width, drawn.gapWidth = 8, 18, 60
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.scaling.min = 0
    if share:
        drawn.y_axis.scaling.max, drawn.y_axis.number_format = 1, "0%"
        drawn.y_axis.majorUnit, drawn.layout = 0.2, _BELOW_TITLE
    else:
        drawn.y_axis.majorUnit, drawn.y_axis.number_format = 1, "0"
    if drawn.legend is not None:
        drawn.legend.position = "b"
    return drawn


def drawn_as(series: Any, look: PatternFillProperties = HATCHED) -> Any:
    """A series in a pattern, with an outline and its numbers on it."""
    series.graphicalProperties = GraphicalProperties(pattFill=look)
    series.graphicalProperties.line.prstDash = "solid"
    series.graphicalProperties.line.solidFill = look.fgClr
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    return series
