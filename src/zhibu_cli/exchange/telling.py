"""How a sheet was understood, in the words in which it is shown before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhibu_cli.exchange.colnames import LEFT_OUT
from zhibu_cli.exchange.raw import letters
from zhibu_cli.model.sheet_report import SheetReport
from zhibu_cli.model.values import format_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zhibu_cli.exchange.headers import Columns
    from zhibu_cli.exchange.raw import RawSheet
    from zhibu_cli.exchange.rows import ReadSheet
    from zhibu_cli.exchange.understanding import Understood
    from zhibu_cli.model.declare import Catalogue


def report_of(
    sheet: RawSheet, found: Understood, read: ReadSheet, defaults: Mapping[str, Any], catalogue: Catalogue
) -> SheetReport:
    """What became of a sheet that is a table, or of the sheet of pairs."""
    return SheetReport(
        file=sheet.file,
        sheet=sheet.name,
        title=found.register.title,
        how=found.how,
        said=tuple(_said(found, defaults, catalogue)),
        columns=tuple(_columns(found.columns)) if found.columns else (),
        taken=len(read.rows),
        left=tuple(read.left.items()),
        blank=read.blank,
    )


def _said(found: Understood, defaults: Mapping[str, Any], catalogue: Catalogue) -> Iterator[str]:
    """What the sheet's name or title says about all its rows."""
    for name, value in defaults.items():
        field = found.register.field(name)
        yield f"{field.label}都记作“{format_field(catalogue, field, value)}”"
    columns = {one.name for one in found.columns.fields.values()} if found.columns else {"group"}
    if found.context.group and "group" not in columns | defaults.keys() and found.register.name == "sitting":
        yield f"党小组会都属“{found.context.group}”"


def _columns(columns: Columns) -> Iterator[tuple[str, str, str]]:
    for place, header in columns.headers.items():
        yield letters(place), header, _use(columns, place, header)


def _use(columns: Columns, place: int, header: str) -> str:
    """What becomes of one column."""
    if place in columns.fields:
        return columns.fields[place].label
    if place in columns.joined:
        return f"并入“{columns.joined[place].label}”"
    if place in columns.left_out:
        return f"{LEFT_OUT}（{columns.left_out[place]}）"
    if place == columns.number:
        return header
    if place in columns.absent:
        return "缺席人数或姓名"
    special = {
        columns.minutes: "时长",
        columns.reason: "缺席原因",
        columns.branch: "所属支部（只作核对）",
        columns.counts: "应到、实到",
    }
    return special.get(place, f"{LEFT_OUT}（不认识或重复）")


def unknown_columns(sheet: RawSheet, columns: Columns) -> list[str]:
    """A sentence that names the columns that are not taken because nobody knows them."""
    if not columns.unknown:
        return []
    names = "、".join(f"“{name}”" for name in columns.unknown)
    where = f"文件“{sheet.file}”工作表“{sheet.name}”"
    how = f"要录入的，导入时写明是哪一栏，如 --map {''.join(columns.unknown[0].split())}=栏名"
    return [f"{where}的列{names}不认识或与已有的列重复，没有导入；{how}。"]


def hidden_parts(sheet: RawSheet) -> list[str]:
    """A sentence each for what of the sheet nobody sees on the screen; it is read all the same."""
    where = f"文件“{sheet.file}”工作表“{sheet.name}”"
    found = [f"{where}是隐藏的，照样读取；不要导入的，请先把它删去。"] if sheet.hidden else []
    if sheet.hidden_rows:
        rows = "、".join(f"第{row}行" for row in sheet.hidden_rows[:_SHOWN])
        more = f"等{len(sheet.hidden_rows)}行" if len(sheet.hidden_rows) > _SHOWN else ""
        found.append(f"{where}{rows}{more}是隐藏的（或被筛选掉了），照样读取；不要导入的，请先删去。")
    return found


_SHOWN = 10
