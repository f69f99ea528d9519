"""The same facts as secretaries really keep them: titles above, notes below, other headers, text dates."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

HEADERS = {
    "支部信息": {
        "支部名称": "党支部名称",
        "成立时间": "成立日期",
    },
    "党员名册": {
        "入党时间": "入党日期",
        "转正时间": "转正日期",
        "出生日期": "出生年月日",
        "党员类别": "类别",
        "党小组": "所属党小组",
    },
    "党小组": {
        "党小组": "小组名称",
        "组长": "负责人",
    },
    "职务任期": {
        "任职时间": "任职日期",
        "离任时间": "离任日期",
    },
    "组织生活": {
        "类型": "会议类型",
        "日期": "会议日期",
        "地点": "会议地点",
        "主持人": "主持",
        "记录人": "记录",
        "应到": "应到人数",
        "实到": "实到人数",
        "出席人员": "参会人员",
        "缺席人员及原因": "请假人员及原因",
        "议题": "会议议题",
        "内容": "会议内容",
        "决议": "会议决议",
        "党小组": "所属党小组",
    },
    "谈心谈话": {
        "日期": "谈话时间",
        "类别": "谈话类型",
        "内容要点": "谈话主要内容",
    },
    "民主评议": {
        "所属年度": "年度",
        "评定等次": "评议结果",
    },
    "整改清单": {
        "问题": "存在问题",
        "措施": "整改措施",
    },
}
KIND_TERMS = {
    "支部党员大会": "党员大会",
    "支部委员会": "支委会",
    "主题党日": "主题党日活动",
    "民主评议党员": "民主评议",
}
SERIAL_ZERO = date(1899, 12, 30)
WIDTHS = str.maketrans("0123456789", "０１２３４５６７８９")


def messy_workbook(tables: Mapping[str, Sequence[Sequence[object]]]) -> Workbook:
    """A workbook of the same facts that nobody prepared for import."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet, rows in tables.items():
        page = book.create_sheet(sheet)
        if sheet != "支部信息":
            _title(page, sheet, len(rows[0]))
        names = HEADERS.get(sheet, {})
        page.append([names.get(str(name), name) for name in rows[0]])
        for count, row in enumerate(rows[1:]):
            page.append(
                [_messy(value, str(name), sheet, count) for name, value in zip(rows[0], row, strict=True)]
            )
            if sheet != "支部信息" and count % 9 == 8:
                page.append([])
        if sheet != "支部信息":
            page.append([])
            page.append(["注：本表由组织委员整理，如有出入以纸质台账为准。"])
    return book


def _title(page: Worksheet, sheet: str, width: int) -> None:
    page.append([f"示例市样本局机关第一党支部２０２４年{sheet}"])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    page.append([])


def _messy(value: object, name: str, sheet: str, count: int) -> object:
    if isinstance(value, date):
        return _day(value, count)
    if isinstance(value, time):
        return (f"{value:%H:%M}", f"{value:%H：%M}", value)[count % 3]
    if isinstance(value, int):
        return (value, str(value).translate(WIDTHS), str(value))[count % 3]
    if isinstance(value, str):
        return _words(value, name, sheet, count)
    return "无" if value is None and name in {"列席人员", "缺席人员及原因"} else value


def _day(day: date, count: int) -> object:
    return (
        day,
        f"{day.year}年{day.month}月{day.day}日",
        f" {day.year}.{day.month}.{day.day}",
        (day - SERIAL_ZERO).days,
        f"{day:%Y/%m/%d}".translate(WIDTHS),
    )[count % 5]


def _words(text: str, name: str, sheet: str, count: int) -> str:
    if name == "类型" and sheet == "组织生活":
        return "、".join(KIND_TERMS.get(term, term) for term in text.split("、"))
    if name in {"记录人", "谈话对象"} and len(text) == 3:
        return (text, f"{text[0]} {text[1:]}", text.replace("一", "\u2f00"), f"{text}　")[count % 4]
    if name == "出席人员":
        return (text, text.replace("、", "，"), text.replace("、", " 、"), text.replace("、", "\n"))[
            count % 4
        ]
    return text
