"""Results of formulas and points of charts, kept in the file for viewers that do not work them out."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from zhibu_cli.report.formulas import plain, results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from openpyxl import Workbook

    from zhibu_cli.report.formulas import Value

    Results = Mapping[tuple[str, str], Value]

_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f>.*?</f>)<v\s*(?:/>|></v>)</c>', re.DOTALL)
_AREA = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_TYPE = re.compile(rb' t="\w+"')


def saved(book: Workbook) -> bytes:
    """The workbook as bytes, with what its formulas come to."""
    found = results(book)
    for sheet in book.worksheets:
        for chart in sheet._charts:  # type: ignore[attr-defined]  # noqa: SLF001 - openpyxl has no public list of them
            for series in chart.ser:
                _fill_series(series, book, found)
    target = io.BytesIO()
    book.save(target)
    if not found:
        return target.getvalue()
    files = {
        f"xl/worksheets/sheet{number}.xml": {
            place: value for (title, place), value in found.items() if title == sheet.title
        }
        for number, sheet in enumerate(book.worksheets, 1)
    }
    return _with_values(target.getvalue(), files)


def _with_values(data: bytes, files: Mapping[str, Mapping[str, Value]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for info in source.infolist():
            content = source.read(info)
            if values := files.get(info.filename):
                content = _FORMULA.sub(partial(_cell, values), content)
            copy.writestr(info, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _cell(values: Mapping[str, Value], match: re.Match[bytes]) -> bytes:
    place = match[1].decode()
    if place not in values:
        return match[0]
    value, looks = values[place], _TYPE.sub(b"", match[2])
    if isinstance(value, str):
        looks += b' t="str"'
    elif isinstance(value, bool):
        looks += b' t="b"'
    words = escape(_written(value)).encode()
    return b'<c r="%b"%b>%b<v>%b</v></c>' % (match[1], looks, match[3], words)


def _written(value: Value) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return "0"
    return repr(int(value)) if float(value).is_integer() else repr(value)


def _fill_series(series: Any, book: Workbook, found: Results) -> None:
    from openpyxl.chart.data_source import NumData, NumVal, StrData, StrVal  # noqa: PLC0415

    for source in (series.val, series.cat, series.tx):
        numbers, texts = (getattr(source, name, None) for name in ("numRef", "strRef"))
        if numbers is not None and (values := [*_values(numbers.f, book, found)]):
            points = [NumVal(idx=at, v=_written(one)) for at, one in enumerate(values) if _real(one)]
            numbers.numCache = NumData(ptCount=len(values), pt=points)
        if texts is not None and (values := [*_values(texts.f, book, found)]):
            named = [StrVal(idx=at, v=str(one)) for at, one in enumerate(values) if one is not None]
            texts.strCache = StrData(ptCount=len(values), pt=named)


def _real(value: Value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _values(reference: str, book: Workbook, found: Results) -> Iterator[Value]:
    """What stands in the cells that a chart shows; nothing where it shows something else."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415

    title, _, area = reference.rpartition("!")
    title = title.strip("'").replace("''", "'")
    if title not in book.sheetnames or not _AREA.fullmatch(area):
        return
    sheet = book[title]
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    for row in sheet.iter_rows(top, min(bottom or 1, sheet.max_row), left, min(right or 1, sheet.max_column)):
        for cell in row:
            yield found.get((title, cell.coordinate)) if cell.data_type == "f" else plain(cell.value)
