"""What should be known about the rows of a sheet that were taken, told once for the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhibu_cli.text import brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhibu_cli.exchange.context import Context

_SHOWN = 10
"""So many places are told one by one; of more, how many there are."""


class Remarks:
    """Gathered while the rows are read."""

    def __init__(self, context: Context) -> None:
        """``context`` has completed the days."""
        self.context = context
        self.lost_clocks = 0
        self.merged: list[int] = []
        """Rows in which a cell that is merged down from above was read."""
        self.assumed: list[tuple[int, str, str]] = []
        """Row, a day as written without a year or month, the day it was taken for."""
        self.template: list[tuple[str, str]] = []
        """Cell, and what it still holds of a template."""

    def told(self) -> Iterator[str]:
        """A sentence each; the sheet's name goes before it."""
        if self.lost_clocks:
            yield f"日期栏中有{self.lost_clocks}处还写了钟点，只录入了日期。"
        if self.merged:
            rows = _some([f"第{row}行" for row in self.merged])
            yield f"{rows}有单元格与上面的行合并，各行都按合并格里的内容读取。"
        if self.assumed:
            listed = [f"第{row}行“{brief(said, 20)}”读作{day}" for row, said, day in self.assumed]
            source = self.context.year_from
            how = "不对的请在表里写全年月日再导入"
            yield f"有{len(listed)}处日期没有写全，按{source}补上：{_some(listed)}；{how}。"
        if self.template:
            listed = [f"{place}“{brief(word, 20)}”" for place, word in self.template]
            how = "请改成实际内容，没有的清空"
            yield f"有{len(listed)}处像是模板里没有填的字，照原样录入：{_some(listed)}；{how}。"


def _some(listed: list[str]) -> str:
    more = f"等{len(listed)}处" if len(listed) > _SHOWN else ""
    return "、".join(listed[:_SHOWN]) + more
