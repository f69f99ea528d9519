"""Make the invented foreign workbooks of tests/exchange/workbooks.

Usage: python tools/build_workbooks.py. Needs XlsxWriter and, for .xls and .ods, LibreOffice (soffice).
What each must give stands in the .toml beside it, written by hand. The same content comes out each
time; LibreOffice stamps its files with the time, so commit them only when their content has changed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
OUT = ROOT / "tests" / "exchange" / "workbooks"

Rows = list[list[Any]]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: rows of cells, merged ranges, and how many formatted empty rows follow."""

    name: str
    rows: Rows
    merged: list[str] = field(default_factory=list)
    trailing: int = 0


def with_openpyxl(sheets: list[Sheet], path: Path) -> None:
    """An .xlsx by openpyxl, with fixed times."""
    from openpyxl import Workbook
    from openpyxl.styles import Border, Side

    from zhibu_cli.archive import normalised

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row in sheet.rows:
            page.append(row)
        for area in sheet.merged:
            page.merge_cells(area)
        for number in range(len(sheet.rows) + 1, len(sheet.rows) + sheet.trailing + 1):
            page.cell(number, 1).border = Border(bottom=Side("thin"))
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(normalised(buffer.getvalue(), datetime(2000, 1, 1)))


def with_xlsxwriter(sheets: list[Sheet], path: Path) -> None:
    """An .xlsx by XlsxWriter: shared strings, formats, formatted empty rows."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2000, 1, 1)})
    line, day = book.add_format({"border": 1}), book.add_format({"num_format": "yyyy/m/d", "border": 1})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for area in sheet.merged:
            page.merge_range(area, "", line)
        for number, row in enumerate(sheet.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, place, cell, day)
                elif cell not in (None, ""):
                    page.write(number, place, cell, line)
        for place in range(8 * sheet.trailing):
            page.write_blank(len(sheet.rows) + place // 8, place % 8, None, line)
    book.close()


def with_libreoffice(sheets: list[Sheet], path: Path) -> None:
    """An .xls or .ods by LibreOffice."""
    office = shutil.which("soffice") or "soffice"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.xlsx"
        with_openpyxl(sheets, source)
        kind = path.suffix.lstrip(".")
        command = [office, "--headless", "--convert-to", kind, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        shutil.copy(source.with_suffix(path.suffix), path)


def as_text(rows: Rows, path: Path, *, encoding: str, sign: str = ",") -> None:
    """A .csv in an encoding of the day."""
    lines = "".join(sign.join(str(cell) for cell in row) + "\r\n" for row in rows)
    path.write_bytes(lines.encode(encoding))


ORG = ["所在分党委编码", "所在分党委", "所在党支部编码", "所在党支部"]
OURS = ["001", "样本局机关党委", "001003", "样本第三支部"]

ROSTER_24 = [
    "学工号", "姓名", "身份证号码", "二级党委名称", "二级党委编码", "所在党支部", "党支部编码", "党籍状态", "组织关系转入时间",
    "提交书面申请书时间", "确定为入党积极分子时间", "确定为发展对象时间", "入党介绍人", "加入党组织日期", "入党时所在党支部",
    "转为正式党员日期", "转正时所在党支部", "党内职务", "党内奖励", "其他奖励", "来源", "备注1", "备注2", "备注3",
]  # fmt: skip
ROSTER_18 = [
    "姓名*", "员工工号*", "身份证号*", "性别", "出生日期", "最高学历", "所属党组织名称*", "企业行政部门", "岗位职务", "政治面貌*",
    "党内职务", "党龄（年）", "接收预备党员日期", "正式转正日期", "全国党员编码", "生产经营一线", "数字技术骨干", "双培养对象",
]  # fmt: skip
ROSTER_8 = ["党员姓名", "性别", "出生年月", "入党年月", "学历", "党内分工", "所属党支部", "所属党小组"]
MEETING_20 = [
    *ORG, "会议类型", "主持人学工号", "主持人姓名", "记录人学工号", "记录人姓名", "会议名称", "计划会议时间", "实际会议时间",
    "会议地点", "应到人数", "实到人数", "请假人数", "列席人员", "会议议题", "会议内容", "会议决议",
]  # fmt: skip
MEETING_10 = [*ORG, "活动名称", "实际时间", "活动地点", "主要内容", "次数（第几次）", "时长（分钟）"]
MEETING_17 = [
    "序号", "会议名称", "会议日期", "会议时间", "会议类型", "所属党小组", "会议地点", "主持人", "记录人", "会议议题",
    "会议决议/结论", "应到", "实到", "请假", "缺席", "出勤率", "参会人员名单",
]  # fmt: skip
THEME_15 = [
    *ORG, "记录人学工号", "活动名称", "计划时间", "实际时间", "活动地点", "活动主题", "主要内容及特色", "应到人数", "实到人数",
    "请假人数", "列席人员",
]  # fmt: skip
TALK_11 = [
    "谈话人", "职位", "谈话对象", "职务", "谈话时间", "谈话地点", "对谈话人的意见建议", "对谈话对象的意见建议", "谈话人签字",
    "谈话对象签字", "记录人签字",
]  # fmt: skip
TALK_9 = [
    "谈话时间", "谈话地点", "谈话人", "谈话对象", "谈话类型", "谈话主要内容", "存在问题", "整改措施", "备注",
]  # fmt: skip


def page(talker: str, partner: str, when: str, said: str) -> Rows:
    """One talk on one page."""
    return [
        ["谈心谈话记录表"],
        ["单位", "样本局机关", "", ""],
        ["谈话人", talker, "职务", "支部书记"],
        ["谈话对象", partner, "职务", "科员"],
        [f"谈话时间：{when}", "", "谈话地点", "小会议室"],
        ["谈话主要内容", said, "", ""],
        ["意见建议", "多到窗口走走", "", ""],
        ["谈话人签字：", "", "谈话对象签字：", ""],
    ]


MONTH = [["日期", "会议类型", "主持人", "地点", "应到", "实到", "主要内容"]]

BOOKS: dict[str, list[Sheet]] = {
    "roster24.xlsx": [Sheet(name="Sheet1", merged=["A1:X1"], rows=[
        ["样本第三支部党员信息表"], ROSTER_24,
        ["0101", "甲一", "", "样本局机关党委", "001", "样本第三支部", "001003", "正式党员", "2015-09-01", "2005-03-01", "2006-04-01", "2007-05-10", "乙二、丙三", "2008-07-01", "样本大学支部", "2009-07-01", "样本大学支部", "书记", "优秀党员（2020）", "", "调入", "", "", "驻村归来"],
        ["0102", "乙二", "110101199001011237", "样本局机关党委", "001", "样本第三支部", "001003", "预备党员", "", "2022年1月5日", "", "", "", date(2025, 6, 30), "样本第三支部", "", "", "", "", "", "", "", "", ""],
        ["0103", "丙三", "", "样本局机关党委", "001", "样本第三支部", "001003", "", "", "", "", "", "", "2001.7.1", "", "2002.7.1", "", "", "", "", "", "", "", ""],
    ])],
    "roster18.xlsx": [Sheet(name="党员信息采集", trailing=300, rows=[
        ROSTER_18,
        ["甲一", "E001", "", "男", "1980-05-12", "大学", "样本第三支部", "综合科", "科长", "中共党员", "支部书记", 17, date(2008, 7, 1), date(2009, 7, 1), "A0001", "是", "否", "否"],
        ["乙 二", "E002", "", "女", "1999年8月", "研究生", "样本第三支部", "业务科", "科员", "中共预备党员", "", 0, "2025.6.30", "", "A0002", "否", "是", "否"],
        ["丙三", "E003", "", "男", "1995-01-01", "大学", "样本第三支部", "业务科", "科员", "群众", "", "", "", "", "", "否", "否", "否"],
    ])],
    "roster8.xls": [
        Sheet(name="正式党员", merged=["A1:H1"], rows=[["党员名册"], ROSTER_8,
            ["甲一", "男", "1980.5", "2008年7月1日", "大学", "书记", "样本第三支部", "第一党小组"],
            ["乙二", "女", "1985-06", "2010年7月", "大学", "", "样本第三支部", "第二党小组"]]),
        Sheet(name="预备党员", merged=["A1:H1"], rows=[["党员名册"], ROSTER_8,
            ["丙三", "男", "1999-08-12", "2025.6.30", "研究生", "", "样本第三支部", "第二党小组"]]),
    ],
    "roster8_standing_unknown.xlsx": [Sheet(name="党员名册", merged=["A1:H1"], rows=[
        ["中共样本第三支部党员名册"], ROSTER_8, ["甲一", "男", "1980.5", "2008年7月1日", "大学", "书记", "样本第三支部", "第一党小组"]])],
    "meetings20.xlsx": [Sheet(name="Sheet1", merged=["A1:T1"], trailing=50, rows=[
        ["党支部组织生活导入表（红色为必填项）"], MEETING_20,
        ["示例", "某党委", "000", "某支部", "党课", "001", "某某", "002", "某某", "某课", "2025-01-01 09:00", "2025-01-01 09:00", "某室", 10, 9, 1, "", "", "", ""],
        [*OURS, "支部党员大会", "0101", "甲一", "0102", "乙二", "一季度党员大会", "2025年3月12日 14:00", "2025年3月13日 14:30", "三楼会议室", 12, 11, 1, "己六、庚七", "1.学习文件\n2.讨论计划", "逐段学习了样本文件。", "通过年度计划"],
        [*OURS, "支部委员会", "0101", "甲一", "0102", "乙二", "三月支委会", "", datetime(2025, 3, 5, 9, 0), "二楼", 3, 3, 0, "无", "研究一季度安排", "研究了安排。", ""],
        [*OURS, "茶话会", "0101", "甲一", "0102", "乙二", "迎春茶话", "", "2025年1月份", "二楼", 12, 12, 0, "", "", "座谈", ""],
    ])],
    "meetings10.ods": [Sheet(name="党课", merged=["A1:J1"], rows=[
        ["2025年党课开展情况"], MEETING_10,
        [*OURS, "纪律专题党课", "2025年4月9日 15:00", "三楼会议室", "讲了纪律要求。", 1, 90],
        [*OURS, "业务专题党课", "2025.7.9", "三楼会议室", "讲了窗口服务。", 2, 60],
        [*OURS, "年终党课", "12月份", "三楼会议室", "讲了总结。", 3, 60],
    ])],
    "meetings17.xlsx": [Sheet(name="台账明细", rows=[
        MEETING_17,
        [1, "一月党小组会", "2025-01-08", "14:30", "党小组会", "第一党小组", "二楼", "甲一", "乙二", "学习文件", "按计划办", 6, 5, 1, 0, "83%", "甲一、乙二、丙三、丁四、戊五"],
        [2, "二月支委会", "2025-02-05", "09:00", "支委会", "", "二楼", "甲一", "丙三", "研究计划", "同意", 5, 3, 1, 1, "60%", "甲一、乙二、丙三"],
        [3, "三月主题党日", "2025-03-20", "下午2点", "主题党日", "", "样本社区", "甲一", "丙三", "志愿服务", "", 12, 9, 2, 0, "75%", "全体党员"],
        ["", "", "", "", "", "", "", "", "", "", "", 23, 17, 4, 1, "", "合计"],
    ])],
    "theme_days15.xlsx": [Sheet(name="主题党日", rows=[
        THEME_15,
        [*OURS, "0102", "三月主题党日", "2025-03-20 14:00", "2025年3月20日 14:00-16:30", "样本社区", "清洁家园", "打扫了公共场地。", 12, 10, 2, "社区工作人员"],
        [*OURS, "0102", "四月主题党日", "2025-04-20", "2025年4月20日", "三楼会议室", "读书交流", "交流了读书体会。", 12, 12, 0, ""],
        [*OURS, "0102", "五月主题党日", "2025-05-20", "五月下旬", "三楼会议室", "读书交流", "交流。", 12, "大部分", 0, ""],
    ])],
    "theme_days15.xls": [Sheet(name="Sheet1", merged=["A1:O1"], rows=[
        ["样本第三支部主题党日活动情况汇总表"], THEME_15,
        [*OURS, "", "三月主题党日", "", date(2025, 3, 20), "样本社区", "清洁家园", "打扫了公共场地。", 12, 10, 2, ""],
    ])],
    "talks11.xlsx": [Sheet(name="谈心谈话登记", rows=[
        TALK_11,
        ["甲一", "支部书记", "乙二", "科员", "2025年12月15日", "小会议室", "1.多到一线\n2.多听意见", "1.加强学习", "甲一", "乙二", "丙三"],
        ["党组书记 局长 戊五", "", "丙三", "", "2025-12-16", "小会议室", "无", "注意休息", "", "", ""],
        ["甲一", "支部书记", "", "科员", "2025年12月", "小会议室", "", "", "", "", ""],
    ])],
    "talks9.ods": [Sheet(name="Sheet1", merged=["A1:I1", "A2:I2"], rows=[
        ["谈心谈话记录"], ["填报单位：样本第三支部"], TALK_9,
        ["2025.6.3", "小会议室", "甲一", "乙二", "书记与党员", "谈工作交接", "材料偏晚", "按周汇总", "已归档"],
        ["2025.6.4", "小会议室", "甲一", "丙三", "书记与党员", "谈家庭近况", "", "", ""],
        ["注：本表由组织委员填写"],
    ])],
    "talk_pages.xlsx": [
        Sheet(name="乙二", merged=["A1:D1", "B6:D6", "B7:D7"], rows=page("甲一", "乙二", "2025年5月6日", "1.工作情况\n2.家庭情况")),
        Sheet(name="丙三", merged=["A1:D1", "B6:D6", "B7:D7"], rows=page("甲一", "丙三", "2025年5月7日 15:00", "近期思想")),
        Sheet(name="丁四", merged=["A1:D1", "B6:D6", "B7:D7"], rows=page("甲一", "丁四", "2025年5月", "近期思想")),
        Sheet(name="空白", merged=["A1:D1", "B6:D6", "B7:D7"], rows=[
            ["谈心谈话记录表"], ["单位", "", "", ""], ["谈话人", "", "职务", ""], ["谈话对象", "", "职务", ""],
            ["谈话时间：____年____月____日", "", "谈话地点", ""], ["谈话主要内容", "（在此填写）", "", ""], ["意见建议", "", "", ""]]),
    ],
    "talk_pages_stacked.xls": [Sheet(name="谈心谈话", rows=[
        *page("甲一", "乙二", "2025年8月6日", "换岗前谈话"), [], *page("甲一", "丙三", "2025年8月7日", "换岗前谈话之二")])],
    "appraisal.xlsx": [Sheet(name="Sheet1", merged=["A1:D1"], rows=[
        ["2025年度民主评议党员结果"], ["学工号", "姓名", "党籍状态", "评议结果"],
        ["0101", "甲一", "正式党员", "优秀"], ["0102", "乙二", "正式党员", "合格"], ["0103", "丙三", "预备党员", "不定等次"],
        ["0104", "丁四", "正式党员", "良好"],
    ])],
    "appraisal_tally.ods": [Sheet(name="汇总表", merged=["A1:G1"], rows=[
        ["样本第三支部2024年度民主评议汇总表"], ["序号", "姓名", "优秀", "合格", "基本合格", "不合格", "支委会评定等次"],
        [1, "甲一", 8, 2, 0, 0, "优秀"], [2, "乙二", 3, 7, 0, 0, "合格"], ["合计", "", 11, 9, 0, 0, ""],
    ])],
    "groups.xlsx": [
        Sheet(name=name, merged=["A1:H1", "A2:H2"], rows=[
            ["2025年党小组会会议记录台账"], [f"{name}  记录员：{recorder}"],
            ["序号", "开会时间", "地点", "主持人", "应到人数", "实到人数", "请假人员", "会议主要内容"], *rows])
        for name, recorder, rows in (
            ("第一党小组", "乙二", [[1, "1月8日 14:30", "二楼", "甲一", 6, 5, "丁四（病假）", "学习了样本文件。"], [2, "2月12日", "二楼", "甲一", 6, 6, "无", "讨论了分工。"]]),
            ("第二党小组", "戊五", [[1, "2025-01-09", "三楼", "丙三", 5, 5, "", "学习了样本文件。"], [2, "2月份", "三楼", "丙三", 5, 5, "", "讨论了分工。"]]),
        )
    ],
    "months_2025年.xlsx": [
        Sheet(name="3月", rows=[*MONTH, ["5日", "支委会", "甲一", "二楼", 3, 3, "研究安排。"], ["3月20日 14:00", "主题党日", "甲一", "社区", 12, 10, "志愿服务。"], ["3月", "党课", "甲一", "三楼", 12, 12, "讲了纪律。"]]),
        Sheet(name="四月", rows=[*MONTH, ["九日", "党课", "甲一", "三楼", 12, 11, "讲了作风。"], ["2025-05-06", "支委会", "甲一", "二楼", 3, 3, "研究整改。"]]),
        Sheet(name="5月", rows=MONTH),
    ],
    "two_row_header.xlsx": [Sheet(name="会议登记", merged=["A1:J1", "A2:A3", "B2:C2", "D2:D3", "E2:G2", "H2:I2", "J2:J3"], rows=[
        ["样本第三支部组织生活登记表"],
        ["序号", "会议", "", "会议地点", "参会情况", "", "", "主持人", "", "主要内容"],
        ["", "类型", "日期", "", "应到", "实到", "请假", "姓名", "学工号", ""],
        [1, "党员大会", date(2025, 3, 13), "三楼", 12, 10, 2, "甲一", "0101", "学习了样本文件。"],
        [2, "支委会", date(2025, 3, 5), "二楼", 3, 2, 0, "甲一", "0101", "研究了安排。"],
    ])],
    "two_row_header.xls": [Sheet(name="Sheet1", merged=["A1:F1", "A2:A3", "B2:C2", "D2:E2", "F2:F3"], rows=[
        ["支部委员会会议记录台账"], ["序号", "会议时间", "", "人数", "", "议题"], ["", "日期", "开始时间", "应到", "实到", ""],
        [1, "2025年2月5日", "9:00", 3, 3, "一、研究计划\n二、研究整改"],
    ])],
    "kind_in_title.xlsx": [
        Sheet(name="Sheet1", merged=["A1:F1"], rows=[["支部委员会会议记录台账"], ["序号", "时间", "地点", "主持", "参会人员", "议题"],
            [1, "2025年1月6日 9:00", "二楼", "甲一", "甲一、乙二、丙三", "研究计划"]]),
        Sheet(name="Sheet2", merged=["A1:F1"], rows=[["党员大会会议记录台账"], ["序号", "时间", "地点", "主持", "参会人员", "议题"],
            [1, "2025年1月16日 9:00", "三楼", "甲一", "全体党员", "学习文件"]]),
        Sheet(name="说明", rows=[["本工作簿由组织委员保管"], ["一季度末交上级"]]),
    ],
    "minutes_page.xlsx": [Sheet(name="3月", merged=["A1:D1", "B2:D2", "B6:D6"], rows=[
        ["支部党员大会会议记录"],
        ["会议主题", "学习样本文件", "", ""],
        ["日期", "2025年3月13日 14:30", "会议地点", "三楼会议室"],
        ["主持人", "甲一", "记录人", "乙二"],
        ["应到人数", 12, "实到人数", 11],
        ["缺席人员", "丁四（病假）", "", ""],
        ["会议记录", "甲一领学，乙二、丙三发言。", "", ""],
        ["备注", "照片另存", "", ""],
    ])],
    "trailing.xlsx": [Sheet(name="组织生活", trailing=400, merged=["A1:H1"], rows=[
        ["组织生活登记簿"], ["序号", "类型", "日期", "地点", "应到", "实到", "主持人", "内容"],
        ["必填", "必填", "必填", "选填", "必填", "必填", "选填", "选填"],
        ["例：", "党课", "2025年1月1日", "某室", 10, 9, "某某", "写明主要内容"],
        [1, "党课", date(2025, 4, 9), "三楼", 12, 11, "甲一", "讲了纪律。"],
        ["一季度小计", "", "", "", 12, 11, "", ""],
        ["序号", "类型", "日期", "地点", "应到", "实到", "主持人", "内容"],
        [2, "支委会", date(2025, 5, 6), "二楼", 3, 3, "甲一", "研究了安排。"],
        [3, "XX会", "XXXX年XX月XX日", "XX", "XX", "XX", "XXX", "（在此填写会议内容）"],
        [4], [5], [6],
        ["合计", "", "", "", 15, 14, "", ""],
        ["填表人：乙二", "", "", "审核：甲一"],
    ])],
    "lookalikes.xlsx": [Sheet(name="组织⽣活", rows=[
        ["类型", "⽇期", "主持⼈", "出席⼈员", "应到", "缺席⼈员及原因", "内容"],
        ["主题党⽇", "２０２５年１２月５日", "⻢ ⾼⼭", "⻢高山、阿不都•样本、阿依样本\n⻄⻔青", "４", "无", "学习\n讨论"],
        ["党课", "二〇二五年六月五日", "⻢⾼⼭", "全体", "４人", "⻄⻔青（请假）[公差]", "讲课"],
    ])],
    "serials.xls": [Sheet(name="三会一课记录", rows=[
        ["会议类型", "会议日期", "会议时间", "会议地点", "应到", "实到"],
        ["党员大会", 45730, 0.604166666666667, "三楼", 12, 12], ["支委会", 45721.375, "", "二楼", 3, 3], ["党课", 20250409, "15：00", "三楼", 12, 12],
        ["党课", 2025, "", "三楼", 12, 12],
    ])],
    "names_and_numbers.xlsx": [Sheet(name="党课登记", rows=[
        ["授课时间", "题目", "主讲人", "参会人员", "请假人员", "请假原因", "时长"],
        ["2025年4月9日 15:00", "纪律", "甲一（书记）", "甲一、乙二、丙三等12人", "丁四", "公差", "1.5小时"],
        ["2025年7月9日", "作风", "甲一", "全体党员15人", "丁四、戊五", "公差、病假", "60分钟"],
        ["2025年9月9日", "服务", "甲一", "甲一、丁四（请假）", "", "", ""],
    ])],
    "two_branches.xlsx": [Sheet(name="党员花名册", rows=[
        ["所在党支部", "姓名", "党员类别", "入党时间"], ["样本第三支部", "甲一", "正式", "2008-07-01"], ["样本第四支部", "辛八", "正式", "2009-07-01"]])],
    "broken_cells.xlsx": [Sheet(name="组织生活", rows=[
        ["类型", "日期", "地点", "应到", "实到"], ["党课", "2025-04-09", "三楼", "#N/A", 12], ["党课", "2025-04-10", "三楼", 12, "=D3-1"], ["党课", "2025-04-11", "三楼", 12, 11]])],
}  # fmt: skip

TEXTS: dict[str, tuple[str, str, Rows]] = {
    "支委会登记.csv": ("gb18030", ",", [
        ["2025年支委会登记", "", "", "", ""], ["会议时间", "会议地点", "主持人", "参会人员", "议题"],
        ["2025年1月6日 9:00", "二楼", "甲一", "甲一、乙二、丙三", "研究计划"], ["1月份", "二楼", "甲一", "甲一、乙二", "研究整改"]]),
    "人数.csv": ("utf-8-sig", ",", [
        ["类型", "时间", "应到人数", "请假人数"], ["党员大会", "2025/3/13", "12", "2"], ["支委会", "2025/3/5", "3", "0"], ["小组会", "23/12/5", "6", "0"]]),
    "导出.csv": ("utf-8", "\t", [
        ["样本系统导出"], ["活动名称", "实际时间", "活动地点", "主要内容"],
        ["三月支部党员大会", "2025-03-13 14:30", "三楼", "学习文件"], ["春季郊游", "2025-04-01", "公园", "散步"], ["党课暨主题党日", "2025-04-09", "三楼", "讲课"]]),
}  # fmt: skip

WRITERS = {
    "roster18.xlsx": with_xlsxwriter,
    "meetings20.xlsx": with_xlsxwriter,
    "theme_days15.xlsx": with_xlsxwriter,
    "trailing.xlsx": with_xlsxwriter,
    "two_row_header.xlsx": with_xlsxwriter,
    "names_and_numbers.xlsx": with_xlsxwriter,
}
"""The others: .xlsx by openpyxl, .xls and .ods by LibreOffice."""


def main() -> None:
    """Write all of them."""
    OUT.mkdir(exist_ok=True)
    for name, sheets in BOOKS.items():
        path = OUT / name
        other = with_openpyxl if path.suffix == ".xlsx" else with_libreoffice
        WRITERS.get(name, other)(sheets, path)
        print(name)
    for name, (encoding, sign, rows) in TEXTS.items():
        as_text(rows, OUT / name, encoding=encoding, sign=sign)
        print(name)


if __name__ == "__main__":
    main()
